"""Spelling variants of a token: what the index keeps to correct the words of a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

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


_PLACES = [at for number in range(3) for at in combinations(range(PREFIX), number)]
"""Where letters are deleted, up to two of them; the place in this list is one hexadecimal digit."""
_AT = {f"{number:x}": places for number, places in enumerate(_PLACES)}


def deletion_variants(word: str, most: int = 2) -> dict[str, str]:
    """All strings that up to ``most`` deletions make of the first letters of ``word``, each with
    what was deleted: a digit for the places, and the letters.

    Two words at most so many slips apart share one of them (the symmetric deletion of SymSpell,
    made of prefixes only).

    >>> deletion_variants("abc")["b"]
    '7ac'
    """
    prefix = word[:PREFIX]
    out: dict[str, str] = {}
    for number, places in enumerate(_PLACES):
        if len(places) <= most and (not places or places[-1] < len(prefix)):
            left = "".join([c for i, c in enumerate(prefix) if i not in places])
            out.setdefault(left, f"{number:x}" + "".join([prefix[i] for i in places]))
    return out


def deleted(told: str) -> Iterator[str]:
    """What was deleted from each of several prefixes, as one string after the other tells it."""
    at = 0
    while at < len(told):
        end = at + 1 + len(_AT[told[at]])
        yield told[at:end]
        at = end


def restored(variant: str, told: str, most: int = 2) -> list[str]:
    """The prefixes that ``variant`` is when what was deleted from each, at most ``most`` letters,
    is put back.

    >>> restored("b", "7ac7dc")
    ['abc', 'dbc']
    """
    out = []
    at = 0
    while at < len(told):
        places = _AT[told[at]]
        if len(places) == 2:
            if most == 2:
                i, j = places
                left, between, right = variant[:i], variant[i : j - 1], variant[j - 1 :]
                out.append(left + told[at + 1] + between + told[at + 2] + right)
            at += 3
        elif places:
            i = places[0]
            out.append(variant[:i] + told[at + 1] + variant[i:])
            at += 2
        else:
            out.append(variant)
            at += 1
    return out


def phonetic_key(word: str) -> str:
    """A rough key that spellings of one name in Latin letters share (Lavrov, Lawrow).

    >>> phonetic_key("qaddafi") == phonetic_key("gadhafi") == phonetic_key("kadafi")
    True
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
