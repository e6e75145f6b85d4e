"""Postings, as (document, n): where quotations and events stand, and documents by their numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from ..model import EventRole, Window
from .codec import ROLES
from .filters import BY_DAY, QuoteFilter, first_day, in_window, last_day, phrase, with_actor, within
from .keys import day_key, key_day
from .pages import Database
from .tokeniser import tokens
from .varints import decode_varints


def quotes(db: Database, wanted: QuoteFilter) -> Iterator[tuple[int, int]]:
    """Where the wanted quotations stand, by day. Those of all actors come as they are read."""
    if wanted.by is not None:
        thinks = "NULL" if wanted.statements else "l.thinks"
        found = _quotes(db, wanted, wanted.by, f"l.says, {thinks}")
        if wanted.about is not None:
            other = set(_quotes(db, wanted, wanted.about, _SUBJECT))
            found = (place for place in found if place in other)
    elif wanted.about is not None:
        found = _quotes(db, wanted, wanted.about, _SUBJECT)
    else:
        return _quotes(db, wanted, None, "NULL, NULL")
    return iter(dict.fromkeys(found))  # a document may know an actor by several rows


_SUBJECT = "l.subject, NULL"


def _quotes(
    db: Database, wanted: QuoteFilter, actor: str | None, columns: str
) -> Iterator[tuple[int, int]]:
    """The places of quotations as they are read: of all, or those that two ``columns`` hold of
    ``actor``."""
    where, parameters = within(wanted.window)
    if wanted.docs is not None:
        where += f" AND d.name IN ({_marks(wanted.docs)})"
        parameters += list(wanted.docs)
    if actor is None:
        rows = db.execute(
            f"SELECT d.id, d.kinds, {columns} FROM document d WHERE {where}{BY_DAY}", parameters
        )
    else:
        source = "name a JOIN local l ON l.actor = a.id JOIN document d ON d.id = l.document"
        parameters = [actor, *parameters]
        if wanted.numbers is not None:
            source = (
                "json_each(?) j CROSS JOIN document d ON d.id = j.value"
                " CROSS JOIN local l ON l.document = d.id CROSS JOIN name a ON a.id = l.actor"
            )
            parameters.insert(0, json.dumps(list(wanted.numbers)))
        rows = db.execute(
            f"SELECT d.id, d.kinds, {columns} FROM {source} WHERE a.text = ?"
            f" AND coalesce({columns}) IS NOT NULL AND {where}{BY_DAY}",
            parameters,
        )
    letters = wanted.letters
    for document, letters_here, numbers, more in rows:
        places: Sequence[int] = range(len(letters_here or ""))
        if actor is not None:
            places = decode_varints(numbers or b"")
            if more:
                places = sorted([*places, *decode_varints(more)])
        yield from ((document, n) for n in places if letters_here[n] in letters)


def count_quotes(db: Database, wanted: QuoteFilter) -> int:
    """How many quotations of all actors there are."""
    where, parameters = within(wanted.window)
    counted = "length(d.kinds)"
    if wanted.kinds or wanted.statements:
        ofs = [
            f"length(d.kinds) - length(replace(d.kinds, '{letter}', ''))"
            for letter in sorted(wanted.letters)
        ]
        counted = " + ".join(ofs)
    row = db.execute(
        f"SELECT coalesce(sum({counted}), 0) FROM document d WHERE {where}", parameters
    )
    return int(row.fetchone()[0])


def events(
    db: Database,
    window: Window,
    actor: str | None,
    across: bool,
    roles: Collection[EventRole] = (),
) -> list[tuple[int, int]]:
    """Where the events stand, in order of their days; without ``across`` those are left out that
    begin before ``window.since`` and are not over at its end. ``roles``: of these alone."""
    where, parameters = _events(window, across)
    if roles:
        where += f" AND e.role IN ({_marks(roles)})"
        parameters += [role[0] for role in roles]
    if actor is not None:
        where += " AND e.document IN (SELECT l.document FROM name a JOIN local l"
        where += " ON l.actor = a.id WHERE a.text = ? AND l.events IS NOT NULL)"
        parameters.append(actor)
    rows: list[tuple[int, int]] = db.execute(
        "SELECT e.document, e.n FROM event e JOIN document d ON d.id = e.document"
        f" WHERE {where} ORDER BY coalesce(e.start, e.end), coalesce(e.end, e.start),"
        " d.published, d.path, e.n",
        parameters,
    ).fetchall()
    if actor is None:
        return rows
    theirs = _events_of(db, actor)
    return [place for place in rows if place in theirs]


def day_counts(
    db: Database,
    window: Window,
    actor: str | None = None,
    docs: Collection[int] | None = None,
    past: bool = False,
) -> list[tuple[int, str, int]]:
    """(day, day of publication, documents): how many documents tell events of a single day, those
    of ``docs`` and those that name ``actor`` where given; days within the window. ``past``: none
    that lie ahead or may not have been."""
    where, parameters = _of_days(window, docs, past)
    if actor is None:
        return db.execute(
            "SELECT e.start, d.published, count(DISTINCT e.document) FROM event e"
            f" JOIN document d ON d.id = e.document WHERE {where} GROUP BY 1, 2",
            parameters,
        ).fetchall()
    theirs = _events_of(db, actor)
    rows = db.execute(
        "SELECT e.start, d.published, e.document, e.n FROM event e"
        f" JOIN document d ON d.id = e.document WHERE {where}",
        parameters,
    )
    held = {row[:3] for row in rows if row[2:] in theirs}
    counts = Counter((day, published) for day, published, _ in held)
    return [(day, published, n) for (day, published), n in counts.items()]


class DayPosting(NamedTuple):
    """An event of a single ``day``: the number of its document, its place ``n`` among the events
    of that, the day of publication, the offset of its clause."""

    day: str
    document: int
    n: int
    published: str
    offset: int
    role: EventRole


def day_postings(
    db: Database,
    days: Collection[str],
    window: Window,
    actor: str | None = None,
    docs: Collection[int] | None = None,
    past: bool = False,
) -> list[DayPosting]:
    """The events of each of ``days`` (ISO), as ``day_counts`` counts them."""
    where, parameters = _of_days(window, docs, past)
    where += " AND e.start IN (SELECT value FROM json_each(?))"
    parameters.append(json.dumps([day_key(day) for day in days]))
    rows = db.execute(
        "SELECT e.start, e.document, e.n, d.published, e.place, e.role FROM event e"
        f" JOIN document d ON d.id = e.document WHERE {where}",
        parameters,
    ).fetchall()
    theirs = None if actor is None else _events_of(db, actor)
    return [
        DayPosting(key_day(day), document, n, published, offset, ROLES[role])
        for day, document, n, published, offset, role in rows
        if theirs is None or (document, n) in theirs
    ]


def published_on(
    db: Database,
    days: Collection[str],
    window: Window,
    docs: Collection[int] | None = None,
) -> list[tuple[str, int]]:
    """(day, document) of the documents published on each of ``days``."""
    where, parameters = within(window.without_days())
    if docs is not None:
        where += " AND d.id IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps(list(docs)))
    return db.execute(
        f"SELECT d.published, d.id FROM document d WHERE {where}"
        " AND d.published IN (SELECT value FROM json_each(?)) ORDER BY 1, 2",
        [*parameters, json.dumps(list(days))],
    ).fetchall()


def _of_days(window: Window, docs: Collection[int] | None, past: bool) -> tuple[str, list[Any]]:
    """A condition on events of a single day in documents whose day of publication is known."""
    where, parameters = _events(window, across=False)
    where += " AND e.start = e.end AND d.published IS NOT NULL"
    if past:
        where += " AND e.past"
    if docs is not None:
        where += " AND e.document IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps(list(docs)))
    return where, parameters


def _events_of(db: Database, actor: str) -> set[tuple[int, int]]:
    """Where the events stand that name an actor."""
    return {
        (document, n)
        for document, numbers in db.execute(
            "SELECT l.document, l.events FROM name a JOIN local l ON l.actor = a.id"
            " WHERE a.text = ? AND l.events IS NOT NULL",
            (actor,),
        )
        for n in decode_varints(numbers)
    }


def _events(window: Window, across: bool) -> tuple[str, list[Any]]:
    """A condition on ``e`` and, where the window names documents, on ``d``."""
    where, parameters = within(window.without_days())
    if window.since is not None:
        where += " AND (e.end IS NULL OR e.end >= ?)"
        parameters.append(day_key(first_day(window.since)))
    if window.until is not None:
        where += " AND (e.start IS NULL OR e.start <= ?)"
        parameters.append(day_key(last_day(window.until)))
    if window.since is not None and not across:
        where += " AND (e.start IS NULL OR e.start >= ? OR e.end <= ?)"
        parameters.append(day_key(first_day(window.since)))
        parameters.append(day_key(last_day(window.until or "9999")))
    return where, parameters


def documents_with(db: Database, words: Collection[str]) -> set[int]:
    """The numbers of the documents that have one of ``words`` in their text, the heading before it
    or the names of their actors."""
    phrases = [parts for word in words if (parts := tokens(word))]
    found: set[int] = set()
    if phrases:
        match = " OR ".join(phrase(parts) for parts in phrases)
        found.update(
            number
            for (number,) in db.execute(
                "SELECT c.document FROM passage JOIN chunk c ON c.id = passage.rowid"
                " WHERE passage MATCH ?",
                (match,),
            )
        )
    found.update(
        number
        for (number,) in db.execute(
            "SELECT DISTINCT l.document FROM called c JOIN local l ON l.actor = c.actor"
            f" WHERE c.word IN ({_marks(words)})",
            tuple(words),
        )
    )
    return found


def documents(db: Database, window: Window, actor: str | None) -> list[int]:
    """The numbers of the documents, of those that know ``actor`` where given, by day."""
    scope = in_window(window)
    if actor is not None:
        scope &= with_actor(actor)
    sql = f"SELECT d.id FROM document d WHERE {scope.sql or 1}{BY_DAY}"
    return [number for (number,) in db.execute(sql, scope.parameters)]


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))
