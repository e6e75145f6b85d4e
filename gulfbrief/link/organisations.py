"""When two organisations, or two places, are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache

from ..find.names.gazetteer import cues
from ..find.names.lexicon import load
from ..fold import words
from ..model import ActorType
from .records import DocActorRecord, plain_words, split

LEAD = 4
"""A body of no told state is that of the state for which so many times as many documents tell it as
for all others ..."""

SELDOM = 20
"""... where documents that tell none are not so many times as many."""

TOLD = 3
"""Documents that tell the state of a body, which is then no single slip."""


def organisations(
    records: Iterable[DocActorRecord],
    types: Mapping[DocActorRecord, ActorType],
    known: Iterable[list[DocActorRecord]] = (),
) -> list[list[DocActorRecord]]:
    """The organisations, and the places. One that every state has ("the Foreign Ministry") is,
    where no state is told, that of the state with which most documents name it, else that of its
    document alone. ``types`` are those that the whole block has decided; ``known`` are the groups
    of known actors of the block, which such records join."""
    plain: list[DocActorRecord] = []
    open_: list[DocActorRecord] = []
    for record in records:
        (open_ if _generic(record) and not record.states else plain).append(record)
    groups = split(plain, lambda r: True, lambda r: _key(r, types[r]))
    located = _located([*groups, *known])
    for same in split(open_, lambda r: True, lambda r: plain_words(r.name)):
        home = _home(located.get(plain_words(same[0].name), []), _documents(same))
        if home is not None:
            home.extend(same)
        else:
            groups += ([one] for record in same for one in record.apart())
    return _without_state(groups, located)


def _documents(group: Iterable[DocActorRecord]) -> int:
    return sum(len(r.docs) + r.others for r in group)


_Located = dict[tuple[str, ...], list[tuple[str, list[DocActorRecord]]]]
"""The name of a body without its state -> the states and groups of those that have one."""


def _located(groups: Iterable[list[DocActorRecord]]) -> _Located:
    out: _Located = defaultdict(list)
    for group in groups:
        told: set[tuple[tuple[str, ...], str]] = set()
        for record in group:
            if record.type != "organisation":
                continue
            name = load().display.get(record.key, record.name) if record.known else record.name
            place, rest = _place(name)
            if place:
                told.add((rest, place))
            elif record.states and _generic(record):
                told.add((plain_words(name), record.states[0]))
        for rest, place in sorted(told):
            out[rest].append((place, group))
    return out


@lru_cache(maxsize=50_000)
def _place(name: str) -> tuple[str, tuple[str, ...]]:
    """The id of the state, or the name of the place, that opens a body's name ("Omani", "U.S."),
    and the words of the rest; empty where none does."""
    parts = name.removeprefix("The ").removeprefix("the ").split(" ")
    known = load().known
    for n in (2, 1):
        first, rest = " ".join(parts[:n]), " ".join(parts[n:])
        found = known.get(first)
        if found is not None and len(words(rest)) > 1:
            if found.type in ("country", "nationality") and found.id:
                return found.id, plain_words(rest)
            if found.type == "place":
                return first, plain_words(rest)
    return "", ()


def _home(
    located: list[tuple[str, list[DocActorRecord]]], alone: int
) -> list[DocActorRecord] | None:
    """The body that ``alone`` documents mean which tell no state; null where it may be several."""
    often: Counter[str] = Counter()
    for place, group in located:
        often[place] += _documents(group)
    if not often:
        return None
    most, n = min(often.items(), key=lambda x: (-x[1], x[0]))
    others = often.total() - n
    if most not in _states() or n < max(TOLD, LEAD * others, alone / SELDOM):
        return None
    own = [group for place, group in located if place == most]
    return max(own, key=lambda g: (_documents(g), g[0].docs[0], g[0].key))


def _without_state(
    groups: list[list[DocActorRecord]], located: _Located
) -> list[list[DocActorRecord]]:
    """``groups`` with a front that some documents call by its state, others not, made one, if only
    one state has such; of names of two words (the Labour Party) several may."""
    gone: set[int] = set()
    for group in groups:
        if group[0].type != "organisation" or _generic(group[0]):
            continue
        some = located.get(plain_words(group[0].name), [])
        if len(some) != 1 or some[0][1] is group:
            continue
        place, longer = some[0]
        distinct = len(plain_words(group[0].name)) > 2 or _documents(longer) >= TOLD
        if place in _states() and distinct:
            longer.extend(group)
            gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(k.id for k in load().known.values() if k.type == "country")


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
