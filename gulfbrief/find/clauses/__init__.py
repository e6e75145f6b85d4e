"""A sentence -> its clauses, by rules over verb groups, joining words and commas.

A clause is a run of tokens with (mostly) one verb group. Clauses are cut from left to right in one
pass; a clause that another interrupts ("The ship, which left on Monday, will sail") is two clauses,
the later one ``continues`` the earlier. Every look ahead goes through tables made once a
sentence, so that the time grows linearly with its length.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .clause import Clause, Kind
from .lookahead import Lookahead
from .splitter import ClauseSplitter

__all__ = ["Clause", "Kind", "clauses"]


def clauses(
    tokens: Sequence[str],
    lower: list[str],
    dates: Collection[int],
    names: Collection[int],
    cuts: Collection[int],
) -> list[Clause]:
    """The clauses of one sentence in order; together they hold all its tokens.

    ``lower`` are its tokens as ``verbs.plain`` makes them. ``dates`` and ``names`` are the tokens
    that belong to a date or a name, ``cuts`` those at which a quotation begins or ends.
    """
    return ClauseSplitter(Lookahead(tokens, lower, dates, names), cuts).run()
