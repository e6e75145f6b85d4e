"""What an event is to its report: a happening, a statement, or background."""

from __future__ import annotations

from datetime import date, timedelta

from ...model import Certainty, EventRole, TimeExpression
from ..text.verb_groups import Group
from ..text.word_classes import classes_of
from .nouns import of_noun
from .sentence import Sentence, ruling
from .standing import depends, silent
from .worth import slight

_YEAR = timedelta(366)
_MONTH = 31  # days of the longest span that dates a happening
_FEWEST = 3  # words beside the date of what can be an event of their own
_ABLE = frozenset("can can't cannot".split())
_URGING = frozenset(
    "urge urges urged urging encourage encourages encouraged advise advises advised want wants"
    " wanted implore ask asks call calls".split()
)
_INVERTED = frozenset("Says Said Writes Wrote Adds Added Read Reads".split())
_OF_NOUNS = ("on", "in", "by", "from", "against", "of", "and", "at")
_EARLY = frozenset("early late on in at".split())
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
    """The role of the event of ``d`` in clause ``home``; ``quoted`` where somebody's own words tell
    it. A happening is a finite verb of doing in a clause of its own, dated by a span of a month at
    most, within a year of publication."""
    chain = s.chain(home)
    first = s.clauses[chain[0]]
    groups = s.groups(home)
    group = ruling(groups, s.token(d.start))
    if group is None or certainty == "hypothetical":
        return "statement" if quoted else "background"
    if (
        quoted
        or (_says(s, group) and not group.infinitive)
        or _tells(s, group)
        or _all_quoted(s)
        or group.head in s.lex["opining"]
        or silent(s, group, groups)
    ):
        return "statement"
    if first.kind in ("relative", "reduced", "subordinate", "participle") or first.condition:
        return "background"
    if first.kind == "infinitive" and first.parent is not None:
        root = s.clauses[s.chain(first.parent)[0]]
        if root.kind in ("relative", "reduced", "subordinate") or not root.groups:
            return "background"
        group = root.groups[-1]
        groups = root.groups
        if _says(s, group) or silent(s, group, groups) or group.head in _URGING:
            return "statement"
        if group.tense == "conditional":
            return "background"
    if (
        _shares_doubt(s, chain[0], group)
        or _reduced(s, group, first.groups)
        or _goes_on(s, chain[0], group)
    ):
        return "background"
    if not _finite(groups) or {"likely", "probably"} & set(s.lower[group.start : group.end]):
        return "background"
    if s.tokens[-1:] == ["?"] or _long_ago(d, published) or of_noun(s, d, group):
        return "background"
    if certainty == "planned" and _over(s, group, d, published):
        return "background"
    if _torn(s, chain[0], group) or depends(s, chain[0], d, group):
        return "background"
    if slight(s, chain[0], d, group):
        return "background"
    if _state(s, group) or _pluperfect(s, group, groups) or _habit(s, group, certainty):
        return "background"
    return "happening"


def _tells(s: Sentence, group: Group) -> bool:
    """Whether a verb that is of deeds as often says something here: called it “a trap”, charged
    that the vote was bought; or the sentence begins with one of saying: Says Olga Brask."""
    after = s.lower[group.end : group.end + 1]
    if s.tokens[0] in _INVERTED or (group.head == "charged" and after == ["that"]):
        return True
    if group.head != "called" or not after or after[0] in ("for", "on", "off", "to", "in"):
        return False
    return not {"“", '"'}.isdisjoint(s.tokens[group.end : group.end + 12])


def _all_quoted(s: Sentence) -> bool:
    """Whether the sentence is somebody's own words from end to end."""
    inner = s.tokens[1:-1]
    if s.tokens[:1] == ["“"]:
        return s.tokens[-1] == "”" and "”" not in inner
    return s.tokens[:1] == ['"'] and s.tokens[-1] == '"' and '"' not in inner


def happens(s: Sentence, i: int, group: Group, d: TimeExpression) -> bool:
    """Whether the clause ``i``, ruled by ``group``, tells a happening whatever its day;
    ``d`` stands behind the verb."""
    groups = s.clauses[i].groups
    if _says(s, group) or group.head in s.lex["opining"] or silent(s, group, groups):
        return False
    if _torn(s, i, group) or depends(s, i, d, group) or _state(s, group):
        return False
    if slight(s, i, d, group):
        return False
    return _finite(groups) and not {"likely", "probably"} & set(s.lower[group.start : group.end])


def _reduced(s: Sentence, group: Group, groups: list[Group]) -> bool:
    """Whether the verb is a participle behind a noun, in a clause that another verb rules: the
    budget includes a sum agreed in July."""
    if group.end - group.start > 1 or group.tense != "bare" or s.closed(group.start - 1):
        return False
    before = [g for g in groups if g.end < group.start and g.finite]
    if not before or not s.tokens[group.start - 1][0].isalnum():
        return False
    between = s.tokens[before[-1].end : group.start]
    return not any(t in (",", ";", "—", "–") or t.lower() in ("and", "but", "or") for t in between)


def _shares_doubt(s: Sentence, i: int, group: Group) -> bool:
    """Whether a verb without a subject goes on with what is doubted: whether they could meet and
    raise it by Thursday."""
    clause = s.clauses[i]
    if clause.kind != "coordinate" or not clause.elided or clause.parent is None:
        return False
    above = s.clauses[s.chain(clause.parent)[0]]
    doubted = bool(above.groups) and above.groups[-1].tense == "conditional"
    return doubted and group.tense == "present" and group.end - group.start == 1


def _goes_on(s: Sentence, i: int, group: Group) -> bool:
    """Whether the clause goes on with a relative one (where panes broke and a road was shut), or is
    a participle behind a comma (their first summit, held in May)."""
    clause = s.clauses[i]
    if clause.kind != "coordinate" or clause.parent is None:
        return False
    above = s.clauses[clause.parent]
    if clause.elided and above.kind in ("subordinate", "relative") and clause.lo > above.lo:
        return True  # when he cut his pay and sold his boat
    if above.kind in ("relative", "reduced") and s.tokens[clause.lo - 1] != ",":
        return not clause.elided and s.lower[clause.lo] in s.lex["coordinator"]
    lone = group.tense == "bare" and group.end - group.start == 1
    return clause.elided and lone and s.tokens[clause.lo] == "," and group.start == clause.lo + 1


def _finite(groups: list[Group]) -> bool:
    """Whether a verb is there that can make a sentence."""
    return any(
        g.finite and not (g.tense != "bare" and g.head.endswith("ing") and g.end - g.start == 1)
        for g in groups
    )


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
    if words[0] in ("was", "were") and len(words) > 1 and words[-1].endswith("ing"):
        return True  # what was going on is the setting of something else
    return all(w in _BE or w in s.lex["light"] or w in s.lex["modal"] for w in words)


def _pluperfect(s: Sentence, group: Group, groups: list[Group]) -> bool:
    """Whether the verb is told by "had", or joined to one that is (had been hit or even sunk)."""
    if group.tense == "bare":
        group = next((g for g in groups if g.start < group.start), group)
    words = s.lower[group.start : group.end]
    return words[:1] in (["had"], ["hadn't"]) and len(words) > 1


def _habit(s: Sentence, group: Group, certainty: Certainty) -> bool:
    """Whether a present or a modal tells what is so in general; "has" with a participle, and what
    is planned, are no habit."""
    if s.lower[group.start] in _ABLE:
        return True
    if s.lower[group.start] in ("must", "should") or _noun_too(s, group):
        return True
    if certainty == "planned":
        return False
    words = s.lower[group.start : group.end]
    if group.tense == "conditional" or words[:1] in (["would"], ["must"], ["should"]):
        return True
    return group.tense == "present" and not set(words) & {"has", "have"} and not group.infinitive


def _noun_too(s: Sentence, group: Group) -> bool:
    """Whether a lone present in -s is a noun as often: briefed on the Oxem attacks."""
    alone = group.end - group.start == 1 and group.tense == "present" and not group.infinitive
    if not alone or s.lower[group.end : group.end + 1] not in ([w] for w in _OF_NOUNS):
        return False
    return group.head.endswith("s") and classes_of(group.head)[0] == "n"


def _over(s: Sentence, group: Group, d: TimeExpression, published: str | None) -> bool:
    """Whether the verb tells what is over, or what only would be, so that a day to come belongs to
    something else: cancelled his trip this weekend."""
    assert d.date is not None
    ahead = bool(published and d.date.start and d.date.start > published)
    if s.lower[group.start] in ("would", "wouldn't"):
        return not ahead
    perfect = group.end - group.start > 1 and s.lower[group.start] in ("has", "have")
    past = (perfect or group.tense in ("past", "bare")) and not (group.infinitive or group.planned)
    return past and ahead and group.head not in s.lex["plan"]


def _long_ago(d: TimeExpression, published: str | None) -> bool:
    """Whether the day is over a year before publication, or is too wide to be one happening's."""
    assert d.date is not None
    start, end = d.date.start, d.date.end
    if start is None or end is None or d.date.granularity in ("year", "decade", "season", "half"):
        return True
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if (last - first).days > _MONTH:
        return True
    return published is not None and first < date.fromisoformat(published) - _YEAR


def _torn(s: Sentence, i: int, group: Group) -> bool:
    """Whether the verb is a participle whose clause goes on behind a comma: "In an opinion written
    on Tuesday by two judges, the court ..."; or a bare verb without its subject."""
    clause = s.clauses[i]
    if clause.lo < group.start and group.start == clause.lo + 1 and not clause.elided:
        return not s.tokens[clause.lo][0].isalnum()
    if group.start == clause.lo and clause.kind in ("main", "coordinate") and not clause.elided:
        return True
    own = s.clauses[s.clause_of[group.start]]
    apart = s.tokens[group.start - 1] == "," and own.continues is None and not own.elided
    if group.tense == "bare" and apart and group.start > clause.lo:
        return True
    lo = clause.lo + (s.lower[clause.lo] in s.lex["coordinator"])
    lead = s.lower[lo] in s.lex["preposition"] or lo in s.date_of
    after = group.end
    while after < len(s.tokens) and (after in s.date_of or s.lower[after] in _EARLY):
        after += 1
    agent = s.lower[after : after + 1] == ["by"] and not s.lower[after + 1].endswith("ing")
    between = range(lo, group.start)
    apart = any(s.tokens[j] == "," or s.is_day(j) for j in between)
    reduced = group.tense == "bare" and (group.participle or not apart)
    if group.tense == "bare" and _appositive(s, i, group):
        return True
    if agent and group.tense == "bare" and after + 1 not in s.date_of:
        return True
    return (reduced and lead) or (group.tense == "bare" and _resumes(s, i, group))


def _appositive(s: Sentence, i: int, group: Group) -> bool:
    """Whether the verb tells a noun between commas: Anna Brook, 34, a clerk hired in May."""
    k = group.start - 1
    while k > s.clauses[i].lo and s.tokens[k][0].isalnum() and s.lower[k] not in ("a", "an"):
        k -= 1
    return s.lower[k] in ("a", "an") and s.tokens[k - 1] == "," and k > s.clauses[i].lo


def _resumes(s: Sentence, i: int, group: Group) -> bool:
    """Whether a finite verb with no subject of its own follows the clause behind a comma, so that
    the verb before was a participle: Trump, in talks held on Monday, said."""
    for clause in s.clauses[i + 1 : i + 4]:
        if clause.kind == "coordinate" and clause.elided and not clause.word and clause.groups:
            return s.tokens[clause.lo] == ","
        if clause.kind == "tag":
            near = clause.groups[:1]
            return bool(near) and near[0].start - clause.lo <= 1
    return False


def long_enough(words: int) -> bool:
    """Whether so many words beside a date can be an event of their own."""
    return words >= _FEWEST
