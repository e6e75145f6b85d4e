"""What happened when: dated events in order, each told once, with all who tell it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from math import log1p

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..fold import words
from ..model import Answer, EventRole, FoundEvent, Window
from ..store.filters import first_day
from ..store.reader import Index
from ..store.tokeniser import tokens
from .actor_lookup import find_actor
from .event_coreference import cluster_mentions
from .event_mention import CONTEXT, inflected_forms, stem
from .query import bounded
from .salience import independent, ordinal

_LENGTH = {4: timedelta(364), 7: timedelta(30), 10: timedelta(0)}  # of YYYY, YYYY-MM, YYYY-MM-DD

HAPPENINGS: tuple[EventRole, ...] = ("happening",)
EVERY: tuple[EventRole, ...] = ("happening", "statement", "background")
MOST = 1000
"""So many mentions are always read and compared."""


def timeline(
    index: Index,
    text: str = "",
    *,
    actor: str | None = None,
    window: Window = Window(),
    limit: int = 0,
    most: int = MOST,
    roles: Collection[EventRole] = HAPPENINGS,
) -> Answer[FoundEvent]:
    """The dated events in order of their first day; ``limit`` 0 means all.

    ``text`` keeps the events that have each of its words, in the clause or its actors, and of
    documents whose titles have what stands behind ``title:`` in it; a word that no event has is
    looked up with typing errors allowed. ``actor`` is an id or a name, however badly spelt (errors
    as ``find_actor``); ``window`` bounds the days of the events. Mentions of one event by several
    documents are one entry (``also``), and mentions of another day stand beside it (``conflicts``).

    Where more than ``most`` mentions match and there is a limit, only the first in order of their
    days are compared with one another, and ``total`` counts mentions instead of entries. ``roles``
    are those of the events that are told.
    """
    bounded(text)
    who = None
    if actor is not None:
        who = actor if index.actor(actor) is not None else find_actor(index, actor).id
    text, titled = with_title(index, text)
    places = index.event_postings(window, actor=who, across=False, roles=roles)
    if titled is not None:
        places = [place for place in places if place[0] in titled]
    if len(places) > most:
        if typed := words(text):
            return _with_terms(index, places, typed, window, limit, roles)
        if limit:
            return _earliest(index, places, window, limit, most, roles)
    before: Before = {}
    matched = (e for e in _read(index, places, before) if _asked_for(e, window, roles))
    entries = weighed(cluster_mentions(matching(matched, text), before))
    return Answer(len(entries), tuple(entries[:limit] if limit else entries))


Before = dict[tuple[str, int], str]


def _read(index: Index, places: Sequence[tuple[int, int]], before: Before) -> Iterator[FoundEvent]:
    """The events at ``places``; the text before each is put into ``before``."""
    for (document, _), found in zip(places, index.events_at(places), strict=True):
        at = found.event.start
        before[found.source.doc, at] = index.text_before(document, at, CONTEXT)
        yield found


def weighed(entries: Sequence[FoundEvent]) -> list[FoundEvent]:
    """The entries with ``reports``, how many documents tell each in words of their own, and
    ``weight``: by how many do and in how many weeks, 1 for the entry that matters most of these."""
    scores: list[float] = []
    counts: list[int] = []
    for entry in entries:
        tellings = (entry, *entry.also)
        counts.append(independent(t.event.text for t in tellings))
        weeks = {_week(t.source.published) for t in tellings if t.source.published}
        scores.append(log1p(counts[-1]) + log1p(max(0, len(weeks) - 1)))
    most = max(scores, default=1.0)
    return [
        replace(entry, weight=round(score / most, 3), reports=count)
        for entry, score, count in zip(entries, scores, counts, strict=True)
    ]


def _week(day: str) -> int:
    return ordinal(day) // 7


def _earliest(
    index: Index,
    places: Sequence[tuple[int, int]],
    window: Window,
    limit: int,
    most: int,
    roles: Collection[EventRole],
) -> Answer[FoundEvent]:
    """The first entries of very many mentions."""
    before: Before = {}
    reading = (e for e in _read(index, places, before) if _asked_for(e, window, roles))
    read = list(islice(reading, max(most, 4 * limit) + 1))
    entries = weighed(cluster_mentions(read, before))
    if len(read) <= max(most, 4 * limit):
        return Answer(len(entries), tuple(entries[:limit]))
    return Answer(len(places), tuple(entries[:limit]))


def _with_terms(
    index: Index,
    places: Sequence[tuple[int, int]],
    typed: Sequence[str],
    window: Window,
    limit: int,
    roles: Collection[EventRole],
) -> Answer[FoundEvent]:
    """The entries that have each typed word, out of very many mentions: read are only those of
    documents where the full text or an actor has a form of each."""
    wanted: list[frozenset[str]] = []
    for word in typed:
        forms, held = documents_with(index, word)
        wanted.append(forms)
        places = [place for place in places if place[0] in held]
    before: Before = {}
    matched = [
        found
        for found in _read(index, places, before)
        if _asked_for(found, window, roles) and all(_words_of(found) & forms for forms in wanted)
    ]
    compared = matched[: max(MOST, 4 * limit)] if limit else matched
    entries = weighed(cluster_mentions(compared, before))
    total = len(matched) if limit and len(matched) > max(MOST, 4 * limit) else len(entries)
    return Answer(total, tuple(entries[:limit] if limit else entries))


def documents_with(index: Index, word: str) -> tuple[frozenset[str], set[int]]:
    """The forms that ``word`` may have, and the documents that have one: its own inflections,
    else those of the words of the index with the fewest typing errors."""
    forms = inflected_forms(word, index.terms_with_prefix)
    held = index.documents_with(forms)
    if held or len(word) <= 3:
        return forms, held
    near_ = index.vocabulary.within_edits(word)
    least = min((slips for _, slips in near_), default=0)
    close = [other for other, slips in near_ if slips == least]
    forms = frozenset().union(*(inflected_forms(other, index.terms_with_prefix) for other in close))
    return forms, index.documents_with(forms)


_TITLE = re.compile(r"""(?<!\S)title:\s*(?:"([^"]*)"|(\S+))""", re.IGNORECASE)


def with_title(index: Index, text: str) -> tuple[str, set[int] | None]:
    """``text`` without its ``title:WORD`` and ``title:"WORDS"``, and the numbers of the documents
    whose titles have these words; null where there are none."""
    asked = [" ".join(tokens(found[1] or found[2] or "")) for found in _TITLE.finditer(text)]
    asked = [one for one in asked if one]
    if not asked:
        return text, None
    return _TITLE.sub(" ", text), set.intersection(*(index.documents_titled(one) for one in asked))


def _asked_for(found: FoundEvent, window: Window, roles: Collection[EventRole]) -> bool:
    return found.event.role in roles and _in_window(found, window)


def _in_window(found: FoundEvent, window: Window) -> bool:
    """Whether an event that overlaps the window belongs to it: it begins there, or is no longer
    than the window is; a year or an open span says nothing of the one month it covers."""
    first, last = found.event.date.start, found.event.date.end
    if window.since is None or first is None or first >= first_day(window.since):
        return True
    if last is None or window.until is None:
        return last is not None
    until = date.fromisoformat(first_day(window.until)) + _LENGTH[len(window.until)]
    asked = until - date.fromisoformat(first_day(window.since))
    return date.fromisoformat(last) - date.fromisoformat(first) <= asked


def matching(events: Iterable[FoundEvent], text: str) -> Iterable[FoundEvent]:
    """The events that have every word of ``text``, or one that is near it."""
    typed = words(text)
    if not typed:
        return events
    held = [(found, _words_of(found)) for found in events]
    vocabulary = sorted(set().union(*(there for _, there in held)))
    wanted = [near(word, vocabulary) for word in typed]
    return [found for found, there in held if all(there & near_ for near_ in wanted)]


def _words_of(found: FoundEvent) -> frozenset[str]:
    told = words(found.event.text)
    named = [part for key in found.event.actors for part in words(key.replace("-", " "))]
    return frozenset(told) | frozenset(named)


def near(word: str, vocabulary: Sequence[str]) -> frozenset[str]:
    """The words of ``vocabulary`` that ``word`` may mean: itself and its inflections, else those
    within one typing error up to four letters and two beyond (optimal string alignment); words up
    to three letters are never corrected."""
    root = stem(word)
    exact = frozenset(w for w in vocabulary if w == word or stem(w) == root)
    if exact or len(word) <= 3:
        return exact
    most = 1 if len(word) <= 4 else 2
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
    least = min((distance for _, distance, _ in found), default=0)
    roots = {stem(w) for w, distance, _ in found if distance == least}
    return frozenset(w for w in vocabulary if stem(w) in roots)
