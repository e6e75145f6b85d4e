"""gulfbrief as a library: what the command line answers, asked from Python."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import SEEDS, Done

import gulfbrief
from gulfbrief.cli.registry import load
from gulfbrief.errors import StoreError, UnknownError, UsageError
from gulfbrief.library import Library
from gulfbrief.model import Record

PAGE = Path(__file__).parent.parent / "docs" / "library.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)


@pytest.fixture(scope="module")
def held(folder: Path) -> Library:
    return gulfbrief.open(folder / ".gulfbrief" / "index.db")


def test_the_examples_of_the_docs_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    monkeypatch.chdir(tmp_path)
    for example in EXAMPLES:
        exec(compile(example, str(PAGE), "exec"), {"gulfbrief": gulfbrief})
    assert "seeds/" in capsys.readouterr().out


def test_the_notebook_runs_from_its_first_cell_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    monkeypatch.chdir(tmp_path)
    cells = json.loads(PAGE.with_name("library.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert names["report"].failed == []
    assert names["quotes"]["speaker.name"].notna().sum() > 50
    assert names["text"][names["one"]["source.start"] :].startswith(names["one"]["content"][:20])


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("search tanker mine", lambda held: held.search("tanker mine")),
        ("quotes --by morozov -n 0", lambda held: held.quotes(by="morozov", limit=0)),
        ("quotes --about iran", lambda held: held.quotes(about=["iran"])),
        ("actors --type country", lambda held: held.actors(types=["country"])),
        ("timeline tanker", lambda held: held.timeline("tanker")),
        ("timeline --top 3", lambda held: held.timeline(top=3)),
        ("timeline --all --from 2020", lambda held: held.timeline(all=True, since="2020")),
        ("docs --doc 2021*", lambda held: held.documents(doc="2021*")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_is_that_of_the_command_line(
    command: str, asked: Callable[[Library], Record], held: Library, ask: Callable[..., Done]
) -> None:
    told = json.loads(ask(*command.split(), "--json").out)
    found = asked(held).to_dict()
    assert json.loads(json.dumps(found)) == {"total": told["total"], "results": told["results"]}


def test_an_actor_and_a_dossier_are_those_of_the_command_line(
    held: Library, ask: Callable[..., Done]
) -> None:
    [told] = json.loads(ask("actor", "iran", "--json").out)["results"]
    assert json.loads(json.dumps(held.actor("iran").to_dict())) == told
    [told] = json.loads(ask("brief", "morozov", "--json").out)["results"]
    made = json.loads(json.dumps(held.brief("morozov").to_dict()))
    assert {k: v for k, v in made.items() if k != "made"} == {
        k: v for k, v in told.items() if k != "made"
    }


@pytest.mark.parametrize("name", ["search", "quotes", "actors", "actor", "timeline"])
def test_limits_are_those_of_the_commands(name: str) -> None:
    default = inspect.signature(getattr(Library, name)).parameters["limit"].default
    [limit] = [p for p in load(name).params if p.name == "limit"]
    assert f"(default: {default};" in limit.help


def test_a_draft_is_no_source_of_itself(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("“The pier is open to every ship,” said Salma Haddad.\n")
    gulfbrief.index(draft, to=tmp_path / "i.db")
    with gulfbrief.open(tmp_path / "i.db") as held:
        told = [held.verify(draft.read_text(), path=p).results[0] for p in (None, draft)]
        assert held.holds(draft)
    assert [one.verdict for one in told] == ["verbatim", "not_found"]


def test_what_is_exported_is_what_the_command_line_exports(
    held: Library, ask: Callable[..., Done], tmp_path: Path
) -> None:
    told = [json.loads(line) for line in ask("export", "quotes", "--doc", "2021*").out.splitlines()]
    found = [one.to_dict() for one in held.export("quotes", doc="2021*")]
    assert json.loads(json.dumps(found)) == told
    assert held.write("sqlite", tmp_path / "a.db")[0] > len(found)


def test_bounds_that_are_none_are_errors(held: Library) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        held.search("tanker", since="soon")
    with pytest.raises(TypeError, match="form"):
        held.quotes(form="2021")  # type: ignore[call-arg]


def test_an_index_is_planned_removed_from_and_dated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The pier is open.\n")
    (tmp_path / "b.txt").write_text("The pier is closed.\n")
    index = tmp_path / "new" / "i.db"
    changes, _ = gulfbrief.plan(tmp_path, to=index)
    assert [sign for sign, _ in changes] == ["+", "+"]
    gulfbrief.index(tmp_path, to=index, published="2021-03-05")
    assert gulfbrief.remove(tmp_path / "b.txt", to=index).removed == 1
    with gulfbrief.open(index) as held:
        [document] = held.documents().results
    assert document.source.published == "2021-03-05"
    assert gulfbrief.index(to=index, published="none").undated == 1


def test_findings_of_a_text_have_its_offsets() -> None:
    text = "MUSCAT, 3 May 2021 - “The pier is open,” said Salma Haddad."
    found = gulfbrief.find(text)
    [quote] = found.quotes
    assert text[quote.speakers[0].start : quote.speakers[0].end] == "Salma Haddad"
    assert quote.to_dict()["content"] == "The pier is open"
    assert found.to_dict().keys() == {"actors", "mentions", "quotes", "dates", "events"}


def test_an_index_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no index at"):
        gulfbrief.open(tmp_path / "none.db")


def test_an_index_of_nothing_is_an_error_that_leaves_no_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was indexed here yet"):
        gulfbrief.index(to=tmp_path / "new" / "index.db")
    assert not (tmp_path / "new").exists()


def test_a_name_that_nobody_bears_is_an_error(held: Library) -> None:
    with pytest.raises(UnknownError):
        held.actor("zzyzx quux")


def test_progress_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The pier is open.\n")
    seen = []
    report = gulfbrief.index(tmp_path / "a.txt", to=tmp_path / "i.db", progress=seen.append)
    assert report.added == 1
    assert seen[-1].files == seen[-1].total == 1


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys, gulfbrief; print([m for m in sys.modules if m.startswith('gulfbrief.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['gulfbrief.version']\n"


def test_an_index_left_open_is_closed_when_the_process_ends(folder: Path) -> None:
    code = """
import apsw, atexit, sys
atexit.register(lambda: print(apsw.connections()))  # done last
import gulfbrief
held = gulfbrief.open(sys.argv[1])
held.search("pier")
"""
    index = folder / ".gulfbrief" / "index.db"
    done = subprocess.run([sys.executable, "-c", code, index], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_its_types_are_told_to_checkers() -> None:
    assert (Path(gulfbrief.__file__).parent / "py.typed").is_file()


def test_a_build_that_fails_leaves_no_folder_behind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="is not excluded"):
        gulfbrief.index(tmp_path / "empty", to=tmp_path / "new" / "i.db", include=["*.log"])
    gulfbrief.index(tmp_path / "empty", to=tmp_path / "new" / "i.db")
    assert not (tmp_path / "new").exists()
