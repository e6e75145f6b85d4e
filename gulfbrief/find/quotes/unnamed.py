"""Speakers whom the text does not name, and why."""

from __future__ import annotations

import re

from ...model import Speaker, SpeakerHow
from .labels import ASKS

INDEFINITE = re.compile(
    r"(?:an?|one|another|some|several|many|two|three|four|most|both|other|no|anonymous|unnamed)\b",
    re.I,
)
_PLURAL = re.compile(r"(?:[a-z]+s|people|men|women|police|others|many|some|critics)$")
_PRONOUNS = frozenset("i we you he she it they one this that these those him her them".split())


def unmet(speaker: Speaker, reason: str) -> Speaker:
    """The speaker as written, without an actor, and why."""
    how: SpeakerHow | None = "carried" if speaker.how == "carried" else None
    return Speaker(speaker.text, speaker.start, speaker.end, None, None, how, reason)


def why(words: str) -> str:
    """Why a source without a name in it stays without an actor."""
    if words.lower() in _PRONOUNS:
        return "it is not sure whom the pronoun means"
    if words.rstrip(".") in ASKS:
        return "whoever asks"
    if words == "A":
        return "the text does not surely tell who answers"
    if INDEFINITE.match(words):
        return "an unnamed source"
    if _PLURAL.search(words.lower()) and not words.istitle():
        return "a group, not one actor"
    return "the text does not name this source"
