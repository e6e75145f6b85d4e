"""PDF, by pdfminer.six: lines and their places from the library, reading order from pdf_layout.py.

A title or an author in the file's properties counts where it is one (not the name of a file). The
day on which the file was made counts as the day of publication only where the pages print none, and
never where a browser or a scanner made it.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from ..errors import UnreadableError
from . import pdf_streams, published, stated
from .package import first_text, parse_xml
from .parts import PARTLY, UNREAD, Content, File, Part
from .pdf_layout import Flow, Line, Page, flow

_COPIES = re.compile(
    r"skia|mozilla|chrom|safari|firefox|wkhtml|headless|scan|canon|xerox|konica|ricoh|ocr|abbyy"
    r"|finereader|tesseract|camera|ilovepdf|smallpdf|pdf24|print to pdf|pdfcreator|cutepdf"
    r"|primopdf|dopdf|novapdf|bullzip",
    re.I,
)
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|document\d*|print|layout|title|about:blank)\b"
    r"|\.(?:docx?|pdf|indd|qxd|rtf|odt|html?|pptx?|xlsx?)$|^https?:|^\W*$",
    re.I,
)
_NOBODY = re.compile(r"^(?:user|admin|administrator|owner|unknown|author|root|-|\d+)$", re.I)
_TOLD = 5
_FIGURES = 20  # figures in one another

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read(file: File) -> Iterator[Part]:
    """The one document of a PDF file."""
    from pdfminer.pdfpage import PDFPage

    pdf_streams.install()
    warnings: list[str] = []
    document = _opened(file.data, warnings)
    pages = list(_pages(PDFPage.create_pages(document), file, warnings))
    if not pages:
        raise UnreadableError("; ".join(warnings) or "damaged or cut off: no pages")
    flowing = flow(pages)
    if not flowing.text.strip():
        warnings.append(f"{UNREAD}no text in its pages, perhaps scanned images")
    info = _info(document)
    xmp = _xmp(document)
    yield Content(
        flowing.text,
        title=_title(info.get("Title") or first_text(xmp, "title")) or _largest(pages),
        published=stated.day(first_text(xmp, "publicationDate") or ""),
        made=_made(info),
        author=_author(info.get("Author") or first_text(xmp, "creator")),
        tags=tuple(t for k in re.split("[;,]", info.get("Keywords", "")) if (t := k.strip()))[:30],
        pages=flowing.pages,
        headlines=_headlines(pages, flowing),
        warnings=tuple(warnings),
    )


def _opened(data: bytes, warnings: list[str]) -> Any:
    """The document; one that is cut off is opened by what its beginning says of it."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    reason = ""
    for attempt in (data, _with_trailer(data)):
        if attempt is None:
            break
        try:
            document = pdf_streams.BoundedDocument(PDFParser(io.BytesIO(attempt)))
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise UnreadableError("password-protected") from error
        except Exception as error:
            reason = reason or type(error).__name__
        else:
            if reason:
                warnings.append(f"{PARTLY}damaged or cut off")
            return document
    raise UnreadableError(f"damaged or cut off ({reason})")


def _with_trailer(data: bytes) -> bytes | None:
    """A file that lost its end, with an end that names its catalogue."""
    catalog = data.find(b"/Catalog")
    begins = data.rfind(b" obj", max(0, catalog - 2_000), catalog) if catalog > 0 else -1
    number = re.search(rb"(\d+)\s+\d+$", data[max(0, begins - 20) : begins]) if begins > 0 else None
    if number is None:
        return None
    return data + b"\nendstream\nendobj\ntrailer\n<< /Root %s 0 R >>\n%%%%EOF\n" % number[1]


def _pages(source: Iterator[Any], file: File, warnings: list[str]) -> Iterator[Page]:
    """The pages' lines; a page that cannot be read is left out and told, the rest is read."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager()
    # No laparams: the library's own grouping of lines grows with the square of their number.
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    number = lost = 0
    while True:
        number += 1
        if number > file.options.max_pages:
            warnings.append(f"{PARTLY}only the first {file.options.max_pages} pages")
            break
        if file.budget.late:
            warnings.append(f"{PARTLY}stopped after {file.options.max_seconds:g} seconds")
            break
        try:
            page = next(source, None)
        except Exception as error:
            warnings.append(f"{PARTLY}the pages from {number} on are lost ({type(error).__name__})")
            break
        if page is None:
            break
        try:
            pdf_streams.check(page)
            interpreter.process_page(page)
            layout = device.get_result()
            yield Page(layout.width, layout.height, tuple(_lines(layout, 0)))
        except Exception as error:
            lost += 1
            if lost <= _TOLD:
                warnings.append(f"{UNREAD}page {number} ({type(error).__name__})")
            yield Page(1, 1, ())
    if lost > _TOLD:
        warnings.append(f"{UNREAD}{lost} pages in all")


def _lines(container: Any, depth: int) -> Iterator[Line]:
    """The lines of a page or of a figure in it: characters that follow one another in a row."""
    from pdfminer.layout import LAParams, LTChar, LTFigure

    characters = [item for item in container if isinstance(item, LTChar)]
    if characters:
        for line in container.group_objects(LAParams(), characters):
            text = _clean(line.get_text())
            if text:
                sizes = [c.size for c in line if isinstance(c, LTChar)]
                x0, y0, x1, y1 = line.bbox
                yield Line(text, x0, y0, x1, y1, median(sizes) if sizes else line.height)
    for item in container:
        if isinstance(item, LTFigure) and depth < _FIGURES:
            yield from _lines(item, depth + 1)


def _clean(text: str) -> str:
    """A line's text on one line, ligatures taken apart, glyphs without a meaning left out."""
    text = re.sub(r"\(cid:\d+\)", "", text)
    for one, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(one, letters)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    return " ".join(text.encode("utf-8", "replace").decode().split())


# ---- properties ----------------------------------------------------------------------------


def _info(document: Any) -> dict[str, str]:
    """The information dictionary as texts."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    for table in document.info:
        for key, value in table.items():
            try:
                value = resolve1(value)
                text = decode_text(value) if isinstance(value, bytes) else ""
            except Exception:
                continue
            if text and (text := _clean(text)):
                found[str(key)] = text
    return found


def _xmp(document: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    try:
        stream = resolve1(document.catalog.get("Metadata"))
        return parse_xml(stream.get_data()) if stream is not None else None
    except Exception:
        return None


def _title(value: str | None) -> str | None:
    return None if not value or len(value) < 4 or _NO_TITLE.search(value) else value


def _author(value: str | None) -> str | None:
    return None if not value or _NOBODY.match(value) else value


def _made(info: dict[str, str]) -> str | None:
    if _COPIES.search(f"{info.get('Producer', '')} {info.get('Creator', '')}"):
        return None
    return stated.day(info.get("CreationDate", ""))


def _headlines(pages: list[Page], flowing: Flow) -> str:
    """Where the day may be printed: in the heads and feet, in the first paragraphs, or in the first
    lines where these were taken for parts of one paragraph."""
    first = flowing.text[: published.HEAD_CHARS]
    if not published.in_first_lines(first):
        lines = sorted(pages[0].lines, key=lambda line: (-line.y1, line.x0))
        first = "\n".join(line.text for line in lines[: published.HEAD_LINES])
    return "\n".join((published.in_running_heads(flowing.heads) or "", first))


def _largest(pages: list[Page]) -> str | None:
    """The lines in the largest type on the first page, where they stand out as a headline."""
    page = pages[0]
    if len(page.lines) < 3:
        return None
    body = median(line.size for line in page.lines)
    largest = max(line.size for line in page.lines)
    if largest < 1.15 * body:
        return None
    lines = [line for line in page.lines if line.size > 0.97 * largest]
    lines.sort(key=lambda line: -line.y1)
    title = " ".join(line.text for line in lines[:4])
    return title if 8 <= len(title) <= 250 and len(lines) <= 4 else None
