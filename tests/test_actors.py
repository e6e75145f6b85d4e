"""Who is meant within one document: the texts of tests/data/actors/cases.toml mark mentions."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_speaker_gold import unmarked

from gulfbrief.find import coreference, names
from gulfbrief.find.coreference import pronoun_features
from gulfbrief.find.text import Text

FILE = Path(__file__).parent / "data" / "actors" / "cases.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
IDS = [f"{case['kind']}-{n}" for n, case in enumerate(CASES)]


def resolved(text: str):
    parts = Text(text)
    return coreference.resolve(parts, names.find(parts))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_each_mention_means_whom_the_text_means(case: dict) -> None:
    text, wanted = unmarked(case["text"])
    mentions, roster = resolved(text)
    name = {actor.key: actor.name for actor in roster}
    for want in wanted:
        there = [m for m in mentions if want.start <= m.start + 1 and m.end == want.end and m.actor]
        there.sort(key=lambda m: m.start)
        meant = name.get(there[0].actor, there[0].actor) if there else "?"
        if want.name == "?" and there and there[0].start > want.start:
            meant = "?"
        assert (want.words, meant) == (want.words, want.name)


@pytest.mark.parametrize("case", [c for c in CASES if "roles" in c])
def test_roles_are_those_that_the_text_gives(case: dict) -> None:
    text, _ = unmarked(case["text"])
    _, roster = resolved(text)
    for name, role, state, status in case["roles"]:
        (actor,) = [a for a in roster if a.name == name]
        held = [(r.text, r.state or "", r.status or "") for r in actor.roles]
        assert (role, state, status) in held


@pytest.mark.parametrize("case", [c for c in CASES if "no_roles" in c])
def test_words_that_say_nothing_of_their_bearer_are_no_roles(case: dict) -> None:
    text, _ = unmarked(case["text"])
    _, roster = resolved(text)
    held = {actor.name: [role.text for role in actor.roles] for actor in roster}
    assert [(name, held[name]) for name in case["no_roles"]] == [(n, []) for n in case["no_roles"]]


def test_every_kind_has_three_texts() -> None:
    assert min(Counter(case["kind"] for case in CASES).values()) >= 3


WORDS = st.sampled_from(
    "Foreign Minister minister the his her he she said Badr Saleh Haddad Elena Marsh Mr Mrs Iran "
    "Omani 's , . ( ) “ ” \" former acting deputy of for and GCC president-elect as \n \n\n".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_whatever_is_found_stands_in_the_text_and_knows_its_actor(text: str) -> None:
    mentions, roster = resolved(text)
    keys = [actor.key for actor in roster]
    assert len(keys) == len(set(keys))
    assert mentions == sorted(mentions, key=lambda m: (m.start, -m.end))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.type == "nationality" or mention.actor is None or mention.actor in keys
    for actor in roster:
        for role in actor.roles:
            assert text[role.start : role.end] == role.text


@pytest.mark.parametrize("speaks", [True, False])
def test_that_a_pronoun_speaks_counts_for_nobody_meant(speaks: bool) -> None:
    found = pronoun_features.nobody(2, "subject", "f", speaks, unchained=False, nearest=1)
    assert ("nobody speaks" in found) == speaks
