"""The day in a value that says so (metadata, a column of a dump) and in a file's name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from .printed import day_of, only_day, printed_dates, settled

_NAME_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>(?:19|20)\d\d)(?P<s1>[-_. ])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    r"|(?P<a3>\d\d?)(?P<s3>[-_. ])(?P<b3>\d\d?)(?P=s3)(?P<y3>(?:19|20)\d\d)(?!\d)"
    r")"
)
_NOT_ISSUED = re.compile(
    r"(?:downloads?|downloaded|saved?|access(?:ed)?|scan(?:ned)?|exports?|exported|backup|retrieved"
    r"|img|dsc|screenshot|photo|print(?:ed)?|archived?|updated?|modified|wayback|crawl)(?![a-z])",
    re.I,
)


def day_in_name(name: str) -> str | None:
    """The day in a file name (``2021-07-02-talks.txt``), None where there are two or it may be the
    day of a download or a scan."""
    if not any(c.isdigit() for c in name) or _NOT_ISSUED.search(name):
        return None
    days: set[frozenset[str]] = set()
    for match in _NAME_DATE.finditer(name):
        group = match.groupdict()
        if group["a3"]:
            a, b, year = group["a3"], group["b3"], group["y3"]
            one, two = day_of(year, b, a), day_of(year, a, b)
            found = frozenset(d for d in (one, None if group["s3"] == "." and one else two) if d)
        else:
            n = "1" if group["y1"] else "2"
            one = day_of(group["y" + n], group["m" + n], group["d" + n])
            found = frozenset({one} if one else ())
        if found:
            days.add(found)
    if re.search("[A-Za-z]{3}", name):
        apart = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", re.sub("[_+]", " ", name))
        days.update(p.days for p in printed_dates(apart))
    return only_day(days) if len(set().union(*days)) < 3 else None


def day_first(values: Iterable[str]) -> bool | None:
    """The order of day and month that a column of dates shows; None where it shows none or both."""
    shown = {p.day_first for value in values for p in printed_dates(value[:60])} - {None}
    return shown.pop() if len(shown) == 1 else None


def day(value: str, day_first: bool | None = None) -> str | None:
    """The day in a machine's or a person's value: ISO 8601, a mail date, ``D:20210702094100``, a
    number of seconds, ``July 2, 2021``, ``2 juillet 2021``. None where it names no day or may name
    two; ``day_first`` tells the order where it is known."""
    value = value.strip()
    if match := re.match(
        r"(?:D:)?(\d{4})-?([01]\d)-?([0-3]\d)(?![\d])|D:(\d{4})(\d\d)(\d\d)", value
    ):
        year, month, day = (g for g in match.groups() if g)
        found = day_of(year, month, day)
        return found if found and 1700 < int(year) < 2200 else None
    if re.fullmatch(r"\d{14}", value):
        return day_of(value[:4], value[4:6], value[6:8])
    if re.fullmatch(r"[01]\d{9}(?:\d{3})?(?:\.\d+)?", value):
        seconds = float(value[:10])
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    printed = settled(value, printed_dates(value))
    if printed:
        days = {p.days for p in printed}
        if day_first is not None and len(printed) == 1 and len(printed[0].days) == 2:
            a, b, year = re.findall(r"\d+", value[printed[0].start : printed[0].end])
            return day_of(year, b, a) if day_first else day_of(year, a, b)
        return only_day(days)
    from email.utils import parsedate

    parsed = parsedate(value)
    if parsed and parsed[0] > 1000:
        return day_of(str(parsed[0]), parsed[1], str(parsed[2]))
    from . import foreign_days

    return foreign_days.day(value)
