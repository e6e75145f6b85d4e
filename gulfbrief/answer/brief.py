"""A dossier on a topic, made only of what the sources say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from ..errors import UnknownError
from ..find.text import Text
from ..fold import words
from ..model import (
    Actor,
    Brief,
    Findings,
    FoundEvent,
    FoundQuote,
    Passage,
    Quote,
    Source,
    Span,
    Statement,
    Voice,
    Window,
)
from ..store.reader import Index
from .actor_lookup import actor_or_none
from .search import search
from .timeline import timeline

_DOCUMENTS = 60  # looked at, the most telling first
_NEAR = 0.4  # of the best passage's score: documents below it do not bear on the topic
_SUMMARY = 6  # sentences
_ACTORS = 10
_STATEMENTS = 5  # an actor
_ENTRIES = 30  # of the timeline
_EVENTS = 200  # of more tellings than this only those of the documents looked at are compared
_QUESTIONS = 5
_FEWEST = 5  # words of a statement that can have a second source
_LENGTHS = 0.7  # of the longer of two statements, that the shorter must have to be the same
_SAME = 88.0  # from this likeness on, two sentences say the same

# A cue of one of these stems tells that somebody contradicts somebody.
_DENIAL = ("den", "reject", "disput", "contradict", "dismiss", "refut", "rebut", "doubt", "contest")
_PRONOUN = frozenset("he she they it his her their its this that these those".split())
_LEAD = 4  # sentences, the title among them, that tell what a report is about
_LEAST = 6  # words of a sentence that can stand alone
_MOST_OF_ONE = 3  # what a document's mentions away from the topic count for at most


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One document that bears on the topic."""

    source: Source
    text: Text
    findings: Findings

    def sentences(self) -> Iterator[tuple[int, int, str]]:
        for a, b in self.text.sentences:
            yield a, b, self.text.text[a:b]

    def cite(self, start: int, end: int) -> Source:
        line = self.text.text.count("\n", 0, start) + 1
        return replace(self.source, line=line, start=start, end=end)


def brief(index: Index, topic: str, *, window: Window = Window()) -> Brief:
    """The dossier on ``topic``: an actor if it names one, else a query (as ``search`` reads it).

    Raises ``UnknownError`` where no document bears on it.
    """
    actor = _actor(index, topic)
    leaves = _leaves(index, topic, actor, window)
    if not leaves:
        raise UnknownError(
            f"nothing in the index bears on {topic!r}; `gulfbrief search` is broader"
        )
    wanted = _wanted(topic)
    key = _key_actors(index, leaves, actor, wanted)
    summary = _summary(leaves, actor, wanted, key)
    statements = _statements(leaves, actor, wanted)
    docs = {leaf.source.doc for leaf in leaves}
    told = _events(index, topic, actor, window, docs)
    events = tuple(e for e in told if e.source.doc in docs)
    out = Brief(
        topic,
        actor,
        tuple(summary),
        tuple(key),
        tuple(_voices(key, statements)),
        _most_telling(events),
        tuple(e for e in events if e.conflicts),
        tuple(s for s in statements if _denies(s.found.quote))[:_QUESTIONS],
        tuple(_questions(leaves, events, {p.text for p in summary})),
        tuple(_links(leaves, key)),
        (),
    )
    return replace(out, sources=tuple(_sources(out)))


def _actor(index: Index, topic: str) -> Actor | None:
    """The actor that ``topic`` names, null where it is a query."""
    found = actor_or_none(index, topic)
    if found is None:
        return None
    typed = words(topic)
    named = [found.name, *(text for text, _ in found.aliases), found.id]
    near = max(fuzz.token_set_ratio(" ".join(typed), " ".join(words(n))) for n in named)
    return found if near >= 80 else None


def _wanted(topic: str) -> frozenset[str]:
    """The beginnings of the words that a sentence on ``topic`` holds, whatever their inflection;
    short words only where there are no others."""
    typed = words(topic)
    telling = [w for w in typed if len(w) > 3] or typed
    return frozenset(w[: max(4, len(w) - 2)] for w in telling)


def _hits(wanted: Collection[str], said: str) -> int:
    """How many of the ``wanted`` beginnings stand in ``said``."""
    there = words(said)
    return sum(any(w.startswith(start) for w in there) for start in wanted)


def _leaves(index: Index, topic: str, actor: Actor | None, window: Window) -> list[_Leaf]:
    if actor:
        chosen = index.mentioned(actor.id, window, limit=_DOCUMENTS)
    else:
        scores: Counter[str] = Counter()
        found = search(index, topic, window=window, limit=_DOCUMENTS).results
        best = max((p.score for p in found), default=0.0)
        for p in found:
            if p.score >= _NEAR * best:
                scores[p.source.doc] = round(p.score * 10)
                scores.update(s.doc for s in p.folded)
        chosen = sorted(scores, key=lambda doc: (-scores[doc], doc))[:_DOCUMENTS]
    out = []
    for doc in chosen:
        record = index.document(doc)
        out.append(_Leaf(record.source, Text(index.text(doc)), index.findings(doc)))
    return sorted(out, key=lambda leaf: (leaf.source.published or "9999", leaf.source.path))


def _events(
    index: Index, topic: str, actor: Actor | None, window: Window, docs: Collection[str]
) -> Sequence[FoundEvent]:
    """What happened to the topic: the events that name it and, for an actor, those that it takes
    part in by another name."""
    name = actor.name if actor else topic
    named = timeline(index, name, window=window, docs=docs, most=_EVENTS).results
    if actor is None:
        return named
    seen = {(e.source.doc, e.source.start) for e in named}
    more = timeline(index, actor=actor.id, window=window, docs=docs, most=_EVENTS).results
    both = [*named, *(e for e in more if (e.source.doc, e.source.start) not in seen)]
    return sorted(both, key=lambda e: (e.event.date.start or e.event.date.end or "", e.source.path))


def _most_telling(events: Sequence[FoundEvent]) -> tuple[FoundEvent, ...]:
    """The ``_ENTRIES`` events that matter most, in their order."""
    best = sorted(range(len(events)), key=lambda n: (-(events[n].weight or 0), n))[:_ENTRIES]
    return tuple(events[n] for n in sorted(best))


def _key_actors(
    index: Index, leaves: Sequence[_Leaf], actor: Actor | None, wanted: Collection[str]
) -> list[Actor]:
    """Those most often named near the topic, the topic's own actor first."""
    counts: Counter[str] = Counter()
    for leaf in leaves:
        near = {i for i, (_, _, said) in enumerate(leaf.sentences()) if _hits(wanted, said)}
        away: Counter[str] = Counter()
        for m in leaf.findings.mentions:
            if m.actor and m.type != "place":
                if leaf.text.sentence_at(m.start) in near:
                    counts[m.actor] += 3
                else:
                    away[m.actor] += 1
        counts.update({a: min(n, _MOST_OF_ONE) for a, n in away.items()})
    if actor:
        counts[actor.id] += sum(counts.values())
    found = (index.actor(i) for i, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0])))
    return [a for a in found if a and a.type != "place"][:_ACTORS]


# ---- sentences ----------------------------------------------------------------------------


def _summary(
    leaves: Sequence[_Leaf], actor: Actor | None, wanted: Collection[str], key: Sequence[Actor]
) -> list[Passage]:
    """The sentences that tell most of the topic, at most two a document, in order of time."""
    rest = {a.id for a in key}
    ranked = []
    for n, leaf in enumerate(leaves):
        named: dict[int, set[str]] = {}
        for m in leaf.findings.mentions:
            if m.actor:
                named.setdefault(leaf.text.sentence_at(m.start), set()).add(m.actor)
        dated = {leaf.text.sentence_at(e.start) for e in leaf.findings.events}
        spoken = {
            leaf.text.sentence_at(q.start) for q in leaf.findings.quotes if q.kind != "indirect"
        }
        for i, (a, b, said) in enumerate(leaf.sentences()):
            there = words(said)
            if not 8 <= len(there) <= 50 or said[-1] not in '.”"' or there[0] in _PRONOUN:
                continue
            if _is_headline(said):
                continue
            hits = 2.0 * (actor.id in named.get(i, ())) if actor else 1.0 * _hits(wanted, said)
            if not hits:
                continue
            score = (
                hits
                + 0.4 * len(named.get(i, set()) & rest)
                + 1.0 * (i in dated)
                + 1.0 * (i < _LEAD)
                - 1.5 * (i in spoken)
                - 0.5 * (there[0] in ("and", "but"))
            )
            ranked.append((score, n, a, b, said))
    chosen: list[tuple[float, int, int, int, str]] = []
    per_leaf: Counter[int] = Counter()
    for entry in sorted(ranked, key=lambda x: (-x[0], x[1], x[2])):
        if len(chosen) == _SUMMARY:
            break
        if per_leaf[entry[1]] < 2 and not any(_alike(entry[4], c[4]) for c in chosen):
            chosen.append(entry)
            per_leaf[entry[1]] += 1
    chosen.sort(key=lambda x: x[1:3])
    return [Passage(leaves[n].cite(a, b), said, round(score, 2)) for score, n, a, b, said in chosen]


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one, other, score_cutoff=_SAME) > 0


def _is_headline(said: str) -> bool:
    """Whether nearly all longer words are written large, as in the titles of other reports that
    stand within one."""
    longer = [w for w in said.split() if len(w) > 3 and w[0].isalpha()]
    return sum(w[0].isupper() for w in longer) > 0.7 * len(longer)


def _questions(
    leaves: Sequence[_Leaf], events: Iterable[FoundEvent], told: Collection[str]
) -> Iterator[Passage]:
    """What one document alone claims: past events of the topic that no other tells, those in
    sentences that were ``told`` before left out."""
    by_doc = {leaf.source.doc: leaf for leaf in leaves}
    alone = [
        e
        for e in events
        if not e.also
        and not e.conflicts
        and e.event.certainty == "past"
        and len(e.event.actors) > 1
    ]
    alone.sort(key=lambda e: (-len(e.event.actors), e.event.date.start or ""))
    seen: set[tuple[str, int]] = set()
    for e in alone:
        leaf = by_doc[e.source.doc]
        a, b = leaf.text.sentences[leaf.text.sentence_at(e.event.start)]
        if (e.source.doc, a) in seen or len(seen) == _QUESTIONS or leaf.text.text[a:b] in told:
            continue
        seen.add((e.source.doc, a))
        yield Passage(leaf.cite(a, b), leaf.text.text[a:b], 0.0)


# ---- statements ---------------------------------------------------------------------------


def _statements(
    leaves: Sequence[_Leaf], actor: Actor | None, wanted: Collection[str]
) -> list[Statement]:
    """The statements by or about the topic, the best first, each wording once."""
    ranked = []
    for leaf in leaves:
        hits = [] if actor else [_hits(wanted, said) for _, _, said in leaf.sentences()]
        on_topic = 2 * max(hits[:_LEAD], default=0) >= len(wanted)
        for q in leaf.findings.quotes:
            if not _is_told(q):
                continue
            score = _weight(q)
            if actor:
                by = any(s.actor == actor.id for s in q.speakers)
                if not by and actor.id not in q.about:
                    continue
                score += by
            else:
                i = leaf.text.sentence_at(q.start)
                near = 2 * max(hits[max(0, i - 1) : i + 2]) >= len(wanted)
                if not near and not on_topic:
                    continue
                score += near + 1.5 * hits[i]
            ranked.append((score, FoundQuote(leaf.cite(q.start, q.end), q)))
    ranked.sort(key=lambda x: (-x[0], x[1].source.published or "", x[1].source.start))
    return _told_once(found for _, found in ranked)


def _told_once(statements: Iterable[FoundQuote]) -> list[Statement]:
    """The first 200 statements that read otherwise than those before; ``also`` are the sources in
    which the same person says nearly the same words."""
    out: list[Statement] = []
    sentences: dict[tuple[str, Span], list[int]] = {}
    by: dict[str, list[int]] = {}
    for found in statements:
        here = sentences.setdefault((found.source.doc, found.quote.sentence), [])
        speakers = [s.actor for s in found.quote.speakers if s.actor]
        repeated = [i for s in speakers for i in by.get(s, ()) if _restates(found, out[i].found)]
        if repeated:
            other = out[min(repeated)]
            if found.source.doc not in (other.found.source.doc, *(s.doc for s in other.also)):
                out[min(repeated)] = replace(other, also=(*other.also, found.source))
            continue
        if any(_whole(found, out[i].found) for i in here):
            continue
        here.append(len(out))
        for speaker in speakers:
            by.setdefault(speaker, []).append(len(out))
        out.append(Statement(found))
        if len(out) == 200:
            break
    return out


def _restates(one: FoundQuote, other: FoundQuote) -> bool:
    """Whether two quotations of one person hold nearly the same words: at least ``_FEWEST`` each,
    neither much longer than the other."""
    a, b = words(one.quote.content), words(other.quote.content)
    shorter, longer = sorted((len(a), len(b)))
    if shorter < _FEWEST or shorter < _LENGTHS * longer:
        return False
    return fuzz.token_sort_ratio(" ".join(a), " ".join(b), score_cutoff=_SAME) > 0


def _whole(one: FoundQuote, other: FoundQuote) -> bool:
    """Whether one of two quotations of a sentence is shown with the whole of it in a dossier."""
    return one.quote.kind != "direct" or other.quote.kind != "direct"


def _weight(q: Quote) -> float:
    """How well a quotation stands alone in a dossier."""
    length = len(q.content.split())
    kind = {"direct": 2.0, "mixed": 1.0, "indirect": 0.5}[q.kind]
    return kind + q.confidence + (1.0 if 6 <= length <= 45 else 0.0)


def _is_told(q: Quote) -> bool:
    """Whether it tells that somebody said something: a statement, and more than a word or two."""
    if not q.asserted or q.act != "statement":
        return False
    return q.kind != "direct" or q.content.count(" ") > 2


def _denies(q: Quote) -> bool:
    """Whether it contradicts somebody, in a sentence that tells by itself what is denied."""
    said = words(q.sentence.text)
    if q.cue is None or len(said) < _LEAST or said[0] in _PRONOUN:
        return False
    return any(w.startswith(_DENIAL) for w in words(q.cue.text))


def _voices(key: Sequence[Actor], statements: Sequence[Statement]) -> Iterator[Voice]:
    for actor in key:
        own = [s for s in statements if any(x.actor == actor.id for x in s.found.quote.speakers)]
        if own:
            yield Voice(actor, tuple(own[:_STATEMENTS]))


# ---- links and sources --------------------------------------------------------------------


def _links(leaves: Sequence[_Leaf], key: Sequence[Actor]) -> Iterator[tuple[str, str, int]]:
    ids = {a.id for a in key}
    counts: Counter[tuple[str, str]] = Counter()
    for leaf in leaves:
        together: dict[int, set[str]] = {}
        for m in leaf.findings.mentions:
            if m.actor in ids:
                together.setdefault(leaf.text.sentence_at(m.start), set()).add(m.actor)
        for there in together.values():
            counts.update(combinations(sorted(there), 2))
    for (a, b), n in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        yield a, b, n


def _sources(b: Brief) -> list[Source]:
    """The documents that the dossier cites, oldest first."""
    cited = [p.source for p in (*b.summary, *b.open_questions)]
    for s in (*b.disputed, *(s for v in b.voices for s in v.statements)):
        cited += [s.found.source, *s.also]
    for e in (*b.timeline, *b.conflicts):
        cited += [x.source for x in (e, *e.also, *e.conflicts)]
    docs = {s.doc: replace(s, line=None, start=None, end=None, page=None) for s in cited}
    return sorted(docs.values(), key=lambda s: (s.published or "9999", s.path))
