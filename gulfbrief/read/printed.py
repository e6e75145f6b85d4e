"""Full dates as documents print them, and the days that each may mean.

``02.07.2021`` is one day, ``02/07/2021`` may be two: what a weekday or another date beside it shows
of the writer's order is used, nothing is guessed. Days are ISO strings.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}

_M = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_Y = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d|[.:]\d)"
_D = r"(?<![\d.:/])(?P<{}>\d{{1,2}})"
_DATE = re.compile(
    "|".join(
        (
            # 2 July 2021, 2nd July, 2021, 02-Jul-2021, 2 of July 2021
            _D.format("d1")
            + r"(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?[\s./-]{0,3}"
            + _M.format("m1")
            + r"[\s,./-]{0,3}"
            + _Y.format("y1"),
            # July 2, 2021, Jul. 02 2021
            r"\b"
            + _M.format("m2")
            + r"[\s-]{0,3}(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s/-]{1,3})"
            + _Y.format("y2"),
            # 2021-07-02, 2021/07/02, 2021.07.02
            r"(?<![\d.:/-])(?P<y3>(?:1[89]|20)\d\d)(?P<s3>[-/.])(?P<m3>\d\d?)(?P=s3)"
            r"(?P<d3>\d\d?)(?=T\d|Z\b|[^\d]|$)(?![-/]\d|\.\d)",
            # 02.07.2021, 15/07/2021: the order is decided below
            _D.format("a4") + r"(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)" + _Y.format("y4"),
            # 2021 July 2, 2021-Jul-02
            r"(?<!\d)(?P<y5>(?:1[89]|20)\d\d)[\s,./-]{1,2}"
            + _M.format("m5")
            + r"[\s./-]{0,2}(?P<d5>\d{1,2})(?!\d|:\d)",
            # 2021年7月2日
            r"(?<!\d)(?P<y7>(?:19|20)\d\d)\s?[年년]\s?(?P<m7>\d\d?)\s?[月월]\s?(?P<d7>\d\d?)\s?[日일]",
            # the date-time group of cables: 020941Z JUL 21
            r"\b(?:[OPRZ] )?(?P<d6>\d\d)[0-2]\d[0-5]\d\s?Z\s?"
            + _M.format("m6")
            + r"\s?(?P<y6>(?:20)?\d\d)(?!\d)",
        )
    ),
    re.I,
)
# What a date cannot do without; two patterns, since each alone is many times faster than both.
_YEAR = re.compile(r"[12][089]\d\d")
_GROUP = re.compile(r"\d{6} ?Z")
_LONGEST = 30  # characters from the beginning of a date to its year, and from there to its end

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.I)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed: its possible days (two where day and month may be swapped)."""

    start: int
    end: int
    days: frozenset[str]
    separator: str = ""  # of a day and month both in figures
    day_first: bool | None = None  # what such a date shows of its writer's order


def day_of(year: str, month: str | int, day: str) -> str | None:
    number = month if isinstance(month, int) else int(month)
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return datetime.date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def years_in(text: str) -> list[int]:
    """Where a year or a date-time group begins."""
    found = [m.start() for m in _YEAR.finditer(text)]
    if "Z" in text and (group := _GROUP.search(text)):
        found = sorted((*found, group.start()))
    return found


def printed_dates(text: str) -> list[Printed]:
    """All full dates of a short text, in order; figures that name no day of a calendar are none."""
    years = years_in(text)
    if not years:
        return []
    out = []
    for match in _DATE.finditer(text, max(0, years[0] - _LONGEST), years[-1] + _LONGEST):
        n = (match.lastgroup or "")[-1]
        if n == "4":
            out.append(_numeric(match))
            continue
        month = match["m" + n]
        number = int(month) if month.isdecimal() else _MONTH[month[:3].lower()]
        day = day_of(match["y" + n], number, match["d" + n])
        if day:
            out.append(Printed(*match.span(), frozenset({day})))
    return [p for p in out if p.days]


def _numeric(match: re.Match[str]) -> Printed:
    """``02.07.2021`` is written day first wherever dots are used; with strokes and hyphens the
    order is known only where one of the two figures is no month."""
    a, b, year, sign = (match[g] for g in ("a4", "b4", "y4", "s4"))
    day_first, month_first = day_of(year, b, a), day_of(year, a, b)
    if sign == "." and day_first:
        month_first = None
    days = frozenset(d for d in (day_first, month_first) if d)
    shows = None if len(days) != 1 or a == b else day_first is not None
    return Printed(*match.span(), days, sign, shows)


def settled(text: str, found: list[Printed]) -> list[Printed]:
    """Swappable dates made sure where the weekday beside them, or another date that the same hand
    wrote with the same sign, shows the order."""
    shown = {(p.separator, p.day_first) for p in found if p.day_first is not None}
    out = []
    for p in found:
        days = p.days
        if len(days) > 1:
            near = WEEKDAY.search(text, max(0, p.start - 12), p.end + 12)
            if near:
                weekday = _WEEKDAYS.index(near[1][:3].lower())
                fit = {d for d in days if datetime.date.fromisoformat(d).weekday() == weekday}
                days = frozenset(fit) or days
            orders = {order for sign, order in shown if sign == p.separator}
            if len(days) > 1 and len(orders) == 1:
                a, b, year = re.findall(r"\d+", text[p.start : p.end])
                sure = day_of(year, b, a) if True in orders else day_of(year, a, b)
                days = frozenset({sure}) if sure else days
        out.append(Printed(p.start, p.end, days))
    return out


def only_day(candidates: set[frozenset[str]]) -> str | None:
    """The only day that all candidates allow."""
    if not candidates:
        return None
    common = frozenset.intersection(*candidates)
    return next(iter(common)) if len(common) == 1 else None
