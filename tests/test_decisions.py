"""An analyst's decisions on actors: their file, and what a later one does to an earlier one."""

from __future__ import annotations

import pytest

from gulfbrief import decisions
from gulfbrief.decisions import Decisions, Judgement
from gulfbrief.errors import UsageError


def test_decisions_stand_beside_the_index(tmp_path) -> None:
    assert decisions.path(tmp_path / "index.db") == tmp_path / "actors.toml"


def test_what_is_saved_is_loaded(tmp_path) -> None:
    made = (
        Decisions().judge("same", "a-b", "c-d", "their memoirs say so").judge("different", "e", "f")
    )
    decisions.save(tmp_path / "new" / "actors.toml", made)
    assert decisions.load(tmp_path / "new" / "actors.toml") == made


def test_no_file_means_no_decisions(tmp_path) -> None:
    assert decisions.load(tmp_path / "actors.toml") == Decisions()


def test_a_later_judgement_on_a_pair_replaces_the_earlier() -> None:
    made = Decisions().judge("same", "a", "b").judge("same", "c", "d").judge("different", "b", "a")
    assert made.judgements == (Judgement("same", "c", "d"), Judgement("different", "b", "a"))


def test_a_judgement_can_be_taken_back() -> None:
    assert Decisions().judge("same", "a", "b").forget("b", "a") == Decisions()


def test_an_actor_is_not_judged_against_itself() -> None:
    with pytest.raises(UsageError):
        Decisions().judge("same", "a", "a")


@pytest.mark.parametrize(
    "content",
    [
        "[[judgement]\n",
        'judgement = "same"\n',
        '[[judgement]]\nverdict = "perhaps"\nactors = ["a", "b"]\n',
        '[[judgement]]\nverdict = "same"\nactors = ["a"]\n',
        '[[judgement]]\nverdict = "same"\n',
    ],
)
def test_a_file_that_is_not_right_is_named(tmp_path, content) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match="actors"):
        decisions.load(file)
