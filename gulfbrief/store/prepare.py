"""Document -> the rows that the writer stores; runs in the reading processes."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from .. import find
from ..find.merge import DocActorRecord, block_key
from ..find.text import Text
from ..model import (
    Document,
    DocumentActor,
    Event,
    Findings,
    Mention,
    Quote,
    Role,
    Span,
    Speaker,
    TimeExpression,
)
from . import words
from .chunks import chunks, pack_bounds
from .numbers import day_number, number_of, pack_numbers
from .pack import pack, pack_text

PIECE = 400_000
"""A text longer than this many code points is searched in pieces, to bound memory."""

CROWD = 30
"""A sentence that names more actors than this is a list, and tells of no company."""

T = TypeVar("T", Mention, Quote, TimeExpression, Event, Span, Role, Speaker)


@dataclass(slots=True)
class Local:
    """An actor as one document knows it: what is counted of it, and where it is found."""

    actor: DocumentActor
    block: int = 0
    mentions: int = 0
    sentences: int = 0
    first: tuple[int | None, int | None, int | None] = (None, None, None)  # start, end, line
    says: list[int] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    aliases: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Prepared:
    """All that the index keeps of one document."""

    document: tuple[Any, ...]  # the columns of table document from title to findings
    words: int
    chunks: list[tuple[int, int, bytes, bytes, str, str]]  # start, line, bounds, body, text, joined
    vocabulary: Counter[str]  # in how many pieces each word stands
    locals: list[Local]
    events: list[tuple[int | None, ...]]  # first and last day


def prepare(document: Document) -> Prepared:
    """Find everything in ``document`` and make rows of it."""
    text = document.text
    parts = Text(text)
    sentences = parts.sentences
    found = findings(document, parts)
    pieces: list[tuple[int, int, bytes, bytes, str, str]] = []
    vocabulary: Counter[str] = Counter()
    count = 0
    for piece in chunks(text, sentences):
        tokens = words.tokens(piece.text)
        count += len(tokens)
        vocabulary.update({t for t in tokens if words.correctable(t)})
        pieces.append((piece.start, piece.line, pack_bounds(piece.sentences),
                       pack_text(piece.text), " ".join(tokens),
                       " ".join(words.joined(piece.text))))  # fmt: skip
    locals_, places = _locals(found, text)
    for local in locals_:
        local.block = number_of(block_key(record(document.id, local)))
    company = _company(found, places, sentences, locals_)
    return Prepared(
        document=(
            document.title, document.published, document.published_from, document.author,
            document.url, _json(document.tags), document.language, document.format,
            pack_numbers(document.pages) or None, count, len(sentences),
            "".join(q.kind[0] for q in found.quotes) or None, pack_numbers(company) or None,
            _json(document.warnings), pack(found, text),
        ),
        words=count,
        chunks=pieces,
        vocabulary=vocabulary,
        locals=locals_,
        events=[
            tuple(day_number(day) if day else None for day in (e.date.start, e.date.end))
            for e in found.events
        ],
    )  # fmt: skip


def _json(values: tuple[Any, ...]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _locals(found: Findings, text: str) -> tuple[list[Local], dict[str, int]]:
    """The actors of the document with their counts, and key -> place."""
    out = [Local(a) for a in found.actors]
    places = {a.key: i for i, a in enumerate(found.actors)}
    lines = [m.start() for m in re.finditer("\n", text)]
    for m in found.mentions:
        if m.actor not in places:
            continue
        local = out[places[m.actor]]
        local.mentions += 1
        if local.first[0] is None:
            local.first = (m.start, m.end, bisect_right(lines, m.start) + 1)
        if m.how in ("name", "alias") and m.type != "nationality":
            local.aliases[" ".join(m.text.split())] += 1
    for n, quote in enumerate(found.quotes):
        for key in {s.actor for s in (*quote.speakers, *quote.outer)}:
            if key in places:
                out[places[key]].says.append(n)
        for key in set(quote.about):
            if key in places:
                out[places[key]].subject.append(n)
    for n, event in enumerate(found.events):
        for key in set(event.actors):
            if key in places:
                out[places[key]].events.append(n)
    return out, places


def _company(
    found: Findings,
    places: dict[str, int],
    sentences: list[tuple[int, int]],
    locals_: list[Local],
) -> list[int]:
    """Triples: two actors that sentences name together, and how many do; counts the sentences of
    each actor on the way."""
    pairs: Counter[tuple[int, int]] = Counter()
    mentions = sorted((m.start, places[m.actor]) for m in found.mentions if m.actor in places)
    i = 0
    for _, end in sentences:
        here: set[int] = set()
        while i < len(mentions) and mentions[i][0] < end:
            here.add(mentions[i][1])
            i += 1
        for place in here:
            locals_[place].sentences += 1
        if 2 <= len(here) <= CROWD:
            group = sorted(here)
            pairs.update((a, b) for n, a in enumerate(group) for b in group[n + 1 :])
    return [number for (a, b), n in sorted(pairs.items()) for number in (a, b, n)]


# ---- findings, piece by piece in a long text ----------------------------------------------


def findings(document: Document, parts: Text) -> Findings:
    """``find.find``, in pieces of whole paragraphs or sentences where the text is long; nothing of
    what is not English."""
    if document.language not in (None, "en"):
        return Findings()
    if len(document.text) <= PIECE:
        return find.find(document, parts)
    mentions: list[Mention] = []
    actors: dict[str, DocumentActor] = {}
    quotes: list[Quote] = []
    dates: list[TimeExpression] = []
    events: list[Event] = []
    for start, end in _pieces(document.text):
        found = find.find(replace(document, text=document.text[start:end]))
        mentions += [_moved(x, start) for x in found.mentions]
        quotes += [_moved_quote(x, start) for x in found.quotes]
        dates += [_moved(x, start) for x in found.dates]
        events += [_moved(x, start) for x in found.events]
        for actor in found.actors:
            roles = tuple(_moved(r, start) for r in actor.roles)
            known = actors.get(actor.key)
            actors[actor.key] = replace(
                known or actor, roles=(known.roles + roles) if known else roles
            )
    return Findings(
        tuple(mentions), tuple(actors.values()), tuple(quotes), tuple(dates), tuple(events)
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > PIECE:
        low, high = start + PIECE // 2, start + PIECE
        for mark in ("\n\n", "\n", ". ", " "):
            cut = text.rfind(mark, low, high)
            if cut >= 0:
                cut += len(mark)
                break
        else:
            cut = high
        yield start, cut
        start = cut
    yield start, len(text)


def _moved(x: T, by: int) -> T:
    if x.start is None or x.end is None:
        return x
    return replace(x, start=x.start + by, end=x.end + by)


def _moved_quote(x: Quote, by: int) -> Quote:
    return replace(
        _moved(x, by),
        fragments=tuple(_moved(f, by) for f in x.fragments),
        sentence=_moved(x.sentence, by),
        cue=_moved(x.cue, by) if x.cue else None,
        speakers=tuple(_moved(s, by) for s in x.speakers),
        outer=tuple(_moved(s, by) for s in x.outer),
    )


def record(doc: str, local: Local) -> DocActorRecord:
    """An actor as merging sees it (find/merge.py)."""
    actor = local.actor
    return DocActorRecord(
        doc, actor.key, actor.name, actor.type, actor.known, tuple(sorted(local.aliases.items())),
        actor.gender, tuple(sorted({" ".join(r.text.split()) for r in actor.roles})),
        tuple(sorted({r.state for r in actor.roles if r.state})),
    )  # fmt: skip
