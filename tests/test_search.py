"""Search: what is found in spite of slips and bad memory, and what a query means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import indexed

from gulfbrief.answer.query import parse
from gulfbrief.answer.search import search
from gulfbrief.errors import UnknownError, UsageError
from gulfbrief.model import Window
from gulfbrief.show.table.passages import flowing
from gulfbrief.store.build import build
from gulfbrief.store.reader import Index

DATA = tomllib.loads((Path(__file__).parent / "data" / "search.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("search"), DATA["documents"]) as opened:
        yield opened


def names(index: Index, query: str, **options: object) -> list[str]:
    return [p.source.path for p in search(index, query, **options).results]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", DATA["first"], ids=lambda c: c["query"])
def test_the_right_document_comes_first(index: Index, case: dict[str, str]) -> None:
    assert names(index, case["query"])[:1] == [case["first"]]


@pytest.mark.parametrize("case", DATA["exactly"], ids=lambda c: c["query"])
def test_a_query_finds_these_and_no_others(index: Index, case: dict[str, list[str]]) -> None:
    assert sorted(names(index, str(case["query"]))) == sorted(case["found"])


def test_a_word_that_is_there_in_any_inflection_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A drone hit the tanker.\n", "utf-8")
    (tmp_path / "b.txt").write_text("Nobody was wrong: the wind drove a hanger ashore.\n", "utf-8")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        for query in ("drone", "drones", "tanker", "tankers"):
            assert names(opened, query) == ["a.txt"]
        assert names(opened, "dronne")[0] == "a.txt"


def test_only_a_word_is_taken_for_a_slip(index: Index) -> None:
    assert index.vocabulary.within_edits("quai")[0] == ("quay", 1)
    assert index.vocabulary.within_edits("qu4y") == ()


def test_other_spellings_of_a_sound_share_three_letters_in_five(tmp_path: Path) -> None:
    with indexed(tmp_path, {"a.txt": "The abbot came aboard at eight.\n"}) as opened:
        assert opened.vocabulary.homophones("abate") == ("abbot",)
        assert opened.vocabulary.homophones("evade") == ()


def test_function_words_and_years_do_not_outrank_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sur had no ferry. Rahbar flew there often.\n", "utf-8")
    (tmp_path / "b.txt").write_text("Since 2021 the yard was shut, and since 2021 it rusts.\n")
    (tmp_path / "c.txt").write_text("Rahbar, in Duqm, was often seen with Rahbar of Sur.\n")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        assert names(opened, "rahbar since 2021")[-1] == "b.txt"
        assert names(opened, "what did rahbar do since 2021")[-1] == "b.txt"


def test_two_exchanged_words_are_found_among_many_documents_that_hold_them(tmp_path: Path) -> None:
    long = "Nothing else was known of it, and nobody had asked. " * 25
    (tmp_path / "z.txt").write_text(f"{long}The old harbour station closed.\n", "utf-8")
    for n in range(60):
        apart = f"Ship {n}: the station is old. The harbour is old, the station not."
        (tmp_path / f"b{n}.txt").write_text(f"{apart}\n", "utf-8")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        assert names(opened, "harbour old station")[0] == "z.txt"
        assert search(opened, "harbour old station", limit=3).total == 61


@pytest.mark.parametrize("case", DATA["wrong"], ids=lambda c: c["query"])
def test_a_query_that_cannot_be_read_is_explained(index: Index, case: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        search(index, case["query"])
    assert case["says"] in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("case", DATA["corrected"], ids=lambda c: c["query"])
def test_corrections_are_told(index: Index, case: dict[str, object]) -> None:
    best = search(index, str(case["query"])).results[0]
    assert {k: list(v) for k, v in best.corrections.items()} == case["corrections"]


@pytest.mark.parametrize("case", DATA["highlighted"], ids=lambda c: c["query"])
def test_highlights_are_the_words_that_answer(index: Index, case: dict[str, object]) -> None:
    best = search(index, str(case["query"]), context=0).results[0]
    assert [best.text[a:b] for a, b in best.highlights] == case["words"]


def test_exact_takes_words_as_they_are_typed(index: Index) -> None:
    assert names(index, "tnaker", exact=True) == []
    assert names(index, "TANKER", exact=True)


def test_a_passage_is_the_text_at_its_source(index: Index) -> None:
    for query in ("tanker", "harbour dues", "by:haddad", "date:2021"):
        for passage in search(index, query, limit=0).results:
            source = passage.source
            text = index.text(source.doc)
            assert text[source.start : source.end] == passage.text
            assert source.line == text.count("\n", 0, source.start) + 1


def test_context_adds_sentences_around(index: Index) -> None:
    alone, wide = (search(index, "lighthouse", context=n).results[0].text for n in (0, 1))
    assert alone in wide
    assert wide.count(".") > alone.count(".")


def test_a_document_answers_with_one_passage(index: Index) -> None:
    found = names(index, "harbour", limit=0)
    assert len(found) == len(set(found))


def test_reports_that_say_the_same_are_one_result(index: Index) -> None:
    answer = search(index, "dredger sank off the breakwater")
    assert len(answer.results) == 1
    assert {s.path for s in answer.results[0].folded} | {answer.results[0].source.path} == {
        "wire-1.txt",
        "wire-2.txt",
        "wire-3.txt",
    }
    assert answer.total == 3


def test_a_limit_cuts_and_the_total_stays(index: Index) -> None:
    answer = search(index, "harbour", limit=1)
    assert len(answer.results) == 1
    assert answer.total == len(search(index, "harbour", limit=0).results)


def test_a_window_bounds_the_documents(index: Index) -> None:
    assert names(index, "harbour", window=Window(since="2021")) == ["minister.txt"]
    assert names(index, "harbour", window=Window(doc="mini*.txt")) == ["minister.txt"]


def test_an_unknown_actor_is_said(index: Index) -> None:
    with pytest.raises(UnknownError, match="Nobody Atall"):
        search(index, 'by:"Nobody Atall" harbour')


def test_statements_of_an_actor_are_searched(index: Index) -> None:
    found = search(index, "by:haddad dues")
    assert [p.source.path for p in found.results] == ["minister.txt"]
    assert "dues" in found.results[0].text


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=" \"()*-:.^{}+&|~\\'“”«»abAND ORNEARnotby", max_size=24))
def test_any_query_is_answered_or_explained(index: Index, query: str) -> None:
    try:
        found = search(index, query, limit=3).results
    except (UsageError, UnknownError):
        return
    for passage in found:
        assert 0 <= passage.score <= 100
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.highlights)


@given(st.text(max_size=40))
def test_parsing_never_fails_but_by_usage(query: str) -> None:
    with suppress(UsageError):
        assert parse(query).typed == query


REPORTS = {
    "2021-05-04-gazette.md": "# Quay of Karoun opens\n\n4 May 2021\n\nMayor Tilda Roke cut a "
    "ribbon in the rain. The *quay of Karoun* will serve two hundred ships a year. "
    "Nobody fell in.\n",
    "2021-05-05-herald.txt": "Quay of Karoun opens after nine years\n\nBy Oren Blay\n\nA band "
    "played in the rain. The mayor went home early.\n",
}


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("titled"), REPORTS) as opened:
        yield opened


def test_a_title_alone_is_no_passage(titled: Index) -> None:
    for found in search(titled, "quay of Karoun opens", context=0).results:
        assert "opens" not in found.text
        assert "May 2021" not in found.text
        assert "By Oren Blay" not in found.text


def test_where_only_the_title_answers_the_text_begins_behind_it(titled: Index) -> None:
    found = search(titled, "nine years", context=0).results[0]
    assert found.text == "A band played in the rain."


def test_a_passage_shows_no_marks_of_markdown(titled: Index) -> None:
    (found,) = search(titled, "two hundred ships", context=0).results
    assert "*quay of Karoun*" in found.text
    shown = flowing(found.text, found.highlights)
    assert "*" not in shown.plain
    marked = [shown.plain[s.start : s.end] for s in shown.spans]
    assert marked == ["two", "hundred", "ships"]


TURNS = {
    "2021-05-04-a.txt": "Bridge\n\n“The bridge is safe,” Tilda Roke said. “The bridge is strong "
    "and the bridge is new,” Tilda Roke said.\n",
    "2021-05-05-b.txt": "Letters\n\n“Nobody in this town has ever asked whether the old bridge by "
    "the mill can carry carts,” Tilda Roke said.\n",
}


def test_each_document_answers_before_one_answers_twice(tmp_path: Path) -> None:
    with indexed(tmp_path, TURNS) as opened:
        paths = [p.source.path[-5] for p in search(opened, "by:roke bridge").results]
    assert paths in (["a", "b", "a"], ["b", "a", "a"])
