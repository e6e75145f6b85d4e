"""What completion offers from the index: quick looks at its names, no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice

from ..fold import fold, slug
from .filters import PATH
from .reader import Index
from .schema import TYPES


def names(index: Index, typed: str, most: int) -> list[tuple[str, str]]:
    """(a name or alias that starts with ``typed``, who that is), most mentioned first; where none
    does, the names in which a later word does. Case and accents do not matter."""
    start = fold(typed)
    found: dict[str, str] = {}
    for _, name, kind, texts in _meant(index, start):
        if len(found) >= most:
            break
        for text in texts[:1] if not typed else texts:
            what = TYPES[kind]
            found.setdefault(text, what if text == name else f"{name}, {what}")
    return list(found.items())[:most]


def ids(index: Index, typed: str, most: int) -> list[tuple[str, str]]:
    """(an actor's id, its name) for actors with a name or alias that starts with ``typed``."""
    found = ((id, name) for id, name, _, _ in _meant(index, fold(typed)))
    return list(dict.fromkeys(islice(found, most)))


_Meant = tuple[str, str, int, list[str]]  # id, name, number of the type, names that start so


def _meant(index: Index, start: str) -> Iterator[_Meant]:
    """The actors that the folded beginning of a name may mean, most mentioned first."""
    found = _starting(index, start)
    first = next(found, None)
    if first is not None:
        return chain([first], found)
    rows = index.rows(
        "SELECT i.text, n.text, a.type FROM actor a JOIN name n ON n.id = a.name"
        " JOIN name i ON i.id = a.id WHERE i.text LIKE '%-' || ? || '%' ESCAPE '\\'"
        " ORDER BY a.mentions DESC",
        (_escaped(slug(start)),),
    )
    return ((id, name, kind, [name]) for id, name, kind in rows)


def _starting(index: Index, start: str) -> Iterator[_Meant]:
    """The actors with a name or alias that starts so. SQL finds those that are plain letters, and
    hands over all with others to be folded here."""
    rows = index.rows(
        "SELECT i.text, n.text, a.type, a.aliases"
        " FROM actor a JOIN name n ON n.id = a.name JOIN name i ON i.id = a.id"
        " WHERE n.text LIKE ?1 || '%' ESCAPE '\\' OR i.text LIKE ?1 || '%' ESCAPE '\\'"
        " OR a.aliases LIKE '%\"' || ?1 || '%' ESCAPE '\\'"
        " OR length(CAST(n.text AS BLOB)) > length(n.text)"
        " OR length(CAST(a.aliases AS BLOB)) > length(a.aliases)"
        " ORDER BY a.mentions DESC",
        (_escaped(start),),
    )
    for id, name, kind, aliases in rows:
        known = dict.fromkeys([name, *(text for text, _ in json.loads(aliases or "[]"))])
        texts = [text for text in known if fold(text).startswith(start)]
        if texts or id.startswith(start):
            yield id, name, kind, texts or [name]


def documents(index: Index, typed: str, most: int) -> list[tuple[str, str]]:
    """(a path, file name or id that starts with ``typed``, what it is)."""
    pattern = _escaped(typed)
    files = "FROM path p JOIN file f ON f.id = p.file JOIN document d ON d.id = p.document"
    paths = index.rows(
        f"SELECT {PATH} AS whole, coalesce(d.title, d.name) {files}"
        " WHERE whole LIKE ?1 || '%' ESCAPE '\\' ORDER BY whole LIMIT ?2",
        (pattern, most),
    ).fetchall()
    if not paths and typed:
        paths = [
            (path.rpartition("/")[2], path)
            for (path,) in index.rows(
                f"SELECT {PATH} AS whole {files}"
                " WHERE whole LIKE '%/' || ?1 || '%' ESCAPE '\\' LIMIT ?2",
                (pattern, most),
            )
            if path.rpartition("/")[2].lower().startswith(typed.lower())
        ]
    ids = index.rows(
        "SELECT name, coalesce(title, path) FROM document WHERE name LIKE ?1 || '%' ESCAPE '\\'"
        " ORDER BY name LIMIT ?2",
        (pattern, most),
    ).fetchall()
    return [*paths, *ids][:most]


def _escaped(text: str) -> str:
    return "".join("\\" + c if c in "\\%_" else c for c in text)
