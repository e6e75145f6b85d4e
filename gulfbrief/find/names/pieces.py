"""Runs -> pieces: where one name ends and the next begins, titles and peoples' names apart."""

from __future__ import annotations

from collections.abc import Iterator

from ...fold import fold
from .gazetteer import cues, gazetteer
from .lexicon import Known, Lexicon
from .runs import Run, Words

_CUES = cues()
_TITLE, _FUNCTION, _CALENDAR = _CUES["title"], _CUES["function"], _CUES["calendar"]
_ORGANISATION, _PLACE, _OTHER = (
    _CUES["organisation_head"],
    _CUES["place_head"],
    _CUES["other_head"],
)
_PLACE_FIRST, _PARTICLE, _GENERATION = _CUES["place_first"], _CUES["particle"], _CUES["generation"]
_OF = frozenset(
    "ministry university bank house council court department office committee bureau agency commission institute "
    "association directorate faculty school college union federation league board chamber academy church party "
    "organisation organization government society company front army movement ministries republic kingdom "
    "gulf bay sea strait straits isle lake port cape province city state bishop museum coalition "
    "confederation congress assembly embassy centre center fund group brotherhood parliament".split()
)


class Piece:
    """One name or known word within a run.

    ``kind`` is ``known``, ``organisation``, ``place``, ``other`` (no actor) or ``name`` (to be told
    by its company); ``titled`` is true where a title stands before it.
    """

    __slots__ = ("first", "headline", "initial", "kind", "known", "last", "titled")

    def __init__(
        self,
        first: int,
        last: int,
        kind: str,
        run: Run,
        titled: bool = False,
        known: Known | None = None,
    ) -> None:
        self.first, self.last, self.kind = first, last, kind
        self.titled, self.known = titled, known
        self.initial = run.initial and first == run.first
        self.headline = run.headline


class Cutter:
    """Cuts the runs of one document into pieces."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.given = gazetteer().given

    def pieces(self) -> Iterator[Piece]:
        done = 0
        for run in self.words.runs:
            if run.last <= done:
                continue
            run.first = max(run.first, done)
            for piece in self._cut(run):
                done = piece.last
                yield piece

    def match(self, i: int, headline: bool) -> tuple[int, Known | None]:
        """The longest known name that begins at token ``i``: where it ends, and whom it means."""
        words = self.words
        text, starts = words.text.text, words.starts
        most = self.lexicon.longest.get(words.word(i), 0)
        known = self.lexicon.known
        for j in range(min(i + most, len(words.tokens)), i, -1):
            name = text[starts[i] : words.end(j - 1)]
            found = known.get(name)
            if found is None and headline:
                written = self.lexicon.shouted.get(name)
                if written is not None and fold(name) not in gazetteer().words:
                    found = known.get(written)
            if found is None and j - i > 1 and "\n" not in name and "  " in name:
                found = known.get(" ".join(name.split()))
            if found is not None and "\n" not in name:
                return j, found
        return i, None

    def _cut(self, run: Run) -> Iterator[Piece]:
        words = self.words
        i, last = run.first, run.last
        titled = False
        if run.initial or run.headline:
            i = self._skip_common(run)
        while i < last:
            low = fold(words.word(i))
            if words.tokens[i] in ".&" or (low in _PARTICLE and not words.tokens[i][0].isupper()):
                i += 1
                continue
            j, known = self.match(i, run.headline)
            head, kind = self._head(i, last)
            if head > max(j, i + 1) or (head > i and known is None):
                end = self._of(head, kind)
                yield Piece(i, end, kind, run)
                i, titled = end, False
                continue
            if known is not None and not self._given_name(i, j, last):
                if known.type == "organisation" and j <= last:
                    j = max(j, self._of(j, "organisation") if j < len(words.tokens) else j)
                yield Piece(i, j, "known", run, titled, known)
                i, titled = j, False
                continue
            if low in _TITLE and not self._plain_name(i, last):
                titled = True
                i += 1
                if i < last and words.tokens[i] == ".":
                    i += 1
                continue
            if low in _CALENDAR or (low in _FUNCTION and (not self._plain_name(i, last))):
                i, titled = i + 1, False
                continue
            j = self._name_end(i, last, run)
            yield Piece(i, j, "name", run, titled)
            i, titled = j, False

    def _skip_common(self, run: Run) -> int:
        """Past the words whose capital tells nothing and that are no names."""
        words, i = self.words, run.first
        while i < run.last:
            word = words.word(i)
            low = fold(word)
            if low in _TITLE and low not in _FUNCTION:
                break
            if self.match(i, run.headline)[1] is not None:
                break
            if not words.common(word):
                break
            if low in self.given and low not in _FUNCTION and i + 1 < run.last and not run.headline:
                if not words.common(words.word(i + 1)):
                    break
            if (
                not run.headline
                and i + 1 < run.last
                and low not in _FUNCTION
                and self._head(i, run.last)[0]
            ):
                if low not in _CUES["title"]:
                    break
            i += 1
            if not run.headline and i > run.first and low not in _FUNCTION:
                break
        return i

    def _head(self, i: int, last: int) -> tuple[int, str]:
        """Where a body's, a place's or an event's name that begins at ``i`` ends with its head (0:
        it has none), and which of them it is."""
        words = self.words
        found, kind = 0, ""
        for j in range(i, last):
            low = fold(words.word(j))
            if j > i and low in _ORGANISATION:
                found, kind = j + 1, "organisation"
            elif j > i and low in _OTHER:
                found, kind = j + 1, "other"
            elif j > i and low in _PLACE:
                found, kind = j + 1, "place"
            elif (
                j == i and low in _OF and j + 1 < len(words.tokens) and words.tokens[j + 1] == "of"
            ):
                found, kind = j + 1, "place" if low in _PLACE else "organisation"
            elif low in _TITLE and j + 1 < last and not (j == i and low in _FUNCTION):
                break
            if words.tokens[j][-2:-1] in ("'", "’"):
                break
        return found, kind

    def _of(self, i: int, kind: str) -> int:
        """Past an ``of ...`` or ``for ...`` that belongs to the name that ends at ``i``."""
        words = self.words
        tokens = words.tokens
        low = fold(words.word(i - 1))
        if i >= len(tokens) or tokens[i] not in ("of", "for") or not words.joined(i):
            return i
        if low not in _OF or (tokens[i] == "for" and kind != "organisation"):
            return i
        j = i + 1
        if j < len(tokens) and tokens[j] == "the":
            j += 1
        k = j
        while k < len(tokens) and tokens[k][0].isupper() and words.joined(k):
            k += 1
            if (
                k + 1 < len(tokens)
                and tokens[k] in ("and", "&")
                and tokens[k + 1][0].isupper()
                and fold(tokens[k - 1]) in gazetteer().words
                and fold(tokens[k + 1]) in gazetteer().words
            ):
                k += 1
        return k if k > j else i

    def _given_name(self, i: int, j: int, last: int) -> bool:
        """Whether a known word (Jordan, Chad, Paris) is here somebody's given name."""
        words = self.words
        if j != i + 1 or j >= last or fold(words.word(i)) not in self.given:
            return False
        if words.tokens[i] != words.word(i):
            return False
        low = fold(words.word(j))
        return low not in gazetteer().words and self.match(j, False)[1] is None

    def _plain_name(self, i: int, last: int) -> bool:
        """Whether a word that is also a title or a small word is a given name here (Dean, Will)."""
        words = self.words
        low = fold(words.word(i))
        if low not in self.given or i + 1 >= last:
            return False
        nxt = fold(words.word(i + 1))
        return nxt not in gazetteer().words and nxt not in self.given

    def _name_end(self, i: int, last: int, run: Run) -> int:
        """Where the name that begins at ``i`` ends: before a known word, a title, a calendar word."""
        words = self.words
        j = i + 1
        person = fold(words.word(i)) in self.given
        while j < last:
            low = fold(words.word(j))
            if low in _CALENDAR and words.tokens[j].istitle() and not person:
                break
            if run.headline and words.common(words.word(j)):
                break
            if low in _TITLE and low not in gazetteer().surnames:
                break
            known = self.match(j, run.headline)[1]
            if known is not None and not person and known.use != "name":
                break
            if known is not None and known.type == "nationality":
                break
            j += 1
        while j > i + 1 and (words.tokens[j - 1] in ".&" or words.tokens[j - 1] in _PARTICLE):
            if words.tokens[j - 1] == "." and len(words.tokens[j - 2]) > 1:
                break
            j -= 1
        return j
