"""Word documents (DOCX): paragraphs, tables and footnotes, in the order of the page.

Read from the WordprocessingML itself (ECMA-376, part 1): deleted text of tracked changes, field
codes, hidden text and the second copy of text boxes (``mc:Fallback``) are no text of the document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from ..errors import UnreadableError
from .package import Element, Package, author, descendants, first_text, keywords, local, made
from .parts import UNREAD, Content, File, Member, Part

_UNSEEN = frozenset(("Fallback", "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LARGEST_DEPTH = 200
_XML_NONE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(file: File) -> Iterator[Part]:
    """The one document of a Word file."""
    with Package(file) as package:
        body = package.xml("word/document.xml")
        styles = _hiding_styles(package.xml_or_none("word/styles.xml"))
        hidden = _take_out_hidden(body, styles)
        warnings: list[str] = []
        paragraphs = list(_with_chunks(body, package, warnings))
        notes: list[str] = []
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            root = package.xml_or_none(name)
            if root is not None:
                hidden += _take_out_hidden(root, styles)
                notes += [p for p in _paragraphs(root) if p]
        core = package.xml_or_none("docProps/core.xml")
    text = "\n\n".join(p for p in [*paragraphs, *notes] if p)
    if hidden:
        warnings.append(f"{hidden:,} characters of hidden text were left out")
    yield Content(
        text,
        title=first_text(core, "title") or _title(body),
        made=made(core),
        author=author(core, "creator"),
        tags=keywords(core),
        warnings=(*package.warnings, *warnings),
    )


def _hiding_styles(root: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden (``vanish``; 17.3.2.41 of the standard)."""
    hides: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in descendants(root, "style") if root is not None else ():
        name = _attribute(style, "styleId")
        hides[name] = _vanishes(style)
        bases[name] = _attribute(next(descendants(style, "basedOn"), None), "val")

    def hiding(name: str) -> bool:
        for _ in range(_LARGEST_DEPTH):  # styles may be based on one another in a ring
            if (hidden := hides.get(name)) is not None:
                return hidden
            name = bases.get(name, "")
        return False

    return frozenset(filter(hiding, hides))


def _take_out_hidden(root: Element, styles: frozenset[str]) -> int:
    """Take the hidden runs out of a tree; returns how many characters of text they had."""
    count = 0
    by_paragraph: dict[Element, bool] = {}
    for run in list(descendants(root, "r")):
        hidden = _vanishes(run)
        if hidden is None and styles:
            own = _attribute(_property(run, "rStyle"), "val")
            paragraph = next((e for e in run.iterancestors() if local(e) == "p"), None)
            if paragraph is not None and paragraph not in by_paragraph:
                style = _attribute(_property(paragraph, "pStyle"), "val")
                by_paragraph[paragraph] = style in styles
            hidden = own in styles or (paragraph is not None and by_paragraph[paragraph])
        if hidden and (parent := run.getparent()) is not None:
            count += sum(len(t.text or "") for t in descendants(run, "t"))
            parent.remove(run)
    return count


def _vanishes(element: Element) -> bool | None:
    """Whether the properties of a run or a style hide its text; None where they say nothing."""
    mark = _property(element, "vanish")
    if mark is None:
        return None
    return _attribute(mark, "val") not in ("0", "false", "off")


def _property(element: Element, name: str) -> Element | None:
    """A property of a run, a paragraph or a style itself, not of what is in it."""
    for properties in element:
        if local(properties) in ("rPr", "pPr"):
            for found in properties:
                if local(found) == name:
                    return found
    return None


def _attribute(element: Element | None, name: str) -> str:
    """The value of an attribute, whatever its namespace; '' where there is none."""
    values = element.items() if element is not None else ()
    return next((str(v) for k, v in values if str(k).rpartition("}")[2] == name), "")


def _with_chunks(body: Element, package: Package, warnings: list[str]) -> Iterator[str]:
    """The texts of the paragraphs and, in their place, of the files that stand for parts of the
    text (``altChunk``; 17.17.2 of the standard)."""
    chunks = list(descendants(body, "altChunk"))
    if not chunks:
        yield from _paragraphs(body)
        return
    targets = _targets(package)
    for chunk in chunks:
        name = targets.get(next((v for k, v in chunk.items() if k.endswith("}id")), ""), "")
        try:
            chunk.text = _chunk(package, name) + "\n"
        except (UnreadableError, KeyError) as error:
            warnings.append(f"{UNREAD}a part of its text ({posixpath.basename(name)}): {error}")
    yield from _paragraphs(body)


def _targets(package: Package) -> dict[str, str]:
    """The parts that belong to the text, by the ids that the text calls them."""
    links = package.xml_or_none("word/_rels/document.xml.rels")
    found = {}
    for link in descendants(links, "Relationship") if links is not None else ():
        target = link.get("Target") or ""
        name = target.lstrip("/") if target[:1] == "/" else posixpath.join("word", target)
        found[link.get("Id") or ""] = posixpath.normpath(name)
    return found


def _chunk(package: Package, name: str) -> str:
    """The text of such a file, in any format that is read."""
    from . import registry

    file = package.file.member(Member(posixpath.basename(name), package.bytes(name)))
    file.kind = registry.kind(file)
    texts = [part.text for part in registry.reader(file.kind)(file) if isinstance(part, Content)]
    return _XML_NONE.sub(" ", "\n\n".join(texts))


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
    for element in descendants(root, "p", "tr", "altChunk"):
        if element in in_row or _hidden(element):
            continue
        if local(element) == "altChunk":
            yield (element.text or "").strip()
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
