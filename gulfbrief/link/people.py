"""When two documents speak of one person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..find.coreference.person_names import (
    PersonName,
    compatible,
    in_full,
    parse,
    sound,
    spelled_alike,
)
from ..find.names import load
from ..find.names.gazetteer import gazetteer, lines
from ..fold import words
from .records import DocActorRecord, split

FAR_MORE = 20
"""A role that so many times as many documents give to one person as to all others of that family
name, tells that one."""


FAMOUS = 5
"""Documents that name one person in full, from which a lone family name may mean that one although
others bear it, or many people do ..."""

FAMOUS_LEAD = 4
"""... where it is so many times as many as all others of the family have."""


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
        self.evidence: Counter[_Traits] = Counter()
        for record in records:
            self.evidence[_traits(record)] += len(record.docs)
        self.traits = _Traits()
        for traits in self.evidence:
            self.traits |= traits

    @property
    def documents(self) -> int:
        return sum(self.evidence.values())

    @property
    def tells(self) -> bool:
        """Whether more is told of it than a gender."""
        return bool(self.traits.states or self.traits.fields or self.traits.roles)

    def sharing(self, traits: _Traits) -> int:
        """How many documents tell something of it that ``traits`` share."""
        return sum(n for evidence, n in self.evidence.items() if evidence.share(traits))

    def alike(self, lone: PersonName) -> bool:
        """Whether a lone family name is spelled like this one's."""
        return any(compatible(name, lone) for name in self.names)

    def spelled(self, lone: PersonName) -> bool:
        """Whether a lone family name is written like this one's."""
        return any(
            spelled_alike(n.family, lone.family) and n.generation == lone.generation
            for n in self.names
        )

    def may_be(self, other: _Cluster) -> bool:
        return not self.traits.contradict(other.traits) and all(
            compatible(a, b) for a in self.names for b in other.names
        )


def _traits(record: DocActorRecord) -> _Traits:
    return _evidence(record.gender, record.states, record.roles)


@lru_cache(maxsize=10_000)
def _evidence(gender: str | None, states: tuple[str, ...], roles: tuple[str, ...]) -> _Traits:
    nouns = [_noun(role) for role in roles]
    return _Traits(
        frozenset([gender] if gender else []),
        _countries().intersection(states),
        frozenset(_fields()[noun] for noun in nouns if noun in _fields()),
        frozenset(filter(None, nouns)),
    )


def _noun(role: str) -> str:
    """What somebody is, without of what: "spokeswoman" of "the spokeswoman of the Fifth Fleet"."""
    found = words(role)
    for at, word in enumerate(found):
        if at and word in ("of", "for", "at", "to", "in", "with"):
            return found[at - 1]
    return found[-1] if found else ""


def people(family: list[DocActorRecord]) -> list[list[DocActorRecord]]:
    """The people of one family name."""
    lone = [r for r in family if not parse(r.name).full]
    full = [r for r in family if parse(r.name).full]
    clusters: list[_Cluster] = []
    for same in split(full, lambda r: True, lambda r: parse(r.name)):
        clusters += _namesakes(same)
    clusters = _joined(clusters)
    alone: list[DocActorRecord] = []
    gained: dict[int, list[DocActorRecord]] = defaultdict(list)
    for same in split(lone, lambda r: True, lambda r: (parse(r.name), _traits(r))):
        at = _only_candidate(parse(same[0].name), _traits(same[0]), clusters)
        (alone if at is None else gained[at]).extend(same)
    told = [c.records + gained[i] for i, c in enumerate(clusters)]
    often = [len({doc for r in records for doc in r.docs}) for records in told]
    left: list[DocActorRecord] = []
    for same in split(alone, lambda r: True, lambda r: (parse(r.name), _traits(r))):
        name, traits = parse(same[0].name), _traits(same[0])
        alike = [i for i, c in enumerate(clusters) if c.spelled(name)]
        at = _famous([i for i in alike if not clusters[i].traits.contradict(traits)], alike, often)
        (left if at is None else gained[at]).extend(same)
    alone = left
    alone.sort(key=lambda r: (r.docs[0], r.key))
    found = [c.records + gained[i] for i, c in enumerate(clusters)]
    return found + [c.records for c in _namesakes(alone, sure=False)]


def _only_candidate(lone: PersonName, traits: _Traits, clusters: list[_Cluster]) -> int | None:
    """The one person whom a lone family name can mean."""
    alike = [i for i, c in enumerate(clusters) if c.alike(lone)]
    spelled = [i for i in alike if clusters[i].spelled(lone)]
    alike = spelled or alike
    fit = [i for i in alike if not clusters[i].traits.contradict(traits)]
    shared = [i for i in fit if clusters[i].traits.share(traits)]
    if len(shared) > 1:  # a role that one document gives to another does not count
        often = {i: clusters[i].sharing(traits) for i in shared}
        most = max(shared, key=lambda i: often[i])
        shared = [most] if often[most] >= FAR_MORE * (sum(often.values()) - often[most]) else []
    if not shared and traits.genders and traits.roles:  # a pronoun may have told the gender amiss
        office = _Traits(roles=traits.roles)
        far = [i for i in alike if clusters[i].sharing(office) >= FAR_MORE]
        others = [i for i in alike if i not in far and clusters[i].sharing(office)]
        shared = far if len(far) == 1 and not others else []
    if len(shared) == 1:
        return shared[0]
    sure = spelled or not _established(lone.family)
    if len(alike) == 1 and fit and sure and lone.family not in _common_families():
        return fit[0]
    return None


def _famous(fit: Sequence[int], alike: Sequence[int], often: Sequence[int]) -> int | None:
    """The one of ``fit`` of whom far more documents (``often``) tell than of all others of
    ``alike``."""
    most = max(fit, key=lambda i: often[i], default=None)
    if most is None or often[most] < FAMOUS:
        return None
    rest = sum(often[i] for i in alike) - often[most]
    return most if often[most] >= FAMOUS_LEAD * rest else None


def _namesakes(records: list[DocActorRecord], sure: bool = True) -> list[_Cluster]:
    """The people among records of equal name. ``sure``: an equal name is enough to be one, unless
    something contradicts; else something must speak for it."""
    evidence: dict[_Traits, list[DocActorRecord]] = defaultdict(list)
    for record in records:
        evidence[_traits(record)].append(record)
    plain = evidence.pop(_Traits(), [])
    clusters = [
        _Cluster(rs)
        for _, rs in sorted(evidence.items(), key=lambda x: (x[1][0].docs[0], x[1][0].key))
    ]
    clusters = _united(clusters, lambda a, b: a.traits.share(b.traits))
    if not sure:
        return clusters + [_Cluster([one]) for r in plain for one in r.apart()]
    if any(a.traits.contradict(b.traits) for a in clusters for b in clusters):
        told = [c for c in clusters if c.tells]
        some = range(len(told))
        famous = _famous(some, some, [c.documents for c in told])
        if famous is None:
            return clusters + [_Cluster([one]) for r in plain for one in r.apart()]
        rest = [c for c in clusters if not c.tells]
        fits = [c for c in rest if not c.traits.contradict(told[famous].traits)]
        told[famous] = _Cluster(told[famous].records + plain + [r for c in fits for r in c.records])
        return told + [c for c in rest if c not in fits]
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
            for full in in_full(first):
                alike[f"={full}"].append(i)
    out: dict[int, list[int]] = {}
    for i, first in enumerate(firsts):
        heard = sound(first)
        if len(first) == 1:
            keys = [heard, f"{heard[:1]}*"]
        else:
            keys = [heard, f"{heard[:1]}.", *(f"={full}" for full in in_full(first))]
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


def _established(family: str) -> bool:
    """Whether a lone name has a spelling of its own, so that a person of another spelling bears it
    only where a state or a role agrees (Tornby is not Thornby)."""
    known = gazetteer()
    return family in known.surnames or family in known.given or family.title() in known.cities


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(k.id for k in load().known.values() if k.type in ("country", "nationality"))


@lru_cache(maxsize=1)
def _common_families() -> frozenset[str]:
    """Family names that so many bear that being the one candidate says nothing."""
    return frozenset(n for line in lines("common_surnames.txt") for n in line.split())


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in lines("fields.txt"):
        field, _, nouns = line.partition(":")
        out.update(dict.fromkeys(nouns.split(), field))
    return out
