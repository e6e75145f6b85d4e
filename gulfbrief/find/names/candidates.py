"""Runs -> candidates: where one name ends and the next begins, titles and peoples' names apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...fold import fold
from .gazetteer import cues
from .heads import POSTS, NameHeads
from .lexicon import Known, Lexicon
from .openings import opens_by_name, opens_by_said
from .runs import Run, Words
from .things import thing_end

_CUES = cues()
_TITLE, _FUNCTION, _CALENDAR = _CUES["title"], _CUES["function"], _CUES["calendar"]
_ORGANISATION, _OF = _CUES["organisation_head"], _CUES["of_head"]
_PARTICLE, _GENERATION = _CUES["particle"], _CUES["generation"]
_PLACE_FIRST, _OFFICE = _CUES["place_first"], _CUES["office"]
_MATTER, _GIVEN_TOO = _CUES["matter"], _CUES["given_too"]
_BODY_ONLY = _ORGANISATION - _MATTER
_BREAKS, _STATUS, _PARTIES = _CUES["headline_break"], _CUES["status"], _CUES["party_side"]
_GROUPS = _CUES["group_for"]
_PLURAL = re.compile(r"[A-Z]{2,}s")
_NOBODY = re.compile(r"[A-Z]{2,}s|[A-Z][a-z]{2,}(?:nomics|mania|phobia)")  # CFOs, Lundmania
_PARTISAN, _CHAMBERS = _CUES["partisan"], _CUES["chamber"]


class NameCandidate:
    """One name or known word within a run.

    ``kind`` is ``known``, ``name`` (to be told by its company), or ``weak`` (a word that is a name
    only if the document calls somebody so). ``head`` is the kind that the name's own head word
    gives it (``organisation``, ``place``, ``other``), ``titled`` tells a title before it.
    """

    __slots__ = ("first", "head", "headline", "initial", "kind", "known", "last", "titled")

    def __init__(
        self,
        first: int,
        last: int,
        kind: str,
        run: Run,
        *,
        titled: bool = False,
        known: Known | None = None,
        head: str = "",
    ) -> None:
        self.first, self.last, self.kind, self.head = first, last, kind, head
        self.titled, self.known = titled, known
        self.initial = run.initial and first == run.first
        self.headline = run.headline


class CandidateSplitter(NameHeads):
    """Cuts the runs of one document into candidates."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        super().__init__(words, lexicon)
        self.family: set[str] = set()
        self.called: set[str] = set()

    def candidates(self) -> Iterator[NameCandidate]:
        words = self.words
        bare, longest, middle = words.bare, self.lexicon.longest, words.middle
        self.family = {bare[r.last - 1] for r in words.runs if r.last - r.first > 1}
        self.called = set(self.family)
        self.family |= {bare[r.first] for r in words.runs if r.last - r.first > 1}
        done = 0
        for run in words.runs:
            if run.last <= done:
                continue
            if run.last - run.first == 1 and run.initial:
                word = bare[run.first]
                if word not in longest and word not in self.family and word not in middle:
                    low = word.lower()
                    common = low in self.english or low in words.small
                    body = low in _OF and self._of(run.last, "organisation") > run.last
                    if common and not body and not (words.tale and opens_by_name(words, run.first)):
                        continue
            run.first = max(run.first, done)
            for candidate in self._cut(run):
                done = candidate.last
                yield candidate

    def _cut(self, run: Run) -> Iterator[NameCandidate]:
        words = self.words
        tokens, bare = words.tokens, words.bare
        i, last = run.first, run.last
        titled = False
        if run.initial or run.headline:
            skipped = self._skip_common(run)
            if skipped > i and bare[i] in self.family and fold(bare[i]) not in _FUNCTION:
                yield NameCandidate(i, i + 1, "weak", run)
            i = skipped
        while i < last:
            word = bare[i]
            low = fold(word)
            common = run.headline and i > run.first and words.common(word, True)
            if common and self.match(i, True)[1] is None:
                i += 1
                continue
            if word in ".&" or word == "and" or (not word[0].isupper() and low in _PARTICLE):
                i += 1
                continue
            if "-" in word and self._compound(i):
                yield from self._compound_parts(i, run)
                i, titled = i + 1, False
                continue
            j, known = self.match(i, run.headline)
            if low == "the" and known is None and i + 1 < last:
                i += 1
                continue
            nxt = bare[i + 1] if i + 1 < last else ""
            if low == "team" and (nxt in self.called or fold(nxt) in self.gazetteer.surnames):
                i += 1
                continue
            lone = last - i == 1 and known is None and word[-1] in "sa"
            if lone and _NOBODY.fullmatch(word) and word not in self.gazetteer.cities:
                i += 1
                continue
            if low in POSTS and known is None and self._before_given(i, last):
                i, titled = i + 1, True
                continue
            if low in _STATUS and last - i > 1:
                i, titled = i + 1, True
                continue
            chamber = low in _PARTISAN and j < i + 2 and i + 1 < last
            if chamber and bare[i + 1].lower() in _CHAMBERS:
                i += 1
                continue
            head, kind = 0, ""
            if last - i > 1 or low in _OF or low in _GROUPS:
                head, kind = self._head(i, last, run.headline)
            if head > max(j, i + 1) or (head > i and known is None):
                end = self._of(head, kind)
                yield NameCandidate(i, end, "name", run, titled=titled, head=kind)
                i, titled = end, False
                continue
            if known is None and (after := thing_end(words, self.lexicon, i)):
                i, titled = after, False
                continue
            if known is not None and not self._given_name(i, j, last, known):
                if known.type == "organisation" and j <= last:
                    end = self._of(j, "organisation")
                    if end > j:  # the State Department | of Fish and Wildlife
                        yield NameCandidate(i, end, "name", run, titled=titled, head="organisation")
                        i, titled = end, False
                        continue
                if self._adjective(j, last):
                    known = Known(known.id, "nationality", "people")
                elif j < last and self._goes_on(j, last, run, known):
                    end = self._name_end(j, last, run)
                    yield NameCandidate(i, end, "name", run, titled=titled)
                    i, titled = end, False
                    continue
                yield NameCandidate(i, j, "known", run, titled=titled, known=known)
                i, titled = j, False
                continue
            if last - i > 2 and low in self.english and (after := self._matter(i, last)):
                i = after
                continue
            if self._title(low):
                if i + 1 == last or (tokens[i + 1] == "." and i + 2 == last):
                    yield NameCandidate(i, i + 1, "weak", run)
                titled = True
                i += 2 if i + 1 < last and tokens[i + 1] == "." else 1
                continue
            if low in _TITLE:
                yield NameCandidate(i, i + 1, "weak", run)
                i += 1
                continue
            lettered = len(word) == 1 and i + 1 < last and bare[i + 1] == "."
            if (low in _CALENDAR or low in _FUNCTION) and not lettered and not self._will(i, last):
                yield NameCandidate(i, i + 1, "weak", run)
                i, titled = i + 1, False
                continue
            if bearer := self._bearer(i, last):
                if not all(bare[k].lower() in self.english for k in range(i, bearer)):
                    yield NameCandidate(i, bearer, "name", run)
                i, titled = bearer, True
                continue
            j = self._name_end(i, last, run) if last - i > 1 else last
            if self._adjective(j, last):
                i, titled = j + 1, False
                continue
            yield NameCandidate(i, j, "name", run, titled=titled)
            i, titled = self._past_prose(i, j, last), False

    def _past_prose(self, i: int, j: int, last: int) -> int:
        """Past the words of a headline in Title Case that follow a full name within a line."""
        while j < last and j - i > 1 and self._prose(i, j) and self.match(j, False)[1] is None:
            j += 1
        return j

    def _prose(self, i: int, j: int) -> bool:
        """Whether the word at ``j`` is no part of the full name that begins at ``i``: it is one of
        the language and no name (Ana Ruiz Calls ...)."""
        bare = self.words.bare
        given, surnames = self.given, self.gazetteer.surnames
        if j - i < 2 or fold(bare[i]) not in given:
            return False
        second, low = fold(bare[i + 1]), fold(bare[j])
        if second in self.english and second not in surnames:
            return False
        plain = low in self.english or low in _FUNCTION
        return plain and len(low) > 1 and low not in given and low not in surnames

    def _adjective(self, j: int, last: int) -> bool:
        """Whether the name that ends at ``j`` only begins an adjective (New York-based)."""
        words = self.words
        if j < last and "-" in words.bare[j] and self._compound(j):
            return True
        return (
            j + 1 < words.count
            and words.tokens[j] == "-"
            and words.ends[j - 1] == words.starts[j]
            and words.ends[j] == words.starts[j + 1]
            and words.tokens[j + 1].islower()
        )

    def _goes_on(self, j: int, last: int, run: Run, known: Known) -> bool:
        """Whether a known name is only the beginning of a longer one (Oslo Lamps)."""
        words = self.words
        if run.headline or known.type == "nationality" or j >= last or not words.joined(j):
            return False
        tagged = known.type == "organisation" and words.bare[j - 1].isupper()
        if tagged and words.bare[j].lower() not in _ORGANISATION:
            return False  # "AP | Oslo", a credit or a line of an agency
        word = words.bare[j]
        low = fold(word)
        if not word[0].isupper() or low in _CALENDAR or low in _FUNCTION or self._title(low):
            return False
        if low in POSTS and self._before_given(j, last):
            return False  # the Lund Agency | Administrator Ann Reed
        if known.type == "country" and self._initialism(j):
            return False  # Oman | RBK, a line of an agency
        if (low in self.given and low not in self.english) or self._matter(j, last):
            return False
        return self.match(j, False)[1] is None and len(word) > 1

    def _matter(self, i: int, last: int) -> int:
        """Where the title begins whose matter begins at ``i``: (Health) Minister; 0 for none. Where
        the title stands before (secretary for Health Affairs | Ann Reed), the name."""
        words = self.words
        for j in range(i, min(i + 3, last)):
            low = words.bare[j].lower()
            if j > i and words.bare[j - 1] == "Affairs" and j + 1 < last and low in self.given:
                return j
            if j > i and self._title(low) and j + 1 < last:
                return j
            if low not in self.english or low in self.given or low in _BODY_ONLY:
                return 0
        return 0

    def _bearer(self, i: int, last: int) -> int:
        """Where the name of an office's bearer begins when ``i`` still belongs to the office
        (Keeper of the Seal | Ann Reed); 0 for none."""
        words = self.words
        of = i - 1 - (words.tokens[i - 1] == "the") if i > 1 else 0
        if of < 1 or words.tokens[of] != "of":
            return 0
        office = fold(words.bare[of - 1])
        if not self._title(office) and office not in _OFFICE:
            return 0
        plain = True
        for k in range(i + 1, min(i + 4, last - 1)):
            low = fold(words.bare[k])
            plain = plain and words.bare[k - 1].lower() in self.english
            if low in self.given or (plain and low not in self.english):
                return 0 if fold(words.bare[k - 1]) in _PLACE_FIRST else k
        return 0

    def _skip_common(self, run: Run) -> int:
        """Past the words whose capital tells nothing and that are no names."""
        words, i = self.words, run.first
        while i < run.last:
            word = words.bare[i]
            low = fold(word)
            if len(word) == 1 and i + 1 < run.last and words.bare[i + 1] == ".":
                break
            if low not in _FUNCTION:
                if low in _TITLE or self.match(i, run.headline)[1] is not None:
                    break
                if (
                    low in _OF
                    and i + 1 == run.last
                    and self._of(run.last, "organisation") > run.last
                ):
                    break
                if not words.common(word, run.headline):
                    break
                if words.tale and i + 1 == run.last and opens_by_name(words, i):
                    break
                if i + 1 < run.last and not run.headline:
                    nxt = words.bare[i + 1]
                    if (
                        low in self.given
                        and not words.common(nxt)
                        and not opens_by_said(words, i, run.last)
                    ):
                        break
                    head = self._head(i, run.last)[0]
                    if head and (low not in self.english or self._initials(i, head)):
                        break
                    pair = word + " " + nxt
                    if pair in self.gazetteer.cities or pair.title() in self.gazetteer.cities:
                        break
                if run.headline and i + 1 < run.last:
                    pair = word + " " + words.bare[i + 1]
                    if pair.title() in self.gazetteer.cities:
                        break
            else:
                end = self.match(i, run.headline)[0]
                shown = end == i + 1 and word.isupper() and len(word) > 1 and not run.headline
                if shown or end > i + 1 or self._will(i, run.last, True):
                    break
            i += 1
            if not run.headline and low not in _FUNCTION:
                break
        return i

    def _whose(self, i: int, j: int, known: Known) -> bool:
        """Whether the word at ``i`` is somebody's family name and a state follows at ``j``, which
        is no name of people: the Lund | Oman plan."""
        low = self.words.bare[j].lower()
        named = low in self.given or low in self.gazetteer.surnames
        return (
            known.use == "name" and j == i + 1 and self.words.bare[i] in self.called and not named
        )

    def _initials(self, i: int, j: int) -> bool:
        """Whether the document has the initials of the words from ``i`` to ``j``."""
        letters = "".join(word[0] for word in self.words.bare[i:j] if word[0].isupper())
        return len(letters) > 2 and letters in self.words.small

    def _compound_parts(self, i: int, run: Run) -> Iterator[NameCandidate]:
        known = self.lexicon.known.get(self.words.bare[i].split("-")[0])
        if known is not None and known.type in ("country", "nationality"):
            yield NameCandidate(
                i, i + 1, "known", run, known=Known(known.id, "nationality", "people")
            )

    def _given_name(self, i: int, j: int, last: int, known: Known) -> bool:
        """Whether a known word (Jordan, Chad, Paris) is here somebody's given name."""
        bare = self.words.bare
        if j != i + 1 or j >= last or len(bare[i]) != len(self.words.tokens[i]):
            return False
        if bare[i].lower() not in self.given or (known.type == "nationality" and known.id):
            return False
        low = bare[j].lower()
        if low in self.english or self._title(low) or self._initialism(j):
            return False
        return self.match(j, False)[1] is None

    def _will(self, i: int, last: int, opens: bool = False) -> bool:
        """Whether a small word is a given name here (Will Smith); where it ``opens`` a sentence or
        a headline, a full name behind it shows the verb (Will Ann Lund ...)."""
        if i + 1 >= last or self.words.bare[i].lower() not in _GIVEN_TOO:
            return False
        if opens and i + 2 < last and self.words.bare[i + 2][0].isupper():
            return False
        nxt = self.words.bare[i + 1].lower()
        return nxt not in self.english and self.match(i + 1, False)[1] is None

    def _name_end(self, i: int, last: int, run: Run) -> int:
        """Where the name that begins at ``i`` ends: before a title, a calendar word, a people."""
        words = self.words
        bare = words.bare
        j = i + 1
        person = fold(bare[i]) in self.given or len(bare[i]) == 1
        while j < last:
            word = bare[j]
            low = fold(word)
            if run.headline and words.common(word, True):
                second = person and j == i + 1 and low in self.gazetteer.surnames
                if not (second and word.istitle()):
                    break
            if person and self._prose(i, j) and low not in _GENERATION:
                break
            if low in _PARTIES and j + 1 < last and self._title(bare[j + 1].lower()):
                break
            if low in _BREAKS or (low in _CALENDAR and not (person and low in _GIVEN_TOO)):
                break
            if word[-1] == "s" and _PLURAL.fullmatch(word):
                break  # Labour | MPs
            post = low in POSTS or (low in _TITLE and not person)
            if post and self._before_given(j, last):
                break
            office = low in _TITLE or low in _OFFICE
            if person and office and self._before_given(j, last - 1):
                break  # Harvard Dean | Ann Reed, though Harvard is a given name too
            if self._title(low) and not (
                person and (low in self.gazetteer.surnames or j + 1 == last == i + 2)
            ):
                break
            if "-" in word and self._compound(j):
                break
            known = self.match(j, run.headline)[1]
            if known is not None and (
                (known.type == "nationality" and not (person and j == i + 1 == last - 1))
                or run.headline
                or known.use == "seat"
                or self._whose(i, j, known)
                or (known.type == "organisation" and not person)
            ):
                break
            town = word.isupper() and not run.headline and self._initialism(j)
            if town and " ".join(bare[i:j]) in self.gazetteer.cities:
                break
            j += 1
        while j > i + 1 and (bare[j - 1] in ".&" or words.tokens[j - 1] in _PARTICLE):
            if bare[j - 1] == "." and len(bare[j - 2]) > 1:
                break
            j -= 1
        return j
