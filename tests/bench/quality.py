"""How often the right document comes first: ``python tests/bench/quality.py INDEX FOLDER``."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from queries import Asked, Reports, half_remembered, phrases, scattered, slips

from gulfbrief.answer.search import search
from gulfbrief.places import root_of
from gulfbrief.store.reader import Index

Ask = Callable[[str], list[set[str]]]


def asking(index: Index) -> Ask:
    """A query -> for each result the absolute paths that it stands for."""
    root = root_of(index.path)

    def ask(text: str) -> list[set[str]]:
        answer = search(index, text, limit=10)
        return [{str(root / s.path) for s in (p.source, *p.folded)} for p in answer.results]

    return ask


def measure(ask: Ask, asked: list[Asked], show: int = 0) -> tuple[float, float, list[float]]:
    """The share of right documents first and in ten, and the seconds of each query."""
    first = ten = 0
    seconds: list[float] = []
    for query in asked:
        start = time.perf_counter()
        found = ask(query.text)
        seconds.append(time.perf_counter() - start)
        places = [i for i, paths in enumerate(found) if query.path in paths]
        first += places[:1] == [0]
        ten += bool(places)
        if places[:1] != [0] and show > 0:
            show -= 1
            print("   miss:", query.text, "->", places[:1], Path(query.path).name)
    return first / len(asked), ten / len(asked), seconds


def sets(reports: Reports, number: int, seed: int) -> dict[str, list[Asked]]:
    """Kinds of queries, each with the right answers."""
    chance = random.Random(seed)
    clean = phrases(reports, number, chance)
    loose = scattered(reports, number, chance)
    typed = [Asked(slips(a.text, chance.randint(1, 2), chance), a.path) for a in clean]
    return {
        "clean": clean,
        "one or two slips": typed,
        "half remembered": [
            Asked(half_remembered(a.text, chance), a.path)
            for a in phrases(reports, number, chance, (4, 5))
        ],
        "words with gaps": loose,
        "gaps and slips": [
            Asked(slips(a.text, chance.randint(1, 2), chance), a.path) for a in loose
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many misses of each kind")
    asked = parser.parse_args()
    reports = Reports(list(asked.folder.rglob("*.txt")))
    with Index.open(asked.index) as index:
        ask = asking(index)
        for kind, queries in sets(reports, asked.number, asked.seed).items():
            first, ten, seconds = measure(ask, queries, asked.show)
            seconds.sort()
            print(
                f"{kind:18} first {first:.3f}  in ten {ten:.3f}  p50"
                f" {statistics.median(seconds) * 1e3:.1f} ms  p95"
                f" {seconds[int(len(seconds) * 0.95)] * 1e3:.1f} ms"
            )


if __name__ == "__main__":
    main()
