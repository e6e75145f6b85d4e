"""Readers of durations and of sets: three weeks, two-year, every Thursday."""

from __future__ import annotations

import re

from . import numbers
from .meanings import Clock, Deictic, Length, Meaning, Repeat
from .patterns import Found, pattern

_SET = {"day": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "quarter": "P1Q",
        "year": "P1Y", "hour": "PT1H", "minute": "PT1M", "weekend": "XXXX-WXX-WE",
        "decade": "P10Y"}  # fmt: skip


@pattern(
    "count MORE? UNITS",
    "A UNIT",
    "number HYPHEN? UNIT",
    "VAGUE HYPHEN UNIT",
    "A? number HYPHEN UNIT PERIOD",
    "HALF HYPHEN? A? UNIT",
    "count UNITS OR SO",
    "THE nth? count UNITS",
    "THE FOLLOWING count UNITS",
    "THE UNIT HYPHEN (AGO|EARLIER) number UNITS",
)
def length(found: Found) -> Meaning | None:
    unit = found.text("UNITS" if "UNITS" in found else "UNIT")
    name = next((n for n in ("count", "number") if n in found), None)
    n = numbers.count(found.words, found.tokens(name)) if name else 1.0
    if "VAGUE" in found:
        n = None
    if "HALF" in found:
        n = 0.5
    if unit == "quarter" and n is None and found.words.word(found.first).lower() == "some":
        return None  # in some quarters
    if unit == "weekend" or ("FOLLOWING" in found and found.value("FOLLOWING") != 0):
        return None
    return Length(numbers.duration(n, unit))


@pattern("count (TO|OR|HYPHEN) number UNITS")
def length_between(found: Found) -> Meaning | None:
    n = numbers.count(found.words, found.tokens("count"))
    unit = found.text("UNITS")
    return Length(numbers.duration(n, unit)) if n is not None else None


@pattern("A UNIT AND A HALF")
def and_a_half(found: Found) -> Meaning | None:
    return Length(numbers.duration(1.5, found.text("UNIT")))


@pattern("UNITS", "UNITS (OR|AND) UNITS")
def many(found: Found) -> Meaning | None:
    """For years, over weeks and months: a length not told, where a word says that it is one."""
    words, i = found.words, found.first - 1
    before = words.word(i).lower()
    if before not in {"for", "within", "over", "lasted", "after", "took", "takes", "in"}:
        return None
    return Length(numbers.duration(None, found.text("UNITS")))


@pattern("EACH UNIT", "EACH number UNITS", "EACH nth UNIT")
def every_unit(found: Found) -> Meaning | None:
    if "number" in found:
        n = numbers.count(found.words, found.tokens("number"))
        return Repeat(numbers.duration(n, found.text("UNITS")))
    unit = found.text("UNIT")
    if "nth" in found:
        return Repeat(numbers.duration(numbers.ordinal(found), unit))
    return Repeat(_SET[unit]) if unit in _SET else None


@pattern("TWICE A UNIT", "number TIMES A UNIT", "TWICE EACH UNIT", "number TIMES EACH UNIT")
def times_a_unit(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    return Repeat(_SET[unit]) if unit in _SET else None


@pattern("EACH WEEKDAY", "WEEKDAYS", "EACH WEEKDAY (PART|UNIT)", "WEEKDAY UNITS")
def every_weekday(found: Found) -> Meaning | None:
    plural = "WEEKDAYS" in found
    value = f"XXXX-WXX-{found.number('WEEKDAYS' if plural else 'WEEKDAY')}"
    if "PART" in found:
        return Repeat(f"{value}T{found.text('PART')}")
    name = next((n for n in ("UNIT", "UNITS") if n in found), None)
    unit = found.text(name) if name else None
    if unit is not None and unit != "night":
        return None
    return Repeat(value + ("TNI" if unit else ""))


@pattern("EACH MONTH", "EACH SEASON", "EACH PART")
def every_name(found: Found) -> Meaning | None:
    if "MONTH" in found:
        return Repeat(f"XXXX-{found.number('MONTH'):02}")
    if "SEASON" in found:
        return Repeat(f"XXXX-{found.text('SEASON')}")
    return Repeat(f"XXXX-XX-XXT{found.text('PART')}")


@pattern("SET")
def by_word(found: Found) -> Meaning | None:
    return Repeat(found.text("SET"))


# ---- times of the day ---------------------------------------------------------------------------


def _zone(found: Found) -> str:
    """The zone of a time, with what is added to it: GMT+0430."""
    if "ZONE" not in found:
        return ""
    words = found.words
    end = words.ends[found.tokens("ZONE")[0]]
    added = re.match(r"([+-])(\d\d?):?(\d\d)?(?!\d)", words.text[end : end + 7])
    if added and found.value("ZONE") == "Z":
        return f"{added[1]}{int(added[2]):02}:{added[3] or '00'}"
    return found.text("ZONE")


@pattern("CLOCK DOT? ZONE?", "CLOCK LPAREN ZONE RPAREN")
def clock(found: Found) -> Meaning | None:
    text = found.text("CLOCK").lower()
    digits = [int(x) for x in "".join(c if c.isdecimal() else " " for c in text).split()]
    hour, minute = digits[0], digits[1] if len(digits) > 1 else 0
    if "p" in text or "a" in text:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "p" in text else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(f"T{hour:02}:{minute:02}", zone=_zone(found))


@pattern("(NUM|DAY) O APOS OCLOCK")
def oclock(found: Found) -> Meaning | None:
    hour = found.number("NUM" if "NUM" in found else "DAY")
    return Clock(f"T{hour:02}:00") if 1 <= hour <= 12 else None


@pattern("FRACTION ZONE")
def dotted_clock(found: Found) -> Meaning | None:
    """14.30 GMT."""
    hour, _, minute = found.text("FRACTION").partition(".")
    if len(minute) != 2 or not hour.isdecimal() or int(hour) > 23 or int(minute) > 59:
        return None
    return Clock(f"T{int(hour):02}:{minute}", zone=found.text("ZONE"))


@pattern("(YEAR|DIGITS) ZONE")
def four_digit_clock(found: Found) -> Meaning | None:
    digits = found.words.word(found.first)
    if len(digits) != 4 or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return None
    return Clock(f"T{digits[:2]}:{digits[2:]}", zone=found.text("ZONE"))


@pattern(
    "THE? (EARLY|MID|LATE)? HYPHEN? PART",
    "(THIS|LAST) PART",
    "THIS (LATE|EARLY)? PART",
)
def part_of_day(found: Found) -> Meaning | None:
    """This morning; the afternoon only where a day stands beside it (joined later)."""
    value = "T" + found.text("PART")
    for name in ("THIS", "LAST"):
        if name in found:
            return Clock(value, Deictic("day", found.number(name)))
    return Clock(value)


_NEGATED = frozenset("not t never".split())


@pattern("TONIGHT")
def tonight(found: Found) -> Meaning | None:
    if found.words.word(found.first).lower() == "tonight":
        return Clock("TNI", Deictic("day", 0))
    if not _NEGATED.isdisjoint(found.words.lower[max(0, found.first - 5) : found.first]):
        return None  # peace won't come overnight
    return Clock("TNI", Deictic("day", -1))  # overnight: the night before the report


@pattern("CLOCKWORD", "CLOCKWORD ZONE")
def clock_word(found: Found) -> Meaning | None:
    zone = found.text("ZONE") if "ZONE" in found else ""
    return Clock("T" + found.text("CLOCKWORD"), zone=zone)
