"""What happened, out of reports that are read already: the days that matter most, each with the
sentence that tells best what happened on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ..model import EventRole, FoundEvent
from .extraction import LEAD, Sentence, leans, opaque, terms
from .reports import Report
from .salience import day_salience, independent, ordinal
from .timeline import HAPPENINGS
from .vectors import Vectors, centroid, cosine

COREFERENT = 0.25
"""A sentence of a day whose cosine to its entry is higher tells the entry's happening."""

RETOLD = 0.6
"""An entry whose cosine to one of another day is higher tells nothing new."""

TOPIC = 0.5
"""What a cosine to all that is told counts for, against that to what is told of the day."""

ENOUGH = 3
"""Where there are so many days of which is told what happened, plans that are over are left out."""

SHARED, OVERLAP = 5, 0.4
"""So many terms, and such a share of the shorter, two tellings of one time share that are one."""

ReportedEvent = tuple[Report, FoundEvent, Sentence]


def reported_events(
    reports: Iterable[Report],
    bears: Callable[[Report, FoundEvent, Sentence], bool],
    roles: Collection[EventRole] = HAPPENINGS,
) -> list[ReportedEvent]:
    """The happenings of single days in sentences that can be read alone: past ones, and planned
    ones that lay ahead of their report. ``bears``: whether one bears on what is asked for;
    ``roles`` are those of the events that are told."""
    out: list[ReportedEvent] = []
    for report in reports:
        for found in report.events:
            event = found.event
            if event.role not in roles or event.date.granularity != "day":
                continue
            if event.date.mod == "approx" or event.date.start is None:
                continue
            if event.date.start != event.date.end:
                continue
            if not credible(found):
                continue
            sentence = report.whole(report.at(event.start))
            if sentence is not None and bears(report, found, sentence):
                out.append((report, found, sentence))
    return out


def credible(found: FoundEvent) -> bool:
    """Whether what is told as planned or possible lay ahead when its report was published."""
    event, published = found.event, found.source.published
    if event.certainty == "past" or published is None:
        return True
    return (event.date.end or "9999") >= published


def salient_days(events: Iterable[ReportedEvent]) -> dict[int, float]:
    """Day (ordinal) -> how much it matters, from 0 to 1, by how many of the reports tell it."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    seen: set[tuple[int, int]] = set()
    for report, found, _ in events:
        day = ordinal(found.event.date.start or "")
        if report.published and (report.number, day) not in seen:
            seen.add((report.number, day))
            counts[day][max(0, ordinal(report.published) - day)] += 1
    return day_salience(counts)


def chronicle(
    events: Sequence[ReportedEvent], salience: Mapping[int, float], number: int
) -> tuple[FoundEvent, ...]:
    """The ``number`` days that matter most, in order, each with one sentence; ``also`` are those
    of other reports that tell the same, ``weight`` is its day's."""
    by_day: dict[int, list[ReportedEvent]] = defaultdict(list)
    for event in events:
        by_day[ordinal(event[1].event.date.start or "")].append(event)
    space = Vectors(s.terms for _, _, s in events)
    vector = {id(t): v for t, v in zip(events, space.vectors, strict=True)}
    topic = centroid(space.vectors, [r.number for r, _, _ in events])
    order = sorted(by_day, key=lambda day: (-salience.get(day, 0.0), day))
    last = max((r.published for r, _, _ in events if r.published), default="")
    past = [day for day in order if not all(over(e, last) for _, e, _ in by_day[day])]
    if len(past) >= ENOUGH:
        order = past
    entries: list[FoundEvent] = []
    taken: list[Mapping[str, float]] = []
    for day in order:
        if len(entries) == number:
            break
        every = by_day[day]
        here = [t for t in every if t[1].event.certainty == "past"] or every
        middle = centroid((vector[id(t)] for t in here), (t[0].number for t in here))

        def worth(t: ReportedEvent, middle: Mapping[str, float] = middle) -> float:
            v, sentence = vector[id(t)], t[2]
            return (
                cosine(v, middle)
                + TOPIC * cosine(v, topic)
                + 0.1 * (sentence.number < LEAD)
                - 0.1 * leans(sentence.text)
                - 0.1 * opaque(sentence.text)
            )

        best = max(here, key=lambda t: (worth(t), -t[0].place, -t[2].start))
        v = vector[id(best)]
        if any(cosine(v, other) > RETOLD for other in taken) or opaque(best[2].text) > 1:
            continue
        taken.append(v)
        others: dict[str, FoundEvent] = {}
        texts = [best[2].text]
        for t in every:
            if t[0].number == best[0].number or t[0].doc in others:
                continue
            if cosine(vector[id(t)], v) > COREFERENT:
                others[t[0].doc] = _entry(t)
                texts.append(t[2].text)
        entries.append(
            replace(
                _entry(best),
                also=tuple(sorted(others.values(), key=lambda e: e.source.published or "")),
                weight=round(salience.get(day, 0.0), 3),
                reports=independent(texts),
            )
        )
    return tuple(sorted(entries, key=lambda e: e.event.date.start or ""))


def over(found: FoundEvent, last: str) -> bool:
    """Whether an event is told as a plan or a chance only, and was over by the day ``last``."""
    return found.event.certainty != "past" and (found.event.date.end or "9999") < last


def once(entries: Iterable[FoundEvent], before: Iterable[FoundEvent] = ()) -> list[FoundEvent]:
    """The entries that do not tell, of days that overlap, what one ``before`` them tells in about
    the same words."""
    told = [(e, terms(e.event.text)) for e in before]
    out: list[FoundEvent] = []
    for entry in entries:
        held = terms(entry.event.text)
        if any(_overlap(entry, e) and _alike(held, other) for e, other in told):
            continue
        told.append((entry, held))
        out.append(entry)
    return out


def _overlap(one: FoundEvent, other: FoundEvent) -> bool:
    a, b = one.event.date, other.event.date
    return (a.start or "") <= (b.end or "9999") and (b.start or "") <= (a.end or "9999")


def _alike(one: Collection[str], other: Collection[str]) -> bool:
    shared = len(set(one) & set(other))
    return shared >= SHARED and shared >= OVERLAP * min(len(one), len(other))


def _entry(event: ReportedEvent) -> FoundEvent:
    """An event with the whole of its sentence for its words."""
    report, found, sentence = event
    text = report.stored.text[sentence.start : sentence.end]
    own = replace(found.event, start=sentence.start, end=sentence.end, text=text, reading="")
    return replace(found, source=report.cite(sentence.start, sentence.end), event=own)
