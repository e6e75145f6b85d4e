"""Alignment of a draft's quotation with the words of a source.

Pure functions over two texts. Quotation marks, dashes, spaces, apostrophes and the comma or full
stop at a tag are style and never differences; a careful writer's brackets and ellipsis are
differences that are marked; every other changed word is a silent one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ..model import Difference

_DRAFT = re.compile(
    r"(?P<ellipsis>[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?)"
    r"|(?P<sic>\[\s*sic[!.]?\s*\])"
    r"|(?P<bracket>\[[^\[\]\n]{1,200}\](?P<tail>\w*(?:['’]\w+)*))"
    r"|(?P<word>\w+(?:[.,]\d+)*(?:['’]\w+)*|[?!%])"
)
_SOURCE = re.compile(r"\w+(?:[.,]\d+)*(?:['’]\w+)*|[?!%]")
Op = Literal["insert", "delete", "replace"]

_FEWEST = 3  # words in common that make two short sentences alike
_BRACKET_SPAN = 12  # words of a source that one bracket may stand for
# Words that two texts share by chance: alone they are no likeness.
FUNCTION_WORDS = frozenset(
    """a an the this that these those it its he him his she her they them their we us our you your
    i me my who which what there here not no nor and or but if as so than then of in on at by for
    from to with about into over after before is are was were be been being am do does did have has
    had will would shall should can could may might must i'm it's we're don't didn't won't can't
    all any some more most very just only also said says since until during between ? ! %""".split()
)
_ELLIPSIS_SPAN = 120  # words of a source that one ellipsis may leave out


@dataclass(frozen=True, slots=True)
class DraftToken:
    """A word, bracket or ellipsis of a draft, as written and normalised."""

    kind: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a draft's words stand in the source (code points, end exclusive), how alike they are
    (0 to 100, 100 where no word was changed silently), and each departure."""

    start: int
    end: int
    similarity: float
    differences: tuple[Difference, ...]

    @property
    def verbatim(self) -> bool:
        return all(d.marked for d in self.differences)


def _norm(word: str) -> str:
    return unicodedata.normalize("NFKC", word.replace("’", "'"))


def draft_tokens(draft: str) -> list[DraftToken]:
    """The words, brackets and ellipses of a draft's quotation.

    >>> [(p.kind, p.norm) for p in draft_tokens("“[The ships] … will sail,”")]
    [('bracket', 'The ships'), ('ellipsis', ''), ('word', 'will'), ('word', 'sail')]
    """
    out = []
    for m in _DRAFT.finditer(draft):
        kind = m.lastgroup
        if m.group("ellipsis"):
            out.append(DraftToken("ellipsis", m.group(), ""))
        elif m.group("sic"):
            continue
        elif m.group("bracket"):
            inner = m.group("bracket")[1:].replace("]", "")
            if m.group("tail"):  # "[T]he": one word whose case is marked
                out.append(DraftToken("recased", m.group(), _norm(inner)))
            else:
                out.append(DraftToken("bracket", m.group(), _norm(inner)))
        elif kind == "word":
            out.append(DraftToken("word", m.group(), _norm(m.group())))
    return out


class SourceText:
    """The words of a source text, or of chosen spans of it, ready to be compared with."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]] | None = None) -> None:
        self.text = text
        self._spans = [(0, len(text))] if spans is None else list(spans)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        return [m.span() for a, b in self._spans for m in _SOURCE.finditer(self.text, a, b)]

    @cached_property
    def words(self) -> list[str]:
        return [_norm(self.text[a:b]) for a, b in self.places]

    @cached_property
    def _folded(self) -> list[str]:
        return [w.casefold() for w in self.words]

    @cached_property
    def _joined(self) -> str:
        return " " + " ".join(self._folded) + " "

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each word begins in ``_joined``."""
        out, at = [], 1
        for w in self._folded:
            out.append(at)
            at += len(w) + 1
        return out

    def _word_at(self, offset: int) -> int:
        return max(0, bisect_right(self._offsets, offset) - 1)

    def align(self, draft: Sequence[DraftToken], whole: bool = False) -> Alignment | None:
        """The best place for ``draft`` in this source, null where nothing is like it.

        With ``whole`` a whole sentence or quotation of the source is like it too where one word was
        exchanged, put in or left out, however common the others are.
        """
        if not self.words or not any(p.kind != "ellipsis" for p in draft):
            return None
        return self._exact(draft) or self._near(draft, whole)

    # ---- nothing changed but what is marked ---------------------------------------------

    def _exact(self, draft: Sequence[DraftToken]) -> Alignment | None:
        """The draft's runs of words one after the other, with what brackets and ellipses stand
        for between them."""
        plain = plain_runs(draft)
        if not plain:
            return None
        needles = [" " + " ".join(draft[i].norm.casefold() for i in r) + " " for r in plain]
        begin = self._joined.find(needles[0])
        while begin >= 0:
            spans = self._follow(draft, plain, needles, begin)
            if spans:
                return self._marked(draft, plain, spans)
            begin = self._joined.find(needles[0], begin + 1)
        return None

    def _follow(
        self, draft: Sequence[DraftToken], runs: list[range], needles: list[str], begin: int
    ) -> list[int] | None:
        """The first source word of each run, the first run standing at ``begin``; null where a
        later run does not follow as closely as the marks between allow."""
        firsts = [self._word_at(begin + 1)]
        for before, run, needle in zip(runs, runs[1:], needles[1:], strict=False):
            after = firsts[-1] + len(before)
            gaps = draft[before.stop : run.start]
            most = sum(_ELLIPSIS_SPAN if p.kind == "ellipsis" else _BRACKET_SPAN for p in gaps)
            if after >= len(self._offsets):
                return None
            last = min(len(self._offsets) - 1, after + most)
            stop = self._offsets[last] + len(needle)
            at = self._joined.find(needle, self._offsets[after] - 1, stop)
            if at < 0:
                return None
            firsts.append(self._word_at(at + 1))
        return firsts

    def _marked(
        self, draft: Sequence[DraftToken], runs: list[range], firsts: list[int]
    ) -> Alignment:
        out = [Difference("insert", p.text, "", True) for p in draft[: runs[0].start]]
        done = firsts[0]
        for n, (run, first) in enumerate(zip(runs, firsts, strict=True)):
            if n:
                gap = draft[runs[n - 1].stop : run.start]
                typed = " ".join(p.text for p in gap)
                there = self._span_text(done, first)
                if [p.norm for p in gap] != [there] and (there or any(p.norm for p in gap)):
                    replaced: Op = "replace" if any(p.norm for p in gap) else "delete"
                    out.append(Difference(replaced if there else "insert", typed, there, True))
            for i, at in zip(run, range(first, first + len(run)), strict=True):
                source = self.words[at]
                if source == draft[i].norm:
                    continue
                marked = draft[i].kind == "recased"
                if marked or not self._may_recase(draft, i, at):
                    out.append(Difference("replace", draft[i].text, source, marked))
            done = first + len(run)
        out += [Difference("insert", p.text, "", True) for p in draft[runs[-1].stop :]]
        silent = sum(not d.marked for d in out)
        a, b = self.places[firsts[0]][0], self.places[done - 1][1]
        similarity = 100.0 * (1 - silent / (2 * len(draft)))
        return Alignment(a, b, round(similarity, 1), tuple(out))

    def _may_recase(self, draft: Sequence[DraftToken], i: int, at: int) -> bool:
        """Whether the case of word ``i`` is free: where a sentence or the quotation begins, on
        either side, a capital is the writer's to set or drop."""
        if i == 0 or draft[i - 1].kind != "word" or draft[i - 1].norm in "?!":
            return True
        start = self.places[at][0]
        return at == 0 or any(c in '.?!“"«‘:;—' for c in self.text[self.places[at - 1][1] : start])

    def _span_text(self, a: int, b: int) -> str:
        return self.text[self.places[a][0] : self.places[b - 1][1]] if b > a else ""

    # ---- something changed --------------------------------------------------------------

    def _near(self, draft: Sequence[DraftToken], whole: bool) -> Alignment | None:
        typed = [p for p in draft if p.kind != "ellipsis"]
        needle = [p.norm.casefold() for p in typed]
        joined = " ".join(needle)
        found = fuzz.partial_ratio_alignment(joined, self._joined)
        if found is None or found.score < 40:
            return None
        room = len(needle) // 2 + 4
        if len(self._joined) < len(joined):
            lo, hi = 0, len(self.words)
        else:
            lo = max(0, self._word_at(found.dest_start) - room)
            extra = _ELLIPSIS_SPAN if any(p.kind == "ellipsis" for p in draft[1:-1]) else 0
            hi = min(len(self.words), self._word_at(found.dest_end) + room + extra + 1)
        hay = self._folded[lo:hi]
        a, b = _best_window(needle, hay)
        if a == b:
            return None
        a, b = self._reach(needle, a + lo, b + lo)
        there = self._folded[a:b]
        telling = [w for w in needle if w not in FUNCTION_WORDS]
        kept, held = _shared(telling, there), _shared(needle, there)
        if not (
            (kept and held >= 0.75 * len(needle))
            or kept >= max(0.5 * len(telling), 2)
            or (whole and self._one_apart(needle, held, a, b))
        ):
            return None
        differences = self._differences(draft, a, b)
        weight = sum(
            max(len(d.draft.split()), len(d.source.split())) for d in differences if not d.marked
        )
        similarity = max(0.0, 100.0 * (1 - weight / max(len(needle), b - a)))
        return Alignment(
            self.places[a][0], self.places[b - 1][1], round(similarity, 1), tuple(differences)
        )

    def _reach(self, needle: Sequence[str], a: int, b: int) -> tuple[int, int]:
        """Words ``a`` to ``b`` with what stands in their sentence where the draft has further words
        before or behind them: its first or last words may have been exchanged."""
        ops = Levenshtein.opcodes(needle, self._folded[a:b])
        before, behind = (
            op.src_end - op.src_start if op.tag == "delete" else 0 for op in (ops[0], ops[-1])
        )
        while before and not self._parted(a):
            a, before = a - 1, before - 1
        while behind and not self._parted(b):
            b, behind = b + 1, behind - 1
        return a, b

    def _parted(self, at: int) -> bool:
        """Whether a sentence or a quotation ends before word ``at``, or all words do."""
        if not 0 < at < len(self.places):
            return True
        gap = self.text[self.places[at - 1][1] : self.places[at][0]]
        return any(c in '.!?:;…—“”"«»' for c in gap) or self.words[at - 1] in ("?", "!")

    def _one_apart(self, needle: Sequence[str], held: int, a: int, b: int) -> bool:
        """Whether the draft has all words but one of a whole sentence or quotation there."""
        least = max(len(needle), b - a) - 1
        return held >= least >= _FEWEST and self._parted(a) and self._parted(b)

    def _differences(self, draft: Sequence[DraftToken], a: int, b: int) -> list[Difference]:
        """Word by word what the draft changed of the source words ``a`` to ``b``."""
        typed = [p for p in draft if p.kind != "ellipsis"]
        gap_before = set()
        n = 0
        for p in draft:
            if p.kind == "ellipsis":
                gap_before.add(n)
            else:
                n += 1
        out = []
        ops = Levenshtein.opcodes([p.norm.casefold() for p in typed], self._folded[a:b])
        for op in ops:
            if op.tag == "equal":
                continue
            mine = typed[op.src_start : op.src_end]
            there = self._span_text(a + op.dest_start, a + op.dest_end)
            text = " ".join(p.text for p in mine)
            if op.tag == "insert":  # in the source, not in the draft
                out.append(Difference("delete", "", there, op.src_start in gap_before))
            elif op.tag == "delete":
                out.append(Difference("insert", text, "", all(p.kind == "bracket" for p in mine)))
            else:
                out.append(
                    Difference("replace", text, there, all(p.kind == "bracket" for p in mine))
                )
        return out


def plain_runs(draft: Sequence[DraftToken]) -> list[range]:
    """The stretches of ``draft`` without a bracket or an ellipsis."""
    out: list[range] = []
    start = None
    for i, p in enumerate(draft):
        plain = p.kind in ("word", "recased")
        if plain and start is None:
            start = i
        elif not plain and start is not None:
            out.append(range(start, i))
            start = None
    if start is not None:
        out.append(range(start, len(draft)))
    return out


def _shared(needle: Sequence[str], hay: Sequence[str]) -> int:
    left = list(hay)
    n = 0
    for w in needle:
        if w in left:
            left.remove(w)
            n += 1
    return n


def _best_window(needle: Sequence[str], hay: Sequence[str]) -> tuple[int, int]:
    """The stretch of ``hay`` in which most of ``needle`` stands in its order (local alignment;
    Smith and Waterman 1981). Words left out by the draft cost less than words it made up."""
    m = len(hay)
    previous, begin = [0] * (m + 1), list(range(m + 1))
    best, window = 0, (0, 0)
    for w in needle:
        row, starts = [0] * (m + 1), list(range(m + 1))
        for j in range(1, m + 1):
            score, start = 0, j
            for s, b in (
                (previous[j - 1] + (6 if w == hay[j - 1] else -3), begin[j - 1]),
                (previous[j] - 3, begin[j]),
                (row[j - 1] - 1, starts[j - 1]),
            ):
                if s > score:
                    score, start = s, b
            row[j], starts[j] = score, start
            if score > best:
                best, window = score, (start, j)
        previous, begin = row, starts
    return window
