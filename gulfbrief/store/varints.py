"""Variable-length integers (LEB128): seven bits a byte, the eighth tells that more follow."""

from __future__ import annotations

from collections.abc import Iterable


def encode_varints(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 up as bytes.

    >>> decode_varints(encode_varints([3, 300]))
    [3, 300]
    """
    out = bytearray()
    for n in numbers:
        while n > 127:
            out.append(n & 127 | 128)
            n >>= 7
        out.append(n)
    return bytes(out)


def decode_varints(data: bytes | None) -> list[int]:
    """The inverse of ``encode_varints``; nothing is no numbers."""
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
