"""What is disputed: claims beside their denials, and tellings with other numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_sayings import HADDAD, ROKE, said

from gulfbrief.answer.disputes import counted, denies, differ, exchanges
from gulfbrief.answer.sayings import folded
from gulfbrief.model import FoundQuote, Span

CLAIM = "the harbour master sold three tugs to a smuggler in the spring"


def denied(content: str, who=HADDAD, verb: str = "denied", doc: str = "d") -> FoundQuote:
    found = said(
        content, doc, who, kind="indirect", sentence=f"{who[0]} {verb} that {content}.",
    )  # fmt: skip
    return replace(found, quote=replace(found.quote, cue=Span(0, len(verb), verb)))


def claim(content: str = CLAIM, who=ROKE, doc: str = "c") -> FoundQuote:
    sentence = f"{who[0]} said that {content}."
    return said(content, doc, who, kind="indirect", sentence=sentence)


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("denied", True),
        ("rejects", True),
        ("disputed", True),
        ("said", False),
        ("denounced", False),
    ],
)
def test_a_cue_tells_a_denial(verb: str, answer: bool) -> None:
    assert denies(denied(CLAIM, verb=verb).quote) is answer


def test_a_denial_stands_beside_what_it_denies() -> None:
    other = claim("the lighthouse needs new lamps and a coat of white paint", doc="e")
    talk = exchanges(
        folded([claim(), other]), folded([denied("he sold three tugs to a smuggler")]), 5
    )
    (one,) = talk
    assert [s.found.source.doc for s in one.claims] == ["c"]
    assert [s.found.source.doc for s in one.denials] == ["d"]


def test_nobody_denies_himself() -> None:
    own = claim(who=HADDAD)
    assert exchanges(folded([own]), folded([denied("he sold three tugs to a smuggler")]), 5) == []


def test_a_copy_under_another_name_is_no_second_side() -> None:
    copies = folded([claim(), claim(who=("an official", None), doc="f")])
    assert exchanges(copies, [], 5) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Raiders killed 31 guards.", {"guard": 31}),
        ("The storm sank three boats and 12 barges.", {"boat": 3, "barg": 12}),
        ("At least 20 sailors were hurt.", {}),
        ("More than 1,400 people came in 2013.", {}),
        ("Prices rose by 12% in May.", {}),
    ],
)
def test_what_is_counted(text: str, counts: dict[str, float]) -> None:
    assert counted(text) == counts


def test_numbers_differ_only_of_the_same_thing() -> None:
    assert differ({"guard": 31}, {"guard": 26})
    assert not differ({"guard": 31}, {"sailor": 26})
    assert not differ({"guard": 31}, {"guard": 31})
