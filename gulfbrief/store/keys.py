"""Keys for columns: a hash of a text, a day that sorts as a number, a time and a path as text."""

from __future__ import annotations

import zlib


def hash32(text: str) -> int:
    """A 32-bit hash of ``text`` (CRC-32); two texts may, rarely, share one."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def day_key(day: str) -> int:
    """A day as a number that sorts as days do.

    >>> day_key("2021-07-02")
    20210702
    """
    year, month, day_ = day.rsplit("-", 2)
    return (int(year) * 100 + int(month)) * 100 + int(day_)


def key_day(key: int) -> str:
    """The day of a ``day_key``.

    >>> key_day(20210702)
    '2021-07-02'
    """
    return f"{key // 10000:04}-{key // 100 % 100:02}-{key % 100:02}"


def iso_time(seconds: int | None) -> str | None:
    """Seconds since 1970 as ISO 8601, in UTC."""
    if seconds is None:
        return None
    from datetime import UTC, datetime  # which completion does without

    return datetime.fromtimestamp(seconds, UTC).isoformat()


def path_text(path: bytes) -> str:
    """A path as text: SQLite itself would hand out bytes that are no UTF-8 as they are."""
    return path.decode("utf-8", "replace")
