"""ZIP files for tests: archives, and the office formats that are ZIPs of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """A Word file; ``body`` is WordprocessingML, ``core`` the elements of its core properties."""
    files = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    if core:
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
            f"{core}</cp:coreProperties>"
        )
    return zipped({**files, **{f"word/{name}.xml": xml for name, xml in parts.items()}})


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{r}</w:t></w:r>' for r in runs)}</w:p>"


def odt(body: str, meta: str = "", manifest: str = "") -> bytes:
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<body {TEXT}>{body}</body>",
        "meta.xml": f'<meta xmlns:meta="m" xmlns:dc="d">{meta}</meta>',
    }
    return zipped({**files, **({"META-INF/manifest.xml": manifest} if manifest else {})})


def epub(chapters: Mapping[str, str], metadata: str = "") -> bytes:
    """A book; its chapters stand in the manifest in reverse, the spine has them in order."""
    names = list(chapters)
    items = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfile full-path="OPS/book.opf"/></c>',
        "OPS/book.opf": f'<package xmlns:dc="d"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    return zipped({**files, **{f"OPS/{name}": html for name, html in chapters.items()}})
