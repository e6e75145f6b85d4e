"""The actors of the index."""

from __future__ import annotations

from collections.abc import Collection

from ..errors import UsageError
from ..model import Actor, Answer, Window
from ..store.reader import Index

SORTS = ("mentions", "name", "quotes", "last")


def actors(
    index: Index,
    *,
    types: Collection[str] = (),
    sort: str = "mentions",
    window: Window = Window(),
    limit: int = 20,
) -> Answer[Actor]:
    """The actors of the documents in ``window``, most mentioned first: those of any of
    ``types`` (empty: of all); ``limit`` 0 means all."""
    if sort not in SORTS:
        raise UsageError(f"{sort!r} is not one of {', '.join(SORTS)}")
    total, found = index.first_actors(limit, types=types, window=window, sort=sort)
    return Answer(total, tuple(found))
