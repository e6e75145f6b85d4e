"""Mentions of people, countries, organisations, places and nationalities."""

from __future__ import annotations

from ..model import Mention
from .text import Text


def find(text: Text) -> list[Mention]:
    """All names in order of the text, none overlapping another."""
    return []
