"""Rich text (RTF), by striprtf; the extra ``rtf`` installs it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from ..errors import UnreadableError
from . import stated
from .decode import damage
from .parts import PARTLY, Content, File, Part

_INFO = re.compile(r"\{\\info\b")
_FIELD = r"\{\\%s\b\s*((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d{1,5}|\\[^\w])*)\}"
_UNICODE = re.compile(r"\\u(-?\d{1,5}) ?(?:\\'[0-9a-fA-F]{2}|\?)?")
_BYTES = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d\d?)\\dy(\d\d?)")
_REVISED = re.compile(r"\{\\revtim\\yr(\d{4})\\mo(\d\d?)\\dy(\d\d?)")


def read(file: File) -> Iterator[Part]:
    """The one document of an RTF file."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise UnreadableError("RTF needs an extra: pip install 'gulfbrief[rtf]'") from error
    source = file.data.decode("latin-1")
    convert: Callable[..., str] = rtf_to_text
    text = convert(source, encoding="cp1252", errors="replace")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = (" ".join(line.split(" ")).strip() for line in text.replace("\r", "\n").split("\n"))
    text = "\n\n".join(line for line in lines if line)
    text = text.encode("utf-8", "replace").decode()
    warnings = damage(text)
    if not source.rstrip("\0\r\n\t ").endswith("}"):
        warnings += (f"{PARTLY}cut off, it lacks its end",)
    page = _code_page(source)
    info = _INFO.search(source, 0, 50_000)
    head = source[info.start() : info.start() + 5000] if info else ""
    created, revised = _CREATED.search(head), _REVISED.search(head)
    same = created and (revised is None or revised.groups() == created.groups())
    day = "{}-{:0>2}-{:0>2}".format(*created.groups()) if created and same else ""
    yield Content(
        text,
        title=_field(head, "title", page),
        made=stated.day(day),
        author=_field(head, "author", page),
        warnings=warnings,
    )


def _field(head: str, name: str, page: str) -> str | None:
    """A field of the information group: bytes of the file's code page, code points with what
    stands in for them where a program cannot show them (left out)."""
    match = re.search(_FIELD % name, head)
    if not match:
        return None
    value = _UNICODE.sub(lambda m: _code_point(int(m[1])), match[1])
    value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    value = _BYTES.sub(
        lambda m: bytes.fromhex(m[0].replace("\\'", "")).decode(page, "replace"), value
    )
    return " ".join(value.split()) or None


def _code_point(number: int) -> str:
    return chr(number % 0x10000)


def _code_page(source: str) -> str:
    found = re.search(r"\\ansicpg(\d{3,5})", source[:2_000])
    name = f"cp{found[1]}" if found else "cp1252"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
