"""Names that are no actors: laws, programmes, storms, and what only looks like a name."""

from __future__ import annotations

from .lexicon import Lexicon
from .runs import Words

_LEGAL = frozenset("llc llp inc ltd corp plc gmbh".split())
_BEFORE = frozenset("hurricane typhoon cyclone operation proposition".split())
_SIGNS = _LEGAL | _BEFORE
_PARTIES = frozenset("RDIL")


def thing_end(words: Words, lexicon: Lexicon, i: int) -> int:
    """The token at which a name ends that begins at token ``i`` and is no actor's; 0 for none:
    Medicare, Hurricane Ida, the "R-Ohio" behind a senator, the "LLC" behind a comma."""
    word = words.bare[i]
    longest = lexicon.thingly.get(word)
    low = word.lower()
    if longest is None and low not in _SIGNS and word[1:2] != "-":
        return 0
    start = words.starts[i]
    if longest:
        for j in range(min(i + longest, words.count), i, -1):
            if words.raw[start : words.end(j - 1)] in lexicon.things:
                return j
    if low in _LEGAL and (i == 0 or not words.bare[i - 1][:1].isupper()):
        return i + 1
    if low in _BEFORE and word[0].isupper() and words.at(i + 1)[:1].isupper():
        return i + 2
    if word[1:2] == "-" and word[0] in _PARTIES and word[2:3].isupper():
        if words.before(i) in (",", "(", "["):
            return i + 1 + (words.at(i + 1) == ".")
        if words.at(i + 1) in (")", "]"):
            return i + 1
    return 0
