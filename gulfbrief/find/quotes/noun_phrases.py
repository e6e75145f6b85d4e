"""The noun phrases that may be sources: where they begin and end.

All functions take and give token indices. They look a bounded number of steps back or ahead.
"""

from __future__ import annotations

from ..text.word_classes import GRAMMAR
from .scan import Scan

_STEPS = 12  # how many phrases a search may pass
_LINKS = frozenset(GRAMMAR["links"].split())
_GROUPS = frozenset(GRAMMAR["groups"].split())
_TAIL = frozenset(("of", "for", "from", "at", "in"))
_NUMBERS = frozenset(GRAMMAR["numbers"].split())


def phrase_back(scan: Scan, end: int, floor: int) -> int:
    """The first token of the whole noun phrase that ends with token ``end``: with its "of ..."."""
    starts, tags, lower = scan.phrase_start, scan.tags, scan.lower
    first = max(starts[end], floor)
    for _ in range(_STEPS):
        k = first - 1
        if k - 1 < floor or lower[k] not in _LINKS:
            break
        close = tags[k] == "t" and lower[k - 1] == "close"
        if tags[k] == "t" and tags[k - 1] not in "njd" and not close:
            break
        loose = close or (tags[k - 1] in "jed" and starts[k - 1] < 0)
        if loose and k - 2 >= floor and tags[k - 2] in "nNa":
            k -= 1  # "a clerk briefed on the strike", "sources close to the firm"
        if starts[k - 1] < 0:
            break
        if tags[k - 1] in "po" and lower[k - 1] not in _GROUPS:
            break
        first = max(starts[k - 1], floor)
    return first


def phrase_on(scan: Scan, start: int, stop: int) -> int:
    """The end (exclusive) of the noun phrase that starts at ``start``, with "of ..." phrases."""
    stops, lower = scan.phrase_stop, scan.lower
    end = min(stops[start], stop)
    for _ in range(3):
        if not (end + 1 < stop and lower[end] in _TAIL and stops[end + 1] > 0):
            break
        end = min(stops[end + 1], stop)
    return end


def counted(scan: Scan, k: int) -> bool:
    """Whether token ``k`` is a number."""
    low = scan.lower[k]
    return low[0].isdigit() or low in _NUMBERS


def count_first(scan: Scan, k: int, floor: int) -> int:
    """Where a number that stands for people begins: "about nine in ten"."""
    if k - 2 >= floor and scan.lower[k - 1] in ("in", "of", "out") and counted(scan, k - 2):
        k -= 2
    elif k - 3 >= floor and scan.lower[k - 2 : k] == ["out", "of"] and counted(scan, k - 3):
        k -= 3
    return k - 1 if k > floor and scan.lower[k - 1] in ("about", "some", "only", "just") else k


def is_plural(scan: Scan, k: int) -> bool:
    """Whether token ``k`` is a plural noun."""
    return scan.tags[k] == "n" and scan.lower[k][-1:] == "s" and scan.phrase_start[k] >= 0


def before_bracket(scan: Scan, k: int, floor: int) -> int:
    """The token before a bracket that ends at ``k`` ("Durbin (Ill.)"), else ``k``."""
    if scan.tags[k] != ")":
        return k
    m = k - 1
    while m > floor and k - m < 12 and scan.tags[m] != "(":
        m -= 1
    return m - 1 if m > floor and scan.tags[m] == "(" else k
