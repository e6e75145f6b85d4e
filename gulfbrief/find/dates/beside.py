"""Past or to come, as the words right beside a date tell: put off to Monday, Monday's crash."""

from __future__ import annotations

from ..text.word_classes import classes_of
from .tokens import BREAK, OTHER, DateTokens, lexicon
from .verbs import ends_sentence, forms, is_past, is_possessive

_LEADING = frozenset("over after following about since from of in by during with for".split())

_PROLONGED = frozenset(
    "extended extends extend extending extension prolonged renewed funded funding keep".split()
)


def is_unforeseen(words: DateTokens, first: int, last: int) -> bool:
    """Whether a date belongs to what nobody fixes beforehand: Friday's raid, the 7 October attack,
    the shooting on Monday."""
    lex = forms()
    if is_possessive(words, last):
        for i in range(last + 2, last + 6):
            word = words.lower[i]
            if word in lex.unforeseen:
                return True
            if not word.isalpha() or word in lex.prepositions or word in lex.joints:
                return False
        return False
    if words.lower[last] in lex.unforeseen:
        near = {words.lower[first - 1], words.lower[first - 2]}
        return not lex.articles.isdisjoint(near)  # the 7 October attack, the deadly 1 May fire
    compound = words.word(last).islower() and words.lower[last + 1] in lex.unforeseen
    if compound and words.lower[last] not in lex.prepositions | lex.joints:
        return words.lower[first - 1] in lex.articles  # the 14 November ferry fire
    i = first - 1
    while first - i < 4 and words.lower[i] in {
        "on",
        "in",
        "of",
        "late",
        "early",
        "at",
        "the",
    }:
        i -= 1
    if words.lower[i] not in lex.unforeseen or i == first - 1:
        return False
    for j in range(i - 1, i - 6, -1):
        before = words.lower[j]
        if before in _LEADING:
            return True
        if not before.isalpha() or before in lex.future or before in {"to", "and", "that"}:
            return False
    return False


def beside(words: DateTokens, first: int, last: int) -> int | None:
    """The direction that the words right beside a date tell, whatever the verb: a plan (put off to
    Monday), what nobody planned (Monday's crash), a paper or vote of that day (an order of Monday).
    Null where they tell none."""
    lex, letters = forms(), lexicon().letters
    if is_unforeseen(words, first, last) or _before_its_verb(words, first, last):
        return -3
    if is_possessive(words, last) and _coming(words, first, last):
        return 2
    if _set_down(words, last):
        return 2  # a new September hearing has been set
    if words.word(last) == "will" and not _relative(words, first):
        return 3  # the guild this weekend will cancel it
    possessive = is_possessive(words, last)
    lead = words.lower[first - 1]
    if possessive and (
        lead in {"after", "following", "over", "since"}
        or (lead == "to" and words.lower[first - 2] == "response")
    ):
        return -2
    if lead == "since":
        return -2
    if lead == "by" and words.lower[first - 2] in lex.planned:
        return 2  # new elections by December
    if lead in {"past", "beyond"} and not possessive:
        return 2
    if lead == "come" and not possessive:
        return 3  # come November
    if lead == "from" and not possessive:
        near = {words.lower[j] for j in range(first - 4, first - 1)}
        if near & lex.arranged and near & lex.particles:
            return 0  # brought forward from November, which may be to come yet
    if lead == "through" and not possessive:
        near = {words.lower[j] for j in range(max(0, first - 9), first - 1)}
        return 3 if near & _PROLONGED else None
    if lead in {"for", "to", "until", "till"} and not possessive:
        return _fixed(words, first, lead)
    weekday = words.kinds[first : first + 1] == letters["WEEKDAY"]
    if lead == "of" and weekday and not possessive:
        noun = words.lower[first - 2]
        return -2 if noun.isalpha() and noun not in lex.parts else None
    return None


def _coming(words: DateTokens, first: int, last: int) -> bool:
    """Whether what is fixed beforehand for a day is spoken of in the present: Monday's televised
    debate is the last of four."""
    if first > 0 and not ends_sentence(words, first - 1):
        return False
    i = last + 2
    while i < last + 6 and words.lower[i].isalpha() and words.lower[i] not in forms().planned:
        i += 1
    return words.lower[i] in forms().planned and words.lower[i + 1] in {"is", "are"}


def _set_down(words: DateTokens, last: int) -> bool:
    """Whether a day names what has been fixed: a September trial has been set."""
    if words.lower[last] not in forms().planned:
        return False
    found = [words.lower[j] for j in range(last + 1, last + 4)]
    return found[:2] == ["has", "been"] and found[2] in {"set", "scheduled", "fixed", "planned"}


_LASTING = frozenset("served stayed lived worked ran led remained continued lasted waited".split())


def lasting(words: DateTokens, first: int) -> int:
    """What the verb tells of the day up to which something lasts: the shop is shut until May, the
    lease runs until May; she served until May."""
    for i in range(first - 2, max(-1, first - 14), -1):
        word = words.lower[i]
        if ends_sentence(words, i):
            break
        if word in _LASTING:
            return -1 if words.lower[i - 1] not in {"has", "have"} else 1
        if word in {"is", "are", "will", "s", "re", "remains", "remain"}:
            return 2
        if is_past(words, i) and words.lower[i - 1] not in {"is", "are"}:
            break
    return 1


_PASSIVE = frozenset("was were been had".split())


def _relative(words: DateTokens, first: int) -> bool:
    """Whether a date ends a relative clause or a participle: those who came on Monday will stay."""
    if is_past(words, first - 2):
        return True
    for i in range(first - 1, max(-1, first - 12), -1):
        if words.word(i) == "," or ends_sentence(words, i):
            return False
        if words.lower[i] in {"who", "which", "that"}:
            return True
    return False


def _before_its_verb(words: DateTokens, first: int, last: int) -> bool:
    """Whether a date stands between a subject and its verb in the past: after the mayor on Monday
    refused to pay."""
    verb = last + words.word(last).endswith("ly")
    if words.word(verb) in _PASSIVE or not is_past(words, verb):
        return False
    i = first - 2 if words.lower[first - 1] == "on" else first - 1
    subject = words.word(i)
    if not subject.isalpha() or words.kinds[i] != OTHER or is_past(words, i):
        return False
    return subject[:1].isupper() or classes_of(subject)[0] == "n"


def _fixed(words: DateTokens, first: int, lead: str) -> int | None:
    """Called for 5 July, put off to Monday, moved from 3 to 5 July: that day is to come, unless it
    "had been" fixed."""
    lex = forms()
    i = first - 2
    while first - i < 9 and (
        words.lower[i] in lex.particles
        or words.lower[i] == "from"
        or (words.kinds[i : i + 1] not in ("", OTHER, BREAK) and words.word(i).isalnum())
    ):
        if words.lower[i] in lex.arranged:
            break
        i -= 1
    if words.lower[i] in lex.arranged:
        around = {words.lower[j] for j in range(i - 3, i)}
        return 0 if around & {"had", "originally", "initially", "first"} else 3
    letters = lexicon().letters
    day = words.kinds[first : first + 1] in (letters["WEEKDAY"], letters["DAY"]) or (
        words.kinds[first + 1 : first + 2] == letters["DAY"]
    )
    if lead == "for" and day and words.kinds[first - 2 : first - 1] == OTHER:
        return 2
    return None
