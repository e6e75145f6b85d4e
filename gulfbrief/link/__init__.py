"""Actors of many documents -> who is who over all of them.

``link`` is a pure function of one block: the document actors that could be one because their
names end alike. It never sees the order in which documents were indexed, so neither can its answer.
A wrong merge costs an analyst more than a missed one; so whoever might be two people stays two.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..decisions import Decisions
from ..find.coreference.person_names import parse, sound
from ..model import DocumentActor
from .canonical_names import named
from .judgements import bare, decided, tied
from .organisations import organisations
from .people import people
from .records import DocActorRecord, Evidence, GlobalActor, block_of, gathered, natural_block, split
from .types import decided_types

__all__ = [
    "DocActorRecord", "Evidence", "GlobalActor", "block_key", "block_of", "judged", "link",
]  # fmt: skip


def block_key(actor: DocActorRecord | DocumentActor, decisions: Decisions | None = None) -> str:
    """The block that decides about an actor: how the last part of its name sounds.

    Blocks that a judgement ``same`` ties are one block; so when decisions change, the blocks of all
    actors are to be asked for anew.

    >>> lavrov, lawrow = (DocActorRecord(("d",), "", n, "person") for n in ("S. Lavrov", "Lawrow"))
    >>> block_key(lavrov) == block_key(lawrow)
    True
    """
    key = natural_block(actor)
    return tied(decisions).get(key, key) if decisions and decisions.judgements else key


def link(block: Sequence[DocActorRecord], decisions: Decisions | None = None) -> list[GlobalActor]:
    """Who is who among the actors of one block (or of several), sorted by id.

    Known actors stay who they are. People are one where their names agree part by part and
    nothing about them contradicts; a lone family name joins a full name only if that is the one
    candidate. Organisations and places are one where their names fold alike. What a name stands for
    is decided by all records of the block (``types``). Judgements come last and win. Documents that
    tell the same are looked at as one, so that what a block costs depends on how much is told, not
    on how often.
    """
    records = gathered(block)
    if not decisions and sum(len(r.docs) for r in records) == 1:
        return named([records])
    groups: list[list[DocActorRecord]] = []
    groups += split(records, lambda r: r.known, lambda r: r.key)
    unknown = [r for r in records if not r.known]
    types = decided_types(unknown)
    groups += organisations([r for r in unknown if types[r] != "person"], types, list(groups))
    persons = [r for r in unknown if types[r] == "person"]
    for family in split(persons, lambda r: True, lambda r: sound(parse(r.name).family)):
        groups += people(family)
    if decisions:
        groups = decided(groups, decisions)
    return named(groups)


def judged(decisions: Decisions | None) -> dict[str, str]:
    """The blocks that judgements speak of, each with the block that stands for all it is tied to.

    When decisions change, these blocks, the old ones and the new, are the ones to decide again.
    """
    judgements = decisions.judgements if decisions else ()
    blocks = {block_of(bare(ref)) for j in judgements for ref in (j.a, j.b)}
    ties = tied(decisions)
    return {block: ties.get(block, block) for block in blocks}
