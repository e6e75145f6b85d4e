"""Utterances that go on with what the sentence before them reports.

"The port was “shut for good,” H said. “Nobody will come back.”" Their speaker is the source of that
report.
"""

from __future__ import annotations

from bisect import bisect_left

from .attribution import Attribution
from .marks import alone, utterance
from .scan import Scan

# How often such a quotation has the right content and speaker on PolNeAR train, by the shape of the
# report before it.
_RIGHT = {"tag": 0.9, "verb": 0.7}
_UNSURE = frozenset(("setup", "paragraph", "floating"))  # rules of ``direct`` that know no better


def find(scan: Scan, spoken: list[Attribution], reported: list[Attribution]) -> list[Attribution]:
    """Quotations beside the ``spoken`` ones; of those that were only guessed from the sentence
    before, the speaker is mended in place."""
    told: dict[int, Attribution] = {}
    for f in reported:
        if f.source is not None and f.cue is not None and f.rule in _RIGHT:
            k = scan.scope_of(f.cue[0])
            if k not in told or (f.rule == "tag" != told[k].rule):
                told[k] = f
    by_mark = {k: f for f in spoken for k in f.marks}
    taken = sorted(p for f in [*spoken, *reported] for p in f.fragments)
    out: list[Attribution] = []
    for k, mark in enumerate(scan.marked):
        first = scan.mark_first[k]
        here = scan.scope_of(first)
        before = told.get(here - 1)
        known = by_mark.get(k)
        if before is None or (known and known.rule not in _UNSURE):
            continue
        if before.rule != "tag" and "\n" in scan.raw[scan.ends[first - 1] : mark.open]:
            continue
        if known is None:
            n = bisect_left(taken, (mark.end, 0))
            if n and taken[n - 1][1] > mark.start:
                continue
            scope = scan.scopes[here]
            if not (utterance(scan, k) and alone(scan, k, scope.first)):
                continue
            known = Attribution([(mark.start, mark.end)], "continued", "direct", marks=[k])
            out.append(known)
        elif k != known.marks[0] or (known.rule != "setup" and not _between(known, before)):
            continue
        known.carried, known.source = before, None
        known.rule, known.confidence = "continued", _RIGHT[before.rule]
    return out


def _between(later: Attribution, report: Attribution) -> bool:
    """Whether the report stands between a quotation and the one it was carried over from."""
    earlier = later.carried
    return earlier is not None and earlier.fragments[-1][1] <= report.fragments[0][0]
