"""One writer at a time: a lock that the system drops when its holder ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError

WAIT = 10.0
"""Seconds to wait for another process."""


@contextmanager
def write_lock(index: Path) -> Iterator[None]:
    """Hold the right to write ``index``. Raises StoreError after ``WAIT`` seconds."""
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(f"{index}-lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreError(f"{index} cannot be written: {(error.strerror or '').lower()}") from None
    try:
        end = time.monotonic() + WAIT
        while not _taken(handle):
            if time.monotonic() >= end:
                raise StoreError(
                    f"{index} is held by another process that writes it; try again when it is done"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


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
