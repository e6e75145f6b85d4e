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
    papers,
    people_by_role,
    people_by_speech,
    propagate_surnames,
    relatives,
    titled,
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
    mentions = _trimmed(text, mentions, words)
    mentions = relatives(text, mentions, words.relation & frozenset(words.gender))
    mentions = papers(text, mentions)
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


def _trimmed(text: Text, mentions: list[Mention], words: Lexicon) -> list[Mention]:
    """The mentions without what is no part of a name: roles and epithets before a person's name;
    a noun that only begins a role ("Harbour master") goes."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.actor is None and " " not in mention.text:
            after = text.token_at(mention.end + 1)
            near = after < len(text.lower) and text.starts[after] - mention.end == 1
            if near and f"{mention.text.lower()} {text.lower[after]}" in words.compounds:
                continue
        elif mention.actor is None:
            mention = _untitled(mention, words)
        out.append(mention)
    return out


def _untitled(mention: Mention, words: Lexicon) -> Mention:
    """A person's name without a role or an epithet that was taken into it ("Headteacher Susan
    Boyle", "Old Susan Boyle"), whatever it was taken for; a name that ends in the noun of a body
    ("Lakeside Bank") is that body's."""
    parts = mention.text.split()
    if parts[-1] == "I" and fold(parts[-2]) not in gazetteer().given:  # "Falk I disliked"
        end = mention.end - len(mention.text) + len(mention.text[:-1].rstrip())
        return replace(mention, end=end, text=mention.text[:-1].rstrip(), head=parts[-2])
    if parts[-1].lower() in words.organisations:
        person = mention.type == "person"
        return replace(mention, type="organisation", head=None) if person else mention
    low = [part.lower().rstrip(".") for part in parts]
    drop = 0
    while drop < len(parts) - 2:
        pair = " ".join(low[drop : drop + 2])
        if drop < len(parts) - 3 and pair in words.compounds:
            drop += 2
        elif (
            low[drop].removesuffix("s") in words.people
            or low[drop] in _EPITHETS
            or (low[drop] in words.modifiers and low[drop + 1] in words.people)
        ):
            drop += 1
        else:
            break
    if mention.type != "person":
        if not drop or fold(parts[drop]) not in gazetteer().given:
            return mention
    else:
        for n in range(len(parts) - 1):
            if low[n] in words.short and (n > 0 or parts[n].endswith(".")):
                drop = n + 1
    if not drop:
        return mention
    start = mention.start + mention.text.index(parts[drop], len(" ".join(parts[:drop])))
    name = mention.text[start - mention.start :]
    return replace(mention, start=start, text=name, type="person", head=parts[-1])


_EPITHETS = frozenset("old young little late poor dear haji hajj hajji sayyid seyyed sayed".split())
