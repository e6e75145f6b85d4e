"""Text is made harmless without losing its place or its words."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.show.harmless import cell, json_text, lines, markdown, visible

HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TEXT = st.text(st.characters(exclude_categories=()))


@given(TEXT)
def test_what_is_shown_is_as_long_as_the_text_and_harmless(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert not HARMFUL.search(visible(text))


@pytest.mark.parametrize(
    "sign", ["\x9b", "\u061c", "\u200e", "\u202e", "\u2066", "\ufff9", "\ufeff"]
)
def test_what_turns_or_hides_the_text_behind_it_is_replaced(sign: str) -> None:
    assert visible(f"a{sign}b") == lines(f"a{sign}b") == "a\ufffdb"


@given(TEXT)
def test_several_lines_stay_several_lines(text: str) -> None:
    assert len(lines(text)) == len(text)
    assert lines(text).count("\n") == text.count("\n")
    assert not HARMFUL.search(lines(text).replace("\n", ""))


@given(st.text(st.characters(exclude_categories=["C"])))
def test_letters_signs_and_spaces_stay_as_they_are(text: str) -> None:
    assert re.sub(r"[\u2028\u2029]", " ", text) == visible(text)


@given(TEXT)
def test_json_gives_the_text_back(text: str) -> None:
    written = json_text({"text": text})
    assert not HARMFUL.search(written)
    assert json.loads(written) == {"text": text}


@given(TEXT)
def test_a_cell_is_no_formula_and_stays_one_cell(text: str) -> None:
    row = io.StringIO()
    csv.writer(row).writerow([cell(text), "next"])
    assert not cell(text).startswith(("=", "+", "-", "@"))
    assert next(csv.reader(io.StringIO(row.getvalue())))[-1] == "next"


@given(st.text("a1 -+=*_#>[]()<&;:`~|!.$\\", max_size=20))
def test_markdown_shows_the_text_and_marks_up_nothing(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().enable(["table", "strikethrough"]).parse("x" + markdown(text))
    shown = "".join(
        child.content for token in tokens for child in token.children or [] if token.children
    )
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}
    assert shown == ("x" + visible(text)).strip()


@given(st.text("a1 -+=*_#>[]()<&;:`~|!.$\\", min_size=1, max_size=12))
def test_markdown_at_the_start_of_a_line_is_a_paragraph(text: str) -> None:
    from markdown_it import MarkdownIt

    body = text.strip()
    tokens = MarkdownIt().parse(markdown(body))
    assert [token.type for token in tokens] in (
        ["paragraph_open", "inline", "paragraph_close"],
        [],
    )
