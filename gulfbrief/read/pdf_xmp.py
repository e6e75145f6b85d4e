"""The XMP packet of a PDF: its metadata as XML.

PDFium does not hand it out. Packets stand as streams of their own, most of them unpacked (so that
any tool may scan for them, ISO 16684-1, 7.3), some packed by Flate. Of several the last is the
newest.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from .options import MEGABYTE
from .package import parse_xml

_LARGEST = 2 * MEGABYTE
_STREAM = re.compile(rb"/Subtype\s*/XML\b[^\0]{0,400}?stream\r?\n")


def packet(data: bytes) -> Any:
    """The XML tree of a file's XMP packet, ``None`` where there is none that can be read."""
    at = data.rfind(b"<x:xmpmeta")
    if at >= 0:
        end = data.find(b"</x:xmpmeta>", at, at + _LARGEST)
        return _parsed(data[at : end + 12]) if end > 0 else None
    for match in reversed(list(_STREAM.finditer(data))[-20:]):
        try:
            content = zlib.decompressobj().decompress(
                data[match.end() : match.end() + _LARGEST], _LARGEST
            )
        except zlib.error:
            continue
        if (tree := _parsed(content)) is not None:
            return tree
    return None


def _parsed(content: bytes) -> Any:
    try:
        return parse_xml(content)
    except Exception:
        return None
