"""The actors of the whole index: what they come to, their names, their company."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ..model import Actor, RoleRecord, Source, Window
from .aggregation import ALIKE, COLUMNS, SAYS, aggregate
from .filters import within
from .pages import Database
from .schema import TYPES
from .varints import decode_varints


def actors(
    db: Database,
    types: Collection[str],
    window: Window,
    sort: str = "mentions",
    limit: int = 0,
) -> tuple[int, list[Actor]]:
    """How many actors the documents in ``window`` have, and the first ``limit`` (0 = all) of them.
    Those that stand level are in order of their names, which as ``type`` are those they have in the
    whole index."""
    total, found = _chosen(db, types, window, sort, limit)
    return total, list(found)


def each_actor(db: Database, window: Window) -> Iterator[Actor]:
    """The actors of the documents in ``window``, most mentioned first, each read when its turn
    comes."""
    return _chosen(db, (), window, "mentions", 0)[1]


def _chosen(
    db: Database, types: Collection[str], window: Window, sort: str, limit: int
) -> tuple[int, Iterator[Actor]]:
    source = "actor"
    if window != Window():
        _count(db, window)
        source = "temp.counted"
    where, parameters = "1", list[Any]()
    if types:
        where = f"a.type IN ({', '.join('?' * len(types))})"
        parameters = [TYPES.index(type) for type in types]
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
    db.create_scalar_function("casefold", str.casefold, 1, deterministic=True)
    chosen = [
        id
        for (id,) in db.execute(
            f"SELECT a.id FROM {source} a JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
            f" WHERE {where} ORDER BY {first}casefold(m.text), a.mentions DESC, n.text LIMIT ?",
            (*parameters, limit or -1),
        )
    ]
    if window != Window():
        _sum_up(db, window, chosen)
        source = "temp.windowed"
    found = (db.execute(f"{_ACTOR.format(source)} WHERE a.id = ?", (id,)) for id in chosen)
    return int(total), (_actor(row) for rows in found for row in rows)


def _count(db: Database, window: Window) -> None:
    """What some documents have of each actor, into a table of its own."""
    where, parameters = within(window)
    db.execute("DROP TABLE IF EXISTS temp.counted")
    db.execute(
        "CREATE TEMP TABLE counted AS SELECT l.actor id, a.name, a.type, sum(l.mentions) mentions,"
        f" coalesce(sum({SAYS}), 0) quotes, max(d.published) last"
        " FROM document d CROSS JOIN local l ON l.document = d.id JOIN actor a ON a.id = l.actor"
        f" WHERE {where} GROUP BY l.actor HAVING max(l.mentions > 0 OR l.adjectives = 0)",
        parameters,
    )


def _sum_up(db: Database, window: Window, chosen: Sequence[int]) -> None:
    """Sum up the ``chosen`` actors of some documents into a table of its own."""
    where, parameters = within(window)
    db.execute("DROP TABLE IF EXISTS temp.chosen")
    db.execute("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO temp.chosen VALUES (?)", [(id,) for id in chosen])
    db.execute("DROP TABLE IF EXISTS temp.windowed")
    db.execute("CREATE TEMP TABLE windowed AS SELECT * FROM actor WHERE 0")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM document d CROSS JOIN local l ON l.document = d.id"
        f" JOIN temp.chosen c ON c.id = l.actor WHERE {where} GROUP BY {ALIKE} ORDER BY l.actor",
        parameters,
    )
    db.executemany(
        "INSERT INTO temp.windowed VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", aggregate(db, rows)
    )
    db.execute("CREATE INDEX temp.windowed_id ON windowed (id)")


def actor(db: Database, id: str) -> Actor | None:
    """The actor with this id."""
    row = db.execute(f"{_ACTOR.format('actor')} WHERE n.text = ?", (id,)).fetchone()
    return None if row is None else _actor(row)


def names(db: Database, holding: Sequence[Collection[str]] | None = None) -> list[tuple[str, str]]:
    """(a name or alias, actor id), most mentioned actor first; with ``holding`` of the actors whose
    names have, taken together, one of each of these collections of folded words."""
    where, parameters = "1", list[str]()
    for some in holding or ():
        marks = ",".join("?" * len(some))
        where += f" AND a.id IN (SELECT actor FROM called WHERE word IN ({marks}))"
        parameters += some
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


def near_words(vocabulary: Sequence[str], word: str, most: int) -> dict[str, int]:
    """The words of ``vocabulary`` at most ``most`` typing errors from ``word`` (optimal string
    alignment), each with the number of errors."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
    return {there: int(distance) for there, distance, _ in found}


def name_words(db: Database) -> list[str]:
    """The folded words of all names and aliases, in order."""
    return [word for (word,) in db.execute("SELECT DISTINCT word FROM called ORDER BY word")]


def companies(
    db: Database, window: Window
) -> Iterator[tuple[str | None, dict[tuple[str, str], int]]]:
    """Of each document that names actors together its day of publication, and in how many sentences
    it names each two of them (ids, the lesser first)."""
    where, parameters = within(window)
    for document, published, company in db.execute(
        "SELECT d.id, d.published, d.company FROM document d"
        f" WHERE d.company IS NOT NULL AND {where}",
        parameters,
    ):
        ids = dict(
            db.execute(
                "SELECT l.n, n.text FROM local l JOIN name n ON n.id = l.actor"
                " WHERE l.document = ?",
                (document,),
            ).fetchall()
        )
        numbers, pairs = decode_varints(company), Counter[tuple[str, str]]()
        for a, b, sentences in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if ids[a] != ids[b]:
                pairs[min(ids[a], ids[b]), max(ids[a], ids[b])] += sentences
        yield published, pairs


def sentences(db: Database, numbers: Collection[int]) -> list[tuple[int, str, int]]:
    """(number of an actor, its id, in how many sentences it is named), of each of these."""
    return db.execute(
        "SELECT a.id, n.text, a.sentences FROM json_each(?) j CROSS JOIN actor a ON a.id = j.value"
        " JOIN name n ON n.id = a.id",
        (json.dumps(list(numbers)),),
    ).fetchall()


def all_sentences(db: Database) -> int:
    """How many sentences all documents have."""
    kept = db.execute(
        "SELECT value FROM meta WHERE key = 'sentences' AND NOT EXISTS (SELECT 1 FROM unsummed)"
    ).fetchone()
    row = kept or db.execute("SELECT coalesce(sum(sentences), 0) FROM document").fetchone()
    return int(row[0])


_ACTOR = (
    "SELECT n.text, m.text, a.type, a.mentions, a.adjectives, a.documents, a.quotes, a.first,"
    " a.last, a.aliases, a.roles, a.start, a.end, a.line, a.column, d.name, d.path, d.title,"
    " d.published"
    " FROM {} a JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
    " JOIN document d ON d.id = a.document"
)


def _actor(row: Sequence[Any]) -> Actor:
    (id, name, kind, mentions, adjectives, documents, quotes, first, last, aliases, roles, start,
     end, line, column, doc, path, title, published) = row  # fmt: skip
    return Actor(
        id, name, TYPES[kind],
        tuple((t, n) for t, n in json.loads(aliases)) if aliases else ((name, mentions),),
        tuple(RoleRecord(*r) for r in json.loads(roles)) if roles else (),
        mentions, documents, quotes, first, last,
        Source(doc, path, title, published, line, start, end, column=column), adjectives,
    )  # fmt: skip
