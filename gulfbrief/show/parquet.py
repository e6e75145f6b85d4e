"""The index as Parquet, a table for each kind of record, for DuckDB, Polars, pandas or Spark.

FOLDER/KIND/month=YYYY-MM/part-0.parquet holds the records of the documents published in a month, as
Hive lays out partitions (``month=__HIVE_DEFAULT_PARTITION__``: documents without a day);
FOLDER/actors/part-0.parquet the actors, which are of no month. A column is the path to a value in
the record with ``_`` for the dots, as in SQLite, but typed: days are dates, lists are lists.
``documents`` has the text that all offsets count in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .. import files
from ..answer.export import Contents, contents
from ..errors import UsageError
from ..model import Window
from ..store.reader import Index
from ..version import __version__
from .csv import value_at
from .records import record

MARK = "_gulfbrief.json"
"""Tells of a folder what it holds; readers of Parquet pass over names that begin so."""
UNDATED = "__HIVE_DEFAULT_PARTITION__"
BATCH = 4 << 20
"""A batch is written when it has so many characters of text, or"""
ROWS = 2_000
"""so many rows."""

_SPAN = {"start": "int", "end": "int", "text": "text"}
_SPEAKER = {**_SPAN, "actor": "text", "name": "text", "how": "text", "reason": "text"}
_DOCUMENT = {"doc": "text", "path": "text", "title": "text", "published": "day"}
_SOURCE = {**_DOCUMENT, "line": "int", "column": "int", "start": "int", "end": "int", "page": "int"}
_DATE = {
    "text": "text", "edtf": "text", "start": "day", "end": "day", "granularity": "text",
    "mod": "text", "anchor.kind": "text", "anchor.date": "day",
}  # fmt: skip


def _under(name: str, parts: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{part}": kind for part, kind in parts.items()}


# The columns of each table: a type, or of a list the type (the fields) of what is in it.
COLUMNS: dict[str, dict[str, Any]] = {
    "documents": {
        **_under("source", _DOCUMENT), "paths": ["text"], "words": "int", "language": "text",
        "format": "text", "published_from": "text", "author": "text", "url": "text",
        "tags": ["text"], "indexed_at": "time", "warnings": ["text"], "text": "text",
    },
    "quotes": {
        **_under("source", _SOURCE), "kind": "text", "content": "text", "fragments": [_SPAN],
        **_under("cue", _SPAN), **_under("speaker", _SPEAKER), "confidence": "float",
        "about": ["text"], "sentence": "text", "speakers": [_SPEAKER], "outer": [_SPEAKER],
        "reason": "text", "act": "text", "said": "bool", "content_confidence": "float",
    },
    "mentions": {
        **_under("source", _SOURCE), "text": "text", "type": "text", "actor": "text", "how": "text",
    },
    "dates": {
        **_under("source", _SOURCE),
        **_under("timex", {"text": "text", "type": "text", "value": "text", "mod": "text"}),
        **_under("date", _DATE), "reference": "bool", "reason": "text",
    },
    "events": {
        **_under("source", _SOURCE), **_under("date", _DATE), "event": "text", "actors": ["text"],
        "certainty": "text", "role": "text", "polarity": "text", "statement": ["int"],
    },
    "actors": {
        "id": "text", "name": "text", "type": "text",
        "aliases": [{"text": "text", "count": "int"}],
        "roles": [{"text": "text", "count": "int", "first": "day", "last": "day"}],
        "mentions": "int", "adjectives": "int", "documents": "int", "quotes": "int",
        "first": "day", "last": "day", **_under("source", _SOURCE),
    },
}  # fmt: skip


def write(index: Index, path: Path, window: Window = Window()) -> int:
    """Writes the folder ``path``; how many records it holds. One of an earlier export is replaced.

    Raises ``UsageError`` without pyarrow, and where the folder holds anything else or cannot be
    written.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise UsageError("--to parquet needs pyarrow: pip install 'gulfbrief[parquet]'") from None
    try:
        with files.replacing_folder(path, _is_ours) as new:
            counts = _write(index, new, window)
            held = {"schema": "gulfbrief.parquet/1", "version": __version__, "records": counts}
            (new / MARK).write_text(json.dumps(held) + "\n", "utf-8")
    except FileExistsError as error:
        raise UsageError(
            f"{path} holds {error.filename}, which gulfbrief did not export: name a new folder"
        ) from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None
    return sum(counts.values())


def _is_ours(file: Path) -> bool:
    """Whether an export writes such a file, ``file`` being its path in the folder."""
    return str(file) == MARK or (
        file.name == "part-0.parquet"
        and file.parts[0] in COLUMNS
        and (len(file.parts) == 2 or (len(file.parts) == 3 and file.parts[1].startswith("month=")))
    )


def _write(index: Index, folder: Path, window: Window) -> dict[str, int]:
    counts = dict.fromkeys(COLUMNS, 0)
    month, tables = "", dict[str, _Table]()
    with ExitStack() as open_:
        for held in contents(index, window):
            published = held.document.source.published
            if (now := published[:7] if published else UNDATED) != month:
                open_.close()
                month = now
                tables = {
                    kind: open_.enter_context(_Table(folder, kind, f"month={month}"))
                    for kind in COLUMNS
                    if kind != "actors"
                }
            for kind, one in _records(held):
                tables[kind].add(one)
                counts[kind] += 1
    with _Table(folder, "actors") as actors:
        for actor in index.each_actor(window):
            actors.add(record(actor))
            counts["actors"] += 1
    return counts


def _records(held: Contents) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "documents", record(held.document) | {"text": held.text}
    for kind in ("quotes", "mentions", "dates", "events"):
        for found in getattr(held, kind):
            yield kind, record(found)


class _Table:
    """One file of a table, made with its first record; a batch of records is held at a time."""

    def __init__(self, folder: Path, kind: str, *parts: str) -> None:
        self.path = folder.joinpath(kind, *parts, "part-0.parquet")
        self.columns = COLUMNS[kind]
        self.rows: list[dict[str, Any]] = []
        self.size = 0
        self.writer: Any = None

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *ended: Any) -> None:
        try:
            if ended[0] is None:
                self._flush()
        finally:
            if self.writer:
                self.writer.close()

    def add(self, one: dict[str, Any]) -> None:
        self.rows.append(
            {
                path.replace(".", "_"): _typed(value_at(one, path), kind)
                for path, kind in self.columns.items()
            }
        )
        self.size += len(one.get("text", ""))
        if len(self.rows) >= ROWS or self.size >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self.rows:
            return
        import pyarrow as pa
        from pyarrow import parquet

        if self.writer is None:
            self.path.parent.mkdir(parents=True)
            schema = pa.schema(
                [(path.replace(".", "_"), _arrow(kind)) for path, kind in self.columns.items()]
            )
            self.writer = parquet.ParquetWriter(self.path, schema, compression="zstd")
        self.writer.write_table(pa.Table.from_pylist(self.rows, self.writer.schema))
        self.rows, self.size = [], 0


def _arrow(kind: Any) -> Any:
    """The Arrow type of a column."""
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(_arrow(kind[0]))
    if isinstance(kind, dict):
        return pa.struct([(name, _arrow(part)) for name, part in kind.items()])
    types = {
        "text": pa.string(), "int": pa.int32(), "float": pa.float32(), "bool": pa.bool_(),
        "day": pa.date32(), "time": pa.timestamp("s", tz="UTC"),
    }  # fmt: skip
    return types[kind]


def _typed(value: Any, kind: Any) -> Any:
    """``value`` of a record as Arrow takes it."""
    if value is None:
        return None
    if isinstance(kind, list):
        return [_typed(one, kind[0]) for one in value]
    if isinstance(kind, dict):
        return {name: _typed(value[name], part) for name, part in kind.items()}
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "time":
        return datetime.fromisoformat(value)
    return value
