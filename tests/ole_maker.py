"""Files in the form of old Office files and of Outlook's mails, for tests (MS-CFB, MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL = 512, 4096

Tree = Mapping[str, Any]  # names -> bytes of a stream, or a folder


def ole(tree: Tree) -> bytes:
    """A compound file that holds these streams and folders."""
    entries: list[list[Any]] = [
        ["Root Entry", 5, b"", FREE, FREE]
    ]  # name, kind, data, right, child
    _put(tree, 0, entries)
    mini, minifat = bytearray(), []
    sectors: list[bytes] = []
    chains: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return END
        first = len(sectors)
        pieces = [data[n : n + SECTOR].ljust(SECTOR, b"\0") for n in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        chains.extend([*range(first + 1, first + len(pieces)), END])
        return first

    starts = []
    for _, kind, data, _, _ in entries:
        if kind != 2 or not data:
            starts.append(END if kind == 2 else 0)
        elif len(data) >= SMALL:
            starts.append(store(data))
        else:
            first = len(minifat)
            count = -(-len(data) // 64)
            minifat += [*range(first + 1, first + count), END]
            mini += data.ljust(64 * count, b"\0")
            starts.append(first)
    starts[0], entries[0][2] = store(bytes(mini)), bytes(mini)
    directory = b"".join(
        _entry(name, kind, len(data), start, right, child)
        for (name, kind, data, right, child), start in zip(entries, starts)
    )
    directory_at = store(directory)
    numbers = b"".join(struct.pack("<I", n) for n in minifat)
    minifat_at = store(numbers.ljust(-(-len(numbers) // SECTOR) * SECTOR, b"\xff"))
    held = 1
    while held * 128 < len(sectors) + held:
        held += 1
    places = range(len(sectors), len(sectors) + held)
    fat = b"".join(struct.pack("<I", n) for n in [*chains, *[FAT] * held])
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, held, directory_at, 0, SMALL, minifat_at if minifat else END),
        *(-(-len(minifat) // 128), END, 0),
    )
    header += b"".join(struct.pack("<I", n) for n in places).ljust(436, b"\xff")
    return header + b"".join(sectors) + fat.ljust(held * SECTOR, b"\xff")


def _put(tree: Tree, parent: int, entries: list[list[Any]]) -> None:
    before = None
    for name in sorted(tree, key=lambda n: (len(n), n.upper())):
        number, held = len(entries), tree[name]
        folder = not isinstance(held, bytes)
        entries.append([name, 1 if folder else 2, b"" if folder else held, FREE, FREE])
        if before is None:
            entries[parent][4] = number
        else:
            entries[before][3] = number
        before = number
        if folder:
            _put(held, number, entries)


def _entry(name: str, kind: int, size: int, start: int, right: int, child: int) -> bytes:
    wide = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", wide, len(wide) + 2, kind, 1, FREE, right, child, start, size
    )


SUBJECT, SENDER, ADDRESS, BODY, DAY, PAGE = 0x0037, 0x0C1A, 0x5D01, 0x1000, 0x0039, 0x1013
RICH_TEXT = 0x1009
NAME, DATA, HOW, CODES = 0x3707, 0x3701, 0x3705, 0x3FFD
_TYPES = {int: 0x0003, str: 0x001F, bytes: 0x0102}


def outlook(
    properties: Mapping[int, Any], *attachments: Mapping[int, Any], within: bool = False
) -> Tree:
    """The streams of a message. A text is str, or (bytes,) in the message's code page; a moment is
    (low, high) of a FILETIME. The value of ``DATA`` may be such a message itself."""
    tree = _properties(properties, b"\0" * (24 if within else 32))
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(attachment, b"\0" * 8)
    return tree


def _properties(values: Mapping[int, Any], head: bytes) -> dict[str, Any]:
    streams: dict[str, Any] = {}
    table = head
    for pid, value in values.items():
        kind, inline = _TYPES.get(type(value), 0x001E), b""
        if isinstance(value, int):
            inline = struct.pack("<II", value, 0)
        elif isinstance(value, tuple) and len(value) == 2:
            kind, inline = 0x0040, struct.pack("<II", *value)
        elif isinstance(value, dict):
            kind = 0x000D
            streams[f"__substg1.0_{pid:04X}000D"] = value
        else:
            data = value[0] if isinstance(value, tuple) else value
            data = data.encode("utf-16-le") if isinstance(data, str) else data
            streams[f"__substg1.0_{pid:04X}{kind:04X}"] = data
            inline = struct.pack("<II", len(data), 0)
        table += struct.pack("<HHI", kind, pid, 6) + (inline or b"\0" * 8)
    return {"__properties_version1.0": table, **streams}


def moment(seconds: int) -> tuple[int, int]:
    """A FILETIME, as (low, high), of seconds since 1970."""
    ticks = (seconds + 11_644_473_600) * 10_000_000
    return ticks & 0xFFFFFFFF, ticks >> 32


# ---- rich text in a mail (MS-OXRTFCP) ------------------------------------------------------


FILLED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What comes before the first letter, so that it can be pointed at."""


def unpacked(text: bytes, ended: bool = True) -> bytes:
    """Rich text as it stands in a mail where it is not compressed."""
    return struct.pack("<II4sI", len(text) + 12, len(text), b"MELA", 0) + text


def packed(text: bytes, ended: bool = True) -> bytes:
    """Compressed: letters, and places in what came before, eight of them after a byte that tells
    which is which; the last one, where there is one, is the place where it would go on."""
    known = bytearray(FILLED)
    items: list[bytes] = []
    while text:
        most = max((n for n in range(3, min(17, len(text)) + 1) if text[:n] in known), default=1)
        place = known.find(text[:most])
        items.append(struct.pack(">H", place << 4 | most - 2) if most > 1 else text[:1])
        known += text[:most]
        text = text[most:]
    if ended:
        items.append(struct.pack(">H", len(known) << 4))
    out = b""
    for n in range(0, len(items), 8):
        eight = items[n : n + 8]
        out += bytes([sum((len(item) == 2) << bit for bit, item in enumerate(eight))])
        out += b"".join(eight)
    return struct.pack("<II4sI", len(out) + 12, len(known) - len(FILLED), b"LZFu", 0) + out
