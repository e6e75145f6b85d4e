"""The pieces of documents that may answer: as typed first, then with all words, then with some."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ..store import retrieval, tokeniser
from ..store.filters import Scope, phrase
from ..store.reader import Index
from ..store.retrieval import IndexedPassage
from .query_expansion import Expansion, likely_phrases, transposed

DEPTH = 30
"""So many of the best pieces are compared with the typed words."""

FEW = 10
"""Where fewer pieces hold every word, those that hold some are looked at too."""

CLOSE = 85
"""A piece that holds this per cent of the typed letters in order was meant."""

MOST = 6_000
"""So many pieces are ranked where any word will do; commoner words are left to the comparison."""

COMMON = 0.5
"""A word in this share of all pieces does not tell one from another."""

DISCRIMINATIVE = 16
"""So many forms of words are looked for where any will do."""


def candidates(
    index: Index,
    expansions: Sequence[Expansion],
    scope: Scope,
    depth: int = DEPTH,
    exact: bool = False,
) -> tuple[list[IndexedPassage], int]:
    """The pieces most likely to answer, and how many documents hold every word in one piece;
    ``depth`` -1 means all of the latter."""
    typed = " ".join(t for g in expansions for t in g.term.tokens)
    matched = retrieval.passage_postings(index, all_terms(expansions), scope)
    whole = _best_of(index, expansions, [id for id, _ in matched], depth)
    found = {p.id: p for p in whole}

    def look(match: str) -> bool:
        here = retrieval.top_passages(index, match, DEPTH, scope) if match else []
        for piece in here:
            found.setdefault(piece.id, piece)
        return bool(here)

    if len(expansions) > 1:
        if len(matched) >= depth > 0:  # there are more than were looked at
            if not any(map(look, likely_phrases(index, expansions))) and (
                other := transposed(expansions)
            ):
                look(other)
        elif not exact and not any(_close(typed, piece) for piece in whole):
            any(map(look, likely_phrases(index, expansions, guess=True)))  # until one is found
        if len(found) < FEW:
            look(any_term(index, expansions))
    return list(found.values()), len({document for _, document in matched})


def _best_of(
    index: Index, expansions: Sequence[Expansion], ids: list[int], depth: int
) -> list[IndexedPassage]:
    """The best ``depth`` (all where -1) of the pieces with all words, by their rarer words."""
    if len(ids) > depth >= 0:
        rare = [
            g.match
            for g in expansions
            if max(map(index.vocabulary.frequency, g.words), default=0)
            < index.passage_count * COMMON
        ] or [all_terms(expansions)]
        ids = retrieval.top_among(index, " AND ".join(rare), depth, set(ids))
    return retrieval.passages_by_id(index, ids)


def _close(typed: str, piece: IndexedPassage) -> bool:
    """Whether a piece holds about what was typed, word behind word."""
    return fuzz.partial_ratio(typed, " ".join(tokeniser.tokens(piece.text))) >= CLOSE


def all_terms(expansions: Sequence[Expansion]) -> str:
    """All expansions, as an FTS5 expression."""
    return " AND ".join(g.match for g in expansions)


def any_term(index: Index, expansions: Sequence[Expansion]) -> str:
    """Any of the expansions' words, the rarest first, as many as are cheap to rank; words that
    stand everywhere find nothing where there are others."""
    count = index.vocabulary.frequency
    forms = {phrase([w]): count(w) for g in expansions for w in g.words}
    forms |= {phrase(p): min(map(count, p)) for g in expansions for p in g.phrases}
    forms |= {g.match: FEW for g in expansions if g.term.prefix}
    out: list[str] = []
    cost = 0
    for form, pieces in sorted(forms.items(), key=lambda f: (f[1], f[0])):
        if not pieces:
            continue
        cost += pieces
        if out and (cost > MOST or len(out) == DISCRIMINATIVE):
            break
        out.append(form)
    return " OR ".join(out) or next(iter(forms))
