#!/usr/bin/env python
"""How much the confidence of a quotation means: share of right speakers by bin, on PolNeAR.

    python tests/bench/calibration.py --mirror DIR [--split dev|train]
    python tests/bench/calibration.py --mirror DIR --fit

DIR holds the git directory networkdynamics+PolNeAR/repo. A speaker is right by the rule of the
evaluation: its span overlaps the annotated source, or shares a word with it that is no title.
Printed are for each bin of confidence: how many quotations meet an annotated one and the share of
them with the right speaker; then all quotations found, and the share that touches an annotated
quotation with the right speaker. ``--fit`` fits the weights of
``gulfbrief/find/lexicon/confidence.toml`` to that last share on train and writes them. No text is
kept or printed.
"""

from __future__ import annotations

import argparse
import collections
import io
import itertools
import math
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gulfbrief.find import find
from gulfbrief.find.quotes import speakers
from gulfbrief.find.quotes.confidence import (
    confidence,
    content_confidence,
    content_features,
    features,
)
from gulfbrief.model import Document, Quote

STOP = frozenset(
    "the a an of and in on for to at by from with his her their its our my he she it they who that "
    "this mr mrs ms dr sen rep gov gen president prime minister foreign secretary senator governor "
    "spokesman spokeswoman spokesperson former republican democratic democrat rival candidate "
    "nominee".split()
)
LEXICON = Path(__file__).parents[2] / "gulfbrief/find/lexicon/confidence.toml"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass
class Gold:
    """One annotated attribution: its content, source and cue spans, as code points."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)


def documents(git: Path, split: str) -> Iterator[tuple[str, str, list[Gold]]]:
    """(name, text, attributions) of each report of the split."""
    names = subprocess.check_output(
        ["git", "-C", str(git), "ls-tree", "-r", "--name-only", "-z", "HEAD"]
    ).decode()
    want = [
        n
        for n in names.split("\0")
        if re.search(rf"/{split}/(text|attributions)/.*\.(txt|ann)$", n)
    ]
    texts: dict[str, str] = {}
    notes: dict[str, str] = {}
    for i in range(0, len(want), 200):
        data = subprocess.check_output(
            ["git", "-C", str(git), "archive", "--format=tar", "HEAD", "--", *want[i : i + 200]]
        )
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                handle = tar.extractfile(member) if member.isfile() else None
                if handle is None:
                    continue
                path = Path(member.name)
                (texts if path.suffix == ".txt" else notes)[path.stem] = handle.read().decode()
    seen: set[str] = set()
    for stem in sorted(notes):
        name = stem.rpartition("_")[0]
        if name in texts and name not in seen:
            seen.add(name)
            yield name, texts[name], attributions(notes[stem])


def attributions(note: str) -> list[Gold]:
    """The attributions of one annotation file (brat standoff)."""
    spans: dict[str, list[tuple[int, int]]] = {}
    out: list[Gold] = []
    events: list[str] = []
    for line in note.split("\n"):
        if line.startswith("T") and line.count("\t") >= 2:
            key, head, _ = line.split("\t", 2)
            pieces = head.partition(" ")[2].split(";")
            spans[key] = [(int(a), int(b)) for a, b in (p.split() for p in pieces)]
        elif line.startswith("E") and "\t" in line:
            events.append(line.split("\t", 1)[1])
    for event in events:
        role: dict[str, list[tuple[int, int]]] = collections.defaultdict(list)
        for part in event.split():
            name, key = part.split(":", 1)
            role[name.rstrip("0123456789")] += spans[key]
        if role["Content"]:
            out.append(Gold(sorted(role["Content"]), sorted(role["Source"]), sorted(role["Cue"])))
    return out


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both / (a[1] - a[0] + b[1] - b[0] - both) if both > 0 else 0.0


def right(text: str, gold: Gold, quote: Quote) -> bool:
    """Whether the first speaker of ``quote`` is the annotated source."""
    speaker = quote.speakers[0] if quote.speakers else None
    if speaker is None:
        return False
    if speaker.start is not None and speaker.end is not None:
        for a, b in gold.source:
            if speaker.start < b and a < speaker.end:
                return True
    source = " ".join(text[a:b] for a, b in gold.source)
    words = [set(re.findall(r"\w+", s.lower())) - STOP for s in (source, speaker.text)]
    return bool(words[0] & words[1])


def judged(git: Path, split: str) -> Iterator[tuple[Quote, bool | None, bool, bool]]:
    """Each quotation found; whether its speaker is right, by the rule of the evaluation (null where
    it meets no annotated quotation with a source); whether it touches any annotated quotation
    whose source is its speaker; and whether its content is an annotated one, by the same rule."""
    for name, text, golds in documents(git, split):
        quotes = find(Document(name, name, text, published=None, language="en")).quotes
        pairs = [
            (max(overlap(p, (f.start, f.end)) for p in g.content for f in q.fragments), i, j)
            for i, g in enumerate(golds)
            for j, q in enumerate(quotes)
            if g.content[0][0] < q.end and q.start < g.content[-1][1]
        ]
        used: set[int] = set()
        met: dict[int, int] = {}
        touched = {j for share, i, j in pairs if share > 0 and right(text, golds[i], quotes[j])}
        for share, i, j in sorted(pairs, reverse=True):
            if share >= 0.5 and i not in used and j not in met:
                used.add(i)
                met[j] = i
        for j, quote in enumerate(quotes):
            gold = golds[met[j]] if j in met else None
            yield (
                quote,
                right(text, gold, quote) if gold and gold.source else None,
                j in touched,
                j in met,
            )


def fit(rows: list[tuple[dict[str, float], bool]], ridge: float = 1.0) -> dict[str, float]:
    """Weights of a logistic model by Newton's method, with an L2 penalty."""
    names = sorted({name for values, _ in rows for name in values})
    place = {name: i for i, name in enumerate(names)}
    data = [([(place[n], v) for n, v in values.items()], float(ok)) for values, ok in rows]
    weights = [0.0] * len(names)
    for _ in range(12):
        slope = [-ridge * w for w in weights]
        bend = [[ridge * (i == j) for j in range(len(names))] for i in range(len(names))]
        for values, ok in data:
            p = 1 / (1 + math.exp(-sum(weights[i] * v for i, v in values)))
            for i, v in values:
                slope[i] += (ok - p) * v
                for j, u in values:
                    bend[i][j] += p * (1 - p) * v * u
        step = solve(bend, slope)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
    return dict(zip(names, weights, strict=True))


def solve(matrix: list[list[float]], right_side: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right_side, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out


def write(weights: dict[str, float], content: dict[str, float]) -> None:
    """The weights as the lexicon keeps them; the comment at its head stays."""
    out = LEXICON.read_text("utf-8").partition("[weights]")[0]
    for table, values in (("[weights]\n", weights), ("\n[content]\n", content)):
        lines = [f'"{name}" = {weight:.2f}\n' for name, weight in sorted(values.items())]
        out += table + "".join(lines)
    LEXICON.write_text(out, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mirror", required=True, type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    git = asked.mirror / "networkdynamics+PolNeAR" / "repo"
    if not (git / "HEAD").exists():
        sys.exit(f"calibration: no git directory at {git}")
    if asked.fit:
        speakers.confidence = lambda quote, _: quote.confidence  # the finder's own, as it comes in
        speakers.content_confidence = lambda quote: quote.content_confidence
        seen = list(judged(git, "train"))
        speakers.confidence, speakers.content_confidence = confidence, content_confidence
        write(
            fit([(features(q, q.speakers), ok) for q, _, ok, _ in seen if q.speakers]),
            fit([(content_features(q), ok) for q, _, _, ok in seen]),
        )
        return
    results = list(judged(git, asked.split))
    print("confidence     met right share   found touch share")
    for low, high in itertools.pairwise(BINS):
        line(f"{low:.2f}-{min(high, 1):.2f}", [r for r in results if low <= r[0].confidence < high])
    line("0.90 and up", [r for r in results if r[0].confidence >= 0.9])
    print("content_confidence   found right share")
    for low, high in itertools.pairwise(BINS):
        part = [ok for q, *_, ok in results if low <= q.content_confidence < high]
        share = sum(part) / max(1, len(part))
        print(f"{low:.2f}-{min(high, 1):.2f} {len(part):5d} {sum(part):5d} {share:.3f}")


def line(label: str, part: list[tuple[Quote, bool | None, bool, bool]]) -> None:
    met = [ok for _, ok, _, _ in part if ok is not None]
    good, touch = sum(met), sum(ok for _, _, ok, _ in part)
    print(
        f"{label:12s} {len(met):5d} {good:5d} {good / max(1, len(met)):.3f}   "
        f"{len(part):5d} {touch:5d} {touch / max(1, len(part)):.3f}"
    )


if __name__ == "__main__":
    main()
