"""Said or not said: acts, and what keeps a source from plainly saying it (tests/data/said.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gulfbrief.find import find
from gulfbrief.model import Document, Quote

DATA = tomllib.loads((Path(__file__).parent / "data" / "said.toml").read_text("utf-8"))


def quotations(text: str) -> tuple[Quote, ...]:
    return find(Document("", "", text, published=None, language="en")).quotes


@pytest.mark.parametrize(("text", "words", "act", "reason"), DATA["cases"])
def test_act_and_reason(text: str, words: str, act: str, reason: str) -> None:
    held = [q for q in quotations(text) if words in q.content]
    assert [(q.act, q.reason or "") for q in held] == [(act, reason)]
    assert all(q.asserted is (reason == "") for q in held)


@pytest.mark.parametrize("text", DATA["none"])
def test_nobody_says_anything(text: str) -> None:
    assert quotations(text) == ()


@pytest.mark.parametrize("text", [text for text, *_ in DATA["cases"]])
def test_no_content_ends_on_a_comma_and_every_share_is_one(text: str) -> None:
    for quote in quotations(text):
        assert not quote.content.endswith(",")
        assert 0 <= quote.content_confidence <= 1


@pytest.mark.parametrize("text", DATA["nobody"])
def test_whom_others_call_something_says_nothing(text: str) -> None:
    assert [s.name for q in quotations(text) for s in q.speakers] == []
