"""Where the words of an event begin and end."""

from __future__ import annotations

from ...model import TimeExpression
from .sentence import Sentence

_ANTECEDENT_REACH = 8  # tokens of a noun phrase taken along before "who" or "detained"
_LONGEST = 240  # tokens of an event; a longer clause is cut down to those about its date
_DEEPEST = 6  # clauses that are followed up or along
_CREDIT = 14  # tokens of a picture's credit
_OPENING = frozenset('“"«‘[$€£©(')
_CLOSING = frozenset(",;:.–—-!?")
_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"), ("(", ")"))


def extent(s: Sentence, home: int, d: TimeExpression) -> tuple[int, int]:
    """The tokens of an event: its clause, and the undated clauses that depend on it."""
    k = s.token(d.start)
    chain = s.chain(home)
    lo = _begin(s, chain[0])
    hi = s.clauses[_last(s, chain, k)].hi
    if hi - lo > _LONGEST:
        lo, hi = max(lo, k - _LONGEST // 2), min(hi, k + _LONGEST // 2)
    return lo, hi


def _begin(s: Sentence, first: int) -> int:
    """The token at which the event of the clause ``first`` begins."""
    clause = s.clauses[first]
    if clause.hard and first and s.bare_dates[first]:
        return s.clauses[first - 1].lo  # "Next meeting: 3 June"
    match clause.kind:
        case "infinitive" | "participle":
            return _with_parent(s, first)
        case "relative" | "reduced":
            return _antecedent(s, first)
        case "tag" if s.first_dated >= first:
            return 0
        case "subordinate" if clause.word in s.lex["shared"]:
            root = s.chain(clause.parent)[0] if clause.parent is not None else first
            above = s.clauses[root].parent
            if s.clauses[root].kind == "coordinate" and above is not None:
                root = s.chain(above)[0]
            near = first - root < _DEEPEST and not any(s.dated[root:first])
            return s.clauses[root].lo if near else clause.lo
        case "subordinate" if not clause.condition:
            return clause.lo + (s.lower[clause.lo] == clause.word)
        case "main" | "coordinate" if not clause.elided:
            at = first
            while at > 0 and first - at < _DEEPEST and _fronted(s, at - 1):
                at -= 1
            return s.clauses[at].lo
    return clause.lo


def _last(s: Sentence, chain: list[int], k: int) -> int:
    """The last clause of the event whose date is at token ``k``."""
    groups = [g for i in chain for g in s.clauses[i].groups]
    leads = not groups or k < groups[0].start
    last = chain[-1]
    while last + 1 < len(s.clauses):
        after = last + 1
        if s.dated[after]:
            clause = s.clauses[after]
            # What only leads up to it ("which agreed | to buy it in May") is not taken.
            leading = clause.kind == "infinitive" and clause.parent == last
            return last - 1 if leading and last > chain[-1] else last
        far = s.clauses[after].lo - k >= _LONGEST
        if far or not _belongs(s, after, last, leads) or any(s.dated[x] for x in s.chain(after)):
            break
        last = after
    return last


def _with_parent(s: Sentence, i: int) -> int:
    """Where an infinitive or a participle begins with the undated clause it depends on."""
    lo = s.clauses[i].lo
    for _ in range(_DEEPEST):
        parent = s.clauses[i].parent
        if parent is None or s.clauses[i].kind not in ("infinitive", "participle"):
            break
        chain = s.chain(parent)
        if i - chain[0] > _DEEPEST or any(s.dated[x] for x in chain):
            break
        i, lo = chain[0], s.clauses[chain[0]].lo
    return _antecedent(s, i) if s.clauses[i].kind in ("relative", "reduced") else lo


def _fronted(s: Sentence, i: int) -> bool:
    """Whether clause ``i`` has no date and leads up to the next one."""
    return (
        not s.dated[i]
        and s.clauses[i].kind in ("subordinate", "infinitive", "participle")
        and not s.clauses[i].hard
        and i < s.first_main
    )


def _belongs(s: Sentence, j: int, last: int, leads: bool) -> bool:
    """Whether the undated clause ``j`` goes on with the event that ends at ``last``."""
    clause = s.clauses[j]
    if clause.kind == "tag" or (clause.hard and clause.word in (";", "-", "–", "—")):
        return False
    if clause.kind == "coordinate":
        return leads or s.clauses[last].kind in ("content", "infinitive") or _goes_on(s, j, last)
    if clause.kind == "main":
        before = s.clauses[last]
        shares = before.condition or before.word in s.lex["shared"]
        return (clause.hard and clause.word == ":") or (before.kind == "subordinate" and shares)
    return True


def _goes_on(s: Sentence, j: int, last: int) -> bool:
    """Whether "and" adds a verb of the same time to the same subject ("hit it and killed two")."""
    clause, before = s.clauses[j], s.clauses[last]
    if not (clause.elided and clause.word == "and" and clause.groups and before.groups):
        return False
    verb, last_verb = clause.groups[0], before.groups[-1]
    if verb.planned or verb.head in s.lex["saying"]:
        return False
    time = {"bare": "past"}
    return time.get(verb.tense, verb.tense) == time.get(last_verb.tense, last_verb.tense)


def _antecedent(s: Sentence, i: int) -> int:
    """Where the noun phrase before a relative clause begins."""
    lo = s.clauses[i].lo
    k = lo - 1
    floor = max(0, lo - _ANTECEDENT_REACH)
    while k >= floor and s.tokens[k] in (",", '"', "”", "’", ")"):
        k -= 1
    start = lo
    while k >= floor:
        word = s.lower[k]
        title = word == "." and s.tokens[k - 1][:1].isupper() and len(s.tokens[k - 1]) < 5
        if k in s.date_of or s.in_group(k):
            break
        if not (word[0].isalnum() or word in "&$£€%" or title):
            break
        if word in s.lex["subordinator"] or word in s.lex["relative"] or word == "that":
            break
        if word in s.lex["coordinator"]:
            break
        if word in s.lex["preposition"] and word != "of":
            break
        start = k
        if word in s.lex["determiner"] and s.lower[k - 1 : k] != ["of"]:
            break
        k -= 1
    if start < lo and s.lower[start] == "of":
        start += 1
    return start


def trim(s: Sentence, lo: int, hi: int) -> tuple[int, int] | None:
    """The extent in code points, without joining words and marks at its edges, and without
    the credit of a picture before its caption ("© Agency / A. Name In this photo ...")."""
    joining = s.lex["coordinator"]
    lo = _caption(s, lo, hi)
    while lo < hi and (
        (not s.tokens[lo][0].isalnum() and s.tokens[lo] not in _OPENING)
        or s.lower[lo] in joining
        or (s.lower[lo] == "that" and lo + 1 < hi and s.clauses[s.clause_of[lo]].kind != "main")
    ):
        lo += 1
    while hi > lo and (
        s.tokens[hi - 1] in _CLOSING or s.lower[hi - 1] in joining or _opens(s, hi - 1)
    ):
        hi -= 1
    if lo >= hi:
        return None
    start, end = s.text.starts[s.first + lo], s.text.ends[s.first + hi - 1]
    words = s.text.text[start:end]
    for left, right in _PAIRS:
        if words.startswith(left) and right not in words[1:]:
            start += 1
        elif words.endswith(right) and left not in words[:-1]:
            end -= 1
        words = s.text.text[start:end]
    stripped = words.rstrip(" \n\t,;:")
    end -= len(words) - len(stripped)
    start += len(stripped) - len(stripped.lstrip())
    return (start, end) if start < end else None


def _opens(s: Sentence, k: int) -> bool:
    """Whether token ``k`` is a mark that opens what follows."""
    if s.tokens[k] != '"':
        return s.tokens[k] in _OPENING
    at = s.text.starts[s.first + k]
    return s.text.text[max(0, at - 1) : at].isspace()


def _caption(s: Sentence, lo: int, hi: int) -> int:
    if s.tokens[lo] != "©":
        return lo
    begins = s.lex["determiner"] | s.lex["preposition"]
    for k in range(lo + 1, min(lo + _CREDIT, hi)):
        if s.lower[k] in begins and s.tokens[k][0].isupper():
            return k
    return lo
