"""The flow of a build: look at the files, read what changed in several processes, write in batches.

What a run owes stands in the index in the same transaction as what makes it owe it: a file that has
to be read (again) has no ``stat``, and what is yet to be resolved stands in ``pending`` and
``touched``. Whatever ends a run, the next one goes on from there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from ..decisions import Decisions
from ..errors import ClusterLostError, StoreError, UnknownError, UsageError
from ..read.options import Options
from ..read.parts import COLUMNS
from . import fingerprints, permissions
from .entity_resolution import resolve_entities
from .executor import executor
from .keys import path_text
from .pages import Database
from .roots import Roots
from .scan import Found, below, changed_since, digest, scan, stamp
from .worker import Task
from .writer import Writer

BATCH_DOCUMENTS = 1000
BATCH_SECONDS = 5.0
GROWTH = 10
"""Actors are resolved each time the index has so many times the documents."""

TRIES = 3
"""How often a file that changes while it is read is tried."""

UNSEEN = 1000
"""How many things that were no files are kept by name."""

PASSING = 3
"""How many runs in a row may fail for what may pass (a crash, the time limit, an error of the disk)
before it is laid to the bytes of the file."""

COMPACTED = 16_384
"""Pages (64 MB) of the largest index that is compacted, which takes as much memory."""

FIRST = "!"
"""Stands behind a day of publication that goes before those that the documents tell."""

RACY = 2_000_000_000
"""A file changed less than so many ns before a run may change again without a new stat: its bytes
are compared in the next run (the "racy" entries of git's index)."""


NOTHING = "nothing was indexed here yet: name a file or a folder"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: files of all that need reading, and documents and words so far."""

    files: int
    total: int
    documents: int
    words: int
    path: str
    seconds: float


@dataclass(slots=True)
class Report:
    """What a build did, counted in files; ``failed`` are (path, reason), ``partly`` the documents
    of which something was left out, with what that is, ``columns`` the dumps, with what their
    columns are read as, ``refused`` the workers of a cluster that were not used, with the reason.
    ``documents`` are those that were read, ``undated`` of them without a day of publication;
    ``damaged`` is where a damaged index was put that was rebuilt; ``ignored`` files and folders
    were left out by rule."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    partly: list[tuple[str, str]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    documents: int = 0
    undated: int = 0
    words: int = 0
    seconds: float = 0.0
    anew: bool = False
    damaged: str | None = None
    ignored: int = 0


class _Seen(NamedTuple):
    """What a look at the files brought: the paths to be kept, the files that are gone, by their
    numbers, and the paths that were looked at."""

    roots: list[str]
    gone: list[int]
    looked: Sequence[str] = ()


class Indexer:
    """One run of ``build`` over an index that is open for writing."""

    def __init__(
        self, index: Path, db: Database, options: Options, jobs: int | None = None,
        decisions: Decisions | None = None, lexicons: Sequence[Path] = (),
        progress: Callable[[Progress], None] | None = None, retry: bool = False,
        follow_links: bool = False, cluster: str | None = None,
    ) -> None:  # fmt: skip
        self.index = index
        self.db = db
        self.roots = Roots(index, db)
        self.options = options
        self.jobs = jobs or os.cpu_count() or 1
        self.cluster = cluster
        self.decisions = decisions
        self.progress = progress
        self.writer = Writer(db)
        self.report = Report()
        self.lexicons = tuple(lexicons)
        self.rules = fingerprints.of_code(self.lexicons)
        # Of the documents that the settings touch:
        self.rules_bound = self.rules ^ fingerprints.of_options(options)
        self.new = False  # whether this run makes the index
        self.retry = retry
        self.follow_links = follow_links
        self.begun = time.monotonic()
        self.begun_at = time.time_ns()
        self.tries: dict[str, int] = {}
        self.owed: set[str] = set()  # files to be read from the start, whatever was read of them
        self.counted: set[str] = set()  # the documents of this run, copies once
        self.uncounted: set[str] = set()  # those that are read again for no change of theirs
        self.proven: list[tuple[int, int]] = []  # (stat, file): racy ones whose bytes are the same
        self.unseen: list[tuple[str, str]] = []  # what the folders hold that is no file
        self.held: set[str] = set()  # files that the index holds already
        self.todo: list[Task] = []
        self.unfinished: set[str] = set()  # the paths in ``todo`` that no last reply came for
        self.open: dict[str, int] = {}
        self.resolved = int(self.roots.note("settled") or 0)

    # ---- the flow -------------------------------------------------------------------------

    def run(self, paths: Sequence[Path | str]) -> Report:
        """Bring the index up to date with ``paths``, or with those that were given before."""
        return self._write(self._look_around(paths))

    def remove(self, paths: Sequence[Path | str]) -> Report:
        """Take out what lies at ``paths``, and leave it out from now on. Raises UnknownError where
        nothing of the index lies at one."""
        kept = self.roots.kept
        gone: dict[int, None] = {}
        for path in ["-" if str(p) == "-" else os.path.abspath(p) for p in paths]:
            if path == "-":
                held = [f for f, key in self._files() if key == b"-"]
            else:
                held = [f for f, key in self._files() if below(self.roots.path(key), path)]
            if not held and not any(below(root, path) for root in kept):
                raise UnknownError(f"nothing of the index lies at {self.roots.name(path)}")
            gone |= dict.fromkeys(held)
            kept = [root for root in kept if not below(root, path)]
            if any(below(path, root) for root in kept):
                self.roots.exclude([self.roots.pattern(path)])
        return self._write(_Seen(kept, list(gone)))

    def plan(self, paths: Sequence[Path | str]) -> list[tuple[str, str]]:
        """What ``run`` would do, as (sign, file): + to be added, ~ to be read again, - to be taken
        out; - among ``paths`` (standard input) aside. Changes nothing."""
        seen = self._look_around([p for p in paths if str(p) != "-"] if paths else ())
        gone = set(seen.gone)
        out = [("-", path_text(key)) for file, key in self._files() if file in gone]
        for task in self.todo:
            if task.sha is not None and _bytes_are(task.path, task.sha):
                self.report.unchanged += 1
            else:
                out.append(("~" if task.path in self.held else "+", task.name))
        self.report.seconds = time.monotonic() - self.begun
        return sorted(out, key=lambda each: each[1])

    def _look_around(self, paths: Sequence[Path | str]) -> _Seen:
        """Look at the files, and queue those that are to be read."""
        self.roots.follow_links = self.follow_links or (not paths and self.roots.follow_links)
        kept = self.roots.kept
        roots = [p if p == "-" else os.path.abspath(p) for p in map(str, paths)]
        self.roots.include([self.roots.pattern(p) for p in roots])
        if not roots:
            if not self.roots.note("roots"):
                raise StoreError(NOTHING)
            for path in self.roots.elsewhere:
                reason = "the index was made elsewhere: name this path to index it here"
                self._failed(path, reason)
            roots = kept
        anew = self.roots.note("anew")
        if anew is not None:  # all have to be read again
            roots = list(dict.fromkeys([*roots, *kept]))
        self.report.anew = anew is not None
        if anew == "1" and "-" not in roots:
            self._failed("-", "it came from standard input: give it again")
        spared: list[str] = []
        seen: set[int] = set()
        here = {str(self.index.absolute()) + end for end in ("", "-wal", "-shm", "-lock")}
        folders = [p for p in roots if p != "-"]
        lost = [p for p in folders if p in kept and not os.path.lexists(p)]
        for path in lost:
            self._failed(path, "it is gone: its documents and the path are taken out of the index")
        there = [Path(p) for p in folders if p not in lost]
        for found in scan(there, self._unseen, spared.append, self.roots.follow_links,
                          self.roots.leave_out, self._ignored):  # fmt: skip
            if found.path not in here:
                self._look(found, seen)
        gone = self._vanished(folders, spared, seen)
        if "-" in roots:
            data = sys.stdin.buffer.read()
            if not data:
                raise UsageError("standard input is empty: there is no document to index")
            self._queue(Task("-", "-", 0, None, self.options, data))
        return _Seen([p for p in dict.fromkeys([*kept, *folders]) if p not in lost], gone, folders)

    def _write(self, seen: _Seen) -> Report:
        """Take out what is gone, and read and write what is queued."""
        db = self.db
        self.place = os.stat(self.index)
        if self.new:
            permissions.open_up(
                self.index, [t.path for t in self.todo if t.data is None], seen.looked
            )
        db.execute("BEGIN IMMEDIATE")
        try:
            self.roots.remember(seen.roots)
            self._keep_unseen(seen.looked)
            db.executemany("UPDATE file SET stat = ? WHERE id = ?", self.proven)
            unread = db.execute("SELECT id, path FROM file WHERE stat IS NULL AND error IS NULL")
            owed = [(file, self.roots.path(key)) for file, key in unread.fetchall()]
            self._reread([f for f, path in owed if any(below(path, r) for r in seen.roots)])
            for file in seen.gone:
                self._reread(self.writer.drop_file(file))
                self.report.removed += 1
            self._read()
            db.execute("DELETE FROM meta WHERE key = 'anew'")
            self._merge()
            self._commit(last=True)
        except BaseException as ended:
            if db.in_transaction:
                db.execute("ROLLBACK")
            if isinstance(ended, (KeyboardInterrupt, ClusterLostError)):
                self._resolve()
            raise
        self._compact()
        db.execute("PRAGMA optimize")
        db.execute("PRAGMA busy_timeout = 0")  # who still reads the old index is not waited for
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.report.seconds = time.monotonic() - self.begun
        return self.report

    def _failed(self, path: str, reason: str) -> None:
        self.report.failed.append((self.roots.name(path), reason))

    def _refused(self, worker: str, reason: str) -> None:
        self.report.refused.append((worker, reason))

    def _unseen(self, path: str, reason: str) -> None:
        """Something in a folder that is no file to be read: a link to nowhere, a locked folder."""
        self.unseen.append((self.roots.name(path), reason))
        self._failed(path, reason)

    def _keep_unseen(self, roots: Sequence[str]) -> None:
        """Keep what was not seen in this run, and elsewhere in those before, for ``docs``."""
        kept = [
            (path, reason)
            for path, reason in json.loads(self.roots.note("unseen") or "[]")
            if not any(below(os.path.join(self.roots.root, path), root) for root in roots)
        ]
        kept = (kept + self.unseen)[-UNSEEN:]
        self.roots.write("unseen", json.dumps([(path[:1_000], reason) for path, reason in kept]))

    def _ignored(self, path: str) -> None:
        self.report.ignored += 1

    def _files(self) -> list[tuple[int, bytes]]:
        return self.db.execute("SELECT id, path FROM file").fetchall()

    def _look(self, found: Found, seen: set[int]) -> None:
        """Whether a file needs reading."""
        key = self.roots.key(found.path)
        row = self.db.execute(
            "SELECT id, stat, sha, published, rules, error FROM file WHERE path = ?", (key,)
        ).fetchone()
        sha: bytes | None = None
        options = self.options
        if row is not None:
            file, stat, held_sha, given, made_by, error = row
            seen.add(file)
            options = self._as_before(given)
            same = made_by in (self.rules, self.rules_bound) and _given(options) == given
            if (
                same
                and stat == ~found.stat
                and held_sha is not None
                and _bytes_are(found.path, held_sha)
            ):
                self.proven.append((found.stat, file))
                stat = found.stat
            if same and stat == found.stat and (error is None or not self.retry):
                if error is None:
                    self.report.unchanged += 1
                else:
                    self._failed(found.path, error)
                return
            if error is None and (stat is not None or self.writer.holds_documents(file)):
                self.held.add(found.path)
                sha = held_sha if same else None
        self._queue(Task(found.path, self.roots.name(found.path), found.stat, sha, options))

    def _queue(self, task: Task) -> None:
        self.todo.append(task)
        self.unfinished.add(task.path)

    def _vanished(self, roots: list[str], spared: list[str], seen: set[int]) -> list[int]:
        """Files below the given paths that are no longer there."""
        out: list[int] = []
        for file, key in self._files():
            if file in seen or key == b"-":
                continue
            path = self.roots.path(key)
            if any(below(path, r) for r in roots) and not any(below(path, s) for s in spared):
                out.append(file)
        return out

    def _reread(self, files: Sequence[int]) -> None:
        """Read ``files`` again, since another file had described a document of theirs."""
        for file in files:
            row = self.db.execute(
                "SELECT path, published FROM file WHERE id = ?", (file,)
            ).fetchone()
            if row is None or row[0] == b"-":
                continue
            path = self.roots.path(row[0])
            self.owed.add(path)
            if path not in self.unfinished:
                self.uncounted.add(path)
                with suppress(OSError):
                    stat = stamp(path).stat
                    options = self._as_before(row[1])
                    self._queue(Task(path, self.roots.name(path), stat, None, options))

    def _as_before(self, given: str | None) -> Options:
        """The options with the day of publication that a file was given in an earlier run, where
        this one gives none; an empty day takes it back."""
        if self.options.published is not None or given is None:
            return self.options
        first = given.endswith(FIRST)
        return replace(self.options, published=given.removesuffix(FIRST), published_first=first)

    def _read(self) -> None:
        """Read what is to be read and write what comes back."""
        count = files = 0
        since = time.monotonic()
        with executor(
            self.jobs, self.lexicons, self.cluster, self.options, self._refused
        ) as workers:
            for task, reply in workers.work(self.todo):
                kind = reply[0]
                if kind == "document":
                    self._document(task, *reply[1:])
                    count += 1
                else:
                    self._close(task, reply)
                    files += 1
                now = time.monotonic()
                if count >= BATCH_DOCUMENTS or now - since > BATCH_SECONDS:
                    self._commit()
                    count, since = 0, now
                if self.progress is not None:
                    self.progress(Progress(
                        files, len(self.todo), self.report.documents, self.report.words,
                        task.name, now - self.begun,
                    ))  # fmt: skip

    def _document(self, task: Task, name: str, path: str, rows: Any, told: tuple[str, ...]) -> None:
        for reason in told:
            if reason.startswith(COLUMNS):
                self.report.columns.append((path.rpartition("!")[0] or path, reason))
            else:
                self.report.partly.append((path, reason))
        file = self._open(task)
        self.writer.add_document(file, name, path, path.removeprefix(task.name), rows)
        if name in self.counted:  # a copy
            return
        self.counted.add(name)
        self.report.documents += 1
        self.report.undated += rows.published is None
        self.report.words += rows.words

    def _open(self, task: Task) -> int:
        """The row of the file that is being read, emptied when its first document comes."""
        file = self.open.get(task.path)
        if file is None:
            key = self.roots.key(task.path) if task.data is None else b"-"
            known = self.db.execute("SELECT id FROM file WHERE path = ?", (key,)).fetchone()
            file = self.writer.open_file(key)
            self.owed.discard(task.path)
            if known is not None and task.data is None:
                self._reread([f for f in self.writer.empty_file(file) if f != file])
            self.open[task.path] = file
        return file

    def _close(self, task: Task, reply: tuple[Any, ...]) -> None:
        """Take in the last reply about a file."""
        kind, *rest = reply
        if kind == "done":  # which has no document only where all are held by a file before it
            self._open(task)
        file = self.open.pop(task.path, None)
        if kind != "failed" and task.path in self.owed:
            self.todo.append(task._replace(stat=_stat_now(task), sha=None))
            return
        if kind == "changed":
            self.tries[task.path] = self.tries.get(task.path, 1) + 1
            if self.tries[task.path] <= TRIES:
                self.todo.append(task._replace(stat=_stat_now(task), sha=None))
                return
            kind, rest = "failed", ["it changed while it was read; index again when it is done",
                                    True]  # fmt: skip
        self.unfinished.discard(task.path)
        if kind == "same":
            self.report.unchanged += 1
            self.db.execute(
                "UPDATE file SET stat = ? WHERE path = ?",
                (self._stat(task), self.roots.key(task.path)),
            )
        elif kind == "done":
            assert file is not None
            if task.path not in self.uncounted:
                if task.path in self.held:
                    self.report.updated += 1
                else:
                    self.report.added += 1
            sha, bound, passing = rest
            self._close_file(file, task, sha, self.rules_bound if bound else self.rules, passing)
        else:
            reason, passing = rest
            self.owed.discard(task.path)
            self._failed(task.path, reason)
            if task.data is not None:  # nothing that could be tried again
                if file is not None:
                    self._reread(self.writer.drop_file(file))
                return
            file = self.writer.open_file(self.roots.key(task.path))
            self._reread([f for f in self.writer.empty_file(file) if f != file])
            self._close_file(file, task, None, self.rules_bound, passing, reason)

    def _close_file(
        self, file: int, task: Task, sha: bytes | None, rules: int, passing: bool,
        error: str | None = None,
    ) -> None:  # fmt: skip
        """Note how reading a file ended; what may pass leaves it to be read in the next run."""
        tries = self.writer.passing_failures(file) + 1 if passing else 0
        stat = None if 0 < tries < PASSING else self._stat(task)
        self.writer.close_file(file, stat, sha, _given(task.options), rules, error, tries)

    def _stat(self, task: Task) -> int:
        """The stat of a file as the index keeps it: inverted where the file is racy."""
        if task.data is not None:
            return task.stat
        return ~task.stat if changed_since(task.path, self.begun_at - RACY) else task.stat

    def _merge(self) -> None:
        """Bring the full text into one piece where most of it is new: a search is quicker by an
        eighth for a second of 100,000 documents."""
        held = int(self.db.execute("SELECT count(*) FROM document").fetchone()[0])
        if 2 * self.report.documents > held:
            self.db.execute("INSERT INTO passage (passage) VALUES ('optimize')")

    def _compact(self) -> None:
        """Fill the pages of a small index most of which is new: a sixth of that of 1,000 reports
        is room that was left in them."""
        held = int(self.db.execute("SELECT count(*) FROM document").fetchone()[0])
        pages = int(self.db.execute("PRAGMA page_count").fetchone()[0])
        if 2 * self.report.documents > held and pages < COMPACTED:
            with suppress(apsw.BusyError, apsw.FullError):  # the index is whole without
                self.db.execute("VACUUM")

    def _resolve(self) -> None:
        """Settle the actors of the whole batches, so that an interrupted index is a whole one."""
        self.db.execute("BEGIN IMMEDIATE")
        resolve_entities(self.db, self.decisions)
        self.writer.sweep()
        self.db.execute("COMMIT")

    def _commit(self, last: bool = False) -> None:
        """End a batch; actors are resolved at the end, and whenever the index has grown much."""
        self.writer.flush()
        held = int(self.db.execute("SELECT count(*) FROM document").fetchone()[0])
        if last or held >= GROWTH * max(self.resolved, BATCH_DOCUMENTS // GROWTH):
            resolve_entities(self.db, self.decisions)
            self.resolved = held
            self.writer.sweep()
            self.roots.write("settled", str(held))
        self.db.execute("COMMIT")
        if not os.path.samestat(os.stat(self.index), self.place):
            raise FileNotFoundError(self.index)
        if not last:
            self.db.execute("BEGIN IMMEDIATE")


def _given(options: Options) -> str | None:
    """The day of publication that files are given, as the index keeps it."""
    return f"{options.published}{FIRST * options.published_first}" if options.published else None


def _bytes_are(path: str, sha: bytes) -> bool:
    """Whether the bytes of a file are still those of ``sha``."""
    try:
        return digest(path) == sha
    except OSError:
        return False


def _stat_now(task: Task) -> int:
    """The stat of a task's file now, or what it was where the file is gone."""
    try:
        return task.stat if task.data is not None else stamp(task.path).stat
    except OSError:
        return task.stat
