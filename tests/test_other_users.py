"""An index that belongs to somebody else, on a folder or a disk that cannot be written: the same
answers, or a line that says why not. Only root can be two users, so nobody else runs these, and
the packages must stand where others may read them."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from running import SEEDS, Done, copied, environment, run

import gulfbrief
from gulfbrief.store.build import build

OWNER, OTHER = 41_501, 41_502
REPORT = "MUSCAT, July 2 2021 - “The port stays open,” said Harbour Minister Salma Haddad.\n"
_AS = """
import os, sys
user = int(sys.argv.pop(1))
os.setgroups([])
os.setgid(user)
os.setuid(user)
if sys.argv[1] == "crash":  # as a writer that is cut off: its last batch stays in the log
    from gulfbrief.store import connection, pages
    db = pages.connect(sys.argv[2], connection.WRITE)
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("INSERT OR REPLACE INTO meta VALUES ('x', 'y')")
    os._exit(0)
from gulfbrief.cli import main
main()
"""


def others_may_read(path: str | None) -> bool:
    """Whether any user gets to a file: modules are still imported once a process is another's."""
    folders = Path(path or "/").resolve().parents
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)


pytestmark = pytest.mark.skipif(
    os.getuid() != 0 or not all(map(others_may_read, (gulfbrief.__file__, typer.__file__))),
    reason="only root can be two users, and only where others may read these packages",
)


def run_as(user: int, *args: str, cwd: Path) -> Done:
    home = str(cwd / "home")
    env = environment(HOME=home, XDG_CONFIG_HOME=home)
    return copied([_AS, str(user), *args], cwd=cwd, env=env, seconds=60, kind="python")


@pytest.fixture
def project() -> Iterator[Path]:
    """A folder of ``OWNER`` with an index of one report."""
    top = Path(tempfile.mkdtemp(prefix="gulfbrief-users-"))
    try:
        (top / "reports").mkdir()
        (top / "home").mkdir()
        (top / "reports" / "a.txt").write_text(REPORT, "utf-8")
        (top / ".gulfbrief").mkdir()
        build(top / ".gulfbrief" / "index.db", [top / "reports"], jobs=1)
        for path in (top, *top.rglob("*")):
            os.chown(path, OWNER, OWNER)
            path.chmod(0o755 if path.is_dir() else 0o644)
        (top / "home").chmod(0o777)
        yield top
    finally:
        shutil.rmtree(top)


@contextmanager
def mounted(*mounts: Sequence[str]) -> Iterator[Path]:
    """A folder at which each of ``mounts``, arguments of mount, was mounted in turn."""
    place = Path(tempfile.mkdtemp(prefix="gulfbrief-disk-"))
    try:
        for arguments in mounts:
            if subprocess.run(["mount", *arguments, str(place)], capture_output=True).returncode:
                pytest.skip("nothing can be mounted here")
        yield place
    finally:
        subprocess.run(["umount", str(place)], capture_output=True)
        place.rmdir()


def ended(done: Done, told: str) -> tuple[int, str]:
    """The status, and the end of the errors, as long as ``told`` is: all of them where it is
    empty."""
    return done.status, done.err[-len(told) :]


def test_a_project_of_somebody_else_is_used_when_it_is_trusted(project: Path) -> None:
    told = run_as(OTHER, "quotes", cwd=project)
    assert told.status == 3
    assert told.err.startswith(f"gulfbrief: {project}/.gulfbrief is not used: it belongs to")
    assert run_as(OTHER, "config", "trust", str(project), cwd=project).status == 0
    assert run_as(OTHER, "quotes", cwd=project) == run_as(OWNER, "quotes", cwd=project)


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("quotes", 0, ""),
        ("search port", 0, ""),
        ("status --check", 0, "nothing is damaged\n"),
        ("index reports", 3, "cannot be written: permission denied\n"),
    ],
)
def test_an_index_that_somebody_names_is_read_and_not_written(
    project: Path, command: str, status: int, told: str
) -> None:
    index = project / ".gulfbrief" / "index.db"
    before = index.read_bytes()
    done = run_as(OTHER, *command.split(), "--index", str(index), cwd=project)
    assert ended(done, told) == (status, told)
    assert index.read_bytes() == before
    assert sorted(p.name for p in index.parent.iterdir()) == ["index.db"]


def test_the_last_batch_of_a_writer_that_was_cut_off_is_told_to_who_may_not_write(
    project: Path,
) -> None:
    index = project / ".gulfbrief" / "index.db"
    run_as(OWNER, "crash", str(index), cwd=project)
    (index.parent / "index.db-shm").unlink()
    done = run_as(OTHER, "quotes", "--index", str(index), cwd=project)
    assert done.status == 3
    assert "was being written when its writer ended" in done.err
    assert run_as(OWNER, "quotes", cwd=project).status == 0
    assert run_as(OTHER, "quotes", "--index", str(index), cwd=project).status == 0


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("quotes", 0, ""),
        ("status --check", 0, "nothing is damaged\n"),
        ("index", 3, "cannot be written: read-only file system\n"),
        ("config limit 3", 2, "cannot be written: Read-only file system\n"),
        ("brief port -o a.html", 2, "a.html: cannot be written: Read-only file system\n"),
        ("export --to sqlite a.db", 2, "a.db: cannot be written: Read-only file system\n"),
    ],
)
def test_a_disk_that_cannot_be_written_is_read(
    project: Path, command: str, status: int, told: str
) -> None:
    with mounted(["--bind", str(project)], ["-o", "remount,ro,bind"]) as place:
        done = run_as(OWNER, *command.split(), cwd=place)
    assert ended(done, told) == (status, told)


def test_a_folder_that_its_owner_may_not_write_is_read(project: Path) -> None:
    (project / ".gulfbrief").chmod(0o555)
    before = run_as(OWNER, "quotes", cwd=project)
    assert before.status == 0
    done = run_as(OWNER, "index", cwd=project)
    assert done.status == 3
    assert done.err.startswith("gulfbrief: ")
    assert run_as(OWNER, "quotes", cwd=project) == before


def test_a_disk_that_fills_up_is_told() -> None:
    with mounted(["-t", "tmpfs", "-o", "size=300k", "tmpfs"]) as place:
        done = run("index", str(SEEDS), "--index", str(place / "i.db"), cwd=place.parent)
        told = f"gulfbrief: {place}/i.db cannot grow (database or disk is full): make room"
        assert (done.status, done.err[: len(told)]) == (3, told)


@pytest.mark.parametrize("command", ["index reports", "status --check", "status", "quotes"])
def test_a_device_is_no_index(project: Path, command: str) -> None:
    done = run(*command.split(), "--index", "/dev/full", cwd=project)
    assert done.status == 3
    assert done.err.startswith("gulfbrief: ")
    assert done.err.count("\n") == 1
