"""Indexes of texts that stand in a test's data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gulfbrief.store.build import build
from gulfbrief.store.reader import Index


@contextmanager
def indexed(top: Path, documents: Mapping[str, str]) -> Iterator[Index]:
    """The index of ``documents``, texts by the names of their files in the folder ``top``."""
    for name, text in documents.items():
        (top / name).write_text(text, "utf-8")
    build(top / "index.db", [top], jobs=1)
    with Index.open(top / "index.db") as opened:
        yield opened
