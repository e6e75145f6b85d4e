"""Mailboxes (mbox): each message is read on as a mail. Read as a stream, of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .parts import File, Member, Part

_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_ESCAPED = re.compile(rb"^>(>*From )", re.M)


def read(file: File) -> Iterator[Part]:
    """The messages, named by their number in the mailbox (from 1)."""
    number = 0
    lines: list[bytes] = []
    held = 0
    blank = True
    with file.open() as stream:
        while line := stream.readline(1_000_000):
            if blank and line.startswith(b"From ") and _FROM.match(line):
                if lines:
                    number += 1
                    yield _message(number, lines)
                lines, held = [], 0
            elif held <= file.options.max_bytes:  # one byte more: then it is told
                lines.append(line)
                held += len(line)
            blank = line in (b"\n", b"\r\n")
    if lines:
        yield _message(number + 1, lines)


def _message(number: int, lines: list[bytes]) -> Member:
    return Member(str(number), _ESCAPED.sub(rb"\1", b"".join(lines)), "mail")
