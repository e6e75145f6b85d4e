"""``timeline --top``: the days that matter most, each with the sentences that tell it best."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from ..fold import words
from ..model import Answer, Event, FoundEvent, Granularity, ResolvedDate, Source, Window
from ..store.postings import DayPosting
from ..store.reader import Index
from ..store.sentences import DocumentSentences, Sentence
from .actor_lookup import find_actor
from .event_mention import names_day
from .extraction import trimmed
from .salience import (
    SentenceRanker,
    by_lag,
    day_salience,
    ordinal,
)
from .timeline import documents_with, with_title

READ = 1500
"""So many documents are read for the entries of all days together, those of the days next to each
first."""

LEAD = 5
"""So many sentences at the head of a report tell what is new in it."""

LEADS = 2
"""So many of these are entries it may give."""


class _Candidate(NamedTuple):
    """A sentence that may be an entry of ``day``: that of the event ``posting``, which names the
    day, or one at the head of a report of that day or the next; ``chosen``: it may be chosen."""

    sentence: Sentence
    document: DocumentSentences
    day: int
    posting: DayPosting | None
    chosen: bool = True

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def source(self) -> Source:
        return self.document.source(self.sentence.start, self.sentence.end)

    def found(self, index: Index) -> FoundEvent:
        """What the sentence tells."""
        if self.posting is None:
            return self.telling()
        told = index.stored_document(self.posting.document).event(self.posting.n).event
        start, end, text = self.sentence
        return FoundEvent(self.source, replace(told, start=start, end=end, text=text, reading=""))

    def telling(self) -> FoundEvent:
        """The sentence and its day alone; the day of a report's head is as near as its
        publication."""
        source = self.source
        first = date.fromordinal(self.day).isoformat()
        if self.posting is not None:
            when = ResolvedDate("", first, first, first, "day")
        else:
            last = source.published or ""
            kind: Granularity = "day" if first == last else "range"
            span = f"{first}~" if first == last else f"{first}~/{last}~"
            when = ResolvedDate("", span, first, last, kind, "approx", "published", last)
        return FoundEvent(source, Event(*self.sentence, when))


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
    the documents that have each of its words, in any inflection, a word that none has with the
    fewest typing errors; ``actor`` (errors as ``find_actor``) to the events that name it.
    """
    who = actor
    if actor is not None and index.actor(actor) is None:
        who = find_actor(index, actor).id
    text, titled = with_title(index, text)
    docs = _documents_with(index, text)
    if titled is not None:
        docs = titled if docs is None else docs & titled
    salience = day_salience(by_lag(index.day_counts(window, actor=who, docs=docs, past=True)))
    order = sorted(salience, key=lambda day: (-salience[day], day))
    out: list[FoundEvent] = []
    told: set[str] = set()  # a sentence is the entry of one day, that which matters most
    given = 0
    while given < top and order:  # a day of which all is told already gives its place to the next
        days, order = order[: top - given], order[top - given :]
        for entries in _entries(
            index, days, per_day, _candidates(index, days, who, docs, window), told
        ):
            given += bool(entries)
            out += (replace(e, weight=round(salience[day], 3)) for day, e in entries)
    out.sort(key=lambda entry: entry.event.date.start or "")
    return Answer(len(salience), tuple(out))


def _entries(
    index: Index,
    days: Sequence[int],
    per_day: int,
    candidates: Mapping[int, Sequence[_Candidate]],
    told: set[str],
) -> Iterator[list[tuple[int, FoundEvent]]]:
    """For each of ``days`` its entries, at most ``per_day``, none of which is ``told`` already;
    what is chosen is."""
    every = [c for found in candidates.values() for c in found]
    read = dict.fromkeys(c.document for c in every)
    ranker = SentenceRanker((c.text for c in every), (t for d in read for t in d.unpacked()))
    for day in days:
        found = candidates[day]
        texts = [c.text for c in found]
        behind = [n for n, c in enumerate(found) if not c.chosen or c.text in told]
        named = [n for n, c in enumerate(found) if c.posting is not None]
        entries: list[tuple[int, FoundEvent]] = []
        for ranked in ranker.rank(texts, per_day, behind, named):
            entry = found[ranked.chosen]
            told.add(entry.text)
            others: dict[DocumentSentences, _Candidate] = {}
            for n in ranked.coreferent:
                if found[n].document is not entry.document:
                    others.setdefault(found[n].document, found[n])
            also = [other.telling() for other in others.values()]
            also.sort(key=lambda f: (f.source.published or "", f.source.path))
            reports = ranker.independent(c.text for c in (entry, *others.values()))
            entries.append((day, replace(entry.found(index), also=tuple(also), reports=reports)))
        yield entries


def _documents_with(index: Index, text: str) -> set[int] | None:
    """The numbers of the documents that have each word of ``text``; null where there is none."""
    held = [documents_with(index, word)[1] for word in words(text)]
    return set.intersection(*held) if held else None


def _candidates(
    index: Index,
    days: Collection[int],
    actor: str | None,
    docs: Collection[int] | None,
    window: Window,
) -> dict[int, list[_Candidate]]:
    """The sentences that tell each day, those of its own reports first."""
    named = _named(index, days, actor, docs, window)
    none: dict[int, dict[int, None]] = {day: {} for day in days}
    reports = none if actor is not None else _reports(index, days, docs, window)
    lists: list[Collection[int]] = [here for day in days for here in (named[day], reports[day])]
    read = dict(index.sentences_of_each(first_of_each(lists, READ)))
    out: dict[int, list[_Candidate]] = {}
    for day in days:
        found = out[day] = []
        for document in dict.fromkeys([*named[day], *reports[day]]):
            sentences = read.get(document)
            if sentences is None:
                continue
            held: dict[int, _Candidate] = {}
            for posting in named[day].get(document, ()):
                sentence = _trimmed(sentences.at(posting.offset))
                if sentence.start not in held or posting.role == "happening":
                    held[sentence.start] = _Candidate(sentence, sentences, day, posting)
            found += held.values()
            if document in reports[day]:
                found += _leads(sentences, day, held)
    return out


def _named(
    index: Index,
    days: Iterable[int],
    actor: str | None,
    docs: Collection[int] | None,
    window: Window,
) -> dict[int, dict[int, list[DayPosting]]]:
    """For each day the documents that tell what happened on it, those published next to it first,
    each with where it does so."""
    keys = {date.fromordinal(day).isoformat(): day for day in days}
    found = [
        (ordinal(p.published) - keys[p.day], p)
        for p in index.day_postings(list(keys), window, actor=actor, docs=docs, past=True)
    ]
    found.sort(key=lambda x: (abs(x[0] - 0.5), x[1].document, x[1].n))
    out: dict[int, dict[int, list[DayPosting]]] = {day: {} for day in keys.values()}
    for lag, posting in found:
        if lag >= 0:
            out[keys[posting.day]].setdefault(posting.document, []).append(posting)
    return out


def _reports(
    index: Index, days: Iterable[int], docs: Collection[int] | None, window: Window
) -> dict[int, dict[int, None]]:
    """For each day the documents that were published on it, and then those of the next."""
    own = {date.fromordinal(day).isoformat(): day for day in days}
    next_ = {date.fromordinal(day + 1).isoformat(): day for day in days}
    published = index.published_on([*own, *next_], window, docs)
    out: dict[int, dict[int, None]] = {day: {} for day in own.values()}
    for of in (own, next_):
        for day, document in published:
            if day in of:
                out[of[day]][document] = None
    return out


def first_of_each(lists: Sequence[Iterable[int]], number: int) -> set[int]:
    """The first of each of ``lists``, then the second, and so on, until there are ``number``.

    >>> sorted(first_of_each([[1, 2, 3], [4], [1, 5]], 4))
    [1, 2, 4, 5]
    """
    out: set[int] = set()
    for row in zip_longest(*lists):
        if len(out) >= number:
            break
        out.update(n for n in row if n is not None)
    return out


def _trimmed(sentence: Sentence) -> Sentence:
    """A sentence without its dateline."""
    start, end, text = sentence
    a, b = trimmed(text, 0, end - start)
    return sentence if b - a == end - start else Sentence(start + a, start + b, text[a:b])


def _leads(document: DocumentSentences, day: int, held: Collection[int]) -> Iterator[_Candidate]:
    """The first sentences of a report but those that begin where ``held`` says. Those that name no
    day tell what happened on its day or the one before, and may be entries."""
    for n, sentence in enumerate(map(_trimmed, document.first(LEAD))):
        if sentence.start not in held:
            whole = sentence.text.rstrip()[-1:] in '.”"'
            plain = n < LEADS and whole and not names_day(sentence.text)
            yield _Candidate(sentence, document, day, None, plain)
