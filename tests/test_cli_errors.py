"""What is wrong is told in one line that says what to do, with the contract's exit status."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from indexes import written
from running import PROGRAM, SEEDS, Done, environment, run

CASES = tomllib.loads((Path(__file__).parent / "data" / "bad_command_lines.toml").read_text())


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: " ".join(case["args"]))
def test_a_bad_command_line(case: dict[str, object], ask: Callable[..., Done]) -> None:
    args = case["args"]
    assert isinstance(args, list)
    done = ask(*args)
    assert done.status == case["status"], done
    assert done.out == ""
    assert re.search(str(case["says"]), done.err), done.err
    assert done.err.count("\n") == 1


SYNTAX = (
    '"',
    "*",
    "NEAR(",
    "col:x",
    "a AND",
    "OR b",
    "(",
    ")",
    '"open phrase',
    "-",
    "^x",
    "by:",
    "{x}",
)


@pytest.mark.parametrize("query", SYNTAX)
@pytest.mark.parametrize("command", ["search", "quotes", "timeline", "brief"])
def test_the_syntax_of_the_store_is_never_its_error(
    command: str, query: str, ask: Callable[..., Done]
) -> None:
    done = ask(command, "--", query)
    assert done.status in (0, 1, 2)
    assert done.err.count("\n") <= 1
    assert "Traceback" not in done.err
    assert "fts5" not in done.err.lower()


@pytest.mark.parametrize("command", ["search", "quotes", "timeline", "brief"])
def test_a_query_that_is_too_long_to_be_one_is_told(command: str, ask: Callable[..., Done]) -> None:
    done = ask(command, "port " * 20_000)
    assert done.status == 2
    assert re.match(
        "gulfbrief: a query may have 10,000 characters, this one has .{6,7}\n", done.err
    )


def test_a_dossier_on_nothing_writes_no_file(ask: Callable[..., Done], folder: Path) -> None:
    done = ask("brief", "zzyzzx", "--output", "nothing.json")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("gulfbrief: nothing in the index bears on")
    assert not (folder / "nothing.json").exists()


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    for command in ("search x", "quotes", "actors", "timeline", "docs", "status", "export quotes"):
        done = run(*command.split(), cwd=tmp_path)
        assert done.status == 3
        assert done.err.endswith("make one: gulfbrief index FOLDER\n")
        assert done.err.count("\n") == 1


def test_an_empty_index_says_how_to_fill_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("The port is open.\n")
    run("index", "a", cwd=tmp_path)
    (tmp_path / "a" / "one.txt").unlink()
    assert run("index", cwd=tmp_path).status == 0
    for command in ("search x", "quotes", "actors", "timeline", "docs"):
        done = run(*command.split(), cwd=tmp_path)
        assert done.status == 1
        assert "the index is empty; fill it with: gulfbrief index FOLDER" in done.err


def test_the_index_of_a_folder_above_is_found(folder: Path) -> None:
    assert run("docs", "--json", cwd=folder / "seeds").status == 0


def test_the_index_that_the_environment_names_is_used(folder: Path, tmp_path: Path) -> None:
    index = str(folder / ".gulfbrief" / "index.db")
    assert run("docs", cwd=tmp_path, GULFBRIEF_INDEX=index).status == 0
    assert run("docs", "--index", "other.db", cwd=tmp_path, GULFBRIEF_INDEX=index).status == 3


@pytest.mark.parametrize(
    "args",
    [
        ("search", "(" * 1000 + "a" + ")" * 1000),
        ("actor", "word " * 1100),
        ("quotes", "--by", "word " * 1100),
        ("timeline", "--actor", "word " * 1100),
        ("show", "\udcff\udcfe"),
        ("docs", "--doc", "\udcff\udcfe"),
        ("actor", "\udcff\udcfe"),
    ],
    ids=lambda args: " ".join(args)[:12],
)
def test_what_cannot_be_meant_is_a_line_and_no_fault_of_ours(
    ask: Callable[..., Done], args: tuple[str, ...]
) -> None:
    done = ask(*args)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_file_that_is_no_index_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\0" + b"garbage" * 999)
    done = run("quotes", "--index", "bad.db", cwd=tmp_path)
    assert (done.status, done.err.count("\n")) == (3, 1)
    assert "bad.db is not a gulfbrief index: name another file" in done.err


def test_a_flipped_bit_is_told_by_every_command_and_mended_by_index(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port of Sohar stays open, the minister said on Monday.\n")
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    path = tmp_path / ".gulfbrief" / "index.db"
    whole = run("docs", "--json", cwd=tmp_path).out
    spoilt = bytearray(path.read_bytes())
    path.write_bytes(spoilt := spoilt.replace(b"a.txt", b"b.txt"))
    done = run("docs", cwd=tmp_path)
    assert (done.status, done.out) == (3, "")
    assert "'gulfbrief index' rebuilds it" in done.err
    assert run("status", "--check", cwd=tmp_path).status == 3
    done = run("index", "a.txt", cwd=tmp_path)
    assert done.status == 0
    assert "the index was damaged" in done.err
    assert Path(f"{path}.damaged").read_bytes() == spoilt
    assert run("status", "--check", cwd=tmp_path).err == "nothing is damaged\n"
    mask = re.compile(r'"indexed_at": "[^"]*"')
    assert mask.sub("", run("docs", "--json", cwd=tmp_path).out) == mask.sub("", whole)


def test_a_byte_that_changed_on_the_disk_is_damage(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port of Sohar stays open, the minister said on Monday.\n")
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    path = tmp_path / ".gulfbrief" / "index.db"
    with written(path) as db:
        db.execute("UPDATE body SET text = substr(text, 1, 20) || x'00' || substr(text, 22)")
    done = run("show", "a.txt", "--raw", cwd=tmp_path)
    assert (done.status, done.out, done.err.count("\n")) == (3, "", 1)
    assert "gulfbrief index" in done.err


@pytest.mark.parametrize("command", ["actor", "quotes --by", "timeline --actor"])
def test_who_was_taken_for_a_misspelt_name_is_told(tmp_path: Path, command: str) -> None:
    text = "“We stay,” Salma Darwish said on 3 May 2021. Salma Darwish left on 4 May 2021.\n"
    (tmp_path / "a.txt").write_text(text)
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    done = run(*command.split(), "salma darwich", cwd=tmp_path)
    assert (done.status, done.err) == (0, "salma darwich is read as Salma Darwish\n")
    assert run(*command.split(), "darwish", cwd=tmp_path).err == ""


def test_actors_that_a_killed_index_did_not_count_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Oman said so on Monday.\n")
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    with written(tmp_path / ".gulfbrief" / "index.db") as db:
        db.execute("INSERT INTO touched SELECT id FROM actor")
    done = run("actors", "--json", cwd=tmp_path)
    assert done.status == 0
    assert "gulfbrief index" in done.err
    assert run("actors", "--json", "--quiet", cwd=tmp_path).err == ""
    assert run("index", cwd=tmp_path).status == 0
    assert run("actors", "--json", cwd=tmp_path).err == ""


def test_an_older_index_is_made_anew_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Oman said so on Monday.\n")
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    with written(tmp_path / ".gulfbrief" / "index.db") as db:
        db.execute("PRAGMA user_version = 1")
    assert run("actors", cwd=tmp_path).status == 3
    done = run("index", cwd=tmp_path)
    assert done.status == 0
    assert "older gulfbrief" in done.err
    assert run("actors", cwd=tmp_path).status == 0


BAD_FILES = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 64,
    "noise.pdf": b"%PDF-1.7 this is no PDF",
    "zip.zip": b"PK\x03\x04 this is no archive",
}


def test_a_bad_file_costs_no_other(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, data in BAD_FILES.items():
        (docs / name).write_bytes(data)
    (docs / "broken-link.txt").symlink_to("nowhere.txt")
    (docs / "loop").symlink_to(docs)
    (docs / "good.txt").write_text("MUSCAT, 3 March 2021 - The port is open, said Omar Haddad.\n")
    done = run("index", "docs", cwd=tmp_path)
    assert done.status == 4
    lines = done.err.splitlines()
    for name in ("binary.txt", "noise.pdf", "zip.zip"):
        assert sum(name in line for line in lines) == 1, (name, lines)
    assert run("search", "port", cwd=tmp_path).status == 0
    warned = run("docs", "--warnings", cwd=tmp_path).err
    assert "not read: docs/binary.txt: not a text: binary data\n" in warned
    held = run("docs", "-f", "csv", cwd=tmp_path).out
    assert "docs/good.txt" in held


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs" / "closed").mkdir(parents=True)
    (tmp_path / "docs" / "good.txt").write_text("The port is open.\n")
    (tmp_path / "docs" / "closed").chmod(0)
    done = run("index", "docs", cwd=tmp_path)
    (tmp_path / "docs" / "closed").chmod(0o755)
    assert done.status == 4
    assert "closed" in done.err


def test_a_missing_path_among_others_is_named_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The port of Aden is open.\n")
    done = run("index", "good.txt", "gone.txt", cwd=tmp_path)
    assert done.status == 4
    assert "gulfbrief: gone.txt: no such file or folder" in done.err
    assert run("search", "Aden", cwd=tmp_path).status == 0


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    text = '"We sail at dawn," said Captain Lena Fischer on Friday.\n'
    done = run("index", "-", "--published", "2021-07-02", cwd=tmp_path, text=text)
    assert done.status == 0
    assert "We sail at dawn" in run("quotes", cwd=tmp_path).out


def test_an_interruption_ends_with_130_and_leaves_an_index_that_opens(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    text = (SEEDS / "2019-07-20-tanker-seizure-wire.txt").read_text()
    for number in range(400):
        (docs / f"{number}.txt").write_text(f"{text}\nNumber {number}\n")
    process = subprocess.Popen(
        [*PROGRAM, "index", "docs"], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE
    )
    while not (tmp_path / ".gulfbrief" / "index.db").exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode() == "gulfbrief: interrupted\n"
    assert run("status", cwd=tmp_path).status == 0


def test_watching_indexes_what_changes(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "one.txt").write_text("The port of Aden is open.\n")
    process = subprocess.Popen(
        [*PROGRAM, "index", "docs", "--watch"], cwd=tmp_path, env=environment(),
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "watching" in line:
            break
    time.sleep(0.5)
    (docs / "two.txt").write_text("The port of Sohar is closed.\n")
    assert process.stderr.readline().startswith("1 added")
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert run("search", "Sohar", cwd=tmp_path).status == 0


def test_a_killed_index_says_nothing_and_goes_on_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = (SEEDS / "2019-07-20-tanker-seizure-wire.txt").read_text()
    for n in range(30):
        (tmp_path / "docs" / f"{n}.txt").write_text(f"{text}\nNumber {n}.\n")
    command = [*PROGRAM, "index", "docs", "-j", "1"]
    killed = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE)
    end = time.monotonic() + 30
    while not (tmp_path / ".gulfbrief" / "index.db-wal").exists() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    killed.kill()
    assert b"Traceback" not in killed.communicate()[1]
    assert run("docs", cwd=tmp_path).status in (0, 1, 3)
    assert run("index", "docs", cwd=tmp_path).status == 0
    assert len(run("docs", "-n", "0", "-f", "jsonl", cwd=tmp_path).out.splitlines()) == 30


def test_an_empty_draft_on_standard_input_is_a_wrong_command_line(folder: Path) -> None:
    done = run("verify", "-", cwd=folder)
    assert (done.status, done.err) == (2, "gulfbrief: -: there is no text in it\n")


def test_a_name_too_long_for_any_file_is_no_such_file(folder: Path) -> None:
    for command in ("verify", "index", "show"):
        done = run(command, "x" * 5000, cwd=folder)
        assert done.status in (1, 2)
        assert done.err.count("\n") == 1
        assert "fault" not in done.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["status", "docs --json", "export mentions", "--help"])
def test_a_full_disk_is_told_in_one_line(command: str, folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *command.split()], cwd=folder, env=environment(), stdout=full,
            stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"gulfbrief: no space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes")
def test_a_pipe_instead_of_a_file_says_how_to_read_from_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("index", "pipe", cwd=tmp_path)
    assert done.status == 2
    assert "pipe is a pipe" in done.err
    assert "gulfbrief index -" in done.err
    assert not (tmp_path / ".gulfbrief").exists()


@pytest.mark.parametrize("command", ["quotes", "status --check", "index a.txt"])
@pytest.mark.parametrize("size", [3, 19, 30, 9_000])
def test_a_file_that_is_no_index_is_not_called_a_damaged_one(
    command: str, size: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The port is open.\n")
    (tmp_path / "list.txt").write_bytes(b"haddad\nsalma\n"[:12] * (size // 12) + b"x" * (size % 12))
    done = run(*command.split(), "--index", "list.txt", cwd=tmp_path)
    assert (done.status, done.out) == (3, "")
    assert done.err == "gulfbrief: list.txt is not a gulfbrief index: name another file\n"
