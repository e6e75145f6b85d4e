"""A hostile document, and a hostile file name, harmless in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from running import run, terminal

COMMANDS = (
    ("search", "port"),
    ("quotes",),
    ("actors",),
    ("timeline", "--all"),
    ("docs",),
    ("show", "HOSTILE"),
    ("brief", "Haddad"),
)
# What a terminal may obey or a reader may be misled by: controls but the line feed, C1, overrides.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def args(command: tuple[str, ...], folder: Path) -> list[str]:
    """The command with the id of the document in the index of ``folder``."""
    doc = json.loads(run("docs", "--json", cwd=folder).out)["results"][0]["source"]["doc"]
    return [doc if part == "HOSTILE" else part for part in command]


def forms(command: str) -> list[str]:
    """The forms in which a command answers."""
    if command == "brief":
        return ["table", "markdown", "json", "html"]
    return ["table", "markdown", "json", "jsonl", "csv"]


@pytest.mark.parametrize(
    ("command", "form"),
    [(command, form) for command in COMMANDS for form in forms(command[0])],
    ids=lambda part: part if isinstance(part, str) else part[0],
)
def test_no_control_character_gets_out(command: tuple[str, ...], form: str, hostile: Path) -> None:
    done = run(*args(command, hostile), "-f", form, cwd=hostile)
    assert done.status == 0, done.err
    assert done.out
    assert not HARMFUL.search(done.out)
    assert not HARMFUL.search(done.err)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_on_a_terminal_only_our_own_escapes_get_out(
    command: tuple[str, ...], hostile: Path
) -> None:
    done = terminal(*args(command, hostile), cwd=hostile, columns=100)
    ours = re.sub(r"\x1b\[[0-9;]*m|\x1b]8;[^\x1b\x07]*\x1b\\", "", done.out)
    assert not HARMFUL.search(ours)
    assert "\x1b[31m" not in done.out.replace("\x1b[1;31m", "") or command[0] == "docs"


@pytest.mark.parametrize("columns", [60, 200])
def test_brackets_and_emoji_codes_are_words(columns: int, hostile: Path) -> None:
    done = terminal(*args(("show", "HOSTILE"), hostile), cwd=hostile, columns=columns)
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b]8;[^\x1b\x07]*\x1b\\", "", done.out)
    flat = " ".join(plain.split())
    for words in ("[bold]Warning[/bold]", ":smile:", "[link=file:///etc/passwd]this[/link]"):
        assert words in flat
    assert "file:///etc/passwd" not in re.sub(re.escape("[link=file:///etc/passwd]"), "", done.out)


def test_json_gives_the_exact_words_back(hostile: Path) -> None:
    quotes = json.loads(run("quotes", "--json", cwd=hostile).out)["results"]
    said = " ".join(quote["content"] for quote in quotes)
    assert "\x1b[31mwill\x1b[0m" in said
    assert "\u202ereverse\u202c" in said


def test_markdown_marks_up_nothing(hostile: Path) -> None:
    page = run(*args(("show", "HOSTILE"), hostile), "-f", "markdown", cwd=hostile).out
    for live in ("<script", "<img", "**deal**", " :smile:", "](", "| closed", "`rm"):
        assert not re.search(r"(?<!\\)" + re.escape(live), page), live


def test_no_cell_is_a_formula(hostile: Path) -> None:
    for command in ("search Warning", "docs", "quotes"):
        rows = csv.reader(io.StringIO(run(*command.split(), "-f", "csv", cwd=hostile).out))
        for row in rows:
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_errors_are_harmless_too(hostile: Path) -> None:
    done = run("actor", "\x1b[31mno\u202ebody", cwd=hostile)
    assert done.status == 1
    assert not HARMFUL.search(done.err)
