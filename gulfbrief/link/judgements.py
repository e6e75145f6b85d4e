"""An analyst's judgements on the machine's groups: they come last and win."""

from __future__ import annotations

import re

from ..decisions import Decisions
from ..fold import slug
from .canonical_names import named
from .records import DocActorRecord, GlobalActor, block_of, natural_block

_SUFFIX = re.compile(r"-[0-9a-f]{6}$")


def decided(groups: list[list[DocActorRecord]], decisions: Decisions) -> list[list[DocActorRecord]]:
    """The groups as the judgements that speak of them make them, the later over the earlier."""
    here = {natural_block(r) for g in groups for r in g}
    spoken = [j for j in decisions.judgements if here & {block_of(bare(j.a)), block_of(bare(j.b))}]
    if spoken:
        groups = [[one for r in g for one in r.apart()] for g in groups]
    for judgement in spoken:
        actors = named(groups)
        same = judgement.verdict == "same"
        a, b = (_meant(ref, actors, groups, same) for ref in (judgement.a, judgement.b))
        if not a or not b:
            continue
        if same:
            one = [r for g in groups if set(g) & (a | b) for r in g]
            groups = [g for g in groups if not set(g) & (a | b)] + [one]
        else:
            apart = []
            for group in groups:
                if set(group) & a and set(group) & b:
                    leaving = b - a
                    apart.append([r for r in group if r not in leaving])
                    apart.append([r for r in group if r in leaving])
                else:
                    apart.append(group)
            groups = [g for g in apart if g]
    return groups


def _meant(
    ref: str, actors: list[GlobalActor], groups: list[list[DocActorRecord]], same: bool
) -> set[DocActorRecord]:
    """The records that an id of the index, ``DOCUMENT:KEY``, or the slug of a name means.

    What is the ``same`` is meant as a whole, by its id; what is different may stand in one group
    yet, so there a name means those who bear it.
    """
    records = [r for g in groups for r in g]
    doc, colon, key = ref.partition(":")
    if colon:
        return {r for r in records if r.docs == (doc,) and r.key == key}
    members = {m for actor in actors if actor.id == ref for m in actor.members}
    whole = {r for r in records if (r.docs[0], r.key) in members}
    own = {r for r in records if ref in _slugs(r)}
    return (whole or own) if same else (own or whole)


def _slugs(record: DocActorRecord) -> set[str]:
    names = {record.key} if record.known else {slug(record.name)}
    return names | {f"{n}-{record.docs[0][:6]}" for n in names}


def tied(decisions: Decisions | None) -> dict[str, str]:
    """Block -> the block that stands for all that judgements tie to it."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for judgement in decisions.judgements if decisions else ():
        if judgement.verdict == "same":
            a, b = (root(block_of(bare(ref))) for ref in (judgement.a, judgement.b))
            parent[max(a, b)] = min(a, b)
    return {key: root(key) for key in parent}


def bare(ref: str) -> str:
    return _SUFFIX.sub("", ref.rpartition(":")[2])
