"""Spelling variants of a token: what the index keeps to correct the words of a query."""

from __future__ import annotations

import re

_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"^(?:q|kh|gh|c(?![eihy])|g)"), "k"),
    (re.compile(r"kh|gh|ck|q|g"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"tsch|tch|sch|ch|sh|zh|j"), "x"),
    (re.compile(r"c"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=.)y(?=[^aeiou]|$)"), "i"),
    (re.compile(r"dh|th|d"), "t"),
    (re.compile(r"^ou|w|v|b|p(?!h)"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=.)[aeiouyh']"), ""),
    (re.compile(r"^[aeiouy]"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)

LONGEST = 40
"""Longer words are not corrected."""

PREFIX = 5
"""Deletions are made of this many first letters; the rest of a word is compared when asked."""


def correctable(word: str) -> bool:
    """Whether a slip in ``word`` can be told: letters only, three or more of them."""
    return 3 <= len(word) <= LONGEST and word.isalpha()


def max_edits(word: str) -> int:
    """The most edits (slips) allowed in ``word``: one up to four letters, else two."""
    return 1 if len(word) <= 4 else 2


def deletion_variants(word: str) -> set[str]:
    """All strings that up to two deletions make of the first letters of ``word``.

    Two words at most two slips apart share one of them (the symmetric deletion of SymSpell, made
    of prefixes only).
    """
    prefix = word[:PREFIX]
    once = {prefix[:i] + prefix[i + 1 :] for i in range(len(prefix))}
    return {prefix, *once, *(w[:i] + w[i + 1 :] for w in once for i in range(len(w)))}


def phonetic_key(word: str) -> str:
    """A rough key that spellings of one name in Latin letters share (Lavrov, Lawrow).

    >>> phonetic_key("qaddafi") == phonetic_key("gadhafi") == phonetic_key("kadafi")
    True
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
