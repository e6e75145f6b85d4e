"""The timeline at a terminal: dated events under years and months, a source a line.

Approximate dates keep their mark (~, early, mid, late), ranges are drawn (5 ├──┤ 8), what is not
past says so, and reports that differ stand under ≠. The days stand in one column; a line at the end
says what the symbols mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model import FoundEvent, ResolvedDate, Source
from .harmless import visible
from .precision import MONTHS, weekday, words

_WIDE = {"year", "decade", "half", "season", "quarter"}
_LEAST, _MOST = 8, 24  # columns for a date
_SOURCES = 8  # of an entry, beyond which only their number is shown
_QUIET, _DAY, _WARN = "dim", "cyan", "red"
_CERTAINTY = {"planned": ("◇ planned", "magenta"), "hypothetical": ("? hypothetical", "magenta")}


def parts(
    results: Iterable[FoundEvent],
    *,
    source: Callable[[Source], Text],
    granularity: str | None = None,
    name: Callable[[str], str] = visible,
) -> Iterator[RenderableType]:
    """The events as headings and tables, one by one, for any width, and what their symbols mean.

    ``granularity`` groups by ``day``, ``month`` or ``year``; otherwise by year and within it by
    month. ``name`` gives an actor's name for its id, ``source`` a source's line.
    """
    results = list(results)
    placed = [(*_place(found.event.date), found) for found in results]
    labels = {
        label(found.event.date, "month" if month and granularity != "year" else "year")
        for _, month, found in placed
        if granularity != "day"
    }
    width = min(max(map(len, labels), default=0), _MOST)
    for year, under_year in groupby(placed, key=lambda p: p[0]):
        # What is told with a year alone comes before the year's months.
        within = sorted(under_year, key=lambda p: p[1])
        if granularity in (None, "year"):
            yield Text(f"\n{year or 'No year'}", "bold")
        if granularity == "year":
            yield _table([p[2] for p in within], "year", name, source, 2, width)
            continue
        for month, under_month in groupby(within, key=lambda p: p[1]):
            found = [p[2] for p in under_month]
            if granularity == "day":
                yield from _days(found, name, source)
                continue
            indent = 4
            if granularity == "month":
                indent = 2
                yield Text(f"\n{_month_heading(year, month)}", "bold")
            elif month:
                yield Text(f"  {MONTHS[int(month) - 1]}", "bold cyan")
            yield _table(found, "month" if month else "year", name, source, indent, width)
    if legend := _legend(labels, results):
        yield Text(f"\n  {legend}", _QUIET)


def _legend(labels: Iterable[str], results: Iterable[FoundEvent]) -> str:
    """What the symbols mean that are used."""
    drawn = "".join(labels)
    used = (
        ("~" in drawn, "~ about"),
        ("┤" in drawn or "├" in drawn, "├──┤ from, to"),
        (any(found.conflicts for found in results), "≠ another report differs"),
    )
    return "   ".join(meaning for is_used, meaning in used if is_used)


def _days(
    found: Iterable[FoundEvent], name: Callable[[str], str], show: Callable[[Source], Text]
) -> Iterator[RenderableType]:
    def heading(one: FoundEvent) -> str:
        date = one.event.date
        full = words(date)
        single = date.granularity == "day" and date.start is not None and date.start == date.end
        return f"{weekday(date.start or '')} {full}" if single else full

    for title, same in groupby(found, key=heading):
        yield Text(f"\n{visible(title)}", "bold")
        yield _table(list(same), "day", name, show, 2)


def _month_heading(year: str, month: str) -> str:
    return f"{MONTHS[int(month) - 1]} {year}" if month else year or "No year"


def _place(date: ResolvedDate) -> tuple[str, str]:
    """The year and the month under which an event stands; no month where none was told."""
    at = date.start or date.end
    if at is None:
        return "", ""
    if date.granularity == "decade":
        return f"{at[:3]}0s", ""
    told = date.edtf.split("/")[0 if date.start else -1]
    wide = date.granularity in _WIDE or (date.granularity == "range" and len(told) < 7)
    return at[:4], "" if wide else at[5:7]


def _table(
    found: Iterable[FoundEvent],
    under: str,
    name: Callable[[str], str],
    show: Callable[[Source], Text],
    indent: int,
    width: int = 0,
) -> Padding:
    rows = [
        ("" if under == "day" else visible(label(one.event.date, under)), _body(one, name, show))
        for one in found
    ]
    grid = Table.grid(padding=(0, 2, 0, 0))
    if under != "day":
        grid.add_column(style=_DAY, width=max(width, _LEAST), overflow="fold")
    grid.add_column(overflow="fold")
    for shown, lines in rows:
        body = Text("\n").join(lines)
        grid.add_row(*([body] if under == "day" else [shown, body]))
    return Padding(grid, (0, 0, 0, indent), expand=False)


def label(date: ResolvedDate, under: str) -> str:
    """The date as it stands before its event, under a heading that tells its year or month.

    >>> june = ResolvedDate("", "2021-06-05/2021-06-08", "2021-06-05", "2021-06-08", "range")
    >>> label(june, "month")
    '5 ├──┤ 8'
    """
    start, end = date.start, date.end
    if date.edtf[:1] in "[{":
        told = words(date, short=True)
        return told.replace(f" {start[:4]}", "") if start and end and start[:4] == end[:4] else told
    if date.granularity == "week" or (date.granularity in ("day", "range") and "/" in date.edtf):
        return _drawn(date, under)
    if date.granularity == "day" and start and start == end:
        mark = {"approx": "~", "start": "early ", "mid": "mid ", "end": "late "}.get(
            date.mod or "", ""
        )
        if under == "month":
            return f"{mark}{int(start[8:]):>2} {weekday(start)}"
        return f"{mark}{int(start[8:])} {MONTHS[int(start[5:7]) - 1][:3]}"
    told = words(date, short=True)
    return told.removesuffix(f" {start[:4]}") if start else told


def _drawn(date: ResolvedDate, under: str) -> str:
    """A range as a line from its first day to its last, an arrow where it is open."""
    about = "~" if date.mod == "approx" else ""
    start, end = date.start, date.end
    a, _, b = date.edtf.partition("/")
    if date.granularity == "week" or not b:
        a, b = start or "", end or ""
    if b in ("..", "") or end is None:
        return f"{about}{_end(a, '', under)} ├──▸"
    if a in ("..", "") or start is None:
        return f"{about}◂──┤ {_end(b, '', 'year')}"
    return f"{about}{_end(a, b, under)} ├──┤ {_end(b, a, under, last=True)}"


def _end(edtf: str, other: str, under: str, *, last: bool = False) -> str:
    """One end of a range, without what the heading or the other end says already."""
    if len(edtf) == 10 and under == "month" and (not last or edtf[:7] == other[:7]):
        return str(int(edtf[8:]))
    bare = ResolvedDate("", edtf, edtf, edtf, "day")
    full = words(bare, short=True)
    same = (not last and under in ("month", "year")) or edtf[:4] == other[:4]
    return full.removesuffix(f" {edtf[:4]}") if same and len(edtf) > 4 else full


def _body(
    found: FoundEvent, name: Callable[[str], str], show: Callable[[Source], Text]
) -> Iterator[Text]:
    event = found.event
    head = Text(visible(event.display))
    if event.certainty in _CERTAINTY:
        mark, style = _CERTAINTY[event.certainty]
        head.append(f"  {mark}", style)
    yield head
    if event.actors:
        yield Text(", ".join(name(actor) for actor in event.actors), "italic dim")
    tellings = (found, *found.also)
    more = len(tellings) - _SOURCES
    for telling in tellings[: _SOURCES if more > 1 else None]:
        yield Text("· ", _QUIET).append_text(show(telling.source))
    if more > 1:
        yield Text(f"· and {more:,} more reports", _QUIET)
    for other in found.conflicts:
        line = Text("≠ ", f"bold {_WARN}").append(f"{visible(words(other.event.date))}: ", _WARN)
        line.append(visible(other.event.display)).append("  ")
        yield line.append_text(show(other.source))
