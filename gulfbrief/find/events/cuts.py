"""Whether an entry is torn from its sentence, so that what stands before or behind it is missed."""

from __future__ import annotations

import re

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
        or _open_that(s, lo, hi)
        or _in_list(s, lo)
        or _half(s, lo, hi, end)
        or _counted(s, lo)
        or _second_of_two(s, lo)
    )


def _half(s: Sentence, lo: int, hi: int, end: int) -> bool:
    """Whether the words are the lead of what follows, or what follows is half of them: With her
    brother away | , she; On Monday, the day the mill shut | , she; of Lund Inc | . and Orr Inc."""
    behind = s.text.text[end : end + 12]
    words = s.lower[lo:hi]
    if words[0] in _LEADING and behind[:1] == ",":
        return True  # After the mayor proposed a tax on Monday | , it failed
    if words[:2] in _EXAMPLES:
        return True
    if _AFTER_DOT.match(behind) or ("," in words[-8:] and _AFTER_DASH.match(behind)):
        return True
    then = words[0] == "then" and lo + 1 not in s.date_of
    if then and words[1:2] != [","] and words[1] not in s.lex["preposition"]:
        return True
    if words[0] == "with" and behind[:1] == "," and "," not in words:
        return True
    if words.count(",") == 1:
        at = lo + words.index(",")
        named = s.lower[at + 1 : at + 2] == ["the"] and s.lower[at + 2 : at + 3] in _UNITS
        return named and at - 1 in s.date_of and all(_leads(s, k) for k in range(lo, at))
    return False


_AFTER_DOT = re.compile(r"\.\s[a-z]")
_AFTER_DASH = re.compile(r"\s*[–—-]+\s*(?:and|or)\b")
_LEADING = frozenset("after before when while once since because although though if until".split())
_EXAMPLES = (["for", "example"], ["for", "instance"], ["for", "one"], ["for", "starters"])
_UNITS = (["day"], ["week"], ["month"], ["year"], ["night"], ["morning"])


def _leads(s: Sentence, k: int) -> bool:
    return k in s.date_of or s.lower[k] in s.lex["preposition"]


def _counted(s: Sentence, lo: int) -> bool:
    """Whether a participle shares the verb before it: one was killed and | another two hurt."""
    if s.lower[lo - 1 : lo] != ["and"] or lo < 2:
        return False
    k = lo
    while s.lower[k : k + 1] == ["another"] or (
        k < len(s.tokens) and (s.lower[k].isdigit() or s.lower[k] in s.lex["number"])
    ):
        k += 1
    if k == lo or not any(g.start == k and g.end == k + 1 for c in s.clauses for g in c.groups):
        return False
    before = s.clauses[s.clause_of[lo - 1]].groups + s.clauses[s.clause_of[lo - 2]].groups
    return any({"was", "were"} & set(s.lower[g.start : g.end]) for g in before)


def _second_of_two(s: Sentence, lo: int) -> bool:
    """Whether the words begin with the second of two nouns that a participle tells: a speech to
    clerks and | smiths gathered in Oxem on Monday."""
    if lo < 3 or s.lower[lo - 1] not in ("and", "or") or not s.tokens[lo].islower():
        return False
    before = s.lower[lo - 2]
    if not before[0].isalpha() or s.in_group(lo - 2) or lo - 2 in s.date_of:
        return False
    groups = s.clauses[s.clause_of[lo]].groups
    return any(g.start == lo + 1 and g.tense == "bare" and g.end == lo + 2 for g in groups)


def _open_clause(s: Sentence, lo: int, hi: int) -> bool:
    """Whether the last clause lacks its verb: when the mayor, one of her rivals | , said; that
    should the mill burn | , the town pays."""
    for k in range(hi - 1, lo, -1):
        if s.in_group(k) or (s.lower[k].endswith("ing") and len(s.lower[k]) > 4):
            return False
        if s.lower[k] in _SUBORDINATE and s.lower[k - 1] not in s.lex["preposition"]:
            return True
    return False


def _open_that(s: Sentence, lo: int, hi: int) -> bool:
    """Whether what is told by "that" lacks its verb: ruled last week that the sale | , which."""
    at = next((k for k in range(hi - 1, lo, -1) if s.lower[k] == "that"), None)
    if at is None or at in s.date_of or s.tokens[hi : hi + 1] not in ([","], ["—"], ["–"]):
        return False
    telling = at - 1 in s.date_of or s.in_group(at - 1) or s.lower[at - 1].endswith("ing")
    if not telling:
        return False  # a bill that smiths abhor
    finite = (g for c in s.clauses for g in c.groups if g.finite)
    return not any(at < g.start < hi for g in finite)


def _in_list(s: Sentence, lo: int) -> bool:
    """Whether the first word is the second of two dates: in April and | May it stood still."""
    joined = s.lower[lo - 1 : lo] in (["and"], ["or"]) and lo > 1
    return joined and lo in s.date_of and lo - 2 in s.date_of


def _open_content(s: Sentence, start: int, end: int) -> bool:
    """Whether the last thing that is said lacks its verb: ruled that the states."""
    last = s.clauses[s.clause_of[max(0, min(s.token(end) - 1, len(s.tokens) - 1))]]
    while last.kind in ("relative", "reduced") and last.parent is not None:
        last = s.clauses[last.parent]
    finite = any(g.finite for g in last.groups)
    if last.kind == "participle":
        return not finite and "that" in s.lower[last.lo + 1 : min(last.hi, last.lo + 6)]
    return last.kind == "content" and not finite


def _goes_on(s: Sentence, end: int) -> bool:
    """Whether what follows the end belongs to the clause: a colon, or a dash in mid-sentence."""
    k = s.token(end)
    listed = s.lower[k : k + 1] == ["and"] and s.tokens[k - 2 : k - 1] == [","]
    if listed and "," in s.tokens[max(0, k - 5) : k - 2]:
        return True  # shut mosques, schools, clubs | and all shops
    if s.lower[k : k + 1] == ["or"] or s.lower[k : k + 2] == ["and", "another"]:
        return True  # some holding bats | or hammers
    if s.lower[k : k + 2] == ["and", "other"]:
        return True  # as members of the council | and other guests
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
