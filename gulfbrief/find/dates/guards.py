"""What only looks like a date: Ms May, Flight 1990, 2000 people; and dates inside names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ..text.word_classes import classes_of
from ..text.word_lists import word_lists
from .meanings import Draft, Known, Length, Named, Range, Ref
from .tokens import BREAK, OTHER, DateTokens, lexicon
from .verbs import ends_sentence


@dataclass(frozen=True, slots=True)
class _Lexicon:
    numbered: frozenset[str]
    counted: frozenset[str]
    persons: frozenset[str]
    no_noun: frozenset[str]
    determiners: frozenset[str]
    some_day: frozenset[str]
    measured: frozenset[str]
    moves: frozenset[str]
    dated: frozenset[str]
    lengths: frozenset[str]
    kept_days: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(**word_lists("notdates.toml"))


_STRONG = ("IN", "SINCE", "UNTIL", "EARLY", "LATE", "MID", "LAST", "NEXT", "THIS", "EACH", "LPAREN")
_WEAK = ("BY", "FROM", "TO", "BETWEEN", "AND", "OF", "ON", "FOR", "APPROX", "OR", "AFTER", "BEFORE",
         "HYPHEN")  # fmt: skip


@cache
def _letters(*names: str) -> frozenset[str]:
    return frozenset(lexicon().letters[name] for name in names)


def mark_references(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """The drafts, those inside names marked as references."""
    return [replace(d, reference=True) if _in_name(words, d) else d for d in drafts]


_COMPOUND = re.compile(r"-[a-z]{1,3}-[A-Z]")


def accepts(words: DateTokens, draft: Draft) -> bool:
    """Whether a draft is a date, not only the look of one."""
    letters = lexicon().letters
    kinds = words.kinds[draft.first : draft.last]
    if _in_code(words, draft):
        return False
    if kinds == letters["YEAR"] or kinds == letters["SHORTYEAR"]:
        return _is_year(words, draft)
    if isinstance(draft.meaning, Known) and letters["NUM"] in kinds:
        return _is_spelled_year(words, draft)
    rated = words.word(draft.last) == "," and words.lower[draft.last + 1] == "rated"
    if kinds == letters["CLOCK"] and rated:
        return False  # 01:43, rated 12
    if kinds == letters["CLOCK"] and words.lower[draft.first - 1] in _lexicon().lengths:
        return False  # a film that runs 01:43
    if kinds == letters["CLOCK"] and _stands_alone(words, draft.first):
        return False
    if kinds in (letters["PART"], letters["THE"] + letters["PART"]):
        return not _is_paper(words, draft.last - 1)
    if isinstance(draft.meaning, Range) and _are_figures(words, draft.first):
        return False
    if _joined(words, draft):
        return False
    name = kinds.strip(letters["POINT"])
    if name == letters["MONTH"]:
        return not _is_any(words, draft.first) and _is_month(words, draft)
    if name == letters["WEEKDAY"]:
        if len(words.word(draft.first)) <= 5:  # Sun and Sat alone may be anything
            return False
        if words.word(draft.first - 1).istitle() and words.lower[draft.first - 1] in (
            _lexicon().kept_days
        ):
            return False
        if _is_programme(words, draft.first) or _is_any(words, draft.first):
            return False
        return not (_is_paper(words, draft.first) or _is_person(words, draft))
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


def _stands_alone(words: DateTokens, i: int) -> bool:
    """Whether a time without its half of the day is all that a line tells: a length (4:19)."""
    if words.word(i)[-1:].isalpha() or words.word(i)[-1:] == ".":
        return False
    return words.kinds[i - 1 : i] in ("", BREAK) and words.kinds[i + 1 : i + 2] in ("", BREAK)


def _joined(words: DateTokens, draft: Draft) -> bool:
    """Whether hyphens join a month or weekday alone to words after it: Mar-a-Lago."""
    end = words.ends[draft.last - 1]
    return draft.last - draft.first == 1 and bool(_COMPOUND.match(words.text, end))


def _is_paper(words: DateTokens, i: int) -> bool:
    """Whether a capital word begins the name of a paper or programme: the Evening Post, the Sunday
    Courier, Sunday Morning Rain."""
    word, after = words.word(i), words.word(i + 1)
    if not word.istitle() or not after[:1].isupper() or after.isupper():
        return False
    begins = i == 0 or ends_sentence(words, i - 1)
    if words.kinds[i] == lexicon().letters["PART"]:
        return not begins and words.kinds[i + 1] == OTHER
    if words.kinds[i + 1] == lexicon().letters["PART"]:
        return True
    if after == "Night" and words.kinds[i + 1] == lexicon().letters["UNIT"]:
        return words.word(i + 2)[:1].isupper()  # the Friday Night Hop
    the = words.lower[i - 1] == "the"
    return the and words.kinds[i + 1] == OTHER and words.lower[i - 2] != "on"


def _is_programme(words: DateTokens, i: int) -> bool:
    """Whether a weekday ends a name in quotation marks: on "Harbour News Sunday"."""
    closes = words.word(i + 1) in {"”", '"'} and words.starts[i + 1] == words.ends[i]
    return closes and words.kinds[i - 1 : i] == OTHER and words.word(i - 1).istitle()


def _is_any(words: DateTokens, i: int) -> bool:
    """Another January, any Monday: not one that is meant."""
    return words.lower[i - 1] in {"another", "any"}


def _is_person(words: DateTokens, draft: Draft) -> bool:
    """Whether a weekday is the given name of somebody: Friday Osei, the delegate; pilot Friday
    Osei said."""
    after = words.word(draft.last)
    if not after[:1].isupper() or not after[1:].islower() or words.kinds[draft.last] != OTHER:
        return False
    before = words.word(draft.first - 1)
    begins = not before or ends_sentence(words, draft.first - 1)
    behind = words.word(draft.last + 1)
    verb = behind.islower() and classes_of(behind)[0] in "dz"
    if begins:
        return behind == "," or verb
    noun = before.islower() and classes_of(before) in ("n", "nu", "nj", "jn")
    return noun and (behind == "," or verb)


def _is_spelled_year(words: DateTokens, draft: Draft) -> bool:
    """Whether a year in words is one: in nineteen eighty-four; not two thousand gulls."""
    letters = lexicon().letters
    if letters["YEAR"] in words.kinds[draft.first : draft.last] or isinstance(draft.meaning, Named):
        return True
    first = draft.first
    if words.kinds[first] != letters["NUM"]:
        return True
    after = words.word(draft.last)
    plural = after.endswith(("s", "people", "men", "women")) and after not in _lexicon().no_noun
    thousands = words.lower[draft.last - 1] == "thousand"
    counted = thousands and after.islower() and classes_of(after)[0] == "n"
    if (
        after == "-"
        or (after.islower() and plural)
        or (counted and after not in _lexicon().no_noun)
    ):
        return False
    begins = first == 0 or ends_sentence(words, first - 1)
    if words.word(first).istitle() and not begins:
        return False  # a title
    if int(words.values[first + 1] or 0) != 1000:
        return True
    return words.kinds[first - 1 : first] in _letters(*_STRONG, "BY", "FROM", "TO", "OF", "AND")


def _are_figures(words: DateTokens, first: int) -> bool:
    """Rose from 1980 to 2005, stood at 1,984 to 2003."""
    lex = _lexicon()
    for i in range(first, first - 4, -1):
        if words.lower[i] in lex.moves:
            return True
        if words.lower[i] not in {"from", "at", "by", "to"} and i < first:
            return False
    return False


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
    if _is_figure(words, i, before.lower(), after.lower()):
        return False
    dated = kind == letters["IN"] and int(str(words.values[i])[-2:]) > 0  # in 2003 killed many
    if before.lower() in lex.numbered or (after.lower() in lex.counted and not dated):
        return False
    if before == "." and words.lower[i - 2] in {"no", "nos"}:
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


def _is_figure(words: DateTokens, i: int, before: str, after: str) -> bool:
    """Whether four digits count something or are dialled: a fleet of 2015, moved 2014 crates, the
    gate was 2022, +1 212 555 1984, fell to 1950 an ounce."""
    lex, letters = _lexicon(), lexicon().letters
    digits = {letters["DIGITS"], letters["DAY"], letters["YEAR"]}
    if words.kinds[i - 1 : i] in digits and words.kinds[i - 2 : i - 1] in digits:
        return True
    if after == "to" and words.lower[i + 3] in {"million", "billion", "trillion"}:
        return True  # from 1980 to 2005 million
    lead = words.lower[i - 2]
    if before in {"of", "to", "at", "by", "was", "is", "were", "reached"} and lead in lex.measured:
        return True
    if before in {"to", "by", "at"} and lead in lex.moves:
        return True
    if before == "to" and words.kinds[i - 2 : i - 1] in (letters["FRACTION"], letters["DIGITS"]):
        return True
    if before == "and" and after == "to" and words.lower[i + 2] == "the":
        return True
    if words.kinds[i - 1 : i] != OTHER or not before.islower() or before in lex.dated:
        return False
    verb = classes_of(before)[0] in "de" and words.kinds[i - 2 : i - 1] == OTHER
    return verb and (after.isalpha() or after == "in") and after not in {"and", "but", "when"}


_PREFIXES = frozenset(("pre", "post", "non", "mid", "early", "late"))


def _of_name(words: DateTokens, i: int) -> bool:
    """Whether a hyphen ties the word to a name before it: Anna-May."""
    if i < 2 or words.word(i - 1) != "-" or words.ends[i - 1] != words.starts[i]:
        return False
    tied = words.ends[i - 2] == words.starts[i - 1] and words.lower[i - 2] not in _PREFIXES
    return tied and words.kinds[i - 2] == OTHER and words.word(i - 2)[:1].isupper()


def _is_month(words: DateTokens, draft: Draft) -> bool:
    """Whether a bare month's name is the month, not a person, a verb or a march."""
    lex = _lexicon()
    i = draft.first
    word, before, after = words.word(i), words.word(i - 1), words.word(draft.last)
    title = words.word(i - 2) if before == "." else before
    if title.lower() in lex.persons or _of_name(words, i):
        return False
    if before.lower() in _KIN and after[:1] in {",", "."}:
        return False  # with her brother August, who
    short = word.lower() == "march" or (len(word) <= 4 and word.lower() not in {"june", "july"})
    if not short and word.lower() not in {"april", "august", "june"}:
        return True
    kind = words.kinds[i - 1] if i else ""
    if kind in _letters(*_STRONG):
        return True
    name_follows = after[:1].isupper() and words.kinds[draft.last] == OTHER
    house = words.word(draft.last + 1) in {"Sons", "Co", "Brothers", "Partners", "Company"}
    if house and words.kinds[draft.last] == lexicon().letters["AND"]:
        return False
    if kind in _letters(*_WEAK):
        return not name_follows and not word.isupper()
    name_before = before[:1].isupper() and words.kinds[i - 1 : i] == OTHER
    return not short and not name_follows and not name_before


_KIN = frozenset("brother sister son daughter wife husband mother father uncle aunt cousin".split())


def _is_title(words: DateTokens, i: int) -> bool:
    """A newspaper or programme called Today: in capitals behind capitals, or alone in marks."""
    word, before, after = words.word(i), words.word(i - 1), words.word(i + 1)
    if word.isupper() and before.isupper():
        return True
    if word == "Today" and before.isupper() and len(before) > 1 and after[:1].islower():
        return True  # a paper or a programme
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
    return words.lower[draft.first - 1] != "as"


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
    if kinds[i : i + 1] == letters["OF"] and words.lower[i + 1] == "age":
        return False
    if kinds[draft.first] == letters["A"] and draft.last - draft.first == 2:
        if words.lower[draft.last - 1] in {"second", "minute", "night", "quarter"}:
            return False
        before = words.lower[draft.first - 1]
        return before in {"for", "within", "in", "over", "than", "about", "nearly", "almost",
                          "barely", "after", "took", "lasted", "every"}  # fmt: skip
    last = words.lower[draft.last - 1]
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
    if before.lower() in lex.determiners or words.lower[i] == "the":
        return _noun_follows(words, draft.last)
    if draft.last - i > 1 or unit == "day":
        return False
    if before in {"-", "–"} and words.ends[i - 1] == words.starts[i]:
        prefix = words.lower[i - 2]
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
