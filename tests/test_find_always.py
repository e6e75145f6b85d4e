"""What holds of finding whatever the text: its work grows in a straight line with the length."""

from __future__ import annotations

import sys

import pytest
from shapes import KINDS, shaped

from gulfbrief.find import find
from gulfbrief.model import Document

SIZE = 1_000


def calls(text: str) -> int:
    """How many functions finding calls: a clock that no other process disturbs."""
    count = 0

    def told(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += 1

    document = Document("0" * 12, "a.txt", text, published="2021-07-02")
    before = sys.getprofile()
    sys.setprofile(told)
    try:
        find(document)
    finally:
        sys.setprofile(before)
    return count


def quoted(size: int) -> str:
    """A quotation in which one person after another is named, and taken up by a pronoun."""
    return f"“{shaped('many persons', size)}”"


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_in_a_straight_line_with_a_hostile_text(kind: str) -> None:
    calls(shaped(kind, SIZE // 10))  # what is read once, and kept for the next text
    once, four_times = calls(shaped(kind, SIZE)), calls(shaped(kind, 4 * SIZE))
    assert four_times <= 4.6 * once + 1_000


def test_work_grows_in_a_straight_line_with_a_quotation_that_names_many() -> None:
    calls(quoted(SIZE // 10))
    once, four_times = calls(quoted(2 * SIZE)), calls(quoted(8 * SIZE))
    assert four_times <= 4.6 * once + 1_000
