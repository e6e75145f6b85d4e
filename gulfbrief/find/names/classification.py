"""Names -> kinds: adds up what a document says about each name.

The weights are fitted by ``tests/bench/fit_names.py`` on the development part of an annotated
newswire corpus (a multinomial logistic regression over some 150 features, most of them word classes
of ``names.toml``): every one can be read in ``name_weights.tsv``. What that corpus is too small or
too old to teach is set by hand in ``house_weights.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ...fold import fold
from .candidates import NameCandidate
from .eastern import FAMILY_FIRST, family_first
from .features import context, shape
from .gazetteer import cues, gazetteer, lines
from .lexicon import Lexicon
from .runs import Words

KINDS = ("person", "organisation", "place", "other")
Scores = tuple[float, float, float, float]
_OTHERS = 0.5
_PROSE = 120  # different words of a document that is no table
_SPORTING = 3  # words of sport of one that may be of sport


@lru_cache(maxsize=1)
def weights() -> dict[str, Scores]:
    out: dict[str, Scores] = {}
    for line in lines("name_weights.tsv") + lines("house_weights.tsv"):
        feature, *values = line.split("\t")
        a, b, c, d = map(float, values)
        out[feature] = (a, b, c, d)
    return out


@lru_cache(maxsize=50_000)
def _shaped(name: str, head: str, known: str, lexicon: Lexicon) -> list[float]:
    return _sum(weights(), shape(name, head, known, lexicon))


class Name:
    """One name of a document and all its occurrences. ``features`` are those that the document
    gives it beside its own words, ``contexts`` those of each occurrence."""

    __slots__ = ("candidates", "contexts", "features", "head", "known", "own", "parts")

    def __init__(self, parts: list[str], head: str, known: str) -> None:
        self.parts, self.head, self.known = parts, head, known
        self.candidates: list[NameCandidate] = []
        self.contexts: list[list[str]] = []
        self.own: list[list[float]] = []
        self.features: list[str] = []


class Names:
    """All names of a document with their features, and what they are."""

    def __init__(self, words: Words, candidates: list[NameCandidate], lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.topic = topic(words)
        self.names: dict[str, Name] = {}
        self._gather(candidates)
        prose = len(words.small) > _PROSE and len(words.small & cues()["sport"]) < _SPORTING
        ships = not words.small.isdisjoint(cues()["vessel"])
        for name, one in self.names.items():
            one.contexts = [context(p, words, lexicon, self.topic) for p in one.candidates]
            if all(p.headline for p in one.candidates):
                one.features.append("headline")
            elif len(one.parts) == 1:
                word = one.parts[0]
                if word.lower() in words.small:
                    one.features.append("small-too")
                if word not in words.middle:
                    one.features.append("initial-only")
                if words.tale and self.topic != "sport" and _nameable(word):
                    one.features.append(f"house:tale={words.tale}")
                if any("house:dateline" in features for features in one.contexts):
                    one.features.append("house:dated")
            if ships and any("house:<vessel" in features for features in one.contexts):
                one.features.append("house:vessel")
            if prose and name in gazetteer().cities:
                one.features.append("house:city")
            if self.topic:
                one.features.append(f"{self.topic}&words={min(len(one.parts), 3)}")
                if name in gazetteer().cities:
                    one.features.append(f"{self.topic}&city")

    def _gather(self, candidates: list[NameCandidate]) -> None:
        """The names as the document writes them; what stands in capitals goes with the same name
        in small letters."""
        held: list[tuple[str, NameCandidate]] = []
        for candidate in candidates:
            if candidate.kind != "name" and not _open(candidate):
                continue
            name = self.written(candidate)
            if candidate.headline or (name.isupper() and len(name) > 4):
                held.append((name, candidate))
            else:
                self._add(name, candidate)
        spelled: dict[str, str] = {}
        for name in self.names:
            spelled.setdefault(name.upper(), name)
        for name, candidate in held:
            body = spelled.get(name.upper())
            if body is None and not candidate.headline:
                spelled[name] = body = name
            elif body is None and name.isupper():
                body = " ".join(w.capitalize() for w in name.split(" "))
            self._add(body or name, candidate)

    def written(self, candidate: NameCandidate) -> str:
        words = self.words
        name = words.raw[words.starts[candidate.first] : words.end(candidate.last - 1)]
        return " ".join(name.split()) if "\n" in name or "  " in name else name

    def _add(self, name: str, candidate: NameCandidate) -> None:
        one = self.names.get(name)
        if one is None:
            known = candidate.known
            use = "" if known is None else known.use if known.use == "capital" else known.type
            one = self.names[name] = Name(name.split(" "), candidate.head, use)
        one.candidates.append(candidate)

    def relate(self, kind_of: dict[str, str]) -> None:
        """Adds what the longer names of the document, of the kinds given, say of its short ones."""
        family: set[str] = set()
        given: set[str] = set()
        part: dict[str, str] = {}
        letters: set[str] = set()
        others: set[str] = set()
        for name, one in self.names.items():
            if len(one.parts) < 2:
                continue
            kind = kind_of.get(name)
            if kind == "person":
                own = family_name(one.parts)
                family.add(own)
                given.add(one.parts[0] if own != one.parts[0] else one.parts[-1])
            elif kind in ("organisation", "place"):
                part.setdefault(one.parts[0], kind)
                part.setdefault(" ".join(one.parts[:-1]), kind)
            if kind == "organisation":
                letters.add("".join(p[0] for p in one.parts if p[0].isupper()))
            elif one.head == "other":
                others.add("".join(p[0] for p in one.parts if p[0].isupper()))
        for name, one in self.names.items():
            if name in family:
                one.features.append("doc:family")
            elif name in given:
                one.features.append("doc:given")
            if name in part:
                one.features.append(f"doc:part-{part[name]}")
            if name in letters and len(name) > 1:
                one.features.append("doc:letters")
            if name in others and len(name) > 1:
                one.features.append("house:letters-other")

    def kinds(self) -> dict[str, str]:
        """What each name of several words is as a whole."""
        table = weights()
        out: dict[str, str] = {}
        for name, one in self.names.items():
            one.own = [_sum(table, features) for features in one.contexts]
            if len(one.parts) == 1:
                continue
            scores = self._base(name, one)
            share = 1 / len(one.own)
            for own in one.own:
                for k in range(4):
                    scores[k] += own[k] * share
            out[name] = KINDS[scores.index(max(scores))]
        return out

    def _base(self, name: str, one: Name) -> list[float]:
        """What a name's own words and the document say of it."""
        own = _shaped(name, one.head, one.known, self.lexicon)
        return [a + b for a, b in zip(own, _sum(weights(), one.features), strict=True)]

    def occurrence_types(self) -> dict[NameCandidate, str]:
        """What each occurrence of a name is: by its own words, its company and, at half weight,
        the mean of its other occurrences. ``kinds`` comes first."""
        out: dict[NameCandidate, str] = {}
        for name, one in self.names.items():
            a, b, c, d = self._base(name, one)
            count = len(one.own)
            others = _OTHERS / (count - 1) if count > 1 else 0.0
            if others:
                for w in one.own:
                    a += others * w[0]
                    b += others * w[1]
                    c += others * w[2]
                    d += others * w[3]
            mine = 1.0 - others
            for candidate, w in zip(one.candidates, one.own, strict=True):
                scores = (a + mine * w[0], b + mine * w[1], c + mine * w[2], d + mine * w[3])
                out[candidate] = KINDS[scores.index(max(scores))]
        return out


def _nameable(word: str) -> bool:
    """Whether a word is a given name, or none of the language."""
    low, known = word.lower(), gazetteer()
    return low in known.given or low not in known.words


def family_name(parts: list[str]) -> str:
    """The part of a person's name by which a report calls him later."""
    if len(parts) == 1 or parts[0].lower() not in FAMILY_FIRST:
        return parts[-1]
    return parts[0] if family_first([fold(p) for p in parts]) else parts[-1]


def _open(candidate: NameCandidate) -> bool:
    """Whether a known name may still be somebody or something else here: a place, a capital."""
    known = candidate.known
    return known is not None and (known.type == "place" or known.use == "capital")


def _sum(table: dict[str, Scores], features: Sequence[str]) -> list[float]:
    a = b = c = d = 0.0
    for feature in features:
        w = table.get(feature)
        if w is not None:
            a += w[0]
            b += w[1]
            c += w[2]
            d += w[3]
    return [a, b, c, d]


def topic(words: Words) -> str:
    """``sport`` or ``finance`` where a document's words are clearly of that field; an election is
    won and lost too."""
    small = words.small
    sport, finance = len(small & cues()["sport"]), len(small & cues()["finance"])
    best = max(sport, finance)
    if best < 4 or best < 0.015 * len(small):
        return ""
    if sport < finance:
        return "finance"
    return "sport" if len(small & cues()["politics"]) < 4 else ""
