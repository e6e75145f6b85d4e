"""Dates that tell of no event: datelines, headers, the other side of a comparison."""

from __future__ import annotations

from ...model import TimeExpression
from .sentence import Sentence

_MARKS = "“”\"‘’'«»"


def counts(s: Sentence, d: TimeExpression) -> bool:
    """Whether the date tells of an event: not in a dateline, a header, a comparison."""
    k = s.token(d.start)
    if k < 0 or k >= len(s.tokens):
        return False
    if s.lower[:2] in (["reporting", "by"], ["editing", "by"], ["writing", "by"]):
        return False  # who made the report
    if k > 1 and s.lower[k - 1] == ":" and s.lower[k - 2] in s.lex["label"]:
        return False  # "Published: 3 June"
    around = s.text.text[d.start - 1 : d.start], s.text.text[d.end : d.end + 1]
    if around[0] in _MARKS and around[1] in _MARKS and around[0] and around[1]:
        return False  # always “tomorrow”
    if s.lower[k - 1 : k] == ["so"]:
        return False  # so yesterday
    if s.lower[k - 1 : k] == ["not"] or s.lower[max(0, k - 2) : k - 1] == ["not"]:
        return False  # "in 1986, not in 1988"
    if _named_by(s, k) or _compared(s, k) or _dateline(s, d, k) or _object(s, d, k):
        return False
    home = s.home(d)
    if s.has_verb:
        return not _labelled(s)
    return _verbless(s, d, k, home)


def _named_by(s: Sentence, k: int) -> bool:
    """Whether the date at ``k`` is how a text is called: "the law on work of 2015"."""
    names = s.lex["document"]
    if s.lower[k - 1 : k] == ["("]:  # "resolution 2231 (2015)"
        return any(w in names for w in s.lower[max(0, k - 3) : k])
    if s.lower[k - 1 : k] != ["of"]:
        return False
    for j in range(k - 2, max(-1, k - 8), -1):
        if s.lower[j] in names:
            between = s.lower[j + 1 : k - 1]
            return (
                not between or between[0] in ("on", "for", "no", "number") or between[0].isdigit()
            )
        if s.in_group(j) or not s.lower[j][0].isalnum():
            return False
    return False


def _object(s: Sentence, d: TimeExpression, k: int) -> bool:
    """Whether a mere year is what a verb speaks of ("I recall 2019", "the year was 2019"): as an
    adverb it has a preposition, save behind a participle ("the firm, founded 1986, ...")."""
    if not d.text.isdigit() or k == 0:
        return False
    for group in s.clauses[s.clause_of[k - 1]].groups:
        if group.end == k:
            subject = group.start > 0 and s.lower[group.start - 1][0].isalnum()
            return group.tense != "bare" or subject
    return False


def _compared(s: Sentence, k: int) -> bool:
    clause = s.clauses[s.clause_of[k]]
    if clause.word in s.lex["comparison"]:
        return True
    for j in range(k - 1, max(-1, k - 14), -1):
        if s.lower[j] in s.lex["comparison"]:
            bound = s.lower[j - 1] in ("later", "earlier", "sooner")  # "no later than 3 June"
            return s.lower[j] != "than" or (k - j <= 3 and not bound)
        if s.lower[j] == "from" and _changed(s, j, k):
            return True
        if s.lower[j] == "since" and k - j <= 2 and _superlative(s, j):
            return True
        if s.lower[j] in (",", ";") or s.lower[j] in s.lex["coordinator"]:
            return False
        if s.clause_of[j] != s.clause_of[k]:
            return False
    return False


def _changed(s: Sentence, j: int, k: int) -> bool:
    """Whether "from" at ``j`` tells what a number was before ("down 2 million from 1996")."""
    if s.lower[j - 1 : j] in (["up"], ["down"]):
        return True
    number = s.lower[j + 1][0].isdigit() or s.lower[j + 1] in "$£€"
    if number and 1 < k - j <= 7:
        return True
    return k - j == 1 and any(w in ("up", "down") for w in s.lower[max(0, j - 6) : j])


def _superlative(s: Sentence, j: int) -> bool:
    """Whether "since" at ``j`` only bounds a record ("the lowest since 1995")."""
    near = s.lower[max(0, j - 6) : j]
    return (
        any(
            w in ("first", "most", "least", "worst", "best") or (w.endswith("est") and len(w) > 5)
            for w in near
        )
        and s.lower[j - 1] != ","
    )


def _dateline(s: Sentence, d: TimeExpression, k: int) -> bool:
    """Whether it is "MUSCAT, July 14 (Agency) -" and its like, at the head of a paragraph."""
    para = s.text.paragraphs[s.text.paragraph_at(d.start)][0]
    offset = s.text.starts[s.first] if s.tokens else 0
    if offset - para > 3 or k > 12:
        return False
    end = s.span(d.start, d.end).stop
    j = end
    if j < len(s.tokens) and s.tokens[j] == "(":
        while j < len(s.tokens) and j - end < 10 and s.tokens[j] != ")":
            j += 1
        j += 1
        bracket = True
    else:
        bracket = False
        if j < len(s.tokens) and s.tokens[j] == ",":
            j += 1
    dash = j < len(s.tokens) and s.tokens[j] in ("-", "–", "—", "--", ":")
    if not dash:
        return False
    prefix = s.tokens[:k]
    if not prefix:
        return bracket
    return all(t[0].isupper() or not t[0].isalpha() or len(t) < 4 for t in prefix)


def _labelled(s: Sentence) -> bool:
    """Whether the line only labels a date: "Updated: 16:20 GMT 05.03.2019"."""
    if len(s.tokens) > 16:
        return False
    return all(
        k in s.date_of or not w[0].isalpha() or w in s.lex["label"] for k, w in enumerate(s.lower)
    )


def _verbless(s: Sentence, d: TimeExpression, k: int, home: int) -> bool:
    """Whether a date in a line without a verb tells of an event ("Attack of 29 July")."""
    if _labelled(s):
        return False
    if not s.tells:
        return False
    before = s.lower[k - 1] if k else ""
    led = before in s.lex["preposition"] or (
        before in s.lex["determiner"] and k > 1 and s.lower[k - 2] in s.lex["preposition"]
    )
    possessive = d.text.endswith(("'s", "’s")) or any(
        s.lower[x] in ("'s", "s'") for x in range(k, min(k + 3, len(s.tokens)))
    )
    if led or possessive or home != s.clause_of[k]:
        return True
    # "Date of next meeting: 19 February": a label that names a thing.
    label = k > 0 and before == ":" and any(w in s.lex["preposition"] for w in s.lower[: k - 1])
    return label
