"""Mentions of people, countries, organisations, places and nationalities."""

from __future__ import annotations

from dataclasses import replace

from ...model import Mention, MentionHow, MentionType
from ..text import Text
from .candidates import CandidateSplitter, NameCandidate
from .classification import Names, family_name
from .credits import credits
from .features import NICKNAME, quoted
from .gazetteer import Gazetteer, cues, gazetteer
from .lexicon import Known, Lexicon, load, state_of
from .runs import Words

__all__ = ["Gazetteer", "Known", "Lexicon", "find", "gazetteer", "load", "state_of"]

_ACTS = cues()["say"] | cues()["state_verb"]
_WHERE = cues()["place_before"] | frozenset(
    ("from", "to", "at", "of", "into", "through", "via", "for")
)
_MINDED = frozenset(
    "ready willing unwilling concerned worried determined prepared keen eager".split()
)
_PARTICLE = cues()["particle"] - {"e", "y", "le", "la", "ben", "abu"}
_DOES = frozenset("did does has had is was will would".split())
_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
}


def find(text: Text, lexicon: Lexicon | None = None) -> list[Mention]:
    """All names in order of the text, none overlapping another.

    Titles are not part of a person's name, nor is a possessive ending. ``actor`` is set where the
    lexicon knows the name; ``head`` is a person's family name.
    """
    lexicon = lexicon or load()
    words = Words(text)
    candidates = list(CandidateSplitter(words, lexicon).candidates())
    names = Names(words, candidates, lexicon)
    kinds = names.kinds()
    names.relate(kinds)
    types = names.occurrence_types()
    family = {
        family_name(one.parts)
        for name, one in names.names.items()
        if len(one.parts) > 1 and kinds[name] == "person"
    }
    people = {p.known.id for p in candidates if p.known and p.known.use in ("people", "alias")}
    credited = credits(words)
    at = 0
    out: list[Mention] = []
    for candidate in candidates:
        start = words.starts[candidate.first]
        while at < len(credited) and credited[at][1] <= start:
            at += 1
        if at < len(credited) and credited[at][0] <= start:
            continue
        kind = types.get(candidate)
        if (
            candidate.kind == "known"
            and kind == "organisation"
            and not _team(words, candidate, names.topic)
        ):
            kind = "place"
        if candidate.kind == "known":
            known = _known(words, candidate, kind, family, people)
            if known is not None:
                out.append(known)
        elif candidate.kind == "name":
            if kind is not None and kind != "other":
                parts = words.bare[candidate.first : candidate.last]
                head = family_name(parts) if kind == "person" else None
                out.append(_mention(words, candidate, _TYPES[kind], "name", None, head))
        else:
            word = words.bare[candidate.first]
            if word in family and _meant(words, candidate):
                out.append(_mention(words, candidate, "person", "name", None, word))
    return _nicknamed(words, out)


def _nicknamed(words: Words, found: list[Mention]) -> list[Mention]:
    """The mentions with a nickname in the middle of a person's name made part of it: Yusuf “the
    Captain” Nasser, James (Leo) Nichols."""
    out: list[Mention] = []
    for mention in found:
        before = out[-1] if out else None
        if (
            before is not None
            and before.type == mention.type == "person"
            and 4 < mention.start - before.end < 32
            and NICKNAME.fullmatch(words.raw, before.end, mention.start)
        ):
            text = words.raw[before.start : mention.end]
            out[-1] = replace(before, end=mention.end, text=text, head=mention.head)
        else:
            out.append(mention)
    return out


def _mention(
    words: Words,
    candidate: NameCandidate,
    type: MentionType,
    how: MentionHow,
    actor: str | None,
    head: str | None = None,
) -> Mention:
    first = candidate.first
    while type == "person" and words.before(first) in _PARTICLE and words.joined(first):
        first -= 1
    start, end = words.starts[first], words.end(candidate.last - 1)
    return Mention(start, end, words.raw[start:end], type, how, actor, head)


def _known(
    words: Words, candidate: NameCandidate, type: str | None, family: set[str], people: set[str]
) -> Mention | None:
    known = candidate.known
    assert known is not None
    word = words.bare[candidate.first]
    if (
        word in family
        and candidate.last == candidate.first + 1
        and _relative(words, candidate, people)
    ):
        return _mention(words, candidate, "person", "name", None, word)
    if known.use == "capital" and _acts(words, candidate):
        return _mention(words, candidate, "country", "alias", known.id)
    if known.use == "seat" and _inside(words, candidate):
        return _mention(words, candidate, "place", "name", None)
    if known.type != "organisation" and quoted(words, candidate.first, candidate.last):
        return None
    if known.type == "place" or known.use == "capital":
        if type == "organisation":
            return _mention(words, candidate, "organisation", "name", None)
        if known.use == "capital":
            return _mention(words, candidate, "place", "name", None)
    how: MentionHow = "name" if known.use == "name" else "alias"
    head = word if known.type == "person" else None
    return _mention(words, candidate, known.type, how, known.id or None, head)


def _relative(words: Words, candidate: NameCandidate, people: set[str]) -> bool:
    """Whether a state's, a people's or a place's name is here the family name of somebody whom the
    document names in full (Michael Jordan)."""
    known = candidate.known
    if known is None or known.type == "organisation":
        return False
    if known.type == "nationality" or known.id in people:
        return _speaks(words, candidate) and words.before(candidate.first).lower() != "the"
    return not _somewhere(words, candidate)


def _somewhere(words: Words, candidate: NameCandidate) -> bool:
    return words.before(candidate.first).lower() in _WHERE


def _inside(words: Words, candidate: NameCandidate) -> bool:
    """Whether somebody is in (or goes to) a seat of government, which is then a building."""
    before = words.before(candidate.first).lower()
    if before == "the":
        before = words.before(candidate.first - 1).lower()
    return before in ("in", "inside", "outside", "near", "at", "to", "into", "leaving", "around")


def _speaks(words: Words, candidate: NameCandidate) -> bool:
    """Whether a name does, right here, what a person does."""
    return candidate.titled or words.at(candidate.last).lower() in cues()["say"] | {"who"}


def _team(words: Words, candidate: NameCandidate, topic: str) -> bool:
    """Whether a known place may stand for its team: in a report of sport, or in a table."""
    after = words.at(candidate.last)
    return topic == "sport" or words.bare[candidate.first].isupper() or after[:1].isdigit()


def _acts(words: Words, candidate: NameCandidate) -> bool:
    """Whether a capital stands for its government: it does, or is done, what governments do."""
    before, after = words.before(candidate.first).lower(), words.at(candidate.last).lower()
    if candidate.headline and words.tokens[candidate.first].isupper():
        return False
    if words.bare[candidate.last - 1] != words.tokens[candidate.last - 1]:
        return after in cues()["state_noun"]
    if before in cues()["state_object"] or (before in _DOES and not after.isalpha()):
        return True
    earlier = words.before(candidate.first - 1)
    if before in ("with", "between", "against") and earlier.lower() in cues()["state_relation"]:
        return True
    if before == "and" and earlier[:1].isupper():
        between = words.before(candidate.first - 2).lower() == "between"
        if between and words.before(candidate.first - 3).lower() in cues()["state_relation"]:
            return True
    elif before in _WHERE:
        return False
    verb = candidate.last
    if after == "and" and words.at(candidate.last + 1)[:1].isupper():
        verb, after = candidate.last + 2, words.at(candidate.last + 2).lower()
    if after in ("is", "are", "was", "were"):
        nxt = words.at(verb + 1).lower()
        return nxt.endswith("ing") or nxt in _MINDED
    return after in _ACTS


def _meant(words: Words, candidate: NameCandidate) -> bool:
    """Whether a word that could be none is the family name here."""
    if not candidate.initial and not candidate.headline:
        return True
    word = words.bare[candidate.first]
    after = words.at(candidate.last).lower()
    if after in cues()["say"]:
        return True
    possessive = word != words.tokens[candidate.first]
    return word in words.middle and (possessive or after in _ACTS or after in (",", "and"))
