"""The gate: forty reports whose timelines were written by hand (``data/timelines/README.md``)."""

from __future__ import annotations

import calendar
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.find import find
from gulfbrief.model import Document, Event

FILES = sorted((Path(__file__).parent / "data" / "timelines").glob("*.toml"))
REPORTS = [r for file in FILES for r in tomllib.loads(file.read_text("utf-8"))["report"]]
UNSEEN = [r for r in REPORTS if r["name"].startswith("unseen-")]
SEEN = [r for r in REPORTS if r not in UNSEEN]
# One answer below the present figure.
ENTRY_F1 = {"seen": 0.919, "unseen": 0.903}
CERTAINTY = 0.989


def span(entry: dict[str, Any]) -> tuple[str | None, str | None]:
    """The first and the last day of a gold entry, null where open."""
    if "on" not in entry:
        return entry["from"] or None, entry["to"] or None
    first, _, last = entry["on"].partition("/")
    if first.endswith("X"):
        return f"{first[:3]}0-01-01", f"{first[:3]}9-12-31"
    last = last or first
    if last == "..":
        return _first(first), None
    return _first(first), _last(last)


def _first(edtf: str) -> str:
    return edtf + "-01-01"[len(edtf) - 4 :] if len(edtf) < 10 else edtf


def _last(edtf: str) -> str:
    if len(edtf) == 7:
        return f"{edtf}-{calendar.monthrange(int(edtf[:4]), int(edtf[5:]))[1]:02}"
    return edtf + "-12-31" if len(edtf) == 4 else edtf


def says(event: Event, entry: dict[str, Any], entries: list[dict[str, Any]]) -> bool:
    """Whether the event's text is the entry's clause, and of no other entry's."""
    text = " ".join(event.text.split())
    others = [o["has"] for o in entries if o["has"] != entry["has"] and not o.get("inside")]
    return all(w in text for w in entry["has"]) and not any(w in text for o in others for w in o)


def aligned(report: dict[str, Any]) -> tuple[list[tuple[dict[str, Any], Event]], int]:
    """The gold entries that were found, each with its event, and how many events were found."""
    document = Document("0", "report.txt", report["text"], published=report["published"])
    events = list(find(document).events)
    left, pairs = list(events), []
    for entry in report["entries"]:
        right = [
            e
            for e in left
            if (e.date.start, e.date.end) == span(entry) and says(e, entry, report["entries"])
        ]
        if right:
            best = min(right, key=lambda e: e.certainty != entry["is"])
            left.remove(best)
            pairs.append((entry, best))
    return pairs, len(events)


def test_there_are_forty_reports_in_varied_styles() -> None:
    assert len({report["name"] for report in SEEN}) == 40
    assert len({report["name"].split("-")[0] for report in SEEN}) >= 4


def test_the_gold_words_stand_in_the_texts() -> None:
    for report in REPORTS:
        text = " ".join(report["text"].split())
        for entry in report["entries"]:
            assert all(word in text for word in entry["has"]), (report["name"], entry)


@pytest.mark.parametrize(("part", "reports"), [("seen", SEEN), ("unseen", UNSEEN)])
def test_entries_are_found_with_their_clause_and_their_days(
    part: str, reports: list[dict[str, Any]]
) -> None:
    results = [aligned(report) for report in reports]
    right = sum(len(pairs) for pairs, _ in results)
    gold = sum(len(report["entries"]) for report in reports)
    found = sum(n for _, n in results)
    f1 = 2 * right / (gold + found)
    assert f1 >= ENTRY_F1[part], f"{f1:.3f}: {right} right, {gold} gold, {found} found"


def test_their_certainty_is_as_the_words_tell_it() -> None:
    pairs = [pair for report in REPORTS for pair in aligned(report)[0]]
    right = sum(entry["is"] == event.certainty for entry, event in pairs)
    assert right / len(pairs) >= CERTAINTY, f"{right} of {len(pairs)}"
