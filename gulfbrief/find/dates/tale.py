"""Names in the year of what the text is telling: on 20 January and then on the 25th; on Monday,
7 February, the choir sang, on Wednesday it left."""

from __future__ import annotations

from datetime import timedelta

from . import calendars, periods
from .choices import RECENT, candidates, cost, in_year
from .context import Context, Reading, known
from .meanings import Deictic, Draft, Known, Named
from .tense import direction, opens_clause, reporting_follows
from .tokens import lexicon
from .verbs import ends_sentence

_TALE = 400  # days: how old a day may be after which weekdays go on with its tale


def of_month(context: Context, meaning: Named) -> Reading | None:
    """A bare day of the month that the text has just named: last month, on the 9th; on 20 January
    and again on the 25th."""
    if meaning.unit != "nth" or context.before is None or not context.seen:
        return None
    seen = context.seen[-1]
    if seen.paragraph != context.paragraph or seen.period.first is None:
        return None
    if seen.period.unit not in {"day", "month"} or seen.period.edtf.startswith("["):
        return None
    if not same_sentence(context):
        words, draft = context.words, context.draft
        if seen.period.unit != "day" or direction(words, draft.first, draft.last) >= 0:
            return None
    first = seen.period.first
    month = first.replace(day=1)
    day = calendars.day(month.year, month.month, int(meaning.key[0]))
    if day is not None and seen.period.unit == "day" and day < first:
        after = periods.moved(month, 1, "month")
        day = calendars.day(after.year, after.month, int(meaning.key[0])) if after else None
    return known(periods.day(day), "text", first) if day else None


def of_story(context: Context, meaning: Named) -> Reading | None:
    """A month, day or season in the year that the tale stands in, or in the next, where it goes
    on."""
    story = context.story
    if story is None or meaning.unit not in {"month", "day", "season"}:
        return None
    words, draft = context.words, context.draft
    near = same_sentence(context) or opens_clause(words, draft.first, draft.last)
    season = meaning.unit == "season" and story.paragraph == context.paragraph
    if not near and not season:
        return None
    if context.today is not None and direction(words, draft.first, draft.last) > 0:
        return None
    last = context.seen[-1].period if context.seen else None
    told = in_year(meaning, story.year)
    if told is None or told.first is None:
        return None
    here = bool(context.seen) and context.seen[-1].paragraph == context.paragraph
    year_here = last is not None and last.unit == "year" and here
    goes_on = last is not None and (last.unit != "year" or year_here)
    if goes_on and last and last.first and last.first.year >= story.year:
        year = last.first.year
        told = in_year(meaning, year)
        after = in_year(meaning, year + 1)
        if told and told.first and after and not year_here and (last.first - told.first).days > 150:
            told = after
    if told is None or told.first is None:
        return None
    if context.today is not None and told.first > context.today:
        return None
    return known(told, "text", last.first if last else told.first)


def season_after(context: Context, meaning: Named) -> Reading | None:
    """The next spring, in a tale: the first after the date that the paragraph told last."""
    if context.words.word(context.draft.first).lower() != "the" or not context.seen:
        return None
    last = context.seen[-1]
    first = last.period.first
    if last.paragraph != context.paragraph or first is None or not last.explicit:
        return None
    for year in (first.year, first.year + 1):
        found = in_year(meaning, year)
        if found and found.first and found.first > first:
            return known(found, "text", first)
    return None


def next_in_tale(context: Context, meaning: Named) -> Reading | None:
    """A weekday that goes on with a tale: "On Monday, 7 February, the choir sang. On Wednesday it
    left." The day before has its weekday or its month, both open a clause."""
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
    if direction(words, draft.first, draft.last) > 0 or reporting_follows(words, draft.last):
        return None
    ahead = (int(meaning.key[0]) - period.first.isoweekday()) % 7 or 7
    day = period.first + timedelta(ahead)
    return known(periods.day(day), "text", period.first) if day <= today else None


def _dated_with_weekday(context: Context, draft: Draft) -> bool:
    """Whether the date before is a weekday with its day, or one that was counted from such."""
    match draft.meaning:
        case Named(unit="day", weekday=int()):
            return True
        case Named(unit="weekday") | Deictic(unit="day", base="text"):
            return bool(context.seen) and context.seen[-1].explicit
        case Known(period) if period.unit == "day":
            kinds = context.words.kinds[draft.first : draft.last]
            return lexicon().letters["WEEKDAY"] in kinds
    return False


def year_of_tale(context: Context, meaning: Named) -> Reading | None:
    """A month or day that follows a date of another year in a tale: its year, or the next."""
    if meaning.unit not in {"month", "day"} or not context.seen:
        return None
    last = context.seen[-1]
    if not last.explicit or last.paragraph != context.paragraph or last.period.first is None:
        return None
    if last.period.unit not in {"day", "month", "year"} or last.period.edtf.startswith("["):
        return None
    same = same_sentence(context)
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
        nearest = min(cost(p, context.today, -1) for p in candidates(meaning, context.today))
        recent = nearest < (RECENT if meaning.unit == "day" else 31)
        if recent and last.period.unit != "year":
            return None
    told = in_year(meaning, year)
    after = in_year(meaning, year + 1)
    if told and after and told.first and after.last:
        back = (last.period.first - told.first).days
        if back > 180 and (context.today is None or after.last <= context.today):
            told = after  # from December the tale goes on to January
    return known(told, "text", last.period.first)


def same_sentence(context: Context) -> bool:
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
