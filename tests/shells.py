"""Real shells in a pseudo-terminal, for the tests of completion."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import quick_path

_ESCAPE = re.compile(
    rb"\x1b(?:\[[0-9;?>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-B0-2]|[=>])"
)
_START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
_SUFFIX = {"bash": "bash", "zsh": "zsh", "fish": "fish"}


class Shell:
    """A shell that completes gulfbrief. What is typed goes in as keys; ``read`` gives what is
    shown until it has been still for a moment, without escape sequences."""

    def __init__(self, name: str, folder: Path, scripts: Path) -> None:
        self.name = name
        shows = folder / "bin" / "show-arguments"
        shows.parent.mkdir(exist_ok=True)
        shows.write_text(
            '#!/bin/sh\nfor a in "$@"; do printf "<<%s>>" "$a"; done; printf "<<%s>>" END\n'
        )
        shows.chmod(0o755)
        leader, follower = pty.openpty()
        environment = {
            "PATH": f"{shows.parent}:{quick_path()}",
            "HOME": str(folder),
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PS1": "$ ",
            "COLUMNS": "200",
        }
        subprocess.run(["stty", "cols", "200", "rows", "50"], stdin=follower, check=True)
        self.process = subprocess.Popen(
            _START[name], stdin=follower, stdout=follower, stderr=follower,
            cwd=folder, env=environment, start_new_session=True, preexec_fn=_control,
        )  # fmt: skip
        os.close(follower)
        self.leader = leader
        self.read(0.5)
        if name == "zsh":
            self.run("PROMPT='$ '; unsetopt beep; autoload -Uz compinit; compinit -D -u")
        elif name == "bash":
            self.run("bind 'set bell-style none'; bind 'set show-all-if-ambiguous on'")
        else:
            self.run("function fish_prompt; echo -n '$ '; end; function fish_greeting; end")
        self.run(f"source {scripts / f'complete.{_SUFFIX[name]}'}")

    def run(self, line: str) -> str:
        """What is shown until the shell has done ``line``."""
        self.type(f"{line}; echo '<<'DONE'>>'\r")
        return self.read(0.3, until="<<DONE>>")

    def type(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def read(self, still: float = 0.4, most: float = 10.0, until: str = "", then: str = "") -> str:
        """What is shown until nothing more has come for ``still`` seconds, and ``until`` and after
        it ``then`` were shown; ``most`` seconds at most."""
        out = b""
        end = time.monotonic() + most
        while time.monotonic() < end:
            ready, _, _ = select.select([self.leader], [], [], still)
            if not ready:
                place = (shown := _plain(out)).find(until)
                if place >= 0 and then in shown[place + len(until) :]:
                    break
                continue
            try:
                chunk = os.read(self.leader, 65536)
            except OSError:
                break
            if b"\x1b[6n" in chunk:
                os.write(self.leader, b"\x1b[1;1R")
            if b"\x1b[c" in chunk or b"\x1b[0c" in chunk:
                os.write(self.leader, b"\x1b[?62c")
            out += chunk
        return _plain(out)

    def complete(self, line: str, tabs: int = 1) -> str:
        """What is shown after ``line`` and Tab; the line is given up afterwards."""
        self.type(line + "\t" * tabs)
        shown = self.read(1.5)
        self.type("\x03")
        self.read(0.3)
        return shown

    def arguments(self, line: str) -> list[str]:
        """The arguments that gulfbrief would be given once ``line`` is completed with Tab.

        All keys are typed at once, and the shell takes them one after the other: Tab, then to the
        start of the line, a program that shows its arguments, and Enter.
        """
        self.type(f"{line}\t\x01show-arguments \r")
        shown = self.read(0.05, until="<<END>>", then="$ ")
        return re.findall(r"<<(.*?)>>", shown.replace("\r", "").replace("\n", ""))[1:-1]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.leader)


def _plain(out: bytes) -> str:
    return _ESCAPE.sub(b"", out).decode("utf-8", "replace")


def _control() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def shell(name: str, folder: Path) -> Iterator[Shell]:
    """A shell that runs in ``folder``; skips the test where it is not installed."""
    if shutil.which(name) is None:
        import pytest

        pytest.skip(f"{name} is not installed")
    import gulfbrief.cli

    it = Shell(name, folder, Path(gulfbrief.cli.__file__).parent)
    try:
        yield it
    finally:
        it.close()
