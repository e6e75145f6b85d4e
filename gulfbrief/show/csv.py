"""Answers as CSV: one record a row, columns that are the same for every answer of a kind.

A column is the path to a value in the record (``speaker.name``). A list of texts is joined by
``; ``, any other list is JSON. Text that a spreadsheet would take for a formula gets a ``'`` before
it; the exact words stand in JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO, Any

from .harmless import cell, json_text

_SOURCE = ("doc", "path", "title", "published", "line", "start", "end")
_DOCUMENT = ("doc", "path", "title", "published")
_DATE = ("text", "edtf", "start", "end", "granularity", "mod", "anchor.kind", "anchor.date")


def _under(name: str, parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name}.{part}" for part in parts)


_QUOTE = (
    "kind",
    "content",
    "cue.text",
    "speaker.text",
    "speaker.name",
    "speaker.actor",
    "speaker.how",
    "confidence",
    "about",
    "sentence",
    "similarity",
    "reason",
    "act",
    "content_confidence",
)
_EVENT = (*_under("date", _DATE), "event", "actors", "certainty", "role", "polarity", "statement")
_DOCS = (
    *_under("source", _DOCUMENT),
    "words",
    "language",
    "format",
    "published_from",
    "author",
    "url",
    "tags",
    "indexed_at",
    "warnings",
    "paths",
)
_ACTOR = (
    "id",
    "name",
    "type",
    "mentions",
    "adjectives",
    "documents",
    "quotes",
    "first",
    "last",
    "aliases",
    "roles",
)
_COLUMNS: dict[str, tuple[str, ...]] = {
    "search": (*_under("source", _SOURCE), "score", "text"),
    "quotes": (*_under("source", _SOURCE), *_QUOTE),
    "verify": (
        "line",
        "verdict",
        "similarity",
        "claimed_speaker",
        "quote",
        "match.content",
        "match.speaker.name",
        *_under("source", _SOURCE),
        "differences",
    ),
    "actors": (*_ACTOR, *_under("source", _SOURCE)),
    "actor": (*_ACTOR, "statements", "said_about", "appears_with", "events"),
    "timeline": ("date.start", "date.end", *_EVENT[0:2], *_EVENT[4:], *_under("source", _SOURCE)),
    "docs": _DOCS,
    "show": _DOCS,
    "documents": _DOCS,
    "events": ("date.start", "date.end", *_EVENT[0:2], *_EVENT[4:], *_under("source", _SOURCE)),
    "mentions": (*_under("source", _SOURCE), "text", "type", "actor", "how"),
    "dates": (
        *_under("source", _SOURCE),
        *_under("timex", ("text", "type", "value", "mod")),
        *_under("date", _DATE[1:]),
        "reference",
    ),
    "names": ("asked", "id", "name", "type", "likeness", "mentions", "documents"),
    "status": (
        *("index", "files", "failed", "documents", "words", "quotes", "actors", "events"),
        *("first", "last", "undated", "indexed_at", "size", "paths", "excluded"),
    ),
    "config": ("name", "value", "origin", "help"),
}
# New columns stand behind the others, which keep their places.
COLUMNS = {
    name: (*columns, "source.column") if "source.line" in columns else columns
    for name, columns in _COLUMNS.items()
}


def write(
    out: IO[str], schema: str, records: Iterable[dict[str, Any]], fields: Sequence[str] = ()
) -> None:
    """The header and one row per record, lines ending in ``\\n``; ``fields`` are the columns
    where not those of the schema are wanted."""
    columns = fields or COLUMNS[schema]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_shown(value_at(record, column)) for column in columns])


def value_at(record: Any, column: str) -> Any:
    """What stands in a record under a column's path, null where there is nothing."""
    for part in column.split("."):
        record = record.get(part) if isinstance(record, dict) else None
    return record


def exact(value: Any) -> Any:
    """``value`` as one plain cell, its words as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float | str):
        return value
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return "; ".join(value)
        if all(isinstance(item, dict) and {"text", "count"} <= item.keys() for item in value):
            return "; ".join(f"{item['text']} ({item['count']})" for item in value)
    return json_text(value)


def _shown(value: Any) -> Any:
    plain = exact(value)
    return cell(plain) if isinstance(plain, str) else plain
