"""Organisations that are meant by a noun or by "it": "the ministry", "the bloc", "its navy", "it
said"."""

from __future__ import annotations

from functools import cache

from ...model import Mention, MentionType
from ..names.gazetteer import gazetteer
from ..names.lexicon import load as known
from .aliases import Entity
from .discourse import DiscourseModel
from .roles import Lexicon, Phrase, lexicon

_ANY_BODY = frozenset(("company", "firm", "group", "business"))
_IN_MIND = 0.5  # the salience from which a noun takes up a name that does not hold it


_TRADING = frozenset(("company", "firm"))


def _trades(entity: Entity) -> bool:
    """Whether an organisation may be a company by its name: a large firm's, or one that no lexicon
    knows, no initials and no body of another kind, named twice."""
    if entity.type != "organisation":
        return False
    if entity.name in gazetteer().firms:
        return True
    return not (
        entity.known or entity.name.isupper() or entity.count < 2
    ) and _other_bodies().isdisjoint(entity.words)


@cache
def _other_bodies() -> frozenset[str]:
    """The words in names of organisations that are no companies."""
    words = lexicon().organisations
    trading = {word for head in _TRADING for word in words[head]}
    return frozenset(word for names in words.values() for word in names) - trading


class Organisations:
    """Finds the organisation or state that is meant; keeps the organs of states that get no
    name."""

    def __init__(self, discourse: DiscourseModel, words: Lexicon) -> None:
        self.discourse, self.lexicon = discourse, words
        self.organs: dict[str, int] = {}

    def mention(self, phrase: Phrase) -> Mention | None:
        """ "the ministry": the organisation of that kind that was named last. "the Iranian foreign
        ministry": an organisation of that state, though nobody gives it a name."""
        discourse, tokens = self.discourse, self.discourse.tokens
        offset = tokens.starts[phrase.first]
        states = phrase.states
        follower = phrase.last + 1
        if (
            follower < len(tokens.words)
            and tokens.near(phrase.last)
            and (
                discourse.noun(follower)
                and tokens.lower[follower] not in discourse.verbs
                and not tokens.lower[follower].endswith("ed")
            )
        ):
            return None
        if phrase.determiner == "pronoun":
            if tokens.lower[phrase.possessor or 0] != "its" or not self._speaks(follower):
                return None
            state = self._its(offset)
            states = (state,) if state else ()
        elif phrase.determiner in ("indefinite", "noun"):
            return None
        if phrase.determiner in (None, "pronoun", "name") and not states:
            return None
        found = self._named(phrase, states, offset)
        if found is None and states and phrase.head in self.lexicon.organs:
            found = self._organ(phrase, states[0])
        if found is None:
            return None
        end = tokens.ends[phrase.last]
        if not discourse.quoted(offset):
            discourse.add_mention(found, offset, phrase.first, phrase.last, "role")
        key = discourse.entities[found].key
        return Mention(offset, end, tokens.text[offset:end], "organisation", "role", key)

    def _speaks(self, i: int) -> bool:
        return (
            i < len(self.discourse.tokens.lower)
            and self.discourse.tokens.lower[i] in self.discourse.saying
        )

    def _named(self, phrase: Phrase, states: tuple[str, ...], offset: int) -> int | None:
        """The organisation of the kind that the noun tells, among those named lately."""
        names = self.lexicon.organisations.get(phrase.head, frozenset())
        ids = self.lexicon.known.get(phrase.head, frozenset())
        place = self.discourse.place(offset)
        scores: dict[int, float] = {}
        for index in self.discourse.organisations:
            entity = self.discourse.entities[index]
            if states and not set(states) & set(entity.states):
                continue
            named = entity.key in ids or not names.isdisjoint(entity.words)
            if not named and (phrase.head not in _TRADING or states or not _trades(entity)):
                continue
            if phrase.modifiers <= set(entity.words):
                scores[index] = self.discourse.salience(index, place)
        found = self.discourse.best(scores, 0.3)
        if found is not None and phrase.head in _ANY_BODY and not states:
            nearer = max(
                (
                    self.discourse.salience(index, place)
                    for index in self.discourse.organisations
                    if index not in scores and self.discourse.entities[index].type == "organisation"
                ),
                default=0.0,
            )
            if nearer > scores[found]:
                return None  # another was named since, whose name does not tell what it is
        if found is None or scores[found] >= _IN_MIND:
            return found
        return found if phrase.head in self.discourse.entities[found].words else None

    def _organ(self, phrase: Phrase, state: str) -> int | None:
        """The organisation of ``state`` under the words by which the text calls it. A name that a
        lexicon knows and ``names.find`` left out stays out: it stands in a credit."""
        tokens, entities = self.discourse.tokens, self.discourse.entities
        words = (*sorted(phrase.modifiers), phrase.head)
        key = "-".join((state, *words))
        if key not in self.organs:
            first = phrase.first + (tokens.lower[phrase.first] in ("the", "this"))
            if phrase.determiner == "pronoun":
                first = phrase.inner
            name = tokens.text[tokens.starts[first] : tokens.ends[phrase.last]]
            if name in known().known:
                return None
            if phrase.determiner == "pronoun":
                name += f" of {known().display.get(state, state)}"
            entities.append(Entity(key, name, "organisation", words=words, states=(state,)))
            self.organs[key] = len(entities) - 1
        return self.organs[key]

    def _its(self, offset: int) -> str | None:
        """The state that "its" means: the subject of the sentence, else of the one before."""
        discourse = self.discourse
        place = discourse.place(offset)
        found = discourse.best(
            {
                index: discourse.salience(index, place)
                for index in discourse.organisations
                if discourse.entities[index].type == "country"
                and place.sentence - discourse.entities[index].sentence <= 1
                and discourse.entities[index].weight >= 1.5
            }
        )
        return discourse.entities[found].key if found is not None else None

    def it(self, i: int) -> Mention | None:
        """The organisation or state that was last a subject: "it said"; ``i`` is the token of
        "it"."""
        discourse, tokens = self.discourse, self.discourse.tokens
        offset = tokens.starts[i]
        if not self._speaks(i + 1) or discourse.quoted(offset):
            return None
        place = discourse.place(offset)
        scores = {
            index: discourse.salience(index, place)
            for index in discourse.organisations
            if discourse.entities[index].type != "place"
            and place.sentence - discourse.entities[index].sentence <= 2
        }
        found = discourse.best({k: v for k, v in scores.items() if v >= 3.0})
        if found is None:
            return None
        entity = discourse.entities[found]
        kind: MentionType = "organisation" if entity.type == "organisation" else "country"
        discourse.add_mention(found, offset, i, i, "pronoun")
        return Mention(offset, tokens.ends[i], tokens.words[i], kind, "pronoun", entity.key)
