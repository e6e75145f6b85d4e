"""Dated clauses -> events: what happened on a date, who took part, and how sure it is.

>>> from gulfbrief.find import dates
>>> from gulfbrief.find.text import Text
>>> t = Text("The council met in May 2021 and will report on 3 June 2021.")
>>> [(e.text, e.date.edtf, e.certainty) for e in find(t, dates.find(t, "2021-05-27"), [], [])]
[('The council met in May 2021', '2021-05', 'past'), ('will report on 3 June 2021', '2021-06-03', \
'planned')]
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import DocumentActor, Event, Mention, Polarity, Quote, TimeExpression
from ..text import Text
from . import statements
from .certainty import certainty, negated
from .cuts import torn
from .extent import extent, trim
from .given import told_before
from .lead import SENTENCES, fresh, lead_events, may_lead
from .reading import led_in, phrase_end, readable
from .role import long_enough, role
from .sentence import Sentence, ruling
from .undated import counts

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e)\b")
_DEEPEST = 6  # clauses without a subject that are followed up to one that has it
_SUBJECT = 60  # tokens of a subject
_FAR = 200  # code points of a quotation before the sentence that its tag stands in
_OPENING = ("“", '"', "«", "‘")
_NEWS = 1500  # code points within which a report opens
_CREDIT = re.compile(
    r"\((?:[^()\n]{0,60}/ ?)?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Photo)\b[^()\n]{0,60}\)"
    r"|\b(?:[Hh]ide|[Tt]oggle) caption"
    r"|\b(?:REUTERS|AFP|EPA|Getty Images) ?/"
    r"|\b[Ii]n this (?:[\w.,]+ ){0,5}(?:file )?(?:photo|image|frame|picture)"
)
_PLACED = re.compile(r"\((?:left|right|cent(?:er|re)|(?:from|second from) (?:left|right))\)")
_TAG = re.compile(r"(?:^|\s)#[A-Za-z]{3}")
_LOOSE = " \n\t,;:"
_CLOSING = _LOOSE + '”"»’'


def find(
    text: Text,
    dates: list[TimeExpression],
    mentions: list[Mention],
    quotes: list[Quote],
    published: str | None = None,
    roster: Sequence[DocumentActor] = (),
) -> list[Event]:
    """The events of one document, in order of the text; ``published`` is its day (ISO).

    An event is a clause with the date that belongs to it. Dates that are part of a name, that
    name no day or span, that stand in a dateline or a header, or on the other side of a
    comparison, give none. ``actors`` are the actors named in the clause, and those of its subject
    where the clause shares it with the one before ("met in May and will report"); "I" and "we" in a
    direct quotation are its speaker.
    """
    usable = [d for d in dates if d.date is not None and not d.reference]
    published = published or _published(dates)
    found: list[Event] = []
    spoken = _spoken(quotes)
    at = leads = 0
    starts = [m.start for m in mentions]
    marked = sorted({(f.start, f.end) for q in quotes if q.kind == "direct" for f in q.fragments})
    cuts = sorted({x for span in marked for x in span})
    opened = [d.start for d in dates]
    named = {a.key: a.name for a in roster}
    for a, b in text.sentences:
        while at < len(usable) and usable[at].start < a:
            at += 1
        here = at
        while at < len(usable) and usable[at].start < b:
            at += 1
        leading = leads < SENTENCES and published is not None and a < _NEWS
        if here == at and not leading:
            continue
        others = dates[bisect_left(opened, a) : bisect_left(opened, b)]
        near = mentions[bisect_left(starts, a) : bisect_left(starts, b)]
        inner = cuts[bisect_left(cuts, a) : bisect_right(cuts, b)]
        sentence = Sentence(text, a, b, others, near, inner)
        first = sentence.first_group() if leading else None
        leads += first is not None
        may = first is not None and may_lead(sentence, first)
        may = may and published is not None and fresh(usable, b, len(text.text), published)
        if (here == at and not may) or _posted(text, a, b):
            continue
        sentence.cut()
        told = list(_events(sentence, usable[here:at], published, marked, named))
        if may and published and not told:
            told += _first(sentence, published, marked, named)
        for event, when in told:
            found.append(_voiced(_whole(text, event, when, marked), spoken))
    return statements.linked(found, quotes)


def _first(
    s: Sentence, published: str, marked: Sequence[tuple[int, int]], names: Mapping[str, str]
) -> Iterator[tuple[Event, int]]:
    """The happening of a sentence at the head of a report that names no day."""
    for home, (start, end), day in lead_events(s, published):
        reading, alone = readable(s, start, end, home, names)
        verb = s.clauses[home].groups[0]
        if not alone or _quoted(marked, start) or torn(s, start, end):
            continue
        if told_before(s, start, end, verb):
            continue
        assert day.date is not None
        polarity: Polarity = "negative" if negated(s, home, day) else "positive"
        actors = _actors(s, start, end, home)
        reading = reading if "[" in reading else ""
        words = s.text.text[start:end]
        yield Event(start, end, words, day.date, actors, polarity=polarity, reading=reading), start


def _posted(text: Text, start: int, end: int) -> bool:
    """Whether a sentence is a post or the caption of a picture, whose day is not the report's."""
    words = text.text[start:end]
    if _PLACED.search(words):
        return True
    if "(@" in words or "https://t.co" in words or "pic.twitter.com" in words:
        return True
    if _TAG.search(words):
        return True
    return bool(_CREDIT.search(text.text[start : end + _FAR // 4]))


def _spoken(quotes: Sequence[Quote]) -> list[tuple[int, int, str]]:
    """The fragments of direct quotations whose speaker is known, in order."""
    return sorted(
        (f.start, f.end, q.speakers[0].actor)
        for q in quotes
        if q.kind == "direct" and q.speakers and q.speakers[0].actor
        for f in q.fragments
    )


def _voiced(event: Event, spoken: Sequence[tuple[int, int, str]]) -> Event:
    """The event with the speaker among its actors where "I" or "we" takes part in it."""
    at = bisect_left(spoken, (event.start + 1,)) - 1
    if at < 0:
        return event
    start, end, speaker = spoken[at]
    inside = start <= event.start < end
    if not inside or not _FIRST_PERSON.search(event.text) or speaker in event.actors:
        return event
    return replace(event, actors=(speaker, *event.actors))


def _whole(text: Text, event: Event, when: int, marked: Sequence[tuple[int, int]]) -> Event:
    """The event without half a quotation at its head: a date at ``when`` within the quotation is
    told by the words up to its end, one behind it by the whole quotation or, where that is long,
    by the words after it."""
    at = bisect_left(marked, (event.start,)) - 1
    if at < 0 or not event.start < marked[at][1] < event.end:
        return event
    start, end = marked[at]
    before = text.text[start - 1 : event.start]
    if when < end:
        start, end = event.start, end
    elif len(before) <= _FAR and before[:1] in _OPENING and "\n" not in before:
        start, end = start - 1, event.end
    else:
        rest = text.text[end : event.end].lstrip(_CLOSING)
        start, end = event.end - len(rest), event.end
    words = text.text[start:end].rstrip(_LOOSE)
    return replace(event, start=start, end=start + len(words), text=words)


def _published(dates: Sequence[TimeExpression]) -> str | None:
    """The day of publication, as far as a date of the document was reckoned from it."""
    for d in dates:
        if d.date is not None and d.date.anchor_kind == "published" and d.date.anchor_date:
            return d.date.anchor_date
    return None


def _events(
    s: Sentence,
    dates: Sequence[TimeExpression],
    published: str | None,
    marked: Sequence[tuple[int, int]],
    names: Mapping[str, str],
) -> Iterator[tuple[Event, int]]:
    """The events of a sentence, each with the place of its date."""
    told = [d for d in dates if counts(s, d)]
    s.mark(told)
    happenings: set[tuple[int, int]] = set()  # one clause happens once
    told_of: set[tuple[int, int, str]] = set()
    for d in told:
        if d.date is None:
            continue
        home = s.home(d)
        span = trim(s, *extent(s, home, d))
        if span is None:
            continue
        start, end = span
        if (start, end, d.date.edtf) in told_of:
            continue  # on Monday, at six in the morning
        told_of.add((start, end, d.date.edtf))
        actors, how = _actors(s, start, end, home), certainty(s, home, d, published)
        part = role(s, home, d, how, published, quoted=_quoted(marked, d.start))
        reading = ""
        if part == "happening":
            end = phrase_end(s, end)
            start = led_in(s, start)
            entry, alone = readable(s, start, end, home, names)
            verb = ruling(s.groups(home), s.token(d.start))
            alone = alone and not told_before(s, start, end, verb)
            few = not long_enough(len(s.text.text[start:end].split()) - len(d.text.split()))
            again = span in happenings or torn(s, start, end)
            if few or not alone or again:
                part = "background"
            else:
                happenings.add(span)
                reading = entry if "[" in entry else ""
        words = s.text.text[start:end]
        polarity: Polarity = "negative" if negated(s, home, d) else "positive"
        yield Event(start, end, words, d.date, actors, how, part, polarity, reading), d.start


def _quoted(marked: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether the character at ``offset`` stands in a direct quotation."""
    at = bisect_right(marked, (offset, sys.maxsize)) - 1
    return at >= 0 and offset < marked[at][1]


def _actors(s: Sentence, start: int, end: int, home: int) -> tuple[str, ...]:
    """The actors named in the event, those of a subject it shares first."""
    keys = s.named(start, end)
    clause = s.clauses[home]
    for _ in range(_DEEPEST):
        if not clause.elided or clause.parent is None:
            break
        chain = s.chain(clause.parent)
        clause = s.clauses[chain[0]]
        if clause.elided:
            continue
        groups = s.clauses[chain[0]].groups or s.clauses[chain[-1]].groups
        if groups:
            lo = max(s.clauses[chain[0]].lo, groups[0].start - _SUBJECT)
            lo = s.text.starts[s.first + lo]
            hi = s.text.starts[s.first + groups[0].start]
            keys = s.named(lo, hi) + keys
    return tuple(dict.fromkeys(keys))
