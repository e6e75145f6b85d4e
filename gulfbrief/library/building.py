"""Building an index: from files and folders, once or for as long as they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import decisions, places
from ..answer.filters import day_of

if TYPE_CHECKING:
    from ..read.options import Options
    from ..store.build import Progress, Report

Paths = Path | str | Sequence[Path | str]


def index(
    paths: Paths = (),
    *,
    to: Path | str | None = None,
    published: str | None = None,
    options: Options | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    exclude: Sequence[str] = (),
    include: Sequence[str] = (),
    retry: bool = False,
    follow_links: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Build or update the index ``to`` (``.gulfbrief/index.db`` in the current folder) from files
    and folders; without ``paths`` from those that were given before.

    ``published`` (a day, as dates of questions are given) is for documents that tell no day of
    their own, "none" takes it back; ``options`` say how files are read, ``jobs`` the number of
    processes, ``cluster`` the Dask cluster that reads in place of processes here (tcp://HOST:PORT).
    Files that match a pattern of ``exclude`` are left out, in later runs too, until it is among
    ``include``; ``retry`` reads those again that could not be read, ``follow_links`` follows links
    that lead out of ``paths``. ``progress`` is called as files are done. What could not be read
    stands in ``Report.failed``. Raises StoreError where the index cannot be written.
    """
    from ..store.build import build

    place = _place(to)
    return build(
        place, _several_paths(paths), **_how(place, published, options), jobs=jobs,
        cluster=cluster, exclude=exclude, include=include, retry=retry, follow_links=follow_links,
        progress=progress, decisions=_decisions(place),
    )  # fmt: skip


def plan(
    paths: Paths = (),
    *,
    to: Path | str | None = None,
    published: str | None = None,
    options: Options | None = None,
    exclude: Sequence[str] = (),
    include: Sequence[str] = (),
    retry: bool = False,
    follow_links: bool = False,
) -> tuple[list[tuple[str, str]], Report]:
    """What ``index`` would do, as (sign, file) and counted: + to be added, ~ to be read again, - to
    be taken out. Changes nothing. Errors as ``index``."""
    from ..store import build

    place = _place(to)
    return build.plan(
        place, _several_paths(paths), **_how(place, published, options), exclude=exclude,
        include=include, retry=retry, follow_links=follow_links,
    )  # fmt: skip


def remove(
    paths: Paths,
    *,
    to: Path | str | None = None,
    options: Options | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Report:
    """Take ``paths`` out of the index ``to``, and leave them out until they are named again.
    Raises StoreError as ``index`` and UnknownError where nothing of the index lies at a path."""
    from ..store import build

    place = _place(to)
    return build.remove(
        place, _several_paths(paths), **_how(place, None, options), jobs=jobs, cluster=cluster,
        decisions=_decisions(place),
    )  # fmt: skip


def watch(
    paths: Paths = (),
    *,
    to: Path | str | None = None,
    published: str | None = None,
    options: Options | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Iterator[Report]:
    """Build as ``index`` does, then again after each change, for ever: the report of each build
    that did something. Raises UsageError where watchfiles is not installed."""
    from ..store.watcher import watch as follow

    place = _place(to)
    return follow(
        place, _several_paths(paths), **_how(place, published, options), jobs=jobs,
        cluster=cluster, decisions=_decisions(place),
    )  # fmt: skip


def _place(to: Path | str | None) -> Path:
    return Path(to) if to is not None else places.new_index()


def _several_paths(paths: Paths) -> list[Path | str]:
    return [paths] if isinstance(paths, (str, Path)) else list(paths)


def _how(place: Path, published: str | None, options: Options | None) -> dict[str, Any]:
    """How the files of the index at ``place`` are read, for functions of ``store``."""
    from dataclasses import replace

    from ..read.options import Options

    options = options or Options()
    if published is not None:
        taken_back = published.lower() == "none"
        day = "" if taken_back else day_of(published, "--published")
        options = replace(options, published=day)
    return {"options": options, "lexicons": places.lexicons(place)}


def _decisions(place: Path) -> decisions.Decisions:
    return decisions.load(decisions.path(place))
