"""The days and documents a question looks at."""

from __future__ import annotations

import re
from calendar import day_name, monthrange
from datetime import date, timedelta

from ..errors import UsageError
from ..model import Window
from ..store.filters import LAST

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,4})([dwmy])")
_WEEKDAYS = tuple(name.lower() for name in day_name)
_FORMS = "write YYYY[-MM[-DD]], today, yesterday, a weekday, or 30d, 2w, 6m, 1y"


def window_of(
    since: str | None = None,
    until: str | None = None,
    doc: str | None = None,
    added: str | None = None,
) -> Window:
    """A window from ``--from``, ``--to`` (inclusive), ``--doc`` and ``--added`` (a date or
    ``last``). A date is YYYY, YYYY-MM, YYYY-MM-DD, ``today``, ``yesterday``, a weekday (the last
    one, today among them), or so many days, weeks, months or years ago (``30d``, ``2w``, ``6m``,
    ``1y``).

    Raises ``UsageError`` for what is no date, and for a window that ends before it starts.

    >>> window_of("2019", "2020-02", None)
    Window(since='2019-01-01', until='2020-02-29', doc=None, added=None)
    """
    first = _day(since, "--from")[0] if since else None
    last = _day(until, "--to")[1] if until else None
    if first and last and first > last:
        raise UsageError(f"--from {since} is later than --to {until}")
    if added and (added := added.strip().lower()) != LAST:
        try:
            added = _day(added, "--added")[0]
        except UsageError as error:
            raise UsageError(f"{error}, or {LAST}") from None
    return Window(first, last, doc, added or None)


def day_of(text: str, option: str) -> str:
    """The one day ``text`` names (YYYY-MM-DD). Raises ``UsageError`` for anything else."""
    first, last = _day(text, option)
    if first != last:
        raise UsageError(f"{option}: '{text}' is not a day: write YYYY-MM-DD")
    return first


def _day(text: str, option: str) -> tuple[str, str]:
    """The first and the last day that ``text`` names."""
    if (relative := _relative(text.strip().lower(), date.today())) is not None:
        return relative.isoformat(), relative.isoformat()
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
        raise UsageError(f"{option}: '{text}' is not a date: {_FORMS}") from None
    return f"{year:04}-{month:02}-{day:02}", f"{year:04}-{month:02}-{day:02}"


def _relative(text: str, today: date) -> date | None:
    """The day that ``text`` means on ``today``; null where it is not relative.

    >>> _relative("monday", date(2022, 2, 16)), _relative("1m", date(2022, 3, 31))
    (datetime.date(2022, 2, 14), datetime.date(2022, 2, 28))
    """
    if text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    weekdays = [n for n, name in enumerate(_WEEKDAYS) if len(text) >= 3 and name.startswith(text)]
    if weekdays:
        return today - timedelta(days=(today.weekday() - weekdays[0]) % 7)
    ago = _AGO.fullmatch(text)
    if ago is None:
        return None
    number, unit = int(ago[1]), ago[2]
    try:
        if unit in "dw":
            return today - timedelta(days=number * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None
