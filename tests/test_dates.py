"""Temporal expressions: tables in tests/data/dates, and what must always hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf

from gulfbrief.find import dates
from gulfbrief.find.text import Text
from gulfbrief.model import TimeExpression

FOLDER = Path(__file__).parent / "data" / "dates"
PUBLISHED = "2021-07-14"  # a Wednesday; a case may name another day, or "" for none
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


@pytest.mark.parametrize("case", cases())
def test_expressions_of_a_text_are_found_and_reckoned(case: dict[str, Any]) -> None:
    got = [
        record(x) for x in dates.find(Text(case["text"]), case.get("published", PUBLISHED) or None)
    ]
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
    for x in dates.find(Text(case["text"]), case.get("published", PUBLISHED) or None):
        if x.date is not None:
            parse_edtf(x.date.edtf)
