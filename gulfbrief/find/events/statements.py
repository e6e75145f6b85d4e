"""The statement that an event stands in: somebody said that it happened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ...model import Event, Quote

_NESTED = 8  # quotations that are looked at for an event
_ANTECEDENT = 60  # code points by which an event may begin before the content that it stands in


def linked(events: Sequence[Event], quotes: Sequence[Quote]) -> list[Event]:
    """The events, each with the bounds of the innermost quotation in whose content it stands, or
    of the one that a statement makes. What its source denies or only supposes is no happening."""
    ordered = sorted(quotes, key=lambda q: (q.start, -q.end))
    starts = [q.start for q in ordered]
    return [_linked(event, ordered, starts) for event in events]


def _linked(event: Event, quotes: Sequence[Quote], starts: Sequence[int]) -> Event:
    at = bisect_right(starts, event.start + _ANTECEDENT)
    for quote in reversed(quotes[max(0, at - _NESTED) : at]):
        if quote.start - _ANTECEDENT <= event.start and event.end <= quote.end + 1:
            if event.start < quote.start and event.end - quote.start < len(event.text) / 2:
                continue
            doubted = event.role == "happening" and not quote.asserted
            role = "background" if doubted else event.role
            return replace(event, statement=(quote.start, quote.end), role=role)
    if event.role == "statement":
        near = quotes[max(0, at - _NESTED) : bisect_right(starts, event.end + _ANTECEDENT)]
        for quote in near:
            cue = quote.cue
            if cue is not None and event.start <= cue.start < event.end:
                return replace(event, statement=(quote.start, quote.end))
    return event
