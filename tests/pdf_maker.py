"""PDF files for tests: text set at given places, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page of 595 by 842 points; ``put`` sets a line, ``column`` sets lines below one another."""

    lines: list[tuple[float, float, float, str]] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float = 10) -> Sheet:
        self.lines.append((x, y, size, text))
        return self

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10) -> Sheet:
        for number, line in enumerate(lines):
            if line:
                self.put(x, y - 12 * number, line, size)
        return self


def pdf(sheets: Sequence[Sheet], info: dict[str, str] | None = None) -> bytes:
    """A PDF of these pages; ``info`` is its information dictionary."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        content = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, _escaped(text))
            for x, y, size, text in sheet.lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    entries = b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in (info or {}).items())
    objects.append(b"<< %s >>" % entries)
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
