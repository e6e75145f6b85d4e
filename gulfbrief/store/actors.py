"""The actors of the whole index: what they come to, their names, their company."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..model import Actor, RoleRecord, Source, Window
from .numbers import unpack_numbers
from .schema import TYPES
from .sums import COLUMNS, ORDER, sums
from .windows import within


def actors(
    db: sqlite3.Connection, type: str | None, window: Window, sort: str = "mentions", limit: int = 0
) -> tuple[int, list[Actor]]:
    """How many actors the documents in ``window`` have, and the first ``limit`` (0 = all) of them.
    Those that stand level are in order of their names."""
    source = "actor"
    if window != Window():
        _sum_up(db, window)
        source = "temp.windowed"
    where, parameters = "1", list[Any]()
    if type:
        where, parameters = "a.type = ?", [TYPES.index(type)]
    counted = f"FROM {source} a WHERE {where}"
    total = db.execute(f"SELECT count(*) {counted}", parameters).fetchone()[0]
    first = "" if sort == "name" else f"a.{sort} DESC, "
    if limit and first:  # names are compared only of those that may be among the first
        last = db.execute(
            f"SELECT a.{sort} {counted} ORDER BY {first}1 LIMIT 1 OFFSET ?",
            (*parameters, limit - 1),
        ).fetchone()
        if last is not None and last[0] is not None:
            where += f" AND a.{sort} >= ?"
            parameters.append(last[0])
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    rows = db.execute(
        f"{_ACTOR.format(source)} WHERE a.id IN (SELECT a.id FROM {source} a JOIN name n"
        f" ON n.id = a.id JOIN name m ON m.id = a.name WHERE {where}"
        f" ORDER BY {first}casefold(m.text), a.mentions DESC, n.text LIMIT ?)"
        f" ORDER BY {first}casefold(m.text), a.mentions DESC, n.text",
        (*parameters, limit or -1),
    )
    return int(total), [_actor(r) for r in rows]


def _sum_up(db: sqlite3.Connection, window: Window) -> None:
    """Sum up the actors of some documents into a table of their own."""
    where, parameters = within(window)
    db.execute("CREATE TEMP TABLE IF NOT EXISTS windowed AS SELECT * FROM actor WHERE 0")
    db.execute("DELETE FROM temp.windowed")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM document d JOIN local l ON l.document = d.id"
        f" WHERE {where} ORDER BY {ORDER}",
        parameters,
    )
    db.executemany(
        "INSERT INTO temp.windowed VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", sums(db, rows)
    )


def actor(db: sqlite3.Connection, id: str) -> Actor | None:
    """The actor with this id."""
    row = db.execute(f"{_ACTOR.format('actor')} WHERE n.text = ?", (id,)).fetchone()
    return None if row is None else _actor(row)


def names(db: sqlite3.Connection, holding: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(a name or alias, actor id), most mentioned actor first; with ``holding`` at least all those
    of actors whose names hold these folded words. SQLite compares ASCII letters only, so names with
    others are always among them."""
    where, parameters = "1", list[str]()
    for word in holding:
        where += " AND (m.text LIKE ? OR a.aliases LIKE ? OR m.text GLOB ? OR a.aliases GLOB ?"
        where += " OR a.aliases GLOB ?)"
        pattern = f"%{word}%" if word.isascii() and "'" not in word else "%"
        parameters += [pattern, pattern, "*[^ -~]*", "*[^ -~]*", "*\\u*"]
    out: list[tuple[str, str]] = []
    for id, name, aliases in db.execute(
        "SELECT n.text, m.text, a.aliases FROM actor a JOIN name n ON n.id = a.id"
        f" JOIN name m ON m.id = a.name WHERE {where}"
        " ORDER BY a.mentions DESC, n.text",
        parameters,
    ):
        others = [text for text, _ in json.loads(aliases)] if aliases else []
        out += [(text, id) for text in dict.fromkeys([name, *others])]
    return out


def cooccurrence(db: sqlite3.Connection, actor: str, window: Window) -> dict[str, int]:
    """Actor id -> in how many sentences it is named with ``actor``."""
    where, parameters = within(window)
    own: dict[int, set[int]] = {}
    companies: dict[int, bytes] = {}
    for document, n, company in db.execute(
        "SELECT d.id, l.n, d.company FROM name a JOIN local l ON l.actor = a.id"
        f" JOIN document d ON d.id = l.document WHERE a.text = ? AND d.company IS NOT NULL"
        f" AND {where}",
        [actor, *parameters],
    ):
        own.setdefault(document, set()).add(n)
        companies[document] = company
    found: Counter[int] = Counter()
    for document, company in companies.items():
        here: Counter[int] = Counter()
        numbers = unpack_numbers(company)
        for a, b, n in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if (a in own[document]) != (b in own[document]):
                here[b if a in own[document] else a] += n
        if here:
            marks = ",".join("?" * len(here))
            for other, id in db.execute(
                f"SELECT n, actor FROM local WHERE document = ? AND n IN ({marks})",
                (document, *here),
            ):
                found[id] += here[other]
    return {
        str(db.execute("SELECT text FROM name WHERE id = ?", (id,)).fetchone()[0]): n
        for id, n in found.items()
    }


def sentence_counts(db: sqlite3.Connection) -> tuple[dict[str, int], int]:
    """Actor id -> the sentences that name it; and how many sentences there are in all."""
    counts = db.execute(
        "SELECT n.text, a.sentences FROM actor a JOIN name n ON n.id = a.id"
    ).fetchall()
    total = db.execute("SELECT coalesce(sum(sentences), 0) FROM document").fetchone()[0]
    return dict(counts), int(total)


_ACTOR = (
    "SELECT n.text, m.text, a.type, a.mentions, a.documents, a.quotes, a.first, a.last, a.aliases,"
    " a.roles, a.start, a.end, a.line, d.name, d.path, d.title, d.published"
    " FROM {} a JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
    " JOIN document d ON d.id = a.document"
)


def _actor(row: Sequence[Any]) -> Actor:
    (id, name, kind, mentions, documents, quotes, first, last, aliases, roles, start, end, line,
     doc, path, title, published) = row  # fmt: skip
    return Actor(
        id, name, TYPES[kind],
        tuple((t, n) for t, n in json.loads(aliases)) if aliases else ((name, mentions),),
        tuple(RoleRecord(*r) for r in json.loads(roles)) if roles else (),
        mentions, documents, quotes, first, last,
        Source(doc, path, title, published, line, start, end),
    )  # fmt: skip
