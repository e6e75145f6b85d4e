"""The index as questions see it: read only, as it was when it was opened."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import UnknownError, UsageError
from ..model import (
    Actor,
    DocumentRecord,
    Findings,
    FoundDate,
    FoundEvent,
    FoundMention,
    FoundQuote,
    Passage,
    Source,
    Window,
)
from . import actors, schema
from .loaded import Loaded
from .numbers import day_number, unpack_numbers
from .windows import PATH, first_day, last_day, within

if TYPE_CHECKING:
    from .vocabulary import Vocabulary

EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class Status:
    """What the index holds: counts, the days its documents span, and its size in bytes."""

    path: str
    files: int
    failed: int
    documents: int
    words: int
    quotes: int
    actors: int
    events: int
    first: str | None
    last: str | None
    indexed_at: str | None
    size: int
    schema: int
    undated: int


class Index:
    """An index file, open for questions. A context manager.

    >>> with Index.open(Path(".gulfbrief/index.db")) as index:      # doctest: +SKIP
    ...     for found in index.quotes(Window(since="2021"), by="iran"):
    ...         print(found.source.path, found.source.line, found.quote.content)
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db
        self.loaded = lru_cache(64)(self._load)
        self.name_of = lru_cache(1024)(self._name_of)

    @classmethod
    def open(cls, path: Path) -> Index:
        """Raises StoreError: none here, damaged, too new, or held by another process."""
        return cls(path, schema.open_to_read(path))

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, schema.DAMAGE):
            raise schema.fault(self.path, error) from error

    def close(self) -> None:
        self.loaded.cache_clear()
        self.db.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Rows of the index. Raises StoreError where it is damaged."""
        try:
            return self.db.execute(sql, parameters)
        except sqlite3.Error as error:
            raise schema.fault(self.path, error) from error

    # ---- documents ------------------------------------------------------------------------

    def documents(
        self, window: Window = EVERYTHING, *, warned: bool = False, limit: int = 0
    ) -> list[DocumentRecord]:
        """The documents, by day of publication (undated ones last), then by path; at most ``limit``
        (0 = all), and with ``warned`` only those with a warning."""
        where, parameters = _documents(window, warned)
        rows = self.rows(
            f"SELECT {_RECORD} FROM document d WHERE {where}{_BY_DAY} LIMIT ?",
            (*parameters, limit or -1),
        ).fetchall()
        everything = window == EVERYTHING and not warned and not limit
        paths = self._paths(None if everything else [r[0] for r in rows])
        return [_record(r, paths[r[0]]) for r in rows]

    def count(self, window: Window = EVERYTHING, *, warned: bool = False) -> int:
        """How many documents ``documents`` would give without a limit."""
        where, parameters = _documents(window, warned)
        row = self.rows(f"SELECT count(*) FROM document d WHERE {where}", parameters).fetchone()
        return int(row[0])

    def unread(self) -> list[tuple[str, str]]:
        """The files that could not be read when they were last indexed: (path, reason)."""
        rows = self.rows(
            "SELECT path_text(path), error FROM file WHERE error IS NOT NULL ORDER BY path"
        )
        return [(path, reason) for path, reason in rows]

    def document(self, name: str) -> DocumentRecord:
        """The document that ``name`` means: its id or the beginning of it, a path, a file name or
        the beginning of one.

        Raises UsageError, naming near ones, where there is none or more than one.
        """
        rows = self.rows(f"SELECT {_RECORD} FROM document d WHERE d.name = ?", (name,)).fetchall()
        if not rows:  # else an id, which needs no look at all paths
            rows = self.rows(
                f"SELECT {_RECORD} FROM document d WHERE d.id IN (SELECT p.document"
                f" FROM path p JOIN file f ON f.id = p.file WHERE {PATH} = ?)",
                (name,),
            ).fetchall()
        if not rows and name:
            rows = self.rows(
                f"SELECT {_RECORD} FROM document d WHERE (length(?1) >= 4 AND d.name >= ?1"
                " AND d.name < ?1 || 'g') OR d.id IN (SELECT p.document FROM path p JOIN file f"
                f" ON f.id = p.file WHERE lower({PATH}) = ?1"
                f" OR substr(lower({PATH}), -length(?1) - 1) = '/' || ?1) LIMIT 12",
                (name.lower(),),
            ).fetchall()
        if not rows and len(name) >= 4:
            begun = [d for d, paths in self._paths(None).items() if _begins(paths, name.lower())]
            marks = ", ".join("?" * len(begun[:12]))
            rows = self.rows(
                f"SELECT {_RECORD} FROM document d WHERE d.id IN ({marks})", begun[:12]
            ).fetchall()
        if len(rows) == 1:
            return _record(rows[0], self._paths([rows[0][0]])[rows[0][0]])
        if rows:
            listed = ", ".join(f"{r[1]} ({r[2]})" for r in rows[:5])
            raise UsageError(f"“{name}” means more than one document: {listed}")
        near = self._near_paths(name)
        hint = f"; near it: {', '.join(near)}" if near else "; `gulfbrief docs` lists them"
        raise UnknownError(f"no document “{name}” in the index{hint}")

    def _near_paths(self, name: str) -> list[str]:
        from rapidfuzz import fuzz, process

        paths = [path for some in self._paths(None).values() for path in some]
        found = process.extract(
            name, paths, scorer=fuzz.partial_ratio, processor=str.lower, limit=3, score_cutoff=70
        )
        return [p for p, _, _ in found]

    def _paths(self, documents: Collection[int] | None) -> dict[int, tuple[str, ...]]:
        """Document -> its paths, sorted."""
        out: dict[int, list[str]] = {}
        sql = f"SELECT p.document, {PATH} FROM path p JOIN file f ON f.id = p.file"
        if documents is None:
            rows = self.rows(sql).fetchall()
        else:
            rows = [r for d in documents for r in self.rows(f"{sql} WHERE p.document = ?", (d,))]
        for document, path in rows:
            out.setdefault(document, []).append(path)
        return {d: tuple(sorted(set(p))) for d, p in out.items()}

    def text(self, doc: str) -> str:
        """The text of a document, which all offsets count in. ``doc`` is its id."""
        return self.loaded(self._number(doc)).text

    def findings(self, doc: str) -> Findings:
        """All that was found in a document; actors carry the ids of the whole index."""
        return self.loaded(self._number(doc)).findings

    def sentences(self, doc: str) -> list[tuple[int, int]]:
        """The sentences of a document as (start, end)."""
        from .chunks import unpack_bounds

        return [
            (start + a, start + b)
            for start, bounds in self.rows(
                "SELECT start, sentences FROM chunk WHERE document = ? ORDER BY id",
                (self._number(doc),),
            )
            for a, b in unpack_bounds(bounds)
        ]

    def _number(self, doc: str) -> int:
        row = self.rows("SELECT id FROM document WHERE name = ?", (doc,)).fetchone()
        if row is None:
            raise UnknownError(f"no document “{doc}” in the index")
        return int(row[0])

    def _load(self, number: int) -> Loaded:
        return Loaded(self.db, number, self.name_of)

    def _name_of(self, actor: str) -> str | None:
        row = self.rows(
            "SELECT m.text FROM name n JOIN actor a ON a.id = n.id JOIN name m ON m.id = a.name"
            " WHERE n.text = ?",
            (actor,),
        ).fetchone()
        return None if row is None else str(row[0])

    # ---- findings over all documents ------------------------------------------------------

    def quotes(
        self,
        window: Window = EVERYTHING,
        *,
        by: str | None = None,
        about: str | None = None,
        kinds: Collection[str] = (),
        docs: Collection[str] | None = None,
    ) -> Iterator[FoundQuote]:
        """Quotations, by day of publication, then in order of the text. ``by`` and ``about`` are
        actor ids."""
        places: Iterable[tuple[int, int]]
        if by is None and about is None:
            places = self._places(window, kinds=kinds, docs=docs)
        else:
            places = self.quote_places(window, by=by, about=about, kinds=kinds, docs=docs)
        for number, n in places:
            yield self.loaded(number).quote(n)

    def count_quotes(self, window: Window = EVERYTHING, kinds: Collection[str] = ()) -> int:
        """How many quotations ``quotes`` would give of all actors."""
        where, parameters = within(window)
        counted = "length(d.kinds)"
        if kinds:
            ofs = [f"length(d.kinds) - length(replace(d.kinds, '{k[0]}', ''))" for k in set(kinds)]
            counted = " + ".join(ofs)
        row = self.rows(
            f"SELECT coalesce(sum({counted}), 0) FROM document d WHERE {where}", parameters
        )
        return int(row.fetchone()[0])

    def quote_places(
        self,
        window: Window = EVERYTHING,
        *,
        by: str | None = None,
        about: str | None = None,
        kinds: Collection[str] = (),
        docs: Collection[str] | None = None,
        newest: bool = False,
    ) -> list[tuple[int, int]]:
        """Where the quotations stand that ``quotes`` would give: for counting and paging.
        ``newest``: those of the last day first."""
        out = self._places(window, by, about, kinds, docs, newest)
        if by is not None and about is not None:
            other = set(self._places(window, about=about))
            out = (place for place in out if place in other)
        return list(dict.fromkeys(out))

    def _places(
        self,
        window: Window,
        by: str | None = None,
        about: str | None = None,
        kinds: Collection[str] = (),
        docs: Collection[str] | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[int, int]]:
        """The places of ``quote_places`` as they are read; of two actors the speaker's."""
        order = _NEWEST if newest else _BY_DAY
        where, parameters = within(window)
        if docs is not None:
            where += f" AND d.name IN ({_marks(docs)})"
            parameters += list(docs)
        sides = [s for s in (("says", by), ("subject", about)) if s[1] is not None]
        if not sides:
            rows = self.rows(f"SELECT d.id, d.kinds, NULL FROM document d WHERE {where}{order}",
                             parameters)  # fmt: skip
        else:
            column, actor = sides[0]
            rows = self.rows(
                f"SELECT d.id, d.kinds, l.{column} FROM name a JOIN local l ON l.actor = a.id"
                f" JOIN document d ON d.id = l.document WHERE a.text = ? AND {where}{order}",
                [actor, *parameters],
            )
        letters = {kind[0] for kind in kinds} or {"d", "m", "i"}
        for document, letters_here, numbers in rows:
            places = range(len(letters_here or "")) if not sides else unpack_numbers(numbers)
            yield from ((document, n) for n in places if letters_here[n] in letters)

    def quotes_at(self, places: Sequence[tuple[int, int]]) -> list[FoundQuote]:
        """The quotations at places that ``quote_places`` gave."""
        return [self.loaded(number).quote(n) for number, n in places]

    def events(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundEvent]:
        """Dated events in order of their days; ``window.since`` and ``until`` bound those."""
        yield from self.events_at(self.event_places(window, actor=actor))

    def event_places(
        self, window: Window = EVERYTHING, *, actor: str | None = None, across: bool = True
    ) -> list[tuple[int, int]]:
        """Where the events stand that ``events`` would give, as (document, n); without ``across``
        those are left out that begin before ``window.since`` and are not over at its end."""
        where, parameters = within(Window(doc=window.doc))
        if window.since is not None:
            where += " AND (e.end IS NULL OR e.end >= ?)"
            parameters.append(day_number(first_day(window.since)))
        if window.until is not None:
            where += " AND (e.start IS NULL OR e.start <= ?)"
            parameters.append(day_number(last_day(window.until)))
        if window.since is not None and not across:
            where += " AND (e.start IS NULL OR e.start >= ? OR e.end <= ?)"
            parameters.append(day_number(first_day(window.since)))
            parameters.append(day_number(last_day(window.until or "9999")))
        if actor is not None:
            where += " AND e.document IN (SELECT l.document FROM name a JOIN local l"
            where += " ON l.actor = a.id WHERE a.text = ? AND l.events IS NOT NULL)"
            parameters.append(actor)
        rows = self.rows(
            "SELECT e.document, e.n FROM event e JOIN document d ON d.id = e.document"
            f" WHERE {where} ORDER BY coalesce(e.start, e.end), coalesce(e.end, e.start),"
            " d.published, d.path, e.n",
            parameters,
        ).fetchall()
        if actor is None:
            return rows
        theirs = {
            (document, n)
            for document, numbers in self.rows(
                "SELECT l.document, l.events FROM name a JOIN local l ON l.actor = a.id"
                " WHERE a.text = ?",
                (actor,),
            )
            for n in unpack_numbers(numbers)
        }
        return [place for place in rows if place in theirs]

    def events_at(self, places: Iterable[tuple[int, int]]) -> Iterator[FoundEvent]:
        """The events at places that ``event_places`` gave."""
        for number, n in places:
            yield self.loaded(number).event(n)

    def words_from(self, start: str) -> list[str]:
        """The words of the texts that begin with ``start``, folded."""
        return [
            word
            for (word,) in self.rows(
                "SELECT term FROM vocabulary WHERE term >= ? AND term < ?",
                (start, start + chr(0x10FFFF)),
            )
        ]

    def documents_with(self, words: Collection[str]) -> set[int]:
        """The numbers of the documents that have one of ``words`` in their text, their title or
        the names of their actors."""
        from .matching import quoted
        from .words import tokens

        phrases = [parts for word in words if (parts := tokens(word))]
        found: set[int] = set()
        if phrases:
            match = " OR ".join(quoted(parts) for parts in phrases)
            found.update(
                number
                for (number,) in self.rows(
                    "SELECT c.document FROM passage JOIN chunk c ON c.id = passage.rowid"
                    " WHERE passage MATCH ?",
                    (match,),
                )
            )
        marks = ",".join("?" * len(words))
        found.update(
            number
            for (number,) in self.rows(
                "SELECT DISTINCT l.document FROM called c JOIN local l ON l.actor = c.actor"
                f" WHERE c.word IN ({marks})",
                tuple(words),
            )
        )
        titled = " OR ".join(["title LIKE ?"] * len(words)) or "0"
        found.update(
            number
            for (number,) in self.rows(
                f"SELECT id FROM document WHERE title IS NOT NULL AND ({titled})",
                tuple(f"%{word}%" for word in words),
            )
        )
        return found

    def numbers(self, docs: Collection[str]) -> set[int]:
        """The numbers, as places have them, of documents with these ids."""
        return {self._number(doc) for doc in docs}

    def mentions(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundMention]:
        """Mentions in order of their documents and texts."""
        for number in self._numbers(window, actor):
            document = self.loaded(number)
            for mention in document.mentions:
                if actor is None or mention.actor == actor:
                    yield FoundMention(document.source(mention.start, mention.end), mention)

    def mentioned(
        self, actor: str, window: Window = EVERYTHING
    ) -> list[tuple[str, str | None, int]]:
        """(document id, day of publication, mentions) of an actor, for each document with one."""
        where, parameters = within(window)
        return self.rows(
            "SELECT d.name, d.published, sum(l.mentions) FROM name n JOIN local l ON l.actor = n.id"
            f" JOIN document d ON d.id = l.document WHERE n.text = ? AND {where} GROUP BY d.id"
            f" HAVING sum(l.mentions) > 0{_BY_DAY}",
            [actor, *parameters],
        ).fetchall()

    def dates(self, window: Window = EVERYTHING) -> Iterator[FoundDate]:
        """Temporal expressions in order of their documents and texts."""
        for number in self._numbers(window, None):
            document = self.loaded(number)
            for timex in document.findings.dates:
                yield FoundDate(document.source(timex.start, timex.end), timex)

    def _numbers(self, window: Window, actor: str | None) -> list[int]:
        where, parameters = within(window)
        if actor is not None:
            where += (
                " AND d.id IN (SELECT l.document FROM name n JOIN local l ON l.actor = n.id"
                " WHERE n.text = ?)"
            )
            parameters.append(actor)
        return [
            r[0]
            for r in self.rows(
                f"SELECT d.id FROM document d WHERE {where}{_BY_DAY}",
                parameters,
            )
        ]

    # ---- actors (store/actors.py) -----------------------------------------------------------

    def actors(
        self,
        *,
        type: str | None = None,
        window: Window = EVERYTHING,
    ) -> list[Actor]:
        """The actors of the documents in ``window``, most mentioned first."""
        return actors.actors(self.db, type, window)[1]

    def first_actors(
        self, limit: int, *, type: str | None = None, window: Window = EVERYTHING, sort: str
    ) -> tuple[int, list[Actor]]:
        """How many actors there are, and the first ``limit`` (0 = all) by ``sort``: mentions, name,
        quotes or last."""
        return actors.actors(self.db, type, window, sort, limit)

    def actor(self, id: str) -> Actor | None:
        """The actor with this id."""
        return actors.actor(self.db, id)

    def actor_names(
        self, holding: Sequence[Collection[str]] | None = None
    ) -> list[tuple[str, str]]:
        """(a name or alias, actor id), most mentioned actor first; with ``holding`` of the actors
        whose names have, taken together, one of each of these collections of folded words."""
        return actors.names(self.db, holding)

    def name_words(self) -> list[str]:
        """The folded words of all names and aliases, in order."""
        return actors.name_words(self.db)

    def cooccurrence(self, actor: str, window: Window = EVERYTHING) -> dict[str, int]:
        """Actor id -> in how many sentences it is named with ``actor``."""
        return actors.cooccurrence(self.db, actor, window)

    def sentence_counts(self) -> tuple[dict[str, int], int]:
        """Actor id -> the sentences that name it; and how many sentences there are in all."""
        return actors.sentence_counts(self.db)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        from .vocabulary import Vocabulary

        return Vocabulary(self.db)

    @cached_property
    def unsettled(self) -> bool:
        """Whether documents came or went whose actors are not decided and summed up: a build goes
        on, or was cut short."""
        row = self.rows("SELECT EXISTS (SELECT 1 FROM touched) OR EXISTS (SELECT 1 FROM pending)")
        return bool(row.fetchone()[0])

    @cached_property
    def pieces(self) -> int:
        """How many pieces of texts the index ranks."""
        return int(self.rows("SELECT count(*) FROM chunk").fetchone()[0])

    # ---- passages -------------------------------------------------------------------------

    def passage(self, source: Source, context: int = 0) -> Passage:
        """The sentences in which ``source`` stands with ``context`` more on each side; ``source``
        itself is highlighted."""
        document = self.loaded(self._number(source.doc))
        start, end = source.start or 0, source.end or source.start or 0
        sentences = self.sentences(source.doc)
        first = max(0, bisect_right(sentences, (start, len(document.text) + 1)) - 1)
        last = max(
            first, bisect_right(sentences, (max(start, end - 1), len(document.text) + 1)) - 1
        )
        a = b = 0
        if sentences:
            a = min(start, sentences[max(0, first - context)][0])
            b = max(end, sentences[min(len(sentences) - 1, last + context)][1])
        return Passage(
            document.source(a, b), document.text[a:b], 100.0,
            ((start - a, end - a),) if end > start else (),
        )  # fmt: skip

    # ---- the whole ------------------------------------------------------------------------

    def status(self) -> Status:
        """What the index holds."""

        def one(sql: str) -> Any:
            return self.rows(sql).fetchone()

        documents, count, first, last, at, undated, quotes = one(
            "SELECT count(*), coalesce(sum(words), 0), min(published), max(published),"
            " max(indexed_at), count(*) - count(published), coalesce(sum(length(kinds)), 0)"
            " FROM document"
        )
        size = sum(
            p.stat().st_size for e in ("", "-wal") if (p := Path(f"{self.path}{e}")).exists()
        )
        return Status(
            str(self.path), one("SELECT count(*) FROM file WHERE error IS NULL")[0],
            one("SELECT count(*) FROM file WHERE error IS NOT NULL")[0], documents, count,
            quotes, one("SELECT count(*) FROM actor")[0],
            one("SELECT count(*) FROM event")[0],
            first, last, _time(at), size, schema.NUMBER, undated,
        )  # fmt: skip


_NEWEST = " ORDER BY d.published DESC, d.path"
_BY_DAY = " ORDER BY d.published IS NULL, d.published, d.path"

_RECORD = (
    "d.id, d.name, d.path, d.title, d.published, d.words, d.format, d.language, d.published_from,"
    " d.author, d.url, d.tags, d.indexed_at, d.warnings"
)


def _documents(window: Window, warned: bool) -> tuple[str, list[Any]]:
    where, parameters = within(window)
    return where + (" AND d.warnings IS NOT NULL" if warned else ""), parameters


def _record(row: Sequence[Any], paths: tuple[str, ...]) -> DocumentRecord:
    (_, name, path, title, published, words, format, language, published_from, author, url, tags,
     indexed_at, warnings) = row  # fmt: skip
    return DocumentRecord(
        Source(name, path, title, published), paths, words, format, language, published_from,
        author, url, tuple(json.loads(tags)) if tags else (), _time(indexed_at) or "",
        tuple(json.loads(warnings)) if warnings else (),
    )  # fmt: skip


def _begins(paths: Collection[str], low: str) -> bool:
    return any(path.rpartition("/")[2].lower().startswith(low) for path in paths)


def _time(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))
