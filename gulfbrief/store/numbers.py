"""Small numbers as bytes: seven bits a byte, the eighth tells that more follow."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 up as bytes.

    >>> unpack_numbers(pack_numbers([3, 300]))
    [3, 300]
    """
    out = bytearray()
    for n in numbers:
        while n > 127:
            out.append(n & 127 | 128)
            n >>= 7
        out.append(n)
    return bytes(out)


def unpack_numbers(data: bytes | None) -> list[int]:
    """The inverse of ``pack_numbers``; nothing is no numbers."""
    if not data or max(data) < 128:
        return list(data or b"")
    out: list[int] = []
    n = shift = 0
    for byte in data:
        n |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            out.append(n)
            n = shift = 0
    return out


def number_of(text: str) -> int:
    """A number of 32 bits that stands for ``text``; two texts may, rarely, share one."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def day_number(day: str) -> int:
    """A day as a number that sorts as days do.

    >>> day_number("2021-07-02")
    20210702
    """
    year, month, day_ = day.rsplit("-", 2)
    return (int(year) * 100 + int(month)) * 100 + int(day_)


def moment(seconds: int | None) -> str | None:
    """Seconds since 1970 as ISO 8601, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
