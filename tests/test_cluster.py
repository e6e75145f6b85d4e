"""Reading on a Dask cluster: the index is that of processes here, whatever becomes of a worker."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from forking import quick_workers
from indexes import dump
from running import run
from test_build import MISBEHAVE, counts, report, rows

from gulfbrief.errors import ClusterLostError, UsageError
from gulfbrief.read import Options
from gulfbrief.store import cluster as cluster_
from gulfbrief.store.build import build
from gulfbrief.store.indexer import Progress
from gulfbrief.store.reader import Index

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler and two workers in this process, on loopback."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1",
        dashboard_address="127.0.0.1:0", silence_logs=50,
    ) as running:  # fmt: skip
        yield running
        cluster_.dismiss()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


def filled(folder: Path, many: int) -> Path:
    for n in range(many):
        report(folder, f"{n}.txt", day=n % 28 + 1, who=f"Salma Haddad{n % 7}", times=n % 5 + 1)
    return folder


def test_a_cluster_makes_the_index_that_processes_here_make(folder: Path, cluster: Any) -> None:
    filled(folder, 90)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    report(folder, "copy.txt", day=1, who="Salma Haddad0")
    here, there = (folder.parent / f"{name}.db" for name in ("here", "there"))
    done = build(there, [folder], cluster=cluster.scheduler_address)
    again = build(here, [folder], jobs=2)
    assert (counts(done), done.words, done.failed) == (counts(again), again.words, again.failed)
    assert dump(there) == dump(here)
    report(folder, "3.txt", who="Omar Haddad")
    assert counts(build(there, [folder], cluster=cluster.scheduler_address)) == (0, 1, 0, 90, 1)
    build(here, [folder], jobs=2)
    assert dump(there) == dump(here)


def test_what_a_file_holds_comes_in_portions(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_, "AHEAD", 3)
    text = (
        "From a@b.example Mon Jan  1 00:00:00 2021\nSubject: {n}\n\nMinister Omar Haddad {n}.\n\n"
    )
    (folder / "mails.mbox").write_text("".join(text.format(n=n) for n in range(20)))
    filled(folder, 3)
    index = folder.parent / "index.db"
    assert counts(build(index, [folder], cluster=cluster.scheduler_address)) == (4, 0, 0, 0, 0)
    assert rows(index)["document"] == 23


def test_a_worker_keeps_what_is_left_of_a_file_while_the_writer_is_at_other_work(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_, "AHEAD", 3)
    monkeypatch.setattr(cluster_, "IDLE", 0.01)
    text = "From a@b.example Mon Jan  1 00:00:00 2021\nSubject: {n}\n\nThe pier of {n} is open.\n\n"
    (folder / "mails.mbox").write_text("".join(text.format(n=n) for n in range(20)))
    index = folder.parent / "index.db"

    def working(_: Progress) -> None:
        time.sleep(0.02)

    done = build(index, [folder], cluster=cluster.scheduler_address, progress=working)
    assert (counts(done), done.failed) == ((1, 0, 0, 0, 0), [])
    assert rows(index)["document"] == 20


@pytest.mark.parametrize(
    ("name", "reason"), [("hangs.txt", "took longer than"), ("crashes.txt", "crash")]
)
def test_a_file_that_misbehaves_is_named_and_tried_again_in_the_next_run(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    cluster_.dismiss()
    monkeypatch.setattr("gulfbrief.store.pool.START", 0.0)
    monkeypatch.setattr("gulfbrief.store.pool.GRACE", 3.0)
    report(filled(folder, 20), name)
    index = folder.parent / "index.db"
    how: dict[str, Any] = {
        "options": Options(max_seconds=1.0), "cluster": cluster.scheduler_address
    }  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr("gulfbrief.store.pool.subprocess", quick_workers(MISBEHAVE))
        done = build(index, [folder], **how)
    assert [path for path, _ in done.failed] == [f"reports/{name}"]
    assert reason in done.failed[0][1]
    assert done.added == 20
    cluster_.dismiss()
    assert counts(build(index, [folder], **how)) == (1, 0, 0, 20, 0)


# ---- workers that are not used ------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda a: a._replace(version="0.0.9"), r"it has gulfbrief 0\.0\.9, this is [\d.]+"),
        (lambda a: a._replace(code=1), r"its gulfbrief [\d.]+ has other code than this one"),
        (lambda a: a._replace(options=1), "it has other readers, LibreOffice or Tesseract .*"),
        (lambda a: a._replace(seen=None), r"it does not see \S+0\.txt as this machine does"),
        (lambda a: None, r"it has no gulfbrief [\d.]+"),
    ],
    ids=["version", "code", "readers", "storage", "none"],
)
def test_a_worker_that_would_not_make_the_same_index_is_refused(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch, change: Any, reason: str
) -> None:
    filled(folder, 12)
    real, other = cluster_.about, cluster.workers[1].address

    def about(options: Options, path: str | None, dask_worker: Any = None) -> Any:
        told = real(options, path)
        return change(told) if dask_worker and dask_worker.address == other else told

    monkeypatch.setattr(cluster_, "about", about)
    index = folder.parent / "index.db"
    done = build(index, [folder], cluster=cluster.scheduler_address)
    assert done.added == 12
    [(worker, told)] = done.refused
    assert worker == other
    assert re.fullmatch(reason, told)


def test_where_no_worker_can_be_used_the_index_is_as_it_was(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = folder.parent / "index.db"
    report(folder, "one.txt")
    build(index, [folder])
    before = dump(index)
    report(folder, "other.txt")
    monkeypatch.setattr(cluster_, "CONNECT", 1.0)
    monkeypatch.setattr(cluster_, "about", lambda *_: None)
    with pytest.raises(UsageError, match=r"no worker of the cluster .* it has no gulfbrief"):
        build(index, [folder], cluster=cluster.scheduler_address)
    assert dump(index) == before


# ---- a cluster that is not there, or goes ---------------------------------------------------


def test_what_is_wrong_with_the_address_of_a_cluster_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "one.txt")
    monkeypatch.setattr(cluster_, "CONNECT", 0.5)
    index = folder.parent / "index.db"
    with socket.socket() as bound:  # nobody listens there
        bound.bind(("127.0.0.1", 0))
        nobody = "tcp://{}:{}".format(*bound.getsockname())
        with pytest.raises(UsageError, match=f"^there is no cluster at {nobody}$"):
            build(index, [folder], cluster=nobody)
    with pytest.raises(UsageError, match="is no address of a cluster: tcp://HOST:PORT"):
        build(index, [folder], cluster="localhost")
    monkeypatch.setattr(cluster_, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'gulfbrief\[cluster\]'"):
        build(index, [folder], cluster=nobody)
    assert not index.exists()


def test_a_cluster_is_the_users_own_setting_only(folder: Path) -> None:
    report(folder, "one.txt")
    (folder / ".gulfbrief").mkdir()
    (folder / ".gulfbrief" / "config.toml").write_text('cluster = "tcp://127.0.0.1:9"\n')
    done = run("index", "one.txt", cwd=folder)
    assert "cluster is not taken from a project's settings" in done.err
    assert done.status == 0
    done = run("index", "one.txt", "--jobs", "2", "--cluster", "tcp://127.0.0.1:9", cwd=folder)
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        "gulfbrief: --jobs goes without --cluster",
    )


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """A cluster whose scheduler and two workers are processes."""
    place = tmp_path / "scheduler.json"
    started: dict[str, subprocess.Popen[bytes]] = {}

    def start(name: str, program: str, *more: str) -> None:
        started[name] = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{program}", "--host", "127.0.0.1",
             "--no-dashboard", "--scheduler-file", str(place), *more],
            stderr=subprocess.DEVNULL, cwd=tmp_path,
        )  # fmt: skip

    start("scheduler", "scheduler", "--port", "0")
    for name in ("one", "two"):
        start(name, "worker", "--nthreads", "1", "--no-nanny", "--name", name)
    try:
        yield started
    finally:
        for process in started.values():
            process.kill()
            process.wait()


def test_a_killed_worker_costs_nothing_and_a_killed_scheduler_ends_the_run(
    folder: Path, tmp_path: Path, machines: dict[str, subprocess.Popen[bytes]]
) -> None:
    def killing(name: str) -> Callable[[Progress], None]:
        return lambda told: machines[name].kill() if told.files > 10 else None

    filled(folder, 150)
    place = tmp_path / "scheduler.json"
    while not place.exists():
        assert machines["scheduler"].poll() is None
        time.sleep(0.05)
    with distributed.Client(scheduler_file=str(place), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    here, there = (tmp_path / f"{name}.db" for name in ("here", "there"))
    build(here, [folder])
    done = build(there, [folder], cluster=address, progress=killing("one"))
    assert machines["one"].wait(10) == -signal.SIGKILL
    assert (counts(done), done.failed) == ((150, 0, 0, 0, 0), [])
    assert dump(there) == dump(here)

    for n in range(0, 150, 2):
        report(folder, f"{n}.txt", who="Omar Nasser")
    with pytest.raises(ClusterLostError, match=f"^the cluster at {address} was lost$") as ended:
        build(there, [folder], cluster=address, progress=killing("scheduler"))
    assert ended.value.status == 130
    with Index.open(there) as opened:  # after its last whole batch
        assert opened.rows("SELECT count(*) FROM pending").fetchone() == (0,)
    build(there, [folder])
    build(here, [folder])
    assert dump(there) == dump(here)
