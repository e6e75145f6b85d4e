"""Readers of days and months that are named: 5 July, Friday 3/4/2020, March, the last Monday."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from . import calendars, numbers, periods
from .meanings import Ambiguous, Clock, Deictic, Each, Known, Meaning, Named, NthOf, Range
from .patterns import Found, pattern
from .tokens import BREAK, lexicon
from .verbs import ends_sentence, forms


def _weekday(found: Found) -> int | None:
    return found.number("WEEKDAY") if "WEEKDAY" in found else None


def _day(found: Found, month: int, number: int) -> Meaning | None:
    """A day of a month, with its year where the match has one."""
    if "year" in found:
        year = numbers.year(found)
        d = calendars.day(year, month, number) if year else None
        return Known(periods.day(d)) if d else None
    if not 1 <= number <= 31 or calendars.day(2000, month, number) is None:
        return None
    within = numbers.related_year(found) if "relyear" in found else None
    if "relyear" in found and within is None:
        return None
    return Named("day", (month, number), within, weekday=_weekday(found))


_GOES_ON = frozenset(
    "after before when while but he she they it his her their its the a an in at by".split()
)
_WEEKDAY = "(THIS? NEXT? WEEKDAY POINT? COMMA?)?"


@pattern(
    f"{_WEEKDAY} MONTH POINT? DAY (COMMA? year)?",
    f"{_WEEKDAY} MONTH POINT? DAY COMMA? relyear",
)
def month_day(found: Found) -> Meaning | None:
    return _day(found, found.number("MONTH"), found.number("DAY"))


@pattern(f"{_WEEKDAY} MONTH POINT? THE? nth (COMMA? year)?")
def month_nth(found: Found) -> Meaning | None:
    word = found.words.word(found.tokens("nth").start)
    counted = found.words.word(found.last)[:1].islower() and word.isalpha()
    if "THE" in found and "year" not in found and counted:
        return None  # in September the first swallows left
    return _day(found, found.number("MONTH"), numbers.ordinal(found))


@pattern(
    f"{_WEEKDAY} DAY MONTH POINT? (COMMA? year)?",
    f"{_WEEKDAY} DAY OF MONTH POINT? (COMMA? year)?",
    f"{_WEEKDAY} DAY MONTH POINT? COMMA? relyear",
    "DAY HYPHEN MONTH HYPHEN year",
    "DAY SLASH MONTH SLASH year",
    "year COMMA? MONTH POINT? DAY",
    "year HYPHEN MONTH HYPHEN DAY",
)
def day_month(found: Found) -> Meaning | None:
    return _day(found, found.number("MONTH"), found.number("DAY"))


@pattern(
    f"{_WEEKDAY} THE? NTH OF? MONTH POINT? (COMMA? year)?",
    f"{_WEEKDAY} THE? nth (UNIT OF|OF) MONTH POINT? (COMMA? year)?",
)
def nth_of_month(found: Found) -> Meaning | None:
    if "UNIT" in found and found.value("UNIT") != "day":
        return None
    nth = found.number_of("NTH") if "NTH" in found else numbers.ordinal(found)
    return _day(found, found.number("MONTH"), nth)


@pattern("THE NTH")
def nth(found: Found) -> Meaning | None:
    """On the 5th (and nothing that is counted: the 5th floor)."""
    words, number = found.words, found.number_of("NTH")
    alone = words.kinds[found.last : found.last + 1] in ("", BREAK) or not (
        words.word(found.last)[:1].isalnum()
    )
    lead = words.word(found.first - 1).lower()
    after = words.word(found.last).lower()
    alone = alone or after in _GOES_ON
    alone = alone or (after in ("and", "or") and not words.word(found.last + 1)[:1].isdigit())
    listed = lead == "and" and words.kinds[found.first - 2 : found.first - 1] in _dated()
    if not (lead in {"on", "until", "till"} or listed) or not alone or not 1 <= number <= 31:
        return None
    return Named("nth", (number,))


@cache
def _dated() -> frozenset[str]:
    """Kinds of words with which a day ends."""
    return frozenset(lexicon().letters[name] for name in ("DAY", "NTH", "MONTH"))


@pattern("EVENTDAY")
def event_day(found: Found) -> Meaning | None:
    return Known(periods.day(date.fromisoformat(found.text("EVENTDAY"))))


@pattern(
    "HOLIDAY year?",
    "HOLIDAY EVE year?",
    "NEW UNIT APOS S (EVE|UNIT)",
    "NEW UNIT APOS S (EVE|UNIT) relyear",
    "HOLIDAY EVE? relyear",
)
def holiday(found: Found) -> Meaning | None:
    """Christmas, Christmas Eve, New Year's Day."""
    if "NEW" in found:
        units = found.value("UNIT"), found.value("UNIT2") if "UNIT2" in found else "day"
        if units != ("year", "day") or not found.words.word(found.first).istitle():
            return None
        return _day(found, *((12, 31) if "EVE" in found else (1, 1)))
    if not found.words.word(found.first)[0].isupper():
        return None
    month, number = (int(x) for x in found.text("HOLIDAY").split("-"))
    return _day(found, month, number - ("EVE" in found))


@pattern("MONTH UNIT year?", "MONTH UNIT relyear")
def may_day(found: Found) -> Meaning | None:
    """May Day; not "May day by day"."""
    day = found.words.word(found.tokens("UNIT").start)
    return _day(found, 5, 1) if found.number("MONTH") == 5 and day == "Day" else None


@pattern(
    "THE? (nth|LAST) (UNIT|WEEKDAY) (OF|IN) MONTH POINT? (COMMA? year)?",
    "THE? (nth|LAST) (UNIT|WEEKDAY) (OF|IN) year",
    "THE? (nth|LAST) (UNIT|WEEKDAY) (OF|IN) (NEXT|THIS) UNIT",
    "THE? nth (UNIT|WEEKDAY) (OF|IN) LAST UNIT",
)
def nth_of(found: Found) -> Meaning | None:
    """The first Monday of May, the last week of June 2020, the first day of 2021."""
    if found.words.word(found.first - 1).lower() in {"a", "an"}:
        return None  # fell for a third week in May
    n = numbers.ordinal(found) if "nth" in found else -1
    year = numbers.year(found) if "year" in found else None
    if "MONTH" in found:
        month = found.number("MONTH")
        within: Meaning = Known(periods.month(year, month)) if year else Named("month", (month,))
    elif year:
        within = Known(periods.year(year))
    elif (unit_ := found.words.values[found.last - 1]) in {"month", "year"}:
        moved = int(found.words.values[found.last - 2] or 0)
        within = Deictic(str(unit_), moved)
    else:
        return None
    if "WEEKDAY" in found:
        return NthOf(n, "weekday", found.number("WEEKDAY"), within)
    unit = found.text("UNIT")
    return NthOf(n, unit, None, within) if unit in {"day", "week"} else None  # type: ignore[arg-type]


@pattern(
    "(FROM|BETWEEN)? DAY (HYPHEN|TO|AND|UNTIL) DAY MONTH POINT? (COMMA? year)?",
    "(FROM|BETWEEN)? MONTH POINT? DAY (HYPHEN|TO|AND|UNTIL) DAY (COMMA? year)?",
    "(FROM|BETWEEN)? THE? NTH (HYPHEN|TO|AND|UNTIL) THE? NTH OF? MONTH POINT? (COMMA? year)?",
    "(FROM|BETWEEN)? MONTH POINT? NTH (HYPHEN|TO|AND|UNTIL) NTH (COMMA? year)?",
)
def days_of_month(found: Found) -> Meaning | None:
    nth = "NTH" in found
    a = found.number_of("NTH") if nth else found.number("DAY")
    b = found.number_of("NTH2") if nth else found.number("DAY2")
    if a >= b:
        return None
    first, last = _day(found, found.number("MONTH"), a), _day(found, found.number("MONTH"), b)
    if first is None or last is None:
        return None
    apart = "AND" in found and "BETWEEN" not in found and b > a + 1
    return Each((first, last)) if apart else Range(first, last)


@pattern(
    "DAY COMMA DAY COMMA? AND DAY MONTH POINT? (COMMA? year)?",
    "DAY COMMA DAY COMMA DAY COMMA? AND DAY MONTH POINT? (COMMA? year)?",
    "MONTH POINT? DAY COMMA DAY COMMA? AND DAY (COMMA? year)?",
    "MONTH POINT? DAY COMMA DAY COMMA DAY COMMA? AND DAY (COMMA? year)?",
)
def listed_days(found: Found) -> Meaning | None:
    """On 4, 5 and 9 November; November 18, 19 and 25."""
    names = [n for n in ("DAY", "DAY2", "DAY3", "DAY4") if n in found]
    numbers_ = [found.number(n) for n in names]
    days = [_day(found, found.number("MONTH"), n) for n in numbers_]
    if numbers_ != sorted(set(numbers_)) or any(d is None for d in days):
        return None
    return Each(tuple(d for d in days if d is not None))


@pattern("WEEKDAY POINT? COMMA? THE NTH")
def weekday_nth(found: Found) -> Meaning | None:
    """Friday the 25th."""
    number = found.number_of("NTH")
    return Named("nth", (number,), weekday=_weekday(found)) if 1 <= number <= 31 else None


@pattern(
    "MONTH POINT? (COMMA|OF|HYPHEN|SLASH|IN)? year",
    "year HYPHEN MONTH",
)
def month_of_year(found: Found) -> Meaning | None:
    year = numbers.year(found)
    return Known(periods.month(year, found.number("MONTH"))) if year else None


@pattern("(FROM|BETWEEN)? MONTH POINT? (HYPHEN|SLASH|TO|UNTIL|AND) MONTH POINT? (COMMA|OF)? year")
def months_of_year(found: Found) -> Meaning | None:
    year, a, b = numbers.year(found), found.number("MONTH"), found.number("MONTH2")
    listed = "AND" in found and "BETWEEN" not in found
    if year is None or a >= b or (listed and b != a + 1):
        return None
    return Range(Known(periods.month(year, a)), Known(periods.month(year, b)))


@pattern("MONTH POINT? COMMA? OF? relyear")
def month_of_related_year(found: Found) -> Meaning | None:
    year = numbers.related_year(found)
    return Named("month", (found.number("MONTH"),), year) if year else None


@pattern("THAT MONTH POINT?")
def that_month(found: Found) -> Meaning | None:
    """That October: of the year that the text tells of; not "said that October was wet"."""
    words, at = found.words, found.first - 1
    begins = at < 0 or words.kinds[at] == BREAK or ends_sentence(words, at)
    ends = words.word(found.last)[:1] in {",", ".", ";", ""}
    told = words.word(at).lower() in forms().reporting
    return Named("month", (found.number("MONTH"),)) if (begins or ends) and not told else None


@pattern("MONTH POINT?")
def bare_month(found: Found) -> Meaning | None:
    return Named("month", (found.number("MONTH"),))


@pattern("(LAST|NEXT) MONTH POINT? DAY", "THIS (LAST|NEXT) MONTH POINT? DAY")
def related_day(found: Found) -> Meaning | None:
    """Last 5 July; not "past 5 July", nor "this 5 July 2019"."""
    words, after = found.words, found.last
    after += words.word(after) == ","
    if words.kinds[after : after + 1] == lexicon().letters["YEAR"]:
        return None
    if words.word(found.first).lower() == "past":
        return None
    day = _day(found, found.number("MONTH"), found.number("DAY"))
    direction = numbers.direction(found)
    return replace(day, direction=direction) if isinstance(day, Named) and direction else None


@pattern("(LAST|NEXT|THIS) (LAST|NEXT)? MONTH POINT?")
def related_month(found: Found) -> Meaning | None:
    if found.words.kinds[found.last : found.last + 1] in _dated():
        return None  # in this 5 July 2019 photo, written July 5
    direction = numbers.direction(found)
    within = None if direction else Deictic("year", 0)
    return Named("month", (found.number("MONTH"),), within, direction)


# ---- digits ---------------------------------------------------------------------------------


def dates_in(text: str) -> tuple[int, int, int]:
    """The three numbers of 03/04/2020 as they stand, the year in full."""
    first, second, year = (int(x) for x in re.split(r"[-/.]", text))
    return first, second, year + (0 if year >= 100 else 1900 if year >= 40 else 2000)


@pattern("(THIS? WEEKDAY POINT? COMMA?)? NUMDATE")
def numeric(found: Found) -> Meaning | None:
    text = found.text("NUMDATE")
    a, b, c = dates_in(text)
    as_day, as_month = calendars.day(c, b, a), calendars.day(c, a, b)
    if not 1000 <= c <= 2199:
        return None
    if as_day and as_month and as_day != as_month:
        weekday = _weekday(found)
        if weekday:
            fits = [d for d in (as_day, as_month) if d.isoweekday() == weekday]
            if len(fits) == 1:
                return Known(periods.day(fits[0]))
        # Full stops are written by those who put the day first.
        return Known(periods.day(as_day)) if "." in text else Ambiguous(c, a, b)
    d = as_day or as_month
    return Known(periods.day(d)) if d else None


@pattern("(THIS? WEEKDAY POINT? COMMA?)? ISODATE")
def iso_day(found: Found) -> Meaning | None:
    y, m, d = (int(x) for x in re.split(r"[-/.]", found.text("ISODATE")))
    day = calendars.day(y, m, d)
    return Known(periods.day(day)) if day else None


@pattern("STAMP")
def stamp(found: Found) -> Meaning | None:
    text = found.text("STAMP")
    day, time = calendars.day(*map(int, text[:10].split("-"))), text[11:]
    zone = re.search(r"Z$|[+-][\d:]+$", time)
    if day is None or int(time[:2]) > 23 or int(time[3:5]) > 59:
        return None
    return Clock(f"T{time[:5]}", Known(periods.day(day)), zone[0] if zone else "")


@pattern("ISOWEEK")
def iso_week(found: Found) -> Meaning | None:
    year, number = re.split("-?W", found.text("ISOWEEK"))
    week = periods.week(int(year), int(number))
    return Known(week) if week else None


@pattern("UNIT DAY (COMMA|OF|IN)? year", "UNIT DAY (COMMA|OF|IN)? relyear")
def numbered_week(found: Found) -> Meaning | None:
    if found.value("UNIT") != "week":
        return None
    year = numbers.year(found) if "year" in found else None
    week = periods.week(year, found.number("DAY")) if year else None
    return Known(week) if week else None
