"""ZIP and tar archives and compressed files: their members are read on.

Nothing is written to the disk, and no more is unpacked than the limits allow: a member gives up at
``max_bytes``, the whole at ``max_unpacked``, and what would grow a thousandfold is not opened.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ..errors import UnreadableError
from .options import MEGABYTE
from .parts import PARTLY, File, Member, Part, Skipped

_RATIO = 500  # text shrinks to a tenth, at best to a fiftieth
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, MemoryError, OverflowError, IndexError),
)
_UNSEEN = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read(file: File) -> Iterator[Part]:
    """The members of an archive, or the one file that is compressed."""
    head = file.head
    if head.startswith(b"PK"):
        yield from _zip(file)
    elif head[257:262] == b"ustar" or ".tar" in file.name[-8:] or file.suffix in _TAR_SUFFIXES:
        yield from _tar(file)
    else:
        yield from _single(file)


_TAR_SUFFIXES = (".tgz", ".tbz2", ".txz")


def _zip(file: File) -> Iterator[Part]:
    try:
        stream = file.open()
        archive = zipfile.ZipFile(stream)
    except _DAMAGED as error:
        raise UnreadableError("a damaged or cut-off ZIP archive") from error
    with stream, archive:
        entries = archive.infolist()
        names = {entry.filename: entry for entry in entries}
        for entry in entries:
            name = entry.filename
            if entry.is_dir() or _unseen(name) or _beside(name, names):
                continue
            if entry.flag_bits & 1:
                yield Skipped(name, "password-protected")
            elif entry.file_size > max(10 * MEGABYTE, _RATIO * entry.compress_size):
                yield Skipped(name, f"would grow more than {_RATIO}-fold: a ZIP bomb")
            else:
                sidecar = names.get(f"{name}.toml")
                try:
                    with archive.open(entry) as member:
                        data, cut = _limited(member, file)
                    beside = archive.read(sidecar)[:100_000] if sidecar else None
                except _DAMAGED as error:
                    yield Skipped(name, f"damaged: {error}")
                    continue
                yield Member(name, data, sidecar=beside, warnings=_warned(cut))


def _beside(name: str, names: dict[str, zipfile.ZipInfo]) -> bool:
    return name.endswith(".toml") and name.removesuffix(".toml") in names


def _unseen(name: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return base.startswith("._") or base in _UNSEEN or name.startswith(_UNSEEN[0])


def _tar(file: File) -> Iterator[Part]:
    try:
        with file.open() as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            for entry in archive:
                if not entry.isreg() or _unseen(entry.name):
                    continue
                member = archive.extractfile(entry)
                if member is not None:
                    data, cut = _limited(member, file)
                    yield Member(entry.name, data, warnings=_warned(cut))
    except _DAMAGED as error:
        yield Skipped("", f"a damaged or cut-off tar archive ({error})")


def _single(file: File) -> Iterator[Part]:
    name = file.base.rsplit(".", 1)[0]
    library: Any = gzip
    for mark, other in ((b"BZh", bz2), (b"\xfd7zXZ", lzma)):
        if file.head.startswith(mark):
            library = other
    try:
        with file.open() as stream, library.open(stream) as source:
            data, cut = _limited(source, file)
    except _DAMAGED as error:
        raise UnreadableError(f"a damaged or cut-off compressed file ({error})") from error
    yield Member(name, data, warnings=_warned(cut))


def _warned(cut: bool) -> tuple[str, ...]:
    return (f"{PARTLY}damaged or cut off",) if cut else ()


def _limited(source: Any, file: File) -> tuple[bytes, bool]:
    """At most one byte more than the limits allow (so that the cut is noticed and told), and
    whether the file itself is cut off: then what it still holds is given."""
    limit = min(file.options.max_bytes, max(0, file.budget.unpacked)) + 1
    pieces: list[bytes] = []
    held = 0
    cut = False
    while held < limit and not (pieces and file.budget.late):
        try:
            piece = source.read1(min(limit - held, MEGABYTE))
        except (EOFError, zlib.error, OSError):
            if not pieces:
                raise
            cut = True
            break
        if not piece:
            break
        pieces.append(piece)
        held += len(piece)
    return b"".join(pieces), cut
