"""``timeline``: dated events in order, as ``show/timeline.py`` draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...model import FoundEvent
from ..timeline import parts
from .parts import View, asked, heading, source


def view(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    fields = (("text", "with"), ("actor", "of"))
    yield heading(view, "event", "events", len(results), asked(view, *fields))
    yield from drawn(results, view)


def drawn(results: Sequence[FoundEvent], view: View) -> Iterator[Any]:
    """The events under their years and months, each source a link."""
    yield from parts(
        results,
        granularity=view.query.get("granularity"),
        name=view.name,
        source=lambda where: source(where, view),
    )
