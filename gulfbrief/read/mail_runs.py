"""Large attachments, taken out of a mail before it is parsed.

Python's parser holds a message about eight times. So long runs of base64 are decoded as they come
by, and a short line stands for each in what is parsed; what would make the mail larger than it may
be is only counted.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import IO

from .options import MEGABYTE

_LINE = re.compile(rb"[A-Za-z0-9+/]{20,998}={0,2}\r?\n?")
_LONG = MEGABYTE  # a shorter run stays where it is
_STEP = 64 * 1024
_OWN = 16 * MEGABYTE  # of what is no base64
_STANDS = re.compile(r"\s*<run (\d+) of (\d+) bytes>\s*")


@dataclass(slots=True)
class Runs:
    """What was taken out: by its number, null where it was too large; ``cut`` where the mail itself
    was longer than allowed."""

    data: dict[int, bytes | None] = field(default_factory=dict)
    cut: bool = False

    def of(self, payload: str) -> tuple[bytes | None, int] | None:
        """The bytes (null where they were too many) and the size that a payload stands for; null
        for a payload that is its own."""
        match = _STANDS.fullmatch(payload[:100]) if len(payload) < 100 else None
        return (self.data.get(int(match[1])), int(match[2])) if match else None

    def restored(self, message: bytes) -> bytes:
        """A message within the mail with what was taken out of it back in place."""
        for number, data in self.data.items():
            if data is not None and (line := _line(number, len(data))) in message:
                message = message.replace(line, base64.encodebytes(data))
        return message


def taken_out(stream: IO[bytes], limit: int) -> tuple[bytes, Runs]:
    """A mail without its large attachments, and these: not more than ``limit`` bytes of both."""
    runs = Runs()
    kept = bytearray()
    run = _Run()
    room = limit
    own = min(limit, _OWN)
    while line := stream.readline(_STEP):
        if _LINE.fullmatch(line):
            run.add(line, room)
            continue
        room -= _ended(run, kept, runs)
        run = _Run()
        kept += line
        if len(kept) > own:
            runs.cut = True
            break
    _ended(run, kept, runs)
    return bytes(kept), runs


def _ended(run: _Run, kept: bytearray, runs: Runs) -> int:
    """Puts a run into the message, or what stands for it; the bytes that were kept beside it."""
    if not run.long:
        kept += run.raw
        return 0
    number = len(runs.data) + 1
    data = run.finished()
    runs.data[number] = data
    kept += _line(number, run.size)
    return len(data or b"")


class _Run:
    """Lines of base64: as they are while they are few, then decoded, then only counted."""

    def __init__(self) -> None:
        self.raw = bytearray()
        self.decoded: bytearray | None = bytearray()
        self.size = 0
        self.long = False

    def add(self, line: bytes, room: int) -> None:
        self.raw += line
        if len(self.raw) >= (_STEP if self.long else _LONG):
            self.long = True
            self._decode(room)

    def _decode(self, room: int) -> None:
        signs = self.raw.translate(None, b"\r\n")
        whole = len(signs) // 4 * 4
        data = binascii.a2b_base64(signs[:whole])
        self.raw = signs[whole:]
        self.size += len(data)
        if self.decoded is not None:
            self.decoded += data
            if len(self.decoded) > room:
                self.decoded = None

    def finished(self) -> bytes | None:
        try:
            self._decode(1 << 62)
            last = binascii.a2b_base64(self.raw + b"=" * (-len(self.raw) % 4))
        except binascii.Error:
            last = b""
        self.size += len(last)
        if self.decoded is None:
            return None
        self.decoded += last
        return bytes(self.decoded)


def _line(number: int, size: int) -> bytes:
    return b"<run %d of %d bytes>\n" % (number, size)
