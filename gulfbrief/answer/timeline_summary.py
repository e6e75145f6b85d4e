"""``timeline --top``: the days that matter most, each with the sentences that tell it best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..fold import words
from ..model import Answer, Event, FoundEvent, Granularity, ResolvedDate, Window
from ..store.reader import Index
from .actor_lookup import find_actor
from .event_mention import names_day
from .salience import (
    SentenceRanker,
    by_lag,
    day_salience,
    independent,
    most_salient,
    ordinal,
)
from .timeline import documents_with, with_title

READ = 900
"""So many documents are read for the entries of all days together."""

FEWEST_READ, MOST_READ = 5, 50
"""So many documents are read for one day at least and at most, those of the days next first."""

LEAD = 5
"""So many sentences at the head of a report tell what is new in it."""

LEADS = 2
"""So many of these are entries it may give."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence (``start`` to ``end``) that may be an entry of ``day``: that of the event ``n``,
    which names the day, or one at the head of a report of that day or the next."""

    text: str
    document: int
    start: int
    end: int
    n: int | None
    day: int
    background: bool
    never: bool  # a statement, or what has not happened by then

    def found(self, index: Index) -> FoundEvent:
        """What the sentence tells; the day of a report's head is as near as its publication."""
        stored = index.stored_document(self.document)
        source = stored.source(self.start, self.end)
        if self.n is not None:
            event = stored.event(self.n).event
            told = replace(event, start=self.start, end=self.end, text=self.text)
            return FoundEvent(source, told)
        first, last = date.fromordinal(self.day).isoformat(), source.published or ""
        kind: Granularity = "day" if first == last else "range"
        span = f"{first}~" if first == last else f"{first}~/{last}~"
        when = ResolvedDate("", span, first, last, kind, "approx", "published", last)
        return FoundEvent(source, Event(self.start, self.end, self.text, when))


def timeline_summary(
    index: Index,
    text: str = "",
    *,
    top: int,
    per_day: int = 1,
    actor: str | None = None,
    window: Window = Window(),
) -> Answer[FoundEvent]:
    """The ``top`` days that matter most for the question, in order of days, at most ``per_day``
    entries each; ``total`` counts the days that are told at all.

    An entry is a whole sentence. ``weight`` is its day's, ``also`` holds the other documents that
    tell the same happening, ``reports`` counts those told in words of their own. ``text`` keeps to
    the documents that have each of its words, in any inflection, typing errors allowed; ``actor``
    (errors as ``find_actor``) to the events that name it.
    """
    who = actor
    if actor is not None and index.actor(actor) is None:
        who = find_actor(index, actor).id
    text, titled = with_title(index, text)
    docs = _documents_with(index, text)
    if titled is not None:
        docs = titled if docs is None else docs & titled
    salience = day_salience(by_lag(index.day_counts(window, actor=who, docs=docs)))
    days = most_salient(salience, top)
    candidates = _candidates(index, days, who, docs, window)
    ranker = SentenceRanker(c.text for found in candidates.values() for c in found)
    out: list[FoundEvent] = []
    told: set[str] = set()  # a sentence is the entry of one day, that which matters most
    for day in sorted(days, key=lambda day: -salience[day]):
        found = candidates[day]
        behind = [n for n, c in enumerate(found) if c.background]
        if len(behind) == len(found):  # of a day that only asides tell, the best of these
            behind = [n for n, c in enumerate(found) if c.never]
        behind += [n for n, c in enumerate(found) if c.text in told]
        named = [n for n, c in enumerate(found) if c.n is not None and not c.background]
        for ranked in ranker.rank([c.text for c in found], per_day, behind, named):
            entry = found[ranked.chosen]
            told.add(entry.text)
            others: dict[int, _Candidate] = {}
            for n in ranked.coreferent:
                if found[n].document != entry.document:
                    others.setdefault(found[n].document, found[n])
            also = [other.found(index) for other in others.values()]
            also.sort(key=lambda f: (f.source.published or "", f.source.path))
            out.append(
                replace(
                    entry.found(index),
                    also=tuple(also),
                    weight=round(salience[day], 3),
                    reports=independent(c.text for c in (entry, *others.values())),
                )
            )
    out.sort(key=lambda entry: entry.event.date.start or "")
    return Answer(len(salience), tuple(out))


def _documents_with(index: Index, text: str) -> set[int] | None:
    """The numbers of the documents that have each word of ``text`` (``timeline.documents_with``);
    null where it has no words."""
    out: set[int] | None = None
    for word in words(text):
        _, held = documents_with(index, word)
        out = held if out is None else out & held
    return out


def _candidates(
    index: Index,
    days: Collection[int],
    actor: str | None,
    docs: Collection[int] | None,
    window: Window,
) -> dict[int, list[_Candidate]]:
    """The sentences that tell each day, those of its own reports first."""
    keys = {date.fromordinal(day).isoformat(): day for day in days}
    most = min(MOST_READ, max(FEWEST_READ, READ // max(1, len(days))))
    out: dict[int, list[_Candidate]] = {day: [] for day in days}
    read: dict[int, dict[int, None]] = {day: {} for day in days}
    places = index.day_postings(list(keys), window, actor=actor, docs=docs)
    places.sort(key=lambda p: (p[0], abs(ordinal(p[3]) - keys[p[0]] - 0.5), p[1], p[2]))
    wanted: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for name, document, at, published in places:
        day = keys[name]
        if document in read[day] or len(read[day]) < most:
            read[day][document] = None
            wanted[document].append((day, at, published))
    found: dict[int, dict[int, list[_Candidate]]] = {day: defaultdict(list) for day in days}
    for document, parts in wanted.items():  # each is unpacked once
        stored = index.stored_document(document)
        for day, n, published in parts:
            event = stored.events[n]
            a, b = index.sentence_of(document, event.start)
            past = event.certainty == "past" and ordinal(published) >= day
            never = not past or event.role == "statement"
            behind = never or event.role == "background"
            found[day][document].append(
                _Candidate(stored.text[a:b], document, a, b, n, day, behind, never)
            )
    if actor is None:
        heads: dict[int, dict[int, None]] = {day: {} for day in days}
        eve = {date.fromordinal(day + 1).isoformat(): day for day in days}
        for published, document in index.published_on([*keys, *eve], window, docs):
            for of in (keys, eve):
                day_ = of.get(published)
                if day_ is not None and len(heads[day_]) < most:
                    heads[day_][document] = None
        reported: dict[int, list[int]] = defaultdict(list)
        for day, documents in heads.items():
            for document in documents:
                reported[document].append(day)
        for document, told_of in reported.items():
            text, sentences = index.head(document)
            for day in told_of:
                found[day][document] += _leads(text, sentences, document, day, found[day][document])
                read[day].setdefault(document)
    for day in days:
        out[day] = [c for document in read[day] for c in found[day][document]]
    return out


def _leads(
    text: str,
    sentences: Sequence[tuple[int, int]],
    document: int,
    day: int,
    held: Collection[_Candidate],
) -> list[_Candidate]:
    """The first sentences of a report that are not held. Those that name no day tell what happened
    on its day or the one before, and may be entries."""
    starts = {c.start for c in held}
    out = []
    for n, (a, b) in enumerate(sentences[:LEAD]):
        said = text[a:b]
        if a not in starts:
            plain = n < LEADS and said.rstrip()[-1:] in '.”"' and not names_day(said)
            out.append(_Candidate(said, document, a, b, None, day, not plain, not plain))
    return out
