"""How a run ends that cannot do what it was asked."""

from __future__ import annotations

import contextlib
import sys


class ClosedPipeError(Exception):
    """The reader of our output is gone."""


def fail(message: str, status: int) -> int:
    """Tells the user in one line what is wrong; gives back ``status``."""
    from ..show.harmless import visible

    with contextlib.suppress(BrokenPipeError, ValueError):
        print(f"gulfbrief: {visible(message)}", file=sys.stderr, flush=True)
    return status
