"""Passage segmentation: a text -> segments of whole sentences, which a search ranks and shows.

The segments follow one another without a gap: joined, they are the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import position_from
from .varints import decode_varints, encode_varints

SIZE = 1600
"""A segment takes no further sentence beyond this many code points."""

LONGEST = 6400
"""A sentence longer than this is cut at white space, or where there is none, at this length."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a text: ``start`` in it, the ``line`` and the ``column`` in which that is (from
    1), and its sentences as (start, end) in the segment."""

    start: int
    line: int
    column: int
    text: str
    sentences: tuple[tuple[int, int], ...]


def segment(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """``text`` in segments; ``sentences`` are its sentences in order."""
    start, line, column = 0, 1, 1
    held: list[tuple[int, int]] = []
    for a, b in _short(text, sentences):
        if held and b - start > SIZE:
            piece = text[start:a]
            bounds = tuple((x - start, y - start) for x, y in held)
            yield Segment(start, line, column, piece, bounds)
            line, column = position_from(line, column, piece, len(piece))
            start, held = a, []
        held.append((a, b))
    bounds = tuple((x - start, y - start) for x, y in held)
    yield Segment(start, line, column, text[start:], bounds)


def _short(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, those that are too long cut."""
    for a, b in sentences:
        while b - a > LONGEST:
            cut = text.rfind(" ", a + LONGEST // 2, a + LONGEST) + 1 or a + LONGEST
            yield a, cut
            a = cut
        yield a, b


def pack_bounds(bounds: Sequence[tuple[int, int]]) -> bytes:
    """Sentence bounds as bytes: gap and length of each."""
    numbers: list[int] = []
    at = 0
    for a, b in bounds:
        numbers += (a - at, b - a)
        at = b
    return encode_varints(numbers)


def unpack_bounds(data: bytes) -> list[tuple[int, int]]:
    """The inverse of ``pack_bounds``."""
    numbers = decode_varints(data)
    out: list[tuple[int, int]] = []
    at = 0
    for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
        out.append((at + gap, at + gap + length))
        at += gap + length
    return out
