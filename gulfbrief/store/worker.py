"""The process that reads files and finds; store/pool.py starts it, with paths of lexicons.

Takes pickled lists of tasks on its standard input and gives pickled lists of replies on its
standard output, so that a reader that hangs or crashes takes no other file with it. Documents of
several files are searched together, unless a task is to be done alone. For each file, in the order
of the tasks: any number of ``("document", Document id, path, DocumentRows, what is to be told)``,
then one ``("done", sha, whether the options touched it, passing)``, ``("same",)``, ``("changed",)``
or ``("failed", reason, passing)``, which ends its list; ``passing``: for what may be otherwise in
another run, with the same bytes. ``("finding", characters, whether all are of the first of these
files)`` comes before so many are searched.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import signal
import struct
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ..errors import UnreadableError
from ..read import Options
from . import fingerprints
from .scan import digest, stamp

if TYPE_CHECKING:
    from ..model import Document
    from .rows import DocumentRows

LONG = 20_000
"""A text of more code points than this does not wait for others, nor they for it."""

HELD = 8
"""So many documents of one file are told of at once."""

PATIENCE = 1.0
"""What was read waits no longer than so many seconds for more that is searched with it."""


class Task(NamedTuple):
    """One file to read. ``path`` is where it lies, ``name`` how the index calls it; ``sha`` is that
    of the bytes that are indexed, null to read it anyhow; ``stat`` is what was seen of it; ``data``
    are its bytes where there is no file. No other is at work while one that is to be done
    ``alone`` is."""

    path: str
    name: str
    stat: int
    sha: bytes | None
    options: Options
    data: bytes | None = None
    alone: bool = False


def send(stream: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message; None where the other side has ended."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<Q", head)[0]
    data = stream.read(size)
    return pickle.loads(data) if len(data) == size else None


def work(task: Task, reply: Callable[[Any], None]) -> None:
    """Read one file and reply as the module says, with each document in place of its rows."""
    from ..read import columns_of, left_out, printable_path, read, read_bytes, timed_out

    def alive() -> None:
        reply(("alive",))

    bound = late = False
    try:
        if task.data is None:
            sha = digest(task.path)
            if sha == task.sha:
                return reply(("same",))
            documents = read(Path(task.path), task.options, alive)
        else:
            sha = hashlib.sha256(task.data).digest()
            documents = read_bytes(task.data, task.path, task.options, alive)
        for document in documents:
            if len(document.text) > LONG:
                reply(("long",))
            bound = bound or fingerprints.depends_on_options(document)
            late = late or timed_out(document)
            name = task.name + document.path.removeprefix(printable_path(task.path))
            named = replace(document, path=name)
            told = left_out(document)
            if columns := columns_of(document):
                told = (*told, columns)
            reply(("document", document.id, name, named, told))
        if task.data is None and stamp(task.path).stat != task.stat:
            return reply(("changed",))
        reply(("done", sha, bound, late))
    except Exception as error:
        reply(_failure(error))


def _failure(error: Exception) -> tuple[str, str, bool]:
    passing = isinstance(error, (OSError, MemoryError)) or getattr(error, "passing", False)
    return "failed", _reason(error), passing


def _reason(error: Exception) -> str:
    """Why a file could not be read; a fault of ours costs one file, and is named."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if os.environ.get("GULFBRIEF_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return f"a fault in gulfbrief: {type(error).__name__}: {error}"


class Batch:
    """Holds what was read until there is enough of it that is worth to be searched together."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.files: list[list[Any]] = [[]]  # what is held of each file; the last is being read
        self.length = 0
        self.since = 0.0
        self.begun = False  # whether something of the file that is being read was sent
        self.late = False  # whether there was no time to search all of what was sent of it
        self.seconds = 0.0  # that finding may take

    def do(self, tasks: Sequence[Task]) -> None:
        """Work on ``tasks`` and send all replies."""
        self.since = time.monotonic()
        for task in tasks:
            if task.alone or task.options.max_seconds != self.seconds:
                self.send()
            self.seconds = task.options.max_seconds
            work(task, self.take)
            if task.alone:
                self.send()
        self.send()

    def take(self, message: Any) -> None:
        """Take in a reply of the file that is being read."""
        kind = message[0]
        if kind == "long":
            return self.send()
        if kind == "alive":  # a page that may take as long as a document is begun or done
            self.send()
            return send(self.out, [("finding", 0, True)])
        self.files[-1].append(message)
        full = len(self.files[-1]) >= HELD
        if kind == "document":
            self.length += len(message[3].text)
        else:
            full = self.begun  # what comes next must not be laid to this file
            self.files.append([])
            self.begun = False
        if full or self.length >= LONG or time.monotonic() - self.since > PATIENCE:
            self.send()

    def send(self) -> None:
        """Search all that is held, and send it. Raises what is wrong with a document of the file
        that is being read."""
        files, self.files, self.length = self.files, [[]], 0
        documents = [m[3] for file in files for m in file if m[0] == "document"]
        of_first = [m[3] for m in files[0] if m[0] == "document"]
        sure = len(of_first) == len(documents)

        def announce(characters: int) -> None:
            send(self.out, [("finding", characters, sure)])

        made = iter(_made(documents, self.seconds, announce))
        for file in files:
            replies = [(*m[:3], next(made), m[4]) if m[0] == "document" else m for m in file]
            late = self.late and file is files[0]
            for n, reply in enumerate(replies):
                if reply[0] == "document" and getattr(reply[3], "missing", None):
                    late = True
                    replies[n] = (*reply[:4], (*reply[4], reply[3].missing))
                elif reply[0] == "done" and late:
                    replies[n] = (*reply[:3], True)
            if file is files[-1]:
                self.late = late
            fault: Exception | None = None
            for n, reply in enumerate(replies):
                if reply[0] == "document" and isinstance(reply[3], Exception):
                    fault = reply[3]
                    replies[n:] = [] if file is files[-1] else [_failure(fault)]
                    break
            if replies:
                send(self.out, replies)
            if file is files[-1]:
                self.begun = self.begun or bool(replies)
                if fault is not None:
                    raise fault
        self.since = time.monotonic()


def _made(
    documents: list[Document], seconds: float, announce: Callable[[int], None]
) -> list[DocumentRows | Exception]:
    """The rows of each document, or what is wrong with it."""
    from .rows import make_rows

    try:
        return list(make_rows(documents, seconds, announce))
    except Exception as error:
        if len(documents) == 1:
            return [error]
        return [one for document in documents for one in _made([document], seconds, announce)]


def main() -> None:
    """Work on what comes in until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops us
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no reply
    if lexicons := sys.argv[1:]:
        from ..find.names.lexicon import use

        use([Path(p) for p in lexicons])
    batch = Batch(out)
    gc.set_threshold(50_000, 20, 100)  # findings are many small objects that soon are gone
    try:
        while (tasks := receive(sys.stdin.buffer)) is not None:
            batch.do(tasks)
    except BrokenPipeError:  # the parent was killed: nobody is left to tell
        os._exit(1)


if __name__ == "__main__":
    main()
