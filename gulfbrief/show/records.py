"""Model objects -> plain dicts, exactly as ``docs/schema/NAME.json`` say.

The one place that knows the JSON. Keys are stable within a schema number; new ones may come.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from ..model import (
    Actor,
    ActorSummary,
    Answer,
    Asked,
    Brief,
    Company,
    DocumentActor,
    DocumentRecord,
    Event,
    Findings,
    FoundDate,
    FoundEvent,
    FoundMention,
    FoundQuote,
    Mention,
    Passage,
    Quote,
    ResolvedDate,
    RoleRecord,
    ScreenedName,
    Source,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Verdict,
)

Record = dict[str, Any]


def envelope(
    schema: str, query: Mapping[str, Any], total: int, results: Iterable[Record]
) -> Record:
    """One whole answer; ``total`` counts all that match, ``results`` may be fewer."""
    asked = {
        name: value for name, value in query.items() if value not in (None, (), [], {}, "", False)
    }
    return {
        "schema": f"gulfbrief.{schema}/1",
        "query": asked,
        "total": total,
        "results": list(results),
    }


def record(found: object) -> Record:
    """The record of any object that an answer may hold."""
    match found:
        case Passage():
            return passage(found)
        case FoundQuote():
            return quote(found)
        case FoundEvent():
            return event(found)
        case FoundMention():
            return mention(found)
        case FoundDate():
            return date(found)
        case Actor():
            return actor(found)
        case ActorSummary():
            return summary(found)
        case Verdict():
            return verdict(found)
        case ScreenedName():
            return screened(found)
        case Asked():
            return asked(found)
        case Brief():
            return brief(found)
        case DocumentRecord():
            return document(found)
        case Answer():
            return {"total": found.total, "results": [record(one) for one in found.results]}
        case Findings():
            return findings(found)
        case Mention():
            return place(found) | naming(found)
        case Quote():
            return place(found) | quotation(found)
        case TimeExpression():
            return place(found) | timex(found)
        case Event():
            return place(found) | happening(found)
        case dict():
            return found
    raise TypeError(f"no record for {type(found).__name__}")


def source(where: Source, *, offsets: bool = True) -> Record:
    out: Record = {
        "doc": where.doc,
        "path": where.path,
        "title": where.title,
        "published": where.published,
    }
    if offsets:
        out |= {"line": where.line, "column": where.column}
        out |= {"start": where.start, "end": where.end}
        if where.page is not None:
            out["page"] = where.page
    return out


def passage(found: Passage) -> Record:
    return {
        "source": source(found.source),
        "text": found.text,
        "score": number(found.score),
        "highlights": [list(pair) for pair in found.highlights],
        "corrections": {typed: list(words) for typed, words in found.corrections.items()},
        "folded": [source(one) for one in found.folded],
    }


def quote(found: FoundQuote) -> Record:
    return {"source": source(found.source)} | quotation(found.quote, found.similarity)


def quotation(said: Quote, similarity: float | None = None) -> Record:
    """A quotation without its source."""
    return {
        "kind": said.kind,
        "content": said.shown,
        "fragments": [span(piece) for piece in said.fragments],
        "cue": span(said.cue) if said.cue else None,
        "speaker": speaker(said.speakers[0]) if said.speakers else None,
        "confidence": number(said.confidence),
        "about": list(said.about),
        "sentence": said.sentence.text,
        "speakers": [speaker(one) for one in said.speakers],
        "outer": [speaker(one) for one in said.outer],
        "reason": said.reason,
        "act": said.act,
        "said": said.act == "statement" and said.asserted,
        "content_confidence": number(said.content_confidence),
        "similarity": None if similarity is None else number(similarity),
    }


def speaker(who: Speaker) -> Record:
    return {
        "text": who.text,
        "start": who.start,
        "end": who.end,
        "actor": who.actor,
        "name": who.name,
        "how": who.how,
        "reason": who.reason,
    }


def span(words: Span) -> Record:
    return {"start": words.start, "end": words.end, "text": words.text}


def event(found: FoundEvent) -> Record:
    return (
        {"source": source(found.source)}
        | happening(found.event)
        | {
            "weight": found.weight,
            "reports": found.reports,
            "also": [source(other.source) for other in found.also],
            "conflicts": [
                {"source": source(other.source)} | happening(other.event)
                for other in found.conflicts
            ],
        }
    )


def happening(told: Event) -> Record:
    """An event without its source."""
    return {
        "date": resolved(told.date),
        "event": told.reading or told.text,
        "actors": list(told.actors),
        "certainty": told.certainty,
        "role": told.role,
        "polarity": told.polarity,
        "statement": list(told.statement) if told.statement else None,
    }


def resolved(day: ResolvedDate) -> Record:
    return {
        "text": day.text,
        "edtf": day.edtf,
        "start": day.start,
        "end": day.end,
        "granularity": day.granularity,
        "mod": day.mod,
        "anchor": {"kind": day.anchor_kind, "date": day.anchor_date},
    }


def mention(found: FoundMention) -> Record:
    return {"source": source(found.source)} | naming(found.mention)


def naming(named: Mention) -> Record:
    """A mention without its source."""
    return {"text": named.text, "type": named.type, "actor": named.actor, "how": named.how}


def date(found: FoundDate) -> Record:
    return {"source": source(found.source)} | timex(found.timex)


def timex(said: TimeExpression) -> Record:
    """A temporal expression without its source."""
    return {
        "timex": {"text": said.text, "type": said.type, "value": said.value, "mod": said.mod},
        "date": resolved(said.date) if said.date else None,
        "reference": said.reference,
        "reason": said.reason,
    }


def actor(known: Actor) -> Record:
    return {
        "source": source(known.source) if known.source else None,
        "id": known.id,
        "name": known.name,
        "type": known.type,
        "aliases": [{"text": text, "count": count} for text, count in known.aliases],
        "roles": [role(held) for held in known.roles],
        "mentions": known.mentions,
        "adjectives": known.adjectives,
        "documents": known.documents,
        "quotes": known.quotes,
        "first": known.first,
        "last": known.last,
    }


def role(held: RoleRecord) -> Record:
    return {"text": held.text, "count": held.count, "first": held.first, "last": held.last}


def company(other: Company) -> Record:
    return {
        "id": other.id,
        "name": other.name,
        "type": other.type,
        "sentences": other.sentences,
        "score": number(other.score),
        "passage": passage(other.passage) if other.passage else None,
    }


def summary(known: ActorSummary) -> Record:
    return actor(known.actor) | {
        "summary": [passage(told) for told in known.summary],
        "statements": [statement(said) for said in known.statements],
        "said_about": [statement(said) for said in known.said_about],
        "appears_with": [company(other) for other in known.appears_with],
        "events": [event(told) for told in known.events],
        "passages": [passage(found) for found in known.passages],
        "by_month": [{"month": month, "mentions": count} for month, count in known.by_month],
    }


def brief(dossier: Brief) -> Record:
    """A dossier; ``sources`` are in the order of their numbers, counted from 1."""
    return {
        "topic": dossier.topic,
        "documents": dossier.documents,
        "first": dossier.first,
        "last": dossier.last,
        "made": dossier.made,
        "actor": actor(dossier.actor) if dossier.actor else None,
        "summary": [passage(told) for told in dossier.summary],
        "actors": [actor(one) for one in dossier.actors],
        "voices": [
            {"actor": voice.actor.id, "statements": [statement(one) for one in voice.statements]}
            for voice in dossier.voices
        ],
        "exchanges": [
            {
                "claims": [statement(one) for one in exchange.claims],
                "denials": [statement(one) for one in exchange.denials],
            }
            for exchange in dossier.exchanges
        ],
        "timeline": [event(told) for told in dossier.timeline],
        "conflicts": [event(told) for told in dossier.conflicts],
        "disputed": [statement(one) for one in dossier.disputed],
        "open_questions": [passage(told) for told in dossier.open_questions],
        "links": [
            {"actors": [one, other], "sentences": count} for one, other, count in dossier.links
        ],
        "sources": [
            source(one, offsets=False) | {"cited": count}
            for one, count in zip(dossier.sources, dossier.cited, strict=True)
        ],
    }


def statement(said: Statement) -> Record:
    return quote(said.found) | {
        "reports": said.reports,
        "also": [source(other) for other in said.also],
    }


def screened(found: ScreenedName) -> Record:
    one = found.actor
    return {
        "asked": found.asked,
        "id": one.id if one else None,
        "name": one.name if one else None,
        "type": one.type if one else None,
        "likeness": number(found.likeness),
        "mentions": one.mentions if one else 0,
        "documents": one.documents if one else 0,
    }


def asked(found: Asked[Any]) -> Record:
    """One question of a list with its answer."""
    return {
        "asked": found.asked,
        "total": found.answer.total,
        "results": [record(one) for one in found.answer.results],
    }


def verdict(judged: Verdict) -> Record:
    return {
        "source": source(judged.match.source) if judged.match else None,
        "file": judged.file,
        "quote": judged.quote,
        "line": judged.line,
        "verdict": judged.verdict,
        "claimed_speaker": judged.claimed_speaker,
        "match": record(judged.match) if judged.match else None,
        "similarity": number(judged.similarity),
        "differences": [
            {"op": one.op, "draft": one.draft, "source": one.source, "marked": one.marked}
            for one in judged.differences
        ],
    }


def document(held: DocumentRecord) -> Record:
    return {
        "source": source(held.source, offsets=False),
        "paths": list(held.paths),
        "words": held.words,
        "language": held.language,
        "format": held.format,
        "published_from": held.published_from,
        "author": held.author,
        "url": held.url,
        "tags": list(held.tags),
        "indexed_at": held.indexed_at,
        "warnings": list(held.warnings),
    }


def shown(held: DocumentRecord, text: str, found: Findings) -> Record:
    """One document with its text and all that was found in it; offsets are those of ``text``."""
    return document(held) | {"text": text} | findings(found)


def findings(found: Findings) -> Record:
    """All that was found in one document."""
    return {
        "actors": [known(one) for one in found.actors],
        "mentions": [record(one) for one in found.mentions],
        "quotes": [record(one) for one in found.quotes],
        "dates": [record(one) for one in found.dates],
        "events": [record(one) for one in found.events],
    }


def place(found: Mention | Quote | TimeExpression | Event) -> Record:
    return {"start": found.start, "end": found.end}


def known(one: DocumentActor) -> Record:
    return {"id": one.key, "name": one.name, "type": one.type}


def number(value: float) -> float:
    """A finite number with four decimals at most; what is not finite is nothing."""
    return round(value, 4) if math.isfinite(value) else 0.0
