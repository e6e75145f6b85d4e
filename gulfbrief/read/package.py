"""Files that are a ZIP of XML (DOCX, ODT, EPUB): opened within the limits, parsed without entities.

No external or internal entity is ever expanded, no DTD is loaded, and no part is unpacked beyond
``max_bytes``: neither an entity bomb nor a ZIP bomb gets further than its first step.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..errors import UnreadableError
from . import stated
from .parts import PARTLY, File, size

Element = Any  # lxml's elements carry no types

_RATIO = 1000  # XML of empty paragraphs shrinks well, but not so well
_SMALL = 1024 * 1024
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError),
    *(OSError, ValueError, OverflowError),
)
_LIBRARY = "python-docx"  # writes the day and the author of its own template
_NOBODY = ("user", "admin", "administrator", "microsoft office user", "windows user")


class Package:
    """A ZIP of XML; a context manager. Raises ``UnreadableError`` where it cannot be opened."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.warnings: tuple[str, ...] = ()
        try:
            self._stream = file.open()
            self._zip = zipfile.ZipFile(self._stream)
        except _DAMAGED as error:
            raise UnreadableError("damaged or cut off") from error
        self.names = self._zip.namelist()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._stream.close()

    def check(self, name: str) -> zipfile.ZipInfo:
        """The entry of a part. Raises ``UnreadableError`` where it is missing, locked or larger
        than the limits allow."""
        try:
            info = self._zip.getinfo(name)
        except KeyError as error:
            raise UnreadableError(f"damaged: {name} is missing") from error
        limit = min(self.file.options.max_bytes, self.file.budget.unpacked)
        if info.flag_bits & 1:
            raise UnreadableError("password-protected")
        if info.file_size > max(_SMALL, _RATIO * info.compress_size):
            raise UnreadableError(f"would grow more than {_RATIO}-fold: a ZIP bomb")
        if info.file_size > limit:
            raise UnreadableError(f"{name} unpacks to {size(info.file_size)}, more than allowed")
        return info

    def bytes(self, name: str) -> bytes:
        """The bytes of a part. Raises ``UnreadableError`` as ``check``, and where it is damaged."""
        info = self.check(name)
        try:
            data = self._zip.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise UnreadableError(f"damaged: {name}: {error}") from error
        self.file.budget.unpacked -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part."""
        root = parse_xml(self.bytes(name), name)
        types = root.getroottree().docinfo.internalDTD
        if types is not None and next(types.iterentities(), None) is not None:
            self.warnings = (f"{PARTLY}it defines entities, which are never put in",)
        return root

    def xml_or_none(self, name: str) -> Element | None:
        """The root element of a part that a file may do without."""
        try:
            return self.xml(name) if name in self.names else None
        except UnreadableError:
            return None


def parse_xml(data: bytes, name: str = "") -> Element:
    """The root of an XML document, as much of it as is sound. Raises ``UnreadableError``."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"damaged: {name} is no XML") from error
    if root is None:
        raise UnreadableError(f"damaged: {name} is no XML")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; '' for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def descendants(root: Element, *names: str) -> Iterator[Element]:
    """The elements below with one of these names, whatever their namespace, in order."""
    wanted = frozenset(names)
    return (e for e in root.iter(etree.Element) if local(e) in wanted)


def first_text(root: Element | None, *names: str) -> str | None:
    """The text of the first element with one of these names."""
    if root is None:
        return None
    found = next(descendants(root, *names), None)
    text = " ".join("".join(found.itertext()).split()) if found is not None else ""
    return text or None


def author(properties: Element | None, *names: str) -> str | None:
    """Who made a file by its properties, unless that is a program or nobody."""
    creator = next((t for name in names if (t := first_text(properties, name))), None)
    return None if not creator or creator.lower() in (*_NOBODY, _LIBRARY) else creator


def keywords(properties: Element | None) -> tuple[str, ...]:
    """The keywords of a file's properties, which Office writes between commas."""
    listed = (first_text(properties, "keywords") or "").split(",")
    return tuple(word for part in listed if (word := part.strip()))


def made(properties: Element | None) -> str | None:
    """The day on which a file was written, where it was begun and finished on one day: a file that
    was changed later, or made from an older one, does not say when its text appeared."""
    if properties is None or first_text(properties, "creator") == _LIBRARY:
        return None
    created = stated.day(first_text(properties, "created", "creation-date") or "")
    modified = stated.day(first_text(properties, "modified", "date") or "") or created
    return created if created and created == modified else None
