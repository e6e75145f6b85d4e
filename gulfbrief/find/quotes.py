"""Quotations: cue, content, source."""

from __future__ import annotations

from ..model import Mention, Quote
from .text import Text


def find(text: Text, mentions: list[Mention]) -> list[Quote]:
    """All quotations in order of the text; their speakers are spans, not yet actors."""
    return []
