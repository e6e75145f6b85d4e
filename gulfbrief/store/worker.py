"""The process that reads files and finds; store/pool.py starts it, with paths of lexicons.

Takes pickled lists of tasks on its standard input and gives pickled lists of replies on its
standard output, so that a reader that hangs or crashes takes no other file with it. For each file,
in the order of the tasks: any number of ``("document", Document id, path, Prepared, what was left
out)``, that of a long text announced by ``("size", characters)``, then one ``("done", sha, whether
the options touched it)``, ``("same",)``, ``("changed",)`` or ``("failed", reason)``, which ends its
list.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import UnreadableError
from ..read import Options
from . import rules
from .scan import SIDECAR, stamp

LONG = 20_000
"""A text of more code points than this is announced, since finding may take long."""

HELD = 8
"""So many documents of one file are told of at once."""


class Task(NamedTuple):
    """One file to read. ``path`` is where it lies, ``name`` how the index calls it; ``sha`` is that
    of the bytes that are indexed, null to read it anyhow; ``stat`` is what was seen of it; ``data``
    are its bytes where there is no file."""

    path: str
    name: str
    stat: int
    sha: bytes | None
    options: Options
    data: bytes | None = None


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
    """Read one file and reply as the module says."""
    from ..read import left_out, printable_path, read, read_bytes
    from .prepare import prepare

    bound = False
    try:
        if task.data is None:
            sha = _digest(task.path)
            if sha == task.sha:
                return reply(("same",))
            documents = read(Path(task.path), task.options)
        else:
            sha = hashlib.sha256(task.data).digest()
            documents = read_bytes(task.data, task.path, task.options)
        for document in documents:
            if len(document.text) > LONG:
                reply(("size", len(document.text)))
            bound = bound or rules.depends_on_options(document)
            name = task.name + document.path.removeprefix(printable_path(task.path))
            prepared = prepare(replace(document, path=name))
            reply(("document", document.id, name, prepared, left_out(document)))
        if task.data is None and stamp(task.path).stat != task.stat:
            return reply(("changed",))
        reply(("done", sha, bound))
    except UnreadableError as error:
        reply(("failed", str(error)))
    except MemoryError:
        reply(("failed", "it needs more memory than there is"))
    except OSError as error:
        reply(("failed", (error.strerror or str(error)).lower()))
    except RecursionError:
        reply(("failed", "it is nested too deeply"))
    except Exception as error:  # a fault of ours costs one file, and is named
        if os.environ.get("GULFBRIEF_DEBUG"):
            import traceback

            traceback.print_exc()
        reply(("failed", f"a fault in gulfbrief: {type(error).__name__}: {error}"))


_BLOCK = 1 << 16


def _digest(path: str) -> bytes:
    """16 bytes that change when those of the file or of its sidecar do."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    with suppress(OSError), open(path + SIDECAR, "rb") as side:
        digest.update(side.read())
    return digest.digest()[:16]


def main() -> None:
    """Work on what comes in until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops us
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no reply
    if lexicons := sys.argv[1:]:
        from ..find.names.lexicon import use

        use([Path(p) for p in lexicons])
    held: list[Any] = []

    def reply(message: Any) -> None:
        held.append(message)
        if message[0] != "document" or len(held) == HELD:
            send(out, held)
            held.clear()

    gc.set_threshold(50_000, 20, 100)  # findings are many small objects that soon are gone
    try:
        while (tasks := receive(sys.stdin.buffer)) is not None:
            for task in tasks:
                work(task, reply)
    except BrokenPipeError:  # the parent was killed: nobody is left to tell
        os._exit(1)


if __name__ == "__main__":
    main()
