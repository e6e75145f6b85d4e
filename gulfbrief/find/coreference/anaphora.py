"""Who is meant by a role ("the minister") or a pronoun ("he"), read from front to back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache, cached_property

from ...model import Mention, Role
from ..text import Text
from .aliases import Entity, HeldRole, NameClusters
from .appositions import Appositions, Attachment
from .discourse import WINDOW, DiscourseModel, Position
from .organisations import Organisations
from .pronouns import PRONOUNS, SHE, Choice, PronounResolver
from .roles import Lexicon, Phrase, Tokens, lexicon, parse, title

_SURE = 0.8  # the probability from which a pronoun tells the gender of whom it means
_SUBJECT = 1.6  # the weight from which somebody without a name is kept in mind


class AnaphoraResolver:
    """One pass over the role phrases, names and pronouns of a document in their order.

    ``extra`` are the role and pronoun mentions found, ``roles`` the roles of each actor.
    """

    def __init__(
        self,
        text: Text,
        mentions: list[Mention],
        tokens: Tokens,
        clusters: NameClusters,
        words: Lexicon,
    ) -> None:
        self.mentions, self.tokens, self.lexicon = mentions, tokens, words
        self.clusters, self.entities = clusters, clusters.entities
        self.discourse = DiscourseModel(text, tokens, clusters.entities)
        self.organisations = Organisations(self.discourse, words)
        self.appositions = Appositions(mentions, tokens, words)
        self.roles: dict[int, list[Role]] = defaultdict(list)
        self.extra: list[Mention] = []
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.title_at: dict[int, int] = {}
        self.meanings: dict[int, Choice] = {}

    @cached_property
    def pronouns(self) -> PronounResolver:
        """Made where it is asked for: many a document has no pronoun."""
        return PronounResolver(self.discourse, self.clusters)

    def read(self) -> None:
        """Read the document once."""
        lower, triggers = self.tokens.lower, _triggers()
        marks = [
            i for i, word in enumerate(lower) if word in triggers or ("-" in word and _marked(word))
        ]
        starts = self.tokens.first
        m, count, done = 0, len(starts), -1
        for i in marks:
            while m < count and starts[m] < i:
                self._name(m)
                m += 1
            if i <= done:
                continue
            if lower[i] == "it":
                found = self.organisations.it(i)
                if found:
                    self.extra.append(found)
            elif lower[i] in PRONOUNS:
                if self.tokens.owner[i] < 0:
                    self._pronoun(i)
            else:
                phrase = parse(self.tokens, self.mentions, i, self.lexicon)
                if phrase is not None:
                    self._phrase(phrase)
                    done = phrase.last
        while m < count:
            self._name(m)
            m += 1

    # ---- names --------------------------------------------------------------------------------

    def _name(self, number: int) -> None:
        """A name makes its bearer salient."""
        mention, tokens = self.mentions[number], self.tokens
        if mention.type == "nationality":
            self._national(number)
            return
        index = self.clusters.entity_of[number]
        if index is None:
            return
        if self.discourse.quoted(mention.start):
            self.discourse.cite(index, mention.start, tokens.last[number])
            return
        first = self.title_at.get(number)
        if first is None:
            first = self._with_title(tokens.first[number])
            if first < tokens.first[number]:
                self._short_title(index, number)
        self.discourse.add_mention(index, mention.start, first, tokens.last[number])
        if first > 1 and tokens.lower[first - 1] == "and":
            other = self.appositions.person(first - 2)
            partner = self.clusters.entity_of[other] if other is not None else None
            if partner is not None and partner != index:  # both are the subject, or neither
                one, two = self.entities[partner], self.entities[index]
                one.weight = two.weight = max(one.weight, two.weight)

    def _short_title(self, index: int, number: int) -> None:
        """The role of a short title, noted when it is first given: "Sen. Hale"."""
        phrase = title(self.tokens, self.mentions, number, self.lexicon)
        held = self.entities[index].held
        if phrase and not any(h.head == phrase.head and h.states == phrase.states for h in held):
            self._give(index, phrase, Attachment(number, True))

    def _with_title(self, first: int) -> int:
        """The token where the name begins with its title ("Mr. Saleh")."""
        lower, words = self.tokens.lower, self.lexicon
        before = first - 1
        if before >= 1 and lower[before] == ".":
            before -= 1
        if before >= 0 and (lower[before] in words.title_gender or lower[before] in words.short):
            return before
        return first

    def _national(self, number: int) -> None:
        """Who was told to be of that state: "the Iraqi said"."""
        tokens, mention = self.tokens, self.mentions[number]
        first, last = tokens.first[number], tokens.last[number]
        if first == 0 or tokens.lower[first - 1] != "the" or mention.text.endswith("s"):
            return
        if mention.actor is None or last + 1 >= len(tokens.lower):
            return
        follower = tokens.lower[last + 1]
        if follower not in self.discourse.verbs and not follower.endswith("ed"):
            return
        offset = tokens.starts[first - 1]
        place = self.discourse.place(offset)
        scores = {
            index: self.discourse.salience(index, place)
            for index in self.discourse.people
            if any(mention.actor in held.states for held in self.entities[index].held)
        }
        found = self.discourse.best(scores)
        if found is None:
            return
        text = tokens.text[offset : mention.end]
        self.extra.append(
            Mention(offset, mention.end, text, "person", "role", self.entities[found].key)
        )
        if not self.discourse.quoted(offset):
            self.discourse.add_mention(found, offset, first - 1, last, "role")

    # ---- roles --------------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase) -> None:
        """Give a role phrase to the name that it stands at, or find whom it means."""
        tokens = self.tokens
        if phrase.is_organisation:
            organisation = self.organisations.mention(phrase)
            if organisation:
                self.extra.append(organisation)
            return
        attached = self.appositions.find(phrase)
        if attached is None:
            self._refer(phrase)
            return
        index = self.clusters.entity_of[attached.number]
        if attached.title:
            self.title_at[attached.number] = min(phrase.first, tokens.first[attached.number])
        if index is not None:
            self._give(index, phrase, attached)
        if phrase.determiner and tokens.first[attached.number] > phrase.last + 1:
            self._add(phrase, index)

    def _add(self, phrase: Phrase, index: int | None) -> None:
        start, end = self.tokens.starts[phrase.first], self.tokens.ends[phrase.last]
        key = self.entities[index].key if index is not None else None
        words = self.tokens.text[start:end]
        self.extra.append(Mention(start, end, words, "person", "role", key))

    def _give(self, index: int, phrase: Phrase, attached: Attachment) -> None:
        """The actor ``index`` holds the role of ``phrase``."""
        entity, words = self.entities[index], self.lexicon
        entity.gender = entity.gender or words.gender.get(phrase.head)
        status = attached.status or phrase.status
        if attached.leaving is not None:
            before = self.clusters.entity_of[attached.leaving]
            if before is not None:
                self._hold(
                    before, HeldRole(phrase.head, phrase.modifiers, phrase.states, "leaving")
                )
        relation = words.office.get(phrase.head)
        if relation:
            other = self._possessor(phrase)
            for held in (
                self.entities[other].held[:3] if other is not None and other != index else ()
            ):
                turned = {"predecessor": "former", "successor": "new"}.get(relation)
                states = phrase.states if relation == "counterpart" else held.states
                self._hold(index, replace(held, states=states, status=turned))
        else:
            start, end = self.tokens.starts[phrase.inner], self.tokens.ends[phrase.last]
            told = status if status in ("former", "acting", "designate") else None
            state = phrase.states[0] if phrase.states else None
            if self._identifies(phrase, start, end):
                self.roles[index].append(Role(start, end, self.tokens.text[start:end], state, told))
        of = self._possessor(phrase) if phrase.head in words.relation else None
        self._hold(index, HeldRole(phrase.head, phrase.modifiers, phrase.states, status, of))

    def _identifies(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether a role says what its bearer is: not "leader", "man", "wife" or "ally of Mr"
        alone, without state, organisation or subject."""
        words, text = self.lexicon, self.tokens.text[start:end]
        if text.rsplit(None, 1)[-1].rstrip(".").lower() in words.title_gender:
            return False
        plain = not phrase.states and not phrase.modifiers and phrase.last == phrase.inner
        if phrase.head in words.bare:
            return not plain
        kin = phrase.head in words.relation or phrase.head in words.anonymous
        return not kin or phrase.head in words.person or bool(phrase.states)

    def _hold(self, index: int, held: HeldRole) -> None:
        entity = self.entities[index]
        if len(entity.held) < 8:
            entity.held.append(held)
        holders = self.holders[held.head]
        if index not in holders[-WINDOW:]:
            holders.append(index)

    def _possessor(self, phrase: Phrase) -> int | None:
        """Whose deputy, rival or predecessor it is."""
        if phrase.determiner == "name" and phrase.possessor is not None:
            return self.clusters.entity_of[phrase.possessor]
        if phrase.determiner == "pronoun" and phrase.possessor is not None:
            return self._meant(phrase.possessor)
        return None

    def _refer(self, phrase: Phrase) -> None:
        """Whom a role phrase without a name means."""
        discourse = self.discourse
        if phrase.determiner is None and not phrase.states:
            return
        offset = self.tokens.starts[phrase.first]
        place = discourse.place(offset)
        index = None
        if phrase.determiner != "indefinite":
            index = self._holder(phrase, offset)
            self._add(phrase, index)
        if discourse.quoted(offset):
            return
        if index is None:
            opens = phrase.determiner == "indefinite" and offset == place.start
            likely = opens or self._relative(phrase)
            if not likely and discourse.subject(phrase.first, phrase.last, place.start) < _SUBJECT:
                return
            index = self._shadow(phrase)
        discourse.add_mention(index, offset, phrase.first, phrase.last, "role")

    def _relative(self, phrase: Phrase) -> bool:
        """Whether it is somebody's wife, brother, ... who may be meant by the next pronoun."""
        return phrase.head in self.lexicon.kin and phrase.determiner in ("pronoun", "name")

    def _shadow(self, phrase: Phrase) -> int:
        """Someone whom the text does not name."""
        gender = self.lexicon.gender.get(phrase.head)
        self.entities.append(Entity(None, phrase.head, "person", gender=gender))
        index = len(self.entities) - 1
        self._hold(index, HeldRole(phrase.head, phrase.modifiers, phrase.states, phrase.status))
        return index

    def _holder(self, phrase: Phrase, offset: int) -> int | None:
        """Who holds the role, among those to whom the text has given one of that kind."""
        discourse, means = self.discourse, self.lexicon.means
        place = discourse.place(offset)
        barred = self._possessor(phrase)
        office = self.lexicon.office.get(phrase.head)
        proper = self._proper(phrase)
        wanted = [HeldRole(phrase.head, phrase.modifiers, phrase.states, phrase.status)]
        if office and barred is not None:
            status = "former" if office == "predecessor" else None
            wanted += [
                replace(held, states=phrase.states, status=status)
                for held in self.entities[barred].held[:3]
            ]
        elif phrase.head in self.lexicon.relation and phrase.possessor is not None:
            return self._related(phrase.head, barred, place)
        scores: dict[int, float] = {}
        for want in wanted:
            for head in (want.head, *(() if proper else means.get(want.head, ()))):
                for index in self.holders.get(head, ())[-WINDOW:]:
                    fits = [
                        fit(want, held) for held in self.entities[index].held if held.head == head
                    ]
                    best = max((f for f in fits if f is not None), default=None)
                    if best is not None and index != barred:
                        score = best + 0.6 * discourse.salience(index, place)
                        scores[index] = max(score, scores.get(index, score))
        if not scores and phrase.determiner == "definite":
            return self._epithet(phrase, place)
        return discourse.best(scores)

    def _proper(self, phrase: Phrase) -> bool:
        """Whether the head is written with a capital: then it means that very office."""
        head = phrase.head.rsplit(" ", 1)[-1]
        span = range(phrase.inner, phrase.last + 1)
        return any(self.tokens.lower[i] == head and self.tokens.words[i] != head for i in span)

    def _related(self, head: str, whose: int | None, place: Position) -> int | None:
        """The deputy, wife or lawyer of ``whose``, if the text has named that person."""
        named = whose is not None and self.entities[whose].key is not None
        anyone = not named and head in self.lexicon.mutual
        scores = {
            index: self.discourse.salience(index, place)
            for index in self.holders.get(head, ())[-WINDOW:]
            if anyone
            or (named and any(h.head == head and h.of == whose for h in self.entities[index].held))
        }
        return self.discourse.best(scores)

    def _epithet(self, phrase: Phrase, place: Position) -> int | None:
        """Whom the sentences before are about, if that is clear: "the novelist said"."""
        former = phrase.status == "former" and not phrase.states
        epithet = phrase.head in self.lexicon.epithets or former
        follower = phrase.last + 1
        lower = self.tokens.lower
        speaks = follower < len(lower) and lower[follower] in self.discourse.saying
        if not epithet or not (speaks or lower[phrase.first - 1] in self.discourse.saying):
            return None
        gender = self.lexicon.gender.get(phrase.head)
        scores = {
            index: self.discourse.salience(index, place)
            for index in self.discourse.people
            if (gender is None or self.entities[index].gender in (None, gender))
            and not (phrase.states and any(h.states for h in self.entities[index].held))
        }
        found = self.discourse.best(scores, 1.0)
        if found is None or scores[found] < 4.0 or self.entities[found].key is None:
            return None
        return found

    # ---- pronouns -----------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        tokens = self.tokens
        offset = tokens.starts[i]
        index = self._meant(i)
        key = None
        if self.discourse.quoted(offset):
            self._quoted_pronoun(i, index)
            return
        if index is not None:
            entity = self.entities[index]
            key = entity.key
            if entity.type != "person":
                entity.type = "person"
            if entity.gender is None and self.meanings[i].share >= _SURE:
                entity.gender = "f" if tokens.lower[i] in SHE else "m"
            possessive = self.pronouns.slot(i) == "possessive"
            self.discourse.add_mention(index, offset, i, i, "pronoun", -1.0 if possessive else 0.0)
            self.pronouns.meant(i, index)
        words = tokens.words[i][: len(tokens.lower[i])]  # of "She's" only "She"
        end = offset + len(words)
        self.extra.append(Mention(offset, end, words, "person", "pronoun", key))

    def _quoted_pronoun(self, i: int, index: int | None) -> None:
        """Note whom a pronoun within quotation marks means where that is clear; it makes nobody
        salient outside them."""
        if index is None or self.entities[index].type != "person":
            return
        key = self.entities[index].key
        if key is not None:
            start, end = self.tokens.starts[i], self.tokens.ends[i]
            words = self.tokens.words[i]
            self.extra.append(Mention(start, end, words, "person", "pronoun", key))

    def _meant(self, i: int) -> int | None:
        """Whom the pronoun at token ``i`` means; told once, by what stands before it."""
        if i not in self.meanings:
            self.meanings[i] = self.pronouns.choose(i)
        return self.meanings[i].entity


@cache
def _triggers() -> frozenset[str]:
    """The words at which the reading stops."""
    return lexicon().heads | PRONOUNS | {"it"}


def _marked(word: str) -> bool:
    """Whether a hyphen ties a status to the word: "ex-minister", "president-elect"."""
    return word.startswith(("ex-", "then-")) or word.endswith(("-elect", "-designate"))


def fit(want: HeldRole, held: HeldRole) -> float | None:
    """How well a role that is asked for agrees with one that is held; null for not at all.

    >>> foreign = HeldRole("minister", frozenset({"foreign"}), ("oman",))
    >>> fit(HeldRole("minister", frozenset(), ("oman",)), foreign)
    3.5
    >>> fit(HeldRole("minister", frozenset({"finance"}), ()), foreign)
    """
    score = 2.0 if want.head == held.head else 0.8
    if want.modifiers:
        if want.modifiers <= held.modifiers:
            score += 1.0
        elif held.modifiers and not held.modifiers & want.modifiers:
            return None
        else:
            score -= 1.0
        for group in lexicon().exclusive:
            one, other = want.modifiers & group, held.modifiers & group
            if one and other and not one & other:
                return None
    if want.modifiers & _RANKS != held.modifiers & _RANKS:
        return None
    if want.states and held.states and not set(want.states) & set(held.states):
        return None
    if want.states:
        score += 1.5 if held.states else -0.8
    change = _CHANGE.get((want.status, held.status), 0.0)
    return score + change if change is not None else None


_RANKS = frozenset({"deputy", "shadow", "vice", "assistant"})
"""Modifiers that make another office of a role: the deputy mayor is not the mayor."""

# Status that is asked for, status that is held -> what it adds; null: these two never agree.
_CHANGE: dict[tuple[str | None, str | None], float | None] = {
    ("former", "former"): 2.0,
    **{("former", other): -1.5 for other in (None, "acting", "designate", "leaving", "new")},
    **{(other, "former"): None for other in (None, "acting", "designate", "leaving")},
    ("leaving", "leaving"): 1.5,
    ("leaving", "new"): None,
    ("leaving", "designate"): None,
    ("new", "new"): 1.5,
    ("new", "former"): None,
    ("new", "leaving"): None,
}
