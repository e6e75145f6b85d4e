"""``timeline --top``: the days that matter most, and the sentences that tell them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import indexed
from running import run

from gulfbrief.answer.chronicle import credible
from gulfbrief.answer.punctuation import balanced
from gulfbrief.answer.salience import SentenceRanker, day_salience, most_salient
from gulfbrief.answer.timeline_summary import timeline_summary
from gulfbrief.model import Event, FoundEvent, ResolvedDate, Source, Window
from gulfbrief.store.reader import Index

SINKING = (
    "The ferry Lorna Vale sank off Brisk Point on 4 May 2021, and eleven sailors drowned there"
)
REPORTS = {
    "2021-05-05-gazette.txt": f"{SINKING}, the coast guard of Brisk found.\n",
    "2021-05-06-herald.txt": "Divers went down on Thursday to the wreck of the ferry Lorna "
    "Vale, which sank off Brisk Point on 4 May 2021 with eleven sailors aboard.\n",
    "2021-05-20-post.txt": "Eleven sailors drowned on 4 May 2021 when the ferry Lorna Vale sank "
    "off Brisk Point, and an inquiry into it has begun in the town.\n",
    "2021-05-21-copy.txt": f"{SINKING}, the coast guard of Brisk found.\nOur archive.\n",
    "2021-05-22-fair.txt": "A flower fair opened in Upper Mallow on 21 May 2021, with roses "
    "from all the villages of the valley and a band from the school.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("top"), REPORTS) as opened:
        yield opened


def test_the_day_that_many_reports_tell_matters_most(index: Index) -> None:
    (entry,) = timeline_summary(index, top=1).results
    assert entry.event.date.start == "2021-05-04"
    assert entry.weight == 1
    assert "sank" in entry.event.text


def test_copies_of_a_report_count_once(index: Index) -> None:
    (entry,) = timeline_summary(index, top=1).results
    assert len(entry.also) + 1 == 4
    assert entry.reports == 3


def test_days_stand_in_order_and_each_has_its_weight(index: Index) -> None:
    days = [e.event.date.start for e in timeline_summary(index, top=2).results]
    assert days == sorted(days)
    assert timeline_summary(index, top=2).results[1].weight < 1


def test_words_keep_to_the_documents_that_have_them(index: Index) -> None:
    found = timeline_summary(index, "flowers", top=5).results
    assert [e.event.date.start for e in found] == ["2021-05-21", "2021-05-22"][: len(found)]


def test_a_word_typed_with_a_slip_finds_the_documents_of_the_right_one(index: Index) -> None:
    found = timeline_summary(index, "flwoer", top=5).results
    assert {e.source.path.rpartition("/")[2] for e in found} == {"2021-05-22-fair.txt"}


def test_a_window_bounds_the_days(index: Index) -> None:
    found = timeline_summary(index, top=5, window=Window("2021-05-10", "2021-05-31")).results
    assert found
    assert all(e.event.date.start >= "2021-05-10" for e in found)


def test_an_entry_is_the_words_of_its_source(index: Index) -> None:
    for entry in timeline_summary(index, top=9, per_day=3).results:
        at = entry.source
        assert index.text(at.doc)[at.start : at.end] == entry.event.text


def test_the_command_line_tells_weight_and_reports(index: Index) -> None:
    done = run(
        "timeline", "--top", "1", "--json", "--index", str(index.path), cwd=index.path.parent
    )
    (result,) = json.loads(done.out)["results"]
    assert (result["weight"], result["reports"], len(result["also"])) == (1, 3, 3)


def test_entries_a_day_need_a_number_of_days(index: Index) -> None:
    assert (
        run("timeline", "--per-day", "2", "--index", str(index.path), cwd=index.path.parent).status
        == 2
    )


@given(st.dictionaries(st.integers(0, 60), st.dictionaries(st.integers(0, 90), st.integers(1, 9))))
def test_salience_is_a_share_and_one_day_matters_most(reports) -> None:
    salience = day_salience(reports)
    assert all(0 < x <= 1 for x in salience.values())
    assert not salience or max(salience.values()) == 1
    assert most_salient(salience, 5) == sorted(most_salient(salience, 5))


def test_events_are_asked_for_by_their_roles(index: Index) -> None:
    roles = [e.event.role for e in index.events()]
    for role in ("happening", "statement", "background"):
        places = index.event_postings(roles=[role])
        assert [e.event.role for e in index.events_at(places)] == [role] * roles.count(role)
    assert len(index.event_postings()) == len(roles)


def test_two_entries_of_a_day_do_not_tell_the_same() -> None:
    said = [
        "The ferry Lorna Vale sank off Brisk Point in the night with eleven sailors aboard.",
        "Off Brisk Point the ferry Lorna Vale sank in the night with eleven sailors aboard it.",
        "In Upper Mallow the mayor opened a fair of flowers with a band from the school.",
    ]
    chosen = [r.chosen for r in SentenceRanker(said).rank(said, 3)]
    assert len(chosen) == 2
    assert 2 in chosen


UNDATED = {
    "2021-06-02-gazette.txt": "The bridge at Lower Mallow collapsed under a lorry with gravel, and "
    "the driver swam ashore.\nThe bridge had been closed to lorries since 1 June 2021.\n"
    "A new bridge will be opened on 30 June 2021.\n",
    "2021-06-02-herald.txt": "A lorry broke through the bridge at Lower Mallow and fell into the "
    "river with all its gravel.\nThe mayor saw cracks in the bridge on 1 June 2021.\n",
    "2021-06-03-post.txt": "Divers lifted a lorry with gravel from the river at Lower Mallow with "
    "the help of a crane.\nThe bridge at Lower Mallow collapsed on 2 June 2021 under a lorry.\n",
    "2021-06-03-copy.txt": "On 30 May 2021 an engineer warned of the bridge at Lower Mallow, of "
    "its cracks and of lorries.\nThe bridge of the village collapsed on 2 June 2021.\n",
}


TWICE_TOLD = {
    f"2021-03-1{n}-paper.txt": "The ferry Lorna Vale sank on 4 March 2021 off Brisk Point, and on "
    "5 March 2021 divers of the coast guard went down to it.\n"
    for n in range(3)
} | {
    "2021-03-20-post.txt": "A flower fair opened in Upper Mallow on 9 March 2021, with roses from "
    "all the villages of the valley and a band from the school.\n",
}


@pytest.fixture(scope="module")
def twice_told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("twice"), TWICE_TOLD) as opened:
        yield opened


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("undated"), UNDATED) as opened:
        yield opened


def test_what_opens_a_report_and_names_no_day_is_of_about_its_day(undated: Index) -> None:
    window = Window("2021-06-02", "2021-06-02")
    entries = timeline_summary(undated, top=1, per_day=9, window=window).results
    dates = {e.event.text[:12]: e.event.date for e in entries}
    of_the_day, of_the_next = dates["A lorry brok"], dates["Divers lifte"]
    assert (of_the_day.edtf, of_the_day.mod) == ("2021-06-02~", "approx")
    assert (of_the_next.edtf, of_the_next.mod) == ("2021-06-02~/2021-06-03~", "approx")


def test_a_day_of_which_nothing_is_left_to_tell_gives_its_place_to_the_next(
    twice_told: Index,
) -> None:
    found = timeline_summary(twice_told, top=2)
    assert [e.event.date.start for e in found.results] == ["2021-03-04", "2021-03-09"]


def test_a_day_on_which_something_is_yet_to_happen_is_not_told(undated: Index) -> None:
    assert "2021-06-30" in {e.event.date.start for e in undated.events()}
    assert "2021-06-30" not in {
        e.event.date.start for e in timeline_summary(undated, top=9).results
    }


DATELINED = {
    "2021-06-02-wire.txt": "KAROUN, June 2 (Gulf Wire) - A lorry broke through the bridge at Lower "
    "Mallow on Wednesday and fell into the river with all its gravel.\n",
    "2021-06-02-photo.txt": "The bridge at Lower Mallow is seen without its middle after a lorry "
    "fell into the river on June 2, 2021 in this undated handout photo.\n",
}


def test_an_entry_is_no_caption_and_has_no_dateline(tmp_path) -> None:
    with indexed(tmp_path, DATELINED) as index:
        (entry,) = timeline_summary(index, top=1).results
        at = entry.source
        assert entry.event.text.startswith("A lorry broke through")
        assert index.text(at.doc)[at.start : at.end] == entry.event.text
    assert entry.event.display == entry.event.text


def test_no_sentence_is_an_entry_of_two_days(undated: Index) -> None:
    told = [e.event.text for e in timeline_summary(undated, top=9, per_day=9).results]
    assert len(set(told)) == len(told)


def test_what_opens_a_report_and_names_another_day_is_none_of_its_day(undated: Index) -> None:
    window = Window("2021-06-02", "2021-06-02")
    entries = timeline_summary(undated, top=1, per_day=9, window=window).results
    assert not any("engineer warned" in e.event.text for e in entries)


def test_sentences_on_the_topic_of_all_that_is_read_count_more() -> None:
    said = [
        "The ferry Lorna Vale sank off Brisk Point in the night with its sailors aboard.",
        "In Upper Mallow the mayor opened a fair of flowers with a band from the school.",
    ]
    for topic in said:
        ranker = SentenceRanker(said, [topic.lower()])
        assert said[ranker.rank(said, 1)[0].chosen] == topic


def test_sentences_that_name_the_day_count_more() -> None:
    said = [
        "The ferry Lorna Vale sank off Brisk Point in the night with its sailors aboard.",
        "In Upper Mallow the mayor opened a fair of flowers with a band from the school.",
    ]
    ranker = SentenceRanker(said)
    assert [ranker.rank(said, 1, mentions=[n])[0].chosen for n in (0, 1)] == [0, 1]


@pytest.mark.parametrize(
    ("text", "closed"),
    [("“We go,” he said", True), ("We go,” he said", False), ('he said." We', False)],
)
def test_quotation_marks_are_balanced(text: str, closed: bool) -> None:
    assert balanced(text) is closed


@pytest.mark.parametrize(
    ("certainty", "end", "right"),
    [
        ("planned", "2021-07-13", False),
        ("planned", "2021-07-14", True),
        ("hypothetical", "2021-08-01", True),
        ("planned", None, True),
        ("past", "2021-07-13", True),
    ],
)
def test_what_is_to_come_lies_not_before_its_report(
    certainty: str, end: str | None, right: bool
) -> None:
    day = ResolvedDate("then", end or "2021/..", "2021-01-01", end, "day")
    told = Event(0, 4, "then", day, certainty=certainty)
    assert credible(FoundEvent(Source("d", "d.txt", None, "2021-07-14", 1), told)) is right
