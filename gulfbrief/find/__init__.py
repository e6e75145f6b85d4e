"""Document -> findings: pure functions, no files, no clock, no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Document, Findings

if TYPE_CHECKING:
    from .text import Text


def find(document: Document, text: Text | None = None) -> Findings:
    """Everything that is found in one document.

    Works in one direction: names, then who they are, then quotations and their speakers, then
    dates and what happened on them. Offsets are code points into ``document.text``; who has its
    parts already gives them as ``text``. Nothing is found in ``document.quoted``.
    """
    from . import actors, dates, events, names, quotes, repeated, speakers
    from .text import Text

    if document.quoted:
        text = Text(repeated.without(document))
    text = text or Text(document.text)
    mentions, roster = actors.resolve(text, names.find(text))
    quotations = speakers.resolve(text, quotes.find(text, mentions), mentions, roster)
    timexes = dates.find(text, document.published)
    happenings = events.find(text, timexes, mentions, quotations, document.published)
    return Findings(
        repeated.outside(mentions, document),
        tuple(roster),
        repeated.outside(quotations, document),
        repeated.outside(timexes, document),
        repeated.outside(happenings, document),
    )
