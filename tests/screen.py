"""A real terminal (tmux) for the tests: what stands on its screen, as a person would see it."""

from __future__ import annotations

import itertools
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import environment, quick_path

PROGRAM = f"{shlex.quote(sys.executable)} -m gulfbrief"


@dataclass(frozen=True)
class Seen:
    """What a command left on the screen and in its history: ``lines`` as they stand there,
    ``unbroken`` with those joined that the terminal itself had to break, and ``styled`` with the
    escapes that draw them. ``status`` is the exit status."""

    status: int
    lines: tuple[str, ...]
    unbroken: tuple[str, ...]
    styled: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Window:
    """One window of the terminal, in which one program runs."""

    def __init__(self, server: Tmux, name: str) -> None:
        self.server = server
        self.name = name

    def type(self, *keys: str) -> None:
        """Keys as tmux names them ("Enter", "C-c"), or text."""
        self.server.tmux("send-keys", "-t", self.name, *keys)

    def fact(self, name: str) -> str:
        return self.server.tmux("display-message", "-p", "-t", self.name, f"#{{{name}}}").strip()

    def capture(self, *options: str) -> str:
        """The screen alone."""
        return self.server.tmux("capture-pane", "-p", "-t", self.name, *options)

    def wait(self, done: Callable[[], bool], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"nothing came; on the screen:\n{self.capture()}"
            time.sleep(0.02)

    def shows(self, text: str) -> None:
        """Waits until ``text`` stands on the screen."""
        self.wait(lambda: text in self.capture())

    def ended(self) -> Seen:
        """Waits until the program has ended; what it left."""
        status = self.server.home / f"{self.name}.status"
        self.wait(lambda: status.exists() and self.fact("pane_dead") == "1", 60)
        whole = ("-S", "-")
        return Seen(
            int(status.read_text()),
            _lines(self.capture(*whole)),
            _lines(self.capture("-J", *whole)),
            self.capture("-e", *whole),
        )


class Tmux:
    """A tmux server of our own, with nobody's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Path(tempfile.mkdtemp(prefix="gulfbrief-"))
        self.names = map("w{}".format, itertools.count())
        self.seen: dict[object, Seen] = {}
        self.environment = environment(LC_ALL="C.UTF-8", HOME=str(folder), SHELL="/bin/sh")
        for name in ("TMUX", "TMUX_PANE"):
            self.environment.pop(name, None)
        self.tmux("new-session", "-d", "-s", "first", "sh")
        for option, value in {
            "status": "off",
            "remain-on-exit": "on",
            "remain-on-exit-format": "",
            "history-limit": "20000",
            "default-terminal": "tmux-256color",
        }.items():
            self.tmux("set-option", "-gq", option, value)

    def tmux(self, *args: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self.home / "socket"), "-f", "/dev/null", *args],
            env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def open(self, line: str, columns: int = 80, rows: int = 50, cwd: Path | None = None) -> Window:
        """A window in which a shell does ``line``."""
        name = next(self.names)
        size = ("-x", str(columns), "-y", str(rows))
        line += f"; echo $? > {self.home / name}.status"
        self.tmux("new-session", "-d", "-s", name, *size, "-c", str(cwd or self.folder), line)
        return Window(self, name)

    def see(self, args: str, columns: int = 80, *, cwd: Path | None = None, **env: str) -> Seen:
        """What ``gulfbrief args`` shows without a pager, under the environment ``env``; what was
        asked before is remembered."""
        asked = (args, columns, cwd, *env.items())
        if asked in self.seen:
            return self.seen[asked]
        start_matters = any(name.startswith(("LC_", "LANG")) for name in env)
        program = PROGRAM if start_matters else f"PATH={shlex.quote(quick_path())} gulfbrief"
        given = " ".join(f"{k}={shlex.quote(v)}" for k, v in ({"PAGER": "cat"} | env).items())
        window = self.open(f"env {given} {program} {args}", columns, cwd=cwd)
        seen = self.seen[asked] = window.ended()
        self.tmux("kill-session", "-t", window.name)
        return seen

    def close(self) -> None:
        subprocess.run(
            ["tmux", "-S", str(self.home / "socket"), "kill-server"], check=False,
            capture_output=True,
        )  # fmt: skip
        shutil.rmtree(self.home, ignore_errors=True)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in text.rstrip().split("\n"))


@contextmanager
def terminal_of(folder: Path) -> Iterator[Tmux]:
    """A terminal whose programs run in ``folder``; skips the test where tmux is not installed."""
    if shutil.which("tmux") is None:
        import pytest

        pytest.skip("tmux is not installed")
    it = Tmux(folder)
    try:
        yield it
    finally:
        it.close()
