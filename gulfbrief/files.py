"""Files of ours: small ones read with a bound, outputs written beside their place and renamed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SETTINGS = 1 << 20
"""Bytes that a file of settings or a sidecar may have,"""
LISTS = 16 << 20
"""and one of names or of decisions."""


def read_small(path: Path | str, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes. Raises OSError for a pipe or a device,
    without waiting for it, and for a larger file, with ``strerror`` saying so."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as stream:
        at = os.fstat(handle)
        if not stat.S_ISREG(at.st_mode):
            raise OSError(errno.EINVAL, "not a regular file (a folder, a pipe or a device)", path)
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most >> 20} MB", path)
    return data


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside ``path``, which takes its place when the block ends well and goes
    otherwise, so that nobody sees ``path`` half written. Its permissions are those of the file that
    it replaces, else those of any new file. What is no regular file (a device, a pipe) is itself
    given. Raises OSError."""
    place = Path(os.path.realpath(path))
    try:
        at = os.stat(place)
        mode = stat.S_IMODE(at.st_mode)
        if not stat.S_ISREG(at.st_mode):
            yield place
            return
    except FileNotFoundError:
        mode = 0o666 & ~umask()
    import tempfile  # which few commands need

    handle, name = tempfile.mkstemp(prefix=f".{place.name[:40]}.", dir=place.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        with suppress(OSError):
            os.chmod(new, mode)
        os.replace(new, place)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def replacing_folder(path: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A new folder beside ``path``, which takes its place when the block ends well and goes
    otherwise. A folder that is there is replaced only where ``ours`` holds for every file in it, by
    its path below the folder. Raises OSError; FileExistsError, naming the file, where it does not.
    """
    import tempfile

    place = Path(os.path.realpath(path))
    if place.exists():
        held = [place] if not place.is_dir() else [p for p in place.rglob("*") if not p.is_dir()]
        for one in held:
            if one == place or not ours(one.relative_to(place)):
                raise FileExistsError(errno.EEXIST, "not an export of gulfbrief", str(one))
    with tempfile.TemporaryDirectory(
        prefix=f".{place.name[:40]}.", dir=place.parent, ignore_cleanup_errors=True
    ) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        yield new
        if place.exists():
            os.replace(place, old)
        try:
            os.replace(new, place)
        except BaseException:
            if old.exists():
                os.replace(old, place)
            raise


def write(path: Path, text: str) -> None:
    """Writes ``text`` in UTF-8, all of it or nothing. Raises OSError."""
    with replacing(path) as new:
        new.write_text(text, "utf-8", newline="")


def umask() -> int:
    """The bits that the user keeps from new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
