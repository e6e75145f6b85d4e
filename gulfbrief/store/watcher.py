"""Follow folders: whenever files in them change, the index is brought up to date."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..decisions import Decisions
from ..errors import UsageError
from ..read.options import Options
from .build import Progress, Report, build

CALM = 500
"""Milliseconds without a further change after which a build starts."""


def watch(
    index: Path,
    paths: Sequence[Path | str],
    *,
    options: Options = Options(),  # noqa: B008
    jobs: int | None = None,
    decisions: Decisions | None = None,
    lexicons: Sequence[Path] = (),
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    cluster: str | None = None,
) -> Iterator[Report]:
    """Builds as ``build`` does, then again after each change below ``paths``; gives the report of
    each build that did something, and of the first.

    Goes on until it is interrupted or ``stop`` is set. Raises UsageError where watchfiles is not
    installed or there is nothing to follow.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise UsageError(
            "following folders needs watchfiles: pip install 'gulfbrief[watch]'"
        ) from None
    folders = [os.path.abspath(p) for p in paths if str(p) != "-" and os.path.exists(p)]
    if not folders:
        raise UsageError("name a folder to follow")
    own = os.path.abspath(index)

    def counts(_: object, path: str) -> bool:
        inside = next((path[len(f) :] for f in folders if path.startswith(f)), path)
        return f"{os.sep}." not in inside and not path.startswith(own)

    def again() -> Report:
        return build(
            index, paths, options=options, jobs=jobs, decisions=decisions, lexicons=lexicons,
            progress=progress, cluster=cluster,
        )  # fmt: skip

    # The watcher starts before the first build, so that no change falls between the two.
    watcher = changes(
        *folders, watch_filter=counts, step=CALM // 5, debounce=10 * CALM, stop_event=stop,
        raise_interrupt=True, yield_on_timeout=True, rust_timeout=CALM,
    )  # fmt: skip
    next(watcher)
    yield again()
    for changed in watcher:
        if changed:
            report = again()
            if report.added or report.updated or report.removed or report.failed:
                yield report
