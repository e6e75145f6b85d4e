"""Mailboxes (mbox): each message is read on as a mail. Read as a stream, of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .parts import PARTLY, File, Member, Part, size

_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_ESCAPED = re.compile(rb"^>(>*From )")


def read(file: File) -> Iterator[Part]:
    """The messages, named by their number in the mailbox (from 1)."""
    number = 0
    held = bytearray()
    blank = True
    with file.open() as stream:
        while line := stream.readline(1_000_000):
            if blank and line.startswith(b"From ") and _FROM.match(line):
                if held:
                    number += 1
                    yield _message(number, held, file)
            elif len(held) <= file.options.max_bytes:  # one byte more: then it is told
                held += _ESCAPED.sub(rb"\1", line) if line.startswith(b">") else line
            blank = line in (b"\n", b"\r\n")
    if held:
        yield _message(number + 1, held, file)


def _message(number: int, held: bytearray, file: File) -> Member:
    """The message in the buffer, which is emptied: no byte is held twice."""
    limit = file.options.max_bytes
    told = (f"{PARTLY}only the first {size(limit)}",) if len(held) > limit else ()
    data = bytes(held)
    held.clear()
    return Member(str(number), data, "mail", warnings=told)
