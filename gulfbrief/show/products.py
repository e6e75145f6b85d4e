"""Whole products of an index: a timeline, a calendar, a report, a database, tables, a network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..answer.timeline import timeline
from ..model import Answer, Window
from ..store.reader import Index
from . import ftm, graphml, parquet, sqlite
from .markdown import page
from .output import written

STREAMED = {
    "sqlite": sqlite.write,
    "parquet": parquet.write,
    "ftm": ftm.write,
    "graphml": graphml.write,
}


def write(index: Index, to: str, path: Path, window: Window = Window()) -> tuple[int, int]:
    """Writes a product to ``path``: how many records it holds, and how many it has no place for.
    ``to`` is timelinejs, markdown, icalendar (which holds only what happened on a day or a few), or
    one of ``STREAMED``, which may be of any size.

    Raises ``UsageError`` where ``path`` cannot be written.
    """
    if to in STREAMED:
        return STREAMED[to](index, path, window), 0
    left_out = 0
    if to == "markdown":
        text, number = _markdown(index, window)
    else:
        events = told = timeline(index, window=window).results
        if to == "icalendar":
            from .ics import fits

            events = tuple(filter(fits, told))
        text, number = _events(index, to, events), len(events)
        left_out = len(told) - number
    with written(path) as out:
        out.write(text)
    return number, left_out


def _events(index: Index, to: str, events: Iterable[Any]) -> str:
    if to == "timelinejs":
        from . import timelinejs

        return timelinejs.dumps(events)
    from datetime import datetime

    from . import ics

    made = index.status().indexed_at
    return ics.dumps(events, stamp=datetime.fromisoformat(made or "1970-01-01T00:00:00+00:00"))


def _markdown(index: Index, window: Window) -> tuple[str, int]:
    """All under headings: documents, timeline, actors, quotations."""
    names = {actor.id: actor.name for actor in index.actors()}
    sections = (
        ("Documents", "docs", tuple(index.documents(window))),
        ("Timeline", "timeline", timeline(index, window=window).results),
        ("Actors", "actors", tuple(index.actors(window=window))),
        ("Quotations", "quotes", tuple(index.quotes(window))),
    )
    parts = []
    for title, schema, found in sections:
        answer = Answer(len(found), found)
        body = page(schema, {}, answer, names) if found else "none\n"
        parts.append(f"# {title}\n\n{body}")
    return "\n".join(parts), sum(len(found) for _, _, found in sections)
