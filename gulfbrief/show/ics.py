"""A timeline as iCalendar (RFC 5545): an all-day entry for each event that is told with its day.

An event of a month or a year has no day and so no place in a calendar; it is left out, and
``dumps`` says nothing of it: count with ``fits``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from ..model import FoundEvent
from .harmless import visible
from .precision import words
from .timelinejs import unique_id

_OCTETS = 75  # of a line, its end not counted (RFC 5545, 3.1)
_LONGEST_SPAN = 366  # days; a longer one is told in years or months
_ESCAPED = re.compile(r"[\\;,]")


def fits(found: FoundEvent) -> bool:
    """Whether an event has a place in a calendar: a day, or a range told in days."""
    told = found.event.date
    if told.start is None or told.end is None or told.edtf[:1] in "[{":
        return False
    if told.mod == "approx" or any(mark in told.edtf for mark in "~?%X"):
        return False  # "early on 3 June" is that day, "about 3 June" may be another
    in_days = all(len(part) == 10 for part in told.edtf.split("/"))
    if told.granularity != "day" and not (told.granularity == "range" and in_days):
        return False
    try:
        first, last = date.fromisoformat(told.start), date.fromisoformat(told.end)
    except ValueError:
        return False
    return 0 <= (last - first).days < _LONGEST_SPAN and last < date.max


def dumps(events: Iterable[FoundEvent], *, stamp: datetime, name: str = "Timeline") -> str:
    """The calendar as text with CRLF line ends, lines folded at 75 octets of UTF-8.

    ``stamp`` is the time of making (DTSTAMP), read as UTC where it has no zone.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gulfbrief//timeline//EN"]
    lines += ["CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escaped(name)}"]
    for found in events:
        if fits(found):
            lines += _entry(found, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _entry(found: FoundEvent, stamp: datetime) -> Iterator[str]:
    event = found.event
    assert event.date.start is not None
    assert event.date.end is not None
    after = date.fromisoformat(event.date.end) + timedelta(days=1)  # DTEND is exclusive
    made = stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{unique_id(found)}@gulfbrief"
    yield f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.date.start.replace('-', '')}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{escaped(visible(event.display))}"
    yield f"DESCRIPTION:{escaped(_description(found))}"
    yield f"STATUS:{'CONFIRMED' if event.certainty == 'past' else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(found: FoundEvent) -> str:
    """The sources, a line each, and who tells it otherwise."""
    out: list[str] = [] if found.event.certainty == "past" else [found.event.certainty]
    out += [_where(one) for one in (found, *found.also)]
    for other in found.conflicts:
        told = f"{words(other.event.date)}: {visible(other.event.display)}"
        out.append(f"Told otherwise, {told} ({_where(other)})")
    return "\n".join(out)


def _where(found: FoundEvent) -> str:
    return f"{visible(found.source.path)}{found.source.place}"


def escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, semicolon, comma and line end escaped.

    >>> escaped("Doha, Qatar; 1\\n2")
    'Doha\\\\, Qatar\\\\; 1\\\\n2'
    """
    return _ESCAPED.sub(lambda m: "\\" + m.group(), text).replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line of at most 75 octets a piece, none split within a character; each further
    piece begins with a space."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > (_OCTETS if not pieces else _OCTETS - 1):
            pieces.append(piece)
            piece, size = "", 0
        piece += character
        size += octets
    return "\r\n ".join([*pieces, piece])
