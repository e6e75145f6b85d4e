"""The documentation shows what gulfbrief prints: every command in it is run again."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from running import environment, quick_path, run

from gulfbrief.cli.registry import COMMANDS, load

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("make", ROOT / "docs" / "make.py")
make = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make)


@pytest.fixture(scope="module", autouse=True)
def quick_runs():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "PROGRAMS", quick_path())
        yield


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.skipif(not shutil.which("jq"), reason="needs jq")
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_page_shows_what_its_commands_print(path) -> None:
    text = path.read_text("utf-8")
    assert make.page(text) == text, "make it again: python docs/make.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_page_is_as_its_help_and_examples(name) -> None:
    text = (ROOT / "docs" / "commands" / f"{name}.md").read_text("utf-8")
    assert make.command_page(name) == text, "make it again: python docs/make.py"


def test_the_rooms_are_drawn_as_the_imports_are() -> None:
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    assert make.rooms(text) == text, "make it again: python docs/make.py"


def test_completion_knows_the_parameters_that_commands_have() -> None:
    held = (ROOT / "gulfbrief" / "cli" / "parameters.json").read_text("utf-8")
    assert make.parameters() == held, "make it again: python docs/make.py"


def test_the_manual_is_as_the_help_one_page_for_each_command() -> None:
    held = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / "man").glob("*.1")}
    assert make.man_pages() == held, "make it again: python docs/make.py"
    assert set(held) == {"gulfbrief", *(f"gulfbrief-{name}" for name in COMMANDS)}


def test_the_manual_is_installed_where_man_looks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared["docs/man"] == "share/man/man1"


@pytest.mark.skipif(not shutil.which("man"), reason="needs man")
@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_a_page_of_the_manual_that_man_shows(name: str, tmp_path: Path) -> None:
    page = re.search(r"^Manual: man (\S+)$", run("help", name, cwd=tmp_path).out, re.M)[1]
    (tmp_path / "man1").symlink_to(ROOT / "docs" / "man")
    shown = subprocess.run(
        ["man", "-M", tmp_path, page], capture_output=True, text=True, check=True,
        env=environment(MANWIDTH="100", MANROFFOPT="-ww", LC_ALL="C.UTF-8", MANPAGER="cat"),
    )  # fmt: skip
    assert not shown.stderr
    for option, _ in make._options(load(name)):
        assert option.split(",")[0].split()[0] in shown.stdout
    for typed, _ in load(name).examples:
        assert typed in shown.stdout


def test_no_shown_command_fails_by_a_fault() -> None:
    for path in [*PAGES, *(ROOT / "docs" / "commands").glob("*.md")]:
        assert "a fault in gulfbrief" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8")):
        if not target.startswith(("http", "javascript")):
            assert (path.parent / target).exists(), target
