#!/usr/bin/env python
"""How much the confidence of a quotation means: share of right speakers by bin, on PolNeAR.

    python tests/bench/calibration.py --mirror DIR [--split dev|train] [--classes]

DIR holds the git directory networkdynamics+PolNeAR/repo. A speaker is right by the rule of the
evaluation: its span overlaps the annotated source, or shares a word with it that is no title. Printed
are, for each bin of confidence, how many quotations that meet an annotated one have a speaker right,
and the same where quotations that meet none count as wrong. ``--classes`` prints the evidence
classes of ``lexicon/confidence.toml`` with their counts, to copy from train. No text is kept or
printed.
"""

from __future__ import annotations

import argparse
import collections
import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gulfbrief.find import find
from gulfbrief.find.confidence import evidence
from gulfbrief.model import Document, Quote

STOP = frozenset(
    "the a an of and in on for to at by from with his her their its our my he she it they who that "
    "this mr mrs ms dr sen rep gov gen president prime minister foreign secretary senator governor "
    "spokesman spokeswoman spokesperson former republican democratic democrat rival candidate "
    "nominee".split()
)
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass
class Gold:
    """One annotated attribution: its content and source spans, as code points."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]] = field(default_factory=list)


def documents(git: Path, split: str) -> Iterator[tuple[str, str, list[Gold]]]:
    """(name, text, attributions) of each report of the split."""
    names = subprocess.check_output(
        ["git", "-C", str(git), "ls-tree", "-r", "--name-only", "-z", "HEAD"]
    ).decode()
    want = [n for n in names.split("\0") if re.search(rf"/{split}/(text|attributions)/.*\.(txt|ann)$", n)]
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
            out.append(Gold(sorted(role["Content"]), sorted(role["Source"])))
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


def judged(git: Path, split: str) -> Iterator[tuple[Quote, bool | None]]:
    """Each quotation found, and whether its speaker is right; null where it meets no annotated
    quotation or that has no source."""
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
        for share, i, j in sorted(pairs, reverse=True):
            if share >= 0.5 and i not in used and j not in met:
                used.add(i)
                met[j] = i
        for j, quote in enumerate(quotes):
            gold = golds[met[j]] if j in met else None
            yield quote, right(text, gold, quote) if gold and gold.source else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--mirror", required=True, type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--classes", action="store_true")
    asked = parser.parse_args()
    git = asked.mirror / "networkdynamics+PolNeAR" / "repo"
    if not (git / "HEAD").exists():
        sys.exit(f"calibration: no git directory at {git}")
    results = list(judged(git, asked.split))
    if asked.classes:
        classes(results)
        return
    print("confidence    met  right  share   all  share of all")
    for low, high in zip(BINS, BINS[1:], strict=False):
        line(f"{low:.2f}-{min(high, 1):.2f}", [r for r in results if low <= r[0].confidence < high])
    line("0.90 and up", [r for r in results if r[0].confidence >= 0.9])


def line(label: str, part: list[tuple[Quote, bool | None]]) -> None:
    met = [ok for _, ok in part if ok is not None]
    good = sum(met)
    print(
        f"{label:12s} {len(met):5d} {good:6d}  {good / max(1, len(met)):.3f} {len(part):5d}  "
        f"{good / max(1, len(part)):.3f}"
    )


def classes(results: list[tuple[Quote, bool | None]]) -> None:
    """Evidence class, how many met an annotated quotation, how many of them were right."""
    count: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    for quote, ok in results:
        row = count[evidence(quote)]
        row[0] += ok is not None
        row[1] += bool(ok)
        row[2] += 1
    for name, (met, good, total) in sorted(count.items(), key=lambda item: -item[1][0]):
        print(f"{name:40s} {met:5d} {good:5d} {good / max(1, met):.3f} {total:5d}")


if __name__ == "__main__":
    main()
