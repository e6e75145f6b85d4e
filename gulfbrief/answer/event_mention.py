"""One mention of an event in one document, and the pairwise coreference score of two of them.

Mentions are compared by their words (rarer words weigh more), their actors, the type of happening
and their days.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

from ..fold import words
from ..model import FoundEvent

_KEYS = 6  # rarest words and actors by which an event is looked up
_COREFERENT = 0.55  # least share of the lighter event's weight that both have in common
_COREFERENT_VAGUE = 0.75  # the same where one date is wider, or one of the two is a saying
_COREFERENT_WITHIN = 0.8  # the same within one document
_ONE_WAY = re.compile(r"\b(?:accus|attack|sue[sd]|beat|defeat|threaten|blam|shot|kill|arrest)")
_CONTRADICTION = 0.75  # the same where the days differ
_CONTRADICTION_CLOSE = 0.35  # the same where two actors are the same and the days are close
_CONTRADICTION_UNKNOWN = 0.85  # the same where the type of happening is not known
_RARE = 12  # mentions that have a word, among all, up to which it is rare
_FEW = 100  # fewer mentions than these say little of how rare a word is
_OF_THESE_DAYS = 0.9  # share of a word's mentions that are of two days, so that it is theirs
_CLOSE = 3  # days between mentions that close
_NEAR = 10  # days within which another day is taken for another mention of one event
_NEXT = 2  # the same for types that come round again

_NAME = re.compile(r"\b[^\W\d_a-z]\w+")
_SUFFIX = re.compile(r"(?:ingly|edly|ing|ies|ied|ed|es|s|'s|’s)$")


@cache
def stem(word: str) -> str:
    """A rough stem, good enough to find "seized" in "seizing": at least three letters stay."""
    short = _SUFFIX.sub("", word)
    if len(short) < 3:
        return word
    if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "sl":
        short = short[:-1]
    return short.rstrip("e") if len(short) > 3 else short


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("gulfbrief.answer").joinpath("event_types.toml").read_text("utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_data()[name].split())


def empty_words() -> frozenset[str]:
    """Words that tell nothing of what happened."""
    return _list("empty")


def inflected_forms(word: str, terms_with_prefix: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """``word`` and the words of an index that have its stem."""
    root = stem(word)
    return frozenset(w for w in terms_with_prefix(root) if stem(w) == root) | {word}


@cache
def _event_types() -> dict[str, frozenset[str]]:
    """Stem -> the types of happening it tells."""
    of: dict[str, set[str]] = defaultdict(set)
    for type, listed in _data()["types"].items():
        for word in listed.split():
            of[stem(word)].add(type)
    return {word: frozenset(types) for word, types in of.items()}


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as one document tells it, and what it is compared by.

    ``keys`` are its stems and its actors (``@id``), ``first`` and ``last`` its days as ordinals (0
    where they are none), ``names`` the words of its names.
    """

    found: FoundEvent
    words: frozenset[str]
    actors: frozenset[str]
    keys: frozenset[str]
    types: frozenset[str]
    names: frozenset[str]
    start: str
    first: int
    last: int
    days: int
    open: bool

    @classmethod
    def of(cls, found: FoundEvent) -> EventMention:
        event = found.event
        dated = set(words(event.date.text))
        empty = _list("empty")
        content = [w for w in words(event.text) if w not in empty and w not in dated]
        stems = frozenset(map(stem, content))
        actors = frozenset(event.actors)
        start, end = event.date.start, event.date.end
        first, last = _ordinal(start or end), _ordinal(end or start)
        return cls(
            found,
            stems,
            actors,
            stems | {"@" + actor for actor in actors},
            frozenset(k for s in stems for k in _event_types().get(s, ())),
            _names(found),
            start or end or "",
            first,
            last,
            last - first + 1,
            start is None or end is None,
        )


def _names(found: FoundEvent) -> frozenset[str]:
    """The words with a capital, without acronyms and the first word, and the words of the actors'
    ids."""
    rest = found.event.text.partition(" ")[2]
    named = {w.lower() for w in _NAME.findall(rest) if not w.isupper()}
    known = {part for actor in found.event.actors for part in actor.split("-")}
    return frozenset((named | known) - _list("empty"))


def _ordinal(day: str | None) -> int:
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0


class TermWeights:
    """How much a word or an actor tells among all mentions: the rare ones more."""

    def __init__(self, mentions: Iterable[EventMention]) -> None:
        every = list(mentions)
        self.count = Counter(key for t in every for key in t.keys)
        self.on = Counter((key, t.start) for t in every for key in t.keys)
        self.spans = Counter((t.start, t.days) for t in every)
        total = max(len(every), _FEW)
        self.rarity = {key: log(total / n) for key, n in self.count.items()}
        self.of = {key: 1 + 0.5 * rarity for key, rarity in self.rarity.items()}

    def index_terms(self, mention: EventMention) -> list[str]:
        """The keys by which a mention is looked up: the rarest of those that another has too."""
        held = [(n, key) for key in mention.keys if (n := self.count[key]) > 1]
        return [key for _, key in sorted(held)[:_KEYS]]

    def overlap(self, a: EventMention, b: EventMention) -> float:
        """The share (0 to 1) of the lighter mention's words and actors that the other has too."""
        shared = a.keys & b.keys
        if len(shared) < 2 or a.words.isdisjoint(b.words):
            return 0.0
        of = self.of
        lighter = min(sum(of[k] for k in a.keys), sum(of[k] for k in b.keys))
        return sum(of[k] for k in shared) / lighter

    def by_chance(self, a: EventMention, b: EventMention) -> bool:
        """Whether two mentions of the same days may well share their words by chance: as many as
        there are of these days, each word as likely as it is among all, expect more than 1 in 100.
        """
        shared = a.keys & b.keys
        surprise = sum(self.rarity[key] for key in shared)
        return surprise < log(self.spans[a.start, a.days]) + log(100)

    def share_rare_terms(self, a: EventMention, b: EventMention) -> bool:
        """Whether they share two words that few others use, or hardly any other of another day."""
        found = 0
        for key in a.keys & b.keys:
            every = self.count[key]
            here = self.on[key, a.start] + (b.start != a.start) * self.on[key, b.start]
            found += every <= _RARE or here >= _OF_THESE_DAYS * every
        return found >= 2


def coreference_score(a: EventMention, b: EventMention, weights: TermWeights) -> float:
    """How alike two mentions of the same days are (0 to 1); 0 where they are not of one event."""
    if not dates_compatible(a, b) or not _certainties_compatible(a, b) or _types_differ(a, b):
        return 0.0
    if of_different_participants(a, b) or opposed(a, b) or _reversed(a, b):
        return 0.0
    if max(a.days, b.days) > 31 and a.names.isdisjoint(b.names):
        return 0.0  # in a quarter or a year much is done by somebody
    alike_days = a.first == b.first and a.last == b.last
    sayings = ("say" in a.types) + ("say" in b.types)
    if sayings == 1 and not alike_days:
        return 0.0
    if a.found.source.doc == b.found.source.doc:
        least = _COREFERENT_WITHIN
    elif not alike_days or sayings == 1:
        least = _COREFERENT_VAGUE
    else:
        least = _COREFERENT
    score = weights.overlap(a, b)
    if score >= least:
        unlike_chance = a.days == b.days == 1 and not weights.by_chance(a, b)
        return score if unlike_chance or weights.share_rare_terms(a, b) else 0.0
    # Few words in common, but the same people on the same day doing the same type of thing.
    together = a.days == b.days == 1 and len(a.actors & b.actors) >= 2
    types = (a.types & b.types) - {"say"}
    return score if together and types and score >= least / 2 else 0.0


def dates_compatible(a: EventMention, b: EventMention) -> bool:
    """Whether two dates may be of one event: equal, or one within the other."""
    if a.open or b.open:
        return (a.first, a.last, a.open) == (b.first, b.last, b.open)
    return (a.first <= b.first and b.last <= a.last) or (b.first <= a.first and a.last <= b.last)


def _certainties_compatible(a: EventMention, b: EventMention) -> bool:
    """A plan and its happening may be one event; what is doubted is not what happened."""
    both = {a.found.event.certainty, b.found.event.certainty}
    return both != {"past", "hypothetical"}


def opposed(a: EventMention, b: EventMention) -> bool:
    """Whether one tells what did not happen: guards did not seize the ship."""
    return a.found.event.polarity != b.found.event.polarity


def _reversed(a: EventMention, b: EventMention) -> bool:
    """Whether what one does to another is told the other way round: A accused B, B accused A."""
    left, right = a.found.event, b.found.event
    if len(left.actors) < 2 or left.actors[:2] != right.actors[1::-1]:
        return False
    return all(_ONE_WAY.search(e.text) and " by " not in e.text for e in (left, right))


def _types_differ(a: EventMention, b: EventMention) -> bool:
    return bool(a.types and b.types) and a.types.isdisjoint(b.types)


def contradictory(a: EventMention, b: EventMention, weights: TermWeights) -> bool:
    """Whether two mentions are of one event, but of days that cannot both be right, or one says
    that it did not happen."""
    if len(a.words & b.words) < 3 or a.open or b.open:
        return False
    if opposed(a, b) and dates_compatible(a, b):
        return a.days == b.days and weights.overlap(a, b) >= _CONTRADICTION
    if dates_compatible(a, b):
        return False
    if not _days_confusable(a, b) or not _certainties_compatible(a, b):
        return False
    if _each_names_another(a, b) or not weights.share_rare_terms(a, b):
        return False
    if (a.types & b.types) - {"say"}:
        close = _days_apart(a, b) <= _CLOSE and len(a.actors & b.actors) >= 2
        least = _CONTRADICTION_CLOSE if close else _CONTRADICTION
    elif a.types or b.types:
        return False
    else:
        least = _CONTRADICTION_UNKNOWN
    return weights.overlap(a, b) >= least


def of_different_participants(a: EventMention, b: EventMention) -> bool:
    """Whether two mentions are of others: each names somebody else, and hardly anybody both."""
    return len(a.actors & b.actors) < 2 and _each_names_another(a, b)


def _each_names_another(a: EventMention, b: EventMention) -> bool:
    """Whether each names somebody or something that the other does not: two ships, two firms."""
    return bool(a.names - b.names) and bool(b.names - a.names)


def _days_confusable(a: EventMention, b: EventMention) -> bool:
    """Whether two different dates are near enough, or alike enough, to be meant for one event:
    a few days apart, the same day of another month or year, or neighbouring months or years told
    without a day."""
    apart = _days_apart(a, b)
    if (a.types & b.types) <= _list("recurring") and (a.types or b.types):
        return a.days == b.days == 1 and apart <= _NEXT
    if a.days > 31 or b.days > 31:
        return a.days > 300 and b.days > 300 and apart <= _NEAR
    if apart <= _NEAR:
        return True
    alike = a.start[5:] == b.start[5:] or (
        a.start[:4] == b.start[:4] and a.start[8:] == b.start[8:]
    )
    return alike and a.days == b.days == 1


def _days_apart(a: EventMention, b: EventMention) -> int:
    """Days from the end of the earlier to the start of the later."""
    return max(a.first, b.first) - min(a.last, b.last)
