"""What stands where in a document, and who is salient there.

Salience follows Lappin & Leass (1994) in a small form: who was the subject of the last sentences of
the narration weighs most, then who was named most recently. What stands between quotation marks
makes nobody salient. An answer needs a lead over the second best; without it nobody is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from functools import cache
from typing import Literal, NamedTuple

from ..text import Text
from ..text.verb_groups import lexicon as verb_lexicon
from .aliases import Entity, Slot
from .roles import Tokens

PREPOSITIONS = frozenset(
    "of to in on at by for from with against about over under between near after before like than "
    "around into through without toward towards via and or told asked as".split()
)
_ADVERBS = frozenset(
    "also then later himself herself itself themselves never still even once just only both each "
    "that this where when while because though although until since whom whose".split()
)
_OBJECTS = frozenset(  # what shows that the word before, in -s, is a verb
    "it him her them this that these those the a an his its their how why what whether to".split()
)
_INVERTED = frozenset({"said", "says", "added", "adds", "asked", "replied", "warned"})
_SLOTS: dict[float, Slot] = {
    2.0: "subject",
    1.5: "opening",
    1.2: "relative",
    0.8: "object",
    0.4: "oblique",
    0.2: "possessive",
    0.1: "modifier",
}
WINDOW = 12  # actors that are kept in mind
LEAD = 0.35


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Finite forms, and forms of saying."""
    verbs = verb_lexicon()
    finite = verbs.past | verbs.third | verbs["auxiliary"] | verbs["modal"]
    return finite, verbs["saying"]


class Position(NamedTuple):
    """Where an offset stands: number of the narrating sentence and of the paragraph, and the offset
    at which its sentence starts."""

    sentence: int
    paragraph: int
    start: int


class DiscourseModel:
    """The narration of a document and who was named in it lately. ``people`` and ``organisations``
    hold the indices of at most a dozen actors each, the one named last at the end; ``cited`` tells
    who was named between quotation marks, and where (``cite``), the last dozen too."""

    def __init__(self, text: Text, tokens: Tokens, entities: list[Entity]) -> None:
        self.tokens, self.entities = tokens, entities
        self.people: OrderedDict[int, None] = OrderedDict()
        self.organisations: OrderedDict[int, None] = OrderedDict()
        self.verbs, self.saying = _verbs()
        outer = [mark for mark in text.marked if mark.level == 0]
        self._opens = [mark.open for mark in outer]
        self._closes = [mark.close for mark in outer]
        self._starts = [a for a, _ in text.sentences]
        self._paragraphs = [a for a, _ in text.paragraphs]
        self._numbers: list[int] = []
        number = 0
        for a, b in text.sentences:
            self._numbers.append(number)
            i = bisect_right(self._opens, a) - 1
            if i < 0 or self._closes[i] < b:
                number += 1
        self._found = (-1, Position(0, 0, 0))
        self.cited: OrderedDict[int, tuple[int, int]] = OrderedDict()
        self._first_cited: dict[int, int] = {}

    def cite(self, index: int, offset: int, last: int) -> None:
        """Note that the actor ``index`` is named between quotation marks, by a name that begins at
        ``offset`` and ends with the token ``last``."""
        self.cited[index] = offset, last
        self.cited.move_to_end(index)
        if len(self.cited) > WINDOW:
            self.cited.popitem(last=False)
        self._first_cited.setdefault(index, offset)

    def cited_with(self, offset: int) -> dict[int, int]:
        """Who was named before ``offset`` within its quotation, each with the last token of the
        name; in the order in which the text first named them between quotation marks."""
        i = bisect_right(self._opens, offset) - 1
        if i < 0 or not self.cited:
            return {}
        start = self._opens[i]
        here = {n: last for n, (at, last) in self.cited.items() if start < at < offset}
        return {n: here[n] for n in sorted(here, key=self._first_cited.__getitem__)}

    def quoted(self, offset: int) -> bool:
        """Whether ``offset`` stands between quotation marks."""
        i = bisect_right(self._opens, offset) - 1
        return i >= 0 and offset < self._closes[i]

    def place(self, offset: int) -> Position:
        """Where ``offset`` stands; sentences that are all quotation are not counted."""
        if not self._numbers:
            return Position(0, 0, 0)
        if offset != self._found[0]:
            i = max(0, bisect_right(self._starts, offset) - 1)
            paragraph = bisect_right(self._paragraphs, offset)
            self._found = offset, Position(self._numbers[i], paragraph, self._starts[i])
        return self._found[1]

    def bounds(self, offset: int) -> tuple[int, int]:
        """Where the sentence of ``offset`` and the narrating sentence after it end."""
        starts, numbers = self._starts, self._numbers
        i = bisect_right(starts, offset)
        k = bisect_right(numbers, numbers[i - 1] + 1)
        last = self.tokens.ends[-1] + 1
        return (
            starts[i] if i < len(starts) else last,
            starts[k] if k < len(starts) else last,
        )

    def add_mention(
        self,
        index: int,
        offset: int,
        first: int,
        last: int,
        kind: Literal["name", "role", "pronoun"] = "name",
        weight: float = 0.0,
    ) -> None:
        """The actor ``index`` is named or meant by the tokens ``first`` to ``last``."""
        entity = self.entities[index]
        sentence, paragraph, start = self.place(offset)
        role = self.subject(first, last, start)
        slot: Slot = _SLOTS[role] if weight >= 0 else "possessive"
        lower = self.tokens.lower
        after = lower[last + 1] if last + 1 < len(lower) else ""
        if entity.sentence != sentence or slot == "subject" or entity.slot != "subject":
            entity.slot = slot
        entity.kind, entity.last = kind, last
        entity.lead = self.tokens.starts[first] == start
        entity.saying = after in self.saying
        entity.joined = after == "and" or (first > 0 and lower[first - 1] == "and")
        if slot == "subject" or (slot == "opening" and entity.lead):
            entity.subject = sentence
        if entity.sentence == sentence and entity.weight > role + weight:
            role = entity.weight
        entity.at, entity.sentence, entity.paragraph = offset, sentence, paragraph
        entity.weight = role + weight
        entity.count += 1
        kept = self.people if entity.type == "person" else self.organisations
        kept[index] = None
        kept.move_to_end(index)
        if len(kept) > WINDOW:
            kept.popitem(last=False)

    def subject(self, first: int, last: int, start: int) -> float:
        """How much like a subject the phrase of tokens ``first`` to ``last`` stands: 0 to 2."""
        tokens = self.tokens
        lower, count = tokens.lower, len(tokens.words)
        before = lower[first - 1] if first > 0 and tokens.starts[first - 1] >= start else ""
        if tokens.possessive(last):
            return 0.2
        if before in _INVERTED:
            return 2.0
        if before in PREPOSITIONS:
            return 0.4
        after = last + 1
        if after < count and lower[after] == ",":
            after = self._past_aside(after)
        if after < count:
            word = lower[after]
            if word in self.verbs or (len(word) > 3 and word.endswith("ed")):
                return 2.0
            if word == "who":
                return 1.2
            if word.endswith("s") and after + 1 < count and lower[after + 1] in _OBJECTS:
                return 2.0
            if after == last + 1 and tokens.near(last) and self.noun(after):
                return 0.1
        if not before or before in ",;:-—–" or not before.isalnum():
            return 1.5
        return 0.8

    def noun(self, i: int) -> bool:
        """Whether token ``i`` is a noun that a name before it describes ("Gulf states")."""
        word = self.tokens.words[i]
        return (
            word.islower()
            and word.isalpha()
            and len(word) > 3
            and word not in PREPOSITIONS
            and word not in _ADVERBS
            and not word.endswith("ly")
        )

    def _past_aside(self, comma: int) -> int:
        """The token after an aside between commas (", a Labour member,"), at most 16 tokens on."""
        lower = self.tokens.lower
        for i in range(comma + 1, min(comma + 18, len(lower))):
            if lower[i] == ",":
                return i + 1
            if lower[i] in '.!?;:"”':
                break
        return comma

    def salience(self, index: int, place: Position) -> float:
        """How much the actor ``index`` is in mind at ``place``: 0 to 6, under 0 if met later."""
        entity = self.entities[index]
        away = place.sentence - entity.sentence
        if entity.at < 0 or away < 0:
            return -1.0
        recency = (3.0, 2.6, 1.4, 0.8, 0.4)[away] if away < 5 else 0.0
        same = 0.3 if entity.paragraph == place.paragraph else 0.0
        return (
            recency
            + (entity.weight if away < 3 else entity.weight / 3)
            + same
            + 0.1 * min(entity.count, 8)
        )

    def best(self, scores: dict[int, float], lead: float = LEAD) -> int | None:
        """The actor with the best score, null where the second is nearer than ``lead``."""
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < lead:
            return None
        return ranked[0][0]
