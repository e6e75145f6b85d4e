"""Files -> index: only what changed is read, in several processes, written batch by batch.

Whatever ends a build, the index is as it was after its last whole batch, and the next build goes on
from there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ..decisions import Decisions
from ..read.options import Options
from . import connection
from .entity_resolution import resolve_entities
from .indexer import Indexer, Progress, Report
from .lock import write_lock

__all__ = ["Progress", "Report", "build", "decide"]


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
) -> Report:
    """Build or update the index file ``index`` from ``paths`` (``"-"``: standard input).

    No ``paths`` means those that were given before. ``decisions`` are an analyst's on who is who,
    ``lexicons`` files of names beside the built-in ones. A file that could not be read is tried
    again when it changes, or with ``retry``; ``follow_links`` follows those that lead out of
    ``paths``. Raises StoreError where the index cannot
    be written, UsageError for a lexicon that cannot be read; a document that cannot be read is told
    in the report.
    """
    if lexicons:
        from ..find.names.lexicon import use

        use(lexicons)
    with write_lock(index):
        db = connection.open_to_write(index, anew=True)
        try:
            jobs = jobs or os.cpu_count() or 1
            making = Indexer(
                index, db, options, jobs, decisions, tuple(lexicons), progress, retry, follow_links
            )
            return making.run(paths)
        except connection.DAMAGE as error:
            raise connection.fault(index, error) from error
        finally:
            db.close()


def decide(index: Path, decisions: Decisions) -> None:
    """Who is who, decided again by ``decisions`` without reading any file. Errors as ``build``."""
    with write_lock(index):
        db = connection.open_to_write(index)
        try:
            db.execute("BEGIN IMMEDIATE")
            resolve_entities(db, decisions)
            db.execute("COMMIT")
        except connection.DAMAGE as error:
            raise connection.fault(index, error) from error
        finally:
            db.close()
