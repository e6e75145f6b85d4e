"""The year in which a tale of the past stands: "In 1974 she went to sea. On 6 October she died."""

from __future__ import annotations

from .context import Context, Story
from .meanings import Away, Clock, Deictic, Draft, Known, Meaning, Named
from .tokens import BREAK, OTHER, DateTokens
from .verbs import ends_sentence

_SUBJECT = 8  # tokens before the year of a subject: "The long border war of 1931"
_LEADS = frozenset(("but", "and", "back", "then", "early", "late", "later", "already", "again"))


def follow(context: Context, draft: Draft) -> None:
    """Moves the story of ``context`` to the year of ``draft``, where the tale goes there, and ends
    it where a date is told from the day of publication or the paragraph is over."""
    story = context.story
    if story is not None and context.paragraph - story.paragraph > 1:
        context.story = None
    year = _year(draft.meaning)
    if year is not None:
        past = context.today is None or year < context.today.year
        if past and _leads_tale(context.words, draft):
            context.story = Story(year, context.paragraph)
        elif context.story is not None and year != context.story.year and not past:
            context.story = None
        return
    if _of_now(draft.meaning):
        context.story = None


def _year(meaning: Meaning) -> int | None:
    """The year of a date that tells it."""
    match meaning:
        case Known(period) if period.unit in {"year", "month", "day", "season"} and period.first:
            return period.first.year
        case Clock(on=Known() as on):
            return _year(on)
    return None


def _of_now(meaning: Meaning) -> bool:
    """Whether a date is told from the day of publication: yesterday, last week, on Friday."""
    match meaning:
        case Deictic(base="published") | Away(base="published", of=None):
            return True
        case Named(unit="weekday", within=None, direction=0):
            return True
        case Clock(on=on) if on is not None:
            return _of_now(on)
    return False


def _leads_tale(words: DateTokens, draft: Draft) -> bool:
    """Whether a date opens its sentence (In 1974; Back in May 2015), or its subject is named by it
    (The flood of 1931 came at night)."""
    first = draft.first
    i = first - 1
    if words.word(i).lower() in {"in", "on", "by", "during", "since", "until"}:
        i -= 1
    while words.word(i).lower() in _LEADS or words.word(i) == ",":
        i -= 1
    if _begins(words, i):
        return True
    of = words.word(first - 1).lower() == "of"
    if _named_stretch(words, draft, of) and ends_sentence(words, draft.last):
        return True
    i = first - 2
    while of and first - i <= _SUBJECT:
        if _begins(words, i):
            return True
        token = words.word(i)
        if not token.isalpha() and token not in {"-", "'", "’"}:
            return False
        if words.kinds[i] != OTHER and token.islower() and token not in {"in", "the", "a", "of"}:
            season = token in {"spring", "summer", "autumn", "fall", "winter"}
            if not season:
                return False
        i -= 1
    return False


def _named_stretch(words: DateTokens, draft: Draft, of: bool) -> bool:
    """The summer of 2014, the events of 1968: a sentence may end with it and the next go on."""
    if isinstance(draft.meaning, Known) and draft.meaning.period.unit == "season":
        return True
    return of and words.word(draft.first - 2).lower() in {"events", "war", "revolt", "crisis"}


def _begins(words: DateTokens, i: int) -> bool:
    """Whether a sentence begins after token ``i``."""
    if i < 0 or words.kinds[i] == BREAK or words.word(i) in {";", "—", "–", ":"}:
        return True
    if words.word(i) == "-":  # of a dateline
        return words.text[words.starts[i] - 1 : words.ends[i] + 1] == " - "
    return ends_sentence(words, i)
