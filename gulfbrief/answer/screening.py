"""Many names at once: which actor of the index each means, for lists to screen against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from ..fold import words
from ..model import ScreenedName
from ..store.actors import near_words
from ..store.reader import Index
from .actor_lookup import actor_or_none, is_short_name


def screen(index: Index, names: Iterable[str]) -> Iterator[ScreenedName]:
    """For each name the one actor that it means, as ``find_actor`` tells it, or null; with how like
    the name is to the nearest name of that actor (0 to 100).

    All names of the index are held in memory, so that thousands of names take seconds.
    """
    held = _Names(index)
    for name in names:
        actor = actor_or_none(held, name)
        if actor is None:
            yield ScreenedName(name, None, 0.0)
            continue
        if is_short_name(name, actor):
            yield ScreenedName(name, actor, 100.0)
            continue
        called = (actor.name, *(alias for alias, _ in actor.aliases))
        folded = " ".join(words(name))
        likeness = max(fuzz.token_sort_ratio(folded, " ".join(words(text))) for text in called)
        yield ScreenedName(name, actor, round(likeness, 1))


class _Names:
    """The names of an index in memory, under the methods by which one of them is looked up."""

    def __init__(self, index: Index) -> None:
        self.texts: dict[str, list[str]] = defaultdict(list)
        self.bearers: dict[str, set[str]] = defaultdict(set)
        self.lengths: dict[int, list[str]] = defaultdict(list)
        for text, id in index.actor_names():
            self.texts[id].append(text)
            for word in words(text):
                self.bearers[word].add(id)
        for word in self.bearers:
            self.lengths[len(word)].append(word)
        self.actor = lru_cache(100_000)(index.actor)
        self.near_name_words = lru_cache(100_000)(self._near)

    def actor_names(
        self, holding: Sequence[Collection[str]] | None = None
    ) -> list[tuple[str, str]]:
        """As ``Index.actor_names``."""
        if holding is None:
            return [(text, id) for id, texts in self.texts.items() for text in texts]
        sets = [set().union(*(self.bearers.get(w, ()) for w in some)) for some in holding]
        return [(text, id) for id in set.intersection(*sets) for text in self.texts[id]]

    def _near(self, word: str, most: int) -> dict[str, int]:
        """As ``Index.near_name_words``: only words of nearly the same length are compared."""
        around = range(max(1, len(word) - most), len(word) + most + 1)
        return {
            other: errors
            for length in around
            for other, errors in near_words(self.lengths.get(length, ()), word, most).items()
        }
