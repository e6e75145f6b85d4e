"""Lines and columns of offsets, both from 1; a column counts code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of ``text`` start."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    r"""The line and the column of ``offset`` in a text whose lines begin at ``starts``.

    >>> position(line_starts("to\nsea"), 4)
    (2, 2)
    """
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def position_from(line: int, column: int, text: str, offset: int) -> tuple[int, int]:
    r"""The same for a part of a text, which begins in ``column`` of ``line``.

    >>> position_from(7, 30, "to\nsea", 1), position_from(7, 30, "to\nsea", 4)
    ((7, 31), (8, 2))
    """
    breaks = text.count("\n", 0, offset)
    if breaks:
        return line + breaks, offset - text.rfind("\n", 0, offset)
    return line, column + offset
