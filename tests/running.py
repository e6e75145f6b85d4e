"""gulfbrief run as a process, in a pipe or in a pseudo-terminal, for the command line's tests."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = [sys.executable, "-m", "gulfbrief"]
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


def run(
    *args: str, cwd: Path, text: str | bytes | None = None, seconds: float = 60, **env: str
) -> Done:
    """One command with its output in pipes; ``text`` is its standard input."""
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [*PROGRAM, *args], cwd=cwd, input=data if data is not None else b"",
        capture_output=True, env=environment(**env), timeout=seconds, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def terminal(
    *args: str, cwd: Path, columns: int = 80, rows: int = 1000, keys: bytes = b"", **env: str
) -> Done:
    """One command in a pseudo-terminal of ``columns`` by ``rows``; what it shows is ``out``."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    attributes = termios.tcgetattr(follower)
    attributes[1] &= ~termios.OPOST  # no \r before \n
    termios.tcsetattr(follower, termios.TCSANOW, attributes)
    process = subprocess.Popen(
        [*PROGRAM, *args], cwd=cwd, stdin=follower, stdout=follower, stderr=follower,
        env=environment(**env), start_new_session=True,
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
