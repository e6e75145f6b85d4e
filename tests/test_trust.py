"""What somebody else put into a folder runs nothing, and is read or written nowhere else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from indexes import written
from running import Done, run, terminal

from gulfbrief import config, places, trust
from gulfbrief.errors import StoreError
from gulfbrief.store.build import Report, build
from gulfbrief.store.reader import Index

REPORT = "MUSCAT, 2 July 2021 - “The port stays open,” said Harbour Minister Salma Haddad.\n" * 40

pytestmark = pytest.mark.skipif(os.name == "nt", reason="owners and links of POSIX")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with an index of its own."""
    folder = tmp_path / "project"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "a.txt").write_text(REPORT, "utf-8")
    build(folder / ".gulfbrief" / "index.db", [folder / "reports"], jobs=1)
    return folder


def ask(project: Path, *args: str) -> Done:
    return run(*args, cwd=project, XDG_CONFIG_HOME=str(project.parent / "home"))


def test_a_pager_of_a_projects_settings_is_not_run(project: Path) -> None:
    ran = project / "ran"
    (project / ".gulfbrief" / "config.toml").write_text(f'pager = "touch {ran}"\nlimit = 0\n')
    done = terminal(
        "quotes", cwd=project, rows=5, PAGER="cat", XDG_CONFIG_HOME=str(project.parent / "home")
    )
    assert "pager is not taken from a project's settings" in done.out
    assert not ran.exists()


@pytest.mark.parametrize("name", config.OWN)
def test_what_only_the_user_sets_is_not_set_for_a_project(project: Path, name: str) -> None:
    done = ask(project, "config", name, "elsewhere")
    assert (done.status, "--user" in done.err) == (2, True)
    assert ask(project, "config", name, "elsewhere", "--user").status == 0


def test_an_index_of_a_projects_settings_is_not_opened(project: Path) -> None:
    (project / ".gulfbrief" / "config.toml").write_text('index = "/nonexistent/other.db"\n')
    done = ask(project, "quotes", "--count")
    assert done.status == 0
    assert "index is not taken from a project's settings" in done.err


def test_a_project_of_somebody_else_is_used_once_it_is_trusted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(project.parent / "home"))
    (project / ".gulfbrief" / "config.toml").write_text("limit = 3\n")
    assert places.find_index() is not None
    monkeypatch.setattr(trust, "_owner", lambda path: os.geteuid() + 1)
    with pytest.raises(StoreError, match="gulfbrief config trust"):
        places.find_index()
    with pytest.raises(StoreError, match="gulfbrief config trust"):
        places.new_index()
    held = config.load({})
    assert held.limit is None
    assert "belongs to somebody else" in held.ignored[0]
    trust.add(project, places.trusted_file())
    assert places.find_index() is not None
    assert config.load({}).limit == 3


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs another owner")
def test_the_owner_of_a_project_is_looked_at(project: Path) -> None:
    os.chown(project / ".gulfbrief" / "index.db", 65534, 65534)
    done = ask(project, "quotes")
    assert (done.status, "gulfbrief config trust" in done.err) == (3, True)
    assert ask(project, "config", "trust", ".").status == 0
    assert ask(project, "quotes").status == 0


def test_a_copied_index_reads_no_folder_outside_its_own(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.txt").write_text(REPORT.replace("open", "shut"), "utf-8")
    build(project / ".gulfbrief" / "index.db", [outside])
    (outside / "c.txt").write_text(REPORT.replace("open", "full"), "utf-8")
    assert build(project / ".gulfbrief" / "index.db").added == 1  # where it was made
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    (outside / "d.txt").write_text(REPORT.replace("open", "busy"), "utf-8")
    done = build(copy / ".gulfbrief" / "index.db")
    assert (done.added, [path for path, _ in done.failed]) == (0, [str(outside)])
    assert build(copy / ".gulfbrief" / "index.db", [outside]).added == 1


def test_an_owed_file_outside_is_not_read(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The vault opens on 3 July, said Omar Nasser.\n", "utf-8")
    index = project / ".gulfbrief" / "index.db"
    with written(index) as db:
        db.execute("INSERT INTO file (path) VALUES (?)", (os.fsencode(secret),))
    build(index)
    with Index.open(index) as opened:
        assert [d.source.path for d in opened.documents()] == ["reports/a.txt"]


def linked(project: Path, **how: bool) -> Report:
    return build(project / ".gulfbrief" / "index.db", [project / "reports"], **how)


def test_links_that_leave_the_folder_are_followed_only_when_asked(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.txt").write_text(REPORT.replace("open", "shut"), "utf-8")
    (project / "reports" / "out").symlink_to(tmp_path / "outside")
    (project / "reports" / "out.txt").symlink_to(tmp_path / "outside" / "b.txt")
    (project / "reports" / "in.txt").symlink_to("a.txt")
    done = linked(project)
    assert [path for path, _ in done.failed] == ["reports/out", "reports/out.txt"]
    assert done.added == 1
    assert linked(project, follow_links=True).added == 2
    again = build(project / ".gulfbrief" / "index.db")
    assert (again.removed, again.failed) == (0, [])


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("config.toml", ["status"]),
        ("actors.toml", ["index"]),
        ("lexicon/own.toml", ["index"]),
    ],
)
@pytest.mark.parametrize("kind", ["pipe", "large", "nested"])
def test_settings_that_are_no_small_files_cost_a_line(
    project: Path, name: str, args: list[str], kind: str
) -> None:
    path = project / ".gulfbrief" / name
    path.parent.mkdir(exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(20 << 30)
    else:
        path.write_text("x = " + "[" * 5000)
    done = ask(project, *args)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert str(path.relative_to(project)) in done.err


@pytest.mark.parametrize("kind", ["pipe", "large", "device"])
def test_a_sidecar_that_is_no_small_file_is_told(project: Path, kind: str) -> None:
    side = project / "reports" / "a.txt.toml"
    if kind == "pipe":
        os.mkfifo(side)
    elif kind == "large":
        with side.open("wb") as file:
            file.truncate(20 << 30)
    else:
        side.symlink_to("/dev/zero")
    done = linked(project)
    assert done.failed == []
    with Index.open(project / ".gulfbrief" / "index.db") as opened:
        (held,) = opened.documents()
        assert any("sidecar not read" in w for w in held.warnings)
