"""Names in the calendar without their year: which March, which Friday, which quarter is meant."""

from __future__ import annotations

from datetime import date, timedelta

from . import calendars, periods
from .context import NO_ANCHOR, NO_DAY, QUARTERS, Context, Reading, known
from .meanings import Ambiguous, Draft, Known, Meaning, Named
from .periods import Period
from .tense import (
    direction,
    ends_sentence,
    is_unforeseen,
    is_verb_or_end,
    opens_clause,
    told_by_reporting,
)
from .tokens import lexicon

# In days: how much farther a choice is that goes against the tense, by how sure the tense is, and
# for a quarter that is over; how near a day inside a name is taken to be of this year; how recent a
# day that is not of the year of the tale before it.
_AGAINST = (0, 200, 320, 1000)
_QUARTER_AGAINST = 60
_NEAR = 60
_RECENT = 45
_TALE = 400  # days: how old a day may be after which weekdays go on with its tale
_NO_YEAR = "a date inside a name, and its year is not told"


def ambiguous(context: Context, meaning: Ambiguous) -> Reading | None:
    """Both readings of a numeric date, or the one in the order that the text shows elsewhere."""
    a, b, year = meaning.first, meaning.second, meaning.year
    by_day, by_month = calendars.day(year, b, a), calendars.day(year, a, b)
    if by_day is None or by_month is None:
        return None
    if context.order:
        chosen = periods.day(by_day if context.order == "day" else by_month)
        return Reading(chosen.value, chosen)
    both = periods.either([periods.day(by_day), periods.day(by_month)])
    value = f"{year:04}-XX-XX"
    return Reading(value, both)


def named(context: Context, meaning: Named) -> Reading | None:
    """A name in the year that is told, else in the one that the text or the tense points to."""
    if meaning.key == ("same",):
        return _same_quarter(context, meaning.within)
    if meaning.within is not None:
        return _named_within(context, meaning)
    today = context.today
    listed = _after_listed(context, meaning) or _same_day(context, meaning)
    if listed is not None:
        return listed
    if today is None:
        told = _told_year(context, meaning) or _of_story(context, meaning)
        return told or Reading(_unknown(meaning), reason=NO_DAY)
    if meaning.direction == 0:
        for way in (_known_day, _of_month, _of_story, _told_year, _next_in_tale):
            told = way(context, meaning)
            if told is not None:
                return told
    choices = _choices(meaning, today)
    if not choices:
        return None
    period = _pick(context, meaning, choices, today)
    if context.draft.reference and _cost(period, today, 0) > _NEAR:
        past = [p for p in choices if p.last and p.last <= today]
        if past and meaning.unit == "day" and _is_over(context):
            return known(past[-1], "published", today)
        return Reading(_unknown(meaning), reason=_NO_YEAR)
    return known(period, "published", today)


def _after_listed(context: Context, meaning: Named) -> Reading | None:
    """The second of two weekdays in a list: next Tuesday and Wednesday."""
    if meaning.unit != "weekday" or meaning.direction or len(meaning.key) > 1:
        return None
    if context.before is None:
        return None
    before, period = context.before
    letters = lexicon().letters
    gap = context.words.kinds[before.last : context.draft.first]
    named = isinstance(before.meaning, Named) and before.meaning.unit == "weekday"
    if (
        not named
        or period is None
        or period.first is None
        or gap
        not in (letters["AND"], letters["OR"], letters["COMMA"], letters["COMMA"] + letters["AND"])
    ):
        return None
    ahead = (int(meaning.key[0]) - period.first.isoweekday()) % 7
    day = period.first + timedelta(ahead)
    today = context.today
    turned = today is not None and period.first <= today < day
    if turned and direction(context.words, before.first, context.draft.last) <= 0:
        day -= timedelta(7)  # Friday and Thursday, of what is past
    return known(periods.day(day), "text", period.first)


def _same_day(context: Context, meaning: Named) -> Reading | None:
    """A day in apposition to the one before it: "the next day, 18 March"."""
    if meaning.unit != "day" or context.before is None:
        return None
    before, period = context.before
    gap = context.words.kinds[before.last : context.draft.first]
    if period is None or period.unit != "day" or period.first is None:
        return None
    same = (period.first.month, period.first.day) == (int(meaning.key[0]), int(meaning.key[1]))
    comma = gap == lexicon().letters["COMMA"]
    return known(period, "text", period.first) if same and comma else None


def _is_over(context: Context) -> bool:
    """Whether a day inside a name has been: the 7 October attack; since the 7 October vote."""
    words, draft = context.words, context.draft
    if is_unforeseen(words, draft.first, draft.last):
        return True
    i = draft.first - 1
    while words.word(i).lower() in {"the", "this", "that"}:
        i -= 1
    return words.word(i).lower() in {"since", "after", "following"}


def _known_day(context: Context, meaning: Named) -> Reading | None:
    """A day that the text names elsewhere with its year, where it is not one of this season's."""
    if meaning.unit != "day":
        return None
    days = context.known_days.get((int(meaning.key[0]), int(meaning.key[1])))
    if not days or context.today is None or len(set(days)) > 1:
        return None
    day = days[0]
    tense = direction(context.words, context.draft.first, context.draft.last)
    if day > context.today or tense > 0:
        return None
    recent = (context.today - _in_past(meaning, context.today)).days < _RECENT
    if recent and not context.draft.reference:
        return None
    return known(periods.day(day), "text", day)


def _in_past(meaning: Named, today: date) -> date:
    """The last day of a name up to a day."""
    found = [p.first for p in _choices(meaning, today) if p.first and p.first <= today]
    return found[-1] if found else date.min


def _of_month(context: Context, meaning: Named) -> Reading | None:
    """A bare day of the month that the text has just named: last month, on the 9th; on 20 January
    and again on the 25th."""
    if meaning.unit != "nth" or context.before is None or not context.seen:
        return None
    seen = context.seen[-1]
    if seen.paragraph != context.paragraph or seen.period.first is None:
        return None
    if seen.period.unit not in {"day", "month"} or seen.period.edtf.startswith("["):
        return None
    if not _same_sentence(context):
        return None
    first = seen.period.first
    month = first.replace(day=1)
    day = calendars.day(month.year, month.month, int(meaning.key[0]))
    if day is not None and seen.period.unit == "day" and day < first:
        after = periods.moved(month, 1, "month")
        day = calendars.day(after.year, after.month, int(meaning.key[0])) if after else None
    return known(periods.day(day), "text", first) if day else None


def _of_story(context: Context, meaning: Named) -> Reading | None:
    """A month, day or season in the year that the tale stands in, or in the next, where it goes
    on."""
    story = context.story
    if story is None or meaning.unit not in {"month", "day", "season"}:
        return None
    words, draft = context.words, context.draft
    near = _same_sentence(context) or opens_clause(words, draft.first, draft.last)
    season = meaning.unit == "season" and story.paragraph == context.paragraph
    if not near and not season:
        return None
    if context.today is not None and direction(words, draft.first, draft.last) > 0:
        return None
    last = context.seen[-1].period if context.seen else None
    told = _in_year(meaning, story.year)
    if told is None or told.first is None:
        return None
    if last is not None and last.first and last.unit != "year" and last.first.year >= story.year:
        year = last.first.year
        told = _in_year(meaning, year)
        after = _in_year(meaning, year + 1)
        if told and told.first and after and (last.first - told.first).days > 150:
            told = after
    if told is None or told.first is None:
        return None
    if context.today is not None and told.first > context.today:
        return None
    return known(told, "text", last.first if last else told.first)


def _next_in_tale(context: Context, meaning: Named) -> Reading | None:
    """A weekday that goes on with a tale: "On Monday, 7 February, police found a bag. On Wednesday
    they found its owner." The day before has its weekday or its month, both open a clause."""
    if meaning.unit != "weekday" or len(meaning.key) > 1 or context.before is None:
        return None
    before, period = context.before
    today = context.today
    if period is None or period.unit != "day" or period.first is None or today is None:
        return None
    if not context.seen or context.paragraph - context.seen[-1].paragraph > 1:
        return None
    age = (today - period.first).days
    if not 2 <= age <= _TALE or not _dated_with_weekday(context, before):
        return None
    words, draft = context.words, context.draft
    lead = words.word(draft.first - 1).lower()
    definite = lead == "the" and words.word(draft.first - 2).lower() in {"on", "by", "until"}
    if not (definite or opens_clause(words, draft.first, draft.last)):
        return None
    if direction(words, draft.first, draft.last) > 0 or told_by_reporting(words, draft.last):
        return None
    ahead = (int(meaning.key[0]) - period.first.isoweekday()) % 7 or 7
    day = period.first + timedelta(ahead)
    return known(periods.day(day), "text", period.first) if day <= today else None


def _dated_with_weekday(context: Context, draft: Draft) -> bool:
    """Whether the date before is a weekday with its day, or one that was counted from such."""
    match draft.meaning:
        case Named(unit="day", weekday=int()):
            return True
        case Named(unit="weekday"):
            return bool(context.seen) and context.seen[-1].told
        case Known(period) if period.unit == "day":
            kinds = context.words.kinds[draft.first : draft.last]
            return lexicon().letters["WEEKDAY"] in kinds
    return False


def _told_year(context: Context, meaning: Named) -> Reading | None:
    """A month or day that follows a date of another year in a tale: its year, or the next."""
    if meaning.unit not in {"month", "day"} or not context.seen:
        return None
    last = context.seen[-1]
    if not last.told or last.paragraph != context.paragraph or last.period.first is None:
        return None
    if last.period.unit not in {"day", "month", "year"} or last.period.edtf.startswith("["):
        return None
    same = _same_sentence(context)
    if last.period.unit == "year" and not (same and _opens_sentence(context)):
        return None
    if same and _aside(context):
        return None
    year = last.period.first.year
    if context.today is not None:
        if direction(context.words, context.draft.first, context.draft.last) >= 0:
            return None
        if year >= context.today.year:
            return None
        nearest = min(_cost(p, context.today, -1) for p in _choices(meaning, context.today))
        recent = nearest < (_RECENT if meaning.unit == "day" else 31)
        if recent and last.period.unit != "year":
            return None
    told = _in_year(meaning, year)
    after = _in_year(meaning, year + 1)
    if told and after and told.first and after.last:
        back = (last.period.first - told.first).days
        if back > 180 and (context.today is None or after.last <= context.today):
            told = after  # from December the tale goes on to January
    return known(told, "text", last.period.first)


def _same_sentence(context: Context) -> bool:
    """Whether the expression before stands in the same sentence."""
    if context.before is None:
        return False
    between = range(context.before[0].last, context.draft.first)
    return len(between) <= 60 and not any(ends_sentence(context.words, i) for i in between)


def _aside(context: Context) -> bool:
    """Whether the expression before stands in an aside between commas: The deal, signed on 14 July
    2015, was scrapped in December."""
    if context.before is None:
        return False
    words, draft = context.words, context.before[0]
    if words.word(draft.last) != ",":
        return False
    for i in range(draft.first - 1, max(-1, draft.first - 16), -1):
        if ends_sentence(words, i):
            return False
        if words.word(i) == ",":
            return True
    return False


def _opens_sentence(context: Context) -> bool:
    """Whether the expression before opens its sentence: In 2015 the deal was signed in July."""
    if context.before is None:
        return False
    words, i = context.words, context.before[0].first - 1
    if words.kinds[i : i + 1] == lexicon().letters["IN"]:
        i -= 1
        if words.word(i).lower() in {"but", "and", "back", "then", "early", "late"}:
            i -= 1
    return i < 0 or ends_sentence(words, i)


def _pick(context: Context, meaning: Named, choices: list[Period], today: date) -> Period:
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
    if way == 3 and same:  # a week from Thursday, told on a Thursday
        return same[0]
    if way in {1, 3}:
        return future[0] if future else choices[-1]
    tense = direction(context.words, context.draft.first, context.draft.last)
    tense = _shared_direction(context, today) or tense
    if way == 2 and meaning.unit == "season":  # this summer
        if tense > 0 and not same and future:
            return future[0]
        return min(choices, key=lambda p: abs(_middle(p) - today.toordinal()))
    if way == 2 and meaning.unit == "weekday":  # this weekend
        to_come = tense > 0 or (tense == 0 and today.isoweekday() > 3)
        return (future or choices)[0] if to_come else (past or choices)[-1]
    if meaning.unit == "weekday":
        if same and len(meaning.key) == 1:
            return same[0]
        sure = 2 if len(meaning.key) > 1 else 0  # a weekend is past unless the verb is close
        return (future or choices)[0] if tense > sure else (past or choices)[-1]
    before = context.words.kinds[context.draft.first - 1 : context.draft.first]
    if context.draft.reference and meaning.unit == "day" and past and _is_over(context):
        return past[-1]
    if context.draft.reference or before == lexicon().letters["BEFORE"]:
        tense = 0
    return min(choices, key=lambda p: _cost(p, today, tense))


def _shared_direction(context: Context, today: date) -> int:
    """The direction of the date before, where a list goes on with no verb of its own: a vote on
    Thursday and a debate on Sunday; 0 where none does."""
    if context.before is None or context.before[1] is None:
        return 0
    before, period = context.before
    if not isinstance(before.meaning, Named) or period is None or period.first is None:
        return 0
    words, first = context.words, context.draft.first
    if words.word(first - 1).lower() != words.word(before.first - 1).lower():
        return 0
    if not 1 < first - before.last <= 8 or words.word(before.last).lower() not in {"and", ","}:
        return 0
    if any(is_verb_or_end(words, i, first) for i in range(before.last, first)):
        return 0
    return 2 if period.first > today else -2 if period.first < today else 0


def _middle(period: Period) -> int:
    assert period.first is not None
    assert period.last is not None
    return (period.first.toordinal() + period.last.toordinal()) // 2


def _named_within(context: Context, meaning: Named) -> Reading | None:
    assert meaning.within is not None
    outer = context.read(meaning.within)
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
        return known(found[0], outer.anchor, outer.anchor_date) if found else None
    if meaning.unit == "weekday":
        monday = first - timedelta(first.weekday())
        day = periods.day(monday + timedelta(int(meaning.key[0]) - 1))
        return known(day, outer.anchor, outer.anchor_date)
    return known(_in_year(meaning, first.year), outer.anchor, outer.anchor_date)


def _same_quarter(context: Context, within: Meaning | None) -> Reading | None:
    """The quarter that the text is about."""
    last = context.latest(QUARTERS, 10_000)
    if within is not None:
        outer = context.read(within)
        if outer is None or outer.period is None or outer.period.first is None:
            return None
        if last is None or last.period.first is None:
            return Reading(outer.period.value, outer.period, outer.anchor, outer.anchor_date)
        number = (last.period.first.month + 2) // 3
        return known(periods.quarter(outer.period.first.year, number), "text", last.period.first)
    if last is not None:
        return known(last.period, "text", last.period.first)
    return Reading("XXXX-QX", reason=NO_ANCHOR)


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
        named_ = [d for d in found_days if d and meaning.weekday in (None, d.isoweekday())]
        return [periods.day(d) for d in named_]
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
    if period.unit == "season":  # seldom told without its year, unless it is near
        tense = min(abs(tense), 1)
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
