"""Nouns that were told before an entry: "signed the bill", which nobody understands alone."""

from __future__ import annotations

from ..text.word_classes import classes_of
from .sentence import Sentence

_DEFINING = frozenset(
    "of that which who whom whose to for against between from about where behind called named over"
    " into under around".split()
)
_PLACING = frozenset("in on at near with by after before during".split())
_POINTING = frozenset("it them him her which".split())
_BODIES = frozenset(
    "company firm group agency department panel committee".split()
)  # stand for an actor named before
_PEOPLE = frozenset(
    "judge officer officers suspect suspects man woman men victim victims couple family".split()
)


def told_before(s: Sentence, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` (code points) speak of something by a bare "the"
    that they do not name themselves: handed over the letter; not "the letter of the mayor"."""
    lo, hi = s.token(start), min(s.token(end), len(s.tokens))
    if any(_points(s, k, hi) for k in range(lo, hi)):
        return True
    opened = 0  # quotation marks
    for k in range(lo, hi - 1):
        opened += (s.tokens[k] == "“") - (s.tokens[k] == "”")
        noun = s.lower[k + 1]
        if s.lower[k] != "the" or opened > 0 or noun not in s.lex["given"]:
            continue
        if not s.tokens[k + 1].islower() or noun in s.lower[lo:k]:
            continue
        if not _defined(s, k + 2, hi) and not _stands_for(s, noun, start, k):
            return True
    return False


def _defined(s: Sentence, k: int, hi: int) -> bool:
    """Whether what follows a noun tells which one is meant."""
    if k >= hi:
        return False
    word = s.lower[k]
    if word in ("'s", "’s") or word in _DEFINING:
        return True
    if word == "," and k + 1 < hi and s.tokens[k + 1][:1].isupper():
        return True  # the book, A Day at Sea
    if word in _PLACING:
        return k + 1 < hi and k + 1 not in s.date_of and s.lower[k + 1] not in _POINTING
    if k in s.date_of or not word[0].isalpha() or s.closed(k):
        return False
    # the report published here, the case worker: a noun or a participle
    return not s.in_group(k) or classes_of(word)[0] in "eg"


def _points(s: Sentence, k: int, hi: int) -> bool:
    """Whether a mere "that" or "this" stands behind a preposition: spoke about that on Monday."""
    if s.lower[k] not in ("that", "this") or k in s.date_of:
        return False
    if k == 0 or s.lower[k - 1] not in s.lex["preposition"]:
        return False
    after = s.lower[k + 1] if k + 1 < hi else "."
    return k + 1 in s.date_of or not after[0].isalnum() or after in _PLACING


def _stands_for(s: Sentence, noun: str, start: int, k: int) -> bool:
    """Whether an actor named before in the words may be meant."""
    at = s.text.starts[s.first + k]
    kinds = {m.type for m in s.mentions if start <= m.start < at}
    if noun in _PEOPLE:
        return "person" in kinds
    return noun in _BODIES and bool(kinds - {"person", "nationality"})
