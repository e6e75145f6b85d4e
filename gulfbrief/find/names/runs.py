"""Runs of capitalised words: the raw material of names."""

from __future__ import annotations

import re
from collections import Counter

from ...fold import fold
from ..text import Text
from .gazetteer import cues, gazetteer

_OPENING = frozenset('.!?:;"“”‘«»„(`*•|–—…[/')
_TITLE_CASE_ENDS = (".", "?", "!", ":", ",", '"', "”", ";")
_POSSESSIVE = re.compile(r"['’][sS]?$")


class Run:
    """Capitalised words (with the particles between them) that may hold one name or several.

    ``first`` and ``last`` are token indices, ``last`` exclusive. ``initial``: it begins a sentence,
    so that the capital of its first word says nothing. ``headline``: it stands in a line of capitals
    or Title Case, where no capital says anything.
    """

    __slots__ = ("first", "headline", "initial", "last")

    def __init__(self, first: int, last: int, initial: bool, headline: bool) -> None:
        self.first, self.last, self.initial, self.headline = first, last, initial, headline


class Words:
    """The words of one document and what their use in it tells.

    ``words`` are the tokens without a possessive ending; ``small`` are all the words that it writes
    small, ``middle`` counts those that it writes in capitals in the middle of a sentence.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.tokens = text.tokens
        self.starts, self.ends = text.starts, text.ends
        self.lines = headlines(text.text)
        self.small = {t for t in set(self.tokens) if t.islower()}
        self.middle: Counter[str] = Counter()
        self.runs = self._runs()

    def word(self, i: int) -> str:
        """The token without a possessive ending."""
        t = self.tokens[i]
        if len(t) > 2 and t[-2] in "'’" and t[-1] in "sS":
            return t[:-2]
        return t

    def end(self, i: int) -> int:
        """The offset at which the word of token ``i`` ends, its possessive ending left out."""
        return self.starts[i] + len(self.word(i))

    def before(self, i: int) -> str:
        """The token before ``i`` on the same line, else the empty string."""
        if i <= 0 or "\n" in self.text.text[self.ends[i - 1] : self.starts[i]]:
            return ""
        return self.tokens[i - 1]

    def after(self, i: int) -> str:
        """The token at ``i`` where it stands on the line of the one before it."""
        if i >= len(self.tokens) or "\n" in self.text.text[self.ends[i - 1] : self.starts[i]]:
            return ""
        return self.tokens[i]

    def joined(self, i: int) -> bool:
        """Whether only blanks part token ``i`` from the one before it."""
        a, b = self.ends[i - 1], self.starts[i]
        return (b - a == 1 and self.text.text[a] == " ") or (
            b - a in (0, 2) and self.text.text[a:b].isspace() and "\n" not in self.text.text[a:b]
        )

    def _runs(self) -> list[Run]:
        tokens, particle = self.tokens, cues()["particle"]
        count = len(tokens)
        caps = [
            i
            for i, t in enumerate(tokens)
            if t[0].isupper()
            or (len(t) > 3 and t[0].isalpha() and not t.islower() and not t.isdigit())
        ]
        runs: list[Run] = []
        lines = self.lines
        line = 0
        done = -1
        for i in caps:
            if i < done:
                continue
            start = self.starts[i]
            while line < len(lines) and lines[line][1] <= start:
                line += 1
            headline = line < len(lines) and lines[line][0] <= start
            stop = lines[line][1] if headline else len(self.text.text)
            j = i + 1
            while j < count and not self._possessive(j - 1) and self.starts[j] < stop:
                t = tokens[j]
                if (t[0].isupper() or (t[0].isalpha() and not t.islower())) and self.joined(j):
                    j += 1
                    continue
                if t == "." and self.ends[j - 1] == self.starts[j] and j + 1 < count:
                    if (
                        self._abbreviated(tokens[j - 1])
                        and tokens[j + 1][0].isupper()
                        and (self.joined(j + 1) or self.starts[j + 1] == self.ends[j])
                    ):
                        j += 2
                        continue
                    break
                k = j
                while k < count and k < j + 3 and tokens[k] in particle and self.joined(k):
                    k += 1
                if j < k < count and tokens[k][0].isupper() and self.joined(k):
                    j = k + 1
                    continue
                if t == "&" and j + 1 < count and tokens[j + 1][0].isupper():
                    j += 2
                    continue
                break
            previous = self.before(i)
            initial = (
                not previous
                or previous in _OPENING
                or (previous in ("-", "'") and self.before(i - 1) == "")
            )
            if (
                previous == "."
                and i > 1
                and self._abbreviated(tokens[i - 2])
                and self.ends[i - 2] == self.starts[i - 1]
            ):
                initial = len(tokens[i - 2]) > 1 and False
            done = j
            runs.append(Run(i, j, initial, headline))
            if not headline:
                for k in range(i + 1 if initial else i, j):
                    self.middle[self.word(k)] += 1
        return runs

    def _possessive(self, i: int) -> bool:
        t = self.tokens[i]
        return len(t) > 2 and t[-2] in "'’" and t[-1] in "sS"

    def _abbreviated(self, token: str) -> bool:
        return (len(token) == 1 and token.isupper()) or fold(token) in _ABBREVIATED

    def common(self, word: str) -> bool:
        """Whether a capital that says nothing hides no name: a word that English, or this document,
        writes small, and that it never writes in capitals in the middle of a sentence."""
        low = fold(word)
        if low in _FUNCTION:
            return True
        if word in self.middle:
            return False
        return low in self.small or low in gazetteer().words


_ABBREVIATED = frozenset(
    "mr mrs ms dr prof gen col lt sgt maj capt cmdr adm gov sen rep rev st ste jr mt ft brig messrs hon pres "
    "wm chas geo jos thos".split()
)
_FUNCTION = cues()["function"] | cues()["calendar"]


def headlines(text: str) -> list[tuple[int, int]]:
    """The lines in capitals or Title Case, as (start, end)."""
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.isupper() and " " in line:
            out.append((at, end))
        elif 8 < len(line) < 160 and not line.rstrip().endswith(_TITLE_CASE_ENDS):
            words = [w for w in line.split() if w[0].isalpha() and len(w) > 3]
            if len(words) > 3 and sum(w[0].isupper() for w in words) > 0.75 * len(words):
                out.append((at, end))
        elif len(line) > 8 and sum(map(str.isupper, line[:200:3])) > 0.5 * len(line[:200:3]) * 0.8:
            out.append((at, end))
        at = end + 1
    return out
