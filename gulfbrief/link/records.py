"""What merging sees of an actor, what it answers, and the block that decides about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..find.coreference.person_names import parse, sound
from ..fold import words
from ..model import ActorType, DocumentActor


@dataclass(frozen=True, slots=True)
class DocActorRecord:
    """An actor as a document knows it, or several that tell the same of it: what merging needs to
    see of a ``DocumentActor``.

    ``docs`` are the ids of the documents, in order; ``roles`` are the role texts, ``states`` the
    lexicon ids of the states and organisations that they are tied to. ``others`` counts further
    documents that tell the same of a known actor, whose ids nobody needs.
    """

    docs: tuple[str, ...]
    key: str
    name: str
    type: ActorType
    known: bool = False
    gender: str | None = None
    roles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    others: int = 0

    @property
    def evidence(self) -> Evidence:
        """All but the documents."""
        return (
            self.key, self.name, self.type, self.known, self.gender, self.roles, self.states
        )  # fmt: skip

    def apart(self) -> list[DocActorRecord]:
        """A record for each document."""
        return [DocActorRecord((doc,), *self.evidence) for doc in self.docs]


Evidence = tuple[
    str, str, ActorType, bool, str | None, tuple[str, ...], tuple[str, ...]
]  # what a record tells: its fields but the documents


def gathered(records: Iterable[DocActorRecord]) -> list[DocActorRecord]:
    """``records`` with those that tell the same made one, in order of their first documents."""
    docs: dict[Evidence, set[str]] = defaultdict(set)
    others: dict[Evidence, int] = defaultdict(int)
    for record in records:
        docs[record.evidence].update(record.docs)
        others[record.evidence] += record.others
    same = (
        DocActorRecord(tuple(sorted(some)), *evidence, others=others[evidence])
        for evidence, some in docs.items()
    )
    return sorted(same, key=lambda r: (r.docs[0], r.key))


@dataclass(frozen=True, slots=True)
class GlobalActor:
    """One actor of the whole index. ``id`` is the lexicon id, else a slug of ``name`` (with six
    digits of a document's id behind it where a namesake bears the bare slug); ``records`` are those
    of which it is made."""

    id: str
    name: str
    type: ActorType
    records: tuple[DocActorRecord, ...]

    @property
    def members(self) -> list[tuple[str, str]]:
        """The (document, key) pairs of which it is made, sorted."""
        return sorted((doc, r.key) for r in self.records for doc in r.docs)


@lru_cache(maxsize=50_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words that tell an organisation from another: one spelling, no "of the", no "Ltd"."""
    found = [_FORMS.get(w, w).replace("isation", "ization") for w in words(name)]
    plain = [w for w in found if w not in ("the", "of", "for", "and", "al", "el")] or found
    while len(plain) > 1 and plain[-1] in _COMPANY:
        plain.pop()
    return tuple(plain)


def natural_block(actor: DocActorRecord | DocumentActor) -> str:
    return block_of(actor.key if actor.known else actor.name)


@lru_cache(maxsize=50_000)
def block_of(name: str) -> str:
    plain = " ".join(plain_words(name.replace("-", " ").replace("&", " ")))
    return sound(parse(plain).family or plain)


def split(
    records: Iterable[DocActorRecord],
    take: Callable[[DocActorRecord], bool],
    key: Callable[[DocActorRecord], Hashable],
) -> list[list[DocActorRecord]]:
    out: dict[Hashable, list[DocActorRecord]] = defaultdict(list)
    for record in records:
        if take(record):
            out[key(record)].append(record)
    return list(out.values())


_FORMS = {"centre": "center", "defence": "defense", "programme": "program", "labour": "labor"}
_COMPANY = frozenset(
    "ltd inc plc corp co llc limited company corporation incorporated ag sa".split()
)
