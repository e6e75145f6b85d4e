"""Mentions -> the actors of one document: aliases, roles, who a pronoun or a role means."""

from __future__ import annotations

from ..model import DocumentActor, Mention
from .text import Text


def resolve(text: Text, mentions: list[Mention]) -> tuple[list[Mention], list[DocumentActor]]:
    """The mentions with their actors, role and pronoun mentions added, and the actors."""
    return mentions, []
