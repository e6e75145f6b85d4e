"""Spreadsheets (XLSX, XLS, ODS), by calamine; the extra ``office`` installs it.

A sheet with a column of texts gives one document a row, as a CSV file does. All other sheets are
one document, each a page, its rows lines with tabs between their cells.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from xml.parsers import expat

from ..errors import UnreadableError
from . import tables
from .package import Package, author, first_text, made
from .parts import Content, File, Member, Part, Skipped, paged

_MOST_CELLS = 20_000_000  # between the first and the last of a sheet: calamine holds them all
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,8})")
_HEADER_ROWS = 20  # in which the names of the columns may stand, below a heading


def read(file: File) -> Iterator[Part]:
    """The rows of the sheets that hold texts, then the other sheets."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    title = creator = day = None
    if file.head.startswith(b"PK"):
        with Package(file) as package:
            _check(package)
            core = package.xml_or_none("docProps/core.xml")
            if core is None:
                core = package.xml_or_none("meta.xml")
            title, day = first_text(core, "title"), made(core)
            creator = author(core, "creator", "initial-creator")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    except PasswordError as error:
        raise UnreadableError("password-protected") from error
    except CalamineError as error:
        raise UnreadableError(f"damaged or cut off ({error!s:.80})") from error
    texts: list[str] = []
    warnings: list[str] = []
    given = False
    for name in book.sheet_names:
        if late := file.late:
            warnings.append(late)
            break
        try:
            rows = list(_rows(book.get_sheet_by_name(name).iter_rows()))
        except CalamineError as error:
            yield Skipped(name, f"damaged ({error!s:.80})")
            continue
        head = _header(rows)
        records = tables.rows_of_texts(file, rows[head], rows[head + 1 :]) if rows else None
        if records is not None:
            yield from (_within(part, name) for part in records)
            given = True
            continue
        held = [
            line
            for row in rows
            if (line := "\t".join(" ".join(cell.split()) for cell in row).strip("\t"))
        ]
        if held:
            texts.append("\n\n".join(held))
    if texts or warnings or not given:
        text, starts = paged(texts)
        yield Content(
            text,
            title=title,
            made=day,
            author=creator,
            pages=starts,
            warnings=tuple(warnings),
        )


def _check(package: Package) -> None:
    """Raises ``UnreadableError`` for what would cost more memory than it is worth: parts that
    unpack to more than the limits allow, cells too far from one another."""
    for name in package.names:
        if not name.startswith("xl/") or not name.endswith(".xml"):
            if name == "content.xml":
                _well_formed(package.bytes(name))
            continue
        data = package.bytes(name)
        if name.startswith("xl/worksheets/"):
            cells = set(_CELL.findall(data))
            width = max((_number(column) for column, _ in cells), default=0)
            height = max((int(row) for _, row in cells), default=0)
            if width * height > _MOST_CELLS:
                raise UnreadableError(f"a sheet of {height} rows and {width} columns is too large")


def _well_formed(data: bytes) -> None:
    """Raises UnreadableError for XML that is not: calamine does not come to an end of some."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(f"damaged: content.xml is no XML ({error})") from None


def _number(column: bytes) -> int:
    """The number of a column by its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in column:
        number = 26 * number + letter - 64
    return number


def _rows(rows: Iterator[Sequence[Any]]) -> Iterator[list[str]]:
    """The rows that are not empty, as texts."""
    for row in rows:
        cells = [_text(value) for value in row]
        if any(cells):
            yield cells


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode().strip()


def _header(rows: Sequence[Sequence[str]]) -> int:
    """Which row holds the names of the columns: the first of two cells or more."""
    wide = (n for n, row in enumerate(rows[:_HEADER_ROWS]) if sum(map(bool, row)) > 1)
    return next(wide, 0)


def _within(part: Part, sheet: str) -> Part:
    """A record under the name of its sheet: ``Sheet1!3``."""
    assert not isinstance(part, Member)
    return replace(part, name=f"{sheet}!{part.name}")
