"""Numbers in words and digits, and the values of durations."""

from __future__ import annotations

from .meanings import Deictic
from .patterns import Found
from .tokens import DateTokens, lexicon

# TIMEX3 letters of units; those of hours and below stand behind a T.
_LETTER = {"day": "D", "night": "D", "weekend": "WE", "week": "W", "month": "M", "quarter": "Q",
           "half": "M", "year": "Y", "decade": "Y", "century": "Y", "millennium": "Y"}  # fmt: skip
_VAGUE_LETTER = _LETTER | {"decade": "E", "century": "C", "millennium": "L"}
_TIMES = {"decade": 10, "century": 100, "millennium": 1000, "fortnight": 2, "half": 6}
_CLOCK = {"hour": "H", "minute": "M", "second": "S"}


def count(words: DateTokens, tokens: range) -> float | None:
    """The number that the tokens of a ``count`` tell, null where it is vague (a few)."""
    letters = lexicon().letters
    total, part, known = 0.0, 0.0, False
    for i in tokens:
        kind, value = words.kinds[i], words.values[i]
        if kind in (letters["NUM"], letters["ORD"]):
            assert isinstance(value, int)
            if value in (12, 100) and part and words.word(i).lower() != "twelve":
                part *= value
            elif value == 1000:
                total, part = (total + (part or 1)) * 1000, 0.0
            else:
                part += value
            known = True
        elif kind == letters["COUPLE"]:
            return 2.0
        elif kind in (letters["DAY"], letters["DIGITS"], letters["YEAR"]):
            part, known = part + float(words.values[i] or 0), True
        elif kind == letters["FRACTION"]:
            part, known = part + fraction(str(value)), True
        elif kind == letters["HALF"]:
            part, known = part + 0.5, True
        elif kind == letters["VAGUE"] and words.word(i).lower() != "some":
            return None
    if known:
        return total + part
    return 1.0 if letters["A"] in words.kinds[tokens.start : tokens.stop] else None


def fraction(text: str) -> float:
    """``2.5``, ``2 1/2``, ``2½`` and ``1,200`` as numbers."""
    for mark, part in (("½", 0.5), ("¼", 0.25), ("¾", 0.75)):
        if text.endswith(mark):
            return float(text[:-1].strip() or 0) + part
    if "/" in text:
        whole, part_text = text.split()
        over, under = part_text.split("/")
        return float(whole) + int(over) / int(under)
    return float(text.replace(",", ""))


def duration(n: float | None, unit: str, *, vague: str = "X") -> str:
    """A TIMEX3 duration: 3 weeks is P3W, half an hour PT30M, a few years PXY."""
    if unit in _CLOCK:
        if n is None:
            return f"PT{vague}{_CLOCK[unit]}"
        if n != int(n) and unit != "second":
            smaller = "minute" if unit == "hour" else "second"
            whole, rest = int(n), round((n - int(n)) * 60)
            return "PT" + (f"{whole}{_CLOCK[unit]}" if whole else "") + f"{rest}{_CLOCK[smaller]}"
        return f"PT{_plain(n)}{_CLOCK[unit]}"
    if unit == "fortnight":
        return "PXW" if n is None else f"P{_plain(n * 2)}W"
    if n is None:
        return f"P{vague}{_VAGUE_LETTER[unit]}"
    n *= _TIMES.get(unit, 1)
    letter = _LETTER[unit]
    if letter == "Y" and n != int(n):
        whole, months = int(n), round((n - int(n)) * 12)
        return "P" + (f"{whole}Y" if whole else "") + f"{months}M"
    return f"P{_plain(n)}{letter}"


def _plain(n: float) -> str:
    return str(int(n)) if n == int(n) else f"{n:g}"


def ordinal(found: Found, name: str = "nth") -> int:
    """The number of a ``nth`` group: 5th, fifth, twenty-fifth."""
    words, tokens = found.words, found.tokens(name)
    total = 0
    for i in tokens:
        value = words.values[i]
        if isinstance(value, str):
            total += int(value.rstrip("stndrh")) if value[:1].isdecimal() else 0
        elif isinstance(value, (int, float)) and words.word(i) not in "-‐‑–—":
            total += int(value)
    return total


def year(found: Found, name: str = "year") -> int | None:
    """The year of a ``year`` group, null where its words are no year."""
    words, tokens = found.words, found.tokens(name)
    letters = lexicon().letters
    kind, value = words.kinds[tokens.start], words.values[tokens.start]
    if kind == letters["YEAR"]:
        return int(value or 0)
    if kind == letters["SHORTYEAR"]:
        short = int(str(value)[1:])
        return short + (1900 if short >= 40 else 2000)
    numbers = [v for i in tokens if isinstance(v := words.values[i], int)
               and words.kinds[i] == letters["NUM"]]  # fmt: skip
    if len(numbers) > 1 and numbers[1] == 1000:
        rest = sum(numbers[2:])
        return numbers[0] * 1000 + rest if 1 <= numbers[0] <= 2 and rest < 100 else None
    rest = sum(numbers[1:])
    units = numbers[2:]
    if not 11 <= numbers[0] <= 20 or not 10 <= numbers[1] <= 90:
        return None
    if units and (numbers[1] < 20 or not 1 <= units[0] <= 9):
        return None
    return numbers[0] * 100 + rest


def related_year(found: Found) -> Deictic | None:
    """The year of a ``relyear`` group (last year, the following year), null for another unit."""
    tokens = found.tokens("relyear")
    words = found.words
    unit = words.values[tokens[-1]]
    if unit != "year":
        return None
    word = tokens[-2]
    n = words.values[word]
    deictic = words.word(word).lower() in {"this", "last", "past", "next", "coming", "upcoming",
                                           "current"}  # fmt: skip
    return Deictic("year", int(n or 0), "published" if deictic else "text")


def direction(found: Found) -> int:
    """1 for next, -1 for last, 0 for this."""
    if "NEXT" in found or "NEXT2" in found:
        return 1
    return -1 if "LAST" in found or "LAST2" in found else 0
