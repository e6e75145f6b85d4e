"""``timeline``: dated events in order, grouped by year and month, a source a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import FoundEvent
from ..harmless import visible
from ..precision import words
from ..timeline import parts
from .parts import DAY, QUIET, View, asked, heading, joined, source


def view(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    fields = (("text", "with"), ("actor", "of"))
    yield heading(view, "event", "events", len(results), asked(view, *fields))
    yield from parts(
        results,
        granularity=view.query.get("granularity"),
        name=view.name,
        source=lambda where: source(where, view),
    )


def event(found: FoundEvent, view: View) -> list[Text]:
    told = found.event
    head = Text(visible(words(told.date)), DAY).append(f"  {visible(told.text)}", "default")
    if told.certainty != "past":
        head.append(f"  {told.certainty}", "magenta")
    who = ", ".join(view.name(actor) for actor in told.actors)
    under = joined((Text(who, QUIET) if who else None, source(found.source, view)))
    return [head, Text("    ").append(under)]
