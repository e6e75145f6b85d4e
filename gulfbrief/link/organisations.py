"""When two bodies, or two places, are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ..find.names.gazetteer import cues
from .records import DocActorRecord, plain_words, split


def organisations(records: Iterable[DocActorRecord]) -> list[list[DocActorRecord]]:
    """The bodies, and the places; one that every state has is that of its document alone where no
    state is told."""
    each = ([r] if r.states or not _generic(r) else r.apart() for r in records)
    return split((r for some in each for r in some), lambda r: True, _key)


def _key(record: DocActorRecord) -> Hashable:
    """What must be equal for two bodies (or two places) to be one: a name of several words is one
    body even where a report takes it for a place; of one word (Chelsea) it may be both."""
    name = plain_words(record.name)
    if _generic(record):
        return (record.type, *name, record.states or record.docs)
    return name if len(name) > 1 else (record.type, *name)


def _generic(record: DocActorRecord) -> bool:
    """Whether every state has a body of this name: the Foreign Ministry, parliament, the army."""
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
