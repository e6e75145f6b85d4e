"""Quotations: what is found in short texts, by the kinds of shared/HARD_CASES.md."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.find import names, quotes
from gulfbrief.find.text import Text
from gulfbrief.model import Quote

DATA = Path(__file__).parent / "data" / "quotes"
CASES: list[dict[str, Any]] = [
    case
    for path in sorted(DATA.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def find(text: str) -> list[Quote]:
    whole = Text(text)
    return quotes.find(whole, names.find(whole))


def matches(quote: Quote, wanted: dict[str, Any]) -> bool:
    """Whether the quotation is the wanted one, as far as the case says what it wants."""
    speakers = [s.text for s in quote.speakers]
    first = speakers[0] if speakers else ""
    facts = {
        "kind": quote.kind,
        "content": quote.content,
        "speaker": first,
        "speakers": speakers,
        "cue": quote.cue.text if quote.cue else "",
        "fragments": len(quote.fragments),
        "how": quote.speakers[0].how if quote.speakers else None,
        "outer": quote.outer[0].text if quote.outer else None,
        "reason": quote.reason,
    }
    if wanted.get("has", "") not in quote.content:
        return False
    if wanted.get("has_speaker", "") not in first:
        return False
    return all(facts[k] == v for k, v in wanted.items() if k not in ("has", "has_speaker"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['hard']}: {c['text'][:40]}")
def test_finds_who_said_what(case: dict[str, Any]) -> None:
    found = find(case["text"])
    for wanted in case["quotes"]:
        assert any(matches(q, wanted) for q in found), (wanted, found)
    assert len(found) == len(case["quotes"]), found


@pytest.mark.parametrize(
    "text", ["They met Yusuf “the Captain”", "Omar “Abu Ali”", "He met Omar ‘Ali’"]
)
def test_a_text_may_end_with_marked_words_behind_a_name(text: str) -> None:
    assert find(text) == []
