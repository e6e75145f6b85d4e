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
from .pack import pack, pack_text

PIECE = 400_000
"""A text longer than this many code points is searched in pieces, to bound memory."""

T = TypeVar("T", Mention, Quote, TimeExpression, Event, Span, Role, Speaker)


@dataclass(slots=True)
class Local:
    """An actor as one document knows it, with its counts."""

    actor: DocumentActor
    block: str = ""
    mentions: int = 0
    quotes: int = 0
    sentences: int = 0
    first: tuple[int | None, int | None, int | None] = (None, None, None)  # start, end, line
    aliases: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Prepared:
    """All that the index keeps of one document. Actors are numbers in ``locals``."""

    document: tuple[Any, ...]  # the columns of table document after path, findings last
    words: int
    chunks: list[tuple[int, int, bytes, bytes, str, str]]  # start, line, bounds, body, text, joined
    vocabulary: set[str]
    locals: list[Local]
    quotes: list[tuple[str, str, list[int], list[int]]]  # kind, words, by, about
    events: list[tuple[str | None, str | None, list[int]]]  # start, end, actors
    company: list[tuple[int, int, int]]  # a < b, sentences


def prepare(document: Document) -> Prepared:
    """Find everything in ``document`` and make rows of it."""
    text = document.text
    parts = Text(text)
    sentences = parts.sentences
    found = findings(document, parts)
    pieces: list[tuple[int, int, bytes, bytes, str, str]] = []
    vocabulary: set[str] = set()
    count = 0
    for piece in chunks(text, sentences):
        tokens = words.tokens(piece.text)
        joined = words.joined(piece.text)
        count += len(tokens)
        vocabulary.update(tokens, joined)
        pieces.append((piece.start, piece.line, pack_bounds(piece.sentences),
                       pack_text(piece.text), " ".join(tokens), " ".join(joined)))  # fmt: skip
    locals_, places = _locals(found, text)
    for local in locals_:
        local.block = block_key(record(document.id, local))
    return Prepared(
        document=(
            document.title, document.published, document.published_from, document.author,
            document.url, _json(document.tags), document.language, document.format,
            _json(document.pages), count, len(sentences),
            _json(document.warnings), pack(found, text),
        ),
        words=count,
        chunks=pieces,
        vocabulary={w for w in vocabulary if words.correctable(w)},
        locals=locals_,
        quotes=[_quote(q, places) for q in found.quotes],
        events=[
            (e.date.start, e.date.end, sorted({places[a] for a in e.actors if a in places}))
            for e in found.events
        ],
        company=_company(found, places, sentences, locals_),
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
    for q in found.quotes:
        for key in {s.actor for s in q.speakers}:
            if key in places:
                out[places[key]].quotes += 1
    return out, places


def _quote(quote: Quote, places: dict[str, int]) -> tuple[str, str, list[int], list[int]]:
    by = {places[s.actor] for s in (*quote.speakers, *quote.outer) if s.actor in places}
    about = {places[a] for a in quote.about if a in places}
    tokens = words.tokens(quote.content)
    return quote.kind, " ".join(tokens), sorted(by), sorted(about)


def _company(
    found: Findings,
    places: dict[str, int],
    sentences: list[tuple[int, int]],
    locals_: list[Local],
) -> list[tuple[int, int, int]]:
    """Pairs of actors that one sentence names, and in how many sentences; counts the sentences of
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
        if 2 <= len(here) <= 30:  # a longer list tells of no company
            group = sorted(here)
            pairs.update((a, b) for n, a in enumerate(group) for b in group[n + 1 :])
    return [(a, b, n) for (a, b), n in pairs.items()]


# ---- findings, piece by piece in a long text ----------------------------------------------


def findings(document: Document, parts: Text) -> Findings:
    """``find.find``, in pieces of whole paragraphs or sentences where the text is long."""
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
