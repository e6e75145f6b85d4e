"""The documents of the index: all of a window, one by its name, their paths."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from ..errors import UnknownError, UsageError
from ..model import DocumentRecord, Source, Window
from .filters import BY_DAY, PATH, within
from .keys import iso_time
from .pages import Database

TOGETHER = 500
"""So many documents are looked up at once where any number may come."""


def documents(db: Database, window: Window, warned: bool, limit: int) -> list[DocumentRecord]:
    """The documents, by day of publication (undated ones last), then by path; at most ``limit``
    (0 = all), and with ``warned`` only those with a warning."""
    where, parameters = _documents(window, warned)
    rows = db.execute(
        f"SELECT {_RECORD} FROM document d WHERE {where}{BY_DAY} LIMIT ?",
        (*parameters, limit or -1),
    ).fetchall()
    everything = window == Window() and not warned and not limit
    paths = _paths(db, None if everything else [r[0] for r in rows])
    if any(r[0] is None for r in rows):
        raise apsw.CorruptError("a document without a number")
    return [_record(r, paths[r[0]]) for r in rows]


def each_document(db: Database, window: Window) -> Iterator[DocumentRecord]:
    """What ``documents`` gives, so few held at a time that any number may come."""
    where, parameters = within(window)
    rows = db.execute(f"SELECT d.id FROM document d WHERE {where}{BY_DAY}", parameters)
    numbers = [number for (number,) in rows]
    for at in range(0, len(numbers), TOGETHER):
        some = numbers[at : at + TOGETHER]
        marks = ", ".join("?" * len(some))
        found = db.execute(f"SELECT {_RECORD} FROM document d WHERE d.id IN ({marks})", some)
        records = {row[0]: row for row in found}
        paths = _paths(db, some)
        if records.keys() != set(some):
            raise apsw.CorruptError("a document without a number")
        yield from (_record(records[number], paths[number]) for number in some)


def count(db: Database, window: Window, warned: bool) -> int:
    """How many documents ``documents`` would give without a limit."""
    where, parameters = _documents(window, warned)
    row = db.execute(f"SELECT count(*) FROM document d WHERE {where}", parameters).fetchone()
    return int(row[0])


def has_file(db: Database, path: Path, root: Path) -> bool:
    """Whether the file at ``path`` is indexed; ``root`` is where paths of the index start."""
    stored = _stored(path, root)
    return db.execute("SELECT 1 FROM file WHERE path = ?", (stored,)).fetchone() is not None


def of_file(db: Database, path: Path, root: Path) -> frozenset[str]:
    """The ids of the documents that the file at ``path`` held when it was indexed, and of the one
    whose bytes it has now."""
    rows = db.execute(
        "SELECT d.name FROM file f JOIN path p ON p.file = f.id"
        " JOIN document d ON d.id = p.document WHERE f.path = ?",
        (_stored(path, root),),
    )
    held = {name for (name,) in rows}
    now = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    held |= {name for (name,) in db.execute("SELECT name FROM document WHERE name = ?", (now,))}
    return frozenset(held)


def _stored(path: Path, root: Path) -> bytes:
    """A path as the index holds it: below ``root``, else from the top."""
    whole = Path(os.path.abspath(path))
    inside = whole.is_relative_to(root)
    return os.fsencode((whole.relative_to(root) if inside else whole).as_posix())


def unread(db: Database) -> list[tuple[str, str]]:
    """What could not be read when it was last indexed: (path, reason)."""
    rows = db.execute(
        "SELECT path_text(path), error FROM file WHERE error IS NOT NULL ORDER BY path"
    )
    kept = db.execute("SELECT value FROM meta WHERE key = 'unseen'").fetchone()
    unseen = [(path, reason) for path, reason in json.loads(kept[0])] if kept else []
    return [(path, reason) for path, reason in rows] + unseen


def document(db: Database, name: str) -> DocumentRecord:
    """The document that ``name`` means: its id or the beginning of it, a path, a file name or
    the beginning of one.

    Raises UsageError, naming near ones, where there is none or more than one.
    """
    rows = db.execute(f"SELECT {_RECORD} FROM document d WHERE d.name = ?", (name,)).fetchall()
    if not rows:  # else an id, which needs no look at all paths
        rows = db.execute(
            f"SELECT {_RECORD} FROM document d WHERE d.id IN (SELECT p.document"
            f" FROM path p JOIN file f ON f.id = p.file WHERE {PATH} = ?)",
            (name,),
        ).fetchall()
    if not rows and name:
        rows = db.execute(
            f"SELECT {_RECORD} FROM document d WHERE (length(?1) >= 4 AND d.name >= ?1"
            " AND d.name < ?1 || 'g') OR d.id IN (SELECT p.document FROM path p JOIN file f"
            f" ON f.id = p.file WHERE lower({PATH}) = ?1"
            f" OR substr(lower({PATH}), -length(?1) - 1) = '/' || ?1) LIMIT 12",
            (name.lower(),),
        ).fetchall()
    if not rows and len(name) >= 4:
        begun = [d for d, paths in _paths(db, None).items() if _begins(paths, name.lower())]
        marks = ", ".join("?" * len(begun[:12]))
        rows = db.execute(
            f"SELECT {_RECORD} FROM document d WHERE d.id IN ({marks})", begun[:12]
        ).fetchall()
    if len(rows) == 1:
        return _record(rows[0], _paths(db, [rows[0][0]])[rows[0][0]])
    if rows:
        listed = ", ".join(f"{r[1]} ({r[2]})" for r in rows[:5])
        raise UsageError(f"'{name}' means more than one document: {listed}")
    near = _near_paths(db, name)
    hint = f"; near it: {', '.join(near)}" if near else "; 'gulfbrief docs' lists them"
    raise UnknownError(f"no document '{name}' in the index{hint}")


def _near_paths(db: Database, name: str) -> list[str]:
    from rapidfuzz import fuzz, process

    paths = [path for some in _paths(db, None).values() for path in some]
    found = process.extract(
        name, paths, scorer=fuzz.partial_ratio, processor=str.lower, limit=3, score_cutoff=70
    )
    return [p for p, _, _ in found]


def _paths(db: Database, documents: Collection[int] | None) -> dict[int, tuple[str, ...]]:
    """Document -> its paths, sorted."""
    out: dict[int, list[str]] = {}
    sql = f"SELECT p.document, {PATH} FROM path p JOIN file f ON f.id = p.file"
    if documents is None:
        rows = db.execute(sql).fetchall()
    else:
        rows = [r for d in documents for r in db.execute(f"{sql} WHERE p.document = ?", (d,))]
    for document, path in rows:
        out.setdefault(document, []).append(path)
    return {d: tuple(sorted(set(p))) for d, p in out.items()}


def document_number(db: Database, doc: str) -> int:
    row = db.execute("SELECT id FROM document WHERE name = ?", (doc,)).fetchone()
    if row is None:
        raise UnknownError(f"no document '{doc}' in the index")
    if row[0] is None:
        raise apsw.CorruptError("a document without a number")
    return int(row[0])


_RECORD = (
    "d.id, d.name, d.path, d.title, d.published, d.words, d.format, d.language, d.published_from,"
    " d.author, d.url, d.tags, d.indexed_at, d.warnings"
)


def _documents(window: Window, warned: bool) -> tuple[str, list[Any]]:
    where, parameters = within(window)
    return where + (" AND d.warnings IS NOT NULL" if warned else ""), parameters


def _record(row: Sequence[Any], paths: tuple[str, ...]) -> DocumentRecord:
    (_, name, path, title, published, words, format, language, published_from, author, url, tags,
     indexed_at, warnings) = row  # fmt: skip
    return DocumentRecord(
        Source(name, path, title, published), paths, words, format, language, published_from,
        author, url, tuple(json.loads(tags)) if tags else (), iso_time(indexed_at) or "",
        tuple(json.loads(warnings)) if warnings else (),
    )  # fmt: skip


def _begins(paths: Collection[str], low: str) -> bool:
    return any(path.rpartition("/")[2].lower().startswith(low) for path in paths)
