"""Does a draft quote its sources word for word, and the right person?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..errors import GulfbriefError
from ..find import find
from ..find.marks import pair
from ..find.text import Text
from ..fold import words
from ..model import Answer, Document, FoundQuote, Passage, Quote, Speaker, Verdict, Window
from ..store.reader import Index
from .actors import find_actor
from .wording import Comparison, Piece, Wording, pieces

_NEAR = 50.0  # below this similarity a place in a source is no likeness
_CANDIDATES = 12  # documents looked at for one quotation
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
    """A quotation of the draft: its words, where it begins, and who is said to have said it."""

    start: int
    text: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A place in a document that is like a claim; ``quotes`` are the quotations it stands in."""

    doc: str
    comparison: Comparison
    quotes: tuple[FoundQuote, ...]


def verify(index: Index, draft: str) -> Answer[Verdict]:
    """One verdict for each quotation of ``draft``, in its order.

    What stands in quotation marks and has a speaker, or is a clause of five words or more, is held
    against the quotations and then the whole texts of the index (see ``wording``).
    ``misattributed`` is said only where the draft names one speaker and the source another.
    """
    checked = tuple(_verdict(index, draft, claim) for claim in _claims(draft))
    return Answer(len(checked), checked)


# ---- the draft ----------------------------------------------------------------------------


def _claims(draft: str) -> list[_Claim]:
    text = Text(draft)
    marked = [m for a, b in text.paragraphs for m in pair(draft, a, b) if m.level == 0]
    quotes = [
        q for q in find(Document("", "", draft, language="en")).quotes if q.kind != "indirect"
    ]
    claims, taken = [], set()
    for quote in quotes:
        inside = [
            m
            for m in marked
            if any(m.start < f.end and f.start < m.end for f in quote.fragments) and m not in taken
        ]
        taken.update(inside)
        if quote.kind == "direct" and inside:
            said = " ".join(draft[m.start : m.end] for m in inside)
            claims.append(_Claim(inside[0].start, said, _claimed(quote)))
        else:
            claims += [_Claim(m.start, draft[m.start : m.end], _claimed(quote)) for m in inside]
    claims += [
        _Claim(m.start, draft[m.start : m.end], ())
        for m in marked
        if m not in taken and _is_clause(draft[m.start : m.end])
    ]
    return sorted(claims, key=lambda c: c.start)


def _claimed(quote: Quote) -> tuple[str, ...]:
    """The names the draft itself gives the quotation to; what it leaves open is no claim."""
    return tuple(
        s.name or s.text
        for s in quote.speakers
        if s.how == "name"
        or (s.name and s.how in ("pronoun", "role") and quote.confidence >= _SURE)
    )


def _is_clause(said: str) -> bool:
    """Whether words in marks read as speech: long enough, and no title in capitals."""
    there = [w for w in said.split() if w[:1].isalpha()]
    small = sum(w[0].islower() for w in there if len(w) > 3)
    return len(there) >= _FEWEST and small >= sum(w[0].isupper() for w in there[1:] if len(w) > 3)


# ---- the sources --------------------------------------------------------------------------


def _verdict(index: Index, draft: str, claim: _Claim) -> Verdict:
    line = draft.count("\n", 0, claim.start) + 1
    named = " and ".join(claim.speakers) or None
    matches: list[_Match] = []
    for match in _matches(index, claim):
        matches.append(match)
        verbatim = match.comparison.verbatim and match.quotes
        if verbatim and not _other_speaker(index, claim, match.quotes):
            break  # nothing can be better
    if not matches:
        return Verdict(claim.text, line, "not_found", named)

    def rank(m: _Match) -> tuple[bool, bool, float, bool]:
        wrong = _other_speaker(index, claim, m.quotes) is True
        return m.comparison.verbatim, not wrong, m.comparison.similarity, bool(m.quotes)

    best = max(matches, key=rank)
    wrong = _other_speaker(index, claim, best.quotes)
    verdict = "misattributed" if wrong else "verbatim" if best.comparison.verbatim else "altered"
    return Verdict(
        claim.text,
        line,
        verdict,  # type: ignore[arg-type]
        named,
        best.quotes[0] if best.quotes else _passage(index, best),
        best.comparison.similarity,
        best.comparison.differences,
    )


def _matches(index: Index, claim: _Claim) -> Iterator[_Match]:
    draft = pieces(claim.text)
    short = sum(p.kind == "word" for p in draft) < 4
    docs: dict[str, None] = {}
    for found in index.quotes_like(claim.text, limit=40):
        docs.setdefault(found.source.doc)
    for source in index.passages_like(claim.text, limit=_CANDIDATES):
        docs.setdefault(source.doc)
    for doc in list(docs)[: 2 * _CANDIDATES]:
        text = index.text(doc)
        quotes = [q for q in index.quotes(Window(doc=doc)) if q.quote.kind != "indirect"]
        spoken = [(f.start, f.end) for q in quotes for f in q.quote.fragments]
        for wording in (Wording(text, spoken), Wording(text)):
            match = _match(wording, draft, doc, quotes)
            if match and (match.comparison.verbatim or not short):
                yield match
                if match.comparison.verbatim:
                    break


def _match(
    wording: Wording, draft: Sequence[Piece], doc: str, quotes: Sequence[FoundQuote]
) -> _Match | None:
    at = wording.compare(draft)
    if at is None or at.similarity < _NEAR:
        return None
    inside = [
        q for q in quotes if any(f.start < at.end and at.start < f.end for f in q.quote.fragments)
    ]
    return _Match(doc, at, tuple(inside))


def _passage(index: Index, match: _Match) -> Passage:
    at = match.comparison
    source = replace(index.document(match.doc).source, start=at.start, end=at.end)
    return index.passage(source)


# ---- the speaker --------------------------------------------------------------------------


def _other_speaker(index: Index, claim: _Claim, quotes: Sequence[FoundQuote]) -> bool | None:
    """True where the source gives the words to somebody else, null where either side is open."""
    said_by = [s for q in quotes for s in (*q.quote.speakers, *q.quote.outer)]
    if not claim.speakers or not said_by or not all(s.actor for s in said_by):
        return None
    if any(_same(index, name, s) for name in claim.speakers for s in said_by):
        return False
    types = {a.type for s in said_by if (a := index.actor(s.actor or ""))}
    return (
        True if types == {"person"} and all(_is_person(index, n) for n in claim.speakers) else None
    )


def _same(index: Index, name: str, speaker: Speaker) -> bool:
    """Whether ``name`` may be the speaker's: one holds all words of the other, or the index knows
    both as one. A surname alone fits its bearer; two full names that share it do not fit."""
    claimed = set(words(name)) - _COMMON
    theirs = set(words(speaker.name or speaker.text)) - _COMMON
    if claimed and theirs and (claimed <= theirs or theirs <= claimed):
        return True
    try:
        return find_actor(index, name).id == speaker.actor
    except GulfbriefError:
        return False


def _is_person(index: Index, name: str) -> bool:
    """Whether ``name`` is a person's: one of the index, or none that the index knows."""
    try:
        return find_actor(index, name).type == "person"
    except GulfbriefError:
        return True
