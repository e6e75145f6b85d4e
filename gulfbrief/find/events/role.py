"""What an event is to its report: a happening, a statement, or background."""

from __future__ import annotations

from datetime import date, timedelta

from ...model import Certainty, EventRole, TimeExpression
from ..text.verb_groups import Group
from .sentence import Sentence

_YEAR = timedelta(366)
_MONTH = 31  # days of the longest span that dates a happening
_FEWEST = 3  # words beside the date of what can be told alone
_BE = frozenset("is are was were be been being isn't aren't wasn't weren't 's 're".split())


def role(
    s: Sentence,
    home: int,
    d: TimeExpression,
    certainty: Certainty,
    published: str | None,
    *,
    quoted: bool,
) -> EventRole:
    """The role of the event of ``d`` in piece ``home``; ``quoted`` where somebody's own words tell
    it. A happening is a finite verb of doing in a clause of its own, dated by a span of a month at
    most, within a year of publication."""
    chain = s.chain(home)
    first = s.clauses[chain[0]]
    groups = [g for i in chain for g in s.clauses[i].groups]
    group = ruling(groups, s.token(d.start))
    if group is None or certainty == "hypothetical":
        return "statement" if quoted else "background"
    if quoted or _says(s, group):
        return "statement"
    if first.kind in ("relative", "reduced", "subordinate", "participle") or first.condition:
        return "background"
    if first.kind == "infinitive" and first.parent is not None:
        root = s.clauses[s.chain(first.parent)[0]]
        if root.kind in ("relative", "reduced", "subordinate") or not root.groups:
            return "background"
        group = root.groups[-1]
        if _says(s, group):
            return "statement"
    if s.tokens[-1:] == ["?"] or _long_ago(d, published) or _within_noun(s, d, group):
        return "background"
    if _state(s, group) or _pluperfect(s, group) or _habit(s, group, certainty):
        return "background"
    return "happening"


def ruling(groups: list[Group], k: int) -> Group | None:
    """The verb group that rules the date at token ``k``: the last before it, else the first."""
    before = [g for g in groups if g.start < k]
    return before[-1] if before else (groups[0] if groups else None)


def _says(s: Sentence, group: Group) -> bool:
    """Whether the verb only says something (the deal was announced happens, it is no statement)."""
    if group.head not in s.lex["saying"] or group.head in s.lex["discovering"]:
        return False
    words = set(s.lower[group.start : group.end - 1])
    passive = bool(words & _BE) and not group.head.endswith("ing")
    if not passive:
        return True
    return s.lower[group.start - 1 : group.start] == ["it"] or group.head in ("told", "said")


def _state(s: Sentence, group: Group) -> bool:
    """Whether the verb tells a state: to be, to have, to know, to want."""
    words = s.lower[group.start : group.end]
    if group.head in s.lex["state"]:
        return True
    return all(w in _BE or w in s.lex["light"] or w in s.lex["modal"] for w in words)


def _pluperfect(s: Sentence, group: Group) -> bool:
    words = s.lower[group.start : group.end]
    return words[:1] in (["had"], ["hadn't"]) and len(words) > 1


def _habit(s: Sentence, group: Group, certainty: Certainty) -> bool:
    """Whether a present or a modal tells what is so in general; "has" with a participle, and what
    is planned, are no habit."""
    if certainty == "planned":
        return False
    words = s.lower[group.start : group.end]
    if group.tense == "conditional" or words[:1] in (["would"], ["must"], ["should"], ["can"]):
        return True
    return group.tense == "present" and not set(words) & {"has", "have"} and not group.infinitive


def _long_ago(d: TimeExpression, published: str | None) -> bool:
    """Whether the day is over a year before publication, or is too wide to be one happening's."""
    assert d.date is not None
    start, end = d.date.start, d.date.end
    if start is None or end is None or d.date.granularity in ("year", "decade", "season", "half"):
        return True
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if d.date.granularity == "range" and (last - first).days > _MONTH:
        return True
    return published is not None and first < date.fromisoformat(published) - _YEAR


def _within_noun(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether the date only tells a noun from others: Monday's raid was condemned, the 3 May order,
    a bill of last year; or is a mere part of some day (at dawn)."""
    span = s.span(d.start, d.end)
    k, after = span.start, s.lower[span.stop : span.stop + 1]
    if d.text.endswith(("'s", "’s")) or (after and after[0] in ("'s", "’s", "'", "’")):
        return True
    if d.type == "TIME" and not any(c.isdigit() or c.isupper() for c in d.text):
        day = d.text.lower().split()[0] in ("this", "last", "tonight", "overnight", "yesterday")
        return not day
    before = s.lower[k - 1] if k else ""
    if before in s.lex["determiner"] and after and s.tokens[span.stop][:1].islower():
        return after[0] not in s.lex["preposition"] and after[0] not in s.lex["coordinator"]
    if before in ("'s", "’s") or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    return before == "of" and k > group.end


def tellable(words: int) -> bool:
    """Whether so many words beside a date can be told alone."""
    return words >= _FEWEST
