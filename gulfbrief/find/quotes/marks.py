"""What words between quotation marks are built like: an utterance, a title, a part of a clause."""

from __future__ import annotations

import re

from ..text.word_classes import lemma
from .scan import Scan
from .speech import SPEECH

_VERBS = frozenset("dzbeg")


def utterance(scan: Scan, k: int) -> bool:
    """Whether the marked words are built like something said, not like a title or a phrase."""
    mark = scan.marked[k]
    raw = scan.raw
    if raw[mark.end - 1] in ",.!?…—-;:":
        return True
    if not mark.closed:
        return True
    if titled(scan, k):
        return False
    following = raw[mark.close : mark.close + 1]
    words = scan.mark_stop[k] - scan.mark_first[k] - 2
    begins = raw[mark.start].isupper() or raw[mark.start] in "[.…("
    return (following in (".", ",", "?", "!") and words > 4) or (begins and words > 6)


def titled(scan: Scan, k: int) -> bool:
    """Whether the marked words are written as titles are: “The Long Road to the Harbour”."""
    words = [
        t for t in scan.tokens[scan.mark_first[k] : scan.mark_stop[k]] if len(t) > 3 and t.isalpha()
    ]
    return len(words) > 1 and sum(t[0].isupper() for t in words) > 0.7 * len(words)


def tagged(scan: Scan, k: int) -> bool:
    """Whether a comma or a dash and its tag may follow the marks: «The road is closed», said H."""
    stop = scan.mark_stop[k]
    if scan.raw[scan.marked[k].start].islower() or stop + 1 >= len(scan.tags):
        return False
    if scan.tags[stop] == "-":
        return scan.mark_first[k] == scan.scopes[scan.scope_of(stop - 1)].first
    return scan.tags[stop] == "," and (
        tells(scan, stop + 1) or scan.mark_stop[k] - scan.mark_first[k] > 4
    )


def ended(scan: Scan, k: int) -> bool:
    """Whether the marked words end as a sentence does."""
    mark = scan.marked[k]
    return scan.raw[mark.end - 1] in ",.!?…" or not mark.closed


def clause_ends(scan: Scan, token: int) -> bool:
    """Whether nothing of the same clause stands at ``token``."""
    if token >= len(scan.tags) or scan.tags[token] in ",.:-cQ":
        return True
    return "\n" in scan.raw[scan.ends[token - 1] : scan.starts[token]]


def tells(scan: Scan, i: int) -> bool:
    return scan.tags[i] in _VERBS and lemma(scan.lower[i]) in SPEECH


def alone(scan: Scan, k: int, floor: int) -> bool:
    """Whether the marked words are a sentence of their own."""
    mark = scan.marked[k]
    first = scan.mark_first[k]
    return (first == floor or scan.tags[floor:first].strip("(-") == "") and (
        scan.raw[mark.start].isupper() or not scan.raw[mark.start].isalpha()
    )


def behind_adverb(scan: Scan, k: int, floor: int) -> bool:
    """Whether the marked words are a clause with only an adverb before them: "“...,” H said. Right
    now “there is no plan at all.”"."""
    first = scan.mark_first[k]
    floor += scan.lower[floor : floor + 2] == ["right", "now"]
    before = scan.tags[floor:first].rstrip(",")
    if not 0 < len(before) < 4 or before.strip("rjy"):
        return False
    clause = scan.open_tags[first : scan.mark_stop[k]]
    stop = scan.mark_stop[k]
    whole = stop >= scan.scopes[scan.scope_of(first)].stop or scan.tags[stop] == "."
    return whole and FINITE(clause) is not None


FINITE = re.compile("[dzxm]").search
