"""Reading and finding on a Dask cluster, whose workers see the documents under the same paths.

A worker hands what it gets to a reading process of its own (pool.py), one for each of its threads:
a file that hangs or crashes takes that process with it and no worker, and the time limits are those
of this machine. Tasks travel as orders of some dozens, each to a worker that was looked at before:
it has this very code, the same readers, and sees the files as they are seen here. What an order
brings is fetched in portions, so that a large archive fills no memory. A worker that is lost costs
the orders it had, which go to others.
"""

from __future__ import annotations

import logging
import pickle
import queue
import re
import tempfile
import threading
import time
import warnings
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from ..errors import ClusterLostError, UsageError
from ..read.options import Options
from ..version import __version__
from . import fingerprints
from .pool import AHEAD, LAST, Pool, size
from .scan import stamp
from .worker import Task

ORDER = 64
"""So many tasks are given to a thread of a worker at once, fewer where few are left."""

CONNECT = 10.0
"""Seconds in which the scheduler must answer, and its first worker be there."""

LOOK = 1.0
"""Seconds after which the workers are looked at again."""

ALONE = 60.0
"""Seconds that a run waits for a worker where all are lost."""

IDLE = 60.0
"""Seconds after which a worker ends a reading process that nobody uses."""

HELD = 600.0
"""Seconds that a worker keeps an order whose next portion is not asked for: nobody asks while the
writer resolves actors."""

LOST = 3
"""A file whose worker was lost so often is left out; before the last time it was alone there."""

_ADDRESS = re.compile(r"(tcp|tls)://\S+:\d+")


# ---- on the workers -----------------------------------------------------------------------


class About(NamedTuple):
    """What decides whether a worker is used."""

    version: str
    code: int
    options: int
    seen: int | None  # the stat of a file, as the worker sees it


def about(options: Options, path: str | None) -> About:
    """What this process would do with ``options``, and how it sees a file."""
    seen = None
    if path is not None:
        with suppress(OSError):
            seen = stamp(path).stat
    return About(__version__, fingerprints.of_code(), fingerprints.of_options(options), seen)


class _Reader:
    """A reading process on a worker, at one order or idle."""

    def __init__(self, lexicons: tuple[bytes, ...]) -> None:
        self.lexicons = lexicons
        self.home = tempfile.TemporaryDirectory(prefix="gulfbrief-")
        paths = [Path(self.home.name) / f"{n}.toml" for n, _ in enumerate(lexicons)]
        for path, content in zip(paths, lexicons, strict=True):
            path.write_bytes(content)
        self.pool = Pool(1, paths)
        self.replies: Iterator[tuple[Task, Any]] = iter(())
        self.timer: threading.Timer | None = None

    def portion(self) -> tuple[list[tuple[str, Any]], bool]:
        """Some of the replies, with the paths of their tasks, and whether they were the last."""
        out: list[tuple[str, Any]] = []
        held = 0
        for task, reply in self.replies:
            out.append((task.path, reply))
            held += size([reply])
            if held >= AHEAD:
                return out, False
        return out, True

    def rest(self, where: dict[Any, _Reader], key: Any, seconds: float) -> None:
        """End in so many ``seconds``, where nobody has taken it from ``where`` by then."""
        with _turn:
            where[key] = self
            self.timer = threading.Timer(seconds, self._end, (where, key))
            self.timer.daemon = True
            self.timer.start()

    def _end(self, where: dict[Any, _Reader], key: Any) -> None:
        if _taken(where, key) is self:
            self.end()

    def end(self) -> None:
        self.pool.__exit__()
        self.home.cleanup()


_turn = threading.Lock()
_idle: dict[Any, _Reader] = {}
_open: dict[Any, _Reader] = {}  # by the names of their orders


def _taken(where: dict[Any, _Reader], key: Any) -> _Reader | None:
    with _turn:
        reader = where.pop(key, None)
        if reader is not None and reader.timer is not None:
            reader.timer.cancel()
    return reader


def begin(name: str, code: int, packed: bytes) -> bytes:
    """Begin an order, (tasks, contents of lexicons), and give its first portion."""
    tasks, lexicons = pickle.loads(packed)
    if code != fingerprints.of_code():
        raise RuntimeError("the code changed")
    with _turn:
        key = next((k for k, r in _idle.items() if r.lexicons == lexicons), None)
    reader = _taken(_idle, key) or _Reader(lexicons)
    reader.replies = reader.pool.work(tasks)
    return _portion(name, reader)


def go_on(name: str) -> bytes:
    """The next portion of an order."""
    reader = _taken(_open, name)
    if reader is None:
        raise RuntimeError("there is no such order")
    return _portion(name, reader)


def dismiss() -> None:
    """End the reading processes that nobody uses."""
    for key in list(_idle):
        if reader := _taken(_idle, key):
            reader.end()


def _portion(name: str, reader: _Reader) -> bytes:
    replies, last = reader.portion()
    reader.rest(*((_idle, id(reader), IDLE) if last else (_open, name, HELD)))
    return pickle.dumps((replies, last), pickle.HIGHEST_PROTOCOL)


# ---- here ---------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Order:
    """Tasks that a worker has, by their paths, until their last reply came."""

    name: str
    worker: str
    tasks: dict[str, Task]
    future: Any = None
    calls: int = 0


@dataclass(slots=True)
class _Worker:
    """A worker that is used: how many threads it has, and what it was given."""

    threads: int
    orders: list[_Order] = field(default_factory=list)


class Cluster:
    """The workers of the Dask cluster at ``address``, asked when there is work for them.

    Raises UsageError where there is no cluster, or none of its workers can be used, and
    ClusterLostError when it is lost during the work. ``refused`` hears of each worker that is not
    used, and why.
    """

    def __init__(
        self, address: str, lexicons: Sequence[Path], options: Options, refused: Any
    ) -> None:
        if not _ADDRESS.fullmatch(address):
            raise UsageError(f"{address} is no address of a cluster: tcp://HOST:PORT")
        if find_spec("distributed") is None:
            raise UsageError("a cluster needs distributed: pip install 'gulfbrief[cluster]'")
        self.address = address
        self.lexicons = tuple(path.read_bytes() for path in lexicons)
        self.options = options
        self.refused = refused
        self.client: Any = None
        self.workers: dict[str, _Worker] = {}
        self.unfit: dict[str, str] = {}
        self.waiting: deque[Task] = deque()
        self.done: queue.Queue[tuple[_Order, Any]] = queue.Queue()
        self.losses: Counter[str] = Counter()  # by path, how often a worker was lost with it
        self.given: Counter[str] = Counter()  # replies that came of files that are not done
        self.again: dict[str, int] = {}  # files begun anew: replies that were told before
        self.looked = self.since = 0.0
        self.run = uuid4().hex
        self.loud: list[logging.Logger] = []

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, ended: object = None, *_: object) -> None:
        if self.client is not None:
            with suppress(Exception):
                if ended is None:
                    self.client.run(dismiss, workers=list(self.workers), on_error="ignore")
                self.client.close(timeout=2)
        for log in self.loud:
            log.disabled = False

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
        """As Executor."""
        given = 0
        while True:
            self.waiting.extend(tasks[given:])
            given = len(tasks)
            if not self.waiting and not any(w.orders for w in self.workers.values()):
                return
            if self.client is None:
                self._connect()
            if time.monotonic() - self.looked > LOOK:
                yield from self._look()
            self._hand_out()
            try:
                order, came = self.done.get(timeout=LOOK)
            except queue.Empty:
                continue
            if order.worker not in self.workers or order not in self.workers[order.worker].orders:
                continue  # its worker was lost
            if isinstance(came, BaseException):
                yield from self._look()
                yield from self._failed(order)
                continue
            replies, last = came
            if last:
                self.workers[order.worker].orders.remove(order)
            else:
                self._submit(order, go_on, priority=1)
            for path, reply in replies:
                yield order.tasks[path], self._taken(order, path, reply)

    def _taken(self, order: _Order, path: str, reply: Any) -> Any:
        """A reply; what a document tells is told once, also where its file was begun anew."""
        if reply[0] in LAST:
            del order.tasks[path]
            for kept in (self.given, self.again):
                kept.pop(path, None)
            return reply
        self.given[path] += 1
        return (*reply[:4], ()) if self.given[path] <= self.again.get(path, 0) else reply

    def _quieten(self) -> None:
        """Switch off what Dask logs while this runs: what concerns the user is told here."""
        for name, log in list(logging.root.manager.loggerDict.items()):
            of_dask = name.partition(".")[0] == "distributed"
            if of_dask and isinstance(log, logging.Logger) and not log.disabled:
                log.disabled = True
                self.loud.append(log)

    # ---- the workers ----------------------------------------------------------------------

    def _connect(self) -> None:
        from distributed import Client

        self._quieten()
        try:
            with warnings.catch_warnings(action="ignore"):
                self.client = Client(  # type: ignore[no-untyped-call]
                    self.address, timeout=CONNECT, set_as_default=False
                )
        except (OSError, TimeoutError):
            raise UsageError(f"there is no cluster at {self.address}") from None
        except Exception as error:
            reason = str(error).partition("\n")[0]
            raise UsageError(f"the cluster at {self.address} cannot be used: {reason}") from None
        until = time.monotonic() + CONNECT
        while not self.workers and (not self.unfit or time.monotonic() < until - CONNECT / 2):
            list(self._look())
            if time.monotonic() > until:
                break
            if not self.workers:
                time.sleep(0.2)
        if not self.workers:
            told = [f"{worker} is not used: {reason}" for worker, reason in self.unfit.items()]
            raise UsageError(
                f"no worker of the cluster at {self.address} can be used"
                + (f" ({told[0]})" if told else ": it has none")
            )

    def _look(self) -> Iterator[tuple[Task, Any]]:
        """See which workers are there. What the lost ones had goes to others; gives what is told of
        files that too many workers were lost with."""
        self.looked = time.monotonic()
        try:
            there = dict(self.client.nthreads()) if self.client.status == "running" else None
        except Exception:
            there = None
        if there is None:
            raise ClusterLostError(f"the cluster at {self.address} was lost")
        for address in [a for a in self.workers if a not in there]:
            lost = self.workers.pop(address)
            for order in list(lost.orders):
                yield from self._lose(order, lost)
        for address in set(self.unfit) - set(there):
            del self.unfit[address]
        for address, threads in there.items():
            if address not in self.workers and address not in self.unfit:
                if reason := self._fault(address):
                    self.unfit[address] = reason
                    self.refused(address, reason)
                else:
                    self.workers[address] = _Worker(threads)
        if self.workers:
            self.since = self.looked
        elif self.since and self.looked - self.since > ALONE:
            raise ClusterLostError(f"the cluster at {self.address} lost all its workers")

    def _failed(self, order: _Order) -> Iterator[tuple[Task, Any]]:
        """Have an order done elsewhere that failed on a worker which is still there."""
        worker = self.workers.get(order.worker)
        if worker is None:
            return
        reason = self._fault(order.worker)
        if reason:
            del self.workers[order.worker]
            self.unfit[order.worker] = reason
            self.refused(order.worker, reason)
        for lost in list(worker.orders) if reason else [order]:
            yield from self._lose(lost, worker)

    def _fault(self, address: str) -> str | None:
        """Why a worker is not used."""
        path, stat = self._probe()
        mine = about(self.options, None)
        try:
            answer = self.client.run(
                about, self.options, path, workers=[address], on_error="return"
            )
            its = answer.get(address)
        except Exception as error:
            its = error
        if not isinstance(its, About):
            return f"it has no gulfbrief {__version__}"
        if its.version != mine.version:
            return f"it has gulfbrief {its.version}, this is {mine.version}"
        if its.code != mine.code:
            return f"its gulfbrief {its.version} has other code than this one"
        if its.options != mine.options:
            return "it has other readers, LibreOffice or Tesseract than this machine"
        if its.seen != stat:
            return f"it does not see {path} as this machine does"
        return None

    def _probe(self) -> tuple[str | None, int | None]:
        """A file that is to be read and is as it was seen, if there is one."""
        for task in self.waiting:
            with suppress(OSError):
                if task.data is None and stamp(task.path).stat == task.stat:
                    return task.path, task.stat
        return None, None

    # ---- orders ---------------------------------------------------------------------------

    def _hand_out(self) -> None:
        """Give each worker as many orders as it has threads, and as many again that lie ready."""
        threads = sum(w.threads for w in self.workers.values())
        for n in range(2 * max((w.threads for w in self.workers.values()), default=0)):
            for address, worker in self.workers.items():
                if not self.waiting:
                    return
                if len(worker.orders) > n or len(worker.orders) >= 2 * worker.threads:
                    continue
                many = min(ORDER, max(1, len(self.waiting) // (2 * threads)))
                tasks: dict[str, Task] = {}
                while self.waiting and len(tasks) < many and self.waiting[0].path not in tasks:
                    alone = self.losses[self.waiting[0].path] == LOST - 1
                    if alone and tasks:
                        break
                    task = self.waiting.popleft()
                    tasks[task.path] = task
                    if alone:
                        break
                order = _Order(uuid4().hex, address, tasks)
                worker.orders.append(order)
                packed = pickle.dumps((list(tasks.values()), self.lexicons))
                self._submit(order, begin, fingerprints.of_code(), packed)

    def _submit(self, order: _Order, function: Any, *more: Any, priority: int = 0) -> None:
        order.calls += 1
        order.future = self.client.submit(
            function, order.name, *more, workers=[order.worker], allow_other_workers=False,
            pure=False, retries=0, priority=priority,
            key=f"gulfbrief-{self.run}-{order.name}-{order.calls}",
        )  # fmt: skip

        def arrived(future: Any) -> None:
            try:
                came = pickle.loads(future.result())
            except BaseException as error:
                came = error
            self.done.put((order, came))

        order.future.add_done_callback(arrived)

    def _lose(self, order: _Order, worker: _Worker) -> Iterator[tuple[Task, Any]]:
        """Have what is left of an order done elsewhere."""
        worker.orders.remove(order)
        with suppress(Exception):
            order.future.cancel()
        for path, task in order.tasks.items():
            self.losses[path] += 1
            if begun := self.given.pop(path, 0):
                self.again[path] = max(begun, self.again.get(path, 0))
            if self.losses[path] < LOST:
                self.waiting.append(task)
            else:
                yield (
                    task,
                    ("failed", "each time it was read a worker of the cluster was lost", True),
                )
