"""A window -> SQL for its documents."""

from __future__ import annotations

import re
from typing import Any

from ..model import Window

PATH = "path_text(f.path) || p.member"
"""The path of a document, of path p and file f."""


BY_DAY = " ORDER BY d.published IS NULL, d.published, d.path"
NEWEST = " ORDER BY d.published DESC, d.path"


def within(window: Window, table: str = "d") -> tuple[str, list[Any]]:
    """SQL for the documents of ``window``, and its parameters.

    A pattern without a folder matches file names too, and the beginning of an id.
    """
    where, parameters = ["1"], list[Any]()
    if window.since is not None:
        where.append(f"{table}.published >= ?")
        parameters.append(first_day(window.since))
    if window.until is not None:
        where.append(f"{table}.published <= ?")
        parameters.append(last_day(window.until))
    if window.doc is not None and _ID.fullmatch(window.doc):
        where.append(f"{table}.name = ?")
        parameters.append(window.doc)
    elif window.doc is not None:
        pattern = window.doc.removeprefix("./")
        where.append(
            f"({table}.name GLOB ? OR {table}.id IN (SELECT p.document FROM path p JOIN file f"
            f" ON f.id = p.file WHERE {PATH} GLOB ? OR {PATH} GLOB ?))"
        )
        prefix = pattern.lower() + "*" if _BEGINNING.fullmatch(pattern) else pattern
        parameters += [prefix, pattern, "*/" + pattern]
    return " AND ".join(where), parameters


_ID = re.compile("[0-9a-f]{12}")
_BEGINNING = re.compile("[0-9a-fA-F]{4,12}")


def first_day(date: str) -> str:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD, for comparing as text."""
    return date + {4: "-01-01", 7: "-01"}.get(len(date), "")


def last_day(date: str) -> str:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD, or one after it: enough for comparing."""
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")
