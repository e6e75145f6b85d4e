"""Sentences and paragraphs, in short texts of tests/data/sentences.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.find.text import Text
from gulfbrief.find.text.word_classes import third_person

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "sentences.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_a_text_falls_into_sentences(case: dict[str, Any]) -> None:
    text = Text(case["text"])
    assert [text.text[a:b] for a, b in text.sentences] == case["sentences"]


BODY = (
    "The ministers of the six states met in the old fort above the harbour and talked until the"
    " lamps were lit, and nobody who waited at the gate was told what they had agreed on or when"
    " the next of their many talks would be. The crews of the dredgers went home before it was"
    " dark, as they had on every evening of that week."
)


@pytest.mark.parametrize(
    "parts",
    [
        ["Related article", "Why the dredgers of Sohar lie idle", "The minister spoke on Monday."],
        ["RELATED:", "Dues rise again in the north", "He said that the port would stay open."],
        ["Read more: Oman Shuts Its Port", "He went home.", "“No,” he said."],
        ["READ MORE", "Six Crews Home at Last", "It was late."],
        ["Advertisement", "“I was there,” said Haddad."],
        ["ADVERTISEMENT", "Haddad left."],
        ["Story continues below advertisement", "She left."],
        ["Continue reading the main story", "“We stay,” she said."],
        ["Image copyright Coast Wire", "Image caption", "The quay at dusk", "The talks go on."],
        ["Enlarge this image", "toggle caption Per Lund/Coast Wire", "The ship lay still."],
        ["Click here.", "The ships wait."],
    ],
    ids=lambda parts: parts[0],
)
@pytest.mark.parametrize("joint", [" ", ""])
def test_what_stood_around_an_article_runs_into_no_sentence(parts: list[str], joint: str) -> None:
    text = Text(BODY + joint + " ".join(parts))
    found = [text.text[a:b] for a, b in text.sentences[2:]]
    label, last = parts[0], parts[-1]
    assert found[0].startswith(label.removesuffix("."))
    assert found[-1] == last
    assert text.text[slice(*text.sentences[1])] == BODY[text.sentences[1][0] :]


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, he told the crews.",
        "The Advertisement Board of Oman fined three of the ports.",
        "He bought the Related Topics shop and its yard.",
        "We see also that dues will rise.",
    ],
)
def test_the_same_words_in_a_sentence_end_none(sentence: str) -> None:
    text = Text(f"{BODY} {sentence}")
    assert text.text[slice(*text.sentences[-1])] == sentence


def test_marks_without_a_space_open_and_close_by_turns() -> None:
    said = 'He made the request."We will not go," he said."They left."The port is shut.'
    text = Text(f"{BODY} {said}")
    assert [text.text[a:b] for a, b in text.sentences[2:]] == [
        "He made the request.",
        '"We will not go," he said.',
        '"They left."',
        "The port is shut.",
    ]
    assert [text.text[m.start : m.end] for m in text.marked] == ["We will not go,", "They left."]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    lines = (
        "The ministry of transport said that the eastern road would be closed\n"
        "for repairs until the end of the month, and that lorries would have to\n"
        "take the ferry."
    )
    assert len(Text(lines).paragraphs) == 1


def test_short_lines_are_paragraphs_of_their_own() -> None:
    assert len(Text("HADDAD: No.\nSALEH: Yes.\nHADDAD: Why?").paragraphs) == 3


def test_a_position_is_found_in_its_sentence_paragraph_and_token() -> None:
    text = Text("It rained. Nobody sailed.\n\nThe port closed.")
    offset = text.text.index("port")
    assert text.sentence_at(offset) == 2
    assert text.paragraph_at(offset) == 1
    assert text.tokens[text.token_at(offset)] == "port"


@pytest.mark.parametrize(
    ("base", "third"),
    [("try", "tries"), ("obey", "obeys"), ("go", "goes"), ("reach", "reaches"), ("pass", "passes"),
     ("fix", "fixes"), ("open", "opens")],
)  # fmt: skip
def test_the_form_of_a_verb_after_he(base: str, third: str) -> None:
    assert third_person(base) == third
