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

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate
from math import exp, log
from typing import Literal, NamedTuple

from ..log_linear import Value, bound, load, weigher
from ..names.gazetteer import cues, gazetteer
from . import pronoun_features as features
from .aliases import Entity, NameClusters
from .discourse import PREPOSITIONS, DiscourseModel
from .pronoun_features import Slot
from .roles import Tokens

SHE, HE = frozenset({"she", "her", "hers", "herself"}), frozenset({"he", "him", "his", "himself"})
PRONOUNS = SHE | HE
THRESHOLD = 0.52
"""The probability from which somebody is answered."""
RETYPING = 0.75
"""The probability from which a pronoun shows that an organisation or place is in fact a person."""
REACH = 12
"""So many sentences back a candidate may have been meant last."""

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


class Choice(NamedTuple):
    """Whom a pronoun means, null for nobody surely, and the probability of the best."""

    entity: int | None
    share: float


@cache
def weigh() -> Callable[..., float]:
    """The weight of the features of a template (log_linear.py)."""
    return weigher(load("pronoun_weights.tsv"))


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
    """Resolves the pronouns of one document, in order; ``options`` tells what it weighs. Made at
    the first pronoun: what it counts, it counts over the whole document."""

    def __init__(self, discourse: DiscourseModel, clusters: NameClusters) -> None:
        bound(weigh())
        self.discourse = discourse
        self.tokens: Tokens = discourse.tokens
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
        self._unlisted: dict[int, bool] = {}
        said = [i for i, word in enumerate(lower) if word in PRONOUNS]
        she = sum(lower[i] in SHE for i in said)
        self._she = she / len(said) if said else 0.5
        self._gendered = self._adjacent(said)
        self.last: dict[str, tuple[int, int, int, Slot]] = {}  # gender -> of its last pronoun

    def choose(self, i: int) -> Choice:
        """Whom the pronoun at token ``i`` means."""
        options = self.options(i, weigh())
        scores = [score for _, score in options]
        top = max(scores)
        shares = [exp(s - top) for s in scores]
        best = shares.index(max(shares))
        share = shares[best] / sum(shares)
        found = options[best][0]
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

    def options(self, i: int, evaluate: Callable[..., Value]) -> list[tuple[int | None, Value]]:
        """The candidates for the pronoun at token ``i``, by their entities (null: nobody, who comes
        first), each with what ``evaluate`` tells of its features."""
        tokens, discourse, entities = self.tokens, self.discourse, self.entities
        offset = tokens.starts[i]
        gender: Literal["f", "m"] = "f" if tokens.lower[i] in SHE else "m"
        place = discourse.place(offset)
        here = place.sentence
        slot = self.slot(i)
        ahead, how = self._ahead(i, place.start)
        found = [
            index
            for index in discourse.people
            if entities[index].gender in (None, gender)
            and entities[index].at < offset
            and here - entities[index].sentence <= REACH
        ]
        found += [
            index
            for index in discourse.organisations
            if entities[index].at < offset
            and here - entities[index].sentence <= 2
            and self._may_be_person(index)
        ]
        quoted = discourse.quoted(offset)
        cited = discourse.cited_with(offset) if quoted else {}
        found += [
            index
            for index in cited
            if index not in found
            and entities[index].type == "person"
            and entities[index].gender in (None, gender)
        ]
        found.sort(key=lambda index: -entities[index].at)
        if ahead is not None and ahead not in found and entities[ahead].gender in (None, gender):
            found.append(ahead)
        counts = sorted((entities[index].count for index in found), reverse=True)
        opens = self._opens(i, place.start)
        beside = tokens.lower[max(0, i - 1) : i] + tokens.lower[i + 1 : i + 2]
        speaks = not discourse.saying.isdisjoint(beside)
        fits = int(4 * (self._she if gender == "f" else 1 - self._she))
        last = self.last.get(gender)
        out: list[tuple[int | None, Value]] = []
        for recency, index in enumerate(found):
            entity = entities[index]
            away = min(here - entity.sentence, 4) if entity.at >= 0 else 5
            role = entity.slot if entity.at >= 0 else "ahead"
            since = min(here - entity.subject, 4) if entity.subject >= 0 else -1
            unlike = entity.type if entity.type != "person" else ""
            rank = min(self._rank.get(index, 9), 3)
            value = (
                evaluate(
                    features.near, slot, role, entity.kind, away, min(recency, 4), speaks, opens,
                )
                + evaluate(
                    features.meant, slot, away, since, entity.saying, entity.lead, entity.joined,
                    entity.relative, entity.key is None, unlike, self._later(index, i, offset),
                    entity.paragraph == place.paragraph,
                )
                + evaluate(
                    features.named, min(counts.index(entity.count), 2), min(entity.count, 6), rank,
                    index == self._first,
                )
            )  # fmt: skip
            if len(found) == 1:
                value += evaluate(features.sole, speaks)
            if away == 0:
                between = self._bounds[i] - self._bounds[entity.last + 1]
                word = tokens.lower[i - 1] if i - entity.last <= 2 else ""
                value += evaluate(features.within, slot, role, entity.kind, min(between, 4), word)
            if rank == 0:
                lead = 0 if self._lead < 1.01 else 1 if self._lead < 1.6 else 2
                value += evaluate(features.topic, slot, lead, away, opens, fits)
            if entity.gender is None:
                value += self._unknown(entity, gender, index, evaluate)
            else:
                value += evaluate(features.known)
            if index == ahead:
                value += evaluate(features.fronted, slot, how, entity.at < 0)
            if quoted:
                value += evaluate(features.quoted, slot, role, away, entity.saying)
                if index in cited:
                    between = self._bounds[i] - self._bounds[cited[index] + 1]
                    value += evaluate(features.cited, slot, min(between, 3), entity.at < 0)
            if last is not None:
                value += evaluate(
                    features.chain, slot, last[0] == index, min(here - last[1], 3), last[3]
                )
            out.append((index, value))
        nearest = min(here - entities[found[0]].sentence, 3) if found else None
        nobody = evaluate(
            features.nobody,
            min(len(out), 4),
            slot,
            gender,
            speaks,
            gender not in self.last,
            nearest,
        )
        if quoted:
            nobody += evaluate(features.nobody_quoted, slot)
        out.insert(0, (None, nobody))
        return out

    def _unknown(
        self, entity: Entity, gender: str, index: int, evaluate: Callable[..., Value]
    ) -> Value:
        """What speaks for the gender of somebody whom no list and no title tells."""
        words = entity.words
        odds = likely_woman(words[0]) if len(words) > 1 else 0.0
        if gender == "m":
            odds = -odds
        level = max(-2, min(2, round(odds / 1.5)))
        bare = alone = ""
        if len(words) < 2:
            bare = "one word" if entity.held else "bare word"
            listed = gazetteer().given.get(words[0]) if words else None
            if listed in ("f", "m"):
                alone = "alone fits" if listed == gender else "alone contradicts"
        value = evaluate(features.by_name, level, bare, bool(bare) and entity.count < 2, alone)
        votes = self._gendered.get(index)
        if votes:
            fits, against = (votes["f"], votes["m"])[:: 1 if gender == "f" else -1]
            value += evaluate(features.company, min(fits, 2), min(against, 2))
        return value

    def _adjacent(self, said: list[int]) -> dict[int, Counter[str]]:
        """Of each person how often "he" and how often "she", of the pronouns at the tokens
        ``said``, comes next in the sentence, with no other person between."""
        out: dict[int, Counter[str]] = defaultdict(Counter)
        tokens, lower = self.tokens, self.tokens.lower
        for i in said:
            if tokens.owner[i] >= 0:
                continue
            number = bisect_right(tokens.first, i) - 1
            stop = i  # of the tokens that are seen to hold no stop
            while number >= 0:
                last = tokens.last[number]
                if "." in lower[last + 1 : stop]:
                    break
                index = self.clusters.entity_of[number]
                if index is not None and (
                    self.entities[index].type == "person" or self._may_be_person(index)
                ):
                    out[index]["f" if lower[i] in SHE else "m"] += 1
                    break
                stop = tokens.first[number]
                number -= 1
        return out

    def _may_be_person(self, index: int) -> bool:
        """Whether an organisation or place that no lexicon knows may be a person: it has one word,
        or the first is a given name; it is not written in capitals and never stands where places
        do."""
        if self.entities[index].type not in ("organisation", "place"):
            return False
        found = self._unlisted.get(index)
        if found is None:
            found = self._unlisted[index] = self._like_person(index)
        return found

    def _like_person(self, index: int) -> bool:
        entity = self.entities[index]
        return (
            not entity.known
            and bool(entity.words)
            and entity.words[-1] not in cues()["organisation_head"]
            and (len(entity.words) == 1 or entity.words[0] in gazetteer().given)
            and not entity.name.isupper()
            and not any(self._located(first) for first in self._places[index])
        )

    def _located(self, first: int) -> bool:
        return first > 0 and self.tokens.lower[first - 1] in _LOCATING

    def _later(self, index: int, i: int, offset: int) -> str:
        """Whether the name comes again after the pronoun, in its sentence or the next: then the
        pronoun is seldom for it."""
        places = self._places.get(index)
        if not places or places[-1] <= i:
            return ""
        named = self.tokens.starts[places[bisect_right(places, i)]]
        this, following = self.discourse.bounds(offset)
        return "again" if named < this else "again next" if named < following else ""

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
        after = min(i + 40, count - 1)
        if "," not in lower[i + 1 : after]:
            return None, ""
        first = min(i, max(i - 40, bisect_left(tokens.starts, start)))
        owners = set(tokens.owner[first:i])
        crowded = any(n >= 0 and self._person(n) is not None for n in owners)
        fronted = lower[first] in _FRONTED or lower[first].endswith(("ing", "ed"))
        for comma in range(i + 1, after):
            if lower[comma] in _ENDS:
                break
            if lower[comma] != "," or self._apposes(i, comma):
                continue
            for j in range(comma + 1, min(comma + 8, count)):
                number = tokens.owner[j]
                if number >= 0:
                    index = self._person(number)
                    if index is not None:
                        if tokens.possessive(tokens.last[number]):
                            return None, ""
                        how = "fronted" if fronted else "loose"
                        return index, f"{how} crowded" if crowded else how
                elif not lower[j].isalpha() and lower[j] != ".":
                    break
        return None, ""

    def _apposes(self, i: int, comma: int) -> bool:
        """Whether what follows the comma names whom the noun behind a possessive means: "his new
        patron, Haddad"."""
        words, noun = self.clusters.lexicon, self.tokens.lower[comma - 1]
        somebody = noun in words.kin or noun in words.people or noun in words.person
        alone = all(self.tokens.owner[k] < 0 for k in range(i + 1, comma))
        return somebody and alone and comma - i < 6 and self.slot(i) == "possessive"

    def _person(self, number: int) -> int | None:
        """The person that a name mention means."""
        index = self.clusters.entity_of[number]
        return index if index is not None and self.entities[index].type == "person" else None
