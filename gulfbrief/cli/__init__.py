"""The command line: Typer on top of the rooms, one file a group of commands, no logic.

``main`` is the entry point. What a command imports is imported when it is called, so that
``gulfbrief --help`` and completion cost little.
"""

from __future__ import annotations

import io
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command line of this process and ends it with the contract's exit status."""
    if "_GULFBRIEF_COMPLETE" in os.environ:
        from .completion import answer

        raise SystemExit(answer(sys.argv[1:], os.environ["_GULFBRIEF_COMPLETE"]))
    try:
        from .app import run
    except KeyboardInterrupt:  # Ctrl-C before there is anything to end
        print("gulfbrief: interrupted", file=sys.stderr)
        raise SystemExit(130) from None

    if isinstance(sys.stdout, io.TextIOWrapper):  # a letter that the terminal has not is a ?
        sys.stdout.reconfigure(errors="replace")
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = 141
    except OSError:  # told already, as what was written did not fit
        status = status or 2
    if status == 141:  # what is left to write has no reader: let nothing complain at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)
