"""Each command in a real terminal (tmux), as a person has it: narrow and wide, light and dark,
without colour, through the pager, interrupted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import quick_path, run
from screen import PROGRAM, Tmux, terminal_of

# Each command of the contract, and words that its answer must hold.
COMMANDS = {
    "": "Start with three commands",
    "--help": "Commands:",
    "search --help": "Examples:",
    "index": "15 unchanged",
    "search limpit mine": "limpet mine",
    "quotes --by rostami": "Behzad Rostami",
    "verify draft.md": "altered",
    "actors -n 8": "Andrei Morozov",
    "actor whitfield": "Rear Admiral",
    "timeline --from 2019-07": "Northern Lark",
    "brief Northern Lark": "Sources",
    "docs": "PUBLISHED",
    "show 2019-07-20-tanker-seizure-wire.txt": "tanker",
    "export actors --output actors.jsonl": "written to",
    "export --to icalendar events.ics": "written to",
    "status": "documents",
    "config": "jobs",
    "actor karimi": "matches 2 actors",
    "search zzyzx": "nothing matched",
    "serch": "did you mean search",
}
COLOURED = (
    "search tanker", "search --help", "quotes -n 5", "verify draft.md", "actors -n 8",
    "actor whitfield", "timeline --from 2019-07", "brief Northern Lark", "docs",
    "show 2019-07-20-tanker-seizure-wire.txt",
)  # fmt: skip
NOTES = ("gulfbrief: ", "nothing matched ")  # one line each, for a person and for a log
# Colours of the terminal's own palette that can be read on black and on white, and weights.
READABLE = {"0", "1", "2", "3", "4", "22", "23", "24", "31", "32", "35", "36", "39", "49", ""}


@pytest.fixture(scope="module")
def screen(folder: Path) -> Iterator[Tmux]:
    (folder / "draft.md").write_text("“This is not a riddle,” Whitfield said. “It is a mine.”\n")
    with terminal_of(folder) as it:
        yield it


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_every_answer_fits_the_screen(columns: int, screen: Tmux) -> None:
    for line, words in COMMANDS.items():
        seen = screen.see(line, columns)
        flat = " ".join(seen.text.split())
        assert seen.status in (0, 1, 2), line
        assert words in flat, f"{line}: {seen.text}"
        assert "Traceback" not in flat
        broken = [x for x in seen.unbroken if len(x) > columns and not x.startswith(NOTES)]
        assert not broken, line


def test_its_colours_can_be_read_on_a_light_and_on_a_dark_ground(screen: Tmux) -> None:
    for line in COLOURED:
        seen = screen.see(line, COLORFGBG="0;15")
        used = set(";".join(re.findall(r"\x1b\[([\d;:]*)m", seen.styled)).split(";"))
        assert used <= READABLE, f"{line}: {sorted(used - READABLE)}"
        assert used & {"1", "31", "32", "35", "36"}, line


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"GULFBRIEF_COLOR": "never"}])
def test_without_colour_the_words_stand_where_they_stood(env: dict[str, str], screen: Tmux) -> None:
    for line in ("quotes -n 3", "timeline -n 5", "docs", "brief Hoshi Maru"):
        seen = screen.see(line, **env)
        assert not re.search(r"\x1b\[[1-9]", seen.styled), line
        assert seen.lines == screen.see(line).lines, line


def test_the_letters_are_whole_in_the_c_locale(screen: Tmux) -> None:
    for line in ("quotes -n 3", "verify draft.md", "docs --doc '*.html'"):
        assert screen.see(line, LC_ALL="C", LANG="C").lines == screen.see(line).lines


def test_a_closed_pipe_leaves_the_first_line_and_no_word_more(screen: Tmux) -> None:
    for line in ("timeline -n 0", "export mentions", "docs -n 0", "show 2b9c", "--help"):
        seen = screen.open(f"PATH={quick_path()} gulfbrief {line} | head -n 1").ended()
        assert len(seen.unbroken) == 1, seen.text
        assert seen.unbroken[0] == run(*line.split(), cwd=screen.folder).out.split("\n")[0]


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_a_long_answer_opens_the_pager_and_q_leaves_it(screen: Tmux) -> None:
    window = screen.open("bash --norc --noprofile -i", rows=15)
    window.type(f"PS1='ready> '; unset PAGER LESS; clear; {PROGRAM} timeline -n 0", "Enter")
    window.wait(lambda: window.capture().rstrip().endswith(":"))
    assert "events" in window.capture()
    window.type("Space")
    window.type("q")
    window.wait(lambda: window.capture().rstrip().endswith("ready>"))
    window.type("echo status $?", "Enter")
    window.shows("status 0")
    assert window.fact("cursor_flag") == "1"


def test_ctrl_c_while_indexing_leaves_the_prompt_as_it_was(screen: Tmux, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    sample = sorted((screen.folder / "seeds").glob("*.txt"))
    for number in range(500):
        text = sample[number % len(sample)].read_text("utf-8")
        (reports / f"{number}.txt").write_text(f"{text}\nReport {number}.\n", "utf-8")
    window = screen.open("bash --norc --noprofile -i", cwd=tmp_path)
    window.type("PS1='ready> '; clear; stty -a > before", "Enter")
    window.shows("ready>")
    window.type(f"{PROGRAM} index reports", "Enter")
    window.wait(lambda: re.search(r"indexing .* [1-9]\d*/500 files", window.capture()))
    window.type("C-c")
    window.shows("gulfbrief: interrupted")
    window.type("echo status $?; stty -a > after", "Enter")
    window.shows("status 130")
    assert "Traceback" not in window.capture()
    assert "indexing" not in window.capture(), "the bar is taken away"
    assert window.fact("cursor_flag") == "1"
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
    window.type(f"{PROGRAM} docs -n 1; echo status $?", "Enter")
    window.wait(lambda: re.search(r"status [01]", window.capture()))
