"""What a mail repeats of another: nothing is looked for in it.

It was said by somebody else on another day, from which "yesterday" is to be reckoned, and the mail
that is answered holds it already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeVar

from ...model import Document, Event, Mention, Quote, TimeExpression

Found = TypeVar("Found", Mention, Quote, TimeExpression, Event)


def without(document: Document) -> str:
    """The text with line ends in place of what it repeats: offsets hold, paragraphs end."""
    pieces, at = [], 0
    for start, end in document.quoted:
        pieces += [document.text[at:start], "\n" * (end - start)]
        at = end
    return "".join(pieces) + document.text[at:]


def outside(found: Iterable[Found], document: Document) -> tuple[Found, ...]:
    """Those findings that do not reach over a repeated part."""
    spans = document.quoted
    if not spans:
        return tuple(found)
    ends = [end for _, end in spans]

    def apart(start: int, end: int) -> bool:
        at = bisect_left(ends, start + 1)
        return at == len(spans) or end <= spans[at][0]

    return tuple(x for x in found if apart(x.start, x.end))
