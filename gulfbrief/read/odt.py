"""OpenDocument texts (ODT): paragraphs, headings, tables and notes, in order (OpenDocument 1.3)."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import UnreadableError
from .package import Element, Package, author, descendants, first_text, local, made
from .parts import Content, File, Part

_UNSEEN = frozenset(("tracked-changes", "annotation", "note-citation", "forms", "sequence-decls"))
_LARGEST_DEPTH = 200


def read(file: File) -> Iterator[Part]:
    """The one document of an OpenDocument text."""
    with Package(file) as package:
        if _encrypted(package):
            raise UnreadableError("password-protected")
        content = package.xml("content.xml")
        meta = package.xml_or_none("meta.xml")
    text = "\n\n".join(line for p in _blocks(content) if (line := p.strip()))
    yield Content(
        text,
        title=first_text(meta, "title"),
        made=made(meta),
        author=author(meta, "initial-creator", "creator"),
        tags=tuple(t for e in descendants(meta, "keyword") if (t := e.text))
        if meta is not None
        else (),
        warnings=package.warnings,
    )


def _encrypted(package: Package) -> bool:
    manifest = package.xml_or_none("META-INF/manifest.xml")
    if manifest is None:
        return False
    return next(descendants(manifest, "encryption-data"), None) is not None


def _blocks(root: Element) -> Iterator[str]:
    done: set[Element] = set()
    for element in descendants(root, "p", "h", "table-row"):
        if element in done or any(local(e) in _UNSEEN for e in element.iterancestors()):
            continue
        if local(element) == "table-row":
            cells = [c for c in element if local(c) == "table-cell"]
            yield "\t".join(" ".join("".join(_words(c, 0)).split()) for c in cells)
        else:
            yield "".join(_words(element, 0))
        done.update(descendants(element, "p", "h", "table-row"))


def _words(element: Element, depth: int) -> Iterator[str]:
    if depth > _LARGEST_DEPTH:
        raise UnreadableError("damaged: nested too deeply")
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "s":
            count = next((v for k, v in child.items() if k.endswith("}c")), "1")
            yield " " * min(int(count), 100) if count.isdecimal() else " "
        elif name and name not in _UNSEEN:
            yield from _words(child, depth + 1)
            if name in ("p", "h"):
                yield "\n"
        yield child.tail or ""
