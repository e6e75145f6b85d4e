"""Lines on pages -> paragraphs in reading order.

Pure geometry: a page is a list of lines with their boxes. Columns are found by the gaps between
lines that stand side by side: a gap that many rows share is a gutter, a line that crosses it parts
what is above from what is below. Heads and feet that return on many pages, and page numbers, are
set aside. Words divided at a line's end are joined; a hyphen stays where the word is written with
one elsewhere in the document, or after a prefix that takes one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

_GUTTER = 7.0  # points between two columns, at least
_ROWS = 4  # rows that must share a gap for it to be a gutter
_MARGIN = 0.12  # share of the page's height in which heads and feet stand
_DIVIDED = re.compile(r"(\w+(?:-\w+){0,5})[-‐\u00ad]$")
_WORD = re.compile(r"\w+(?:-\w+)+")
_PREFIXES = frozenset(
    "self ex non anti pro co pre post mid vice all well half semi pan counter quasi inter cross "
    "al el an ar as at two three four five six ten deputy then long short high low so".split()
)
_NUMBER = re.compile(
    r"[\s|·•–—-]*(?:page|p\.|seite)?\s*\d{1,4}\s*(?:(?:of|/|von)\s*\d{1,4})?[\s|·•–—-]*$", re.I
)
_ITEM = re.compile(r"[•▪●◦‣–—]\s|\(?[a-z0-9]{1,2}[.)]\s")
_ENDS = tuple('.?!:;…"”’»)]')

_EDGE = 80  # lines in the margins of one page, above and below: more are no heads and feet
_MANY = 3_000  # lines on one page: no page that anyone reads has more, and none is laid out then

Begins = Literal["column", "paragraph", "no"]
_WHOLE = "whole"


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
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What pages say: the text, where each page starts in it, and the heads and feet set aside."""

    text: str
    pages: tuple[int, ...]
    heads: tuple[str, ...]


def flow(pages: Sequence[Page]) -> Flow:
    """The text of pages, paragraphs apart by a blank line."""
    aside = _running(pages)
    text = _Text(_hyphenated(pages))
    starts: list[int] = []
    heads: list[str] = []
    for page in pages:
        if len(starts) < 3:
            heads += [line.text for line in page.lines if id(line) in aside][:3]
        kept = [line for line in page.lines if id(line) not in aside]
        fresh = True
        for column in _columns(kept):
            for begins, line in _paragraphs(column):
                at = text.add(line.text, begins)
                if fresh:
                    starts.append(at)
                    fresh = False
        if fresh:
            starts.append(text.length)
    return Flow("".join(text.pieces), tuple(starts), tuple(heads))


class _Text:
    """A text that grows line by line, in pieces, so that its cost grows with its length only."""

    def __init__(self, hyphenated: Counter[str]) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._hyphenated = hyphenated

    def add(self, line: str, begins: Begins) -> int:
        """Adds a line and gives the offset at which it stands."""
        before = self.pieces[-1] if self.pieces else ""
        if begins == "column" and before and _goes_on(before, line):
            begins = "no"
        if not before:
            sign = ""
        elif begins != "no":
            sign = "\n\n"
        else:
            sign = _between(before, line, self._hyphenated)
            if sign == _WHOLE:
                self.pieces[-1] = before[:-1]
                self.length -= 1
                sign = ""
        self.pieces += [sign, line]
        self.length += len(sign) + len(line)
        return self.length - len(line)


# ---- heads and feet ------------------------------------------------------------------------


def _running(pages: Sequence[Page]) -> set[int]:
    """The identities of lines that return on many pages at the edge, and of page numbers."""
    seen: dict[tuple[str, bool], list[Line]] = {}
    aside: set[int] = set()
    for page in pages:
        top, bottom = page.height * (1 - _MARGIN), page.height * _MARGIN
        margin = [line for line in page.lines if line.y0 > top or line.y1 < bottom]
        if len(margin) > _EDGE:
            continue
        for line in margin:
            above = line.y0 > top
            if not _is_edge(line, page, above):
                continue
            if _NUMBER.match(line.text):
                aside.add(id(line))
            else:
                folded = re.sub(r"\d+", "#", line.text).casefold()
                seen.setdefault((folded, above), []).append(line)
    least = max(2, min(3, len(pages)))
    for lines in seen.values():
        heights = [line.y0 for line in lines]
        if len(lines) >= least and (max(heights) - min(heights) < 12 or len(lines) >= 4):
            aside.update(id(line) for line in lines)
    return aside


def _is_edge(line: Line, page: Page, above: bool) -> bool:
    """Whether nothing but the like stands between a line and the edge of the page."""
    return all(
        (other.y0 <= line.y1 if above else other.y1 >= line.y0) or len(other.text) < 60
        for other in page.lines
    )


# ---- reading order -------------------------------------------------------------------------


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page in reading order, a list for each stretch of a column."""
    ordered = sorted(lines, key=lambda line: (-line.y1, line.x0))
    gutters = _gutters(ordered) if len(ordered) <= _MANY else []
    if not gutters:
        return [_rows(ordered)]
    stretches: list[list[Line]] = []
    band: list[Line] = []

    def close() -> None:
        columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
        for line in band:
            middle = (line.x0 + line.x1) / 2
            columns[sum(gutter < middle for gutter in gutters)].append(line)
        stretches.extend(_rows(column) for column in columns if column)
        band.clear()

    for line in ordered:
        if any(line.x0 < gutter - 1 and line.x1 > gutter + 1 for gutter in gutters):
            close()
            if stretches and _crosses(stretches[-1][-1], gutters):
                stretches[-1].append(line)
            else:
                stretches.append([line])
        else:
            band.append(line)
    close()
    return stretches


def _crosses(line: Line, gutters: list[float]) -> bool:
    return any(line.x0 < gutter - 1 and line.x1 > gutter + 1 for gutter in gutters)


def _side_by_side(ordered: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Neighbouring lines of one row, as (left, right); the rows are looked at from the top."""
    pairs = []
    for i, line in enumerate(ordered):
        nearest: Line | None = None
        for other in ordered[i + 1 : i + 40]:
            if other.y1 < line.y0:
                break
            overlap = min(line.y1, other.y1) - max(line.y0, other.y0)
            if overlap * 2 < min(line.y1 - line.y0, other.y1 - other.y0):
                continue
            left, right = (line, other) if line.x0 < other.x0 else (other, line)
            if right.x0 - left.x1 < _GUTTER:
                continue
            if nearest is None or abs(other.x0 - line.x0) < abs(nearest.x0 - line.x0):
                nearest = other
                pairs.append((left, right))
    return pairs


def _gutters(ordered: Sequence[Line]) -> list[float]:
    """The x of the gaps between columns of running text; the columns of a table are none."""
    gaps = [
        (left.x1, right.x0)
        for left, right in _side_by_side(ordered)
        if len(left.text) > 12 or len(right.text) > 12
    ]
    found: list[float] = []
    while len(gaps) >= _ROWS:
        edges = sorted(gap[1] for gap in gaps)
        best = max(edges, key=lambda x: sum(a < x <= b for a, b in gaps))
        inside = [gap for gap in gaps if gap[0] < best <= gap[1]]
        if len(inside) < _ROWS or len(found) >= 5:
            break
        left_edge, right_edge = max(a for a, _ in inside), min(b for _, b in inside)
        x = (left_edge + right_edge) / 2
        crossing = sum(line.x0 < x - 1 and line.x1 > x + 1 for line in ordered)
        sides = [line for line in ordered if line.x1 < x], [line for line in ordered if line.x0 > x]
        if (
            right_edge - left_edge >= _GUTTER / 2
            and crossing < len(ordered) * 0.5
            and all(side and median(len(line.text) for line in side) > 15 for side in sides)
        ):
            found.append(x)
        gaps = [gap for gap in gaps if gap not in inside]
    return sorted(found)


def _rows(ordered: list[Line]) -> list[Line]:
    """Lines that stand in one row (cells of a table) put together, apart by a tab."""
    out: list[Line] = []
    for line in ordered:
        last = out[-1] if out else None
        if last and abs(last.y0 - line.y0) < 3 and last.x1 <= line.x0 + 1:
            sign = "\t" if line.x0 - last.x1 > 2.5 * line.size else " "
            text = f"{last.text}{sign}{line.text}"
            out[-1] = Line(text, last.x0, min(last.y0, line.y0), line.x1, last.y1, last.size)
        else:
            out.append(line)
    return out


# ---- paragraphs ----------------------------------------------------------------------------


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Begins, Line]]:
    """The lines of one column, each with what begins with it."""
    if not lines:
        return
    steps = sorted(s for a, b in pairwise(lines) if 0 < (s := a.y0 - b.y0) < 60)
    leading = 1.5 * median(line.size for line in lines)
    step = min(steps[len(steps) // 3], leading) if steps else leading
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = max(right - left, 1.0)
    yield "column", lines[0]
    for before, line in pairwise(lines):
        gap = before.y0 - line.y0
        indent = line.x0 - max(left, before.x0)
        begins = (
            gap > 1.3 * step + 1
            or gap < -step
            or abs(line.size - before.size) > 0.12 * before.size
            or "\t" in line.text
            or "\t" in before.text
            or (0.6 * line.size < indent < 0.35 * width and len(lines) > 2)
            or (before.x1 < right - 0.2 * width and before.text.endswith(_ENDS))
            or (
                before.x1 < right - 0.35 * width
                and not line.text[0].islower()
                and not before.text.endswith("-")
            )
            or _ITEM.match(line.text) is not None
        )
        yield "paragraph" if begins else "no", line


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph at the head of a column continues the one at the foot of the last."""
    if before.endswith(_ENDS) or not after:
        return False
    return after[0].islower() or (bool(_DIVIDED.search(before)) and after[0].isalnum())


def _between(before: str, after: str, hyphenated: Counter[str]) -> str:
    """What stands between two lines of a paragraph: a space, nothing after a hyphen that stays, or
    ``_WHOLE`` where the hyphen only divides a word."""
    divided = _DIVIDED.search(before[-60:])
    if not divided or not after[:1].isalnum():
        return " "
    if before.endswith("\u00ad"):
        return _WHOLE
    rest = re.match(r"\w+", after)
    word = f"{divided[1]}-{rest[0] if rest else ''}".casefold()
    stays = (
        not after[0].islower()
        or "-" in divided[1]
        or divided[1].casefold() in _PREFIXES
        or hyphenated[word] > 0
        or divided[1][-1].isdigit()
    )
    return "" if stays else _WHOLE


def _hyphenated(pages: Sequence[Page]) -> Counter[str]:
    """The words that stand with a hyphen within a line."""
    lines = (line.text for page in pages for line in page.lines)
    return Counter(word.casefold() for line in lines for word in _WORD.findall(line))
