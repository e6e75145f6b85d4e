"""Dates that are counted: last week, two years ago, the nine months ended on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from ...model import AnchorKind, TimexType
from . import calendars, numbers, periods
from .context import NO_ANCHOR, NO_DAY, QUARTERS, UNKNOWN, Context, Reading, known
from .meanings import Away, Comparison, Deictic, Ended, Fiscal, NthOf, Start, Stretch
from .tense import direction, opens_clause
from .tokens import lexicon

_NO_COUNT = "the text does not say how many"
_SMALLER = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12),
            "month": ("day", 30), "week": ("day", 7), "fortnight": ("day", 14)}  # fmt: skip


def deictic(context: Context, meaning: Deictic) -> Reading | None:
    """The unit that holds the anchor, moved: last week, that year."""
    unit, n = meaning.unit, meaning.n
    if meaning.base == "text" or _in_tale(context, meaning):
        anchor = context.anchor(unit)
        kind: AnchorKind = "text"
        if anchor is None and n == 0 and unit != "day" and context.today:
            anchor, kind = context.today, "published"
        if anchor is None:
            return Reading(UNKNOWN.get(unit, "XXXX-XX-XX"), reason=NO_ANCHOR)
    else:
        if context.today is None:
            return Reading(UNKNOWN.get(unit, "XXXX-XX-XX"), reason=NO_DAY)
        anchor, kind = context.today, "published"
    moved = periods.moved(anchor, n, unit)
    if moved is None:
        return None
    return known(periods.containing(moved, unit), kind, anchor)


def _in_tale(context: Context, meaning: Deictic) -> bool:
    """Whether "the next week" opens a clause in the past, so that it goes on with a tale."""
    words, draft = context.words, context.draft
    if meaning.n != 1 or meaning.unit == "day" or words.word(draft.first).lower() != "the":
        return False
    opens = opens_clause(words, draft.first, draft.last)
    return opens and direction(words, draft.first, draft.last) < 0


def away(context: Context, meaning: Away) -> Reading | None:
    n, unit, sign = meaning.n, meaning.unit, meaning.sign
    if meaning.of is not None:
        of = context.read(meaning.of)
        if of is None or of.period is None or of.period.first is None:
            return Reading(UNKNOWN.get(unit, "XXXX-XX-XX"), reason=of.reason if of else None)
        anchor: date | None = of.period.first
        kind: AnchorKind = of.anchor if of.anchor != "none" else "text"
    elif meaning.base == "text":
        if n == 1 and unit == "year" and sign < 0 and _beside_figures(context):
            compared = _compared(context, 4)
            if compared is not None:
                return compared
        anchor, kind = context.anchor(unit), "text"
        if anchor is None and unit == "year" and context.today:
            anchor, kind = context.today, "published"
    else:
        if n == 1 and unit == "year" and sign < 0 and _beside_figures(context):
            compared = _compared(context, 1)
            if compared is not None:
                return compared
        anchor, kind = context.today, "published"
    if n is None and (meaning.base == "text" or meaning.of):
        return Reading(UNKNOWN.get(unit, "XXXX-XX-XX"), reason=_NO_COUNT)
    if n is None:
        return Reading("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in {"hour", "minute"}:
        return _hours(n, unit)
    if anchor is None:
        reason = NO_DAY if meaning.base == "published" else NO_ANCHOR
        return Reading(UNKNOWN.get(unit, "XXXX-XX-XX"), reason=reason)
    if n != int(n):
        unit, size = _SMALLER.get(unit, ("day", 1))
        n = round(n * size)
    moved = periods.moved(anchor, sign * int(n), unit)
    if moved is None:
        return None
    grain = {"fortnight": "week", "decade": "year", "century": "year",
             "night": "day"}.get(unit, unit)  # fmt: skip
    if meaning.exact:
        of_ = meaning.of.unit if isinstance(meaning.of, Deictic) else "day"
        return known(periods.containing(moved, of_), kind, anchor)
    period = periods.containing(moved, grain)
    if period is None:
        return None
    value = period.value
    if grain in {"year", "month"}:
        return Reading(value, periods.approximate(period), kind, anchor, approx=True)
    return Reading(value, period, kind, anchor, approx=grain == "week")


def _hours(n: float, unit: str) -> Reading:
    return Reading(numbers.duration(n, unit), type="DURATION")


def _beside_figures(context: Context) -> bool:
    """Whether numbers stand near an expression, or it is compared with: then "a year ago" compares
    figures."""
    letters = lexicon().letters
    draft, kinds = context.draft, context.words.kinds
    if context.words.word(draft.first - 1).lower() in {"from", "than", "with", "versus"}:
        return True
    around = kinds[max(0, draft.first - 10) : draft.first] + kinds[draft.last : draft.last + 12]
    return any(letters[name] in around for name in ("DIGITS", "DAY", "FRACTION", "NUM"))


def _compared(context: Context, reach: int) -> Reading | None:
    """A year before the quarter or half that the paragraphs are about, or the month of this one."""
    seen = context.latest(QUARTERS, reach) or context.latest(frozenset(("month",)), 0)
    if seen is None:
        return None
    before = periods.shifted(seen.period, -1, "year")
    return known(before, "text", seen.period.first)


def comparison(context: Context, meaning: Comparison) -> Reading | None:
    """The same stretch a year before."""
    number = meaning.number
    if number is not None and context.today is not None:
        return known(periods.quarter(context.today.year - 1, number), "published", context.today)
    if meaning.unit == "month":
        seen = context.latest(frozenset(("month",)), 2)
        before = periods.shifted(seen.period, -1, "year") if seen else None
        if seen is None or before is None:
            return Reading(UNKNOWN["month"], reason=NO_ANCHOR)
        return known(before, "text", seen.period.first)
    found = _compared(context, 100)
    if found is not None:
        return found
    if meaning.unit == "any":
        return deictic(context, Deictic("year", -1))
    return Reading("XXXX-QX", reason=NO_ANCHOR)


def stretch(context: Context, meaning: Stretch) -> Reading | None:
    if meaning.n is None or meaning.unit in {"hour", "minute", "second"}:
        return Reading(meaning.value, type="DURATION")
    if context.today is None:
        return Reading(meaning.value, reason=NO_DAY, type="DURATION")
    other = periods.moved(context.today, meaning.sign * int(meaning.n), meaning.unit)
    if other is None or meaning.n != int(meaning.n):
        return Reading(meaning.value, type="DURATION")
    period = periods.days(*sorted((other, context.today)))
    return Reading(meaning.value, period, "published", context.today, type="DURATION")


def start(context: Context, meaning: Start) -> Reading | None:
    outer = context.read(meaning.within) if meaning.within else None
    if outer is None or outer.period is None or outer.period.first is None:
        return Reading(meaning.value, type="DURATION", reason=outer.reason if outer else None)
    months = meaning.n * (3 if meaning.unit == "quarter" else 1)
    if not 1 <= months <= 12:
        return Reading(meaning.value, type="DURATION")
    year = outer.period.first.year
    first, last = (13 - months, 12) if meaning.end else (1, months)
    period = periods.span(periods.month(year, first), periods.month(year, last))
    return Reading(meaning.value, period, outer.anchor, outer.anchor_date, type="DURATION")


def fiscal(context: Context, meaning: Fiscal) -> Reading | None:
    year = meaning.year
    anchor: AnchorKind = "none"
    if year is None:
        if context.today is None:
            return Reading("XXXX", reason=NO_DAY)
        year, anchor = context.today.year + meaning.n, "published"
        if context.fiscal_end and meaning.quarter is None:
            year += (context.today.month, context.today.day) > context.fiscal_end
    value = f"{year:04}" + (f"-Q{meaning.quarter}" if meaning.quarter else "")
    if context.fiscal_end is None:
        reason = "the text does not say when this business year begins"
        return Reading(value, reason=reason)
    month, number = context.fiscal_end
    last = date(year, month, min(number, calendars.month_length(year, month)))
    before = date(year - 1, month, min(number, calendars.month_length(year - 1, month)))
    first = before + timedelta(1)
    if meaning.quarter:
        q = meaning.quarter
        start = periods.moved(first, 3 * (q - 1), "month")
        stop = periods.moved(first, 3 * q, "month")
        if start is None or stop is None:
            return None
        first, last = start, stop - timedelta(1)
    return Reading(value, periods.days(first, last), anchor, context.today if anchor != "none"
                   else None)  # fmt: skip


def ended(context: Context, meaning: Ended) -> Reading | None:
    on = context.read(meaning.on)
    if on is None or on.period is None or on.period.first is None:
        value = meaning.value or f"XXXX-Q{meaning.quarter}"
        return Reading(value, reason=on.reason if on else None)
    end = on.period.first
    first = periods.moved(end + timedelta(1), -meaning.months, "month")
    if first is None:
        return None
    value = meaning.value or f"{end.year:04}-Q{meaning.quarter}"
    whole = periods.containing(end - timedelta(6), "quarter")
    if meaning.months == 3 and whole and first == whole.first:
        value = value if meaning.quarter else whole.value
        return Reading(value, whole, on.anchor, on.anchor_date)
    type_: TimexType = "DURATION" if meaning.value.startswith("P") else "DATE"
    period = periods.days(first, end)
    return Reading(value, period, on.anchor, on.anchor_date, type=type_)


def nth_of(context: Context, meaning: NthOf) -> Reading | None:
    outer = context.read(meaning.within)
    if outer is None:
        return None
    period = outer.period
    if period is None or period.first is None or period.last is None:
        return Reading(UNKNOWN["week" if meaning.unit == "week" else "day"],
                       reason=outer.reason)  # fmt: skip
    step = 1 if meaning.unit == "day" else 7
    at = period.first
    if meaning.unit == "weekday":
        at += timedelta((cast(int, meaning.weekday) - at.isoweekday()) % 7)
    count = ((period.last - at).days) // step + (meaning.unit != "week")
    n = meaning.n if meaning.n > 0 else count + 1 + meaning.n
    if not 1 <= n <= max(count, 4):
        return None
    at += timedelta(step * (n - 1))
    if at > period.last:
        return None
    if meaning.unit == "week":
        last = period.last if meaning.n < 0 else min(at + timedelta(6), period.last)
        at = last - timedelta(6) if meaning.n < 0 else at
        found = replace(periods.days(at, last), unit="week")
    else:
        found = periods.day(at)
    return known(found, outer.anchor, outer.anchor_date)
