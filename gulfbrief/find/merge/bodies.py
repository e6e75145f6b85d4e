"""When two bodies, or two places, are one."""

from __future__ import annotations

from collections.abc import Hashable

from ..names.gazetteer import cues
from .records import DocActorRecord, plain_words


def body_key(record: DocActorRecord) -> Hashable:
    """What must be equal for two bodies (or two places) to be one: a name of several words is one
    body even where a report takes it for a place; of one word (Chelsea) it may be both."""
    name = plain_words(record.name)
    if record.type == "organisation" and _generic(name):
        return (record.type, *name, record.states or record.doc)
    return name if len(name) > 1 else (record.type, *name)


def _generic(name: tuple[str, ...]) -> bool:
    """Whether every state has a body of this name: the Foreign Ministry, parliament, the army."""
    return set(name) <= _STATE_BODIES | cues()["title_modifier"]


_STATE_BODIES = frozenset(
    "ministry ministries parliament court courts army navy police government council cabinet bank "
    "senate assembly office department agency authority commission committee forces guard party "
    "supreme high constitutional central national royal federal air coast border security armed "
    "foreign affairs interior defense finance health education justice labor oil economy trade "
    "industry information intelligence electoral election public prosecution general staff".split()
)
