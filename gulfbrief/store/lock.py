"""One writer at a time: a lock that the system drops when its holder ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import StoreError

WAIT = 10.0
"""Seconds to wait for another process."""


@contextmanager
def write_lock(index: Path) -> Iterator[None]:
    """Hold the right to write ``index``. Raises StoreError after ``WAIT`` seconds. The file of the
    lock is there as long as it is held; the folder of the index is made where there is none, and
    taken away again where nothing came into it."""
    new = not index.parent.exists()
    path = f"{index}-lock"
    end = time.monotonic() + WAIT
    while not _held(handle := _opened(index, path), path):
        os.close(handle)
        if time.monotonic() >= end:
            raise StoreError(
                f"{index} is held by another process that writes it; try again when it is done"
            )
        time.sleep(0.05)
    try:
        yield
    finally:
        if os.name != "nt":  # where no file that is open can be removed
            with suppress(OSError):
                os.unlink(path)
        os.close(handle)
        if new:
            with suppress(OSError):  # there is something in it
                index.parent.rmdir()


def _opened(index: Path, path: str) -> int:
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreError(f"{index} cannot be written: {(error.strerror or '').lower()}") from None


def _held(handle: int, path: str) -> bool:
    """Whether the lock is ours, and its file still the one that others would open."""
    if not _taken(handle):
        return False
    try:
        return os.name == "nt" or os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:  # who held it has removed it
        return False


def _taken(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
