"""Adjectives of states and their people: counted apart from mentions, and found by ``--about``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run

REPORTS = {
    "named.txt": "Germany waited on Monday. “The German fleet is slow,” Ben Marsh said.",
    "only.txt": "“German ships are old,” Tom Reed said. The Germans laughed. Three Danes left.",
    "other.txt": "“Oman waits,” Ali Rezai said.",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("adjectives")
    for name, text in REPORTS.items():
        (folder / name).write_text(text + "\n", "utf-8")
    assert run("index", ".", "-j", "1", cwd=folder).status == 0
    return folder


def results(place: Path, *args: str) -> list[dict]:
    return json.loads(run(*args, "--json", cwd=place).out)["results"]


def test_adjectives_are_counted_apart_and_make_no_actor(place: Path) -> None:
    found = {a["id"]: a for a in results(place, "actors", "-n", "0")}
    germany = found["germany"]
    assert (germany["mentions"], germany["adjectives"], germany["documents"]) == (1, 3, 1)
    assert found["oman"]["adjectives"] == 0
    assert "denmark" not in found


def test_quotations_and_documents_about_a_state_are_found_by_its_adjectives(place: Path) -> None:
    quotes = results(place, "quotes", "--about", "germany")
    assert [q["source"]["path"] for q in quotes] == ["named.txt", "only.txt"]
    passages = results(place, "search", "ships about:germany")
    assert [p["source"]["path"] for p in passages] == ["only.txt"]


def test_a_removed_report_takes_its_adjectives_along(tmp_path: Path) -> None:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text + "\n", "utf-8")
    run("index", ".", "-j", "1", cwd=tmp_path)
    (tmp_path / "only.txt").unlink()
    run("index", ".", "-j", "1", cwd=tmp_path)
    found = {a["id"]: a for a in results(tmp_path, "actors", "-n", "0")}
    assert found["germany"]["adjectives"] == 1
