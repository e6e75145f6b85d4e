"""Reading processes: work is handed to them, replies come back, a bad file costs only itself."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .worker import Task, receive, send

AHEAD = 24
"""Tasks that lie ready for each process; replies that wait for the writer are bounded likewise."""

START = 60.0
"""Seconds that a process may take to start."""

GRACE = 10.0
"""Seconds beyond those that a reader is given to stop by itself."""

PACE = 5_000
"""Characters that finding covers in a second on the slowest machine we think of."""


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
        while (task := self.pool.tasks.get()) is not None:
            if not self.pool.stopped:
                self._one(task)
        self.stop()

    def _one(self, task: Task) -> None:
        limit = task.options.max_seconds + GRACE
        if self.child is None:
            self.child = subprocess.Popen(
                self.pool.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            limit += START
        child, self.killed = self.child, False
        assert child.stdin is not None
        assert child.stdout is not None
        self.task, self.until = task, time.monotonic() + limit
        try:
            send(child.stdin, task)
            while (reply := receive(child.stdout)) is not None:
                self.until = time.monotonic() + limit
                if reply[0] == "size":
                    self.until += reply[1] / PACE
                    continue
                waiting = self.until
                self.until = float("inf")
                self.pool.replies.put((task, reply))
                self.until = waiting
                if reply[0] in ("done", "same", "changed", "failed"):
                    self.task = None
                    return
        except (OSError, EOFError):
            pass
        self.task = None
        self.stop()
        if not self.pool.stopped:
            reason = (
                f"it took longer than {limit:.0f} seconds and was stopped"
                if self.killed
                else "it made the reading process crash"
            )
            self.pool.replies.put((task, ("failed", reason)))

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
        self.command = [sys.executable, "-m", "gulfbrief.store.worker", *map(str, lexicons)]
        self.tasks: queue.Queue[Task | None] = queue.Queue()
        self.replies: queue.Queue[tuple[Task, Any]] = queue.Queue(self.jobs * AHEAD)
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

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
        """Do ``tasks``, which may grow meanwhile, and give (task, reply) as they come, each file's
        in their order.

        A file that hangs or crashes its process gives ``("failed", reason)``.
        """
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
                task, reply = self.replies.get(timeout=0.5)
            except queue.Empty:
                now = time.monotonic()
                for process in self.processes:
                    process.late(now)
                continue
            if reply[0] in ("done", "same", "changed", "failed"):
                open_ -= 1
            yield task, reply
