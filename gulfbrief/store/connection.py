"""Opening the index, to read or to write, and saying what is wrong with it."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from json import JSONDecodeError
from pathlib import Path
from urllib.parse import quote

from ..errors import StoreError
from . import schema
from .heading import holds_words
from .keys import path_text
from .varints import decode_varints

WAIT = 10.0
"""Seconds to wait for another process."""


def open_to_write(path: Path, anew: bool = False) -> sqlite3.Connection:
    """The index at ``path``, made where there is none. One that an older gulfbrief made is emptied
    with ``anew``, save for the paths it was made from; else it raises StoreError."""
    try:
        db = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        _functions(db)
        number = _number(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA temp_store = MEMORY")
        # Pages that many batches change are written to their place once in several batches.
        db.execute("PRAGMA wal_autocheckpoint = 16384")
        if number < schema.NUMBER:
            if number and not anew:
                raise StoreError(f"{path} was made by an older gulfbrief: `gulfbrief index` first")
            schema.make(db, number)
    except DAMAGE as error:
        raise fault(path, error) from error
    return db


def open_to_read(path: Path) -> sqlite3.Connection:
    """The index at ``path``, as it was when opened: what is written later is not seen."""
    if not path.is_file():
        raise StoreError(f"no index at {path}: make it with `gulfbrief index PATH`")
    try:
        try:
            db = _connect(path, "mode=ro")
            number = _number(db, path)
        except sqlite3.OperationalError as error:
            if "unable to open" not in str(error):
                raise
            db = _connect(path, "immutable=1")  # a folder that cannot be written
            number = _number(db, path)
        if number != schema.NUMBER:
            raise StoreError(
                f"{path} was made by an older gulfbrief: `gulfbrief index` brings it up to date"
                if number
                else f"{path} holds nothing yet: fill it with `gulfbrief index PATH`"
            )
        db.execute("PRAGMA mmap_size = 268435456")
    except DAMAGE as error:
        raise fault(path, error) from error
    return db


def is_index(path: Path) -> bool:
    """Whether the file at ``path`` bears the mark of an index in its head."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    mark = schema.APPLICATION.to_bytes(4, "big")
    return head.startswith(b"SQLite format 3\0") and head[68:72] == mark


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{mode}", uri=True, timeout=WAIT, isolation_level=None
    )
    _functions(db)
    db.execute("BEGIN")  # with the first read, which follows, all reads are of one moment
    return db


def _functions(db: sqlite3.Connection) -> None:
    """What SQL is given: the text of a path, how many numbers a blob holds."""
    db.create_function("path_text", 1, path_text, deterministic=True)
    db.create_function("holds_words", 2, holds_words, deterministic=True)
    db.create_function("held", 1, lambda blob: len(decode_varints(blob)), deterministic=True)


def _number(db: sqlite3.Connection, path: Path) -> int:
    """The schema's number, 0 for an empty file. Raises StoreError for what is no index of ours."""
    number = int(db.execute("PRAGMA user_version").fetchone()[0])
    mark = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if mark != schema.APPLICATION and (tables or number):
        raise StoreError(f"{path} is a database, but not an index of gulfbrief: name another file")
    if number > schema.NUMBER:
        raise StoreError(
            f"{path} was made by a newer gulfbrief: update gulfbrief, or index into another file"
        )
    return number


DAMAGE = (sqlite3.Error, zlib.error, struct.error, UnicodeDecodeError, JSONDecodeError)
"""What reading an index raises where its bytes are not as they were written."""


def fault(path: Path, error: Exception) -> StoreError:
    """What ``error``, one of ``DAMAGE``, means to the user."""
    text = str(error)
    if isinstance(error, UnicodeDecodeError):
        text = "bytes that are no text"
    if "not a database" in text:
        return StoreError(
            f"{path} is no index of gulfbrief, or a damaged one: name another file, or delete it"
            " and run `gulfbrief index PATH` again"
        )
    if "locked" in text or "busy" in text:
        return StoreError(f"{path} is held by another process; try again when it is done")
    if "unable to open" in text or "readonly" in text or "permission" in text:
        return StoreError(f"{path} cannot be opened here ({text}): look at its permissions")
    if "full" in text:
        return StoreError(f"{path} cannot grow ({text}): make room and index again")
    return StoreError(f"{path} is damaged ({text}): delete it and run `gulfbrief index PATH` again")
