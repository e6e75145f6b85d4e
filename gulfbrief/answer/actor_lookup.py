"""Entity linking of a typed name: the one actor it means, however badly spelt."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

from rapidfuzz import fuzz, process

from ..errors import UnknownError, UsageError
from ..fold import slug, words
from ..model import Actor
from ..store.reader import Index

FAR_MORE = 5
"""Who is called so more than five times as often as all others together is meant; whose own name it
is, and no other's, where it is more often than they."""

FEWEST = 5
"""A name of fewer letters is never taken for another one."""

LETTERS = 6
"""A misspelt name has one typing error, and one more for every so many letters."""


@cache
def short_names() -> dict[str, str]:
    """Short names that mean the same actor everywhere ("us"), each with the actor's id."""
    table = files(__package__).joinpath("short_names.toml").read_text("utf-8")
    return dict(tomllib.loads(table))


NEAREST = 3
"""Names that are offered where nobody is called so."""

LONGEST = 100
"""Words that a typed name may have."""


@lru_cache(8)
def find_actor(index: Index, name: str) -> Actor:
    """The one actor that ``name`` means: an id, a short name as ``us``, a name or alias, some words
    of one, or a misspelling.

    Raises ``UsageError`` where several fit equally well and ``UnknownError`` where none does; both
    name the nearest.
    """
    if not words(name):
        raise UsageError(f"{name!r} is no name: type some letters of it")
    if len(words(name)) > LONGEST:
        raise UsageError(f"a name of more than {LONGEST} words is none: {name[:60]} ...")
    if candidates := _meant(index, name):
        return _only(index, name, candidates)
    texts = sorted({text for text, _ in index.actor_names()})
    like = process.extract(name, texts, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=60)
    misspelt = [actor.name for actor in map(index.actor, _misspelt(index, words(name))) if actor]
    near = list(dict.fromkeys([*sorted(misspelt), *(text for text, _, _ in like)]))[:NEAREST]
    hint = f"did you mean {_either(near)}?" if near else "'gulfbrief actors' lists all"
    raise UnknownError(f"no actor is called {name!r}; {hint}")


def actor_or_none(index: Names, name: str) -> Actor | None:
    """What ``find_actor`` gives, null where it raises: quicker, since nothing near is named."""
    candidates = _meant(index, name) if 0 < len(words(name)) <= LONGEST else set()
    try:
        return _only(index, name, candidates) if candidates else None
    except UsageError:
        return None


class Names(Protocol):
    """Where names are looked up: an index, or what ``screening`` holds of one in memory."""

    def actor(self, id: str) -> Actor | None: ...
    def actor_names(
        self, holding: Sequence[Collection[str]] | None = None
    ) -> list[tuple[str, str]]: ...
    def near_name_words(self, word: str, most: int) -> dict[str, int]: ...


def _meant(index: Names, name: str) -> set[str]:
    """The ids of the actors that ``name``, which has words, may mean."""
    typed = words(name)
    own = slug(name)
    if own == name.lower() and "-" in own and index.actor(own) is not None:
        return {own}
    short = _everywhere(name)
    if short is not None and index.actor(short) is not None:
        return {short}
    near_by = [(words(text), i) for text, i in index.actor_names([[w] for w in typed])]
    return (
        {i for there, i in near_by if there == typed}
        or {i for there, i in near_by if set(typed) <= set(there)}
        or (_misspelt(index, typed) if sum(map(len, typed)) >= FEWEST else set())
    )


def _misspelt(index: Names, typed: list[str]) -> set[str]:
    """The actors with the least typing errors, each typed word near a word of the name (optimal
    string alignment: one error up to four letters, else two)."""
    errors: list[dict[str, int]] = []
    for w in typed:
        most = 1 if len(w) <= 4 else 2
        found = index.near_name_words(w, most)
        if not found:
            return set()
        errors.append(found)
    best: dict[str, int] = {}
    for text, actor in index.actor_names(errors):
        there = words(text)
        least_ = [min((e[t] for t in there if t in e), default=None) for e in errors]
        if None not in least_:
            total = sum(n for n in least_ if n is not None)
            best[actor] = min(total, best.get(actor, total))
    least = min(best.values(), default=0)
    if least > 1 + sum(map(len, typed)) // LETTERS:  # another name, not this one misspelt
        return set()
    return {actor for actor, total in best.items() if total == least}


def _everywhere(name: str) -> str | None:
    """The id of the actor that a short name means everywhere; null for any other name."""
    return short_names().get(name.replace(".", "").lower())


def is_short_name(name: str, actor: Actor) -> bool:
    """Whether ``name`` is a short name that means the actor everywhere."""
    return _everywhere(name) == actor.id


def is_called(actor: Actor, name: str) -> bool:
    """Whether the words of ``name`` are words of an actor's id or of one of its names."""
    if is_short_name(name, actor):
        return True
    typed = set(words(name))
    names = (actor.id, actor.name, *(alias for alias, _ in actor.aliases))
    return any(typed <= set(words(text)) for text in names)


def _only(index: Names, name: str, ids: set[str]) -> Actor:
    found = [a for a in map(index.actor, sorted(ids)) if a is not None]
    if len(found) > 1:  # someone known by one name alone gives way to who bears it in full
        found = _in_full(found)
    typed = words(name)
    found.sort(key=lambda a: (-_called(a, typed), a.id))
    often = [_called(a, typed) for a in found]
    own = [a for a in found if words(a.name) == typed] == found[:1]
    if len(found) == 1 or often[0] > (1 if own else FAR_MORE) * sum(often[1:]):
        return found[0]
    told = [_told(a, found) for a in found[:4]]
    if (more := len(found) - len(told)) > 0:
        told.append(f"{more} more")
    raise UsageError(
        f"'{name}' matches {len(found)} actors: {_either(told)}? Type more of the name, or an id"
    )


def _called(actor: Actor, typed: list[str]) -> int:
    """How often an actor is called so; how often it is mentioned where it never is."""
    return sum(n for text, n in actor.aliases if words(text) == typed) or actor.mentions


def _told(actor: Actor, others: list[Actor]) -> str:
    """A name to choose by: with its id where another one has the same."""
    same = sum(a.name == actor.name for a in others) > 1
    return f"{actor.name} ({actor.id})" if same else actor.name


def _in_full(actors: list[Actor]) -> list[Actor]:
    """Those whose name is no part of another's among them; only people's names have parts."""
    named = [set(words(a.name)) if a.type == "person" else set() for a in actors]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(named):
        for word in name:
            bearers[word].add(number)

    def is_part(name: set[str]) -> bool:
        if not name:
            return False
        holders = set.intersection(*sorted((bearers[word] for word in name), key=len))
        return any(len(named[other]) > len(name) for other in holders)

    return [a for a, name in zip(actors, named, strict=True) if not is_part(name)]


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
