"""EPUB books: the chapters in the order of the spine, each beginning a page in ``pages``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from ..errors import UnreadableError
from . import html, stated
from .decode import decode
from .package import Element, Package, descendants, first_text, local
from .parts import UNREAD, Content, File, Part, paged


def read(file: File) -> Iterator[Part]:
    """The one document of a book."""
    with Package(file) as package:
        if "META-INF/encryption.xml" in package.names and "META-INF/rights.xml" in package.names:
            raise UnreadableError("protected by DRM")
        book = _package_file(package)
        root = package.xml(book)
        chapters: list[str] = []
        warnings: list[str] = []
        for name in _spine(root, posixpath.dirname(book)):
            if late := file.late:
                warnings.append(late)
                break
            try:
                chapter = html.to_text(decode(package.bytes(name), "utf-8").text)
            except UnreadableError as error:
                warnings.append(f"{UNREAD}a chapter: {error}")
                continue
            if chapter:
                chapters.append(chapter)
    if not chapters:
        raise UnreadableError(warnings[0] if warnings else "damaged: no chapters in it")
    text, starts = paged(chapters)
    meta = next(descendants(root, "metadata"), None)
    yield Content(
        text,
        title=first_text(meta, "title"),
        published=_day(meta),
        author=first_text(meta, "creator"),
        tags=tuple(t for e in descendants(meta, "subject") if (t := e.text))
        if meta is not None
        else (),
        pages=starts,
        headlines="",
        warnings=tuple(warnings),
    )


def _package_file(package: Package) -> str:
    container = package.xml_or_none("META-INF/container.xml")
    if container is not None:
        for element in descendants(container, "rootfile"):
            if element.get("full-path") in package.names:
                return str(element.get("full-path"))
    found = next((n for n in package.names if n.endswith(".opf")), None)
    if found is None:
        raise UnreadableError("damaged: no package file in it")
    return found


def _spine(root: Element, folder: str) -> list[str]:
    """The names of the chapters' files in reading order."""
    hrefs = {e.get("id"): e.get("href") or "" for e in descendants(root, "item")}
    names = [hrefs.get(e.get("idref")) for e in descendants(root, "itemref")]
    return list(
        dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(n))) for n in names if n)
    )


def _day(meta: Element | None) -> str | None:
    """The date of publication; one that is marked as another event's is not it."""
    if meta is None:
        return None
    for element in meta:
        event = next((v for k, v in element.items() if k.endswith("event")), "publication")
        if local(element) == "date" and event in ("publication", "original-publication"):
            return stated.day(element.text or "")
    return None
