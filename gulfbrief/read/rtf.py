"""Rich text (RTF), by striprtf; the extra ``rtf`` installs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..errors import UnreadableError
from . import stated
from .decode import damage
from .parts import PARTLY, Content, File, Part

_INFO = re.compile(r"\{\\info\b")
_FIELD = r"\{\\%s\s+((?:[^{}\\]|\\'[0-9a-f]{2}|\\[^\w])*)\}"
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
    lines = (" ".join(line.split(" ")).strip() for line in text.replace("\r", "\n").split("\n"))
    text = "\n\n".join(line for line in lines if line)
    text = text.encode("utf-8", "replace").decode()
    warnings = damage(text)
    if not source.rstrip("\0\r\n\t ").endswith("}"):
        warnings += (f"{PARTLY}cut off, it lacks its end",)
    info = _INFO.search(source, 0, 50_000)
    head = source[info.start() : info.start() + 5000] if info else ""
    created, revised = _CREATED.search(head), _REVISED.search(head)
    same = created and (revised is None or revised.groups() == created.groups())
    day = "{}-{:0>2}-{:0>2}".format(*created.groups()) if created and same else ""
    yield Content(
        text,
        title=_field(head, "title"),
        made=stated.day(day),
        author=_field(head, "author"),
        warnings=warnings,
    )


def _field(head: str, name: str) -> str | None:
    match = re.search(_FIELD % name, head)
    if not match:
        return None
    value = re.sub(
        r"\\'([0-9a-f]{2})", lambda m: bytes.fromhex(m[1]).decode("cp1252", "replace"), match[1]
    )
    return " ".join(value.split()) or None


def _escaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match[1]).decode("cp1252", "replace")
