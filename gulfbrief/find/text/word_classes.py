"""Word classes: one letter a token, so that a clause can be read with a pattern over letters.

Not a part-of-speech tagger: closed classes are listed (lexicon/grammar.toml), common words looked
up (lexicon/wordclass.tsv), the rest told by their endings, and words of two classes by their
neighbour. Letters: ``a`` article, possessive or number-like beginner of a noun phrase, ``j``
adjective, ``n`` noun, ``N`` name, ``q`` possessive (Oman's), ``p`` pronoun as subject, ``o`` as
object, ``b`` base or plural verb, ``z`` verb in -s, ``d`` past, ``e`` participle, ``g`` -ing, ``x``
be/have/do, ``m`` modal, ``t`` to, ``h`` that, ``w`` question word, ``s`` subordinator, ``c``
coordinator, ``i`` preposition, ``r`` adverb, ``y`` time word, ``Q`` between quotation marks; marks
of punctuation are ``, . : - ( ) "``.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_LEXICON = Path(__file__).parent.parent / "lexicon"
_PUNCTUATION = {
    ",": ",", ".": ".", "!": ".", "?": ".", "…": ".", ":": ":", ";": ":",
    "-": "-", "–": "-", "—": "-", "―": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    "&": "N", "$": "j", "£": "j", "€": "j",
    "%": "n", "#": "j", "@": "N", "‑": "-", "*": "-", "|": "-", "•": "-",
}  # fmt: skip
_GRAMMAR_FILE = tomllib.loads((_LEXICON / "grammar.toml").read_text("utf-8"))
GRAMMAR: dict[str, str] = _GRAMMAR_FILE["lists"]
SPEECH_LISTS: dict[str, str] = tomllib.loads((_LEXICON / "speech.toml").read_text("utf-8"))
"""The lists of ``lexicon/speech.toml``, their words with spaces between."""
_APOSTROPHE_PRONOUNS = frozenset(GRAMMAR["contracted"].split())


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    classes: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    with (_LEXICON / "wordclass.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                word, letters, lemma = line.rstrip("\n").split("\t")
                classes[word] = letters
                if lemma:
                    lemmas[word] = lemma
    for group in _GRAMMAR_FILE["classes"].values():
        for word in group["words"].split():
            classes[word] = group["letter"]
    for verb in " ".join(SPEECH_LISTS[name] for name in ("say", "think", "judge")).split():
        lemmas.setdefault(verb, verb)
        classes.setdefault(verb, "bn")
        third = third_person(verb)
        if third not in classes:
            classes[third] = "zn"
        if classes[third] == "n":  # "she jokes"
            classes[third] = "nz"
        if classes[verb] == "n":  # "they joke"
            classes[verb] = "nu"
        lemmas.setdefault(third, verb)
    return classes, lemmas


def third_person(base: str) -> str:
    """The form after "he": *tries*, *goes*, *reaches*, *opens*."""
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


CLASSES, LEMMAS = _tables()


@lru_cache(maxsize=1 << 16)
def classes_of(word: str) -> str:
    """The classes a lower-case word may have, the likeliest first."""
    known = CLASSES.get(word)
    if known:
        return known
    if not word[0].isalpha():
        return _PUNCTUATION.get(word) or ("j" if word[0].isdigit() else '"')
    if word[-2:] in ("'s", "’s"):
        base = word[:-2]
        return "p" if base in _APOSTROPHE_PRONOUNS else "q"
    if "'" in word or "’" in word:
        base = word.replace("’", "'").partition("'")[0]
        return "p" if base in _APOSTROPHE_PRONOUNS else "n"
    if word.endswith("ed"):
        return "de" if len(word) > 4 else "n"
    if word.endswith("ing"):
        return "g" if len(word) > 5 else "n"
    if word.endswith("ly"):
        return "r"
    if word.endswith(
        ("al", "ous", "ive", "ful", "less", "able", "ible", "ish", "ic", "ary", "ian")
    ):
        return "j"
    if "-" in word:
        return "j"
    return "nu"


@lru_cache(maxsize=1 << 14)
def lemma(word: str) -> str:
    """The base form of a lower-case verb form ("warned" -> "warn")."""
    known = LEMMAS.get(word)
    if known:
        return known
    for ending, base in (
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("ing", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + base
            if stem in LEMMAS:
                return stem
            if stem + "e" in LEMMAS:
                return stem + "e"
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in LEMMAS:
                return stem[:-1]
            return stem
    return word


@lru_cache(maxsize=1 << 14)
def disambiguated(options: str, before: str, after: str, nearest: str = "") -> str:
    """The class of a word that may have several, by the classes before and after it.

    ``nearest`` is the class before it that is no adverb.
    """
    near = nearest or before
    if before in "dzb" and after[:1] in "nN" and ("e" in options or "j" in options):
        return "j"  # "said retired general X"
    if before in "aqj":
        for choice in "jn" if after[:1] in "nNj" else "nj":
            if choice in options:
                return choice
        return "j" if after[:1] in "nNj" else options[0]
    if near in "tmp" and "u" in options:
        return "b"
    if near in "tm":
        return "b" if "b" in options else options[0]
    if near == "x":
        for choice in "egjbn":
            if choice in options:
                return choice
    if near in ("pw" if options == "nz" else "pNw") or (near in "ny)" and options[0] != "n"):
        for choice in "dzb":
            if choice in options:
                return choice
    told = after[:1] in "aho" or (after[:1] == "t" and options == "nz" and near == "N")
    if near in "nNpw" and told:  # "critics charge that", "Oman views the", "Oman pledges to"
        for choice in "zbu":
            if choice in options:
                return "b" if choice == "u" else choice
    if near == "i":
        for choice in "ngj":
            if choice in options:
                return choice
    if "d" in options and near in 'nN,"Qc':
        return "d"
    return options[0]
