"""A person's name in parts, and when two spellings may name one person."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from ...fold import fold, words
from ..names.eastern import family_first
from ..names.gazetteer import cues, gazetteer, lines

_ARTICLES = frozenset("al el ad ar as ash at an az ul ur".split())
_MAGHREB = frozenset(  # what follows "Ben" in family names
    "abdallah abdullah achour ali ammar arous barka bella brahim dhia hamida jaafar jelloun "
    "khalifa khalil moussa salah salem slimane yahia youssef".split()
)
_VOWELS = str.maketrans({"e": "a", "y": "i", "j": "i", "o": "u"})
_RULES = tuple(
    (re.compile(a), b)
    for a, b in (
        (r"tsch|tch", "ch"),
        (r"sch", "sh"),
        (r"w", "v"),
        (r"ff?$", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"[ae][iy](?=$|[^aeiou])", "i"),
        (r"(?:iy|ij|ii|yy|yj|ie|ey)$", "i"),
        (r"gu(?=[ei])", "g"),
        (r"kh|ch(?=m)", "h"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"ck|q|c(?=[aou]|$)", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"ah$", "a"),
        (r"(.)\1+", r"\1"),
    )
)


GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in lines("spellings.txt"):
        names = line.split()
        out.update(dict.fromkeys(names[1:], names[0]))
    return out


_SUFFIXES = frozenset("jr sr ii iii iv esq phd".split())
_WORD = re.compile(r"\w+(?:'\w+)*")


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name without titles' dots, suffixes and a genitive.

    >>> name_words("Yusuf bin Alawi's")
    ('yusuf', 'bin', 'alawi')
    """
    found = _WORD.findall(fold(text.replace("-", " ")))
    found = [word[:-2] if word.endswith("'s") else word for word in found]
    while len(found) > 1 and found[-1] in _SUFFIXES:
        found.pop()
    return tuple(found)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The form in which the spellings of one name part agree: "Lavrov" and "Lawrow".

    >>> sound("Lavrov") == sound("Lawrow"), sound("Hassan") == sound("Hussein")
    (True, False)
    """
    word = fold(word).replace("'", "").replace("’", "")
    word = _spellings().get(word, word)
    for rule, by in _RULES:
        word = rule.sub(by, word)
    return word.translate(_VOWELS)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, folded: ``family`` and the ``given`` names and patronymics
    before it. An Eastern given name of two syllables is one part. ``generation`` is "jr", "sr",
    "ii", ... where the name tells father and son apart."""

    family: str
    given: tuple[str, ...]
    generation: str | None = None

    @property
    def full(self) -> bool:
        return bool(self.given)

    @property
    def gender(self) -> str | None:
        return gazetteer().gender(self.given[0]) if self.given else None


@lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """The parts of a person's name; articles (al-) and ``bin`` are no parts of it.

    >>> parse("Abdullatif bin Salem Al Zayani")
    PersonName(family='zayani', given=('abdullatif', 'salem'), generation=None)
    >>> parse("Ban Ki-moon")
    PersonName(family='ban', given=('kimoon',), generation=None)
    """
    particle, generation = cues()["particle"], cues()["generation"]
    parts = words(name.replace("'", "").replace("’", ""))
    born = None
    while len(parts) > 1 and parts[-1] in generation:
        born = GENERATIONS.get(parts.pop(), born)
    ben = len(parts) > 1 and parts[0] == "ben" and parts[1] not in _MAGHREB
    mac = len(parts) == 2 and parts[0] == "mac"
    kept = [w for w in parts if w not in particle and w not in _ARTICLES] or parts
    if ben or mac:  # Ben Lund, but Ben Ali
        kept = [parts[0], *kept]
    if not kept:
        return PersonName("", ())
    first, rest = kept[0], kept[1:]
    if family_first(kept):
        return PersonName(first, ("".join(rest),), born)
    return PersonName(kept[-1], tuple(kept[:-1]), born)


def compatible(a: PersonName, b: PersonName) -> bool:
    """Whether both may name one person: the same family name, given names of which one set only
    shortens or leaves out what the other has. Given names of different gender never agree, nor do
    father and son."""
    known = gazetteer()
    if a.generation != b.generation:
        return False
    if not _one(a.family, b.family, known.surnames):
        return False
    if not a.given or not b.given:
        return True
    if a.gender and b.gender and a.gender != b.gender:
        return False
    family = spelled_alike(a.family, b.family)
    return all(_agree(x, y, family) for x, y in zip(a.given, b.given, strict=False))


def spelled_alike(a: str, b: str) -> bool:
    """Whether two folded names are the same, or spellings that are listed as one."""
    table = _spellings()
    return a == b or table.get(a, a) == table.get(b, b)


def _one(a: str, b: str, established: Container[str]) -> bool:
    """Whether two spellings are of one name."""
    if spelled_alike(a, b):
        return True
    return not (a in established and b in established) and sound(a) == sound(b)


def _agree(a: str, b: str, family: bool) -> bool:
    """Whether two given names may be one: beside one ``family`` name it is enough that they sound
    alike (Marc and Mark)."""
    if 1 in (len(a), len(b)):
        return a[:1] == b[:1] or sound(a)[:1] == sound(b)[:1]
    return _one(a, b, () if family else gazetteer().given) or shortened(a, b)


def sounds_alike(a: str, b: str) -> bool:
    """Whether two folded given names are spellings of one (Marc and Mark)."""
    return _one(a, b, ())


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in lines("nicknames.txt"))
    return {short: tuple(full) for short, *full in rows}


def in_full(given: str) -> tuple[str, ...]:
    """The given names for which one stands: itself, and those that it shortens.

    >>> in_full("steve"), in_full("ana")
    (('steve', 'stephen', 'steven'), ('ana',))
    """
    return (given, *_nicknames().get(given, ()))


def shortened(a: str, b: str) -> bool:
    """Whether one of two given names is short for the other: Bob, Robert."""
    table = _nicknames()
    return b in table.get(a, ()) or a in table.get(b, ())
