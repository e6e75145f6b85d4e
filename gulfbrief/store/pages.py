"""Pages with checksums: a changed bit anywhere in the index is an error, never another answer.

Each page of the file ends in a CRC-32 of itself, written and compared by a VFS between SQLite and
the file, as SQLite's own ``cksumvfs`` does it; any SQLite can read the file. Pages in the
write-ahead log have SQLite's checksums until they are moved to their place.
"""

from __future__ import annotations

import atexit
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import apsw

from .lock import WAIT

PAGE = 4096
RESERVED = 8
"""Bytes at the end of each page that SQLite leaves alone: a CRC-32, little-endian, and zeros."""

HEAD = 100
"""Bytes of the file's head, which SQLite reads before it knows how long a page is."""

NAME = "gulfbrief-pages"
_BLOCK = 256  # pages that are read at once


class Rows(Protocol):
    """What a query gives; what is in a row, the SQL says."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(apsw.Connection):
    """A connection to an index; all SQL goes through one. Errors are ``apsw.Error``."""

    if TYPE_CHECKING:  # rows are what the SQL says

        def execute(self, statements: str, bindings: Any = (), **rest: Any) -> Rows:  # type: ignore[override]
            ...

        def create_scalar_function(
            self, name: str, callable: Any, *rest: Any, **how: Any
        ) -> None: ...

    def in_use(self) -> None:
        """Wait for other processes as long as the command line promises."""
        self.set_busy_timeout(int(1000 * WAIT))

    def __del__(self) -> None:
        with suppress(apsw.Error):
            self.close()

    def close(self, force: bool = False) -> None:
        """Close. SQLite tries to lock out others, which a file open for reading cannot: no error,
        but apsw tells of it."""
        reading = self.readonly("main")
        try:
            super().close(force)
        except apsw.IOError:
            if not reading:
                raise


def _close_all() -> None:
    """Close what is still open: behind the interpreter's end a VFS in Python can no longer be
    called, and a connection that is closed then would end the process with a fault."""
    for db in apsw.connections():
        if isinstance(db, Database):  # others close their own
            with suppress(apsw.Error):
                db.close()


atexit.register(_close_all)


class _PageFile(apsw.VFSFile):
    def xRead(self, amount: int, offset: int) -> bytes:
        data: bytes = super().xRead(amount, offset)
        if amount > HEAD and (amount != PAGE or not sound(data)):
            raise apsw.CorruptError(f"page {offset // PAGE + 1} is not as it was written")
        return data

    def xDeviceCharacteristics(self) -> int:
        """Those of the file, but parts of pages are not read: a part has no checksum."""
        return int(super().xDeviceCharacteristics()) & ~apsw.SQLITE_IOCAP_SUBPAGE_READ

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(_sealed(bytes(data)) if len(data) == PAGE else data, offset)


class _Pages(apsw.VFS):
    def __init__(self) -> None:
        super().__init__(NAME, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            return _PageFile("", name, flags)
        return super().xOpen(name, flags)


_pages = _Pages()


def sound(page: bytes) -> bool:
    """Whether a page is as it was written."""
    body = memoryview(page)[:-RESERVED]
    return zlib.crc32(body).to_bytes(4, "little") + bytes(RESERVED - 4) == page[-RESERVED:]


def _sealed(page: bytes) -> bytes:
    body = page[:-RESERVED]
    return body + zlib.crc32(body).to_bytes(4, "little") + bytes(RESERVED - 4)


def connect(name: str, flags: int, *, checked: bool = True) -> Database:
    """A connection to the file or URI ``name``. Raises apsw.Error."""
    db = Database(name, flags | apsw.SQLITE_OPEN_URI, vfs=NAME if checked else None)
    db.in_use()
    return db


def create(name: str) -> Database:
    """A connection to a new file, whose pages will have checksums. Raises apsw.Error."""
    db = connect(name, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    db.reserve_bytes(reserve=RESERVED)
    db.execute(f"PRAGMA page_size = {PAGE}")
    return db


def has_checksums(path: Path) -> bool:
    """Whether the pages of a database have checksums; so does a file that is yet to be made."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError:
        return True
    return not head or head[20:21] == bytes([RESERVED])


def unsound(path: Path) -> list[int]:
    """The numbers of the pages that are not as they were written. Raises OSError."""
    found: list[int] = []
    crc32, number = zlib.crc32, 0
    block = memoryview(bytearray(_BLOCK * PAGE))
    with path.open("rb") as file:
        while length := file.readinto(block):
            held = block[:length]
            for start in range(0, length, PAGE):
                number += 1
                end = start + PAGE - RESERVED
                # The checksum and the zeros behind it, as one number.
                if crc32(held[start:end]) != int.from_bytes(held[end : start + PAGE], "little"):
                    found.append(number)
    return found
