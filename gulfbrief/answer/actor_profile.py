"""One actor's profile: statements, co-occurring actors, events and passages."""

from __future__ import annotations

from math import log

from ..model import ActorSummary, Company, FoundEvent, FoundQuote, Passage, Window
from ..store.reader import Index
from .actor_lookup import find_actor
from .timeline import timeline
from .timeline_summary import timeline_summary

EVENTS = 200
"""So many mentions of events of one actor are compared; of more, only the days are weighed."""


def summary(index: Index, name: str, *, window: Window = Window(), limit: int = 10) -> ActorSummary:
    """All about one actor: each list holds at most ``limit`` (0 = all), the newest first, company
    the most telling first. Errors as ``find_actor``."""
    actor = find_actor(index, name)
    statements = index.quote_postings(
        window, by=actor.id, newest=True, limit=limit, statements=True
    )
    about = _said_by_others(index, actor.id, window, limit)
    passages: dict[tuple[str, int], Passage] = {}
    for found in index.mentions(window, actor=actor.id):
        if limit and len(passages) >= limit:
            break
        if found.mention.how == "pronoun":
            continue
        passage = index.passage(found.source)
        passages.setdefault((passage.source.doc, passage.source.start or 0), passage)
    return ActorSummary(
        actor,
        tuple(index.quotes_at(statements)),
        about,
        tuple(cooccurring(index, actor.id, limit)),
        _events(index, actor.id, window, limit),
        tuple(passages.values()),
        tuple(index.months(actor.id, window)),
    )


def _said_by_others(index: Index, actor: str, window: Window, limit: int) -> tuple[FoundQuote, ...]:
    """What others say of an actor, the newest first: none of its own words."""
    own = set(index.quote_postings(window, by=actor))
    about = index.quote_postings(window, about=actor, newest=True, statements=True)
    places = [place for place in about if place not in own]
    return tuple(index.quotes_at(places[: limit or None]))


def _events(index: Index, actor: str, window: Window, limit: int) -> tuple[FoundEvent, ...]:
    """What happened to an actor: at most ``limit`` (0 = all) events, those that matter most, in
    order of their days."""
    places = index.event_postings(window, actor=actor, across=False)
    if limit and len(places) > EVENTS:
        return timeline_summary(index, top=limit, actor=actor, window=window).results
    found = timeline(index, actor=actor, window=window).results
    if not limit or len(found) <= limit:
        return found
    best = sorted(range(len(found)), key=lambda n: (-(found[n].weight or 0), -n))[:limit]
    return tuple(found[n] for n in sorted(best))


def cooccurring(index: Index, actor: str, limit: int = 0) -> list[Company]:
    """Who stands in one sentence with ``actor`` more often than chance, the most telling first; at
    most ``limit`` (0 = all).

    ``score`` is the log-likelihood ratio G² of the 2×2 table of sentences with one, both or none of
    the two (Dunning 1993); company that is met less often than chance is left out.
    """
    together = index.cooccurrence(actor)
    counts, total = index.sentence_counts([actor, *together])
    met = []
    for other, both in together.items():
        a, b = counts.get(actor, both), counts.get(other, both)
        if both * total > a * b and other in counts:
            met.append((-round(_g2(both, a, b, total), 2), -both, other))
    met.sort()
    if limit and len(met) > limit:  # those that stand level are told apart by their names
        met = [m for m in met if m[:2] <= met[limit - 1][:2]]
    out = [
        Company(other, who.name, -both, -score)
        for score, both, other in met
        if (who := index.actor(other)) is not None
    ]
    return sorted(out, key=lambda c: (-c.score, -c.sentences, c.name))[: limit or None]


def _g2(both: int, a: int, b: int, total: int) -> float:
    table = (
        (both, a * b),
        (a - both, a * (total - b)),
        (b - both, (total - a) * b),
        (total - a - b + both, (total - a) * (total - b)),
    )
    return 2 * sum(n * log(n * total / expected) for n, expected in table if n > 0 and expected > 0)
