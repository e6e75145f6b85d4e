"""Learn the weights of reported speech on PolNeAR train. Needs numpy and scipy, here alone.

    python tests/bench/learn_quotes.py MIRROR EVALUATE > gulfbrief/find/lexicon/quote_weights.tsv

MIRROR holds the git directory ``networkdynamics+PolNeAR/repo``; EVALUATE is the path of the
evaluation's evaluate.py, which reads the marked reports. Every candidate of every site is an
example; it is right where it covers a marked content by at least half of their union and its cue
and source are the marked ones (of a content in two pieces, each counts half). Logistic regression
with an L2 penalty, by 60 steps of L-BFGS from zero: the same input gives the same file. With
``--held-out`` every fifth report is left out, for choosing features. Only names of features are
written: word forms, classes and their weights, no text.
"""

from __future__ import annotations

import collections
import importlib.util
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from calibration import attributions
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from gulfbrief.find import coreference, names, quotes
from gulfbrief.find.quotes import candidates, direct, labels, scoring, select
from gulfbrief.find.quotes.scan import Scan
from gulfbrief.find.text import Text

Span = tuple[int, int]
# features that hold a word
WORDS = (
    *("w=", "sw=", "wn=", "fw=", "fs=", "ew=", "wl=", "c1=", "hd=", "s=", "sg=", "o="),
    *("sq=", "sn=", "hw=", "sx=", "sy=", "sz="),
)


def evaluation(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples(document: dict[str, Any], ev: Any) -> Iterator[tuple[list[str], float]]:
    """The candidates of one report as (features, which part of it is right)."""
    text = document["text"]
    scan = Scan(Text(text))
    gold = [
        (f, q, cue)
        for q, cue in zip(document["gold"], document["cues"], strict=True)
        for f in ev.fragments(text, q["fragments"])
    ]
    lines = labels.find(scan)
    mentions, _ = coreference.resolve(scan.text, names.find(scan.text))
    kinds = quotes.kinds(scan, mentions)
    busy = select.tags_of(lines + direct.find(scan, lines))
    for candidate in candidates.cue_candidates(scan, busy):
        word = scoring.cue_word(scan, candidate)
        sense = scoring.cue_sense(scan, candidate)
        base = scoring.candidate_features(scan, candidate, word, sense, kinds)
        begin, passed = ("", -1), []
        found = candidates.content_candidates(scan, candidate)
        others = candidates.choices(found)
        for content in found:
            pieces = [(content.first, content.stop)] + ([content.more] if content.more else [])
            right = 0
            for first, stop in pieces:
                span = ev.trim(text, scan.starts[first], scan.ends[stop - 1])
                right += any(
                    _right(scan, span, candidate, f, q, text) and _same_cue(scan, candidate, cue)
                    for f, q, cue in gold
                )
            if (content.start, content.first) != begin:
                begin, passed = (content.start, content.first), []
            ending, more = scoring.end_features(scan, candidate, content, word, sense)
            starting = scoring.start_features(scan, candidate, content, word, sense, others)
            groups = [*base, *starting, *ending, *passed]
            yield [name for group in groups for name in group], right / len(pieces)
            passed.append(scoring.passed_features(more))


def add_cues(documents: list[dict[str, Any]], ev: Any, git: str) -> None:
    """Give each report ``cues``: the spans of the cue of each of its ``gold`` quotations."""
    wanted = {d["id"]: d for d in documents}
    for path, data in sorted(ev.files(git, r"/train/attributions/.*\.ann$").items()):
        document = wanted.pop(Path(path).stem.rpartition("_")[0], None)
        if document is None:
            continue
        document["cues"] = [gold.cue for gold in attributions(data.decode("utf-8"))]


def _same_cue(scan: Scan, candidate: Any, cue: list[Span]) -> bool:
    """Whether the site's cue is the marked one, where one is marked."""
    a, b = scan.starts[candidate.cue[0]], scan.ends[candidate.cue[1] - 1]
    return not cue or any(a < d and c < b for c, d in cue)


def _right(scan: Scan, span: Span, candidate: Any, f: Span, q: dict[str, Any], text: str) -> bool:
    both = min(span[1], f[1]) - max(span[0], f[0])
    if both <= 0 or both / (span[1] - span[0] + f[1] - f[0] - both) < 0.5:
        return False
    if not q["speaker_spans"]:
        return True
    if candidate.source is None:
        return False
    a, b = scan.starts[candidate.source.first], scan.ends[candidate.source.stop - 1]
    if any(a < d and c < b for c, d in q["speaker_spans"]):
        return True
    mine = set(re.findall(r"\w{3,}", text[a:b].lower()))
    return bool(mine & set(re.findall(r"\w{3,}", q["speaker"].lower())) - {"the"})


def learn(
    reports: Iterable[Iterable[tuple[list[str], float]]], rare: int = 5, penalty: float = 40.0
) -> tuple[dict[str, float], int]:
    """The weights by feature, and the number of examples. Features with a word that is in
    fewer than ``rare`` reports are left out, so that nothing of a single text is kept."""
    index: dict[str, int] = {}
    columns = array("i")
    ends = array("q", [0])
    right = array("d")
    reported: collections.Counter[int] = collections.Counter()
    for data in reports:
        begin = len(columns)
        for features, good in data:
            columns.extend(index.setdefault(n, len(index)) for n in features)
            ends.append(len(columns))
            right.append(good)
        reported.update(set(columns[begin:]))
    y = np.frombuffer(right)
    x = csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.frombuffer(columns, np.int32), ends),
        shape=(len(y), len(index)),
    )
    x.sum_duplicates()
    kept = np.array([reported[i] >= (rare if n.startswith(WORDS) else 2) for n, i in index.items()])
    x = x[:, kept]

    def loss(w: Any) -> Any:
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        value = -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).sum()
        return value + penalty / 2 * (w @ w), x.T @ (p - y) + penalty * w

    best = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", content_candidates={"maxiter": 60}
    ).x
    names = [n for n, k in zip(index, kept, strict=True) if k]
    return {n: w for n, w in zip(names, best, strict=True) if abs(w) >= 0.045}, len(y)


def main(mirror: str, evaluate: str, *flags: str) -> None:
    ev = evaluation(evaluate)
    git = f"{mirror}/networkdynamics+PolNeAR/repo"
    documents = ev.gold_quotes(git, "train")
    add_cues(documents, ev, git)
    if "--held-out" in flags:
        documents = [d for n, d in enumerate(documents) if n % 5]
    weights, count = learn(examples(d, ev) for d in documents)
    print(f"# {len(weights)} weights from {count} candidates; see tests/bench/learn_quotes.py")
    for name in sorted(weights):
        print(f"{name}\t{weights[name]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
