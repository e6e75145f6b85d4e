"""Dumps of articles: CSV, JSON and JSON Lines, one document a record.

Which column holds what is known by its name, in the ways in which common dumps name theirs; the
mapping in the options stands above that. A table in which no column of texts is found is read as
one plain text, and a warning says how to name the column.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from ..errors import UnreadableError
from . import columns, stated
from .decode import decode
from .options import MEGABYTE
from .parts import Content, File, Part, Skipped, size

FIELDS = ("text", "title", "published", "author", "url", "tags")
# The names that a column may have, surest first; compared without case and signs.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "fulltext", "articlebody", "articletext", "article"),
        *("bodytext", "maintext", "plaintext", "contenttext", "story", "transcript", "post"),
        *("message", "tweet", "caption", "description", "summary", "abstract", "snippet"),
    ),
    "title": ("title", "headline", "webtitle", "heading", "subject", "header", "head", "name"),
    "published": (
        *("published", "datepublished", "publishedat", "publisheddate", "publicationdate"),
        *("publishdate", "webpublicationdate", "pubdate", "firstpublished", "publishedtime"),
        *("publishedon", "issued", "date", "datetime", "createdat", "created", "timestamp", "time"),
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist", "by", "from"),
    "url": ("url", "link", "weburl", "articleurl", "sourceurl", "permalink", "href", "canonical"),
    "tags": ("tags", "keywords", "categories", "category", "topics", "section"),
}
# Where APIs and dumps put their records and a record's fields.
_LISTS = ("articles", "results", "items", "documents", "docs", "data", "records", "hits", "entries",
          "response", "posts", "stories", "news", "feed")  # fmt: skip
_INNER = ("fields", "_source", "attributes", "article")
_MARKUP = re.compile(r"</?(?:p|div|br|span|a|h[1-6]|ul|li|strong|em|blockquote)\b[^<>]*>", re.I)
_BETWEEN = re.compile(r"\s*,\s*")
_ROWS_FOR_ORDER = 500
_WHOLE = 4  # a JSON file is read whole, and may be so many times larger than one document

Record = Mapping[str, Any]


def read(file: File) -> Iterator[Part]:
    """The records of a dump."""
    head = file.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if file.suffix in (".csv", ".tsv") or (file.kind == "csv"):
        yield from _csv(file)
    elif file.suffix in (".jsonl", ".ndjson"):
        yield from _records(file, _lines(file))
    elif head[:1] in (b"{", b"["):
        yield from _json(file)
    else:
        yield _as_text(file, "not JSON: read as plain text")


# ---- the forms -----------------------------------------------------------------------------


def _csv(file: File) -> Iterator[Part]:
    csv.field_size_limit(file.options.max_bytes)
    with file.open() as stream:
        start = stream.read(MEGABYTE)
        stream.seek(0)
        encoding = decode(start).encoding
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        lines = io.TextIOWrapper(
            stream, "utf-8-sig" if encoding == "utf-8" else encoding, "replace", newline=""
        )
        end = _End()
        rows = csv.reader(end.seen(lines), delimiter=_delimiter(start))
        header = next(rows, [])
        numbered: Iterator[tuple[int, Record | Skipped]] = enumerate(_rows(header, rows), 1)
        if _column([str(h) for h in header], "text", file.options.mapping) is None:
            first = list(islice(numbered, _ROWS_FOR_ORDER))
            held = [record for _, record in first if not isinstance(record, Skipped)]
            if "text" not in columns.choose(held, {}, file.options.mapping).names:
                yield _as_text(file, _no_text(header))
                return
            numbered = chain(first, numbered)
        yield from _records(file, numbered)
        if end.cut_off:
            yield Skipped("the rest", "cut off within a record")


def rows_of_texts(
    file: File, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[Part] | None:
    """The documents of a table's rows; null where none of its columns holds running text: a list
    with a "description" of a word or two is no dump of articles."""
    records = [dict(zip(header, row, strict=False)) for row in rows]
    mapping, first = file.options.mapping, records[:_ROWS_FOR_ORDER]
    name = _column(header, "text", mapping)
    values = [text for record in first if name and (text := record.get(name))]
    if not (values and ("text" in mapping or columns.runs(values))) and (
        "text" not in columns.choose(first, {}, mapping).names
    ):
        return None
    return _records(file, enumerate(records, 1))


class _End:
    """How a file of rows ends: one that breaks off within a quoted text is cut off."""

    def __init__(self) -> None:
        self.quotes = 0
        self.last = "\n"

    def seen(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self.quotes += line.count('"')
            self.last = line[-1:]
            yield line.replace("\0", "")

    @property
    def cut_off(self) -> bool:
        return self.quotes % 2 == 1 and self.last not in ("\n", '"')


def _rows(header: list[str], rows: Iterator[list[str]]) -> Iterator[Record | Skipped]:
    """The rows by the names of their columns."""
    try:
        for row in rows:
            if any(row):
                yield dict(zip(header, row, strict=False))
    except csv.Error as error:
        yield Skipped("the rest", str(error))


def _delimiter(start: bytes) -> str:
    """The sign that parts the columns of the first line most often."""
    line = start.replace(b"\0", b"").split(b"\n", 1)[0].decode("latin-1")
    return max(",;\t|", key=line.count)


def _lines(file: File) -> Iterator[tuple[int, Record | Skipped]]:
    with file.open() as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(file.options.max_bytes), b""), 1):
            if not raw.strip():
                continue
            try:
                value = json.loads(decode(raw).text)
            except (ValueError, RecursionError, UnreadableError) as error:
                yield number, Skipped(f"line {number}", f"no JSON: {error!s:.80}")
                continue
            if isinstance(value, dict):
                yield number, value
            else:
                yield number, Skipped(f"line {number}", "not an object")


def _json(file: File) -> Iterator[Part]:
    limit = _WHOLE * file.options.max_bytes
    with file.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"JSON of more than {size(limit)}; make it JSON Lines, one a line")
    decoded = decode(data)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        first = decoded.text.lstrip().split("\n", 1)[0]
        try:
            lines = isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            lines = False
        if lines:
            yield from _records(file, _lines(file))
        elif whole := list(_whole_records(decoded.text, file.options.mapping)):
            yield from _records(file, enumerate(whole, 1))
            yield Skipped("the rest", f"damaged or cut-off JSON: {error!s:.80}")
        else:
            yield _as_text(file, f"damaged JSON, read as plain text: {error!s:.80}")
        return
    found = _find_records(value, file.options.mapping, 0)
    if found is None:
        names = list(value) if isinstance(value, dict) else []
        yield _as_text(file, _no_text(names))
        return
    yield from _records(file, enumerate(found, 1))


def _whole_records(text: str, mapping: Mapping[str, str]) -> Iterator[Record]:
    """The records of a damaged list that stand before the damage."""
    decoder = json.JSONDecoder()
    first = re.search(r"\[\s*(?=\{)", text)
    at = first.end() if first else len(text)
    while at < len(text) and text[at] == "{":
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if _fields(value, mapping).get("text"):
            yield value
        following = _BETWEEN.match(text, at)
        at = following.end() if following else len(text)


def _find_records(value: Any, mapping: Mapping[str, str], depth: int) -> list[Record] | None:
    """The list of records in a JSON value, however it is wrapped."""
    if isinstance(value, list):
        records: list[Record] = [v for v in value if isinstance(v, dict)]
        usable = any(_fields(r, mapping).get("text") for r in records[:20]) or (
            "text" in columns.choose(records[:20], {}, mapping).names
        )
        return records if usable else None
    if not isinstance(value, dict) or depth > 3:
        return None
    for key in _LISTS:
        if key in value and (found := _find_records(value[key], mapping, depth + 1)):
            return found
    return [value] if _fields(value, mapping).get("text") else None


def _as_text(file: File, warning: str) -> Content:
    decoded = decode(file.data)
    return Content(decoded.text, headlines="", warnings=(*decoded.warnings, warning))


def _no_text(names: Iterable[str]) -> str:
    shown = ", ".join(str(n)[:30] for n in list(names)[:12])
    return (
        f"no column of texts found ({shown}): read as plain text; name it in the settings (mapping)"
    )


# ---- a record ------------------------------------------------------------------------------


def _records(file: File, numbered: Iterable[tuple[int, Record | Skipped]]) -> Iterator[Part]:
    """The documents of records; the order of day and month is learned from the first of them."""
    source = iter(numbered)
    first = list(islice(source, _ROWS_FOR_ORDER))
    held = [record for _, record in first if not isinstance(record, Skipped)]
    names = dict.fromkeys(key for record in held for key in record)
    named = {f: name for f in FIELDS if (name := _column(names, f, {})) is not None}
    wrapped = any(isinstance(record.get(k), dict) for record in held for k in _INNER)
    chosen = columns.choose(() if wrapped else held, named, file.options.mapping)
    mapping = {**chosen.names, **file.options.mapping}
    told = chosen.told
    values = [
        str(fields["published"])
        for _, record in first
        if not isinstance(record, Skipped) and (fields := _fields(record, mapping)).get("published")
    ]
    day_first = stated.day_first(values)
    for number, record in chain(first, source):
        if isinstance(record, Skipped):
            yield record
            continue
        fields = _fields(record, mapping)
        text = _words(fields.get("text"))
        if not text:
            yield Skipped(f"record {number}", "no text in it")
            continue
        yield _content(record, number, fields, text, day_first, told)
        told = None


def _content(
    record: Record,
    number: int,
    fields: Record,
    text: str,
    day_first: bool | None,
    told: str | None,
) -> Content:
    title = " ".join(_words(fields.get("title")).split()) or None
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    day = stated.day(str(fields["published"]), day_first) if fields.get("published") else None
    tags = fields.get("tags")
    tags = re.split(r"[;,|]", tags) if isinstance(tags, str) else tags
    return Content(
        text,
        title=title,
        published=day,
        author=", ".join(_list(fields.get("author"))) or None,
        url=_words(fields.get("url")) or None,
        tags=tuple(_list(tags)),
        raw=json.dumps(record, ensure_ascii=False, sort_keys=True, default=str).encode(
            "utf-8", "backslashreplace"
        ),
        name=str(number),
        warnings=(told,) if told else (),
    )


def _fields(record: Record, mapping: Mapping[str, str]) -> dict[str, Any]:
    """The record's values under our own names; null and empty ones left out."""
    found: dict[str, Any] = {}
    layers = [record, *(record[k] for k in _INNER if isinstance(record.get(k), dict))]
    for field in FIELDS:
        if field in mapping:
            found[field] = _at(record, mapping[field])
            continue
        for layer in layers:
            name = _column(layer, field, {})
            if name is not None:
                found[field] = layer[name]
                break
    return {k: v for k, v in found.items() if v not in (None, "", [], {})}


def _at(record: Record, path: str) -> Any:
    """The value at a path with dots (``fields.bodyText``)."""
    if path in record:
        return record[path]
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _column(names: Iterable[str], field: str, mapping: Mapping[str, str]) -> str | None:
    """The name among these that holds a field."""
    if field in mapping:
        return mapping[field] if mapping[field] in names else None
    folded = {re.sub(r"[^a-z]", "", n.lower()): n for n in names if isinstance(n, str)}
    return next((folded[name] for name in _NAMES[field] if name in folded), None)


def _words(value: Any) -> str:
    """A value as text: lists of paragraphs joined, markup taken out."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_words, value[:10_000])))
    if isinstance(value, dict):
        return next((_words(value[k]) for k in ("text", "main", "name", "value") if k in value), "")
    if value is None:
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if len(_MARKUP.findall(text, 0, 20_000)) > 1:
        from . import html

        return html.to_text(text)
    return text.encode("utf-8", "replace").decode().strip()


def _list(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [" ".join(words.split()) for item in items[:30] if (words := _words(item).strip())]
