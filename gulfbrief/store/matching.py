"""Passages and quotations that hold words: what the full-text index answers, ranked by BM25.

A ``match`` is an FTS5 expression; ``quoted`` makes the words of one harmless. A ``Scope`` bounds
the documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..model import Source, Window
from . import words
from .chunks import unpack_bounds
from .numbers import unpack_numbers
from .pack import unpack_text
from .reader import Index
from .windows import within

MOST = 6_000
"""A wording is looked for by its rarest words, as many as stand in so many pieces."""

ENOUGH, RUNS = 3, 6
"""Where these are fewer than ``ENOUGH``, also by so many of its runs of three words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document: whole sentences, whose bounds count in ``text``, which starts at
    ``start`` of the document on line ``line``."""

    id: int
    document: int
    start: int
    line: int
    sentences: tuple[tuple[int, int], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """SQL on ``d.id`` that bounds the documents, with its parameters."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: Scope) -> Scope:
        if not self.sql or not other.sql:
            return self if self.sql else other
        return Scope(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


def in_window(window: Window) -> Scope:
    """The documents of ``window``."""
    if window == Window():
        return Scope()
    sql, parameters = within(window)
    return Scope(sql, tuple(parameters))


def with_actor(actor: str) -> Scope:
    """The documents that know ``actor``."""
    return Scope(
        "d.id IN (SELECT l.document FROM name n JOIN local l ON l.actor = n.id WHERE n.text = ?)",
        (actor,),
    )


def holding(match: str) -> Scope:
    """The documents that hold ``match`` in one of their pieces."""
    return Scope(f"d.id IN ({_HOLDING})", (match,))


def lacking(match: str) -> Scope:
    """The documents that do not."""
    return Scope(f"d.id NOT IN ({_HOLDING})", (match,))


def either(scopes: Sequence[Scope]) -> Scope:
    """The documents of any of ``scopes``."""
    return Scope(
        "(" + " OR ".join(f"({s.sql})" for s in scopes) + ")",
        tuple(p for s in scopes for p in s.parameters),
    )


_HOLDING = (
    "SELECT c.document FROM passage JOIN chunk c ON c.id = passage.rowid WHERE passage MATCH ?"
)


def quoted(tokens: Iterable[str], *, prefix: bool = False, column: str | None = None) -> str:
    """Folded words as an FTS5 phrase; folded words hold no quotation mark."""
    phrase = f'"{" ".join(tokens)}"' + ("*" if prefix else "")
    return f"{{{column}}} : {phrase}" if column else phrase


def pieces(index: Index, match: str, limit: int, scope: Scope = Scope()) -> list[Piece]:
    """The best ``limit`` pieces (all where -1) that hold ``match``, the best first."""
    rows = _ranked(index, match, scope, f" LIMIT {limit}")
    return read(index, [id for (id,) in rows])


def places(index: Index, match: str, scope: Scope = Scope()) -> list[tuple[int, int]]:
    """The pieces that hold ``match``, as (id, document), in the order of the index."""
    join, where = _bounds(scope)
    return index.rows(
        "SELECT c.id, c.document FROM passage CROSS JOIN chunk c ON c.id = passage.rowid"
        f"{join} WHERE passage MATCH ?{where}",
        (match, *scope.parameters),
    ).fetchall()


def best(index: Index, match: str, limit: int, among: Collection[int]) -> list[int]:
    """The best ``limit`` of the pieces ``among`` that hold ``match``, the best first."""
    found = (id for (id,) in _ranked(index, match) if id in among)
    return list(islice(found, limit))


def read(index: Index, ids: Sequence[int]) -> list[Piece]:
    """The pieces with these ids, in their order."""
    rows = (
        index.rows(f"SELECT {_PIECE} FROM chunk c JOIN body b ON b.id = c.id WHERE c.id = ?", (id,))
        for id in ids
    )
    return [_piece(*row) for found in rows for row in found]


def count(index: Index, match: str, scope: Scope = Scope()) -> int:
    """How many documents hold ``match`` in one piece."""
    join, where = _bounds(scope)
    row = index.rows(
        "SELECT count(DISTINCT c.document) FROM passage CROSS JOIN chunk c ON c.id = passage.rowid"
        f"{join} WHERE passage MATCH ?{where}",
        (match, *scope.parameters),
    ).fetchone()
    return int(row[0])


def _ranked(
    index: Index, match: str, scope: Scope = Scope(), limit: str = ""
) -> Iterable[tuple[int]]:
    join, where = _bounds(scope)
    chunk = " CROSS JOIN chunk c ON c.id = passage.rowid" if scope.sql else ""
    return index.rows(
        f"SELECT passage.rowid FROM passage{chunk}{join} WHERE passage MATCH ?{where}"
        f" ORDER BY passage.rank{limit}",
        (match, *scope.parameters),
    )


def _bounds(scope: Scope) -> tuple[str, str]:
    """``scope`` as what joins the documents to their pieces, and as a condition."""
    if not scope.sql:
        return "", ""
    return " CROSS JOIN document d ON d.id = c.document", f" AND {scope.sql}"


def around(index: Index, piece: Piece) -> Piece:
    """``piece`` with the pieces before and behind it."""
    rows = index.rows(
        f"SELECT {_PIECE} FROM chunk c JOIN body b ON b.id = c.id"
        " WHERE c.id BETWEEN ? AND ? AND c.document = ? ORDER BY c.id",
        (piece.id - 1, piece.id + 1, piece.document),
    )
    near = [_piece(*row) for row in rows]
    first = near[0]
    return Piece(
        piece.id, piece.document, first.start, first.line,
        tuple((a + p.start - first.start, b + p.start - first.start)
              for p in near for a, b in p.sentences),
        "".join(p.text for p in near),
    )  # fmt: skip


def source(index: Index, document: int, start: int, end: int, line: int) -> Source:
    """Where a place of a document is, without reading its text."""
    name, path, title, published, pages = index.rows(
        "SELECT name, path, title, published, pages FROM document WHERE id = ?", (document,)
    ).fetchone()
    page = bisect_right(unpack_numbers(pages), start) or None if pages else None
    return Source(name, path, title, published, line, start, end, page)


_PIECE = "c.id, c.document, c.start, c.line, c.sentences, b.text"


def _piece(id: int, document: int, start: int, line: int, bounds: bytes, body: bytes) -> Piece:
    return Piece(id, document, start, line, tuple(unpack_bounds(bounds)), unpack_text(body))


def likely(index: Index, text: str, limit: int, scope: Scope = Scope()) -> list[Piece]:
    """The pieces that share words with ``text``, those with rarer ones first: any of its rarest
    words, and where these are not many, any of its wordings of three words. Candidates for a
    comparison, not an answer."""
    tokens = words.tokens(text)
    count = index.vocabulary.count
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
    match = " OR ".join([quoted([t]) for t in rare] + [quoted(r, column="text") for r in runs])
    return pieces(index, match, limit, scope) if match else []


def quotations(index: Index, found: Iterable[Piece]) -> list[tuple[int, int]]:
    """The quotations that stand, at least in part, in pieces, as (document, n)."""
    out: list[tuple[int, int]] = []
    for piece in found:
        quotes = index.loaded(piece.document).quotes
        end = piece.start + len(piece.text)
        out += [
            (piece.document, n)
            for n, quote in enumerate(quotes)
            if quote.start < end and quote.end > piece.start
        ]
    return list(dict.fromkeys(out))
