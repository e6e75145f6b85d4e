"""The index as questions see it: read only, as it was when it was opened."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
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
    Mention,
    Passage,
    Quote,
    RoleRecord,
    Source,
    Speaker,
    Window,
)
from . import schema, words
from .pack import unpack, unpack_text

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
        self._document = lru_cache(64)(self._load)

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
        if isinstance(error, sqlite3.Error):
            raise schema.fault(self.path, error) from error

    def close(self) -> None:
        self._document.cache_clear()
        self.db.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Rows of the index. Raises StoreError where it is damaged."""
        try:
            return self.db.execute(sql, parameters)
        except sqlite3.Error as error:
            raise schema.fault(self.path, error) from error

    # ---- documents ------------------------------------------------------------------------

    def documents(self, window: Window = EVERYTHING) -> list[DocumentRecord]:
        """The documents, by day of publication (undated ones last), then by path."""
        where, parameters = within(window)
        rows = self.rows(
            f"SELECT {_RECORD} FROM document d WHERE {where}"
            " ORDER BY d.published IS NULL, d.published, d.path",
            parameters,
        ).fetchall()
        paths = self._paths(None if window == EVERYTHING else [r[0] for r in rows])
        return [_record(r, paths[r[0]]) for r in rows]

    def document(self, name: str) -> DocumentRecord:
        """The document that ``name`` means: its id or the beginning of it, a path, a file name.

        Raises UsageError, naming near ones, where there is none or more than one.
        """
        rows = self.rows(
            f"SELECT {_RECORD} FROM document d WHERE d.name = ?1 OR d.id IN"
            " (SELECT document FROM path WHERE path = ?1)",
            (name,),
        ).fetchall()
        if not rows and name:
            low = name.lower()
            rows = self.rows(
                f"SELECT {_RECORD} FROM document d WHERE (length(?1) >= 4 AND d.name >= ?1"
                " AND d.name < ?1 || 'g') OR d.id IN (SELECT document FROM path"
                " WHERE lower(path) = ?1 OR substr(lower(path), -length(?1) - 1) = '/' || ?1)"
                " LIMIT 12",
                (low,),
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

        paths = [r[0] for r in self.rows("SELECT DISTINCT path FROM path")]
        found = process.extract(
            name, paths, scorer=fuzz.partial_ratio, processor=str.lower, limit=3, score_cutoff=70
        )
        return [p for p, _, _ in found]

    def _paths(self, documents: Collection[int] | None) -> dict[int, tuple[str, ...]]:
        """Document -> its paths, sorted."""
        out: dict[int, list[str]] = {}
        if documents is None:
            rows = list(self.rows("SELECT document, path FROM path ORDER BY document, path"))
        else:
            rows = [
                r
                for d in documents
                for r in self.rows("SELECT document, path FROM path WHERE document = ?", (d,))
            ]
        for document, path in rows:
            out.setdefault(document, []).append(path)
        return {d: tuple(sorted(set(p))) for d, p in out.items()}

    def text(self, doc: str) -> str:
        """The text of a document, which all offsets count in. ``doc`` is its id."""
        return self._document(self._number(doc)).text

    def findings(self, doc: str) -> Findings:
        """All that was found in a document; actors carry the ids of the whole index."""
        return self._document(self._number(doc)).findings

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
        row = self.rows(
            "SELECT name, path, title, published, pages, findings FROM document WHERE id = ?",
            (number,),
        ).fetchone()
        text, ids = _text(self.db, number), self._ids(number)
        return Loaded(row, text, ids, {i: self._name_of(i) for i in set(ids.values())})

    def _ids(self, number: int) -> dict[str, str]:
        """Key of an actor in a document -> its id in the whole index."""
        return dict(
            self.rows(
                "SELECT k.text, a.text FROM local l JOIN name k ON k.id = l.key"
                " JOIN name a ON a.id = l.actor WHERE l.document = ?",
                (number,),
            ).fetchall()
        )

    def _name_of(self, actor: str) -> str | None:
        row = self.rows(
            "SELECT a.name FROM name n JOIN actor a ON a.id = n.id WHERE n.text = ?", (actor,)
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
        return self._quotes(self.quote_places(window, by=by, about=about, kinds=kinds, docs=docs))

    def _quotes(self, places: Sequence[tuple[int, int]]) -> Iterator[FoundQuote]:
        for number, n in places:
            yield self._document(number).quote(n)

    def quote_places(
        self,
        window: Window = EVERYTHING,
        *,
        by: str | None = None,
        about: str | None = None,
        kinds: Collection[str] = (),
        docs: Collection[str] | None = None,
    ) -> list[tuple[int, int]]:
        """Where the quotations stand that ``quotes`` would give: for counting and paging."""
        where, parameters = within(window)
        for part, actor in (("by", by), ("about", about)):
            if actor is not None:
                where += (
                    " AND q.id IN (SELECT s.quote FROM name n JOIN local l ON l.actor = n.id"
                    " JOIN said s ON s.local = l.id AND s.part = ? WHERE n.text = ?)"
                )
                parameters += [part, actor]
        if kinds:
            where += f" AND q.kind IN ({_marks(kinds)})"
            parameters += list(kinds)
        if docs is not None:
            where += f" AND d.name IN ({_marks(docs)})"
            parameters += list(docs)
        rows = self.rows(
            "SELECT q.document, q.n FROM quote q JOIN document d ON d.id = q.document"
            f" WHERE {where} ORDER BY d.published IS NULL, d.published, d.path, q.n",
            parameters,
        )
        return [(int(d), int(n)) for d, n in rows]

    def quotes_at(self, places: Sequence[tuple[int, int]]) -> list[FoundQuote]:
        """The quotations at places that ``quote_places`` gave."""
        return list(self._quotes(places))

    def quotes_like(self, text: str, limit: int = 50) -> list[FoundQuote]:
        """Quotations that share words with ``text``, those with rarer ones first. Candidates for
        a comparison, not an answer."""
        terms = list(dict.fromkeys(words.tokens(text)))
        if not terms:
            return []
        match = " OR ".join(f'"{t}"' for t in terms)
        rows = self.rows(
            "SELECT q.document, q.n FROM (SELECT rowid AS id FROM wording WHERE wording MATCH ?"
            " ORDER BY rank LIMIT ?) w JOIN quote q ON q.id = w.id",
            (match, limit),
        ).fetchall()
        return self.quotes_at(rows)

    def events(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundEvent]:
        """Dated events in order of their days; ``window.since`` and ``until`` bound those."""
        where, parameters = within(Window(doc=window.doc))
        if window.since is not None:
            where += " AND (e.end IS NULL OR e.end >= ?)"
            parameters.append(first_day(window.since))
        if window.until is not None:
            where += " AND (e.start IS NULL OR e.start <= ?)"
            parameters.append(last_day(window.until))
        if actor is not None:
            where += (
                " AND e.id IN (SELECT h.event FROM name n JOIN local l ON l.actor = n.id"
                " JOIN happened h ON h.local = l.id WHERE n.text = ?)"
            )
            parameters.append(actor)
        rows = self.rows(
            "SELECT e.document, e.n FROM event e JOIN document d ON d.id = e.document"
            f" WHERE {where} ORDER BY coalesce(e.start, e.end), coalesce(e.end, e.start),"
            " d.published, d.path, e.n",
            parameters,
        ).fetchall()
        for number, n in rows:
            yield self._document(number).event(n)

    def mentions(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundMention]:
        """Mentions in order of their documents and texts."""
        for number in self._numbers(window, actor):
            document = self._document(number)
            for mention in document.findings.mentions:
                if actor is None or mention.actor == actor:
                    yield FoundMention(document.source(mention.start, mention.end), mention)

    def dates(self, window: Window = EVERYTHING) -> Iterator[FoundDate]:
        """Temporal expressions in order of their documents and texts."""
        for number in self._numbers(window, None):
            document = self._document(number)
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
                f"SELECT d.id FROM document d WHERE {where}"
                " ORDER BY d.published IS NULL, d.published, d.path",
                parameters,
            )
        ]

    # ---- actors ---------------------------------------------------------------------------

    def actors(self, *, type: str | None = None, window: Window = EVERYTHING) -> list[Actor]:
        """The actors of the documents in ``window``, most mentioned first."""
        source = "actor"
        if window != EVERYTHING:
            self._sum_up(window)
            source = "temp.windowed"
        where, parameters = ("a.type = ?", [type]) if type else ("1", [])
        sql = _ACTOR.format(source)
        return [
            _actor(r)
            for r in self.rows(f"{sql} WHERE {where} ORDER BY a.mentions DESC, n.text", parameters)
        ]

    def _sum_up(self, window: Window) -> None:
        """Sum up the actors of some documents into a table of their own."""
        from .sums import COLUMNS, ORDER, sums

        where, parameters = within(window)
        rows = self.rows(
            f"SELECT {COLUMNS} FROM document d JOIN local l ON l.document = d.id"
            f" WHERE {where} ORDER BY {ORDER}",
            parameters,
        )
        self.db.execute("DROP TABLE IF EXISTS temp.windowed")
        self.db.execute("CREATE TEMP TABLE windowed AS SELECT * FROM actor WHERE 0")
        self.db.executemany(
            "INSERT INTO temp.windowed VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", sums(self.db, rows)
        )

    def actor(self, id: str) -> Actor | None:
        """The actor with this id."""
        row = self.rows(f"{_ACTOR.format('actor')} WHERE n.text = ?", (id,)).fetchone()
        return None if row is None else _actor(row)

    def actor_names(self) -> list[tuple[str, str]]:
        """(a name or alias, actor id), most mentioned actor first."""
        out: list[tuple[str, str]] = []
        for id, name, aliases in self.rows(
            "SELECT n.text, a.name, a.aliases FROM actor a JOIN name n ON n.id = a.id"
            " ORDER BY a.mentions DESC, n.text"
        ):
            texts = dict.fromkeys([name, *(text for text, _ in json.loads(aliases))])
            out += [(text, id) for text in texts]
        return out

    def cooccurrence(self, actor: str, window: Window = EVERYTHING) -> dict[str, int]:
        """Actor id -> in how many sentences it is named with ``actor``."""
        where, parameters = within(window)
        rows = self.rows(
            "SELECT m.text, sum(c.sentences) FROM name n JOIN local l ON l.actor = n.id"
            " JOIN document d ON d.id = l.document JOIN company c ON c.a = l.id"
            " JOIN local o ON o.id = c.b JOIN name m ON m.id = o.actor"
            f" WHERE n.text = ? AND o.actor != l.actor AND {where} GROUP BY o.actor",
            [actor, *parameters],
        )
        return {str(id): int(n) for id, n in rows}

    def sentence_counts(self) -> tuple[dict[str, int], int]:
        """Actor id -> the sentences that name it; and how many sentences there are in all."""
        counts = self.rows(
            "SELECT n.text, a.sentences FROM actor a JOIN name n ON n.id = a.id"
        ).fetchall()
        total = self.rows("SELECT coalesce(sum(sentences), 0) FROM document").fetchone()[0]
        return dict(counts), int(total)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        from .vocabulary import Vocabulary

        return Vocabulary(self.db)

    @cached_property
    def pieces(self) -> int:
        """How many pieces of texts the index ranks."""
        return int(self.rows("SELECT count(*) FROM chunk").fetchone()[0])

    # ---- passages -------------------------------------------------------------------------

    def passage(self, source: Source, context: int = 0) -> Passage:
        """The sentences in which ``source`` stands with ``context`` more on each side; ``source``
        itself is highlighted."""
        document = self._document(self._number(source.doc))
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

    def passages_like(self, text: str, limit: int = 50) -> list[Source]:
        """Places that share words with ``text``, those with rarer ones first; each is a piece of a
        document of some sentences. Candidates for a comparison, not an answer."""
        terms = list(dict.fromkeys(words.tokens(text)))
        if not terms:
            return []
        rows = self.rows(
            "SELECT c.document, c.start, b.text FROM (SELECT rowid AS id, rank AS r FROM passage"
            " WHERE passage MATCH ? ORDER BY rank LIMIT ?) p JOIN chunk c ON c.id = p.id"
            " JOIN body b ON b.id = c.id ORDER BY p.r",
            (" OR ".join(f'"{t}"' for t in terms), limit),
        ).fetchall()
        return [
            self._document(number).source(start, start + len(unpack_text(body)))
            for number, start, body in rows
        ]

    # ---- the whole ------------------------------------------------------------------------

    def status(self) -> Status:
        """What the index holds."""

        def one(sql: str) -> Any:
            return self.rows(sql).fetchone()

        documents, count, first, last, at, undated = one(
            "SELECT count(*), coalesce(sum(words), 0), min(published), max(published),"
            " max(indexed_at), count(*) - count(published) FROM document"
        )
        size = sum(
            p.stat().st_size for e in ("", "-wal") if (p := Path(f"{self.path}{e}")).exists()
        )
        return Status(
            str(self.path), one("SELECT count(*) FROM file WHERE error IS NULL")[0],
            one("SELECT count(*) FROM file WHERE error IS NOT NULL")[0], documents, count,
            one("SELECT count(*) FROM quote")[0], one("SELECT count(*) FROM actor")[0],
            one("SELECT count(*) FROM event")[0], first, last, at, size, schema.NUMBER, undated,
        )  # fmt: skip


class Loaded:
    """One document with its text; its findings are unpacked when first asked for."""

    def __init__(
        self, row: Sequence[Any], text: str, ids: dict[str, str], names: dict[str, str | None]
    ) -> None:
        self.name, self.path, self.title, self.published, pages, self.packed = row
        self.pages: list[int] = json.loads(pages) if pages else []
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
            tuple(replace(e, actors=self._all(e.actors)) for e in found.events),
        )

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
        event = self.findings.events[n]
        return FoundEvent(self.source(event.start, event.end), event)


def _text(db: sqlite3.Connection, number: int) -> str:
    rows = db.execute(
        "SELECT b.text FROM chunk c JOIN body b ON b.id = c.id WHERE c.document = ? ORDER BY c.id",
        (number,),
    )
    return "".join(unpack_text(r[0]) for r in rows)


def unpacked(db: sqlite3.Connection, number: int) -> tuple[str, Findings]:
    """A document's text and findings as they were stored, with the document's own actor keys."""
    packed = db.execute("SELECT findings FROM document WHERE id = ?", (number,)).fetchone()[0]
    text = _text(db, number)
    return text, unpack(packed, text)


def within(window: Window, table: str = "d") -> tuple[str, list[Any]]:
    """SQL for the documents of ``window``, and its parameters.

    A pattern without a folder matches file names too, and the beginning of an id.
    """
    where, parameters = ["1"], list[Any]()
    if window.since is not None:
        where.append(f"{table}.published >= ?")
        parameters.append(first_day(window.since))
    if window.until is not None:
        where.append(f"{table}.published <= ?")
        parameters.append(last_day(window.until))
    if window.doc is not None and _ID.fullmatch(window.doc):
        where.append(f"{table}.name = ?")
        parameters.append(window.doc)
    elif window.doc is not None:
        pattern = window.doc.removeprefix("./")
        where.append(
            f"({table}.name GLOB ? OR {table}.id IN (SELECT document FROM path"
            " WHERE path GLOB ? OR path GLOB ?))"
        )
        prefix = pattern.lower() + "*" if _BEGINNING.fullmatch(pattern) else pattern
        parameters += [prefix, pattern, "*/" + pattern]
    return " AND ".join(where), parameters


_ID = re.compile("[0-9a-f]{12}")
_BEGINNING = re.compile("[0-9a-fA-F]{4,12}")


def first_day(date: str) -> str:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD, for comparing as text."""
    return date + {4: "-01-01", 7: "-01"}.get(len(date), "")


def last_day(date: str) -> str:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD, or one after it: enough for comparing."""
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


_RECORD = (
    "d.id, d.name, d.path, d.title, d.published, d.words, d.format, d.language, d.published_from,"
    " d.author, d.url, d.tags, d.indexed_at, d.warnings"
)


def _record(row: Sequence[Any], paths: tuple[str, ...]) -> DocumentRecord:
    (_, name, path, title, published, words, format, language, published_from, author, url, tags,
     indexed_at, warnings) = row  # fmt: skip
    return DocumentRecord(
        Source(name, path, title, published), paths, words, format, language, published_from,
        author, url, tuple(json.loads(tags)) if tags else (), indexed_at,
        tuple(json.loads(warnings)) if warnings else (),
    )  # fmt: skip


_ACTOR = (
    "SELECT n.text, a.name, a.type, a.mentions, a.documents, a.quotes, a.first, a.last, a.aliases,"
    " a.roles, a.start, a.end, a.line, d.name, d.path, d.title, d.published"
    " FROM {} a JOIN name n ON n.id = a.id JOIN document d ON d.id = a.document"
)


def _actor(row: Sequence[Any]) -> Actor:
    (id, name, kind, mentions, documents, quotes, first, last, aliases, roles, start, end, line,
     doc, path, title, published) = row  # fmt: skip
    return Actor(
        id, name, kind, tuple((t, n) for t, n in json.loads(aliases)),
        tuple(RoleRecord(*r) for r in json.loads(roles)), mentions, documents, quotes, first, last,
        Source(doc, path, title, published, line, start, end),
    )  # fmt: skip


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))
