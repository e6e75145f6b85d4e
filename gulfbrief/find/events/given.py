"""Nouns that were told before an entry: "signed the bill", which nobody understands alone."""

from __future__ import annotations

from ..quotes.senses import noun_field
from ..text.verb_groups import Group
from ..text.word_classes import classes_of
from .sentence import Sentence

_DEFINING = frozenset(
    "of that which who whom whose to for against between from about where behind called named over"
    " into under around when why".split()
)
_PLACING = frozenset("in on at near with by after before".split())
_POINTING = frozenset("it them him her which".split())
_BODIES = frozenset(
    "company firm group agency department panel committee retailer giant bank carrier airline"
    " party club school university college network station paper newspaper magazine".split()
)  # stand for an actor named before
_PEOPLE = frozenset(
    "judge officer officers suspect suspects man woman men victim victims couple family senator"
    " candidate mayor governor lawmaker congressman congresswoman minister leader actor singer"
    " former".split()
)
# Of WordNet's kinds of nouns: acts, attributes, thoughts, utterances, happenings, feelings,
# motives, phenomena, processes, quantities, relations, states; groups and people.
_MATTERS = frozenset("4 7 9 10 11 12 14 16 18 19 22 23 24 26".split())
_ADVERBIAL = frozenset("outright together altogether again too anyway early late alone".split())
_RELATED = ("al", "ic", "ary", "ar", "an")
_NOUNS = 5  # words of a noun phrase behind its "the"
_NEAR = 2  # tokens between a verb and its object
_FAR = 10  # tokens behind a verb within which such limits, these shops count
_FIRST = frozenset("i we my our me us myself ourselves you your".split())


def told_before(s: Sentence, start: int, end: int, verb: Group | None) -> bool:
    """Whether the words from ``start`` to ``end`` (code points), ruled by ``verb``, speak of
    something by a bare "the" that they do not name themselves: handed over the letter; not "the
    letter of the mayor". Before the verb and right behind it any such noun counts, farther off
    those that as a rule are told before."""
    lo, hi = s.token(start), min(s.token(end), len(s.tokens))
    if any(_points(s, k, hi) for k in range(lo, hi)):
        return True
    if verb is not None and _faceless(s, lo, verb.start):
        return True
    opened = 0  # quotation marks
    for k in range(lo, hi):
        opened += (s.tokens[k] == "“") - (s.tokens[k] == "”")
        if opened > 0:
            continue
        if s.lower[k] in _FIRST and s.tokens[k] not in ("US", "ME"):
            return True  # our event
        if verb is not None and k - verb.end <= _FAR and _pointing(s, k, lo, hi):
            return True
        if s.lower[k] != "the" or k + 1 >= hi:
            continue
        core = verb is not None and k - verb.end <= _NEAR
        told = s.lower[k + 1] in s.lex["given"] and s.tokens[k + 1].islower()
        if told and s.lower[k + 1] not in s.lower[lo:k]:
            if not _defined(s, k + 2, hi) and not _stands_for(s, s.lower[k + 1], start, k):
                return True
        elif core and _unknown(s, k, start, lo, hi):
            return True
    return False


_RULERS = frozenset(
    "president premier chancellor king queen pope minister lady north south".split()
)


def _faceless(s: Sentence, lo: int, verb: int) -> bool:
    """Whether the subject is somebody by a bare "the" of whom no name is known: the first lady."""
    k = verb - 1
    while k > lo and (k in s.date_of or s.lower[k] in s.lex["light"] or s.lower[k].endswith("ly")):
        k -= 1
    noun = s.lower[k]
    begin = k
    while begin > lo and s.lower[begin] != "the" and s.tokens[begin][0].isalpha() and k - begin < 4:
        begin -= 1
    if (
        s.lower[begin] != "the"
        or begin == k
        or any(s.lower[j] in s.lex["preposition"] for j in range(begin + 1, k))
    ):
        return False
    if any(
        m.actor
        for m in s.mentions
        if s.text.starts[s.first + begin] <= m.start < s.text.ends[s.first + k]
    ):
        return False
    plain = all(s.tokens[j].islower() for j in range(begin + 1, k))
    return plain and noun in _RULERS


def _pointing(s: Sentence, k: int, lo: int, hi: int) -> bool:
    """Whether a noun is told by pointing to one before: such limits, this column."""
    if k + 1 >= hi or k in s.date_of or k + 1 in s.date_of:
        return False
    noun = classes_of(s.lower[k + 1])[0] == "n" and not s.in_group(k + 1)
    noun = noun and s.lower[k + 1] not in s.lower[lo:k]
    after = s.lower[k + 2] if k + 2 < hi else "."
    if s.lower[k] in ("such", "similar"):
        return noun and after not in ("as", "to") and s.lower[k - 1 : k] not in (["no"], ["with"])
    if s.lower[k] == "that":
        return (
            noun and after in (".", ",", "on", "in") and s.lower[k - 1] in ("back", "for", "with")
        )
    return s.lower[k] in ("this", "these", "those") and noun and after not in ("who", "that", "of")


def _unknown(s: Sentence, k: int, start: int, lo: int, hi: int) -> bool:
    """Whether the noun phrase that "the" at token ``k`` begins is one told before: nothing in it
    or behind it tells which one is meant."""
    at = k + 1
    while at < min(hi, k + 1 + _NOUNS):
        word = s.lower[at]
        phrase = word[0].isalpha() and at not in s.date_of and not s.closed(at)
        if not phrase or (s.in_group(at) and at > k + 1) or classes_of(word)[0] in "rimxtcswy":
            break
        at += 1
    words = range(k + 1, at)
    if not words or any(not s.tokens[j].islower() for j in words):
        return False  # at six on the Friday; the Lund deal
    noun = s.lower[at - 1]
    field = noun_field(noun)
    if _held(s, k) or not (field in _MATTERS or (field == "6" and s.in_group(k - 1))):
        return False  # the clerk, whose name is known
    if classes_of(noun)[0] in "jga" and not s.in_group(at - 1):
        return False  # the wounded, the biggest
    if s.lower[at - 2].endswith(("'s", "’s", "s'", "s’")):
        return False  # the president's lawyers
    if (
        noun_field(noun) == "18"
        and len(words) > 1
        and not {"of", "who"} & set(s.lower[at : at + 1])
    ):
        known = noun in s.lex["unique"] or noun in s.lex["common"]
        return not known and not _stands_for(s, noun, start, k)
    if noun in s.lex["unique"] or noun in s.lex["common"] or noun in s.lower[lo:k]:
        return False
    if any(s.lower[j] in s.lex["common"] or _telling(s.lower[j]) for j in words[:-1]):
        return False
    return not _defined(s, at, hi) and not _stands_for(s, noun, start, k)


def _held(s: Sentence, k: int) -> bool:
    """Whether a mention of a known actor begins at token ``k``."""
    offset = s.text.starts[s.first + k]
    return any(m.start == offset and m.actor for m in s.mentions)


def _telling(word: str) -> bool:
    """Whether a word before a noun tells which one is meant: the minimum wage, the tax bill."""
    if word in ("first", "second", "third", "last", "only", "most", "least"):
        return True
    if "-" in word or word.endswith(("'s", "’s", "s'", "s’")):
        return True
    kind = classes_of(word)[0]
    if word.endswith("est") and word != "latest" and len(word) > 4 and kind != "n":
        return True
    if kind == "j":
        return word.endswith(_RELATED) and word not in _UNSPECIFIC
    return kind == "n"


_UNSPECIFIC = frozenset(
    "controversial special final initial original actual critical crucial historic dramatic usual"
    " unusual similar brutal fatal tragic horrific real local general total popular familiar"
    " public".split()
)


def _defined(s: Sentence, k: int, hi: int) -> bool:
    """Whether what follows a noun tells which one is meant."""
    if k >= hi:
        return False
    word = s.lower[k]
    if word in ("'s", "’s") or word in _DEFINING:
        return True
    if word == "," and k + 1 < hi and s.tokens[k + 1][:1].isupper():
        return True  # the book, A Day at Sea
    if word in _PLACING:
        return k + 1 < hi and k + 1 not in s.date_of and s.lower[k + 1] not in _POINTING
    if k in s.date_of or not word[0].isalpha() or s.closed(k):
        return False
    if word in _ADVERBIAL or word.endswith("ly") or classes_of(word)[0] == "r":
        return False
    # the report published here, the case worker: a noun or a participle
    if s.in_group(k):
        return classes_of(word)[0] in "eg"
    return not s.tokens[k].islower() or classes_of(word)[0] == "j" or noun_field(word) != "?"


def _points(s: Sentence, k: int, hi: int) -> bool:
    """Whether a mere "that" or "this" stands behind a preposition: spoke about that on Monday."""
    if s.lower[k] not in ("that", "this") or k in s.date_of:
        return False
    if k == 0 or s.lower[k - 1] not in s.lex["preposition"]:
        return False
    after = s.lower[k + 1] if k + 1 < hi else "."
    return k + 1 in s.date_of or not after[0].isalnum() or after in _PLACING


def _stands_for(s: Sentence, noun: str, start: int, k: int) -> bool:
    """Whether an actor named before in the words may be meant."""
    at = s.text.starts[s.first + k]
    kinds = {m.type for m in s.mentions if start <= m.start < at}
    field = noun_field(noun)
    if noun in _PEOPLE or field == "18":
        return bool(kinds - {"nationality"}) if noun in _BODIES else "person" in kinds
    return (noun in _BODIES or field == "14") and bool(kinds - {"person", "nationality"})
