"""Each expression reckoned: from the day of publication, or from a day that the text has named."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from ...model import Granularity, Mod, ResolvedDate, TimeExpression
from . import counted, named, periods, story
from .context import NO_DAY, Context, Reading, known
from .meanings import (
    Ambiguous,
    Away,
    Clock,
    Comparison,
    Deictic,
    Draft,
    Each,
    Ended,
    Fiscal,
    Known,
    Length,
    Meaning,
    Named,
    NthOf,
    OtherYear,
    Part,
    Range,
    Ref,
    Repeat,
    Since,
    Start,
    Stretch,
)
from .periods import Period
from .tokens import BREAK, DateTokens


def resolve(words: DateTokens, drafts: list[Draft], published: str | None) -> list[TimeExpression]:
    """The drafts as expressions, in order of the text."""
    context = Context(words, drafts, published, _read)
    out: list[TimeExpression] = []
    at = 0
    for draft in drafts:
        context.paragraph += words.kinds.count(BREAK, at, draft.first)
        context.draft = draft
        at = draft.first
        story.follow(context, draft)
        try:
            reading = _read(context, draft.meaning)
        except (ValueError, OverflowError):  # outside the years 1 to 9999
            continue
        if reading is None:
            continue
        context.before = draft, reading.period
        if reading.period is not None and not draft.reference:
            context.remember(reading.period, draft, explicit=reading.anchor != "published")
        out.append(_expression(words, draft, reading))
    return out


def _expression(words: DateTokens, draft: Draft, reading: Reading) -> TimeExpression:
    start, end = words.starts[draft.first], words.ends[draft.last - 1]
    text = words.text[start:end]
    period, day = reading.period, reading.anchor_date
    date = (
        None
        if period is None
        else ResolvedDate(
            text=text,
            edtf=period.edtf,
            start=period.first.isoformat() if period.first else None,
            end=period.last.isoformat() if period.last else None,
            granularity=_granularity(period),
            mod=_mod(draft, reading),
            anchor_kind=reading.anchor,
            anchor_date=day.isoformat() if day else None,
        )
    )
    return TimeExpression(
        start=start,
        end=end,
        text=text,
        type=reading.type,
        value=reading.value,
        mod=draft.mod,
        date=date,
        reference=draft.reference,
        reason=None if date else reading.reason or _why(reading),
    )


def _read(context: Context, meaning: Meaning) -> Reading | None:
    """What a meaning comes to, null where it names nothing in the calendar."""
    match meaning:
        case Known(period, approx):
            if period.unit == "year" and context.iranian and period.value[:2] in {"13", "14"}:
                return known(periods.other_year("SH", int(period.value)), "none", None)
            shown = periods.approximate(period) if approx else period
            return Reading(period.value, shown, approx=approx)
        case OtherYear(calendar, year):
            return known(periods.other_year(calendar, year), "none", None)
        case Ambiguous():
            return named.ambiguous(context, meaning)
        case Named():
            return named.named(context, meaning)
        case Deictic():
            return counted.deictic(context, meaning)
        case Away():
            return counted.away(context, meaning)
        case Comparison():
            return counted.comparison(context, meaning)
        case Stretch():
            return counted.stretch(context, meaning)
        case Start():
            return counted.start(context, meaning)
        case Fiscal():
            return counted.fiscal(context, meaning)
        case Ended():
            return counted.ended(context, meaning)
        case NthOf():
            return counted.nth_of(context, meaning)
        case Length(value):
            return Reading(value, type="DURATION")
        case Repeat(value):
            return Reading(value, type="SET")
        case Ref(value):
            return Reading(value)
        case Clock():
            return _clock(context, meaning)
        case Range(first, last):
            return _range(context, first, last)
        case Each(days):
            return _each(context, days)
        case Since(of, sign):
            return _since(context, of, sign)
        case Part(of, mod):
            return _part(context, of, mod)


def _clock(context: Context, meaning: Clock) -> Reading | None:
    if meaning.on is not None:
        on = context.read(meaning.on)
        if on is None:
            return None
    else:
        if len(meaning.value) == 3 and context.draft and not _led(context):
            return None
        day = context.anchor("day", here=True)
        if day is not None:
            on = Reading(day.isoformat(), periods.day(day), "text", day)
        elif context.today is not None:
            on = Reading(
                context.today.isoformat(), periods.day(context.today), "published", context.today
            )
        else:
            on = Reading("XXXX-XX-XX", reason=NO_DAY)
    value = on.value + meaning.value + meaning.zone
    return replace(on, value=value, type="TIME")


def _led(context: Context) -> bool:
    """Whether a bare part of the day is told as a time: in the morning, mid-afternoon."""
    assert context.draft is not None
    return context.words.word(context.draft.first - 1).lower() in {
        "in", "during", "by", "until", "since", "at", "before", "late", "early", "mid",
    }  # fmt: skip


def _range(context: Context, first: Meaning, last: Meaning) -> Reading | None:
    weekdays = isinstance(first, Named) and first.unit == "weekday"
    if weekdays and isinstance(last, Named) and last.unit == "weekday":
        if _opening_hours(context):
            key = cast(Named, first).key[0], last.key[0]
            return Reading(f"XXXX-WXX-{key[0]}/XXXX-WXX-{key[1]}", type="SET")
        last = replace(last, within=first, direction=1)  # the next of its name after the first
    b = context.read(last)
    a = _start(context, first, b) if b else None
    if a is None or b is None:
        return None
    if a.period is None or b.period is None:
        return Reading(f"{a.value}/{b.value}", reason=a.reason or b.reason)
    if a.period.first and b.period.last and a.period.first > b.period.last:
        return Reading(f"{a.value}/{b.value}", reason="the range ends before it begins")
    period = periods.span(a.period, b.period)
    anchor = b if b.anchor != "none" else a
    return Reading(period.value, period, anchor.anchor, anchor.anchor_date)


def _opening_hours(context: Context) -> bool:
    """Open Monday to Friday: every week's, not one's."""
    before = context.words.word(context.draft.first - 1).lower()
    return before in {"open", "opens", "closed", "daily", "hours"}


def _start(context: Context, first: Meaning, b: Reading) -> Reading | None:
    """The first end of a range: without a year of its own it is the last of its name before ``b``,
    so that from 28 December to 3 January crosses the turn of the year."""
    yearless = isinstance(first, Named) and first.within is None and first.unit != "weekday"
    if not yearless or b.period is None or b.period.first is None:
        return context.read(first)
    for year in (b.period.first.year, b.period.first.year - 1):
        a = context.read(replace(cast(Named, first), within=Known(periods.year(year))))
        if a and a.period and a.period.first and a.period.first <= b.period.first:
            return a
    return context.read(first)


def _since(context: Context, of: Meaning, sign: int) -> Reading | None:
    reading = context.read(of)
    if reading is None or reading.period is None or reading.period.edtf.startswith("["):
        return reading
    period = reading.period
    open_ = periods.span(period, None) if sign > 0 else periods.span(None, period)
    return replace(reading, period=open_)


def _each(context: Context, days: tuple[Meaning, ...]) -> Reading | None:
    """Several days; those without a year of their own have that of the last."""
    read = [context.read(day) for day in days]
    if any(r is None for r in read):
        return None
    found = [r for r in read if r is not None]
    periods_ = [r.period for r in found if r.period is not None]
    if len(periods_) < len(found):
        return Reading(",".join(r.value for r in found), reason=found[0].reason)
    return known(periods.each(periods_), found[-1].anchor, found[-1].anchor_date)


def _part(context: Context, of: Meaning, mod: str) -> Reading | None:
    reading = context.read(of)
    if reading is None or reading.period is None:
        return reading
    return replace(reading, period=periods.part(reading.period, mod))


def _why(reading: Reading) -> str | None:
    """The reason of a date that has none of its own: it lies outside the calendar."""
    if reading.type in {"DURATION", "SET"} or reading.value.endswith("_REF"):
        return None
    return "it lies outside the calendar"


def _granularity(period: Period) -> Granularity:
    if period.unit in {"weekend", "century"}:
        return "range"
    return cast(Granularity, period.unit)


def _mod(draft: Draft, reading: Reading) -> Mod | None:
    if reading.period is not None and reading.period.edtf.endswith("~") and draft.mod is None:
        return "approx"
    named: dict[str, Mod] = {"START": "start", "MID": "mid", "END": "end", "APPROX": "approx",
                             "LESS_THAN": "approx", "MORE_THAN": "approx"}  # fmt: skip
    if draft.mod in named:
        return named[draft.mod]
    return "approx" if reading.approx else None
