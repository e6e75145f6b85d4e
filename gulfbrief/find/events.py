"""Dated clauses -> events."""

from __future__ import annotations

from ..model import Event, Mention, Quote, TimeExpression
from .text import Text


def find(
    text: Text, dates: list[TimeExpression], mentions: list[Mention], quotes: list[Quote]
) -> list[Event]:
    """The events of one document in order of the text."""
    return []
