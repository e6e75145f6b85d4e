"""What is written to files: what may be overwritten, whole kinds of records, whole products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .run import Run


def target(run: Run, path: Path | None, forms: Mapping[str, str], *, force: bool) -> None:
    """Makes ready to write the answer to the file ``path`` of ``--output``, if any. ``forms`` maps
    suffixes to formats; the suffix tells the format where no option does.

    Raises ``UsageError`` for a suffix without a format, for one that contradicts ``--format``,
    unless ``force`` for a file that is an index or an indexed document, and for ``force`` without
    a file.
    """
    if path is None:
        if force:
            raise UsageError("--force goes with --output")
        return
    form = forms.get(path.suffix.lower())
    if form is None:
        known = " ".join(forms)
        raise UsageError(f"{path}: no format has the suffix '{path.suffix}'; use one of {known}")
    if not run.format_asked:
        run.format = form
    elif form != run.format:
        raise UsageError(f"{path}: the suffix is not that of --format {run.format}")
    guard(run, path, force=force)


def guard(run: Run, path: Path, *, force: bool) -> None:
    """Raises ``UsageError`` where writing to ``path`` would destroy an index or a document of the
    index, unless ``force``."""
    if force or not path.exists():
        return
    from ..store.connection import is_index

    what = "an index" if is_index(path) else None
    if what is None and (index := run.nearest_index()) and index.exists():
        with run.open() as held:
            what = "a document of the index" if held.holds(path) else None
    if what:
        raise UsageError(f"{path} is {what}; --force overwrites it")


def export(run: Run, kind: str, found: Iterable[Any], path: Path | None) -> int:
    """Writes all records of a kind as they come; the exit status is 1 where there is none."""
    from ..show.records import record

    output = run.output(path)
    rows = map(record, found)
    if run.format == "json":
        number = output.whole(kind, run.asked, rows)
    else:
        number = output.records(kind, rows)
    if path:
        run.note(f"{number} {kind} written to {path}")
    return 0 if number else 1


def product(run: Run, to: str, path: Path, *, force: bool) -> int:
    """Writes a whole product of the index to a file or a folder."""
    guard(run, path, force=force)
    with run.open() as held:
        written, left_out = held.write(to, path, **run.bounds)
    without = f"; {left_out:,} without a day left out" if left_out else ""
    run.note(f"{written:,} records written to {path}{without}")
    return 0 if written else 1
