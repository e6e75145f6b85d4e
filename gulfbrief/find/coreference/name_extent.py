"""Where a name begins and ends beside roles, titles and epithets; and what only looks like a name.

``names.find`` reads runs of capitals; here the roles of ``roles.toml`` tell which of their words
are no part of the name ("Headteacher Susan Boyle"), which title is a given name ("Sultan Al
Harbi, the oil minister"), and which heads make a name a place or an organisation ("Pushkin
Street").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from ...fold import fold
from ...model import Mention
from ..names.gazetteer import cues, gazetteer
from ..names.lexicon import load
from ..text import Text
from .roles import Lexicon

_LONGEST = 9  # words of a person's name
_EPITHETS = frozenset("old young little late poor dear haji hajj hajji sayyid seyyed sayed".split())
_PAST = frozenset(("former", "ex", "onetime", "then"))
_PAPERS = frozenset("times daily weekly gazette tribune journal".split())
_BUILDINGS = frozenset(
    "street road avenue boulevard square tower towers building plaza stadium airport bridge "
    "hotel".split()
)
CALLED = frozenset(
    "mother sultan king prince emir judge major duke earl dean baron marshal".split()
)
"""Titles that are given names too."""
_LAND = frozenset("mount mt lake cape fort port camp".split())
_THERE = frozenset("on in at near along off outside inside from the".split())
_DAYS = frozenset("friday sunday monday april may june august".split())
_FILIAL = frozenset(("bin", "ibn", "bint"))
_BESIDE = re.compile(r", (?:the|an?|one of|\d\d) (?=((?:[\w'’-]+ ){0,5}[\w'’-]+))")
_LABEL = re.compile(r"[A-Z]{1,3}")


def trimmed(text: Text, mentions: list[Mention], words: Lexicon) -> list[Mention]:
    """``mentions`` with what is no part of a name left out and what belongs to it taken in; those
    that are none are gone: a noun that only begins a role ("Harbour master"), the initials that
    mark who speaks in an interview ("OB: No.")."""
    raw = text.text
    out: list[Mention] = []
    for mention in mentions:
        if mention.actor is None:
            if " " not in mention.text:
                after = text.token_at(mention.end + 1)
                near = after < len(text.lower) and text.starts[after] - mention.end == 1
                if near and f"{mention.text.lower()} {text.lower[after]}" in words.compounds:
                    continue
                labels = raw[mention.end : mention.end + 1] == ":" and _LABEL.fullmatch(
                    mention.text
                )
                if mention.text == "I":
                    continue
                if mention.type == "place" and mention.text.lower() in words.organs:
                    mention = replace(mention, type="organisation")  # of the Navy
                if labels and (mention.start == 0 or raw[mention.start - 1] == "\n"):
                    continue
            else:
                before = text.lower[text.token_at(mention.start) - 1] if mention.start else ""
                mention = _untitled(mention, before, words)
            if mention.type == "person":
                parts = mention.text.split()
                if len(parts) > 3 and (len(set(parts)) < len(parts) or len(parts) > _LONGEST):
                    continue  # a row of a table, a headline
                mention = _whole(text, mention, words)
        out.append(mention)
    return out


def _untitled(mention: Mention, before: str, words: Lexicon) -> Mention:
    """A person's name without a role or an epithet that was taken into it ("Headteacher Susan
    Boyle", "Old Susan Boyle"), whatever it was taken for; a name that ends in the noun of an
    organisation ("Lakeside Bank") or of a building is no person's."""
    parts = mention.text.split()
    low = [part.lower().rstrip(".") for part in parts]
    if parts[-1] == "I" and not _reigns(fold(parts[-2]), {before, low[0]}, words):
        name = mention.text[:-1].rstrip(" &")
        end = mention.end - len(mention.text) + len(name)
        return replace(mention, end=end, text=name, head=name.rsplit(None, 1)[-1])
    if mention.type == "organisation" and len(parts) > 2 and low[0] in _PAST:
        return _without_status(mention, parts[0])  # "Former Wool Ministry official"
    paper = not _PAPERS.isdisjoint(low[-1].split("-"))
    if low[-1] in words.organisations or paper or "&" in parts:
        person = mention.type == "person"
        return replace(mention, type="organisation", head=None) if person else mention
    if low[-1] in _BUILDINGS and mention.type == "person" and low[0] not in cues()["title"]:
        given = len(parts) == 2 and gazetteer().gender(parts[0])
        if not given or before in _THERE:
            return replace(mention, type="place", head=None)
    if mention.type == "person" and len(parts) > 1 and (kind := _place_or_body(parts, before)):
        return replace(mention, type=kind, head=None)
    drop = 0
    while drop < len(parts) - 2:
        pair = " ".join(low[drop : drop + 2])
        if drop < len(parts) - 3 and pair in words.compounds:
            drop += 2
        elif (
            low[drop].removesuffix("s") in words.people
            or low[drop] in _EPITHETS
            or (low[drop] in words.modifiers and low[drop + 1] in words.people)
            or _describes(parts[drop])
            or (mention.type == "person" and _noun(low[drop : drop + 2]))
            or (len(parts) == 3 and _trade(low))
        ):
            drop += 1
        else:
            break
    if mention.type != "person":
        if not drop or fold(parts[drop]) not in gazetteer().given:
            return mention
    else:
        for n in range(len(parts) - 1):
            if low[n] in words.short and (n > 0 or parts[n].endswith(".")):
                drop = n + 1
        if len(parts) == 2 and not drop:
            mocked = _mocks(low[0]) and fold(parts[1]) in gazetteer().given
            drop = int(mocked or _party(low[0], words))
    if not drop:
        return mention
    start = mention.start + mention.text.index(parts[drop], len(" ".join(parts[:drop])))
    name = mention.text[start - mention.start :]
    return replace(mention, start=start, text=name, type="person", head=parts[-1])


def _place_or_body(parts: list[str], before: str) -> Literal["place", "organisation"] | None:
    """What a supposed person is whose name is a town's ("Eau Claire"), or closes with a state that
    nobody is called like ("Cover Oman"); null for a person."""
    known, first, last = gazetteer(), fold(parts[0]), fold(parts[-1])
    if first in known.given or before in cues()["title"]:
        return None
    if " ".join(parts) in known.cities or (len(parts) == 2 and first in _LAND):
        return "place"
    closing = load().known.get(parts[-1])
    state = closing is not None and closing.use == "name" and closing.type in ("country", "place")
    called = last in known.surnames or last in known.given or first in known.surnames
    return "organisation" if state and not called else None


def _reigns(name: str, around: set[str], words: Lexicon) -> bool:
    """Whether an "I" behind a name counts kings: Charles I, but "Falk I disliked"."""
    known = gazetteer()
    plain = name in known.given and name not in known.surnames
    return plain or (name in known.given and not around.isdisjoint(words.royal))


def _without_status(mention: Mention, word: str) -> Mention:
    """An organisation's name without the word before it that tells of somebody's office there."""
    start = mention.start + len(mention.text) - len(mention.text[len(word) :].lstrip())
    name = mention.text[start - mention.start :]
    known = load().known.get(name)
    own = known is not None and known.type == "organisation"
    return replace(mention, start=start, text=name, actor=known.id if own and known else None)


def _describes(word: str) -> bool:
    """Whether a hyphenated word tells something of a bearer: "Berlin-born", "College-age"."""
    _, hyphen, last = word.rpartition("-")
    return bool(hyphen) and last.islower() and last in gazetteer().words


def _names(word: str) -> bool:
    """Whether a lower-case word is a given or a family name."""
    known = gazetteer()
    return word in known.given or word in known.surnames


def _noun(pair: list[str]) -> bool:
    """Whether a word of the language stands before a given name: "Whistleblower Ana"."""
    known, (word, after) = gazetteer(), pair
    told = len(word) > 2 and word in known.words and not _names(word)
    return told and known.gender(after) is not None


def _trade(low: list[str]) -> bool:
    """Whether a noun of trade stands before a full name: "Goalkeeper Ana Ruiz"."""
    agent = low[0].endswith(("er", "or", "ist", "man", "back")) and len(low[0]) > 4
    return agent and not _names(low[0]) and gazetteer().gender(low[1]) is not None


def _mocks(word: str) -> bool:
    """Whether a word before a given name is an epithet, and no given or family name."""
    participle = word.endswith(("ed", "ing"))
    return participle and word in gazetteer().words and not _names(word)


def _party(word: str, words: Lexicon) -> bool:
    """Whether a word before a surname is a noun of people and no name: "Defendant Lund"."""
    return word in words.people and not (_names(word) or word in CALLED)


def _whole(text: Text, mention: Mention, words: Lexicon) -> Mention:
    """A person's name with the word before it where that is a given name, though it looks like a
    title or a day: "Prince Emir bin Rashad", "King Adjei, a broker", "Friday Owusu, the cook"."""
    raw = text.text
    at = text.token_at(mention.start) - 1
    if at < 0 or text.ends[at] + 1 != mention.start or raw[mention.start - 1] != " ":
        return mention
    word = text.lower[at]
    if word not in CALLED and word not in _DAYS:
        return mention
    first = fold(mention.text.split()[0])
    if word in CALLED and first in _FILIAL:
        return _from(raw, text.starts[at], mention)
    beside = _BESIDE.match(raw, mention.end)
    if beside is None or not text.tokens[at][0].isupper() or " " in _bearer(mention.text):
        return mention
    before = text.lower[at - 1] if at and text.ends[at - 1] + 1 == text.starts[at] else ""
    if word in _DAYS:
        opens = not before or before in "“\"'" or before in (",", "and")
        return _from(raw, text.starts[at], mention) if opens else mention
    told = _office(beside.group(1).lower().split(), words)
    same = _SAME.get(word, words.royal | {"ruler", "heir"}) | words.epithets
    faris = word in words.royal and fold(_bearer(mention.text)) in gazetteer().given
    if before == "the" or not told or told in same or faris:
        return mention
    return _from(raw, text.starts[at], mention)


def _office(beside: list[str], words: Lexicon) -> str:
    """The head of the role that the words after a name begin with; empty for none."""
    found = ""
    for word in beside:
        if word in words.person:
            found = word
        elif found or word in ("of", "for", "who", "and"):
            break
    return found


_SAME = {
    "judge": frozenset("justice magistrate nominee candidate lawyer attorney former".split()),
    "major": frozenset("officer soldier commander veteran pilot".split()),
    "marshal": frozenset("officer soldier commander veteran pilot".split()),
    "dean": frozenset("professor academic scholar teacher priest".split()),
}


def _bearer(name: str) -> str:
    """A name without the articles and particles before it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in cues()["particle"]:
        parts = parts[1:]
    return " ".join(parts)


def _from(raw: str, start: int, mention: Mention) -> Mention:
    return replace(mention, start=start, text=raw[start : mention.end])
