"""What indexing and asking cost here, beside peers, and how that grows.

``python tests/bench/bench.py [--sizes 1000,10000] [--bbc REPO.git] [--reuters REPO.git]``

Prints Markdown: costs of the index and of searching by number of reports, each peer as a ratio to
gulfbrief on the same reports and queries, and for each command processor time and peak memory of
its whole process. Without the collections (see corpus.py) reports are invented, and the quality of
answers says little. ``--commands`` alone measures the commands on an index that is there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus import reports, write
from peers import peers
from quality import Ask, asking, measure
from queries import Asked, Reports, phrases, slips

from gulfbrief.store.reader import Index

BUILD = """
import json, resource, sys, time
from pathlib import Path
from gulfbrief.store.build import build
start = time.perf_counter()
done = build(Path(sys.argv[1]), [sys.argv[2]])
own, others = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "cpu": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
    "peak": own.ru_maxrss / 1e3, "child": others.ru_maxrss / 1e3,
    "read": done.documents, "words": done.words, "failed": len(done.failed),
}))
"""


def built(index: Path, folder: Path) -> dict[str, Any]:
    """One run of ``build`` in a process of its own: seconds, CPU seconds, peaks in MB."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(index), str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def whole_process(index: Path, query: str) -> float:
    """Seconds of ``gulfbrief search`` from start to end, the best of five."""
    command = [sys.executable, "-m", "gulfbrief", "search", query, "--index", str(index), "--json"]
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def costs(folder: Path, place: Path, size: int, asked: dict[str, list[Asked]]) -> dict[str, Any]:
    """All figures of gulfbrief for one folder of ``size`` bytes."""
    index = place / "index.db"
    first = built(index, folder)
    again = built(index, folder)
    paths = sorted(folder.rglob("*.txt"))
    for path in paths[:: max(1, len(paths) // 10)][:10]:
        path.write_text(path.read_text("utf-8") + "\nA line more.\n", "utf-8")
    changed = built(index, folder)
    out = {
        "build": first, "again": again["seconds"], "changed": changed["seconds"],
        "ratio": index.stat().st_size / size, "jobs": os.cpu_count(),
    }  # fmt: skip
    with Index.open(index) as opened:
        ask = asking(opened)
        for kind, queries in asked.items():
            out[kind] = measured(ask, queries)
    out["process"] = whole_process(index, asked["slips"][0].text)
    return out


def measured(ask: Ask, queries: list[Asked]) -> dict[str, float]:
    """Quality and speed, warm: the first tenth of the queries is asked twice."""
    for query in queries[: len(queries) // 10]:
        ask(query.text)
    first, ten, seconds = measure(ask, queries)
    seconds.sort()
    return {
        "first": first, "ten": ten, "p50": statistics.median(seconds) * 1e3,
        "p95": seconds[int(len(seconds) * 0.95)] * 1e3,
    }  # fmt: skip


def beside(folder: Path, place: Path, asked: dict[str, list[Asked]]) -> dict[str, dict[str, Any]]:
    """Each peer's figures on the same folder and queries."""
    paths = sorted(folder.rglob("*.txt"))
    out: dict[str, dict[str, Any]] = {}
    for name, kind in peers().items():
        peer = kind(place)
        start = time.perf_counter()
        peer.build(paths)
        row: dict[str, Any] = {"build": time.perf_counter() - start}

        def ask(query: str, asking: Callable[[str], list[str]] = peer.ask) -> list[set[str]]:
            return [{path} for path in asking(query)]

        for what, queries in asked.items():
            row[what] = measured(ask, queries if peer.ranks else queries[:20])
        peer.close()
        out[name] = row
    return out


# ---- the commands -------------------------------------------------------------------------


def commands(index: Path, place: Path) -> dict[str, list[str]]:
    """Command lines by what they are called in the table; names and quotations are of the index."""
    draft = place / "draft.md"
    with Index.open(index) as opened:
        named = [a.name for a in opened.first_actors(1, sort="mentions")[1]]
        people = [a.name for a in opened.first_actors(1, types=("person",), sort="quotes")[1]]
        lines: list[str] = []
        for n, found in enumerate(opened.quotes(kinds=("direct",))):
            said, speakers = found.quote.content.split(), found.quote.speakers
            if n % 7 or len(said) < 8 or not speakers:
                continue
            if len(lines) % 2:
                said[4] = "never"
            lines.append(f"“{' '.join(said).rstrip(',')},” {speakers[0].text} said.")
            if len(lines) == 20:
                break
        draft.write_text(
            "\n\n".join(lines) or "“Nothing was said here at all,” Nobody said.", "utf-8"
        )
    who, person = (*named, "oman")[0], (*people, "oman")[0]
    asked = {
        "search": ["search", "oil prise rises"], "quotes": ["quotes"],
        "quotes --about, the most named": ["quotes", "--about", who],
        "quotes --by, the most quoted": ["quotes", "--by", person],
        "quotes, a wording": ["quotes", "interest rates will rise"],
        "verify, 20 quotations": ["verify", str(draft)], "actors": ["actors"],
        "actors --from 2004": ["actors", "--from", "2004"],
        "actor, the most named": ["actor", who], "timeline": ["timeline"],
        "timeline, two words": ["timeline", "oil price"],
        "timeline --actor, the most named": ["timeline", "--actor", who],
        "brief, the most named": ["brief", who], "brief, a query": ["brief", "oil price opec"],
        "docs": ["docs"], "docs, all": ["docs", "-n", "0", "-f", "jsonl"],
        "export quotes": ["export", "quotes"], "status": ["status"],
    }  # fmt: skip
    return {name: [*words, "--index", str(index)] for name, words in asked.items()}


MEASURE = """
import os, sys
command = [sys.executable, "-m", "gulfbrief", *sys.argv[1:]]
child = os.posix_spawn(sys.executable, command, os.environ,
    file_actions=[(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in range(3)])
used = os.wait4(child, 0)[2]
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)
"""
"""Run by a small process between, since a child's peak is at least that of its parent."""


def process(arguments: list[str]) -> tuple[float, float]:
    """Processor seconds and peak memory in MB of a whole process; the better of two."""
    out = []
    for _ in range(2):
        command = [sys.executable, "-S", "-c", MEASURE, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        cpu, peak = map(float, done.stdout.split())
        out.append((cpu, peak))
    return min(out)


def asked_of(index: Path, place: Path) -> dict[str, tuple[float, float]]:
    return {name: process(arguments) for name, arguments in commands(index, place).items()}


def print_commands(told: dict[int, dict[str, tuple[float, float]]]) -> None:
    """A row a command, two columns a number of reports."""
    heads = "".join(f" {number:,}: CPU ms | peak MB |" for number in told)
    print(f"\n| command |{heads}\n|---|{'---:|' * 2 * len(told)}")
    for name in next(iter(told.values())):
        cells = (told[number][name] for number in told)
        print(f"| {name} |" + "".join(f" {cpu * 1e3:.0f} | {peak:.0f} |" for cpu, peak in cells))


# ---- all of it ----------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of reports, by commas")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--bbc", type=Path)
    parser.add_argument("--reuters", type=Path)
    parser.add_argument("--commands", type=Path, metavar="INDEX", help="only these, on this index")
    given = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} at the start\n"
    )
    if given.commands:
        with tempfile.TemporaryDirectory() as top:
            with Index.open(given.commands) as index:
                number = index.count()
            print_commands({number: asked_of(given.commands, Path(top))})
        return
    heads = (
        "reports, MB, index s, CPU s, main MB, a reader MB, index/text, unchanged s, ten changed s,"
        " p50 ms, p95 ms, process ms, clean first, slips first, in ten"
    )
    print(f"| {heads.replace(', ', ' | ')} |\n|{'---:|' * 15}", flush=True)
    ratios: list[str] = []
    told: dict[int, dict[str, tuple[float, float]]] = {}
    for number in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as top:
            folder, place = Path(top) / "reports", Path(top) / "index"
            place.mkdir()
            _, size = write(folder, reports(number, given.bbc, given.reuters))
            chance = random.Random(number)
            clean = phrases(Reports(list(folder.rglob("*.txt"))), given.queries, chance)
            typed = [Asked(slips(a.text, chance.randint(1, 2), chance), a.path) for a in clean]
            asked = {"clean": clean, "slips": typed}
            ours = costs(folder, place, size, asked)
            made, misspelt = ours["build"], ours["slips"]
            print(
                f"| {number:,} | {size / 1e6:.1f} | {made['seconds']:.1f} | {made['cpu']:.0f} |"
                f" {made['peak']:.0f} | {made['child']:.0f} | {ours['ratio']:.2f} |"
                f" {ours['again']:.1f} | {ours['changed']:.1f} | {misspelt['p50']:.0f} |"
                f" {misspelt['p95']:.0f} | {ours['process'] * 1e3:.0f} |"
                f" {ours['clean']['first']:.3f} | {misspelt['first']:.3f} |"
                f" {misspelt['ten']:.3f} |",
                flush=True,
            )
            told[number] = asked_of(place / "index.db", place)
            ratios.append(
                f"| {number:,} | gulfbrief | 1 | 1 | {ours['clean']['first']:.3f} |"
                f" {misspelt['first']:.3f} | {misspelt['ten']:.3f} |"
            )
            ratios += [
                f"| {number:,} | {name} | {row['build'] / made['seconds']:.3f} |"
                f" {row['slips']['p50'] / misspelt['p50']:.2f} |"
                f" {row['clean']['first']:.3f} | {row['slips']['first']:.3f} |"
                f" {row['slips']['ten']:.3f} |"
                for name, row in beside(folder, place, asked).items()
            ]
    print("\n| reports | | index: ratio | query p50: ratio | clean first | slips first | in ten |")
    print("|---:|---|---:|---:|---:|---:|---:|", *ratios, sep="\n")
    print_commands(told)


if __name__ == "__main__":
    main()
