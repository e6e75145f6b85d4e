"""A timeline as JSON for TimelineJS 3 (Knight Lab), https://timeline.knightlab.com/docs/json-format.html.

A slide's date has a month or a day only where the text told one; what no calendar date can say
("early March", "winter 2019–20") stands in ``display_date``. TimelineJS reads texts as HTML, so
they are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Any

from ..model import Event, FoundEvent, ResolvedDate
from .harmless import json_text, visible
from .precision import words

_HEADLINE = 90  # characters


def dumps(events: Iterable[FoundEvent], *, title: str | None = None) -> str:
    """The JSON text for TimelineJS, ending in a line end."""
    return json_text(timeline(events, title=title)) + "\n"


def timeline(events: Iterable[FoundEvent], *, title: str | None = None) -> dict[str, Any]:
    """The object TimelineJS takes: ``events`` (slides in the given order) and perhaps ``title``.

    Events without a first day, which it cannot place, begin at their last.
    """
    out: dict[str, Any] = {"scale": "human", "events": [slide(found) for found in events]}
    if title:
        out["title"] = {"text": {"headline": escape(visible(title))}}
    return out


def slide(found: FoundEvent) -> dict[str, Any]:
    event = found.event
    first, last = ends(event.date)
    out: dict[str, Any] = {
        "start_date": first,
        "text": {"headline": escape(_short(event.display)), "text": _text(found)},
        "display_date": escape(words(event.date)),
        "unique_id": unique_id(found),
        "autolink": False,
    }
    if last is not None and last != first:
        out["end_date"] = last
    if event.certainty != "past":
        out["group"] = event.certainty
    return out


def ends(date: ResolvedDate) -> tuple[dict[str, int], dict[str, int] | None]:
    """The first and the last date of a span, each with its year, month and day as far as told."""
    start, end = date.start or date.end or "", date.end
    if date.granularity in ("year", "decade"):
        narrowed = date.mod in ("start", "mid", "end") and date.granularity == "year"
        keep = 7 if narrowed else 4
    elif date.granularity in ("month", "quarter", "season", "half"):
        keep = 7
    elif date.granularity == "range":
        told = [p for p in date.edtf.strip("[]").replace("..", "").split("/") if p]
        keep = min((len(p.rstrip("~?%")) for p in told), default=10)
        keep = 10 if keep >= 10 else 7 if keep >= 7 else 4
    else:
        keep = 10
    first = _parts(start[:keep])
    return first, _parts(end[:keep]) if end else None


def _parts(iso: str) -> dict[str, int]:
    names = ("year", "month", "day")
    return dict(zip(names, (int(p) for p in iso.split("-") if p), strict=False))


def unique_id(found: FoundEvent) -> str:
    """An id that stays the same as long as the document and its finding do."""
    event: Event = found.event
    told = f"{found.source.doc} {event.start} {event.end} {event.date.edtf} {event.date.text}"
    return "event-" + sha256(told.encode()).hexdigest()[:16]


def _short(text: str) -> str:
    shown = visible(text)
    if len(shown) <= _HEADLINE:
        return shown
    return shown[:_HEADLINE].rsplit(" ", 1)[0] + "…"


def _text(found: FoundEvent) -> str:
    """The clause and its sources as HTML."""
    event = found.event
    out = [f"<p>{escape(visible(event.display))}</p>"]
    if event.certainty != "past":
        out.append(f"<p><em>{event.certainty}</em></p>")
    items = [_source(one) for one in (found, *found.also)]
    out.append("<p>" + "<br>".join(items) + "</p>")
    for other in found.conflicts:
        told = f"{words(other.event.date)}: {visible(other.event.display)}"
        out.append(f"<p><strong>Told otherwise</strong>: {escape(told)} ({_source(other)})</p>")
    return "".join(out)


def _source(found: FoundEvent) -> str:
    source = found.source
    title = f"{visible(source.title)}, " if source.title else ""
    day = f", {source.published}" if source.published else ""
    return escape(f"{title}{visible(source.path)}{source.place}{day}")
