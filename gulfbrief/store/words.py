"""Words as the index knows them: folded, with their offsets, and what a slip makes of them.

The index and a query go through the same functions, so that they always agree on what a word is.
"""

from __future__ import annotations

import re

from ..fold import fold

_TOKEN = re.compile(r"[^\W_]+")
_APART = bytes(n if chr(n).isalnum() else 32 for n in range(256))  # the same for ASCII, quicker
_COMPOUND = re.compile(r"(?<![^\W_])(?:[^\W_]++(?:['\-\u2010\u2011][^\W_]++)+|(?:[^\W\d_]\.){2,})")
_MARK = re.compile(r"['\-\u2010\u2011.](?=[^\W_])").search  # what may be inside a compound
_HYPHENS = str.maketrans("", "", "'-\u2010\u2011.")
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


class _Folding(dict[int, str]):
    """Code point -> its folded form, learnt as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = fold(chr(point)) if not 0xD800 <= point <= 0xDFFF else " "
        self[point] = folded
        return folded


_FOLDING = _Folding()


def folded(text: str) -> str:
    """``text`` folded character by character, so that ``spans`` can find the way back."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def tokens(text: str) -> list[str]:
    """The folded words of ``text``: hyphens and apostrophes part words.

    >>> tokens("O’Brien's Al-Zayani")
    ['o', 'brien', 's', 'al', 'zayani']
    """
    return _parted(folded(text))


def _parted(line: str) -> list[str]:
    """The words of a folded ``line``."""
    if line.isascii():
        return line.encode().translate(_APART).decode().split()
    return _TOKEN.findall(line)


def spans(text: str) -> list[tuple[str, int, int]]:
    """The folded words with their offsets in ``text`` itself.

    >>> spans("Dûma spoke")
    [('duma', 0, 4), ('spoke', 5, 10)]
    """
    line, back = _mapped(text)
    out: list[tuple[str, int, int]] = []
    end = 0
    for token in _parted(line):
        start = line.index(token, end)
        end = start + len(token)
        out.append((token, *_places(start, end, back)))
    return out


def _mapped(text: str) -> tuple[str, list[int] | None]:
    """``text`` folded, and for each character of that where it stood; null where nothing moved."""
    if text.isascii() or all(len(_FOLDING[ord(c)]) == 1 for c in set(text)):
        return folded(text), None
    pieces: list[str] = []
    back: list[int] = []
    for i, c in enumerate(text):
        piece = _FOLDING[ord(c)]
        pieces.append(piece)
        back.extend([i] * len(piece))
    return "".join(pieces), back


def _places(start: int, end: int, back: list[int] | None) -> tuple[int, int]:
    return (start, end) if back is None else (back[start], back[end - 1] + 1)


def compounds(text: str) -> list[tuple[str, int, int]]:
    """The compounds of ``text`` as one word, with their offsets in ``text`` itself."""
    line, back = _mapped(text)
    return [
        (m.group().translate(_HYPHENS), *_places(*m.span(), back)) for m in _COMPOUND.finditer(line)
    ]


def joined(text: str) -> list[str]:
    """Compounds of ``text`` as one word, as others write them.

    >>> joined("O’Brien of the U.S. wants co-operation")
    ['obrien', 'us', 'cooperation']
    """
    marked = [w for w in folded(text).split() if not w.isalnum() and _MARK(w)]
    return [found.translate(_HYPHENS) for found in _COMPOUND.findall(" ".join(marked))]


def correctable(word: str) -> bool:
    """Whether a slip in ``word`` can be told: letters only, three or more of them."""
    return 3 <= len(word) <= LONGEST and word.isalpha()


def allowed(word: str) -> int:
    """How many slips are forgiven in ``word``: one up to four letters, else two."""
    return 1 if len(word) <= 4 else 2


def deletions(word: str) -> set[str]:
    """All strings that up to two deletions make of the first letters of ``word``.

    Two words at most two slips apart share one of them (the symmetric deletion of SymSpell, made
    of prefixes only).
    """
    prefix = word[:PREFIX]
    once = {prefix[:i] + prefix[i + 1 :] for i in range(len(prefix))}
    return {prefix, *once, *(w[:i] + w[i + 1 :] for w in once for i in range(len(w)))}


def sound(word: str) -> str:
    """A rough key that spellings of one name in Latin letters share (Lavrov, Lawrow).

    >>> sound("qaddafi") == sound("gadhafi") == sound("kadafi")
    True
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
