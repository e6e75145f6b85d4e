"""Bounds on what a stream in a PDF may unpack to, and on references that lead in a circle.

pdfminer.six unpacks a stream whole, whatever it grows to, and mends a damaged one byte by byte in
time that grows with the square of its length. Both go through its ``zlib``, so a small stand-in
with the same three names takes that place.
"""

from __future__ import annotations

import zlib
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef

from .options import MEGABYTE

LARGEST = 32 * MEGABYTE  # of one stream
LARGEST_PAGE = 8 * MEGABYTE  # of what draws one page: pdfminer reads about a megabyte a second
_STEP = 16 * 1024


class TooLarge(ValueError):
    """A stream or a page that unpacks to more than it may."""


class _Bounded:
    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """The data unpacked; of a damaged stream as much as comes before the damage."""
        unpacker = zlib.decompressobj()
        pieces: list[bytes] = []
        held = 0
        for start in range(0, len(data), _STEP):
            try:
                piece = unpacker.decompress(data[start : start + _STEP], LARGEST - held + 1)
            except zlib.error:
                if not pieces:
                    raise
                break
            pieces.append(piece)
            held += len(piece)
            if held > LARGEST or unpacker.unconsumed_tail:
                raise TooLarge("a stream unpacks to too much")
            if unpacker.eof:
                break
        return b"".join(pieces)


_STEPS = 20  # references to references


class BoundedDocument(PDFDocument):
    """A document whose references never lead to a further one: pdfminer would follow a circle of
    them for ever."""

    def getobj(self, objid: int) -> object:
        found = super().getobj(objid)
        for _ in range(_STEPS):
            if not isinstance(found, PDFObjRef):
                return found
            found = super().getobj(found.objid)
        return None


def install() -> None:
    """Puts the bounds into pdfminer; a second time changes nothing."""
    from pdfminer import pdftypes

    library: Any = pdftypes
    library.zlib = _Bounded


def check(page: Any) -> None:
    """Raises ``TooLarge`` for a page that it would take too long to draw."""
    from pdfminer.pdftypes import PDFStream, resolve1

    total = 0
    for content in map(resolve1, page.contents):
        if isinstance(content, PDFStream):
            total += len(content.get_data())
            if total > LARGEST_PAGE:
                raise TooLarge("a page draws too much")
