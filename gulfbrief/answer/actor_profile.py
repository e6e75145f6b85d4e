"""One actor's profile: in short, sayings, what others say, co-occurring actors, events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from math import log
from typing import Literal

from ..model import ActorSummary, Company, FoundEvent, FoundQuote, Passage, Statement, Window
from ..store.actor_documents import ActorDocument
from ..store.filters import QuoteFilter
from ..store.reader import Index
from .actor_lookup import find_actor
from .chronicle import chronicle, credible, once, over, reported_events, salient_days
from .extraction import Sentence, is_caption, select, terms, trimmed
from .punctuation import whole
from .reports import Report, most_mentioning
from .salience import by_lag, day_salience, most_salient
from .sayings import folded, identified, newest, quotable, ranked, says, shown
from .timeline import EVERY, timeline
from .vectors import Vectors

Sort = Literal["weight", "date"]

REPORTS = 50
"""So many documents, those that name the actor most, are read for what is said in short."""

SUMMARY = 5
"""Sentences."""

QUOTED = 50
"""So many documents are read for the sayings; of more, those of the days with most of them."""

FEW_EVENTS, EVENTS = 30, 200
"""Up to so many mentions of events of one actor all are compared, whatever their dates; of more,
single days are weighed first; of more than the second, these alone."""

ENOUGH = 3
"""So many whole sentences are preferred to clauses of all dates."""

DAYS, OF_ONE_DAY = 3, 4
"""For each event that is wanted so many days are looked at, and so many documents of each."""

TOGETHER = 500
"""So many actors are looked up at once, those first that are named most with another."""


def summary(
    index: Index,
    name: str,
    *,
    window: Window = Window(),
    limit: int = 10,
    sort: Sort = "weight",
) -> ActorSummary:
    """All about one actor: each list holds at most ``limit`` (0 = all), what says most first; with
    ``sort`` date the newest statements first. Errors as ``find_actor``."""
    actor = find_actor(index, name)
    known = index.actor_documents(actor.id, window)
    numbers = index.by_day(most_mentioning(index, known, REPORTS))
    reports = [Report(index, n, place) for place, n in enumerate(numbers)]
    own = QuoteFilter(window, by=actor.id, statements=True)
    about = QuoteFilter(window, about=actor.id, statements=True)
    sentences = [s for r in reports for s in r.sentences(actor.id)]
    events = _events(index, actor.id, window, limit, reports)
    told = in_short(reports, sentences, events)
    return ActorSummary(
        actor,
        tuple(told),
        tuple(_sayings(index, own, known, limit, sort, told)),
        tuple(_sayings(index, about, known, limit, sort, told)),
        tuple(_company(index, actor.id, limit, reports, sentences, told)),
        events,
        _passages(index, actor.id, known, limit),
        tuple(_months(known)),
    )


def _months(known: Iterable[ActorDocument]) -> list[tuple[str, int]]:
    """The months (YYYY-MM) of the documents that mention an actor, with its mentions."""
    counts: Counter[int] = Counter()
    for d in known:
        if d.day is not None and d.mentions:
            counts[d.day // 100] += d.mentions
    return [(f"{month // 100:04}-{month % 100:02}", n) for month, n in sorted(counts.items())]


def in_short(
    reports: Sequence[Report],
    sentences: Sequence[Sentence],
    events: Sequence[FoundEvent],
    wanted: Sequence[str] = (),
    space: Vectors | None = None,
) -> list[Passage]:
    """The sentences that say most, in order of their days; those that tell of days that matter
    (``events``, by weight) before others. ``wanted`` and ``space`` as in ``select``."""
    weights = {(e.source.doc, e.event.start): e.weight or 0.0 for e in events}
    shares = [weights.get((reports[s.report].doc, s.start), 0.0) for s in sentences]
    best = select(sentences, SUMMARY, wanted=wanted, weights=shares, space=space)
    best.sort(key=lambda x: (x[0].published or "9999", x[0].report, x[0].start))
    return [reports[s.report].passage(s, score) for s, score in best]


def _sayings(
    index: Index,
    wanted: QuoteFilter,
    known: Iterable[ActorDocument],
    limit: int,
    sort: Sort,
    told: Iterable[Passage],
) -> list[Statement]:
    """The statements by an actor or about it, each saying once; of those about it none of sentences
    in which it speaks, and only of those whom the text identifies. ``known`` are the documents that
    know the actor; where there is a limit, no sentence is shown that is ``told`` already."""
    not_by = wanted.about
    counts = {d: d.says if not_by is None else d.about for d in known}
    counts = {d: count for d, count in counts.items() if count}
    if limit and len(counts) > QUOTED:
        chosen = _newest(index, counts) if sort == "date" else _of_busy_days(index, counts)
        wanted = replace(wanted, numbers=chosen)
    places = index.quote_postings(wanted)
    before = {" ".join(p.text.split()) for p in told} if limit else set()
    statements = folded(
        q
        for q in _quotations(index, places, not_by)
        if quotable(q) and " ".join(shown(q.quote).split()) not in before
    )
    if not_by is not None and (name := _last_name(index, not_by)):
        statements = [s for s in statements if not says(name, s.found.quote.sentence.text)]
    if sort == "date":
        return newest(statements)[: limit or None]
    return ranked(statements, limit)


def _quotations(
    index: Index, places: Iterable[tuple[int, int]], not_by: str | None
) -> Iterator[FoundQuote]:
    """The quotations at ``places``, each document read once."""
    for number, here in groupby(places, key=lambda place: place[0]):
        document = index.stored_document(number)
        spoken = document.spoken(not_by) if not_by else ()
        for _, n in here:
            found = document.quote(n)
            told = not_by is None or not found.quote.speakers or identified(found)
            if told and found.quote.sentence.start not in spoken:
                yield found


def _last_name(index: Index, actor: str) -> str:
    """The name by which a person is called for short; empty of what is no person."""
    who = index.actor(actor)
    return who.name.split()[-1] if who is not None and who.type == "person" else ""


def _newest(index: Index, counts: Iterable[ActorDocument]) -> list[int]:
    """The last documents, undated ones behind all others."""
    ordered = sorted(counts, key=lambda d: (d.day is None, d.day or 0))
    first = ordered[-QUOTED].day
    last = [d for d in ordered if d.day is None or (first is not None and d.day >= first)]
    return list(index.by_day(last))[-QUOTED:]


def _of_busy_days(index: Index, counts: Mapping[ActorDocument, int]) -> list[int]:
    """Documents of the days on which most was said; what is repeated is found there."""
    by_day: Counter[int] = Counter()
    for d, count in counts.items():
        by_day[d.day or 0] += count
    rank = {d.document: (-by_day[d.day or 0], d.day or 0, -count) for d, count in counts.items()}
    last = sorted(rank.values())[QUOTED - 1]
    among = index.by_day(d for d in counts if rank[d.document] <= last)
    return sorted(among, key=lambda n: rank[n])[:QUOTED]


def _passages(
    index: Index, actor: str, known: Iterable[ActorDocument], limit: int
) -> tuple[Passage, ...]:
    """The first passages that name an actor, at most ``limit`` (0 = all); ``known`` are the
    documents that know it."""
    passages: dict[tuple[str, int], Passage] = {}
    for source in index.named(actor, index.by_day(known)):
        if limit and len(passages) >= limit:
            break
        passage = index.passage(source)
        passages.setdefault((passage.source.doc, passage.source.start or 0), passage)
    return tuple(passages.values())


def _events(
    index: Index, actor: str, window: Window, limit: int, reports: Sequence[Report]
) -> tuple[FoundEvent, ...]:
    """What happened to an actor: at most ``limit`` (0 = all) events, those that matter most, in
    order of their days; of many, whole sentences of the days that matter most."""
    counts = by_lag(index.day_counts(window, actor=actor)) if limit else {}
    number = sum(sum(lags.values()) for lags in counts.values())
    if number > FEW_EVENTS:
        found = _of_salient_days(index, actor, window, limit, reports, day_salience(counts))
        if len(found) >= min(limit, ENOUGH) or number > EVENTS:
            return found
    most = EVENTS // 4 if limit else 0  # so that EVENTS mentions are read
    every = timeline(index, actor=actor, window=window, limit=most, most=EVENTS).results
    found = tuple(e for e in every if credible(e))
    last = max((r.published for r in reports if r.published), default="")
    past = tuple(e for e in found if not over(e, last))
    if limit and len(past) >= ENOUGH:
        found = past
    if limit and len(found) < ENOUGH:
        salience = day_salience(counts)
        more = _of_salient_days(index, actor, window, limit, reports, salience)
        if len(more) > len(found):
            return more
    if not limit:
        return found
    best = once(found[n] for n in sorted(range(len(found)), key=lambda n: _rank(found[n], n)))
    return tuple(sorted(best[:limit], key=found.index))


def _rank(found: FoundEvent, n: int) -> tuple[float, bool, bool, int]:
    """By weight; single days and those whose words name whom they are about, later ones first."""
    plain = not found.event.reading
    return -(found.weight or 0), not plain, found.event.date.granularity != "day", -n


def _of_salient_days(
    index: Index,
    actor: str,
    window: Window,
    limit: int,
    reports: Sequence[Report],
    salience: Mapping[int, float],
) -> tuple[FoundEvent, ...]:
    """The events of the days that matter most over the whole index, out of ``reports`` and of a few
    more documents of each of these days."""
    best = most_salient(salience, DAYS * limit)
    days = [date.fromordinal(day).isoformat() for day in best]
    read: dict[str, set[int]] = defaultdict(set)
    known = {r.number for r in reports}
    for posting in index.day_postings(days, window, actor=actor):
        if posting.document not in known and len(read[posting.day]) < OF_ONE_DAY:
            read[posting.day].add(posting.document)
    more = sorted(set().union(*read.values()))
    every = [*reports, *(Report(index, n, len(reports) + k) for k, n in enumerate(more))]

    def bears(report: Report, found: FoundEvent, sentence: Sentence) -> bool:
        if found.event.date.start in days and actor in found.event.actors:
            return True
        return actor in report.named.get(report.at(sentence.start), ())

    found = reported_events(every, bears)
    if len({e.event.date.start for _, e, _ in found}) < ENOUGH:
        found = reported_events(every, bears, EVERY)
    here = salient_days(found)
    return chronicle(found, here | {day: salience[day] for day in best}, limit)


def _company(
    index: Index,
    actor: str,
    limit: int,
    reports: Sequence[Report],
    sentences: Sequence[Sentence],
    told: Iterable[Passage],
) -> Iterable[Company]:
    """Who else is named with an actor, places aside, each with the sentence that tells best in
    what, none of them twice, and one that is ``told`` already only where there is no other."""
    used: set[tuple[int, int]] = set()
    before = {(p.source.doc, p.source.start) for p in told}
    given = 0
    for one in cooccurring(index, actor, 3 * limit):
        if one.type == "place":
            continue
        if limit and given == limit:
            return
        shared = [
            s
            for s in sentences
            if one.id in reports[s.report].named.get(reports[s.report].at(s.start), ())
            and (s.report, s.start) not in used
        ]
        fresh = [s for s in shared if (reports[s.report].doc, s.start) not in before]
        best = select(fresh or shared, 1, wanted=terms(one.name))
        if best:
            s, score = best[0]
            used.add((s.report, s.start))
            yield replace(one, passage=reports[s.report].passage(s, score))
        else:
            passage, captions = _any_sentence(reports, actor, one.id)
            if captions or (limit and passage is None):
                continue
            yield replace(one, passage=passage)
        given += 1


def _any_sentence(reports: Sequence[Report], actor: str, other: str) -> tuple[Passage | None, bool]:
    """The shortest whole sentence with both of two actors, where none can be read alone; and
    whether captions and the like alone have both."""
    found: list[tuple[int, Passage]] = []
    captions, prose = 0, 0
    for report in reports:
        for number, named in report.named.items():
            if actor not in named or other not in named:
                continue
            if number in report.furniture or is_caption(report.texts[number]):
                captions += 1
                continue
            prose += 1
            if whole(report.texts[number]) and number >= report.heading:
                a, b = trimmed(report.stored.text, *report.bounds[number])
                text = report.stored.text[a:b]
                found.append((len(text), Passage(report.cite(a, b), text, 0.0)))
    best = min(found, key=lambda x: x[0])[1] if found else None
    return best, captions > 0 and not prose


def cooccurring(index: Index, actor: str, limit: int = 0) -> list[Company]:
    """Who stands in one sentence with ``actor`` more often than chance, the most telling first; at
    most ``limit`` (0 = all).

    ``score`` is the log-likelihood ratio G² of the 2×2 table of sentences with one, both or none of
    the two (Dunning 1993); company that is met less often than chance is left out.
    """
    together = sorted(index.cooccurrence(actor).items(), key=lambda x: -x[1])
    total = index.sentence_count
    a = next((n for _, _, n in index.sentences_naming([index.actor_number(actor)])), 0)
    met: list[tuple[float, int, str]] = []
    while together:
        if limit and len(met) >= limit and -met[limit - 1][0] > _most_g2(together[0][1], total):
            break
        some, together = dict(together[:TOGETHER]), together[TOGETHER:]
        for number, other, b in index.sentences_naming(some):
            both = some[number]
            if both * total > (a or both) * b:
                met.append((-round(_g2(both, a or both, b, total), 2), -both, other))
        met.sort()
    if limit and len(met) > limit:  # those that stand level are told apart by their names
        met = [m for m in met if m[:2] <= met[limit - 1][:2]]
    out = [
        Company(other, who.name, -both, -score, who.type)
        for score, both, other in met
        if (who := index.actor(other)) is not None
    ]
    return sorted(out, key=lambda c: (-c.score, -c.sentences, c.name))[: limit or None]


def _most_g2(both: int, total: int) -> float:
    """What G² of two actors with ``both`` sentences is at most: twice the entropy of the sentences
    of one that stands with the other alone."""
    rest = total - both
    return 2 * (both * log(total / both) + (rest * log(total / rest) if rest else 0.0))


def _g2(both: int, a: int, b: int, total: int) -> float:
    table = (
        (both, a * b),
        (a - both, a * (total - b)),
        (b - both, (total - a) * b),
        (total - a - b + both, (total - a) * (total - b)),
    )
    return 2 * sum(n * log(n * total / expected) for n, expected in table if n > 0 and expected > 0)
