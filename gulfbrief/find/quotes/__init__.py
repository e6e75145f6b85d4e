"""Quotations: cue, content, source."""

from __future__ import annotations

from bisect import bisect_left

from ...model import Mention, Quote, QuoteKind, Span, Speaker, SpeakerHow
from ..text import Text
from . import direct, labels, select
from .found import Found
from .scan import Scan


def find(text: Text, mentions: list[Mention]) -> list[Quote]:
    """All quotations in order of the text; their speakers are spans, not yet actors."""
    scan = Scan(text)
    lines = labels.find(scan)
    spoken = lines + direct.find(scan, lines)
    found = spoken + select.find(scan, spoken)
    quotes = [_quote(scan, f) for f in found]
    return sorted((q for q in quotes if q.fragments), key=lambda q: (q.start, q.end))


def _quote(scan: Scan, found: Found) -> Quote:
    raw = scan.raw
    pieces = [trim(raw, a, b) for a, b in found.pieces]
    pieces = [(a, b) for a, b in pieces if a < b] or [(found.pieces[0][0], found.pieces[0][0])]
    fragments = tuple(Span(a, b, raw[a:b]) for a, b in pieces if a < b)
    k = scan.text.sentence_at(pieces[0][0])
    a, b = scan.text.sentences[k]
    cue = None
    if found.cue:
        start, end = scan.starts[found.cue[0]], scan.ends[found.cue[1] - 1]
        cue = Span(start, end, raw[start:end])
    speakers: tuple[Speaker, ...] = ()
    source = found.speaker
    if source:
        how: SpeakerHow | None = None if found.source else "carried"
        spans = [(source.first, source.stop), *source.others]
        speakers = tuple(_speaker(scan, s, how) for s in spans)
    return Quote(
        _kind(scan, found),
        pieces[0][0],
        pieces[-1][1],
        " ".join(f.text for f in fragments),
        fragments,
        Span(a, b, raw[a:b]),
        cue,
        speakers,
        confidence=found.confidence,
    )


def _kind(scan: Scan, found: Found) -> QuoteKind:
    """Direct where it is an utterance between marks, mixed where only words of it are."""
    if found.kind == "direct":
        return "direct"
    for a, b in found.pieces:
        first, stop = bisect_left(scan.starts, a), bisect_left(scan.starts, b)
        if "Q" in scan.tags[first:stop]:
            return "mixed"
    return "indirect"


def _speaker(scan: Scan, span: tuple[int, int], how: SpeakerHow | None) -> Speaker:
    start, end = scan.starts[span[0]], scan.ends[span[1] - 1]
    return Speaker(scan.raw[start:end], start, end, how=how)


_MARKS = " \t\n\r\u00a0\"“”„‟«»‹›‚‘’'`"


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks and the white space around it."""
    while start < end and raw[start] in _MARKS:
        start += 1
    while end > start and raw[end - 1] in _MARKS:
        end -= 1
    return start, end
