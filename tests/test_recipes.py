"""The recipes of docs/recipes.md that are no plain ``console`` block: each is taken from the page
and used as it tells. (tests/test_docs.py runs the others.)"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from running import SEEDS, environment, quick_path, run
from screen import terminal_of

PAGE = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text("utf-8")


def recipe(heading: str) -> str:
    """The first fenced block under a heading of the page."""
    part = PAGE.split(f"\n## {heading}\n")[1]
    return re.search(r"^```\w+\n(.*?)^```$", part, re.M | re.S)[1]


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"needs {tool}")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder of one's own with the sample corpus and its index."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    assert run("index", "seeds", "--quiet", cwd=tmp_path).status == 0
    return tmp_path


def do(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=environment(PATH=quick_path(), **env), check=False,
        capture_output=True, text=True,
    )  # fmt: skip


@needs("fzf")
@needs("jq")
@needs("tmux")
def test_fzf_chooses_an_actor_and_shows_each_on_the_way(desk: Path) -> None:
    (desk / "choose.sh").write_text(recipe("fzf"))
    with terminal_of(desk) as terminal:
        window = terminal.open(f"PATH='{quick_path()}' sh choose.sh", columns=160)
        window.shows("andrei-morozov")
        window.type("whitf")
        window.shows("Rear Admiral")
        window.type("Enter")
        seen = window.ended()
    assert seen.status == 0
    assert "Daniel Whitfield" in seen.text


@needs("make")
def test_the_makefile_makes_each_dossier_once_and_again_for_a_new_index(desk: Path) -> None:
    (desk / "Makefile").write_text(recipe("A Makefile"))
    pages = {desk / "briefs" / f"{topic}.html" for topic in ("rostami", "morozov", "hormuz")}
    assert do("make", cwd=desk).returncode == 0
    assert set((desk / "briefs").iterdir()) == pages
    assert "Nothing to be done" in do("make", cwd=desk).stdout
    (desk / "seeds" / "new.txt").write_text(
        "MUSCAT, March 3, 2021 - “The strait is open,” Behzad Rostami said on Tuesday in Muscat.\n"
    )
    for page in pages:
        os.utime(page, (1, 1))
    assert run("index", "--quiet", cwd=desk).status == 0
    assert do("make", cwd=desk).returncode == 0
    assert "The strait is open" in (desk / "briefs" / "rostami.html").read_text("utf-8")


@needs("git")
@needs("jq")
def test_the_hook_lets_only_verbatim_quotations_through(desk: Path) -> None:
    mine = {"HOME": str(desk), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*args: str) -> subprocess.CompletedProcess[str]:
        return do("git", "-c", "user.name=a", "-c", "user.email=a@b", *args, cwd=desk, **mine)

    git("init", "-q")
    hook = desk / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(recipe("A pre-commit hook"))
    hook.chmod(0o755)

    def commit(name: str, text: str) -> subprocess.CompletedProcess[str]:
        (desk / name).write_text(text, "utf-8")
        git("add", name)
        return git("commit", "-q", "-m", name)

    right = "“Nobody insures a boat to us any more,” said Leila Karimi.\n"
    assert commit("right one.md", right).returncode == 0
    assert commit("brève.md", "No one is quoted here.\n").returncode == 0
    wrong = commit("wrong one.md", right.replace("a boat", "any boat"))
    assert wrong.returncode != 0
    assert "≠ altered" in wrong.stdout + wrong.stderr
    (desk / ".gulfbrief" / "index.db").unlink()
    assert commit("right one.md", right * 2).returncode != 0, "nothing was checked"


def test_cron_mails_what_is_new_and_nothing_else(desk: Path) -> None:
    line = recipe("cron").strip().split(maxsplit=5)[5].replace('"$HOME/desk"', f"'{desk}'")
    mailed = do("sh", "-c", line, cwd=desk)
    assert "Iran" in mailed.stdout
    assert mailed.stderr == ""
    mailed = do("sh", "-c", line.replace("today", "2999-01-01"), cwd=desk)
    assert (mailed.returncode, mailed.stdout, mailed.stderr) == (1, "", "")
