"""What an actor comes to over documents: from the rows of the documents that know it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ..fold import shouted
from .pages import Database
from .schema import TYPES

ALIKE = "l.actor, l.name, l.type, l.known, l.aliases, l.roles, l.mentions = 0 AND l.adjectives > 0"
"""What is equal in rows of table local that ``aggregate`` takes together."""

SAYS = "CASE WHEN length(d.kinds) > 128 THEN held(l.says) ELSE length(l.says) END"
"""How many quotations of document d are by local l: a byte each, where there are not more."""

COLUMNS = (
    f"{ALIKE}, count(*), sum(l.mentions), sum(l.adjectives), sum({SAYS}), sum(l.sentences),"
    " min(d.published), max(d.published), min(ifnull(d.published, '~') || ' ' || d.name)"
)
"""What ``aggregate`` takes, of local l and document d, grouped by ``ALIKE``."""


_SPELLED = frozenset(TYPES.index(type) for type in ("person", "place", "country"))
"""Types of actors whose names are no initials."""

Role = tuple[str, str | None, str | None, int, str | None, str | None]
"""A role as documents write it: text, state, status, how often, and on which days first and last.
"""


def aggregate(db: Database, rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of table actor from rows of ``COLUMNS``, those of an actor together."""
    names = Names(db)
    for actor, group in groupby(rows, key=lambda r: r[0]):
        rows_of = list(group)
        named = [row for row in rows_of if not row[6]]
        if named:  # a state that has adjectives only is no actor
            yield _sum(db, actor, named, sum(row[9] for row in rows_of), names)


class Names:
    """Name id -> text, kept while actors are resolved."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.texts: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        text = self.texts.get(number)
        if text is None:
            row = self.db.execute("SELECT text FROM name WHERE id = ?", (number,)).fetchone()
            text = self.texts[number] = str(row[0])
        return text


def _sum(
    db: Database, actor: int, group: list[Any], adjectives: int, names: Names
) -> tuple[Any, ...]:
    """One actor's row from all that documents know of it."""
    full: Counter[tuple[int, int]] = Counter()
    types: Counter[tuple[int, int]] = Counter()
    aliases: Counter[int] = Counter()
    roles: list[Role] = []
    mentions = quotes = sentences = 0
    days = [day for row in group for day in row[12:14] if day]
    for (
        _, name, kind, known, alias_rows, role_rows, _, count, m, _, q, s, first, last, _
    ) in group:  # fmt: skip
        mentions += m
        quotes += q or 0
        sentences += s
        full[name, known] += count
        types[kind, known] += count
        if alias_rows:
            for alias, n in json.loads(alias_rows):
                aliases[alias] += n * count
        elif m:
            aliases[name] += m
        roles += (
            (text, state, status, n * count, first, last)
            for text, state, status, n in (json.loads(role_rows) if role_rows else ())
        )
    type = min(types, key=lambda t: (-t[1], -types[t], t[0]))[0]
    best = full.most_common(1)[0][0] if len(full) == 1 else min(
        full, key=lambda n: (-n[1], type in _SPELLED and _headlined(names[n[0]]),
                             " " not in names[n[0]], -full[n], -len(names[n[0]]),
                             names[n[0]]))  # fmt: skip
    earliest = min(row[-1] for row in group).partition(" ")[2]
    document, *place = db.execute(
        "SELECT l.document, l.start, l.end, l.line, l.column FROM document d CROSS JOIN local l"
        " ON l.document = d.id WHERE d.name = ? AND l.actor = ? ORDER BY l.n LIMIT 1",
        (earliest, actor),
    ).fetchone()
    alone = len(aliases) == 1 and best[0] in aliases and aliases[best[0]] == mentions
    return (
        actor, best[0], type,
        mentions, adjectives, types.total(), quotes, sentences, min(days, default=None),
        max(days, default=None),
        None if alone else _json(_ranked((names[a], n) for a, n in aliases.items())),
        _folded(roles) if roles else None,
        document, *place,
    )  # fmt: skip


def _headlined(name: str) -> bool:
    """Whether a name stands in capitals throughout, as in a headline or a dateline."""
    return len(name) > 4 and shouted(name)


def _folded(roles: list[Role]) -> str:
    """The roles of an actor, one line each (JSON)."""
    from ..link.role_folding import folded  # a question that asks for no roles loads no names

    return _json([[r.text, r.count, r.first, r.last] for r in folded(roles)])


def _ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda x: (-x[1], x[0]))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
