"""Characters, lines and pages, as what reads a file hands them to what lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

GUESSED, DRAWN = 1, 2


class Glyph(NamedTuple):
    """A character with its box in points; ``gap`` tells whether a space is drawn before it, or
    PDFium takes its distance for one (``GUESSED``)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    gap: int


class Characters(NamedTuple):
    """What a page draws: glyphs by direction in degrees, and how many have no known meaning."""

    directions: dict[int, list[Glyph]]
    drawn: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box, in points from the page's lower left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 10.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines; ``beside`` are the frames of text that runs in other directions."""

    width: float
    height: float
    lines: tuple[Line, ...]
    beside: tuple[Page, ...] = ()
