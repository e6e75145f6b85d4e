"""What completion offers from the index: quick looks at its names, no more."""

from __future__ import annotations

import json

from .reader import Index
from .schema import TYPES
from .windows import PATH


def names(index: Index, typed: str, most: int) -> list[tuple[str, str]]:
    """(a name or alias that starts with ``typed``, who that is), most mentioned first; case does
    not matter."""
    pattern = _escaped(typed)
    rows = index.rows(
        "SELECT n.text, a.type, a.aliases FROM actor a JOIN name n ON n.id = a.name"
        " WHERE n.text LIKE ?1 || '%' ESCAPE '\\' OR a.aliases LIKE '%\"' || ?1 || '%' ESCAPE '\\'"
        " ORDER BY a.mentions DESC LIMIT ?2",
        (pattern, most),
    )
    low = typed.casefold()
    found: dict[str, str] = {}
    for name, kind, aliases in rows:
        texts = [name, *(text for text, _ in json.loads(aliases or "[]"))]
        starting = [text for text in dict.fromkeys(texts) if text.casefold().startswith(low)]
        for text in starting[:1] if not typed else starting:
            what = TYPES[kind]
            found.setdefault(text, what if text == name else f"{name}, {what}")
    return list(found.items())[:most]


def ids(index: Index, typed: str, most: int) -> list[tuple[str, str]]:
    """(an actor's id, its name) for actors with a name or alias that starts with ``typed``."""
    rows = index.rows(
        "SELECT i.text, n.text FROM actor a JOIN name n ON n.id = a.name JOIN name i ON i.id = a.id"
        " WHERE i.text LIKE ?1 || '%' ESCAPE '\\' OR n.text LIKE ?1 || '%' ESCAPE '\\'"
        " OR a.aliases LIKE '%\"' || ?1 || '%' ESCAPE '\\' ORDER BY a.mentions DESC LIMIT ?2",
        (_escaped(typed), most),
    )
    return [(str(id), str(name)) for id, name in rows]


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
