"""Which language a text is in, over the sentences in data/languages.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gulfbrief.read.language import detect

SENTENCES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "languages.toml").read_text("utf-8")
)


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, ts in SENTENCES.items() for t in ts])
def test_a_sentence_is_enough_to_know_its_language(code: str, text: str) -> None:
    assert detect(text) == (None if code == "none" else code)


def test_foreign_names_and_quotations_do_not_make_an_english_report_foreign() -> None:
    text = SENTENCES["en"][0] + " " + SENTENCES["de"][0] + " " + SENTENCES["en"][1]
    assert detect(text) == "en"


def test_an_english_name_does_not_make_a_foreign_report_english() -> None:
    assert detect(SENTENCES["fr"][0] + " The Gulf Wire. " + SENTENCES["fr"][1]) == "fr"
