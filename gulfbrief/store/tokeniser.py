"""The tokeniser: a text -> its tokens, folded, with their offsets.

Documents and queries go through the same functions, so that they always agree on what a token is.
"""

from __future__ import annotations

import re

from ..fold import INVISIBLE, fold

# Written without spaces (Thai, Lao, Burmese, Khmer, kana, Han) or with particles that join a word
# (Hangul): each character is a token, so that any part of a run is found as a phrase.
_RUNNING = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_RUNNING}]|[^\W_{_RUNNING}]+")
_APART = bytes(n if chr(n).isalnum() else 32 for n in range(256))  # the same for ASCII, quicker
_COMPOUND = re.compile(r"(?<![^\W_])(?:[^\W_]++(?:['\-\u2010\u2011][^\W_]++)+|(?:[^\W\d_]\.){2,})")
_MARK = re.compile(r"['\-\u2010\u2011.](?=[^\W_])").search  # what may be inside a compound
_HYPHENS = str.maketrans("", "", "'-\u2010\u2011.")


class _Folding(dict[int, str]):
    """Code point -> its folded form, learnt as characters are met."""

    def __missing__(self, point: int) -> str:
        if 0xD800 <= point <= 0xDFFF:
            folded = " "
        elif chr(point) in INVISIBLE:
            folded = ""
        elif 0xAC00 <= point <= 0xD7A3:  # decomposed, a syllable would be three letters
            folded = chr(point)
        else:
            folded = fold(chr(point))
        self[point] = folded
        return folded


_FOLDING = _Folding()


def folded(text: str) -> str:
    """``text`` folded character by character, so that ``token_spans`` can find the way back."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def tokens(text: str) -> list[str]:
    """The tokens of ``text``: folded words, parted by hyphens and apostrophes too.

    >>> tokens("O’Brien's Al-Zayani")
    ['o', 'brien', 's', 'al', 'zayani']
    """
    return _split(folded(text))


def _split(line: str) -> list[str]:
    """The tokens of a folded ``line``."""
    if line.isascii():
        return line.encode().translate(_APART).decode().split()
    return _TOKEN.findall(line)


def token_spans(text: str) -> list[tuple[str, int, int]]:
    """The tokens with their offsets in ``text`` itself.

    >>> token_spans("Dûma spoke")
    [('duma', 0, 4), ('spoke', 5, 10)]
    """
    line, back = _mapped(text)
    out: list[tuple[str, int, int]] = []
    end = 0
    for token in _split(line):
        start = line.index(token, end)
        end = start + len(token)
        out.append((token, *_places(start, end, back)))
    return out


def _mapped(text: str) -> tuple[str, list[int] | None]:
    """``text`` folded, and for each character of that where it stood; null where none moved."""
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


def compound_spans(text: str) -> list[tuple[str, int, int]]:
    """The compounds of ``text`` as one word, with their offsets in ``text`` itself."""
    line, back = _mapped(text)
    return [
        (m.group().translate(_HYPHENS), *_places(*m.span(), back)) for m in _COMPOUND.finditer(line)
    ]


def compound_words(text: str) -> list[str]:
    """Compounds of ``text`` as one word, as others write them.

    >>> compound_words("O’Brien of the U.S. wants co-operation")
    ['obrien', 'us', 'cooperation']
    """
    marked = [w for w in folded(text).split() if not w.isalnum() and _MARK(w)]
    return [found.translate(_HYPHENS) for found in _COMPOUND.findall(" ".join(marked))]
