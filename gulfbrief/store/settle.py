"""Who is who over all documents, and what each actor sums up to.

The writer notes which blocks and actors a batch touched; settling decides those again and no other,
so that ten changed documents cost what ten documents touch.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..decisions import Decisions
from .sums import COLUMNS, ORDER, Names, sums

if TYPE_CHECKING:
    from ..find.merge import DocActorRecord


def settle(db: sqlite3.Connection, decisions: Decisions | None = None) -> None:
    """Decide the pending blocks and sum up the touched actors, within the caller's transaction."""
    judged = _judged(db, decisions)
    pending = {int(r[0]) for r in db.execute("SELECT block FROM pending")}
    if pending:
        names = Names(db)
        for blocks in _tied(db, pending, judged):
            _merge(db, names, blocks, decisions)
        db.execute("DELETE FROM pending")
    db.execute("DELETE FROM actor WHERE id IN (SELECT actor FROM touched)")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM touched t JOIN local l ON l.actor = t.actor"
        f" JOIN document d ON d.id = l.document ORDER BY {ORDER}"
    )
    db.executemany("INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", sums(db, rows))
    db.execute("DELETE FROM touched")


def _judged(db: sqlite3.Connection, decisions: Decisions | None) -> dict[str, str]:
    """The blocks that decisions speak of; where these have changed, they become pending."""
    row = db.execute("SELECT value FROM meta WHERE key = 'judged'").fetchone()
    before: list[Any] = json.loads(row[0]) if row else [[], []]
    now = [[j.verdict, j.a, j.b] for j in decisions.judgements] if decisions else []
    if not now and not before[0]:
        return {}
    from ..find.merge import judged

    blocks = judged(decisions)
    if now != before[0]:
        db.executemany(
            "INSERT OR IGNORE INTO pending SELECT id FROM name WHERE text = ?",
            [(b,) for b in sorted({*blocks, *map(str, before[1])})],
        )
        value = json.dumps([now, sorted(blocks)])
        db.execute("INSERT OR REPLACE INTO meta VALUES ('judged', ?)", (value,))
    return blocks


def _tied(db: sqlite3.Connection, pending: set[int], judged: dict[str, str]) -> Iterator[list[int]]:
    """The pending blocks, those together that are decided together."""
    ties: dict[str, list[int]] = {}
    for block, stands_for in judged.items():
        row = db.execute("SELECT id FROM name WHERE text = ?", (block,)).fetchone()
        if row is not None:
            ties.setdefault(stands_for, []).append(int(row[0]))
    groups = [g for g in ties.values() if pending.intersection(g)]
    yield from groups
    for alone in sorted(pending.difference(*ties.values())):
        yield [alone]


def _merge(
    db: sqlite3.Connection, names: Names, blocks: list[int], decisions: Decisions | None
) -> None:
    """Decide who is who in one block (or in several that judgements tie)."""
    from ..find.merge import merge

    marks = ",".join("?" * len(blocks))
    rows = db.execute(
        f"SELECT {_LOCAL} FROM local l JOIN document d ON d.id = l.document"
        f" WHERE l.block IN ({marks}) AND l.known = 0",
        blocks,
    ).fetchall()
    # Every record of a known actor says the same: one stands for all.
    known = db.execute(
        f"SELECT {_LOCAL} FROM local l JOIN document d ON d.id = l.document WHERE l.id IN"
        f" (SELECT min(id) FROM local WHERE block IN ({marks}) AND known = 1 GROUP BY key)",
        blocks,
    ).fetchall()
    places = {(r[2], names[r[3]]): r for r in (*rows, *known)}
    for actor in merge([_record(r, names) for r in places.values()], decisions):
        number = _number(db, actor.id)
        for member in actor.members:
            row = places[member]
            if row[4]:
                _move(db, "key = ? AND known = 1", row[3], number)
            elif row[1] != number:
                _move(db, "id = ?", row[0], number)


_LOCAL = "l.id, l.actor, d.name, l.key, l.known, l.name, l.type, l.gender, l.aliases, l.roles"


def _move(db: sqlite3.Connection, where: str, value: int, actor: int) -> None:
    """Make local actors be ``actor``, and note who lost and who gained."""
    changed = db.execute(
        f"SELECT DISTINCT actor FROM local WHERE {where} AND actor != ?", (value, actor)
    ).fetchall()
    if changed:
        db.execute(f"UPDATE local SET actor = ? WHERE {where}", (actor, value))
        db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [*changed, (actor,)])


def _record(row: Any, names: Names) -> DocActorRecord:
    from ..find.merge import DocActorRecord

    _, _, doc, key, known, name, kind, gender, aliases, roles = row
    told = json.loads(roles) if roles else []
    return DocActorRecord(
        doc, names[key], names[name], kind, bool(known),
        tuple((names[a], n) for a, n in json.loads(aliases)) if aliases else ((names[name], 1),),
        gender, tuple(r[0] for r in told), tuple(sorted({r[1] for r in told if r[1]})),
    )  # fmt: skip


def _number(db: sqlite3.Connection, text: str) -> int:
    row = db.execute("SELECT id FROM name WHERE text = ?", (text,)).fetchone()
    if row is None:
        row = db.execute("INSERT INTO name (text) VALUES (?) RETURNING id", (text,)).fetchone()
    return int(row[0])
