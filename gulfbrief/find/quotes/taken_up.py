"""Speakers that a common noun takes up: "the newspaper said", "the firm said", "the singer said".

Each means whoever spoke last, where nobody and nothing else that it might mean was named since.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ...model import DocumentActor, Mention, Quote, Speaker
from ..coreference.roles import lexicon

_NEAR = 600  # characters between who spoke last and the noun
_LONG = 2000  # characters before the noun in which somebody unnamed may have been told of
_NOUN = re.compile(r"[Tt]he ((?:[a-z-]+ ){0,3}?)([a-z-]+)")
_MEDIA = frozenset(
    """newspaper paper magazine outlet publication site website broadcaster network channel station
    agency daily tabloid""".split()
)
_TRADING = frozenset(
    """company firm retailer carmaker automaker manufacturer airline bank lender insurer developer
    operator studio startup start-up""".split()
)
_BODIES = (
    _MEDIA
    | _TRADING
    | frozenset(
        """group organisation organization institute institution centre center charity think-tank
    watchdog regulator nonprofit non-profit foundation union""".split()
    )
)


def body(
    speaker: Speaker,
    last: Quote | None,
    actors: dict[str, DocumentActor],
    within: Callable[[int, int], list[Mention]],
) -> Speaker:
    """ "The newspaper said": the organisation that spoke in the quotation before, where no other
    was named since. What a paper reports may name others."""
    found = _NOUN.fullmatch(speaker.text)
    start, by = speaker.start, _last_by(last)
    if found is None or start is None or by is None or last is None or found[2] not in _BODIES:
        return speaker
    actor = actors.get(by.actor or "")
    end = by.end or 0
    if actor is None or actor.type != "organisation" or not 0 < start - end < _NEAR:
        return speaker
    press = actor.key in lexicon().known["newspaper"]
    if found[2] in _TRADING and press:
        return speaker
    if found[2] in _MEDIA and actor.known and not press:
        return speaker
    if found[2] not in _MEDIA and not _of_kind(actor.name, found[2]):
        return speaker
    for mention in within(end, start):
        told = any(f.start <= mention.start < f.end for f in last.fragments)
        other = mention.type in ("organisation", "country") and mention.actor != actor.key
        if other and not (told and found[2] in _MEDIA):
            return speaker
    return replace(speaker, actor=actor.key, name=actor.name, how="role", reason=None)


def person(
    speaker: Speaker,
    last: Quote | None,
    actors: dict[str, DocumentActor],
    within: Callable[[int, int], list[Mention]],
    text: str,
) -> Speaker:
    """ "The singer said": who spoke in the quotation before, where nobody else was named since and
    the text tells of no singer without a name."""
    found = _NOUN.fullmatch(speaker.text)
    start, by = speaker.start, _last_by(last)
    if found is None or start is None or by is None or found[2] not in lexicon().epithets:
        return speaker
    actor = actors.get(by.actor or "")
    end = by.end or 0
    if actor is None or actor.type != "person" or not 0 < start - end < _NEAR:
        return speaker
    gender = lexicon().gender.get(found[2])
    if gender and actor.gender not in (None, gender):
        return speaker
    if any(m.type == "person" and m.actor != actor.key for m in within(end, start)):
        return speaker
    before = text[max(0, start - _LONG) : start]
    unnamed = rf"\b(?:an?|another|one|two|some|many) (?:[\w-]+ ){{0,3}}{found[2]}s?\b"
    if re.search(unnamed, before, re.IGNORECASE):
        return speaker
    return replace(speaker, actor=actor.key, name=actor.name, how="role", reason=None)


def _last_by(last: Quote | None) -> Speaker | None:
    """Whom the quotation before is surely by."""
    if last is None or len(last.speakers) != 1 or last.outer:
        return None
    by = last.speakers[0]
    return by if by.actor and by.how in ("name", "pronoun", "role") else None


def _of_kind(name: str, noun: str) -> bool:
    """Whether an organisation of this name may be called by the noun: its words tell that kind, or
    none at all."""
    words = set(name.lower().split())
    kinds = lexicon().organisations
    own = kinds.get(noun, frozenset()) | (kinds["company"] if noun in _TRADING else frozenset())
    return not words.isdisjoint(own) or words.isdisjoint(_all_kinds())


@cache
def _all_kinds() -> frozenset[str]:
    """The words by which the names of organisations tell what they are."""
    return frozenset(word for words in lexicon().organisations.values() for word in words)
