"""Whether a clause tells something without its report: not where it only places what was told
before, measures, answers nothing, or points back."""

from __future__ import annotations

from ...model import TimeExpression
from ..text.verb_groups import Group
from ..text.word_classes import classes_of
from .sentence import Sentence

_SETTING = frozenset(
    "when because if while although though unless whether whereas once than what how why".split()
)
_POINTING = frozenset("this that these those such so it them likewise something".split())
_TOLD = frozenset("announcement decision remark remarks comment comments claim statement".split())
_ABOUT = (["to"], ["that"], ["of"], ["on"], ["about"], ["not"])
_LITTLE = frozenset("something little nothing much".split())
_DOING = frozenset("did do does done doing".split())
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today".split()
)
_SUBJECT = 8  # tokens of a subject


def depends(s: Sentence, i: int, d: TimeExpression, group: Group) -> bool:
    """Whether the clause ``i``, ruled by ``group``, leans on what was told before."""
    return (
        _places(s, group)
        or _meets(s, group)
        or _measures(s, i, group)
        or _counts(s, d, group)
        or _subordinate(s, i, d, group)
        or _points_back(s, group)
        or _within_gerund(s, group, d)
        or _marked_off(s, i)
        or _of_next_clause(s, group, s.token(d.start))
    )


def silent(s: Sentence, group: Group, groups: list[Group]) -> bool:
    """Whether somebody only does not answer: declined to comment, did not return a call."""
    answering, at = s.lex["answering"], group.end
    if group.head in s.lex["refusing"]:
        following = [w for w in s.lower[at : at + 5] if w != "to" and not w.endswith("ly")]
        return bool(following) and following[0] in answering
    words = s.lower[group.start : group.end]
    if group.head == "asked" and {"was", "were", "been"} & set(words):
        return True
    denied = any(w in ("not", "never", "didn't", "doesn't", "couldn't", "n't") for w in words)
    return denied and group.head in answering | {"reached"}


def _places(s: Sentence, group: Group) -> bool:
    """The remarks came after; the move capped a week: not "a boy came home"."""
    if group.head in ("came", "come", "comes", "followed", "follows"):
        after = s.lower[group.end : group.end + 1]
        near = "by during after amid as before when days hours weeks on the a less just".split()
        dated = group.end in s.date_of or (after == ["in"] and group.end + 1 in s.date_of)
        return bool(after) and (after[0] in near or dated)
    return group.head in s.lex["placing"]


_MET = frozenset(
    "criticism questions pressure backlash scrutiny outrage ire praise condemnation".split()
)


def _meets(s: Sentence, group: Group) -> bool:
    """Whether somebody only meets with what others think: faced sharp criticism."""
    if group.head not in ("faced", "faces", "drew", "draws", "sparked", "sparks", "met"):
        return False
    for k in range(group.end, min(group.end + 4, len(s.tokens))):
        if s.lower[k] in _MET:
            return s.lower[k + 1 : k + 2] not in (["for"], ["over"], ["from"], ["about"], ["by"])
    return False


def _measures(s: Sentence, i: int, group: Group) -> bool:
    """A poll was conducted, figures showed, 58 percent of voters feared; according to a survey."""
    subject = s.lower[max(s.clauses[i].lo, group.start - _SUBJECT - 6) : group.start]
    asked = {"questioned", "interviewed", "asked"} & set(s.lower[group.start : group.end])
    if asked and not s.lex["survey"].isdisjoint(s.lower):
        return True
    if {"surveyed", "polled"} & set(s.lower) or (
        "of" in subject and {"percent", "%"} & set(subject)
    ):
        return True
    if not s.lex["survey"].isdisjoint(s.lower) and {"percent", "%"} & set(s.lower):
        return True
    for j in range(len(s.tokens) - 1):
        if s.lower[j : j + 2] == ["according", "to"]:
            return not s.lex["survey"].isdisjoint(s.lower[j : j + 10])
    return group.head in s.lex["measuring"] and not s.lex["survey"].isdisjoint(subject)


MOVED = frozenset(
    "fell fallen rose risen jumped dropped climbed declined grew grown increased decreased slipped"
    " surged slumped gained sank shrank".split()
)


def _counts(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether a month's figure is told: sales fell 0.3 percent in May."""
    if d.date is None or d.date.granularity == "day" or group.head not in MOVED:
        return False
    return not {"%", "percent", "percentage"}.isdisjoint(s.lower[group.end : group.end + 12])


def _subordinate(s: Sentence, i: int, d: TimeExpression, group: Group) -> bool:
    """Whether a conjunction that no clause was cut at stands before the verb or its date: On
    Friday, when asked; ... when November comes."""
    lo, k = s.clauses[i].lo, s.token(d.start)
    if s.lower[group.start - 1 : group.start] in (["that"], ["who"], ["which"]):
        return group.start - 1 > lo  # raids in May that killed two
    if s.clauses[i].hard and s.lower[lo + 1] in s.lex["subordinator"]:
        return True  # - before he leaves on Friday
    for j in range(lo, max(group.start, k)):
        setting = s.lower[j] in _SETTING or (s.lower[j] == "as" and s.tokens[j - 1] == ",")
        if setting and s.clause_of[j] == s.clause_of[max(group.start, k) - 1]:
            return True
    return False


def _points_back(s: Sentence, group: Group) -> bool:
    """Whether the verb's object is told before: did so, made that case, shared it."""
    after = s.lower[group.end : group.end + 2]
    if not after:
        return False
    led = after[0] in s.lex["preposition"] and after[1:] and group.end + 1 not in s.date_of
    if led and after[1] in ("it", "them"):
        return True  # voted against it
    for j in range(group.end + 1, min(group.end + 4, len(s.tokens) - 1)):
        pointing = s.lower[j] in ("this", "that", "these", "those") and j not in s.date_of
        if pointing and s.lower[j - 1] in s.lex["preposition"]:
            return classes_of(s.lower[j + 1])[0] == "n"  # returned to that reading
    if group.head in _DOING or group.head in _LITTLE:
        return True
    if after[0] == "that":
        first, second = (*s.lower[group.end + 1 : group.end + 3], "", "")[:2]
        apart = s.clause_of[group.end] != s.clause_of[group.start]
        if apart or group.head in s.lex["saying"]:  # "made that case to", not "ruled that"
            return classes_of(first)[0] == "n" and second in (
                "to",
                "on",
                "in",
                "at",
                "with",
                "again",
            )
        return first.isalpha()
    if group.head in ("made", "make", "makes"):
        if after[0] in ("clear", "plain"):
            return True
        further = s.lower[group.end + 2 : group.end + 3]
        about = further in _ABOUT and group.end + 3 not in s.date_of
        if after[0] in s.lex["determiner"] and after[-1] in _TOLD and not about:
            return True  # made the announcement
    if {"similar", "same"} & set(s.lower[group.end : group.end + 2]):
        return True
    return after[0] in _POINTING


def _within_gerund(s: Sentence, group: Group, d: TimeExpression) -> bool:
    """Whether the date belongs to an -ing form behind the verb: talks about cutting it in May, a
    study charting deaths between 3 and 9 May. A weekday is as a rule that of the verb: accused her
    of lying on Monday."""
    k = s.token(d.start)
    weekday = d.date is not None and d.date.granularity == "day" and d.text.lower() in _WEEKDAYS
    for j in range(group.end, k):
        word = s.lower[j]
        if word.endswith("ing") and len(word) > 4 and j not in s.date_of:
            if word in s.lex["not_participles"] or classes_of(word)[0] in "nj":
                continue
            before = s.lower[j - 1]
            if weekday and before in ("of", "for"):
                continue
            if before not in s.lex["determiner"] and s.tokens[j].islower():
                return True
    return False


def _of_next_clause(s: Sentence, group: Group, k: int) -> bool:
    """Whether ", but" or ", and" stands between the verb and its date, which opens what follows:
    collects the letters, but in a mail on Monday ..."""
    return any(
        s.tokens[j] == "," and s.lower[j + 1] in ("but", "and") and not s.in_group(j + 2)
        for j in range(group.end, k - 2)
    )


def _marked_off(s: Sentence, i: int) -> bool:
    """Whether all of a clause stands in quotation marks or brackets."""
    clause = s.clauses[i]
    first, last = s.tokens[clause.lo], s.tokens[min(clause.hi, len(s.tokens)) - 1]
    return (first in ("“", '"') and last in ("”", '"')) or (first == "(" and clause.lo == 0)
