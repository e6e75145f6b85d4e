"""Learn where statements end, on PolNeAR train. Needs numpy and scipy, here alone.

    python tests/bench/learn_extents.py MIRROR EVALUATE > gulfbrief/find/lexicon/extent_weights.tsv

MIRROR and EVALUATE are those of learn_quotes.py. An example is a cue of telling that is a marked
one, with contents that start where the marked content does; of their ends one is right, that of the
marked content, and all share one distribution (softmax). Marked contents without a finite verb are
left out. Learned with an L2 penalty of 2 by 80 steps of L-BFGS from zero, features of two ends and
more; weights under .05 are left out. Only names of features are written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from learn_quotes import marked, same_cue
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from gulfbrief.find.quotes import candidates, contents, direct, extents, labels, select
from gulfbrief.find.quotes.scan import Scan
from gulfbrief.find.text import Text

_PENALTY = 2.0
_LEAST = 0.05
_EDGES = "“”\"„«»' .,;:-–—’‘\n\t"
_FINITE = re.compile("[dzxm]").search

Example = tuple[list[list[str]], int]  # the features of each end, and which one is right


def examples(document: dict[str, Any], ev: Any) -> Iterator[Example]:
    """The choices of ends in one report."""
    text = document["text"]
    scan = Scan(Text(text))
    gold = [
        (_trimmed(text, *f), cue)
        for q, cue in zip(document["gold"], document["cues"], strict=True)
        for f in ev.fragments(text, q["fragments"])
        if cue
    ]
    lines = labels.find(scan)
    spoken = lines + direct.find(scan, lines)
    for candidate in candidates.cue_candidates(scan, select.tags_of(spoken)):
        wanted = [f for f, cue in gold if same_cue(scan, candidate, cue)]
        if not wanted or not extents.decided(scan, candidate):
            continue
        starts: dict[tuple[str, int], list[Any]] = {}
        for content in contents.content_candidates(scan, candidate):
            if not content.more:
                starts.setdefault((content.start, content.first), []).append(content)
        for (_, first), ends in starts.items():
            stops = {b for a, b in wanted if a in _beginnings(scan, first)}
            ends.sort(key=lambda e: e.stop)
            right = [
                n
                for n, e in enumerate(ends)
                if _trimmed(text, scan.starts[first], scan.ends[e.stop - 1])[1] in stops
            ]
            if len(ends) > 1 and right and _FINITE(scan.tags, first, ends[right[0]].stop):
                yield extents.features(scan, candidate, ends), right[0]


def _beginnings(scan: Scan, first: int) -> set[int]:
    """Where a marked content may start that starts at token ``first``."""
    inner = first
    while inner + 1 < len(scan.tags) and scan.tags[inner] == "Q":
        inner += 1
    found = {scan.starts[first], scan.starts[inner]}
    if scan.tags[first] == "h" and first + 1 < len(scan.starts):
        found.add(scan.starts[first + 1])
    return found


def _trimmed(text: str, a: int, b: int) -> tuple[int, int]:
    while a < b and text[a] in _EDGES:
        a += 1
    while b > a and text[b - 1] in _EDGES:
        b -= 1
    return a, b


def learn(chosen: list[Example]) -> dict[str, float]:
    """The weights of the features."""
    index: dict[str, int] = {}
    columns: list[int] = []
    stops, group, right = [0], [], []
    for n, (ends, which) in enumerate(chosen):
        for k, features in enumerate(ends):
            columns += [index.setdefault(f, len(index)) for f in features]
            stops.append(len(columns))
            group.append(n)
            right.append(k == which)
    ones = np.ones(len(columns), np.float32)
    x = csr_matrix((ones, columns, stops), shape=(len(group), len(index)))
    kept = np.asarray((x > 0).sum(0)).ravel() >= 2
    x = x[:, kept]
    y, g = np.array(right), np.array(group)
    first = np.r_[0, np.flatnonzero(np.diff(g)) + 1]

    def loss(w: Any) -> tuple[float, Any]:
        score = x @ w
        score = score - np.maximum.reduceat(score, first)[g]
        odds = np.exp(score)
        whole, good = np.bincount(g, odds), np.bincount(g, odds * y)
        slope = x.T @ (odds / whole[g] - odds * y / good[g]) + _PENALTY * w
        return float(-np.log(good / whole).sum() + _PENALTY / 2 * (w @ w)), slope

    best = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 80}
    )
    names = [name for name, keep in zip(index, kept, strict=True) if keep]
    return {n: w for n, w in zip(names, best.x, strict=True) if abs(w) >= _LEAST}


def main(mirror: str, evaluate: str) -> None:
    documents, ev = marked(mirror, evaluate)
    chosen = [example for document in documents for example in examples(document, ev)]
    weights = learn(chosen)
    print(f"# {len(weights)} weights from {len(chosen)} contents; see tests/bench/learn_extents.py")
    for name in sorted(weights):
        print(f"{name}\t{weights[name]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
