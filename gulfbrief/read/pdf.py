"""PDF, by PDFium: characters and their places from the library (pdf_glyphs.py), reading order from
pdf_layout.py.

A title or an author in the file's properties counts where it is one (not the name of a file). The
day on which the file was made counts as the day of publication only where the pages print none, and
never where a browser or a scanner made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from ..errors import UnreadableError
from . import ocr, pdf_forms, pdf_glyphs, pdf_unembedded, pdf_xmp, published, stated
from .package import first_text
from .parts import PARTLY, UNREAD, Content, File, Part
from .pdf_layout import Flow, flow
from .pdf_lines import Line, Page

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
_MUCH = 5  # times what a page says itself: what is recognised then takes its place
_FEW = 20  # characters: a page that draws fewer may be a scan with a stamp or a number
_END = 2_048  # bytes in which a file that is whole has its end
_MEANINGLESS = 0.2  # share of characters without a known meaning from which it is told
_TORN = 0.3  # share of lone letters among the words of a page from which it is told
_ENOUGH = 50  # words on a page for that share to tell something


def read(file: File) -> Iterator[Part]:
    """The one document of a PDF file."""
    warnings: list[str] = []
    scans = ocr.Recognition(file)
    info: dict[str, str] = {}
    try:
        document = opened(file.data, warnings)
    except LockedError:
        pages = list(_unlocked(file, warnings))
    else:
        try:
            pages = list(_pages(document, file, warnings, scans))
            info = _info(document)
        finally:
            document.close()
    if not pages:
        raise UnreadableError("; ".join(warnings) or "damaged or cut off: no pages")
    flowing = flow(pages)
    if not flowing.text.strip():
        advice = ocr.lacking(file.options)
        warnings.append(
            f"{UNREAD}no text in its pages, perhaps scanned images"
            + (f"; {advice}" if advice else "")
        )
    if torn := _torn(flowing):
        warnings.append(
            f"{PARTLY}letters stand apart on page{'s'[: len(torn) > 1]} {_listed(torn)}:"
            " words are torn there"
        )
    warnings += scans.warnings()
    xmp = pdf_xmp.packet(file.data)
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


class LockedError(UnreadableError):
    """PDFium wants a password."""


def _unlocked(file: File, warnings: list[str]) -> Iterator[Page]:
    """The pages of a file whose owner's password is empty: pdfminer.six tries it as such, PDFium
    does not. Raises ``UnreadableError`` where it needs another."""
    reader = pdf_unembedded.Reader(file.data)
    try:
        count = reader.count()
    except Exception as error:
        raise UnreadableError("password-protected") from error
    for number in range(count):
        if stop := file.beyond(number) or file.late:
            warnings.append(stop)
            break
        try:
            yield pdf_glyphs.laid(*reader.page(number), []).page
        except Exception as error:
            warnings.append(f"{UNREAD}page {number + 1} ({type(error).__name__})")
            yield Page(1, 1, ())


def opened(data: bytes, warnings: list[str]) -> Any:
    """The document; one that is cut off is opened by what its beginning says of it. Raises
    ``UnreadableError`` where it needs a password or holds no pages."""
    from pypdfium2 import PdfDocument, PdfiumError, raw

    reason = ""
    for attempt in (data, _with_trailer(data)):
        if attempt is None:
            break
        try:
            document = PdfDocument(attempt)
        except PdfiumError as error:
            if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise LockedError("password-protected") from error
            reason = reason or str(error)
            continue
        if not len(document):
            document.close()
            continue
        whole = raw.FPDF_DocumentHasValidCrossReferenceTable(document)
        if reason or not (whole or b"%%EOF" in data[-_END:]):
            warnings.append(f"{PARTLY}damaged or cut off")
        return document
    raise UnreadableError("damaged or cut off")


def _with_trailer(data: bytes) -> bytes | None:
    """A file that lost its end, with an end that names its catalogue."""
    catalog = data.find(b"/Catalog")
    begins = data.rfind(b" obj", max(0, catalog - 2_000), catalog) if catalog > 0 else -1
    number = re.search(rb"(\d+)\s+\d+$", data[max(0, begins - 20) : begins]) if begins > 0 else None
    if number is None:
        return None
    return data + b"\nendstream\nendobj\ntrailer\n<< /Root %s 0 R >>\n%%%%EOF\n" % number[1]


def _pages(
    document: Any, file: File, warnings: list[str], scans: ocr.Recognition
) -> Iterator[Page]:
    """The pages' lines; a page that cannot be read is left out and told, the rest is read."""
    fields = pdf_forms.Fields(document)
    second = pdf_unembedded.Reader(file.data)
    lost = drawn = unknown = 0
    for number in range(1, len(document) + 1):
        if stop := file.beyond(number - 1) or file.late:
            warnings.append(stop)
            break
        try:
            found = pdf_glyphs.page(document, number - 1, fields, second)
        except Exception as error:
            lost += 1
            if lost <= _TOLD:
                warnings.append(f"{UNREAD}page {number} ({type(error).__name__})")
            yield Page(1, 1, ())
        else:
            if (file.options.ocr == "always" or found.drawn < _FEW) and (
                seen := _recognised(document, number, found.page, scans)
            ):
                yield seen
                continue
            drawn += found.drawn
            unknown += found.unknown
            yield found.page
    if lost > _TOLD:
        warnings.append(f"{UNREAD}{lost} pages in all")
    if unknown > _MEANINGLESS * drawn:
        warnings.append(
            f"{PARTLY}{unknown / drawn:.0%} of its characters have no known meaning"
            " (the fonts do not tell it)"
        )


def _recognised(document: Any, number: int, page: Page, scans: ocr.Recognition) -> Page | None:
    """The lines of a page as they are seen; null where there is nothing to see, or less than what
    the page says itself."""
    from pypdfium2 import raw

    if ocr.lacking(scans.file.options) is not None:
        return None
    drawn = document[number - 1]
    try:
        kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        if next(drawn.get_objects(filter=kinds, max_depth=3), None) is None and not page.lines:
            return None
        width, height = drawn.get_size()
        scale = min(ocr.RESOLUTION / 72, (ocr.PIXELS / max(width * height, 1)) ** 0.5)
        image = drawn.render(scale=scale, grayscale=True).to_pil()
    finally:
        drawn.close()
    seen = scans.page(image, number, width, height)
    own = sum(map(_length, page.lines))
    much = own if scans.file.options.ocr == "always" else _MUCH * own
    if sum(map(_length, seen.lines)) < much:
        scans.forget(number)
        return None
    return seen


def _length(line: Line) -> int:
    return len(line.text)


def _torn(flowing: Flow) -> list[int]:
    """The pages (from 1) whose words are set letter by letter: mirrored text, or what a scanner
    took for words."""
    bounds = [*flowing.pages, len(flowing.text)]
    return [
        number
        for number, (start, end) in enumerate(pairwise(bounds), 1)
        if len(words := flowing.text[start:end].split()) >= _ENOUGH
        and sum(len(w) == 1 and w.lower() != w.upper() for w in words) > _TORN * len(words)
    ]


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_TOLD]))
    return shown if len(numbers) <= _TOLD else f"{shown} and {len(numbers) - _TOLD} more"


# ---- properties ----------------------------------------------------------------------------


def _info(document: Any) -> dict[str, str]:
    """The information dictionary as texts."""
    found: dict[str, str] = {}
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if text := pdf_glyphs.clean(value):
            found[key] = text
    return found


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
