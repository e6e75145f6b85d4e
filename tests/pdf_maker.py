"""PDF files for tests: text set at given places, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page of 595 by 842 points; ``put`` sets a line, ``column`` sets lines below one another."""

    lines: list[tuple[float, float, float, str]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    fields: list[tuple[float, float, str]] = field(default_factory=list)
    lists: list[tuple[float, float, Sequence[str]]] = field(default_factory=list)
    vertical: bool = False  # whether /F2 is a Japanese font that runs down, not held by the file

    def put(self, x: float, y: float, text: str, size: float = 10) -> Sheet:
        self.lines.append((x, y, size, text))
        return self

    def draw(self, operators: str) -> Sheet:
        """Adds drawing operators as they stand."""
        self.drawn.append(operators)
        return self

    def field(self, x: float, y: float, value: str) -> Sheet:
        """A filled-in form field, 200 by 14 points."""
        self.fields.append((x, y, value))
        return self

    def choices(self, x: float, y: float, options: Sequence[str]) -> Sheet:
        """A list of a form, 200 by 60 points, in which nothing is chosen."""
        self.lists.append((x, y, options))
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
        b"<< /Type /Catalog /Pages 2 0 R %s >>"
        % (
            b"/AcroForm << /Fields [] >>"
            if any(sheet.fields or sheet.lists for sheet in sheets)
            else b""
        ),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R %s >> >> /Contents %d 0 R %s >>"
            % (_VERTICAL if sheet.vertical else b"", 5 + 2 * number, _annotations(sheet))
        )
        content = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, _escaped(text))
            for x, y, size, text in sheet.lines
        )
        content += "".join(sheet.drawn).encode()
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


_VERTICAL = (
    b"/F2 << /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-V "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 "
    b"/Ascent 880 /Descent -120 /CapHeight 700 /FontBBox [0 -120 1000 880] >> >>] >>"
)


def _annotations(sheet: Sheet) -> bytes:
    widgets = [
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f%d) /V (%s) /Rect [%g %g %g %g] >>"
        % (number, _escaped(value), x, y, x + 200, y + 14)
        for number, (x, y, value) in enumerate(sheet.fields)
    ]
    widgets += [
        b"<< /Type /Annot /Subtype /Widget /FT /Ch /T (l%d) /Opt [%s] /Rect [%g %g %g %g] >>"
        % (number, b" ".join(b"(%s)" % _escaped(o) for o in options), x, y, x + 200, y + 60)
        for number, (x, y, options) in enumerate(sheet.lists)
    ]
    return b"/Annots [%s]" % b" ".join(widgets) if widgets else b""


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
