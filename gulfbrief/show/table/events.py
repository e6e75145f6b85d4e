"""``timeline``: dated events in order, as ``show/timeline.py`` draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import FoundEvent
from ..harmless import visible
from ..timeline import parts
from .parts import BETWEEN, QUIET, View, asked, counted, heading, source


def view(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    if not view.quiet:
        what = asked(view, ("text", "with"), ("actor", "of"))
        if view.query.get("top"):
            yield _days(results, view, what)
        else:
            yield heading(view, "event", "events", len(results), what)
    yield from drawn(results, view)


def _days(results: Sequence[FoundEvent], view: View, what: str) -> Text:
    """The first line of the days that matter most: how many of how many."""
    told = len({(one.event.date.start, one.weight) for one in results})
    text = Text(f"{told:,} of {counted(view.total, 'day')}", "bold")
    if what:
        text.append(f" {visible(what)}")
    return text.append(f"{BETWEEN}those that matter most", QUIET)


def drawn(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    """The events under their years and months, each source a link."""
    yield from parts(
        results,
        granularity=view.query.get("granularity"),
        name=view.name,
        source=lambda where: source(where, view),
    )
