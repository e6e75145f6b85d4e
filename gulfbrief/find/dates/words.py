"""A text as a string of word kinds: the alphabet in which the patterns are written.

Every token gets one letter for its kind, so that a pattern over words is a plain regular
expression over letters and a whole text is searched in one pass. Words that tell nothing of time
are ``OTHER``. The words themselves are data: ``find/lexicon/dates.toml``.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..text import Text

Value = int | float | str

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

_TOKEN = re.compile(
    r"(?=[QHF])(?<!\w)(?:(?P<QUARTERQ>Q[1-4])|(?P<HALFH>H[12])|(?P<FY>FY\s?['’]?\d{2}(?:\d\d)?))(?!\w)"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?P<NEWLINE>\n\s*)"
    r"|(?<!\w)(?<!\d\.)(?:"
    r"(?P<STAMP>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)"
    r"|(?P<ISODATE>[12]\d{3}(?P<_A>[-/.])\d{1,2}(?P=_A)\d{1,2})"
    r"|(?P<ISOWEEK>[12]\d{3}-?W\d\d)"
    r"|(?P<NUMDATE>\d{1,2}(?P<_B>[-/.])\d{1,2}(?P=_B)(?:\d{4}|\d\d))"
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
class Words:
    """The tokens of a text: ``kinds[i]`` is a letter, ``values[i]`` what the token means."""

    text: str
    kinds: str
    starts: list[int]
    ends: list[int]
    values: list[Value | None]

    def word(self, i: int) -> str:
        """Token ``i`` as written, empty outside the text."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""


def read(text: Text) -> Words:
    """The words of a text with their kinds, in time linear in its length."""
    source = text.text
    lex = lexicon()
    words, letters = lex.words, lex.letters
    dot, short = letters["DOT"], (letters["MONTH"], letters["WEEKDAY"])
    breaks: frozenset[int] | None = None
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Value | None] = []
    for m in _TOKEN.finditer(source):
        kind = OTHER
        value: Value | None = None
        group = m.lastgroup
        if group == "WORD":
            entry = words.get(m.group())
            if entry is not None:
                kind, value = entry
        elif group == "MARK":
            entry = words.get(m.group())
            if entry is not None:
                kind, value = entry
                if kind == dot and kinds and kinds[-1] in short and ends[-1] == m.start():
                    full = source[starts[-1] : ends[-1]] in _FULL
                    kind = dot if full else letters["POINT"]
        elif group == "NEWLINE":
            if breaks is None:
                breaks = frozenset(a for a, _ in text.paragraphs)
            if m.end() not in breaks:
                continue
            kind = BREAK
        elif group == "NUMBER":
            name, value = _number(m.group())
            kind = letters[name]
        elif group == "SHORTDATE":
            entry = words.get(m.group())
            if entry is not None:
                kind, value = entry
        elif group is not None and group != "JUNK":
            kind, value = letters[_SAME.get(group, group)], m.group()
        kinds.append(kind)
        starts.append(m.start())
        ends.append(m.end())
        values.append(value)
    return Words(source, "".join(kinds), starts, ends, values)


def _number(digits: str) -> tuple[str, int]:
    number = int(digits)
    if len(digits) == 4 and 1000 <= number <= 2199:
        return "YEAR", number
    if len(digits) <= 2 and 1 <= number <= 31:
        return "DAY", number
    return "DIGITS", number
