"""The pieces of documents that may answer: as typed first, then with all words, then with some."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ..store import retrieval, tokeniser
from ..store.filters import Scope, phrase
from ..store.reader import Index
from ..store.retrieval import IndexedPassage
from .forms import Group, exchanged, wordings

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

TELLING = 16
"""So many forms of words are looked for where any will do."""


def candidates(
    index: Index, groups: Sequence[Group], scope: Scope, depth: int = DEPTH, exact: bool = False
) -> tuple[list[IndexedPassage], int]:
    """The pieces most likely to answer, and how many documents hold every word in one piece;
    ``depth`` -1 means all of the latter."""
    typed = " ".join(t for g in groups for t in g.term.tokens)
    held = retrieval.passage_postings(index, every(groups), scope)
    whole = _first(index, groups, [id for id, _ in held], depth)
    found = {p.id: p for p in whole}

    def look(match: str) -> bool:
        here = retrieval.top_passages(index, match, DEPTH, scope) if match else []
        for piece in here:
            found.setdefault(piece.id, piece)
        return bool(here)

    if len(groups) > 1:
        if len(held) >= depth > 0:  # there are more than were looked at
            if not any(map(look, wordings(index, groups))) and (other := exchanged(groups)):
                look(other)
        elif not exact and not any(_close(typed, piece) for piece in whole):
            any(map(look, wordings(index, groups, guess=True)))  # until one is found
        if len(found) < FEW:
            look(some(index, groups))
    return list(found.values()), len({document for _, document in held})


def _first(
    index: Index, groups: Sequence[Group], ids: list[int], depth: int
) -> list[IndexedPassage]:
    """The best ``depth`` (all where -1) of the pieces with all words, by their rarer words."""
    if len(ids) > depth >= 0:
        rare = [
            g.match
            for g in groups
            if max(map(index.vocabulary.frequency, g.words), default=0)
            < index.passage_count * COMMON
        ] or [every(groups)]
        ids = retrieval.top_among(index, " AND ".join(rare), depth, set(ids))
    return retrieval.passages_by_id(index, ids)


def _close(typed: str, piece: IndexedPassage) -> bool:
    """Whether a piece holds about what was typed, word behind word."""
    return fuzz.partial_ratio(typed, " ".join(tokeniser.tokens(piece.text))) >= CLOSE


def every(groups: Sequence[Group]) -> str:
    """All groups, as an FTS5 expression."""
    return " AND ".join(g.match for g in groups)


def some(index: Index, groups: Sequence[Group]) -> str:
    """Any of the groups' words, the rarest first, as many as are cheap to rank; words that stand
    everywhere find nothing where there are others."""
    count = index.vocabulary.frequency
    forms = {phrase([w]): count(w) for g in groups for w in g.words}
    forms |= {phrase(p): min(map(count, p)) for g in groups for p in g.phrases}
    forms |= {g.match: FEW for g in groups if g.term.prefix}
    out: list[str] = []
    cost = 0
    for form, pieces in sorted(forms.items(), key=lambda f: (f[1], f[0])):
        if not pieces:
            continue
        cost += pieces
        if out and (cost > MOST or len(out) == TELLING):
            break
        out.append(form)
    return " OR ".join(out) or next(iter(forms))
