"""Names -> actors: which names of one document mean the same person, organisation or state.

A document is read as its writer meant it: the full name once, then the family name. Two people with
one family name stay two; a bare family name that fits both is given to the one that carried it
before the other came, to the one whose title or given name fits, or to nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...fold import fold, shouted, slug
from ...model import ActorType, Mention
from ..names.eastern import family_first
from ..names.gazetteer import gazetteer
from .name_extent import CALLED
from .namesakes import Namesakes, generation, newcomer
from .organisation_names import bare, cluster_organisations, listed
from .person_names import name_words, shortened, sounds_alike
from .roles import Lexicon, Tokens

Gender = Literal["f", "m"]
Slot = Literal["subject", "opening", "relative", "object", "oblique", "possessive", "modifier"]
PARTICLES = frozenset(
    "al el bin bint ibn abu umm von van der den de del della di da dos das du la le ter ten zu zum "
    "af av ben bar mac o st san".split()
)
_GENDERED: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_SENTENCE_ENDS = frozenset('.!?;:“”"')
_TAKEN_UP = 12  # tokens behind a name in which a pronoun takes it up
_LONGEST = 7  # words of a name; more are a headline that ran into it
_CAPITALS = re.compile(r"(?<=Mc)[A-Z]+|(?<=Mac)[A-Z]+|Ma?c(?=[A-Z]{2})|[^\W\d_]+")


@dataclass(slots=True)
class HeldRole:
    """A role that the text gives to an actor, as far as a later "the minister" needs it.

    ``of`` is the index of the actor whose deputy, wife or lawyer it is.
    """

    head: str
    modifiers: frozenset[str]
    states: tuple[str, ...]
    status: str | None = None
    of: int | None = None


@dataclass(slots=True)
class Entity:
    """An actor while the document is read: what is known of it so far.

    ``at`` to ``joined`` tell of the place where it was meant last: the offset, the numbers of
    sentence and paragraph, how much like a subject it stood, and as what (``last`` is its last
    token); ``subject`` is the last sentence of which it was a subject.
    """

    key: str | None
    name: str
    type: ActorType
    known: bool = False
    gender: Gender | None = None
    generation: str | None = None
    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    held: list[HeldRole] = field(default_factory=list)
    at: int = -1
    sentence: int = -1
    paragraph: int = -1
    weight: float = 0.0
    count: int = 0
    slot: Slot = "object"
    kind: Literal["name", "role", "pronoun"] = "name"
    last: int = -1
    subject: int = -1
    lead: bool = False
    saying: bool = False
    joined: bool = False
    relative: bool = False


class NameClusters:
    """The actors of a document, found from its name mentions in one pass over them."""

    def __init__(self, mentions: list[Mention], tokens: Tokens, words: Lexicon) -> None:
        self.mentions, self.tokens, self.lexicon = mentions, tokens, words
        self.entities: list[Entity] = []
        self.entity_of: list[int | None] = [None] * len(mentions)
        self._keys: set[str] = set()
        self.namesakes = Namesakes(mentions, tokens, words)
        self.families: Collection[str] = ()
        self._reigning: set[int] = set()  # who is named in full behind "King", "Pope"
        self._people()
        cluster_organisations(self)

    # ---- people ---------------------------------------------------------------------------

    def _people(self) -> None:
        mentions = self.mentions
        forms: dict[int, tuple[str, ...]] = {}
        born: dict[int, str | None] = {}
        full: dict[tuple[tuple[str, ...], str | None], int] = {}
        by_last: dict[str, list[int]] = {}
        by_word: dict[str, list[int]] = {}
        cache: dict[str, tuple[str, ...]] = {}
        for number, mention in enumerate(mentions):
            if mention.type != "person":
                continue
            if mention.text not in cache:
                form = self._untitled(name_words(mention.text))
                run = len(form) > _LONGEST or (len(form) > 3 and len(set(form)) < len(form))
                cache[mention.text] = form[-1:] if run else form
            forms[number] = cache[mention.text]
            born[number] = generation(self.tokens, mention)
        closing = _closings(forms.values())
        short = {f for f in forms.values() if _is_short(f) or f in closing}
        for number, form in forms.items():
            if form in short:
                continue
            mention, key_ = mentions[number], (form, born[number])
            if key_ not in full:
                full[key_] = self._full(form, mention, by_last, born[number])
            self.namesakes.introduce(number, full[key_])
            if self._royal(number):
                self._reigning.add(full[key_])
            entity = self.entities[full[key_]]
            if len(form) > len(entity.words):
                entity.words, entity.name = form, self._display(mention)
            listed(by_last, form[-1], full[key_])
            if family_first(form):
                listed(by_last, form[0], full[key_])
            for word in form:
                if word not in PARTICLES:
                    listed(by_word, word, full[key_])
        self.families = by_last.keys()
        for number, form in forms.items():
            fits = by_word.get(form[-1], []) if form in short else []
            given = len(fits) == 1 and self.entities[fits[0]].words[0] == form[-1]
            if given and self._shared(fits[0], by_last):
                self.namesakes.introduce(number, fits[0])
        sons = {forms[n][-1] for n, form in forms.items() if form in short and born[n]}
        holder: dict[str, int] = {}
        seen: Counter[int] = Counter()
        for number, form in forms.items():
            index: int | None
            if form not in short:
                index = full[form, born[number]]
            elif self.family(number):
                index = None
            elif born[number]:
                index = self._generation(number, form, by_last, by_word, born[number])
            else:
                index = self._short(number, form, by_last, by_word, seen, holder, sons)
            self.entity_of[number] = index
            if index is not None:
                seen[index] += 1
                self.namesakes.note(number, index, form not in short)
        for number in forms:
            self._title(number)
        for entity in self.entities:  # the key is that of the fullest name
            key = slug(entity.name)
            if key and key != entity.key and key not in self._keys and not entity.known:
                self._keys.add(key)
                entity.key = key

    def _untitled(self, form: tuple[str, ...]) -> tuple[str, ...]:
        """The name without titles that were taken into its span ("Mr Saleh", "Sen. Hale")."""
        titles = self.lexicon
        while len(form) > 1 and (form[0] in titles.title_gender or form[0] in titles.short):
            if form[0] in CALLED:
                break
            form = form[1:]
        return form

    def _display(self, mention: Mention) -> str:
        """The name as it is shown: without titles and genitive, not in capitals throughout."""
        parts = re.sub(r"['’]s?$", "", mention.text).split()
        titles = self.lexicon
        while len(parts) > 1:
            first = parts[0].rstrip(".").lower()
            if first in CALLED or (first not in titles.title_gender and first not in titles.short):
                break
            parts = parts[1:]
        name = " ".join(parts)
        if shouted(name) and len(name) > 3:
            return _CAPITALS.sub(lambda m: m.group().capitalize(), name)
        return name

    def _full(
        self,
        form: tuple[str, ...],
        mention: Mention,
        by_last: dict[str, list[int]],
        born: str | None,
    ) -> int:
        """The person of a full name: one who is there already under a longer or shorter form
        (same first and last word, middle parts that do not contradict), or a new one. Father and
        son are two."""
        fits = [
            number
            for number in by_last.get(form[-1], ())
            if self.entities[number].generation == born
            and _same_full(self.entities[number].words, form)
        ]
        if len(fits) == 1:
            return fits[0]
        found = self.new(mention, form, "person", _gender(form[0]))
        self.entities[found].generation = born
        return found

    def _generation(
        self,
        number: int,
        form: tuple[str, ...],
        by_last: dict[str, list[int]],
        by_word: dict[str, list[int]],
        born: str | None,
    ) -> int | None:
        """The person of a bare family name that tells father and son apart."""
        fits = [
            n
            for n in by_last.get(form[-1], ())
            if _ends(self.entities[n].words, form) and self.entities[n].generation == born
        ]
        if fits:
            return fits[0] if len(fits) == 1 else None
        plain = [n for n in by_last.get(form[-1], ()) if self.entities[n].generation is None]
        if len(plain) > 1:
            return None  # "the elder Lund" of two that the text has named
        found = self._first(number, form, by_last, by_word)
        self.entities[found].generation = born
        if born and not self.mentions[number].text.rstrip(".").lower().endswith(born):
            self.entities[found].name += " senior" if born == "sr" else " junior"
        return found

    def _short(
        self,
        number: int,
        form: tuple[str, ...],
        by_last: dict[str, list[int]],
        by_word: dict[str, list[int]],
        seen: Counter[int],
        holder: dict[str, int],
        sons: set[str],
    ) -> int | None:
        """The person of a bare family (or given) name; null where two fit equally."""
        last = form[-1]
        if len(form) == 1 and self._royal(number):
            fits = [n for n in by_word.get(last, ()) if n in self._reigning]
            fits = fits or [n for n in by_last.get(last, ()) if n in seen]
            return fits[0] if fits else self._first(number, form, by_last, by_word)
        fits = [n for n in by_last.get(last, ()) if _ends(self.entities[n].words, form)]
        if last in sons:  # the text says junior where it means him
            fits = [n for n in fits if self.entities[n].generation is None]
            if not fits:
                return self._first(number, form, by_last, by_word)
        elif len(fits) > 1:  # the bare name is the father's, where both are named
            fits = [n for n in fits if self.entities[n].generation in (None, "sr")] or fits
        if not fits:
            fits = by_word.get(last, [])
            if newcomer(self.tokens, number, self.mentions[number], self.lexicon):
                fits = [n for n in fits if n in self.namesakes.relatives]
        if not fits:
            return self._first(number, form, by_last, by_word)
        if len(form) == 1 and len(fits) > 1:
            fits = [n for n in fits if not _is_double(self.entities[n].name)] or fits
        if len(fits) == 1:
            return self._lone(number, form, fits[0], by_last, by_word, seen)
        gender = self._title_gender(number) or self._taken_up(form)
        if gender:
            fits = [n for n in fits if self.entities[n].gender in (None, gender)]
            if len(fits) < 2:
                return fits[0] if fits else None
        found = self.namesakes.by_role(number, fits)
        if found is None:
            found = self.namesakes.ahead(fits)
        if found is not None:
            return found
        followed = self._followers.get(number)
        near = [n for n in fits if self.entities[n].gender == followed]
        if followed and len(near) == 1 and all(self.entities[n].gender for n in fits):
            return near[0]
        taken, unsure = self.namesakes.taken_up(number, fits)
        if taken is not None:
            return None if unsure and holder.get(last) != taken else taken
        fits = [n for n in fits if n not in self.namesakes.relatives] or fits
        if len(fits) == 1:
            return fits[0]
        before = [n for n in fits if n in seen]
        if last not in holder:
            first = before[0] if len(before) == 1 else _leading(before, seen)
            if first is None:
                return None
            holder[last] = first
        return holder[last]

    def family(self, number: int) -> bool:
        """Whether a name is the plural of a family: "the Haddads"."""
        before = self.tokens.first[number] - 1
        word = fold(self.mentions[number].text)
        plural = word[-1:] == "s" and word not in self.families and word[:-1] in self.families
        return plural and before >= 0 and self.tokens.lower[before] == "the"

    def _shared(self, index: int, by_last: dict[str, list[int]]) -> bool:
        """Whether another bears the family name of the actor ``index``."""
        return len(by_last.get(self.entities[index].words[-1], ())) > 1

    def _lone(
        self,
        number: int,
        form: tuple[str, ...],
        found: int,
        by_last: dict[str, list[int]],
        by_word: dict[str, list[int]],
        seen: Counter[int],
    ) -> int:
        """The person of a bare family name of which ``found`` alone is named in full: another
        one where that is a relative of somebody whom the document need not name in full, or where
        a title or the pronouns that follow tell another gender."""
        entity = self.entities[found]
        if form[-1] != entity.words[-1] or len(entity.words) < 2:
            return found
        title = self._title_gender(number)
        told = title or self._taken_up(form)
        if told and entity.gender and told != entity.gender:
            other = self._first(number, form, by_last, by_word)
            self.entities[other].gender = told
            return other
        if found not in seen and self.namesakes.with_kin(number):
            return self._first(number, form, by_last, by_word)  # "Haddad or his son"
        bears = found in self.namesakes.relatives
        if not bears or found in seen or title == entity.gender:
            return found
        return self._first(number, form, by_last, by_word)

    def _taken_up(self, form: tuple[str, ...]) -> Gender | None:
        """The gender of the pronouns that take up a bare name before another name comes, where they
        are two or more and none speaks against it."""
        votes = self._followed.get(form)
        if votes is None or sum(votes.values()) < 2 or len(votes) > 1:
            return None
        return next(iter(votes))

    @cached_property
    def _followed(self) -> dict[tuple[str, ...], Counter[Gender]]:
        """Of each bare name how often "he" and how often "she" comes next in its sentence."""
        out: dict[tuple[str, ...], Counter[Gender]] = {}
        for number, gender in self._followers.items():
            out.setdefault(name_words(self.mentions[number].text), Counter())[gender] += 1
        return out

    @cached_property
    def _followers(self) -> dict[int, Gender]:
        """The gender of the pronoun that comes next in the sentence of a bare name."""
        lower, owner = self.tokens.lower, self.tokens.owner
        out: dict[int, Gender] = {}
        for number, mention in enumerate(self.mentions):
            if mention.type != "person" or " " in mention.text:
                continue
            start = self.tokens.last[number] + 1
            for i in range(start, min(start + _TAKEN_UP, len(lower))):
                if owner[i] >= 0 or lower[i] in _SENTENCE_ENDS:
                    break
                gender = _GENDERED.get(lower[i])
                if gender:
                    out[number] = gender
                    break
        return out

    def _first(
        self,
        number: int,
        form: tuple[str, ...],
        by_last: dict[str, list[int]],
        by_word: dict[str, list[int]],
    ) -> int:
        """Somebody whom the text calls by one name only."""
        entity = self.new(self.mentions[number], form, "person", None)
        listed(by_last, form[-1], entity)
        listed(by_word, form[-1], entity)
        return entity

    def _royal(self, number: int) -> bool:
        """Whether a title that goes with a given name opens the name or stands before it ("King
        Faris")."""
        before = self.tokens.first[number] - 1
        royal = self.lexicon.royal
        first = self.mentions[number].text.split(None, 1)[0].lower()
        return first in royal or (before >= 0 and self.tokens.lower[before] in royal)

    def _title_gender(self, number: int) -> Gender | None:
        """What the word before the name, or a title within its span, tells ("Mrs", "King")."""
        titles = self.lexicon.title_gender
        first = self.mentions[number].text.split()[0].rstrip(".").lower()
        if first in titles:
            return titles[first]
        before = self.tokens.first[number] - 1
        if before >= 1 and self.tokens.words[before] == ".":
            before -= 1
        return titles.get(self.tokens.lower[before]) if before >= 0 else None

    def _title(self, number: int) -> None:
        """Learn the gender from a title right before the name."""
        index = self.entity_of[number]
        if index is None:
            return
        entity = self.entities[index]
        if entity.gender is None or entity.count == 0:
            gender = self._title_gender(number)
            if gender:
                entity.gender = gender

    # ---- all of them ------------------------------------------------------------------------

    def new(
        self, mention: Mention, words: tuple[str, ...], kind: ActorType, gender: Gender | None
    ) -> int:
        name = self._display(mention) if kind == "person" else bare(mention.text)
        key = mention.actor or slug(name) or "x"
        if key in self._keys:
            base, n = key if mention.actor is None else f"{key}-{kind}", 2
            key = f"{base}-{kind}" if mention.actor is None else base
            while key in self._keys:
                key, n = f"{base}-{n}", n + 1
        self._keys.add(key)
        self.entities.append(
            Entity(key, name, kind, known=mention.actor is not None, gender=gender, words=words)
        )
        return len(self.entities) - 1


def _leading(numbers: list[int], seen: Counter[int]) -> int | None:
    """The one that was named at least twice as often as each other so far, null for none."""
    ranked = sorted(numbers, key=lambda n: -seen[n])
    if not ranked or seen[ranked[0]] < 2:
        return None
    return ranked[0] if len(ranked) == 1 or seen[ranked[0]] >= 2 * seen[ranked[1]] else None


def _gender(given: str) -> Gender | None:
    """What a given name tells of its bearer."""
    found = gazetteer().given.get(given)
    return "f" if found == "f" else "m" if found == "m" else None


def _is_short(form: tuple[str, ...]) -> bool:
    """Whether a name is a family name alone: one word, particles before it aside."""
    return len(form) < 2 or (form[0] in PARTICLES and form[0] not in ("abu", "ben", "san", "o"))


def _closings(forms: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """What may be the double family name of a full name: "restrepo villamizar", "asante boateng",
    each a name by its looks."""
    return {form[i:] for form in set(forms) for i in range(1, len(form) - 1)}


def _is_double(name: str) -> bool:
    """Whether a hyphen ties two family names: who bears both is not called by the second alone."""
    first, hyphen, _ = name.rsplit(None, 1)[-1].partition("-")
    return bool(hyphen) and fold(first) not in PARTICLES


def _ends(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether ``short`` may be the family name of ``full``: it closes it, particles aside."""
    core = [word for word in short if word not in PARTICLES] or list(short)
    if family_first(full) and core == [full[0]]:
        return True
    return list(full[-len(core) :]) == core or full[-len(short) :] == short


def _same_full(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names with one last word mean one person: the first words agree (an initial
    agrees with its name) and the middle parts of one are among those of the other."""
    a, b = one[0], other[0]
    initial = (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
    if a != b and not initial and not shortened(a, b) and not sounds_alike(a, b):
        return False
    less, more = sorted((one[1:-1], other[1:-1]), key=len)
    if less and len(less[0]) == 1 and more[0][0] != less[0]:
        return False  # George H. W. and George W.
    rest = {w for w in more if w not in PARTICLES}
    short = {w[0] for w in rest}
    return all(w in PARTICLES or w in rest or (len(w) == 1 and w in short) for w in less)
