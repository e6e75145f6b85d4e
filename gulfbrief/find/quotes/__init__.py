"""Quotations: cue, content, source."""

from __future__ import annotations

from bisect import bisect_left

from ...model import Mention, Quote, QuoteKind, Span, Speaker, SpeakerHow
from ..text import Text
from . import continued, direct, labels, nested, select
from .act import act_of
from .attribution import Attribution
from .factuality import unasserted
from .scan import Scan


def find(text: Text, mentions: list[Mention]) -> list[Quote]:
    """All quotations in order of the text; their speakers are spans, not yet actors."""
    scan = Scan(text)
    lines = labels.find(scan)
    spoken = lines + direct.find(scan, lines)
    reported = select.find(scan, spoken, kinds(scan, mentions))
    more = continued.find(scan, spoken, reported)
    found = spoken + more + nested.between_marks(scan, spoken) + reported
    quotes = [_quote(scan, f) for f in found]
    return sorted((q for q in quotes if q.fragments), key=lambda q: (q.start, q.end))


def kinds(scan: Scan, mentions: list[Mention]) -> dict[int, str]:
    """The type of the name that a token belongs to, by token."""
    out: dict[int, str] = {}
    for m in mentions:
        out.update(dict.fromkeys(range(*scan.tokens_of(m.start, m.end)), m.type))
    return out


def _quote(scan: Scan, found: Attribution) -> Quote:
    raw = scan.raw
    spans = [_trim(scan, a, b) for a, b in found.fragments]
    spans = [(a, b) for a, b in spans if a < b] or [(found.fragments[0][0], found.fragments[0][0])]
    last = spans[-1]
    spans[-1] = (last[0], last[0] + len(raw[slice(*last)].rstrip(_TRAILING)))
    fragments = tuple(Span(a, b, raw[a:b]) for a, b in spans if a < b)
    k = scan.text.sentence_at(spans[0][0])
    cue = None
    if found.cue:
        start, end = scan.starts[found.cue[0]], scan.ends[found.cue[1] - 1]
        cue = Span(start, end, raw[start:end])
    speakers: tuple[Speaker, ...] = ()
    outer: tuple[Speaker, ...] = ()
    if found.outer and found.outer.speaker:
        through = found.outer.speaker
        outer = (_speaker(scan, (through.first, through.stop), None),)
    source = found.speaker
    if source:
        how: SpeakerHow | None = None if found.source else "carried"
        joint = sorted([(source.first, source.stop), *source.others])
        speakers = tuple(_speaker(scan, s, how) for s in joint)
    kind = _kind(scan, found)
    return Quote(
        kind,
        spans[0][0],
        spans[-1][1],
        " ".join(f.text for f in fragments),
        fragments,
        scan.sentence(k),
        cue,
        speakers,
        outer,
        confidence=found.confidence,
        reason=unasserted(scan, found),
        act=act_of(scan, found, kind == "mixed"),
        content_confidence=found.confidence,
    )


_TRAILING = ",;:-–— \n\t"  # what no content ends on


def _kind(scan: Scan, found: Attribution) -> QuoteKind:
    """Direct where it is an utterance between marks, mixed where only words of it are."""
    if found.kind == "direct":
        return "direct"
    for a, b in found.fragments:
        first, stop = scan.tokens_of(a, b)
        if "Q" in scan.tags[first:stop]:
            return "mixed"
    return "indirect"


def _speaker(scan: Scan, span: tuple[int, int], how: SpeakerHow | None) -> Speaker:
    start, end = scan.starts[span[0]], scan.ends[span[1] - 1]
    return Speaker(scan.raw[start:end], start, end, how=how)


def _trim(scan: Scan, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends, and without marks that hold it all."""
    raw = scan.raw
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    k = bisect_left(scan.marked, start, key=lambda m: m.open)
    if k < len(scan.marked):
        mark = scan.marked[k]
        if mark.open == start and mark.close >= end:
            return mark.start, min(mark.end, end)
    return start, end
