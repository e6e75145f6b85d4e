"""Files -> index: only what changed is read, in several processes, written batch by batch.

Whatever ends a build, the index is as it was after its last whole batch, and the next build goes on
from there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ..decisions import Decisions
from ..errors import StoreError, UsageError
from ..read.options import Options
from . import connection, permissions
from .check import is_damaged, set_aside
from .connection import is_index
from .entity_resolution import resolve_entities
from .indexer import NOTHING, Indexer, Progress, Report
from .lock import write_lock
from .pages import Database

__all__ = ["Progress", "Report", "build", "decide", "plan", "remove"]


def build(
    index: Path,
    paths: Sequence[Path | str] = (),
    *,
    options: Options = Options(),  # noqa: B008
    jobs: int | None = None,
    decisions: Decisions | None = None,
    lexicons: Sequence[Path] = (),
    progress: Callable[[Progress], None] | None = None,
    retry: bool = False,
    follow_links: bool = False,
    exclude: Sequence[str] = (),
    include: Sequence[str] = (),
    cluster: str | None = None,
) -> Report:
    """Build or update the index file ``index`` from ``paths`` (``"-"``: standard input).

    No ``paths`` means those that were given before. ``decisions`` are an analyst's on who is who,
    ``lexicons`` files of names beside the built-in ones. A file that could not be read is tried
    again when it changes, or with ``retry``; ``follow_links`` follows those that lead out of
    ``paths``. Files that match a pattern of ``exclude`` (as in .gitignore) are left out, in later
    runs too, until it is among ``include``. ``cluster`` (tcp://HOST:PORT) reads in place of
    ``jobs`` processes here. An index that is damaged is set aside and rebuilt from its files; where
    there is no file, none is made. Raises StoreError where the index cannot
    be written, UsageError for a lexicon that cannot be read; a document that cannot be read is told
    in the report.
    """
    if lexicons:
        from ..find.names.lexicon import use

        use(lexicons)
    new = not index.exists()
    if new and not paths:
        raise StoreError(NOTHING)

    def run() -> Report:
        with _held(index, connection.open_to_write(index, anew=True)) as db:
            try:
                indexer = Indexer(
                    index,
                    db,
                    options,
                    jobs,
                    decisions,
                    lexicons,
                    progress,
                    retry,
                    follow_links,
                    cluster,
                )
                _exclude(indexer, exclude, include)
                indexer.new = new
                return indexer.run(paths)
            except FileNotFoundError:
                raise StoreError(f"{index} was deleted while it was written") from None

    with write_lock(index):
        if new:
            try:
                permissions.reserve(index)
            except OSError as error:
                raise StoreError(
                    f"{index} cannot be made: {(error.strerror or '').lower()}"
                ) from None
            try:
                report = run()
            except (StoreError, UsageError):
                _remove_if_empty(index)
                raise
            _remove_if_empty(index)
            return report
        if not is_damaged(index):
            try:
                return run()
            except StoreError as error:
                if not isinstance(error.__cause__, connection.BROKEN) or not is_index(index):
                    raise
        aside, known = _set_aside(index)
        if not paths and not known:
            raise StoreError(
                f"{index} was damaged and is kept as {aside}; its paths can no longer be"
                " read: name them: gulfbrief index PATH"
            )
        report = run()
        report.damaged = str(aside)
        return report


def remove(
    index: Path,
    paths: Sequence[Path | str],
    *,
    options: Options = Options(),  # noqa: B008
    jobs: int | None = None,
    decisions: Decisions | None = None,
    lexicons: Sequence[Path] = (),
    cluster: str | None = None,
) -> Report:
    """Take ``paths`` out of the index, with all documents that lie there and nowhere else; later
    runs leave them out until they are named again. Raises StoreError as ``build`` does, and
    UnknownError where nothing of the index lies at one of ``paths``."""
    with write_lock(index), _held(index, connection.open_to_write(index)) as db:
        return Indexer(index, db, options, jobs, decisions, lexicons, cluster=cluster).remove(paths)


def plan(
    index: Path,
    paths: Sequence[Path | str] = (),
    *,
    options: Options = Options(),  # noqa: B008
    lexicons: Sequence[Path] = (),
    retry: bool = False,
    follow_links: bool = False,
    exclude: Sequence[str] = (),
    include: Sequence[str] = (),
) -> tuple[list[tuple[str, str]], Report]:
    """What ``build`` would do, as (sign, file) and counted: + to be added, ~ to be read again, - to
    be taken out. Changes nothing. Raises StoreError as ``build`` does."""
    if index.exists():
        db = connection.open_to_read(index)
    elif paths:
        db = connection.open_to_write(Path(":memory:"))
    else:
        raise StoreError(NOTHING)
    with _held(index, db):
        indexer = Indexer(
            index, db, options, lexicons=lexicons, retry=retry, follow_links=follow_links
        )
        _exclude(indexer, exclude, include)
        return indexer.plan(paths), indexer.report


@contextmanager
def _held(index: Path, db: Database) -> Iterator[Database]:
    """An open index, closed at the end of the block; what keeps it from being read or written is
    told as StoreError."""
    try:
        try:
            yield db
        finally:
            db.close()  # writes too: what stands in the log takes its place
    except connection.DAMAGE as error:
        raise connection.fault(index, error) from error


def _exclude(indexer: Indexer, exclude: Sequence[str], include: Sequence[str]) -> None:
    try:
        indexer.roots.exclude(exclude)
    except ValueError as error:
        raise UsageError(f"--exclude: {error}") from None
    for pattern in include:
        if pattern not in indexer.roots.excluded:
            raise UsageError(
                f"--include: '{pattern}' is not excluded; 'gulfbrief status' lists what is"
            )
    indexer.roots.include(include)


def _remove_if_empty(index: Path) -> None:
    """Take away a new index that knows of no file."""
    with suppress(StoreError, *connection.DAMAGE):
        db = connection.open_to_read(index)
        empty = db.execute("SELECT 1 FROM file LIMIT 1").fetchone() is None
        db.close()
        if empty:
            connection.remove(index)


def _set_aside(index: Path) -> tuple[Path, bool]:
    """Put an empty index, with the notes on its paths, in the place of a damaged one; tells where
    that is, and whether its paths are known."""
    try:
        aside, kept = set_aside(index)
    except OSError as error:
        raise StoreError(f"{index} is damaged, and cannot be renamed: {error.strerror}") from None
    db = connection.open_to_write(index)
    place = f"{index.absolute()}\0{os.stat(aside).st_ino}"
    if ("place", place) in kept:  # it was made here
        kept.append(("place", f"{index.absolute()}\0{os.stat(index).st_ino}"))
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)
    db.close()
    return aside, any(key == "roots" for key, _ in kept)


def decide(index: Path, decisions: Decisions) -> None:
    """Who is who, decided again by ``decisions`` without reading any file. Errors as ``build``."""
    with write_lock(index), _held(index, connection.open_to_write(index)) as db:
        db.execute("BEGIN IMMEDIATE")
        resolve_entities(db, decisions)
        db.execute("COMMIT")
