"""The text as quotation finding reads it: a letter a token, noun phrases, scopes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from ...model import Span
from ..text import Text
from ..text.quotation_marks import Marked
from ..text.word_classes import CLASSES, classes_of, disambiguated, lemma
from .speech import SPEECH

# A plain noun phrase: "the Omani foreign minister", "Badr Saleh", "he". A run of modifiers without
# a noun is matched to be passed over at once, since each of them would look for the noun again.
_PHRASE = re.compile(r"a*(?:[jq]*+[nN]++)++(?:Q{3,7}N+)?|a+j*|[po]|(?P<none>[jq]+)")
_VERB = re.compile("[dzbg]")
_FINITE = re.compile("[dzxmb]")
_LEADS = "rxm)Q,wh"


_DASHES = frozenset(("-", "--", "–", "—"))
_NO_DATELINE = frozenset(
    ("!", "?", ":", "“", '"', "said", "says", "is", "are", "was", "were", "has")
)


class Scope(NamedTuple):
    """A sentence as its words outside quotation marks bound it: tokens ``first`` to ``stop``
    (exclusive), the stop at its end and a dateline before it left out. Whole quotations in it are
    part of it."""

    first: int
    stop: int


class Scan:
    """One text, read once.

    ``tags`` has one letter a token (see words.py), with ``Q`` for all that stands between
    quotation marks (the marks too); ``open_tags`` is the same without ``Q``. ``phrase_start[i]`` is
    the first token of the noun phrase that token ``i`` is in, -1 where it is in none. ``led`` are
    the finite verbs that stand behind something by which their subject may be found. ``marked``
    are the outermost quotations, ``mark_first[k]`` and ``mark_stop[k]`` the tokens of the k-th,
    with its marks.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.raw = text.text
        self._sentences: dict[int, Span] = {}
        self.tokens = text.tokens
        self.lower = text.lower
        self.starts = text.starts
        self.ends = text.ends
        self.marked: list[Marked] = [m for m in text.marked if m.level == 0]
        self.mark_first: list[int] = []
        self.mark_stop: list[int] = []
        for m in self.marked:
            self.mark_first.append(bisect_left(self.starts, m.open))
            self.mark_stop.append(bisect_left(self.starts, m.close))
        self.scopes = self._scopes()
        self.tags = self._tags()
        # verbs of telling
        verbs = [m.start() for m in _VERB.finditer(self.tags)]
        self.spoken = [i for i in verbs if lemma(self.lower[i]) in SPEECH]
        self.phrase_start = [-1] * len(self.tokens)
        self.phrase_stop = [-1] * len(self.tokens)
        starts, stops = self.phrase_start, self.phrase_stop
        for found in _PHRASE.finditer(self.tags):
            if found.lastgroup:
                continue
            a, b = found.span()
            for i in range(a, b):
                starts[i] = a
                stops[i] = b
        finite = [m.start() for m in _FINITE.finditer(self.tags)]
        self.led = [v for v in finite if v and (starts[v - 1] >= 0 or self.tags[v - 1] in _LEADS)]

    def _scopes(self) -> list[Scope]:
        """Sentences, joined where their border lies between quotation marks."""
        starts, marked = self.starts, self.marked
        out: list[Scope] = []
        k = 0
        first = -1
        paragraph_ends = {b for _, b in self.text.paragraphs}
        for a, b in self.text.sentences:
            if first < 0:
                first = bisect_left(starts, a)
            while k < len(marked) and marked[k].close <= b:
                k += 1
            inside = k < len(marked) and marked[k].open < b < marked[k].close
            if inside and b not in paragraph_ends:
                continue
            stop = bisect_left(starts, b)
            out.append(Scope(self._behind_dateline(first, stop), stop))
            first = -1
        return out

    def _behind_dateline(self, first: int, stop: int) -> int:
        """The first token behind a dateline ("DUBAI, May 14 (Gulf Wire) -- ", "Muscat (GW) — "),
        else ``first``."""
        tokens = self.tokens
        shouted = tokens[first : first + 1]
        if not shouted or not (shouted[0].isupper() or "(" in tokens[first + 1 : first + 4]):
            return first
        for k in range(first + 1, min(first + 16, stop - 1)):
            token = tokens[k]
            if token in _DASHES:
                if self.starts[k] == self.ends[k - 1] and tokens[k - 1] != ")":
                    continue  # "AL-BASRA"
                if not (shouted[0].isupper() or tokens[k - 1] == ")"):
                    break
                while k + 1 < stop and tokens[k + 1] in _DASHES:
                    k += 1
                return k + 1 if k + 1 < stop else first
            if token in _NO_DATELINE or (token.islower() and classes_of(token)[0] in "dz"):
                break
        return first

    def _tags(self) -> str:
        classed = list(map(_CLASSED.__getitem__, self.tokens))
        out = [tag for tag, _ in classed]
        unclear = [(i, possible) for i, (_, possible) in enumerate(classed) if possible]
        if " Sun" in self.raw:  # a paper, not the day
            for i in [i for i, token in enumerate(self.tokens) if token == "Sun" and i]:
                if out[i - 1] == "N" or self.lower[i - 1] == "the":
                    out[i] = "N"
        self._first_words(out, unclear)
        for i in [i for i, token in enumerate(self.tokens) if token in _INITIALS]:
            if not self._shouted_beside(i):
                out[i] = "N"
        count = len(out)
        for i, possible in unclear:
            if out[i] == "N":
                continue
            before = out[i - 1] if i else "."
            near = before
            if near in "r" and i > 1:
                near = out[i - 2]
            out[i] = disambiguated(possible, before, out[i + 1] if i + 1 < count else ".", near)
        self._dots(out)
        self.open_tags = "".join(out)
        for a, b in zip(self.mark_first, self.mark_stop, strict=True):
            out[a:b] = "Q" * (b - a)
        return "".join(out)

    def _shouted_beside(self, i: int) -> bool:
        """Whether a word beside token ``i`` is written in capitals too: "GIVE US TIME"."""
        beside = self.tokens[max(0, i - 1) : i] + self.tokens[i + 1 : i + 2]
        return any(len(word) > 2 and word.isalpha() and word.isupper() for word in beside)

    def _first_words(self, out: list[str], unclear: list[tuple[int, str]]) -> None:
        """A capital at the start of a sentence says nothing; nor does one in a Title Case line."""
        lower, tokens, starts = self.lower, self.tokens, self.starts
        for a, b in self.text.sentences:
            i = bisect_left(starts, a)
            while i < len(tokens) and not tokens[i][0].isalnum() and starts[i] < b:
                i += 1
            if i >= len(tokens) or starts[i] >= b:
                continue
            if out[i] == "N":
                possible = CLASSES.get(lower[i])
                after = out[i + 1 : i + 2]
                named = after == ["N"] and "b" not in (possible or "")
                named = named or (possible == "j" and after in (["d"], ["z"]))  # "White said"
                if possible and not named:
                    out[i] = possible[0]
                    if len(possible) > 1:
                        unclear.append((i, possible))
            stop = bisect_left(starts, b)
            if stop - i <= 25:
                caps = out[i:stop].count("N")
                if caps > 3 and caps > 3 * sum(tag in "jndzbger" for tag in out[i:stop]):
                    for k in range(i + 1, stop):
                        possible = CLASSES.get(lower[k]) if out[k] == "N" else None
                        if possible and possible != "j":
                            out[k] = possible[0]
                            if len(possible) > 1:
                                unclear.append((k, possible))

    def _dots(self, out: list[str]) -> None:
        """A dot inside a sentence belongs to the name it shortens; a dash may join a word."""
        tokens, starts, ends = self.tokens, self.starts, self.ends
        last = len(out) - 1
        for i in [i for i, tag in enumerate(out) if tag in '.-"aq']:
            tag = out[i]
            if tag == "." and tokens[i] == "." and 0 < i < last:
                if starts[i] == ends[i - 1] and starts[i + 1] == ends[i] and out[i + 1] not in '")':
                    if not self._sentence_ends(ends[i]):
                        out[i] = "N"  # gulfbrief.org
                    continue
                if (
                    out[i - 1] in "Nn"
                    and starts[i] == ends[i - 1]
                    and (out[i + 1] in "Nnj,)-" or tokens[i - 1].lower() in _SHORTENED)
                    and not self._sentence_ends(ends[i])
                ):
                    out[i] = "N"
            elif tag == "-" and 0 < i < last:
                if starts[i] == ends[i - 1] and ends[i] == starts[i + 1] and tokens[i] != "—":
                    out[i] = "j"
                elif tokens[i] == "*" and starts[i] == ends[i - 1]:
                    out[i] = "N"  # the sign of a footnote
            elif tag == '"' and tokens[i] in "'’" and i and i < last:
                if out[i - 1] in "nN" and starts[i] == ends[i - 1] and out[i + 1] in "nNj":
                    out[i] = "q"
            elif tag == "a" and i < last and out[i + 1] in "ahpt" and tokens[i] == "her":
                out[i] = "o"
            elif tag == "q" and i < last and out[i + 1] in "gxe":
                out[i] = "N"

    def _sentence_ends(self, offset: int) -> bool:
        sentences = self.text.sentences
        k = bisect_right(sentences, (offset, -1)) - 1
        return any(0 <= n < len(sentences) and sentences[n][1] == offset for n in (k, k + 1))

    @cached_property
    def words(self) -> frozenset[str]:
        """The tokens of the text, each once."""
        return frozenset(self.tokens)

    def nickname(self, k: int) -> bool:
        """Whether the k-th marked words are part of a name: Yusuf “the Captain” Nasser."""
        a, b = self.mark_first[k], self.mark_stop[k]
        return (
            a > 0
            and b < len(self.tags)
            and b - a <= 7
            and self.tags[a - 1] == "N" == self.tags[b]
            and self.raw[self.marked[k].end - 1] not in ",.!?"
        )

    def sentence(self, k: int) -> Span:
        """The k-th sentence, one object for all that stands in it."""
        if k not in self._sentences:
            a, b = self.text.sentences[k]
            self._sentences[k] = Span(a, b, self.raw[a:b])
        return self._sentences[k]

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The range of the tokens that begin within a span of characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def scope_of(self, token: int) -> int:
        return max(0, bisect_right(self.scopes, (token, len(self.tokens) + 1)) - 1)


def _classed(token: str) -> tuple[str, str]:
    """The letter of a token by itself; and where its neighbours have a say, the classes that it may
    have."""
    low = token.lower()
    possible = CLASSES.get(low)
    if token != low and (possible is None or possible not in _CLOSED or possible == "m"):
        own = classes_of(low) if possible is None else ""
        return (own if own in ("q", "p") else "N"), ""
    if possible is None:
        possible = classes_of(low)
    return possible[0], possible if len(possible) > 1 or possible in "ged" else ""


class _Classed(dict[str, tuple[str, str]]):
    """What ``_classed`` says of the tokens met so far."""

    def __missing__(self, token: str) -> tuple[str, str]:
        if len(self) > 1 << 16:
            self.clear()
        self[token] = found = _classed(token)
        return found


_CLASSED = _Classed()
_INITIALS = frozenset(("US", "WHO", "IT"))  # read as words they are pronouns
_SHORTENED = frozenset(("jr", "sr"))  # what a verb may follow
_CLOSED = frozenset("apoxmthwsciry")
