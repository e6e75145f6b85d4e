"""Patterns over word kinds, and the search for them.

A pattern is written with the names of kinds (``MONTH DOT? DAY``) and macros in lower case
(``year``, ``count``); it becomes a regular expression over the letters of ``DateTokens.kinds``.
At each token the longest pattern wins whose reader accepts it, of equals the first registered.
Each name is a group of the match; the second of a name is NAME2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from .meanings import Draft, Meaning
from .tokens import BREAK, OTHER, DateTokens, Value, lexicon

MACROS = {
    "number": "(?:NUM|DAY|DIGITS|YEAR|FRACTION)(?:HYPHEN?NUM|AND NUM){0,4}",
    "yearwords": "(?:NUM NUM AND NUM|NUM NUM(?:HYPHEN?NUM)?)",
    "year": "(?:YEAR|SHORTYEAR|yearwords)",
    "nth": "(?:NTH|ORD|SECOND|NUM HYPHEN?ORD)",
    "count": "(?:A?COUPLE OF?(?:MORE)?|(?:A|VAGUE)?(?:NUM|DAY|DIGITS|YEAR|FRACTION)"
    "(?:HYPHEN?NUM|AND NUM){0,4}(?:HYPHEN?AND HYPHEN?A HYPHEN?HALF)?|A?VAGUE|A?HALF A?|A)",
    "relyear": "(?:(?:THE|THAT)?(?:THIS|LAST|NEXT|FOLLOWING)|THAT)UNIT",
}
_SHORT = 16  # so many letters are remembered with the patterns that may match them


class Found:
    """A match of a pattern, read by name."""

    __slots__ = ("match", "words")

    def __init__(self, words: DateTokens, match: re.Match[str]) -> None:
        self.words, self.match = words, match

    def __contains__(self, name: str) -> bool:
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def value(self, name: str) -> Value:
        """What the first token of a group means."""
        value = self.words.values[self.match.start(name)]
        assert value is not None
        return value

    def number(self, name: str) -> int:
        return int(self.value(name))

    def number_of(self, name: str) -> int:
        """The digits of a token such as 5th."""
        return int("".join(c for c in str(self.value(name)) if c.isdecimal()))

    def text(self, name: str) -> str:
        return str(self.value(name))

    def tokens(self, name: str) -> range:
        return range(*self.match.span(name))

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        return self.match.end()


Reader = Callable[[Found], Meaning | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str
    regex: re.Pattern[str]
    reader: Reader
    longest: int  # so many letters a match has at most


_patterns: list[tuple[str, Reader]] = []


def pattern(*sources: str) -> Callable[[Reader], Reader]:
    """Registers a reader for patterns. It gives null where the words do not mean a time."""

    def register(reader: Reader) -> Reader:
        _patterns.extend((source, reader) for source in sources)
        return reader

    return register


def compiled(source: str) -> re.Pattern[str]:
    """The regular expression over letters of a pattern in names."""
    letters = lexicon().letters
    seen: defaultdict[str, int] = defaultdict(int)

    def plain(text: str) -> str:
        text = re.sub(r"\b[a-z]+\b", lambda m: plain(MACROS[m.group()]), text)
        return re.sub(r"[A-Z]+", lambda m: letters[m.group()], text).replace(" ", "")

    def group(m: re.Match[str]) -> str:
        name = m.group()
        body = plain(MACROS[name]) if name.islower() else letters[name]
        seen[name] += 1
        return f"(?P<{name}{seen[name] if seen[name] > 1 else ''}>{body})"

    return re.compile(re.sub(r"[A-Za-z]+", group, source.replace("(", "(?:")).replace(" ", ""))


@cache
def _by_letter() -> tuple[re.Pattern[str], dict[str, tuple[Pattern, ...]]]:
    """Where a pattern may begin, up to the next word that no pattern takes; and which patterns
    begin with a letter."""
    table: defaultdict[str, list[Pattern]] = defaultdict(list)
    for source, reader in _patterns:
        regex = compiled(source)
        made = Pattern(source, regex, reader, _longest(regex.pattern, 0)[0])
        for letter in _beginnings(regex.pattern):
            table[letter].append(made)
    start = re.compile(f"[{''.join(sorted(table))}][^{OTHER}{BREAK}]{{0,{_SHORT - 1}}}")
    return start, {letter: tuple(found) for letter, found in table.items()}


@lru_cache(maxsize=1 << 14)
def _matching(kinds: str) -> tuple[Pattern, ...]:
    """The patterns that match the beginning of ``kinds``: most letters with which one may begin
    stand alone, or in few ways with others, and then it is known. Where ``kinds`` was cut short,
    those too that may match more."""
    _, table = _by_letter()
    cut = len(kinds) == _SHORT
    return tuple(
        p for p in table[kinds[0]] if (cut and p.longest >= _SHORT) or p.regex.match(kinds)
    )


def _beginnings(regex: str) -> set[str]:
    """The letters with which a match may begin."""
    found, _, _ = _alternatives(regex, 0)
    return found


def _alternatives(regex: str, at: int) -> tuple[set[str], bool, int]:
    """The first letters of alternatives up to a closing bracket, whether they may be empty, and
    where they end. Knows what patterns are made of: letters, groups, ``|``, ``?`` and ``{0,n}``."""
    found: set[str] = set()
    empty, open_ = False, True  # whether some alternative was empty; whether this one still is
    while at < len(regex) and regex[at] != ")":
        if regex[at] == "|":
            empty, open_ = empty or open_, True
            at += 1
            continue
        if regex[at] == "(":
            at = regex.index(">", at) + 1 if regex.startswith("(?P<", at) else at + 3
            letters, optional, at = _alternatives(regex, at)
            at += 1
        else:
            letters, optional, at = {regex[at]}, False, at + 1
        if regex[at : at + 1] == "?":
            optional, at = True, at + 1
        elif regex[at : at + 1] == "{":
            optional, at = optional or regex[at + 1] == "0", regex.index("}", at) + 1
        if open_:
            found |= letters
            open_ = optional
    return found, empty or open_, at


def _longest(regex: str, at: int) -> tuple[int, int]:
    """How many letters alternatives up to a closing bracket match at most, and where they end."""
    most = width = 0
    while at < len(regex) and regex[at] != ")":
        if regex[at] == "|":
            most, width, at = max(most, width), 0, at + 1
            continue
        if regex[at] == "(":
            at = regex.index(">", at) + 1 if regex.startswith("(?P<", at) else at + 3
            letters, at = _longest(regex, at)
            at += 1
        else:
            letters, at = 1, at + 1
        if regex[at : at + 1] == "?":
            at += 1
        elif regex[at : at + 1] == "{":
            end = regex.index("}", at)
            letters, at = letters * int(regex[at + 1 : end].rpartition(",")[2]), end + 1
        width += letters
    return max(most, width), at


def _without_dot(words: DateTokens, last: int) -> int:
    """A last full stop belongs to an abbreviation inside a sentence, and to nothing else."""
    if words.word(last - 1) != "." or words.kinds[last - 2] == lexicon().letters["ERA"]:
        return last
    inside = words.word(last)[:1].islower() or words.word(last)[:1] == ","
    return last if inside and words.kinds[last - 1] == lexicon().letters["POINT"] else last - 1


def search(words: DateTokens, accepts: Callable[[DateTokens, Draft], bool]) -> list[Draft]:
    """All expressions of a text that ``accepts`` lets pass, the longest at each token, none
    overlapping another."""
    start, _ = _by_letter()
    kinds = words.kinds
    out: list[Draft] = []
    at = 0
    while (m := start.search(kinds, at)) is not None:
        at = m.start()
        best: Draft | None = None
        for p in _matching(m.group()):
            match = p.regex.match(kinds, at)
            if match is None or (best is not None and match.end() <= best.last):
                continue
            meaning = p.reader(Found(words, match))
            if meaning is None:
                continue
            draft = Draft(at, _without_dot(words, match.end()), meaning)
            if accepts(words, draft):
                best = draft
        if best is not None:
            out.append(best)
            at = best.last
        else:
            at += 1
    return out
