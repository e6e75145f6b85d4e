"""What recurs from page to page: heads, feet, stamps along the margin and page numbers.

A whole row of a page (all that stands at one height) recurs where the same row stands at the same
height of other pages. It stays in the text once, on the first page that has it. A row whose
numbers differ recurs only where one of them counts the pages; a row that is nothing but such a
number is a page number and stays nowhere. So no row of a table and no lone number is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .pdf_lines import Line, Page

_MARGIN = 0.2  # share of the page's height in which heads and feet stand
_EDGE = 120  # lines in the margins of one page: more are no heads and feet
_HEIGHTS = 12.0  # points by which the heights of one head may differ
_NUMBER = re.compile(
    r"[\W_]*(?:page|pages|p\.|seite|pagina|página)?[\W_]*(?P<one>\d{1,4}|[ivxlc]{1,7})"
    r"[\W_]*(?:(?:of|/|von|de)\s*\d{1,4})?[\W_]*",
    re.I,
)
_SPELT_OUT = re.compile(r"[\W_]*(?:page|seite)\s*\d{1,4}\s*(?:of|/|von)\s*\d{1,4}[\W_]*", re.I)
_FIGURES = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Running:
    """Identities of lines: those that are left out, and those that are heads and feet and stay."""

    dropped: frozenset[int]
    kept: frozenset[int]


class _Row(NamedTuple):
    page: int
    height: float  # above the lower edge, or below the upper one
    text: str
    lines: list[Line]


def running(pages: Sequence[Page]) -> Running:
    """What recurs on these pages, in time that grows with their lines only."""
    alike: dict[tuple[str, str], list[_Row]] = {}
    dropped: set[int] = set()
    kept: set[int] = set()
    for number, page in enumerate(pages):
        for where, row in _margins(page, number):
            if _SPELT_OUT.fullmatch(row.text):
                dropped.update(map(id, row.lines))
                continue
            folded = _FIGURES.sub("#", row.text).casefold()
            if _NUMBER.fullmatch(row.text):
                folded = "#"
            alike.setdefault((where, folded), []).append(row)
    least = max(2, min(3, len(pages)))
    for (_, folded), rows in alike.items():
        if len(rows) < least:
            continue
        for level in _levels(rows):
            for same in _recurring(level, least):
                if folded == "#":
                    dropped.update(id(line) for row in same for line in row.lines)
                    continue
                if len({row.text.casefold() for row in same}) > 1 and not any(
                    _says_more(pages[row.page], row) for row in same
                ):
                    continue  # lines that number themselves, a page each, are the text
                kept.update(map(id, same[0].lines))
                dropped.update(id(line) for row in same[1:] for line in row.lines)
    return Running(frozenset(dropped), frozenset(kept))


def _says_more(page: Page, row: _Row) -> bool:
    """Whether something stands on a page beside this row and page numbers."""
    return any(line not in row.lines and not _NUMBER.fullmatch(line.text) for line in page.lines)


def _margins(page: Page, number: int) -> Iterator[tuple[str, _Row]]:
    """The rows in the margins, each with where it stands; all rows of text that runs in another
    direction."""
    top, bottom = page.height * (1 - _MARGIN), page.height * _MARGIN
    edge = [line for line in page.lines if line.y0 > top or line.y1 < bottom]
    if len(edge) <= _EDGE:
        for row in _rows(edge, number):
            above = row.height > top
            height = page.height - row.height if above else row.height
            yield "above" if above else "below", row._replace(height=height)
    for frame in page.beside:
        if len(frame.lines) <= _EDGE:
            for row in _rows(frame.lines, number):
                yield "beside", row


def _rows(lines: Sequence[Line], number: int) -> Iterator[_Row]:
    """What stands at one height, from left to right."""
    row: list[Line] = []
    for line in [*sorted(lines, key=lambda line: (-line.y0, line.x0)), None]:
        if row and (line is None or row[0].y0 - line.y0 > 3):
            row.sort(key=lambda line: line.x0)
            yield _Row(number, row[0].y0, " ".join(line.text for line in row), row)
            row = []
        if line is not None:
            row.append(line)


def _levels(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows at nearly one height, in the order of their pages. Four and more alike may stand
    anywhere in the margin, unless they are numbers."""
    by_height = sorted(rows, key=lambda row: row.height)
    level: list[_Row] = []
    for row in [*by_height, None]:
        if level and (row is None or row.height - level[0].height > _HEIGHTS):
            level.sort(key=lambda row: row.page)
            yield level
            level = []
        if row is not None:
            level.append(row)


def _recurring(rows: list[_Row], least: int) -> Iterator[list[_Row]]:
    """Those of the rows that are the same but for a number that counts the pages."""
    numbers = [_numbers(row.text) for row in rows]
    left = list(range(len(rows)))
    for counted in (None, *range(max(map(len, numbers), default=0))):
        groups: dict[tuple[object, ...], list[int]] = {}
        for n in left:
            found = numbers[n]
            if counted is None:
                key: tuple[object, ...] = (rows[n].text.casefold(),)
                if len(found) == 1 and _NUMBER.fullmatch(rows[n].text):
                    continue
            elif counted < len(found):
                key = (*found[:counted], *found[counted + 1 :], found[counted] - rows[n].page)
            else:
                continue
            groups.setdefault(key, []).append(n)
        for group in groups.values():
            if len({rows[n].page for n in group}) >= least:
                yield [rows[n] for n in group]
                left = [n for n in left if n not in group]


def _numbers(text: str) -> tuple[int, ...]:
    if found := _FIGURES.findall(text[:500]):
        return tuple(int(figures[:9]) for figures in found)
    roman = _NUMBER.fullmatch(text)
    return (_roman(roman["one"]),) if roman else ()


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text.lower()]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))
