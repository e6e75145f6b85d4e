"""The timeline of the sample corpus, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from gulfbrief.answer.timeline import EVERY, timeline
from gulfbrief.model import FoundEvent, Window
from gulfbrief.store.reader import Index


@pytest.fixture(scope="module")
def index(sample: Index) -> Index:
    return sample


def entry(index: Index, words: str, text: str = "") -> FoundEvent:
    found = [f for f in timeline(index, text, roles=EVERY).results if words in f.event.text]
    assert found, f"no entry has {words!r}"
    return found[0]


def test_an_event_that_two_reports_tell_is_one_entry(index: Index) -> None:
    struck = entry(index, "A drone struck the bridge")
    told_by = [Path(f.source.path).name for f in (struck, *struck.also)]
    assert told_by == ["2021-07-30-drone-attack.txt", "2021-07-31-drone-attack-rewrite.txt"]


def test_a_report_that_knows_only_the_month_tells_the_event_of_the_day(index: Index) -> None:
    hit = entry(index, "The Hoshi Maru was hit on 13 June")
    assert any("which was struck in June" in f.event.text for f in hit.also)


def test_reports_that_date_one_event_differently_contradict_each_other(index: Index) -> None:
    first, second = (
        entry(index, "on 18 July, a day before"),
        entry(index, "seized the Swedish-owned"),
    )
    assert [c.event.date.start for c in first.conflicts] == ["2019-07-19"]
    assert [c.event.date.start for c in second.conflicts] == ["2019-07-18"]


def test_nothing_else_of_the_sample_is_a_contradiction(index: Index) -> None:
    assert sum(bool(f.conflicts) for f in timeline(index).results) == 2


@pytest.mark.parametrize(
    ("words", "edtf", "certainty"),
    [
        ("Four merchant ships at anchor", "2019-05-12", "past"),
        ("The inquiry is expected to report", "2019-06", "planned"),
        ("is to be towed to Fujairah", "2019-06-16", "planned"),
        ("may be allowed to phone home", "2019-07-24", "hypothetical"),
        ("had tried to end the rift", "2019-12/2020-02", "past"),
        ("on 6 and 7 April", "2020-04-06/2020-04-07", "past"),
        ("Six Gulf leaders signed a declaration", "2021-01-05", "past"),
        ("flights may resume", "2021-01-11", "hypothetical"),
        ("The UN Security Council will discuss", "2021-08-03", "planned"),
        ("to be tested on 15 September", "2021-09-15", "planned"),
    ],
)
def test_an_entry_has_its_day_and_says_how_sure_it_is(
    index: Index, words: str, edtf: str, certainty: str
) -> None:
    event = entry(index, words).event
    assert (event.date.edtf, event.certainty) == (edtf, certainty)


@pytest.mark.parametrize("words", ["2015 nuclear deal", "author:", "Published", "GMT"])
def test_names_and_headers_are_no_entries(index: Index, words: str) -> None:
    dated = [f for f in timeline(index).results if f.event.date.text in words]
    assert not dated
    assert not any(f.event.text.startswith(words) for f in timeline(index).results)


def test_the_window_bounds_the_days_of_the_events(index: Index) -> None:
    found = timeline(index, window=Window("2019-07-18", "2019-07-19")).results
    days = {f.event.date.start for f in found if f.event.date.granularity == "day"}
    assert days == {"2019-07-18", "2019-07-19"}


def test_words_with_typos_find_their_events(index: Index) -> None:
    assert entry(index, "Northern Lark", "northen lark siezed").event.date.start == "2019-07-18"


@pytest.mark.parametrize("text", ["tanker", "iran talks", "tankre", "zzyzx"])
def test_words_keep_the_same_events_where_very_many_are_told(
    index: Index, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = timeline(index, text).results
    monkeypatch.setattr("gulfbrief.answer.timeline.MOST", 3)
    many = timeline(index, text).results
    assert [f.source for f in many] == [f.source for f in few]
