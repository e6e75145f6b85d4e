"""Readers of Iranian and Islamic years, months, days and feasts."""

from __future__ import annotations

from dataclasses import replace

from . import numbers, periods
from .meanings import Known, Meaning, Named, OtherYear
from .patterns import Found, pattern


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
        return OtherYear(calendar, year) if periods.other_year(calendar, year) else None
    return None


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
    period = periods.other_period(calendar, year, int(month), number)
    return Known(period) if period else None


@pattern("DAY IRANIAN")
def day_of_iranian_month(found: Found) -> Meaning | None:
    return Named("feast", ("SH", found.number("IRANIAN"), found.number("DAY")))


@pattern("DAY? IRANIAN COMMA? YEAR", "DAY? ISLAMIC COMMA? YEAR", "IRANIAN DAY COMMA? YEAR")
def day_of_other_calendar(found: Found) -> Meaning | None:
    calendar = "SH" if "IRANIAN" in found else "AH"
    year, month = found.number("YEAR"), found.number("IRANIAN" if calendar == "SH" else "ISLAMIC")
    day = found.number("DAY") if "DAY" in found else 0
    period = periods.other_period(calendar, year, month, day)
    return Known(period) if period else None
