"""Mails of Outlook (MSG), by python-oxmsg; the extra ``office`` installs it.

The message is written as an ordinary mail (RFC 5322) and read as one, with all that lies in it: so
answers, forwarded messages and attachments are told apart in one place only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser
from email.utils import format_datetime
from typing import Any

from ..errors import UnreadableError
from . import mail
from .decode import decode
from .parts import File, Part

_WITHIN = 24  # bytes before the properties of a message that lies in another (MS-OXMSG, 2.4)
_EMBEDDED = "__substg1.0_3701000D"
_RTF, _DEEPEST = 0x1009, 20
_CODE_PAGES = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 936: "gb18030", 54936: "gb18030"}
_LINE = 2_000  # characters of a field of the head
_FAULTS = (UnicodeError, LookupError, ValueError, KeyError, struct.error)


def read(file: File) -> Iterator[Part]:
    """The attachments of a message, then the message."""
    from olefile import OleFileIO
    from oxmsg import Message
    from oxmsg.storage import Storage

    try:
        with OleFileIO(file.data) as ole:
            storage = Storage.from_ole(ole)
        data = _mail(Message(storage), storage, file, 0).as_bytes()
    except Exception as error:
        raise UnreadableError(f"damaged ({type(error).__name__}: {error!s:.80})") from error
    yield from mail.read(File(file.name, file.options, file.budget, content=data, depth=file.depth))


def _mail(message: Any, storage: Any, file: File, depth: int) -> MIMEMultipart:
    from oxmsg.domain import constants as c

    out = MIMEMultipart()
    strings = _Strings(message, storage)
    known = {
        name.lower(): str(value)
        for name, value in HeaderParser().parsestr(strings[c.PID_TRANSPORT_MESSAGE_HEADERS]).items()
    }
    day = None
    with suppress(*_FAULTS):
        day = message.sent_date or message.properties.date_prop_value(c.PID_MESSAGE_DELIVERY_TIME)
    fields = {
        "From": known.get("from") or _sender(strings),
        "To": known.get("to") or strings[c.PID_DISPLAY_TO],
        "Subject": strings[c.PID_SUBJECT],
        "Date": format_datetime(day) if day is not None else known.get("date"),
        "In-Reply-To": known.get("in-reply-to"),
        "References": known.get("references"),
    }
    for name, value in fields.items():
        if value and (line := " ".join(value.replace("\0", "").split())[:_LINE]):
            out[name] = line if line.isascii() else str(Header(line, "utf-8").encode(linesep=""))
    for body in _body(strings, storage, file):
        out.attach(body)
    for attachment in message.attachments:
        held = attachment._storage
        inner = next((s for s in held.storages if s.name == _EMBEDDED), None)
        if inner is not None and depth < _DEEPEST:
            out.attach(MIMEMessage(_mail(_inner(inner), inner, file, depth + 1)))
        else:
            out.attach(_attached(attachment))
    return out


class _Strings:
    """The texts of a message by the numbers of their properties; '' where there is none."""

    def __init__(self, message: Any, storage: Any) -> None:
        from oxmsg.domain import constants as c

        self.storage = storage
        self.code_page: str | None = None
        for pid in (c.PID_MESSAGE_CODEPAGE, c.PID_INTERNET_CODEPAGE):
            with suppress(*_FAULTS):
                if number := message.properties.int_prop_value(pid):
                    self.code_page = _CODE_PAGES.get(number, f"cp{number}")

    def __getitem__(self, pid: int) -> str:
        from oxmsg.domain import constants as c

        if wide := _stream(self.storage, pid, c.PTYP_STRING):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        raw = (_stream(self.storage, pid, c.PTYP_STRING8) or b"").rstrip(b"\0")
        if raw:
            with suppress(UnreadableError):
                return decode(raw, self.code_page).text
        return ""


def _sender(strings: _Strings) -> str | None:
    """Name and address of the sender; an address of Exchange's own ("/O=...") is none."""
    from oxmsg.domain import constants as c

    name = strings[c.PID_SENDER_NAME] or strings[c.PID_SENT_REPRESENTING_NAME]
    for pid in (c.PID_SENDER_SMTP_ADDRESS, c.PID_SENDER_EMAIL_ADDRESS):
        address = strings[pid]
        if "@" in address:
            return f'"{name}" <{address}>' if name else address
    return name or None


def _inner(storage: Any) -> Any:
    """A message that lies in another: its properties begin elsewhere."""
    from oxmsg import Message
    from oxmsg.properties import Properties

    class Inner(Message):
        @property
        def properties(self) -> Any:
            return Properties(self._storage, properties_header_offset=_WITHIN)

    return Inner(storage)


def _body(strings: _Strings, storage: Any, file: File) -> Iterator[Any]:
    """The body: the plain text, else the page, else the rich text, whichever there is."""
    from oxmsg.domain import constants as c

    if (text := strings[c.PID_BODY]).strip():
        yield MIMEText(text.encode("utf-8", "replace").decode(), "plain", "utf-8")
    elif page := _stream(storage, c.PID_HTML, c.PTYP_BINARY) or strings[c.PID_BODY_HTML].encode(
        "utf-8", "replace"
    ):
        part = MIMEBase("text", "html")
        _encode(part, page)
        yield part
    elif (rich := _stream(storage, _RTF, c.PTYP_BINARY)) and (text := _rich(rich, file) or ""):
        yield MIMEText(text, "plain", "utf-8")


def _stream(storage: Any, pid: int, kind: int) -> bytes | None:
    try:
        data: bytes = storage.property_stream_bytes(pid, kind)
    except KeyError:
        return None
    return data


def _attached(attachment: Any) -> MIMEBase:
    from oxmsg.domain import constants as c

    name = data = None
    kind = "application/octet-stream"
    with suppress(*_FAULTS):
        name, data = attachment.file_name, attachment.file_bytes
        kind = attachment.mime_type or kind
    main, _, sub = kind.partition("/")
    fitting = main.isalpha() and sub and main not in ("multipart", "message")
    part = MIMEBase(main, sub) if fitting else MIMEBase("application", "octet-stream")
    _encode(part, data or b"")
    shown = main == "image" and attachment.properties.str_prop_value(c.PID_ATTACH_CONTENT_ID)
    if not shown:  # a picture within the page is no attachment
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name or ""))
    return part


def _encode(part: MIMEBase, data: bytes) -> None:
    from email.encoders import encode_base64

    part.set_payload(data)
    encode_base64(part)


def _rich(data: bytes, file: File) -> str | None:
    """The text of a body that is rich text only."""
    from . import rtf

    with suppress(UnreadableError, *_FAULTS):
        inner = File(file.name, file.options, file.budget, content=_unpacked(data))
        for part in rtf.read(inner):
            return getattr(part, "text", None)
    return None


def _unpacked(data: bytes) -> bytes:
    """Rich text out of its compressed form (MS-OXRTFCP)."""
    size, mark = struct.unpack_from("<I4s", data, 4)
    if mark == b"MELA":
        return data[16 : 16 + size]
    window = bytearray(4096)
    window[: len(_FILLED)] = _FILLED
    at, out, place = len(_FILLED), bytearray(), 16
    while place < len(data):
        control = data[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                token = int.from_bytes(data[place : place + 2], "big")
                place += 2
                start, length = token >> 4, (token & 15) + 2
                if start == at % 4096 or place > len(data):
                    return bytes(out)
                for step in range(length):
                    byte = window[(start + step) % 4096]
                    out.append(byte)
                    window[at % 4096] = byte
                    at += 1
            elif place < len(data):
                out.append(data[place])
                window[at % 4096] = data[place]
                at += 1
                place += 1
    return bytes(out)


_FILLED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window of the compressed form holds at first."""
