"""Roles as a reader is shown them: an office once, by its fullest common name."""

from __future__ import annotations

import pytest

from gulfbrief.model import Actor, RoleRecord
from gulfbrief.show.roles import former, held, line

DAY = "2021-05-04"


def actor(*roles: tuple[str, int]) -> Actor:
    return Actor("x", "X", "person", roles=tuple(RoleRecord(t, n, DAY, DAY) for t, n in roles))


TABLE = [
    ([("foreign minister", 4), ("Omani foreign minister", 2)], ["Omani foreign minister"]),
    ([("U.S. envoy", 3), ("US envoy", 2), ("envoy", 9)], ["U.S. envoy"]),
    ([("minister", 5), ("deputy minister", 5)], ["minister", "deputy minister"]),
    ([("mayor", 40), ("man", 1), ("author of the letter", 1)], ["mayor"]),
    ([("harbour master", 1), ("sailor", 1)], ["harbour master", "sailor"]),
    ([("master of the harbour", 2), ("master of harbour", 1)], ["master of the harbour"]),
]


@pytest.mark.parametrize(("given", "shown"), TABLE)
def test_an_office_is_shown_once(given, shown) -> None:
    assert sorted(r.text for r in held(actor(*given))) == sorted(shown)


def test_folded_roles_are_counted_together() -> None:
    (role,) = held(actor(("foreign minister", 4), ("Omani foreign minister", 2)))
    assert role.count == 6


def test_former_roles_stand_apart() -> None:
    who = actor(("mayor", 3), ("former harbour master", 2))
    assert [r.text for r in held(who)] == ["mayor"]
    assert [r.text for r in former(who)] == ["former harbour master"]
    assert line(who) == "mayor; former harbour master"
