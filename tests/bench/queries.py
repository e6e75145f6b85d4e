"""Queries with a known right answer, drawn from texts: clean, misspelt, half remembered.

The words of a query stand in one document only, so that there is one right answer; a slip is a
letter left out, put in, changed, or two exchanged, never in the first place twice.
"""

from __future__ import annotations

import random
import re
from array import array
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


class Reports:
    """Texts to draw from, and which of them hold a word."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = sorted(map(str, paths))
        self.lines: list[str] = []  # the words of each, with a space before and behind them
        self.holders: dict[str, array[int]] = {}
        for number in range(len(self.paths)):
            tokens = _WORD.findall(self.text(number).lower())
            self.lines.append(f" {' '.join(tokens)} ")
            for word in set(tokens):
                self.holders.setdefault(word, array("I")).append(number)

    def text(self, number: int) -> str:
        return Path(self.paths[number]).read_text("utf-8", "replace")

    def only(self, number: int, words: Sequence[str], wordings: Sequence[str]) -> bool:
        """Whether no text but this one holds all of ``wordings``, which are made of ``words``: only
        texts with the rarest word are looked at, and no more than the first two that are found."""
        rarest = min((self.holders[w] for w in words), key=len)
        sought = [f" {wording} " for wording in wordings]
        held = (n for n in rarest if all(s in self.lines[n] for s in sought))
        return list(islice(held, 2)) == [number]


def phrases(
    reports: Reports, number: int, chance: random.Random, lengths: tuple[int, int] = (2, 4)
) -> list[Asked]:
    """Words that follow one another in one document only."""
    out: list[Asked] = []
    while len(out) < number:
        chosen = chance.choice(range(len(reports.paths)))
        tokens = reports.lines[chosen].split()
        length = chance.randint(*lengths)
        if len(tokens) <= length + 5:
            continue
        at = chance.randrange(len(tokens) - length)
        words = tokens[at : at + length]
        if phrase_like(words) and reports.only(chosen, words, [" ".join(words)]):
            out.append(Asked(" ".join(words), reports.paths[chosen]))
    return out


def phrase_like(chosen: Sequence[str]) -> bool:
    """Words that somebody would type: of letters, none tiny, one of some length."""
    lengths = [len(w) for w in chosen]
    return all(w.isalpha() for w in chosen) and min(lengths) >= 3 and max(lengths) >= 5


def scattered(reports: Reports, number: int, chance: random.Random) -> list[Asked]:
    """Two to four words of one sentence, in order but with gaps, all in one document only."""
    out: list[Asked] = []
    while len(out) < number:
        chosen = chance.choice(range(len(reports.paths)))
        sentence = chance.choice(re.split(r"(?<=[.!?])\s|\n\n", reports.text(chosen)))
        tokens = [w for w in _WORD.findall(sentence.lower()) if len(w) >= 5 and w.isalpha()]
        if len(tokens) < 4:
            continue
        length = chance.randint(2, 4)
        words = [tokens[i] for i in sorted(chance.sample(range(len(tokens)), length))]
        if reports.only(chosen, words, words):
            out.append(Asked(" ".join(words), reports.paths[chosen]))
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
