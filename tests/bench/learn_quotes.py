"""Learn the weights of reported speech on PolNeAR train. Needs numpy and scipy, here alone.

    python tests/bench/learn_quotes.py MIRROR EVALUATE > gulfbrief/find/lexicon/quote_weights.tsv

MIRROR holds the git directory ``networkdynamics+PolNeAR/repo``; EVALUATE is the path of the
evaluation's evaluate.py, which reads the marked reports. The candidates of a cue and "nothing
reported" share one distribution (softmax); a candidate is right as far as it covers a marked
content, where it has at least half of their union and its cue and source are the marked ones (of a
content in two spans, each counts half). Learned is what all right candidates have together, with
an L2 penalty, by 100 steps of L-BFGS from zero; then the features that weigh less than ``_LEAST``
are left out and the others learned on by 40 steps. The same input gives the same file. With
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

from gulfbrief.find import coreference, log_linear, names, quotes
from gulfbrief.find.quotes import candidates, contents, direct, labels, scoring, select
from gulfbrief.find.quotes.scan import Scan
from gulfbrief.find.text import Text

Span = tuple[int, int]
_LEAST = 0.05  # what a feature must weigh to be learned on
_WRITTEN = 0.03  # and to be written
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


def marked(mirror: str, evaluate: str) -> tuple[list[dict[str, Any]], Any]:
    """The marked reports of PolNeAR train, and the module that reads them."""
    ev = evaluation(evaluate)
    git = f"{mirror}/networkdynamics+PolNeAR/repo"
    documents = ev.gold_quotes(git, "train")
    add_cues(documents, ev, git)
    return documents, ev


def examples(document: dict[str, Any], ev: Any) -> Iterator[tuple[int, list[str], float]]:
    """The candidates of one report as (cue token, features, how far it is right)."""
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
    spoken = lines + direct.find(scan, lines)
    taken = select.taken_by(scan, spoken)
    for candidate in candidates.cue_candidates(scan, select.tags_of(spoken)):
        cue = scoring.cue_of(scan, candidate)
        base = scoring.candidate_features(scan, candidate, cue, kinds, log_linear.names)
        begin, passed = ("", -1), ()
        found = contents.content_candidates(scan, candidate)
        others = contents.choices(found)
        for content in found:
            if (content.start, content.first) != begin:
                begin, passed = (content.start, content.first), ()
            if taken.find(1, content.first, content.stop) >= 0:
                continue
            right = 0.0
            for first, stop in content.spans:
                span = ev.trim(text, scan.starts[first], scan.ends[stop - 1])
                right += max(
                    (
                        _right(scan, span, candidate, f, q, text)
                        for f, q, cue in gold
                        if same_cue(scan, candidate, cue)
                    ),
                    default=0.0,
                )
            starting = scoring.start_features(
                scan, candidate, content, cue, others, log_linear.names
            )
            ending, more = scoring.end_features(scan, candidate, content, cue, log_linear.names)
            features = [*base, *starting, *ending, *passed]
            yield candidate.token, features, right / len(content.spans)
            passed += scoring.passed_features(more, log_linear.names)


def add_cues(documents: list[dict[str, Any]], ev: Any, git: str) -> None:
    """Give each report ``cues``: the spans of the cue of each of its ``gold`` quotations."""
    wanted = {d["id"]: d for d in documents}
    for path, data in sorted(ev.files(git, r"/train/attributions/.*\.ann$").items()):
        document = wanted.pop(Path(path).stem.rpartition("_")[0], None)
        if document is None:
            continue
        document["cues"] = [gold.cue for gold in attributions(data.decode("utf-8"))]


def same_cue(scan: Scan, candidate: Any, cue: list[Span]) -> bool:
    """Whether the site's cue is the marked one, where one is marked."""
    a, b = scan.starts[candidate.cue[0]], scan.ends[candidate.cue[1] - 1]
    return not cue or any(a < d and c < b for c, d in cue)


def _right(scan: Scan, span: Span, candidate: Any, f: Span, q: dict[str, Any], text: str) -> float:
    """The share of the union that ``span`` and the marked ``f`` have in common, 0 where it is less
    than half or the source is not the marked one."""
    both = min(span[1], f[1]) - max(span[0], f[0])
    share = both / (span[1] - span[0] + f[1] - f[0] - both) if both > 0 else 0.0
    if share < 0.5 or not q["speaker_spans"]:
        return share if share >= 0.5 else 0.0
    if candidate.source is None:
        return 0.0
    a, b = scan.starts[candidate.source.first], scan.ends[candidate.source.stop - 1]
    if any(a < d and c < b for c, d in q["speaker_spans"]):
        return share
    mine = set(re.findall(r"\w{3,}", text[a:b].lower()))
    return share if mine & set(re.findall(r"\w{3,}", q["speaker"].lower())) - {"the"} else 0.0


def learn(
    reports: Iterable[Iterable[tuple[int, list[str], float]]],
    rare: int = 5,
    penalty: float = 10.0,
) -> tuple[dict[str, float], int]:
    """The weights by feature, and the number of candidates. Features with a word that is in
    fewer than ``rare`` reports are left out, so that nothing of a single text is kept."""
    index: dict[str, int] = {}
    columns = array("i")
    ends = array("q", [0])
    right = array("d")
    cues = array("q")
    cue = -1
    reported: collections.Counter[int] = collections.Counter()
    for data in reports:
        begin, last = len(columns), -1
        for token, features, good in data:
            cue, last = cue + (token != last), token
            columns.extend(index.setdefault(n, len(index)) for n in features)
            ends.append(len(columns))
            right.append(good)
            cues.append(cue)
        reported.update(set(columns[begin:]))
    y, group = np.frombuffer(right), np.frombuffer(cues, np.int64)
    x = csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.frombuffer(columns, np.int32), ends),
        shape=(len(y), len(index)),
    )
    x.sum_duplicates()
    kept = np.array([reported[i] >= (rare if n.startswith(WORDS) else 2) for n, i in index.items()])
    x = x[:, kept].tocsr()
    names = np.array([n for n, k in zip(index, kept, strict=True) if k], dtype=object)

    def learned(x: Any, begin: Any, steps: int) -> Any:
        return minimize(
            lambda w: loss(w, x, y, group, penalty),
            begin,
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": steps},
        ).x

    best = learned(x, np.zeros(x.shape[1]), 100)
    heavy = np.abs(best) >= _LEAST
    best = learned(x[:, heavy].tocsr(), best[heavy], 40)
    return {n: w for n, w in zip(names[heavy], best, strict=True) if abs(w) >= _WRITTEN}, len(y)


def loss(w: Any, x: Any, y: Any, group: Any, penalty: float) -> tuple[Any, Any]:
    """The negative logarithm of what the right candidates of each cue have of one distribution over
    all its candidates and "nothing reported" (score 0), each as far as it is right; and its
    gradient."""
    score = np.exp(np.clip(x @ w, -30, 30))
    whole = 1 + np.bincount(group, score)
    good = np.bincount(group, score * y)
    none = good == 0
    value = np.log(whole).sum() - np.log(np.where(none, 1, good)).sum()
    slope = score / whole[group] - np.where(
        none[group], 0, score * y / np.where(none, 1, good)[group]
    )
    return value + penalty / 2 * (w @ w), x.T @ slope + penalty * w


def main(mirror: str, evaluate: str, *flags: str) -> None:
    documents, ev = marked(mirror, evaluate)
    if "--held-out" in flags:
        documents = [d for n, d in enumerate(documents) if n % 5]
    weights, count = learn(examples(d, ev) for d in documents)
    print(f"# {len(weights)} weights from {count} candidates; see tests/bench/learn_quotes.py")
    for name in sorted(weights):
        print(f"{name}\t{weights[name]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
