"""``timeline --top``: the days that matter most, each with the sentences that tell it best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from ..fold import words
from ..model import Answer, Event, FoundEvent, ResolvedDate, Window
from ..store.reader import Index
from .actor_lookup import find_actor
from .event_mention import inflected_forms
from .salience import SentenceRanker, day_salience, independent, most_salient
from .timeline import with_title

READ = 900
"""So many documents are read for the entries of all days together."""

FEWEST_READ, MOST_READ = 5, 40
"""So many documents are read for one day at least and at most, those of the days next first."""

LEADS = 2
"""So many sentences at the head of a report of the day itself are entries it may give."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be an entry; ``found`` is what it tells."""

    text: str
    found: FoundEvent
    background: bool
    never: bool = False  # a statement, or what has not happened by then


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
    the documents that have each of its words, in any inflection; ``actor`` (errors as
    ``find_actor``) to the events that name it.
    """
    who = actor
    if actor is not None and index.actor(actor) is None:
        who = find_actor(index, actor).id
    text, titled = with_title(index, text)
    docs = _documents_with(index, text)
    if titled is not None:
        docs = titled if docs is None else docs & titled
    reports: dict[int, dict[int, int]] = defaultdict(dict)
    for told, published, count in index.day_counts(window, actor=who, docs=docs):
        ordinal = _ordinal(told)
        lag = _ordinal(published) - ordinal
        if lag >= 0:
            reports[ordinal][lag] = reports[ordinal].get(lag, 0) + count
    salience = day_salience(reports)
    days = most_salient(salience, top)
    candidates = _candidates(index, days, who, docs, window)
    ranker = SentenceRanker(c.text for found in candidates.values() for c in found)
    out: list[FoundEvent] = []
    for day in days:
        found = candidates[day]
        behind = [n for n, c in enumerate(found) if c.background]
        if len(behind) == len(found):  # of a day that only asides tell, the best of these
            behind = [n for n, c in enumerate(found) if c.never]
        for ranked in ranker.rank([c.text for c in found], per_day, behind):
            entry = found[ranked.chosen]
            others: dict[str, FoundEvent] = {}
            tellings = [entry.text]
            for n in ranked.coreferent:
                other = found[n]
                if other.found.source.doc not in (entry.found.source.doc, *others):
                    others[other.found.source.doc] = other.found
                    tellings.append(other.text)
            also = sorted(others.values(), key=lambda f: (f.source.published or "", f.source.path))
            weight = round(salience[day], 3)
            out.append(
                replace(entry.found, also=tuple(also), weight=weight, reports=independent(tellings))
            )
    return Answer(len(salience), tuple(out))


def _documents_with(index: Index, text: str) -> set[int] | None:
    """The numbers of the documents that have each word of ``text``; null where there is none."""
    out: set[int] | None = None
    for word in words(text):
        held = index.documents_with(inflected_forms(word, index.terms_with_prefix))
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
    places.sort(key=lambda p: (p[0], abs(_ordinal(p[3]) - keys[p[0]] - 0.5), p[1], p[2]))
    wanted: dict[int, list[tuple[int, int | None, str]]] = defaultdict(list)
    for name, document, at, published in places:
        day = keys[name]
        if document in read[day] or len(read[day]) < most:
            read[day][document] = None
            wanted[document].append((day, at, published))
    if actor is None:
        for published, document in index.published_on(list(keys), window, docs):
            day = keys[published]
            if document in read[day] or len(read[day]) < most:
                read[day][document] = None
                wanted[document].append((day, None, published))
    found: dict[int, dict[int, list[_Candidate]]] = {day: defaultdict(list) for day in days}
    for document, parts in wanted.items():  # each is unpacked once
        for day, n, published in parts:
            here = found[day][document]
            if n is None:
                here += _leads(index, document, published)
                continue
            event = index.stored_document(document).event(n)
            sentence = index.sentence_of(document, event.event.start)
            entry = _whole(index, document, event, sentence)
            role, past = event.event.role, event.event.certainty == "past"
            never = not past or role == "statement" or _ordinal(published) < day
            behind = never or role == "background"
            here.append(_Candidate(entry.event.text, entry, behind, never))
    for day in days:
        out[day] = [c for document in read[day] for c in found[day][document]]
    return out


def _leads(index: Index, document: int, published: str) -> list[_Candidate]:
    """The first sentences of a report, which tell what happened on its day."""
    stored = index.stored_document(document)
    out = []
    when = ResolvedDate("", published, published, published, "day", None, "published", published)
    for a, b in index.sentences_of(document)[:LEADS]:
        said = " ".join(stored.text[a:b].split())
        if said[-1:] in '.”"':
            event = Event(a, b, stored.text[a:b], when)
            out.append(_Candidate(event.text, FoundEvent(stored.source(a, b), event), False))
    return out


def _whole(index: Index, document: int, found: FoundEvent, sentence: tuple[int, int]) -> FoundEvent:
    """The event with the whole of its sentence for its words."""
    a, b = sentence
    stored = index.stored_document(document)
    event = replace(found.event, start=a, end=b, text=stored.text[a:b])
    return replace(found, source=stored.source(a, b), event=event)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
