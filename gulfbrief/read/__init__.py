"""Bytes -> Document: one file a format, chosen by suffix and content.

``read`` is the door for files, ``read_bytes`` for what comes from elsewhere. The readers of the
formats are imported only when a file of that format comes along.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from ..errors import UnreadableError
from ..model import Document
from . import language, metadata, registry
from .metadata import is_sidecar
from .options import Options
from .parts import (
    COLUMNS,
    PARTLY,
    STOPPED,
    UNREAD,
    Budget,
    Content,
    File,
    Member,
    Part,
    Skipped,
    digest,
    printable_path,
)

__all__ = [
    "Options",
    "columns_of",
    "is_sidecar",
    "left_out",
    "printable_path",
    "read",
    "read_bytes",
    "timed_out",
]

_DEFAULT = Options()
_TOLD = 20  # reasons that are told one by one for a container,
_RAISED = 3  # and where nothing in it could be read
_LONGEST = 300  # characters of a reason


class _Room(ModuleType):
    """This package, which ``gulfbrief.read(path)`` calls."""

    def __call__(self, path: Path | str, options: Options = _DEFAULT) -> Iterator[Document]:
        return read(Path(path), options)


sys.modules[__name__].__class__ = _Room


def read(
    path: Path, options: Options = _DEFAULT, alive: Callable[[], None] | None = None
) -> Iterator[Document]:
    """The documents in one file (several for an archive, a mailbox, a dump).

    ``Document.path`` is ``path`` as given, with bytes that are no UTF-8 shown as ``\\xff``, so that
    it can be stored and printed. What could not be read inside a container is told in the warnings
    of the document that stands for the container itself. Raises ``UnreadableError`` with the reason
    where nothing could be read; what was given before stays good. ``alive`` is called before and
    after a page that may take as long as the limit for a document.
    """
    budget = Budget.of(options, alive)
    name = printable_path(str(path))
    try:
        sidecar, fault = metadata.read_sidecar(path)
        file = File(name, options, budget, path=path, sidecar=sidecar)
        warning = _load(file, path)
    except (OSError, ValueError) as error:
        raise UnreadableError(_reason(error), passing=isinstance(error, OSError)) from error
    file.warnings += [w for w in (fault, warning) if w]
    yield from _given(file)


def read_bytes(
    data: bytes, name: str, options: Options = _DEFAULT, alive: Callable[[], None] | None = None
) -> Iterator[Document]:
    """The documents in bytes that came from elsewhere (standard input); ``name`` is their path.

    Raises ``UnreadableError`` as ``read`` does.
    """
    yield from _given(File(printable_path(name), options, Budget.of(options, alive), content=data))


def left_out(document: Document) -> tuple[str, ...]:
    """What was left out of a document when it was read: those of its warnings that say so."""
    return tuple(w for w in document.warnings if w.startswith((PARTLY, UNREAD)))


def columns_of(document: Document) -> str | None:
    """Which columns of its dump are read as what; told by the first document of a dump."""
    return next((w for w in document.warnings if w.startswith(COLUMNS)), None)


def timed_out(document: Document) -> bool:
    """Whether something was left out of a document because reading it took too long."""
    return any(STOPPED in w for w in left_out(document))


def _given(file: File) -> Iterator[Document]:
    """The documents of a file. The time limit is that of one document, without what the taker does
    with it: a mailbox of any size that goes on giving its messages is not slow."""
    for document in _documents(file):
        yield document
        file.budget.renew(file.options)


def _load(file: File, path: Path) -> str | None:
    """Reads a file of ordinary size into memory; a larger one stays on the disk."""
    for _ in range(3):
        with open(path, "rb", opener=_open_without_waiting) as stream:
            before = os.fstat(stream.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableError("not a file (a folder, a pipe or a device)")
            if before.st_size > file.options.max_bytes:
                return None
            data = stream.read(before.st_size + 1)
            after = os.fstat(stream.fileno())
        if len(data) <= file.options.max_bytes:
            file.content = data
        if len(data) == after.st_size and before.st_mtime_ns == after.st_mtime_ns:
            return None
    return "changed while it was read"


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, IsADirectoryError):
        return "a folder"
    return getattr(error, "strerror", None) or str(error)


def _documents(file: File) -> Iterator[Document]:
    """The documents of a file and, one by one, of the members in it."""
    kind = file.kind = file.kind or registry.kind(file)
    budget = file.budget
    failed: list[str] = []
    given = 0
    for part in _guarded(registry.reader(kind)(file)):
        if isinstance(part, Content):
            yield _document(file, kind, part, _told(failed))
            failed = []
            given += 1
            budget.members -= 1
        elif isinstance(part, Member):
            budget.unpacked -= len(part.data)
            try:
                for document in _documents(file.member(part)):
                    yield document
                    given += 1
            except UnreadableError as error:
                failed.append(f"{printable_path(part.name)}: {error}")
        else:
            name = printable_path(part.name)
            failed.append(f"{name}: {part.reason}" if name else part.reason)
        if stop := budget.spent(file.options):
            failed.append(stop)
            break
    if not given:
        reasons = failed[:_RAISED] or file.warnings or ["nothing to read in it"]
        raise UnreadableError(_short("; ".join(dict.fromkeys(reasons))))
    if failed:
        yield _document(file, kind, Content(""), _told(failed))


def _guarded(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts of a reader; what ends it before its time is one more thing that was not read."""
    try:
        yield from parts
    except UnreadableError as error:
        yield Skipped("", str(error))
    except MemoryError:
        yield Skipped("", "needs more memory than there is")
    except Exception as error:
        yield Skipped("", f"damaged ({type(error).__name__}: {error!s:.100})")


def _told(failed: list[str]) -> tuple[str, ...]:
    more = len(failed) - _TOLD
    told = tuple(f"{UNREAD}{_short(reason)}" for reason in failed[:_TOLD])
    return (*told, f"{UNREAD}{more} more") if more > 0 else told


def _short(reason: str) -> str:
    reason = reason.encode("utf-8", "replace").decode()
    return reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]} ..."


def _document(file: File, kind: str, content: Content, failed: tuple[str, ...]) -> Document:
    text = content.text
    known = metadata.known(content, file)
    code = language.detect(text)
    warnings = (*file.warnings, *content.warnings, *known.warnings, *failed)
    if code is not None and code != "en":
        warnings += (language.NOT_ENGLISH,)
    elif not text or text.isspace():
        warnings += ("no text in it",) if not failed else ()
    path = f"{file.name}!{printable_path(content.name)}" if content.name else file.name
    return Document(
        id=file.digest if content.raw is None else digest(content.raw),
        path=path,
        text=text,
        format=kind,
        title=known.title,
        published=known.published,
        published_from=known.published_from,
        author=known.author,
        url=known.url,
        tags=known.tags,
        language=code,
        pages=content.pages,
        quoted=content.quoted,
        warnings=warnings,
    )
