"""Mentions -> the actors of one document: aliases, roles, who a pronoun or a role means."""

from __future__ import annotations

from dataclasses import replace

from ...fold import fold
from ...model import DocumentActor, Mention
from ..names.gazetteer import gazetteer
from ..names.lexicon import load as known
from ..text import Text
from .aliases import NameClusters
from .anaphora import AnaphoraResolver
from .propagation import (
    bracketed_initialisms,
    people_by_role,
    people_by_speech,
    propagate_surnames,
    relatives,
)
from .roles import Lexicon, Tokens, lexicon


def resolve(text: Text, mentions: list[Mention]) -> tuple[list[Mention], list[DocumentActor]]:
    """The mentions with their actors, role and pronoun mentions added, and the actors.

    ``mentions`` are names in order of the text, none overlapping another. What comes back is in
    order too. A role or pronoun that nobody surely fits keeps ``actor`` null. A role mention spans
    its whole phrase ("the Omani foreign minister") and may hold a name mention ("Omani"). People of
    a state are not the state: nationality mentions come back without an actor.
    Time grows linearly with the text.
    """
    words = lexicon()
    mentions = [_untitled(mention, words) for mention in mentions]
    mentions = relatives(text, mentions, words.relation & frozenset(words.gender))
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
        key = clusters.entities[index].key if index is not None else None
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


def _untitled(mention: Mention, words: Lexicon) -> Mention:
    """A person's name without a role that was taken into it ("Headteacher Susan Boyle"); a name
    that ends in the noun of a body ("Lakeside Bank") is that body's."""
    if mention.type != "person" or " " not in mention.text:
        return mention
    parts = mention.text.split()
    if parts[-1] == "I" and fold(parts[-2]) not in gazetteer().given:  # "Falk I disliked"
        end = mention.end - len(mention.text) + len(mention.text[:-1].rstrip())
        return replace(mention, end=end, text=mention.text[:-1].rstrip(), head=parts[-2])
    if parts[-1].lower() in words.organisations:
        return replace(mention, type="organisation", head=None)
    drop = 0
    while drop < len(parts) - 2 and parts[drop].lower().removesuffix("s") in words.people:
        drop += 1
    for n, part in enumerate(parts[:-1]):
        if part.rstrip(".").lower() in words.short and (n > 0 or part.endswith(".")):
            drop = n + 1
    if not drop:
        return mention
    start = mention.start + mention.text.index(parts[drop], len(" ".join(parts[:drop])))
    return replace(mention, start=start, text=mention.text[start - mention.start :])
