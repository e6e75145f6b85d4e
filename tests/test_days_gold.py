"""The days of 238 short reports: how many are right, in the part tuned on and in four that were
held back until the end of a change (and are no blind figure since)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from gulfbrief.find import dates
from gulfbrief.find.text import Text

FOLDER = Path(__file__).parent / "data" / "days"
MARKED = re.compile(r"«([^|»]*)\|([^»]*)»")


def read(marked: str) -> tuple[str, list[tuple[int, int, list[str]]]]:
    """A text and its marks: start, end, and the EDTF values that are right."""
    text, marks, at = "", [], 0
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        marks.append((len(text), len(text) + len(m[1]), m[2].split(";")))
        text += m[1]
        at = m.end()
    return text + marked[at:], marks


def members(edtf: str) -> set[str]:
    """A span open on one side counts as its day; of a set, each member counts."""
    return {re.sub(r"^\.\./|/\.\.$", "", e) for e in [edtf, *edtf.strip("{}[]").split(",")]}


def verdict(got: list[str], wanted: list[str]) -> str:
    if not got:
        return "right" if {"-", "?"} & set(wanted) else "null"
    among = set().union(*map(members, wanted))
    return "right" if all(members(g) & among for g in got) else "wrong"


def verdicts(part: str) -> list[str]:
    found = []
    for report in tomllib.loads((FOLDER / f"{part}.toml").read_text("utf-8"))["report"]:
        text, marks = read(report["text"])
        told = [x for x in dates.find(Text(text), report["published"]) if x.date]
        for start, end, wanted in marks:
            got = [x.date.edtf for x in told if x.date and x.start < end and start < x.end]
            found.append(verdict(got, wanted))
    return found


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("tune", 0.98, 0.01),
        ("held", 0.93, 0.07),
        ("fresh", 0.98, 0.02),
        ("wires", 0.97, 0.03),
        ("desks", 0.97, 0.03),
    ],
)
def test_days_of_short_reports_are_right(part: str, right: float, wrong: float) -> None:
    found = verdicts(part)
    assert len(found) > 60
    assert found.count("right") / len(found) >= right
    assert found.count("wrong") / len(found) <= wrong
