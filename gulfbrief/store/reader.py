"""The index as questions see it: read only, as it was when it was opened."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import apsw

from ..model import (
    Actor,
    DocumentRecord,
    EventRole,
    Findings,
    FoundDate,
    FoundEvent,
    FoundMention,
    FoundQuote,
    Passage,
    Source,
    Window,
)
from . import actor_documents, actors, connection, documents, filters, postings, roots, schema
from .actor_documents import ActorDocument
from .filters import QuoteFilter
from .keys import iso_time, key_day
from .pages import Database, Rows
from .postings import DayPosting
from .stored_document import StoredDocument

if TYPE_CHECKING:
    from .sentences import DocumentSentences
    from .vocabulary import Vocabulary

EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class Status:
    """What the index holds: counts, the days its documents span, its size in bytes, and the paths
    it is made of with the patterns of what is left out of them."""

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
    paths: tuple[str, ...]
    excluded: tuple[str, ...]


class Index:
    """An index file, open for questions. A context manager.

    >>> with Index.open(Path(".gulfbrief/index.db")) as index:      # doctest: +SKIP
    ...     for found in index.quotes(Window(since="2021"), by="iran"):
    ...         print(found.source.path, found.source.line, found.quote.content)
    """

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.stored_document = lru_cache(64)(self._load)
        self.sentences_of = lru_cache(64)(self._sentences)
        self.name_of = lru_cache(1024)(self._name_of)

    @classmethod
    def open(cls, path: Path) -> Index:
        """Raises StoreError: none here, damaged, too new, or held by another process."""
        return cls(path, connection.open_to_read(path))

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, connection.DAMAGE):
            raise connection.fault(self.path, error) from error

    def close(self) -> None:
        self.stored_document.cache_clear()
        self.sentences_of.cache_clear()
        self.db.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Rows:
        """Rows of the index. Raises StoreError where it is damaged."""
        try:
            return self.db.execute(sql, parameters)
        except apsw.Error as error:
            raise connection.fault(self.path, error) from error

    # ---- documents ------------------------------------------------------------------------

    def documents(
        self, window: Window = EVERYTHING, *, warned: bool = False, limit: int = 0
    ) -> list[DocumentRecord]:
        """The documents, by day of publication (undated ones last), then by path; at most ``limit``
        (0 = all), and with ``warned`` only those with a warning."""
        return documents.documents(self.db, window, warned, limit)

    def each_document(self, window: Window = EVERYTHING) -> Iterator[DocumentRecord]:
        """What ``documents`` gives, so few held at a time that any number may come."""
        return documents.each_document(self.db, window)

    def count(self, window: Window = EVERYTHING, *, warned: bool = False) -> int:
        """How many documents ``documents`` would give without a limit."""
        return documents.count(self.db, window, warned)

    def holds(self, path: Path, root: Path) -> bool:
        """Whether the file at ``path`` is indexed; ``root`` is where paths of the index start."""
        return documents.has_file(self.db, path, root)

    def documents_of(self, path: Path, root: Path) -> frozenset[str]:
        """The ids of the documents that the file at ``path`` held when it was indexed, and of the
        one whose bytes it has now."""
        return documents.of_file(self.db, path, root)

    def unread(self) -> list[tuple[str, str]]:
        """What could not be read when it was last indexed: (path, reason)."""
        return documents.unread(self.db)

    def document(self, name: str) -> DocumentRecord:
        """The document that ``name`` means: its id or the beginning of it, a path, a file name or
        the beginning of one.

        Raises UsageError, naming near ones, where there is none or more than one.
        """
        return documents.document(self.db, name)

    def text(self, doc: str) -> str:
        """The text of a document, which all offsets count in. ``doc`` is its id."""
        return self.stored(doc).text

    def findings(self, doc: str) -> Findings:
        """All that was found in a document; actors carry the ids of the whole index."""
        return self.stored(doc).findings

    def stored(self, doc: str) -> StoredDocument:
        """A document with its text, its findings and where in it they are."""
        return self.stored_document(documents.document_number(self.db, doc))

    def read_once(self) -> None:
        """Keep few pages from now on: for who reads all documents, each of them once."""
        self.db.execute(f"PRAGMA cache_size = -{connection.CACHE // 16}")

    def passing(self, doc: str) -> StoredDocument:
        """What ``stored`` gives, not kept for another question: to read all documents once."""
        return self._load(documents.document_number(self.db, doc))

    def sentences(self, doc: str) -> list[tuple[int, int]]:
        """The sentences of a document as (start, end)."""
        return self.sentences_of(documents.document_number(self.db, doc))

    def _sentences(self, number: int) -> list[tuple[int, int]]:
        from .segmentation import unpack_bounds

        return [
            (start + a, start + b)
            for start, bounds in self.rows(
                "SELECT start, sentences FROM chunk WHERE document = ? ORDER BY id",
                (number,),
            )
            for a, b in unpack_bounds(bounds)
        ]

    def _load(self, number: int) -> StoredDocument:
        return StoredDocument(self.db, number, self.name_of)

    @property
    def judged(self) -> list[tuple[str, str, str]]:
        """The judgements on actors that are at work, as (verdict, actor, actor)."""
        row = self.rows("SELECT value FROM meta WHERE key = 'judged'").fetchone()
        return [tuple(j) for j in json.loads(row[0])[0]] if row else []

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
        statements: bool = False,
    ) -> Iterator[FoundQuote]:
        """Quotations, by day of publication, then in order of the text (``QuoteFilter``)."""
        wanted = QuoteFilter(window, by, about, kinds, statements, docs)
        for number, n in postings.quotes(self.db, wanted):
            yield self.stored_document(number).quote(n)

    def count_quotes(self, wanted: QuoteFilter) -> int:
        """How many quotations there are, whoever says them and of whomever."""
        return postings.count_quotes(self.db, wanted)

    def quote_postings(self, wanted: QuoteFilter) -> list[tuple[int, int]]:
        """Where the wanted quotations stand: for counting and paging."""
        return list(postings.quotes(self.db, wanted))

    def quotes_at(self, at: Sequence[tuple[int, int]]) -> list[FoundQuote]:
        """The quotations at places that ``quote_postings`` gave."""
        return [self.stored_document(number).quote(n) for number, n in at]

    def events(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundEvent]:
        """Dated events in order of their days; ``window.since`` and ``until`` bound those."""
        yield from self.events_at(self.event_postings(window, actor=actor))

    def event_postings(
        self,
        window: Window = EVERYTHING,
        *,
        actor: str | None = None,
        across: bool = True,
        roles: Collection[EventRole] = (),
    ) -> list[tuple[int, int]]:
        """Where the events stand that ``events`` would give, as (document, n); without ``across``
        those are left out that begin before ``window.since`` and are not over at its end;
        ``roles``: of these alone."""
        return postings.events(self.db, window, actor, across, roles)

    def day_counts(
        self,
        window: Window = EVERYTHING,
        *,
        actor: str | None = None,
        docs: Collection[int] | None = None,
        past: bool = False,
    ) -> Iterator[tuple[str, str, int]]:
        """(day, day of publication, how many documents published then tell an event of that day),
        for events of a single day; ``actor`` as in ``event_postings``, ``docs`` are numbers of
        documents to keep to; ``past``: only what is told as past."""
        for day, published, count in postings.day_counts(self.db, window, actor, docs, past):
            yield key_day(day), published, count

    def day_postings(
        self,
        days: Collection[str],
        window: Window = EVERYTHING,
        *,
        actor: str | None = None,
        docs: Collection[int] | None = None,
        past: bool = False,
    ) -> list[DayPosting]:
        """The events that ``day_counts`` counts for ``days`` (ISO)."""
        return postings.day_postings(self.db, days, window, actor, docs, past)

    def published_on(
        self,
        days: Collection[str],
        window: Window = EVERYTHING,
        docs: Collection[int] | None = None,
    ) -> list[tuple[str, int]]:
        """(day, document) of the documents published on each of ``days``."""
        return postings.published_on(self.db, days, window, docs)

    def events_at(self, at: Iterable[tuple[int, int]]) -> Iterator[FoundEvent]:
        """The events at places that ``event_postings`` gave."""
        for number, n in at:
            yield self.stored_document(number).event(n)

    def sentences_of_each(
        self, numbers: Collection[int]
    ) -> Iterator[tuple[int, DocumentSentences]]:
        """(number of a document, its sentences) of each of these documents that has a text, for
        reading single ones."""
        from .sentences import sentences_of

        return sentences_of(self.db, numbers)

    def text_before(self, number: int, offset: int, most: int) -> str:
        """At most ``most`` characters of a document, by its number, before ``offset``."""
        return self.stored_document(number).text[max(0, offset - most) : offset]

    def terms_with_prefix(self, start: str) -> list[str]:
        """The words of the texts that begin with ``start``, folded."""
        return [
            word
            for (word,) in self.rows(
                "SELECT term FROM vocabulary WHERE term >= ? AND term < ?",
                (start, start + chr(0x10FFFF)),
            )
        ]

    def documents_with(self, words: Collection[str]) -> set[int]:
        """The numbers of the documents that have one of ``words`` in their text, the heading before
        it or the names of their actors."""
        return postings.documents_with(self.db, words)

    def documents_titled(self, words: str) -> set[int]:
        """The numbers of the documents whose title has folded ``words`` one behind the other."""
        scope = filters.headed(words)
        rows = self.rows(f"SELECT d.id FROM document d WHERE {scope.sql}", scope.parameters)
        return {number for (number,) in rows}

    def in_order(self, docs: Collection[str]) -> list[int]:
        """The numbers of documents with these ids, by day of publication (undated ones last), then
        by path."""
        rows = self.rows(
            "SELECT d.id FROM document d WHERE d.name IN (SELECT value FROM json_each(?))"
            f"{filters.BY_DAY}",
            (json.dumps(list(docs)),),
        )
        return [number for (number,) in rows]

    def document_numbers(self, docs: Collection[str]) -> set[int]:
        """The numbers, as postings have them, of documents with these ids."""
        return {documents.document_number(self.db, doc) for doc in docs}

    def names_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Number of a document -> its id."""
        found = self.rows(
            "SELECT id, name FROM document WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return dict(found.fetchall())

    def mentions(
        self, window: Window = EVERYTHING, *, actor: str | None = None
    ) -> Iterator[FoundMention]:
        """Mentions in order of their documents and texts."""
        for number in postings.documents(self.db, window, actor):
            document = self.stored_document(number)
            for mention in document.mentions:
                if actor is None or mention.actor == actor:
                    yield FoundMention(document.source(mention.start, mention.end), mention)

    def named(self, actor: str, numbers: Iterable[int]) -> Iterator[Source]:
        """Where documents, by their numbers, name an actor, pronouns aside."""
        for number in numbers:
            document = self.stored_document(number)
            for who, start, end in document.named():
                if who == actor:
                    yield document.source(start, end)

    def actor_documents(self, actor: str, window: Window = EVERYTHING) -> list[ActorDocument]:
        """The documents that know an actor, and what each has of it."""
        return actor_documents.actor_documents(self.db, actor, window)

    def by_day(self, known: Iterable[ActorDocument]) -> Iterator[int]:
        """The numbers of the documents ``known``, by day of publication (undated ones last), then
        by path; no more of them are looked up than are taken."""
        return actor_documents.by_day(self.db, known)

    def dates(self, window: Window = EVERYTHING) -> Iterator[FoundDate]:
        """Temporal expressions in order of their documents and texts."""
        for number in postings.documents(self.db, window, None):
            document = self.stored_document(number)
            for timex in document.findings.dates:
                yield FoundDate(document.source(timex.start, timex.end), timex)

    # ---- actors (store/actors.py) -----------------------------------------------------------

    def actors(
        self,
        *,
        types: Collection[str] = (),
        window: Window = EVERYTHING,
    ) -> list[Actor]:
        """The actors of the documents in ``window``, most mentioned first."""
        return actors.actors(self.db, types, window)[1]

    def each_actor(self, window: Window = EVERYTHING) -> Iterator[Actor]:
        """What ``actors`` gives, each read when its turn comes."""
        return actors.each_actor(self.db, window)

    def first_actors(
        self,
        limit: int,
        *,
        types: Collection[str] = (),
        window: Window = EVERYTHING,
        sort: str,
    ) -> tuple[int, list[Actor]]:
        """How many actors there are, and the first ``limit`` (0 = all) by ``sort``: mentions, name,
        quotes or last."""
        return actors.actors(self.db, types, window, sort, limit)

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

    def near_name_words(self, word: str, most: int) -> dict[str, int]:
        """The folded words of names that are at most ``most`` typing errors from ``word`` (optimal
        string alignment), each with the number of errors."""
        return actors.near_words(self.name_words(), word, most)

    def cooccurrence(self, actor: str, window: Window = EVERYTHING) -> dict[int, int]:
        """The numbers of the actors that sentences name with ``actor`` -> how many do."""
        return actor_documents.cooccurrence(self.db, actor, window)

    def companies(
        self, window: Window = EVERYTHING
    ) -> Iterator[tuple[str | None, dict[tuple[str, str], int]]]:
        """Of each document that names actors together its day of publication, and in how many
        sentences it names each two of them (ids, the lesser first)."""
        return actors.companies(self.db, window)

    def actor_number(self, id: str) -> int:
        """The number that stands for an actor in postings and sums; 0 for nobody."""
        row = self.rows("SELECT id FROM name WHERE text = ?", (id,)).fetchone()
        return 0 if row is None else int(row[0])

    def sentences_naming(self, numbers: Collection[int]) -> list[tuple[int, str, int]]:
        """(number of an actor, its id, in how many sentences it is named), of each of these."""
        return actors.sentences(self.db, numbers)

    @cached_property
    def sentence_count(self) -> int:
        """How many sentences all documents have."""
        return actors.all_sentences(self.db)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        from .vocabulary import Vocabulary

        return Vocabulary(self.db)

    @cached_property
    def unresolved(self) -> bool:
        """Whether documents came or went whose actors are not decided and summed up: a build goes
        on, or was cut short."""
        row = self.rows("SELECT EXISTS (SELECT 1 FROM touched) OR EXISTS (SELECT 1 FROM pending)")
        return bool(row.fetchone()[0])

    @cached_property
    def passage_count(self) -> int:
        """How many passages the index ranks."""
        return int(self.rows("SELECT count(*) FROM chunk").fetchone()[0])

    # ---- passages -------------------------------------------------------------------------

    def passage(self, source: Source, context: int = 0) -> Passage:
        """The sentences in which ``source`` stands with ``context`` more on each side; ``source``
        itself is highlighted."""
        document = self.stored_document(documents.document_number(self.db, source.doc))
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
            first, last, iso_time(at), size, schema.NUMBER, undated,
            *roots.paths_and_globs(self.db),
        )  # fmt: skip
