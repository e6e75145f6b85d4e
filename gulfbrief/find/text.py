"""One pass over a text: its paragraphs, sentences and tokens, as offsets into the one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

# A word keeps its inner apostrophes, hyphens and dots (O'Brien, Ki-moon, U.S., 1,200.5); every
# other visible character stands alone.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., e.g.
    r"|\d+(?:[.,:]\d+)*\w*"
    r"|[^\W\d_][\w]*(?:['’\-‑][^\W_]+)*"
    r"|[^\s\w]|_"
)
_BLOCK = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_ABBREVIATION = frozenset(
    "mr mrs ms dr prof gen col lt sgt maj capt cmdr adm gov sen rep rev hon st ste jr sr vs no nos "
    "inc ltd co corp dept univ assn bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "wed thu fri sat sun fig al etc approx brig pres sec amb messrs mt ft".split()
)


class Text:
    """A text and its parts, each computed once, when first asked for.

    ``tokens[i] == text[starts[i]:ends[i]]``. Paragraphs and sentences are ``(start, end)`` pairs
    in order, without the white space around them.

    >>> t = Text("It rained. Nobody sailed.")
    >>> [t.text[a:b] for a, b in t.sentences]
    ['It rained.', 'Nobody sailed.']
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [m.span() for m in _TOKEN.finditer(self.text)]

    @cached_property
    def starts(self) -> list[int]:
        return [a for a, _ in self._spans]

    @cached_property
    def ends(self) -> list[int]:
        return [b for _, b in self._spans]

    @cached_property
    def tokens(self) -> list[str]:
        text = self.text
        return [text[a:b] for a, b in self._spans]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        lines = [m.span() for m in _BLOCK.finditer(self.text)]
        text = self.text
        for a, b in lines:
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            if a == b:
                continue
            if out and self._wrapped(out[-1], (a, b)):
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
        return out

    def _wrapped(self, before: tuple[int, int], line: tuple[int, int]) -> bool:
        """Whether ``line`` goes on with the paragraph ``before``, in a text wrapped by hand."""
        text = self.text
        if text.count("\n", before[1], line[0]) != 1:
            return False
        last = text.rfind("\n", before[0], before[1]) + 1 or before[0]
        width = before[1] - max(last, before[0])
        if not 45 <= width <= 100:
            return False
        return text[before[1] - 1] not in '.!?:"”»' or text[line[0]].islower()

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        text = self.text
        for start, stop in self.paragraphs:
            a = start
            for m in _END.finditer(text, start, stop):
                if not self._ends(m.start(), m.end(), stop):
                    continue
                out.append((a, m.end()))
                a = m.end()
                while a < stop and text[a].isspace():
                    a += 1
            if a < stop:
                out.append((a, stop))
        return out

    def _ends(self, dot: int, end: int, stop: int) -> bool:
        """Whether the mark at ``dot`` ends a sentence."""
        text = self.text
        nxt = end
        while nxt < stop and text[nxt].isspace():
            nxt += 1
        while nxt < stop and text[nxt] in "\"'“‘«„([—–-":
            nxt += 1
        if nxt < stop and text[nxt].islower():
            return False
        if text[dot] == "." and end == dot + 1:
            a = dot
            while a > 0 and (text[a - 1].isalpha() or text[a - 1] == "."):
                a -= 1
            word = text[a:dot]
            if len(word) == 1 and word.isupper() or word.lower() in _ABBREVIATION:
                return False
        return True

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before ``offset`` (-1: none)."""
        return bisect_right(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that ``offset`` stands in (0 before the first)."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1)

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph that ``offset`` stands in (0 before the first)."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)
