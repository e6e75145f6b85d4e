"""The pieces of documents that may answer: as typed first, then with all words, then with some."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ..store import matching, words
from ..store.matching import Piece, Scope
from ..store.reader import Index
from .forms import Group, guessed, wordings

DEPTH = 50
"""So many of the best pieces are compared with the typed words."""

FEW = 20
"""Where fewer pieces hold every word, those that hold some are looked at too."""

CLOSE = 85
"""A piece that holds this per cent of the typed letters in order was meant."""

COMMON = 0.05
"""A word in more than this part of all pieces finds nothing by itself."""

TELLING = 12
"""A long query is looked for by so many of its rarest words."""


def candidates(
    index: Index, groups: Sequence[Group], scope: Scope, depth: int = DEPTH, exact: bool = False
) -> list[Piece]:
    """The pieces most likely to answer; ``depth`` -1 means all that hold every word."""
    typed = " ".join(t for g in groups for t in g.term.tokens)
    found: dict[int, Piece] = {}

    def look(match: str, most: int) -> None:
        if match:
            for piece in matching.pieces(index, match, most, scope):
                found.setdefault(piece.id, piece)

    look(every(groups), depth)
    if len(groups) == 1:
        return list(found.values())
    if len(found) >= depth > 0:  # there are more than were looked at
        look(wordings(groups), DEPTH)
    elif not exact and not any(_close(typed, piece) for piece in found.values()):
        look(wordings(guessed(index, groups)), DEPTH)
    if len(found) < FEW:
        look(some(index, groups), DEPTH)
    return list(found.values())


def _close(typed: str, piece: Piece) -> bool:
    """Whether a piece holds about what was typed, word behind word."""
    return fuzz.partial_ratio(typed, " ".join(words.tokens(piece.text))) >= CLOSE


def every(groups: Sequence[Group]) -> str:
    """All groups, as an FTS5 expression."""
    return " AND ".join(g.match for g in groups)


def some(index: Index, groups: Sequence[Group]) -> str:
    """Any of the groups, without words that stand everywhere where there are others."""
    there = [g for g in groups if g.count or len(g.words) + len(g.phrases) > 1 or g.term.prefix]
    rare = [g for g in there if g.count <= max(COMMON * index.pieces, FEW)] or there or groups
    return " OR ".join(g.match for g in sorted(rare, key=lambda g: g.count)[:TELLING])
