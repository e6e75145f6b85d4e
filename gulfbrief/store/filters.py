"""Bounds on documents as SQL, and words as an FTS5 expression.

A ``match`` is an FTS5 expression; ``phrase`` makes the words of one harmless.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..model import Window

PATH = "path_text(f.path) || p.member"
"""The path of a document, of path p and file f."""


LAST = "last"
"""What ``Window.added`` says for the documents that the last run brought which brought any."""

BY_DAY = " ORDER BY d.published NULLS LAST, d.path"
"""As an index of table document has it: first pages are read without sorting all."""


def within(window: Window) -> tuple[str, list[Any]]:
    """SQL for the documents of ``window``, and its parameters.

    ``doc`` is a pattern for paths; one without a folder matches file names too, and one that is no
    pattern the beginning of a path, a file name or an id, or a folder.
    """
    where, parameters = ["1"], list[Any]()
    if window.since is not None:
        where.append("d.published >= ?")
        parameters.append(first_day(window.since))
    if window.until is not None:
        where.append("d.published <= ?")
        parameters.append(last_day(window.until))
    if window.doc is not None and _ID.fullmatch(window.doc):
        where.append("d.name = ?")
        parameters.append(window.doc)
    elif window.doc is not None:
        pattern = window.doc.removeprefix("./")
        where.append(
            f"(d.name GLOB ? OR d.id IN (SELECT p.document FROM path p JOIN file f"
            f" ON f.id = p.file WHERE {PATH} GLOB ? OR {PATH} GLOB ?))"
        )
        prefix = pattern.lower() + "*" if _BEGINNING.fullmatch(pattern) else pattern
        if not _PATTERN.search(pattern):
            pattern += "*"
        parameters += [prefix, pattern, "*/" + pattern]
    if window.added == LAST:
        where.append("d.indexed_at = (SELECT max(indexed_at) FROM document)")
    elif window.added is not None:
        where.append("d.indexed_at >= ?")
        parameters.append(int(datetime.fromisoformat(window.added).timestamp()))
    return " AND ".join(where), parameters


_ID = re.compile("[0-9a-f]{12}")
_BEGINNING = re.compile("[0-9a-fA-F]{4,12}")
_PATTERN = re.compile(r"[*?\[]")


def first_day(date: str) -> str:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD, for comparing as text."""
    return date + {4: "-01-01", 7: "-01"}.get(len(date), "")


def last_day(date: str) -> str:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD, or one after it: enough for comparing."""
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


@dataclass(frozen=True, slots=True)
class Scope:
    """SQL on ``d.id`` that bounds the documents, with its parameters."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: Scope) -> Scope:
        if not self.sql or not other.sql:
            return self if self.sql else other
        return Scope(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


EVERYWHERE = Scope()
"""All documents."""


def in_window(window: Window) -> Scope:
    """The documents of ``window``."""
    if window == Window():
        return EVERYWHERE
    sql, parameters = within(window)
    return Scope(sql, tuple(parameters))


def with_actor(actor: str) -> Scope:
    """The documents that know ``actor``."""
    return Scope(
        "d.id IN (SELECT l.document FROM name n JOIN local l ON l.actor = n.id WHERE n.text = ?)",
        (actor,),
    )


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotations are meant: those of documents of ``window`` (and of ``docs``, ids, and
    ``numbers``), by and about actors (ids), of ``kinds`` (all where empty); ``statements``: no
    thoughts and attitudes. ``numbers`` bounds those of actors only.
    """

    window: Window = Window()
    by: str | None = None
    about: str | None = None
    kinds: Collection[str] = ()
    statements: bool = False
    docs: Collection[str] | None = None
    numbers: Collection[int] | None = None

    @property
    def letters(self) -> set[str]:
        """The letters of ``document.kinds`` that are meant: capitals are thoughts and attitudes."""
        small = {kind[0] for kind in self.kinds} or {"d", "m", "i"}
        return small if self.statements else small | {letter.upper() for letter in small}


def headed(words: str) -> Scope:
    """The documents whose title holds folded ``words`` one behind the other."""
    return Scope("holds_words(d.title, ?)", (words,))


def sent_by(words: str) -> Scope:
    """The documents by whose author, or the sender's address, hold folded ``words``."""
    return Scope("(holds_words(d.author, ?) OR holds_words(d.tags, ?))", (words, words))


def holding(match: str) -> Scope:
    """The documents that hold ``match`` in one of their passages."""
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


def phrase(tokens: Iterable[str], *, prefix: bool = False, column: str | None = None) -> str:
    """Folded words as an FTS5 phrase; folded words hold no quotation mark."""
    words = f'"{" ".join(tokens)}"' + ("*" if prefix else "")
    return f"{{{column}}} : {words}" if column else words
