"""Passage retrieval: what the full-text index (FTS5) answers, ranked by BM25.

A ``match`` is an FTS5 expression, a ``Scope`` bounds the documents (store/filters.py).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from ..model import Source
from . import tokeniser
from .codec import unpack_text
from .filters import EVERYWHERE, Scope, phrase
from .heading import heading_tokens
from .lines import position_from
from .reader import Index
from .segmentation import unpack_bounds
from .varints import decode_varints

MOST = 6_000
"""A wording is looked for by its rarest words, as many as stand in so many passages."""

ENOUGH, RUNS = 3, 6
"""Where these are fewer than ``ENOUGH``, also by so many of its runs of three words."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage of a document: whole sentences, whose bounds count in ``text``, which starts at
    ``start`` of the document in ``column`` of line ``line``, both from 1."""

    id: int
    document: int
    start: int
    line: int
    column: int
    sentences: tuple[tuple[int, int], ...]
    text: str

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset in ``text``."""
        return position_from(self.line, self.column, self.text, offset)


def top_passages(
    index: Index, match: str, limit: int, scope: Scope = EVERYWHERE
) -> list[IndexedPassage]:
    """The best ``limit`` passages (all where -1) that hold ``match``, the best first."""
    rows = _ranked(index, match, scope, f" LIMIT {limit}")
    return passages_by_id(index, [id for (id,) in rows])


def passage_postings(index: Index, match: str, scope: Scope = EVERYWHERE) -> list[tuple[int, int]]:
    """The passages that hold ``match``, as (id, document), in the order of the index."""
    join, where = _scope_sql(scope)
    return index.rows(
        "SELECT c.id, c.document FROM passage CROSS JOIN chunk c ON c.id = passage.rowid"
        f"{join} WHERE passage MATCH ?{where}",
        (match, *scope.parameters),
    ).fetchall()


def top_among(index: Index, match: str, limit: int, among: Collection[int]) -> list[int]:
    """The best ``limit`` of the passages ``among`` that hold ``match``, the best first."""
    found = (id for (id,) in _ranked(index, match) if id in among)
    return list(islice(found, limit))


def passages_by_id(index: Index, ids: Sequence[int]) -> list[IndexedPassage]:
    """The passages with these ids, in their order."""
    rows = (
        index.rows(
            f"SELECT {_PASSAGE} FROM chunk c JOIN body b ON b.id = c.id WHERE c.id = ?", (id,)
        )
        for id in ids
    )
    return [_passage(*row) for found in rows for row in found]


def documents_in(index: Index, scope: Scope) -> set[str]:
    """The ids of the documents in a scope."""
    rows = index.rows(f"SELECT d.name FROM document d WHERE {scope.sql or 1}", scope.parameters)
    return {name for (name,) in rows}


def count_documents(index: Index, match: str, scope: Scope = EVERYWHERE) -> int:
    """How many documents hold ``match`` in one passage."""
    join, where = _scope_sql(scope)
    row = index.rows(
        "SELECT count(DISTINCT c.document) FROM passage CROSS JOIN chunk c ON c.id = passage.rowid"
        f"{join} WHERE passage MATCH ?{where}",
        (match, *scope.parameters),
    ).fetchone()
    return int(row[0])


def _ranked(
    index: Index, match: str, scope: Scope = EVERYWHERE, limit: str = ""
) -> Iterable[tuple[int]]:
    join, where = _scope_sql(scope)
    chunk = " CROSS JOIN chunk c ON c.id = passage.rowid" if scope.sql else ""
    return index.rows(
        f"SELECT passage.rowid FROM passage{chunk}{join} WHERE passage MATCH ?{where}"
        f" ORDER BY passage.rank{limit}",
        (match, *scope.parameters),
    )


def _scope_sql(scope: Scope) -> tuple[str, str]:
    """``scope`` as what joins the documents to their passages, and as a condition."""
    if not scope.sql:
        return "", ""
    return " CROSS JOIN document d ON d.id = c.document", f" AND {scope.sql}"


def with_neighbours(index: Index, passage: IndexedPassage) -> IndexedPassage:
    """``passage`` with the passages before and behind it."""
    rows = index.rows(
        f"SELECT {_PASSAGE} FROM chunk c JOIN body b ON b.id = c.id"
        " WHERE c.id BETWEEN ? AND ? AND c.document = ? ORDER BY c.id",
        (passage.id - 1, passage.id + 1, passage.document),
    )
    near = [_passage(*row) for row in rows]
    first = near[0]
    return IndexedPassage(
        passage.id, passage.document, first.start, first.line, first.column,
        tuple((a + p.start - first.start, b + p.start - first.start)
              for p in near for a, b in p.sentences),
        "".join(p.text for p in near),
    )  # fmt: skip


def heading(index: Index, passage: IndexedPassage) -> str:
    """What a search finds of a document beside its text; of its first passage only."""
    if passage.start:
        return ""
    title, author, tags = index.rows(
        "SELECT title, author, tags FROM document WHERE id = ?", (passage.document,)
    ).fetchone()
    told = json.loads(tags) if tags else ()
    return " ".join(heading_tokens(title, author, told, passage.text))


def paths(index: Index, documents: Iterable[int]) -> dict[int, str]:
    """Number of a document -> its path."""
    found = index.rows(
        "SELECT id, path FROM document WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(documents)),),
    )
    return dict(found.fetchall())


def title(index: Index, document: int) -> str | None:
    """The title of a document, by its number."""
    found: str | None = index.rows(
        "SELECT title FROM document WHERE id = ?", (document,)
    ).fetchone()[0]
    return found


def passage_source(
    index: Index, document: int, start: int, end: int, place: tuple[int, int]
) -> Source:
    """Where (start, end) of a document is, without reading its text; ``place`` is the line and the
    column of its start."""
    name, path, title, published, pages = index.rows(
        "SELECT name, path, title, published, pages FROM document WHERE id = ?", (document,)
    ).fetchone()
    page = bisect_right(decode_varints(pages), start) or None
    line, column = place
    return Source(name, path, title, published, line, start, end, page, column)


_PASSAGE = "c.id, c.document, c.start, c.line, c.column, c.sentences, b.text"


def _passage(
    id: int, document: int, start: int, line: int, column: int, bounds: bytes, body: bytes
) -> IndexedPassage:
    return IndexedPassage(
        id, document, start, line, column, tuple(unpack_bounds(bounds)), unpack_text(body)
    )


def candidate_passages(
    index: Index, text: str, limit: int, scope: Scope = EVERYWHERE
) -> list[IndexedPassage]:
    """The passages that share words with ``text``, those with rarer ones first: any of its rarest
    words, and where these are not many, any of its wordings of three words. Candidates for a
    comparison, not an answer."""
    tokens = tokeniser.tokens(text)
    count = index.vocabulary.frequency
    rare: dict[str, None] = {}
    cost = 0
    for held, token in sorted((count(t), t) for t in set(tokens)):
        cost += held
        if rare and cost > MOST:
            break
        if held:
            rare[token] = None
    runs: list[tuple[str, str, str]] = []
    if len(rare) < ENOUGH:
        three = zip(tokens, tokens[1:], tokens[2:], strict=False)
        rest = [r for r in dict.fromkeys(three) if not rare.keys() & set(r)]
        runs = sorted(rest, key=lambda r: min(map(count, r)))[:RUNS]
    match = " OR ".join([phrase([t]) for t in rare] + [phrase(r, column="text") for r in runs])
    return top_passages(index, match, limit, scope) if match else []


def overlapping_quotations(index: Index, found: Iterable[IndexedPassage]) -> list[tuple[int, int]]:
    """The quotations that stand, at least in part, in passages, as (document, n)."""
    out: list[tuple[int, int]] = []
    for passage in found:
        quotes = index.stored_document(passage.document).quotes
        end = passage.start + len(passage.text)
        out += [
            (passage.document, n)
            for n, quote in enumerate(quotes)
            if quote.start < end and quote.end > passage.start
        ]
    return list(dict.fromkeys(out))
