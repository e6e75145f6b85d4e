"""Runs of capitalised words: the raw material of names."""

from __future__ import annotations

import re

from ...fold import fold
from ..text import Text
from .gazetteer import cues, gazetteer

_CUES = cues()
_FUNCTION, _CALENDAR, _PARTICLE = _CUES["function"], _CUES["calendar"], _CUES["particle"]
_SMALL = _FUNCTION | _CALENDAR
_ABBREVIATED = _CUES["abbreviation"]
_LONGEST = 16
_PERSONAL = frozenset("he she his her him He She His Her".split())
_TALE = (0.02, 0.03)  # so large a part of the words of a tale takes somebody up: seldom, often
_OPENING = frozenset('.!?:;"“”‘«»„(`*•|–—…[/')
_NEW_NAME = frozenset("The North South East West".split())
_GLUED = re.compile(r"([A-Z][a-z]{3,})[A-Z].*")  # a name with the heading behind it: "LundGOP"
DATELINE = re.compile(
    r"[A-Z][A-Z.'/ -]{2,40}?(?:, ?[A-Z]\w+\.?(?: [A-Z]\w+)?)?,? ?"
    r"(?:\d{4}-\d\d|(?:\d\d? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)


class Run:
    """Capitalised words, with the particles between them, that hold one name or several.

    ``first`` and ``last`` are token indices, ``last`` exclusive. ``initial``: it begins a sentence,
    so that the capital of its first word says nothing. ``headline``: it stands in a line of
    capitals or Title Case, where no capital says anything.
    """

    __slots__ = ("first", "headline", "initial", "last")

    def __init__(self, first: int, last: int, initial: bool, headline: bool) -> None:
        self.first, self.last, self.initial, self.headline = first, last, initial, headline


class Words:
    """The words of one document and what their use in it tells.

    ``bare`` are the tokens without a possessive ending; ``small`` holds its words as written,
    to ask whether it writes one small; ``middle`` those it writes with a capital in the middle of a
    sentence; ``tale`` tells how much it speaks of people (0 to 2); ``breaks`` are the
    offsets at which a paragraph begins.
    """

    def __init__(self, text: Text) -> None:
        self.text, self.raw = text, text.text
        self.paragraphs, self.gaps = text.paragraphs, text.gaps
        self.tokens, self.starts, self.ends = text.tokens, text.starts, text.ends
        self.count = len(self.tokens)
        self.bare = list(self.tokens)
        self.breaks = {start for start, _ in self.paragraphs}
        self.headlines = headlines(self.raw)
        self.small = set(self.tokens)
        personal = sum(map(_PERSONAL.__contains__, self.tokens))
        self.tale = sum(personal >= share * self.count for share in _TALE) if personal else 0
        self.middle: set[str] = set()
        self.runs = self._runs()

    def end(self, i: int) -> int:
        """The offset at which the word of token ``i`` ends, its possessive ending left out."""
        return self.starts[i] + len(self.bare[i])

    def before(self, i: int) -> str:
        """The token before ``i`` in its paragraph, else the empty string."""
        return self.tokens[i - 1] if i > 0 and self._goes_on(i) else ""

    def at(self, i: int) -> str:
        """The token ``i`` where it goes on with the paragraph of the one before, else nothing."""
        return self.tokens[i] if i < self.count and self._goes_on(i) else ""

    def _goes_on(self, i: int) -> bool:
        return self.gaps[i] in ("", " ") or self.starts[i] not in self.breaks

    def joined(self, i: int) -> bool:
        """Whether only blanks (or the end of a wrapped line) part ``i`` from the token before."""
        gap = self.gaps[i]
        return gap == " " or (0 < len(gap) < 4 and self.starts[i] not in self.breaks)

    def common(self, word: str, headline: bool = False) -> bool:
        """Whether a word whose capital says nothing is no name: English or this document writes it
        small, and never with a capital in the middle of a sentence."""
        low = fold(word)
        if low in _SMALL:
            return True
        if word in self.middle or (headline and word.capitalize() in self.middle):
            return False
        return low in self.small or low in gazetteer().words

    def _runs(self) -> list[Run]:
        tokens, starts = self.tokens, self.starts
        lines, line = self.headlines, 0
        runs: list[Run] = []
        middle = self.middle
        done = -1
        bare = self.bare
        capital = [i for i, t in enumerate(tokens) if not t.islower() and t[0].isalpha()]
        for i in capital:
            t = tokens[i]
            if t[-2:] in _POSSESSIVE and len(t) > 2:
                bare[i] = t[:-2]
            elif (
                len(t) > 6
                and not t[1:].islower()
                and (glued := _GLUED.fullmatch(t))
                and self._loose(i, glued.group(1))
            ):
                bare[i] = glued.group(1)
        for i in capital:
            t = tokens[i]
            if i < done or not (t[0].isupper() or "-" in t):
                continue
            if t in _NEVER and i + 1 < self.count and not tokens[i + 1][0].isupper():
                continue
            start = starts[i]
            if start and self.raw[start - 1] == "@":
                continue
            while line < len(lines) and lines[line][1] <= start:
                line += 1
            headline = line < len(lines) and lines[line][0] <= start
            done = self._end(i, lines[line][1] if headline else len(self.raw))
            previous = self.before(i)
            initial = not previous or previous in _OPENING
            if previous in ("-", "'", "--", "–") and not self.before(i - 1):
                initial = True
            if not previous and not headline and i + 1 < done and self._subhead(i, done):
                headline = True
            runs.append(Run(i, done, initial, headline))
            if not headline:
                middle.update(bare[i + 1 if initial else i : done])
        return runs

    def _loose(self, i: int, name: str) -> bool:
        """Whether the text has ``name`` alone too, and the token ``i`` goes on with a name before
        it: no handle (@LundBoat), no firm (LundAir)."""
        after_name = i > 0 and self.tokens[i - 1][0].isupper() and self.gaps[i] == " "
        return after_name and name in self.small

    def _subhead(self, i: int, j: int) -> bool:
        """Whether a run that fills its paragraph is a heading, and not just a name in a list."""
        if j < self.count and self.starts[j] not in self.breaks:
            return False
        known = gazetteer()
        low = [word.lower() for word in self.bare[i:j]]
        return any(
            w in known.words and w not in known.given and w not in known.surnames for w in low
        )

    def _end(self, i: int, stop: int) -> int:
        """Where the run that begins at token ``i`` ends."""
        tokens, starts, ends, bare = self.tokens, self.starts, self.ends, self.bare
        count = self.count
        j, longest = i + 1, i + _LONGEST
        while (
            j < count
            and j < longest
            and starts[j] < stop
            and len(bare[j - 1]) == len(tokens[j - 1])
        ):
            t = tokens[j]
            if t[0].isupper():
                if not self.joined(j):
                    break
                j += 1
            elif t == ".":
                if (
                    ends[j - 1] == starts[j]
                    and j + 1 < count
                    and tokens[j + 1][0].isupper()
                    and not (tokens[j - 1] == "I" and tokens[j + 1] in _NEVER)  # "So do I. It"
                    and not (tokens[j - 1] == "X" and self.before(j - 1) in ("on", "to", "via"))
                    and (len(tokens[j - 1]) == 1 or fold(tokens[j - 1]) in _ABBREVIATED)
                    and (starts[j + 1] == ends[j] or self.joined(j + 1))
                ):
                    j += 2
                else:
                    break
            elif t in _PARTICLE:
                k = j
                while k < count and k < j + 3 and tokens[k] in _PARTICLE and self.joined(k):
                    k += 1
                if j < k < count and tokens[k][0].isupper() and self.joined(k):
                    j = k + 1
                else:
                    break
            elif (t == "and" and self._both(j)) or (
                t == "&"
                and j + 1 < count
                and tokens[j + 1][0].isupper()
                and tokens[j + 1] != "I"
                and self.joined(j + 1)
            ):
                j += 2
            elif "-" in t and t[0].isalpha() and not t.islower() and self.joined(j):
                j += 1
            else:
                break
        return j

    def _both(self, i: int) -> bool:
        """Whether the "and" at token ``i`` stands inside an organisation's name: Food and Drug
        Agency."""
        tokens, english = self.tokens, gazetteer().words
        low, k = tokens[i - 1].lower(), i + 1
        if low in _CUES["place_head"] or self.at(k) in _NEW_NAME:
            return False
        if low not in english or low in _CUES["title"] or k >= self.count:
            return False
        if tokens[k].lower() not in english or not tokens[k][0].isupper():
            return False
        while k < self.count and k < i + 6 and tokens[k][0].isupper() and self.joined(k):
            k += 1
        return k > i + 2 and self.bare[k - 1].lower() in _CUES["organisation_head"]


# Words that are no name when they stand alone.
_NEVER = frozenset(
    w.capitalize() for w in _FUNCTION - gazetteer().surnames - _CUES["given_too"] if len(w) > 1
)
_POSSESSIVE = frozenset(("'s", "’s", "'S", "’S"))


def _stripped(word: str) -> str:
    return word.strip(".,:;?!\"“”'’()")


def _tabular(words: list[str]) -> bool:
    """Whether a line in capitals is a row of a table: a name or two and their figures."""
    return words[-1][0] in "-.0123456789" and sum(w[0].isdigit() for w in words) > 1


def headlines(text: str) -> list[tuple[int, int]]:
    """The lines in capitals or Title Case, as (start, end); no datelines, no lists of names."""
    out: list[tuple[int, int]] = []
    english = gazetteer().words
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if 8 < len(line) < 200 and not line.islower():
            words = line.split()
            big = [w for w in words if w[0].isupper()]
            if 2 * len(big) >= len(words) > 2:
                shout = [w for w in big if w.isupper() and len(w) > 1]
                if 2 * len(shout) > len(words):
                    if not DATELINE.match(line) and not _tabular(words):
                        out.append((at, end))
                elif len(big) > 2:
                    title = [w for w in map(_stripped, words) if w.isalpha() and w not in _FUNCTION]
                    big = [w for w in title if w[0].isupper()]
                    common = sum(w.lower() in english for w in big)
                    part = 1.0 if line[-1] in ".,:;" else 0.75
                    if len(big) > 2 and len(big) >= part * len(title) and 2 * common >= len(big):
                        out.append((at, end))
        at = end + 1
    return out
