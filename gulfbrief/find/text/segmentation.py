"""One pass over a text: its paragraphs, sentences, tokens and quotation marks, as offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from . import page_furniture
from .quotation_marks import OPENERS, Marked, pair
from .word_lists import word_lists

# A word keeps its inner apostrophes, hyphens and dots (O'Brien, Ki-moon, U.S., 1,200.5); every
# other visible character stands alone.
_TOKEN = re.compile(
    r"([^\W\d_]\w*+(?:['’\-‑][^\W_]++(?:['’\-‑][^\W_]++)*+|)"
    r"(?:\.(?<=\b[A-Za-z]\.)(?:[A-Za-z]\.)++|)"
    r"|\d++(?:[.,:]\d++)*+\w*"
    r"|[^\s\w]|_)"
)
_FLOWING = re.compile(r"^(?=.{160})(?:[^ \n]{1,30} ){16}", re.M)  # a line of prose, and no address
_BLOCK = re.compile(r"[^\n]+")
_END = re.compile(
    r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"'”’»)\]]*+"
    # The space is missing where a page's paragraphs were joined without one ("he said.The ship").
    r"(?=\s|(?:(?<=[a-z\d]{2}[.!?])|(?<=[.!?]”))(?!(?:Com|Org|Net)\b)(?:[A-Z][a-z]+ |A |“[A-Z]))"
)
_NEXT = re.compile(r"\s*[\"'“‘«„(\[—–-]*([^\W_]*)")
_DASH = re.compile(r"\s*[(—–-]")
_POSTED = re.compile(r"\b(?:on|to|via) $")
_LABEL = re.compile(r"[A-Z][\w.’' -]{0,30}:\s|[-•*·–—]\s|\d+[.)]\s")
_GLUED = re.compile(r"[.!?…]\"(?=[A-Z])")
_DOTS = word_lists("sentences.toml")
_LONG = 300
"""Characters of a line in which what stood around an article on its page may run on."""


class Text:
    """A text and its parts, each computed once, when first asked for.

    ``tokens[i] == text[starts[i]:ends[i]]`` and ``lower[i]`` is the same in lower case. Paragraphs
    and sentences are ``(start, end)`` pairs in order, without the white space around them;
    ``marked`` holds the words between quotation marks.

    >>> t = Text("It rained. Nobody sailed.")
    >>> [t.text[a:b] for a, b in t.sentences]
    ['It rained.', 'Nobody sailed.']
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _parts(self) -> list[str]:
        """What stands between the tokens and the tokens, by turns."""
        return _TOKEN.split(self.text)

    @cached_property
    def _bounds(self) -> list[int]:
        return list(accumulate(map(len, self._parts)))

    @cached_property
    def tokens(self) -> list[str]:
        return self._parts[1::2]

    @cached_property
    def starts(self) -> list[int]:
        return self._bounds[:-1:2]

    @cached_property
    def ends(self) -> list[int]:
        return self._bounds[1::2]

    @cached_property
    def gaps(self) -> list[str]:
        """``gaps[i]`` is what stands before token ``i``; the last is what stands after all."""
        return self._parts[::2]

    @cached_property
    def lower(self) -> list[str]:
        return list(map(str.lower, self.tokens))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Lines, and where lines were wrapped at a width, the lines that belong together."""
        out: list[tuple[int, int]] = []
        block: list[tuple[int, int]] = []
        text = self.text
        last = 0
        for m in _BLOCK.finditer(text):
            a, b = m.span()
            line = text[a:b]
            a += len(line) - len(line.lstrip())
            b -= len(line) - len(line.rstrip())
            if a >= b:
                last = -9
                continue
            if block and m.start() - last != 1:
                self._close_block(block, out)
                block = []
            block.append((a, b))
            last = m.end()
        self._close_block(block, out)
        return out

    @cached_property
    def _flowing(self) -> bool:
        """Whether paragraphs stand on one line each here: then no line was wrapped by hand."""
        return _FLOWING.search(self.text) is not None

    def _close_block(self, block: list[tuple[int, int]], out: list[tuple[int, int]]) -> None:
        """Lines without an empty one between them: one paragraph where they are wrapped."""
        if len(block) < 2:
            out += block
            return
        width = max([b - a for a, b in block])
        if not 45 <= width <= 110 or self._flowing:
            out += block
            return
        text = self.text
        start, before = block[0]
        for a, b in block[1:]:
            space = text.find(" ", a, b)
            word = (space if space >= 0 else b) - a
            line = text.rfind("\n", start, before) + 1 or start
            full = before - line + 1 + word > width - 3
            done = text[before - 1] in '.!?:"”»'
            if (full or text[a].islower()) and not (
                (done and not full) or _LABEL.match(text, a, b)
            ):
                before = b
            else:
                out.append((start, before))
                start, before = a, b
        out.append((start, before))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        text = self.text
        for start, stop in self.paragraphs:
            a = start
            small = text[start:stop].islower()  # without capitals, no small letter tells
            for m in _END.finditer(text, start, stop):
                if not self._ends(m.start(), m.end(), stop, small):
                    continue
                out.append((a, m.end()))
                a = m.end()
                while a < stop and text[a].isspace():
                    a += 1
            if a < stop:
                out.append((a, stop))
            if stop - start > _LONG:
                self._cut(out, page_furniture.cuts(text, start, stop), stop)
                self._cut(out, self._glued(start, stop), stop)
        return out

    def _glued(self, start: int, stop: int) -> Iterator[int]:
        """Where a sentence ends at a mark with no space on either side, which may be the one that
        opens the next."""
        for m in _GLUED.finditer(self.text, start, stop):
            yield m.end() - 1 if m.end() - 1 in self._opening else m.end()

    @cached_property
    def _opening(self) -> frozenset[int]:
        return frozenset(m.open for m in self.marked)

    def _cut(self, sentences: list[tuple[int, int]], cuts: Iterable[int], stop: int) -> None:
        """Cut the last of ``sentences``, up to ``stop``."""
        text = self.text
        for at in cuts:
            n = bisect_right(sentences, (at, stop)) - 1
            a, b = sentences[n]
            if a < at < b:
                end = a + len(text[a:at].rstrip())
                begin = b - len(text[at:b].lstrip())
                sentences[n : n + 1] = [(a, end), (begin, b)] if begin < b else [(a, end)]

    def _ends(self, dot: int, end: int, stop: int, small: bool) -> bool:
        """Whether the mark at ``dot`` ends a sentence of a paragraph that is ``small``, or not."""
        text = self.text
        found = _NEXT.match(text, end, stop)
        following = found.group(1) if found else ""
        if following[:1].islower() and not (small and text[end - 1] in ".!?"):
            return False
        if text[dot] == "." and end == dot + 1:
            a = dot
            floor = max(0, dot - 12)
            while a > floor and (text[a - 1].isalpha() or text[a - 1] == "."):
                a -= 1
            word = text[a:dot].lower()
            if word in _DOTS["titles"] or (len(word) == 1 and text[a].isupper() and word != "i"):
                return word == "x" and _POSTED.search(text, floor, a) is not None
            if word in _DOTS["short"] or (len(word) > 2 and word[-2] == "."):
                begins = following.lower() in _DOTS["starters"] and not small
                return begins and not _DASH.match(text, end)
        return True

    @cached_property
    def marked(self) -> list[Marked]:
        """Words between quotation marks, outer and inner ones, in order of their opening mark."""
        out: list[Marked] = []
        text, paragraphs = self.text, self.paragraphs
        for n, (a, b) in enumerate(paragraphs):
            goes_on = n + 1 < len(paragraphs) and text[paragraphs[n + 1][0]] in OPENERS
            out += pair(text, a, b, goes_on)
        return out

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before ``offset`` (-1: none)."""
        return bisect_right(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that ``offset`` stands in (0 before the first)."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1)

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph that ``offset`` stands in (0 before the first)."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)
