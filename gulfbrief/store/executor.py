"""Where tasks are done: in processes here (pool.py) or on a Dask cluster (cluster.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

from ..read.options import Options
from .pool import Pool
from .worker import Task

Refused = Callable[[str, str], None]
"""Hears of a worker of a cluster that is not used: its address, and why."""


class Executor(Protocol):
    """Does tasks, each of them in a process that a bad file takes with it; a context manager."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
        """Do ``tasks``, which may grow meanwhile, and give (task, reply) as they come, each file's
        in their order; replies are those of store/worker.py. A file that hangs or crashes its
        process gives ``("failed", reason, True)``."""
        ...


def executor(
    jobs: int, lexicons: Sequence[Path], cluster: str | None, options: Options, refused: Refused
) -> Executor:
    """``jobs`` processes here, or the workers of ``cluster`` (``tcp://HOST:PORT``), which know the
    names in ``lexicons`` too. Raises UsageError for an address that is none, or where the library
    for clusters is not installed."""
    if cluster is None:
        return Pool(jobs, lexicons)
    from .cluster import Cluster

    return Cluster(cluster, lexicons, options, refused)
