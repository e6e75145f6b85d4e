"""Whom a typed name means: a namesake met in passing is not meant, two who fit are asked about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from indexes import indexed

from gulfbrief.answer.actor_lookup import find_actor, is_called
from gulfbrief.errors import UnknownError, UsageError
from gulfbrief.store.reader import Index

DATA = tomllib.loads((Path(__file__).parent / "data" / "actor_lookup.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("actors"), DATA["documents"]) as opened:
        yield opened


@pytest.mark.parametrize("case", DATA["case"], ids=lambda c: c["typed"])
def test_a_typed_name_means_one_actor_or_the_line_says_why_not(
    index: Index, case: dict[str, str]
) -> None:
    if "means" in case:
        assert find_actor(index, case["typed"]).id == case["means"]
        return
    with pytest.raises((UsageError, UnknownError)) as told:
        find_actor(index, case["typed"])
    assert case.get("fits", case.get("nobody", "")) in str(told.value)


@pytest.mark.parametrize(
    ("typed", "called"),
    [("darwish", True), ("salma-darwish", True), ("Salma DARWISH", True), ("salma darwich", False)],
)
def test_a_guessed_name_is_known_as_one(index: Index, typed: str, called: bool) -> None:
    assert is_called(find_actor(index, "salma darwish"), typed) is called


def test_a_name_that_is_too_long_to_be_one_is_told_by_its_beginning(index: Index) -> None:
    name = "Omar " * 1100
    with pytest.raises(UsageError) as told:
        find_actor(index, name)
    assert str(told.value).endswith(f" words is none: {name[:60]} ...")
