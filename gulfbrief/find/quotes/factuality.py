"""What keeps a reported content from being a plain statement."""

from __future__ import annotations

from ..text.word_classes import GRAMMAR, lemma
from .attribution import Attribution
from .scan import Scan
from .speech import SPEECH

_NOT = frozenset(GRAMMAR["negations"].split())
_REFUSE = frozenset(GRAMMAR["refusals"].split())
_MAYBE = frozenset(("may", "might", "could", "would", "should"))
_REPLY = frozenset(("respond", "reply", "answer", "comment"))
_IF = frozenset(("if", "unless", "whether", "until"))


def unasserted(scan: Scan, found: Attribution) -> str | None:
    """``denied`` ("did not say", "refused to say", "neither H nor S would say"), ``not yet said``
    ("is expected to say", "will say"), ``hypothetical`` ("if H says", "might say"), else None.
    Of verbs of telling alone."""
    if found.cue is None or found.kind == "direct":
        return None
    verb = found.cue[0]
    tags, lower = scan.tags, scan.lower
    if tags[verb] not in "dzbeg":
        return None
    word = lemma(lower[verb])
    if word in _REFUSE and scan.raw.startswith("to ", found.pieces[0][0]):
        return "denied"
    if word not in SPEECH and word not in _REPLY:
        return None
    source = found.source
    if source and _neither(lower, source.first):
        return "denied"
    k = verb - 1
    floor = max(0, verb - 5)
    future = False
    while k >= floor and tags[k] in "rxmt":
        word = lower[k]
        if word in _NOT or word[-3:] in ("n't", "n’t"):
            return "denied"
        if word in _MAYBE:
            return "hypothetical"
        if tags[k] == "m" or tags[k] == "t":
            future = True
            if tags[k] == "t" and k and lemma(lower[k - 1]) in _REFUSE:
                return "denied"
        k -= 1
    if source and source.first and lower[source.first - 1] in _IF:
        return "hypothetical"
    return "not yet said" if future else None


def _neither(lower: list[str], first: int) -> bool:
    """Whether the source is one that neither tells: "neither H nor S would say"."""
    if lower[first] in ("neither", "nobody", "none"):
        return True
    before = lower[max(0, first - 8) : first]
    return "neither" in before[-1:] or ("neither" in before and "nor" in before[-2:])
