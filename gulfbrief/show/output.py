"""Where an answer goes, and in which form."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from .. import files
from ..errors import UsageError
from ..model import Answer, Asked, DocumentRecord, Findings, ScreenedName
from . import records, terminal
from .harmless import visible
from .selection import Selection, lines, picked

if TYPE_CHECKING:
    from ..model import Brief


@dataclass(frozen=True)
class Output:
    """``format`` is one of ``config.FORMATS``, for a dossier ``html`` too; ``base`` is the folder
    that paths of documents start from; without ``path`` it goes to standard output. ``quiet``
    leaves out what a table says above its first row."""

    format: str
    color: str = "auto"
    pager: str = "auto"
    base: Path = Path()
    path: Path | None = None
    selection: Selection = Selection()
    quiet: bool = False

    def answer(
        self,
        schema: str,
        query: Mapping[str, Any],
        answer: Answer[Any],
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Writes the answer to a question; ``names`` are those of the actors it speaks of."""
        if self.selection.bare:
            every = map(records.record, answer.results)
            self.data(lines(self.selection, answer.total, every, self._here))
            return
        if self.format in ("table", "markdown"):
            if not answer.results:
                return
            if self.format == "markdown":
                from .markdown import page

                self.text(page(schema, query, answer, names or {}))
            else:
                self.table(schema, query, answer, names or {})
            return
        rows = self._picked(map(records.record, answer.results))
        if self.format == "json":
            self.json(records.envelope(schema, query, answer.total, rows))
        else:
            self.records(schema, rows)

    def _here(self, path: str) -> str:
        """A document's path as it can be opened from the current folder."""
        if path == "-" or os.path.isabs(path):
            return path
        with suppress(ValueError):  # another drive
            return os.path.relpath(self.base / path)
        return path

    def table(
        self, schema: str, query: Mapping[str, Any], answer: Answer[Any], names: Mapping[str, str]
    ) -> None:
        from .table import View, render

        columns = terminal.width(sys.stdout)
        color = terminal.styled(self.color, sys.stdout)
        view = View(query, answer.total, names, color, columns, self.base, self.quiet)
        self.text(render(schema, answer.results, view))

    def answers(self, schema: str, found: Iterable[Asked[Any]]) -> int:
        """Writes the answers to a list of questions, each as it comes; 1 where all are empty."""
        some = False
        if self.format == "json":
            rows = [records.asked(one) for one in found]
            some = any(row["total"] for row in rows)
            for row in rows:
                row["results"] = list(self._picked(row["results"]))
            self.json(records.envelope(schema, {"queries": True}, len(rows), rows))
            return 0 if some else 1
        if self.format == "csv":
            from .csv import COLUMNS

            every = [records.asked(one) for one in found]
            rows = [{"asked": a["asked"]} | r for a in every for r in a["results"] or [{}]]
            columns = ("asked", *(self.selection.fields or COLUMNS[schema]))
            replace(self, selection=Selection(columns)).records(schema, rows)
            return 0 if any(a["total"] for a in every) else 1
        for one in found:
            some = some or bool(one.answer.total)
            if self.format in ("table", "markdown"):
                self.data(f"{visible(one.asked)}: {one.answer.total:,}\n")
                self.answer(schema, {}, one.answer)
                self.data("\n")
                continue
            row = records.asked(one)
            row["results"] = list(self._picked(row["results"]))
            self.records(schema, [row])
        return 0 if some else 1

    def screened(self, answer: Answer[ScreenedName]) -> None:
        """Writes whom each name of a list means."""
        rows = map(records.record, answer.results)
        if self.format == "json":
            self.json(records.envelope("names", {}, answer.total, self._picked(rows)))
        elif self.format in ("jsonl", "csv"):
            self.records("names", self._picked(rows))
        else:
            for one in answer.results:
                who = f"{one.actor.name} ({one.actor.id})" if one.actor else "nobody"
                alike = f"\t{one.likeness:.0f}%" if one.actor else ""
                self.data(visible(f"{one.asked}\t{who}{alike}") + "\n")

    def document(
        self,
        held: DocumentRecord,
        text: str,
        found: Findings,
        at: tuple[int, int] | None = None,
    ) -> None:
        """Writes one document with all that was found in it; a person is shown the place ``at``
        (line and column, from 1)."""
        whole = records.shown(held, text, found)
        if self.format == "json":
            self.json(records.envelope("show", {"doc": held.source.doc}, 1, [whole]))
        elif self.format in ("jsonl", "csv"):
            self.records("show", [whole])
        else:
            shown = Shown(held, text, found, at)
            self.answer("show", {"doc": held.source.doc}, Answer(1, (shown,)))

    def brief(self, dossier: Brief, query: Mapping[str, Any]) -> None:
        """Writes a dossier."""
        if self.format == "json":
            self.json(records.envelope("brief", query, 1, [records.brief(dossier)]))
        elif self.format == "html":
            from .html import render as page

            self.data(page(dossier))
        else:
            from .brief import render as markdown

            columns = terminal.width(sys.stdout)
            if self.format == "markdown" or self.path or columns == terminal.UNWRAPPED:
                self.data(markdown(dossier))
                return
            from .table import from_markdown

            color = terminal.styled(self.color, sys.stdout)
            self.text(from_markdown(markdown(dossier), columns, color))

    def _picked(self, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
        names = self.selection.fields
        return (picked(row, names) for row in rows) if names else rows

    def json(self, envelope: dict[str, Any]) -> None:
        from .json import write

        buffer = io.StringIO()
        write(buffer, envelope)
        text = buffer.getvalue()
        if self.selection.jq:
            from .jq import filtered

            text = filtered(self.selection.jq, text)
        self.data(text)

    def whole(self, schema: str, query: Mapping[str, Any], rows: Iterable[dict[str, Any]]) -> int:
        """Writes records as one JSON object, whose total stands before them, without holding them
        in memory; the number written."""
        if self.selection.jq:
            every = list(self._picked(rows))
            self.json(records.envelope(schema, query, len(every), every))
            return len(every)
        import tempfile

        from .json import write_around, write_results

        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as kept:
            number = write_results(kept, self._picked(rows))
            kept.seek(0)
            with self._stream() as out:
                write_around(out, records.envelope(schema, query, number, ()), kept)
        return number

    def records(self, schema: str, rows: Iterable[dict[str, Any]]) -> int:
        """Writes records one by one, as JSON Lines or CSV; the number written."""
        counted = _Count(rows)
        with self._stream() as out:
            if self.format == "csv":
                from .csv import write as write_csv

                write_csv(out, schema, counted, self.selection.fields)
            else:
                from .json import write_lines

                write_lines(out, counted)
        return counted.number

    def text(self, text: str) -> None:
        """Writes what a person reads: through the pager where it is long."""
        if self.path:
            self.data(text)
        else:
            terminal.page(text, self.pager)

    def data(self, text: str) -> None:
        """Writes what a program reads, in UTF-8."""
        with self._stream() as out:
            out.write(text)

    @contextmanager
    def _stream(self) -> Iterator[IO[str]]:
        """Standard output, or the file, which is there when it is whole."""
        if self.path is None:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="\n")
            yield sys.stdout
            sys.stdout.flush()
            return
        with written(self.path) as out:
            yield out


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """The file ``path`` for text in UTF-8; it is there when it is whole. Raises ``UsageError``
    where it cannot be written."""
    try:
        with files.replacing(path) as new, new.open("w", encoding="utf-8", newline="\n") as out:
            yield out
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


@dataclass(frozen=True)
class Shown:
    """A document and what was found in it, for a person to read."""

    held: DocumentRecord
    text: str
    found: Findings
    at: tuple[int, int] | None = None


class _Count:
    """The records of an iterable, counted as they pass."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.number += 1
            yield row
