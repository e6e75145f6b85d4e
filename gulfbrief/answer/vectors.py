"""Texts as vectors of their terms: TF-IDF weights, cosine, centroid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log, sqrt

Vector = Mapping[str, float]


class Vectors:
    """Texts, given as their terms, as vectors of length 1, rarer words weighing more; how rare a
    word is, is counted over all of them."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        held = [sorted(set(one)) for one in texts]  # sums depend on the order, if by a last bit
        frequency = Counter(term for one in held for term in one)
        total = len(held)
        self.rarity = {t: log(1 + total / n) for t, n in frequency.items()}
        self.vectors = [unit({t: self.rarity[t] for t in one}) for one in held]

    def nearest(self, n: int) -> dict[int, float]:
        """Place of a vector -> its cosine to the ``n``-th, for all that share a term with it."""
        out: dict[int, float] = defaultdict(float)
        for term, x in self.vectors[n].items():
            for other, y in self._postings[term]:
                out[other] += x * y
        return out

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, float]]]:
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, vector in enumerate(self.vectors):
            for term, x in vector.items():
                held[term].append((n, x))
        return held


def unit(vector: Vector) -> Vector:
    norm = sqrt(sum(x * x for x in vector.values())) or 1.0
    return {term: x / norm for term, x in vector.items()}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(x * other[term] for term, x in one.items() if term in other)


def mean(vectors: Iterable[Vector]) -> Vector:
    """The mean of vectors, of length 1."""
    total: dict[str, float] = {}
    for vector in vectors:
        for term, x in vector.items():
            total[term] = total.get(term, 0.0) + x
    return unit(total)


def centroid(vectors: Iterable[Vector], groups: Iterable[object]) -> Vector:
    """The mean of the means of each group, of length 1."""
    parts: dict[object, list[Vector]] = defaultdict(list)
    for vector, group in zip(vectors, groups, strict=True):
        parts[group].append(vector)
    return mean(map(mean, parts.values()))
