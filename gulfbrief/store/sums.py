"""Sums over documents that are kept of the actors in many of them, and of all sentences: brought in
line with the documents that come and go, so that no question adds them up.

A document counts from when actors are resolved (table unsummed holds those that do not count yet)
until it is taken out; where its rows of table local come to mean another actor, the difference
counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from itertools import pairwise

from .actor_documents import (
    ActorDocument,
    LocalRow,
    summed,
    together,
    unpack_company,
    unpack_documents,
)
from .codec import pack_numbers
from .pages import Database

MANY = 128
"""Sums are kept of the actors that so many documents name, which an index lists (schema.sql); of
others they are quickly made."""

AT_ONCE = 500_000
"""So many changes are held in memory."""


class Sums:
    """Changes to the sums, which ``put`` writes."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._clear()

    def _clear(self) -> None:
        self.documents: dict[int, dict[int, ActorDocument | None]] = defaultdict(dict)
        self.company: dict[int, Counter[int]] = defaultdict(Counter)
        self.sentences = 0
        self.held = 0

    def drop(self, document: int) -> None:
        """Before a document is taken out: it no longer counts."""
        self.db.execute("DELETE FROM unsummed WHERE document = ?", (document,))
        if self.db.changes():
            return
        row = self.db.execute("SELECT sentences FROM document WHERE id = ?", (document,))
        self.sentences -= row.fetchone()[0]
        known = self.db.execute(
            "SELECT s.actor FROM local l JOIN sums s ON s.actor = l.actor WHERE l.document = ?",
            (document,),
        )
        self.take(document, {actor for (actor,) in known}, {})

    def add(self, document: int, wanted: Container[int]) -> None:
        """Count a document for the actors ``wanted`` of those that it knows."""
        for actor, one, company in _of_document(self.db, document, wanted, {}):
            self.documents[actor][document] = one
            self.company[actor].update(company)
            self._held(1 + len(company))

    def take(self, document: int, wanted: Container[int], before: Mapping[int, int]) -> None:
        """Count it no longer; ``before`` says which of its rows meant whom when it was counted,
        where they have come to mean another actor."""
        for actor, _, company in _of_document(self.db, document, wanted, before):
            self.documents[actor][document] = None
            self.company[actor].subtract(company)
            self._held(1 + len(company))

    def _held(self, more: int) -> None:
        self.held += more
        if self.held >= AT_ONCE:
            self.put()

    def put(self) -> None:
        """Write what has changed."""
        for actor in sorted(self.documents):
            documents, company = self._stored(actor)
            documents.update(self.documents[actor])
            company.update(self.company[actor])
            present = [d for _, d in sorted(documents.items()) if d is not None]
            others = sorted(other for other, n in company.items() if n)
            self.db.execute(
                "INSERT OR REPLACE INTO sums VALUES (?, ?, ?)",
                (
                    actor,
                    pack_numbers([_steps([d.document for d in present]),
                                  *([d[n] for d in present] for n in range(1, 5))]),
                    pack_numbers([_steps(others), [company[other] for other in others]]),
                ),
            )  # fmt: skip
        if self.sentences:
            self.db.execute(
                "INSERT INTO meta VALUES ('sentences', ?) ON CONFLICT (key) DO UPDATE"
                " SET value = CAST(value AS INTEGER) + excluded.value",
                (self.sentences,),
            )
        self._clear()

    def _stored(self, actor: int) -> tuple[dict[int, ActorDocument | None], Counter[int]]:
        row = self.db.execute(
            "SELECT documents, company FROM sums WHERE actor = ?", (actor,)
        ).fetchone()
        if row is None:
            return {}, Counter()
        documents, company = row
        return (
            {one.document: one for one in unpack_documents(documents)},
            Counter(unpack_company(company)),
        )


def watch(db: Database) -> None:
    """Note from now on which rows of documents that count come to mean another actor."""
    db.execute("DROP TRIGGER IF EXISTS temp.moving; DROP TABLE IF EXISTS temp.moved")
    db.execute(
        "CREATE TEMP TABLE moved (document INTEGER, n INTEGER, actor INTEGER,"
        " PRIMARY KEY (document, n)) WITHOUT ROWID"
    )
    if db.execute("SELECT 1 FROM sums LIMIT 1").fetchone():
        db.execute(
            "CREATE TEMP TRIGGER moving AFTER UPDATE OF actor ON main.local"
            " WHEN OLD.actor <> NEW.actor AND NOT EXISTS"
            " (SELECT 1 FROM main.unsummed u WHERE u.document = OLD.document)"
            " BEGIN INSERT OR IGNORE INTO moved VALUES (OLD.document, OLD.n, OLD.actor); END"
        )


def update_sums(db: Database) -> None:
    """Bring the sums in line with the documents and with what rows mean now; actors are resolved.
    ``watch`` was called before."""
    kept = {actor for (actor,) in db.execute("SELECT actor FROM sums")}
    many = {a for (a,) in db.execute(f"SELECT id FROM actor WHERE documents >= {MANY}")}
    db.executemany("DELETE FROM sums WHERE actor = ?", [(a,) for a in sorted(kept - many)])
    new = many - kept
    added = {d for (d,) in db.execute("SELECT document FROM unsummed")}
    moved: dict[int, dict[int, int]] = defaultdict(dict)
    for document, n, actor in db.execute(
        "SELECT m.document, m.n, m.actor FROM temp.moved m JOIN local l"
        " ON l.document = m.document AND l.n = m.n WHERE l.actor <> m.actor"
    ):
        moved[document][n] = actor
    todo = added | moved.keys()
    for actor in new:
        todo.update(
            d for (d,) in db.execute("SELECT document FROM local WHERE actor = ?", (actor,))
        )
    sums = Sums(db)
    for document in sorted(todo):
        if document in added:
            sums.add(document, many)
        elif document in moved:
            sums.take(document, many & kept, moved[document])
            sums.add(document, many)
        else:
            sums.add(document, new)
    ((sums.sentences,),) = db.execute(
        "SELECT coalesce(sum(d.sentences), 0) FROM unsummed u JOIN document d ON d.id = u.document"
    ).fetchall()
    sums.put()
    db.execute("DELETE FROM unsummed; DROP TRIGGER IF EXISTS temp.moving; DROP TABLE temp.moved")


def _of_document(
    db: Database, document: int, wanted: Container[int], before: Mapping[int, int]
) -> Iterator[tuple[int, ActorDocument, Counter[int]]]:
    """Of each actor ``wanted`` that a document knows what it has of it, and whom sentences name
    with it; ``before`` as in ``Sums.take``."""
    who: dict[int, int] = {}
    rows: dict[int, list[LocalRow]] = defaultdict(list)
    for n, actor, *row in db.execute(
        "SELECT n, actor, mentions, says, subject FROM local WHERE document = ? ORDER BY n",
        (document,),
    ):
        who[n] = actor = before.get(n, actor)
        if actor in wanted:
            rows[actor].append(LocalRow(*row))
    if not rows:
        return
    published, kinds, company = db.execute(
        "SELECT published, kinds, company FROM document WHERE id = ?", (document,)
    ).fetchone()
    others = together(company, who, wanted)
    for actor, of_actor in rows.items():
        one = summed(document, published, kinds, of_actor)
        yield actor, one, others.get(actor, Counter())


def _steps(numbers: list[int]) -> list[int]:
    """Each number as what it is more than the one before."""
    return [b - a for a, b in pairwise([0, *numbers])]
