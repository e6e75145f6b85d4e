"""The sample corpus, end to end: what an analyst is shown first must be right."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gulfbrief.store.reader import Index

HERE = Path(__file__).parent
SPEECH = tomllib.loads((HERE / "data" / "sample_corpus.toml").read_text("utf-8"))
LINES = [(doc, *line) for doc, lines in SPEECH.items() for line in lines]
TITLES = ["Collective Security in the Gulf", "A Long Winter in Basra", "tanker war"]


@pytest.fixture(scope="module")
def index(sample: Index) -> Index:
    return sample


@pytest.fixture(scope="module")
def quotes(index):
    found: dict[str, list] = {}
    for q in index.quotes():
        found.setdefault(Path(q.source.path).name, []).append(q.quote)
    return found


def test_every_report_has_its_day(index) -> None:
    days = {Path(d.source.path).name[:10]: d.source.published for d in index.documents()}
    assert len(index.documents()) == 15
    assert all(name == day for name, day in days.items())


def test_every_report_has_a_title(index) -> None:
    assert all(d.source.title for d in index.documents())


@pytest.mark.parametrize(("doc", "begins", "kind", "speaker"), LINES)
def test_a_quotation_and_its_speaker(quotes, index, doc, begins, kind, speaker) -> None:
    found = [q for q in quotes[doc] if any(begins in f.text for f in q.fragments)]
    assert found, f"not found: {begins}"
    said = min(found, key=lambda q: len(q.content))
    assert said.kind == kind
    named = said.speakers[0] if said.speakers else None
    actor = index.actor(named.actor) if named and named.actor else None
    assert (actor.name if actor else "") == speaker


@pytest.mark.parametrize("title", TITLES)
def test_a_title_or_a_coined_name_is_no_quotation(quotes, title) -> None:
    for there in quotes.values():
        for q in there:
            assert not (q.kind != "indirect" and q.content.strip(" ,.").startswith(title))
