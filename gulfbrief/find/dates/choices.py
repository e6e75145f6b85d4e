"""The periods that a name without its year may stand for, and how far each is from a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from . import calendars, periods
from .meanings import Named
from .periods import Period

# In days: how much farther a choice is that goes against the tense, by how sure the tense is, and
# for a quarter that is over; how recent a day that is not of the year of a tale before it.
_AGAINST = (0, 200, 320, 1000)
_QUARTER_AGAINST = 60
RECENT = 45


@lru_cache(maxsize=1 << 12)
def candidates(meaning: Named, today: date) -> tuple[Period, ...]:
    """The nearest periods of a name around a day, in order."""
    unit, key = meaning.unit, meaning.key
    if unit == "weekday":
        if len(key) == 2:
            weeks = (periods.moved(today, n, "week") for n in (-1, 0, 1))
            found = [periods.containing(d, "weekend") for d in weeks if d]
            return tuple(p for p in found if p)
        back = (today.isoweekday() - int(key[0])) % 7
        days = [today - timedelta(back + 7 * (back == 0)), today - timedelta(back)]
        days.append(days[1] + timedelta(7))
        return tuple(periods.day(d) for d in dict.fromkeys(days))
    if unit == "nth":
        months = (periods.moved(today.replace(day=1), n, "month") for n in (-1, 0, 1))
        found_days = [calendars.day(d.year, d.month, int(key[0])) for d in months if d]
        named_ = [d for d in found_days if d and meaning.weekday in (None, d.isoweekday())]
        return tuple(periods.day(d) for d in named_)
    if unit == "feast":
        found = [p for y in (-1, 0, 1) for p in _feasts(meaning, today.year + y)]
        return tuple(dict.fromkeys(p for p in found if p))
    years = range(max(1, today.year - 2), min(9999, today.year + 2))
    found = [in_year(meaning, y) for y in years]
    if unit == "day" and meaning.weekday:
        fits = [p for p in found if p and p.first and p.first.isoweekday() == meaning.weekday]
        found = list(fits) or found
    return tuple(p for p in found if p)


def _feasts(meaning: Named, year: int) -> list[Period]:
    """A feast or day of another calendar, in the years of it that meet a Gregorian year."""
    calendar, month, number = str(meaning.key[0]), int(meaning.key[1]), int(meaning.key[2])
    near = year - 621 if calendar == "SH" else (year - 622) * 33 // 32
    found = (periods.other_period(calendar, near + n, month, number) for n in (-1, 0, 1, 2))
    return [p for p in found if p]


def in_year(meaning: Named, year: int) -> Period | None:
    """A name's period in one year."""
    unit, key = meaning.unit, meaning.key
    if unit == "month":
        return periods.month(year, int(key[0]))
    if unit == "day":
        d = calendars.day(year, int(key[0]), int(key[1]))
        return periods.day(d) if d else None
    if unit == "quarter":
        return periods.quarter(year, int(key[0]))
    if unit == "half":
        return periods.half(year, int(key[0]))
    if unit == "season":
        return periods.season(year, str(key[0]))
    if unit == "feast":
        return next((p for p in _feasts(meaning, year) if p.first and p.first.year == year), None)
    return None


def cost(period: Period, today: date, tense: int) -> int:
    """How far a choice is from a day, in days; one against the tense is as much farther as the
    verb is sure."""
    assert period.first is not None
    assert period.last is not None
    if period.first <= today <= period.last:
        return 0
    away = (period.first - today).days if period.first > today else (period.last - today).days
    if away * tense >= 0:
        return abs(away)
    if period.unit == "quarter" and tense > 0:  # a report to come is of a quarter that is over
        return abs(away) + _QUARTER_AGAINST
    if period.unit == "season":  # seldom told without its year, unless it is near
        tense = min(abs(tense), 1)
    return abs(away) + _AGAINST[abs(tense)]


def unknown_value(meaning: Named) -> str:
    """The TIMEX3 value of a name whose year is not known."""
    unit, key = meaning.unit, meaning.key
    if unit == "month":
        return f"XXXX-{int(key[0]):02}"
    if unit == "day":
        return f"XXXX-{int(key[0]):02}-{int(key[1]):02}"
    if unit == "weekday":
        return "XXXX-WXX-WE" if len(key) == 2 else f"XXXX-WXX-{key[0]}"
    if unit == "nth":
        return f"XXXX-XX-{int(key[0]):02}"
    if unit == "feast":
        return "XXXX-XX-XX" if key[2] else "XXXX-XX"
    prefix = {"quarter": "Q", "half": "H"}.get(unit, "")
    return f"XXXX-{prefix}{key[0]}"
