"""What a person sees: colour, width, links, the pager, progress; and the same text in a pipe."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from running import PROGRAM, Done, environment, run, terminal

ESCAPE = "\x1b"
LINK = re.compile("\x1b]8;[^;]*;(file://[^\x1b]+)\x1b\\\\")
TABLES = (
    ("search", "tanker"),
    ("quotes", "-n", "5"),
    ("actors", "-n", "5"),
    ("actor", "daniel-whitfield"),
    ("timeline", "-n", "8"),
    ("docs",),
    ("show", "2019-07-20-tanker-seizure-wire.txt"),
    ("verify", "seeds/2019-07-22-guards-version.md"),
    ("status",),
    ("config",),
    ("brief", "tanker"),
)


def words(text: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m|\x1b]8;[^\x1b]*\x1b\\", "", text).split()


@pytest.mark.parametrize("args", TABLES, ids=lambda args: args[0])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_nothing_is_wider_than_the_terminal(
    args: tuple[str, ...], columns: int, folder: Path
) -> None:
    done = terminal(*args, cwd=folder, columns=columns, NO_COLOR="1")
    assert done.status == (args[0] == "verify")  # a draft is not checked against itself
    assert max(map(len, done.out.split("\n"))) <= columns


def test_a_long_path_is_shown_whole_on_a_narrow_terminal(tmp_path: Path) -> None:
    path = f"{'a-long-name-of-a-report-' * 4}.txt"
    (tmp_path / path).write_text(
        "ADEN, 3 March 2021 - “The port is open again,” said Moira Castell.\n\n"
        "The port of Aden was closed by a storm on 28 February 2021.\n"
    )
    assert run("index", ".", "--quiet", cwd=tmp_path).status == 0
    for args in (("quotes",), ("search", "port"), ("docs",), ("timeline",), ("actor", "castell")):
        shown = terminal(*args, cwd=tmp_path, columns=60, NO_COLOR="1").out
        assert path in "".join(shown.split()), args
        assert max(map(len, shown.split("\n"))) <= 60


@pytest.mark.parametrize("args", [a for a in TABLES if a[0] != "brief"], ids=lambda args: args[0])
def test_a_pipe_gets_the_words_of_the_terminal_unwrapped_and_plain(
    args: tuple[str, ...], folder: Path
) -> None:
    piped = run(*args, cwd=folder)
    seen = terminal(*args, cwd=folder, columns=200)
    assert ESCAPE not in piped.out
    assert ESCAPE in seen.out or args[0] in ("status",)
    assert words(piped.out) == words(seen.out)
    assert not re.search(r"[ \t]$", piped.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("options", "env", "styled"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "always"), {"TERM": "dumb"}, True),
        ((), {"GULFBRIEF_COLOR": "never"}, False),
    ],
)
def test_colour_on_a_terminal(
    options: tuple[str, ...], env: dict[str, str], styled: bool, folder: Path
) -> None:
    done = terminal("quotes", "-n", "2", *options, cwd=folder, **env)
    assert (ESCAPE in done.out) is styled


@pytest.mark.parametrize(
    ("options", "env", "styled"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        (("--color", "always"), {}, True),
        (("--json", "--color", "always"), {"FORCE_COLOR": "1"}, False),
        (("-f", "csv", "--color", "always"), {"FORCE_COLOR": "1"}, False),
        (("-f", "markdown", "--color", "always"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(
    options: tuple[str, ...], env: dict[str, str], styled: bool, folder: Path
) -> None:
    done = run("quotes", "-n", "2", *options, cwd=folder, **env)
    assert (ESCAPE in done.out) is styled


def test_a_source_is_a_link_that_opens_its_file(folder: Path) -> None:
    done = terminal("quotes", "-n", "3", cwd=folder, columns=200)
    links = LINK.findall(done.out)
    assert links
    for link in links:
        path, _, line = link.removeprefix("file://").partition("#")
        assert Path(path).is_file()
        assert line.isdigit()


def test_what_matched_is_highlighted_in_the_passage(folder: Path) -> None:
    done = terminal("search", "tanker", "--exact", cwd=folder)
    assert re.search("\x1b\\[1;31mtanker\x1b\\[0m", done.out)


def test_the_first_line_says_how_many_there_are_and_how_to_get_them(
    ask: Callable[..., Done],
) -> None:
    first = ask("actors", "-n", "5").out.splitlines()[0]
    assert re.fullmatch(r"\d+ actors · showing 5 \(all: -n 0\)", first)
    assert re.fullmatch(r"\d+ actors", ask("actors", "-n", "0").out.splitlines()[0])


@pytest.mark.parametrize(
    ("rows", "env", "paged"),
    [
        (10, {"PAGER": "sed s/^/P/"}, True),
        (1000, {"PAGER": "sed s/^/P/"}, False),
        (10, {"GULFBRIEF_PAGER": "sed s/^/P/", "PAGER": "cat"}, True),
        (10, {"PAGER": "cat"}, False),
        (10, {"GULFBRIEF_PAGER": "never", "PAGER": "sed s/^/P/"}, False),
        (10, {"PAGER": "sed s/^/P/", "TERM": "dumb"}, False),
    ],
)
def test_a_long_answer_goes_through_the_pager(
    rows: int, env: dict[str, str], paged: bool, folder: Path
) -> None:
    done = terminal("docs", cwd=folder, rows=rows, **env)
    assert done.out.startswith("P") is paged


def test_a_pager_that_is_left_early_ends_quietly(folder: Path) -> None:
    done = terminal("timeline", "-n", "0", cwd=folder, rows=10, PAGER="head -n 1")
    assert (done.status, done.out.count("\n")) == (0, 1)


def test_progress_is_shown_on_a_terminal_alone(folder: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "i.db")
    shown = terminal("index", "seeds", "--index", index, cwd=folder)
    assert "indexing" in shown.out
    assert "files" in shown.out
    piped = run("index", "seeds", "--index", str(tmp_path / "j.db"), cwd=folder)
    assert piped.out == ""
    assert re.fullmatch(r"15 added, .* words in .* s; the index is .*\n", piped.err)


@pytest.mark.parametrize(
    "args", [("timeline", "-n", "0"), ("export", "mentions"), ("show", "2b9c", "--json")], ids=str
)
def test_a_closed_pipe_ends_quietly(args: tuple[str, ...], folder: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, *args], cwd=folder, env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) in (0, 141)


@pytest.mark.parametrize("args", [(), ("--help",), ("search", "--help")], ids=str)
def test_help_into_a_closed_pipe_ends_quietly(args: tuple[str, ...], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, *args], cwd=tmp_path, env=environment(), stdout=writer, check=False,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writer)
    assert done.returncode in (0, 141)
    assert done.stderr == b""


def test_output_is_utf8_in_the_c_locale(folder: Path) -> None:
    done = run("quotes", "-n", "0", cwd=folder, LC_ALL="C")
    assert done == run("quotes", "-n", "0", cwd=folder, LC_ALL="C.UTF-8")
    assert "“" in done.out


def test_a_terminal_without_the_letters_gets_question_marks(folder: Path) -> None:
    done = run("quotes", "-n", "3", cwd=folder, PYTHONIOENCODING="ascii")
    assert (done.status, done.err) == (0, "")
    assert "?" in done.out
    exact = run("quotes", "-n", "3", "--json", cwd=folder, PYTHONIOENCODING="ascii")
    assert exact == run("quotes", "-n", "3", "--json", cwd=folder)


def test_quiet_says_nothing_but_answers(folder: Path) -> None:
    assert run("index", "seeds", "--quiet", cwd=folder) == Done(0, "", "")
    assert run("search", "xylophone", "--quiet", cwd=folder) == Done(1, "", "")
