"""What completion offers from the index: quick looks at its names and paths, no more."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import chain, islice

from ..fold import fold, slug, words
from .keys import path_text
from .pages import Database
from .schema import TYPES

Offered = list[tuple[str, str]]  # a value, what it is


def names(db: Database, typed: str, most: int) -> Offered:
    """(a name or alias that starts with ``typed``, who that is), most mentioned first; where none
    does, the names in which a later word does. Case and accents do not matter."""
    found: dict[str, str] = {}
    for _, name, kind, texts in _meant(db, fold(typed)):
        if len(found) >= most:
            break
        for text in texts[:1] if not typed else texts:
            what = TYPES[kind]
            found.setdefault(text, what if text == name else f"{name}, {what}")
    return list(found.items())[:most]


def ids(db: Database, typed: str, most: int) -> Offered:
    """(an actor's id, its name) for actors with a name or alias that starts with ``typed``."""
    found = ((id, name) for id, name, _, _ in _meant(db, fold(typed)))
    return list(dict.fromkeys(islice(found, most)))


_Meant = tuple[str, str, int, list[str]]  # id, name, number of the type, names that start so


def _meant(db: Database, start: str) -> Iterator[_Meant]:
    """The actors that the folded beginning of a name may mean, most mentioned first."""
    numbers = _called(db, start)
    found = _starting(db, numbers, start)
    first = next(found, None)
    if first is not None:
        return chain([first], found)
    later = f"-{slug(start)}"
    return ((i, name, kind, [name]) for i, name, kind, _ in _actors(db, numbers) if later in i)


def _called(db: Database, start: str) -> list[int]:
    """The numbers of the actors whose names have, taken together, the words of ``start``, of the
    last one its beginning; most mentioned first."""
    where, parameters = "1", list[str]()
    *whole, last = words(start) or [""]
    for word in whole:
        where += " AND id IN (SELECT actor FROM called WHERE word = ?)"
        parameters.append(word)
    if last:
        where += " AND id IN (SELECT actor FROM called WHERE word >= ? AND word < ?)"
        parameters += [last, last + chr(0x10FFFF)]
    elif start:  # signs alone begin no name
        return []
    rows = db.execute(f"SELECT id FROM actor WHERE {where} ORDER BY mentions DESC, id", parameters)
    return [number for (number,) in rows]


def _starting(db: Database, numbers: list[int], start: str) -> Iterator[_Meant]:
    """Those of the actors with a name, alias or id that starts so."""
    for id, name, kind, aliases in _actors(db, numbers):
        known = dict.fromkeys([name, *(text for text, _ in json.loads(aliases or "[]"))])
        texts = [text for text in known if fold(text).startswith(start)]
        if texts or id.startswith(start):
            yield id, name, kind, texts or [name]


def _actors(db: Database, numbers: list[int]) -> Iterator[tuple[str, str, int, str | None]]:
    """Id, name, number of the type and aliases (JSON) of each, read when its turn comes."""
    sql = (
        "SELECT i.text, n.text, a.type, a.aliases"
        " FROM actor a JOIN name n ON n.id = a.name JOIN name i ON i.id = a.id WHERE a.id = ?"
    )
    for number in numbers:
        yield from db.execute(sql, (number,))


def documents(db: Database, typed: str, most: int) -> Offered:
    """(a path, file name or id that starts with ``typed``, what it is); paths and file names with
    other letters of a, A, b, B... only where none has those that were typed."""
    paths = _paths(db, typed, most) or _whatever_case(db, typed, most)
    ids = db.execute(
        "SELECT name, coalesce(title, path) FROM document WHERE name >= ?1 AND name < ?1 || 'g'"
        " ORDER BY name LIMIT ?2",
        (typed.lower(), most),
    ).fetchall()
    return [*paths, *ids][:most]


_PATHS = (
    "SELECT f.path, p.member, d.title, d.name FROM file f CROSS JOIN path p ON p.file = f.id"
    " JOIN document d ON d.id = p.document"
)


def _paths(db: Database, typed: str, most: int) -> Offered:
    """The paths that start with ``typed``, letter for letter, and what each is."""
    start = os.fsencode(typed)
    within = [  # files that a document within is typed of: archive.zip!inner
        (start[:at], path_text(start[at:])) for at, c in enumerate(start) if c == ord("!")
    ]
    rows = db.execute(
        f"{_PATHS} WHERE f.path >= ? AND f.path < ? ORDER BY f.path, p.member LIMIT ?",
        (start, start + b"\xff", most),
    ).fetchall()
    for path, member in within:
        rows += db.execute(
            f"{_PATHS} WHERE f.path = ? AND p.member >= ? AND p.member < ?"
            " ORDER BY p.member LIMIT ?",
            (path, member, member + chr(0x10FFFF), most),
        ).fetchall()
    return _told(rows)[:most]


def _whatever_case(db: Database, typed: str, most: int) -> Offered:
    """The paths that start with ``typed`` where small letters and capitals are the same; where none
    does, the file names, and the path of each."""
    if not typed:
        return []
    whole = "(CAST(f.path AS TEXT) || p.member)"
    file_name = f"substr({whole}, length(rtrim({whole}, replace({whole}, '/', ''))) + 1)"
    begins = f"{whole} LIKE ?1 || '%' ESCAPE '\\'"
    rows = db.execute(
        f"{_PATHS} WHERE {begins} OR ({whole} LIKE '%/' || ?1 || '%' ESCAPE '\\'"
        f" AND {file_name} LIKE ?1 || '%' ESCAPE '\\') ORDER BY {begins} DESC, 1, 2 LIMIT ?2",
        ("".join("\\" + c if c in "\\%_" else c for c in typed), most),
    )
    low = typed.lower()
    found = _told(rows.fetchall())
    paths = [(path, about) for path, about in found if path.lower().startswith(low)]
    return paths or [(path.rpartition("/")[2], path) for path, _ in found]


def _told(rows: list[tuple[bytes, str, str | None, str]]) -> Offered:
    return [(path_text(path) + member, title or id) for path, member, title, id in rows]
