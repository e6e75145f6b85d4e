"""The index as entities of FollowTheMoney, one JSON object a line, for Aleph, OpenAleph, Datashare
and whatever else reads that model (https://followthemoney.tech).

A document is an ``Email``, an ``Article`` where it has a day, else a ``Document``; a person a
``Person`` with its roles as ``position``; a state a ``PublicBody`` with its ``country``; another
body a ``PublicBody`` or ``Company`` where its name tells that, else an ``Organization``; a place
is no entity, but a ``locationMentioned``. A ``Mention`` tells in which words a document names
whom, an ``Event`` what happened when, with the document as ``proof`` and the offsets in its text as
``recordId``.

Ids are made of the index's own, so that a later export updates what an earlier one brought.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from ..answer.export import Contents, contents
from ..find.names.lexicon import country_codes
from ..model import Actor, FoundEvent, FoundMention, ResolvedDate, Window
from ..store.reader import Index
from .harmless import json_text
from .output import written

Entity = dict[str, Any]

_MIMETYPES = {
    "text": "text/plain", "markdown": "text/markdown", "html": "text/html",
    "pdf": "application/pdf", "mail": "message/rfc822", "rtf": "application/rtf",
    "epub": "application/epub+zip", "csv": "text/csv", "json": "application/json",
}  # fmt: skip
_LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "am=amh ar=ara az=aze be=bel bn=ben ca=cat cs=ces da=dan de=deu el=ell en=eng es=spa et=est"
        " fa=fas fi=fin fr=fra he=heb hi=hin hr=hrv hu=hun hy=hye id=ind it=ita ja=jpn ka=kat"
        " kk=kaz ko=kor lt=lit lv=lav mk=mkd nl=nld no=nor pl=pol ps=pus pt=por ro=ron ru=rus"
        " sk=slk sl=slv sq=sqi sr=srp sv=swe sw=swa ta=tam te=tel th=tha tr=tur uk=ukr ur=urd"
        " vi=vie zh=zho"
    ).split()
)
"""Codes of languages by ISO 639-3, as the model has them, of those of two letters that it knows."""
_MAILS = ("mail", "mbox", "msg")
_PUBLIC = re.compile(
    r"\b(?:ministry|department|parliament|senate|court|navy|army|air force|armed forces|police|"
    r"embassy|consulate|government|coast ?guard|central bank|treasury|customs)\b",
    re.I,
)
_COMPANY = re.compile(
    r"\b(?:Ltd|Inc|plc|PLC|GmbH|AG|LLC|LLP|Corp|Company|Co\.|S\.A\.|SpA|BV|NV|ASA|Pte|Pvt|PJSC|JSC|"
    r"Holdings)\.?$"
)
_KEPT = 1_000  # actors, of which a few stand in most events
_ID = re.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def write(index: Index, path: Path, window: Window = Window()) -> int:
    """Writes the file ``path``; how many entities it holds. Raises ``UsageError`` where it cannot
    be written."""
    number = 0
    with written(path) as out:
        for number, entity in enumerate(entities(index, window), 1):  # noqa: B007
            out.write(json_text(entity) + "\n")
    return number


def entities(index: Index, window: Window = Window()) -> Iterator[Entity]:
    """The actors, then each document with its mentions and events."""
    for one in index.each_actor(window):
        if one.type != "place":
            yield actor(one)
    known = lru_cache(_KEPT)(index.actor)
    for held in contents(index, window):
        yield document(held)
        yield from mentions(held)
        yield from (event(known, held, found) for found in held.events)


def document(held: Contents) -> Entity:
    """A document with its text, and the names in it."""
    told, source = held.document, held.document.source
    schema = "Article" if source.published else "Document"
    named = _by_type(held.mentions)
    return _entity(
        "Email" if told.format in _MAILS else schema,
        _document_id(source.doc),
        title=source.title,
        fileName=source.path.rpartition("/")[2],
        author=told.author,
        publishedAt=source.published,
        sourceUrl=told.url,
        language=_LANGUAGES.get(told.language or ""),
        mimeType=_MIMETYPES.get(told.format),
        keywords=told.tags,
        bodyText=held.text,
        peopleMentioned=named["person"],
        companiesMentioned=named["organisation"],
        locationMentioned=named["place"] | named["country"],
        country=_countries(m.mention.actor for m in held.mentions),
    )


def actor(one: Actor) -> Entity:
    """Who appears in the documents."""
    others = [name for name, _ in one.aliases if name != one.name]
    if one.type == "person":
        return _entity(
            "Person",
            _actor_id(one.id),
            name=one.name,
            alias=[name for name in others if " " in name],
            weakAlias=[name for name in others if " " not in name],
            position=[role.text for role in one.roles],
        )
    if one.type == "country":
        code = _countries([one.id])
        return _entity(
            "PublicBody", _actor_id(one.id), name=one.name, alias=others, country=code,
            jurisdiction=code,
        )  # fmt: skip
    schema = "Organization"
    if _PUBLIC.search(one.name):
        schema = "PublicBody"
    elif _COMPANY.search(one.name):
        schema = "Company"
    return _entity(schema, _actor_id(one.id), name=one.name, alias=others)


def mentions(held: Contents) -> Iterator[Entity]:
    """Who is named in a document: one entity for each actor, and for each name that nobody is
    known by."""
    kinds = {"person": "Person", "organisation": "Organization", "country": "PublicBody"}
    together: dict[tuple[str, str], list[FoundMention]] = defaultdict(list)
    for found in held.mentions:
        said = found.mention
        if said.type in kinds and said.how in ("name", "alias"):
            together[said.type, said.actor or f"?{said.text}"].append(found)
    countries = _countries(m.mention.actor for m in held.mentions)
    for (kind, who), found_here in together.items():
        yield _entity(
            "Mention",
            f"gb-mention-{held.document.source.doc}-{_short(f'{kind} {who}')}",
            document=_document_id(held.document.source.doc),
            resolved=None if who.startswith("?") else _actor_id(who),
            name={found.mention.text for found in found_here},
            detectedSchema=kinds[kind],
            contextCountry=countries,
        )


def event(known: Callable[[str], Actor | None], held: Contents, found: FoundEvent) -> Entity:
    """A dated event, with the document that tells it; ``known`` gives an actor by its id."""
    told, source = found.event, found.source
    actors = [one for id in told.actors if (one := known(id))]
    return _entity(
        "Event",
        f"gb-event-{source.doc}-{told.start}-{told.end}",
        name=told.display,
        **_dates(told.date),
        summary=f"{told.certainty} {told.role}, told {source.path}{source.place}",
        involved=[_actor_id(one.id) for one in actors if one.type != "place"],
        locationMentioned=[one.name for one in actors if one.type == "place"],
        country=_countries(told.actors),
        proof=_document_id(source.doc),
        sourceUrl=held.document.url,
        recordId=f"{source.doc}:{source.start}-{source.end}",
    )


def _dates(day: ResolvedDate) -> dict[str, str | None]:
    """The date as FollowTheMoney has it, whose dates may end with the year or the month."""
    if day.granularity in ("day", "month", "year") and day.mod is None and day.start:
        whole = {"day": 10, "month": 7, "year": 4}[day.granularity]
        return {"date": day.start[:whole]}
    return {"startDate": day.start, "endDate": day.end}


def _by_type(found: Iterable[FoundMention]) -> dict[str, set[str]]:
    """The names in a document, by the type of whom they mean."""
    out: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.mention.how in ("name", "alias"):
            out[one.mention.type].add(one.mention.text)
    return out


def _countries(ids: Iterable[str | None]) -> set[str]:
    """The codes of those actors that are states."""
    codes = country_codes()
    return {codes[id].lower() for id in ids if id in codes}


def _document_id(doc: str) -> str:
    return f"gb-doc-{doc}"


def _actor_id(id: str) -> str:
    """An id of which FollowTheMoney takes every character."""
    return f"gb-actor-{id if _ID.fullmatch(id) else _short(id)}"


def _short(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]


def _entity(schema: str, id: str, **properties: Any) -> Entity:
    """An entity without the properties that have no value; those with several in order."""
    held: dict[str, list[str]] = {}
    for name, value in properties.items():
        several = [value] if isinstance(value, str) else value or []
        if values := [one for one in several if one]:
            held[name] = sorted(values) if isinstance(value, set) else list(dict.fromkeys(values))
    return {"id": id, "schema": schema, "properties": held}
