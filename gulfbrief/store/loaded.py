"""One document out of the index: its text, its findings, and where in it they are."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ..model import Event, Findings, FoundEvent, FoundQuote, Mention, Quote, Source, Speaker
from .numbers import unpack_numbers
from .pack import unpack, unpack_events, unpack_text


class Loaded:
    """One document with its text; its findings are unpacked when first asked for."""

    def __init__(
        self, row: Sequence[Any], text: str, ids: dict[str, str], names: dict[str, str | None]
    ) -> None:
        self.name, self.path, self.title, self.published, pages, self.packed = row
        self.pages = unpack_numbers(pages)
        self.text = text
        self.ids = ids
        self.names = names

    @cached_property
    def lines(self) -> list[int]:
        """The offsets at which lines start."""
        out, at = [0], self.text.find("\n")
        while at >= 0:
            out.append(at + 1)
            at = self.text.find("\n", at + 1)
        return out

    @cached_property
    def findings(self) -> Findings:
        found = unpack(self.packed, self.text)
        return Findings(
            tuple(self._mention(m) for m in found.mentions),
            tuple(replace(a, key=self.ids.get(a.key, a.key)) for a in found.actors),
            tuple(self._quote(q) for q in found.quotes),
            found.dates,
            tuple(self._event(e) for e in found.events),
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events alone, without the cost of the rest."""
        if "findings" in self.__dict__:
            return self.findings.events
        found = unpack_events(self.packed, self.text)
        return tuple(map(self._event, found))

    def _event(self, x: Event) -> Event:
        return replace(x, actors=self._all(x.actors))

    def _all(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.ids.get(k, k) for k in keys))

    def _mention(self, x: Mention) -> Mention:
        return x if x.actor is None else replace(x, actor=self.ids.get(x.actor, x.actor))

    def _speaker(self, x: Speaker) -> Speaker:
        if x.actor is None:
            return x
        actor = self.ids.get(x.actor, x.actor)
        return replace(x, actor=actor, name=self.names.get(actor) or x.name)

    def _quote(self, x: Quote) -> Quote:
        return replace(
            x,
            speakers=tuple(self._speaker(s) for s in x.speakers),
            outer=tuple(self._speaker(s) for s in x.outer),
            about=self._all(x.about),
        )

    def source(self, start: int | None = None, end: int | None = None) -> Source:
        """Where (start, end) of this document is."""
        line = page = None
        if start is not None:
            line = bisect_right(self.lines, start)
            page = bisect_right(self.pages, start) or None if self.pages else None
        return Source(
            self.name, self.path, self.title, self.published, line, start, end, page
        )  # fmt: skip

    def quote(self, n: int) -> FoundQuote:
        quote = self.findings.quotes[n]
        return FoundQuote(self.source(quote.start, quote.end), quote)

    def event(self, n: int) -> FoundEvent:
        event = self.events[n]
        return FoundEvent(self.source(event.start, event.end), event)


def text_of(db: sqlite3.Connection, number: int) -> str:
    rows = db.execute(
        "SELECT b.text FROM chunk c JOIN body b ON b.id = c.id WHERE c.document = ? ORDER BY c.id",
        (number,),
    )
    return "".join(unpack_text(r[0]) for r in rows)
