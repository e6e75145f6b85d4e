"""Indexes for tests: of texts that stand in their data, and all that an index holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gulfbrief.store import connection, pages, spelling
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


def dump(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the index holds, without its own row numbers and the time of indexing."""
    if not index.exists():  # of folders without a file none is made
        return {}
    with Index.open(index) as opened:
        records = opened.documents()
        return {
            "documents": [
                (d.source, d.paths, d.words, opened.text(d.source.doc),
                 opened.findings(d.source.doc)) for d in records
            ],
            "actors": list(map(tuple, [(a,) for a in opened.actors()])),
            "quotes": [(q,) for q in opened.quotes()],
            "events": [(e,) for e in opened.events()],
            "words": opened.rows("SELECT * FROM word ORDER BY word").fetchall(),
            "deletions": [
                (key, *sorted(spelling.deleted(told)))
                for key, told in opened.rows("SELECT * FROM deletion ORDER BY 1")
            ],
            "called": opened.rows(
                "SELECT word, text FROM called JOIN name ON id = actor ORDER BY 1, 2"
            ).fetchall(),
            "names": opened.rows("SELECT text FROM name ORDER BY text").fetchall(),
        }  # fmt: skip


@contextmanager
def written(index: Path) -> Iterator[pages.Database]:
    """The rows of an index, to be changed behind its back: its pages stay as they should be."""
    db = pages.connect(str(index), connection.WRITE)
    try:
        with db:
            yield db
    finally:
        db.close()
