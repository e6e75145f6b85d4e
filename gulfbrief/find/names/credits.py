"""Where names are no actors of the events: credits of photographs, bylines, agency tags."""

from __future__ import annotations

import re

from .gazetteer import cues
from .runs import Words

_MARKS = ("©", "Photo by", "Photo:", "Photograph:", "Image:", "Picture:", "Credit:", "Credits:")
_BY = re.compile(
    r"\(?(?:[Aa]uthor:|By:?|BYLINE:|(?:Additional )?[Rr]eporting by|Edit(?:ed|ing) by|"
    r"Writ(?:ten|ing) by|Compiled by|Translat(?:ed|ion) by|Photos? by) "
)
_AGENCY = re.compile(r"[^\n()]{2,80}?\(([A-Z][^()\n]{1,40})\) ?[-–—]")
_BETWEEN = frozenset("/&,-–|")
_FUNCTION = cues()["function"]


def credits(words: Words) -> list[tuple[int, int]]:
    """The stretches (start, end) whose names are nobody of the report, in order."""
    raw = words.raw
    out: list[tuple[int, int]] = []
    for mark in _MARKS:
        at = raw.find(mark)
        while at >= 0:
            out.append((at, _credited(words, at + len(mark))))
            at = raw.find(mark, at + len(mark))
    paragraphs = words.paragraphs
    for n, (start, end) in enumerate(paragraphs):
        if raw[start] in "(BREWCATPa":
            by = _BY.match(raw, start, end)
            if by and (
                raw[start : start + 2] != "By" or (end - start < 120 and raw[end - 1] not in ".!?")
            ):
                out.append((start, end))
        if n < 4:
            agency = _AGENCY.match(raw, start, min(end, start + 140))
            if agency and raw[start + 1].isupper():
                out.append(agency.span(1))
    out.sort()
    return out


def _credited(words: Words, offset: int) -> int:
    """Where the names of a credit that begins at ``offset`` end."""
    end = offset
    for i in range(words.text.token_at(offset - 1) + 1, words.count):
        token = words.tokens[i]
        if words.starts[i] in words.breaks and end > offset:
            break
        name = token[0].isupper() and token.lower() not in _FUNCTION
        if not name and token not in _BETWEEN:
            break
        end = words.ends[i]
    return end
