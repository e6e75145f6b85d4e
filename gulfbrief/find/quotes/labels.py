"""Transcripts: paragraphs that begin with the name of who speaks and a colon.

"HADDAD: We never agreed to that." A label must be borne out: it comes back, or another label of the
same make stands in the text, or its name does; else it is a dateline ("DUBAI: ...") or a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from ...fold import shouted
from .attribution import Attribution
from .scan import Scan
from .sources import Source

_NAME = r"[^\W\d_a-z][\w.’'-]*"
_LABEL = re.compile(
    rf"[\"“]?(?P<label>[QA]|{_NAME}(?: (?:\(?{_NAME}\)?|al-\w+|bin|el)){{0,4}}):\s*(?=\S)"
)
_OPENS = "\"“„«‘'`"


def find(scan: Scan) -> list[Attribution]:
    """The utterances of a transcript in order, each a paragraph without its label."""
    raw = scan.raw
    labelled = []
    for a, b in scan.text.paragraphs:
        found = _LABEL.match(raw, a, b)
        if found:
            labelled.append((found, b))
    if not labelled:
        return []
    counts = Counter(m.group("label") for m, _ in labelled)
    out = []
    for m, end in labelled:
        label = m.group("label")
        if raw[m.end()] in _OPENS and raw[m.start()] not in _OPENS:
            continue  # a direct quotation after a colon
        if not _borne_out(scan, label, counts):
            continue
        first = bisect_left(scan.starts, m.start("label"))
        stop = bisect_left(scan.starts, m.end("label"))
        source = Source(first, stop, "label")
        while end > m.end() and raw[end - 1] in '"”':
            end -= 1
        if any(map(str.isalpha, raw[m.end() : end])):  # no row of figures
            out.append(
                Attribution(
                    [(m.end(), end)], "label", "direct", (stop, stop + 1), source, confidence=0.9
                )
            )
    return out


def _borne_out(scan: Scan, label: str, counts: Counter[str]) -> bool:
    if label in ("Q", "A"):
        return counts["Q"] > 0 and counts["A"] > 0
    if not shouted(label):
        same = sum(n for k, n in counts.items() if k == label or _short(k, label))
        return same > 1 and sum(1 for k in counts if not shouted(k)) > 1
    name = label.split()[-1]
    others = sum(1 for k in counts if shouted(k) and len(k) > 1)
    return counts[label] > 1 or others > 1 or name.title() in scan.words


def _short(one: str, other: str) -> bool:
    """Whether one label is a word of the other: "Reyes" of "Tomas Reyes Luna"."""
    return one in other.split() or other in one.split()
