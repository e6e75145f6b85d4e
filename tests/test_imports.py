"""The house: imports point one way between the rooms, and no files import one another in a ring."""

from __future__ import annotations

import pytest
from imports import ROOMS, imports, modules, rings, room

SHARED = ("config", "decisions", "errors", "files", "fold", "model", "places", "trust", "version")


def test_every_module_stands_in_a_room_or_is_shared_by_them() -> None:
    beside = {name.partition(".")[0] for name in modules() if room(name) is None}
    assert beside == {"", "__main__", *SHARED}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_only_rooms_before_it(name: str) -> None:
    backwards = [
        f"{module} imports {target} (line {line})"
        for module, targets in imports().items()
        if room(module) == name
        for target, line in targets.items()
        if (other := room(target)) and ROOMS.index(other) > ROOMS.index(name)
    ]
    assert backwards == []


def test_commands_ask_through_the_library() -> None:
    """Completion, which has no time for it, looks into the index by itself."""
    past = [
        f"{module} imports {target} (line {line})"
        for module, targets in imports().items()
        if room(module) == "cli"
        for target, line in targets.items()
        if room(target) in ("answer", "find", "link") or target == "store.reader"
    ]
    assert past == []


def test_what_the_rooms_share_imports_no_room() -> None:
    into = [f"{m} imports {t}" for m in SHARED for t in imports()[m] if room(t)]
    assert into == []


def test_no_files_import_one_another_in_a_ring() -> None:
    graph = imports()
    found = [
        "; ".join(
            f"{m} imports {t} (line {graph[m][t]})" for m in ring for t in ring if t in graph[m]
        )
        for ring in rings(graph)
    ]
    assert found == []


def test_a_ring_of_three_is_told() -> None:
    graph = {"a": {"b": 1}, "b": {"c": 1}, "c": {"a": 1}, "d": {"a": 1}}
    assert rings(graph) == [["a", "b", "c"]]
