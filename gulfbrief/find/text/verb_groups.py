"""Verb groups without a tagger: which tokens are verbs is told from forms, lists and neighbours.

A verb group is what says one thing of one subject: "will be inspected", "has not said", "to cut".
The lists are data (``lexicon/verbs.toml``); regular forms follow from the base forms by rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from .word_classes import CLASSES, classes_of, third_person
from .word_lists import word_lists

Tense = Literal["past", "present", "future", "conditional", "bare"]

_CONTRACTED = re.compile(
    r"(?:i|you|he|she|it|we|they|who|that|there|what)['’](?:ll|d|ve|re|m|s)$", re.IGNORECASE
)
_BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())
_HAVE = frozenset("have has had having haven't hasn't hadn't".split())
_DO = frozenset("do does did don't doesn't didn't".split())
_PAST_AUXILIARY = frozenset("was were had did wasn't weren't hadn't didn't".split())


class Lexicon(dict[str, frozenset[str]]):
    """The word lists of ``lexicon/verbs.toml`` as sets by name; four have attributes of their own,
    regular forms added."""

    __slots__ = ("base", "participle", "past", "third")

    def __init__(self, lists: dict[str, frozenset[str]]) -> None:
        super().__init__(lists)
        self.past, self.participle, self.base = lists["past"], lists["participle"], lists["base"]
        self.third = frozenset(map(third_person, self.base))


@cache
def lexicon() -> Lexicon:
    return Lexicon(word_lists("verbs.toml"))


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group: tokens ``start`` to ``end`` (exclusive) of the sentence's tokens.

    ``bare`` tense means a form in -ed or a participle with no auxiliary: a past, or a reduced
    relative ("the boats detained in May"). ``head`` is its last verb, ``infinitive`` is true for
    "to cut"; ``planned`` for "is to sail".
    """

    start: int
    end: int
    tense: Tense
    head: str
    infinitive: bool = False
    planned: bool = False
    participle: bool = False

    @property
    def finite(self) -> bool:
        """Whether it is neither an infinitive nor a participle."""
        return not (self.infinitive or self.participle)


def plain(tokens: Iterable[str]) -> list[str]:
    """The tokens in lower case, with plain apostrophes: what ``groups`` reads."""
    return [t.replace("’", "'") if "’" in t else t for t in map(str.lower, tokens)]


def groups(tokens: Sequence[str], lower: list[str], masked: Collection[int]) -> list[Group]:
    """The verb groups of one sentence, in order, none overlapping another.

    ``lower`` are its tokens as ``plain`` makes them, ``masked`` the tokens of dates and names,
    which are never verbs. One pass; each step looks at a fixed number of neighbours.
    """
    found = list(_groups(tokens, lower, masked))
    if all(g.infinitive for g in found):
        only = _only_verb(tokens, lower, masked)
        if only is not None:
            found = sorted([*found, only], key=lambda g: g.start)
    return found


def first_group(tokens: Sequence[str], lower: list[str], masked: Collection[int]) -> Group | None:
    """The first of ``groups``, null where there is none."""
    found = next(_groups(tokens, lower, masked), None)
    if found is None or found.infinitive:
        return next(iter(groups(tokens, lower, masked)), None)
    return found


def _groups(tokens: Sequence[str], lower: list[str], masked: Collection[int]) -> Iterator[Group]:
    """The verb groups of one sentence from its left."""
    before: list[Group] = []
    end = 0
    for i in [i for i, word in enumerate(lower) if _may_begin(word)]:
        if i < end or i in masked:
            continue
        group = _group(tokens, lower, masked, i, before)
        if group:
            before.append(group)
            yield group
            end = group.end


@lru_cache(maxsize=1 << 14)
def _may_begin(word: str) -> bool:
    """Whether a word by itself may begin a verb group."""
    lex = lexicon()
    if word == "to" or "'" in word or word in lex["modal"] or word in lex["auxiliary"]:
        return True
    if word in lex["not_verbs"]:
        return False
    verb = word in lex.past or word in lex.participle or word in lex.third or _is_base(word)
    return verb or word.endswith("ed") or "z" in classes_of(word)


def _only_verb(tokens: Sequence[str], lower: list[str], masked: Collection[int]) -> Group | None:
    """In a sentence without a verb so far, a word that is a noun as often ("Iran exports oil",
    "the ministry plans to cut"): after a name, or before an infinitive."""
    for i in range(1, len(tokens) - 1):
        word, before = lower[i], lower[i - 1]
        if i in masked or not tokens[i][0].islower():
            continue
        opens = i == 1 and tokens[0].istitle() and before.isalpha() and not before.endswith("s")
        if opens and word in lexicon().third and lower[i + 1] in ("on", "the", "a", "an", "its"):
            return Group(i, i + 1, "present", word)  # Parliament votes on the budget
        if not _has(word, "zb"):
            continue
        named = i - 1 in masked and not before.endswith(("'s", "s'"))
        leads = lower[i + 1] == "to" and before not in lexicon()["determiner"]
        if (named or leads) and not _noun_place(lower, masked, i):
            return Group(i, i + 1, "present", word)
    return None


def _group(
    tokens: Sequence[str],
    lower: list[str],
    masked: Collection[int],
    i: int,
    found: list[Group],
) -> Group | None:
    lex = lexicon()
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if word == "to":
        return _infinitive(tokens, lower, masked, i)
    contracted = "'" in word and _CONTRACTED.match(word)
    if (
        word in lex["modal"]
        and before not in lex["determiner"]
        and not (before in lex["preposition"] and i - 1 not in masked)
        and not (word == "may" and i > 0 and tokens[i][0].isupper())
    ):
        tense: Tense = "conditional" if word in lex["conditional_modal"] else "future"
        return _extend(lower, masked, i, tense)
    if contracted:
        tail = word.rsplit("'", 1)[1]
        if tail == "s" and word.startswith(("who", "what")) is False and not _verbal(after):
            return Group(i, i + 1, "present", "is")
        tense = "future" if tail in ("ll", "d") and after not in ("been", "had") else "present"
        return _extend(lower, masked, i, tense)
    named = word == "am" and tokens[i][0].isupper()
    if word in lex["auxiliary"] and word not in ("be", "been", "being", "having") and not named:
        tense = "past" if word in _PAST_AUXILIARY else "present"
        return _extend(lower, masked, i, tense)
    if not tokens[i][:1].isalpha() or word in lex["not_verbs"]:
        return None
    if before == "," and word in lex["condition"]:
        return None
    if _noun_place(lower, masked, i):
        return None
    if i > 0 and tokens[i][0].isupper() and not _after_mark(tokens, i):
        return None
    if word in lex.past:
        ambiguous = word in lex.participle
        return Group(i, i + 1, "bare" if _can_be_reduced(word) or ambiguous else "past", word)
    if word in lex.participle:
        return Group(i, i + 1, "bare", word, participle=True)
    if len(word) > 4 and word.endswith("ed") and word.isalpha() and _has(word, "de"):
        return Group(i, i + 1, "bare", word)
    if _present(tokens, lower, masked, i, found):
        return Group(i, i + 1, "present", word)
    return None


def _can_be_reduced(word: str) -> bool:
    return word in lexicon()["past_participle"]


def _after_mark(tokens: Sequence[str], i: int) -> bool:
    return tokens[i - 1] in {'"', "“", "‘", "'", "«", ":", "(", ".", "?", "!"}


def _noun_place(lower: list[str], masked: Collection[int], i: int) -> bool:
    """Whether the neighbours make token ``i`` a noun or an adjective ("the cut", "its planned")."""
    if i == 0:
        return False
    lex = lexicon()
    before = lower[i - 1]
    if i - 1 in masked:
        return before.endswith(("'s", "s'")) and not before.startswith("'")
    if before in lex["determiner"] or before.endswith(("'s", "s'")) or before in ("more", "most"):
        return True
    if before in lex["preposition"] and before not in ("than", "as", "off", "out", "up", "down"):
        return True
    if classes_of(before)[0] == "j" and classes_of(lower[i])[0] in "nzb" and not adverb(before):
        return True
    number = before[:1].isdigit() or before in lex["number"]
    return number and i + 1 < len(lower) and lower[i + 1].endswith("s")


def _verbal(word: str) -> bool:
    lex = lexicon()
    return (
        word in lex.past
        or word in lex.participle
        or word.endswith(("ed", "ing"))
        or word in lex["light"]
    )


def _has(word: str, letters: str) -> bool:
    """Whether a word may be of one of these classes (letters of ``quotes/words.py``)."""
    return any(disambiguated in letters for disambiguated in classes_of(word))


def _is_base(word: str) -> bool:
    return word in lexicon().base or _has(word, "b")


def _noun_first(word: str) -> bool:
    """Whether a word is a noun more often than a verb ("talks", "plan")."""
    return classes_of(word)[0] in "nj"


def adverb(word: str) -> bool:
    return (word.endswith("ly") and len(word) > 4) or word in lexicon()["light"]


def _extend(lower: list[str], masked: Collection[int], i: int, tense: Tense) -> Group:
    """The group that an auxiliary at ``i`` begins: adverbs, further auxiliaries, the verb."""
    lex = lexicon()
    first = lower[i]
    modal = tense in ("future", "conditional") or first in _DO
    end, head, planned = i + 1, first, False
    be, have = first in _BE or first.endswith(("'s", "'re", "'m")), first in _HAVE
    j = i + 1
    while j < len(lower) and j - end < 4 and j not in masked:
        word = lower[j]
        if word in ("be", "been", "being", "have") or (word == "having" and be):
            be, have, modal = word != "have", word == "have", False
        elif word in lex.past or word in lex.participle or (word.endswith("ed") and len(word) > 3):
            if not (be or have) and word not in lex.base:
                break
            j += 1
            end, head = j, word
            break
        elif word.endswith("ing") and be and len(word) > 4:
            head, end, be = word, j + 1, False
            if word == "going" and lower[j + 1 : j + 2] == ["to"]:
                planned = True
            break
        elif be and word == "to" and end == j and j + 1 < len(lower):
            planned = True
            end, head = min(j + 2, len(lower)), lower[j + 1]
            j += 2
            be, have = head == "be", head == "have"
            continue
        elif modal and (
            _is_base(word) or (not have and word.isalpha() and not adverb(word) and end == j)
        ):
            end, head = j + 1, word
            break
        elif not adverb(word):
            break
        else:
            j += 1
            continue
        j += 1
        end, head = j, word
    return Group(i, end, tense, head, planned=planned)


def _infinitive(
    tokens: Sequence[str], lower: list[str], masked: Collection[int], i: int
) -> Group | None:
    lex = lexicon()
    j = i + 1
    while j < len(lower) and j - i < 3 and adverb(lower[j]) and lower[j] not in lex.base:
        j += 1
    if j >= len(lower) or j in masked or not tokens[j][0].islower():
        return None
    word = lower[j]
    if word in ("be", "have"):
        group = _extend(lower, masked, j, "present")
        return Group(i, group.end, "present", group.head, infinitive=True)
    if _is_base(word) or word.removeprefix("re") in lex.base:
        return Group(i, j + 1, "present", word, infinitive=True)
    if word == "do":
        return Group(i, j + 1, "present", word, infinitive=True)
    governed = i > 0 and (lower[i - 1] in lex["plan"] or lower[i - 1] in ("able", "began", "tried"))
    small = word in lex["determiner"] or word in lex["preposition"] or word in lex["subject"]
    if governed and word.isalpha() and not small and not word.endswith(("s", "ing", "ed")):
        return Group(i, j + 1, "present", word, infinitive=True)
    return None


def stands_as_present(before: str, word: str, after: str, *, named: bool, dated: bool) -> bool:
    """Whether ``word`` is a verb in the present tense between two tokens as written. ``named`` says
    that the token before belongs to a name, ``dated`` that the one after begins a date."""
    lower = plain((before, word, after))
    masked = {0} if named else set[int]()
    if dated:
        masked.add(2)
    if lower[0] in lexicon()["auxiliary"] or lower[0] in lexicon()["modal"]:
        return False
    if lower[1] in lexicon()["not_verbs"] or _noun_place(lower, masked, 1):
        return False
    if lower[1] in lexicon().third and lower[1] not in CLASSES and before.isalpha():
        return after.lower() in lexicon()["preposition"] or dated or not after.isalnum()
    return _present((before, word, after), lower, masked, 1, [])


def _present(
    tokens: Sequence[str],
    lower: list[str],
    masked: Collection[int],
    i: int,
    found: list[Group],
) -> bool:
    """Whether token ``i`` is a verb in the present tense: its form fits its subject, and what
    follows can follow a verb."""
    lex = lexicon()
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    next_can_follow = (
        i + 1 in masked
        or after in lex["determiner"]
        or after in lex["preposition"]
        or after in ("that", "him", "them", "me", "us", "it", ",", ".", ";", ":", "")
        or after in lex["subject"]
        or adverb(after)
        or after.isdigit()
    )
    pronoun = before in lex["subject"] or before in ("that", "which", "who")
    joined = bool(found) and before in lex["coordinator"] and found[-1].tense in (
        "present", "future", "conditional"
    )  # fmt: skip
    if word in lex.third or "z" in classes_of(word):
        if pronoun or joined:
            return True
        if found and before in lex["coordinator"] and (after == "to" or not _noun_first(word)):
            return True
        name = i - 1 in masked
        singular = before.isalpha() and not before.endswith("s") and i > 0
        if after in lex["modal"] or after in lex["auxiliary"] or after in lex.past:
            return False
        return (name or not _noun_first(word)) and (
            next_can_follow and (name or singular or before in (",", ")", '"', "”"))
        )
    if _is_base(word):
        if before in ("i", "we", "they", "you", "who", "that", "which"):
            return True
        if joined:
            return next_can_follow
        plural = before.isalpha() and before.endswith("s") and not before.endswith("ss")
        verb_only = not _noun_first(word) and after.isalpha()
        fits = next_can_follow or verb_only
        return plural and i - 1 not in masked and fits and before not in lex.past
    return False
