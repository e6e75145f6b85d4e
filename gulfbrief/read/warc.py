"""Web archives (WARC), by warcio; the extra ``warc`` installs it.

Each page that was fetched well is a document; its address is the record's. The day on which it
was fetched is not the day on which it was published, and is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import UnreadableError
from . import html
from .parts import File, Member, Part, Skipped

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
    with file.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type not in ("response", "resource"):
                    continue
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                kind, status = _kind(record)
                if status != "200" or kind not in (*_PAGES, *_TEXTS):
                    continue
                data = record.content_stream().read(limit + 1)
                if len(data) > limit:
                    yield Skipped(address, "larger than allowed")
                elif kind in _PAGES:
                    yield _page(address, data)
                else:
                    yield Member(address, data)
        except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
            yield Skipped("", f"the rest of a damaged web archive ({error})")


def _kind(record: object) -> tuple[str, str]:
    """The content type and the status of a record."""
    headers = getattr(record, "http_headers", None)
    if headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""  # type: ignore[attr-defined]
        return kind.partition(";")[0].strip().lower(), "200"
    kind = headers.get_header("Content-Type") or "text/html"
    return kind.partition(";")[0].strip().lower(), headers.get_statuscode()


def _page(address: str, data: bytes) -> Part:
    try:
        content = html.page(data)
    except UnreadableError as error:
        return Skipped(address, str(error))
    return replace(content, url=content.url or address, raw=data, name=address)
