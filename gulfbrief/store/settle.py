"""Who is who over all documents, and what each actor sums up to.

The writer notes which blocks and actors a batch touched; settling decides those again and no other,
so that ten changed documents cost what ten documents touch.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from ..decisions import Decisions
from ..fold import slug, words
from .numbers import number_of
from .schema import TYPES
from .sums import COLUMNS, ORDER, sums


def settle(db: sqlite3.Connection, decisions: Decisions | None = None) -> None:
    """Decide the pending blocks and sum up the touched actors, within the caller's transaction."""
    ties = _judged(db, decisions)
    if db.execute("SELECT 1 FROM pending").fetchone():
        _merge(db, ties, decisions)
        db.execute("DELETE FROM pending")
    _call(db, "DELETE FROM called WHERE word = ? AND actor = ?")
    db.execute("DELETE FROM actor WHERE id IN (SELECT actor FROM touched)")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM touched t JOIN local l ON l.actor = t.actor"
        f" JOIN document d ON d.id = l.document ORDER BY {ORDER}"
    )
    db.executemany("INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", sums(db, rows))
    _call(db, "INSERT OR IGNORE INTO called VALUES (?, ?)")
    db.execute(
        "INSERT OR IGNORE INTO freed SELECT actor FROM touched"
        " WHERE actor NOT IN (SELECT id FROM actor)"
    )
    db.execute("DELETE FROM touched")


def _call(db: sqlite3.Connection, sql: str) -> None:
    """Run ``sql`` on each word of a name of a touched actor, and its number."""
    actors = db.execute(
        "SELECT a.id, n.text, m.text, a.aliases FROM touched t JOIN actor a ON a.id = t.actor"
        " JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
    )
    for id, own, name, aliases in actors.fetchall():
        texts = [own, name, *(text for text, _ in json.loads(aliases))] if aliases else [own, name]
        db.executemany(sql, [(word, id) for word in {w for text in texts for w in words(text)}])


def _judged(db: sqlite3.Connection, decisions: Decisions | None) -> dict[int, int]:
    """The blocks that decisions speak of, each with the one that it is decided with; where the
    decisions have changed, these blocks become pending."""
    row = db.execute("SELECT value FROM meta WHERE key = 'judged'").fetchone()
    before: list[Any] = json.loads(row[0]) if row else [[], []]
    now = [[j.verdict, j.a, j.b] for j in decisions.judgements] if decisions else []
    if not now and not before[0]:
        return {}
    from ..find import merge

    blocks = {
        number_of(block): number_of(with_) for block, with_ in merge.judged(decisions).items()
    }
    if now != before[0]:
        db.executemany(
            "INSERT OR IGNORE INTO pending VALUES (?)", [(b,) for b in {*blocks, *before[1]}]
        )
        value = json.dumps([now, sorted(blocks)])
        db.execute("INSERT OR REPLACE INTO meta VALUES ('judged', ?)", (value,))
    return blocks


def _merge(db: sqlite3.Connection, ties: dict[int, int], decisions: Decisions | None) -> None:
    """Decide who is who in the pending blocks, those together that decisions tie."""
    from ..find import merge

    db.execute("CREATE TEMP TABLE IF NOT EXISTS asked (block INTEGER PRIMARY KEY, lot INTEGER)")
    db.execute("DELETE FROM temp.asked")
    db.execute("INSERT INTO temp.asked SELECT block, block FROM pending")
    db.executemany("INSERT OR REPLACE INTO temp.asked VALUES (?, ?)", list(ties.items()))
    ids = _Ids(db)
    moves: list[tuple[int, int, int]] = []
    touched: set[int] = set()
    for _, rows in groupby(_asked(db), key=lambda r: r[0]):
        known: dict[str, list[_Row]] = {}
        unknown: dict[tuple[str, str], _Row] = {}
        for row in map(_Row._make, rows):
            key = row.key_text or slug(row.name_text)  # not stored where it is the name's slug
            if row.known:
                known.setdefault(key, []).append(row)
            else:
                unknown[row.doc, key] = row
        # Every record of a known actor says the same: the first document's stands for all.
        records = [merge.DocActorRecord(*min(same).record(key)) for key, same in known.items()]
        records += [merge.DocActorRecord(*row.record(key)) for (_, key), row in unknown.items()]
        now = {row.actor_text: row.actor for same in known.values() for row in same}
        now |= {row.actor_text: row.actor for row in unknown.values()}
        for actor in merge.merge(records, decisions):
            number = now.get(actor.id) or ids[actor.id]
            for doc, key in actor.members:
                if (doc, key) in unknown:
                    row = unknown[doc, key]
                    if row.actor != number:
                        moves.append((number, row.document, row.n))
                        touched.update((row.actor, number))
                    continue
                for row in known[key]:
                    if row.actor != number:
                        db.execute(_MOVE_KNOWN, (number, row.block, row.name, row.key, row.actor))
                        touched.update((row.actor, number))
    db.executemany("UPDATE local SET actor = ? WHERE document = ? AND n = ?", moves)
    db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(t,) for t in sorted(touched)])


_MOVE_KNOWN = (
    "UPDATE local SET actor = ? WHERE block = ? AND known = 1 AND name = ? AND key IS ?"
    " AND actor = ?"
)


class _Row(NamedTuple):
    """An actor as one document knows it, or all documents where it is a known one."""

    lot: int
    doc: str
    document: int
    n: int
    block: int
    key: int | None
    key_text: str | None
    name: int
    name_text: str
    known: int
    type: int
    gender: str | None
    roles: str | None
    actor: int
    actor_text: str | None

    def record(self, key: str) -> tuple[Any, ...]:
        """The fields of a ``DocActorRecord``; ``key`` is its own in the document."""
        told = json.loads(self.roles) if self.roles else ()
        return (
            self.doc, key, self.name_text, TYPES[self.type], bool(self.known),
            ((self.name_text, 1),), self.gender, tuple(r[0] for r in told),
            tuple(sorted({r[1] for r in told if r[1]})),
        )  # fmt: skip


def _asked(db: sqlite3.Connection) -> Iterator[Any]:
    """The columns of ``_Row`` for the blocks that are asked for, lot by lot."""
    rows = (
        "SELECT a.lot, {} doc, l.document, l.n, l.block, l.key, k.text, l.name, m.text, l.known,"
        " l.type, l.gender, l.roles, l.actor, c.text FROM temp.asked a"
        " JOIN local l ON l.block = a.block AND l.known = {} JOIN document d ON d.id = l.document"
        " JOIN name m ON m.id = l.name LEFT JOIN name k ON k.id = l.key"
        " LEFT JOIN name c ON c.id = l.actor"
    )
    return db.execute(
        f"{rows.format('d.name', 0)} UNION ALL {rows.format('min(d.name)', 1)}"
        " GROUP BY l.block, l.name, l.key, l.actor ORDER BY 1, 2"
    )


class _Ids:
    """The id of an actor -> its number among the names, made where there is none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __getitem__(self, text: str) -> int:
        row = self.db.execute("SELECT id FROM name WHERE text = ?", (text,)).fetchone()
        if row is None:
            row = self.db.execute(
                "INSERT INTO name (text) VALUES (?) RETURNING id", (text,)
            ).fetchone()
        return int(row[0])
