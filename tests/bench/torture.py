"""Ends builds at random moments and flips random bits; counts what was lost or silently wrong.

    python tests/bench/torture.py [--seed N] [--seconds S]

Half of the time goes to kills (SIGKILL) of `gulfbrief index` over folders that change, each index
compared with a new one; half to flips of one bit, each compared under every command. Prints the
seed and the counts of docs/reliability.md.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from changing import Changing
from indexes import dump

from gulfbrief.errors import StoreError
from gulfbrief.store.build import build

PROGRAM = [sys.executable, "-m", "gulfbrief"]
COMMANDS = tuple(
    line.split()
    for line in (
        "search port", "search minister --exact", "quotes", "quotes port", "quotes --by haddad",
        "actors", "actor haddad", "timeline", "timeline --actor haddad", "brief port", "docs",
        "export documents", "export quotes", "export mentions", "export dates", "export events",
        "export actors", "status",
    )
)  # fmt: skip


def kills(top: Path, chance: random.Random, until: float) -> tuple[int, int]:
    """How many builds were killed, and how many indexes then differed from a new one."""
    killed = differing = folders = 0
    while time.monotonic() < until:
        folder = top / f"kill{folders}"
        folders += 1
        changing = Changing(folder / "reports", chance)
        index = folder / "index.db"
        longest = 3.0
        for _ in range(6):
            changing.change(8)
            command = [*PROGRAM, "index", str(changing.folder), "--index", str(index), "-j", "1"]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
                try:
                    child.wait(chance.uniform(0.1, longest))
                except subprocess.TimeoutExpired:
                    child.kill()
                    killed += 1
        build(index, [changing.folder], jobs=1)
        build(folder / "new.db", [changing.folder], jobs=1)
        differing += dump(index) != dump(folder / "new.db")
        shutil.rmtree(folder)
    return killed, differing


def flips(top: Path, chance: random.Random, until: float) -> tuple[int, int, int, int]:
    """Flips, answers to them, those that differed in silence, and those with a status of 70."""
    changing = Changing(top / "reports", chance)
    changing.change(30)
    index = top / "index.db"
    build(index, [changing.folder], jobs=1)
    whole = index.read_bytes()
    right = {tuple(c): _answer(c, index) for c in COMMANDS}
    flipped = answers = silent = faults = 0
    while time.monotonic() < until:
        place = chance.randrange(8 * len(whole))
        spoilt = bytearray(whole)
        spoilt[place // 8] ^= 1 << place % 8
        index.write_bytes(spoilt)
        for end in ("-wal", "-shm"):
            Path(f"{index}{end}").unlink(missing_ok=True)
        flipped += 1
        for command in COMMANDS:
            status, out = _answer(command, index)
            answers += 1
            silent += status in (0, 1) and (status, out) != right[tuple(command)]
            faults += status == 70
    return flipped, answers, silent, faults


def _answer(command: list[str], index: Path) -> tuple[int, bytes]:
    done = subprocess.run(
        [*PROGRAM, *command, "--index", str(index)], capture_output=True, check=False, timeout=120
    )
    return done.returncode, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    print(f"seed {given.seed}, {given.seconds:g} s", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, suppress(StoreError):
        killed, differing = kills(Path(name), chance, begun + given.seconds / 2)
        print(f"kills: {killed}, indexes that differ from a new one: {differing}", flush=True)
        flipped, answers, silent, faults = flips(Path(name), chance, begun + given.seconds)
        print(f"flips: {flipped}, answers: {answers}, silent: {silent}, status 70: {faults}")


if __name__ == "__main__":
    main()
