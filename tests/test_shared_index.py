"""An index that several people use: who may read it, what lies beside it, who reads while one
writes, and that it answers the same whatever it was made with."""

from __future__ import annotations

import os
import random
import re
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from forking import quick_workers
from running import run

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import torture

from gulfbrief.errors import StoreError
from gulfbrief.store import connection
from gulfbrief.store.build import build

REPORT = (
    "MUSCAT, July 2 (Gulf Wire) - “The port stays open,” said Harbour Minister Salma Haddad on"
    " Monday. Oman and Bahrain will meet on Friday.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    folder.chmod(0o755)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(REPORT, "utf-8")
        (folder / name).chmod(0o644)
    return folder


@pytest.fixture
def mask() -> Callable[[int], None]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("documents", "folders", "kept_back", "index"),
    [
        (0o644, 0o755, 0o022, 0o644),
        (0o600, 0o755, 0o022, 0o600),
        (0o640, 0o755, 0o022, 0o640),
        (0o644, 0o700, 0o022, 0o600),
        (0o644, 0o750, 0o022, 0o640),
        (0o644, 0o755, 0o077, 0o600),
        (0o664, 0o775, 0o002, 0o664),
    ],
)
def test_a_new_index_is_as_readable_as_its_documents(
    folder: Path, mask: Callable[[int], int], documents: int, folders: int, kept_back: int,
    index: int,
) -> None:  # fmt: skip
    (folder / "b.txt").chmod(documents)
    folder.chmod(folders)
    mask(kept_back)
    made = folder.parent / "index.db"
    build(made, [folder], jobs=1)
    assert mode(made) == index


def test_the_mode_of_an_index_is_its_owners_afterwards(
    folder: Path, mask: Callable[[int], int]
) -> None:
    made = folder.parent / "index.db"
    build(made, [folder], jobs=1)
    made.chmod(0o660)
    (folder / "c.txt").write_text(REPORT.replace("open", "shut"), "utf-8")
    build(made, [folder], jobs=1)
    assert mode(made) == 0o660


def test_nothing_stays_beside_an_index(folder: Path) -> None:
    place = folder.parent / "desk"
    assert run("index", "reports", "--index", "desk/index.db", cwd=folder.parent).status == 0
    assert os.listdir(place) == ["index.db"]
    for command in ("search port", "actor haddad", "status --check", "docs", "quotes"):
        assert run(*command.split(), "--index", "desk/index.db", cwd=folder.parent).status == 0
    assert os.listdir(place) == ["index.db"]


def test_an_index_that_is_deleted_under_a_build_ends_it_with_a_line(folder: Path) -> None:
    made = folder.parent / "index.db"
    build(made, [folder], jobs=1)
    (folder / "c.txt").write_text(REPORT.replace("open", "shut"), "utf-8")
    with pytest.raises(StoreError, match="was deleted while it was written"):
        build(made, [folder], jobs=1, progress=lambda _: connection.remove(made))


def test_a_file_that_is_cut_while_it_is_read_costs_that_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cutting = """
import gulfbrief.read
real = gulfbrief.read.read
def read(path, options, *rest, **more):
    if path.name == "b.txt":
        open(path, "w").close()
    yield from real(path, options, *rest, **more)
gulfbrief.read.read = read
"""
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers(cutting))
    (folder / "b.txt").write_text(REPORT * 2, "utf-8")
    done = build(folder.parent / "index.db", [folder], jobs=1)
    assert done.added == 1
    assert [path for path, _ in done.failed] == ["reports/b.txt"]


def test_ten_readers_beside_a_writer_meet_no_error_and_no_partial_answer(tmp_path: Path) -> None:
    counts = torture.readers(tmp_path, random.Random(1), time.monotonic() + 4)
    assert counts["answers"] >= torture.READERS
    assert (counts["errors"], counts["partial"]) == (0, 0)


def test_the_answers_are_the_same_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(40):  # equal hits: texts that differ in a number which no question asks for
        (folder / f"{n * 37 % 40:02}.txt").write_text(
            f"{REPORT}\nPier {n} was shut. {REPORT}", "utf-8"
        )
    indexes = []
    for jobs in (1, 4):
        index = tmp_path / f"{jobs}" / "index.db"
        build(index, [folder], jobs=jobs)
        indexes.append(index)
    differ = []
    for command in torture.COMMANDS:
        one, other = (
            re.sub(torture.MADE, "", run(*command, "--index", str(index), cwd=tmp_path).out)
            for index in indexes
        )
        if one != other and command != ["status"]:
            differ.append(" ".join(command))
    assert not differ
