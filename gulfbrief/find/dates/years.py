"""Readers of years, and of what they are made of: decades, quarters, halves, seasons."""

from __future__ import annotations

import re

from . import numbers, periods
from .meanings import Deictic, Fiscal, Known, Meaning, Named, Range, Since, Start
from .patterns import Found, pattern


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
        marked = found.text("DECADE")[0] in "'‘’"
        if not marked and not ("THE" in found and start >= 50):
            return None  # in the 30s is a temperature, in his 30s an age
        start += 2000 if start == 20 else 1900
    return Known(periods.decade(start))


@pattern("THE? nth UNIT", "nth HYPHEN UNIT")
def nth_unit(found: Found) -> Meaning | None:
    """The 20th century, the third quarter, the second half (of nothing told)."""
    unit, number = found.value("UNIT"), numbers.ordinal(found)
    named = found.words.word(found.last - 1)[0].isupper() and found.words.word(found.last)[:1]
    if unit == "century" and named and named.isupper():
        return None  # 21st Century Films
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
        return numbers.related_year(found)
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
    "THE? (nth|LAST) count UNITS OF year",
    "THE? (nth|LAST) count UNITS OF relyear",
    "THE? (nth|LAST) count UNITS OF THE? UNIT",
    "THE? nth count UNITS",
)
def first_units(found: Found) -> Meaning | None:
    """The first nine months (of 2020), the last three months of last year."""
    unit = found.text("UNITS")
    n = numbers.count(found.words, found.tokens("count"))
    first = "nth" in found
    if n is None or unit not in {"month", "quarter"} or (first and numbers.ordinal(found) != 1):
        return None
    if "UNIT" in found:
        within: Meaning | None = Deictic("year", 0) if found.value("UNIT") == "year" else None
    else:
        within = _within(found)
    if within is None and not first:
        return None
    return Start(int(n), unit, numbers.duration(n, unit), within, end=not first)


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
    year = numbers.related_year(found)
    return Named("season", (found.text("SEASON"),), year) if year else None


@pattern("(LAST|NEXT|THIS) (LAST|NEXT)? SEASON")
def related_season(found: Found) -> Meaning | None:
    return Named("season", (found.text("SEASON"),), direction=numbers.direction(found) or 2)


@pattern("THE SEASON", "SEASON")
def bare_season(found: Found) -> Meaning | None:
    words = found.words
    if words.word(found.last - 1).lower() == "fall" and not _autumn(found):
        return None
    if "THE" not in found and (
        words.word(found.first - 1).lower()
        not in {
            *("in", "by", "since", "until", "during", "early", "late", "mid"),
        }
        or words.word(found.first).lower() == "fall"
    ):
        return None
    return Named("season", (found.text("SEASON"),))


def _autumn(found: Found) -> bool:
    """Whether "the fall" is a season: not the fall of the mint, nobody who takes the fall."""
    before, after = found.words.word(found.first - 1).lower(), found.words.word(found.last).lower()
    return after not in {"of", "from"} and before not in {
        "take",
        "takes",
        "took",
        "taking",
        "taken",
    }


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
