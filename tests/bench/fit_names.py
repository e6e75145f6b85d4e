#!/usr/bin/env python
"""Fit ``gulfbrief/find/lexicon/name_weights.tsv`` on the development part of an annotated corpus.

    pip install scikit-learn
    python tests/bench/fit_names.py EVALUATE.PY GIT_DIRECTORY [--folds]

EVALUATE.PY is the evaluation script whose ``gold_actors`` reads the corpus; only the split
``testa`` is asked for. ``--folds`` scores five-fold cross-validation and writes nothing: what the
weights are worth on texts that they were not fitted on. Nothing of the texts is kept, only how
much each of the features of ``names/features.py`` speaks for each kind.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gulfbrief.find import names
from gulfbrief.find.names import classification
from gulfbrief.find.names.candidates import CandidateSplitter
from gulfbrief.find.names.classification import KINDS, Names
from gulfbrief.find.names.runs import Words
from gulfbrief.find.text import Text

WEIGHTS = Path(names.__file__).parents[1] / "lexicon" / "name_weights.tsv"
HEAD = """# How much each feature of a name (names/features.py) speaks for each kind. Fitted by
# tests/bench/fit_names.py; "<" is what stands before a name, ">" what stands after it.
# feature\tperson\torganisation\tplace\tother
"""
HOUSE = {f: w for f, w in classification.weights().items() if f[:6] == "house:"}
KIND = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def evaluation(path):
    spec = importlib.util.spec_from_file_location("evaluate", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples(ev, docs, table):
    """(features with their values, kind) of every occurrence of a name."""
    rows = []
    for doc in docs:
        words = Words(Text(doc["text"]))
        lexicon = names.load()
        candidates = list(CandidateSplitter(words, lexicon).candidates())
        found = Names(words, candidates, lexicon)
        if table:
            classification.weights = lambda: table | HOUSE
            classification._shaped.cache_clear()
            found.relate(found.kinds())
        gold = {ev.norm(doc["text"], a, b): KIND.get(k, "other") for a, b, k in doc["gold"]}
        for name, one in found.names.items():
            shape = names.classification.shape(name, one.head, one.known, lexicon)
            total = Counter(f for fs in one.contexts for f in fs)
            for candidate, features in zip(one.candidates, one.contexts, strict=True):
                span = ev.norm(
                    doc["text"], words.starts[candidate.first], words.end(candidate.last - 1)
                )
                row = Counter(dict.fromkeys([*shape, *one.features], 1.0))
                for f in features:
                    row[f] += 1.0
                others = total - Counter(features)
                for f, n in others.items():
                    row[f] += classification._OTHERS * n / max(1, len(one.candidates) - 1)
                rows.append((dict(row), gold.get(span, "other")))
    return rows


def fit(rows):
    vectorizer = DictVectorizer()
    rows = [({f: v for f, v in r.items() if f[:6] != "house:"}, k) for r, k in rows]
    counts = Counter(f for row, _ in rows for f in row)
    x = vectorizer.fit_transform([{f: v for f, v in r.items() if counts[f] >= 8} for r, _ in rows])
    model = LogisticRegression(C=0.3, max_iter=400)
    model.fit(x, [KINDS.index(k) for _, k in rows])
    table = {}
    for f, column in zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True):
        values = np.zeros(4)
        values[model.classes_] = column
        table[f] = tuple(round(float(v), 2) + 0.0 for v in values)
    bias = np.zeros(4)
    bias[model.classes_] = model.intercept_
    for n in "1234":
        f = f"words={n}"
        table[f] = tuple(
            round(a + float(b), 2) for a, b in zip(table.get(f, (0,) * 4), bias, strict=True)
        )
    return {f: v for f, v in table.items() if max(map(abs, v)) >= 0.05}


def learn(ev, docs):
    table = fit(examples(ev, docs, {}))
    for _ in range(2):
        table = fit(examples(ev, docs, table))
    return table


def score(ev, docs, table):
    classification.weights = lambda: table | HOUSE
    classification._shaped.cache_clear()
    found = {
        d["id"]: [
            {"source": {"start": m.start, "end": m.end}, "type": m.type, "how": m.how}
            for m in names.find(Text(d["text"]))
        ]
        for d in docs
    }
    return found


def main() -> None:
    ev = evaluation(sys.argv[1])
    docs = ev.gold_actors(sys.argv[2], "testa")
    if "--folds" in sys.argv:
        found = {}
        for fold in range(5):
            table = learn(ev, [d for i, d in enumerate(docs) if i % 5 != fold])
            found |= score(ev, [d for i, d in enumerate(docs) if i % 5 == fold], table)
        ev.score_actors(docs, found)
        return
    table = learn(ev, docs)
    rows = ["\t".join([f, *(f"{v:g}" for v in vs)]) for f, vs in sorted(table.items())]
    WEIGHTS.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    ev.score_actors(docs, score(ev, docs, table))


if __name__ == "__main__":
    main()
