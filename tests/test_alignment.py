"""Alignment of a draft's quotation with the words of a source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.answer.alignment import SourceText, draft_tokens

CASES = tomllib.loads((Path(__file__).parent / "data/alignment.toml").read_text("utf-8"))["case"]
WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=6), min_size=1, max_size=30)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_drafts_words_against_a_source(case: dict) -> None:
    got = SourceText(case["source"]).align(draft_tokens(case["draft"]))
    verdict = "none" if got is None else "verbatim" if got.verbatim else "altered"
    assert verdict == case["verdict"]
    if "at" in case:
        assert case["source"][got.start : got.end] == case["at"]
    if "differences" in case:
        assert [[d.op, d.draft, d.source, d.marked] for d in got.differences] == case["differences"]


@given(WORDS, WORDS, WORDS)
def test_words_copied_out_of_a_source_are_verbatim(before, said, after) -> None:
    source = " ".join([*before, *said, *after])
    got = SourceText(source).align(draft_tokens(" ".join(said)))
    assert got is not None
    assert got.verbatim
    assert got.similarity == 100
    assert source[got.start : got.end].split() == said


@given(WORDS, st.integers(0, 29))
def test_one_exchanged_word_is_never_verbatim(said, place) -> None:
    changed = list(said)
    changed[place % len(said)] = "zzzz"
    got = SourceText(" ".join(said)).align(draft_tokens(" ".join(changed)))
    assert got is None or not got.verbatim


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_two_texts_can_be_compared(source, draft) -> None:
    got = SourceText(source).align(draft_tokens(draft))
    assert got is None or 0 <= got.start < got.end <= len(source)


def test_words_outside_the_given_spans_are_not_looked_at() -> None:
    source = "“Yes,” she said, “we go.”"
    spoken = [(1, 4), (17, 23)]
    got = SourceText(source, spoken).align(draft_tokens("Yes, we go"))
    assert got is not None
    assert got.verbatim


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ("This is not a riddle", ("replace", "riddle", "puzzle")),
        ("That is not a puzzle", ("replace", "That", "This")),
        ("This is a puzzle", ("delete", "", "not")),
        ("This is not really a puzzle", ("insert", "really", "")),
    ],
)
def test_a_whole_short_sentence_is_like_one_that_differs_in_one_word(draft, difference) -> None:
    said = SourceText("“This is not a puzzle,” she said. “We know it.”", [(1, 21), (36, 47)])
    got = said.align(draft_tokens(draft), whole=True)
    assert got is not None
    assert [(d.op, d.draft, d.source) for d in got.differences] == [difference]


@pytest.mark.parametrize("draft", ["This is one riddle", "Not a riddle", "It is not a riddle"])
def test_a_short_sentence_that_differs_in_two_is_another(draft) -> None:
    said = SourceText("“This is not a puzzle,” she said.", [(1, 21)])
    assert said.align(draft_tokens(draft), whole=True) is None


def test_a_part_of_a_longer_sentence_is_no_whole_one() -> None:
    said = SourceText("“In truth this is not a good idea,” she said.", [(1, 34)])
    assert said.align(draft_tokens("This is not a riddle"), whole=True) is None
