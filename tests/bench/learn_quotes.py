"""Learn the weights of reported speech on PolNeAR train.

    python tests/bench/learn_quotes.py MIRROR > gulfbrief/find/lexicon/quote_weights.tsv

Every candidate of every site is an example; it is right where it covers a marked content by at
least half of their union and its source is the marked one. Logistic regression by AdaGrad with a
small L1 and L2 penalty, five passes in a fixed random order: the same input gives the same file.
With ``--held-out`` every fifth report is left out, for choosing features.
"""

from __future__ import annotations

import collections
import importlib.util
import random
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from math import sqrt
from pathlib import Path
from typing import Any

from gulfbrief.find.quotes import direct, indirect, scoring
from gulfbrief.find.quotes.scan import Scan
from gulfbrief.find.text import Text

Span = tuple[int, int]


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
    gold = [(f, q) for q in document["gold"] for f in ev.fragments(text, q["fragments"])]
    spoken = direct.find(scan)
    busy = {t for f in spoken if f.cue for t in range(*f.cue)}
    for site in indirect.sites(scan, busy):
        word = scoring.cue_word(scan, site)
        base = scoring.site_features(scan, site, word)
        begin, passed = ("", -1), []
        found = indirect.options(scan, site)
        others = indirect.choices(found)
        for option in found:
            pieces = [(option.first, option.stop)] + ([option.more] if option.more else [])
            right = 0
            for first, stop in pieces:
                span = ev.trim(text, scan.starts[first], scan.ends[stop - 1])
                right += any(_right(scan, span, site, f, q, text) for f, q in gold)
            if (option.start, option.first) != begin:
                begin, passed = (option.start, option.first), []
            ending, more = scoring.end_features(scan, site, option, word)
            starting = scoring.start_features(scan, site, option, word, others)
            yield [*base, *starting, *ending, *passed], right / len(pieces)
            passed += more


def _right(scan: Scan, span: Span, site: Any, f: Span, q: dict[str, Any], text: str) -> bool:
    both = min(span[1], f[1]) - max(span[0], f[0])
    if both <= 0 or both / (span[1] - span[0] + f[1] - f[0] - both) < 0.5:
        return False
    if not q["speaker_spans"]:
        return True
    if site.source is None:
        return False
    a, b = scan.starts[site.source.first], scan.ends[site.source.stop - 1]
    if any(a < d and c < b for c, d in q["speaker_spans"]):
        return True
    mine = set(re.findall(r"\w{3,}", text[a:b].lower()))
    return bool(mine & set(re.findall(r"\w{3,}", q["speaker"].lower())) - {"the"})


def learn(
    data: Iterable[tuple[list[str], float]], passes: int = 5, rare: int = 8, decay: float = 3e-3, rate: float = 0.035
) -> tuple[dict[str, float], int]:
    """The weights by feature, and the number of examples."""
    index: dict[str, int] = {}
    rows = [
        (array("i", [index.setdefault(n, len(index)) for n in names]), right)
        for names, right in data
    ]
    count = collections.Counter(i for ids, _ in rows for i in ids)
    rows = [(array("i", [i for i in ids if count[i] >= rare]), right) for ids, right in rows]
    weights = [0.0] * len(index)
    seen = [1e-2] * len(index)
    order = list(range(len(rows)))
    shuffle = random.Random(7)
    for _ in range(passes):
        shuffle.shuffle(order)
        for k in order:
            ids, right = rows[k]
            slope = scoring.probability(sum([weights[i] for i in ids])) - right
            if -0.01 < slope < 0.01:
                continue
            for i in ids:
                g = slope + decay * weights[i]
                seen[i] += g * g
                weights[i] -= rate * g / sqrt(seen[i])
    return {n: weights[i] for n, i in index.items() if abs(weights[i]) >= 0.1}, len(rows)


def main(mirror: str, *flags: str) -> None:
    ev = evaluation("/work/shared/eval/evaluate.py" if len(flags) < 2 else flags[1])
    documents = ev.gold_quotes(f"{mirror}/networkdynamics+PolNeAR/repo", "train")
    if "--held-out" in flags:
        documents = [d for n, d in enumerate(documents) if n % 5]
    weights, count = learn(example for d in documents for example in examples(d, ev))
    print(f"# {len(weights)} weights from {count} candidates; see tests/bench/learn_quotes.py")
    for name in sorted(weights):
        print(f"{name}\t{weights[name]:.2f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*sys.argv[1:])
