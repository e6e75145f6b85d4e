"""The gold texts for pronoun and role speakers: how often the right one is answered.

``[he|Badr Saleh]`` in a text of tests/data/speakers marks a source and the fullest name of whom
it means; ``?`` says that the text does not tell.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from gulfbrief.find import find
from gulfbrief.model import Document, Speaker

FOLDER = Path(__file__).parent / "data" / "speakers"
MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


@dataclass(frozen=True)
class Wanted:
    start: int
    end: int
    words: str
    name: str


def unmarked(marked: str) -> tuple[str, list[Wanted]]:
    """The text without its marks, and what they want."""
    text, wanted, at = "", [], 0
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        wanted.append(Wanted(len(text), len(text) + len(m[1]), m[1], m[2]))
        text += m[1]
        at = m.end()
    return text + marked[at:], wanted


def texts(half: str) -> list[tuple[str, str, list[Wanted]]]:
    table = tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))["text"]
    return [(t["id"], *unmarked(t["text"])) for t in table]


def outcomes(half: str) -> list[tuple[str, Wanted, Speaker | None]]:
    """For each marked source the speaker that was found there."""
    out = []
    for name, text, wanted in texts(half):
        quotes = find(Document(name, name, text, language="en")).quotes
        speakers = [
            s for q in quotes for s in q.speakers if s.start is not None and s.how != "carried"
        ]
        for want in wanted:
            there = [s for s in speakers if s.start < want.end and want.start < s.end]
            out.append((name, want, there[0] if there else None))
    return out


# Of how many it answers, and how many rightly: one less than it does.
LEAST = {"tune": (77, 76), "check": (80, 79), "fresh": (45, 45)}


@pytest.mark.parametrize("half", ["tune", "check", "fresh"])
def test_it_answers_and_is_right_as_often_as_promised(half: str) -> None:
    found = [(want.name, speaker and speaker.name) for _, want, speaker in outcomes(half)]
    asked = [pair for pair in found if pair[0] != "?"]
    answered = [pair for pair in asked if pair[1] is not None]
    right = [pair for pair in answered if pair[0] == pair[1]]
    least_answered, least_right = LEAST[half]
    assert len(answered) >= least_answered
    assert len(right) >= least_right


@pytest.mark.parametrize("half", ["tune", "check", "fresh"])
def test_it_names_nobody_whom_the_text_does_not_tell(half: str) -> None:
    for name, want, speaker in outcomes(half):
        if want.name == "?" and speaker is not None:
            assert (name, want.words, speaker.name) == (name, want.words, None)
            assert speaker.reason


def test_the_gold_is_as_large_as_promised() -> None:
    marked = [
        want
        for half in ("tune", "check", "fresh")
        for _, _, wanted in texts(half)
        for want in wanted
    ]
    assert sum(len(texts(half)) for half in ("tune", "check", "fresh")) >= 50
    assert sum(want.name != "?" for want in marked) >= 200
