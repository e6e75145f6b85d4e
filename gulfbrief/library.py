"""The library: an index opened for questions, whose answers are objects of ``model``.

>>> with open("seeds.db") as held:                                        # doctest: +SKIP
...     for found in held.quotes(by="morozov").results:
...         print(found.source.path, found.source.line, found.quote.content)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from . import config, decisions
from .answer.filters import window_of
from .errors import StoreError
from .find import find_in_text as find
from .model import (
    Actor,
    ActorSummary,
    Answer,
    Brief,
    DocumentRecord,
    Findings,
    FoundEvent,
    FoundQuote,
    Passage,
    Verdict,
    Window,
)
from .read import Options, read
from .store.build import Progress, Report, build
from .store.reader import Index, Status

__all__ = ["Library", "find", "index", "open", "read"]

Names = str | Sequence[str]


def open(path: Path | str | None = None) -> Library:
    """The index at ``path``, else the nearest ``.gulfbrief/index.db`` here or in a folder above.

    Raises StoreError where there is none, or it is damaged, too new or held by another process.
    """
    place = Path(path) if path is not None else config.find_index()
    if place is None:
        raise StoreError("no index here or in a folder above: make one with gulfbrief.index")
    return Library(place)


def index(
    paths: Path | str | Sequence[Path | str] = (),
    *,
    to: Path | str | None = None,
    published: str | None = None,
    jobs: int | None = None,
    exclude: Sequence[str] = (),
    cluster: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Build or update the index ``to`` (``.gulfbrief/index.db`` in the current folder) from files
    and folders; without ``paths`` from those that were given before.

    ``published`` (YYYY-MM-DD) is for documents that tell no day of their own, ``jobs`` the number
    of processes, ``exclude`` patterns of what is left out, ``cluster`` the Dask cluster that reads
    in place of processes here (tcp://HOST:PORT); ``progress`` is called as files are
    done. What could not be read stands in ``Report.failed``. Raises StoreError where the index
    cannot be written.
    """
    place = Path(to) if to is not None else config.new_index()
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    return build(
        place, given, options=Options(published=published), jobs=jobs, exclude=exclude,
        cluster=cluster, decisions=decisions.load(decisions.path(place)),
        lexicons=config.lexicons(place), progress=progress,
    )  # fmt: skip


class Library:
    """An index, open for questions: a context manager. ``open`` makes it.

    Every question takes ``since`` and ``until`` (dates as the command line takes them), ``doc`` (a
    pattern for paths or ids) and ``added`` (a date or "last"), and ``limit`` (0 = all). Errors are
    those of ``gulfbrief.errors``: UsageError for what cannot be asked, UnknownError for a name or
    a document that is not there.
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

    def search(
        self, query: str, *, exact: bool = False, context: int = 1, all_passages: bool = False,
        limit: int = 10, since: str | None = None, until: str | None = None,
        doc: str | None = None, added: str | None = None,
    ) -> Answer[Passage]:  # fmt: skip
        """Passages that answer ``query``, the best first, ``context`` sentences around each."""
        from .answer.search import search

        window = window_of(since, until, doc, added)
        return search(
            self.index, query, exact=exact, context=context, window=window, limit=limit,
            all_passages=all_passages,
        )  # fmt: skip

    def quotes(
        self, text: str = "", *, by: Names = (), about: Names = (), kinds: Collection[str] = (),
        exact: bool = False, all: bool = False, limit: int = 20, since: str | None = None,
        until: str | None = None, doc: str | None = None, added: str | None = None,
    ) -> Answer[FoundQuote]:  # fmt: skip
        """Statements by any of the actors ``by`` and about any of ``about`` (names or ids), by day,
        with ``text`` the most alike first; with ``all`` thoughts and attitudes too."""
        from .answer.quotes import quotes

        return quotes(
            self.index, text, by=_several(by), about=_several(about), kinds=kinds, exact=exact,
            every=all, window=window_of(since, until, doc, added), limit=limit,
        )  # fmt: skip

    def actors(
        self, *, types: Collection[str] = (), sort: str = "mentions", limit: int = 20,
        since: str | None = None, until: str | None = None, doc: str | None = None,
        added: str | None = None,
    ) -> Answer[Actor]:  # fmt: skip
        """Actors of any of ``types``; ``sort`` is mentions, name, quotes or last."""
        from .answer.actors import actors

        window = window_of(since, until, doc, added)
        return actors(self.index, types=types, sort=sort, window=window, limit=limit)

    def actor(
        self, name: str, *, limit: int = 5, since: str | None = None, until: str | None = None,
        doc: str | None = None, added: str | None = None,
    ) -> ActorSummary:  # fmt: skip
        """All about the actor whom a name or an id means; each list holds at most ``limit``."""
        from .answer.actor_profile import summary

        window = window_of(since, until, doc, added)
        return summary(self.index, name, window=window, limit=limit)

    def timeline(
        self, text: str = "", *, actor: str | None = None, top: int | None = None,
        per_day: int = 1, all: bool = False, limit: int = 50, since: str | None = None,
        until: str | None = None, doc: str | None = None, added: str | None = None,
    ) -> Answer[FoundEvent]:  # fmt: skip
        """Dated happenings in order of their days, with ``all`` statements and background too; with
        ``top`` the days that matter most, ``per_day`` entries each."""
        from .answer.timeline import EVERY, HAPPENINGS, timeline
        from .answer.timeline_summary import timeline_summary

        window = window_of(since, until, doc, added)
        if top is not None:
            return timeline_summary(
                self.index, text, top=top, per_day=per_day, actor=actor, window=window
            )
        roles = EVERY if all else HAPPENINGS
        return timeline(self.index, text, actor=actor, window=window, limit=limit, roles=roles)

    def brief(
        self, topic: str, *, since: str | None = None, until: str | None = None,
        doc: str | None = None, added: str | None = None,
    ) -> Brief:  # fmt: skip
        """The dossier on an actor or a query."""
        from .answer.brief import brief

        return brief(self.index, topic, window=window_of(since, until, doc, added))

    def verify(self, draft: str) -> Answer[Verdict]:
        """One verdict for each quotation of a draft."""
        from .answer.verify import verify

        return verify(self.index, draft)

    def documents(
        self, *, limit: int = 0, since: str | None = None, until: str | None = None,
        doc: str | None = None, added: str | None = None,
    ) -> Answer[DocumentRecord]:  # fmt: skip
        """The documents, by day of publication."""
        window: Window = window_of(since, until, doc, added)
        found = tuple(self.index.documents(window, limit=limit))
        return Answer(self.index.count(window), found)

    def document(self, name: str) -> DocumentRecord:
        """The document that an id, a path or the beginning of one means."""
        return self.index.document(name)

    def text(self, name: str) -> str:
        """The text of a document, which all offsets count in."""
        return self.index.text(self.document(name).source.doc)

    def findings(self, name: str) -> Findings:
        """All that was found in a document."""
        return self.index.findings(self.document(name).source.doc)


def _several(names: Names) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names
