"""gulfbrief run as a process, in a pipe or in a pseudo-terminal, for the command line's tests.

The process is a copy of one that has imported gulfbrief (see forking.py), unless it is asked to be
``fresh`` or given what an interpreter heeds when it starts (``LC_ALL``, ``PYTHON...``).
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forking import Process, answering, server

PROGRAM = [sys.executable, "-m", "gulfbrief"]
ASKING = "search quotes timeline actors actor docs show brief verify status export".split()
SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True)
class Done:
    """What a run wrote, and its exit status."""

    status: int
    out: str
    err: str = ""


def environment(**changes: str | None) -> dict[str, str]:
    """The environment without anything that changes how gulfbrief behaves, and with ``changes``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GULFBRIEF", "_GULFBRIEF"))}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "LC_ALL"):
        kept.pop(name, None)
    kept |= {"TERM": "xterm-256color", "XDG_CONFIG_HOME": "/nonexistent/config"}
    kept |= {name: value for name, value in changes.items() if value is not None}
    return kept


def _fresh(env: dict[str, str]) -> bool:
    return any(name.startswith(("LC_", "LANG", "PYTHON")) for name in env)


def run(
    *args: str, cwd: Path, text: str | bytes | None = None, seconds: float = 120,
    fresh: bool = False, **env: str,
) -> Done:  # fmt: skip
    """One command with its output in pipes; ``text`` is its standard input."""
    data = (text.encode() if isinstance(text, str) else text) or b""
    if fresh or _fresh(env):
        done = subprocess.run(
            [*PROGRAM, *args], cwd=cwd, input=data, capture_output=True,
            env=environment(**env), timeout=seconds, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
    only_asks = args and args[0] in ASKING
    return copied(
        args, cwd=cwd, env=environment(**env), data=data, seconds=seconds,
        at=answering() if only_asks else None,
    )  # fmt: skip


def copied(
    args: Sequence[str], *, cwd: Path, env: dict[str, str], data: bytes = b"",
    seconds: float = 120, kind: str = "command", at: Path | None = None,
) -> Done:  # fmt: skip
    """A copy of the forking server (or who answers ``at`` a socket), with ``data`` as its standard
    input; killed where it does not end in time."""
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        streams = Streams(given.fileno())
        process = Process(
            args, cwd=cwd, env=env, stdin=streams.given, stdout=streams.out, stderr=streams.err,
            kind=kind, at=at,
        )  # fmt: skip
        try:
            out, err = streams.read(seconds)
            status = process.wait(seconds)
        except (TimeoutError, subprocess.TimeoutExpired):
            process.kill()
            raise
        return Done(status, out.decode(), err.decode())


# Several command lines in one copy of the process, one after the other.
_TOGETHER = """
import io, json, sys, traceback
from gulfbrief.cli import main
told, answers = sys.stdout, []
for args, typed in json.loads(sys.stdin.buffer.read()):
    sys.argv[1:] = args
    sys.stdin = io.TextIOWrapper(io.BytesIO(bytes.fromhex(typed)), "utf-8", "surrogateescape")
    sys.stdout = io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape")
    sys.stderr = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        status = 70
        traceback.print_exc()
    written = []
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        written.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    answers.append((status, *written))
told.write(json.dumps(answers))
told.flush()
"""


def run_together(
    lines: Sequence[tuple[Sequence[str], bytes]], *, cwd: Path, seconds: float = 120, **env: str
) -> list[Done]:
    """Command lines, each with its standard input, one after the other in one copy: a copy each
    takes three times as long. Raises ValueError where that copy did not end as it should."""
    asked = json.dumps([(list(args), typed.hex()) for args, typed in lines]).encode()
    done = copied(
        [_TOGETHER], cwd=cwd, env=environment(**env), data=asked, seconds=seconds, kind="python"
    )
    if done.status != 0:
        raise ValueError(done.err)
    return [Done(*answer) for answer in json.loads(done.out)]


class Streams:
    """Standard input and two pipes for a process; ``read`` gives what it wrote until it ended."""

    def __init__(self, given: int) -> None:
        self.given = given
        self._ours, self.out = os.pipe()
        self._ours_err, self.err = os.pipe()

    def read(self, seconds: float) -> tuple[bytes, bytes]:
        os.close(self.out)
        os.close(self.err)
        end = time.monotonic() + seconds
        written = {self._ours: b"", self._ours_err: b""}
        open_ = set(written)
        try:
            while open_:
                ready = select.select(open_, [], [], max(0.0, end - time.monotonic()))[0]
                if not ready:
                    raise TimeoutError(f"no end after {seconds} seconds")
                for stream in ready:
                    chunk = os.read(stream, 1 << 16)
                    written[stream] += chunk
                    if not chunk:
                        open_.discard(stream)
        finally:
            for stream in written:
                os.close(stream)
        return written[self._ours], written[self._ours_err]


def terminal(
    *args: str, cwd: Path, columns: int = 80, rows: int = 1000, keys: bytes = b"", **env: str
) -> Done:
    """One command in a pseudo-terminal of ``columns`` by ``rows``; what it shows is ``out``."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    attributes = termios.tcgetattr(follower)
    attributes[1] &= ~termios.OPOST  # no \r before \n
    termios.tcsetattr(follower, termios.TCSANOW, attributes)
    process = Process(
        args, cwd=cwd, stdin=follower, stdout=follower, stderr=follower, env=environment(**env),
        session=True,
    )  # fmt: skip
    os.close(follower)
    if keys:
        os.write(leader, keys)
    out, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([leader], [], [], 0.2)
        if ready:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            out += chunk
        elif process.poll() is not None:
            break
    status = process.wait(timeout=10)
    os.close(leader)
    return Done(status, out.decode())


def quick_path() -> str:
    """A ``PATH`` on which ``gulfbrief`` is found first as a program that costs no start."""
    rest = (str(Path(sys.executable).parent), os.environ["PATH"])
    return os.pathsep.join((str(server().program.parent), *rest))
