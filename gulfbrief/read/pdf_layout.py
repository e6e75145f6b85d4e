"""Lines on pages -> paragraphs in reading order.

Pure geometry: a page is a list of lines with their boxes. Columns are found by the gaps between
lines that stand side by side: a gap that many rows share is a gutter, a line that crosses it parts
what is above from what is below. Heads and feet that return on many pages, and page numbers, are
set aside. Words divided at a line's end are joined; a hyphen stays where the word is written with
one elsewhere in the document, or after a prefix that takes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from .pdf_lines import Line, Page
from .pdf_running import Running, running

_GUTTER = 7.0  # points between two columns, at least
_ROWS = 4  # rows that must share a gap for it to be a gutter
_DIVIDED = re.compile(r"(\w+(?:-\w+){0,5})[-‐\u00ad]$")
_WORD = re.compile(r"\w+(?:-\w+)*(?![-\w])")
_PREFIXES = frozenset(
    "self ex non anti pro co pre post mid vice all well half semi pan counter quasi inter cross "
    "al el an ar as at two three four five six ten deputy then long short high low so".split()
)
_ITEM = re.compile(r"[•▪●◦‣–—]\s|\(?[a-z0-9]{1,2}[.)]\s")
_ENDS = tuple('.?!:;…"”’»)]')

_MANY = 3_000  # lines on one page: no page that anyone reads has more, and none is laid out then

Begins = Literal["column", "paragraph", "no"]
_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Flow:
    """What pages say: the text, where each page starts in it, and the heads and feet set aside."""

    text: str
    pages: tuple[int, ...]
    heads: tuple[str, ...]


def flow(pages: Sequence[Page]) -> Flow:
    """The text of pages, paragraphs apart by a blank line.

    A head or foot that recurs stands once, the first time that it comes; what stands below a page's
    text or beside it is set before the last paragraph where that goes on on the next page.
    """
    aside = running(pages)
    text = _Text(_written(pages))
    starts: list[int] = []
    heads: list[str] = []
    bodies = [_Body.of(page, aside) for page in pages]
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True)):
        if number < 3:
            heads += [line.text for line in page.lines if id(line) in aside.dropped | aside.kept][
                :3
            ]
        following = next((b.lines[0][1].text for b in bodies[number + 1 :] if b.lines), "")
        first: int | None = None
        for begins, line in body.in_order(following):
            at = text.add(line.text, begins)
            first = at if first is None else first
        starts.append(text.length if first is None else first)
    return Flow("".join(text.pieces), tuple(starts), tuple(heads))


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines of a page in reading order, each with what begins with it: the heads, the text, and
    the feet and what runs in other directions."""

    heads: list[tuple[Begins, Line]]
    lines: list[tuple[Begins, Line]]
    rest: list[tuple[Begins, Line]]

    @classmethod
    def of(cls, page: Page, aside: Running) -> _Body:
        kept = [line for line in page.lines if id(line) in aside.kept]
        middle = page.height / 2
        heads = [line for line in kept if line.y0 > middle]
        feet = [line for line in kept if line.y0 <= middle]
        body = [
            line
            for line in page.lines
            if id(line) not in aside.dropped and id(line) not in aside.kept
        ]
        rest = cls._apart(feet)
        for frame in page.beside:
            rest += cls._apart([line for line in frame.lines if id(line) not in aside.dropped])
        return cls(
            cls._apart(heads),
            [item for column in _columns(body) for item in _paragraphs(column)],
            rest,
        )

    @staticmethod
    def _apart(lines: list[Line]) -> list[tuple[Begins, Line]]:
        """Lines of which the first begins a paragraph whatever stands before it."""
        laid = [item for column in _columns(lines) for item in _paragraphs(column)]
        return [("paragraph" if begins == "column" else begins, line) for begins, line in laid]

    def in_order(self, following: str) -> Iterator[tuple[Begins, Line]]:
        """All lines; ``following`` is what the text of the next page begins with."""
        lines = self.lines
        if self.heads and lines:
            lines = [("paragraph", lines[0][1]), *lines[1:]]
        yield from self.heads
        if not (self.rest and lines and following and _goes_on(lines[-1][1].text, following)):
            yield from lines
            yield from self.rest
            return
        last = max(n for n, (begins, _) in enumerate(lines) if begins != "no")
        yield from lines[:last]
        yield from self.rest
        yield "paragraph", lines[last][1]
        yield from lines[last + 1 :]


class _Text:
    """A text that grows line by line, in pieces, so that its cost grows with its length only."""

    def __init__(self, written: frozenset[str]) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._written = written

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
            sign = _between(before, line, self._written)
            if sign == _WHOLE:
                self.pieces[-1] = before[:-1]
                self.length -= 1
                sign = ""
        self.pieces += [sign, line]
        self.length += len(sign) + len(line)
        return self.length - len(line)


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
        if 0 < gap < 2.5 * step and line.text[0].islower() and _DIVIDED.search(before.text[-60:]):
            yield "no", line
            continue
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


def _between(before: str, after: str, written: frozenset[str]) -> str:
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
        or (divided[1].casefold() in _PREFIXES and word.replace("-", "") not in written)
        or word in written
        or divided[1][-1].isdigit()
    )
    return "" if stays else _WHOLE


def _written(pages: Sequence[Page]) -> frozenset[str]:
    """The words that stand within a line, those with hyphens whole."""
    return frozenset(
        word.casefold()
        for page in pages
        for line in page.lines
        for word in _WORD.findall(line.text)
    )
