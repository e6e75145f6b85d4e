"""``show``: a document with line numbers, its quotations, actors and dates marked.

The gutter tells what a line holds (Q, A, D), so that the same can be read without colour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from ..harmless import lines, visible
from .parts import NAME, QUIET, View, joined, source
from .parts import day as day_of

if TYPE_CHECKING:
    from ..output import Shown

_AROUND = 10  # lines shown before and after a place that was asked for
_BEFORE = 80  # columns shown before it
# letter, what it marks, its style; later ones lie above earlier ones
_MARKS = (("Q", "quotation", "green"), ("D", "date", "bold cyan"), ("A", "actor", "bold magenta"))


def view(results: Sequence[Shown], view: View) -> Iterator[Any]:
    for shown in results:
        where = shown.held.source
        yield Text(visible(where.title or "no title"), NAME)
        yield joined((Text(where.doc), day_of(where.published), source(where, view)))
        yield _legend(shown)
        yield Text()
        yield _numbered(shown)
        yield from _speakers(shown)


def _legend(shown: Shown) -> Text:
    found = shown.found
    counts = {"Q": len(found.quotes), "D": len(found.dates), "A": len(found.mentions)}
    text = Text("marked: ", QUIET)
    for number, (letter, what, style) in enumerate(_MARKS):
        text.append(", " if number else "", "not dim")
        count = counts[letter]
        text.append(f"{letter} {count} {what}{'s' if count != 1 else ''}", f"not dim {style}")
    return text


def _spans(shown: Shown) -> Iterator[tuple[str, str, int, int]]:
    """(letter, style, start, end) of all that is marked."""
    styles = {letter: style for letter, _, style in _MARKS}
    for quote in shown.found.quotes:
        for piece in quote.fragments:
            yield "Q", styles["Q"], piece.start, piece.end
    for date in shown.found.dates:
        yield "D", styles["D"], date.start, date.end
    for mention in shown.found.mentions:
        yield "A", styles["A"], mention.start, mention.end


def _window(shown: Shown, rows: Sequence[str]) -> tuple[range, int]:
    """The rows to show, and the column (from 0) that was asked for."""
    if shown.at is None:
        return range(len(rows)), 0
    line, column = shown.at
    row = min(max(line, 1), len(rows)) - 1
    last = min(len(rows), row + _AROUND + 1)
    return range(max(0, row - _AROUND), last), min(max(column, 1), max(1, len(rows[row]))) - 1


def _numbered(shown: Shown) -> Table:
    text = lines(shown.text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    marked: list[list[tuple[str, str, int, int]]] = [[] for _ in starts]
    for letter, style, start, end in _spans(shown):
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, max(start, end - 1)) - 1
        for row in range(first, min(last, len(starts) - 2) + 1):
            marked[row].append((letter, style, start - starts[row], end - starts[row]))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True, style=QUIET)
    grid.add_column(no_wrap=True, style=QUIET)
    grid.add_column(overflow="fold")
    rows = text.removesuffix("\n").split("\n")
    shown_rows, column = _window(shown, rows)
    for row in shown_rows:
        body = Text(rows[row])
        for _, style, start, end in marked[row]:
            body.stylize(style, max(0, start), max(0, end))
        if shown.at and row == shown.at[0] - 1:
            body.stylize("reverse", column, column + 1)
            if column > _BEFORE:
                body = Text("… ", QUIET).append_text(body[column - _BEFORE :])
        letters = {letter for letter, *_ in marked[row]}
        gutter = "".join(x if x in letters else " " for x, *_ in _MARKS)
        grid.add_row(str(row + 1), gutter, body)
    return grid


def _speakers(shown: Shown) -> Iterator[Any]:
    """Who is quoted, and how often."""
    counts = Counter(
        visible(quote.speakers[0].name or quote.speakers[0].text)
        if quote.speakers
        else "nobody named"
        for quote in shown.found.quotes
    )
    if counts:
        told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        yield Text("\nquoted: ", QUIET).append(told, "not dim")
