"""Which entries of a timeline tell the same event, and which tell it of another day.

No event is compared with all others: each is looked up by its rarest words and actors among those
of its days, and at most a fixed number is tried for each of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..model import FoundEvent
from .telling import Telling, Weights, of_others, otherwise, same

_TRIED = 25  # entries tried for each word or actor
_SHARED = 2  # looked-up words that two must share before they are compared


@dataclass(slots=True)
class _Entry:
    """The tellings of one event; later ones are compared with the first."""

    tellings: list[Telling]
    documents: set[str]
    rarest: list[str]
    conflicts: list[int] = field(default_factory=list)

    @property
    def first(self) -> Telling:
        return self.tellings[0]


def group(events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """``events`` with the tellings of one event under one entry, in order of their days.

    The entry is the telling with the narrowest date; ``also`` holds one telling of each further
    document. ``conflicts`` holds entries of other documents that tell the same event of a day
    that cannot be the same. The order of ``events`` does not matter.
    """
    ordered = sorted(events, key=order)
    tellings = [Telling.of(found) for found in ordered]
    weights = Weights(tellings)
    entries = _gathered(tellings, weights)
    _contradict(entries, weights)
    leads = [_lead(entry) for entry in entries]
    out = [
        replace(lead, conflicts=tuple(replace(leads[j], also=()) for j in entry.conflicts))
        if entry.conflicts
        else lead
        for lead, entry in zip(leads, entries, strict=True)
    ]
    return sorted(out, key=order)


def order(found: FoundEvent) -> tuple[str, str, str, str, int]:
    """Events by their days; those that begin alike, the shorter first."""
    date, source = found.event.date, found.source
    start, end = date.start or date.end or "", date.end or "9999"
    return (start, end, source.published or "", source.path, found.event.start)


def _gathered(tellings: Iterable[Telling], weights: Weights) -> list[_Entry]:
    """The tellings gathered by event, each with the entry that is most like it."""
    entries: list[_Entry] = []
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for telling in tellings:
        rarest, asked, filed = weights.rarest(telling), _asked(telling), _filed(telling)
        hits: dict[int, int] = {}
        for span in asked:
            for key in rarest:
                held = listed.get((key, span))
                if held:
                    _count(hits, held)
        best, home = 0.0, -1
        for at, shared in hits.items():
            if shared >= _SHARED:
                score = same(telling, entries[at].first, weights)
                if score > best and _fits(telling, entries[at]):
                    best, home = score, at
        document = telling.found.source.doc
        if home < 0:
            home = len(entries)
            entries.append(_Entry([telling], {document}, rarest))
        else:
            entries[home].tellings.append(telling)
            entries[home].documents.add(document)
        for key in rarest:
            for span in filed:
                here = listed[key, span]
                if home not in here[-_TRIED:]:
                    here.append(home)
    return entries


def _count(hits: dict[int, int], held: list[int]) -> None:
    for at in held[-_TRIED:]:
        hits[at] = hits.get(at, 0) + 1


def _fits(telling: Telling, entry: _Entry) -> bool:
    """Whether no telling of the entry is of others than this one."""
    return not any(of_others(telling, other) for other in entry.tellings[:_TRIED])


def _filed(t: Telling) -> list[str]:
    """The spans under which a telling is filed: its own, and the month and year about it."""
    month = ["within " + t.start[:7]] if t.days <= 31 else []
    return [_own(t), *month, "within " + t.start[:4]]


def _asked(t: Telling) -> list[str]:
    """The spans in which a telling looks for others of its days."""
    if t.days > 31:
        return [_own(t), "within " + t.start[:4]]
    month = "month " if t.days == 1 else "within "
    return [_own(t), month + t.start[:7], "year " + t.start[:4]]


def _own(t: Telling) -> str:
    if t.days == 1:
        return t.start
    return ("month " + t.start[:7]) if t.days <= 31 else ("year " + t.start[:4])


def _contradict(entries: list[_Entry], weights: Weights) -> None:
    """Marks entries of different documents that tell one event of different days."""
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        told = entry.first
        slips, rarest = _slips(told), entry.rarest
        hits: dict[int, int] = {}
        for span in slips:
            for key in rarest:
                held = listed[key, span]
                if held:
                    _count(hits, held)
                held.append(at)
        for other, shared in hits.items():
            if shared < _SHARED or not entry.documents.isdisjoint(entries[other].documents):
                continue
            if otherwise(told, entries[other].first, weights):
                entry.conflicts.append(other)
                entries[other].conflicts.append(at)


def _slips(t: Telling) -> list[str]:
    """Where a telling of a wrong day may be found: days near, the day of another month or year."""
    if t.days > 31:
        return ["years"]
    if t.days > 1:
        return ["near"]
    return ["near", "day " + t.start[5:], "day " + t.start[:4] + t.start[8:]]


def _lead(entry: _Entry) -> FoundEvent:
    """The telling that stands for the entry, with one of each other document behind it."""
    if len(entry.tellings) == 1:
        return entry.first.found
    sure = {"past": 0, "planned": 1, "hypothetical": 2}
    ranked = sorted(
        entry.tellings,
        key=lambda t: (sure[t.found.event.certainty], t.days, order(t.found)[2:]),
    )
    lead = ranked[0].found
    others: dict[str, FoundEvent] = {}
    for telling in ranked[1:]:
        if telling.found.source.doc != lead.source.doc:
            others.setdefault(telling.found.source.doc, telling.found)
    also = sorted(others.values(), key=lambda f: (f.source.published or "", f.source.path))
    return replace(lead, also=tuple(also))
