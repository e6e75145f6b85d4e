"""``--added``: what is new in the index, whenever it was published."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from running import Done, run

REPORTS = {
    1: "MUSCAT, 1 May 2021 - “The pier is open,” said Harbour Master Salma Haddad.\n"
    "Two ferries collided on 28 April 2021.\n",
    2: "DOHA, 2 May 2021 - Salma Haddad toured the new pier with forty engineers of the yard.\n"
    "“We shall open by autumn,” she said. The crane fell on 20 April 2021.\n",
    3: "SUR, 3 May 2021 - Fishermen welcomed their pier. “It was worth the open sea,” said\n"
    "Salma Haddad. A storm sank the old one on 30 April 2021.\n",
    4: "MUSCAT, 4 May 2021 - “The pier is closed again,” said Harbour Master Salma Haddad.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day in (1, 2):
        (tmp_path / f"{day}.txt").write_text(REPORTS[day])
    assert run("index", ".", "-q", cwd=tmp_path).status == 0
    (tmp_path / "3.txt").write_text(REPORTS[3])
    assert run("index", "-q", cwd=tmp_path).status == 0
    return tmp_path


def paths(folder: Path, *args: str) -> list[str]:
    done = run(*args, "--json", cwd=folder)
    assert done.status in (0, 1), done.err
    return sorted({r["source"]["path"] for r in json.loads(done.out)["results"]})


@pytest.mark.parametrize(
    "question",
    [["docs"], ["search", "pier"], ["quotes"], ["quotes", "--by", "haddad"], ["quotes", "open"]],
    ids=" ".join,
)
def test_last_is_what_the_last_run_brought(folder: Path, question: list[str]) -> None:
    assert len(paths(folder, *question)) == 3
    assert paths(folder, *question, "--added", "last") == ["3.txt"]


def test_last_bounds_actors_timelines_and_exports_too(folder: Path) -> None:
    actors = json.loads(run("actors", "--json", "--added", "last", cwd=folder).out)["results"]
    assert {a["documents"] for a in actors} == {1}
    assert paths(folder, "timeline", "--added", "last") == ["3.txt"]
    assert paths(folder, "timeline", "--top", "9", "--added", "last") == ["3.txt"]
    rows = run("export", "quotes", "--added", "last", cwd=folder).out.splitlines()
    assert {json.loads(row)["source"]["path"] for row in rows} == {"3.txt"}


def test_a_run_that_brings_nothing_is_not_the_last(folder: Path) -> None:
    assert run("index", "-q", cwd=folder).status == 0
    assert paths(folder, "docs", "--added", "last") == ["3.txt"]


def test_a_document_that_is_read_again_is_not_new(folder: Path) -> None:
    assert run("index", ".", "-q", "--retry", "--published", "2021-05-09", cwd=folder).status == 0
    assert paths(folder, "docs", "--added", "last") == ["3.txt"]


def test_a_changed_document_is_new(folder: Path) -> None:
    (folder / "1.txt").write_text(REPORTS[4])
    assert run("index", "-q", cwd=folder).status == 0
    assert paths(folder, "docs", "--added", "last") == ["1.txt"]


def test_a_date_counts_from_its_first_moment_on(folder: Path) -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()
    assert len(paths(folder, "docs", "--added", "1d")) == 3
    assert paths(folder, "docs", "--added", tomorrow) == []


def test_what_was_asked_is_told_and_in_the_query(folder: Path) -> None:
    done = run("quotes", "--added", "last", "--json", cwd=folder)
    assert json.loads(done.out)["query"]["added"] == "last"
    assert "added last" in run("quotes", "--added", "last", cwd=folder).out
    assert run("quotes", "--added", "yore", cwd=folder) == Done(
        2, "", "gulfbrief: --added: 'yore' is not a date: write YYYY[-MM[-DD]], today, yesterday,"
        " a weekday, or 30d, 2w, 6m, 1y, or last\n"
    )  # fmt: skip


def test_a_miss_names_the_options_that_were_used(folder: Path) -> None:
    done = run("search", "pier", "--added", "2999", "--doc", "x*", cwd=folder)
    assert done.status == 1
    assert done.err.endswith(": try without --doc and --added\n")
