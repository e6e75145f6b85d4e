"""Each command's help: one line of purpose, its options, and examples that work."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from running import SEEDS, environment, quick_path, run, terminal

from gulfbrief.cli.registry import COMMANDS, load

EXAMPLES = [(name, line) for name in COMMANDS for line, _ in load(name).examples]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_purpose_options_and_examples(name: str, tmp_path: Path) -> None:
    done = run(name, "--help", cwd=tmp_path)
    assert done.status == 0
    assert f"\n  {COMMANDS[name][1]}\n" in done.out
    assert "\nOptions:\n" in done.out
    assert 2 <= len(load(name).examples) <= 6
    assert done.out.count("\n  gulfbrief ") == len(load(name).examples)
    assert max(map(len, done.out.split("\n"))) <= 100
    assert run(name, "-h", cwd=tmp_path) == done


def test_no_command_gives_a_short_help_with_three_examples(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert done.status == 0
    assert len(re.findall(r"^  gulfbrief ", done.out, re.MULTILINE)) == 3


def test_headings_are_bold_on_a_terminal_alone(tmp_path: Path) -> None:
    assert "\x1b[1mExamples:\x1b[0m" in terminal("search", "--help", cwd=tmp_path).out
    assert "\x1b" not in terminal("search", "--help", cwd=tmp_path, NO_COLOR="1").out


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as an example may find it: the sample corpus and its index, a draft, a report."""
    desk = tmp_path_factory.mktemp("examples")
    shutil.copytree(SEEDS, desk / "seeds")
    shutil.copy(SEEDS / "2021-07-02-updated-concept.txt", desk / "report.txt")
    (desk / "draft.md").write_text("“Nobody insures a boat to us any more,” said Leila Karimi.\n")
    assert run("index", "seeds", "--quiet", cwd=desk).status == 0
    return desk


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_works_on_the_sample_corpus(name: str, line: str, desk: Path) -> None:
    env = environment(PATH=quick_path(), XDG_CONFIG_HOME=str(desk / "home"))
    done = subprocess.run(
        ["bash", "-c", line], cwd=desk, env=env, capture_output=True, text=True, check=False
    )
    nothing_wrong = line == "gulfbrief docs --warnings" and done.returncode == 1
    assert done.returncode == 0 or nothing_wrong, done.stderr
    writes = ">" in line or "--output" in line or "--to" in line or name in ("index", "config")
    assert done.stdout.strip() or writes or nothing_wrong
    assert shlex.split(line, comments=True)[:2] == ["gulfbrief", name]
