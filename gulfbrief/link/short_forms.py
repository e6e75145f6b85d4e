"""Which organisation a short form means over documents: "Ajax" of one report, "Ajax Rotterdam" of
others.

Blocks do not see it, for the names end differently. What counts is how often reports that have both
take the short form for the long one (``find/coreference/organisation_names.py``): they teach it to
all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..find.names.gazetteer import gazetteer
from .records import plain_words

LEAD = 3
"""A short form means the organisation for which it stands so many times as often as for all
others."""


ESTABLISHED = 2
"""A name that stands so often is no slip ..."""

SELDOM = 20
"""... where the short form is not so many times as common."""


class Longer(NamedTuple):
    """An organisation by its number and name: how often reports call it so, how often by the short
    form."""

    actor: int
    name: str
    own: int
    taught: int


def shortens(short: str, name: str) -> bool:
    """Whether ``short`` may be a short form of an organisation's name: its first words, its last,
    its initials.

    >>> [shortens(s, "Oslo Sheep Board") for s in ("Oslo", "Sheep Board", "OSB", "Sheep")]
    [True, True, True, False]
    """
    a, b = plain_words(short), plain_words(name)
    if len(b) < 2 or len(a) >= len(b):
        return False
    initials = len(a) == 1 and a[0] == "".join(word[0] for word in b)
    return initials or b[: len(a)] == a or b[-len(a) :] == a


TEAM = 3
"""A club's name with its town stands so often before its initials alone mean it."""


def tag(name: str) -> str:
    """The initials that a club may be called by without its town; empty for another name.

    >>> tag("BSV Lund"), tag("BSV Boats"), tag("Boats Lund")
    ('BSV', '', '')
    """
    first, _, rest = name.partition(" ")
    short = 1 < len(first) < 6 and first.isascii() and first.isalpha() and first.isupper()
    return first if short and rest in gazetteer().cities else ""


def by_tag(short: str, longer: Sequence[Longer]) -> int | None:
    """The club that initials mean though no report says so: the only one with a town behind
    them."""
    clubs = [one for one in longer if tag(one.name) == short]
    return clubs[0].actor if len(clubs) == 1 == len(longer) and clubs[0].own >= TEAM else None


def meant(longer: Sequence[Longer], alone: int) -> int | None:
    """The organisation that a short form means, null where none is called so or several are.
    ``alone`` is how often the short form stands in reports that have no longer one."""
    taught = sum(one.taught for one in longer)
    best = max(longer, key=lambda one: (one.taught, one.name), default=None)
    if best is None or not best.taught or best.taught < LEAD * (taught - best.taught):
        return None
    return best.actor if best.own >= max(ESTABLISHED, alone / SELDOM) else None
