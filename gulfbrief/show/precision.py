"""A date in words, with exactly the precision it was told with: never a month as its first day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Day

from ..model import ResolvedDate

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MOD = {"start": "early ", "mid": "mid-", "end": "late ", "approx": "about "}
_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")
_SEASON = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_ORDINAL = ("first", "second", "third", "fourth")


def words(date: ResolvedDate, *, short: bool = False) -> str:
    """The date in words; ``short`` uses three letters for a month.

    >>> words(ResolvedDate("early March", "2021-03", "2021-03-01", "2021-03-10", "month", "start"))
    'early March 2021'
    >>> words(ResolvedDate("since 2017", "2017/..", "2017-01-01", None, "range"))
    'since 2017'
    """
    if date.mod in ("start", "mid", "end"):  # the ~ of "2019~" is this mark
        date = replace(date, edtf=date.edtf.replace("~", ""))
    plain = _plain(date, short)
    if date.mod is None or plain.startswith(("since ", "until ", "about ", "~")):
        return plain
    mark = _MOD[date.mod]
    if date.mod == "approx" and short:
        mark = "~"
    if date.mod == "mid" and not plain[:1].isdigit() and not plain[:1].isupper():
        mark = "mid "
    return mark + plain


def _plain(date: ResolvedDate, short: bool) -> str:
    edtf = date.edtf
    if edtf[:1] in "[{":
        parts = [p.strip() for p in edtf.strip("[]{}").split(",")]
        return " or ".join(_part(p, short) for p in parts)
    first, last = date.start, date.end
    if "/" in edtf:
        a, b = edtf.split("/", 1)
        if date.granularity == "season" and first and last:
            return _season(first, last)
        if date.granularity == "week" and first and last:
            return f"week of {_part(first, short)}"
        if b in ("..", ""):
            return f"since {_part(a, short)}"
        if a in ("..", ""):
            return f"until {_part(b, short)}"
        return between(a, b, short)
    if date.granularity == "decade" and first:
        return f"{first[:3]}0s"
    if date.granularity == "week" and first:
        return f"week of {_part(first, short)}"
    match = _PART.fullmatch(edtf)
    if match and match[2] and int(match[2]) > 12:
        return _named(match[1], int(match[2]), short)
    if match:
        return _part(edtf, short)
    if first and last:
        return _part(first, short) if first == last else between(first, last, short)
    if first or last:
        return f"since {_part(first, short)}" if first else f"until {_part(last or '', short)}"
    return date.text


def _named(year: str, code: int, short: bool) -> str:
    """EDTF's codes for seasons (21-24), quarters (33-36) and halves (40-41)."""
    if code in _SEASON:
        return f"{_SEASON[code]} {year}"
    if 33 <= code <= 36:
        return f"Q{code - 32} {year}" if short else f"{_ORDINAL[code - 33]} quarter of {year}"
    if code in (40, 41):
        return f"H{code - 39} {year}" if short else f"{_ORDINAL[code - 40]} half of {year}"
    return f"{year}-{code}"


def _season(first: str, last: str) -> str:
    name = {"12": "winter", "03": "spring", "06": "summer", "09": "autumn"}.get(first[5:7])
    if name is None:
        return between(first, last, True)
    year = first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[2:4]}"
    return f"{name} {year}"


def _part(edtf: str, short: bool) -> str:
    """One EDTF date of year, month or day in words; ``~`` and its like as "about"."""
    match = _PART.fullmatch(edtf)
    if match is None:
        decade = re.fullmatch(r"(\d{3})X[~?%]?", edtf)
        return f"{decade[1]}0s" if decade else edtf
    year, month, day = match.groups()
    about = ("~" if short else "about ") if edtf[-1] in "~?%" else ""
    if month is None:
        return about + year
    number = int(month)
    if number > 12:
        return about + _named(year, number, short)
    name = MONTHS[number - 1][:3] if short else MONTHS[number - 1]
    return about + (f"{int(day)} {name} {year}" if day else f"{name} {year}")


def between(a: str, b: str, short: bool) -> str:
    """Two EDTF dates as a range, what they share said once.

    >>> between("2021-06-05", "2021-06-08", False)
    '5–8 June 2021'
    """
    left, right = _part(a, short), _part(b, short)
    if _PART.fullmatch(a) and _PART.fullmatch(b) and len(a) == len(b):
        if len(a) == 10 and a[:7] == b[:7]:
            return f"{int(a[8:])}–{right}"
        if len(a) >= 7 and a[:4] == b[:4]:
            return f"{left.removesuffix(' ' + a[:4])} – {right}"
        if len(a) == 4:
            return f"{a}–{b}"
    return f"{left} – {right}"


def weekday(iso: str) -> str:
    """Three letters of the day's name, nothing where it is no day."""
    try:
        return Day.fromisoformat(iso).strftime("%a")
    except ValueError:
        return ""
