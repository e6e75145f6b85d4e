"""Quotations looked up by a wording that is badly remembered, and filtered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import indexed

from gulfbrief.answer.quotes import quotes, similarity
from gulfbrief.errors import UnknownError, UsageError
from gulfbrief.model import Window
from gulfbrief.store.reader import Index

DATA = tomllib.loads((Path(__file__).parent / "data" / "quotes_lookup.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("quotes"), DATA["documents"]) as opened:
        yield opened


@pytest.mark.parametrize("case", DATA["remembered"], ids=lambda c: c["typed"])
def test_a_badly_remembered_quotation_is_found(index: Index, case: dict[str, str]) -> None:
    best = quotes(index, case["typed"]).results[0]
    assert best.quote.content.startswith(case["begins"])
    assert best.similarity is not None


@pytest.mark.parametrize("typed", DATA["nowhere"])
def test_what_nobody_said_is_not_found(index: Index, typed: str) -> None:
    assert quotes(index, typed).results == ()


def test_exact_wants_the_very_words(index: Index) -> None:
    assert quotes(index, "will not wait for anyones permission", exact=True).total == 0
    assert quotes(index, "WILL NOT WAIT", exact=True).total == 1


def test_filters_leave_the_quotations_of_an_actor(index: Index) -> None:
    found = quotes(index, by=["Salma Haddad"])
    assert found.total > 0
    for quote in found.results:
        assert "salma-haddad" in {s.actor for s in quote.quote.speakers}


def test_a_filter_and_a_wording_both_hold(index: Index) -> None:
    assert quotes(index, "will not wait", by=["Omar Nasser"]).total == 0
    assert quotes(index, "will not wait", by=["Haddad"]).total == 1


def test_a_kind_bounds_the_quotations(index: Index) -> None:
    every = quotes(index, limit=0)
    by_kind = [quotes(index, kinds=(k,), limit=0) for k in ("direct", "mixed", "indirect")]
    assert sum(k.total for k in by_kind) == every.total
    assert {q.quote.kind for q in by_kind[0].results} == {"direct"}


def test_a_window_bounds_the_quotations(index: Index) -> None:
    found = quotes(index, window=Window(since="2021-07", until="2021-07"), limit=0)
    assert {q.source.path for q in found.results} == {"quay.txt"}


def test_quotations_come_by_day_and_place(index: Index) -> None:
    found = quotes(index, limit=0).results
    order = [(q.source.published, q.source.path, q.source.start) for q in found]
    assert order == sorted(order)


def test_equal_wordings_come_by_day_those_without_one_last(tmp_path: Path) -> None:
    said = "“The harbour stays open all winter,” said Omar Nasser.\n"
    texts = {
        "a.txt": said,
        "b.txt": f"SOHAR, 3 March 2021 - {said}",
        "c.txt": f"SOHAR, 2 March 2021 - {said}",
    }
    with indexed(tmp_path, texts) as opened:
        found = quotes(opened, "the harbour stays open all winter").results
    assert [q.source.path for q in found] == ["c.txt", "b.txt", "a.txt"]


def test_the_total_counts_beyond_the_limit(index: Index) -> None:
    assert len(quotes(index, limit=1).results) == 1
    assert quotes(index, limit=1).total == len(quotes(index, limit=0).results)


def test_a_quotation_is_the_text_at_its_source(index: Index) -> None:
    for found in quotes(index, limit=0).results:
        text = index.text(found.source.doc)
        for fragment in found.quote.fragments:
            assert text[fragment.start : fragment.end] == fragment.text
        assert found.source.line == text.count("\n", 0, found.source.start) + 1


def test_an_unknown_name_and_a_text_without_words_are_said(index: Index) -> None:
    with pytest.raises(UnknownError):
        quotes(index, by=["Nobody Atall"])
    with pytest.raises(UsageError, match="no word"):
        quotes(index, "“ … ”")


@given(st.text(alphabet="abc de", min_size=1), st.text(alphabet="abc de", min_size=1))
def test_similarity_is_a_percentage_and_full_for_the_same_words(one: str, two: str) -> None:
    assert 0 <= similarity(one, two) <= 100
    assert similarity(one, one) == pytest.approx(100)
