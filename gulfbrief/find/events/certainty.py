"""Past, planned or hypothetical: told from a clause's verb and what the verb stands in."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Certainty, TimeExpression
from ..text.verb_groups import Group
from .sentence import Sentence, ruling

_DUE = 6  # tokens from "due to open" to its day
_DEEPEST = 6  # clauses that are followed up or along


def certainty(s: Sentence, home: int, d: TimeExpression, published: str | None) -> Certainty:
    """How sure the clause ``home`` is; a day after ``published`` is never past."""
    assert d.date is not None
    k = s.token(d.start)
    chain = s.chain(home)
    group = ruling(s.groups(home), k)
    if _conditional(s, chain, group):
        return "hypothetical"
    day = d.date.start or d.date.end
    future = bool(published and day and day > published)
    if group is None:
        due = "due" in s.lower[max(0, k - _DUE) : k]
        return "planned" if future or due else "past"
    if group.infinitive and s.lower[group.start - 1 : group.start] == ["due"]:
        return "planned"
    if s.clauses[chain[0]].kind == "infinitive" and group.infinitive:
        return _of_infinitive(s, chain[0], group, d, future)
    aimed = group.head in s.lex["plan"] and _aimed(s, group, k)
    if group.tense == "future" or group.planned or future or aimed:
        return "planned"
    return "past"


def _of_infinitive(s: Sentence, i: int, group: Group, d: TimeExpression, future: bool) -> Certainty:
    """What "to cut" tells depends on the verb before it."""
    before = s.lower[max(0, group.start - 1)]
    parent = s.clauses[i].parent
    governors = {before}
    if parent is not None and s.clauses[parent].groups:
        last = s.clauses[parent].groups[-1]
        governors |= {last.head, *s.lower[last.start : last.end]}
    if governors & s.lex["plan"] or future:
        return "planned"
    return "past"


def _aimed(s: Sentence, group: Group, k: int) -> bool:
    """Whether the date is what is planned ("set for", "moved to"), not when it was planned."""
    between = s.lower[max(group.end, k - 3) : k]
    return any(w in ("for", "to", "until", "by") for w in between)


def _conditional(s: Sentence, chain: Sequence[int], group: Group | None) -> bool:
    """Whether the clause is put in doubt."""
    return _by_its_verb(s, group) or _by_its_words(s, chain, group) or _by_a_neighbour(s, chain)


def _by_its_verb(s: Sentence, group: Group | None) -> bool:
    """By "may open", "would have opened", "is unlikely"."""
    if group is None:
        return False
    words = set(s.lower[group.start : group.end])
    if words & {"couldn't"} or {"could", "not"} <= words:
        return "have" in words  # could not be reached: it did not happen
    unreal = words & {"would", "wouldn't"} and "have" in words
    return group.tense == "conditional" or bool(words & s.lex["unsure"]) or bool(unreal)


def _by_its_words(s: Sentence, chain: Sequence[int], group: Group | None) -> bool:
    """By an "if", a "perhaps", or by standing in what is denied."""
    said = group is not None and group.head in s.lex["saying"]
    for i in chain:
        clause = s.clauses[i]
        if clause.condition or (s.unsure[i] and not said):
            return True
        if clause.parent is None:
            continue
        if clause.kind not in ("content", "infinitive") and clause.word != "that":
            continue
        held = s.clauses[clause.parent]
        last = held.groups[-1] if held.groups else None
        doubt = s.lex["doubt"] | s.lex["unsure"]
        if last and set(s.lower[last.start : last.end]) & doubt:
            return True
        if held.condition and clause.kind == "infinitive":
            return True
    return False


def _by_a_neighbour(s: Sentence, chain: Sequence[int]) -> bool:
    """By a clause with "if" or "unless" after it or before it."""
    first, last = chain[0], chain[-1]
    after = last + 1
    while _within(s, after, last) and s.clauses[after].kind == "infinitive" and not s.dated[after]:
        after += 1
    if after < len(s.clauses) and s.clauses[after].condition and s.clauses[after].word != "whether":
        return s.clauses[after].parent is not None
    before = first - 1
    between = ("infinitive", "content", "relative")
    while _within(s, before, first) and s.clauses[before].kind in between:
        before -= 1
    if before >= 0 and s.clauses[before].condition and s.clauses[first].kind == "main":
        return s.clauses[before].parent is None and not s.clauses[first].hard
    return False


def _within(s: Sentence, i: int, near: int) -> bool:
    return 0 <= i < len(s.clauses) and abs(i - near) <= _DEEPEST


def negated(s: Sentence, home: int, d: TimeExpression) -> bool:
    """Whether the clause tells what did not happen: did not, never, failed to, was not, no."""
    chain = s.chain(home)
    group = ruling(s.groups(home), s.token(d.start))
    if group is None:
        return False
    near = s.lower[max(0, group.start - 2) : group.end + 1]
    if any(w in ("not", "never", "n't", "cannot") or w.endswith("n't") for w in near):
        return True
    if group.infinitive:
        at = s.clauses[chain[0]].parent
        last = s.clauses[at].groups[-1:] if at is not None else []
        lead = {s.lower[group.start - 1], *(g.head for g in last)}
        return bool(lead & {"failed", "fails", "fail", "refused", "declined", "failing"})
    first = s.lower[s.clauses[chain[0]].lo : group.start]
    return first[:1] in (["no"], ["nobody"], ["none"], ["neither"]) or first[:2] == ["no", "one"]
