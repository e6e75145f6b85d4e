"""Cross-document event coreference: which event mentions of a timeline are one event, and which
tell it of another day.

No mention is compared with all others: each is looked up by its rarest words and actors among those
of its days, and at most a fixed number is tried for each of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..model import FoundEvent
from .event_mention import (
    EventMention,
    TermWeights,
    contradictory,
    coreference_score,
    dates_compatible,
    of_different_participants,
)

_TRIED = 25  # clusters tried for each word or actor
_COMPARED = 4  # mentions of a cluster with which a further one is compared
_SHARED = 2  # looked-up words that two must share before they are compared


@dataclass(slots=True)
class _Cluster:
    """The mentions of one event; later ones are compared with the first few."""

    mentions: list[EventMention]
    documents: set[str]
    rarest: list[str]
    conflicts: list[int] = field(default_factory=list)

    @property
    def first(self) -> EventMention:
        return self.mentions[0]

    @property
    def narrowest(self) -> EventMention:
        """The mention of the most precise day: a vague one contradicts nothing."""
        return min(self.mentions, key=lambda t: t.days)


def cluster_mentions(
    events: Iterable[FoundEvent], before: Mapping[tuple[str, int], str] = MappingProxyType({})
) -> list[FoundEvent]:
    """``events`` with the mentions of one event under one entry, in order of their days.

    The entry is the mention with the narrowest date; ``also`` holds one mention of each further
    document. ``conflicts`` holds entries of other documents that tell the same event of a day
    that cannot be the same. The order of ``events`` does not matter. ``before`` has the text before
    the events, by document and offset.
    """
    ordered = sorted(events, key=order)
    mentions = [EventMention.of(f, before.get((f.source.doc, f.event.start), "")) for f in ordered]
    weights = TermWeights(mentions)
    clusters = _clustered(mentions, weights)
    _link_contradictions(clusters, weights)
    representatives = [_representative(cluster) for cluster in clusters]
    out = [
        replace(
            representative,
            conflicts=tuple(replace(representatives[j], also=()) for j in cluster.conflicts),
        )
        if cluster.conflicts
        else representative
        for representative, cluster in zip(representatives, clusters, strict=True)
    ]
    return sorted(out, key=order)


def order(found: FoundEvent) -> tuple[str, str, str, str, int]:
    """Events by their days; those that begin alike, the shorter first."""
    date, source = found.event.date, found.source
    start, end = date.start or date.end or "", date.end or "9999"
    return (start, end, source.published or "", source.path, found.event.start)


def _clustered(mentions: Iterable[EventMention], weights: TermWeights) -> list[_Cluster]:
    """The mentions gathered by event, each with the cluster that is most like it."""
    clusters: list[_Cluster] = []
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mention in mentions:
        rarest, asked, filed = (
            weights.index_terms(mention),
            _looked_under(mention),
            _filed_under(mention),
        )
        hits: dict[int, int] = {}
        for span in asked:
            for key in rarest:
                held = listed.get((key, span))
                if held:
                    _count(hits, held)
        best, home = 0.0, -1
        for at, shared in hits.items():
            if shared >= _SHARED:
                score = max(
                    coreference_score(mention, other, weights)
                    for other in clusters[at].mentions[:_COMPARED]
                )
                if score > best and _admits(mention, clusters[at]):
                    best, home = score, at
        document = mention.found.source.doc
        if home < 0:
            home = len(clusters)
            clusters.append(_Cluster([mention], {document}, rarest))
        else:
            clusters[home].mentions.append(mention)
            clusters[home].documents.add(document)
        for key in rarest:
            for span in filed:
                here = listed[key, span]
                if home not in here[-_TRIED:]:
                    here.append(home)
    return clusters


def _count(hits: dict[int, int], held: list[int]) -> None:
    for at in held[-_TRIED:]:
        hits[at] = hits.get(at, 0) + 1


def _admits(mention: EventMention, cluster: _Cluster) -> bool:
    """Whether no mention of the cluster is of others than this one, or of a day that cannot be the
    same: a month told by one does not join the two days of others."""
    return not any(
        of_different_participants(mention, other) or not dates_compatible(mention, other)
        for other in cluster.mentions[:_TRIED]
    )


def _filed_under(t: EventMention) -> list[str]:
    """The spans under which a mention is filed: its own, and the month and year about it."""
    month = ["within " + t.start[:7]] if t.days <= 31 else []
    return [_own(t), *month, "within " + t.start[:4]]


def _looked_under(t: EventMention) -> list[str]:
    """The spans in which a mention looks for others of its days."""
    if t.days > 31:
        return [_own(t), "within " + t.start[:4]]
    month = "month " if t.days == 1 else "within "
    return [_own(t), month + t.start[:7], "year " + t.start[:4]]


def _own(t: EventMention) -> str:
    if t.days == 1:
        return t.start
    return ("month " + t.start[:7]) if t.days <= 31 else ("year " + t.start[:4])


def _link_contradictions(clusters: list[_Cluster], weights: TermWeights) -> None:
    """Marks clusters of different documents that tell one event of different days."""
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        narrowest = cluster.narrowest
        slips, rarest = _confusable_under(narrowest), cluster.rarest
        hits: dict[int, int] = {}
        for span in slips:
            for key in rarest:
                held = listed[key, span]
                if held:
                    _count(hits, held)
                held.append(at)
        for other, shared in hits.items():
            if shared < _SHARED or not cluster.documents.isdisjoint(clusters[other].documents):
                continue
            if contradictory(narrowest, clusters[other].narrowest, weights):
                cluster.conflicts.append(other)
                clusters[other].conflicts.append(at)


def _confusable_under(t: EventMention) -> list[str]:
    """Where a mention of a wrong day may be found: days near, the day of another month or year."""
    if t.days > 31:
        return ["years"]
    if t.days > 1:
        return ["near"]
    return ["near", "day " + t.start[5:], "day " + t.start[:4] + t.start[8:]]


def _representative(cluster: _Cluster) -> FoundEvent:
    """The mention that represents the cluster, with one of each other document behind it."""
    if len(cluster.mentions) == 1:
        return cluster.first.found
    sure = {"past": 0, "planned": 1, "hypothetical": 2}
    ranked = sorted(
        cluster.mentions,
        key=lambda t: (sure[t.found.event.certainty], t.days, order(t.found)[2:]),
    )
    representative = ranked[0].found
    others: dict[str, FoundEvent] = {}
    for mention in ranked[1:]:
        if mention.found.source.doc != representative.source.doc:
            others.setdefault(mention.found.source.doc, mention.found)
    also = sorted(others.values(), key=lambda f: (f.source.published or "", f.source.path))
    return replace(representative, also=tuple(also))
