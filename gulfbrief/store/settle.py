"""Who is who over all documents, and what each actor sums up to.

The writer notes which blocks and actors a batch touched; settling decides those again and no other,
so that ten changed documents cost what ten documents touch.
"""

from __future__ import annotations

import sqlite3

from .sums import COLUMNS, ORDER, sums


def settle(db: sqlite3.Connection) -> None:
    """Decide the pending blocks and sum up the touched actors, within the caller's transaction."""
    _merge(db)
    db.execute("DELETE FROM pending")
    db.execute("DELETE FROM actor WHERE id IN (SELECT actor FROM touched)")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM touched t JOIN local l ON l.actor = t.actor"
        f" JOIN document d ON d.id = l.document ORDER BY {ORDER}"
    )
    db.executemany("INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", sums(db, rows))
    db.execute("DELETE FROM touched")


def _merge(db: sqlite3.Connection) -> None:
    """Until find/merge.py decides: an actor is who its document's key says."""
