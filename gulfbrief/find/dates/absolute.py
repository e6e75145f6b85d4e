"""Readers of dates that name their place in the calendar: days, months, quarters, years."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from . import calendars, numbers, periods
from .meanings import (
    Ambiguous,
    Both,
    Clock,
    Deictic,
    Fiscal,
    Known,
    Meaning,
    Named,
    NthOf,
    OtherYear,
    Range,
    Since,
    Start,
)
from .patterns import Found, pattern
from .words import BREAK


def related_year(found: Found) -> Deictic | None:
    """The year of a ``relyear`` group (last year, the following year), null for another unit."""
    tokens = found.tokens("relyear")
    words = found.words
    unit = words.values[tokens[-1]]
    if unit != "year":
        return None
    word = tokens[-2]
    n = words.values[word]
    deictic = words.word(word).lower() in {"this", "last", "past", "next", "coming", "upcoming",
                                           "current"}  # fmt: skip
    return Deictic("year", int(n or 0), "published" if deictic else "text")


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
    within = related_year(found) if "relyear" in found else None
    if "relyear" in found and within is None:
        return None
    return Named("day", (month, number), within, weekday=_weekday(found))


_WEEKDAY = "(THIS? NEXT? WEEKDAY POINT? COMMA?)?"


@pattern(
    f"{_WEEKDAY} MONTH POINT? DAY (COMMA? year)?",
    f"{_WEEKDAY} MONTH POINT? DAY COMMA? relyear",
)
def month_day(found: Found) -> Meaning | None:
    return _day(found, found.number("MONTH"), found.number("DAY"))


@pattern(f"{_WEEKDAY} MONTH POINT? THE? nth (COMMA? year)?")
def month_nth(found: Found) -> Meaning | None:
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
    if words.word(found.first - 1).lower() != "on" or not alone or not 1 <= number <= 31:
        return None
    return Named("nth", (number,))


@pattern("EVENTDAY")
def event_day(found: Found) -> Meaning | None:
    return Known(periods.day(date.fromisoformat(found.text("EVENTDAY"))))


@pattern("HOLIDAY year?", "HOLIDAY EVE year?", "NEW UNIT APOS S (EVE|UNIT)")
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


@pattern(
    "THE? (nth|LAST) (UNIT|WEEKDAY) (OF|IN) MONTH POINT? (COMMA? year)?",
    "THE? (nth|LAST) (UNIT|WEEKDAY) (OF|IN) year",
)
def nth_of(found: Found) -> Meaning | None:
    """The first Monday of May, the last week of June 2020, the first day of 2021."""
    n = numbers.ordinal(found) if "nth" in found else found.number("LAST")
    year = numbers.year(found) if "year" in found else None
    if "MONTH" in found:
        month = found.number("MONTH")
        within: Meaning = Known(periods.month(year, month)) if year else Named("month", (month,))
    elif year:
        within = Known(periods.year(year))
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
    return Both(first, last) if apart else Range(first, last)


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
    year = related_year(found)
    return Named("month", (found.number("MONTH"),), year) if year else None


@pattern("MONTH POINT?")
def bare_month(found: Found) -> Meaning | None:
    return Named("month", (found.number("MONTH"),))


@pattern("(LAST|NEXT|THIS) (LAST|NEXT)? MONTH POINT?")
def related_month(found: Found) -> Meaning | None:
    direction = _direction(found)
    within = None if direction else Deictic("year", 0)
    return Named("month", (found.number("MONTH"),), within, direction)


def _direction(found: Found) -> int:
    return 1 if "NEXT" in found or "NEXT2" in found else -1 if "LAST" in found else 0


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


# ---- years and what they are made of ---------------------------------------------------------


@pattern("YEAR", "SHORTYEAR")
def bare_year(found: Found) -> Meaning | None:
    if "YEAR" in found:
        return Known(periods.year(found.number("YEAR")))
    year = int(found.text("SHORTYEAR")[1:])
    return Known(periods.year(year + (1900 if year >= 40 else 2000)))


@pattern("yearwords")
def spelled_year(found: Found) -> Meaning | None:
    year = numbers.year(found, "yearwords")
    return Known(periods.year(year)) if year else None


@pattern("THE? UNIT year")
def the_year(found: Found) -> Meaning | None:
    year = numbers.year(found)
    return Known(periods.year(year)) if year and found.value("UNIT") == "year" else None


@pattern("THE YEAR (UNIT|PERIOD)")
def year_period(found: Found) -> Meaning | None:
    """The 1988 quarter: the quarter that the text is about, in that year."""
    if "UNIT" in found and found.value("UNIT") != "quarter":
        return None
    return Named("quarter", ("same",), Known(periods.year(found.number("YEAR"))))


@pattern("year (AND ONWARD|OR LATER|ONWARD)")
def year_onward(found: Found) -> Meaning | None:
    year = numbers.year(found)
    return Since(Known(periods.year(year)), 1) if year else None


@pattern("YEARS")
def years(found: Found) -> Meaning | None:
    first_text, last_text = re.split("[-–/]", found.text("YEARS"))
    first = int(first_text)
    last = int(last_text) if len(last_text) == 4 else first // 100 * 100 + int(last_text)
    if len(last_text) == 2 and last == first // 100 * 100 and first % 100 == 99:
        last += 100
    if last <= first:
        month = int(last_text)
        if "-" in found.text("YEARS") and len(last_text) == 2 and 1 <= month <= 12:
            return Known(periods.month(first, month))
        return None
    return Range(Known(periods.year(first)), Known(periods.year(last)))


@pattern("THE? DECADE", "THE DECADEWORD", "MID HYPHEN DECADEWORD")
def decade(found: Found) -> Meaning | None:
    if "DECADEWORD" in found:
        return Known(periods.decade(found.number("DECADEWORD")))
    text = re.sub(r"\D", "", found.text("DECADE"))
    start = int(text)
    if len(text) == 2:
        if not ("THE" in found or found.text("DECADE")[0] in "'‘’") or start == 0:
            return None
        start += 2000 if start == 20 else 1900
    return Known(periods.decade(start))


@pattern("THE? nth UNIT", "nth HYPHEN UNIT")
def nth_unit(found: Found) -> Meaning | None:
    """The 20th century, the third quarter, the second half (of nothing told)."""
    unit, number = found.value("UNIT"), numbers.ordinal(found)
    if unit == "century" and 1 <= number <= 30:
        return Known(periods.century(number))
    if unit == "quarter" and 1 <= number <= 4:
        return Named("quarter", (number,))
    return None


@pattern(
    "THE? FISCAL HYPHEN? nth UNIT",
    "FISCAL HYPHEN? nth HYPHEN UNIT",
    "THE? nth FISCAL UNIT",
    "THE? FISCAL YEAR nth HYPHEN? UNIT",
    "THE? nth HYPHEN? UNIT OF FISCAL UNIT? YEAR",
)
def fiscal_quarter(found: Found) -> Meaning | None:
    if found.value("UNIT") != "quarter":
        return None
    year = found.number("YEAR") if "YEAR" in found else None
    number = numbers.ordinal(found)
    return Fiscal(year, quarter=number) if 1 <= number <= 4 else None


@pattern(
    "THE? nth HYPHEN? UNIT COMMA? (OF|IN)? year",
    "THE? nth HYPHEN? UNIT COMMA? (OF|IN)? relyear",
    "THE? year nth HYPHEN? UNIT",
    "THE? relyear APOS S nth HYPHEN? UNIT",
    "THE? nth UNIT OF THE UNIT",
)
def unit_of_year(found: Found) -> Meaning | None:
    unit, number = found.value("UNIT"), numbers.ordinal(found)
    if (unit == "half" and number <= 2) or (unit == "quarter" and number <= 4):
        within = _within(found)
        return Named(unit, (number,), within) if within else None  # type: ignore[arg-type]
    if unit == "week" and "year" in found:
        year = numbers.year(found)
        week = periods.week(year, number) if year else None
        return Known(week) if week else None
    return None


def _within(found: Found) -> Meaning | None:
    """The year that a match names: by number, by relation, or as "the year"."""
    if "year" in found:
        year = numbers.year(found)
        return Known(periods.year(year)) if year else None
    if "relyear" in found:
        return related_year(found)
    if "UNIT2" in found:
        return Deictic("year", 0) if found.value("UNIT2") == "year" else None
    return None


@pattern(
    "THE? (nth|LAST) HALF OF year",
    "THE? (nth|LAST) HALF OF relyear",
    "THE? (nth|LAST) HALF OF THE UNIT",
    "THE? year (nth|LAST) HALF",
    "(nth|LAST) HYPHEN? HALF year",
    "THE? relyear APOS S (nth|LAST) HALF",
)
def half_of_year(found: Found) -> Meaning | None:
    number = numbers.ordinal(found) if "nth" in found else 2
    if not 1 <= number <= 2:
        return None
    if "UNIT" in found:
        within: Meaning | None = Deictic("year", 0) if found.value("UNIT") == "year" else None
    else:
        within = _within(found)
    return Named("half", (number,), within) if within else None


@pattern(
    "QUARTERQ",
    "QUARTERQ (OF|HYPHEN|COMMA|SLASH)? year",
    "QUARTERQ (OF|IN)? relyear",
    "year (HYPHEN|SLASH)? QUARTERQ",
    "HALFH (OF|HYPHEN|COMMA|SLASH)? year",
    "HALFH (OF|IN)? relyear",
    "year (HYPHEN|SLASH)? HALFH",
)
def short_quarter(found: Found) -> Meaning | None:
    quarter = "QUARTERQ" in found
    number = int(re.sub(r"\D", "", found.text("QUARTERQ" if quarter else "HALFH")))
    within = _within(found) if "year" in found or "relyear" in found else None
    if within is None and ("year" in found or "relyear" in found):
        return None
    return Named("quarter" if quarter else "half", (number,), within)


@pattern(
    "THE? nth count UNITS OF year",
    "THE? nth count UNITS OF relyear",
    "THE? nth count UNITS OF THE? UNIT",
    "THE? nth count UNITS",
)
def first_units(found: Found) -> Meaning | None:
    """The first nine months (of 2020)."""
    unit = found.text("UNITS")
    n = numbers.count(found.words, found.tokens("count"))
    if n is None or numbers.ordinal(found) != 1 or unit not in {"month", "quarter"}:
        return None
    if "UNIT" in found:
        within: Meaning | None = Deictic("year", 0) if found.value("UNIT") == "year" else None
    else:
        within = _within(found)
    return Start(int(n), unit, numbers.duration(n, unit), within)


# ---- seasons ---------------------------------------------------------------------------------


@pattern("(THE|THIS)? SEASON (OF|COMMA)? (year|YEARS)")
def season_of_year(found: Found) -> Meaning | None:
    code = found.text("SEASON")
    if "YEARS" in found:
        first, last = re.split("[-–/]", found.text("YEARS"))
        if code != "WI" or int(last[-2:]) != (int(first) + 1) % 100:
            return None
        return Known(periods.season(int(first), code))
    year = numbers.year(found)
    return Known(periods.season(year, code)) if year else None


@pattern("SEASON (OF)? relyear")
def season_of_related_year(found: Found) -> Meaning | None:
    year = related_year(found)
    return Named("season", (found.text("SEASON"),), year) if year else None


@pattern("(LAST|NEXT|THIS) (LAST|NEXT)? SEASON")
def related_season(found: Found) -> Meaning | None:
    return Named("season", (found.text("SEASON"),), direction=_direction(found) or 2)


@pattern("THE SEASON", "SEASON")
def bare_season(found: Found) -> Meaning | None:
    words = found.words
    if "THE" not in found and (
        words.word(found.first - 1).lower() not in {"in", "by", "since", "until", "during"}
        or words.word(found.first).lower() == "fall"
    ):
        return None
    return Named("season", (found.text("SEASON"),))


# ---- business years ---------------------------------------------------------------------------


@pattern("THE? FISCAL UNIT? YEAR", "FY", "FY YEAR")
def fiscal_year(found: Found) -> Meaning | None:
    if "FISCAL" in found:
        if "UNIT" in found and found.value("UNIT") != "year":
            return None
        return Fiscal(found.number("YEAR"))
    digits = re.sub(r"\D", "", found.text("FY"))
    return Fiscal(int(digits) if len(digits) == 4 else 2000 + int(digits))


@pattern("THE? (LAST|NEXT|THIS|FOLLOWING) FISCAL UNIT", "THE FISCAL UNIT")
def related_fiscal_year(found: Found) -> Meaning | None:
    if found.value("UNIT") != "year":
        return None
    word = next((n for n in ("LAST", "NEXT", "THIS", "FOLLOWING") if n in found), None)
    return Fiscal(None, found.number(word) if word else 0)


# ---- other calendars ---------------------------------------------------------------------------


@pattern(
    "THE? CALENDAR (CALENDARWORD|HYPHEN)? UNIT? year",
    "THE? CALENDAR FISCAL UNIT year",
    "THE? THIS? CALENDAR CALENDARWORD? UNIT? LPAREN year RPAREN",
)
def year_of_calendar(found: Found) -> Meaning | None:
    if "UNIT" in found and found.value("UNIT") != "year":
        return None
    if "UNIT" not in found and "CALENDARWORD" not in found:
        return None
    year = numbers.year(found)
    if year and year > 1600:
        return None
    return _other_year(found.text("CALENDAR"), year) if year else None


@pattern("(YEAR|DIGITS|DAY) DOT? ERA", "ERA (YEAR|DIGITS|DAY)")
def year_of_era(found: Found) -> Meaning | None:
    name = next(n for n in ("YEAR", "DIGITS", "DAY") if n in found)
    return _other_year(found.text("ERA"), found.number(name))


def _other_year(calendar: str, year: int) -> Meaning | None:
    if calendar == "AD":
        return Known(periods.year(year)) if 1 <= year <= 9999 else None
    if calendar in {"SH", "AH"}:
        return OtherYear(calendar, year) if other_year(calendar, year) else None
    return None


def other_year(calendar: str, year: int) -> periods.Period | None:
    """The Gregorian days of an Iranian (SH) or Islamic (AH) year."""
    convert = calendars.iranian_day if calendar == "SH" else calendars.islamic_day
    return _between(calendar, convert(year, 1, 1), convert(year + 1, 1, 1))


def other_period(calendar: str, year: int, month: int, day: int) -> periods.Period | None:
    """A day of an Iranian (SH) or Islamic (AH) month, or with ``day`` 0 the month."""
    convert = calendars.iranian_day if calendar == "SH" else calendars.islamic_day
    if day:
        d = convert(year, month, day)
        return _as_known(calendar, periods.day(d)) if d else None
    after = convert(year, month + 1, 1) if month < 12 else convert(year + 1, 1, 1)
    return _between(calendar, convert(year, month, 1), after)


def _between(calendar: str, first: date | None, after: date | None) -> periods.Period | None:
    if first is None or after is None:
        return None
    last = date.fromordinal(after.toordinal() - 1)
    return _as_known(calendar, periods.days(first, last))


def _as_known(calendar: str, period: periods.Period) -> periods.Period:
    """A reckoned Islamic date is known about: the moon may move it by a day."""
    return periods.approximate(period) if calendar == "AH" else period


@pattern("FEAST", "FEAST YEAR", "DAY FEAST", "DAY FEAST COMMA? YEAR")
def feast(found: Found) -> Meaning | None:
    """Nowruz, Ashura, Ramadan: in the year told (of either calendar), or the nearest."""
    word = found.words.word(found.tokens("FEAST")[0])
    calendar, month, day = found.text("FEAST").split("-")
    number = found.number("DAY") if "DAY" in found else int(day)
    if not word[0].isupper() or ("DAY" in found and int(day)):
        return None
    near = Named("feast", (calendar, int(month), number))
    if "YEAR" not in found:
        return near
    year = found.number("YEAR")
    if year > 1600:
        return replace(near, within=Known(periods.year(year)))
    period = other_period(calendar, year, int(month), number)
    return Known(period) if period else None


@pattern("DAY IRANIAN")
def day_of_iranian_month(found: Found) -> Meaning | None:
    return Named("feast", ("SH", found.number("IRANIAN"), found.number("DAY")))


@pattern("DAY? IRANIAN COMMA? YEAR", "DAY? ISLAMIC COMMA? YEAR", "IRANIAN DAY COMMA? YEAR")
def day_of_other_calendar(found: Found) -> Meaning | None:
    calendar = "SH" if "IRANIAN" in found else "AH"
    year, month = found.number("YEAR"), found.number("IRANIAN" if calendar == "SH" else "ISLAMIC")
    day = found.number("DAY") if "DAY" in found else 0
    period = other_period(calendar, year, month, day)
    return Known(period) if period else None
