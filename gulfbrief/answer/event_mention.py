"""One mention of an event in one document, and the pairwise coreference score of two of them.

Mentions are compared by their words (rarer words weigh more), their actors, the type of happening
and their days.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import fsum, log
from typing import Any

from ..fold import words
from ..model import FoundEvent

_KEYS = 6  # rarest words and actors by which an event is looked up
_COREFERENT = 0.55  # least share of the lighter event's weight that both have in common
_COREFERENT_UNKNOWN = 0.65  # the same where no type of happening is told by both
_COREFERENT_VAGUE = 0.75  # the same where one date is wider, or one of the two is a saying
_COREFERENT_WITHIN = 0.8  # the same within one document
_ONE_WAY = re.compile(r"\b(?:accus|attack|sue[sd]|beat|defeat|threaten|blam|shot|kill|arrest)")
_CONTRADICTION = 0.75  # the same where the days differ
_CONTRADICTION_CLOSE = 0.35  # the same where two actors are the same and the days are close
_CONTRADICTION_UNKNOWN = 0.85  # the same where the type of happening is not known
_RARE = 12  # mentions that have a word, among all, up to which it is rare
_FEW = 100  # fewer mentions than these say little of how rare a word is
_OF_THESE_DAYS = 0.9  # share of a word's mentions that are of two days, so that it is theirs
_UNDATED = 3  # days before publication on which what a report tells without a day may have happened
_CLOSE = 3  # days between mentions that close
_NEAR = 10  # days within which another day is taken for another mention of one event
_NEXT = 2  # the same for types that come round again

_ROOT = 5  # first letters by which names are told apart
_PHRASE = 6  # words by which the next word of a phrase may follow the one before

CONTEXT = 300
"""Characters before a mention whose names say what it is about."""

_NAME = re.compile(r"\b[^\W\d_a-z]\w+")
_DATED = re.compile(r"\b(?:(?:19|20)\d\d|\d\d? May|May \d\d?)\b")
_DISTINCTION = re.compile(r"-[0-9a-f]{6}$")  # that ends the ids of actors of one name


@cache
def stem(word: str) -> str:
    """The stem of a folded word by Porter's rules for English.

    >>> stem("seized"), stem("seizing"), stem("carries")
    ('seiz', 'seiz', 'carri')
    """
    found: str = _stemmer().stemWord(word)
    return found


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english", 0)  # without a cache of its own: stem has one


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("gulfbrief.answer").joinpath("event_types.toml").read_text("utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_data()[name].split())


def empty_words() -> frozenset[str]:
    """Words that tell nothing of what happened."""
    return _list("empty")


def names_day(text: str) -> bool:
    """Whether a word of ``text`` names a day, a month, a year or a time ago.

    >>> names_day("The strike ended on Friday."), names_day("The strike has ended.")
    (True, False)
    """
    return _DATED.search(text) is not None or not _list("days").isdisjoint(words(text))


def reporting_words() -> frozenset[str]:
    """Words that reports are full of."""
    return _list("reporting")


def inflected_forms(word: str, terms_with_prefix: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """``word`` and the words of an index that have its stem."""
    root = stem(word)
    common = root[:-1] if root[-1:] in ("e", "i") else root  # "hop" of "hope", "hoping"
    return frozenset(w for w in terms_with_prefix(common) if stem(w) == root) | {word}


def _forms(word: str) -> list[str]:
    """A verb and its regular inflections, also where the stem is not theirs ("pass", "passed")."""
    short, last = word.removesuffix("e"), word[-1]
    return [word, f"{word}s", f"{word}es", *(
        root + end for root in (short, short + last) for end in ("ed", "ing")
    )]  # fmt: skip


@cache
def _event_types() -> dict[str, frozenset[str]]:
    """Stem -> the types of happening it tells."""
    of: dict[str, set[str]] = defaultdict(set)
    for type, listed in _data()["types"].items():
        for word in listed.split():
            for form in _forms(word):
                of[stem(form)].add(type)
    return {word: frozenset(types) for word, types in of.items()}


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the phrases that begin with it, each with the type of happening it tells."""
    of: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for type, listed in _data()["phrases"].items():
        for phrase in listed:
            first, *rest = phrase.split()
            of[first].append((tuple(rest), type))
    return of


def types_told(said: Sequence[str]) -> dict[str, frozenset[str]]:
    """Stem -> the types of happening that it tells, alone or as the first word of a phrase.

    >>> sorted(types_told("dockers called their strike off".split()))
    ['call', 'strike']
    """
    found: dict[str, frozenset[str]] = {}
    for n, word in enumerate(said):
        plain = word not in empty_words()  # "March" is no march
        types = _event_types().get(stem(word), frozenset()) if plain else frozenset()
        for rest, type in _phrases().get(word, ()):
            at = n
            for wanted in rest:
                following = said[at + 1 : at + 1 + _PHRASE]
                if wanted not in following:
                    break
                at += 1 + following.index(wanted)
            else:
                types |= {type}
        if types:
            found[stem(word)] = found.get(stem(word), frozenset()) | types
    return found


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as one document tells it, and what it is compared by.

    ``keys`` are its stems and its actors (``@id``), ``first`` and ``last`` its days as ordinals (0
    where they are none), ``typed`` the stems that tell its ``types``, ``names`` the words of its
    names. ``context`` are the names told shortly before it (stems; ``named_before`` as ``names``):
    "The ferry sank" after a sentence that names the ferry.
    """

    found: FoundEvent
    words: frozenset[str]
    actors: frozenset[str]
    keys: frozenset[str]
    types: frozenset[str]
    typed: Mapping[str, frozenset[str]]
    names: frozenset[str]
    context: frozenset[str]
    named_before: frozenset[str]
    start: str
    first: int
    last: int
    days: int
    open: bool

    @classmethod
    def of(cls, found: FoundEvent, before: str = "") -> EventMention:
        """``before`` is the text shortly before the mention (``CONTEXT``)."""
        event = found.event
        dated = set(words(event.date.text))
        empty = _list("empty")
        told = words(event.text)
        typed = types_told(told)
        content = [w for w in told if w not in empty and w not in dated]
        stems = frozenset(map(stem, content))
        near = {w.lower() for w in _NAME.findall(before)} - empty
        actors = frozenset(event.actors)
        start, end = event.date.start, event.date.end
        first, last = _ordinal(start or end), _ordinal(end or start)
        if not event.date.text and event.date.mod == "approx" and first:  # told without a day
            first -= _UNDATED
            start = date.fromordinal(first).isoformat()
        return cls(
            found,
            stems,
            actors,
            stems | {"@" + actor for actor in actors},
            frozenset().union(*typed.values()),
            typed,
            _names(found),
            frozenset(map(stem, near)) - stems,
            frozenset(w[:_ROOT] for w in near),
            start or end or "",
            first,
            last,
            last - first + 1,
            start is None or end is None,
        )


def _names(found: FoundEvent) -> frozenset[str]:
    """The words with a capital, without acronyms, titles and the first word, and the words of the
    actors' ids; of each its first letters: "Torvian" is no other than "Torvia"."""
    rest = found.event.text.partition(" ")[2]
    named = {w.lower() for w in _NAME.findall(rest) if not w.isupper()}
    plain = (_DISTINCTION.sub("", actor) for actor in found.event.actors)
    known = {part for actor in plain for part in actor.split("-")}
    return frozenset(w[:_ROOT] for w in (named | known) - _list("empty") - _list("titles"))


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
        """The keys by which a mention is looked up: the rarest of those that another has too, those
        of its context and its types."""
        held = [(n, key) for key in mention.keys if (n := self.count[key]) > 1]
        near = [(n, key) for key in mention.context if (n := self.count[key])]
        types = ["#" + type for type in sorted(mention.types)]
        return [key for _, key in [*sorted(held)[:_KEYS], *sorted(near)[:_KEYS]]] + types

    def overlap(self, a: EventMention, b: EventMention) -> float:
        """The share (0 to 1) of the lighter mention's words and actors that the other has too, a
        word of the same type for the same word, a name of the context for one of its own."""
        if len(_shared(a, b)) < 2 or (a.words.isdisjoint(b.words) and a.types.isdisjoint(b.types)):
            return 0.0
        of = self.of
        lighter, other = sorted((a, b), key=lambda t: fsum(of[k] for k in t.keys))
        there = other.keys | other.context
        types = a.types & b.types
        shared = [
            key
            for key in lighter.keys
            if key in there or not types.isdisjoint(lighter.typed.get(key, ()))
        ]
        near = [of[key] for key in lighter.context & other.keys]
        total = fsum([*(of[key] for key in lighter.keys), *near])  # in whichever order they come
        return fsum([*(of[key] for key in shared), *near]) / total

    def by_chance(self, a: EventMention, b: EventMention) -> bool:
        """Whether two mentions of the same days may well share their words by chance: as many as
        there are of these days, each word as likely as it is among all, expect more than 1 in 100.
        """
        surprise = fsum(self.rarity[key] for key in _shared(a, b))
        return surprise < log(self.spans[a.start, a.days]) + log(100)

    def share_rare_terms(self, a: EventMention, b: EventMention) -> bool:
        """Whether they share two words that few others use, or hardly any other of another day."""
        found = 0
        for key in _shared(a, b):
            every = self.count[key]
            here = self.on[key, a.start] + (b.start != a.start) * self.on[key, b.start]
            found += every <= _RARE or here >= _OF_THESE_DAYS * every
        return found >= 2


def _shared(a: EventMention, b: EventMention) -> frozenset[str]:
    """The words and actors of both, where one may have a name of the other in its context."""
    return (a.keys & b.keys) | (a.context & b.keys) | (b.context & a.keys)


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
    elif not alike_days or (_saying(a) != _saying(b)):
        least = _COREFERENT_VAGUE
    else:
        least = _COREFERENT if a.types & b.types else _COREFERENT_UNKNOWN
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


def _saying(t: EventMention) -> bool:
    """Whether it tells that somebody said something, and no more."""
    return t.found.event.role == "statement" or t.types == {"say"}


def _types_differ(a: EventMention, b: EventMention) -> bool:
    return bool(a.types and b.types and a.types.isdisjoint(b.types)) or _opposite(a, b)


def _opposite(a: EventMention, b: EventMention) -> bool:
    """Whether one tells the opposite of the other: freed and jailed, raised and cut."""
    return any(
        (one in x.types) and (other in y.types) and other not in x.types and one not in y.types
        for one, other in _opposites()
        for x, y in ((a, b), (b, a))
    )


@cache
def _opposites() -> list[tuple[str, str]]:
    pairs = (pair.split() for pair in _data()["opposites"])
    return [(one, other) for one, other in pairs]


def contradictory(a: EventMention, b: EventMention, weights: TermWeights) -> bool:
    """Whether two mentions are of one event, but of days that cannot both be right, or one says
    that it did not happen, that its opposite did, or that it was done the other way round."""
    if len(a.words & b.words) < 3 or a.open or b.open:
        return False
    against = opposed(a, b) or _opposite(a, b) or _reversed(a, b)
    if against and dates_compatible(a, b):
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
    return bool(a.names - b.names - b.named_before) and bool(b.names - a.names - a.named_before)


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
