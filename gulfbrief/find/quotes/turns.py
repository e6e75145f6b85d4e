"""Turns of a dialogue: whose an untagged quotation is after somebody has answered somebody else."""

from __future__ import annotations

from bisect import bisect_right

from ..text.word_classes import lemma
from .attribution import Attribution
from .scan import Scan

REPLIES = frozenset("answer counter rejoin reply respond retort".split())
_SHORT = 15  # words that a turn of a dialogue has at most; a longer one is the same voice going on


def next_turn(scan: Scan, out: list[Attribution], k: int) -> Attribution | None:
    """The quotation whose speaker says the ``k``-th marked words, a paragraph of their own: the one
    before the last, where the last answered it and both stand next to each other. Null where this
    is no dialogue."""
    if len(out) < 2 or _words(scan, k) > _SHORT:
        return None
    asked, answered = out[-2], out[-1]
    if (
        not _apart(scan, asked, answered)
        or _paragraph(scan, answered) - _paragraph(scan, asked) > 1
    ):
        return None
    if answered.rule == "turn":
        return asked
    replies = answered.cue is not None and lemma(scan.lower[answered.cue[0]]) in REPLIES
    question = scan.raw[scan.marked[asked.marks[-1]].end - 1] == "?"
    return asked if replies or question else None


def other_voice(scan: Scan, last: Attribution, k: int) -> bool:
    """Whether the ``k``-th marked words, right behind those of ``last`` on one line, are somebody
    else's: "... he said. “You have no ticket.” “I have two.”"."""
    before, mark = scan.marked[last.marks[-1]], scan.marked[k]
    between = scan.raw[before.close : mark.open]
    return (
        before.closed
        and between.isspace()
        and "\n" not in between
        and scan.raw[before.end - 1] in ".!?"
        and scan.raw[mark.start].isupper()
        and scan.raw[mark.end - 1] in ".!?"
    )


def partner(scan: Scan, out: list[Attribution]) -> Attribution | None:
    """The quotation of the other voice in the paragraph of the last one, if there is one."""
    if len(out) < 2 or not _apart(scan, out[-2], out[-1]):
        return None
    return out[-2] if _paragraph(scan, out[-2]) == _paragraph(scan, out[-1]) else None


def _apart(scan: Scan, one: Attribution, other: Attribution) -> bool:
    """Whether the sources are not the same as written."""
    a, b = one.speaker, other.speaker
    if a is None or b is None:
        return False
    return scan.lower[a.first : a.stop] != scan.lower[b.first : b.stop]


def _paragraph(scan: Scan, found: Attribution) -> int:
    at = scan.marked[found.marks[-1]].open
    return bisect_right(scan.text.paragraphs, (at, len(scan.raw) + 1))


def _words(scan: Scan, k: int) -> int:
    return scan.mark_stop[k] - scan.mark_first[k]
