"""Queries with a known right answer, drawn from texts: clean, misspelt, half remembered.

The words of a query stand in one document only, so that there is one right answer; a slip is a
letter left out, put in, changed, or two exchanged, never in the first place twice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_WORD = re.compile(r"[^\W_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Asked:
    """A query and the path of the document it was drawn from."""

    text: str
    path: str


def phrases(
    paths: Sequence[Path], number: int, chance: random.Random, lengths: tuple[int, int] = (2, 4)
) -> list[Asked]:
    """Words that follow one another in one document only."""
    texts = {str(p): p.read_text("utf-8", "replace") for p in paths}
    lines = {p: f" {' '.join(_WORD.findall(t.lower()))} " for p, t in texts.items()}
    names = sorted(lines)
    out: list[Asked] = []
    while len(out) < number:
        path = chance.choice(names)
        tokens = lines[path].split()
        length = chance.randint(*lengths)
        if len(tokens) <= length + 5:
            continue
        at = chance.randrange(len(tokens) - length)
        chosen = tokens[at : at + length]
        if not phrase_like(chosen):
            continue
        phrase = f" {' '.join(chosen)} "
        if len(list(islice((1 for line in lines.values() if phrase in line), 2))) == 1:
            out.append(Asked(" ".join(chosen), path))
    return out


def phrase_like(chosen: Sequence[str]) -> bool:
    """Words that somebody would type: of letters, none tiny, one of some length."""
    lengths = [len(w) for w in chosen]
    return all(w.isalpha() for w in chosen) and min(lengths) >= 3 and max(lengths) >= 5


def scattered(paths: Sequence[Path], number: int, chance: random.Random) -> list[Asked]:
    """Two to four words of one sentence, in order but with gaps, all in one document only."""
    texts = {str(p): p.read_text("utf-8", "replace") for p in paths}
    bags = {p: set(_WORD.findall(t.lower())) for p, t in texts.items()}
    holders: dict[str, set[str]] = {}
    for path, bag in bags.items():
        for word in bag:
            holders.setdefault(word, set()).add(path)
    names = sorted(texts)
    out: list[Asked] = []
    while len(out) < number:
        path = chance.choice(names)
        sentence = chance.choice(re.split(r"(?<=[.!?])\s|\n\n", texts[path]))
        tokens = [w for w in _WORD.findall(sentence.lower()) if len(w) >= 5 and w.isalpha()]
        if len(tokens) < 4:
            continue
        length = chance.randint(2, 4)
        chosen = [tokens[i] for i in sorted(chance.sample(range(len(tokens)), length))]
        if set.intersection(*(holders[w] for w in chosen)) == {path}:
            out.append(Asked(" ".join(chosen), path))
    return out


def slips(query: str, number: int, chance: random.Random) -> str:
    """``query`` with ``number`` typing errors in words of four letters or more."""
    tokens = query.split()
    for _ in range(number):
        long = [i for i, w in enumerate(tokens) if len(w) >= 4]
        if not long:
            return " ".join(tokens)
        i = chance.choice(long)
        tokens[i] = _slip(tokens[i], chance)
    return " ".join(tokens)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(_LETTERS)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def half_remembered(query: str, chance: random.Random) -> str:
    """``query`` with a word missing, two exchanged, or one inflected otherwise."""
    tokens = query.split()
    kind = chance.randrange(3)
    if kind == 0 and len(tokens) > 2:
        del tokens[chance.randrange(len(tokens))]
    elif kind == 1:
        at = chance.randrange(len(tokens) - 1)
        tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
    else:
        long = max(range(len(tokens)), key=lambda i: len(tokens[i]))
        word = tokens[long]
        for ending, other in (("ing", "ed"), ("ed", "ing"), ("ies", "y"), ("s", ""), ("", "s")):
            if word.endswith(ending):
                tokens[long] = word.removesuffix(ending) + other
                break
    return " ".join(tokens)
