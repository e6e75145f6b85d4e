"""Mentions -> the actors of one document: aliases, roles, who a pronoun or a role means."""

from __future__ import annotations

from dataclasses import replace

from ...model import DocumentActor, Mention
from ..names.lexicon import load as known
from ..text import Text
from .aliases import NameClusters
from .anaphora import AnaphoraResolver
from .name_extent import trimmed
from .organisation_names import bodies_of_states
from .propagation import (
    bracketed_initialisms,
    papers,
    people_by_role,
    people_by_speech,
    propagate_surnames,
    relatives,
    signatories,
    titled,
)
from .roles import Tokens, lexicon


def resolve(text: Text, mentions: list[Mention]) -> tuple[list[Mention], list[DocumentActor]]:
    """The mentions with their actors, role and pronoun mentions added, and the actors.

    ``mentions`` are names in order of the text, none overlapping another. What comes back is in
    order too. A role or pronoun that nobody surely fits keeps ``actor`` null. A role mention spans
    its whole phrase ("the Omani foreign minister") and may hold a name mention ("Omani"). People of
    a state are not the state: nationality mentions come back without an actor.
    Time grows linearly with the text.
    """
    words = lexicon()
    mentions = trimmed(text, mentions, words)
    mentions = relatives(text, mentions, words.kin)
    mentions = signatories(text, papers(text, bodies_of_states(mentions)))
    mentions = titled(text, mentions, words.heads | words.modifiers | words.organs)
    mentions = propagate_surnames(
        text,
        bracketed_initialisms(
            text, people_by_speech(text, people_by_role(text, mentions, words.people))
        ),
    )
    tokens = Tokens(text, mentions)
    clusters = NameClusters(mentions, tokens, words)
    resolver = AnaphoraResolver(text, mentions, tokens, clusters, words)
    resolver.read()
    found = list(resolver.extra)
    for number, mention in enumerate(mentions):
        index = clusters.entity_of[number]
        entity = clusters.entities[index] if index is not None else None
        key = entity.key if entity else None
        if entity and entity.type == "person" != mention.type:  # a pronoun has told
            mention = replace(mention, type="person", head=mention.text.rsplit(None, 1)[-1])
        if key != mention.actor:
            kind, how, head = mention.type, mention.how, mention.head
            mention = Mention(mention.start, mention.end, mention.text, kind, how, key, head)
        found.append(mention)
    found.sort(key=lambda m: (m.start, -m.end))
    shown = known().display
    roster = [
        DocumentActor(
            entity.key,
            shown.get(entity.key, entity.name) if entity.known else entity.name,
            entity.type,
            entity.known,
            entity.gender,
            tuple(resolver.roles.get(i, ())),
        )
        for i, entity in enumerate(clusters.entities)
        if entity.key is not None
    ]
    return found, roster
