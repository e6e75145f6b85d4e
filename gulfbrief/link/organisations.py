"""When two organisations, or two places, are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from ..find.names.gazetteer import cues
from ..model import ActorType
from .records import DocActorRecord, plain_words, split


def organisations(
    records: Iterable[DocActorRecord], types: Mapping[DocActorRecord, ActorType]
) -> list[list[DocActorRecord]]:
    """The organisations, and the places; one that every state has is that of its document alone
    where no state is told. ``types`` are those that the whole block has decided."""
    out: list[list[DocActorRecord]] = []
    plain: list[DocActorRecord] = []
    for record in records:
        if _generic(record) and not record.states:
            out += ([one] for one in record.apart())
        else:
            plain.append(record)
    return out + split(plain, lambda r: True, lambda r: _key(r, types[r]))


def _key(record: DocActorRecord, type: ActorType) -> Hashable:
    """What must be equal for two organisations (or two places) to be one: a name of several words
    is one organisation even where a report takes it for a place; of one word (Chelsea) it may be
    both."""
    name = plain_words(record.name)
    if _generic(record):
        return (type, *name, record.states)
    return name if len(name) > 1 else (type, *name)


def _generic(record: DocActorRecord) -> bool:
    """Whether every state has an organisation of this name: the Foreign Ministry, parliament, the
    army."""
    return record.type == "organisation" and _STATE_BODIES.union(
        cues()["title_modifier"]
    ).issuperset(plain_words(record.name))


_STATE_BODIES = frozenset(
    "ministry ministries parliament court courts army navy police government council cabinet bank "
    "senate assembly office department agency authority commission committee forces guard party "
    "supreme high constitutional central national royal federal air coast border security armed "
    "foreign affairs interior defense finance health education justice labor oil economy trade "
    "industry information intelligence electoral election public prosecution general staff".split()
)
