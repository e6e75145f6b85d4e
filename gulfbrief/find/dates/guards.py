"""What only looks like a date: Ms May, Flight 1990, 2000 people; and dates inside names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from .meanings import Draft, Known, Length, Named, Ref
from .tokens import OTHER, DateTokens, lexicon


@dataclass(frozen=True, slots=True)
class _Lexicon:
    numbered: frozenset[str]
    counted: frozenset[str]
    persons: frozenset[str]
    no_noun: frozenset[str]
    determiners: frozenset[str]
    some_day: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    path = files("gulfbrief.find") / "lexicon" / "notdates.toml"
    tables: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    return _Lexicon(**{name: frozenset(words.split()) for name, words in tables.items()})


_STRONG = ("IN", "SINCE", "UNTIL", "EARLY", "LATE", "MID", "LAST", "NEXT", "THIS", "EACH", "LPAREN")
_WEAK = ("BY", "FROM", "TO", "BETWEEN", "AND", "OF", "ON", "FOR", "APPROX", "OR", "AFTER", "BEFORE",
         "HYPHEN")  # fmt: skip


@cache
def _letters(*names: str) -> frozenset[str]:
    return frozenset(lexicon().letters[name] for name in names)


def mark_references(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """The drafts, those inside names marked as references."""
    return [replace(d, reference=True) if _in_name(words, d) else d for d in drafts]


def accepts(words: DateTokens, draft: Draft) -> bool:
    """Whether a draft is a date, not only the look of one."""
    letters = lexicon().letters
    kinds = words.kinds[draft.first : draft.last]
    if _in_code(words, draft):
        return False
    if kinds == letters["YEAR"] or kinds == letters["SHORTYEAR"]:
        return _is_year(words, draft)
    name = kinds.strip(letters["POINT"])
    if name == letters["MONTH"]:
        return _is_month(words, draft)
    if name == letters["WEEKDAY"]:
        return len(words.word(draft.first)) > 5  # Sun and Sat alone may be anything
    if letters["SEASON"] == kinds[-1:] and words.word(draft.last - 1).istitle():
        named = words.word(draft.last)[:1].isupper() and draft.last - draft.first > 1
        return not (named and words.kinds[draft.last] == OTHER)  # the Summer Olympics
    if letters["DEICTIC"] == kinds:
        return not _is_title(words, draft.first)
    if isinstance(draft.meaning, Length):
        return _is_length(words, draft)
    if letters["SET"] == kinds:
        return not _is_adjective(words, draft.first)
    if isinstance(draft.meaning, Ref):
        return _is_ref(words, draft)
    return True


def _in_code(words: DateTokens, draft: Draft) -> bool:
    """Whether digits stand inside an address, a path or a number with hyphens."""
    text, start, end = words.text, words.starts[draft.first], words.ends[draft.last - 1]
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    digits_first, digits_last = text[start].isdigit(), text[end - 1].isdigit()
    if digits_first and before and before in "/=_@#&\\":
        return True
    year = words.kinds[draft.first : draft.last] == lexicon().letters["YEAR"]
    numbered = year and after[:1] == "-" and after[1:].isdigit()
    return digits_last and (numbered or after[:1] in {"/", "=", "_", "@"})


def _is_year(words: DateTokens, draft: Draft) -> bool:
    """Whether a bare number of four digits is a year."""
    lex, letters = _lexicon(), lexicon().letters
    i = draft.first
    before, after = words.word(i - 1), words.word(i + 1)
    kind = words.kinds[i - 1] if i else ""
    if before in {"$", "£", "€", "#", "/", "%", "+"} or after in {"%", "/", "°"}:
        return False
    dated = kind == letters["IN"] and int(str(words.values[i])[-2:]) > 0  # in 2003 killed many
    if before.lower() in lex.numbered or (after.lower() in lex.counted and not dated):
        return False
    if before == "." and words.word(i - 2).lower() in {"no", "nos"}:
        return False
    leads = _letters(*_STRONG, *_WEAK, "THE")
    value = words.values[i]
    if isinstance(value, str):  # '98
        return kind in leads - {letters["HYPHEN"]} and before.lower() != "the"
    year = int(value or 0)
    plural = after.islower() and after.endswith("s") and len(after) > 3
    if kind in leads:
        if plural and (year % 100 == 0 or kind not in {letters["IN"], letters["THE"]}):
            return kind == letters["IN"] and year % 100 != 0
        return 1000 <= year <= 2199 if kind == letters["IN"] else 1500 <= year <= 2100
    return 1800 <= year <= 2100 and not plural


_PREFIXES = frozenset(("pre", "post", "non", "mid", "early", "late"))


def _of_name(words: DateTokens, i: int) -> bool:
    """Whether a hyphen ties the word to a name before it: Anna-May."""
    if i < 2 or words.word(i - 1) != "-" or words.ends[i - 1] != words.starts[i]:
        return False
    tied = words.ends[i - 2] == words.starts[i - 1] and words.word(i - 2).lower() not in _PREFIXES
    return tied and words.kinds[i - 2] == OTHER and words.word(i - 2)[:1].isupper()


def _is_month(words: DateTokens, draft: Draft) -> bool:
    """Whether a bare month's name is the month, not a person, a verb or a march."""
    lex = _lexicon()
    i = draft.first
    word, before, after = words.word(i), words.word(i - 1), words.word(draft.last)
    title = words.word(i - 2) if before == "." else before
    if title.lower() in lex.persons or _of_name(words, i):
        return False
    short = word.lower() == "march" or (len(word) <= 4 and word.lower() not in {"june", "july"})
    if not short and word.lower() not in {"april", "august", "june"}:
        return True
    kind = words.kinds[i - 1] if i else ""
    if kind in _letters(*_STRONG):
        return True
    name_follows = after[:1].isupper() and words.kinds[draft.last] == OTHER
    if kind in _letters(*_WEAK):
        return not name_follows and not word.isupper()
    name_before = before[:1].isupper() and words.kinds[i - 1 : i] == OTHER
    return not short and not name_follows and not name_before


def _is_title(words: DateTokens, i: int) -> bool:
    """A newspaper or programme called Today: in capitals behind capitals, or alone in marks."""
    word, before, after = words.word(i), words.word(i - 1), words.word(i + 1)
    if word.isupper() and before.isupper():
        return True
    return word.istitle() and before in {"“", '"', "‘", "'"} and after in {"”", '"', "’", "'"}


def _is_adjective(words: DateTokens, i: int) -> bool:
    """Daily flights, the Daily News, News Daily: no set of times is told."""
    word, before, after = words.word(i), words.word(i - 1), words.word(i + 1)
    nouns = (OTHER, lexicon().letters["UNITS"], lexicon().letters["UNIT"])
    noun = words.kinds[i + 1 : i + 2] in nouns and after.isalpha()
    named = word[:1].isupper() and before[:1].isupper()
    return named or (noun and after.lower() not in _lexicon().no_noun)


def _is_ref(words: DateTokens, draft: Draft) -> bool:
    """Soon after, shortly before, as soon as: they count from something, not from now."""
    letters = lexicon().letters
    if words.kinds[draft.first : draft.last] != letters["REF"]:
        return True
    if words.kinds[draft.last : draft.last + 1] in (letters["BEFORE"], letters["AFTER"]):
        return False
    return words.word(draft.first - 1).lower() != "as"


def _is_length(words: DateTokens, draft: Draft) -> bool:
    """Ages are left out, and rates: 52 years old, a 37-year-old, $5 a year."""
    letters = lexicon().letters
    kinds = words.kinds
    i = draft.last
    if kinds[i : i + 1] == letters["HYPHEN"]:
        i += 1
        if kinds[i : i + 1] in (letters["AGO"], letters["EARLIER"]):
            return False
    if kinds[i : i + 1] == letters["OLD"]:
        return False
    if kinds[i : i + 1] == letters["OF"] and words.word(i + 1).lower() == "age":
        return False
    if kinds[draft.first] == letters["A"] and draft.last - draft.first == 2:
        if words.word(draft.last - 1).lower() in {"second", "minute", "night", "quarter"}:
            return False
        before = words.word(draft.first - 1).lower()
        return before in {"for", "within", "in", "over", "than", "about", "nearly", "almost",
                          "barely", "after", "took", "lasted", "every"}  # fmt: skip
    last = words.word(draft.last - 1).lower()
    if words.text[words.starts[draft.first] : words.ends[draft.last - 1]].lower() == "one day":
        before = words.word(draft.first - 1)
        opens = not before or not (before[0].isalnum() or before in {",", "-", "–", "—"})
        return not opens and before.lower() not in _lexicon().some_day
    return not (last == "second" and kinds[draft.last - 1] == letters["SECOND"])


def _in_name(words: DateTokens, draft: Draft) -> bool:
    """Whether a date stands before the noun that it names, or behind a name: the 2015 deal, the
    5 July vote, the 9/11 attacks, the post-1979 order, Vision 2030."""
    letters, lex = lexicon().letters, _lexicon()
    kinds = words.kinds[draft.first : draft.last]
    i = draft.first
    before = words.word(i - 1)
    if letters["EVENTDAY"] in kinds:
        return True
    if kinds in (letters["HOLIDAY"], letters["FEAST"]):  # Christmas dinner, a merry Christmas
        return before.lower() in {"merry", "happy"} or _noun_follows(words, draft.last)
    unit = _named_unit(draft)
    if unit is None:
        return False
    if before.lower() in lex.determiners or words.word(i).lower() == "the":
        return _noun_follows(words, draft.last)
    if draft.last - i > 1 or unit == "day":
        return False
    if before in {"-", "–"} and words.ends[i - 1] == words.starts[i]:
        prefix = words.word(i - 2).lower()
        return prefix in {"pre", "post", "anti"} and _noun_follows(words, draft.last)
    named = before[:1].isupper() and before.isalpha() and before.lower() not in lex.no_noun
    return named and words.kinds[i - 1] == OTHER


def _named_unit(draft: Draft) -> str | None:
    """The unit of a date that may name something: a day, a month or a year as such."""
    meaning = draft.meaning
    unit: str | None = None
    if isinstance(meaning, Known):
        unit = meaning.period.unit
    elif isinstance(meaning, Named) and not meaning.within:
        unit = meaning.unit
    return unit if unit in {"year", "month", "day"} else None


def _noun_follows(words: DateTokens, i: int) -> bool:
    kind = words.kinds[i : i + 1]
    word = words.word(i)
    if kind not in (OTHER, lexicon().letters["CALENDAR"]) or not word.isalpha():
        return False
    return word.lower() not in _lexicon().no_noun
