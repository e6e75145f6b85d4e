"""What a web page says of itself: JSON-LD, meta elements, time elements, its address.

A day counts only where the page states it as that of its article. Where two such statements lie
more than a day apart (a day may be told in two time zones) neither is believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from . import stated
from .html_shown import apart, beside_headline, marked_day, span, words

Element = Any  # lxml's elements carry no types

# Metas that state the day of publication; and those into which many sites write the day of the last
# change, so that they only count where nothing else tells the day.
_DATE_METAS = frozenset(
    "article:published_time og:article:published_time og:published_time og:pubdate datepublished "
    "pubdate pub_date publishdate publish-date publish_date publishtime publication_date "
    "publication-date publicationdate originalpublicationdate article.published "
    "article_date_original dc.date.issued dcterms.issued citation_publication_date "
    "citation_online_date parsely-pub-date sailthru.date cxenseparse:recs:publishtime "
    "prism.publicationdate rnews:datepublished bt:pubdate dateissued".split()
)
_LOOSE_METAS = frozenset(
    "date dc.date dcterms.date dc.date.created dcterms.created article.created ptime "
    "displaydate".split()
)
_CHANGE_METAS = frozenset(
    "last-modified article:modified_time og:updated_time dc.date.modified dcterms.modified "
    "datemodified revised".split()
)
# Midnight in Europe, the Gulf or India told in universal time: the day may be the next one.
_MIDNIGHT = re.compile(
    r"T(?:18:30|19:00|19:30|20:00|20:30|21:00|22:00|23:00)(?::00(?:\.0+)?)?(?:Z|\+00:?00)$"
)
_UNIVERSAL = re.compile(r"T\d\d:\d\d.*(?:Z|\+00:?00)$")
_ANEW = 365  # days after which a change makes another text of it
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
_AUTHOR_METAS = frozenset(
    "author article:author byl dc.creator dcterms.creator citation_author parsely-author "
    "sailthru.author article.author authors".split()
)
_TAG_METAS = frozenset(
    ("keywords", "news_keywords", "article:tag", "parsely-tags", "sailthru.tags")
)
_SHOWN = ("h2", "h3", "b", "strong", "font", "p", "div", "span", "td", "center", "big")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Opinion|PressRelease)$")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?|[a-z]{3})/(\d\d?(?=/|$)|\d\d(?=-))", re.I)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_LOOSE_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\n]{8,40})"')
_NO_AUTHOR = re.compile(
    r"https?:|@|[*:→©]|\b(?:covers|writes|is|was|says?|theme|profile|posts?)\b"
    r"|^(?:admin|editor|staff|web ?desk|author|authors|none|null|unknown|name|anonymous)$",
    re.I,
)
_BY = re.compile(
    r"^(?:(?:written|posted|words|story|reported|text)?\s*by|von|par|por|di|door|av)\b:?\s+", re.I
)
_AUTHOR_MARK = re.compile(r"(?:^|[\s_-])(?:author|byline|writer)(?:[_-]{0,2}name)?(?:\s|$)", re.I)


@dataclass(frozen=True, slots=True)
class PageMeta:
    """The statements of a page; fields as in ``parts.Content``."""

    title: str | None = None
    published: str | None = None
    made: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()


def read_meta(tree: Element, printed: str | None = None) -> PageMeta:
    """All that the page's own markup states; ``printed`` is the day that stands at its headline."""
    metas = _metas(tree)
    articles = list(_articles(tree))
    url = _url(tree, metas, articles)
    shown = beside_headline(tree)
    tags = [t for name in sorted(_TAG_METAS) for v in metas.get(name, ()) for t in v.split(",")]
    return PageMeta(
        title=_title(tree, metas, articles),
        published=_published(tree, metas, articles, url, printed, shown),
        made=_made(tree, metas, articles, shown),
        author=_author(tree, metas, articles),
        url=url,
        tags=tuple(dict.fromkeys(t.strip() for t in tags if t.strip()))[:30],
    )


def _metas(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
    return found


# ---- JSON-LD -------------------------------------------------------------------------------


def _articles(tree: Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        source = script.text.strip().removeprefix("<!--").removesuffix("-->").strip(" ;\n\t")
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            days = set(_LOOSE_DATE.findall(source[:100_000]))
            if len(days) == 1 and re.search(r'"@type"\s*:\s*"\w*Article"', source):
                yield {"datePublished": days.pop()}
            continue
        yield from _objects(data, 0)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:100]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        types = data.get("@type")
        types = types if isinstance(types, list) else [types]
        if any(isinstance(t, str) and _ARTICLE.search(t) for t in types):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), (list, dict)):
                yield from _objects(data[key], depth + 1)


def _names(value: Any) -> list[str]:
    """The names in JSON-LD's many ways to write an author."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name") or [])
    return []


# ---- the single statements ------------------------------------------------------------------


def _title(
    tree: Element, metas: dict[str, list[str]], articles: list[dict[str, Any]]
) -> str | None:
    """The headline: the only heading unless it names the site, else the title the page states."""
    element = next(tree.iter("title"), None)
    window = words(element) if element is not None else ""
    headings = [text for h in tree.iter("h1") if (text := words(h))]
    stated = [a.get("headline") or a.get("name") for a in articles[:1]]
    stated += [metas[name][0] for name in _TITLE_METAS if name in metas]
    titles = [title for s in stated if isinstance(s, str) and (title := _title_of(s, metas))]
    if len(headings) == 1 and len(headings[0]) > 15:
        names_site = window.endswith(headings[0]) and len(window) > 1.6 * len(headings[0])
        if not names_site or not (titles or window):
            return headings[0]
    borne_out = (h for h in headings if any(t.startswith(h) for t in (*titles, window)))
    title = next(borne_out, None) or next(iter(titles), None) or _shown(tree, window)
    title = title or _title_of(window, metas)
    return title or max(headings, key=len, default=None)


def _shown(tree: Element, window: str) -> str | None:
    """Of a window's title with the name of the site before or behind it, the part that the page
    shows."""
    parts = [p for p in re.split(r"\s+[|»•·–—-]\s+|:\s+", window) if len(p) > 15]
    if len(window) > 300 or parts == [window]:
        return None
    shown = {" ".join((e.text or "").split()) for e in islice(tree.iter(*_SHOWN), 20_000)}
    return next((p for p in parts if p in shown), None)


def _title_of(value: str, metas: dict[str, list[str]]) -> str | None:
    return _without_site(_plain(value), metas)


def _without_site(title: str, metas: dict[str, list[str]]) -> str | None:
    """The title without the name of the site at its end ("... - The Daily", "... | Daily")."""
    site = next(iter(metas.get("og:site_name", ())), "")
    if site and title.endswith(site):
        title = title.removesuffix(site).rstrip(" |-–—:·•»")
    match = re.match(r"(.{20,}?)\s+[|»•·]\s+[^|»•·]{2,40}$", title)
    title = match[1] if match else title
    return title or None


def _author(
    tree: Element, metas: dict[str, list[str]], articles: list[dict[str, Any]]
) -> str | None:
    site = next(iter(metas.get("og:site_name", ())), "").lower()
    candidates = [_names(a.get("author")) for a in articles[:1]]
    candidates += [metas[name] for name in sorted(_AUTHOR_METAS) if name in metas]
    candidates.append(_marked_authors(tree))
    for names in candidates:
        good = [n for name in names if (n := _author_name(name)) and n.lower() != site]
        if good:
            return ", ".join(dict.fromkeys(good))
    return None


def _marked_authors(tree: Element) -> list[str]:
    """The texts of the first element that is marked as a byline, and of those beside it."""
    for element in islice(tree.iter("a", "span", "div", "p", "address", "li", "em"), 20_000):
        if _is_marked(element) and _author_name(words(element)) and not apart(element):
            parent = element.getparent()
            beside = [] if parent is None else [e for e in parent if _is_marked(e)]
            return [words(e) for e in beside or [element]]
    return []


def _is_marked(element: Element) -> bool:
    marks = f"{element.get('rel', '')} {element.get('itemprop', '')} {element.get('class', '')}"
    return _AUTHOR_MARK.search(marks) is not None


def _author_name(value: str) -> str | None:
    name = re.split(r"\s+[|·•–—]\s+|\s*\n", _BY.sub("", _plain(value)))[0].strip(" ,;|-")
    if not 3 <= len(name) <= 60 or len(name.split()) > 7 or _NO_AUTHOR.search(name):
        return None
    return None if not name[0].isupper() or re.search(r"\d|\.\s+\S+\s+\S+", name) else name


def _url(tree: Element, metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> str | None:
    candidates = [
        link.get("href")
        for link in tree.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates += metas.get("og:url", [])
    candidates += [a["url"] for a in articles if isinstance(a.get("url"), str)]
    for comment in list(tree.iter(etree.Comment))[:20]:
        candidates += _SAVED_FROM.findall(comment.text or "")
    top = tree.getroottree().getroot().getprevious()
    if top is not None and top.tag is etree.Comment:
        candidates += _SAVED_FROM.findall(top.text or "")
    return next((u for u in candidates if u and re.match(r"https?://[^/\s]+", u)), None)


def _published(
    tree: Element,
    metas: dict[str, list[str]],
    articles: list[dict[str, Any]],
    url: str | None,
    printed: str | None,
    shown: str | None,
) -> str | None:
    sure = [a["datePublished"] for a in articles if isinstance(a.get("datePublished"), str)]
    sure += [v for name in sorted(_DATE_METAS) for v in metas.get(name, ())]
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished" or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            sure.append(element.get("datetime") or element.get("content") or words(element))
    days = _days(sure)
    if days and span(days) > 1:
        return None
    if days and _doubtful(tree, metas, articles, days[0], shown, _in_address(url)):
        return None
    if days:
        loose = [v for name in sorted(_LOOSE_METAS) for v in metas.get(name, ())]
        for value in (*sure, *loose):  # in the time of where it was made, if one is
            day = stated.day(value)
            if day and ":" in value and not _UNIVERSAL.search(value) and span([days[0], day]) <= 1:
                return day
        universal = all(map(_UNIVERSAL.search, (v for v in sure if stated.day(v))))
        return _local(days[0], _in_address(url) or printed or shown) if universal else days[0]
    return _in_address(url)


def _doubtful(
    tree: Element,
    metas: dict[str, list[str]],
    articles: list[dict[str, Any]],
    day: str,
    shown: str | None,
    address: str | None,
) -> bool:
    """Whether something in the page speaks against the day that it states: what it shows beside its
    headline, its address, a change so much later that it is another text now."""
    if address:
        return span([day, address]) > 1
    if shown:
        return span([day, shown]) > 1
    changed = _changes(metas, articles)
    if any(day < each and span([day, each]) > _ANEW for each in changed):
        return True
    marked = marked_day(tree) if any(day != each for each in changed) else None
    return marked is not None and marked != day and marked in changed


def _stated(metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> bool:
    """Whether a page states a day of publication, believed or not."""
    return any(isinstance(a.get("datePublished"), str) for a in articles) or any(
        name in metas for name in _DATE_METAS
    )


def _changes(metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> list[str]:
    """The days on which a page says that it was changed."""
    values = [v for name in sorted(_CHANGE_METAS) for v in metas.get(name, ())]
    values += [v for a in articles if isinstance(v := a.get("dateModified"), str)]
    return _days(values)


def _in_address(url: str | None) -> str | None:
    match = _URL_DAY.search(url or "")
    return stated.day(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else None


def _local(day: str, printed: str | None) -> str:
    """The day that the page prints, where universal time may be a day before or after it."""
    return printed if printed and span([day, printed]) == 1 else day


def _made(
    tree: Element,
    metas: dict[str, list[str]],
    articles: list[dict[str, Any]],
    shown: str | None,
) -> str | None:
    """The day shown beside the headline, else that in loose statements, where they agree."""
    changed = {v for name in _CHANGE_METAS for v in metas.get(name, ())}
    if shown:
        return None if _stated(metas, articles) else shown  # what it states says otherwise
    loose = [v for n in sorted(_LOOSE_METAS) for v in metas.get(n, ()) if v not in changed]
    times = {
        e.get("datetime") or words(e) for e in islice(tree.iter("time"), 1_000) if not _aside(e)
    }
    days = _days([*loose, *(times if len(times) == 1 or loose else ())])
    if days:
        return days[0] if span(days) <= 1 else None
    return marked_day(tree) or (None if articles else _of_page(tree))


def _of_page(tree: Element) -> str | None:
    """The day of publication that JSON-LD states of the page, where it describes no article."""
    days = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            for match in _LOOSE_DATE.finditer(script.text[:200_000]):
                if day := stated.day(match[1]):
                    days.append(day)
    return days[0] if days and span(days) <= 1 else None


def _days(values: list[str]) -> list[str]:
    return [day for v in values if not _MIDNIGHT.search(v) and (day := stated.day(v))]


def _aside(element: Element) -> bool:
    return any(e.tag in ("aside", "footer", "nav", "header") for e in element.iterancestors())


# ---- texts ---------------------------------------------------------------------------------


def _plain(value: str) -> str:
    """A meta value without entities and tags."""
    from html import unescape

    return " ".join(re.sub(r"<[^<>]{1,200}>", " ", unescape(value)).split())
