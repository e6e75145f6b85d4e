"""Names in the hard cases on actors (tests/data/names), and the lexicon that a user can extend."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gulfbrief.errors import UsageError
from gulfbrief.find import names
from gulfbrief.find.text import Text

HARD, KINDS = (
    tomllib.loads((Path(__file__).parent / "data" / "names" / name).read_text(encoding="utf-8"))[
        "case"
    ]
    for name in ("hard_cases.toml", "kinds.toml")
)


def found(text: str, lexicon: names.Lexicon | None = None) -> list[str]:
    return [
        " | ".join([m.text, m.type, *([m.actor] if m.actor else [])])
        for m in names.find(Text(text), lexicon)
    ]


@pytest.mark.parametrize("case", HARD + KINDS, ids=lambda c: f"{c['kind']}: {c['text'][:40]}")
def test_all_names_of_a_text_are_found_with_their_types(case) -> None:
    assert found(case["text"]) == case["names"]


@pytest.mark.parametrize("kind", range(1, 11))
def test_each_hard_case_has_three_texts(kind: int) -> None:
    assert sum(case["kind"] == kind for case in HARD) >= 3


def test_a_users_file_adds_actors_and_names(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[organisation]\nnhwu = ["Harbour Union", "NHWU"]\neu = ["The Twelve"]\n')
    lexicon = names.load([own])
    assert found("The NHWU and the Harbour Union met The Twelve.", lexicon) == [
        "NHWU | organisation | nhwu",
        "Harbour Union | organisation | nhwu",
        "The Twelve | organisation | eu",
    ]
    assert lexicon.display["nhwu"] == "Harbour Union"
    uses = [m.how for m in names.find(Text("The NHWU met the Harbour Union."), lexicon)]
    assert uses == ["alias", "name"]


def test_a_users_name_wins_over_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[organisation]\npalestine-airways = ["PA"]\n')
    assert found("The PA flew.", names.load([own])) == ["PA | organisation | palestine-airways"]


@pytest.mark.parametrize(
    "content",
    ["[organisation\n", "[ship]\na = ['b']\n", "[person]\na = 'b'\n", "[place]\na = [1]\n"],
)
def test_a_users_file_of_another_form_is_refused_with_its_name(tmp_path: Path, content) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content)
    with pytest.raises(UsageError, match="own"):
        names.load([own])


def test_a_persons_head_is_the_name_by_which_he_is_called_later() -> None:
    mention = names.find(Text("Abdullatif bin Salem Al Zayani was there."))[0]
    assert mention.head == "Zayani"


def test_american_and_british_spellings_are_one_body() -> None:
    one, other = (
        names.find(Text(f"The World Health {word} met."))[0].actor
        for word in ("Organisation", "Organization")
    )
    assert one == other == "who"


def test_an_eastern_name_begins_with_the_part_by_which_it_is_called_later() -> None:
    found_ = names.find(
        Text("Ban Ki-jun landed. “No,” Ban said. Kim Min-jae and Kim Burton waved.")
    )
    assert [(m.text, m.head) for m in found_] == [
        ("Ban Ki-jun", "Ban"),
        ("Ban", "Ban"),
        ("Kim Min-jae", "Kim"),
        ("Kim Burton", "Burton"),
    ]
