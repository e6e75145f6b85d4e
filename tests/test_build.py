"""Building the index: what is read again and what not, and what ends a build cannot hurt."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from changing import Changing
from forking import Process, quick_workers
from hypothesis import given, settings
from hypothesis import strategies as st
from indexes import dump, written

from gulfbrief.answer.quotes import quotes
from gulfbrief.answer.search import search
from gulfbrief.decisions import Decisions
from gulfbrief.errors import StoreError
from gulfbrief.read import Options
from gulfbrief.store import indexer as indexer_
from gulfbrief.store.build import Report, build
from gulfbrief.store.reader import Index
from gulfbrief.store.scan import stamp

TABLES = "file document path chunk body passage word deletion name local actor event".split()

REPORT = (
    "MUSCAT, July {day} (Gulf Wire) - “The port stays open,” said Harbour Minister {name} on"
    " Monday. Oman and Bahrain will meet on Friday.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / ".gulfbrief" / "index.db"


def report(
    folder: Path, name: str, *, day: int = 2, who: str = "Salma Haddad", times: int = 1
) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([REPORT.format(day=day, name=who)] * times), "utf-8")
    return path


def counts(done: Report) -> tuple[int, int, int, int, int]:
    return done.added, done.updated, done.removed, done.unchanged, len(done.failed)


def rows(index: Path) -> dict[str, int]:
    with Index.open(index) as opened:
        return {t: opened.rows(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}


# ---- what is read again -------------------------------------------------------------------


def test_a_second_build_reads_nothing_and_changes_nothing(folder: Path, index: Path) -> None:
    for n in range(3):
        report(folder, f"{n}.txt", day=n + 1)
    assert counts(build(index, [folder])) == (3, 0, 0, 0, 0)
    before = dump(index)
    assert counts(build(index, [folder])) == (0, 0, 0, 3, 0)
    assert dump(index) == before


def test_without_paths_those_given_before_are_read(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    build(index, [folder])
    report(folder, "b.txt", day=3)
    assert counts(build(index)) == (1, 0, 0, 1, 0)


def test_an_index_without_paths_wants_some(index: Path) -> None:
    with pytest.raises(StoreError, match="name a file or a folder"):
        build(index)


def test_a_changed_file_is_read_again(folder: Path, index: Path) -> None:
    path = report(folder, "a.txt")
    build(index, [folder])
    report(folder, "a.txt", who="Omar Nasser")
    assert counts(build(index, [folder])) == (0, 1, 0, 0, 0)
    with Index.open(index) as opened:
        assert "Omar Nasser" in opened.text(opened.document(path.name).source.doc)
        assert opened.actor("salma-haddad") is None


def test_a_file_that_was_only_touched_is_not_read_again(folder: Path, index: Path) -> None:
    path = report(folder, "a.txt")
    build(index, [folder])
    os.utime(path, (1, 1))
    done = build(index, [folder])
    assert counts(done) == (0, 0, 0, 1, 0)
    assert done.documents == 0


def test_a_changed_sidecar_reads_its_document_again(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    build(index, [folder])
    (folder / "a.txt.toml").write_text('published = "2019-03-04"\n')
    assert counts(build(index, [folder])) == (0, 1, 0, 0, 0)
    with Index.open(index) as opened:
        assert opened.documents()[0].source.published == "2019-03-04"


def test_a_vanished_file_leaves_nothing_behind(folder: Path, index: Path) -> None:
    kept = report(folder, "kept.txt", day=5, who="Omar Nasser")
    build(index, [folder])
    alone = dump(index)
    gone = report(folder, "gone.txt", day=7, who="Zubayda Quillfeather")
    build(index, [folder])
    gone.unlink()
    assert counts(build(index, [folder])) == (0, 0, 1, 1, 0)
    assert dump(index) == alone
    kept.unlink()
    build(index, [folder])
    assert set(rows(index).values()) == {0}


def test_a_renamed_file_is_under_its_new_name_only(folder: Path, index: Path) -> None:
    path = report(folder, "old.txt")
    build(index, [folder])
    path.rename(folder / "new.txt")
    build(index, [folder])
    with Index.open(index) as opened:
        assert [d.paths for d in opened.documents()] == [("reports/new.txt",)]


def test_equal_bytes_are_one_document_with_two_paths(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    report(folder, "b/copy.txt")
    build(index, [folder])
    with Index.open(index) as opened:
        assert [d.paths for d in opened.documents()] == [("reports/a.txt", "reports/b/copy.txt")]


def test_a_document_stays_while_one_of_its_paths_does(folder: Path, index: Path) -> None:
    first = report(folder, "a.txt")
    report(folder, "b.txt")
    build(index, [folder])
    first.unlink()
    build(index, [folder])
    with Index.open(index) as opened:
        assert [(d.paths, d.source.path) for d in opened.documents()] == [
            (("reports/b.txt",), "reports/b.txt")
        ]


def test_a_document_is_described_by_the_path_that_is_left(folder: Path, index: Path) -> None:
    first = report(folder, "a.txt")
    report(folder, "b.txt")
    for name in "ab":
        (folder / f"{name}.txt.toml").write_text(f'title = "Of {name}"\n')
    build(index, [folder])
    first.unlink()
    (folder / "a.txt.toml").unlink()
    build(index, [folder])
    with Index.open(index) as opened:
        assert [d.source.title for d in opened.documents()] == ["Of b"]


def test_other_folders_stay_when_one_is_indexed(tmp_path: Path, index: Path) -> None:
    for name in ("one", "two"):
        report(tmp_path / name, f"{name}.txt", who=f"{name.title()} Haddad")
    build(index, [tmp_path / "one"])
    build(index, [tmp_path / "two"])
    assert rows(index)["document"] == 2


def test_a_given_day_stays_until_another_is_given(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    build(index, [folder], options=Options(published="2020-02-03"))
    assert counts(build(index, [folder])) == (0, 0, 0, 1, 0)
    build(index, [folder], options=Options(published="2020-02-04"))
    with Index.open(index) as opened:
        assert opened.documents()[0].source.published == "2020-02-04"


def test_the_order_of_indexing_does_not_matter(tmp_path: Path) -> None:
    names = ("Salma Haddad", "Haddad", "Omar Haddad", "S. Haddad")
    folder = tmp_path / "reports"
    for n, who in enumerate(names):
        report(folder, f"{n}.txt", day=n + 1, who=who)
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    build(one, [folder])
    for n in reversed(range(len(names))):
        build(two, [folder / f"{n}.txt"])
    assert dump(one) == dump(two)


def test_more_processes_give_the_same_index(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    for n in range(12):
        report(folder, f"{n}.txt", day=n + 1, who=f"Salma Haddad{'abcdefghijkl'[n]}")
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    build(one, [folder], jobs=1)
    build(two, [folder], jobs=3)
    assert dump(one) == dump(two)


def test_a_decision_merges_and_forgetting_it_parts_again(folder: Path, index: Path) -> None:
    report(folder, "a.txt", who="Sergei Lavrinov")
    report(folder, "b.txt", day=3, who="Yusuf Marwan")
    build(index, [folder])
    apart = dump(index)
    same = Decisions().judge("same", "sergei-lavrinov", "yusuf-marwan")
    build(index, [folder], decisions=same)
    with Index.open(index) as opened:
        named = {a.name: a.documents for a in opened.actors()}
        assert named["Sergei Lavrinov"] == 2
        assert "Yusuf Marwan" not in named
    build(index, [folder], decisions=Decisions())
    assert dump(index) == apart


@settings(max_examples=6)
@given(
    steps=st.lists(
        st.dictionaries(
            st.sampled_from(("a.txt", "b.txt", "c/d.txt")),
            st.sampled_from(("Salma Haddad", "Omar Nasser", "Haddad")),
        ),
        min_size=2,
        max_size=3,
    )
)
def test_an_updated_index_equals_a_new_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]
) -> None:
    top = tmp_path_factory.mktemp("walk")
    folder = top / "reports"
    folder.mkdir()
    for files in steps:
        for path in folder.rglob("*.txt"):
            path.unlink()
        for name, who in files.items():
            report(folder, name, who=who)
        build(top / "updated.db", [folder], jobs=1)
    build(top / "new.db", [folder], jobs=1)
    new = dump(top / "new.db")
    assert {name: rows for name, rows in dump(top / "updated.db").items() if rows} == {
        name: rows for name, rows in new.items() if rows
    }


# ---- bad files ----------------------------------------------------------------------------


def failures(index: Path, *paths: Path) -> dict[str, str]:
    return dict(build(index, list(paths)).failed)


def test_a_missing_path_is_named_and_the_others_are_in(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    failed = failures(index, folder, folder / "nothing.txt")
    assert failed == {"reports/nothing.txt": "no such file or folder"}
    assert rows(index)["document"] == 1


def test_links_that_lead_nowhere_or_back_are_named(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    (folder / "broken.txt").symlink_to(folder / "nothing.txt")
    (folder / "circle").symlink_to("circle")
    (folder / "inner").mkdir()
    (folder / "inner" / "up").symlink_to(folder)
    failed = failures(index, folder)
    assert failed == {
        "reports/broken.txt": "a link that leads nowhere",
        "reports/circle": "a link that leads in a circle",
        "reports/inner/up": "a link that leads back to a folder above it",
    }
    assert rows(index)["document"] == 1


def test_no_module_among_the_documents_is_run(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "a.txt")
    for name in ("json.py", "zlib.py", "lxml.py", "gulfbrief/__init__.py", "typing.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"open({str(folder / 'ran')!r}, 'a').close()\n")
    monkeypatch.chdir(folder)
    assert counts(build(index, [folder / "a.txt"]))[0] == 1
    assert not (folder / "ran").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(folder: Path, index: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    report(folder, "a.txt")
    assert counts(build(index, [folder]))[0] == 1
    assert failures(index, folder / "pipe.txt") == {
        "reports/pipe.txt": "neither a file nor a folder"
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_closed_folder_is_named_and_its_files_stay(folder: Path, index: Path) -> None:
    report(folder, "closed/a.txt")
    build(index, [folder])
    (folder / "closed").chmod(0)
    try:
        assert failures(index, folder) == {"reports/closed": "no permission to read it"}
    finally:
        (folder / "closed").chmod(0o755)
    assert rows(index)["document"] == 1


def test_a_binary_file_is_named_each_time_and_read_once(folder: Path, index: Path) -> None:
    report(folder, "a.txt")
    (folder / "b.bin").write_bytes(bytes(range(256)) * 40)
    first, second = failures(index, folder), failures(index, folder)
    assert list(first) == ["reports/b.bin"]
    assert second == first
    assert rows(index)["document"] == 1


def test_an_empty_folder_leaves_no_index_behind(folder: Path, index: Path) -> None:
    assert counts(build(index, [folder])) == (0, 0, 0, 0, 0)
    assert not index.exists()


def test_without_paths_and_without_an_index_none_is_left_behind(index: Path) -> None:
    with pytest.raises(StoreError, match="nothing was indexed here yet"):
        build(index)
    assert not index.exists()


def test_hidden_files_and_the_index_itself_are_left_out(folder: Path, index: Path) -> None:
    report(folder, ".hidden.txt")
    report(folder, ".git/a.txt")
    assert counts(build(folder / "index.db", [folder])) == (0, 0, 0, 0, 0)
    assert counts(build(folder / "index.db", [folder])) == (0, 0, 0, 0, 0)


def test_copies_are_counted_once(folder: Path, index: Path) -> None:
    first = report(folder, "a.txt")
    for name in ("b.txt", "c.txt"):
        (folder / name).write_bytes(Path(first).read_bytes())
    done = build(index, [folder])
    assert (done.added, done.documents) == (3, 1)


# ---- readers that misbehave ---------------------------------------------------------------

MISBEHAVE = """
import os, sys, time
import gulfbrief.find
import gulfbrief.read
real = gulfbrief.read.read
def read(path, *how):
    if path.name == "hangs.txt":
        time.sleep(600)
    if path.name == "crashes.txt":
        os._exit(7)
    if path.name == "grows.txt":
        with open(path, "a") as file:
            file.write("more and more\\n")
    yield from real(path, *how)
gulfbrief.read.read = read
from gulfbrief.find import quotes
find = quotes.find
def found(text, mentions):
    if "Faulty Haddad" in text.text:
        raise ValueError("nothing to be found")
    if "Endless Haddad" in text.text:
        time.sleep(600)
    return find(text, mentions)
quotes.find = found
"""


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading processes with a reader that hangs, crashes, or has its file change under it."""
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers(MISBEHAVE))
    monkeypatch.setattr("gulfbrief.store.pool.START", 0.0)
    monkeypatch.setattr("gulfbrief.store.pool.GRACE", 3.0)


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize("others", [4, 40], ids=["by itself", "together with others"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hangs.txt", "took longer than"),
        ("crashes.txt", "crash"),
        ("grows.txt", "changed while it was read"),
        ("faulty.txt", "a fault in gulfbrief: ValueError: nothing to be found"),
    ],
)
def test_a_file_that_misbehaves_is_named_and_the_others_are_in(
    folder: Path, index: Path, name: str, reason: str, others: int
) -> None:
    for n in range(others):
        report(folder, f"{'az'[n % 2]}{n}.txt", who=f"Salma Haddad{n}")
    report(folder, name, who=f"{Path(name).stem.title()} Haddad")
    done = build(index, [folder], options=Options(max_seconds=1.0), jobs=2)
    assert [path for path, _ in done.failed] == [f"reports/{name}"]
    assert reason in done.failed[0][1]
    assert done.added == others
    assert rows(index)["document"] == others


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize("others", [0, 20], ids=["by itself", "together with others"])
@pytest.mark.parametrize("times", [1, 150], ids=["short", "long"])
def test_a_text_that_takes_too_long_can_be_searched_and_says_what_was_not_looked_for(
    folder: Path, index: Path, others: int, times: int
) -> None:
    for n in range(others):
        report(folder, f"{n}.txt", who=f"Salma Haddad{n}")
    report(folder, "endless.txt", who="Endless Haddad", times=times)
    done = build(index, [folder], options=Options(max_seconds=0.5), jobs=1)
    assert not done.failed
    assert done.added == others + 1
    late = "it took too long: quotations, dates and events were not looked for"
    assert done.partly == [("reports/endless.txt", late)]
    with Index.open(index) as opened:
        [one] = [d for d in opened.documents() if d.source.path == "reports/endless.txt"]
        assert one.warnings == (late,)
        assert search(opened, "endless", exact=True).total == 1
        assert quotes(opened).total == others
        assert "Endless Haddad" in {a.name for a in opened.actors()}


def test_what_took_too_long_is_looked_for_again_in_the_next_run(
    folder: Path, index: Path, misbehaving: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "endless.txt", who="Endless Haddad")
    assert build(index, [folder], options=Options(max_seconds=0.5)).partly
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers())
    assert counts(build(index, [folder])) == (0, 1, 0, 0, 0)
    with Index.open(index) as opened:
        assert quotes(opened).total == 1


def test_a_failure_that_may_pass_is_tried_again_in_the_next_run(
    folder: Path, index: Path, misbehaving: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "crashes.txt")
    assert len(build(index, [folder]).failed) == 1
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers())
    assert counts(build(index, [folder])) == (1, 0, 0, 0, 0)
    assert counts(build(index, [folder])) == (0, 0, 0, 1, 0)


def test_what_fails_run_after_run_is_laid_to_the_file_until_it_is_to_be_tried_again(
    folder: Path, index: Path, misbehaving: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "crashes.txt")
    monkeypatch.setattr(indexer_, "RACY", 0)
    for _ in range(indexer_.PASSING):
        assert len(build(index, [folder]).failed) == 1
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers())
    assert len(build(index, [folder]).failed) == 1
    assert counts(build(index, [folder], retry=True)) == (1, 0, 0, 0, 0)


def test_without_a_reading_process_each_file_is_named_and_nothing_waits(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    report(folder, "one.txt")
    monkeypatch.setattr(
        "gulfbrief.store.pool.subprocess", SimpleNamespace(Popen=full, PIPE=subprocess.PIPE)
    )
    [(path, reason)] = build(index, [folder]).failed
    assert path == "reports/one.txt"
    assert reason.startswith("no reading process could be started: resource temporarily")
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers())
    assert build(index, [folder]).added == 1


# ---- what ends a build --------------------------------------------------------------------

SCRIPT = """
import sys
from pathlib import Path
from gulfbrief.store import build, indexer
indexer.BATCH_DOCUMENTS = 5
def told(progress):
    print(progress.files, flush=True)
build.build(Path(sys.argv[1]), [sys.argv[2]], jobs=1, progress=told)
"""


def interrupted(index: Path, folder: Path, after: int, how: Callable[[int], None]) -> None:
    """Start a build in a process of its own and end it once ``after`` files are told."""
    ours, theirs = os.pipe()
    with open(os.devnull, "r+b") as nowhere, open(ours, encoding="utf-8") as told:
        child = Process(
            [SCRIPT, str(index), str(folder)], kind="python",
            stdin=nowhere.fileno(), stdout=theirs, stderr=nowhere.fileno(),
        )  # fmt: skip
        os.close(theirs)
        for line in told:
            if int(line) >= after:
                how(child.pid)
                break
        child.wait(60)


class Killed(BaseException):
    """Ends a build as a kill would: nothing of what it does afterwards reaches the index."""


@pytest.mark.parametrize("seed", range(10))
def test_a_build_that_is_killed_after_any_batch_and_goes_on_equals_a_new_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    changing = Changing(tmp_path / "reports", chance)
    index, new = tmp_path / "updated.db", tmp_path / "new.db"
    whole = indexer_.Indexer._commit

    def commit(self: indexer_.Indexer, last: bool = False) -> None:
        whole(self, last)
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    left = [0]
    with monkeypatch.context() as patched:
        patched.setattr(indexer_, "BATCH_DOCUMENTS", 1)
        patched.setattr(indexer_.Indexer, "_commit", commit)
        for _ in range(3):
            changing.change(6)
            left[0] = chance.randint(0, 4)
            with suppress(Killed):
                build(index, [changing.folder], jobs=1)
    build(index, [changing.folder], jobs=1)
    build(new, [changing.folder], jobs=1)
    assert dump(index) == dump(new)


def test_a_text_is_never_cited_to_a_file_that_no_longer_says_it(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "a.txt")
    report(folder, "z.txt")
    build(index, [folder])
    report(folder, "a.txt", who="Omar Nasser")
    for n in range(3):
        report(folder, f"m{n}.txt", day=n + 10)
    whole = indexer_.Indexer._commit

    def commit(self: indexer_.Indexer, last: bool = False) -> None:
        whole(self, last)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(indexer_, "BATCH_DOCUMENTS", 1)
        patched.setattr(indexer_.Indexer, "_commit", commit)
        with pytest.raises(Killed):
            build(index, [folder], jobs=1)
    for _ in range(2):
        with Index.open(index) as opened:
            for quote in opened.quotes():
                text = (index.parent.parent / quote.source.path).read_text("utf-8")
                assert quote.quote.content.strip("“”") in text
                assert opened.text(quote.source.doc) == text
        build(index, [folder])
    assert counts(build(index, [folder])) == (0, 0, 0, 5, 0)


def test_a_file_that_changed_within_a_tick_of_the_clock_is_read_again(
    folder: Path, index: Path
) -> None:
    path = report(folder, "a.txt", who="Omar Nasser")
    build(index, [folder])
    path.write_text(path.read_text("utf-8").replace("Omar", "Amro"), "utf-8")
    with written(index) as db:  # as if size and times were those of the first writing
        (kept,) = db.execute("SELECT stat FROM file").fetchone()
        assert kept < 0
        db.execute("UPDATE file SET stat = ?", (~stamp(str(path)).stat,))
    assert counts(build(index, [folder])) == (0, 1, 0, 0, 0)
    assert counts(build(index, [folder])) == (0, 0, 0, 1, 0)


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize("after", [1, 7, 12])
@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL", "SIGTERM"])
def test_a_build_that_is_ended_leaves_whole_batches_and_goes_on(
    folder: Path, tmp_path: Path, after: int, name: str
) -> None:
    for n in range(16):
        report(folder, f"{n:02}.txt", day=n + 1)
    index = tmp_path / "index.db"
    interrupted(index, folder, after, lambda pid: os.kill(pid, getattr(signal, name)))
    with written(index) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        documents = db.execute("SELECT count(*) FROM document").fetchone()[0]
    if documents:
        with Index.open(index) as opened:
            assert len(opened.documents()) == documents
            assert not (opened.unresolved and name == "SIGINT")
            assert sum(1 for _ in opened.quotes()) == opened.status().quotes
    build(index, [folder])
    build(tmp_path / "new.db", [folder])
    assert dump(index) == dump(tmp_path / "new.db")
    with Index.open(index) as opened:
        assert not opened.unresolved


# ---- two processes ------------------------------------------------------------------------


def test_a_second_writer_waits_and_then_says_so(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gulfbrief.store import lock

    report(folder, "a.txt")
    build(index, [folder])
    monkeypatch.setattr(lock, "WAIT", 0.1)
    with lock.write_lock(index), pytest.raises(StoreError, match="held by another process"):
        build(index, [folder])
    assert counts(build(index, [folder])) == (0, 0, 0, 1, 0)


def test_all_reads_of_one_index_are_of_the_moment_it_was_opened(folder: Path, index: Path) -> None:
    old = report(folder, "a.txt")
    build(index, [folder])
    with Index.open(index) as opened:  # another process writes before and between its reads
        old.unlink()
        report(folder, "b.txt", day=9, who="Omar Nasser")
        build(index, [folder])
        (held,) = opened.documents()
        assert held.source.path.endswith("a.txt")
        report(folder, "c.txt", day=11)
        assert counts(build(index, [folder])) == (1, 0, 0, 1, 0)
        assert "Salma Haddad" in opened.text(held.source.doc)
        assert [q.source.path for q in opened.quotes()] == [held.source.path]
        assert opened.actor("salma-haddad") is not None
        assert opened.actor("omar-nasser") is None
    assert rows(index)["document"] == 2


def test_between_two_batches_no_actor_lacks_its_name(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = indexer_.Indexer._commit

    def commit(self: indexer_.Indexer, last: bool = False) -> None:
        whole(self, last)
        with Index.open(index) as opened:
            nameless = "SELECT count(*) FROM local WHERE actor NOT IN (SELECT id FROM name)"
            told.append(opened.rows(nameless).fetchone()[0])

    monkeypatch.setattr(indexer_, "BATCH_DOCUMENTS", 1)
    monkeypatch.setattr(indexer_.Indexer, "_commit", commit)
    told: list[int] = []
    paths = [report(folder, f"{n}.txt", day=n + 1, who=w) for n, w in enumerate(NAMES)]
    one = Decisions().judge("same", "salma-haddad", "omar-nasser")
    build(index, [folder], jobs=1, decisions=one)
    for path in paths[::2]:
        path.write_text(path.read_text("utf-8") + "Oman and Kuwait agreed.\n", "utf-8")
    paths[1].unlink()
    build(index, [folder], jobs=1, decisions=one)
    assert len(told) > len(paths)
    assert not any(told)


NAMES = ["Salma Haddad", "Omar Nasser"] * 6
