"""Who is who over all documents, and what each actor sums up to.

The writer notes which blocks and actors a batch touched; these are resolved again and no other, so
that ten changed documents cost what ten documents touch.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..decisions import Decisions
from ..fold import slug, words
from .aggregation import ALIKE, COLUMNS, Names, aggregate
from .keys import hash32
from .pages import Database
from .schema import TYPES
from .short_forms import join_short_forms, reopen
from .sums import update_sums, watch

if TYPE_CHECKING:
    from ..link import Evidence


def resolve_entities(db: Database, decisions: Decisions | None = None) -> None:
    """Decide the pending blocks and sum up the touched actors, within the caller's transaction."""
    watch(db)
    ties = _judged(db, decisions)
    if db.execute("SELECT 1 FROM pending").fetchone():
        reopen(db)
        _merge(db, ties, decisions)
        db.execute("DELETE FROM pending")
        _sum_up(db)
        join_short_forms(db, decisions)
    _sum_up(db)
    db.execute("DELETE FROM touched")
    update_sums(db)


def _sum_up(db: Database) -> None:
    """Sum up the touched actors anew."""
    before = _called(db)
    db.execute("DELETE FROM actor WHERE id IN (SELECT actor FROM touched)")
    rows = (
        row
        for touched in db.execute("SELECT actor FROM touched ORDER BY actor").fetchall()
        for row in db.execute(
            f"SELECT {COLUMNS} FROM local l CROSS JOIN document d ON d.id = l.document"
            f" WHERE l.actor = ? GROUP BY {ALIKE}",
            touched,
        )
    )
    db.executemany(
        "INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", aggregate(db, rows)
    )
    after = _called(db)
    db.executemany("DELETE FROM called WHERE word = ? AND actor = ?", sorted(before - after))
    db.executemany("INSERT OR IGNORE INTO called VALUES (?, ?)", sorted(after - before))
    db.execute(
        "INSERT OR IGNORE INTO freed SELECT actor FROM touched"
        " WHERE actor NOT IN (SELECT id FROM actor)"
    )


def _called(db: Database) -> set[tuple[str, int]]:
    """Each word of a name of a touched actor, and its number."""
    found: set[tuple[str, int]] = set()
    actors = db.execute(
        "SELECT a.id, n.text, m.text, a.aliases FROM touched t JOIN actor a ON a.id = t.actor"
        " JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
    )
    for id, own, name, aliases in actors.fetchall():
        texts = {own, name, *(text for text, _ in json.loads(aliases))} if aliases else {own, name}
        found.update((word, id) for text in texts for word in words(text))
    return found


def _judged(db: Database, decisions: Decisions | None) -> dict[int, int]:
    """The blocks that decisions speak of, each with the one that it is decided with; where the
    decisions have changed, these blocks become pending."""
    row = db.execute("SELECT value FROM meta WHERE key = 'judged'").fetchone()
    before: list[Any] = json.loads(row[0]) if row else [[], []]
    now = [[j.verdict, j.a, j.b] for j in decisions.judgements] if decisions else []
    if not now and not before[0]:
        return {}
    from .. import link

    blocks = {hash32(block): hash32(with_) for block, with_ in link.judged(decisions).items()}
    if now != before[0]:
        db.executemany(
            "INSERT OR IGNORE INTO pending VALUES (?)", [(b,) for b in {*blocks, *before[1]}]
        )
        value = json.dumps([now, sorted(blocks)])
        db.execute("INSERT OR REPLACE INTO meta VALUES ('judged', ?)", (value,))
    return blocks


def _merge(db: Database, ties: dict[int, int], decisions: Decisions | None) -> None:
    """Decide who is who in the pending blocks, those together that decisions tie."""
    from .. import link

    tied: dict[int, list[int]] = defaultdict(list)
    for block, lot in ties.items():
        tied[lot].append(block)
    pending = [block for (block,) in db.execute("SELECT block FROM pending")]
    ids, names = _Ids(db), Names(db)
    moves: list[tuple[int, int, int]] = []
    touched: set[int] = set()
    for lot in sorted({ties.get(block, block) for block in pending}):
        blocks = tied.get(lot, [lot])
        known, unknown = _known(db, blocks, names), _unknown(db, blocks, names)
        # Every record of a known actor says the same: the first document's stands for all.
        records = [
            link.DocActorRecord(
                (same[0].doc,), *same[0].evidence, others=sum(r.docs for r in same) - 1
            )
            for same in known.values()
        ]
        records += [
            link.DocActorRecord(tuple(rows), *evidence) for evidence, rows in unknown.items()
        ]
        for actor in link.link(records, decisions):
            number = ids[actor.id]
            for record in actor.records:
                if record.known:
                    for row in known[record.key]:
                        if row.actor != number:
                            db.execute(_MOVE_KNOWN, (number, row.block, *row.names, row.actor))
                            touched.update((row.actor, number))
                    continue
                rows = unknown[record.evidence]
                for doc in record.docs:
                    _, document, n, before = rows[doc]
                    if before != number:
                        moves.append((number, document, n))
                        touched.update((before, number))
    db.executemany("UPDATE local SET actor = ? WHERE document = ? AND n = ?", moves)
    db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(t,) for t in sorted(touched)])


_MOVE_KNOWN = (
    "UPDATE local SET actor = ? WHERE block = ? AND known = 1 AND name = ? AND key IS ?"
    " AND actor = ?"
)

_ROWS = "FROM local l CROSS JOIN document d ON d.id = l.document WHERE l.block = ? AND l.known = ?"
"""Of a block; CROSS: SQLite would, for its counts of rows, go through all of table local."""


class _Known(NamedTuple):
    """A known actor as documents know it that name it alike."""

    doc: str  # the first of them
    evidence: Evidence
    block: int
    names: tuple[int, int | None]  # name and key
    actor: int
    docs: int


def _known(db: Database, blocks: Sequence[int], names: Names) -> dict[str, list[_Known]]:
    """The known actors of ``blocks`` by their keys."""
    rows = [
        _Known(doc, _row_evidence(names, True, name, key, *rest), block, (name, key), actor, docs)
        for block in blocks
        for doc, docs, actor, name, key, *rest in db.execute(
            "SELECT min(d.name), count(*), l.actor, l.name, l.key, l.type, l.gender, l.roles"
            f" {_ROWS} GROUP BY l.name, l.key, l.actor",
            (block, 1),
        )
    ]
    out: dict[str, list[_Known]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.doc, r.evidence[0])):
        out[row.evidence[0]].append(row)
    return out


def _unknown(
    db: Database, blocks: Sequence[int], names: Names
) -> dict[Evidence, dict[str, tuple[str, int, int, int]]]:
    """What is told of the unknown actors of ``blocks``, and by whom: the document's id -> that id,
    its number, the number of the actor within it, and who that is so far."""
    alike: dict[tuple[Any, ...], list[tuple[str, int, int, int]]] = defaultdict(list)
    for block in blocks:
        for row in db.execute(
            "SELECT d.name, l.document, l.n, l.actor, l.name, l.key, l.type, l.gender, l.roles"
            f" {_ROWS}",
            (block, 0),
        ):
            alike[row[4:]].append(row[:4])
    out: dict[Evidence, dict[str, tuple[str, int, int, int]]] = defaultdict(dict)
    for evidence, rows in alike.items():
        out[_row_evidence(names, False, *evidence)].update((row[0], row) for row in rows)
    return out


def _row_evidence(
    names: Names, known: bool, name: int, key: int | None, type: int, gender: str | None,
    roles: str | None,
) -> Evidence:  # fmt: skip
    """What a row of table local tells of an actor."""
    text = names[name]
    given = json.loads(roles) if roles else ()
    return (
        names[key] if key else slug(text),  # not stored where it is the name's slug
        text, TYPES[type], known, gender, tuple(r[0] for r in given),
        tuple(sorted({r[1] for r in given if r[1]})),
    )  # fmt: skip


class _Ids:
    """The id of an actor -> its number among the names, made where there is none."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def __getitem__(self, text: str) -> int:
        row = self.db.execute("SELECT id FROM name WHERE text = ?", (text,)).fetchone()
        if row is None:
            row = self.db.execute(
                "INSERT INTO name (text) VALUES (?) RETURNING id", (text,)
            ).fetchone()
        return int(row[0])
