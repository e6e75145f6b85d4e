"""One actor's profile: statements, co-occurring actors, events and passages."""

from __future__ import annotations

from math import log

from ..model import ActorSummary, Company, Passage, Window
from ..store.reader import Index
from .actor_lookup import find_actor
from .timeline import timeline

EVENTS = 200
"""So many mentions of events of one actor are compared for its summary."""


def summary(index: Index, name: str, *, window: Window = Window(), limit: int = 10) -> ActorSummary:
    """All about one actor: each list holds at most ``limit`` (0 = all), the newest first, company
    the most telling first. Errors as ``find_actor``."""
    actor = find_actor(index, name)
    statements = index.quote_postings(
        window, by=actor.id, newest=True, limit=limit, statements=True
    )
    about = index.quote_postings(window, about=actor.id, newest=True, limit=limit, statements=True)
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
        tuple(index.quotes_at(about)),
        tuple(cooccurring(index, actor.id, limit)),
        timeline(index, actor=actor.id, window=window, limit=limit, most=EVENTS).results,
        tuple(passages.values()),
        tuple(index.months(actor.id, window)),
    )


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
