"""A dossier on a topic, made only of what the sources say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from math import log

from rapidfuzz import fuzz

from ..errors import UnknownError
from ..fold import words
from ..model import (
    Actor,
    Brief,
    FoundEvent,
    FoundQuote,
    Passage,
    Source,
    Statement,
    Voice,
    Window,
)
from ..store.reader import Index
from .actor_lookup import LONGEST, actor_or_none, find_actor
from .actor_profile import in_short
from .chronicle import chronicle, credible, once, reported_events, salient_days
from .disputes import contradictions, denies, exchanges
from .event_coreference import cluster_mentions
from .event_mention import stem
from .extraction import Sentence, select, terms
from .query import bounded
from .reports import Report, most_mentioning
from .sayings import fitness, folded, identified, quotable, ranked
from .search import search
from .timeline import EVERY, documents_with, weighed
from .vectors import Vectors

_DOCUMENTS = 60  # looked at, the most telling first
_FEW = 20  # of fewer documents with an actor, those that have its name are looked at too
_ELSEWHERE = 5  # times as many documents have the words of a topic as know the actor of that name
_NEAR = 0.4  # of the best passage's score: documents below it do not bear on the topic
_ACTORS = 10
_VOICES = 8
_STATEMENTS = 4  # an actor
_POOL = 200  # statements that are held against one another
_ENTRIES = 20  # of the timeline
_FEW_ENTRIES = 8  # a shorter timeline is filled with clauses of wider dates
_EXCHANGES = 5
_DISPUTED = 5
_OF_ONE_SPEAKER = 2
_ALONE = 5
_ALONE_OF = 40  # sentences, those that say most, of which some may be told by one report alone
_ALIKE = 0.3  # cosine to a sentence of another report from which it tells the same
_MOST_OF_ONE = 3  # what a document's mentions away from the topic count for at most
_TOGETHER = (0.7, 0.5)  # share of the topic that neighbouring sentences of a report have to hold
_FEWEST_REPORTS = 2
_HOLD = (0.6, 0.5, 0.35, 0.0)  # and a sentence, the first that enough do
_FEWEST_SENTENCES = 4
_REACH = 4  # sentences from one that names the topic, in a report that is about it
_MOSTLY = (0.3, 0.3)  # share of the topic at the head, of the sentences, where the head tells it
_LEAD = 4  # sentences that tell what a report is about
_OPENS = 4  # sentences of which the first that can be read alone opens a report


def brief(
    index: Index, topic: str, *, window: Window = Window(), made: datetime | None = None
) -> Brief:
    """The dossier on ``topic``: an actor if it names one, else a query (as ``search`` reads it);
    ``made`` is when it is made, now if null.

    Raises ``UnknownError`` where no document bears on it, ``UsageError`` where it is a name that
    several actors bear.
    """
    actor = _actor(index, topic)
    reports, wanted = _reports(index, topic, actor, window)
    if not reports:
        raise UnknownError(
            f"nothing in the index bears on {topic!r}; 'gulfbrief search' is broader"
        )
    at = _Topic(reports, actor, wanted)
    reports = at.reports
    key = _key_actors(index, at)
    sentences = at.sentences()
    statements, denials = _statements(at)
    talk = exchanges(statements, denials, _EXCHANGES)
    shown = {id(s) for e in talk for s in (*e.claims, *e.denials)}
    dated = reported_events(reports, at.bears)
    if len({e.event.date.start for _, e, _ in dated}) < _FEW_ENTRIES:
        dated = reported_events(reports, at.bears, EVERY)
    timeline = chronicle(dated, salient_days(dated), _ENTRIES)
    space = Vectors(s.terms for s in sentences)
    summary = in_short(reports, sentences, timeline, wanted, space)
    mentions = [(r, e) for r in reports for e in r.events if credible(e) and at.mentions(r, e)]
    before = {(r.doc, e.event.start): r.before(e.event.start) for r, e in mentions}
    happenings = cluster_mentions((e for _, e in mentions), before)
    if len(timeline) < _FEW_ENTRIES:
        timeline = _filled(timeline, happenings)
    out = Brief(
        topic,
        actor,
        tuple(summary),
        tuple(key),
        tuple(_voices(index, key, statements)),
        tuple(talk),
        timeline,
        tuple(contradictions(happenings)),
        tuple(_other_denials(denials, shown)),
        tuple(_told_alone(at, sentences, space, {p.text for p in summary})),
        tuple(_links(reports, key)),
        documents=actor.documents if actor and window == Window() else len(reports),
        first=min((r.published for r in reports if r.published), default=None),
        last=max((r.published for r in reports if r.published), default=None),
        made=(made or datetime.now(UTC)).isoformat(timespec="minutes"),
    )
    if actor and window == Window():
        out = replace(out, first=actor.first, last=actor.last)
    sources, cited = _sources(out)
    return replace(out, sources=sources, cited=cited)


# ---- what bears on it ---------------------------------------------------------------------


def _actor(index: Index, topic: str) -> Actor | None:
    """The actor that ``topic`` names, null where it is a query."""
    typed = words(bounded(topic))
    found = actor_or_none(index, topic)
    if found is None:
        if 0 < len(typed) <= LONGEST and _bearers(index, typed) > 1:
            return find_actor(index, topic)  # which asks who is meant
        return None
    named = [found.name, *(text for text, _ in found.aliases), found.id]
    near = max(fuzz.token_set_ratio(" ".join(typed), " ".join(words(n))) for n in named)
    return found if near >= 80 and not _told_of_elsewhere(index, found, typed) else None


def _told_of_elsewhere(index: Index, actor: Actor, typed: Sequence[str]) -> bool:
    """Whether far more documents have all of several words than know the actor so called: a
    happening whose name is hardly ever written in full."""
    if actor.type == "person" or len(typed) < 2:
        return False
    held = set.intersection(*(documents_with(index, word)[1] for word in typed))
    return len(held) >= _ELSEWHERE * actor.documents


def _bearers(index: Index, typed: Sequence[str]) -> int:
    """How many actors are called so, or are people whose names end so."""
    called: set[str] = set()
    for text, id in index.actor_names([[w] for w in typed]):
        there = words(text)
        if there == typed:
            called.add(id)
        elif there[-len(typed) :] == typed:
            who = index.actor(id)
            if who is not None and who.type == "person":
                called.add(id)
    return len(called)


def _reports(
    index: Index, topic: str, actor: Actor | None, window: Window
) -> tuple[list[Report], list[str]]:
    """The documents that bear on the topic, oldest first, and the stems of its words as they stand
    in them."""
    wanted = sorted(terms(topic)) or [stem(w) for w in words(topic)]
    if actor:
        most = most_mentioning(index, index.actor_documents(actor.id, window), _DOCUMENTS)
        chosen = list(index.names_of(d.document for d in most).values())
        if len(chosen) < _FEW and (name := " ".join(words(actor.name))):
            named = search(index, f'"{name}"', window=window, limit=_FEW).results
            chosen = list(dict.fromkeys([*chosen, *(p.source.doc for p in named)]))
    else:
        scores: Counter[str] = Counter()
        corrected: dict[str, tuple[str, ...]] = {}
        found = search(index, topic, window=window, limit=_DOCUMENTS).results
        best = max((p.score for p in found), default=0.0)
        for p in found:
            if p.score >= _NEAR * best:
                scores[p.source.doc] = round(p.score * 10)
                scores.update(s.doc for s in p.folded)
                corrected = {**p.corrections, **corrected}
        chosen = sorted(scores, key=lambda doc: (-scores[doc], doc))[:_DOCUMENTS]
        for typed, meant in corrected.items():
            misspelt = {stem(w) for w in words(typed)}
            wanted = [w for w in wanted if w not in misspelt]
            wanted += dict.fromkeys(stem(w) for text in meant for w in words(text))
    order = index.in_order(chosen)
    return [Report(index, n, place) for place, n in enumerate(order)], wanted


class _Topic:
    """What is asked for: an actor, or the stems of the words of a query, in these reports."""

    def __init__(
        self, reports: Sequence[Report], actor: Actor | None, wanted: Sequence[str]
    ) -> None:
        self.actor = actor
        self.wanted = wanted
        self._hits: dict[int, list[float]] = {}
        self._near: dict[int, list[float]] = {}
        self._name = terms(actor.name) if actor else frozenset()
        held = Counter(term for r in reports for term in frozenset().union(*r.terms))
        rarity = {t: log(1 + len(reports) / (1 + held[t])) for t in wanted if held[t]}
        whole = sum(rarity.values()) or 1.0
        self._weights = {t: x / whole for t, x in rarity.items()}
        self.reports = list(reports) if actor else self._bearing(reports)
        for place, report in enumerate(self.reports):
            report.place = place

    def _bearing(self, reports: Sequence[Report]) -> list[Report]:
        """Those in which nearly all of the topic stands together, or where they are hardly any
        most of it; all, where even they are."""
        for together in _TOGETHER:
            near = [r for r in reports if max(self.near(r), default=0.0) >= together]
            if len(near) >= _FEWEST_REPORTS:
                return near
        return list(reports)

    def hits(self, report: Report) -> list[float]:
        """For each sentence of a report, the share of the topic's words that it holds; words that
        few of the reports have count for more."""
        found = self._hits.get(report.number)
        if found is None:
            found = [self._share(held) for held in report.terms]
            self._hits[report.number] = found
        return found

    def _share(self, held: Collection[str]) -> float:
        return sum(x for t, x in self._weights.items() if t in held)

    def near(self, report: Report) -> list[float]:
        """For each sentence, the share that it and its neighbours hold."""
        found = self._near.get(report.number)
        if found is None:
            held = report.terms
            found = [
                self._share(held[n].union(*held[max(0, n - 1) : n + 2])) for n in range(len(held))
            ]
            self._near[report.number] = found
        return found

    def leads(self, report: Report) -> bool:
        """Whether a report is about the topic, as its first sentences tell."""
        return self._about(report, _TOGETHER[0], 0.0)

    def alone(self, report: Report) -> bool:
        """Whether a report is about the topic and no other: its title and the sentence that opens
        it name it, or many do."""
        opening = report.opening
        held = terms(report.stored.title or "") | (opening.terms if opening else frozenset())
        return self._share(held) >= _TOGETHER[0] or self._about(report, *_MOSTLY)

    def _about(self, report: Report, first: float, often: float) -> bool:
        shares = self.hits(report)
        if sum(share > 0 for share in shares) < often * len(shares):
            return False
        return max(self.near(report)[:_LEAD], default=0.0) >= first

    def holds(self, report: Report, number: int) -> bool:
        """Whether a sentence names the topic."""
        if self.actor is not None:
            if self.actor.id in report.named.get(number, ()):
                return True
            return bool(self._name) and self._name <= report.terms[number]
        return self.hits(report)[number] > 0

    def sentences(self) -> list[Sentence]:
        """The sentences that name the topic and can be read alone."""
        if self.actor is not None:
            found = [s for r in self.reports for s in r.sentences(self.actor.id)]
            if len(self.reports) >= _FEW:
                return found
            known = {(s.report, s.start) for s in found}
            more = [s for r in self.reports for s in r.sentences() if self.holds(r, r.at(s.start))]
            return [*found, *(s for s in more if (s.report, s.start) not in known)]
        every = [
            (self.hits(r)[r.at(s.start)], s)
            for r in self.reports
            for s in r.sentences()
            if self.holds(r, r.at(s.start))
        ]
        found = []
        for least in _HOLD:
            found = [s for share, s in every if share >= least]
            if len(found) >= _FEWEST_SENTENCES:
                break
        places = {(s.report, s.start): n for n, s in enumerate(found)}
        for lead in filter(None, map(self._opening, self.reports)):
            if (place := places.get((lead.report, lead.start))) is None:
                found.append(lead)
            else:
                found[place] = lead
        return found

    def _opening(self, report: Report) -> Sentence | None:
        """The sentence that opens a report about the topic and tells what is new in it."""
        if not self._about(report, *_MOSTLY):
            return None
        opening = report.opening
        if opening is None or opening.number >= _OPENS:
            return None
        return replace(opening, begins=True)

    def mentions(self, report: Report, found: FoundEvent) -> bool:
        """Whether an event is a happening that has to do with the topic."""
        if found.event.role != "happening":
            return False
        if self.actor is not None and self.actor.id in found.event.actors:
            return True
        number = report.at(found.event.start)
        return number not in report.furniture and self.holds(report, number)

    def bears(self, report: Report, found: FoundEvent, sentence: Sentence) -> bool:
        """Whether a happening belongs to the timeline: its sentence holds half of the topic, or
        some of it in a report that is about it."""
        if self.actor is not None:
            return self.mentions(report, found)
        share = self.hits(report)[report.at(sentence.start)]
        return share >= 0.5 or (share > 0.2 and self.leads(report))


def _key_actors(index: Index, topic: _Topic) -> list[Actor]:
    """Those most often named near the topic, the topic's own actor first."""
    counts: Counter[str] = Counter()
    for report in topic.reports:
        away: Counter[str] = Counter()
        for number, named in report.named.items():
            if number in report.furniture:
                continue
            if topic.holds(report, number):
                counts.update(dict.fromkeys(named, 3))
            else:
                away.update(named.keys())
        counts.update({a: min(n, _MOST_OF_ONE) for a, n in away.items()})
    if topic.actor:
        counts[topic.actor.id] += sum(counts.values())
    out: list[Actor] = []
    for id, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        found = index.actor(id)
        known = {(a.name, a.type) for a in out}
        if found and found.type != "place" and (found.name, found.type) not in known:
            out.append(found)
        if len(out) == _ACTORS:
            break
    return out


# ---- sentences ----------------------------------------------------------------------------


def _told_alone(
    topic: _Topic, sentences: Sequence[Sentence], space: Vectors, shown: Collection[str]
) -> Iterator[Passage]:
    """What one document alone tells: the most telling sentences (their vectors are ``space``) to
    which none of another document is like, those ``shown`` before left out."""
    best = select(sentences, _ALONE_OF, wanted=topic.wanted, per_report=2, space=space)
    places = {id(s): n for n, s in enumerate(sentences)}
    count = 0
    taken: set[int] = set()
    for s, score in best:
        report = topic.reports[s.report]
        named = report.named.get(report.at(s.start), {})
        if s.report in taken or len(named) < 2 or topic.reports[s.report].passage(s).text in shown:
            continue
        alike = space.nearest(places[id(s)])
        if any(a > _ALIKE and sentences[n].report != s.report for n, a in alike.items()):
            continue
        taken.add(s.report)
        yield report.passage(s, score)
        count += 1
        if count == _ALONE:
            return


def _filled(
    timeline: Sequence[FoundEvent], happenings: Sequence[FoundEvent]
) -> tuple[FoundEvent, ...]:
    """A short timeline with the clauses that tell of days, months and years that it lacks, those
    that most reports tell."""
    held = {e.event.date.start for e in timeline}
    more = [e for e in weighed(happenings) if e.event.date.start not in held]
    more.sort(key=lambda e: -(e.weight or 0))
    both = [*timeline, *once(more, timeline)[: _FEW_ENTRIES - len(timeline)]]
    return tuple(sorted(both, key=lambda e: e.event.date.start or e.event.date.end or ""))


# ---- statements ---------------------------------------------------------------------------


def _statements(topic: _Topic) -> tuple[list[Statement], list[Statement]]:
    """The statements by or about the topic, the best first, each saying once; and those that deny
    something."""
    found: list[tuple[float, FoundQuote]] = []
    denied: list[tuple[float, FoundQuote]] = []
    for report in topic.reports:
        for quote in report.quotes:
            weight = _bearing(topic, report, quote)
            if weight is None:
                continue
            if denies(quote.quote) and quote.quote.act == "statement" and identified(quote):
                denied.append((weight, quote))
            elif quotable(quote):
                found.append((weight, quote))
    bonus = {id(q): weight for weight, q in (*found, *denied)}

    def best(of: list[tuple[float, FoundQuote]]) -> list[Statement]:
        of.sort(key=lambda x: -(x[0] + fitness(x[1].quote)))
        statements = folded(q for _, q in of[: 2 * _POOL])
        return ranked(statements, bonus=lambda s: bonus[id(s.found)])

    return best(found)[:_POOL], best(denied)


def _other_denials(denials: Sequence[Statement], shown: Collection[int]) -> list[Statement]:
    """The most telling denials but those ``shown`` (ids of objects), two of one speaker at most."""
    counts: Counter[str] = Counter()
    left = []
    for s in denials:
        who = s.found.quote.speakers[0]
        counts[who.actor or who.text] += 1
        if id(s) not in shown and counts[who.actor or who.text] <= _OF_ONE_SPEAKER:
            left.append(s)
    return ranked(left, _DISPUTED)


def _bearing(topic: _Topic, report: Report, found: FoundQuote) -> float | None:
    """How much a quotation has to do with the topic, null where nothing."""
    q = found.quote
    if topic.actor is not None:
        by = any(s.actor == topic.actor.id for s in q.speakers)
        if not by and topic.actor.id not in q.about:
            return None
        return 0.5 * by
    n = report.at(q.start)
    if n in report.furniture:
        return None
    shares = topic.hits(report)
    if max(shares[max(0, n - 1) : n + 1]) >= 0.5:
        return 0.3 + 1.2 * shares[n]
    close = max(shares[max(0, n - _REACH) : n + _REACH + 1]) >= 0.5
    return 0.0 if close and topic.leads(report) and topic.alone(report) else None


def _voices(index: Index, key: Sequence[Actor], statements: Sequence[Statement]) -> Iterator[Voice]:
    """The actors that say most on it, key actors first, each with its most telling sayings."""
    by: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        for who in dict.fromkeys(x.actor for x in s.found.quote.speakers):
            if who is not None:
                by[who].append(s)
    ranks = {a.id: n for n, a in enumerate(key)}
    order = sorted(by, key=lambda who: (ranks.get(who, len(ranks)), -len(by[who]), who))
    shown: set[int] = set()
    count = 0
    for who in order:
        actor = index.actor(who)
        left = [s for s in by[who] if id(s) not in shown]
        if actor is None or not left or count == _VOICES:
            continue
        count += 1
        best = ranked(left, _STATEMENTS)
        shown.update(map(id, best))
        yield Voice(actor, tuple(best))


# ---- links and sources --------------------------------------------------------------------


def _links(reports: Iterable[Report], key: Sequence[Actor]) -> Iterator[tuple[str, str, int]]:
    ids = {a.id for a in key}
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for named in report.named.values():
            counts.update(combinations(sorted(ids & named.keys()), 2))
    for (a, b), n in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        yield a, b, n


def _sources(b: Brief) -> tuple[tuple[Source, ...], tuple[int, ...]]:
    """The documents that the dossier cites, oldest first, and how often each is cited."""
    cited = [p.source for p in (*b.summary, *b.open_questions)]
    talk = [s for e in b.exchanges for s in (*e.claims, *e.denials)]
    for s in (*b.disputed, *talk, *(s for v in b.voices for s in v.statements)):
        cited += [s.found.source, *s.also]
    differing = [x for e in b.conflicts for x in (e, *e.conflicts)]
    for e in (*b.timeline, *differing):
        cited += [x.source for x in (e, *e.also)]
    docs = {s.doc: replace(s, line=None, start=None, end=None, page=None) for s in cited}
    counts = Counter(s.doc for s in cited)
    order = sorted(docs.values(), key=lambda s: (s.published or "9999", s.path))
    return tuple(order), tuple(counts[s.doc] for s in order)
