"""The days and documents a question looks at."""

from __future__ import annotations

import re
from calendar import monthrange

from ..errors import UsageError
from ..model import Window

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def window_of(since: str | None, until: str | None, doc: str | None) -> Window:
    """A window from ``--from``, ``--to`` (YYYY, YYYY-MM or YYYY-MM-DD, inclusive) and ``--doc``.

    Raises ``UsageError`` for what is no date, and for a window that ends before it starts.

    >>> window_of("2019", "2020-02", None)
    Window(since='2019-01-01', until='2020-02-29', doc=None)
    """
    first = _day(since, "--from")[0] if since else None
    last = _day(until, "--to")[1] if until else None
    if first and last and first > last:
        raise UsageError(f"--from {since} is later than --to {until}")
    return Window(first, last, doc)


def day_of(text: str, option: str) -> str:
    """The one day ``text`` names (YYYY-MM-DD). Raises ``UsageError`` for anything else."""
    first, last = _day(text, option)
    if first != last:
        raise UsageError(f"{option}: {text!r} is no day: write YYYY-MM-DD")
    return first


def _day(text: str, option: str) -> tuple[str, str]:
    """The first and the last day that ``text`` names."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        if not year:
            raise ValueError
        if month is None:
            return f"{year:04}-01-01", f"{year:04}-12-31"
        length = monthrange(year, month)[1]
        if day is None:
            return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{length:02}"
        if not 1 <= day <= length:
            raise ValueError
    except ValueError:
        raise UsageError(
            f"{option}: {text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None
    return f"{year:04}-{month:02}-{day:02}", f"{year:04}-{month:02}-{day:02}"
