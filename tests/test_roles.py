"""What a dated clause is to its report, how its entry reads, and what two reports contradict."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.answer.event_coreference import cluster_mentions
from gulfbrief.find import find
from gulfbrief.model import Document, Event, FoundEvent, Source

DATA = Path(__file__).parent / "data"
CASES = tomllib.loads((DATA / "roles.toml").read_text("utf-8"))["case"]
CONTRADICTIONS = tomllib.loads((DATA / "contradictions.toml").read_text("utf-8"))["case"]
PUBLISHED = "2022-02-16"


def events(text: str, doc: str = "d") -> tuple[Event, ...]:
    return find(Document(doc, f"{doc}.txt", text, published=PUBLISHED)).events


def row(event: Event) -> list[str]:
    denied = ["not"] if event.polarity == "negative" else []
    return [event.role, event.date.edtf, event.display, *denied]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['kind']}: {c['text'][:40]}")
def test_a_clause_has_its_role(case: dict[str, Any]) -> None:
    found = events(case["text"])
    assert [row(e) for e in found] == case["events"]
    if "statement" in case:
        assert found[-1].statement is not None
        assert case["text"][slice(*found[-1].statement)] == case["statement"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['kind']}: {c['text'][:40]}")
def test_what_a_report_tells_first_has_a_date_without_words(case: dict[str, Any]) -> None:
    for event in events(case["text"]):
        undated = event.date.text == ""
        assert undated == (event.date.mod == "approx")
        if undated:
            assert (event.date.anchor_kind, event.date.anchor_date) == ("published", PUBLISHED)


def entries(texts: list[str]) -> list[FoundEvent]:
    return cluster_mentions(
        FoundEvent(Source(doc, f"{doc}.txt", None, PUBLISHED, 1, e.start, e.end), e)
        for doc, text in zip("abcd", texts, strict=False)
        for e in events(text, doc)
        if e.role == "happening"
    )


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=lambda c: c["kind"])
def test_reports_that_cannot_both_be_right_are_shown_beside_each_other(
    case: dict[str, Any],
) -> None:
    told = entries(case["reports"])
    assert [e.event.display for e in told] == case["entries"]
    for entry in told:
        against = {c.event.display for c in entry.conflicts}
        assert against == (
            set(case["entries"]) - {entry.event.display} if case["contradict"] else set()
        )
