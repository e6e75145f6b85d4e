"""Past or to come: what the verb near a date says of its direction."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .words import BREAK, OTHER, Words, lexicon

_OPENERS = frozenset(
    (",", ";", ":", ".", "!", "?", "(", "—", "–", "-", "“", "‘", '"', "and", "but")
)
_REACH = 30  # tokens looked at on each side; a clause is seldom longer


@dataclass(frozen=True, slots=True)
class _Lexicon:
    future: frozenset[str]
    weak: frozenset[str]
    governors: frozenset[str]
    reporting: frozenset[str]
    scheduled: frozenset[str]
    past: frozenset[str]
    fixing: frozenset[str]
    joints: frozenset[str]
    not_past: frozenset[str]
    bridges: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    path = files("gulfbrief.find") / "lexicon" / "tense.toml"
    tables: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    return _Lexicon(**{name: frozenset(words.split()) for name, words in tables.items()})


def direction(words: Words, first: int, last: int) -> int:
    """Negative where the verb that governs tokens ``first`` to ``last`` is past, positive where
    what it tells is to come, 0 where no verb near says so. The size tells how sure that is: 1 for
    a guess, 2 for a verb of the same clause, 3 for one close to the date.

    The nearest verb before the date counts, else the nearest one after it in the sentence: "said it
    will vote on Friday" is to come, "said on Friday that it will vote" is past.
    """
    toward, units = _toward()
    if words.kinds[first - 1 : first] in toward and words.kinds[first - 2 : first - 1] not in units:
        return 1
    return _before(words, first) or _after(words, first, last)


@cache
def _toward() -> tuple[frozenset[str], frozenset[str]]:
    """Kinds of words before a date that is to come (until Friday, extended to Friday), and those
    before them after which it is not (the week to Friday)."""
    letters = lexicon().letters
    return frozenset((letters["UNTIL"], letters["TO"])), frozenset(
        (letters["UNIT"], letters["UNITS"])
    )


def ends_sentence(words: Words, i: int) -> bool:
    """Whether a sentence (or what stands before a colon) ends at token ``i``."""
    if words.kinds[i] == BREAK:
        return True
    word = words.word(i)
    if word == ".":
        after = words.word(i + 1)
        if after and after in "\"'”’»)":
            after = words.word(i + 2)
        before = words.word(i - 1)
        if words.kinds[i] == lexicon().letters["POINT"] or (before.isalpha() and len(before) < 3):
            return False
        return after[:1].isupper()
    return word in {"!", "?", ";"} or (word == ":" and words.word(i + 1)[:1].isupper())


def _before(words: Words, first: int) -> int:
    lex = _lexicon()
    infinitive = False
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if ends_sentence(words, i):
            break
        word = words.word(i).lower()
        near = first - i <= 4
        if word in lex.future:
            if words.word(i - 1).lower() in {"had", "been"}:
                return -2
            return 3 if near else 2
        if word in lex.scheduled and _in_calendar(words, i):
            return 1
        if word == "to" and words.word(i + 1)[:1].islower():
            infinitive = True
            governor = words.word(i - 1).lower()
            if governor in lex.governors:
                return -2 if words.word(i - 2).lower() in {"had", "been"} else 1
        elif word.endswith("ing") and words.word(i - 1).lower() in {"is", "are", "m", "re", "s"}:
            return 1
        elif _is_past(word, lex):
            if _to_come(words, i):
                return 3 if near else 2
            if word in lex.fixing and i == first - 1:
                return 1
            if _is_adjective(words, i):
                return 2
            return -1 if word in lex.reporting and first - i > 2 else -3 if near else -2
    return 1 if infinitive else 0


def _in_calendar(words: Words, i: int) -> bool:
    """Whether a simple present is that of a calendar: not "to meet", "did not begin"."""
    return words.word(i - 1).lower() != "to" and words.word(i - 2).lower() not in {"did", "didn"}


def _to_come(words: Words, i: int) -> bool:
    """Whether the participle at ``i`` follows a future word: will be signed, due to be opened."""
    lex = _lexicon()
    for j in range(i - 1, max(-1, i - 6), -1):
        word = words.word(j).lower()
        if word in lex.future:
            return True
        if word == "to" and words.word(j + 1).lower() == "be":
            return True
        if word not in lex.bridges and not word.endswith("ly"):
            return False
    return False


def _is_adjective(words: Words, i: int) -> bool:
    """Whether a word in -ed before a noun is no verb, since its clause has one to come: "will
    redeem the preferred shares on 31 October"."""
    lex = _lexicon()
    if words.word(i).lower() in lex.past or words.kinds[i + 1] != OTHER:
        return False
    for j in range(i - 1, max(-1, i - 11), -1):
        word = words.word(j).lower()
        if word in lex.future:
            return True
        if not word.isalnum() or word in lex.joints:
            return False
    return False


def _after(words: Words, first: int, last: int) -> int:
    """The verb behind a date: of the date where it begins its clause ("On Sunday the fleet will
    sail"), else only close behind it ("his speech Sunday on the war will be ...")."""
    lex = _lexicon()
    i = first - 1
    if words.word(i).lower() in {"on", "in", "by", "at", "early", "late", "the"}:
        i -= 1
    before = words.word(i).lower()
    opens = i < 0 or words.kinds[i] == BREAK or before in _OPENERS
    for i in range(last, min(len(words.kinds), last + _REACH)):
        if ends_sentence(words, i):
            break
        word = words.word(i).lower()
        if word in lex.scheduled or (word in lex.future and word not in lex.weak):
            return 1 if opens or i - last < 4 else 0
        if _is_past(word, lex):
            return -2 if opens and word not in lex.reporting else -1
    return 0


def _is_past(word: str, lex: _Lexicon) -> bool:
    return word in lex.past or (word.endswith("ed") and len(word) > 3 and word not in lex.not_past)
