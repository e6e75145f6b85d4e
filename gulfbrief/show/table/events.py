"""``timeline``: dated events in order, grouped by year and month, a source a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import FoundEvent
from ..harmless import visible
from .parts import DAY, QUIET, View, asked, heading, indented, joined, source


def view(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    fields = (("text", "with"), ("actor", "of"))
    yield heading(view, "event", "events", len(results), asked(view, *fields))
    group = ""
    for found in results:
        start = found.event.date.start or found.event.date.end or ""
        if start[:4] != group:
            group = start[:4]
            yield Text(f"\n{group or 'No year'}", "bold")
        for paragraph in event(found, view):
            yield indented(paragraph)


def event(found: FoundEvent, view: View) -> list[Text]:
    told = found.event
    head = Text(shown_date(found), DAY).append(f"  {visible(told.text)}", "default")
    if told.certainty != "past":
        head.append(f"  {told.certainty}", "magenta")
    who = ", ".join(view.name(actor) for actor in told.actors)
    under = joined((Text(who, QUIET) if who else None, source(found.source, view)))
    return [head, Text("    ").append(under)]


def shown_date(found: FoundEvent) -> str:
    date = found.event.date
    return visible(date.edtf)
