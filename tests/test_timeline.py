"""The timeline: order, one entry an event, contradictions, what it is filtered by."""

from __future__ import annotations

import calendar
import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import indexed

from gulfbrief.answer.event_coreference import cluster_mentions
from gulfbrief.answer.timeline import matching, timeline
from gulfbrief.errors import GulfbriefError
from gulfbrief.fold import words
from gulfbrief.model import (
    Actor,
    Certainty,
    Event,
    FoundEvent,
    Granularity,
    Mod,
    ResolvedDate,
    Source,
    Window,
)
from gulfbrief.store.actors import near_words
from gulfbrief.store.reader import Index

DATA = Path(__file__).parent / "data"
PAIRS = tomllib.loads((DATA / "same_events.toml").read_text("utf-8"))["pair"]


def dated(edtf: str, mod: Mod | None = None) -> ResolvedDate:
    """The date that a simple EDTF value names."""
    first, _, last = edtf.partition("/")
    kinds: dict[int, Granularity] = {4: "year", 7: "month", 10: "day"}
    kind: Granularity = "range" if last else kinds.get(len(first), "day")
    ends = [first if first != ".." else None, (last or first) if last != ".." else None]
    return ResolvedDate(edtf, edtf, _first(ends[0]), _last(ends[1]), kind, mod)


def _first(part: str | None) -> str | None:
    return part and (part + "-01-01"[len(part) - 4 :] if len(part) < 10 else part)


def _last(part: str | None) -> str | None:
    if part and len(part) == 7:
        return f"{part}-{calendar.monthrange(int(part[:4]), int(part[5:]))[1]}"
    return part and (part + "-12-31" if len(part) == 4 else part)


def told(
    doc: str,
    edtf: str,
    text: str,
    certainty: Certainty = "past",
    *,
    actors: Sequence[str] = (),
    at: int = 0,
    title: str | None = None,
    published: str | None = "2021-07-14",
    mod: Mod | None = None,
) -> FoundEvent:
    source = Source(doc, f"{doc}.txt", title, published, 1, at, at + len(text))
    event = Event(at, at + len(text), text, dated(edtf, mod), tuple(actors), certainty)
    return FoundEvent(source, event)


class Held:
    """An index that holds these events."""

    def __init__(self, events: Sequence[FoundEvent], names: Sequence[tuple[str, str]] = ()) -> None:
        self.held, self.names = events, names
        self.window: Window | None = None

    def events(
        self, window: Window = Window(), *, actor: str | None = None
    ) -> Iterator[FoundEvent]:
        self.window = window
        return self.events_at(self.event_postings(window, actor=actor))

    def event_postings(
        self,
        window: Window = Window(),
        *,
        actor: str | None = None,
        across: bool = True,
        roles: object = (),
    ) -> list[tuple[int, int]]:
        self.window = window
        return [(0, n) for n, f in enumerate(self.held) if actor is None or actor in f.event.actors]

    def events_at(self, places: Sequence[tuple[int, int]]) -> Iterator[FoundEvent]:
        return (self.held[n] for _, n in places)

    def text_before(self, number: int, offset: int, most: int) -> str:
        return ""

    def actor(self, id: str) -> Actor | None:
        return next((Actor(i, name, "person") for name, i in self.names if i == id), None)

    def actor_names(self, holding: object = None) -> list[tuple[str, str]]:
        return list(self.names)

    def near_name_words(self, word: str, most: int) -> dict[str, int]:
        known = sorted({word for name, _ in self.names for word in words(name)})
        return near_words(known, word, most)


def index(events: Sequence[FoundEvent], names: Sequence[tuple[str, str]] = ()) -> Index:
    return cast(Index, Held(events, names))


def pair(case: dict[str, Any]) -> list[FoundEvent]:
    actors = case.get("actors", ())
    return [told(doc, *case[doc], actors=actors, at=n) for n, doc in enumerate("ab")]


# ---- one entry an event -----------------------------------------------------------------------


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: f"{c['verdict']}: {c['why']}")
def test_two_tellings_are_one_event_or_a_contradiction_or_two(case: dict[str, Any]) -> None:
    entries = cluster_mentions(pair(case))
    if len(entries) == 1:
        verdict = "same"
    else:
        verdict = "conflict" if any(e.conflicts for e in entries) else "different"
    assert verdict == case["verdict"]


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: f"{c['verdict']}: {c['why']}")
def test_it_does_not_matter_which_document_is_met_first(case: dict[str, Any]) -> None:
    assert cluster_mentions(pair(case)) == cluster_mentions(pair(case)[::-1])


def test_an_entry_names_each_further_document_once() -> None:
    text = "Two tankers were attacked in the Gulf of Oman"
    found = [told(doc, "2019-06-13", text, at=at) for doc in "abc" for at in (10, 900)]
    (entry,) = cluster_mentions(found)
    assert [entry.source.doc, *(f.source.doc for f in entry.also)] == ["a", "b", "c"]


def test_the_narrowest_date_stands_for_the_entry() -> None:
    vague = told("a", "2018-05", "The president left the nuclear agreement", published="2020-01-01")
    exact = told("b", "2018-05-08", "The president left the nuclear agreement")
    (entry,) = cluster_mentions([vague, exact])
    assert (entry.event.date.edtf, [f.event.date.edtf for f in entry.also]) == (
        "2018-05-08",
        ["2018-05"],
    )


def test_what_happened_stands_for_what_was_planned() -> None:
    plan = told(
        "a", "2021-03-20", "Kuwait will open a field hospital", "planned", published="2021-01-01"
    )
    fact = told("b", "2021-03-20", "Kuwait opened a field hospital")
    (entry,) = cluster_mentions([plan, fact])
    assert (entry.event.certainty, entry.also[0].event.certainty) == ("past", "planned")


def test_both_sides_of_a_contradiction_name_the_other() -> None:
    found = [
        told("a", "2019-06-13", "Two tankers were attacked in the Gulf of Oman"),
        told("b", "2019-06-12", "Two tankers were attacked in the Gulf of Oman"),
    ]
    assert [[c.source.doc for c in e.conflicts] for e in cluster_mentions(found)] == [["a"], ["b"]]


def test_one_document_does_not_contradict_itself() -> None:
    found = [
        told("a", "2019-06-13", "Two tankers were attacked in the Gulf of Oman"),
        told("a", "2019-06-12", "Two tankers were attacked in the Gulf of Oman", at=500),
    ]
    assert not any(e.conflicts for e in cluster_mentions(found))


def test_an_event_told_by_very_many_documents_is_still_one_entry() -> None:
    text = "Drones struck the Rahwan refinery"
    found = [told(f"d{n:03}", "2019-09-14", text) for n in range(400)]
    (entry,) = cluster_mentions(found)
    assert len(entry.also) == 399


WORDS = "council met tanker seized port closed talks failed Haddad envoy signed treaty".split()
FOUND = st.builds(
    told,
    st.sampled_from("abcd"),
    st.sampled_from(["2019", "2019-06", "2019-06-13", "2019-06-14", "2017/..", "../2020-01-01"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
    st.sampled_from(["past", "planned", "hypothetical"]),
    actors=st.sampled_from([(), ("haddad",), ("haddad", "oman")]),
    at=st.integers(0, 10_000),
)


@given(st.lists(FOUND, max_size=30))
def test_no_document_and_no_day_is_lost(found: list[FoundEvent]) -> None:
    entries = cluster_mentions(found)
    kept = {f.source.doc for e in entries for f in (e, *e.also)}
    assert kept == {f.source.doc for f in found}


@given(st.lists(FOUND, max_size=30), st.randoms(use_true_random=False))
def test_entries_stand_in_order_of_their_first_day(
    found: list[FoundEvent], dice: random.Random
) -> None:
    dice.shuffle(found)
    starts = [e.event.date.start or e.event.date.end or "" for e in cluster_mentions(found)]
    assert starts == sorted(starts)


@given(st.lists(FOUND, max_size=30))
def test_contradictions_are_mutual_and_of_other_documents(found: list[FoundEvent]) -> None:
    entries = cluster_mentions(found)
    pairs = {(e.source, e.event, c.source, c.event) for e in entries for c in e.conflicts}
    assert all((c, d, a, b) in pairs for a, b, c, d in pairs)
    assert all(a.doc != c.doc for a, _, c, _ in pairs)


# ---- what is asked for ------------------------------------------------------------------------

EVENTS = [
    told("a", "2019-06-13", "Two tankers were attacked", actors=("norway",)),
    told("a", "2019-07-19", "The guard seized a tanker", title="Shipping in the Gulf"),
    told("b", "2021-01-05", "Four states ended the boycott", actors=("qatar", "saudi-arabia")),
]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tanker", ["2019-06-13", "2019-07-19"]),
        ("TANKERS", ["2019-06-13", "2019-07-19"]),
        ("seizing tankers", ["2019-07-19"]),
        ("tanekr", ["2019-06-13", "2019-07-19"]),
        ("boycot", ["2021-01-05"]),
        ("saudi", ["2021-01-05"]),
        ("shipping", []),
        ("tanker boycott", []),
        ("submarine", []),
        ("", ["2019-06-13", "2019-07-19", "2021-01-05"]),
    ],
)
def test_text_keeps_the_events_that_have_all_its_words_in_spite_of_typos(
    text: str, days: list[str]
) -> None:
    answer = timeline(index(EVENTS), text)
    assert [f.event.date.start for f in answer.results] == days


def test_a_short_word_is_never_corrected() -> None:
    assert list(matching([told("a", "2019", "He ran in to it")], "un")) == []


def test_an_actor_is_known_by_id_or_by_a_misspelt_name() -> None:
    held = index(EVENTS, [("Norway", "norway"), ("Qatar", "qatar")])
    for name in ("norway", "Norway", "Norwya"):
        answer = timeline(held, actor=name)
        assert [f.event.text for f in answer.results] == ["Two tankers were attacked"]


def test_an_unknown_actor_is_an_error_that_says_so() -> None:
    with pytest.raises(GulfbriefError, match="Atlantis"):
        timeline(index(EVENTS, [("Norway", "norway")]), actor="Atlantis")


def test_the_limit_cuts_the_results_and_not_the_total() -> None:
    answer = timeline(index(EVENTS), limit=2)
    assert (answer.total, len(answer.results)) == (3, 2)
    assert len(timeline(index(EVENTS), limit=0).results) == 3


def test_the_window_is_the_indexs_business() -> None:
    held = Held(EVENTS)
    timeline(cast(Index, held), window=Window("2019-01-01", "2019-12-31", "a*"))
    assert held.window == Window("2019-01-01", "2019-12-31", "a*")


@pytest.mark.parametrize(
    ("edtf", "since", "until", "shown"),
    [
        ("2021-07-03", "2021-07", "2021-07", True),
        ("2021-06-28/2021-07-04", "2021-07", "2021-07", True),
        ("2021-07", "2021-07-10", "2021-07-12", False),
        ("2021", "2021-07", "2021-07", False),
        ("2021", "2021", "2021", True),
        ("2019/..", "2021-07", "2021-07", False),
        ("2021-07-03/..", "2021-07", "2021-07", True),
        ("2021-06", "2021-06", "2021-06", True),
        ("2020/2021", "2021", None, True),
    ],
)
def test_an_event_wider_than_the_window_is_no_event_of_it(edtf, since, until, shown) -> None:
    from gulfbrief.answer.timeline import _in_window

    event = told("one", edtf, "The port was closed")
    assert _in_window(event, Window(since, until)) is shown


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("harbour", []),
        ("title:harbour", ["2021-05-01", "2021-05-02"]),
        ("title:HARBOUR ferry", ["2021-05-01"]),
        ('title:"new harbour" crane', ["2021-05-02"]),
        ("title:harbour title:news", ["2021-05-01"]),
        ("title:airport", []),
    ],
)
def test_titles_are_asked_for_by_title(tmp_path: Path, text: str, days: list[str]) -> None:
    reports = {
        "a.txt": "Harbour news\n\nMUSCAT, 3 May 2021 - A ferry sank on 1 May 2021.\n",
        "b.txt": "A new harbour\n\nSUR, 3 May 2021 - A crane hit a pier on 2 May 2021.\n",
    }
    with indexed(tmp_path, reports) as held:
        assert [f.event.date.start for f in timeline(held, text).results] == days
