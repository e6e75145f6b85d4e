"""Readers of dates that are counted from another day: yesterday, last week, two years ago."""

from __future__ import annotations

from functools import cache

from . import numbers
from .meanings import (
    Away,
    Clock,
    Comparison,
    Deictic,
    Length,
    Meaning,
    Named,
    Part,
    Ref,
    Stretch,
)
from .patterns import Found, pattern
from .tokens import lexicon
from .verbs import ends_sentence

_DATED = {"day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century",
          "millennium"}  # fmt: skip


# ---- days ------------------------------------------------------------------------------------


@pattern("DEICTIC")
def deictic(found: Found) -> Meaning | None:
    return Deictic("day", found.number("DEICTIC"))


@pattern("THE UNIT (BEFORE|AFTER) DEICTIC")
def beyond_deictic(found: Found) -> Meaning | None:
    n = found.number("DEICTIC")
    step = found.number("BEFORE" if "BEFORE" in found else "AFTER")
    if found.value("UNIT") != "day" or n * step <= 0:
        return None
    return Deictic("day", n + step)


@pattern("WEEKDAY POINT?")
def weekday(found: Found) -> Meaning | None:
    return Named("weekday", (found.number("WEEKDAY"),))


@pattern("(LAST|NEXT|THIS) (LAST|NEXT)? WEEKDAY", "WEEKDAY (LAST|NEXT)")
def related_weekday(found: Found) -> Meaning | None:
    key = (found.number("WEEKDAY"),)
    if "THIS" in found:
        if "LAST" in found or "LAST2" in found:
            return Named("weekday", key, direction=-1)
        if "NEXT" in found or "NEXT2" in found:
            return Named("weekday", key, direction=1)
        return Named("weekday", key, Deictic("week", 0))
    if "LAST" in found:
        return Named("weekday", key, direction=-1)
    if found.words.word(found.first).lower() != "next" and "NEXT" in found:
        return Named("weekday", key, direction=1)
    return Named("weekday", key, Deictic("week", 1))


@pattern("WEEKDAY UNIT")
def weekday_week(found: Found) -> Meaning | None:
    """Thursday week: seven days after the Thursday to come."""
    days = {"week": 7, "fortnight": 14}.get(found.text("UNIT"), 0)
    if not days or found.words.word(found.last)[:1].isalnum():
        return None
    weekday = Named("weekday", (found.number("WEEKDAY"),), direction=1)
    return Away(days, "day", 1, of=weekday)


@pattern("WEEKDAY (OF)? (LAST|NEXT|THIS) UNIT", "WEEKDAY (OF)? THE (FOLLOWING|NEXT|LAST) UNIT")
def weekday_of_week(found: Found) -> Meaning | None:
    if found.value("UNIT") != "week":
        return None
    name = next(n for n in ("LAST", "NEXT", "THIS", "FOLLOWING") if n in found)
    base = "text" if name == "FOLLOWING" else "published"
    week = Deictic("week", found.number(name), base)  # type: ignore[arg-type]
    return Named("weekday", (found.number("WEEKDAY"),), week)


@pattern("THE (FOLLOWING|NEXT) (WEEKDAY|MONTH|SEASON)")
def following_weekday(found: Found) -> Meaning | None:
    """The previous Friday, counted from the text."""
    name = "FOLLOWING" if "FOLLOWING" in found else "NEXT"
    direction = found.number(name)
    if direction == 0:
        return None
    if "SEASON" in found:
        season = (found.text("SEASON"),)
        return Named("season", season, Deictic("month", 0, "text"), direction)
    unit = "weekday" if "WEEKDAY" in found else "month"
    key = (found.number("WEEKDAY" if unit == "weekday" else "MONTH"),)
    anchor = Deictic("day" if unit == "weekday" else "month", 0, "text")
    return Named(unit, key, anchor, direction)  # type: ignore[arg-type]


# ---- units -----------------------------------------------------------------------------------


@pattern("THE? (LAST|NEXT|THIS) UNIT", "THE? THIS (LAST|NEXT) UNIT")
def related_unit(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    name = next(n for n in ("LAST", "NEXT", "THIS") if n in found)
    n = found.number(name)
    if unit == "night":
        return Clock("TNI", Deictic("day", n)) if n <= 0 and "THE" not in found else None
    if unit not in _DATED:
        return None
    definite = "THE" in found or found.words.word(found.first - 1).lower() == "the"
    if definite and name == "LAST" and (_goes_on(found) or _told_apart(found)):
        return None  # the last week of the campaign; the last year for which there are figures
    if unit == "weekend" and name == "THIS":
        return Named("weekday", (6, 7), direction=2)
    word = found.words.word(found.last - 2).lower()
    if "THE" in found and name != "THIS":
        if unit == "day" and n > 0:
            return Deictic("day", 1, "text")
        if word in {"past", "last", "next"} and unit != "day":
            if word == "next":
                return Deictic(unit, n)
            value = numbers.duration(1, unit)
            if unit in {"week", "month"} or word == "past":
                return Stretch(1, unit, n, value)
            return Deictic(unit, n)
    if unit == "day":
        return None
    return Deictic(unit, n)


@pattern("(THE|A) FOLLOWING (UNIT|PERIOD)")
def following_unit(found: Found) -> Meaning | None:
    n = found.number("FOLLOWING")
    word = found.words.word(found.last - 2).lower()
    if "PERIOD" in found:
        if word in {"latest", "comparable", "corresponding"}:
            return Named("quarter", ("same",)) if word == "latest" else Comparison("quarter")
        return None
    unit = found.text("UNIT")
    if word == "latest":
        if unit == "quarter":
            return Named("quarter", ("same",))
        return Deictic(unit, 0) if unit in _DATED and unit != "day" else None
    if unit not in _DATED:
        return None
    led = found.first > 0 and not ends_sentence(found.words, found.first - 1)
    if word == "same" and led and found.words.lower[found.last] in _CLAUSES:
        return None  # the same day that the king died
    return Deictic(unit, n, "text")


_CLAUSES = frozenset("that as the when he she it they his her".split())


@pattern("THAT FOLLOWING? UNIT")
def that_unit(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    if unit == "night":
        return Clock("TNI", Deictic("day", 0, "text"))
    return Deictic(unit, 0, "text") if unit in _DATED else None


@pattern("THE FULL UNIT")
def full_unit(found: Found) -> Meaning | None:
    return Deictic("year", 0) if found.value("UNIT") == "year" else None


@pattern("UNIT HYPHEN? EDGE", "UNIT APOS S EDGE", "THE UNIT APOS S EDGE")
def edge_of_unit(found: Found) -> Meaning | None:
    """Year-end, the week's end."""
    unit = found.text("UNIT")
    edge = found.words.word(found.last - 1).lower()
    if unit not in {"year", "month", "quarter"} or edge != "end":
        return None
    return Part(Deictic(unit, 0), "END")


@pattern("THE UNIT")
def the_unit(found: Found) -> Meaning | None:
    unit, after = found.text("UNIT"), found.words.kinds[found.last : found.last + 2]
    letters = lexicon().letters
    if after in (letters["HYPHEN"] + letters["AGO"], letters["HYPHEN"] + letters["EARLIER"]):
        return None  # the year-earlier loss
    of_month = letters["OF"] + letters["MONTH"]
    if after == of_month or (unit == "week" and after[:1] == letters["OF"]):
        return None  # the week of 5 July, the month of May: put together later
    if _told_apart(found) or _prize(found):
        return None  # the year that the bridge fell; Boatman of the Year
    if unit == "quarter":
        return Named("quarter", ("same",))
    if unit == "weekend":
        return Named("weekday", (6, 7))
    if unit in {"year", "week", "month"}:
        return Deictic(unit, 0, "text")
    return None


_TELLING_APART = frozenset("that when which where".split())


def _told_apart(found: Found) -> bool:
    """Whether what follows tells which one is meant, so that it is not counted from anything: the
    year that she came home, the week in which it snowed, the last year with a frost."""
    after, further = (found.words.word(found.last + n).lower() for n in (0, 1))
    if found.value("UNIT") == "weekend":
        return False  # she wrote over the weekend that it rained
    if after == "with" and "LAST" in found:
        return True
    if after in {"in", "for"}:
        return further in {"which", "whom"}
    return after in _TELLING_APART


def _prize(found: Found) -> bool:
    """Whether a title is told: the Boatman of the Year."""
    words, first = found.words, found.first
    named = words.word(first - 2)[:1].isupper() and words.word(first - 1) == "of"
    return named and words.word(found.last - 1).istitle()


@pattern("(EARLIER|LATER) (IN|ON)? THE? (LAST|NEXT|THIS) UNIT")
def earlier_this_unit(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    if unit not in _DATED:
        return None
    name = next(n for n in ("LAST", "NEXT", "THIS") if n in found)
    return Deictic(unit, found.number(name))


@pattern("EARLIER IN THE UNIT", "LATER IN THE UNIT")
def earlier_in_the_unit(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    return Deictic(unit, 0) if unit in {"week", "month", "year", "day"} else None


# ---- counted ---------------------------------------------------------------------------------


@pattern(
    "count (UNIT|UNITS) (OR SO)? AGO",
    "count (UNIT|UNITS) OR COUPLE AGO",
    "UNITS AGO",
    "count OR NUM UNITS AGO",
    "count (UNIT|UNITS) (OR SO)? FROM REF",
    "IN count UNITS APOS TIMEWORD",
    "IN A UNIT APOS S TIMEWORD",
)
def ago(found: Found) -> Meaning | None:
    unit = found.text("UNIT" if "UNIT" in found else "UNITS")
    n = numbers.count(found.words, found.tokens("count")) if "count" in found else None
    if "A" in found:
        n = 1.0
    if "REF" in found and found.value("REF") != "PRESENT_REF":
        return None
    if unit not in _DATED and unit not in {"hour", "minute", "night"}:
        return None
    sign = found.number("AGO") if "AGO" in found else 1
    return Away(n, unit, sign)


@pattern("count (UNIT|UNITS) FROM THIS? NEXT? WEEKDAY", "count (UNIT|UNITS) AFTER NEXT WEEKDAY")
def from_weekday(found: Found) -> Meaning | None:
    """A week from Thursday."""
    unit = found.text("UNIT" if "UNIT" in found else "UNITS")
    n = numbers.count(found.words, found.tokens("count"))
    if unit not in {"day", "week", "fortnight"} or n is None:
        return None
    days = n * {"day": 1, "week": 7, "fortnight": 14}[unit]
    weekday = Named("weekday", (found.number("WEEKDAY"),), direction=3)
    return Away(days, "day", 1, of=weekday)


@pattern("count (UNIT|UNITS) AGO THIS UNIT")
def ago_this(found: Found) -> Meaning | None:
    """Ten years ago this month: the month of that year."""
    n = numbers.count(found.words, found.tokens("count"))
    ago, unit = found.text("UNIT" if "UNIT" in found else "UNITS"), found.text("UNIT2")
    if n is None or ago not in {"year", "decade"} or unit not in {"week", "month"}:
        return None
    if found.number("AGO") > 0 or found.words.word(found.last - 2).lower() != "this":
        return None
    return Away(n, ago, -1, of=Deictic(unit, 0), exact=True)


@pattern("count (UNIT|UNITS) AGO (ON)? (THIS? WEEKDAY|DEICTIC)")
def ago_on(found: Found) -> Meaning | None:
    """A year ago on Tuesday: the day of that date; a week ago on Tuesday: that weekday."""
    unit = found.text("UNIT" if "UNIT" in found else "UNITS")
    n = numbers.count(found.words, found.tokens("count"))
    if n is None or unit not in {"week", "month", "year"} or found.number("AGO") > 0:
        return None
    if "DEICTIC" in found:
        of: Meaning = Deictic("day", found.number("DEICTIC"))
    else:
        of = Named("weekday", (found.number("WEEKDAY"),))
    if unit == "week":
        return Away(7 * n, "day", -1, of=of)
    return Away(n, unit, -1, of=of, exact=True)


@pattern("THIS UNIT (LAST UNIT)", "THE FOLLOWING UNIT (LAST UNIT)")
def this_day_last_year(found: Found) -> Meaning | None:
    """This day last year."""
    if (found.value("UNIT"), found.value("UNIT2")) != ("day", "year"):
        return None
    word = found.words.word(found.first + ("THE" in found)).lower()
    if word not in {"this", "same"}:
        return None
    base = "text" if word == "same" else "published"
    return Away(1, "year", -1, of=Deictic("day", 0, base), exact=True)  # type: ignore[arg-type]


@pattern("A UNIT OF A UNIT AGO?", "UNIT HYPHEN? UNIT AGO?")
def quarter_of(found: Found) -> Meaning | None:
    """A quarter of a century, a quarter-century ago."""
    if found.value("UNIT") != "quarter" or found.value("UNIT2") != "century":
        return None
    if "AGO" in found:
        return Away(25, "year", found.number("AGO"))
    return Length(numbers.duration(25, "year"))


@pattern("count (UNIT|UNITS) (EARLIER|LATER|BEFORE|AFTER)")
def earlier(found: Found) -> Meaning | None:
    unit = found.text("UNIT" if "UNIT" in found else "UNITS")
    n = numbers.count(found.words, found.tokens("count"))
    name = next(n for n in ("EARLIER", "LATER", "BEFORE", "AFTER") if n in found)
    if unit not in _DATED or not _stands_alone(found, name):
        return None
    sign = found.number(name)
    return Away(n, unit, sign, "text")


@pattern("UNITS (EARLIER|LATER)")
def days_later(found: Found) -> Meaning | None:
    unit = found.text("UNITS")
    sign = found.number("EARLIER" if "EARLIER" in found else "LATER")
    return Away(None, unit, sign, "text") if unit in _DATED else None


@pattern("THE UNIT BEFORE LAST", "THE SEASON BEFORE LAST")
def before_last(found: Found) -> Meaning | None:
    """The year before last, the summer before last."""
    if "SEASON" in found:
        return Named("season", (found.text("SEASON"),), Deictic("year", -2))
    unit = found.text("UNIT")
    return Deictic(unit, -2) if unit in _DATED and unit != "day" else None


@pattern("THAT SEASON")
def that_season(found: Found) -> Meaning | None:
    return Named("season", (found.text("SEASON"),), Deictic("year", 0, "text"))


@pattern("THE (FOLLOWING|NEXT) PART", "THE PART BEFORE", "THE UNIT BEFORE", "THAT PART")
def other_part_of_day(found: Found) -> Meaning | None:
    """The next morning, the night before, that evening."""
    if "UNIT" in found and found.value("UNIT") != "night":
        return None
    if "BEFORE" in found and not _stands_alone(found, "BEFORE"):
        return None
    name = next((n for n in ("FOLLOWING", "NEXT", "BEFORE", "THAT") if n in found), "THAT")
    part = found.text("PART") if "PART" in found else "NI"
    return Clock(f"T{part}", Deictic("day", found.number(name), "text"))


def _stands_alone(found: Found, name: str) -> bool:
    """Whether nothing follows "before" or "after" that the time is counted from, unless it is a
    date, which is joined later."""
    if name in {"EARLIER", "LATER"}:
        return True
    following = found.words.kinds[found.last : found.last + 1]
    return following in _dates() or not found.words.word(found.last)[:1].isalnum()


@cache
def _dates() -> frozenset[str]:
    """Kinds of words with which a date begins."""
    letters = lexicon().letters
    names = ("WEEKDAY", "MONTH", "DAY", "NTH", "YEAR", "NUMDATE", "ISODATE", "HOLIDAY", "FEAST")
    return frozenset(letters[name] for name in names)


@pattern("count UNITS ON")
def years_on(found: Found) -> Meaning | None:
    """Two years on, the trial has not begun."""
    words, unit = found.words, found.text("UNITS")
    n = numbers.count(words, found.tokens("count"))
    if unit not in {"year", "month", "week", "decade"} or words.word(found.last) not in {",", "."}:
        return None
    return Away(n, unit, 1, "text")


@pattern("THE UNIT (EARLIER|LATER|BEFORE|AFTER)")
def the_day_before(found: Found) -> Meaning | None:
    unit = found.text("UNIT")
    name = next(n for n in ("EARLIER", "LATER", "BEFORE", "AFTER") if n in found)
    if unit not in _DATED or not _stands_alone(found, name):
        return None
    sign = found.number(name)
    return Deictic(unit, sign, "text")


@pattern(
    "THE? (LAST|NEXT|FOLLOWING) count UNITS (OR SO)?",
    "(THIS|EACH OF THE) (LAST|NEXT) count UNITS (OR SO)?",
)
def stretch(found: Found) -> Meaning | None:
    name = next(n for n in ("LAST", "NEXT", "FOLLOWING") if n in found)
    sign = found.number(name)
    n = numbers.count(found.words, found.tokens("count"))
    unit = found.text("UNITS")
    if sign == 0:
        return None
    if _goes_on(found):
        return Length(numbers.duration(n, unit))  # the last two years of the war
    return Stretch(n, unit, sign, numbers.duration(n, unit))


def _goes_on(found: Found) -> bool:
    """Whether "of" follows: then it is not counted from now."""
    return found.words.kinds[found.last : found.last + 1] == lexicon().letters["OF"]


@pattern("THE? (RECENT|NEXT|FUTURE|LAST) UNITS (AND UNITS)?")
def recent_units(found: Found) -> Meaning | None:
    if "NEXT" in found:
        if found.words.word(found.tokens("NEXT")[0]).lower() == "next":
            return None
        return Ref("FUTURE_REF")
    if "LAST" in found and found.words.word(found.tokens("LAST")[0]).lower() != "past":
        return None
    return Ref("FUTURE_REF" if "FUTURE" in found else "PAST_REF")


# ---- compared with a year before ----------------------------------------------------------------


@pattern(
    "UNIT HYPHEN (AGO|EARLIER)",
    "THE? FOLLOWING? UNIT HYPHEN (AGO|EARLIER) nth? UNIT",
    "THE? FOLLOWING? UNIT HYPHEN (AGO|EARLIER) PERIOD",
    "THE FOLLOWING (UNIT|PERIOD) A UNIT (AGO|EARLIER)",
    "THE FOLLOWING (UNIT|PERIOD) (OF)? relyear",
    "THE (UNIT|PERIOD) A UNIT (AGO|EARLIER)",
    "relyear APOS S UNIT",
)
def year_earlier(found: Found) -> Meaning | None:
    words = found.words
    units = [str(words.values[i]) for i in range(found.first, found.last)
             if isinstance(words.values[i], str)]  # fmt: skip
    if "year" not in units:
        return None
    others = [u for u in units if u not in {"year", "period"}]
    if others and others not in (["quarter"], ["month"]):
        return None
    if "relyear" in found:
        n = words.values[found.tokens("relyear")[-2]]
        if n != -1:
            return None
    number = numbers.ordinal(found) if "nth" in found else None
    whole = not others and "period" not in units
    return Comparison("any" if whole else others[0] if others else "quarter", number)


# ---- the past, the present and the future -------------------------------------------------------


@pattern("REF", "RIGHT REF")
def ref(found: Found) -> Meaning | None:
    return Ref(found.text("REF"))


@pattern("THE LAST", "THE FUTURE", "THE NEAR FUTURE")
def the_past(found: Found) -> Meaning | None:
    word = found.words.word(found.last - 1).lower()
    return {"past": Ref("PAST_REF"), "future": Ref("FUTURE_REF")}.get(word)


@pattern("RECENT", "THIS")
def adjective(found: Found) -> Meaning | None:
    word = found.words.word(found.first).lower()
    return {"recent": Ref("PAST_REF"), "current": Ref("PRESENT_REF")}.get(word)


@pattern("AT (THE|THIS)? PRESENT", "THESE UNITS", "THE PRESENT")
def at_present(found: Found) -> Meaning | None:
    if "AT" not in found and "PRESENT" in found:
        if found.words.word(found.last - 1).lower() != "present":
            return None
        if found.words.word(found.first - 1).lower() not in {"to", "until", "till"}:
            return None
    if "UNITS" in found:
        word = found.words.word(found.first).lower()
        return Ref("PRESENT_REF") if found.value("UNITS") == "day" and word == "these" else None
    return Ref("PRESENT_REF")
