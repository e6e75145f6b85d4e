"""What the first word of a sentence is, whose capital tells nothing."""

from __future__ import annotations

from .gazetteer import cues, gazetteer
from .runs import Words

_ACTING = cues()["say"] | cues()["person_verb"] | cues()["state_verb"] | {"was", "is"}


def opens_by_name(words: Words, i: int) -> bool:
    """Whether a word of the language at token ``i`` is a given name that does something or stands
    beside another ("Tony and Helene want ...")."""
    low, after = words.bare[i].lower(), words.at(i + 1)
    if low in words.small or gazetteer().gender(low) is None:
        return False
    if after == "and":
        return words.at(i + 2)[:1].isupper()
    return after in _ACTING or (after.endswith("ed") and after in gazetteer().words)


def opens_by_said(words: Words, i: int, last: int) -> bool:
    """Whether the first word of a sentence, at token ``i``, is the verb and no given name: "Said
    Lund: ..." beside "Said Karimi left"; ``last`` is where the run of capitals ends."""
    if words.bare[i] != "Said" or "Said" in words.middle:
        return False
    after = words.at(last)
    return not after.isalpha() or after in ("who", "in", "on", "at", "of", "last")
