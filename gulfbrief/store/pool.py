"""Reading processes: work is handed to them, replies come back, a bad file costs only itself."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .time_limit import time_for
from .worker import Task, receive, send

AHEAD = 256
"""Tasks that lie ready for each process, and short replies that wait for the writer: what it needs
to end a batch while the processes go on."""

SHORT = 1000
"""A reply counts as so many more as it has so many words."""

HANDFUL = 32
"""So many tasks are given to a process at once, fewer where few are left."""

LAST = frozenset(("done", "same", "changed", "failed"))
"""What the last reply about a file may be."""

START = 60.0
"""Seconds that a process may take to start."""

GRACE = 10.0
"""Seconds beyond those that a reader is given to stop by itself."""

# Starts a worker of this very code. "python -m" would look in the current folder first, and there
# may lie, among the documents, anybody's json.py.
_WORKER = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    "runpy.run_module('gulfbrief.store.worker', run_name='__main__', alter_sys=True)"
)


class _Replies(queue.Queue[tuple[Task, list[Any]]]):
    """Replies that wait for the writer: long ones count more, so that memory stays bounded."""

    held = 0

    def _qsize(self) -> int:
        return self.held

    def _put(self, item: tuple[Task, list[Any]]) -> None:
        super()._put(item)
        self.held += size(item[1])

    def _get(self) -> tuple[Task, list[Any]]:
        item = super()._get()
        self.held -= size(item[1])
        return item


def size(replies: list[Any]) -> int:
    """How much memory replies count for."""
    words = sum(int(reply[3].words) for reply in replies if reply[0] == "document")
    return 1 + words // SHORT


class _Process:
    """One reading process with a thread that feeds it and passes its replies on."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.task: Task | None = None
        self.until = 0.0
        self.killed = False
        self.child: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while tasks := self.pool.handful():
            if not self.pool.stopped:
                self._do(tasks)
        self.stop()

    def _do(self, tasks: deque[Task]) -> None:
        """Hand ``tasks`` to the process and pass on what it replies. If it ends before it has done
        them, that is the fault of the one it is at; the others wait for their turn again. Where it
        may have been at any of them, each of them waits to be done alone."""
        spare = GRACE
        if self.child is None:
            try:
                self.child = subprocess.Popen(
                    self.pool.command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            except OSError as error:
                reason = f"no reading process could be started: {(error.strerror or '').lower()}"
                for task in tasks:
                    self.pool.replies.put((task, [("failed", reason, True)]))
                return
            spare += START
        child, self.killed = self.child, False
        assert child.stdin is not None
        assert child.stdout is not None
        limit = announced = 0.0
        begun = False  # whether there were replies about the first of ``tasks``
        try:
            self.until = float("inf")
            self.task = tasks[0]
            send(child.stdin, list(tasks))
            while tasks:
                self.task, limit = tasks[0], tasks[0].options.max_seconds + spare
                self.until = time.monotonic() + limit + announced
                replies = receive(child.stdout)
                if replies is None:
                    break
                self.until = float("inf")
                announced = 0.0
                if replies[-1][0] == "finding":
                    _, length, surely = replies.pop()
                    announced = time_for(length, 0)
                    begun = begun or surely
                begun = begun or bool(replies)
                if replies:
                    self.pool.replies.put((tasks[0], replies))
                    if replies[-1][0] in LAST:
                        tasks.popleft()
                        spare, begun = GRACE, False
        except (OSError, EOFError):
            pass
        self.task = None
        if tasks:
            self.stop()
            sure = begun or tasks[0].alone or len(tasks) == 1
            if sure:
                self._blame(tasks.popleft(), limit)
            for task in tasks:
                self.pool.tasks.put(task if sure else task._replace(alone=True))

    def _blame(self, task: Task, limit: float) -> None:
        """Tell that ``task`` ended its process."""
        if self.pool.stopped:
            return
        reason = (
            f"it took longer than {limit:.0f} seconds and was stopped"
            if self.killed
            else "it made the reading process crash"
        )
        self.pool.replies.put((task, [("failed", reason, True)]))

    def late(self, now: float) -> None:
        """Stop the process if its file takes too long."""
        if self.task is not None and now > self.until and self.child is not None:
            self.killed = True
            self.child.kill()

    def stop(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()


class Pool:
    """``jobs`` reading processes, which know the names in ``lexicons`` too; started when there is
    work for them. A context manager."""

    def __init__(self, jobs: int, lexicons: Sequence[Path] = ()) -> None:
        self.jobs = max(1, jobs)
        home = str(Path(__file__).parents[2])
        self.command = [sys.executable, "-P", "-c", _WORKER, home, *map(str, lexicons)]
        self.tasks: queue.Queue[Task | None] = queue.Queue()
        self.replies = _Replies(self.jobs * AHEAD)
        self.processes: list[_Process] = []
        self.stopped = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped = True
        for _p in self.processes:
            self.tasks.put(None)
        for process in self.processes:
            if process.child is not None:
                process.child.kill()
        while any(p.thread.is_alive() for p in self.processes):
            try:
                self.replies.get(timeout=0.02)
            except queue.Empty:
                continue

    def handful(self) -> deque[Task]:
        """The next tasks for one process, waited for; none where there will be no more."""
        out: deque[Task] = deque()
        task = self.tasks.get()
        share = HANDFUL if self.jobs == 1 else min(HANDFUL, self.tasks.qsize() // (2 * self.jobs))
        while task is not None:
            out.append(task)
            if task.alone or len(out) >= share:
                return out
            try:
                task = self.tasks.get_nowait()
            except queue.Empty:
                return out
        if out:
            self.tasks.put(None)
        return out

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
        """As Executor (executor.py); may be asked again for more tasks."""
        given = open_ = 0
        while True:
            while given < len(tasks) and open_ < self.jobs * AHEAD:
                self.tasks.put(tasks[given])
                given += 1
                open_ += 1
                if len(self.processes) < min(self.jobs, open_):
                    self.processes.append(_Process(self))
            if not open_:
                return
            try:
                task, replies = self.replies.get(timeout=0.5)
            except queue.Empty:
                now = time.monotonic()
                for process in self.processes:
                    process.late(now)
                continue
            for reply in replies:
                if reply[0] in LAST:
                    open_ -= 1
                yield task, reply
