"""Is the index as it was written? Reads all of it; what is damaged is set aside to be rebuilt."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import apsw

from . import connection, pages
from .codec import unpack, unpack_text

Notes = list[tuple[str, str]]

UNREADABLE: tuple[type[Exception], ...] = (*connection.BROKEN, ValueError, IndexError)


def check(index: Path) -> list[str]:
    """What is damaged in the index, a line each; every byte of it is read. Raises StoreError for
    what is no index."""
    connection.require(index)  # a device has no end
    found = [f"page {n} is not as it was written" for n in pages.unsound(index)]
    if found and _ours(index):
        return found
    db = connection.open_to_read(index)
    try:
        found = [str(t) for (t,) in db.execute("PRAGMA integrity_check(20)") if t != "ok"]
        for number, name, findings in db.execute("SELECT id, name, findings FROM document"):
            try:
                bodies = db.execute(
                    "SELECT b.text FROM chunk c JOIN body b ON b.id = c.id WHERE c.document = ?"
                    " ORDER BY c.id",
                    (number,),
                )
                unpack(findings, "".join(unpack_text(body) for (body,) in bodies))
            except UNREADABLE as error:
                found.append(f"document {name}: {error}")
    except connection.DAMAGE as error:
        found.append(str(error))
    finally:
        db.close()
    return found


def is_damaged(index: Path) -> bool:
    """Whether a page of the index is not as it was written. The caller may write the index."""
    if not index.is_file() or not pages.has_checksums(index) or not index.stat().st_size:
        return False
    try:
        db = pages.connect(str(index), connection.WRITE)
        try:  # after a crash a page may be half written, and whole in the log
            db.execute("PRAGMA wal_checkpoint").fetchall()
        finally:
            db.close()
    except connection.BROKEN:
        return _ours(index)
    except apsw.Error:
        return False  # held by others, or not to be written: opening it says so
    return bool(pages.unsound(index)) and _ours(index)


def _ours(index: Path) -> bool:
    """Whether a damaged file is an index: by the mark in its head, or by its other pages."""
    if connection.is_index(index):
        return True
    number = index.stat().st_size // pages.PAGE
    return number > 1 and len(pages.unsound(index)) < number / 2


def set_aside(index: Path) -> tuple[Path, Notes]:
    """Rename a damaged index, to a name that nothing has; returns that, and of its notes those that
    can still be read. Raises OSError."""
    kept: Notes = []
    with suppress(*connection.DAMAGE):
        db = pages.connect(str(index), apsw.SQLITE_OPEN_READWRITE)
        try:
            kept = db.execute(
                "SELECT key, value FROM meta"
                " WHERE key IN ('roots', 'excluded', 'place', 'follow_links')"
            ).fetchall()
        finally:
            db.close()
    aside = Path(f"{index}.damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = Path(f"{index}.damaged-{number}")
    for end in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.unlink(f"{index}{end}")
    os.rename(index, aside)
    return aside, kept
