"""How a draft's quotation stands to the words of a source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.answer.wording import Wording, pieces

CASES = tomllib.loads((Path(__file__).parent / "data/wording.toml").read_text("utf-8"))["case"]
WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=6), min_size=1, max_size=30)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_drafts_words_against_a_source(case: dict) -> None:
    got = Wording(case["source"]).compare(pieces(case["draft"]))
    verdict = "none" if got is None else "verbatim" if got.verbatim else "altered"
    assert verdict == case["verdict"]
    if "at" in case:
        assert case["source"][got.start : got.end] == case["at"]
    if "differences" in case:
        assert [[d.op, d.draft, d.source, d.marked] for d in got.differences] == case["differences"]


@given(WORDS, WORDS, WORDS)
def test_words_copied_out_of_a_source_are_verbatim(before, said, after) -> None:
    source = " ".join([*before, *said, *after])
    got = Wording(source).compare(pieces(" ".join(said)))
    assert got is not None
    assert got.verbatim
    assert got.similarity == 100
    assert source[got.start : got.end].split() == said


@given(WORDS, st.integers(0, 29))
def test_one_exchanged_word_is_never_verbatim(said, place) -> None:
    changed = list(said)
    changed[place % len(said)] = "zzzz"
    got = Wording(" ".join(said)).compare(pieces(" ".join(changed)))
    assert got is None or not got.verbatim


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_two_texts_can_be_compared(source, draft) -> None:
    got = Wording(source).compare(pieces(draft))
    assert got is None or 0 <= got.start < got.end <= len(source)


def test_words_outside_the_given_spans_are_not_looked_at() -> None:
    source = "“Yes,” she said, “we go.”"
    spoken = [(1, 4), (17, 23)]
    got = Wording(source, spoken).compare(pieces("Yes, we go"))
    assert got is not None
    assert got.verbatim
