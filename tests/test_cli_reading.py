"""Whatever a folder holds, through the command line: limits are settings, and what is not read, or
not whole, is told with its reason and costs no other file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from pdf_maker import Sheet, pdf
from running import Done, run
from zip_maker import zipped

GOOD = "The port of Muscat will stay open, Foreign Minister Salim Haddad said on Tuesday.\n"
WHO = ("Aziz", "Haddad", "Nasser", "Darwish")
PAGES = pdf([Sheet().column(72, 700, [f"{who} says that the port is open."]) for who in WHO])
# 0.3 MB of a language in which nothing is looked for: only its size matters here.
BLAND = "Sie blieben den ganzen Tag im Hafen und warteten auf die Schiffe aus dem Norden.\n" * 3_700
INNER = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": f"Deep down. {GOOD}"})})})
LETTERS = zipped({f"{n}.txt": f"Brief {n}. {BLAND}" for n in range(4)})
DUMP = "".join(json.dumps({"text": f"Number {n}. {GOOD}"}) + "\n" for n in range(9))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    return tmp_path


def put(here: Path, name: str, data: bytes | str) -> None:
    (here / "docs" / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def index(here: Path, *args: str, **env: str) -> Done:
    return run("index", "docs", *args, cwd=here, **env)


def documents(here: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("docs", "-n", "0", "--json", cwd=here).out)[
        "results"
    ]
    return found


def words(here: Path) -> int:
    return sum(d["words"] for d in documents(here))


LIMITS = [
    ("max_mb", "1", "a.txt", BLAND * 4, "only the first 1 MB"),
    ("max_pages", "2", "a.pdf", PAGES, "only the first 2 pages"),
    ("max_documents", "3", "a.jsonl", DUMP, "more than 3 documents"),
    ("max_depth", "1", "a.zip", INNER, "more than 1 containers in one another"),
    ("max_unpacked_mb", "1", "a.zip", LETTERS, "unpacks to more than 1 MB"),
]


@pytest.mark.parametrize(("name", "value", "file", "data", "reason"), LIMITS)
def test_a_limit_is_a_setting_and_what_it_cost_is_read_when_it_is_raised(
    here: Path, name: str, value: str, file: str, data: bytes | str, reason: str
) -> None:
    put(here, file, data)
    put(here, "good.txt", GOOD)
    assert run("config", name, value, cwd=here).status == 0
    cut = index(here)
    assert re.search(f"docs/{file}.*: .*{reason}", cut.err)
    less = words(here)
    assert run("config", name, "--unset", cwd=here).status == 0
    whole = index(here)
    assert whole.status == 0
    assert "1 unchanged" in whole.err  # good.txt, which no limit touched
    assert words(here) > less


def test_a_slow_file_is_stopped_by_the_setting(here: Path) -> None:
    put(here, "a.pdf", pdf([Sheet().column(72, 800, [GOOD] * 60)] * 400))
    put(here, "good.txt", GOOD)
    done = index(here, GULFBRIEF_MAX_SECONDS="1")
    assert done.status == 0
    assert "docs/a.pdf: read in part: stopped after 1 seconds" in done.err
    assert len(documents(here)) == 2


def test_a_limit_must_be_a_number_that_makes_sense(here: Path) -> None:
    assert run("config", "max_mb", "0", cwd=here).status == 2
    assert run("config", "max_depth", "deep", cwd=here).status == 2


def test_columns_named_in_the_settings_are_read_without_a_change_of_the_file(here: Path) -> None:
    put(here, "a.csv", f'day,words\n2021-03-02,"{GOOD.strip()}"\n')
    index(here)
    assert documents(here)[0]["source"]["published"] is None
    folder = here / ".gulfbrief"
    (folder / "config.toml").write_text('[mapping]\ntext = "words"\npublished = "day"\n')
    assert index(here).status == 0
    assert [d["source"]["published"] for d in documents(here)] == ["2021-03-02"]


PARTLY = {
    "cut.pdf": (PAGES[: PAGES.index(b"Darwish")], "read in part: damaged or cut off"),
    "cut.jsonl": (DUMP[:-20], "not read: line 9: no JSON"),
    "cut.eml": (
        'From: a@b.example\nSubject: Ports\nContent-Type: multipart/mixed; boundary="B"\n\n'
        f"--B\n\n{GOOD}",
        "read in part: damaged or cut off",
    ),
}


@pytest.mark.parametrize("name", PARTLY)
def test_what_was_read_in_part_is_told_at_once_and_by_docs(here: Path, name: str) -> None:
    data, reason = PARTLY[name]
    put(here, name, data)
    put(here, "good.txt", GOOD)
    done = index(here)
    assert done.status == 0
    assert re.search(f"^docs/{name}: {reason}", done.err, re.M)
    assert "1 read in part" in done.err
    told = json.loads(run("docs", "--warnings", "--json", cwd=here).out)["results"]
    assert any(w.startswith(reason) for d in told for w in d["warnings"])
    assert index(here, "--quiet").err == ""


def bomb(depth: int) -> bytes:
    data = zipped({"0.txt": "open. " * 100_000})
    for _ in range(depth):
        data = zipped({f"{n}.zip": data for n in range(3)})
    return data


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.txt": GOOD}))
    data[6] |= 1  # the flag for a password, in the entry and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED_PDF = PAGES.replace(
    b"trailer << ",
    b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 "
    b"/O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >> ",
)
REFUSED = {
    "empty.docx": (b"", "empty: 0 bytes"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "old Word file: save it as .docx"),
    "locked.pdf": (LOCKED_PDF, "password-protected"),
    "locked.zip": (locked_zip(), "password-protected"),
    "half.docx": (zipped({"word/document.xml": "<x/>"})[:-30], "damaged or cut-off"),
    "half.zip": (zipped({"a.txt": GOOD})[:-30], "damaged or cut-off"),
    "nested.zip": (bomb(7), "more than 5 containers in one another"),
    "flat.zip": (zipped({"a.txt": bytes(20_000_000)}), "a ZIP bomb"),
    "line\nend.pdf": (b"%PDF-1.4 nothing", "damaged or cut off"),
    "esc\x1b[31m.7z": (b"7z\xbc\xaf\x27\x1c", "7z archive"),
}


def test_each_bad_file_is_named_with_its_reason_and_costs_no_other(here: Path) -> None:
    for name, (data, _) in REFUSED.items():
        put(here, name, data)
    put(here, "good.txt", GOOD)
    (here / "docs" / os.fsdecode(b"bad\xff.pdf")).write_bytes(b"%PDF-1.4 nothing")
    done = index(here, GULFBRIEF_LIBREOFFICE="never")
    assert done.status == 4
    lines = done.err.splitlines()
    assert len(lines) == len(REFUSED) + 3  # the one with a bad name, the sum, and one undated
    assert lines[-1].startswith("1 of 1 documents has no publication date")
    assert "\x1b" not in done.err
    told = run("docs", "--warnings", cwd=here)
    assert len(told.err.splitlines()) == len(REFUSED) + 2
    for name, (_, reason) in REFUSED.items():
        stem = re.split(r"[\n\x1b]", name)[0]
        assert any(f"docs/{stem}" in line and reason in line for line in lines), name
        assert any(f"docs/{stem}" in line and reason in line for line in told.err.splitlines())
    assert [d["source"]["path"] for d in documents(here)] == ["docs/good.txt"]


def test_what_an_answer_repeats_is_searched_and_not_told_twice(here: Path) -> None:
    head = "From: Rana Aziz <r@example.org>\nTo: s@example.org\nDate: {} Nov 2019 10:00 +0000\n"
    said = "“The port will stay open,” Minister Salim Haddad said on Friday."
    put(here, "1.eml", f"{head.format('11')}Subject: Ports\n\n{said}\n")
    answer = f"I doubt it.\n\nOn 11 Nov 2019, Rana Aziz wrote:\n> {said}\n"
    put(here, "2.eml", f"{head.format('12')}Subject: Re: Ports\n\n{answer}")
    assert index(here).status == 0

    def total(*args: str) -> int:
        return int(json.loads(run(*args, "--json", cwd=here).out)["total"])

    assert total("quotes") == 1
    assert total("timeline", "--all") == 1
    assert total("docs") == 2
    (haddad,) = json.loads(run("actors", "--json", cwd=here).out)["results"]
    assert (haddad["mentions"], haddad["documents"], haddad["quotes"]) == (1, 1, 1)
    passages = json.loads(run("search", "port", "--json", cwd=here).out)["results"]
    assert {p["source"]["path"] for p in passages} == {"docs/1.eml", "docs/2.eml"}


def test_what_a_folder_holds_that_is_no_file_is_told_until_it_is_gone(here: Path) -> None:
    put(here, "good.txt", GOOD)
    link = here / "docs" / "gone.txt"
    link.symlink_to("nowhere")
    assert index(here).status == 4
    told = run("docs", "--warnings", cwd=here).err
    assert "not read: docs/gone.txt: a link that leads nowhere" in told
    link.unlink()
    assert index(here).status == 0
    assert "gone.txt" not in run("docs", "--warnings", cwd=here).err


def test_of_many_documents_read_in_part_some_are_named(here: Path) -> None:
    for n in range(25):
        put(here, f"{n}.jsonl", DUMP[:-20])
    lines = index(here).err.splitlines()
    assert len(lines) == 23
    assert lines[20] == "5 more like these; gulfbrief docs --warnings names them"
