"""Indexes that several tests look at; none of them changes one."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from forking import quick_workers, server
from running import SEEDS, Done, run

from gulfbrief.store import pool
from gulfbrief.store.reader import Index

collect_ignore = ["bench"]  # run by hand; some need packages that the tests do not

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure() -> None:
    """Folders of tests are in memory where there is room: an index waits for the disk at each of
    its commits."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return
    if shutil.disk_usage(memory).free > 1 << 30:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: some tests wait (for a shell, a watcher, a limit)."""
    return (os.cpu_count() or 1) + 1


def pytest_collection() -> None:
    """What is collected stays to the end: the collector of garbage need not look at it."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


# One text with all that obeys nobody: escapes, controls, overrides, markup, emoji codes, markup of
# the web, formulas.
HOSTILE = """=cmd|'/c calc'!A1 [bold]Warning[/bold] :smile: <script>alert(1)</script>

CAIRO, 3 March 2021 - "We \x1b[31mwill\x1b[0m \x9b31m not \u202ereverse\u202c \
[link=file:///etc/passwd]this[/link] **deal** :fire: <img src=x onerror=alert(1)>," said Minister \
Omar \x1b]0;title\x07Haddad on Wednesday.

The [red]port[/red] of \x07Aden was | closed on 2 March 2021 by `rm -rf`, said Haddad.
"""


@pytest.fixture(scope="session", autouse=True)
def heeded_interrupts() -> Iterator[None]:
    """Processes heed SIGINT even where a shell started the tests in the background: it has them
    ignored there, and what is ignored stays so in all that is started."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def quick_readers(heeded_interrupts: None) -> Iterator[None]:
    """Reading processes without their start."""
    server()  # which now fails here if at all
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "subprocess", quick_workers())
        yield


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample corpus and its index."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(SEEDS, folder / "seeds")
    assert run("index", "seeds", "--quiet", cwd=folder) == Done(0, "")
    return folder


@pytest.fixture(scope="session")
def sample(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the sample corpus, open: a copy, so that no command meets a reader."""
    path = tmp_path_factory.mktemp("sample") / "index.db"
    shutil.copy(folder / ".gulfbrief" / "index.db", path)
    with Index.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a hostile document under a hostile name, and its index."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "docs").mkdir()
    (folder / "docs" / "=a [b]\x1b[31m\u202e:fire:\n.txt").write_text(HOSTILE, "utf-8")
    assert run("index", "docs", "--quiet", cwd=folder).status == 0
    return folder


@pytest.fixture
def ask(folder: Path) -> Callable[..., Done]:
    """Runs a command on the index of the sample corpus."""
    return lambda *args, **rest: run(*args, cwd=folder, **rest)
