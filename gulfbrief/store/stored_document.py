"""One document out of the index: its text, its findings, and where in it they are.

Each part is looked up and unpacked when it is first asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from ..fold import slug
from ..model import (
    ActorType,
    Event,
    Findings,
    FoundEvent,
    FoundQuote,
    Mention,
    Quote,
    Source,
    Speaker,
)
from .codec import Unpacked, UnpackedMentions, UnpackedQuotes, unpack, unpack_text
from .lines import line_starts, position
from .pages import Database
from .schema import TYPES
from .varints import decode_varints


class StoredDocument:
    """One document of the index; ``name_of`` gives the name of an actor, by its id."""

    def __init__(self, db: Database, number: int, name_of: Callable[[str], str | None]) -> None:
        self.db = db
        self.number = number
        self.name_of = name_of
        self.name, self.path, self.title, self.published, pages, self.packed = db.execute(
            "SELECT name, path, title, published, pages, findings FROM document WHERE id = ?",
            (number,),
        ).fetchone()
        self.pages = decode_varints(pages)

    @cached_property
    def text(self) -> str:
        rows = self.db.execute(
            "SELECT b.text FROM chunk c JOIN body b ON b.id = c.id WHERE c.document = ?"
            " ORDER BY c.id",
            (self.number,),
        )
        return "".join(unpack_text(r[0]) for r in rows)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Key of an actor in the document -> its id in the whole index."""
        return {
            key or slug(name): actor
            for key, name, actor in self.db.execute(
                "SELECT k.text, m.text, a.text FROM local l JOIN name m ON m.id = l.name"
                " JOIN name a ON a.id = l.actor LEFT JOIN name k ON k.id = l.key"
                " WHERE l.document = ?",
                (self.number,),
            )
        }

    @cached_property
    def types(self) -> dict[str, ActorType]:
        """What the actors of the document are, by their ids, as the whole index has decided."""
        return {
            actor: TYPES[type]
            for actor, type in self.db.execute(
                "SELECT n.text, a.type FROM local l JOIN actor a ON a.id = l.actor"
                " JOIN name n ON n.id = a.id WHERE l.document = ?",
                (self.number,),
            )
        }

    @cached_property
    def lines(self) -> list[int]:
        """The offsets at which lines start."""
        return line_starts(self.text)

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

    # One kind alone, without the cost of the rest.

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(map(self._mention, self._mentions))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(map(self._quote, self._quotes))

    @cached_property
    def events(self) -> Sequence[Event]:
        """As they are stored: the actors are those of the document."""
        return Unpacked("events", self.packed, self.text)

    @cached_property
    def _mentions(self) -> UnpackedMentions:
        return UnpackedMentions(self.packed, self.text)

    @cached_property
    def _quotes(self) -> UnpackedQuotes:
        return UnpackedQuotes(self.packed, self.text)

    def named(self) -> Iterator[tuple[str, int, int]]:
        """The actors that are named, pronouns aside, each with its start and end; quicker than
        ``mentions``."""
        for key, start, end in self._mentions.named():
            yield self.ids.get(key, key), start, end

    def spoken(self, actor: str) -> set[int]:
        """Where the sentences start in which an actor speaks or is told to have spoken."""
        return self._quotes.spoken({key for key, id in self.ids.items() if id == actor})

    def _event(self, x: Event) -> Event:
        return replace(x, actors=self._all(x.actors))

    def _all(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.ids.get(k, k) for k in keys))

    def _mention(self, x: Mention) -> Mention:
        if x.actor is None:
            return self._national(x) if x.type == "nationality" else x
        actor = self.ids.get(x.actor, x.actor)
        kind = x.type if x.type == "nationality" else self.types.get(actor, x.type)
        return replace(x, actor=actor, type=kind)

    def _national(self, x: Mention) -> Mention:
        """A people's name or adjective ("German") with its state, where the index knows that one;
        it counts among no actor's mentions."""
        from ..find.names import state_of

        state = state_of(x.text)
        return replace(x, actor=state) if state and self.name_of(state) else x

    def _speaker(self, x: Speaker) -> Speaker:
        if x.actor is None:
            return x
        actor = self.ids.get(x.actor, x.actor)
        return replace(x, actor=actor, name=self.name_of(actor) or x.name)

    def _quote(self, x: Quote) -> Quote:
        return replace(
            x,
            speakers=tuple(self._speaker(s) for s in x.speakers),
            outer=tuple(self._speaker(s) for s in x.outer),
            about=self._all(x.about),
        )

    def source(self, start: int | None = None, end: int | None = None) -> Source:
        """Where (start, end) of this document is."""
        line = column = page = None
        if start is not None:
            line, column = position(self.lines, start)
            page = bisect_right(self.pages, start) or None
        return Source(
            self.name, self.path, self.title, self.published, line, start, end, page, column
        )  # fmt: skip

    def quote(self, n: int) -> FoundQuote:
        made: Sequence[Quote] | None = self.__dict__.get("quotes")
        quote = self._quote(self._quotes[n]) if made is None else made[n]
        return FoundQuote(self.source(quote.start, quote.end), quote)

    def event(self, n: int) -> FoundEvent:
        event = self._event(self.events[n])
        return FoundEvent(self.source(event.start, event.end), event)
