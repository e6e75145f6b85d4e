"""Word documents (DOCX): paragraphs, tables and footnotes, in the order of the page.

Read from the WordprocessingML itself (ECMA-376, part 1): deleted text of tracked changes, field
codes and the second copy of text boxes (``mc:Fallback``) are no text of the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..errors import UnreadableError
from .package import Element, Package, author, descendants, first_text, local, made
from .parts import Content, File, Part

_UNSEEN = frozenset(("Fallback", "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LARGEST_DEPTH = 200


def read(file: File) -> Iterator[Part]:
    """The one document of a Word file."""
    with Package(file) as package:
        body = package.xml("word/document.xml")
        paragraphs = list(_paragraphs(body))
        notes: list[str] = []
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            root = package.xml_or_none(name)
            if root is not None:
                notes += [p for p in _paragraphs(root) if p]
        core = package.xml_or_none("docProps/core.xml")
    text = "\n\n".join(p for p in [*paragraphs, *notes] if p)
    yield Content(
        text,
        title=first_text(core, "title") or _title(body),
        made=made(core),
        author=author(core, "creator"),
        tags=tuple(t.strip() for t in (first_text(core, "keywords") or "").split(",") if t.strip()),
        warnings=package.warnings,
    )


def _title(body: Element) -> str | None:
    """The first paragraph in the style "Title"."""
    for paragraph in descendants(body, "p"):
        style = next(descendants(paragraph, "pStyle"), None)
        if style is not None and "Title" in style.values():
            return " ".join("".join(_words(paragraph, 0)).split()) or None
    return None


def _paragraphs(root: Element) -> Iterator[str]:
    """The texts of the paragraphs; those of a table's row on one line, its cells apart by tabs."""
    in_row: set[Element] = set()
    for element in descendants(root, "p", "tr"):
        if element in in_row or _hidden(element):
            continue
        if local(element) == "p":
            yield "".join(_words(element, 0)).strip()
            in_row.update(descendants(element, "p"))
        else:
            cells = [c for c in element if local(c) in ("tc", "sdt")]
            yield "\t".join(" ".join("".join(_words(c, 0)).split()) for c in cells).strip()
            in_row.update(descendants(element, "p", "tr"))


def _hidden(element: Element) -> bool:
    return any(local(e) in _UNSEEN for e in element.iterancestors())


def _words(element: Element, depth: int) -> Iterator[str]:
    """The visible text in an element, paragraphs within it (text boxes, cells) apart by a line."""
    if depth > _LARGEST_DEPTH:
        raise UnreadableError("damaged: nested too deeply")
    for child in element:
        name = local(child)
        if name == "t":
            yield "".join(child.itertext(etree.Element)) if len(child) else child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _UNSEEN:
            yield from _words(child, depth + 1)
            if name == "p":
                yield "\n"
