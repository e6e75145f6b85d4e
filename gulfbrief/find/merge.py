"""Actors of many documents -> who is who over all of them.

``merge`` is a pure function of one block: the document actors that could be one because their
names end alike. It never sees the order in which documents were indexed, so neither can its answer.
A wrong merge costs an analyst more than a missed one; so whoever might be two people stays two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..decisions import Decisions
from ..fold import slug, words
from ..model import ActorType
from .names import load
from .names.gazetteer import cues, data
from .person_names import PersonName, compatible, parse, sound

_SUFFIX = re.compile(r"-[0-9a-f]{6}$")


@dataclass(frozen=True, slots=True)
class DocActorRecord:
    """An actor as one document knows it: what merging needs to see of a ``DocumentActor``.

    ``names`` are (name or alias as written, count) pairs; ``roles`` are the role texts, ``states``
    the lexicon ids of the states and bodies that they are tied to.
    """

    doc: str
    key: str
    name: str
    type: ActorType
    known: bool = False
    names: tuple[tuple[str, int], ...] = ()
    gender: str | None = None
    roles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GlobalActor:
    """One actor of the whole index. ``id`` is the lexicon id, else a slug of ``name`` (with six
    digits of a document's id behind it where a namesake bears the bare slug); ``members`` are the
    (document, key) pairs of which it is made, sorted."""

    id: str
    name: str
    type: ActorType
    members: tuple[tuple[str, str], ...]


def block_key(actor: DocActorRecord, decisions: Decisions | None = None) -> str:
    """The block that decides about an actor: how the last part of its name sounds.

    Blocks that a judgement ``same`` ties are one block; so when decisions change, the blocks of all
    actors are to be asked for anew.

    >>> lavrov, lawrow = (DocActorRecord("d", "k", n, "person") for n in ("S. Lavrov", "Lawrow"))
    >>> block_key(lavrov) == block_key(lawrow)
    True
    """
    key = _natural_block(actor)
    return _tied(decisions).get(key, key) if decisions and decisions.judgements else key


def merge(block: Sequence[DocActorRecord], decisions: Decisions | None = None) -> list[GlobalActor]:
    """Who is who among the actors of one block (or of several), sorted by id.

    Known actors stay who they are. People are one where their names agree part by part and
    nothing about them contradicts; a lone family name joins a full name only if that is the one
    candidate. Bodies and places are one where their names fold alike. Judgements come last and win.
    """
    records = sorted(set(block), key=lambda r: (r.doc, r.key))
    groups: list[list[DocActorRecord]] = []
    groups += _split(records, lambda r: r.known, lambda r: r.key)
    unknown = [r for r in records if not r.known]
    groups += _split(unknown, lambda r: r.type != "person", _body)
    people = [r for r in unknown if r.type == "person"]
    for family in _split(people, lambda r: True, lambda r: sound(parse(r.name).family)):
        groups += _people(family)
    if decisions:
        groups = _decided(groups, decisions)
    return _named(groups)


def judged(decisions: Decisions | None) -> dict[str, str]:
    """The blocks that judgements speak of, each with the block that stands for all it is tied to.

    When decisions change, these blocks, the old ones and the new, are the ones to decide again.
    """
    judgements = decisions.judgements if decisions else ()
    blocks = {_block_of(_bare(ref)) for j in judgements for ref in (j.a, j.b)}
    tied = _tied(decisions)
    return {block: tied.get(block, block) for block in blocks}


# ---- bodies and places --------------------------------------------------------------------


def _body(record: DocActorRecord) -> Hashable:
    """What must be equal for two bodies (or two places) to be one: a name of several words is one
    body even where a report takes it for a place; of one word (Chelsea) it may be both."""
    name = _plain(record.name)
    if record.type == "organisation" and _generic(name):
        return (record.type, *name, record.states or record.doc)
    return name if len(name) > 1 else (record.type, *name)


def _plain(name: str) -> tuple[str, ...]:
    """The words that tell a body from another: one spelling, no "of the", no "Ltd"."""
    found = [_FORMS.get(w, w).replace("isation", "ization") for w in words(name)]
    plain = [w for w in found if w not in ("the", "of", "for", "and", "al", "el")] or found
    while len(plain) > 1 and plain[-1] in _COMPANY:
        plain.pop()
    return tuple(plain)


def _generic(name: tuple[str, ...]) -> bool:
    """Whether every state has a body of this name: the Foreign Ministry, parliament, the army."""
    return set(name) <= _STATE_BODIES | cues()["title_modifier"]


_FORMS = {"centre": "center", "defence": "defense", "programme": "program", "labour": "labor"}
_COMPANY = frozenset(
    "ltd inc plc corp co llc limited company corporation incorporated ag sa".split()
)
_STATE_BODIES = frozenset(
    "ministry ministries parliament court courts army navy police government council cabinet bank "
    "senate assembly office department agency authority commission committee forces guard party "
    "supreme high constitutional central national royal federal air coast border security armed "
    "foreign affairs interior defense finance health education justice labor oil economy trade "
    "industry information intelligence electoral election public prosecution general staff".split()
)


# ---- people -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is told about a person beside the name."""

    genders: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def __or__(self, other: _Traits) -> _Traits:
        return _Traits(
            self.genders | other.genders,
            self.states | other.states,
            self.fields | other.fields,
            self.roles | other.roles,
        )

    def contradict(self, other: _Traits) -> bool:
        return any(
            a and b and not a & b
            for a, b in (
                (self.genders, other.genders),
                (self.states, other.states),
                (self.fields, other.fields),
            )
        )

    def share(self, other: _Traits) -> bool:
        """Whether something speaks for one person: a state, or the same role."""
        return bool(self.states & other.states or self.roles & other.roles)


class _Cluster:
    """Records of one person, as far as is sure."""

    def __init__(self, records: list[DocActorRecord]) -> None:
        self.records = records
        self.names = {parse(r.name) for r in records}
        self.traits = _Traits()
        for record in records:
            self.traits |= _traits(record)

    def alike(self, lone: PersonName) -> bool:
        """Whether a lone family name is spelled like this one's."""
        return any(compatible(name, lone) for name in self.names)

    def may_be(self, other: _Cluster) -> bool:
        return not self.traits.contradict(other.traits) and all(
            compatible(a, b) for a in self.names for b in other.names
        )


def _traits(record: DocActorRecord) -> _Traits:
    countries = _countries()
    roles = [_noun(role) for role in record.roles]
    fields = {_fields()[role] for role in roles if role in _fields()}
    return _Traits(
        frozenset([record.gender] if record.gender else []),
        frozenset(s for s in record.states if s in countries),
        frozenset(fields),
        frozenset(filter(None, roles)),
    )


def _noun(role: str) -> str:
    """What somebody is, without of what: "spokeswoman" of "the spokeswoman of the Fifth Fleet"."""
    found = words(role)
    for at, word in enumerate(found):
        if at and word in ("of", "for", "at", "to", "in", "with"):
            return found[at - 1]
    return found[-1] if found else ""


def _people(family: list[DocActorRecord]) -> list[list[DocActorRecord]]:
    """The people of one family name."""
    lone = [r for r in family if not parse(r.name).full]
    full = [r for r in family if parse(r.name).full]
    clusters: list[_Cluster] = []
    for same in _split(full, lambda r: True, lambda r: parse(r.name)):
        clusters += _namesakes(same)
    clusters = _joined(clusters)
    alone: list[DocActorRecord] = []
    gained: dict[int, list[DocActorRecord]] = defaultdict(list)
    for same in _split(lone, lambda r: True, lambda r: (parse(r.name), _traits(r))):
        at = _only_candidate(parse(same[0].name), _traits(same[0]), clusters)
        (alone if at is None else gained[at]).extend(same)
    alone.sort(key=lambda r: (r.doc, r.key))
    found = [c.records + gained[i] for i, c in enumerate(clusters)]
    return found + [c.records for c in _namesakes(alone, sure=False)]


def _only_candidate(lone: PersonName, traits: _Traits, clusters: list[_Cluster]) -> int | None:
    """The one person whom a lone family name can mean."""
    alike = [i for i, c in enumerate(clusters) if c.alike(lone)]
    fit = [i for i in alike if not clusters[i].traits.contradict(traits)]
    shared = [i for i in fit if clusters[i].traits.share(traits)]
    if len(shared) == 1:
        return shared[0]
    if len(alike) == 1 and fit and lone.family not in _common_families():
        return fit[0]
    return None


def _namesakes(records: list[DocActorRecord], sure: bool = True) -> list[_Cluster]:
    """The people among records of equal name. ``sure``: an equal name is enough to be one, unless
    something contradicts; else something must speak for it."""
    told: dict[_Traits, list[DocActorRecord]] = defaultdict(list)
    for record in records:
        told[_traits(record)].append(record)
    plain = told.pop(_Traits(), [])
    clusters = [
        _Cluster(rs) for _, rs in sorted(told.items(), key=lambda x: (x[1][0].doc, x[1][0].key))
    ]
    clusters = _united(clusters, lambda a, b: a.traits.share(b.traits))
    if not sure:
        return clusters + [_Cluster([r]) for r in plain]
    if any(a.traits.contradict(b.traits) for a in clusters for b in clusters):
        return clusters + [_Cluster([r]) for r in plain]
    everyone = [r for c in clusters for r in c.records] + plain
    return [_Cluster(everyone)] if everyone else []


def _united(clusters: list[_Cluster], tie: Callable[[_Cluster, _Cluster], bool]) -> list[_Cluster]:
    """Clusters that are tied and do not contradict, made one, as long as there are any."""
    out: list[_Cluster] = []
    for cluster in clusters:
        for i, other in enumerate(out):
            if tie(cluster, other) and cluster.may_be(other):
                out[i] = _Cluster(other.records + cluster.records)
                break
        else:
            out.append(cluster)
    return out if len(out) == len(clusters) else _united(out, tie)


def _near(clusters: list[_Cluster]) -> dict[int, list[int]]:
    """Which clusters may be one with which, asking only those whose first names can agree."""
    firsts = [min(n.given[0] for n in c.names) for c in clusters]
    alike: dict[str, list[int]] = defaultdict(list)
    for i, first in enumerate(firsts):
        heard = sound(first)
        alike[heard].append(i)
        if len(first) == 1:
            alike[f"{heard[:1]}."].append(i)
        else:
            alike[f"{heard[:1]}*"].append(i)
    out: dict[int, list[int]] = {}
    for i, first in enumerate(firsts):
        heard = sound(first)
        keys = (heard, f"{heard[:1]}*") if len(first) == 1 else (heard, f"{heard[:1]}.")
        some = {j for key in keys for j in alike[key]} - {i}
        out[i] = sorted(j for j in some if clusters[i].may_be(clusters[j]))
    return out


def _joined(clusters: list[_Cluster]) -> list[_Cluster]:
    """Shorter forms of a name joined to the longer one where all that fit are one person."""
    near = _near(clusters)
    clear = {
        i
        for i, others in near.items()
        if all(clusters[a].may_be(clusters[b]) for a in others for b in others if a < b)
    }
    out, done = [], set()
    for i, cluster in enumerate(clusters):
        if i in done:
            continue
        records = list(cluster.records)
        done.add(i)
        if i in clear:
            for j in near[i]:
                if j in clear and j not in done and set(near[j]) | {j} == set(near[i]) | {i}:
                    records += clusters[j].records
                    done.add(j)
        out.append(_Cluster(records))
    return out


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(k.id for k in load().known.values() if k.type in ("country", "nationality"))


@lru_cache(maxsize=1)
def _common_families() -> frozenset[str]:
    """Family names that so many bear that being the one candidate says nothing."""
    lines = data("common_surnames.txt").splitlines()
    return frozenset(n for line in lines if line[:1] != "#" for n in line.split())


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in data("fields.txt").splitlines():
        if not line.startswith("#"):
            field, _, nouns = line.partition(":")
            out.update(dict.fromkeys(nouns.split(), field))
    return out


# ---- judgements ---------------------------------------------------------------------------


def _decided(
    groups: list[list[DocActorRecord]], decisions: Decisions
) -> list[list[DocActorRecord]]:
    here = {_natural_block(r) for g in groups for r in g}
    for judgement in decisions.judgements:
        if not here & {_block_of(_bare(judgement.a)), _block_of(_bare(judgement.b))}:
            continue
        named = _named(groups)
        a, b = _meant(judgement.a, named, groups), _meant(judgement.b, named, groups)
        if not a or not b:
            continue
        if judgement.verdict == "same":
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
    ref: str, named: list[GlobalActor], groups: list[list[DocActorRecord]]
) -> set[DocActorRecord]:
    """The records that an id of the index, ``DOCUMENT:KEY``, or the slug of a name means."""
    records = [r for g in groups for r in g]
    doc, colon, key = ref.partition(":")
    if colon:
        return {r for r in records if r.doc == doc and r.key == key}
    own = {r for r in records if ref in _slugs(r)}
    if own:
        return own
    for actor in named:
        if actor.id == ref:
            return {r for r in records if (r.doc, r.key) in set(actor.members)}
    return set()


def _slugs(record: DocActorRecord) -> set[str]:
    names = {record.key} if record.known else {slug(record.name)}
    return names | {f"{n}-{record.doc[:6]}" for n in names}


def _tied(decisions: Decisions | None) -> dict[str, str]:
    """Block -> the block that stands for all that judgements tie to it."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for judgement in decisions.judgements if decisions else ():
        if judgement.verdict == "same":
            a, b = (root(_block_of(_bare(ref))) for ref in (judgement.a, judgement.b))
            parent[max(a, b)] = min(a, b)
    return {key: root(key) for key in parent}


def _bare(ref: str) -> str:
    return _SUFFIX.sub("", ref.rpartition(":")[2])


def _natural_block(actor: DocActorRecord) -> str:
    return _block_of(actor.key if actor.known else actor.name)


@lru_cache(maxsize=50_000)
def _block_of(name: str) -> str:
    plain = " ".join(_plain(name.replace("-", " ").replace("&", " ")))
    return sound(parse(plain).family or plain)


# ---- names and ids ------------------------------------------------------------------------


def _named(groups: Iterable[list[DocActorRecord]]) -> list[GlobalActor]:
    """The groups with their names and with ids that no two share."""
    by_slug: dict[str, list[tuple[str, list[DocActorRecord]]]] = defaultdict(list)
    for group in groups:
        known = sorted(r.key for r in group if r.known)
        name = _display(group)
        by_slug[known[0] if known else slug(name) or "unnamed"].append((name, group))
    out: list[GlobalActor] = []
    for base, bearers in by_slug.items():
        bearers.sort(key=lambda b: (not any(r.known for r in b[1]), -len(b[1]), b[1][0].doc))
        taken: set[str] = set()
        for i, (name, group) in enumerate(bearers):
            id = base if i == 0 else f"{base}-{min(r.doc for r in group)[:6]}"
            while id in taken:
                id += "x"
            taken.add(id)
            members = tuple(sorted((r.doc, r.key) for r in group))
            out.append(GlobalActor(id, name, _type(group), members))
    return sorted(out, key=lambda a: a.id)


def _display(group: list[DocActorRecord]) -> str:
    known = [r for r in group if r.known]
    if known:
        first = min(known, key=lambda r: r.key)
        return load().display.get(first.key, first.name)
    count: dict[str, int] = defaultdict(int)
    for record in group:
        count[record.name] += 1
    full = [n for n in count if len(words(n)) > 1 and not _shouted(n)]
    full = full or [n for n in count if not _shouted(n)] or list(count)
    name = min(full, key=lambda n: (-count[n], -len(n), n))
    return name.title() if _shouted(name) and group[0].type == "person" else name


def _shouted(name: str) -> bool:
    """Whether a name is only written in capitals, as in a headline or a transcript's label."""
    return name.isupper() and len(name) > 4


def _type(group: list[DocActorRecord]) -> ActorType:
    known = [r for r in group if r.known]
    count: dict[ActorType, int] = defaultdict(int)
    for record in known or group:
        count[record.type] += 1
    return min(count, key=lambda t: (-count[t], t))


def _split(
    records: Iterable[DocActorRecord],
    take: Callable[[DocActorRecord], bool],
    key: Callable[[DocActorRecord], Hashable],
) -> list[list[DocActorRecord]]:
    out: dict[Hashable, list[DocActorRecord]] = defaultdict(list)
    for record in records:
        if take(record):
            out[key(record)].append(record)
    return list(out.values())
