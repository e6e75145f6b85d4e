"""Mail: each message a document; its attachments are read on, each by the reader of its format.

The text is the message's body (the plain version where there are two). Lines that repeat another
message (``> ...``, what follows "On ... wrote:" or "Original Message") stay in the text, and
``Document.quoted`` tells where they stand, so that nobody takes them for the sender's own words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from ..errors import UnreadableError
from . import ocr, stated
from .decode import decode, widened
from .mail_runs import Runs, taken_out
from .options import Options
from .parts import PARTLY, UNREAD, Content, File, Member, Part, Skipped, size

_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature")
_HEADER = 2_000  # characters of a header's value that are looked at
# The line over a repeated message, as mail programs write it in several languages.
_WROTE = re.compile(
    r"^(?:(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dne|В|في) .{4,120}(?:\n.{0,80})?"
    r"(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|escreveu|schreef.{0,80}|skrev.{0,80}"
    r"|napisał.{0,80}|написал.{0,80}|كتب.{0,80})|\d{4}[-/年].{4,100}<[^<>\n]+@[^<>\n]+>.{0,10})"
    r"\s?[:：]\s*$",
    re.M,
)
_ORIGINAL = re.compile(
    r"^-{2,} ?(?:Original [Mm]essage|Ursprüngliche Nachricht|Message d['’]origine"
    r"|Mensaje original|Messaggio originale|Исходное сообщение) ?-{2,}\s*$",
    re.M,
)
_HEADERS = re.compile(
    r"^\*?(?:From|Von|De|Van|Da|Från|Fra|Od|От|من)\s?:\*? .+\n"
    r"(?:^\*?(?:Sent|Gesendet|Envoyé|Enviado(?: el)?|Verzonden|Inviato|Skickat|Sendt|Отправлено"
    r"|Date|Datum|Fecha|Data|Dato|Дата|To|An|À|Para|Aan|A|Till|Til|Кому|Cc|Копия"
    r"|Subject|Betreff|Objet|Asunto|Onderwerp|Oggetto|Ämne|Emne|Assunto|Тема"
    r"|تاريخ الإرسال|التاريخ|إلى|الموضوع)\s?:\*? .*\n?){2,}",
    re.M,
)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.I)
_ANSWER = re.compile(
    r"\s*(?:re|aw|sv|antw|vs|rif|odp|ynt|رد|הנדון|ответ|回复|回覆)\s*(?:\[\d+\])?\s*[:：]", re.I
)
_QUOTED = re.compile(r"^(?:[ \t]?>.*(?:\n|$))+", re.M)


def read(file: File) -> Iterator[Part]:
    """The attachments of a message, then the message."""
    with file.open() as stream:
        raw, runs = taken_out(stream, file.options.max_bytes)
    message, held = message_from_bytes(raw), len(raw)
    del raw
    if not message.keys():
        raise UnreadableError("not a mail: it has no headers")
    bodies: list[Message] = []
    attached = list(_walk(message, bodies, 0, file.options.max_depth * 4))
    for name, part in zip(_names(attached), attached, strict=True):
        if runs.cut and part is attached[-1]:
            yield Skipped(name, "an attachment that goes on beyond the limit")
        else:
            yield _attachment(part, name, runs, file.options)
    subject = _header(message, "subject")
    answers = _answers(message, subject or "")
    text, warnings = _text(bodies, runs, "> " if answers else "")
    if runs.cut:
        warnings = (*warnings, f"{PARTLY}only the first {size(held)}")
    elif _cut_off(message) or (message.defects and not bodies):
        warnings = (*warnings, f"{PARTLY}damaged or cut off")
    yield Content(
        text,
        title=subject,
        published=stated.day(_header(message, "date") or ""),
        author=_sender(message),
        tags=_address(message),
        quoted=quoted_parts(text) if answers or _WROTE.search(text) else (),
        headlines=text[:2000],
        warnings=warnings,
    )


def _walk(part: Message, bodies: list[Message], depth: int, limit: int) -> Iterator[Message]:
    """Sorts the parts of a message: bodies are put into the list, attachments are given."""
    kind = part.get_content_type()
    if depth > limit:
        raise UnreadableError("its parts are nested too deeply")
    children = _children(part)
    if kind == "message/rfc822" and children and depth:
        yield part
    elif part.is_multipart():
        if kind == "multipart/alternative":
            choice = _plainest(children)
            children = [c for c in children if c is choice or c.is_multipart()]
        for child in children:
            yield from _walk(child, bodies, depth + 1, limit)
    elif kind in _SIGNATURES:
        return
    elif _is_attachment(part):
        yield part
    elif kind in ("text/plain", "text/html") or (depth == 0 and kind.startswith("text/")):
        bodies.append(part)
    elif not kind.startswith(("image/", "multipart/")):
        yield part


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _plainest(parts: list[Message]) -> Message | None:
    """The plain version among alternatives, the HTML one where that is empty or missing."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and str(part.get_payload()).strip():
                return part
    return None


def _is_attachment(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).lower()
    return disposition.startswith("attachment") or (
        part.get_filename() is not None and not part.get_content_type().startswith("image/")
    )


def _cut_off(message: Message) -> bool:
    """Whether the last part lacks its end, which the mail itself announces."""
    return any(
        isinstance(defect, CloseBoundaryNotFoundDefect)
        for part in message.walk()
        for defect in part.defects
    )


def _attachment(part: Message, name: str, runs: Runs, options: Options) -> Part:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return Member(name, runs.restored(_children(part)[0].as_bytes()), "mail")
    if kind.startswith(("audio/", "video/")) or (
        kind.startswith("image/") and ocr.lacking(options) is not None
    ):
        return Skipped(name, f"not a text: {kind}")
    data, length = _payload(part, runs)
    if data is None and length:
        return Skipped(name, f"an attachment of {size(length)} is too large")
    if not data:
        return Skipped(name, "an empty or damaged attachment")
    return Member(name, data, "html" if kind == "text/html" else None)


def _payload(part: Message, runs: Runs) -> tuple[bytes | None, int]:
    """The bytes of a part, null where they are too many, and how many they are."""
    raw = part.get_payload()
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64" and isinstance(raw, str) and (found := runs.of(raw)):
        return found
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return None, 0
    data = runs.restored(data)  # lines like base64 in what is no base64
    return data, len(data)


def _names(parts: list[Message]) -> list[str]:
    """The names of attachments, each once: a second ``note.txt`` is ``note-2.txt``."""
    names: dict[str, None] = {}
    for number, part in enumerate(parts, 1):
        name = base = _words(part.get_filename()) or f"part-{number}"
        stem, dot, suffix = base.rpartition(".")
        if name in names:
            name = f"{stem}-{number}.{suffix}" if dot else f"{base}-{number}"
        names[name] = None
    return list(names)


# ---- headers -------------------------------------------------------------------------------


def _words(value: object) -> str | None:
    """A header's value as text: encoded words decoded, on one line."""
    if value is None:
        return None
    source = str(value)[:_HEADER]
    try:
        parts = [(p, c and _codec(c)) for p, c in decode_header(source)]
        text = str(make_header(parts))
    except (ValueError, LookupError, UnicodeError, AssertionError, MessageError):
        text = source
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(text.split()) or None


def _codec(charset: str) -> str:
    try:
        return widened(codecs.lookup(charset).name)
    except LookupError:
        return charset


def _header(message: Message, name: str) -> str | None:
    """A header's value; bytes in it that are not ASCII, which many senders write, are decoded."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name), None)
    if raw is not None and not raw.isascii():
        with suppress(UnreadableError):
            raw = decode(raw[:_HEADER].encode("utf-8", "surrogateescape")).text
    return _words(raw)


def _sender(message: Message) -> str | None:
    value = _header(message, "from")
    if value is None:
        return None
    name, address = parseaddr(value)
    return name or address or value


def _address(message: Message) -> tuple[str, ...]:
    """The sender's address, by which a mail is searched too."""
    address = parseaddr(_header(message, "from") or "")[1]
    return (address,) if "@" in address else ()


# ---- the body ------------------------------------------------------------------------------


def _text(bodies: list[Message], runs: Runs, quoted: str) -> tuple[str, tuple[str, ...]]:
    texts: list[str] = []
    warnings: tuple[str, ...] = ()
    for part in bodies:
        data, length = _payload(part, runs)
        if data is None:
            warnings += (f"{UNREAD}a text of {size(length)} is too large",) if length else ()
            continue
        try:
            decoded = decode(data, part.get_content_charset())
        except UnreadableError as error:
            warnings += (str(error),)
            continue
        warnings += decoded.warnings
        text = decoded.text
        if part.get_content_type() == "text/html":
            from . import html

            text = html.to_text(text, quoted)
        elif part.get_param("format") == "flowed":
            text = _unflowed(text, part.get_param("delsp") == "yes")
        if text.strip():
            texts.append(text.strip("\n"))
    return "\n\n".join(texts), warnings


def _unflowed(text: str, delete_space: bool) -> str:
    """Format "flowed" (RFC 3676): a line that ends in a space goes on in the next one."""
    out: list[str] = []
    level = ""
    open_line = False
    for line in text.split("\n"):
        marks = re.match(r">*", line)
        depth = marks[0] if marks else ""
        content = line[len(depth) :].removeprefix(" ")
        if open_line and depth == level and content != "-- ":
            out[-1] += content
        else:
            out.append(f"{depth} {content}" if depth else content)
        open_line = content.endswith(" ") and content != "-- "
        if open_line and delete_space:
            out[-1] = out[-1][:-1]
        level = depth
    return "\n".join(line.rstrip() for line in out)


def _answers(message: Message, subject: str) -> bool:
    """Whether a mail answers another. What it passes on is what it is sent for, no repetition."""
    if _FORWARDED.match(subject):
        return False
    return bool(message["In-Reply-To"] or message["References"] or _ANSWER.match(subject))


def quoted_parts(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message repeats the one that it answers: (start, end) offsets in order, not
    overlapping.

    >>> quoted_parts("No.\\n\\nOn 2 July 2021, H wrote:\\n> Will you sail?\\n")
    ((5, 47),)
    """
    spans = [m.span() for m in _QUOTED.finditer(text)]
    end = len(text)
    for head in _WROTE.finditer(text):
        if text[head.end() : head.end() + 400].lstrip().startswith(">"):
            spans.append((head.start(), head.end() + 1))
    for whole in (_ORIGINAL.search(text), _HEADERS.search(text, 1)):
        if whole:  # Outlook repeats all the rest, without marks
            spans.append((whole.start(), end))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        elif not merged or start >= merged[-1][1]:
            merged.append((start, stop))
    return tuple((start, min(stop, end)) for start, stop in merged)
