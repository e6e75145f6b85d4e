"""Whom "he", "she", "his", "her", "him" or a reflexive means: one log-linear model.

Every person in mind is a candidate, and so is nobody. A candidate's score is the sum of the weights
of its features: how far back it was last meant and in what grammatical slot, how many clause
boundaries lie between, whether its slot is the pronoun's (parallelism), how often the document
names it, whom the last pronoun meant, what its gender may be, whether it follows as the subject of
the main clause ("When he ..., Haddad ..."). The scores of all become probabilities (softmax); the
best is answered where its share reaches ``THRESHOLD``, else null. ``tests/bench/learn_pronouns.py``
learns the weights (``lexicon/pronoun_weights.tsv``) on the development part of GAP (Webster et al.
2018) and on texts of this project's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import accumulate
from math import exp, log
from typing import Literal, NamedTuple

from ..names.gazetteer import data, gazetteer
from .aliases import Entity, NameClusters
from .discourse import PREPOSITIONS, DiscourseModel

SHE, HE = frozenset({"she", "her", "hers", "herself"}), frozenset({"he", "him", "his", "himself"})
PRONOUNS = SHE | HE
THRESHOLD = 0.5
"""The probability from which somebody is answered."""
RETYPING = 0.75
"""The probability from which a pronoun shows that a name taken for a body or place is a person."""
REACH = 12
"""So many sentences back a candidate may have been meant last."""

Slot = Literal["subject", "object", "possessive", "reflexive"]

_NO_NOUN = frozenset(
    "and or but of in on at by for from with against about who the a an that as to if when while "
    "after before because".split()
)
_BOUNDARY = frozenset(
    ", ; : ( ) — – and but or that which who whom whose where when while after before because "
    "although though if since until so than whether".split()
)
_FRONTED = frozenset(
    "when while after before because although though if since until as once whenever in on at with "
    "despite during following upon by for like unlike through from throughout to besides without "
    "under having being given according".split()
)
_LOCATING = frozenset("in at from to near the into via outside inside".split())
_ENDS = frozenset(".!?;:")


class Option(NamedTuple):
    """A candidate, by the index of its entity (null: nobody), with its features."""

    entity: int | None
    features: tuple[str, ...]


class Choice(NamedTuple):
    """Whom a pronoun means, null for nobody surely, and the probability of the best."""

    entity: int | None
    share: float


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights as they were learned; a feature that is not among them weighs nothing."""
    rows = (r.split("\t") for r in data("pronoun_weights.tsv").splitlines() if r[:1] != "#")
    return {feature: float(weight) for feature, weight in rows}


@lru_cache(maxsize=1)
def _endings() -> dict[str, float]:
    """The ending of a given name -> the logarithm of the odds that a woman bears it."""
    women: Counter[str] = Counter()
    men: Counter[str] = Counter()
    for name, gender in gazetteer().given.items():
        for size in (1, 2, 3):
            if len(name) > size:
                (women if gender == "f" else men)[name[-size:]] += gender != "mf"
    return {
        ending: log((women[ending] + 1) / (men[ending] + 1))
        for ending in women | men
        if women[ending] + men[ending] >= 8
    }


@lru_cache(maxsize=10_000)
def likely_woman(given: str) -> float:
    """The logarithm of the odds that a given name is a woman's, by its ending; 0 for no idea."""
    table = _endings()
    return next((table[given[-n:]] for n in (3, 2, 1) if given[-n:] in table), 0.0)


class PronounResolver:
    """Resolves the pronouns of one document, in order; ``options`` tells what it weighs."""

    def __init__(self, discourse: DiscourseModel, clusters: NameClusters) -> None:
        self.discourse, self.tokens = discourse, discourse.tokens
        self.clusters, self.entities = clusters, clusters.entities
        lower = self.tokens.lower
        self._bounds = list(accumulate(map(_BOUNDARY.__contains__, lower), initial=0))
        named = Counter(i for i in clusters.entity_of if i is not None)
        self._named = {i: n for i, n in named.items() if self.entities[i].type == "person"}
        ranked = sorted(self._named, key=lambda i: -self._named[i])
        self._rank = {index: rank for rank, index in enumerate(ranked)}
        self._lead = (
            self._named[ranked[0]] / max(1, self._named[ranked[1]]) if len(ranked) > 1 else 9.0
        )
        self._first = next(iter(self._named), None)
        self._places: dict[int, list[int]] = defaultdict(list)  # entity -> tokens that name it
        for number, index in enumerate(clusters.entity_of):
            if index is not None:
                self._places[index].append(self.tokens.first[number])
        self._gendered = self._adjacent()
        said = Counter("f" if w in SHE else "m" for w in lower if w in PRONOUNS)
        total = said["f"] + said["m"]
        self._she = said["f"] / total if total else 0.5
        self.last: dict[str, tuple[int, int, int, Slot]] = {}  # gender -> of its last pronoun

    def choose(self, i: int) -> Choice:
        """Whom the pronoun at token ``i`` means."""
        table = weights()
        options = self.options(i)
        scores = [sum([table.get(f, 0.0) for f in o.features]) for o in options]
        top = max(scores)
        shares = [exp(s - top) for s in scores]
        best = max(range(len(options)), key=lambda k: shares[k])
        share = shares[best] / sum(shares)
        found = options[best].entity
        if found is None:
            return Choice(None, share)
        least = THRESHOLD if self.entities[found].type == "person" else RETYPING
        return Choice(found if share >= least else None, share)

    def meant(self, i: int, entity: int) -> None:
        """Note whom the pronoun at token ``i`` was found to mean."""
        word = self.tokens.lower[i]
        place = self.discourse.place(self.tokens.starts[i])
        self.last["f" if word in SHE else "m"] = (entity, place.sentence, i, self.slot(i))

    def slot(self, i: int) -> Slot:
        """The grammatical slot of the pronoun at token ``i``."""
        word = self.tokens.lower[i]
        if word in ("he", "she"):
            return "subject"
        if word.endswith("self"):
            return "reflexive"
        if word in ("his", "hers") or (word == "her" and self.before_noun(i)):
            return "possessive"
        return "object"

    def before_noun(self, i: int) -> bool:
        """Whether a noun follows: "her ship"."""
        lower = self.tokens.lower
        after = lower[i + 1] if i + 1 < len(lower) else "."
        return after.isalpha() and after not in _NO_NOUN and after not in PREPOSITIONS

    def options(self, i: int) -> list[Option]:
        """The candidates for the pronoun at token ``i``, nobody first."""
        tokens, discourse = self.tokens, self.discourse
        offset = tokens.starts[i]
        gender: Literal["f", "m"] = "f" if tokens.lower[i] in SHE else "m"
        place = discourse.place(offset)
        slot = self.slot(i)
        ahead, how = self._ahead(i, place.start)
        found = [
            index
            for index in discourse.people
            if self.entities[index].gender in (None, gender)
            and self.entities[index].at < offset
            and place.sentence - self.entities[index].sentence <= REACH
        ]
        found += [
            index
            for index in discourse.organisations
            if self._may_be_person(index)
            and self.entities[index].at < offset
            and place.sentence - self.entities[index].sentence <= 2
        ]
        found.sort(key=lambda index: -self.entities[index].at)
        if (
            ahead is not None
            and ahead not in found
            and self.entities[ahead].gender in (None, gender)
        ):
            found.append(ahead)
        out: list[Option] = []
        counts = sorted((self.entities[index].count for index in found), reverse=True)
        opens = self._opens(i, place.start)
        beside = (*tokens.lower[max(0, i - 1) : i], *tokens.lower[i + 1 : i + 2])
        speaks = not discourse.saying.isdisjoint(beside)
        for recency, index in enumerate(found):
            entity = self.entities[index]
            features = ["candidate"]
            if len(found) == 1:
                features += ("sole", "sole speaks" if speaks else "sole silent")
            away = min(place.sentence - entity.sentence, 4) if entity.at >= 0 else 5
            near = min(away, 2)
            role = entity.slot if entity.at >= 0 else "ahead"
            features += (
                f"away={away}",
                f"{slot} away={away}",
                f"{slot} {role} away={near}",
                f"{role} {entity.kind} away={near}",
                f"{slot} recency={min(recency, 4)}",
                f"recency={min(recency, 4)} away={near}",
            )
            if speaks:
                features += (f"speaks {role} away={near}", f"speaks away={away}")
            if opens:
                features += (f"opens {opens} {role} away={near}", f"opens {opens} away={away}")
            if away == 0:
                between = self._bounds[i] - self._bounds[entity.last + 1]
                features += (
                    f"{slot} clauses={min(between, 4)}",
                    f"{slot} {role} clauses={min(between, 3)}",
                    f"{slot} {role} {entity.kind} clauses={min(between, 1)}",
                )
                if i - entity.last <= 2:
                    features.append(f"{slot} next {tokens.lower[i - 1]}")
                if entity.saying:
                    features.append(f"{slot} sayer")
            elif entity.saying:
                features.append(f"{slot} sayer away={near}")
            if entity.lead:
                features.append(f"{slot} lead away={away}")
            if entity.subject >= 0:
                features.append(f"{slot} subject of {min(place.sentence - entity.subject, 4)}")
            if entity.joined:
                features.append(f"{slot} joined away={near}")
            if entity.relative:
                features.append(f"{slot} relative away={near}")
            if entity.key is None:
                features += ("unnamed", f"unnamed away={away}")
            if entity.type != "person":
                features += (f"typed {entity.type}", f"typed away={near}")
            later = self._later(index, i, place.start)
            if later:
                features += (later, f"{slot} {later}")
            if entity.paragraph == place.paragraph:
                features.append(f"paragraph away={near}")
            often = counts.index(entity.count)
            features.append(f"often={min(often, 2)}")
            features.append(f"count={min(entity.count, 6)}")
            rank = min(self._rank.get(index, 9), 3)
            features.append(f"rank={rank}")
            if rank == 0:
                lead = 0 if self._lead < 1.01 else 1 if self._lead < 1.6 else 2
                features += (f"topic lead={lead}", f"{slot} topic lead={lead}")
                features.append(f"topic away={away}")
                if opens:
                    features.append(f"topic opens {opens}")
                fits = self._she if gender == "f" else 1 - self._she
                features.append(f"topic fits={int(fits * 4)}")
            if index == self._first:
                features.append("first named")
            if entity.gender is None:
                features += self._unknown(entity, gender, index)
            else:
                features.append("gender")
            if index == ahead:
                new = "new" if entity.at < 0 else "known"
                features += (f"ahead {how}", f"{slot} ahead {how} {new}")
            last = self.last.get(gender)
            if last is not None:
                since = min(place.sentence - last[1], 3)
                same = "same" if last[0] == index else "other"
                features += (
                    f"chain {same} {since}",
                    f"{slot} chain {same} {since}",
                    f"{slot} after {last[3]} {same} {min(since, 2)}",
                )
            out.append(Option(index, tuple(features)))
        few = min(len(out), 4)
        nobody = ["nobody", f"nobody of {few}", f"nobody {slot}", f"nobody {gender}"]
        if speaks:
            nobody.append("nobody speaks")
        if gender not in self.last:
            nobody.append("nobody unchained")
        if out:
            nearest = self.entities[found[0]]
            nobody.append(f"nobody away={min(place.sentence - nearest.sentence, 3)}")
        return [Option(None, tuple(nobody)), *out]

    def _unknown(self, entity: Entity, gender: str, index: int) -> list[str]:
        """What speaks for the gender of somebody whom no list and no title tells."""
        odds = likely_woman(entity.words[0]) if len(entity.words) > 1 else 0.0
        if gender == "m":
            odds = -odds
        level = max(-2, min(2, round(odds / 1.5)))
        out = [f"ending={level}", "no gender"]
        if len(entity.words) < 2:
            out.append("one word" if entity.held else "bare word")
            if entity.count < 2:
                out.append("bare word once")
            alone = gazetteer().given.get(entity.words[0]) if entity.words else None
            if alone in ("f", "m"):
                out.append("alone fits" if alone == gender else "alone contradicts")
        votes = self._gendered.get(index)
        if votes:
            fits, against = (votes["f"], votes["m"])[:: 1 if gender == "f" else -1]
            out.append(f"company {min(fits, 2)} {min(against, 2)}")
        return out

    def _adjacent(self) -> dict[int, Counter[str]]:
        """Of each person how often "he" and how often "she" comes next in the sentence, with no
        other person between."""
        out: dict[int, Counter[str]] = defaultdict(Counter)
        tokens, lower = self.tokens, self.tokens.lower
        current: int | None = None
        for i, word in enumerate(lower):
            number = tokens.owner[i]
            if number >= 0:
                index = self.clusters.entity_of[number]
                if index is not None and (
                    self.entities[index].type == "person" or self._may_be_person(index)
                ):
                    current = index
            elif word == ".":
                current = None
            elif current is not None and word in PRONOUNS:
                out[current]["f" if word in SHE else "m"] += 1
        return out

    def _may_be_person(self, index: int) -> bool:
        """Whether a body or place that no lexicon knows may be a person: it has one word, or the
        first is a given name; it is not written in capitals and never stands where places do."""
        entity = self.entities[index]
        return (
            entity.type in ("organisation", "place")
            and not entity.known
            and bool(entity.words)
            and (len(entity.words) == 1 or entity.words[0] in gazetteer().given)
            and not entity.name.isupper()
            and not any(self._located(first) for first in self._places[index])
        )

    def _located(self, first: int) -> bool:
        return first > 0 and self.tokens.lower[first - 1] in _LOCATING

    def _later(self, index: int, i: int, start: int) -> str:
        """Whether the name comes again, after the pronoun, in its sentence: then the pronoun is
        seldom for it."""
        places = self._places.get(index)
        if not places:
            return ""
        at = bisect_right(places, i)
        if at == len(places):
            return ""
        discourse = self.discourse
        then = discourse.place(self.tokens.starts[places[at]])
        if then.start == start:
            return "again"
        return "again next" if then.sentence - discourse.place(start).sentence == 1 else ""

    def _opens(self, i: int, start: int) -> str:
        """Whether the pronoun opens its sentence ("sentence"), a clause of it, or neither."""
        tokens = self.tokens
        if tokens.starts[i] == start:
            return "sentence"
        if i > 0 and tokens.lower[i - 1] in (",", ";", "and", "but", "that", "when", "as", "while"):
            return "clause"
        return ""

    def _ahead(self, i: int, start: int) -> tuple[int | None, str]:
        """Who is the subject of the main clause where the pronoun stands in a clause before it
        ("After his ship sank, Haddad ..."), and what that clause begins with: a word that opens
        such a clause ("fronted") or another ("loose")."""
        tokens = self.tokens
        lower, count = tokens.lower, len(tokens.words)
        first = i
        while first > 0 and tokens.starts[first - 1] >= start and i - first < 40:
            first -= 1
            if tokens.owner[first] >= 0 and self._person(tokens.owner[first]) is not None:
                return None, ""
        fronted = lower[first] in _FRONTED or lower[first].endswith(("ing", "ed"))
        for comma in range(i + 1, min(i + 40, count - 1)):
            if lower[comma] in _ENDS:
                break
            if lower[comma] != ",":
                continue
            for j in range(comma + 1, min(comma + 8, count)):
                number = tokens.owner[j]
                if number >= 0:
                    index = self._person(number)
                    if index is not None:
                        if tokens.possessive(tokens.last[number]):
                            return None, ""
                        return index, "fronted" if fronted else "loose"
                elif not lower[j].isalpha() and lower[j] != ".":
                    break
        return None, ""

    def _person(self, number: int) -> int | None:
        """The person that a name mention means."""
        index = self.clusters.entity_of[number]
        return index if index is not None and self.entities[index].type == "person" else None
