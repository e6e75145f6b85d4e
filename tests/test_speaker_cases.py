"""Speakers, kind by kind: each text of tests/data/speakers/cases.toml marks its sources."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from test_speaker_gold import unmarked

from gulfbrief.find import find
from gulfbrief.model import Document

FILE = Path(__file__).parent / "data" / "speakers" / "cases.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
NUMBERED = [(f"{case['kind']}-{n}", case) for n, case in enumerate(CASES)]


@pytest.mark.parametrize("case", [c for _, c in NUMBERED], ids=[name for name, _ in NUMBERED])
def test_each_source_is_who_the_text_means(case: dict) -> None:
    text, wanted = unmarked(case["text"])
    quotes = find(Document("x", "x", text, language="en")).quotes
    for want in wanted:
        there = {
            speaker.name or "?"
            for quote in quotes
            for speaker in quote.speakers
            if speaker.start is not None and speaker.start < want.end and want.start < speaker.end
        }
        assert (want.words, there) == (want.words, set(want.name.split(" + ")))
    if "carried" in case:
        untagged = [
            s.name for q in quotes if q.cue is None for s in q.speakers if s.how == "carried"
        ]
        assert untagged == case["carried"]
    if "outer" in case:
        assert [s.name for quote in quotes for s in quote.outer] == case["outer"]


def test_every_kind_has_three_texts() -> None:
    count = Counter(case["kind"] for case in CASES)
    count["names with particles"] += count.pop("shared family name")
    assert min(count.values()) >= 3
