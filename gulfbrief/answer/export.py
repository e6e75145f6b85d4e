"""Everything found, kind by kind, for other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..model import Window
from ..store.reader import Index

KINDS = ("documents", "quotes", "mentions", "dates", "events", "actors")


def export(index: Index, kind: str, window: Window = Window()) -> Iterator[Any]:
    """Every record of ``kind`` in order of document and text: ``DocumentRecord``, ``FoundQuote``,
    ``FoundMention``, ``FoundDate``, ``FoundEvent`` or ``Actor``."""
    doors: dict[str, Callable[[], Any]] = {
        "documents": lambda: index.documents(window),
        "quotes": lambda: index.quotes(window),
        "mentions": lambda: index.mentions(window),
        "dates": lambda: index.dates(window),
        "events": lambda: index.events(window),
        "actors": lambda: index.actors(window=window),
    }
    yield from doors[kind]()
