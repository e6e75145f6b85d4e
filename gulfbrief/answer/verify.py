"""Does a draft quote its sources word for word, and the right person?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from rapidfuzz import fuzz

from ..find import find
from ..find.text import Text
from ..find.text.quotation_marks import pair
from ..fold import words
from ..model import Answer, Document, FoundQuote, Passage, Quote, Speaker, Verdict
from ..store import filters, retrieval
from ..store.filters import Scope
from ..store.reader import Index
from ..store.tokeniser import tokens as folded
from .actor_lookup import actor_or_none
from .alignment import Alignment, DraftToken, SourceText, draft_tokens, plain_runs

_NEAR = 50.0  # below this similarity a place in a source is no likeness
_LOOKED_AT = 50  # pieces of documents whose letters are compared with those of one quotation
_CANDIDATES = 12  # documents whose words are
_SURE = 0.7  # confidence in whom the draft's pronoun or role means that makes it a claim
_FEWEST = 5  # words in marks without a speaker that are worth checking

# Words of a name that tell nobody from anybody else.
_COMMON = frozenset(
    """the a an of al el bin ibn abu mr mrs ms dr sir lady general admiral commander captain
    minister president prime foreign former deputy acting ambassador secretary spokesman
    spokeswoman""".split()
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A quotation of the draft: its words, piece by piece where the draft breaks it, where it
    begins, and who is said to have said it."""

    start: int
    pieces: tuple[str, ...]
    speakers: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words, as they are compared."""
        return " ".join(self.pieces)

    @property
    def shown(self) -> str:
        """The words, with a sign for each break."""
        *first, last = self.pieces
        return " … ".join([*(piece.rstrip(",") for piece in first), last])


@dataclass(frozen=True, slots=True)
class _Match:
    """A place in a document that is like a claim; ``quotes`` are the quotations it stands in."""

    doc: str
    alignment: Alignment
    quotes: tuple[FoundQuote, ...]


def verify(index: Index, draft: str, apart: Collection[str] = ()) -> Answer[Verdict]:
    """One verdict for each quotation of ``draft``, in its order.

    What stands in quotation marks and has a speaker, or is a clause of five words or more, is held
    against the quotations and then the whole texts of the index (see ``alignment``).
    ``misattributed`` is said where the draft names one speaker and the source another, and where
    the source denies or only supposes that it was said.
    ``apart`` are ids of documents that are no source: the draft's own.
    """
    sources = _Sources(index, index.document_numbers(apart))
    checked = tuple(sources.verdict(draft, c) for c in _claims(draft, sources.is_name))
    return Answer(len(checked), checked)


# ---- the draft ----------------------------------------------------------------------------


def _claims(draft: str, is_name: Callable[[str], bool]) -> list[_Claim]:
    text = Text(draft)
    marked = [m for a, b in text.paragraphs for m in pair(draft, a, b) if m.level == 0]
    quotes = [
        q
        for q in find(Document("", "", draft, language="en")).quotes
        if q.kind != "indirect" and q.act == "statement"
    ]
    claims, taken = [], set()
    starts, ends = [m.start for m in marked], [m.end for m in marked]
    for quote in quotes:
        near: set[int] = set()
        for f in quote.fragments:
            near.update(range(bisect_right(ends, f.start), bisect_left(starts, f.end)))
        inside = [marked[k] for k in sorted(near) if marked[k] not in taken]
        taken.update(inside)
        if quote.kind == "direct" and inside:
            said = tuple(draft[m.start : m.end] for m in inside)
            claims.append(_Claim(inside[0].start, said, _claimed(quote, is_name)))
        else:
            claims += [
                _Claim(m.start, (draft[m.start : m.end],), _claimed(quote, is_name)) for m in inside
            ]
    claims += [
        _Claim(m.start, (draft[m.start : m.end],), ())
        for m in marked
        if m not in taken and _is_clause(draft[m.start : m.end])
    ]
    return sorted(claims, key=lambda c: c.start)


def _claimed(quote: Quote, is_name: Callable[[str], bool]) -> tuple[str, ...]:
    """The names the draft itself gives the quotation to; what it leaves open is no claim. A short
    draft may call somebody by a surname that is a common word too, "Rice": the index knows."""
    return tuple(
        s.name or s.text
        for s in quote.speakers
        if s.how == "name"
        or (s.how is None and is_name(s.text))
        or (s.name and s.how in ("pronoun", "role") and quote.confidence >= _SURE)
    )


def _is_clause(said: str) -> bool:
    """Whether words in marks read as speech: long enough, and no title in capitals."""
    there = [w for w in said.split() if w[:1].isalpha()]
    small = sum(w[0].islower() for w in there if len(w) > 3)
    return len(there) >= _FEWEST and small >= sum(w[0].isupper() for w in there[1:] if len(w) > 3)


# ---- the sources --------------------------------------------------------------------------


class _Sources:
    """What an index has to say to the quotations of one draft."""

    def __init__(self, index: Index, apart: Collection[int]) -> None:
        self.index = index
        self.apart = apart
        self.named = lru_cache(1000)(partial(actor_or_none, index))

    def verdict(self, draft: str, claim: _Claim) -> Verdict:
        line = draft.count("\n", 0, claim.start) + 1
        named = " and ".join(claim.speakers) or None
        matches = self._matches(claim)
        if not matches:
            return Verdict(claim.shown, line, "not_found", named)

        def rank(m: _Match) -> tuple[bool, bool, float, bool]:
            wrong = self._other_speaker(claim, m.quotes) is True or _unsaid(m.quotes)
            return m.alignment.verbatim, not wrong, m.alignment.similarity, bool(m.quotes)

        best = max(matches, key=rank)
        wrong = self._other_speaker(claim, best.quotes) or _unsaid(best.quotes)
        verdict = "misattributed" if wrong else "verbatim" if best.alignment.verbatim else "altered"
        return Verdict(
            claim.shown,
            line,
            verdict,  # type: ignore[arg-type]
            named,
            best.quotes[0] if best.quotes else self._passage(best),
            best.alignment.similarity,
            best.alignment.differences,
        )

    # ---- where to look ----------------------------------------------------------------------

    def _matches(self, claim: _Claim) -> list[_Match]:
        """The places that are like a claim: those with its very words, else its speaker's own
        words, else whatever shares words with it."""
        draft = draft_tokens(claim.text)
        short = sum(p.kind == "word" for p in draft) < 4
        found: list[_Match] = []
        seen: set[tuple[int, str | None]] = set()
        for look in (self._worded, self._own, self._like):
            for place in look(claim, draft):
                if place in seen or place[0] in self.apart:
                    continue
                seen.add(place)
                for match in self._compared(*place, draft):
                    if match.alignment.verbatim or not short:
                        found.append(match)
                    if (
                        match.alignment.verbatim
                        and match.quotes
                        and not self._other_speaker(claim, match.quotes)
                        and not _unsaid(match.quotes)
                    ):
                        return found  # nothing can be better
            if any(m.alignment.verbatim for m in found):
                break
        return found

    # Each gives documents, and whose quotations in them are meant (null: the whole text).

    def _worded(
        self, claim: _Claim, draft: Sequence[DraftToken]
    ) -> Iterable[tuple[int, str | None]]:
        """The documents that hold the longest run of the draft's plain words."""
        longest = max(plain_runs(draft), key=len, default=range(0))
        tokens = folded(" ".join(draft[i].norm for i in longest))
        if tokens:
            for piece in retrieval.top_passages(self.index, filters.phrase(tokens), _CANDIDATES):
                yield piece.document, None

    def _own(self, claim: _Claim, draft: Sequence[DraftToken]) -> Iterable[tuple[int, str | None]]:
        """The documents most like the draft that know a claimed speaker."""
        for name in claim.speakers:
            if actor := self.named(name):
                for number in self._nearest(claim.text, filters.with_actor(actor.id)):
                    yield number, actor.id

    def _like(self, claim: _Claim, draft: Sequence[DraftToken]) -> Iterable[tuple[int, str | None]]:
        """The documents most like the draft."""
        return ((number, None) for number in self._nearest(claim.text, Scope()))

    def _nearest(self, text: str, scope: Scope) -> list[int]:
        typed = " ".join(folded(text))
        found = retrieval.candidate_passages(self.index, text, _LOOKED_AT, scope)
        near = [(fuzz.partial_ratio(typed, " ".join(folded(p.text))), p.document) for p in found]
        near.sort(key=lambda n: -n[0])
        return list(dict.fromkeys(d for alike, d in near if alike >= _NEAR))[:_CANDIDATES]

    def _compared(
        self, number: int, by: str | None, draft: Sequence[DraftToken]
    ) -> Iterator[_Match]:
        """How the draft stands to a document: to its quotations, or those of one actor, and where
        it is none of them, to the whole text."""
        document = self.index.stored_document(number)
        quotes = [
            FoundQuote(document.source(q.start, q.end), q)
            for q in document.quotes
            if q.kind != "indirect" and (by is None or by in {s.actor for s in q.speakers})
        ]
        spoken = [(f.start, f.end) for q in quotes for f in q.quote.fragments]
        for source in (SourceText(document.text, spoken), SourceText(document.text)):
            at = source.align(draft, whole=by is not None)
            if at is not None and at.similarity >= _NEAR:
                inside = tuple(
                    q
                    for q in quotes
                    if any(f.start < at.end and at.start < f.end for f in q.quote.fragments)
                )
                yield _Match(document.name, at, inside)
            if by is not None or (at is not None and at.verbatim):
                return

    def _passage(self, match: _Match) -> Passage:
        at = match.alignment
        source = replace(self.index.document(match.doc).source, start=at.start, end=at.end)
        return self.index.passage(source)

    # ---- the speaker --------------------------------------------------------------------------

    def _other_speaker(self, claim: _Claim, quotes: Sequence[FoundQuote]) -> bool | None:
        """True where the source gives the words to somebody else, null where either side is
        open."""
        said_by = [s for q in quotes for s in (*q.quote.speakers, *q.quote.outer)]
        if not claim.speakers or not said_by or not all(s.actor for s in said_by):
            return None
        if any(self._same(name, s) for name in claim.speakers for s in said_by):
            return False
        types = {a.type for s in said_by if (a := self.index.actor(s.actor or ""))}
        people = all((a := self.named(n)) is None or a.type == "person" for n in claim.speakers)
        return True if types == {"person"} and people else None

    def _same(self, name: str, speaker: Speaker) -> bool:
        """Whether ``name`` may be the speaker's: one holds all words of the other, or the index
        knows both as one. A surname alone fits its bearer; two full names that share it do not
        fit."""
        claimed = set(words(name)) - _COMMON
        theirs = set(words(speaker.name or speaker.text)) - _COMMON
        if claimed and theirs and (claimed <= theirs or theirs <= claimed):
            return True
        actor = self.named(name)
        return actor is not None and actor.id == speaker.actor

    def is_name(self, text: str) -> bool:
        """Whether an actor of the index has ``text``, one word written large, as its last name."""
        if not text[:1].isupper() or len(words(text)) != 1 or text.isupper():
            return False
        return any(
            words(name)[-1:] == words(text) for name, _ in self.index.actor_names([words(text)])
        )


def _unsaid(quotes: Sequence[FoundQuote]) -> bool:
    """Whether the source denies the words or only supposes them: nobody is told to have said
    them."""
    return bool(quotes) and not any(q.quote.asserted for q in quotes)
