"""Calendars: lengths of months, ISO weeks, and the Iranian and Islamic years in Gregorian days."""

from __future__ import annotations

from datetime import date, timedelta

_IRANIAN_BREAKS = (
    *(-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210),
    *(1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178),
)


def month_length(year: int, month: int) -> int:
    """The number of days of a Gregorian month."""
    return 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 28 + is_leap(year)


def is_leap(year: int) -> bool:
    """Whether a Gregorian year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def day(year: int, month: int, number: int) -> date | None:
    """A Gregorian day, null where there is none (30 February)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def monday(year: int, week: int) -> date | None:
    """The first day of an ISO week, null where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def iranian_new_year(year: int) -> tuple[date, bool]:
    """The first day of an Iranian (solar) year, and whether that year is a leap year.

    The arithmetic of K. M. Borkowski, "The Persian calendar for 3000 years" (1996), which agrees
    with the astronomical rule for the years -61 to 3177; raises ValueError outside them.
    """
    if not -61 <= year < 3178:
        raise ValueError(f"no Iranian year {year}")
    leaps, start = -14, _IRANIAN_BREAKS[0]
    for stop in _IRANIAN_BREAKS[1:]:
        jump = stop - start
        if year < stop:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = stop
    n = year - start
    leaps += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leaps += 1
    gregorian = year + 621
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    march = 20 + leaps - gregorian_leaps
    if jump - n < 6:
        n = n - jump + (jump + 4) // 33 * 33
    leap = ((n + 1) % 33 - 1) % 4
    return date(gregorian, 3, 1) + timedelta(march - 1), leap in (0, -1) and (n + 1) % 33 != 0


def iranian_day(year: int, month: int, number: int) -> date | None:
    """An Iranian day as a Gregorian one: six months of 31 days, five of 30, one of 29 or 30."""
    try:
        start, _ = iranian_new_year(year)
        after, _ = iranian_new_year(year + 1)
    except ValueError:
        return None
    if not 1 <= month <= 12 or not 1 <= number <= (31 if month <= 6 else 30):
        return None
    passed = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    found = start + timedelta(passed + number - 1)
    return found if found < after else None


def islamic_day(year: int, month: int, number: int) -> date | None:
    """A day of the Islamic (lunar) year as a Gregorian one, by the tabular calendar.

    Civil epoch (16 July 622, Julian), eleven leap years in a cycle of thirty. Sighting the moon may
    move a month by a day, so that what is computed is exact to about a day.
    """
    if not 1 <= month <= 12 or not 1 <= number <= 30 or not 1 <= year <= 9000:
        return None
    passed = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + number
    epoch = date(622, 7, 19).toordinal() - 1  # 16 July 622 (Julian) in the Gregorian count
    if number == 30 and month % 2 == 0 and (month < 12 or (14 + 11 * year) % 30 >= 11):
        return None
    return date.fromordinal(epoch + passed)
