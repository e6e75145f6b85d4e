"""Bytes -> text: which encoding, and what could not be decoded.

UTF-8 is tried first and is right whenever it decodes. A byte order mark decides; UTF-16 without one
is known by every second byte; all else is guessed (guess.py), and the guess is told. Nothing is
repaired: text that was damaged before it came here (mojibake) stays so, and a warning tells it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..errors import UnreadableError

# A byte order mark and its codec; the longer ones first, since UTF-16's begins UTF-32's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What charset-normalizer may choose from, where no one-byte encoding fits.
_GUESSES = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_NAMES = {
    **{"koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "cp866": "IBM866", "cp850": "IBM850"},
    **{"mac_roman": "Mac Roman", "mac_cyrillic": "Mac Cyrillic"},
}
_BLOCKS = tuple(bytes([n]) for n in range(7))
_SAMPLE = 200_000  # bytes that the guess looks at
# UTF-8 read as Windows-1252 (or -1251) and written as UTF-8 again: "â€™", "Ã©", "вЂ™".
_MOJIBAKE = re.compile("â€[™œ\x9d˜“”¦\x94\x93]|Ã[\x80-\xbf©¨¼¶¤±³¡]|вЂ[™њќ]|Ð[\x80-\xbf°µ¾¸½]")
_MOJIBAKE_SIGNS = ("â€", "Ã", "вЂ", "Ð")  # one of them begins each of these


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of bytes; ``declared`` is the encoding that it names itself, or its carrier.

    Line ends become ``\\n``, a byte order mark goes, nothing else changes. Raises
    ``UnreadableError`` for binary data.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        decoded = _marked(data) or _declared(data, declared) or _guess(data, error)
        text = decoded.text
    else:
        decoded = Decoded(text, "utf-8")
        if "\0" in text:
            decoded = _wide(data) or decoded
            text = decoded.text
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = decoded.warnings
    if not text.isascii():
        warnings += damage(text) if not warnings else ()
    return Decoded(text, decoded.encoding, warnings)


_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}


def damage(text: str) -> tuple[str, ...]:
    """A warning where the text shows traces of a wrong decoding in its past."""
    found = []
    lost = text.count("\ufffd")
    if lost:
        found.append(f"{lost} characters had been lost before (shown as \ufffd)")
    traces = 0
    if any(sign in text for sign in _MOJIBAKE_SIGNS):
        traces = sum(1 for _ in _MOJIBAKE.finditer(text[:1_000_000]))
    if traces > 2 or (traces and traces * 200 > len(text)):
        sample = _MOJIBAKE.search(text)
        assert sample is not None
        found.append(
            f"mojibake: damaged before it came here, {traces} places like {sample[0]!r}; "
            "not repaired"
        )
    return tuple(found)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding)
    return _wide(data)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte is the number of a script (0 the Latin one, 4 the
    Cyrillic, 6 the Arabic), and the others nearly never are so small."""
    head = data[:4000]
    half = len(head) // 2
    even, odd = (sum(map(lane.count, _BLOCKS)) for lane in (head[0::2], head[1::2]))
    if half >= 2 and odd > half * 0.4 and even < half * 0.05:
        return _lossy(data, "utf-16-le")
    if half >= 2 and even > half * 0.4 and odd < half * 0.05:
        return _lossy(data, "utf-16-be")
    return None


def _lossy(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, (_undecodable(text, encoding, error.start),))


def _undecodable(text: str, encoding: str, first: int) -> str:
    lost = text.count("\ufffd")
    return (
        f"{lost} places could not be decoded as {encoding.upper()} (shown as \ufffd), "
        f"the first at byte {first}"
    )


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    try:
        encoding = widened(codecs.lookup(declared).name)
        if encoding in ("iso8859-1", "ascii"):  # what is declared so is Windows-1252 on the web
            encoding = "cp1252"
        text = data.decode(encoding)
        if encoding == "cp1252" and _foreign(data):  # servers declare it of everything
            return None
        return Decoded(text, encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def widened(encoding: str) -> str:
    """The encoding that senders mean: they declare the old national standard, and write what its
    successor added."""
    return _WIDER.get(encoding, encoding)


def _foreign(data: bytes) -> bool:
    """Whether most letters of what is said to be a Western text are beyond ASCII."""
    head = data[:_SAMPLE]
    beyond = len(head.translate(None, bytes(range(128))))
    return beyond > 20 and beyond * 3 > sum(1 for b in head.translate(None, b" <>/\r\n\t") if b)


def _guess(data: bytes, error: UnicodeDecodeError) -> Decoded:
    if b"\0" in data[:8000] or _control_share(data[:8000]) > 0.05:
        raise UnreadableError("not a text: binary data")
    # Mostly sound UTF-8 with a few bad places (a cut file, one foreign paste) stays UTF-8.
    lossy = data.decode("utf-8", "replace")
    lost = lossy.count("\ufffd")
    if error.reason == "unexpected end of data" or (
        lost * 20 < sum(1 for c in lossy[:_SAMPLE] if ord(c) > 127) and lost * 100 < len(lossy)
    ):
        return Decoded(lossy, "utf-8", (_undecodable(lossy, "utf-8", error.start),))

    from . import guess

    start = max(0, error.start - _SAMPLE // 4)  # a plain beginning tells nothing
    sample = data[start : start + _SAMPLE]
    encoding = guess.encoding(sample)
    if encoding is None:
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=_GUESSES, threshold=0.4).best()
        encoding = best.encoding if best is not None else None
    if encoding is None:
        if _control_share(sample) > 0.02:
            raise UnreadableError("not a text: binary data")
        encoding = "cp1252"
    name = _NAMES.get(encoding, encoding.replace("cp", "Windows-").replace("iso8859_", "ISO-8859-"))
    decoded = _lossy(data, encoding)
    told = f"no UTF-8: decoded as {name} (guessed)"
    return Decoded(decoded.text, encoding, (told, *decoded.warnings))


def _control_share(data: bytes) -> float:
    strange = sum(data.count(bytes([b])) for b in range(32) if b not in (9, 10, 12, 13, 27))
    return strange / max(1, len(data))
