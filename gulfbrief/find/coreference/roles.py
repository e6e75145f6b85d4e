"""Noun phrases that mean a person by a role: "the Omani foreign minister", "Rear Admiral",
"his predecessor", "the head of the port authority".

The words are data (``lexicon/roles.toml``); this file only knows the shape of the phrase:
determiner or possessor, status, state or organisation, modifiers, head, complement.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from ...fold import slug
from ...model import Mention
from ..names.lexicon import load as known
from ..text import Text

Determiner = Literal["definite", "indefinite", "pronoun", "name", "noun"]


@dataclass(slots=True)
class Phrase:
    """One role phrase. ``first`` and ``last`` are its tokens, determiner or possessor included;
    ``inner`` is the token where the role itself begins.

    ``states`` are actor keys of the states and organisations that it is tied to. ``possessor`` is
    the index of the mention ("Saleh's deputy") or the token of the pronoun ("his deputy") before
    it.
    """

    first: int
    inner: int
    last: int
    head: str
    modifiers: frozenset[str]
    states: tuple[str, ...]
    status: str | None
    determiner: Determiner | None
    possessor: int | None = None
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``lexicon/roles.toml`` made ready to look up, all words in lower case. ``kin`` are the
    relations that tell a gender, ``unnamed`` the nouns that tell of somebody beside those named,
    ``described`` the nouns of people and what short titles mean."""

    person: frozenset[str]
    relation: frozenset[str]
    mutual: frozenset[str]
    anonymous: frozenset[str]
    epithets: frozenset[str]
    compounds: frozenset[str]
    modifiers: frozenset[str]
    status: dict[str, str]
    means: dict[str, tuple[str, ...]]
    organisations: dict[str, frozenset[str]]
    known: dict[str, frozenset[str]]
    exclusive: tuple[frozenset[str], ...]
    organs: frozenset[str]
    gender: dict[str, Literal["f", "m"]]
    title_gender: dict[str, Literal["f", "m"]]
    royal: frozenset[str]
    short: dict[str, str]
    office: dict[str, str]
    people: frozenset[str]
    heads: frozenset[str]
    bare: frozenset[str]
    kin: frozenset[str]
    unnamed: frozenset[str]
    described: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The roles as the package holds them; read once."""
    source = resources.files("gulfbrief.find").joinpath("lexicon/roles.toml")
    data: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    person, relation, anonymous = (
        frozenset(data[name].split()) for name in ("person", "relation", "anonymous")
    )
    gender: dict[str, Literal["f", "m"]] = {}
    titles: dict[str, Literal["f", "m"]] = {}
    for sex in ("m", "f"):
        gender.update(dict.fromkeys(data["gender"][sex].split(), sex))
        titles.update(dict.fromkeys(data["titles"][sex], sex))
    people = person | relation | anonymous | set(data["compounds"])
    called = {w: frozenset(ids) for words, ids in data["known"].items() for w in words.split()}
    return Lexicon(
        person=person,
        relation=relation,
        mutual=frozenset(data["mutual"].split()),
        anonymous=anonymous,
        epithets=frozenset(data["epithets"].split()),
        compounds=frozenset(data["compounds"]),
        modifiers=frozenset(data["modifiers"].split()),
        status={word: status for status, words in data["status"].items() for word in words},
        means={word: tuple(others) for word, others in data["means"].items()},
        organisations={word: frozenset(names) for word, names in data["organisations"].items()},
        known=called,
        exclusive=tuple(frozenset(group.split()) for group in data["exclusive"]),
        organs=frozenset(data["organs"].split()),
        gender=gender,
        title_gender=titles,
        royal=frozenset(data["titles"]["royal"]),
        short=data["titles"]["short"],
        bare=frozenset(data["bare"].split()),
        people=people,
        kin=relation & frozenset(gender),
        unnamed=(anonymous | relation) - {"official", "source"},
        described=people | set(data["titles"]["short"].values()),
        office={data[name]: name for name in ("counterpart", "predecessor", "successor")},
        heads=person
        | relation
        | anonymous
        | set(data["organisations"])
        | set(called)
        | {c.split()[-1] for c in data["compounds"]},
    )


@cache
def people() -> dict[str, str]:
    """What the people of a state are called, and adjectives of it -> the state's id."""
    types = ("nationality", "country")
    return {n: k.id for n, k in known().known.items() if k.type in types and " " not in n}


_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "any", "no", "every", "each"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
_NOT_ADJECTIVE = frozenset(
    "said says of for to in on at by from with and or but as that which who when while after "
    "before is was are were be been has have had will would told is not he she it they".split()
)
_GAPS = frozenset({" ", "\n", "  ", "\u00a0"})
_ADDRESSED = frozenset(
    "ambassador envoy representative adviser advisor aide counsel commissioner delegate".split()
)


class Tokens:
    """The tokens of a text beside its mentions: which mention stands at which token.

    ``owner[i]`` is the index of the mention that token ``i`` belongs to, -1 for none; ``first`` and
    ``last`` hold the tokens of each mention. In ``lower`` "she's" and "he'd" are "she" and "he".
    """

    def __init__(self, text: Text, mentions: list[Mention]) -> None:
        self.text = text.text
        self.words = text.tokens
        self.lower = _spelt_out(text.lower)
        self.starts, self.ends = text.starts, text.ends
        self.owner = [-1] * len(self.words)
        self.first: list[int] = []
        self.last: list[int] = []
        i, count, starts, ends = 0, len(self.words), self.starts, self.ends
        for number, mention in enumerate(mentions):
            while i < count and ends[i] <= mention.start:
                i += 1
            self.first.append(i)
            j = i
            while j < count and starts[j] < mention.end:
                self.owner[j] = number
                j += 1
            self.last.append(max(i, j - 1))

    def near(self, i: int) -> bool:
        """Whether tokens ``i`` and ``i + 1`` are parted by one space or line end only."""
        return i + 1 < len(self.words) and self.text[self.ends[i] : self.starts[i + 1]] in _GAPS

    def possessive(self, i: int) -> bool:
        """Whether token ``i`` ends in a genitive ("Oman's", "ministers'")."""
        word = self.words[i]
        if len(word) > 2 and word[-2] in "'’" and word[-1] in "sS":
            return self.lower[i] not in _SUBJECTS
        end = self.ends[i]
        return word[-1] in "sS" and self.text[end : end + 1] in ("'", "’")


_SUBJECTS = frozenset(("he", "she"))
_CONTRACTED = {
    pronoun + mark + verb: pronoun
    for pronoun in _SUBJECTS
    for mark in "'’"
    for verb in ("s", "d", "ll")
}


def _spelt_out(lower: list[str]) -> list[str]:
    """The words with pronouns that are drawn together with a verb as the bare pronouns."""
    if _CONTRACTED.keys().isdisjoint(lower):
        return lower
    return [_CONTRACTED.get(word, word) for word in lower]


def parse(tokens: Tokens, mentions: list[Mention], at: int, words: Lexicon) -> Phrase | None:
    """The role phrase whose head stands at token ``at`` (or begins there, for a compound).

    Null where the head only modifies another head ("the *security* chief"), is a part of a name, or
    is no noun here.
    """
    lower, owner, count = tokens.lower, tokens.owner, len(tokens.words)
    if owner[at] >= 0 and mentions[owner[at]].type in ("person", "organisation"):
        return None
    head, begin, end = _head(tokens, at, words)
    if end + 1 < count and tokens.near(end) and owner[end + 1] < 0 and not tokens.possessive(end):
        follower = lower[end + 1]
        if follower in words.heads or (
            follower in words.modifiers and _leads(tokens, end + 1, words)
        ):
            return None
    if tokens.possessive(end):
        return None
    status: str | None = None
    for prefix in ("ex-", "then-"):
        if head.startswith(prefix):
            head, status = head[len(prefix) :], "former"
    for suffix in ("-elect", "-designate"):
        if head.endswith(suffix):
            head, status = head[: -len(suffix)], "designate"
    is_organisation = head in words.organisations or head in words.known
    if not is_organisation and head not in words.people:
        return None
    phrase = Phrase(
        begin, begin, end, head, frozenset(), (), status, None, is_organisation=is_organisation
    )
    _leftwards(tokens, mentions, phrase, words)
    if not is_organisation:
        _rightwards(tokens, mentions, phrase, words)
        if phrase.status is None and _over(tokens, phrase.last + 1):
            phrase.status = "former"
    return phrase


def _over(tokens: Tokens, i: int) -> bool:
    """Whether what follows a role tells its end: "until May", "from 2019 to 2022"."""
    after = tokens.lower[i : i + 4]
    if after[:1] == ["until"]:
        return True
    return len(after) == 4 and after[0] == "from" and after[1].isdigit() and after[2] == "to"


def _head(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int, int]:
    """The head as one string with its first and last token: compounds are read backwards."""
    lower = tokens.lower
    for size in (3, 2):
        begin = at - size + 1
        joined = " ".join(lower[begin : at + 1]) if begin >= 0 else ""
        if joined in words.compounds and all(tokens.near(i) for i in range(begin, at)):
            return joined, begin, at
    return lower[at], at, at


def _leads(tokens: Tokens, i: int, words: Lexicon) -> bool:
    """Whether the modifiers from token ``i`` on lead to a head."""
    stop = min(i + 3, len(tokens.words) - 1)
    while i < stop and tokens.near(i):
        i += 1
        if tokens.lower[i] in words.heads:
            return True
        if tokens.lower[i] not in words.modifiers:
            return False
    return False


def tie(mention: Mention) -> str:
    """The key of the state, organisation or place that a role is tied to by ``mention``; empty for
    none."""
    if mention.type == "place" and not mention.actor:
        return slug(mention.text)
    return "" if mention.type == "person" else mention.actor or ""


def title(tokens: Tokens, mentions: list[Mention], number: int, words: Lexicon) -> Phrase | None:
    """The role that a short title before the person mention ``number`` stands for, with its place:
    "Florida Sen. ...", "Gov. ... of Iowa"."""
    at = tokens.first[number] - 1
    last = at
    if at >= 1 and tokens.words[at] == ".":
        at -= 1
    if at < 0 or tokens.owner[at] >= 0 or tokens.lower[at] not in words.short:
        return None
    head = words.short[tokens.lower[at]]
    phrase = Phrase(at, at, last, head, frozenset(), (), None, None)
    _leftwards(tokens, mentions, phrase, words)
    of = tokens.last[number] + 1
    if of + 1 < len(tokens.words) and tokens.lower[of] == "of" and tokens.owner[of + 1] >= 0:
        place = tie(mentions[tokens.owner[of + 1]])
        if place:
            phrase.states = (*phrase.states, place)
    return phrase


def _leftwards(tokens: Tokens, mentions: list[Mention], phrase: Phrase, words: Lexicon) -> None:
    """Take in what stands before the head, at most ten words of it."""
    lower, owner = tokens.lower, tokens.owner
    modifiers: list[str] = []
    states: list[str] = []
    k = phrase.first - 1
    for _ in range(10):
        if k < 0 or not tokens.near(k):
            break
        word = lower[k]
        if owner[k] >= 0:
            mention = mentions[owner[k]]
            if tokens.last[owner[k]] != k:
                break
            if tokens.possessive(k) and tokens.ends[k] > mention.end:
                phrase.first, phrase.determiner = tokens.first[owner[k]], "name"
                phrase.possessor = owner[k]
                if tie(mention):
                    states.append(tie(mention))
                if phrase.first > 0 and lower[phrase.first - 1] == "the":
                    phrase.first -= 1
                break
            if mention.type == "person":
                break
            if tie(mention):
                states.append(tie(mention))
            elif word in words.modifiers:
                modifiers.append(word)
                state = people().get(tokens.words[tokens.first[owner[k]]])
                if state:
                    states.append(state)
            phrase.first = phrase.inner = tokens.first[owner[k]]
            k = phrase.first - 1
            continue
        state = people().get(tokens.words[k])
        if state:
            states.append(state)
            phrase.first = phrase.inner = k
        elif word in words.status and tokens.words[k] != "Then":
            phrase.status, phrase.first = words.status[word], k
        elif word.startswith(("ex-", "then-")) and word.split("-", 1)[1] in words.modifiers:
            phrase.status, phrase.first = "former", k
            modifiers.append(word.split("-", 1)[1])
        elif word in words.modifiers and (word != "under" or phrase.head == "secretary"):
            modifiers.append(word)
            k -= _office_before(tokens, k, words)
            phrase.first = phrase.inner = k
        elif word in _DEFINITE or word in _INDEFINITE or word in POSSESSIVE:
            phrase.first = k
            phrase.determiner = (
                "definite"
                if word in _DEFINITE
                else "indefinite"
                if word in _INDEFINITE
                else "pronoun"
            )
            if phrase.determiner == "pronoun":
                phrase.possessor = k
            break
        elif word == "and" and k > 0 and lower[k - 1] in words.modifiers and modifiers:
            pass
        elif tokens.possessive(k) and tokens.words[k][0].islower():
            phrase.first, phrase.determiner = k, "noun"
            if k > 0 and (lower[k - 1] in _DEFINITE or lower[k - 1] in POSSESSIVE):
                phrase.first = k - 1
            break
        elif not _adjective(tokens, k):
            break
        k -= 1
    phrase.modifiers = frozenset(modifiers)
    phrase.states = tuple(states)


def _office_before(tokens: Tokens, k: int, words: Lexicon) -> int:
    """How many tokens before ``k`` make an office with it: "attorney general (nominee)",
    "secretary of state (nominee)"."""
    lower = tokens.lower
    if k > 0 and f"{lower[k - 1]} {lower[k]}" in words.compounds and tokens.near(k - 1):
        return 1
    state = k > 1 and lower[k] == "state" and lower[k - 2] == "secretary" and lower[k - 1] == "of"
    return 2 if state else 0


def _adjective(tokens: Tokens, k: int) -> bool:
    """Whether token ``k``, unknown, is a word between determiner and noun ("the visiting …")."""
    word = tokens.lower[k]
    if k == 0 or not word.isalpha() or word in _NOT_ADJECTIVE or not tokens.near(k - 1):
        return False
    before = tokens.lower[k - 1]
    return before in _DEFINITE or before in _INDEFINITE or before in POSSESSIVE


def _rightwards(tokens: Tokens, mentions: list[Mention], phrase: Phrase, words: Lexicon) -> None:
    """Take in a complement: "of the port authority", "to Kuwait", "for the ministry"."""
    lower, owner, count = tokens.lower, tokens.owner, len(tokens.words)
    whole = phrase.last
    i = phrase.last + 1
    if i + 1 >= count or not tokens.near(i - 1) or not tokens.near(i):
        return
    link = lower[i]
    if link not in ("of", "for", "at") and not (link == "to" and phrase.head in _ADDRESSED):
        return
    i += 1
    if lower[i] in ("the", "its", "his", "her") and i + 1 < count:
        i += 1
    if owner[i] >= 0:
        mention = mentions[owner[i]]
        if mention.type in ("country", "organisation", "place", "nationality"):
            if tokens.possessive(tokens.last[owner[i]]):
                return
            phrase.last = tokens.last[owner[i]]
            if tie(mention):
                phrase.states = (*phrase.states, tie(mention))
        return
    if tokens.words[i][0].isupper():
        k = i
        while k < i + 4 and k < count and owner[k] < 0 and tokens.words[k][0].isupper():
            if lower[k] in words.people:  # "for Prime Minister ...": the title of somebody else
                phrase.last = whole
                return
            phrase.last = k
            if not tokens.near(k) or tokens.possessive(k):
                break
            k += 1
        return
    taken: list[str] = []
    while i < count and owner[i] < 0 and len(taken) < 5:
        word = lower[i]
        known = word in words.modifiers or word in words.organisations
        if not known or word == "under":
            if (word == "affairs" and taken) or (word == "and" and taken):
                pass
            else:
                break
        taken.append(word)
        phrase.last = i
        if not tokens.near(i):
            break
        i += 1
    if i < count and taken and tokens.near(phrase.last) and lower[i] in words.heads:
        phrase.last = whole  # "for Prime Minister ...": the title of somebody else
        return
    if taken and taken[-1] == "and":
        taken.pop()
        phrase.last -= 1
    noun = tokens.words[i] if i < count else ""
    if not taken and link == "of" and noun.islower() and noun not in _NOT_ADJECTIVE:
        phrase.last = i
    phrase.modifiers |= {word for word in taken if word in words.modifiers}
