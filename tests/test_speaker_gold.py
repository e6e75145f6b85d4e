"""The gold texts for pronoun and role speakers: how often the right one is answered.

``[he|Badr Saleh]`` in a text of tests/data/speakers marks a source and the fullest name of whom
it means; ``?`` says that the text does not tell.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

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
