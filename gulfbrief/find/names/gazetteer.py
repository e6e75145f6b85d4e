"""The gazetteers packed with gulfbrief (docs/gazetteers.md): people's names, cities, words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ...fold import fold
from ..text.word_lists import word_lists


def data(name: str) -> str:
    """The text of a file of ``gulfbrief/find/lexicon``."""
    return (files("gulfbrief.find") / "lexicon" / name).read_text(encoding="utf-8")


def lines(name: str) -> list[str]:
    """The lines of a file of ``gulfbrief/find/lexicon``, without comments and empty lines."""
    return [line for line in data(name).splitlines() if line and line[0] != "#"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``given`` maps a folded given name to its gender (``f``, ``m``, ``mf`` for both), ``cities``
    a name as written to its size class (``a`` over a million people, ``b`` over 200,000, ``c`` over
    50,000, ``r`` a province or county). ``surnames`` are folded, ``words`` are what English
    writes small, ``firms`` the names of large firms."""

    given: dict[str, str]
    surnames: frozenset[str]
    cities: dict[str, str]
    words: frozenset[str]
    firms: frozenset[str]

    def gender(self, given: str) -> str | None:
        """``f`` or ``m`` for a given name that only one gender bears, else null."""
        gender = self.given.get(fold(given))
        return gender if gender in {"f", "m"} else None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    given: dict[str, str] = {}
    for line in data("given.tsv").splitlines():
        gender, _, names = line.partition("\t")
        given.update(dict.fromkeys(names.split(" "), gender))
    cities: dict[str, str] = {}
    for line in data("cities.tsv").splitlines():
        size, _, names = line.partition("\t")
        cities.update(dict.fromkeys(names.split("|"), size))
    return Gazetteer(
        given,
        frozenset(data("surnames.txt").split("\n")),
        cities,
        frozenset(data("words.txt").split("\n")),
        frozenset(data("firms.txt").splitlines()),
    )


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """The word classes of ``names.toml``; what stands there with one apostrophe goes with both."""
    classes = word_lists("names.toml")
    short = frozenset(a + b for a in classes["shortened"] for b in classes["shortening"])
    classes["function"] |= classes["negated"] | short
    classes["function"] |= {w.replace("'", "’") for w in classes["function"] if "'" in w}
    return classes
