"""The index as one SQLite database, a table for each kind of record, ready for Datasette.

A column is the path to a value in the record with ``_`` for the dots; lists are joined as in CSV,
and stand once more, an element a row, in tables of their own (``quotes_about``, ``events_actors``).
Keys between tables are declared, so that a reader of the schema follows them; ``documents_fts``,
``quotes_fts`` and ``events_fts`` are full-text indexes. ``documents`` has the text that all offsets
count in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from .. import files
from ..answer import export
from ..errors import UsageError
from ..model import Window
from ..store.reader import Index
from . import csv
from .records import record

_KEYS = {
    "source.doc": "documents (source_doc)",
    "speaker.actor": "actors (id)",
    "actor": "actors (id)",
}
"""Columns that are keys of another table, where they are not the key of their own."""
_OWN_KEYS = {"documents": "source_doc", "actors": "id"}
_LISTS = {"quotes": "about", "events": "actors"}
"""Columns that list ids of actors."""
_SEARCHED = {
    "documents": ("source_title", "text"),
    "quotes": ("content", "speaker_name"),
    "events": ("event",),
}
_INDEXED = {
    "documents": ("source_published",),
    "quotes": ("source_doc", "speaker_actor"),
    "mentions": ("source_doc", "actor"),
    "dates": ("source_doc",),
    "events": ("source_doc", "date_start"),
}


def write(index: Index, path: Path, window: Window = Window()) -> int:
    """Writes the file ``path``; how many records it holds. A file that is there is replaced when
    the new one is whole. Raises ``UsageError`` where it cannot be written."""
    try:
        with files.replacing(path) as new, closing(sqlite3.connect(new)) as db, db:
            number = sum(_table(db, kind, _rows(index, kind, window)) for kind in export.KINDS)
            _finish(db)
    except (OSError, sqlite3.OperationalError) as error:
        raise UsageError(
            f"{path}: cannot be written: {getattr(error, 'strerror', '') or error}"
        ) from None
    return number


def _rows(index: Index, kind: str, window: Window) -> Iterator[dict[str, Any]]:
    for found in export.export(index, kind, window):
        one = record(found)
        if kind == "documents":
            one["text"] = index.passing(one["source"]["doc"]).text
        yield one


def _table(db: sqlite3.Connection, kind: str, records: Iterable[dict[str, Any]]) -> int:
    """Writes a table and the one of its list; how many records there are."""
    paths = (*csv.COLUMNS[kind], "text") if kind == "documents" else csv.COLUMNS[kind]
    columns = [_column(kind, path) for path in paths]
    if kind not in _OWN_KEYS:
        columns.insert(0, "id INTEGER PRIMARY KEY")
    db.execute(f"CREATE TABLE {kind} ({', '.join(columns)})")
    listed = _LISTS.get(kind)
    if listed:
        db.execute(
            f"CREATE TABLE {kind}_{listed} ({kind[:-1]} INTEGER REFERENCES {kind} (id),"
            f" actor TEXT REFERENCES actors (id), PRIMARY KEY ({kind[:-1]}, actor)) WITHOUT ROWID"
        )
    marks = ", ".join("?" * len(columns))
    count = 0
    for count, one in enumerate(records, 1):
        row = [csv.exact(csv.value_at(one, path)) for path in paths]
        if kind not in _OWN_KEYS:
            row.insert(0, count)
        db.execute(f"INSERT INTO {kind} VALUES ({marks})", row)
        if listed:
            db.executemany(
                f"INSERT OR IGNORE INTO {kind}_{listed} VALUES (?, ?)",
                [(count, id) for id in one[listed]],
            )
    return count


def _column(kind: str, path: str) -> str:
    name = path.replace(".", "_")
    if name == _OWN_KEYS.get(kind):
        return f"{name} TEXT PRIMARY KEY"
    key = _KEYS.get(path)
    return f'"{name}" TEXT REFERENCES {key}' if key else f'"{name}"'


def _finish(db: sqlite3.Connection) -> None:
    """The indexes and the full-text indexes."""
    for kind, columns in _INDEXED.items():
        for column in columns:
            db.execute(f"CREATE INDEX {kind}_{column} ON {kind} ({column})")
    for kind, listed in _LISTS.items():
        db.execute(f"CREATE INDEX {kind}_{listed}_actor ON {kind}_{listed} (actor)")
    for kind, columns in _SEARCHED.items():
        db.execute(
            f"CREATE VIRTUAL TABLE {kind}_fts USING fts5 ({', '.join(columns)},"
            f" content=\"{kind}\", tokenize='porter unicode61 remove_diacritics 2')"
        )
        db.execute(f"INSERT INTO {kind}_fts ({kind}_fts) VALUES ('rebuild')")
