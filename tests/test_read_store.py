"""What is read comes into the index: odd names, members of archives, what is not English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from zip_maker import zipped

from gulfbrief.store.build import build
from gulfbrief.store.reader import Index

ENGLISH = "“The port stays open,” Haddad said on Monday, and nobody doubted it.\n"
GERMAN = "„Der Hafen bleibt offen“, sagte Haddad am Montag, und niemand zweifelte daran.\n"


@pytest.mark.parametrize("name", [b"a\xff.txt", b"a\nb.txt", b"a\x1b[31m.txt", b"[red]!.txt"])
def test_a_file_of_any_name_is_listed_and_found(tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "wb") as stream:
        stream.write(ENGLISH.encode())
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as index:
        (record,) = index.documents()
        assert record.source.path.encode()
        assert index.document(record.source.path).source == record.source


def test_members_stand_behind_the_path_of_their_archive(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": ENGLISH}))
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as index:
        (record,) = index.documents()
        assert record.source.path.endswith("x.zip!a.txt")


def test_in_what_is_not_english_nothing_is_found_but_its_words(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "de.txt").write_text(GERMAN, "utf-8")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as index:
        found = {r.source.path: index.findings(r.source.doc) for r in index.documents()}
        counts = {Path(p).name: (len(f.mentions), len(f.quotes)) for p, f in found.items()}
    assert counts["de.txt"] == (0, 0)
    assert counts["en.txt"][1] > 0


def test_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nonsense")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text(ENGLISH, "utf-8")
    report = build(tmp_path / "index.db", [tmp_path], jobs=1)
    assert sorted(Path(path).name for path, _ in report.failed) == ["bad.pdf", "empty.txt"]
    with Index.open(tmp_path / "index.db") as index:
        assert len(index.documents()) == 1


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder with 1,200 folders in one another, the last of which holds a file."""
    depth, home = 1_200, Path.cwd()
    os.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("a")
        os.chdir("a")
    Path("t.txt").write_text(ENGLISH, "utf-8")
    os.chdir(home)
    yield tmp_path
    os.chdir(f"{tmp_path}{'/a' * depth}")
    os.remove("t.txt")
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("a")
    os.chdir(home)


def test_folders_may_be_as_deep_as_a_path_can_be_long(deep: Path, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("index") / "index.db"
    report = build(path, [deep], jobs=1)
    assert (report.added, report.failed) == (1, [])
