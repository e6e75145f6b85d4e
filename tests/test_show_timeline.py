"""The timeline shown: at a terminal, for TimelineJS, for a calendar."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text
from test_timeline import dated, told

from gulfbrief.answer.event_coreference import cluster_mentions
from gulfbrief.model import FoundEvent, Granularity, Mod, ResolvedDate
from gulfbrief.show import ics, timelinejs
from gulfbrief.show.precision import words
from gulfbrief.show.timeline import label, parts

WIDTHS = [60, 80, 200]
LONG = "Norway has been a party to the convention and has defended the freedom of navigation " * 3


def date(
    edtf: str, start: str | None, end: str | None, kind: Granularity, mod: Mod | None = None
) -> ResolvedDate:
    return ResolvedDate(edtf, edtf, start, end, kind, mod)


# ---- a date in words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "start", "end", "kind", "mod", "shown"),
    [
        ("2021-07-14", "2021-07-14", "2021-07-14", "day", None, "14 July 2021"),
        ("2021-07", "2021-07-01", "2021-07-31", "month", None, "July 2021"),
        ("2021-03", "2021-03-01", "2021-03-10", "month", "start", "early March 2021"),
        ("2021-03", "2021-03-11", "2021-03-20", "month", "mid", "mid-March 2021"),
        ("2019~", "2019-05-01", "2019-08-31", "year", "mid", "mid-2019"),
        ("2020", "2020-09-01", "2020-12-31", "year", "end", "late 2020"),
        ("2011~", "2011-01-01", "2011-12-31", "year", "approx", "about 2011"),
        ("2021-34", "2021-04-01", "2021-06-30", "quarter", None, "second quarter of 2021"),
        ("2021-40", "2021-01-01", "2021-06-30", "half", None, "first half of 2021"),
        ("2021-22", "2021-06-01", "2021-08-31", "season", None, "summer 2021"),
        ("2019-12/2020-02", "2019-12-01", "2020-02-29", "season", None, "winter 2019–20"),
        ("199X", "1990-01-01", "1999-12-31", "decade", None, "1990s"),
        ("2015/2018", "2015-01-01", "2018-12-31", "range", None, "2015–2018"),
        ("2021-06-05/2021-06-08", "2021-06-05", "2021-06-08", "range", None, "5–8 June 2021"),
        ("2021-04/2021-08", "2021-04-01", "2021-08-31", "range", None, "April – August 2021"),
        ("2017/..", "2017-01-01", None, "range", None, "since 2017"),
        ("../2020-09-30", None, "2020-09-30", "range", None, "until 30 September 2020"),
        ("2021-W27", "2021-07-05", "2021-07-11", "week", None, "week of 5 July 2021"),
        (
            "[2020-03-04,2020-04-03]", "2020-03-04", "2020-04-03", "day", None,
            "4 March 2020 or 3 April 2020",
        ),
    ],
)  # fmt: skip
def test_a_date_is_told_with_its_precision(
    edtf: str, start: str, end: str, kind: Granularity, mod: Mod, shown: str
) -> None:
    assert words(date(edtf, start, end, kind, mod)) == shown


@pytest.mark.parametrize(
    ("edtf", "under", "shown"),
    [
        ("2021-07-14", "month", "14 Wed"),
        ("2021-07-14", "year", "14 Jul"),
        ("2021-07", "month", "Jul"),
        ("2021-06-05/2021-06-08", "month", "5 ├──┤ 8"),
        ("2021-06-05/2021-07-08", "month", "5 ├──┤ 8 Jul"),
        ("2021-06-05/2021-07-08", "year", "5 Jun ├──┤ 8 Jul"),
        ("2017/..", "year", "2017 ├──▸"),
        ("../2020-09-30", "year", "◂──┤ 30 Sep"),
        ("2015/2018", "year", "2015 ├──┤ 2018"),
    ],
)
def test_under_its_heading_a_date_says_only_what_the_heading_does_not(
    edtf: str, under: str, shown: str
) -> None:
    assert label(dated(edtf), under) == shown


def test_an_approximate_date_is_marked() -> None:
    assert label(date("2011~", "2011-01-01", "2011-12-31", "year", "approx"), "year") == "~2011"
    assert label(dated("2021-03", "mid"), "month") == "mid-Mar"


# ---- at a terminal ----------------------------------------------------------------------------


def printed(found: list[FoundEvent], width: int = 80, granularity: str | None = None) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None, markup=False)
    for part in parts(found, granularity=granularity, source=lambda at: Text(at.path + at.place)):
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_of_many_sources_the_first_stand_there_and_how_many_more() -> None:
    tellings = [told(f"doc{n:02}", "2021-07-14", "The ferry sank.") for n in range(12)]
    lines = printed([replace(tellings[0], also=tuple(tellings[1:]))], 80).splitlines()
    assert sum("doc" in line for line in lines) == 8
    assert lines[-1].strip() == "· and 4 more reports"
    few = printed([replace(tellings[0], also=tuple(tellings[1:9]))], 80)
    assert few.count("doc") == 9, "a ninth takes no more room than to tell of it"


STORY = [
    told("a", "1996/..", LONG, actors=("norway",)),
    told("a", "2019", "Output fell", mod="mid"),
    told("a", "2019-06-13", "Two ships were damaged [red]badly[/red]"),
    told("b", "2019-06-13", "Two ships were damaged badly"),
    told("b", "2019-07", "A mission may begin", "hypothetical"),
    told("b", "2021-02-14/2021-02-25", "Six navies train", "planned"),
]


def test_events_stand_under_their_year_and_month() -> None:
    lines = [" ".join(line.split()) for line in printed(STORY).splitlines()]
    order = ["2019", "June", "13 Thu Two ships were damaged [red]badly[/red]", "July", "2021"]
    assert [line for line in lines if line in order or line.startswith("13 Thu")][:3] == order[:3]
    assert lines.index("2019") < lines.index("June") < lines.index("July") < lines.index("2021")


def test_all_events_begin_in_one_column() -> None:
    starts = {
        line.index(text)
        for line in printed(STORY, 100).splitlines()
        for text in ("Output fell", "Two ships", "A mission", "Six navies")
        if text in line
    }
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("found", "meanings"),
    [
        ([told("a", "2019-06-13", "It sank")], None),
        ([told("a", "2017/..", "It sank")], "├──┤ from, to"),
        ([told("a", "2011~", "It sank", mod="approx")], "~ about"),
    ],
)
def test_symbols_are_explained_where_they_are_used(
    found: list[FoundEvent], meanings: str | None
) -> None:
    last = printed(found).splitlines()[-1].strip()
    assert (last == meanings) if meanings else last.startswith("· a.txt")


def test_what_a_year_alone_dates_stands_before_the_years_months() -> None:
    lines = printed(STORY).splitlines()
    fell = next(n for n, line in enumerate(lines) if "Output fell" in line)
    assert fell < next(n for n, line in enumerate(lines) if line.strip() == "June")


def test_each_source_has_a_line_of_its_own() -> None:
    lines = [line.strip() for line in printed(cluster_mentions(STORY)).splitlines()]
    first = next(n for n, line in enumerate(lines) if "Two ships" in line)
    assert lines[first + 1 : first + 3] == ["· a.txt:1", "· b.txt:1"]


def test_what_is_not_past_says_so_without_colour() -> None:
    shown = printed(STORY)
    assert "A mission may begin  ? hypothetical" in shown
    assert "Six navies train  ◇ planned" in shown


def test_a_contradiction_is_seen_at_both_days() -> None:
    found = cluster_mentions(
        [
            told("a", "2019-06-13", "Two tankers were attacked in the Gulf of Oman"),
            told("b", "2019-06-12", "Two tankers were attacked in the Gulf of Oman"),
        ]
    )
    shown = printed(found, 200)
    assert "≠ 13 June 2019: Two tankers" in shown
    assert "≠ 12 June 2019: Two tankers" in shown


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("granularity", [None, "day", "month", "year"])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(
    width: int, granularity: str | None
) -> None:
    shown = printed(STORY, width, granularity)
    assert max(map(len, shown.splitlines())) <= width
    for found in STORY:
        rest = iter(shown.split())
        assert all(word in rest for word in found.event.text.split())


@pytest.mark.parametrize(
    ("granularity", "headings"),
    [
        ("year", ["1996", "2019", "2021"]),
        ("month", ["1996", "2019", "June 2019", "July 2019", "February 2021"]),
        (
            "day",
            ["since 1996", "mid-2019", "Thu 13 June 2019", "July 2019", "14–25 February 2021"],
        ),
    ],
)
def test_the_granularity_says_what_a_heading_is(granularity: str, headings: list[str]) -> None:
    lines = printed(STORY, 200, granularity).splitlines()
    assert [line for line in lines if line.strip() and not line.startswith(" ")] == headings


def test_a_long_date_is_folded_and_not_cut_short() -> None:
    found = told("a", "2020-03-04", "The ship left")
    three = "[2020-03-04,2020-04-03,2021-03-04]"
    odd = ResolvedDate("", three, "2020-03-04", "2021-03-04", "day")
    shown = printed([replace(found, event=replace(found.event, date=odd))], 60)
    assert "2021" in shown
    assert "…" not in shown


def test_control_characters_of_a_document_do_no_harm() -> None:
    assert "\x1b" not in printed([told("a", "2019-06-13", "A \x1b[31mred\x1b[0m ship sank")])


def test_an_empty_answer_prints_nothing() -> None:
    assert printed([]).strip() == ""


# ---- for TimelineJS ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_date", "first", "last"),
    [
        (dated("2021-07-14"), {"year": 2021, "month": 7, "day": 14}, None),
        (dated("2021-07"), {"year": 2021, "month": 7}, None),
        (dated("2021"), {"year": 2021}, None),
        (
            dated("2021-06-05/2021-06-08"),
            {"year": 2021, "month": 6, "day": 5},
            {"year": 2021, "month": 6, "day": 8},
        ),
        (dated("2015/2018"), {"year": 2015}, {"year": 2018}),
        (dated("2017/.."), {"year": 2017}, None),
        (date("199X", "1990-01-01", "1999-12-31", "decade"), {"year": 1990}, {"year": 1999}),
        (
            date("2021-34", "2021-04-01", "2021-06-30", "quarter"),
            {"year": 2021, "month": 4},
            {"year": 2021, "month": 6},
        ),
        (
            date("2021-W27", "2021-07-05", "2021-07-11", "week"),
            {"year": 2021, "month": 7, "day": 5},
            {"year": 2021, "month": 7, "day": 11},
        ),
    ],
    ids=lambda value: value.edtf if isinstance(value, ResolvedDate) else "",
)
def test_a_slide_has_a_month_or_a_day_only_where_one_was_told(
    given_date: ResolvedDate, first: dict[str, int], last: dict[str, int] | None
) -> None:
    start, end = timelinejs.ends(given_date)
    assert (start, end if end != start else None) == (first, last)


def slides(found: list[FoundEvent]) -> list[dict[str, Any]]:
    read = json.loads(timelinejs.dumps(found, title="The Gulf"))
    assert set(read) <= {"title", "events", "eras", "scale"}
    return list(read["events"])


def test_every_slide_has_what_the_format_asks_for_and_nothing_unknown() -> None:
    known = {
        "start_date", "end_date", "text", "media", "group", "display_date", "background",
        "autolink", "unique_id",
    }  # fmt: skip
    for slide in slides(STORY):
        assert {"start_date", "text"} <= set(slide) <= known
        assert {"year"} <= set(slide["start_date"]) <= {"year", "month", "day"}
        assert set(slide["text"]) == {"headline", "text"}


def test_the_words_of_a_date_are_its_precision() -> None:
    assert slides([told("a", "2019", "Output fell", mod="mid")])[0]["display_date"] == "mid-2019"


def test_a_text_is_never_read_as_html() -> None:
    (slide,) = slides([told("a", "2019", "<script>alert(1)</script> & more", title="<b>T")])
    assert "<script>" not in json.dumps(slide)
    assert "&lt;script&gt;" in slide["text"]["headline"]


def test_the_ids_of_slides_are_all_different_and_stay() -> None:
    ids = [slide["unique_id"] for slide in slides(STORY)]
    assert len(set(ids)) == len(STORY)
    assert ids == [slide["unique_id"] for slide in slides(STORY)]


def test_a_slide_names_all_its_sources_and_its_contradictions() -> None:
    (slide,) = slides(cluster_mentions(STORY[2:4]))
    assert "a.txt:1" in slide["text"]["text"]
    assert "b.txt:1" in slide["text"]["text"]


# ---- for a calendar ---------------------------------------------------------------------------

STAMP = datetime(2021, 7, 14, 12, 30, tzinfo=UTC)


def unfolded(found: list[FoundEvent], stamp: datetime = STAMP) -> list[str]:
    return ics.dumps(found, stamp=stamp).replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_entry_of_one_whole_day() -> None:
    lines = unfolded([told("a", "2019-06-30", "Two ships, both Omani; sank")])
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gulfbrief//timeline//EN"]
    assert {"DTSTART;VALUE=DATE:20190630", "DTEND;VALUE=DATE:20190701"} <= set(lines)
    assert "SUMMARY:Two ships\\, both Omani\\; sank" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_range_told_in_days_ends_on_its_last_day() -> None:
    lines = unfolded([told("a", "2021-02-14/2021-02-25", "Six navies train", "planned")])
    assert {"DTSTART;VALUE=DATE:20210214", "DTEND;VALUE=DATE:20210226"} <= set(lines)
    assert "STATUS:TENTATIVE" in lines


@pytest.mark.parametrize("edtf", ["2019", "2019-06", "2017/..", "../2020-01-01", "2015/2018"])
def test_what_has_no_day_has_no_place_in_a_calendar(edtf: str) -> None:
    found = told("a", edtf, "It happened")
    assert not ics.fits(found)
    assert "BEGIN:VEVENT" not in unfolded([found])


def test_early_or_late_on_a_day_is_that_day_and_about_a_day_is_none() -> None:
    assert ics.fits(told("a", "2019-06-13", "It happened", mod="start"))
    assert not ics.fits(told("a", "2019-06-13", "It happened", mod="approx"))


def test_the_stamp_is_the_time_given_in_utc() -> None:
    found = [told("a", "2019-06-13", "Two ships sank")]
    east = STAMP.astimezone(timezone(timedelta(hours=4)))
    for stamp in (STAMP, STAMP.replace(tzinfo=None), east):
        assert "DTSTAMP:20210714T123000Z" in unfolded(found, stamp)


def test_each_entry_has_an_id_of_its_own_that_stays() -> None:
    found = [told("a", "2019-06-13", "One", at=1), told("a", "2019-06-13", "Two", at=9)]
    ids = [line for line in unfolded(found) if line.startswith("UID:")]
    assert len(set(ids)) == 2
    assert ids == [line for line in unfolded(found) if line.startswith("UID:")]


@given(st.lists(st.text(max_size=200), max_size=4))
def test_lines_are_at_most_75_octets_and_hold_all_that_was_there(texts: list[str]) -> None:
    found = [told("a", "2019-06-13", text, at=n) for n, text in enumerate(texts)]
    whole = ics.dumps(found, stamp=STAMP)
    lines = whole.split("\r\n")
    assert max(len(line.encode("utf-8")) for line in lines) <= 75
    assert "\n" not in whole.replace("\r\n", "")
    assert "\r" not in whole.replace("\r\n", "")
    for line in whole.replace("\r\n ", "").split("\r\n"):
        assert line == "" or re.match(r"[A-Z-]+[:;]", line)


@given(st.text(max_size=200))
def test_escaping_can_be_undone(text: str) -> None:
    kept = text.replace("\r", "")
    read = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], ics.escaped(kept))
    assert read == kept
