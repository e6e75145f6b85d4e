"""Temporal expressions: tables in tests/data/dates, and what must always hold."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.find import dates
from gulfbrief.find.dates import calendars
from gulfbrief.find.dates.tokens import lexicon
from gulfbrief.find.text import Text
from gulfbrief.model import TimeExpression

FOLDER = Path(__file__).parent / "data" / "dates"
PUBLISHED = "2021-07-14"  # a Wednesday; a case may name another day, or "" for none
checked = cache(parse_edtf)
# A case tells of each expression only what it is about; "" stands for null.


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found.append(pytest.param(case, id=f"{path.stem}: {case['text'][:60]}"))
    return found


def record(x: TimeExpression) -> dict[str, Any]:
    """An expression with its date as one flat table; ``date`` tells whether it has one."""
    d = x.date
    return {
        "text": x.text, "type": x.type, "value": x.value, "timex_mod": x.mod, "date": d is not None,
        "reference": x.reference, "reason": x.reason, "edtf": d and d.edtf, "start": d and d.start,
        "end": d and d.end, "granularity": d and d.granularity, "mod": d and d.mod,
        "anchor": d and d.anchor_kind, "anchor_date": d and d.anchor_date,
    }  # fmt: skip


@cache
def told(text: str, published: str | None) -> list[TimeExpression]:
    return dates.find(Text(text), published)


def found(case: dict[str, Any]) -> list[TimeExpression]:
    return told(case["text"], case.get("published", PUBLISHED) or None)


@pytest.mark.parametrize("case", cases())
def test_expressions_of_a_text_are_found_and_reckoned(case: dict[str, Any]) -> None:
    got = list(map(record, found(case)))
    shown = [
        {key: "" if full[key] is None else full[key] for key in want}
        if i < len(case["want"])
        else full
        for i, full in enumerate(got)
        for want in [case["want"][i] if i < len(case["want"]) else {}]
    ]
    assert shown == case["want"]


@pytest.mark.parametrize("case", cases())
def test_dates_of_a_text_are_edtf(case: dict[str, Any]) -> None:
    for x in found(case):
        if x.date is not None:
            checked(x.date.edtf)


# ---- what always holds ---------------------------------------------------------------------

WORDS = sorted(lexicon().words)
PIECES = [
    *WORDS, "said", "will", "vote", "ministers", "2015", "1999", "5", "31", "12", "3rd", "1,200",
    "10:30", "5pm", "2020-02-29", "2020-02-30", "1990s", "'98", "2015-18", "Q3", "FY2019", "1400",
    "Friday", "May", "Sept.", "the", "of", "\n\n", "\n", "“", "”", "x",
]  # fmt: skip
SENTENCES = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", ", ", "-", ". "])),
    max_size=40,
).map(lambda pairs: "".join(a + b for a, b in pairs))
ANY = st.one_of(SENTENCES, st.text(max_size=200))
DAYS = st.one_of(st.none(), st.dates().map(lambda d: d.isoformat()))


@given(ANY, DAYS)
def test_offsets_hold_and_expressions_follow_each_other(text: str, published: str | None) -> None:
    last = 0
    for x in dates.find(Text(text), published):
        assert text[x.start : x.end] == x.text
        assert x.start >= last
        assert x.end > x.start
        last = x.end


@given(ANY, DAYS)
def test_a_date_begins_before_it_ends_and_is_edtf(text: str, published: str | None) -> None:
    for x in dates.find(Text(text), published):
        if x.date is None:
            continue
        assert x.date.start is not None or x.date.end is not None
        if x.date.start and x.date.end:
            assert x.date.start <= x.date.end
        checked(x.date.edtf)


@given(ANY, DAYS)
def test_what_names_no_day_says_why(text: str, published: str | None) -> None:
    for x in dates.find(Text(text), published):
        if x.type in {"DATE", "TIME"} and x.date is None and not x.value.endswith("_REF"):
            assert x.reason


@given(SENTENCES, st.dates(), st.dates())
def test_the_day_of_publication_moves_only_what_is_relative(text: str, a: date, b: date) -> None:
    def absolute(day: date) -> list[TimeExpression]:
        found = dates.find(Text(text), day.isoformat())
        return [x for x in found if x.date is not None and x.date.anchor_kind == "none"]

    assert absolute(a) == absolute(b)


@given(SENTENCES)
def test_without_a_day_of_publication_nothing_is_reckoned_from_one(text: str) -> None:
    for x in dates.find(Text(text), None):
        assert x.date is None or x.date.anchor_kind != "published"


@given(ANY, DAYS)
def test_finding_is_deterministic(text: str, published: str | None) -> None:
    assert dates.find(Text(text), published) == dates.find(Text(text), published)


@given(st.integers(1, 3000), st.integers(1, 12), st.integers(1, 28))
def test_iranian_days_follow_each_other(year: int, month: int, day: int) -> None:
    today, tomorrow = (calendars.iranian_day(year, month, day + n) for n in (0, 1))
    assert today is not None
    assert tomorrow is not None
    assert (tomorrow - today).days == 1


@pytest.mark.parametrize(
    ("day", "iranian"),
    [
        ((1979, 2, 11), (1357, 11, 22)),
        ((2000, 3, 20), (1379, 1, 1)),
        ((2021, 3, 20), (1399, 12, 30)),
        ((2021, 6, 18), (1400, 3, 28)),
        ((2025, 3, 21), (1404, 1, 1)),
    ],
)
def test_iranian_days_are_those_of_the_almanac(
    day: tuple[int, int, int], iranian: tuple[int, int, int]
) -> None:
    assert calendars.iranian_day(*iranian) == date(*day)


@pytest.mark.parametrize(
    ("day", "islamic"),
    [
        ((622, 7, 19), (1, 1, 1)),
        ((2020, 8, 20), (1442, 1, 1)),
        ((2021, 4, 13), (1442, 9, 1)),
        ((2021, 8, 10), (1443, 1, 1)),
        ((2023, 7, 19), (1445, 1, 1)),
    ],
)
def test_islamic_days_are_those_of_the_tables(
    day: tuple[int, int, int], islamic: tuple[int, int, int]
) -> None:
    assert calendars.islamic_day(*islamic) == date(*day)
