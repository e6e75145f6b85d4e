"""Opening the index, to read or to write, and saying what is wrong with it."""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from json import JSONDecodeError
from pathlib import Path
from urllib.parse import quote

import apsw

from ..errors import StoreError
from . import pages, schema
from .keys import path_text
from .pages import Database
from .varints import decode_varints

WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def open_to_write(path: Path, anew: bool = False) -> Database:
    """The index at ``path``, made where there is none. One that an older gulfbrief made is emptied
    with ``anew``, save for the paths it was made from; else it raises StoreError."""
    from . import permissions

    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is no regular file: name another")
    try:
        number, kept = _older(path)
        if number and not anew:
            raise StoreError(f"{path} was made by an older gulfbrief: 'gulfbrief index' first")
        if number:
            mode = path.stat().st_mode
            remove(path)
            permissions.reserve(path)
            path.chmod(mode)
        db = pages.create(str(path)) if _is_new(path) else pages.connect(str(path), WRITE)
        _functions(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA temp_store = MEMORY")
        # Pages that many batches change are written to their place once in several batches.
        db.execute("PRAGMA wal_autocheckpoint = 16384")
        if not _number(db, path):
            schema.make(db, kept)
    except DAMAGE as error:
        raise fault(path, error) from error
    return db


def _older(path: Path) -> tuple[int, list[tuple[str, str]]]:
    """The schema's number of an index that an older gulfbrief made, 0 for any other, and the notes
    of it that are kept: the paths (roots) and, as ``anew``, whether it holds what came from
    standard input."""
    if _is_new(path):
        return 0, []
    checked = pages.has_checksums(path)
    db = pages.connect(str(path), apsw.SQLITE_OPEN_READWRITE, checked=checked)
    try:
        number = _number(db, path)
        if number == schema.NUMBER and not checked:
            raise apsw.CorruptError("its head is not as it was written")
        if not 0 < number < schema.NUMBER:
            return 0, []
        kept = db.execute(
            "SELECT key, value FROM meta WHERE key IN ('roots', 'excluded')"
        ).fetchall()
        typed = db.execute("SELECT count(*) FROM file WHERE path = CAST('-' AS BLOB)").fetchone()
        return number, [*kept, ("anew", str(typed[0]))]
    finally:
        db.close()


def _is_new(path: Path) -> bool:
    """Whether there is nothing yet that could be an index."""
    return str(path) == ":memory:" or not path.exists() or not path.stat().st_size


def remove(path: Path) -> None:
    """Take away the file of an index, and what SQLite keeps beside it."""
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.unlink(f"{path}{end}")


def open_to_read(path: Path) -> Database:
    """The index at ``path``, as it was when opened: what is written later is not seen."""
    require(path)
    try:
        checked = pages.has_checksums(path)
        try:
            db = _connect(path, "mode=rw" if _is_ours(path) else "mode=ro", checked)
            number = _number(db, path)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            log = Path(f"{path}-wal")
            if log.exists() and log.stat().st_size:
                raise StoreError(
                    f"{path} was being written when its writer ended, and cannot be brought in"
                    " order here: let its owner run 'gulfbrief status' once"
                ) from None
            db = _connect(path, "immutable=1", checked)  # a folder or a disk that is not written
            number = _number(db, path)
        if number != schema.NUMBER:
            raise StoreError(
                f"{path} was made by an older gulfbrief: 'gulfbrief index' brings it up to date"
                if number
                else f"{path} holds nothing yet: fill it with 'gulfbrief index PATH'"
            )
        if not checked:
            raise apsw.CorruptError("its head is not as it was written")
    except OSError as error:
        raise fault(path, error) from error
    except DAMAGE as error:
        raise fault(path, error) from error
    return db


def open_to_look(path: Path) -> Database:
    """``open_to_read`` for a quick look that may miss what is being written: nothing is locked, and
    pages are not compared with their checksums. Raises StoreError or ``DAMAGE``."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:  # not all of it is in its place
        return open_to_read(path)
    require(path)
    db = _connect(path, "immutable=1", checked=False)
    if _number(db, path) != schema.NUMBER:
        raise StoreError(f"{path} was made by an older gulfbrief")
    return db


def require(path: Path) -> None:
    """Raises StoreError where no file is at ``path``."""
    if not path.is_file():
        raise StoreError(f"no index at {path}: make it with 'gulfbrief index PATH'")


def is_index(path: Path) -> bool:
    """Whether the file at ``path`` bears the mark of an index in its head."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    mark = schema.APPLICATION.to_bytes(4, "big")
    return head.startswith(b"SQLite format 3\0") and head[68:72] == mark


CACHE = 131_072
"""KiB of pages that a question keeps at most: each that it reads again has to be read and compared
with its checksum."""


def _is_ours(path: Path) -> bool:
    """Whether what SQLite keeps beside an index may be put in order and taken away when it is
    closed, which who only may read it cannot do."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _connect(path: Path, mode: str, checked: bool) -> Database:
    uri = f"file:{quote(str(path.absolute()))}?{mode}"
    flags = apsw.SQLITE_OPEN_READWRITE if mode == "mode=rw" else apsw.SQLITE_OPEN_READONLY
    db = pages.connect(uri, flags, checked=checked)
    _functions(db)
    db.execute(f"PRAGMA cache_size = -{CACHE}")
    db.execute("BEGIN")  # with the first read, which follows, all reads are of one moment
    return db


def _functions(db: Database) -> None:
    """What SQL is given: the text of a path, how many numbers a blob holds. Nothing else of what a
    foreign file may have in its schema is run."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.create_scalar_function("path_text", path_text, 1, deterministic=True)
    db.create_scalar_function("holds_words", _holds_words, 2, deterministic=True)
    db.create_scalar_function("held", _held, 1, deterministic=True)


def _holds_words(field: str | None, words: str) -> bool:
    from .heading import holds_words  # with a tokeniser that few questions need

    return holds_words(field, words)


def _held(blob: bytes | None) -> int:
    return len(decode_varints(blob))


def _number(db: Database, path: Path) -> int:
    """The schema's number, 0 for an empty file. Raises StoreError for what is no index of ours."""
    number = int(db.execute("PRAGMA user_version").fetchall()[0][0])
    mark = int(db.execute("PRAGMA application_id").fetchall()[0][0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchall()[0][0])
    if mark != schema.APPLICATION and (tables or number):
        raise StoreError(f"{path} is a database, but not a gulfbrief index: name another file")
    if number > schema.NUMBER:
        raise StoreError(
            f"{path} was made by a newer gulfbrief: update gulfbrief, or index into another file"
        )
    return number


BROKEN: tuple[type[Exception], ...] = (
    apsw.CorruptError, apsw.NotADBError, zlib.error, struct.error, UnicodeDecodeError,
    JSONDecodeError,
)  # fmt: skip
"""What reading an index raises where its bytes are not as they were written,"""
DAMAGE: tuple[type[Exception], ...] = (apsw.Error, *BROKEN)
"""and where anything else keeps it from being read or written."""


def fault(path: Path, error: Exception) -> StoreError:
    """What ``error``, one of ``DAMAGE``, means to the user."""
    text = str(error)
    if isinstance(error, UnicodeDecodeError):
        text = "bytes that are no text"
    if isinstance(error, apsw.NotADBError) and not is_index(path):
        return StoreError(f"{path} is not a gulfbrief index: name another file")
    if isinstance(error, BROKEN):
        return StoreError(f"{path} is damaged ({text}): 'gulfbrief index' rebuilds it")
    if isinstance(error, (apsw.BusyError, apsw.LockedError)):
        return StoreError(f"{path} is held by another process; try again when it is done")
    if isinstance(error, (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError, OSError)):
        return StoreError(f"{path} cannot be opened here ({text}): look at its permissions")
    if isinstance(error, apsw.FullError):
        return StoreError(f"{path} cannot grow ({text}): make room and index again")
    if isinstance(error, apsw.IOError):
        return StoreError(f"{path} cannot be read or written ({text}): is the disk full or gone?")
    return StoreError(f"{path} cannot answer this ({text})")
