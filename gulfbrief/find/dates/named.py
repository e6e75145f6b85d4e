"""Names in the calendar without their year: which March, which Friday, which quarter is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from . import calendars, periods
from .beside import is_unforeseen
from .choices import RECENT, candidates, cost, in_year, unknown_value
from .context import NO_ANCHOR, NO_DAY, QUARTERS, Context, Reading, known
from .meanings import Ambiguous, Meaning, Named
from .periods import Period
from .tale import next_in_tale, of_month, of_story, same_sentence, season_after, year_of_tale
from .tense import backshifted, direction, is_caption, is_verb_or_end
from .tokens import lexicon
from .verbs import forms

_NEAR = 60  # days: how near a day inside a name is taken to be of this year
_ANY = "a weekday of any week"
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
    if _any_such(context, meaning):
        return Reading(unknown_value(meaning), reason=_ANY)
    if meaning.key == ("same",):
        return _same_quarter(context, meaning.within)
    if meaning.direction == 1 and meaning.unit == "season":
        told = season_after(context, meaning)
        if told is not None:
            return told
    if meaning.within is not None:
        return _named_within(context, meaning)
    if context.words.word(context.draft.first).lower() == "that":
        return _of_told_year(context, meaning)
    today = context.today
    listed = _after_listed(context, meaning) or _same_day(context, meaning)
    listed = listed or _day_after(context, meaning)
    if listed is not None:
        return listed
    if today is None:
        told = year_of_tale(context, meaning) or of_story(context, meaning)
        return told or Reading(unknown_value(meaning), reason=NO_DAY)
    if meaning.direction == 0:
        for way in (_known_day, _well_known, of_month, of_story, year_of_tale, next_in_tale):
            told = way(context, meaning)
            if told is not None:
                return told
    choices = candidates(meaning, today)
    if not choices:
        return None
    period = _pick(context, meaning, choices, today)
    if context.draft.reference and cost(period, today, 0) > _NEAR:
        past = [p for p in choices if p.last and p.last <= today]
        future = [p for p in choices if p.first and p.first > today]
        if past and _is_new(context):
            return known(past[-1], "published", today)
        if past and meaning.unit == "day" and _is_over(context):
            return known(past[-1], "published", today)
        if future and meaning.unit == "day" and _is_end(context):
            return known(future[0], "published", today)
        return Reading(unknown_value(meaning), reason=_NO_YEAR)
    return known(period, "published", today)


def _any_such(context: Context, meaning: Named) -> bool:
    """Whether any day of the name is meant: never on a Friday; not a Friday hearing."""
    if meaning.unit != "weekday" or len(meaning.key) > 1 or meaning.within is not None:
        return False
    words, draft = context.words, context.draft
    if words.lower[draft.first - 1] != "a":
        return False
    after = words.word(draft.last)
    return (
        after in {"", ".", ",", ";", ")", "?", "!"}
        or words.lower[draft.last] in forms().prepositions | forms().joints
    )


def _of_told_year(context: Context, meaning: Named) -> Reading | None:
    """That October: of the year that the text told last."""
    anchor = context.anchor("year")
    if anchor is None:
        return Reading(unknown_value(meaning), reason=NO_ANCHOR)
    return known(in_year(meaning, anchor.year), "text", anchor)


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


def _day_after(context: Context, meaning: Named) -> Reading | None:
    """The day after publication, by the clock of a land where it has come: guards seized it Sunday,
    its owner said Monday, in a report of that Sunday."""
    today = context.today
    if meaning.unit != "weekday" or len(meaning.key) > 1 or meaning.direction or today is None:
        return None
    before, period = context.before or (None, None)
    if before is None or period is None or period.first != today or not same_sentence(context):
        return None
    if not isinstance(before.meaning, Named) or before.meaning.unit != "weekday":
        return None
    after = today + timedelta(1)
    words, first = context.words, context.draft.first
    near = [words.lower[i] for i in range(max(0, first - 3), first)]
    said = any(w in forms().reporting for w in near)
    if int(meaning.key[0]) != after.isoweekday() or not said or "last" in near:
        return None
    return known(periods.day(after), "published", today)


def _is_over(context: Context) -> bool:
    """Whether a day inside a name has been: the 7 October attack; since the 7 October vote."""
    words, draft = context.words, context.draft
    if is_unforeseen(words, draft.first, draft.last):
        return True
    i = draft.first - 1
    while words.lower[i] in {"the", "this", "that"}:
        i -= 1
    if words.lower[i] == "after" and _is_planned(context):
        return False
    return words.lower[i] in {"since", "after", "following"}


def _is_new(context: Context) -> bool:
    """Whether a day inside a name is told of something that the reader does not know yet, and that
    is not planned: a 25 July phone call; not a 30 June deadline."""
    words, first = context.words, context.draft.first
    if words.lower[first - 1] not in _INTRODUCING or _is_planned(context):
        return False
    return _AHEAD.isdisjoint(words.lower[i] for i in range(first - 8, first))


_INTRODUCING = frozenset("a an his her their its".split())
_AHEAD = frozenset("will would may might must can could should plans plan next".split())


def _is_planned(context: Context) -> bool:
    """Whether a day names what is fixed beforehand: the 30 June deadline."""
    words, draft = context.words, context.draft
    named = (words.lower[i] for i in range(draft.last, draft.last + 3))
    return not forms().planned.isdisjoint(named)


def _is_end(context: Context) -> bool:
    """Whether something lasts up to a day inside a name: until the 11 December vote."""
    words, first = context.words, context.draft.first
    lead = words.lower[first - 1]
    return (words.lower[first - 2] if lead == "the" else lead) in {"until", "till"}


def _well_known(context: Context, meaning: Named) -> Reading | None:
    """The day by which everybody calls what happened on it: the 11 September attacks."""
    found = _WELL_KNOWN.get(meaning.key)
    if found is None or meaning.unit != "day" or context.today is None:
        return None
    day, nouns = found
    words, at = context.words, context.draft.last
    at += words.lower[at] in {"terrorist", "terror"}
    return known(periods.day(day), "none", None) if words.lower[at] in nouns else None


_WELL_KNOWN: dict[tuple[int | str, ...], tuple[date, frozenset[str]]] = {
    (9, 11): (date(2001, 9, 11), frozenset(("attacks", "hijackings", "hijackers"))),
}


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
    recent = (context.today - _in_past(meaning, context.today)).days < RECENT
    if recent and not context.draft.reference:
        return None
    return known(periods.day(day), "text", day)


def _in_past(meaning: Named, today: date) -> date:
    """The last day of a name up to a day."""
    found = [p.first for p in candidates(meaning, today) if p.first and p.first <= today]
    return found[-1] if found else date.min


def _pick(context: Context, meaning: Named, choices: Sequence[Period], today: date) -> Period:
    """The choice that the words or the tense point to, else the nearest."""
    way = meaning.direction
    same = [p for p in choices if p.first and p.last and p.first <= today <= p.last]
    past = [p for p in choices if p.last and p.last < today]
    future = [p for p in choices if p.first and p.first > today]
    if way == -1:
        # In July, "last June" is seldom the month that has just ended.
        just = meaning.unit == "month" and past and cost(past[-1], today, 0) < 31
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
    if way == 2 and meaning.unit == "weekday" and same and len(meaning.key) > 1:
        return same[0]  # this weekend, told on its Saturday
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
    introduced = meaning.unit == "day" and _is_new(context)
    if (
        context.draft.reference
        or introduced
        or (before == lexicon().letters["BEFORE"] and tense < 2)
    ):
        tense = 0
    if tense == 0 and is_caption(context.words, context.draft.first, context.draft.last):
        tense = -1
    if tense > 0 and (told := _after_told(context, choices, today)):
        return told
    return min(choices, key=lambda p: cost(p, today, tense))


def _after_told(context: Context, choices: Sequence[Period], today: date) -> Period | None:
    """The first of ``choices`` after a day of long ago that the sentence has told, where it was to
    come then: on 3 May he promised to go by 30 May."""
    if not same_sentence(context) or not backshifted(context.words, context.draft.first):
        return None
    before = context.before[1] if context.before else None
    if before is None or before.last is None or (today - before.last).days < RECENT:
        return None
    return next((p for p in choices if p.first and p.first > before.last), None)


def _shared_direction(context: Context, today: date) -> int:
    """The direction of the date before, where a list goes on with no verb of its own: a fair on
    Thursday and a market on Sunday; 0 where none does."""
    if context.before is None or context.before[1] is None:
        return 0
    before, period = context.before
    if not isinstance(before.meaning, Named) or period is None or period.first is None:
        return 0
    words, first = context.words, context.draft.first
    if words.lower[first - 1] != words.lower[before.first - 1]:
        return 0
    if not 1 < first - before.last <= 8 or words.lower[before.last] not in {"and", ","}:
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
        return Reading(unknown_value(meaning), reason=outer.reason)
    first = outer.period.first
    if meaning.direction:
        step = Named(meaning.unit, meaning.key)
        choices = candidates(step, first)
        earlier = [p for p in choices if p.last and p.last < first]
        later = [p for p in choices if p.first and p.first > first]
        found = earlier[-1:] if meaning.direction < 0 else later[:1]
        return known(found[0], outer.anchor, outer.anchor_date) if found else None
    if meaning.unit == "weekday":
        monday = first - timedelta(first.weekday())
        day = periods.day(monday + timedelta(int(meaning.key[0]) - 1))
        return known(day, outer.anchor, outer.anchor_date)
    return known(in_year(meaning, first.year), outer.anchor, outer.anchor_date)


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
