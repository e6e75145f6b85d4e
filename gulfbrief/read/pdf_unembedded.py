"""Characters in fonts that a PDF does not hold, by pdfminer.six.

Where a Chinese, Japanese or Korean font stands neither in the file nor on this machine, PDFium
gives its characters no size and leaves them out of a page's text. pdfminer.six knows them by the
character collection that the font names (Adobe-Japan1 and the like, ISO 32000-1, 9.7.5.2); it is
some ten times slower, so only such pages are read by it.
"""

from __future__ import annotations

import ctypes
import io
import logging
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from . import pdf_bounds
from .pdf_lines import DRAWN, Characters, Glyph

_LOOKED_AT = 300  # pieces of text on a page
_SHARE = 0.1  # of them that are left out
_NOTHING = 0.02  # points
_FIGURES = 20  # figures in one another

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def needed(page: Any, text_page: Any) -> bool:
    """Whether PDFium leaves pieces of text out of a page's text since it has no font for them."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    by_side = [ctypes.byref(side) for side in sides]
    seen = lost = 0
    count = raw.FPDFPage_CountObjects(page)
    for number in range(0, count, max(1, count // _LOOKED_AT)):
        piece = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(piece) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        seen += 1
        if raw.FPDFPageObj_GetBounds(piece, *by_side):
            left, bottom, right, top = (side.value for side in sides)
            if right - left < _NOTHING or top - bottom < _NOTHING:
                # A space has no ink, nor has the text behind a scan.
                held = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(piece))
                lost += not held and raw.FPDFTextObj_GetText(piece, text_page, None, 0) <= 2
    return lost > _SHARE * seen


class Reader:
    """The pages of one file, opened when the first is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def count(self) -> int:
        """How many pages there are. Raises what the library raises."""
        from pdfminer.pdfpage import PDFPage

        return sum(1 for _ in PDFPage.create_pages(self._opened()))

    def _opened(self) -> Any:
        from pdfminer.pdfparser import PDFParser

        if self._document is None:
            pdf_bounds.install()
            self._document = pdf_bounds.BoundedDocument(PDFParser(io.BytesIO(self._data)))
        return self._document

    def page(self, number: int) -> tuple[Characters, tuple[float, float, float, float]]:
        """The characters of a page (from 0) and its box. Raises what the library raises."""
        from pdfminer.converter import PDFPageAggregator
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
        from pdfminer.pdfpage import PDFPage

        page = next(islice(PDFPage.create_pages(self._opened()), number, None))
        pdf_bounds.check(page)
        resources = PDFResourceManager()
        # No laparams: the library's own grouping of lines grows with the square of their number.
        device = PDFPageAggregator(resources, laparams=None)
        PDFPageInterpreter(resources, device).process_page(page)
        layout = device.get_result()
        directions: dict[int, list[Glyph]] = {}
        drawn = unknown = 0
        gap = 0
        for char in _characters(layout, 0):
            text = char.get_text()
            if not text.strip():
                gap = DRAWN
                continue
            drawn += 1
            if text.startswith("(cid:"):
                unknown += 1
                continue
            a, b, *_ = char.matrix
            degrees = round(math.degrees(math.atan2(b, a))) % 360
            for letter in text:
                glyph = Glyph(letter, char.x0, char.y0, char.x1, char.y1, char.size, gap)
                directions.setdefault(degrees, []).append(glyph)
                gap = 0
        box = (0.0, 0.0, float(layout.width), float(layout.height))
        return Characters(directions, drawn, unknown), box


def _characters(container: Any, depth: int) -> Iterator[Any]:
    """The characters of a page and of the figures in it, in the order in which they are drawn."""
    from pdfminer.layout import LTChar, LTFigure

    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTFigure) and depth < _FIGURES:
            yield from _characters(item, depth + 1)
