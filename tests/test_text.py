"""Sentences and paragraphs, in short texts of tests/data/sentences.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.find.text import Text

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "sentences.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_a_text_falls_into_sentences(case: dict[str, Any]) -> None:
    text = Text(case["text"])
    assert [text.text[a:b] for a, b in text.sentences] == case["sentences"]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    lines = (
        "The ministry of transport said that the eastern road would be closed\n"
        "for repairs until the end of the month, and that lorries would have to\n"
        "take the ferry."
    )
    assert len(Text(lines).paragraphs) == 1


def test_short_lines_are_paragraphs_of_their_own() -> None:
    assert len(Text("HADDAD: No.\nSALEH: Yes.\nHADDAD: Why?").paragraphs) == 3


def test_a_position_is_found_in_its_sentence_paragraph_and_token() -> None:
    text = Text("It rained. Nobody sailed.\n\nThe port closed.")
    offset = text.text.index("port")
    assert text.sentence_at(offset) == 2
    assert text.paragraph_at(offset) == 1
    assert text.tokens[text.token_at(offset)] == "port"
