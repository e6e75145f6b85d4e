"""The tables of the index (schema.sql) and their version."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import get_args

from ..model import ActorType

NUMBER = 5
"""The schema's number. A change of schema.sql, or of how texts and findings are packed, counts it
up; an older index is made anew from its files."""

APPLICATION = 0x67756C66  # "gulf": a mark in the file's head that tells it from other databases

TYPES: tuple[ActorType, ...] = get_args(ActorType)
"""What the numbers of the columns ``type`` mean."""


def make(db: sqlite3.Connection, number: int) -> None:
    """Make the tables, in place of those of an older ``number``, of which stay the paths (roots)
    and, as ``anew``, whether a document came from standard input."""
    kept: list[tuple[str, str]] = []
    drops = ""
    if number:
        kept = db.execute("SELECT key, value FROM meta WHERE key = 'roots'").fetchall()
        typed = db.execute("SELECT count(*) FROM file WHERE path = CAST('-' AS BLOB)").fetchone()
        kept.append(("anew", str(typed[0])))
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables.sort(key=lambda name: name != "vocabulary")  # which is a view of another
        own = (t for t in tables if not t.startswith(("passage_", "sqlite_")))
        drops = "".join(f"DROP TABLE {table};" for table in own)
    script = files(__package__).joinpath("schema.sql").read_text("utf-8")
    db.executescript(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION}; {drops} {script};"
        f"PRAGMA user_version = {NUMBER};"
    )
    db.executemany("INSERT INTO meta VALUES (?, ?)", kept)
    db.execute("COMMIT")
