"""``actor``: what others say of somebody, and the events that matter most."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from indexes import indexed

from gulfbrief.answer.actor_profile import summary
from gulfbrief.store.reader import Index

REPORTS = {
    "2021-05-05-gazette.txt": "Mayor Tilda Roke opened the bridge at Hull Ferry on 4 May 2021.\n\n"
    "“Tilda Roke keeps her word, and I, Tilda Roke, say so,” Tilda Roke said.\n\n"
    "“Tilda Roke has built a fine bridge for us all,” said the ferryman Oren Blay.\n",
    "2021-05-10-herald.txt": "Tilda Roke opened the bridge at Hull Ferry to carts and riders on "
    "4 May 2021.\n\n"
    "Tilda Roke bought a goat on 2 May 2021.\n",
    "2021-05-27-post.txt": "The bridge at Hull Ferry, which Tilda Roke opened on 4 May 2021, is "
    "closed.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("profile"), REPORTS) as opened:
        yield opened


def test_what_others_say_holds_none_of_ones_own_words(index: Index) -> None:
    found = summary(index, "tilda roke").said_about
    assert [s.found.quote.speakers[0].name for s in found] == ["Oren Blay"]


def test_the_events_are_those_that_matter_most_not_the_oldest(index: Index) -> None:
    (event,) = summary(index, "tilda roke", limit=1).events
    assert event.event.date.start == "2021-05-04"
    assert event.reports > 1


CAPTIONS = {
    "2021-05-05-gazette.txt": "Tilda Roke opened the bridge at Hull Ferry on Tuesday, and the "
    "ferryman Oren Blay thanked Tilda Roke for it.\n\n"
    "Tilda Roke and Mira Quill walk over the bridge in this undated handout photo.\n",
}


def test_whom_captions_alone_name_with_somebody_is_no_company(tmp_path) -> None:
    with indexed(tmp_path, CAPTIONS) as index:
        assert "Mira Quill" in {a.name for a in index.actors()}
        met = {c.name for c in summary(index, "tilda roke").appears_with}
    assert "Mira Quill" not in met


def test_without_a_limit_all_events_stand_in_order_of_days(index: Index) -> None:
    days = [e.event.date.start for e in summary(index, "tilda roke", limit=0).events]
    assert set(days) == {"2021-05-04", "2021-05-02"}
    assert days == sorted(days)


RETOLD = {
    "2021-07-09-gazette.txt": "In June 2021, Tilda Roke named the ferryman Oren Blay, a judge of "
    "the river court, for the harbour board of Karoun.\n",
    "2021-07-20-herald.txt": "Tilda Roke chose Oren Blay, a judge of the river court, for the "
    "harbour board of Karoun in June 2021, after the old master left.\n",
    "2021-07-21-post.txt": "In June 2021, Tilda Roke bought a goat from a farmer of the hills.\n",
}


def test_what_is_told_of_one_time_in_about_the_same_words_is_told_once(tmp_path) -> None:
    with indexed(tmp_path, RETOLD) as index:
        texts = [e.event.text for e in summary(index, "tilda roke").events]
    assert sum("Oren Blay" in text for text in texts) == 1
    assert sum("goat" in text for text in texts) == 1


ONCE = {
    "2021-05-05-gazette.txt": "Mayor Tilda Roke opened the bridge at Hull Ferry on Tuesday.\n\n"
    "Tilda Roke said on Tuesday that the ferries of Hull would sail until the end of the year.\n",
}


def test_a_sentence_told_in_short_is_no_statement_beside_it(tmp_path) -> None:
    with indexed(tmp_path, ONCE) as index:
        page = summary(index, "tilda roke")
        every = summary(index, "tilda roke", limit=0)
    told = {p.text for p in page.summary}
    assert len(every.statements) == 1
    assert len(page.statements) == (every.statements[0].found.quote.sentence.text not in told)


PLANS = {
    "2021-05-03-gazette.txt": "Tilda Roke will open the school of Hull Ferry on 5 May 2021.\n\n"
    "Tilda Roke opened the bridge of Hull Ferry on 1 May 2021.\n",
    "2021-05-20-herald.txt": "Tilda Roke bought a goat on 12 May 2021.\n\n"
    "Tilda Roke sold the mill of Karoun on 14 May 2021.\n",
}


def test_a_plan_that_is_over_is_left_out_where_enough_has_happened(tmp_path) -> None:
    with indexed(tmp_path, PLANS) as index:
        page = summary(index, "tilda roke")
        every = summary(index, "tilda roke", limit=0)
    days = {e.event.date.start for e in page.events}
    assert days == {"2021-05-01", "2021-05-12", "2021-05-14"}
    assert "2021-05-05" in {e.event.date.start for e in every.events}
