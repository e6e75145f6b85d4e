"""Groups of document actors -> actors with names and ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..find.names import load
from ..fold import slug, words
from ..model import ActorType
from .records import DocActorRecord, GlobalActor


def named(groups: Iterable[list[DocActorRecord]]) -> list[GlobalActor]:
    """The groups with their names and with ids that no two share."""
    by_slug: dict[str, list[tuple[str, list[DocActorRecord]]]] = defaultdict(list)
    for group in groups:
        known = sorted(r.key for r in group if r.known)
        name = _display(group)
        by_slug[known[0] if known else slug(name) or "unnamed"].append((name, group))
    out: list[GlobalActor] = []
    for base, bearers in by_slug.items():
        bearers.sort(key=lambda b: _rank(b[1]))
        taken: set[str] = set()
        for i, (name, group) in enumerate(bearers):
            id = base if i == 0 else f"{base}-{min(r.docs[0] for r in group)[:6]}"
            while id in taken:
                id += "x"
            taken.add(id)
            out.append(GlobalActor(id, name, _type(group), tuple(group)))
    return sorted(out, key=lambda a: a.id)


def _rank(group: list[DocActorRecord]) -> tuple[bool, int, str]:
    """Which of several bears the bare slug: one known, that of most documents, the first."""
    return not any(r.known for r in group), -sum(len(r.docs) for r in group), group[0].docs[0]


def _display(group: list[DocActorRecord]) -> str:
    known = [r for r in group if r.known]
    if known:
        first = min(known, key=lambda r: r.key)
        return load().display.get(first.key, first.name)
    count: dict[str, int] = defaultdict(int)
    for record in group:
        count[record.name] += len(record.docs)
    full = [n for n in count if len(words(n)) > 1 and not _shouted(n)]
    full = full or [n for n in count if not _shouted(n)] or list(count)
    name = min(full, key=lambda n: (-count[n], -len(n), n))
    return name.title() if _shouted(name) and group[0].type in ("person", "place") else name


def _shouted(name: str) -> bool:
    """Whether a name is only written in capitals, as in a headline or a transcript's label."""
    return name.isupper() and len(name) > 4


def _type(group: list[DocActorRecord]) -> ActorType:
    known = [r for r in group if r.known]
    count: dict[ActorType, int] = defaultdict(int)
    for record in known or group:
        count[record.type] += len(record.docs)
    return min(count, key=lambda t: (-count[t], t))
