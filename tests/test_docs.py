"""The documentation shows what gulfbrief prints: every command in it is run again."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from running import quick_path

from gulfbrief.cli.registry import COMMANDS

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


def test_the_man_page_is_as_the_help() -> None:
    text = (ROOT / "docs" / "gulfbrief.1").read_text("utf-8")
    assert make.man_page() == text, "make it again: python docs/make.py"


def test_no_shown_command_fails_by_a_fault() -> None:
    for path in [*PAGES, *(ROOT / "docs" / "commands").glob("*.md")]:
        assert "a fault in gulfbrief" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8")):
        if not target.startswith(("http", "javascript")):
            assert (path.parent / target).exists(), target
