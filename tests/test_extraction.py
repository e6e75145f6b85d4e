"""Which sentences can be read alone, and which of them say most."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.answer.extraction import (
    Sentence,
    furniture,
    opaque,
    select,
    stands_alone,
    terms,
    trimmed,
)
from gulfbrief.answer.vectors import Vectors

DATA = tomllib.loads((Path(__file__).parent / "data" / "extraction.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["alone"], ids=lambda c: c["text"][:30])
def test_a_whole_sentence_stands_alone(case) -> None:
    assert stands_alone(case["text"])


@pytest.mark.parametrize("case", DATA["not_alone"], ids=lambda c: c["why"])
def test_what_leans_on_its_neighbours_or_is_no_sentence_does_not(case) -> None:
    assert not stands_alone(case["text"])


@pytest.mark.parametrize("case", DATA["trimmed"], ids=lambda c: c["text"][:30])
def test_datelines_and_marks_of_lists_are_trimmed(case) -> None:
    text = case["text"]
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == case["rest"]


@given(st.text(max_size=120))
def test_what_is_trimmed_is_a_part_of_the_text(text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize("case", DATA["opaque"], ids=lambda c: c["text"][:30])
def test_pronouns_that_may_have_no_antecedent_are_counted(case) -> None:
    assert opaque(case["text"]) == case["count"]


def test_captions_that_begin_alike_are_furniture_whatever_their_numbers() -> None:
    captions = [f"Picture {n} of 40 shows the harbour in the storm of May." for n in range(1, 6)]
    report = ["The harbour of Karoun was closed.", *captions, "Omar Haddad opened it on Friday."]
    assert furniture(report) == {1, 2, 3, 4, 5}


def sentences(*texts: str) -> list[Sentence]:
    return [
        Sentence(report, 0, len(text), text, number=5, published=None, terms=terms(text))
        for report, text in enumerate(texts)
    ]


def test_what_several_reports_tell_comes_first_and_once() -> None:
    told = sentences(
        "A baker in the old town sells bread with olives on Fridays.",
        "The harbour of Karoun was closed by a storm on Tuesday.",
        "A storm closed the harbour of Karoun on Tuesday.",
        "The storm sank two fishing boats near the lighthouse of Karoun.",
    )
    best = [s.report for s, _ in select(told, 2)]
    assert best[0] in (1, 2)
    assert not {1, 2} <= set(best), "the second says the same"


@given(st.lists(st.sampled_from(DATA["alone"]), max_size=8), st.integers(0, 5))
def test_no_more_are_chosen_than_were_asked_for_and_none_twice(cases, number: int) -> None:
    chosen = [s for s, _ in select(sentences(*(c["text"] for c in cases)), number)]
    assert len(chosen) <= number
    assert len({s.text for s in chosen}) == len(chosen)


def test_a_vector_is_added_up_in_the_order_of_its_terms_in_every_process() -> None:
    held = frozenset("storm harbour closed tuesday karoun lighthouse fishing boats sank".split())
    assert list(Vectors([held]).vectors[0]) == sorted(held)
