"""Stretches of the calendar with their precision kept: in TIMEX3, in EDTF, and in days.

TIMEX3 values as in TimeML (Pustejovsky et al. 2003), EDTF as in ISO 8601-2:2019. A month is never
its first day: ``month(2021, 3)`` is "2021-03" from 2021-03-01 to 2021-03-31.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from . import calendars

Unit = Literal[
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
    "range",
]  # fmt: skip
SEASONS = ("SP", "SU", "FA", "WI")
_ORDER = ("day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade",
          "century")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar. ``first`` and ``last`` are its days, inclusive, null where open;
    ``value`` is TIMEX3."""

    unit: Unit
    value: str
    edtf: str
    first: date | None
    last: date | None


def finer(a: str, b: str) -> bool:
    """Whether unit ``a`` is at least as fine as unit ``b``."""
    return a in _ORDER and b in _ORDER and _ORDER.index(a) <= _ORDER.index(b)


@lru_cache(maxsize=1 << 12)
def day(d: date) -> Period:
    return Period("day", d.isoformat(), d.isoformat(), d, d)


def week(year: int, number: int) -> Period | None:
    first = calendars.monday(year, number)
    if first is None:
        return None
    last = first + timedelta(6)
    return Period("week", f"{year:04}-W{number:02}", f"{first}/{last}", first, last)


def weekend(year: int, number: int) -> Period | None:
    monday = calendars.monday(year, number)
    if monday is None:
        return None
    first, last = monday + timedelta(5), monday + timedelta(6)
    return Period("weekend", f"{year:04}-W{number:02}-WE", f"{first}/{last}", first, last)


def month(year: int, number: int) -> Period:
    value = f"{year:04}-{number:02}"
    last = date(year, number, calendars.month_length(year, number))
    return Period("month", value, value, date(year, number, 1), last)


def _months(unit: Unit, value: str, edtf: str, year: int, start: int, count: int) -> Period:
    end_year, end = year + (start + count - 2) // 12, (start + count - 2) % 12 + 1
    last = date(end_year, end, calendars.month_length(end_year, end))
    return Period(unit, value, edtf, date(year, start, 1), last)


def quarter(year: int, number: int) -> Period:
    edtf = f"{year:04}-{32 + number}"
    return _months("quarter", f"{year:04}-Q{number}", edtf, year, 3 * number - 2, 3)


def half(year: int, number: int) -> Period:
    edtf = f"{year:04}-{39 + number}"
    return _months("half", f"{year:04}-H{number}", edtf, year, 6 * number - 5, 6)


def season(year: int, code: str) -> Period:
    """A season of the northern half of the earth, in whole months; a winter runs into the next
    year, and is written with its months, so that nobody takes it for the one before."""
    number = SEASONS.index(code)
    value = f"{year:04}-{code}"
    edtf = f"{year:04}-{21 + number}" if number < 3 else f"{year:04}-12/{year + 1:04}-02"
    return _months("season", value, edtf, year, 3 + 3 * number, 3)


def year(number: int) -> Period:
    value = f"{number:04}"
    return Period("year", value, value, date(number, 1, 1), date(number, 12, 31))


def decade(start: int) -> Period:
    """The decade that begins with the year ``start``."""
    text = f"{start // 10:03}"
    return Period("decade", text, text + "X", date(start, 1, 1), date(start + 9, 12, 31))


def century(number: int) -> Period:
    """The 20th century as its hundred years 19XX, as it is commonly counted."""
    start = (number - 1) * 100
    text = f"{number - 1:02}"
    return Period("century", text, text + "XX", date(max(start, 1), 1, 1), date(start + 99, 12, 31))


def span(a: Period | None, b: Period | None) -> Period:
    """From the first day of ``a`` to the last of ``b``, null where that side is open."""
    edtf = f"{_edge(a, 0)}/{_edge(b, 1)}"
    value = f"{a.value if a else ''}/{b.value if b else ''}"
    return Period("range", value, edtf, a.first if a else None, b.last if b else None)


def _edge(period: Period | None, side: int) -> str:
    """A period as one end of an interval: in EDTF an interval holds no interval, and no season."""
    if period is None:
        return ".."
    if "/" in period.edtf:
        return period.edtf.split("/")[side]
    if period.unit in {"season", "quarter", "half"}:
        d = period.last if side else period.first
        return d.isoformat()[:7] if d else ".."
    if period.unit in {"decade", "century"}:
        d = period.last if side else period.first
        return d.isoformat()[:4] if d else ".."
    return period.edtf


def days(first: date, last: date) -> Period:
    """A range of days."""
    return span(day(first), day(last))


def either(choices: list[Period]) -> Period:
    """One of several days, not known which: EDTF's set of which one holds."""
    choices = sorted(choices, key=lambda p: p.edtf)
    edtf = "[" + ",".join(p.edtf for p in choices) + "]"
    return Period("day", edtf, edtf, choices[0].first, choices[-1].last)


def each(days: Sequence[Period]) -> Period:
    """Several days, all of them meant: EDTF's set of which all hold."""
    text = "{" + ",".join(d.edtf for d in days) + "}"
    return Period("range", ",".join(d.value for d in days), text, days[0].first, days[-1].last)


def approximate(period: Period) -> Period:
    """The same, known only about."""
    if period.unit in {"day", "month", "year"} and period.edtf[-1] not in "~]":
        return replace(period, edtf=period.edtf + "~")
    if period.unit == "range" and period.first and period.last:
        return replace(period, edtf=f"{period.first}~/{period.last}~")
    return period


def part(period: Period, mod: str) -> Period:
    """The early, middle or late part of a period, in thirds (house rule): a year's months 1-4, 5-8
    and 9-12, a decade's years 0-3, 4-6, 7-9, a month's days 1-10, 11-20 and 21 on. The middle is
    written as approximate, since EDTF has no word for it."""
    first, last = period.first, period.last
    if first is None or last is None:
        return period
    if period.unit == "year":
        cuts = [date(first.year, 1, 1), date(first.year, 5, 1), date(first.year, 9, 1)]
    elif period.unit == "decade":
        cuts = [date(first.year + n, 1, 1) for n in (0, 4, 7)]
    elif period.unit == "month":
        cuts = [first.replace(day=n) for n in (1, 11, 21)]
    elif period.unit in {"quarter", "season"}:
        cuts = [first, *(_next_month(first, n) for n in (1, 2))]
    elif period.unit == "half":
        cuts = [first, *(_next_month(first, n) for n in (2, 4))]
    elif period.unit == "century":
        cuts = [first, date(first.year // 100 * 100 + 34, 1, 1), date(last.year - 33, 1, 1)]
    elif period.unit == "week":
        cuts = [first, first + timedelta(2), first + timedelta(4)]
    else:
        return period
    stops = [cuts[1] - timedelta(1), cuts[2] - timedelta(1), last]
    i = {"START": 0, "MID": 1, "END": 2}[mod]
    narrowed = replace(period, first=cuts[i], last=stops[i])
    return approximate(narrowed) if mod == "MID" else narrowed


def _next_month(d: date, n: int) -> date:
    return date(d.year + (d.month - 1 + n) // 12, (d.month - 1 + n) % 12 + 1, 1)


def containing(d: date, unit: str) -> Period | None:
    """The period of a unit in which a day lies."""
    if unit == "day":
        return day(d)
    if unit == "week":
        return week(*d.isocalendar()[:2])
    if unit == "weekend":
        return weekend(*d.isocalendar()[:2])
    if unit == "month":
        return month(d.year, d.month)
    if unit == "quarter":
        return quarter(d.year, (d.month + 2) // 3)
    if unit == "half":
        return half(d.year, 1 + (d.month > 6))
    if unit == "season":
        return season(d.year - (d.month < 3), SEASONS[(d.month - 3) % 12 // 3])
    if unit == "year":
        return year(d.year)
    if unit == "decade":
        return decade(d.year // 10 * 10)
    if unit == "century":
        return century(d.year // 100 + 1)
    return None


def moved(d: date, n: int, unit: str) -> date | None:
    """The day ``n`` units away, null where it falls out of the calendar. 31 January and a month is
    the last day of February."""
    try:
        if unit in {"day", "night"}:
            return d + timedelta(n)
        if unit in {"week", "weekend"}:
            return d + timedelta(7 * n)
        if unit == "fortnight":
            return d + timedelta(14 * n)
        size = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120,
                "century": 1200, "millennium": 12000}[unit]  # fmt: skip
        months = d.year * 12 + d.month - 1 + n * size
        y, m = divmod(months, 12)
        return date(y, m + 1, min(d.day, calendars.month_length(y, m + 1)))
    except (OverflowError, ValueError):
        return None


def shifted(period: Period, n: int, unit: str) -> Period | None:
    """A period moved by ``n`` units, its own precision kept."""
    if period.first is None or period.unit == "range":
        return None
    d = moved(period.first, n, unit)
    if d is None:
        return None
    return containing(d, period.unit)


# ---- other calendars ------------------------------------------------------------------------


def other_year(calendar: str, year: int) -> Period | None:
    """The Gregorian days of an Iranian (SH) or Islamic (AH) year."""
    convert = calendars.iranian_day if calendar == "SH" else calendars.islamic_day
    return _between(calendar, convert(year, 1, 1), convert(year + 1, 1, 1))


def other_period(calendar: str, year: int, month: int, number: int) -> Period | None:
    """A day of an Iranian (SH) or Islamic (AH) month, or with ``number`` 0 the month."""
    convert = calendars.iranian_day if calendar == "SH" else calendars.islamic_day
    if number:
        d = convert(year, month, number)
        return _as_known(calendar, day(d)) if d else None
    after = convert(year, month + 1, 1) if month < 12 else convert(year + 1, 1, 1)
    return _between(calendar, convert(year, month, 1), after)


def _between(calendar: str, first: date | None, after: date | None) -> Period | None:
    if first is None or after is None:
        return None
    last = date.fromordinal(after.toordinal() - 1)
    return _as_known(calendar, days(first, last))


def _as_known(calendar: str, period: Period) -> Period:
    """A reckoned Islamic date is known about: the moon may move it by a day."""
    return approximate(period) if calendar == "AH" else period
