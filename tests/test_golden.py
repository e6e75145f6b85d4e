"""How answers look, word for word, at 60, 80 and 200 columns and in a pipe.

The files in tests/golden were looked at by eye. After a change that is meant, write them anew with
``GULFBRIEF_GOLDEN=write pytest tests/test_golden.py`` and look at them again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.model import (
    Actor,
    ActorSummary,
    Answer,
    Company,
    Difference,
    DocumentRecord,
    Event,
    Findings,
    FoundEvent,
    FoundQuote,
    Mention,
    Passage,
    Quote,
    ResolvedDate,
    RoleRecord,
    Source,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Verdict,
)
from gulfbrief.show.markdown import page
from gulfbrief.show.output import Shown
from gulfbrief.show.table import View, render
from gulfbrief.show.terminal import UNWRAPPED

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = {"60": 60, "80": 80, "200": 200, "pipe": UNWRAPPED}

TEXT = (
    "Ferry Talks Resume\n"
    "\n"
    '"The line will open in May," Transport Minister Amal Nasr said on Monday. Captain Piet Vos '
    "said that two ships were ready.\n"
)
HERE = Source("0123456789ab", "news/ferry.txt", "Ferry Talks Resume", "2021-03-02", 3, 20, 133)
THERE = Source("ba9876543210", "news/older [draft].pdf", None, None, 41, 900, 950, page=7)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


OPEN = span("The line will open in May,")
READY = span("that two ships were ready")
NASR = Speaker("Transport Minister Amal Nasr", 49, 77, "amal-nasr", "Amal Nasr", "name")
VOS = Speaker("Captain Piet Vos", 95, 111, None, None, None, "two men bear this name")
SAID = Quote(
    "direct", OPEN.start, OPEN.end, OPEN.text, (OPEN,), Span(20, 93, TEXT[20:93]), span("said"),
    (NASR,), confidence=0.97,
)  # fmt: skip
TOLD = Quote(
    "indirect", READY.start, READY.end, READY.text, (READY,), Span(94, 141, TEXT[94:141]),
    span("said"), (VOS,), outer=(NASR,), confidence=0.4, reason="denied",
)  # fmt: skip
SPLIT = Quote(
    "direct", 0, 40, "We sail. Not today.",
    (Span(0, 8, "We sail."), Span(28, 38, "Not today.")), Span(0, 40, ""), None,
    (Speaker("she", 12, 15, "amal-nasr", "Amal Nasr", "pronoun"),), confidence=0.5,
)  # fmt: skip
QUOTES = (
    FoundQuote(HERE, SAID, similarity=88.4),
    FoundQuote(THERE, TOLD),
    FoundQuote(THERE, SPLIT),
    FoundQuote(HERE, Quote("mixed", 0, 9, "no “delay”", (), Span(0, 9, ""))),
)
MONDAY = ResolvedDate("Monday", "2021-03-01", "2021-03-01", "2021-03-01", "day", None, "published")
MAY = ResolvedDate("in May", "2021-05", "2021-05-01", "2021-05-31", "month", None, "published")
SPRING = ResolvedDate("since 2019", "2019/..", "2019-01-01", None, "range", None, "none")
EVENTS = (
    FoundEvent(
        THERE, Event(0, 9, "The line has been shut since 2019", SPRING, ("port-of-vlissen",))
    ),
    FoundEvent(
        HERE,
        Event(20, 93, "Transport Minister Amal Nasr spoke on Monday", MONDAY, ("amal-nasr",)),
        also=(FoundEvent(THERE, Event(0, 9, "Nasr spoke on Monday", MONDAY)),),
        conflicts=(FoundEvent(THERE, Event(0, 9, "Nasr spoke in May", MAY)),),
    ),
    FoundEvent(HERE, Event(20, 46, "The line will open in May", MAY, (), "planned")),
)
PASSAGES = (
    Passage(
        HERE, TEXT.strip(), 91.0, ((24, 28), (117, 122)), {"lien": ("line",), "ships": ("ships",)},
        folded=(THERE, HERE, THERE, HERE, THERE),
    ),
    Passage(THERE, "No title here.", 40.0),
)  # fmt: skip
MINISTER = RoleRecord("Transport Minister", 3, "2021-01-04", "2021-03-02")
ACTORS = (
    Actor(
        "amal-nasr", "Amal Nasr", "person", (("Amal Nasr", 5), ("Nasr", 11), ("AMAL NASR", 1)),
        (MINISTER, RoleRecord("harbour engineer", 1, "2014-06-01", "2014-06-01")),
        1234, 17, 9, "2014-06-01", "2021-03-02", HERE,
    ),
    Actor(
        "shipping-council-of-the-lower-estuary", "Shipping Council of the Lower Estuary",
        "organisation", (("Council", 2),), (), 1, 1, 0, None, None, THERE,
    ),
)  # fmt: skip
MONTHS = (("2020-11", 2), ("2021-01", 7), ("2021-03", 1))
SUMMARY = ActorSummary(
    ACTORS[0], PASSAGES[:1], (Statement(QUOTES[0], (THERE,), 2),), (Statement(QUOTES[1]),),
    (Company("piet-vos", "Piet Vos", 1, 9.5, "person", PASSAGES[0]),), EVENTS[1:], PASSAGES[:1],
    MONTHS,
)  # fmt: skip
VERDICTS = (
    Verdict("The line will open in May,", 4, "verbatim", "Nasr", QUOTES[0], 100.0),
    Verdict(
        "The line would open in June", 9, "altered", None, QUOTES[0], 82.0,
        (
            Difference("replace", "would", "will"),
            Difference("insert", "[early]", "", marked=True),
            Difference("replace", "June", "May"),
        ),
    ),
    Verdict("two ships were ready", 12, "misattributed", "Nasr", QUOTES[1], 99.0),
    Verdict("Nobody said this", 20, "not_found", "Vos"),
)  # fmt: skip
DOCUMENTS = (
    DocumentRecord(
        HERE, ("news/ferry.txt", "copy/ferry.txt"), 1043, "text", "en", "dateline", None, None, (),
        "2021-03-02T09:00:00+00:00",
    ),
    DocumentRecord(
        THERE, ("news/older [draft].pdf",), 7, "pdf", "nl", None, None, None, (),
        "2021-03-02T09:00:00+00:00", ("2 pages have no text: they may be scanned",),
    ),
)  # fmt: skip
FOUND = Findings(
    mentions=(Mention(49, 77, "Transport Minister Amal Nasr", "person", "name", "amal-nasr"),),
    quotes=(SAID, TOLD),
    dates=(TimeExpression(86, 92, "Monday", "DATE", "2021-03-01", None, MONDAY),),
)
SETTINGS = (
    {"name": "limit", "value": None, "origin": "default", "help": "results shown"},
    {"name": "color", "value": "never", "origin": "GULFBRIEF_COLOR", "help": "colour and links"},
)
ANSWERS: dict[str, tuple[dict[str, Any], int, tuple[Any, ...]]] = {
    "search": ({"text": "lien ships"}, 12, PASSAGES),
    "quotes": ({"by": "amal-nasr", "from": "2021", "kind": ["direct", "mixed"]}, 4, QUOTES),
    "verify": ({}, 4, VERDICTS),
    "actors": ({"type": "person"}, 2, ACTORS),
    "actor": ({"name": "nasr"}, 1, (SUMMARY,)),
    "timeline": ({"text": "line"}, 3, EVENTS),
    "docs": ({"doc": "news/*"}, 2, DOCUMENTS),
    "show": ({}, 1, (Shown(DOCUMENTS[0], TEXT, FOUND),)),
    "config": ({}, 2, SETTINGS),
}
NAMES = {"amal-nasr": "Amal Nasr"}


def golden(name: str, shown: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GULFBRIEF_GOLDEN") == "write":
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8")


@pytest.mark.parametrize("schema", ANSWERS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_table(schema: str, width: str) -> None:
    query, total, results = ANSWERS[schema]
    view = View(query, total, NAMES, False, WIDTHS[width], Path("/nowhere"))
    golden(f"{schema}.{width}.txt", render(schema, results, view))


@pytest.mark.parametrize("schema", ANSWERS)
def test_a_table_in_colour(schema: str) -> None:
    query, total, results = ANSWERS[schema]
    view = View(query, total, NAMES, True, 80, Path("/nowhere"))
    golden(f"{schema}.ansi", render(schema, results, view))


@pytest.mark.parametrize("schema", ANSWERS)
def test_markdown(schema: str) -> None:
    query, total, results = ANSWERS[schema]
    golden(f"{schema}.md", page(schema, query, Answer(total, results), NAMES))
