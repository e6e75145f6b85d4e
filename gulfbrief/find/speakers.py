"""Who speaks: the source of a quotation -> an actor, how that was told, and how sure it is."""

from __future__ import annotations

from ..model import DocumentActor, Mention, Quote
from .text import Text


def resolve(
    text: Text, quotes: list[Quote], mentions: list[Mention], actors: list[DocumentActor]
) -> list[Quote]:
    """The quotations with the actors behind their speakers."""
    return quotes
