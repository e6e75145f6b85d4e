"""What kind of actor a name stands for, decided over all documents that use it.

One report has a few sentences to tell a party from a place or a surname; the collection has many.
Each document votes with the type that it gave, a document that calls the bearer by a role or a
title of a person votes twice, and the majority decides for all of them. A name stays two where
both readings are common: a town and the team that is called like it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..find.coreference.person_names import parse
from ..find.names.gazetteer import cues, gazetteer
from ..model import ActorType
from .records import DocActorRecord, plain_words

Votes = dict[ActorType, int]
PROVEN = 2  # the votes of a document that tells something only people have
BEARER = 3  # the votes for a family name, no city's or firm's, of a document with the full name
TWO = 3  # a name stands for a place and for an organisation where so many documents say each ...
SHARE = 0.2  # ... and where so large a part of them does

FAR_MORE = 4  # so many times the votes overrule a gender of what is nobody's name


def decided_types(records: Sequence[DocActorRecord]) -> dict[DocActorRecord, ActorType]:
    """The type of each of the unknown ``records`` of one block."""
    alike: dict[tuple[str, ...], list[DocActorRecord]] = defaultdict(list)
    families: dict[str, int] = defaultdict(int)
    for record in records:
        alike[plain_words(record.name)].append(record)
        if record.type == "person" and parse(record.name).full:
            families[parse(record.name).family] += len(record.docs)
    out: dict[DocActorRecord, ActorType] = {}
    for name, same in alike.items():
        types = {r.type for r in same}
        bearers = families.get(name[0], 0) if len(name) == 1 else 0
        if len(types) == 1 and not bearers:
            out.update(dict.fromkeys(same, same[0].type))
            continue
        votes: Votes = defaultdict(int)
        for record in same:
            proven = record.gender or record.roles
            votes[record.type] += len(record.docs) * (PROVEN if proven else 1)
        if bearers:
            title = " ".join(name).title()
            other = title in gazetteer().cities or title in gazetteer().firms
            votes["person"] += bearers if other else BEARER * bearers
        best = min(votes, key=lambda t: (-votes[t], -_prior(t, name), t))
        for record in same:
            out[record] = _of(record, best, votes)
    return out


def _of(record: DocActorRecord, best: ActorType, votes: Votes) -> ActorType:
    """The type of ``record`` where most documents say ``best``."""
    if record.type == best:
        return best
    if record.roles:
        return record.type
    if record.type == "person" and record.gender:
        word = parse(record.name).family
        named = word in gazetteer().surnames or word in gazetteer().given
        slip = not named and votes[best] >= FAR_MORE * votes["person"]
        return best if slip else "person"
    if {record.type, best} == {"place", "organisation"}:
        fewer = votes[record.type]
        if fewer >= TWO and fewer >= SHARE * (fewer + votes[best]):
            return record.type
    return best


def _prior(type: ActorType, name: tuple[str, ...]) -> int:
    """What speaks for a type where documents are level."""
    known = gazetteer()
    if type == "person":
        return 2 if len(name) > 1 and name[0] in known.given else 0
    if type == "place":
        ends = name[-1].endswith(tuple(cues()["place_ending"]))
        return 2 if ends or " ".join(name).title() in known.cities else 0
    return 1
