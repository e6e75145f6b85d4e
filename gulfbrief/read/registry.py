"""Which reader takes a file: its content where that is plain to see, else its suffix.

A new format is one file in this folder and its lines in the tables here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from ..errors import UnreadableError
from . import ocr
from .parts import File, Reader

# format -> the module of this folder that reads it
READERS = {
    "text": "text",
    "markdown": "markdown",
    "html": "html",
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "epub": "epub",
    "mail": "mail",
    "mbox": "mbox",
    "subtitles": "subtitles",
    "csv": "tables",
    "json": "tables",
    "jsonl": "tables",
    "zip": "archive",
    "tar": "archive",
    "gzip": "archive",
    "warc": "warc",
    **dict.fromkeys(("xlsx", "xls", "ods"), "sheets"),
    "pptx": "pptx",
    "msg": "msg",
    **dict.fromkeys(("doc", "ppt", "odp"), "converted"),
    "image": "image",
}
# What of them needs a package that a plain install lacks: the package, and the extra it comes with.
EXTRAS = {
    "rtf": ("striprtf", "rtf"),
    "warc": ("warcio", "warc"),
    **dict.fromkeys(("xlsx", "xls", "ods"), ("python_calamine", "office")),
    **dict.fromkeys(("pptx", "ppt", "odp"), ("pptx", "office")),
    "msg": ("oxmsg", "office"),
    "image": ("pytesseract", "ocr"),
}
SUFFIXES = {
    **dict.fromkeys((".txt", ".text", ".log", ".asc"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht", ".shtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".eml": "mail",
    **dict.fromkeys((".mbox", ".mbx"), "mbox"),
    **dict.fromkeys((".srt", ".vtt"), "subtitles"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".zip": "zip",
    **dict.fromkeys((".tar", ".tgz", ".tbz2", ".txz"), "tar"),
    ".gz": "gzip",
    ".warc": "warc",
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), "xlsx"),
    **dict.fromkeys((".xls", ".xlt"), "xls"),
    ".ods": "ods",
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), "pptx"),
    ".msg": "msg",
    **dict.fromkeys((".doc", ".dot"), "doc"),
    **dict.fromkeys((".ppt", ".pps"), "ppt"),
    ".odp": "odp",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "image"),
}
# Formats whose files begin with a sign: a file that is named so and lacks it is something else.
_SIGNED = {
    *("pdf", "docx", "odt", "rtf", "epub", "zip", "tar", "gzip", "warc"),
    *("xlsx", "xls", "ods", "pptx", "msg", "doc", "ppt", "odp", "image"),
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "gzip"),
    (b"\xfd7zXZ\0", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
    (b"WEBVTT", "subtitles"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a small file system in which old Office files lie
_OLE_ENTRIES = (  # by the names in it; what is sent with a mail has names of its own
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", None),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("WORKBOOK", "xls"),
    ("Book\0", "xls"),
    ("PowerPoint Document", "ppt"),
)
_IMAGES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF image"),
    (b"RIFF", "sound, film or image (RIFF)"),
    (b"OggS", "sound or film (Ogg)"),
    (b"ID3", "sound (MP3)"),
    (b"fLaC", "sound (FLAC)"),
    (b"\x1aE\xdf\xa3", "film (Matroska)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it or make a .zip"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it or make a .zip"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"!BDN", "an Outlook mail store; export it as .mbox or .eml"),
)
_FIRST = frozenset(mark[0] for mark, _ in _MAGIC + _REFUSED + _IMAGES)

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)", re.I | re.S
)
# Three header fields or more (RFC 5322, 2.2), then an empty line or what is beyond the head; that
# one of them is of a mail is looked at apart, since any labels with colons look so.
_HEADER = re.compile(
    rb"(?:[A-Za-z][\w-]{0,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){3,}(?=\r?\n|\Z|[^\r\n]*\Z)"
)
_OF_MAIL = re.compile(
    rb"^(?:Received(?:-SPF)?|Return-Path|Message-ID|MIME-Version|Delivered-To|Envelope-To|Content-Type"
    rb"|Authentication-Results|DKIM-Signature|From:[^\r\n]*@|To:[^\r\n]*@|Subject|Date)\b",
    re.I | re.M,
)
_HEADER_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:>?From |[\w-]{1,60}[ \t]*:)", re.A)
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\\\n]{1,60}"\s*:')
_SUBTITLES = re.compile(rb"\s*1\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:")


def kind(file: File) -> str:
    """The format of a file. Raises ``UnreadableError`` where none of the readers takes it."""
    head = file.head
    named = SUFFIXES.get(file.suffix)
    if not head:
        raise UnreadableError("empty: 0 bytes")
    if head.startswith(_OLE):
        return _old_office(file.data, named)
    if head[0] in _FIRST:
        for mark, what in _REFUSED:
            if head.startswith(mark):
                raise UnreadableError(f"not a text: {what}")
        for mark, what in _IMAGES:
            if head.startswith(mark):
                if (advice := ocr.lacking(file.options)) is not None:
                    raise UnreadableError(f"not a text: {what}; {advice}")
                return "image"
        for mark, name in _MAGIC:
            if head.startswith(mark):
                return _packed(file, named) if name == "zip" else _compressed(file, named, name)
    if head[257:262] == b"ustar" or (named == "tar" and b"\0" in head[:512]):
        return "tar"
    if head[4:8] == b"ftyp":
        raise UnreadableError("not a text: film or sound (MP4)")
    if named == "pdf" and b"%PDF-" in head:  # some senders put a few bytes before it
        return "pdf"
    if named in ("mail", "mbox") and not _HEADER_LINE.search(head):
        found = _looks(head, None)
        file.warnings.append(f"named {file.suffix}, but it is {found}")
        return found
    if named == "text" or named is None or named in _SIGNED:
        found = _looks(head, named)
        if named in _SIGNED:
            file.warnings.append(f"named {file.suffix}, but it is {found}")
        return found
    return named


def _old_office(data: bytes, named: str | None) -> str:
    """Which of the formats that are such a small file system this one is: the one it is named,
    where it holds its sign (a document may have others set in)."""
    held = {kind for name, kind in _OLE_ENTRIES if name.encode("utf-16-le") in data}
    if named and named in held and "msg" not in held:
        return named
    for _, kind in _OLE_ENTRIES:
        if kind in held:
            if kind is None:
                raise UnreadableError("password-protected")
            return kind
    raise UnreadableError("not a text: an old Office file; save it as .docx")


def _looks(head: bytes, named: str | None) -> str:
    """The format of a file without a sign or with a name that tells nothing."""
    first = head[:1].lstrip(b"\xef") or head[3:4]
    if first in b"< \t\r\n\xbb" and _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if _OBJECT.match(head):
        return "json"
    if named == "text":
        return "text"
    if _is_mail(head):
        return "mail"
    if head.startswith(b"From ") and _is_mail(head[head.find(b"\n") + 1 :]):
        return "mbox"
    if _SUBTITLES.match(head):
        return "subtitles"
    return "text"


def _is_mail(head: bytes) -> bool:
    found = _HEADER.match(head)
    return found is not None and len({m[0].lower() for m in _OF_MAIL.finditer(found[0])}) >= 2


def _compressed(file: File, named: str | None, name: str) -> str:
    if name != "gzip":
        return name
    base = file.name.lower()
    if named == "tar" or base.endswith((".tar.gz", ".tar.bz2", ".tar.xz")):
        return "tar"
    return "warc" if base.endswith(".warc.gz") else "gzip"


def _packed(file: File, named: str | None) -> str:
    """Which of the formats that are ZIP files this one is."""
    import zipfile

    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:2000])
            mimetype = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except Exception:  # whatever is wrong in it: the reader tells
        if named in ("docx", "odt", "epub", "xlsx", "ods", "pptx", "odp"):
            raise UnreadableError(f"a damaged or cut-off {named.upper()} file") from None
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if mimetype.startswith(b"application/epub"):
        return "epub"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise UnreadableError("a binary workbook; save it as .xlsx")
    if "ppt/presentation.xml" in names:
        return "pptx"
    for what, name in ((b"spreadsheet", "ods"), (b"presentation", "odp")):
        if b"opendocument." + what in mimetype:
            return name
    return "zip"


@cache
def reader(name: str) -> Callable[[File], Reader]:
    """The reader of a format; imported only now, since some bring large libraries."""
    if name in EXTRAS and missing(name):
        extra = EXTRAS[name][1]
        raise UnreadableError(f"{name.upper()} needs an extra: pip install 'gulfbrief[{extra}]'")
    module = import_module(f".{READERS[name]}", __package__)
    function: Callable[[File], Reader] = module.read
    return function


def missing(name: str) -> bool:
    """Whether the package that a format needs is not installed."""
    return name in EXTRAS and find_spec(EXTRAS[name][0]) is None


def formats() -> list[tuple[str, tuple[str, ...], str | None]]:
    """All formats with their suffixes and the extra that each needs, if any."""
    out = []
    for name in READERS:
        suffixes = tuple(suffix for suffix, kind in SUFFIXES.items() if kind == name)
        out.append((name, suffixes, EXTRAS[name][1] if name in EXTRAS else None))
    return out
