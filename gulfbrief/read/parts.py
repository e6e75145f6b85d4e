"""What passes between the door and the readers of the single formats.

A reader is a function ``read(file: File) -> Iterator[Part]``. It gives ``Content`` for a document
that it read itself, ``Member`` for bytes inside that another reader shall read (an attachment, a
file in an archive), ``Skipped`` for what it had to leave out. It raises ``UnreadableError`` where
nothing at all can be had.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..errors import UnreadableError
from .options import MEGABYTE, Options

_HEAD = 4096

PARTLY = "read in part: "
UNREAD = "not read: "
"""How the warnings begin that tell of something left out."""

COLUMNS = "columns: "
"""How the warning begins that tells which columns of a dump are read as what."""

STOPPED = "stopped after "
"""What the warnings say of the time limit."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one document and what the format itself says of it.

    ``published`` is a day that the document states as its own; ``made`` one that it states in a
    looser way (when its file was made), which only counts where the text prints no other.
    ``headlines`` are the first lines as the page shows them, where the text leaves them out.
    ``raw`` are the bytes of this document where the file holds several, ``name`` its name within
    that file. ``pages`` and ``quoted`` are offsets into ``text``.
    """

    text: str
    title: str | None = None
    published: str | None = None
    made: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()
    headlines: str | None = None
    warnings: tuple[str, ...] = ()
    raw: bytes | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Bytes within a container. ``kind`` names the format where the container knows it."""

    name: str
    data: bytes
    kind: str | None = None
    sidecar: bytes | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a container that was not read, and why."""

    name: str
    reason: str


Part = Content | Member | Skipped


@dataclass(slots=True)
class Budget:
    """What is left of the limits for one file and everything in it; the time is that for the next
    document."""

    deadline: float
    members: int
    unpacked: int
    tell: Callable[[], None] | None = None  # whom to tell that the clock was started anew

    @classmethod
    def of(cls, options: Options, tell: Callable[[], None] | None = None) -> Budget:
        deadline = time.monotonic() + options.max_seconds
        return cls(deadline, options.max_members, options.max_unpacked, tell)

    def spent(self, options: Options) -> str | None:
        """The limit that this file has come to, in words, if any."""
        if self.late:
            return f"the rest: {STOPPED}{options.max_seconds:g} seconds"
        if self.members <= 0:
            return f"the rest: more than {options.max_members} documents in one file"
        if self.unpacked <= 0:
            return f"the rest: unpacks to more than {size(options.max_unpacked)}"
        return None

    def renew(self, options: Options) -> None:
        """Starts the clock anew: a document was given."""
        self.deadline = time.monotonic() + options.max_seconds

    def alive(self, options: Options) -> None:
        """Starts the clock anew for a page that takes as long as other documents do."""
        self.renew(options)
        if self.tell is not None:
            self.tell()

    @property
    def late(self) -> bool:
        """Whether the time is used up; a reader keeps what it has and says so."""
        return time.monotonic() > self.deadline


@dataclass
class File:
    """One file, or one member of a container, as a reader is given it.

    ``name`` is the path to tell, always encodable as UTF-8; ``content`` its bytes where they are
    in memory already, else they are read from ``path`` when first asked for.
    """

    name: str
    options: Options
    budget: Budget
    path: Path | None = None
    content: bytes | None = None
    depth: int = 0
    kind: str | None = None
    sidecar: bytes | None = None
    warnings: list[str] = field(default_factory=list)
    cut: bool = False  # whether ``data`` lacks the end

    @property
    def suffix(self) -> str:
        """The suffix in lower case with its dot, or ''."""
        base = self.base
        dot = base.rfind(".")
        return base[dot:].lower() if dot > 0 else ""

    @property
    def base(self) -> str:
        """The name without its folders and containers."""
        return self.name[max(self.name.rfind("/"), self.name.rfind("!")) + 1 :]

    @cached_property
    def data(self) -> bytes:
        """The bytes, at most ``max_bytes`` of them: what is beyond is left out with a warning."""
        if self.content is None:
            assert self.path is not None
            with open(self.path, "rb") as stream:
                data = stream.read(self.options.max_bytes + 1)
        else:
            data = self.content
        if len(data) > self.options.max_bytes:
            self.cut = True
            data = data[: self.options.max_bytes]
            self.warnings.append(f"{PARTLY}only the first {size(len(data))}")
        return data

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to know the format by."""
        if self.content is not None:
            return self.content[:_HEAD]
        with self.open() as stream:
            return stream.read(_HEAD)

    def open(self) -> io.BufferedReader | io.BytesIO:
        """All bytes as a stream, for readers that take a file piece by piece."""
        if self.content is not None:
            return io.BytesIO(self.content)
        assert self.path is not None
        return open(self.path, "rb")

    @property
    def late(self) -> str | None:
        """The warning of a reader that stops since the time is used up; null before."""
        if not self.budget.late:
            return None
        return f"{PARTLY}{STOPPED}{self.options.max_seconds:g} seconds"

    def beyond(self, number: int, things: str = "pages") -> str | None:
        """The warning of a reader that stops before page ``number`` (from 0) since there are too
        many; null for the pages that are read."""
        if number < self.options.max_pages:
            return None
        return f"{PARTLY}only the first {self.options.max_pages} {things}"

    @cached_property
    def digest(self) -> str:
        """The identity of these bytes: see ``Document.id``."""
        if self.content is not None:
            return digest(self.content)
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:12]

    def member(self, member: Member) -> File:
        """The file that a member of this one is. Raises ``UnreadableError`` past a limit."""
        if self.depth >= self.options.max_depth:
            raise UnreadableError(f"more than {self.options.max_depth} containers in one another")
        name = f"{self.name}!{printable_path(member.name)}"
        return File(
            name,
            self.options,
            self.budget,
            content=member.data,
            depth=self.depth + 1,
            kind=member.kind,
            sidecar=member.sidecar,
            warnings=list(member.warnings),
        )


Reader = Iterator[Part]


def digest(data: bytes) -> str:
    """The first 12 hex digits of the SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def paged(texts: Iterable[str]) -> tuple[str, tuple[int, ...]]:
    """Texts of pages as one, a blank line between them, and where each page begins in it.

    >>> paged(["Ports", "", "Ships"])
    ('Ports\\n\\nShips', (0, 5, 7))
    """
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for text in texts:
        if text and pieces:
            at += 2
        starts.append(at)
        if text:
            pieces.append(text)
            at += len(text)
    return "\n\n".join(pieces), tuple(starts)


def printable_path(path: str) -> str:
    """The path as text that UTF-8 can hold: bytes that are no text are shown as ``\\xff``.

    >>> printable_path("a\\udcff.txt") == "a\\\\xff.txt"
    True
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogateescape" if _escaped(path) else "surrogatepass")
        return raw.decode("utf-8", "backslashreplace")
    return path


def _escaped(path: str) -> bool:
    return all(not 0xD800 <= ord(c) <= 0xDFFF or 0xDC80 <= ord(c) <= 0xDCFF for c in path)


def size(count: int) -> str:
    """A number of bytes for people."""
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:,.0f} MB"
    return f"{count:,} bytes"
