"""Findings with their offsets shifted: from those in a segment to those in the whole text."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..model import (
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

T = TypeVar("T", Mention, Quote, TimeExpression, Event, Span, Role, Speaker)


def shifted(found: Findings, by: int) -> Findings:
    """``found`` with all offsets ``by`` further on."""
    if not by:
        return found
    return Findings(
        tuple(_shifted(x, by) for x in found.mentions),
        tuple(replace(x, roles=tuple(_shifted(r, by) for r in x.roles)) for x in found.actors),
        tuple(_shifted_quote(x, by) for x in found.quotes),
        tuple(_shifted(x, by) for x in found.dates),
        tuple(_shifted(x, by) for x in found.events),
    )


def concatenated(parts: list[Findings]) -> Findings:
    """The findings of pieces as those of the whole; an actor's key is the same in all of them."""
    if len(parts) == 1:
        return parts[0]
    actors: dict[str, DocumentActor] = {}
    for actor in (a for p in parts for a in p.actors):
        known = actors.get(actor.key)
        actors[actor.key] = replace(known, roles=known.roles + actor.roles) if known else actor
    return Findings(
        tuple(x for p in parts for x in p.mentions),
        tuple(actors.values()),
        tuple(x for p in parts for x in p.quotes),
        tuple(x for p in parts for x in p.dates),
        tuple(x for p in parts for x in p.events),
    )


def _shifted(x: T, by: int) -> T:
    if x.start is None or x.end is None:
        return x
    return replace(x, start=x.start + by, end=x.end + by)


def _shifted_quote(x: Quote, by: int) -> Quote:
    return replace(
        _shifted(x, by),
        fragments=tuple(_shifted(f, by) for f in x.fragments),
        sentence=_shifted(x.sentence, by),
        cue=_shifted(x.cue, by) if x.cue else None,
        speakers=tuple(_shifted(s, by) for s in x.speakers),
        outer=tuple(_shifted(s, by) for s in x.outer),
    )
