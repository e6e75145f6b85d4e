"""Everything found, for other tools: kind by kind, or document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model import DocumentRecord, FoundDate, FoundEvent, FoundMention, FoundQuote, Window
from ..store.reader import Index

KINDS = ("documents", "quotes", "mentions", "dates", "events", "actors")


def export(index: Index, kind: str, window: Window = Window()) -> Iterator[Any]:
    """Every record of ``kind`` in order of document and text, one held at a time:
    ``DocumentRecord``, ``FoundQuote``, ``FoundMention``, ``FoundDate``, ``FoundEvent`` (in order of
    their days) or ``Actor``."""
    doors: dict[str, Callable[[], Any]] = {
        "documents": lambda: index.each_document(window),
        "quotes": lambda: index.quotes(window),
        "mentions": lambda: index.mentions(window),
        "dates": lambda: index.dates(window),
        "events": lambda: index.events(window),
        "actors": lambda: index.each_actor(window),
    }
    index.read_once()
    yield from doors[kind]()


@dataclass(frozen=True, slots=True)
class Contents:
    """One document and all that was found in it, each list in order of the text."""

    document: DocumentRecord
    text: str
    quotes: tuple[FoundQuote, ...]
    mentions: tuple[FoundMention, ...]
    dates: tuple[FoundDate, ...]
    events: tuple[FoundEvent, ...]


def contents(index: Index, window: Window = Window()) -> Iterator[Contents]:
    """The documents by day of publication, undated ones last, each with its contents; ``window``
    bounds the documents, not the days of their events."""
    index.read_once()
    for document in index.each_document(window):
        stored = index.passing(document.source.doc)
        found, at = stored.findings, stored.source
        yield Contents(
            document,
            stored.text,
            tuple(FoundQuote(at(one.start, one.end), one) for one in found.quotes),
            tuple(FoundMention(at(one.start, one.end), one) for one in found.mentions),
            tuple(FoundDate(at(one.start, one.end), one) for one in found.dates),
            tuple(FoundEvent(at(one.start, one.end), one) for one in found.events),
        )
