"""Speech within speech: who is quoted by whom.

Within a direct quotation it is what stands between inner marks ("He told me, ‘Never again’"),
within a reported clause a clause of its own ("H said Saleh had told him that the deal was off").
The inner speaker is the speaker; the outer one is kept as the one through whom it is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ..text.word_classes import lemma
from .attribution import Attribution
from .scan import Scan
from .sources import Source
from .speech import SPEECH

_SUBJECT = re.compile(r"(?:a*[jqnN]*[nN]|p)$")
_CLEAR = 0.75
_BE = frozenset(("is", "are", "was", "were", "been", "being"))


def between_marks(scan: Scan, spoken: list[Attribution]) -> list[Attribution]:
    """Direct quotations between inner marks, each with a verb of telling right before it."""
    out = []
    by_mark = {k: f for f in spoken for k in f.marks}
    k = -1
    for mark in scan.text.marked:
        if mark.level == 0:
            k += 1
            continue
        outer = by_mark.get(k)
        if outer is None or not mark.closed:
            continue
        i = bisect_left(scan.starts, mark.open)
        found = _reporting_verb(scan, i, scan.mark_first[k])
        if found:
            verb, source = found
            out.append(
                Attribution(
                    [(mark.start, mark.end)],
                    "nested",
                    "direct",
                    (verb, verb + 1),
                    source,
                    confidence=0.8,
                    outer=outer,
                )
            )
    return out


def _reporting_verb(scan: Scan, mark: int, floor: int) -> tuple[int, Source] | None:
    """The verb of telling before the inner mark at token ``mark`` and its subject."""
    tags, lower = scan.open_tags, scan.lower
    v = mark - 1
    while v > floor and tags[v] in ",:onNp" and mark - v < 5:
        if tags[v] in "dzb":
            break
        v -= 1
    if v <= floor or tags[v] not in "dzb" or lemma(lower[v]) not in SPEECH:
        return None
    end = v
    while end > floor + 1 and tags[end - 1] in "rxm":
        end -= 1
    if lower[v] == "told" and any(word in _BE for word in lower[end:v]):
        return None  # "we were told": who told them is not said
    low = max(floor + 1, end - 8)
    subject = _SUBJECT.search(tags[low:end])
    if subject is None:
        return None
    return v, Source(low + subject.start(), end, "subject")


def within_clause(
    scan: Scan, reported: list[Attribution], inner: list[Attribution]
) -> list[Attribution]:
    """Those of the ``inner`` candidates that are told by the source of a reported clause: their own
    source stands in it, and "that" begins what it tells, or it says whom it is told to.

    The learned score is no help here: annotators mark the outer content alone.
    """
    out = []
    for f in inner:
        if f.source is None or f.cue is None:
            continue
        if lemma(scan.lower[f.cue[0]]) not in SPEECH or scan.tags[f.cue[0]] not in "dze":
            continue
        told = f.cue[1]
        whom = told < len(scan.tags) and scan.tags[told] == "o"
        if not whom and not scan.raw.startswith("that ", f.fragments[0][0]):
            continue
        a = scan.starts[f.source.first]
        b = f.fragments[-1][1]
        k = bisect_left(reported, b, key=lambda r: r.fragments[0][1])
        for r in reported[k : k + 1]:
            start, end = r.fragments[0]
            if r.source is not None and start <= a and b <= end and r.cue != f.cue:
                f.outer = r
                f.confidence = _CLEAR
                out.append(f)
    return out
