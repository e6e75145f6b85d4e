"""A time limit for what cannot look at the clock itself."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Self

PACE = 5_000
"""Characters that finding covers in a second on the slowest machine we think of."""

_AGAIN = 1.0  # seconds after which it is told once more, if the first time went unheard


def time_for(length: int, seconds: float) -> float:
    """How long finding in so many characters may take, where ``seconds`` are allowed for any."""
    return seconds + length / PACE


class Late(BaseException):
    """The time is over. No ``Exception``, so that nothing between takes it for a fault."""


class TimeLimit:
    """Raises ``Late`` in its block once ``seconds`` have passed; never where there are no timers
    (Windows) or outside the main thread. Null is no limit."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._runs = False

    def __enter__(self) -> Self:
        possible = hasattr(signal, "setitimer")
        if self.seconds is None or not possible:
            return self
        if threading.current_thread() is threading.main_thread():
            self._runs = True
            self._before = signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, max(self.seconds, 1e-6), _AGAIN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._runs:
            self._runs = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._runs:
            raise Late
