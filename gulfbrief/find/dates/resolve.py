"""Each expression reckoned: from the day of publication, or from a day that the text has named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from ...model import AnchorKind, Granularity, Mod, ResolvedDate, TimeExpression, TimexType
from . import calendars, numbers, periods
from .days import dates_in
from .meanings import (
    Ambiguous,
    Away,
    Both,
    Clock,
    Comparison,
    Deictic,
    Draft,
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
from .tense import direction
from .words import BREAK, Words, lexicon

_AGAINST = (0, 120, 320, 1000)  # days, by how sure the tense is
_QUARTER_AGAINST = 60
_NEAR = 100  # days
_RECENT = 45  # days
_NO_DAY = "the day of publication is not known"
_NO_COUNT = "the text does not say how many"
_NO_YEAR = "a date inside a name, and its year is not told"
_NO_ANCHOR = "the text names no day to count from"
_SMALLER = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12),
            "month": ("day", 30), "week": ("day", 7), "fortnight": ("day", 14)}  # fmt: skip
_UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
            "quarter": "XXXX-QX", "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX",
            "decade": "XXX", "century": "XX", "fortnight": "XXXX-WXX",
            "millennium": "X"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression comes to: its TIMEX3 value, its period where it has one, else why not."""

    value: str
    period: Period | None = None
    anchor: AnchorKind = "none"
    anchor_date: date | None = None
    reason: str | None = None
    approx: bool = False
    type: TimexType = "DATE"


@dataclass(frozen=True, slots=True)
class _Seen:
    period: Period
    paragraph: int
    token: int
    told: bool  # with its year, not reckoned from the day of publication
    compared: bool = False  # named only to compare with it


def resolve(words: Words, drafts: list[Draft], published: str | None) -> list[TimeExpression]:
    """The drafts as expressions, in order of the text."""
    resolver = _Resolver(words, drafts, published)
    return [x for d in drafts if (x := resolver.expression(d)) is not None]


class _Resolver:
    def __init__(self, words: Words, drafts: list[Draft], published: str | None) -> None:
        self.words = words
        self.today = date.fromisoformat(published) if published else None
        self.seen: list[_Seen] = []
        self.paragraph = 0
        self.at = 0
        self.draft = drafts[0] if drafts else None
        self.order = _order(words, drafts, self.today)
        self.iranian = any(
            isinstance(d.meaning, OtherYear) and d.meaning.calendar == "SH" for d in drafts
        )
        self.fiscal_end = _fiscal_end(words, drafts)

    def expression(self, draft: Draft) -> TimeExpression | None:
        words = self.words
        self.paragraph += words.kinds.count(BREAK, self.at, draft.first)
        self.at = draft.first
        self.draft = draft
        try:
            reading = self.read(draft.meaning)
        except (ValueError, OverflowError):
            return None
        if reading is None:
            return None
        start, end = words.starts[draft.first], words.ends[draft.last - 1]
        text = words.text[start:end]
        resolved = None
        period = reading.period
        if period is not None:
            told = reading.anchor != "published"
            if not draft.reference:
                compared = isinstance(draft.meaning, (Comparison, Away)) or (
                    isinstance(draft.meaning, Named) and draft.meaning.key == ("same",)
                )
                self.seen.append(_Seen(period, self.paragraph, draft.first, told, compared))
            resolved = ResolvedDate(
                text,
                period.edtf,
                period.first.isoformat() if period.first else None,
                period.last.isoformat() if period.last else None,
                _granularity(period),
                _mod(draft, reading),
                reading.anchor,
                reading.anchor_date.isoformat() if reading.anchor_date else None,
            )
        return TimeExpression(
            start,
            end,
            text,
            reading.type,
            reading.value,
            draft.mod,
            resolved,
            draft.reference,
            None if resolved else reading.reason or _why(reading),
        )

    # ---- by meaning ---------------------------------------------------------------------------

    def read(self, meaning: Meaning) -> Reading | None:
        match meaning:
            case Known(period, approx):
                if period.unit == "year" and self.iranian and period.value[:2] in {"13", "14"}:
                    return self.known(periods.other_year("SH", int(period.value)), "none", None)
                shown = periods.approximate(period) if approx else period
                return Reading(period.value, shown, approx=approx)
            case Ambiguous():
                return self.ambiguous(meaning)
            case Named():
                return self.named(meaning)
            case Deictic(unit, n, base):
                return self.deictic(unit, n, base)
            case Away():
                return self.away(meaning)
            case Comparison(unit, number):
                return self.comparison(unit, number)
            case Stretch():
                return self.stretch(meaning)
            case Start():
                return self.start(meaning)
            case Length(value):
                return Reading(value, type="DURATION")
            case Repeat(value):
                return Reading(value, type="SET")
            case Ref(value):
                return Reading(value)
            case Fiscal():
                return self.fiscal(meaning)
            case Clock():
                return self.clock(meaning)
            case Range(first, last):
                return self.range(first, last)
            case Since(of, sign):
                return self.since(of, sign)
            case OtherYear(calendar, year):
                return self.known(periods.other_year(calendar, year), "none", None)
            case Ended():
                return self.ended(meaning)
            case NthOf():
                return self.nth_of(meaning)
            case Both(first, last):
                return self.both(first, last)
            case Part(of, mod):
                return self.part(of, mod)

    def known(self, period: Period | None, anchor: AnchorKind, day: date | None) -> Reading | None:
        if period is None:
            return None
        return Reading(period.value, period, anchor, day)

    def ambiguous(self, meaning: Ambiguous) -> Reading | None:
        a, b, year = meaning.first, meaning.second, meaning.year
        by_day, by_month = calendars.day(year, b, a), calendars.day(year, a, b)
        if by_day is None or by_month is None:
            return None
        if self.order:
            chosen = periods.day(by_day if self.order == "day" else by_month)
            return Reading(chosen.value, chosen)
        both = periods.either([periods.day(by_day), periods.day(by_month)])
        value = f"{year:04}-XX-XX"
        return Reading(value, both)

    def named(self, meaning: Named) -> Reading | None:
        if meaning.key == ("same",):
            return self.same_quarter(meaning.within)
        if meaning.within is not None:
            return self.named_within(meaning)
        today = self.today
        if today is None:
            told = self._told_year(meaning)
            return told or Reading(_unknown(meaning), reason=_NO_DAY)
        if meaning.direction == 0:
            told = self._told_year(meaning)
            if told is not None:
                return told
        choices = _choices(meaning, today)
        if not choices:
            return None
        period = self._pick(meaning, choices, today)
        if self.draft and self.draft.reference and _cost(period, today, 0) > _NEAR:
            return Reading(_unknown(meaning), reason=_NO_YEAR)
        return self.known(period, "published", today)

    def _told_year(self, meaning: Named) -> Reading | None:
        """A month or day that follows a date of another year in a tale: its year, or the next."""
        if meaning.unit not in {"month", "day"} or not self.seen:
            return None
        last = self.seen[-1]
        if not last.told or last.paragraph != self.paragraph or last.period.first is None:
            return None
        if last.period.unit not in {"day", "month"} or last.period.edtf.startswith("["):
            return None
        year = last.period.first.year
        if self.today is not None:
            assert self.draft is not None
            if direction(self.words, self.draft.first, self.draft.last) >= 0:
                return None
            nearest = min(_cost(p, self.today, -1) for p in _choices(meaning, self.today))
            if nearest < (_RECENT if meaning.unit == "day" else 31) or year >= self.today.year:
                return None
        told = _in_year(meaning, year)
        after = _in_year(meaning, year + 1)
        if told and after and told.first and after.last:
            back = (last.period.first - told.first).days
            if back > 180 and (self.today is None or after.last <= self.today):
                told = after  # from December the tale goes on to January
        return self.known(told, "text", last.period.first)

    def _pick(self, meaning: Named, choices: list[Period], today: date) -> Period:
        """The choice that the words or the tense point to, else the nearest."""
        way = meaning.direction
        same = [p for p in choices if p.first and p.last and p.first <= today <= p.last]
        past = [p for p in choices if p.last and p.last < today]
        future = [p for p in choices if p.first and p.first > today]
        if way == -1:
            # In July, "last June" is seldom the month that has just ended.
            just = meaning.unit == "month" and past and _cost(past[-1], today, 0) < 31
            if just and len(past) > 1:
                return past[-2]
            return past[-1] if past else choices[0]
        if way == 1:
            return future[0] if future else choices[-1]
        if way == 2 and same:
            return same[0]
        assert self.draft is not None
        tense = direction(self.words, self.draft.first, self.draft.last)
        if meaning.unit == "weekday":
            if same and len(meaning.key) == 1:
                return same[0]
            to_come = tense > (
                2 if len(meaning.key) > 1 else 0
            )  # a weekend is past unless the verb is close
            return (future or choices)[0] if to_come else (past or choices)[-1]
        if self.draft.reference:
            tense = 0
        return min(choices, key=lambda p: _cost(p, today, tense))

    def named_within(self, meaning: Named) -> Reading | None:
        assert meaning.within is not None
        outer = self.read(meaning.within)
        if outer is None:
            return None
        if outer.period is None or outer.period.first is None:
            return Reading(_unknown(meaning), reason=outer.reason)
        first = outer.period.first
        if meaning.direction:
            step = Named(meaning.unit, meaning.key)
            choices = _choices(step, first)
            earlier = [p for p in choices if p.last and p.last < first]
            later = [p for p in choices if p.first and p.first > first]
            found = earlier[-1:] if meaning.direction < 0 else later[:1]
            return self.known(found[0], outer.anchor, outer.anchor_date) if found else None
        if meaning.unit == "weekday":
            monday = first - timedelta(first.weekday())
            day = periods.day(monday + timedelta(int(meaning.key[0]) - 1))
            return self.known(day, outer.anchor, outer.anchor_date)
        return self.known(_in_year(meaning, first.year), outer.anchor, outer.anchor_date)

    def same_quarter(self, within: Meaning | None) -> Reading | None:
        """The quarter that the text is about."""
        last = self._quarter(10_000)
        if within is not None:
            outer = self.read(within)
            if outer is None or outer.period is None or outer.period.first is None:
                return None
            if last is None or last.period.first is None:
                return Reading(outer.period.value, outer.period, outer.anchor, outer.anchor_date)
            number = (last.period.first.month + 2) // 3
            return self.known(
                periods.quarter(outer.period.first.year, number), "text", last.period.first
            )
        if last is not None:
            return self.known(last.period, "text", last.period.first)
        return Reading("XXXX-QX", reason=_NO_ANCHOR)

    def deictic(self, unit: str, n: int, base: str) -> Reading | None:
        if base == "text":
            anchor = self.anchor(unit)
            kind: AnchorKind = "text"
            if anchor is None and n == 0 and unit != "day" and self.today:
                anchor, kind = self.today, "published"
            if anchor is None:
                return Reading(_UNKNOWN.get(unit, "XXXX-XX-XX"), reason=_NO_ANCHOR)
        else:
            if self.today is None:
                return Reading(_UNKNOWN.get(unit, "XXXX-XX-XX"), reason=_NO_DAY)
            anchor, kind = self.today, "published"
        moved = periods.moved(anchor, n, unit)
        if moved is None:
            return None
        return self.known(periods.containing(moved, unit), kind, anchor)

    def anchor(self, unit: str, here: bool = False) -> date | None:
        """The last day named in this paragraph or the one before that is fine enough for a unit."""
        for seen in reversed(self.seen[-8:]):
            if self.paragraph - seen.paragraph > (0 if here else 2):
                return None
            period = seen.period
            if period.first is None or period.edtf.startswith("["):
                continue
            if periods.finer(period.unit, unit):
                return period.first
            if unit == "day" and not here:
                return None
        return None

    def away(self, meaning: Away) -> Reading | None:
        n, unit, sign = meaning.n, meaning.unit, meaning.sign
        if meaning.of is not None:
            of = self.read(meaning.of)
            if of is None or of.period is None or of.period.first is None:
                return Reading(_UNKNOWN.get(unit, "XXXX-XX-XX"), reason=of.reason if of else None)
            anchor: date | None = of.period.first
            kind: AnchorKind = of.anchor if of.anchor != "none" else "text"
        elif meaning.base == "text":
            if n == 1 and unit == "year":
                compared = self._compared(4)
                if compared is not None:
                    return compared
            anchor, kind = self.anchor(unit), "text"
            if anchor is None and unit == "year" and self.today:
                anchor, kind = self.today, "published"
        else:
            if n == 1 and unit == "year" and sign < 0:
                compared = self._compared(1)
                if compared is not None:
                    return compared
            anchor, kind = self.today, "published"
        if n is None and (meaning.base == "text" or meaning.of):
            return Reading(_UNKNOWN.get(unit, "XXXX-XX-XX"), reason=_NO_COUNT)
        if n is None:
            return Reading("PAST_REF" if sign < 0 else "FUTURE_REF")
        if unit in {"hour", "minute"}:
            return self._hours(n, unit)
        if anchor is None:
            reason = _NO_DAY if meaning.base == "published" else _NO_ANCHOR
            return Reading(_UNKNOWN.get(unit, "XXXX-XX-XX"), reason=reason)
        if n != int(n):
            unit, size = _SMALLER.get(unit, ("day", 1))
            n = round(n * size)
        moved = periods.moved(anchor, sign * int(n), unit)
        if moved is None:
            return None
        grain = {"fortnight": "week", "decade": "year", "century": "year",
                 "night": "day"}.get(unit, unit)  # fmt: skip
        period = periods.containing(moved, grain)
        if period is None:
            return None
        value = period.value
        if grain in {"year", "month"}:
            return Reading(value, periods.approximate(period), kind, anchor, approx=True)
        return Reading(value, period, kind, anchor, approx=grain == "week")

    def _hours(self, n: float, unit: str) -> Reading:
        return Reading(numbers.duration(n, unit), type="DURATION")

    def _compared(self, reach: int) -> Reading | None:
        """A year before the quarter or half that the paragraph is about."""
        seen = self._quarter(reach)
        if seen is None:
            return None
        before = periods.shifted(seen.period, -1, "year")
        return self.known(before, "text", seen.period.first)

    def _quarter(self, reach: int) -> _Seen | None:
        """The last quarter that the text tells of, not one named to compare with."""
        for seen in reversed(self.seen[-30:]):
            if self.paragraph - seen.paragraph > reach:
                return None
            if seen.period.unit in {"quarter", "half"} and not seen.compared:
                return seen
        return None

    def comparison(self, unit: str, number: int | None) -> Reading | None:
        if number is not None and self.today is not None:
            return self.known(periods.quarter(self.today.year - 1, number), "published", self.today)
        found = self._compared(100)
        if found is not None:
            return found
        if unit == "any":
            return self.deictic("year", -1, "published")
        return Reading("XXXX-QX", reason=_NO_ANCHOR)

    def stretch(self, meaning: Stretch) -> Reading | None:
        if meaning.n is None or meaning.unit in {"hour", "minute", "second"}:
            return Reading(meaning.value, type="DURATION")
        if self.today is None:
            return Reading(meaning.value, reason=_NO_DAY, type="DURATION")
        other = periods.moved(self.today, meaning.sign * int(meaning.n), meaning.unit)
        if other is None or meaning.n != int(meaning.n):
            return Reading(meaning.value, type="DURATION")
        period = periods.days(*sorted((other, self.today)))
        return Reading(meaning.value, period, "published", self.today, type="DURATION")

    def start(self, meaning: Start) -> Reading | None:
        outer = self.read(meaning.within) if meaning.within else None
        if outer is None or outer.period is None or outer.period.first is None:
            return Reading(meaning.value, type="DURATION", reason=outer.reason if outer else None)
        months = meaning.n * (3 if meaning.unit == "quarter" else 1)
        if not 1 <= months <= 12:
            return Reading(meaning.value, type="DURATION")
        year = outer.period.first.year
        period = periods.span(periods.month(year, 1), periods.month(year, months))
        return Reading(meaning.value, period, outer.anchor, outer.anchor_date, type="DURATION")

    def fiscal(self, meaning: Fiscal) -> Reading | None:
        year = meaning.year
        anchor: AnchorKind = "none"
        if year is None:
            if self.today is None:
                return Reading("XXXX", reason=_NO_DAY)
            year, anchor = self.today.year + meaning.n, "published"
            if self.fiscal_end and meaning.quarter is None:
                year += (self.today.month, self.today.day) > self.fiscal_end
        value = f"{year:04}" + (f"-Q{meaning.quarter}" if meaning.quarter else "")
        if self.fiscal_end is None:
            reason = "the text does not say when this business year begins"
            return Reading(value, reason=reason)
        month, number = self.fiscal_end
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
        return Reading(value, periods.days(first, last), anchor, self.today if anchor != "none"
                       else None)  # fmt: skip

    def clock(self, meaning: Clock) -> Reading | None:
        if meaning.on is not None:
            on = self.read(meaning.on)
            if on is None:
                return None
        else:
            if len(meaning.value) == 3 and self.draft and not self._led():
                return None
            day = self.anchor("day", here=True)
            if day is not None:
                on = Reading(day.isoformat(), periods.day(day), "text", day)
            elif self.today is not None:
                on = Reading(
                    self.today.isoformat(), periods.day(self.today), "published", self.today
                )
            else:
                on = Reading("XXXX-XX-XX", reason=_NO_DAY)
        value = on.value + meaning.value + meaning.zone
        return replace(on, value=value, type="TIME")

    def _led(self) -> bool:
        """Whether a bare part of the day is told as a time: in the morning, mid-afternoon."""
        assert self.draft is not None
        return self.words.word(self.draft.first - 1).lower() in {
            "in", "during", "by", "until", "since", "at", "before", "late", "early", "mid",
        }  # fmt: skip

    def range(self, first: Meaning | None, last: Meaning | None) -> Reading | None:
        if isinstance(first, Named) and isinstance(last, Named) and last.unit == "weekday":
            last = replace(last, within=first, direction=1)  # the next of its name after the first
        b = self.read(last) if last else None
        if (
            isinstance(first, Named)
            and first.within is None
            and b is not None
            and (isinstance(last, Known) and b.period is not None and b.period.first is not None)
        ):
            first = replace(first, within=Known(periods.year(b.period.first.year)))
        a = self.read(first) if first else None
        if a is None or b is None:
            return None
        if a.period is None or b.period is None:
            return Reading(f"{a.value}/{b.value}", reason=a.reason or b.reason)
        if a.period.first and b.period.last and a.period.first > b.period.last:
            return Reading(f"{a.value}/{b.value}", reason="the range ends before it begins")
        period = periods.span(a.period, b.period)
        anchor = b if b.anchor != "none" else a
        return Reading(period.value, period, anchor.anchor, anchor.anchor_date)

    def since(self, of: Meaning, sign: int) -> Reading | None:
        reading = self.read(of)
        if reading is None or reading.period is None or reading.period.edtf.startswith("["):
            return reading
        period = reading.period
        open_ = periods.span(period, None) if sign > 0 else periods.span(None, period)
        return replace(reading, period=open_)

    def ended(self, meaning: Ended) -> Reading | None:
        on = self.read(meaning.on)
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

    def nth_of(self, meaning: NthOf) -> Reading | None:
        outer = self.read(meaning.within)
        if outer is None:
            return None
        period = outer.period
        if period is None or period.first is None or period.last is None:
            return Reading(_UNKNOWN["week" if meaning.unit == "week" else "day"],
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
        return self.known(found, outer.anchor, outer.anchor_date)

    def both(self, first: Meaning, last: Meaning) -> Reading | None:
        a, b = self.read(first), self.read(last)
        if a is None or b is None:
            return None
        if a.period is None or b.period is None:
            return Reading(f"{a.value}/{b.value}", reason=a.reason or b.reason)
        return self.known(periods.both(a.period, b.period), b.anchor, b.anchor_date)

    def part(self, of: Meaning, mod: str) -> Reading | None:
        reading = self.read(of)
        if reading is None or reading.period is None:
            return reading
        return replace(reading, period=periods.part(reading.period, mod))


# ---- choices of a name in the calendar ------------------------------------------------------


def _choices(meaning: Named, today: date) -> list[Period]:
    """The nearest periods of a name around a day, in order."""
    unit, key = meaning.unit, meaning.key
    if unit == "weekday":
        if len(key) == 2:
            weeks = (periods.moved(today, n, "week") for n in (-1, 0, 1))
            found = [periods.containing(d, "weekend") for d in weeks if d]
            return [p for p in found if p]
        back = (today.isoweekday() - int(key[0])) % 7
        days = [today - timedelta(back + 7 * (back == 0)), today - timedelta(back)]
        days.append(days[1] + timedelta(7))
        return [periods.day(d) for d in dict.fromkeys(days)]
    if unit == "nth":
        months = (periods.moved(today.replace(day=1), n, "month") for n in (-1, 0, 1))
        found_days = [calendars.day(d.year, d.month, int(key[0])) for d in months if d]
        return [periods.day(d) for d in found_days if d]
    if unit == "feast":
        found = [p for y in (-1, 0, 1) for p in _feasts(meaning, today.year + y)]
        return list(dict.fromkeys(p for p in found if p))
    years = range(max(1, today.year - 2), min(9999, today.year + 2))
    found = [_in_year(meaning, y) for y in years]
    if unit == "day" and meaning.weekday:
        fits = [p for p in found if p and p.first and p.first.isoweekday() == meaning.weekday]
        found = list(fits) or found
    return [p for p in found if p]


def _feasts(meaning: Named, year: int) -> list[Period]:
    """A feast or day of another calendar, in the years of it that meet a Gregorian year."""
    calendar, month, number = str(meaning.key[0]), int(meaning.key[1]), int(meaning.key[2])
    near = year - 621 if calendar == "SH" else (year - 622) * 33 // 32
    found = (periods.other_period(calendar, near + n, month, number) for n in (-1, 0, 1, 2))
    return [p for p in found if p]


def _in_year(meaning: Named, year: int) -> Period | None:
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


def _cost(period: Period, today: date, tense: int) -> int:
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
    return abs(away) + _AGAINST[abs(tense)]


def _unknown(meaning: Named) -> str:
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


def _order(words: Words, drafts: list[Draft], today: date | None) -> str | None:
    """``day`` or ``month``: what comes first in the numeric dates of this text, where it shows.

    It shows in a date that reads only one way (25/03/2020), and in one that is the day of
    publication. A text that shows both ways shows none.
    """
    shown: set[str] = set()
    numeric = lexicon().letters["NUMDATE"]
    for draft in drafts:
        if words.kinds[draft.last - 1] != numeric:
            continue
        first, second, year = dates_in(words.word(draft.last - 1))
        by_day, by_month = calendars.day(year, second, first), calendars.day(year, first, second)
        if by_day == by_month:
            continue
        if by_month is None or by_day == today:
            shown.add("day")
        elif by_day is None or by_month == today:
            shown.add("month")
    return shown.pop() if len(shown) == 1 else None


def _fiscal_end(words: Words, drafts: list[Draft]) -> tuple[int, int] | None:
    """Month and day on which the business year ends, where the text says so."""
    letters = lexicon().letters
    for draft in drafts:
        meaning = draft.meaning
        if isinstance(meaning, Named) and meaning.unit == "day":
            end = int(meaning.key[0]), int(meaning.key[1])
        elif isinstance(meaning, Known) and meaning.period.unit == "day" and meaning.period.first:
            end = meaning.period.first.month, meaning.period.first.day
        else:
            continue
        window = words.kinds[max(0, draft.first - 6) : draft.first]
        fiscal, ending = window.find(letters["FISCAL"]), window.rfind(letters["ENDING"])
        if 0 <= fiscal < ending:
            return end
    return None


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
