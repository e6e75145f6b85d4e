"""Where names are no actors of the events: credits of photographs, bylines, agency tags."""

from __future__ import annotations

import re

from ...fold import fold
from .gazetteer import cues, gazetteer
from .lexicon import load
from .runs import Words

_MARKS = (
    "©",
    "Photo by",
    "Photo:",
    " photo:",
    "Photograph:",
    "Image:",
    "Picture:",
    "Credit:",
    "Credits:",
)
_BY = re.compile(
    r"\(?(?:[Aa]uthor:|By:?|BYLINE:|(?:Additional )?[Rr]eporting by|Contributing:|"
    r"Edit(?:ed|ing) by|Writ(?:ten|ing) by|Compiled by|Translat(?:ed|ion) by|Photos? by) "
)
_AGENCY = re.compile(r"[^\n()]{2,80}?\(([A-Z][^()\n]{1,40})\) ?[-–—]")
_BETWEEN = frozenset("/&,-–|")
_FUNCTION = cues()["function"]
_PHOTO_AGENCIES = cues()["photo_agency"]
_BACK = 10  # tokens of the photographers before an agency's


def credits(words: Words) -> list[tuple[int, int]]:
    """The stretches (start, end) whose names are nobody of the report, in order."""
    raw = words.raw
    out: list[tuple[int, int]] = []
    for mark in _MARKS:
        at = raw.find(mark)
        while at >= 0:
            out.append((at, _credited(words, at + len(mark))))
            at = raw.find(mark, at + len(mark))
    if "/" in raw:
        out += _photographers(words)
    out += _bylines(words)
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


def _photographers(words: Words) -> list[tuple[int, int]]:
    """The names before a stroke and an agency: "Ann Reed and Jo Lund/AP"."""
    tokens, out = words.tokens, []
    for i in [i for i, t in enumerate(tokens) if t == "/" and 0 < i < words.count - 1]:
        if tokens[i + 1].lower() not in _PHOTO_AGENCIES:
            continue
        first = i
        while first > max(0, i - _BACK) and words.starts[first] not in words.breaks:
            before = tokens[first - 1]
            if not (before[0].isupper() or before in (",", "and", ".", "-")):
                break
            first -= 1
        out.append((words.starts[first], _credited(words, words.starts[i])))
    return out


def _bylines(words: Words) -> list[tuple[int, int]]:
    """Lines near the head that hold nothing but people, where the next has a paper alone:
    "Ann Reed and Jo Lund", "OSLO POST"."""
    raw, known, given = words.raw, load().known, gazetteer().given
    out = []
    for (start, end), (a, b) in zip(words.paragraphs[1:5], words.paragraphs[2:6], strict=False):
        paper = known.get(raw[a:b].strip()) if b - a < 40 else None
        if paper is None or paper.type != "organisation" or end - start > 160:
            continue
        names = re.split(r", (?:and )?| and ", raw[start:end].strip())
        if all(1 < len(n.split()) < 5 and fold(n.split()[0]) in given for n in names):
            out.append((start, b))
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
