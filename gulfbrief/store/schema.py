"""The tables of the index (schema.sql) and their version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .pages import Database

if TYPE_CHECKING:
    from ..model import ActorType

NUMBER = 12
"""The schema's number. A change of schema.sql, or of how texts and findings are packed, counts it
up; an older index is rebuilt from its files."""

APPLICATION = 0x67756C66  # "gulf": a mark in the file's head that tells it from other databases

TYPES: tuple[ActorType, ...] = ("person", "country", "organisation", "place")
"""What the numbers of the columns ``type`` mean."""


def make(db: Database, kept: Sequence[tuple[str, str]]) -> None:
    """Make the tables, with the notes ``kept`` of an index that is rebuilt."""
    from importlib.resources import files

    script = files(__package__).joinpath("schema.sql").read_text("utf-8")
    db.execute(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION}; {script};"
        f"PRAGMA user_version = {NUMBER};"
    )
    db.executemany("INSERT INTO meta VALUES (?, ?)", kept)
    db.execute("COMMIT")
