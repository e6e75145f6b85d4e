"""Whether an entry is torn from its sentence, so that what stands before or behind it is missed."""

from __future__ import annotations

from .sentence import Sentence

_SUBORDINATE = frozenset(
    "when because whether although though while if who which whom where".split()
)


def torn(s: Sentence, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` (code points) are torn at either end."""
    lo, hi = s.token(start), min(s.token(end), len(s.tokens))
    return (
        _goes_on(s, end)
        or _open_content(s, start, end)
        or _open_clause(s, lo, hi)
        or _in_list(s, lo)
    )


def _open_clause(s: Sentence, lo: int, hi: int) -> bool:
    """Whether the last clause lacks its verb: when the mayor, one of her rivals | , said; that
    should the mill burn | , the town pays."""
    for k in range(hi - 1, lo, -1):
        if s.in_group(k) or (s.lower[k].endswith("ing") and len(s.lower[k]) > 4):
            return False
        if s.lower[k] in _SUBORDINATE and s.lower[k - 1] not in s.lex["preposition"]:
            return True
    return False


def _in_list(s: Sentence, lo: int) -> bool:
    """Whether the first word is the second of two dates: in April and | May it stood still."""
    joined = s.lower[lo - 1 : lo] in (["and"], ["or"]) and lo > 1
    return joined and lo in s.date_of and lo - 2 in s.date_of


def _open_content(s: Sentence, start: int, end: int) -> bool:
    """Whether the last thing that is said lacks its verb: ruled that the states."""
    last = s.clauses[s.clause_of[max(0, min(s.token(end) - 1, len(s.tokens) - 1))]]
    while last.kind in ("relative", "reduced") and last.parent is not None:
        last = s.clauses[last.parent]
    finite = any(not g.infinitive and not g.participle for g in last.groups)
    if last.kind == "participle":
        return not finite and "that" in s.lower[last.lo + 1 : min(last.hi, last.lo + 6)]
    return last.kind == "content" and not finite


def _goes_on(s: Sentence, end: int) -> bool:
    """Whether what follows the end belongs to the clause: a colon, or a dash in mid-sentence."""
    k = s.token(end)
    if 0 < k < len(s.tokens) and s.lower[k] == "to" and s.in_group(k):
        return True  # began | to ebb; forcing shops | to shut
    if s.lower[k : k + 2] in ([",", "and"], [",", "or"]) and "," in s.tokens[max(0, k - 3) : k]:
        return True  # shut mosques, schools | , and clubs
    rest = s.text.text[end : end + 3].lstrip("”\"’'")
    if rest[:3] in (", “", ', "') or s.text.text[end : end + 3] in (", “", ', "'):
        return True  # one post read, “...
    if s.text.text[end : end + 2] in (' "', " “"):
        return True  # a banner reading | “Away”
    return rest[:1] == ":" or rest.lstrip()[:1] in ("“", ":")
