"""Lists of questions: a line each, or the cells of a column of a CSV file."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from ..errors import UsageError

MOST_BYTES = 64 * 1024 * 1024
"""A longer list is refused."""


def read(name: str) -> list[str]:
    """The questions of the file ``name``, ``name.csv:COLUMN`` or standard input (``-``), without
    empty lines. Without a COLUMN the first of a CSV file is read.

    Raises ``UsageError`` for what is no file, too long, not UTF-8, or has no such column.
    """
    path, column = name, None
    if name != "-" and not Path(name).is_file():
        path, _, column = name.rpartition(":")
    text = _text(path or name)
    if not path.lower().endswith((".csv", ".tsv")):
        return [line.strip() for line in text.splitlines() if line.strip()]
    delimiter = "\t" if path.lower().endswith(".tsv") else ","
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    head = next(rows, [])
    if column and column not in head:
        raise UsageError(f"{path} has no column '{column}'; there are: {', '.join(head)}")
    at = head.index(column) if column else 0
    return [row[at].strip() for row in rows if len(row) > at and row[at].strip()]


def _text(path: str) -> str:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        elif Path(path).is_file():
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        else:
            raise UsageError(f"no such file: {path}")
        if len(data) > MOST_BYTES:
            raise UsageError(f"{path}: a list may have at most 64 MB")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: a list must be UTF-8") from None
