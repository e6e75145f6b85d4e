"""Single sentences out of the index, with their places: of a document's text only the segments are
unpacked in which they stand."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from ..model import Source
from .codec import unpack_text
from .lines import position_from
from .pages import Database
from .segmentation import unpack_bounds
from .varints import decode_varints


class Sentence(NamedTuple):
    """A sentence, ``start`` to ``end`` of its document."""

    start: int
    end: int
    text: str


class DocumentSentences:
    """The sentences of one document, of which ``described`` has id, path, title, day of publication
    and pages, and ``segments`` number, start, line and column of each segment, in
    order."""

    def __init__(
        self, db: Database, described: tuple[Any, ...], segments: list[tuple[int, int, int, int]]
    ) -> None:
        self.described = described
        self.segments = [_Segment(db, *segment) for segment in segments]
        self.starts = [start for _, start, _, _ in segments]

    def at(self, offset: int) -> Sentence:
        """The sentence that holds the character at ``offset``."""
        return self._segment(offset).sentence_at(offset)

    def first(self, number: int) -> list[Sentence]:
        """The first sentences, ``number`` at most, and none behind the first segment."""
        segment = self.segments[0]
        return [segment.sentence(n) for n in range(min(number, len(segment.bounds)))]

    def unpacked(self) -> Iterator[str]:
        """The texts of the segments out of which a sentence was read."""
        return (segment.text for segment in self.segments if segment.read)

    def source(self, start: int, end: int) -> Source:
        """Where (start, end) of the document is."""
        name, path, title, published, pages = self.described
        page = bisect_right(decode_varints(pages), start) or None
        line, column = self._segment(start).position(start)
        return Source(name, path, title, published, line, start, end, page, column)

    def _segment(self, offset: int) -> _Segment:
        return self.segments[max(0, bisect_right(self.starts, offset) - 1)]


class _Segment:
    def __init__(self, db: Database, number: int, start: int, line: int, column: int) -> None:
        self.db = db
        self.number = number
        self.start = start
        self.line = line
        self.column = column

    @property
    def read(self) -> bool:
        """Whether its text is unpacked."""
        return "text" in vars(self)

    @cached_property
    def text(self) -> str:
        row = self.db.execute("SELECT text FROM body WHERE id = ?", (self.number,)).fetchone()
        return unpack_text(row[0])

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        row = self.db.execute("SELECT sentences FROM chunk WHERE id = ?", (self.number,)).fetchone()
        return unpack_bounds(row[0])

    def sentence(self, n: int) -> Sentence:
        a, b = self.bounds[n]
        return Sentence(self.start + a, self.start + b, self.text[a:b])

    def sentence_at(self, offset: int) -> Sentence:
        within = offset - self.start
        return self.sentence(max(0, bisect_right(self.bounds, (within, len(self.text) + 1)) - 1))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset of the document."""
        return position_from(self.line, self.column, self.text, offset - self.start)


def sentences_of(
    db: Database, documents: Collection[int]
) -> Iterator[tuple[int, DocumentSentences]]:
    """(number of a document, its sentences) of each of ``documents`` that has a text, by number."""
    rows = db.execute(
        "SELECT d.id, d.name, d.path, d.title, d.published, d.pages, c.id, c.start, c.line,"
        " c.column FROM document d JOIN chunk c ON c.document = d.id"
        " WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id, c.id",
        (json.dumps(sorted(documents)),),
    ).fetchall()
    for number, here in groupby(rows, key=lambda row: row[0]):
        every = list(here)
        yield number, DocumentSentences(db, every[0][1:6], [row[6:] for row in every])
