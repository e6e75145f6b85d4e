#!/usr/bin/env python3
"""Learn the weights of whom a pronoun means (``gulfbrief/find/lexicon/pronoun_weights.tsv``).

    learn_pronouns.py --mirror DIR [--write] [--rounds N]

DIR holds the git directory of google-research-datasets/gap-coreference as DIR/OWNER+NAME/repo; of
it ``gap-development.tsv`` is read and nothing else. The texts of ``tests/data/actors`` and
``tests/data/speakers/tune.toml``, whose pronouns are marked, are learned from as well. Five-fold
cross-validation over the documents tells what the weights are worth: precision, recall and F1 as
``gap_scorer.py`` counts them, at several thresholds. What a pronoun is found to mean is a feature
of the next one, so each round reads the texts anew with the weights of the round before. Needs
numpy and scipy.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from test_speaker_gold import unmarked  # noqa: E402

from gulfbrief.find import coreference, log_linear, names  # noqa: E402
from gulfbrief.find.coreference import pronouns  # noqa: E402
from gulfbrief.find.log_linear import weigher  # noqa: E402
from gulfbrief.find.text import Text  # noqa: E402

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "gulfbrief/find/lexicon/pronoun_weights.tsv"
HEAD = """# Whom a pronoun means: feature, weight. Learned by tests/bench/learn_pronouns.py
# on the development part of GAP (Webster et al. 2018, Apache License 2.0) and on this project's own
# texts.
"""
THRESHOLDS = (0.0, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7)
RARE = 4


class Case(NamedTuple):
    """A marked pronoun: where it stands, and the spans of those that it means and does not."""

    text: int
    at: int
    means: tuple[tuple[int, int], ...]
    others: tuple[tuple[int, int], ...]
    gap: bool
    a: tuple[int, int] | None = None
    b: tuple[int, int] | None = None
    gold: tuple[bool, bool] = (False, False)
    she: bool = False
    who: str = ""


def gap(mirror: Path) -> tuple[list[str], list[Case]]:
    git = mirror / "google-research-datasets+gap-coreference" / "repo"
    where = next(p for p in (git, git / ".git", git.parent) if (p / "HEAD").exists())
    raw = subprocess.check_output(["git", "-C", where, "show", "HEAD:gap-development.tsv"]).decode()
    texts: list[str] = []
    cases: list[Case] = []
    for row in csv.DictReader(io.StringIO(raw), delimiter="\t"):
        spans = [(int(row[f"{x}-offset"]), int(row[f"{x}-offset"]) + len(row[x])) for x in "AB"]
        gold = (row["A-coref"].lower() == "true", row["B-coref"].lower() == "true")
        means = tuple(s for s, g in zip(spans, gold, strict=True) if g)
        others = tuple(s for s, g in zip(spans, gold, strict=True) if not g)
        she = row["Pronoun"].lower() in pronouns.SHE
        at = int(row["Pronoun-offset"])
        cases.append(Case(len(texts), at, means, others, True, *spans, gold, she))
        texts.append(row["Text"])
    return texts, cases


def own(first: int) -> tuple[list[str], list[Case]]:
    """The pronouns that are marked in this project's own texts, with whom they mean."""
    texts: list[str] = []
    cases: list[Case] = []
    for file, table in (
        ("actors/cases", "case"),
        ("actors/pronouns", "text"),
        ("speakers/tune", "text"),
    ):
        path = ROOT / f"tests/data/{file}.toml"
        for case in tomllib.loads(path.read_text(encoding="utf-8"))[table]:
            text, wanted = unmarked(case["text"])
            for want in wanted:
                if want.words.lower() in pronouns.PRONOUNS:
                    cases.append(Case(first + len(texts), want.start, (), (), False, who=want.name))
            texts.append(text)
    return texts, cases


class Recorder:
    """Reads the texts and keeps what was weighed for each pronoun."""

    def __init__(self, texts: list[str]) -> None:
        self.parts = [Text(t) for t in texts]
        self.names = [names.find(p) for p in self.parts]

    def read(self, cases: list[Case], table: dict[str, float]) -> list[Any]:
        """Of each case the options and their entities' spans: [(features, spans), ...]."""
        weigh = weigher(table)
        pronouns.weigh = lambda: weigh
        by_text = defaultdict(list)
        for case in cases:
            by_text[case.text].append(case)
        out: dict[Case, Any] = {}
        for number, some in by_text.items():
            found: dict[int, Any] = {}
            kept: list[Any] = []
            plain = pronouns.PronounResolver.options

            def options(self, i, evaluate, found=found, kept=kept, plain=plain):
                found[self.tokens.starts[i]] = plain(self, i, log_linear.names)
                kept[:] = [self]
                return plain(self, i, evaluate)

            pronouns.PronounResolver.options = options
            try:
                coreference.resolve(self.parts[number], self.names[number])
            finally:
                pronouns.PronounResolver.options = plain
            spans = defaultdict(list)
            if kept:
                clusters = kept[0].clusters
                for m, index in zip(clusters.mentions, clusters.entity_of, strict=True):
                    if index is not None:
                        spans[index].append((m.start, m.end))
            for case in some:
                got = found.get(case.at)
                entities = kept[0].entities if kept else []
                out[case] = got and [
                    (
                        features,
                        spans.get(entity, []),
                        "" if entity is None else entities[entity].name,
                    )
                    for entity, features in got
                ]
        return [out[c] for c in cases]


def over(spans: list[tuple[int, int]], wanted: tuple[tuple[int, int], ...]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in wanted)


def gold_of(case: Case, options: Any) -> list[int]:
    """The options that are right."""
    if case.means:
        return [k for k, (_, spans, _) in enumerate(options) if k and over(spans, case.means)]
    if case.gap:
        return [k for k, (_, spans, _) in enumerate(options) if not over(spans, case.others)]
    return [k for k, (_, _, name) in enumerate(options) if name == case.who] or [0]


class Learner:
    def __init__(self, cases: list[Case], read: list[Any], weight: float) -> None:
        self.items = []
        count: Counter[str] = Counter()
        for case, options in zip(cases, read, strict=True):
            right = options and gold_of(case, options)
            if case.means and not right and options:
                right = [0]
            self.items.append((case, options, right, 1.0 if case.gap else weight))
            for features, *_ in options or ():
                count.update(features)
        self.index = {f: n for n, f in enumerate(sorted(f for f, c in count.items() if c >= RARE))}

    def fit(self, use: list[int], ridge: float) -> dict[str, float]:
        rows, cols, group, right, weights = [], [], [], [], []
        row = 0
        for g, k in enumerate(use):
            _, options, gold, weight = self.items[k]
            for o, (features, *_) in enumerate(options):
                for f in features:
                    if f in self.index:
                        rows.append(row)
                        cols.append(self.index[f])
                group.append(g)
                right.append(o in gold)
                row += 1
            weights.append(weight)
        from scipy.sparse import csr_matrix

        x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(row, len(self.index)))
        group_, right_, w = np.array(group), np.array(right, bool), np.array(weights)
        starts = np.searchsorted(group_, np.arange(len(use)))

        def loss(theta):
            s = x @ theta
            top = np.maximum.reduceat(s, starts)
            e = np.exp(s - top[group_])
            z = np.add.reduceat(e, starts)
            er = np.where(right_, e, 0)
            zr = np.add.reduceat(er, starts)
            p, q = e / z[group_], er / zr[group_]
            value = -(w * np.log(zr / z)).sum() + ridge * (theta @ theta)
            return value, x.T @ ((p - q) * w[group_]) + 2 * ridge * theta

        found = minimize(
            loss, np.zeros(len(self.index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}
        )
        return {f: float(found.x[n]) for f, n in self.index.items()}


def answers(options: Any, table: dict[str, float]) -> tuple[int, float]:
    scores = np.array([sum(table.get(f, 0.0) for f in fs) for fs, *_ in options])
    shares = np.exp(scores - scores.max())
    best = int(shares.argmax())
    return best, float(shares[best] / shares.sum())


def report(items: list[Any], said: list[tuple[int, float] | None]) -> None:
    """Precision, recall and F1 on GAP at each threshold."""
    for threshold in THRESHOLDS:
        n: dict[str, Counter[str]] = {"all": Counter(), "m": Counter(), "f": Counter()}
        for (case, options, *_), one in zip(items, said, strict=True):
            if not case.gap:
                continue
            ok = one is not None and one[1] >= threshold and one[0] > 0
            spans = options[one[0]][1] if ok else []
            for span, gold in zip((case.a, case.b), case.gold, strict=True):
                says = over(spans, (span,))
                kind = "tp" if says and gold else "fp" if says else "fn" if gold else "tn"
                n["all"][kind] += 1
                n["f" if case.she else "m"][kind] += 1
        out = []
        for key, c in n.items():
            p, r = c["tp"] / max(1, c["tp"] + c["fp"]), c["tp"] / max(1, c["tp"] + c["fn"])
            out.append(f"{key} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}")
        print(f"  threshold {threshold:.2f}: " + "  ".join(out))


def report_own(items: list[Any], said: list[tuple[int, float] | None]) -> None:
    """Right, null and wrong on our own texts."""
    for threshold in THRESHOLDS:
        n: Counter[str] = Counter()
        for (case, options, right, _), one in zip(items, said, strict=True):
            if case.gap or not options or one is None:
                continue
            null = one[0] == 0 or one[1] < threshold
            want = right != [0]
            n["null" if null and want else "right" if null or one[0] in right else "wrong"] += 1
        print(f"  own, threshold {threshold:.2f}: {dict(n)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mirror", type=Path, required=True)
    options.add_argument("--write", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--ridge", type=float, default=3.0)
    options.add_argument("--own", type=float, default=4.0, help="the weight of a text of our own")
    given = options.parse_args()
    texts, cases = gap(given.mirror)
    more, marked = own(len(texts))
    cases += marked
    recorder = Recorder(texts + more)
    table: dict[str, float] = {"candidate": 0.1}
    for number in range(given.rounds):
        read = recorder.read(cases, table)
        learner = Learner(cases, read, given.own)
        usable = [k for k, item in enumerate(learner.items) if item[1] and item[2]]
        if number == given.rounds - 1:
            said: list[Any] = [None] * len(cases)
            for fold in range(5):
                table = learner.fit([k for k in usable if k % 5 != fold], given.ridge)
                for k, item in enumerate(learner.items):
                    if k % 5 == fold and item[1]:
                        said[k] = answers(item[1], table)
            print(f"round {number}: {len(usable)} of {len(cases)} cases, {len(table)} features")
            report(learner.items, said)
            report_own(learner.items, said)
            missing = Counter(
                "no mention" if not item[1] else "not among them"
                for item in learner.items
                if item[0].gap and item[0].means and not (item[1] and gold_of(item[0], item[1]))
            )
            print("  right one", dict(missing))
        table = learner.fit(usable, given.ridge)
    if given.write:
        kept = {f: round(w, 2) for f, w in table.items() if abs(w) >= 0.02}
        lines = [f"{f}\t{w:g}" for f, w in sorted(kept.items())]
        TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
