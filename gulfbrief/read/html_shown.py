"""The day that a web page shows to its readers beside its headline.

A page shows many days: of other entries, of comments, of today. What counts stands beside the
headline in an element that shows little else, or is marked as showing the day of an entry.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Set
from copy import deepcopy
from itertools import islice
from typing import Any

from lxml import etree

from . import stated

Element = Any  # lxml's elements carry no types

_DAY_TAGS = frozenset("time span div p abbr em small li td a h2 h4 h5 strong b i".split())
# How themes and shops name the element in which they show the day of an entry; and what shows other
# days: of a change, of an event, of a comment, of other entries.
_DAY_MARK = re.compile(
    r"(?:^|[\s_-])(?:[a-z]*date(?:time)?s?|published|publi[sc][a-z]*|pubdate|[a-z]*datum|fecha|posted"
    r"|submitted|created|timestamp|time)(?:$|[\s_-])|date$|datum$",
    re.I,
)
_OTHER_DAY = re.compile(
    r"updat|modif|chang|aktualis|revis|event|start|end[-_]|birth|joined|expire|comment|archive|review"
    r"|deadline|calendar|copyright|termin",
    re.I,
)
_OTHER_WORDS = re.compile(
    r"updat|modif|chang|aktualis|revis|stand\b|joined|born|founded|gegründet|geboren|member|mitglied"
    r"|beigetreten|review|bis\b|until|seit\b|since|expires|©|copyright|last (?:visit|seen|edit)"
    r"|änderung|mise? à jour|actualizad|aggiornat|atualizad|bijgewerkt|обновлен|güncell",
    re.I,
)
_SHORT = 80  # characters of an element that only shows a day
_BEFORE, _AFTER = 25, 40  # elements before and after the headline among which its day stands
_ELSEWHERE = re.compile(
    r"comment|respond|reply|related|sidebar|widget|footer|teaser|recommend|more-|popular|latest",
    re.I,
)
_CLOSE_BEFORE, _CLOSE_AFTER, _WITHIN = 12, 10, 8  # elements; those within one that shows a day
_TODAY = re.compile(r"today|current|now", re.I)
_UNSEEN = ("script", "style", "noscript", "template", "svg")
_MOST = 30_000  # elements of a page that are looked at
_LABEL = re.compile(
    r"(?:(?:date )?published(?: on| date)?|(?:publication |release )?date|date of publication"
    r"|posted(?: on)?|erscheinungsdatum|erschienen(?: am)?|veröffentlicht(?: am)?|datum"
    r"|publi[ée]e?(?: le)?|pubblicato(?: il)?|publicado(?: el| em)?|gepubliceerd(?: op)?"
    r"|опубликовано|дата публикации)\s*[:–-]?\s*",
    re.I,
)


def beside_headline(tree: Element) -> str | None:
    """The day in the nearest element to the headline that shows little else, marked or not."""
    elements = list(islice(tree.iter(etree.Element), _MOST))
    headline = _headline(tree, elements)
    if headline is None:
        return None
    around = {*elements[headline].iterancestors()}
    first = max(0, headline - _CLOSE_BEFORE)
    found: list[tuple[int, str]] = []
    for number, element in enumerate(elements[first : headline + _CLOSE_AFTER + 1], first):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag not in _DAY_TAGS or _TODAY.search(marks) or _of_another_day(marks):
            continue
        if sum(1 for _ in islice(element.iter(), _WITHIN + 1)) > _WITHIN:
            continue
        if number < headline and not _together(element, around):
            continue  # the day of today stands above many pages
        shown = words(element)
        if not 6 <= len(shown) <= _SHORT or _OTHER_WORDS.search(shown) or apart(element, around):
            continue
        if day := stated.day(_LABEL.sub("", shown, count=1)):
            found.append((abs(number - headline), day))
    return min(found)[1] if found else None


def marked_day(tree: Element) -> str | None:
    """The day in an element that is marked as showing the day of an entry: the nearest to the
    headline, or the only one of the page."""
    elements = list(islice(tree.iter(etree.Element), _MOST))
    headline = _headline(tree, elements)
    around = set() if headline is None else {*elements[headline].iterancestors()}
    found: list[tuple[int, str]] = []
    for number, element in enumerate(elements):
        if element.tag not in _DAY_TAGS:
            continue
        marks = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"
        if element.tag != "time" and not _DAY_MARK.search(marks):
            continue
        if _of_another_day(marks):
            continue
        shown = words(element)
        if len(shown) > _SHORT or _OTHER_WORDS.search(shown) or apart(element, around):
            continue
        for value in (element.get("datetime"), element.get("content"), element.get("title"), shown):
            if value and (day := stated.day(value)):
                found.append((number, day))
                break
    if headline is not None:
        near = [f for f in found if -_BEFORE <= f[0] - headline <= _AFTER]
        if near:
            return min(near, key=lambda f: (abs(f[0] - headline), f[0]))[1]
    days = [day for _, day in found]
    return days[0] if days and span(days) <= 1 else None


def _headline(tree: Element, elements: list[Element]) -> int | None:
    """The place of the heading that the window's title repeats, else of the only first heading."""
    title = next(tree.iter("title"), None)
    window = words(title) if title is not None else ""
    first = []
    for number, element in enumerate(elements):
        if element.tag in ("h1", "h2", "h3"):
            text = words(element)
            if len(text) > 12 and text in window and not window.endswith(text):
                return number
            if element.tag == "h1" and len(text) > 12:
                first.append(number)
    return first[0] if len(first) == 1 else None


def apart(element: Element, around: Set[Element] = frozenset()) -> bool:
    """Whether an element belongs to comments, other entries, a menu or the foot of the page: to
    something that does not hold the headline too, as those ``around`` it do."""
    for above in element.iterancestors():
        if above.tag in ("body", "html") or above in around:
            return False
        marks = f"{above.get('id', '')} {above.get('class', '')}"
        if above.tag in ("form", "footer", "aside", "nav") or _ELSEWHERE.search(marks):
            return True
    return False


def _together(element: Element, around: set[Element]) -> bool:
    """Whether an element and the headline stand in one part of the page."""
    shared = next((above for above in element.iterancestors() if above in around), None)
    return shared is not None and shared.tag not in ("body", "html")


def _of_another_day(marks: str) -> bool:
    return _OTHER_DAY.search(marks) is not None and "publish" not in marks.lower()


def span(days: list[str]) -> int:
    """How many days lie between the first and the last."""
    found = [datetime.date.fromisoformat(day) for day in days]
    return (max(found) - min(found)).days


def words(element: Element) -> str:
    """The text of an element on one line, without what no reader sees of it."""
    if next(element.iter(*_UNSEEN), None) is not None:
        element = deepcopy(element)
        etree.strip_elements(element, *_UNSEEN, with_tail=False)
    return " ".join("".join(element.itertext(etree.Element)).split())
