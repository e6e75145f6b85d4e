"""Days that metadata states in another language than English: "vendredi 26 février 2021"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from .printed import day_of

_LONGEST = 80
_FIGURES = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]", re.ASCII
)


@cache
def _months() -> tuple[dict[str, int], re.Pattern[str]]:
    """The number of each month's name, and how a day with one of these names is written."""
    import tomllib

    table = tomllib.loads((files(__package__) / "months.toml").read_text("utf-8"))
    meant: dict[str, set[int]] = {}
    for names in table.values():
        for number, name in enumerate(names.split(), 1):
            for one in name.split("|"):
                meant.setdefault(one.replace("_", " ").casefold(), set()).add(number)
    months = {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}
    any_name = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = r"(?<!\d)(?P<d{0}>\d{{1,2}})(?:er|re|º|ª|°|-?[а-яё]{{1,2}})?(?!\d)"
    month = rf"(?P<m{{0}}>{any_name})(?!\w)"
    year = r"(?P<y{0}>(?:19|20)\d\d)(?!\d)"
    between = r"[\s.,/-]{1,3}(?:d[eiu]l?\s|d['’]|de\s)?"
    forms = (day, month, year), (year, month, day), (month, day, year)
    pattern = "|".join(between.join(f.format(n) for f in form) for n, form in enumerate(forms))
    return months, re.compile(pattern)


def day(value: str) -> str | None:
    """The ISO day that a short value names in another language; None where it names none or two.

    >>> day("vendredi 26 février 2021 à 16h30")
    '2021-02-26'
    >>> day("٢٦ فبراير ٢٠٢١")
    '2021-02-26'
    """
    if len(value) > _LONGEST:
        return None
    text = "".join(str(unicodedata.digit(c, c)) for c in value.casefold())
    found = {day_of(*m.groups()) for m in _FIGURES.finditer(text)}
    if any(c.isalpha() for c in text):
        months, pattern = _months()
        for match in pattern.finditer(text):
            n = (match.lastgroup or "")[-1]
            found.add(day_of(match[f"y{n}"], months[match[f"m{n}"]], match[f"d{n}"]))
    return found.pop() if len(found) == 1 else None
