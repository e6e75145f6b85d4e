"""The verbs near a date: which words are verbs, and of what time each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..text.verb_groups import stands_as_present
from ..text.word_classes import CLASSES, classes_of
from ..text.word_lists import word_lists
from .tokens import BREAK, OTHER, DateTokens, lexicon

ENDING = frozenset(".!?;:")
_CREDITS = frozenset(("Photo", "PHOTO", "Getty", "AFP", "Images", "File", "Pool", "Photograph"))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    future: frozenset[str]
    weak: frozenset[str]
    governors: frozenset[str]
    reporting: frozenset[str]
    scheduled: frozenset[str]
    scheduled_plural: frozenset[str]
    refused: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    past: frozenset[str]
    fixing: frozenset[str]
    joints: frozenset[str]
    not_past: frozenset[str]
    bridges: frozenset[str]
    arranged: frozenset[str]
    particles: frozenset[str]
    unforeseen: frozenset[str]
    parts: frozenset[str]
    planned: frozenset[str]
    stative: frozenset[str]


@cache
def forms() -> _Lexicon:
    return _Lexicon(**word_lists("tense.toml"))


def ends_sentence(words: DateTokens, i: int) -> bool:
    """Whether a sentence (or what stands before a colon) ends at token ``i``."""
    return bool((words.ended or sentence_ends(words))[i])


def sentence_ends(words: DateTokens) -> bytearray:
    """``words.ended``, filled in where it is not yet."""
    if not words.ended:
        count = len(words.tokens)
        words.ended, words.dots = bytearray(count + 1), bytearray(count + 1)
        for i, (token, kind) in enumerate(zip(words.tokens, words.kinds, strict=True)):
            if (token in ENDING or kind == BREAK) and _ends_sentence(words, i):
                words.ended[i] = 1
                words.dots[i] = token == "."
    return words.ended


def _ends_sentence(words: DateTokens, i: int) -> bool:
    if words.kinds[i] == BREAK:
        return True
    word = words.word(i)
    if word == ".":
        after = words.word(i + 1)
        if after and after in "\"'”’»)(":
            after = words.word(i + 2)
        before = words.word(i - 1)
        short = before.isalpha() and before[0].isupper() and len(before) < 3
        return after[:1].isupper() and not short and words.kinds[i] != lexicon().letters["POINT"]
    return word in {"!", "?", ";"} or (word == ":" and words.word(i + 1)[:1].isupper())


def is_possessive(words: DateTokens, last: int) -> bool:
    """Whether what ends before token ``last`` owns what follows: Monday | 's vote."""
    return words.word(last) in {"'", "’"} and words.word(last + 1) == "s"


def is_verb(word: str) -> bool:
    """Whether a word after "to" may be a verb, not a noun or an article that may follow too."""
    plural = word.endswith("s") and not word.endswith("ss")
    if not word[:1].islower() or plural or word in forms().articles:
        return False
    return classes_of(word)[0] != "r"  # fell to just 30


def is_progressive(words: DateTokens, i: int) -> bool:
    """Is leaving, they're leaving, he's leaving; not the minister's leaving speech."""
    previous = words.lower[i - 1]
    if previous == "s":
        return words.lower[i - 3] in {"he", "she", "it", "who"}
    return previous in {"is", "are", "am", "m", "re"}


def is_present(words: DateTokens, i: int, first: int) -> bool:
    """Whether token ``i`` is a verb in the present before the date at ``first``, which then tells a
    schedule: the hearing is on Monday, councillors vote on Tuesday. Headlines and captions tell
    what has happened in the present, so that the sentence must be whole."""
    token = words.word(i)
    word = token.lower()
    if word in {"is", "are"}:
        small = {"on", "at", "by", "due", "a", "the", "this", "also", "vote", "debate", "meeting"}
        between = range(i + 1, first)
        there = words.lower[i - 1] == "there"
        near = len(between) <= (6 if there else 3)
        if not near or not (there or all(words.lower[j] in small - {"vote"} for j in between)):
            return False
    elif (
        token != word
        or words.kinds[i] != OTHER
        or word in forms().stative
        or word in forms().past
        or word in forms().unforeseen
        or first - i > 12
        or (is_past(words, i - 2) and words.lower[i - 2] not in forms().reporting)
        or not stands(words, i)
    ):
        return False
    return _whole_sentence(words, i)


def stands(words: DateTokens, i: int) -> bool:
    before, after = words.word(i - 1), words.word(i + 1)
    if not before or words.kinds[i - 1] == BREAK or words.word(i - 2) in {"'", "’"}:
        return False
    named = before[:1].isupper() and words.kinds[i - 1] == OTHER
    if named and (i < 2 or ends_sentence(words, i - 2)):
        named = before.lower() not in CLASSES and not before.endswith("s")
    dated = words.kinds[i + 1 : i + 2] not in ("", OTHER, BREAK) and after[:1].isupper()
    return stands_as_present(before, words.word(i), after, named=named, dated=dated)


def _whole_sentence(words: DateTokens, i: int) -> bool:
    """Whether the sentence of token ``i`` ends with a full stop, and no credit follows it."""
    reach = min(len(words.kinds), i + 80)
    ahead = words.kinds.find(BREAK, i, reach)
    reach = ahead if ahead >= 0 else reach
    sentence_ends(words)
    dot = words.dots.find(1, i, reach)
    at = dot if dot >= 0 else reach
    if words.word(at) != "." and words.word(at - 1) not in {".", "”", '"', ")", "!", "’", "'"}:
        return False
    return _CREDITS.isdisjoint(words.tokens[i : at + 6])


def in_calendar(words: DateTokens, i: int) -> bool:
    """Whether a simple present is that of a calendar: talks start, it opens; not "to meet", "did
    not begin", "a rocky start"."""
    lex = forms()
    word, previous = words.word(i), words.lower[i - 1]
    if previous == "to" or words.lower[i - 2] in {"did", "didn"}:
        return False
    if word in lex.scheduled:
        return True
    plural = previous.endswith("s") and len(previous) > 4
    several = plural or previous in {"they", "we", "and"} or words.word(i - 1)[:1].isupper()
    return word in lex.scheduled_plural and several


def is_to_come(words: DateTokens, i: int) -> bool:
    """Whether the participle at ``i`` follows a future word: will be signed, due to be opened."""
    lex = forms()
    for j in range(i - 1, max(-1, i - 6), -1):
        word = words.lower[j]
        if word in lex.future or (word == "won" and words.word(j + 2) == "t"):
            return True
        if word in {"t", "'", "’"}:
            continue  # won't be made
        if word == "to" and words.lower[j + 1] in {"be", "stay", "remain"}:
            return True
        if word not in lex.bridges and not word.endswith("ly"):
            return False
    return False


def is_adjective(words: DateTokens, i: int) -> bool:
    """Whether a word in -ed before a noun is no verb, since its clause has one to come: "will
    redeem the preferred shares on 31 October"."""
    lex = forms()
    if words.lower[i] in lex.past or words.kinds[i + 1] != OTHER:
        return False
    for j in range(i - 1, max(-1, i - 11), -1):
        word = words.lower[j]
        if word in lex.future or (word == "set" and words.lower[j + 1] == "to"):
            return True
        if not word.isalnum() or word in lex.joints:
            return False
    return False


def is_past(words: DateTokens, i: int) -> bool:
    """Whether a word is a past form, and not a noun or an infinitive of the same shape (a shot, to
    put, delegate-packed)."""
    lex = forms()
    word = words.lower[i]
    if word == "won" and words.word(i + 2) == "t":
        return False  # won't
    if word not in lex.past:
        regular = word.endswith("ed") and len(word) > 3 and word not in lex.not_past
        if not regular:
            return False
    previous = words.lower[i - 1]
    if previous == "that" and word not in _NOUNS_TOO:
        return True  # a fire that took place
    return previous not in lex.articles and previous not in {"to", "-"}


_NOUNS_TOO = frozenset("shot cut put set hit lead read split spread thrust cost hurt cast".split())
