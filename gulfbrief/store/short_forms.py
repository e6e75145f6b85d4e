"""Organisations under a short form joined to those that other documents name in full.

What a short form means is asked of the sums of actors (``link.short_forms`` decides), once blocks
are decided: for the organisations that a batch touched, and for those whose names shorten theirs.
It is a function of what the documents hold, not of the order in which they came: rows that were
joined are decided anew by their blocks before they are looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..decisions import Decisions
from ..fold import words
from .aggregation import Names
from .keys import hash32
from .pages import Database
from .schema import TYPES

if TYPE_CHECKING:
    from ..link.short_forms import Longer

ORGANISATION = TYPES.index("organisation")
MANY = 200
"""A word that so many organisations have in their names is no short form of one."""


def reopen(db: Database) -> None:
    """Make pending also the blocks of short forms that hang on what is pending: of rows that were
    joined to a touched organisation, and of the names by which documents call organisations of
    pending blocks."""
    from .. import link
    from ..link.short_forms import shortens, tag

    db.execute(
        "INSERT OR IGNORE INTO pending SELECT DISTINCT l.block FROM touched t"
        " JOIN actor a ON a.id = t.actor CROSS JOIN local l ON l.actor = a.id"
        f" WHERE a.type = {ORGANISATION} AND l.known = 0"
    )
    names = Names(db)
    blocks: set[int] = set()
    rows = db.execute(
        "SELECT DISTINCT l.name, l.aliases FROM pending p CROSS JOIN local l ON l.block = p.block"
        f" WHERE l.type = {ORGANISATION}"
    )
    for name, aliases in rows.fetchall():
        if club := tag(names[name]):
            blocks.add(hash32(link.block_of(club)))
        if not aliases:
            continue
        for alias, _ in json.loads(aliases):
            if alias != name and shortens(names[alias], names[name]):
                blocks.add(hash32(link.block_of(names[alias])))
    db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(b,) for b in sorted(blocks)])


def join_short_forms(db: Database, decisions: Decisions | None) -> None:
    """Join the touched organisations that only shorten another's name to it, and those that shorten
    theirs; the actors that gained or lost rows stay touched, no other. Actors are summed up."""
    from .. import link
    from ..link.short_forms import by_tag, meant, tag

    judged = link.judged(decisions)
    names = Names(db)
    shorts: dict[int, str] = {}
    for actor, name, aliases in db.execute(
        "SELECT a.id, a.name, a.aliases FROM touched t JOIN actor a ON a.id = t.actor"
        f" WHERE a.type = {ORGANISATION}"
    ).fetchall():
        shorts[actor] = names[name]
        called = [alias for alias, _ in json.loads(aliases)] if aliases else []
        for alias in (*called, tag(names[name])):
            if alias and len(words(alias)) < len(words(names[name])):
                shorts |= {
                    a: n
                    for a, n, _ in _called_by_first_word(db, alias, names)
                    if words(n) == words(alias)
                }
    moves: dict[int, int] = {}
    for actor, name in sorted(shorts.items()):
        if link.block_of(name) in judged or not _unknown(db, actor):
            continue
        some = list(_longer(db, actor, name, names))
        longer = by_tag(name, some)
        if longer is None:
            longer = meant(some, _mentions(db, actor))
        if longer is not None:
            moves[actor] = longer
    db.execute("DELETE FROM touched")
    for actor, longer in moves.items():
        while longer in moves and moves[longer] != actor:
            longer = moves[longer]
        db.execute("UPDATE local SET actor = ? WHERE actor = ?", (longer, actor))
        db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(actor,), (longer,)])


def _longer(db: Database, actor: int, name: str, names: Names) -> Iterator[Longer]:
    """The organisations that ``name`` may shorten."""
    from ..link.short_forms import Longer, shortens

    wanted = words(name)
    for other, full, aliases in _called_by_first_word(db, name, names):
        if other != actor and shortens(name, full):
            taught = sum(n for text, n in aliases if words(text) == wanted)
            own = sum(n for text, n in aliases if words(text) == words(full))
            yield Longer(other, full, own, taught)


def _called_by_first_word(
    db: Database, name: str, names: Names
) -> list[tuple[int, str, list[tuple[str, int]]]]:
    """The organisations that some document calls by the first word of ``name``."""
    first = words(name)[:1]
    if not first:
        return []
    found = db.execute(
        "SELECT a.id, a.name, a.aliases FROM called c JOIN actor a ON a.id = c.actor"
        f" WHERE c.word = ? AND a.type = {ORGANISATION} LIMIT {MANY + 1}",
        first,
    ).fetchall()
    if len(found) > MANY:
        return []
    return [(id, names[n], json.loads(aliases) if aliases else []) for id, n, aliases in found]


def _mentions(db: Database, actor: int) -> int:
    row = db.execute("SELECT mentions FROM actor WHERE id = ?", (actor,)).fetchone()
    return int(row[0])


def _unknown(db: Database, actor: int) -> bool:
    """Whether no lexicon knows an actor."""
    row = db.execute("SELECT max(known) FROM local WHERE actor = ?", (actor,)).fetchone()
    return bool(row[0] == 0)
