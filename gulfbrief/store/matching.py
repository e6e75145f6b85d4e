"""Passages and quotations that hold words: what the full-text index answers, ranked by BM25.

A ``match`` is an FTS5 expression; ``quoted`` makes the words of one harmless. A ``Scope`` bounds
the documents.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..model import Source, Window
from .chunks import unpack_bounds
from .pack import unpack_text
from .reader import Index, within


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document: whole sentences, whose bounds count in ``text``, which starts at
    ``start`` of the document on line ``line``. ``rank`` is its BM25, lower is better."""

    id: int
    document: int
    start: int
    line: int
    sentences: tuple[tuple[int, int], ...]
    text: str
    rank: float = 0.0


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
    if scope.sql:
        inner = (
            "SELECT passage.rowid AS id, passage.rank AS r FROM passage"
            " JOIN chunk c ON c.id = passage.rowid JOIN document d ON d.id = c.document"
            f" WHERE passage MATCH ? AND {scope.sql} ORDER BY passage.rank LIMIT ?"
        )
    else:
        inner = (
            "SELECT rowid AS id, rank AS r FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?"
        )
    rows = index.rows(
        f"SELECT {_PIECE}, p.r FROM ({inner}) p JOIN chunk c ON c.id = p.id"
        " JOIN body b ON b.id = c.id ORDER BY p.r, c.id",
        (match, *scope.parameters, limit),
    )
    return [_piece(*row) for row in rows]


def count(index: Index, match: str, scope: Scope = Scope()) -> int:
    """How many documents hold ``match`` in one piece."""
    where = f" AND {scope.sql}" if scope.sql else ""
    join = " JOIN document d ON d.id = c.document" if scope.sql else ""
    row = index.rows(
        "SELECT count(DISTINCT c.document) FROM passage JOIN chunk c ON c.id = passage.rowid"
        f"{join} WHERE passage MATCH ?{where}",
        (match, *scope.parameters),
    ).fetchone()
    return int(row[0])


def statements(
    index: Index, match: str | None, limit: int, scope: Scope, by: str
) -> list[tuple[int, int]]:
    """Quotations by an actor as (document, n): those whose words hold ``match``, the best first, or
    all, the newest first."""
    said = (
        "q.id IN (SELECT s.quote FROM name n JOIN local l ON l.actor = n.id"
        " JOIN said s ON s.local = l.id AND s.part = 'by' WHERE n.text = ?)"
    )
    where = f"{said} AND {scope.sql}" if scope.sql else said
    if match is None:
        sql = (
            "SELECT q.document, q.n FROM quote q JOIN document d ON d.id = q.document"
            f" WHERE {where} ORDER BY d.published IS NULL, d.published DESC, d.path, q.n LIMIT ?"
        )
        rows = index.rows(sql, (by, *scope.parameters, limit))
    else:
        sql = (
            "SELECT q.document, q.n FROM wording JOIN quote q ON q.id = wording.rowid"
            f" JOIN document d ON d.id = q.document WHERE wording MATCH ? AND {where}"
            " ORDER BY wording.rank LIMIT ?"
        )
        rows = index.rows(sql, (match, by, *scope.parameters, limit))
    return [(int(d), int(n)) for d, n in rows]


def around(index: Index, piece: Piece) -> Piece:
    """``piece`` with the pieces before and behind it."""
    rows = index.rows(
        f"SELECT {_PIECE}, 0 FROM chunk c JOIN body b ON b.id = c.id"
        " WHERE c.id BETWEEN ? AND ? AND c.document = ? ORDER BY c.id",
        (piece.id - 1, piece.id + 1, piece.document),
    )
    near = [_piece(*row) for row in rows]
    first = near[0]
    return Piece(
        piece.id, piece.document, first.start, first.line,
        tuple((a + p.start - first.start, b + p.start - first.start)
              for p in near for a, b in p.sentences),
        "".join(p.text for p in near), piece.rank,
    )  # fmt: skip


def source(index: Index, document: int, start: int, end: int, line: int) -> Source:
    """Where a place of a document is, without reading its text."""
    name, path, title, published, pages = index.rows(
        "SELECT name, path, title, published, pages FROM document WHERE id = ?", (document,)
    ).fetchone()
    page = bisect_right(json.loads(pages), start) or None if pages else None
    return Source(name, path, title, published, line, start, end, page)


_PIECE = "c.id, c.document, c.start, c.line, c.sentences, b.text"


def _piece(
    id: int, document: int, start: int, line: int, bounds: bytes, body: bytes, rank: float
) -> Piece:
    return Piece(id, document, start, line, tuple(unpack_bounds(bounds)), unpack_text(body), rank)


def wordings(
    index: Index, match: str, limit: int, allowed: Collection[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """Quotations whose words hold ``match``, the best first, as (document, n); of those that are
    ``allowed``, where that is given."""
    rows = index.rows(
        "SELECT q.document, q.n FROM (SELECT rowid AS id, rank AS r FROM wording WHERE wording"
        " MATCH ? ORDER BY rank LIMIT ?) w JOIN quote q ON q.id = w.id ORDER BY w.r",
        (match, -1 if allowed is not None else limit),
    )
    out: list[tuple[int, int]] = []
    for place in rows:
        if allowed is None or place in allowed:
            out.append(place)
            if len(out) == limit:
                break
    return out
