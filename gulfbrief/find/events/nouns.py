"""Dates that belong to a noun of the clause, not to its verb."""

from __future__ import annotations

from ...model import TimeExpression
from ..text.verb_groups import Group
from ..text.word_classes import classes_of
from .sentence import Sentence

_REACH = 12  # tokens of a noun phrase before its date
_TIMED = frozenset("after following since despite amid before ahead".split())
_LEADING = frozenset("even just shortly long soon right only".split())
_ADVERBS = frozenset(
    "that here there ahead local night morning afternoon evening alone instead both either he she"
    " it they we who what how why time ago old home abroad eastern central pacific because".split()
)
_FINITE = (["was"], ["were"], ["is"], ["are"], ["has"], ["had"], ["will"])
_DEFINITE = frozenset("the his her its their our my your this that these those".split())


def of_noun(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether the date only tells a noun from others: Monday's raid was condemned, the 3 May order,
    a bill of last year, after his acquittal last week; or is a mere part of some day (at dawn)."""
    span = s.span(d.start, d.end)
    k, after = span.start, s.lower[span.stop : span.stop + 1]
    owning = s.text.text[d.end : d.end + 2] in ("'s", "’s")
    if owning or d.text.endswith(("'s", "’s")) or (after and after[0] in ("'s", "’s", "'", "’")):
        return True
    if d.type == "TIME" and not any(c.isdigit() or c.isupper() for c in d.text):
        day = d.text.lower().split()[0] in ("this", "last", "tonight", "overnight", "yesterday")
        return not day
    before = s.lower[k - 1] if k else ""
    if s.lower[k - 1 : k] == ["("] and k - 2 in s.date_of:
        return True  # through the close of 2017 (December 31)
    if s.lower[k - 2 : k] == ["as", "of"]:
        return True
    if s.lower[k - 3 : k] == ["since", "at", "least"]:
        return True
    if before in ("before", "since", "after", "through", "beyond"):
        return True  # not on that day
    if group.end <= k and s.lower[span.stop : span.stop + 1] in _FINITE:
        return True  # the man shot last week was there
    if group.end <= k and _ruled_behind(s, group, span.stop):
        return True
    if before in ("until", "till") and group.head not in s.lex["plan"]:
        return True
    if before == "for" and group.head not in s.lex["plan"] and not group.planned:
        return True
    if _after_noun(s, k, group) or (k > group.end and _before_noun(s, span.stop)):
        return True
    if k < group.start and not _fronted(s, d, group):
        return True
    if before in s.lex["determiner"] and after and s.tokens[span.stop][:1].islower():
        return after[0] not in s.lex["preposition"] and after[0] not in s.lex["coordinator"]
    if before in ("'s", "’s", "'", "’") or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    return before == "of" and k > group.end


def _ruled_behind(s: Sentence, group: Group, stop: int) -> bool:
    """Whether a verb right behind the date rules the sentence, so that the one before it is a
    participle: a study published on Monday shows; figures released Monday further underline."""
    joined = group.start > 0 and s.lower[group.start - 1] in s.lex["coordinator"]
    if (
        group.end - group.start > 1
        or group.start == 0
        or (s.closed(group.start - 1) and not joined)
    ):
        return False
    k = stop + (s.lower[stop : stop + 1] != [] and s.lower[stop] in _ADDED)
    word = s.lower[k] if k < len(s.tokens) else ""
    plain = word.isalpha() and s.tokens[k].islower() and not s.closed(k) and word[-3:] != "ing"
    if plain and (
        classes_of(word)[0] in "zb" or word in s.lex["saying"] or word in s.lex["placing"]
    ):
        return True
    for g in s.clauses[s.clause_of[min(stop, len(s.tokens) - 1)]].groups:
        if g is not group and g.finite:
            adverb = g.start == stop + 1 and (
                s.lower[stop].endswith("ly") or s.lower[stop] in _ADDED
            )
            if g.start == stop or adverb:
                return True
    return False


_ADDED = frozenset("further also still".split())


def _fronted(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether a date before its verb stands at the head of its clause, before a comma or right
    before the verb: not within a noun phrase (the decision in May to let it lapse)."""
    span = s.span(d.start, d.end)
    k = span.start
    while k > 0 and (
        s.lower[k - 1] in s.lex["preposition"]
        or s.lower[k - 1] in s.lex["determiner"]
        or s.lower[k - 1] in s.lex["light"]
        or s.lower[k - 1] in s.lex["coordinator"]
        or s.lower[k - 1].endswith("ly")
        or k - 1 in s.date_of
    ):
        k -= 1
    clause = s.clauses[s.clause_of[span.start]]
    if k <= clause.lo or not s.tokens[k - 1][0].isalnum():
        return True
    after = s.tokens[span.stop : span.stop + 1]
    return after == [","] or group.start - span.stop <= 1


def _after_noun(s: Sentence, k: int, group: Group) -> bool:
    """Whether a known noun behind "after" and its like stands right before the date at ``k``: after
    his acquittal last week; not after a trial on Monday, which is new with its verb."""
    for j in range(k - 1, max(-1, k - _REACH), -1):
        word = s.lower[j]
        if j in s.date_of or s.in_group(j) or s.tokens[j] in (",", ";", ":"):
            return False
        answered = word == "to" and s.lower[j - 1 : j] in (["response"], ["reaction"], ["prior"])
        if word not in _TIMED and not answered:
            continue
        led = j > 0 and s.tokens[j - 1][0].isalnum() and s.lower[j - 1] not in _LEADING
        if j + 1 >= k or (j < group.start and led):
            return False
        if word in ("ahead", "before") and k - j > 2:
            return True
        if s.lower[j + 1] in s.lex["preposition"] or k - j < 2:
            return False
        noun = s.lower[j + 1 : k]
        owned = any(w.endswith(("'s", "s'")) or w == "'s" for w in noun)
        return owned or noun[0] in _DEFINITE
    return False


def _before_noun(s: Sentence, k: int) -> bool:
    """Whether the date that ends before token ``k`` tells a noun from others: at a Monday
    briefing, the fourth quarter numbers."""
    if k >= len(s.tokens) or not s.tokens[k].isalpha() or not s.tokens[k].islower():
        return False
    word = s.lower[k]
    if s.closed(k) or word.endswith(("ly", "ed")):
        return False
    if word.endswith("ing") and classes_of(word)[0] != "n":
        return False
    return word not in _ADVERBS and not s.in_group(k) and word not in s.lex["auxiliary"]
