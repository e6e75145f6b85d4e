"""Web archives (WARC), by warcio; the extra ``warc`` installs it.

Each page that was fetched well is a document; its address is the record's. The day on which it
was fetched is not the day on which it was published, and is not used.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import UnreadableError
from . import html
from .parts import File, Member, Part, Skipped

_DAMAGED = (OSError, EOFError, ValueError, AttributeError, TypeError, KeyError, zlib.error)
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "application/pdf")


def read(file: File) -> Iterator[Part]:
    """The pages in a web archive, named by their address."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError as error:
        raise UnreadableError("WARC needs an extra: pip install 'gulfbrief[warc]'") from error
    limit = file.options.max_bytes
    found = False
    with file.open() as stream:
        try:
            for record in _quietly(ArchiveIterator(stream)):
                if record.rec_type not in ("response", "resource"):
                    continue
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                kind, status = _kind(record)
                if status != "200" or kind not in (*_PAGES, *_TEXTS):
                    continue
                found = True
                data = record.content_stream().read(limit + 1)
                if len(data) > limit:
                    yield Skipped(address, "larger than allowed")
                elif kind in _PAGES:
                    yield _page(address, data)
                else:
                    yield Member(address, data)
                if getattr(record.raw_stream, "limit", 0) > 0:
                    yield Skipped(address, "cut off, it lacks its end")
            if not found:
                yield Skipped("", "no page in it, or damaged")
        except (ArchiveLoadFailed, *_DAMAGED) as error:
            yield Skipped("", f"the rest of a damaged web archive ({error!s:.100})")


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records, without the remarks on damaged ones that the library prints."""
    while True:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _kind(record: Any) -> tuple[str, str]:
    """The content type and the status of a record."""
    headers = record.http_headers
    if headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
        return kind.partition(";")[0].strip().lower(), "200"
    kind = headers.get_header("Content-Type") or "text/html"
    return kind.partition(";")[0].strip().lower(), headers.get_statuscode()


def _page(address: str, data: bytes) -> Part:
    try:
        content = html.page(data)
    except UnreadableError as error:
        return Skipped(address, str(error))
    return replace(content, url=content.url or address, raw=data, name=address)
