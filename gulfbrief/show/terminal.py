"""The terminal: whether it takes colour, how wide it is, the pager."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

UNWRAPPED = 1_000_000
# In place of Rich's own: the terminal's palette and no grounds, so that light and dark suit.
_THEME = {
    "markdown.code": "cyan",
    "markdown.item.bullet": "dim",
    "markdown.item.number": "dim",
    "markdown.link": "none",
    "markdown.link_url": "none",
    "bar.back": "dim",
    "bar.complete": "green",
    "bar.finished": "green",
    "bar.pulse": "green",
}


def is_terminal(stream: IO[str]) -> bool:
    """Whether a person looks at what is written to ``stream``."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def styled(color: str, stream: IO[str]) -> bool:
    """Whether to write colour, bold and links to ``stream``; ``color`` is auto, always or never.

    With auto, ``NO_COLOR`` forbids, then ``FORCE_COLOR`` demands, then ``TERM=dumb`` forbids, and
    last it is so on a terminal.
    """
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return os.environ.get("TERM") != "dumb" and is_terminal(stream)


def width(stream: IO[str]) -> int:
    """The columns of ``stream``; without end where it is no terminal."""
    if not is_terminal(stream):
        return UNWRAPPED
    return max(20, shutil.get_terminal_size().columns)


def console(out: IO[str], color: bool, columns: int, *, live: bool = False) -> Console:
    """A Rich console for ``out`` that takes every text as it is: no markup, no emoji codes."""
    from rich.console import Console
    from rich.theme import Theme

    return Console(
        file=out,
        theme=Theme(_THEME),
        width=columns,
        force_terminal=color or live,
        color_system="auto" if color else None,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={**os.environ, "NO_COLOR": "", "TERM": _term(color)},
    )


def _term(color: bool) -> str:
    term = os.environ.get("TERM", "")
    return "xterm-256color" if color and term in ("", "dumb", "unknown") else term


def page(text: str, pager: str) -> None:
    """Writes ``text`` to standard output: through the pager where that is a terminal and shorter.

    ``pager`` is ``auto`` (``$GULFBRIEF_PAGER`` by way of the settings, ``$PAGER``, else less),
    ``never`` or a command.
    """
    command = _pager(pager)
    if command and text.count("\n") >= shutil.get_terminal_size().lines and _paged(text, command):
        return
    sys.stdout.write(text)


def _pager(pager: str) -> list[str]:
    if pager in ("never", "cat", "") or os.environ.get("TERM") == "dumb":
        return []
    if not (is_terminal(sys.stdout) and is_terminal(sys.stdin)):
        return []
    if pager == "auto":
        pager = os.environ.get("PAGER") or "less"
    try:
        command = shlex.split(pager)
    except ValueError:
        return []
    if not command or command[0] == "cat" or not shutil.which(command[0]):
        return []
    return command


def _paged(text: str, command: list[str]) -> bool:
    """Whether the pager could be started. Its own end, early or late, is the user's will."""
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
        )
    except OSError:
        return False
    assert process.stdin is not None
    try:
        process.stdin.write(text)
        process.stdin.close()
    except BrokenPipeError:
        pass
    while True:
        try:
            process.wait()
            return True
        except KeyboardInterrupt:  # Ctrl-C belongs to the pager
            continue
