"""An index opened for questions, whose answers are objects of ``model``.

>>> with open("seeds.db") as held:                                        # doctest: +SKIP
...     for found in held.quotes(by="morozov").results:
...         print(found.source.path, found.source.line, found.quote.content)

What a question needs is imported when it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

from .. import decisions, places
from ..answer.filters import window_of
from ..errors import StoreError
from ..model import (
    Actor,
    ActorSummary,
    Answer,
    Brief,
    DocumentRecord,
    Findings,
    FoundEvent,
    FoundQuote,
    Passage,
    ScreenedName,
    Verdict,
)
from ..store.reader import Index, Status


class Bounds(TypedDict, total=False):
    """What bounds the documents of a question: ``since`` and ``until`` (dates as the command line
    takes them), ``doc`` (a pattern for paths, or an id), ``added`` (a date, or "last")."""

    since: str | None
    until: str | None
    doc: str | None
    added: str | None


Names = str | Sequence[str]


def open(path: Path | str | None = None) -> Library:
    """The index at ``path``, else the nearest ``.gulfbrief/index.db`` here or in a folder above.

    Raises StoreError where there is none, or it is damaged, too new or held by another process.
    """
    place = Path(path) if path is not None else places.find_index()
    if place is None:
        raise StoreError("no index here or in a folder above: make one with gulfbrief.index")
    return Library(place)


class Library:
    """An index, open for questions: a context manager. ``open`` makes it.

    Every question takes ``Bounds`` as keywords, and those with many answers ``limit`` (0 = all).
    Errors are those of ``gulfbrief.errors``: UsageError for what cannot be asked, UnknownError for
    a name or a document that is not there.
    """

    def __init__(self, path: Path) -> None:
        self.index = Index.open(path)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *ended: Any) -> None:
        self.index.__exit__(*ended)

    def close(self) -> None:
        self.index.close()

    def status(self) -> Status:
        """What the index holds."""
        return self.index.status()

    @property
    def unresolved(self) -> bool:
        """Whether actors are not counted in all documents: a build goes on, or was cut short."""
        return self.index.unresolved

    @property
    def new_decisions(self) -> Path | None:
        """The file of decisions on actors, where it was changed since the index heeded it."""
        file, heeded = decisions.path(self.index.path), self.index.judged
        if not heeded and not file.exists():
            return None
        held = decisions.load(file).judgements
        return file if [(j.verdict, j.a, j.b) for j in held] != heeded else None

    def search(
        self,
        query: str,
        *,
        exact: bool = False,
        context: int = 1,
        all_passages: bool = False,
        limit: int = 10,
        **bounds: Unpack[Bounds],
    ) -> Answer[Passage]:
        """Passages that answer ``query``, the best first, ``context`` sentences around each."""
        from ..answer.search import search

        window = window_of(**bounds)
        return search(
            self.index, query, exact=exact, context=context, window=window, limit=limit,
            all_passages=all_passages,
        )  # fmt: skip

    def quotes(
        self,
        text: str = "",
        *,
        by: Names = (),
        about: Names = (),
        kinds: Collection[str] = (),
        exact: bool = False,
        all: bool = False,
        limit: int = 20,
        **bounds: Unpack[Bounds],
    ) -> Answer[FoundQuote]:
        """Statements by any of the actors ``by`` and about any of ``about`` (names or ids), by day,
        with ``text`` the most alike first; with ``all`` thoughts and attitudes too."""
        from ..answer.quotes import quotes

        return quotes(
            self.index, text, by=_several(by), about=_several(about), kinds=kinds, exact=exact,
            every=all, window=window_of(**bounds), limit=limit,
        )  # fmt: skip

    def actors(
        self,
        *,
        types: Collection[str] = (),
        sort: str = "mentions",
        limit: int = 20,
        **bounds: Unpack[Bounds],
    ) -> Answer[Actor]:
        """Actors of any of ``types``; ``sort`` is mentions, name, quotes or last."""
        from ..answer.actors import actors

        window = window_of(**bounds)
        return actors(self.index, types=types, sort=sort, window=window, limit=limit)

    def actor(
        self,
        name: str,
        *,
        sort: Literal["weight", "date"] = "weight",
        limit: int = 5,
        **bounds: Unpack[Bounds],
    ) -> ActorSummary:
        """All about the actor whom a name or an id means; each list holds at most ``limit``, the
        statements by their ``sort``."""
        from ..answer.actor_profile import summary

        window = window_of(**bounds)
        return summary(self.index, name, window=window, limit=limit, sort=sort)

    def find_actor(self, name: str) -> Actor:
        """The one actor whom a name or an id means, however badly spelt. Raises UsageError where it
        means several, UnknownError where nobody: both name the nearest."""
        from ..answer.actor_lookup import find_actor

        return find_actor(self.index, name)

    def is_called(self, actor: Actor, name: str) -> bool:
        """Whether ``name`` is in words of the actor's id or names, and ``find_actor`` no guess."""
        from ..answer.actor_lookup import is_called

        return is_called(actor, name)

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of the actors with these ids, by id."""
        return {id: name for id in ids if (name := self.index.name_of(id)) is not None}

    def screen(self, names: Iterable[str]) -> Iterator[ScreenedName]:
        """For each name of a list the one actor that it means, or null."""
        from ..answer.screening import screen

        return screen(self.index, names)

    def timeline(
        self,
        text: str = "",
        *,
        actor: str | None = None,
        top: int | None = None,
        per_day: int = 1,
        all: bool = False,
        limit: int = 50,
        **bounds: Unpack[Bounds],
    ) -> Answer[FoundEvent]:
        """Dated happenings in order of their days, with ``all`` statements and background too; with
        ``top`` the days that matter most, ``per_day`` entries each."""
        window = window_of(**bounds)
        if top is not None:
            from ..answer.timeline_summary import timeline_summary

            return timeline_summary(
                self.index, text, top=top, per_day=per_day, actor=actor, window=window
            )
        from ..answer.timeline import EVERY, HAPPENINGS, timeline

        roles = EVERY if all else HAPPENINGS
        return timeline(self.index, text, actor=actor, window=window, limit=limit, roles=roles)

    def brief(
        self,
        topic: str,
        *,
        made: datetime | None = None,
        **bounds: Unpack[Bounds],
    ) -> Brief:
        """The dossier on an actor or a query; ``made`` is the time it bears (null: now)."""
        from ..answer.brief import brief

        return brief(self.index, topic, window=window_of(**bounds), made=made)

    def verify(self, draft: str, *, path: Path | str | None = None) -> Answer[Verdict]:
        """One verdict for each quotation of a draft. The document that lies at ``path``, the
        draft's own, is no source of it."""
        from ..answer.verify import verify

        apart: Collection[str] = ()
        if path is not None:
            apart = self.index.documents_of(Path(path), places.root_of(self.index.path))
        return verify(self.index, draft, apart=apart)

    def documents(
        self,
        *,
        warned: bool = False,
        limit: int = 0,
        **bounds: Unpack[Bounds],
    ) -> Answer[DocumentRecord]:
        """The documents, by day of publication; with ``warned`` only those with a warning."""
        window = window_of(**bounds)
        found = tuple(self.index.documents(window, warned=warned, limit=limit))
        return Answer(self.index.count(window, warned=warned), found)

    def unread(self) -> list[tuple[str, str]]:
        """What could not be read when it was last indexed, as (path, reason)."""
        return self.index.unread()

    def document(self, name: str) -> DocumentRecord:
        """The document that an id, a path or the beginning of one means."""
        return self.index.document(name)

    def text(self, name: str) -> str:
        """The text of a document, which all offsets count in."""
        return self.index.text(self.document(name).source.doc)

    def findings(self, name: str) -> Findings:
        """All that was found in a document."""
        return self.index.findings(self.document(name).source.doc)

    def holds(self, path: Path | str) -> bool:
        """Whether the file at ``path`` is indexed."""
        return self.index.holds(Path(path), places.root_of(self.index.path))

    def export(
        self,
        kind: str,
        **bounds: Unpack[Bounds],
    ) -> Iterator[Any]:
        """Every record of ``kind`` (documents, quotes, mentions, dates, events, actors), one held
        at a time."""
        from ..answer.export import export

        return export(self.index, kind, window_of(**bounds))

    def write(
        self,
        to: str,
        path: Path | str,
        **bounds: Unpack[Bounds],
    ) -> tuple[int, int]:
        """Write a whole product (sqlite, parquet, ftm, graphml, timelinejs, icalendar, markdown) to
        a file or a folder: how many records it holds, and how many it has no place for. Raises
        UsageError where ``path`` cannot be written."""
        from ..show.products import write

        return write(self.index, to, Path(path), window_of(**bounds))


def _several(names: Names) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names
