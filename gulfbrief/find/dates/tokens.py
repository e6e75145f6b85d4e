"""A text as a string of word kinds: the alphabet in which the patterns are written.

Every token gets one letter for its kind, so that a pattern over words is a plain regular
expression over letters and a whole text is searched in one pass. Words that tell nothing of time
are ``OTHER``. The words themselves are data: ``find/lexicon/dates.toml``.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, repeat
from typing import TypeVar

from ..text import Text

Value = int | float | str
T = TypeVar("T")

# What is written with digits has its kind from its shape, not from the lexicon.
SHAPES = (
    "STAMP",  # 2021-07-14T09:30:00Z
    "ISODATE",  # 2021-07-14, 2021/7/14
    "ISOWEEK",  # 2021-W27
    "NUMDATE",  # 14/07/2021, 14.7.21
    "CLOCK",  # 9:30, 9.30 p.m., 5pm
    "DECADE",  # 1990s, '90s
    "YEARS",  # 2015-2018, 2019-20
    "QUARTERQ",  # Q3, 3Q
    "HALFH",  # H1, 1H
    "FY",  # FY2019
    "NTH",  # 5th
    "YEAR",  # 1000 to 2199
    "SHORTYEAR",  # '98
    "DAY",  # 1 to 31
    "DIGITS",  # any other whole number
    "FRACTION",  # 2.5, 2 1/2, ½
    "POINT",  # the full stop of an abbreviated month or weekday
)
OTHER = "."  # the letter of a word that tells nothing of time
BREAK = "|"  # the letter of a paragraph's end
_BEYOND = 128  # empty words on either side of a text: no look-around reaches further

_TOKEN = re.compile(
    r"(?P<QUARTERQ>Q(?<!\wQ)[1-4](?!\w))|(?P<HALFH>H(?<!\wH)[12](?!\w))"
    r"|(?P<FY>FY(?<!\wFY)\s?['’]?\d{2}(?:\d\d)?(?!\w))"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?<!\w)(?<!\d\.)(?:"
    r"(?P<STAMP>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)"
    r"|(?P<ISODATE>[12]\d{3}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2})"
    r"|(?P<ISOWEEK>[12]\d{3}-?W\d\d)"
    r"|(?P<NUMDATE>\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d\d))"
    r"|(?P<CLOCK>\d{1,2}(?:[:.][0-5]\d){0,2}(?:\s?|-)[aApP](?:\.\s?[mM]\.|[mM]\b)"
    r"|[012]?\d:[0-5]\d(?::[0-5]\d)?(?:\s?[hH]\b)?|[012]?\d[hH][0-5]\d\b)"
    r"|(?P<DECADE>(?:[12]\d)?\d0['’]?s)"
    r"|(?P<YEARS>[12]\d{3}[-–/](?:[12]\d{3}|\d\d))"
    r"|(?P<SHORTDATE>\d{1,2}/\d{1,2})"
    r"|(?P<NTH>\d{1,2}(?:st|nd|rd|th))"
    r"|(?P<QUARTERLY>[1-4]Q)"
    r"|(?P<HALFLY>[12]H)"
    r"|(?P<FRACTION>\d{1,9}(?:\.\d{1,9}|(?:\s1/[2-9]|[½¼¾])|,\d{3}(?:,\d{3})*))"
    r"|(?P<NUMBER>\d{1,9})"
    r")(?![\w]|[.,:/]\d)"
    r"|(?P<SHORTYEAR>['‘’]\d\d)(?P<PLURAL>s)?(?!\w)"
    r"|(?P<JUNK>\d[\w.,:/]*)"
    r"|(?P<MARK>[^\s\w]|_)"
)
# What a token is followed by is taken with it, which is much faster than to look for the next one.
_PARTS = re.compile("(" + re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern) + r")(\s*)")
_FULL = frozenset((*calendar.month_name, *calendar.day_name))
_SAME = {"PLURAL": "DECADE", "QUARTERLY": "QUARTERQ", "HALFLY": "HALFH"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``letters`` maps a kind's name to its letter, ``words`` a written form to (letter, value)."""

    letters: dict[str, str]
    words: dict[str, tuple[str, Value]]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once. Capital forms are spelled out, so that looking up is one step."""
    path = files("gulfbrief.find") / "lexicon" / "dates.toml"
    tables: dict[str, dict[str, Value]] = tomllib.loads(path.read_text("utf-8"))
    names = [*SHAPES, *tables]
    letters = {name: chr(0x100 + i) for i, name in enumerate(names)}
    words: dict[str, tuple[str, Value]] = {}
    for name, table in tables.items():
        for word, value in table.items():
            for form in _forms(name, word):
                words[form] = (letters[name], value)
    return Lexicon(letters, words)


def _forms(kind: str, word: str) -> set[str]:
    """The capital forms in which a word may stand: names only with a capital, zones all so."""
    title, upper = word[:1].upper() + word[1:], word.upper()
    if kind in {"ZONE", "ERA"} and len(word) <= 4:
        return {upper}
    if kind in {"MONTH", "WEEKDAY"} and (len(word) < 6 or word == "august"):
        return {title, upper}
    if kind in {"IRANIAN", "ISLAMIC"}:
        return {title, upper}
    return {word, title, upper}


@dataclass(slots=True)
class DateTokens:
    """The tokens of a text: ``kinds[i]`` is a letter, ``values[i]`` what the token means.

    ``lower`` are the tokens in small letters, empty for those outside the text that are less than
    128 tokens away: ``lower[-1]`` is none. What follows is worked out where it is asked for:
    ``ended`` has a 1 where a sentence ends, ``dots`` where it ends with a full stop (verbs.py);
    ``ruled`` has a 1 at tokens that rule no date and a 2 at those that do, ``directions`` are those
    of dates by first and last token, ``tensed`` has a 1 at tokens that tell no tense and a 2 at
    those that may (tense.py)."""

    text: str
    kinds: str
    tokens: list[str]
    starts: list[int]
    ends: list[int]
    values: list[Value | None]
    lower: list[str]
    ended: bytearray = field(default_factory=bytearray)
    dots: bytearray = field(default_factory=bytearray)
    ruled: bytearray = field(default_factory=bytearray)
    directions: dict[tuple[int, int], int] = field(default_factory=dict)
    tensed: bytearray = field(default_factory=bytearray)

    def word(self, i: int) -> str:
        """Token ``i`` as written, empty outside the text."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else ""


def read(text: Text) -> DateTokens:
    """The tokens of a text with their kinds, in time linear in its length.

    All tokens are looked up as words; only those with a digit, and full stops, are looked at one by
    one.
    """
    source = text.text
    lex = lexicon()
    parts = _PARTS.split(source)
    bounds = list(accumulate(map(len, parts)))
    tokens, starts, ends = parts[1::3], bounds[:-1:3], bounds[1::3]
    entries = list(map(lex.words.get, tokens, repeat((OTHER, None))))
    kinds = [kind for kind, _ in entries]
    values = [value for _, value in entries]
    letters = lex.letters
    dot, short = letters["DOT"], (letters["MONTH"], letters["WEEKDAY"])
    for i in [i for i, token in enumerate(tokens) if not token.isalpha()]:
        token = tokens[i]
        at = starts[i]
        if token.isdecimal() and len(token) < 10 and source[at - 1 : at].isspace():
            name, values[i] = _number(token)
            kinds[i] = letters[name]
        elif len(token) > 1 or token.isdecimal():
            kinds[i], values[i] = _shaped(source, at, kinds[i], values[i])
        elif kinds[i] == dot and i and kinds[i - 1] in short and ends[i - 1] == starts[i]:
            kinds[i] = dot if tokens[i - 1] in _FULL else letters["POINT"]
    breaks: list[tuple[int, int, int]] = []  # the token that a paragraph begins with, and the gap
    for a, _ in text.paragraphs:
        i = bisect_left(starts, a)
        newline = source.find("\n", ends[i - 1] if i else 0, a)
        wrapped = kinds[max(0, i - 1) : i + 1] == [letters["MONTH"], letters["YEAR"]]
        if wrapped and source.count("\n", newline, a) == 1:
            continue  # 3 May, and 1968 on the next line of a column
        if newline >= 0:
            breaks.append((i, newline, a))
    if breaks:
        at_breaks = [i for i, _, _ in breaks]
        tokens = _with(tokens, at_breaks, [source[b:a] for _, b, a in breaks])
        starts = _with(starts, at_breaks, [b for _, b, _ in breaks])
        ends = _with(ends, at_breaks, [a for _, _, a in breaks])
        kinds = _with(kinds, at_breaks, [BREAK] * len(breaks))
        values = _with(values, at_breaks, [None] * len(breaks))
    lower = [*map(str.lower, tokens), *repeat("", _BEYOND)]
    return DateTokens(source, "".join(kinds), tokens, starts, ends, values, lower)


def _with(items: list[T], places: list[int], added: Sequence[T]) -> list[T]:
    """``items`` with each of ``added`` before the one at its place; the places ascend."""
    out: list[T] = []
    done = 0
    for place, one in zip(places, added, strict=True):
        out += items[done:place]
        out.append(one)
        done = place
    out += items[done:]
    return out


def _shaped(source: str, start: int, kind: str, value: Value | None) -> tuple[str, Value | None]:
    """The kind and value of the token at ``start`` by its shape; ``kind`` and ``value`` are those
    of the lexicon."""
    found = _TOKEN.match(source, start)
    group = found.lastgroup if found else None
    if found is None or group in {"WORD", "MARK", "SHORTDATE"}:
        return kind, value
    if group is None or group == "JUNK":
        return OTHER, None
    letters = lexicon().letters
    if group == "NUMBER":
        name, number = _number(found.group())
        return letters[name], number
    return letters[_SAME.get(group, group)], found.group()


def _number(digits: str) -> tuple[str, int]:
    number = int(digits)
    if len(digits) == 4 and 1000 <= number <= 2199:
        return "YEAR", number
    if len(digits) <= 2 and 1 <= number <= 31:
        return "DAY", number
    return "DIGITS", number
