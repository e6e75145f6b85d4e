"""The tables of the index (schema.sql) and their version."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import get_args

from ..model import ActorType
from .pages import Database

NUMBER = 11
"""The schema's number. A change of schema.sql, or of how texts and findings are packed, counts it
up; an older index is rebuilt from its files."""

APPLICATION = 0x67756C66  # "gulf": a mark in the file's head that tells it from other databases

TYPES: tuple[ActorType, ...] = get_args(ActorType)
"""What the numbers of the columns ``type`` mean."""


def make(db: Database, kept: Sequence[tuple[str, str]]) -> None:
    """Make the tables, with the notes ``kept`` of an index that is rebuilt."""
    script = files(__package__).joinpath("schema.sql").read_text("utf-8")
    db.execute(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION}; {script};"
        f"PRAGMA user_version = {NUMBER};"
    )
    db.executemany("INSERT INTO meta VALUES (?, ?)", kept)
    db.execute("COMMIT")
