"""The documents that know an actor, and whom they name with it: added up when asked for, or as kept
in table ``sums`` (store/sums.py) of actors that many documents know."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from ..model import Window
from .codec import unpack_numbers
from .filters import within
from .keys import day_key, key_day
from .pages import Database
from .varints import decode_varints

MANY = 1000
"""Of a day with fewer documents that are meant, these are put in order by themselves."""


class ActorDocument(NamedTuple):
    """What a document has of an actor: its mentions, the statements by and about it. ``day`` is the
    day of publication, as ``keys.day_key`` gives it."""

    document: int
    mentions: int
    says: int
    about: int
    day: int | None


class LocalRow(NamedTuple):
    """What a row of table local tells of an actor."""

    mentions: int
    says: bytes | None
    subject: bytes | None


def summed(
    document: int, published: str | None, kinds: str | None, rows: Sequence[LocalRow]
) -> ActorDocument:
    """What ``rows``, all that a document has of an actor, come to; ``published`` and ``kinds`` are
    columns of table document."""
    if len(rows) == 1:
        says: Iterable[int] = decode_varints(rows[0].says)
        subject: Iterable[int] = decode_varints(rows[0].subject)
    else:  # a quotation that several of its rows hold counts once
        says = {n for row in rows for n in decode_varints(row.says)}
        subject = {n for row in rows for n in decode_varints(row.subject)}
    letters = kinds or ""
    return ActorDocument(
        document,
        sum(row.mentions for row in rows),
        sum(letters[n].islower() for n in says),
        sum(letters[n].islower() for n in subject),
        None if published is None else day_key(published),
    )


def actor_documents(db: Database, actor: str, window: Window) -> list[ActorDocument]:
    """The documents in ``window`` that know an actor, in order of their numbers."""
    if window == Window() and (kept := _kept(db, actor, "documents")):
        return unpack_documents(kept)
    where, parameters = within(window)
    found = db.execute(
        "SELECT d.id, d.published, d.kinds, l.mentions, l.says, l.subject FROM name a"
        " JOIN local l ON l.actor = a.id JOIN document d ON d.id = l.document"
        f" WHERE a.text = ? AND {where} ORDER BY d.id",
        [actor, *parameters],
    )
    return [
        summed(document, published, kinds, [LocalRow(*row[3:]) for row in rows])
        for (document, published, kinds), rows in groupby(found, key=lambda row: row[:3])
    ]


def cooccurrence(db: Database, actor: str, window: Window) -> dict[int, int]:
    """The numbers of the actors that sentences name with ``actor`` -> how many do."""
    if window == Window() and (kept := _kept(db, actor, "company")):
        return unpack_company(kept)
    where, parameters = within(window)
    found = db.execute(
        "SELECT d.id, d.company, a.id FROM name a JOIN local l ON l.actor = a.id"
        " JOIN document d ON d.id = l.document WHERE a.text = ? AND d.company IS NOT NULL"
        f" AND {where} GROUP BY d.id",
        [actor, *parameters],
    )
    out: Counter[int] = Counter()
    for document, company, number in found:
        who = dict(db.execute("SELECT n, actor FROM local WHERE document = ?", (document,)))
        out.update(together(company, who, {number}).get(number, ()))
    return dict(out)


def together(
    company: bytes | None, who: Mapping[int, int], wanted: Container[int]
) -> dict[int, Counter[int]]:
    """Whom the sentences of one document name with each of ``wanted``, and how many do; ``company``
    is the column of table document, ``who`` the actors of its rows in table local."""
    out: dict[int, Counter[int]] = {}
    numbers = decode_varints(company)
    for m, n, sentences in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        a, b = who[m], who[n]
        if a == b:
            continue
        for one, other in ((a, b), (b, a)):
            if one in wanted:
                out.setdefault(one, Counter())[other] += sentences
    return out


def by_day(db: Database, known: Iterable[ActorDocument]) -> Iterator[int]:
    """The numbers of the documents ``known``, by day of publication, undated ones last, then by
    path; looked up a day at a time."""
    ordered = sorted(known, key=lambda d: (d.day is None, d.day or 0))
    for day, here in groupby(ordered, key=lambda d: d.day):
        numbers = {d.document for d in here}
        if len(numbers) < MANY:
            rows = db.execute(
                "SELECT d.id FROM json_each(?) j CROSS JOIN document d ON d.id = j.value"
                " ORDER BY d.path",
                (json.dumps(list(numbers)),),
            )
        else:  # all documents of the day, as an index has them
            rows = db.execute(
                "SELECT d.id FROM document d WHERE d.published IS ? ORDER BY d.path",
                (None if day is None else key_day(day),),
            )
        yield from (number for (number,) in rows if number in numbers)


def unpack_documents(data: bytes) -> list[ActorDocument]:
    """What the column documents of table sums holds."""
    numbers, *columns = unpack_numbers(data)
    rows = zip(accumulate(numbers), *columns, strict=True)
    return [ActorDocument._make(row) for row in rows]


def unpack_company(data: bytes) -> dict[int, int]:
    """What its column company holds, as ``cooccurrence`` gives it."""
    others, counts = unpack_numbers(data)
    return dict(zip(accumulate(others), counts, strict=True))


def _kept(db: Database, actor: str, column: str) -> bytes | None:
    """What is kept of an actor; nothing while documents are yet to be added to it."""
    row = db.execute(
        f"SELECT s.{column} FROM name a JOIN sums s ON s.actor = a.id WHERE a.text = ?"
        " AND NOT EXISTS (SELECT 1 FROM unsummed)",
        (actor,),
    ).fetchone()
    return None if row is None else row[0]
