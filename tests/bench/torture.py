"""Does to gulfbrief what may happen to it, at random, and counts what went wrong.

    python tests/bench/torture.py [--seed N] [--seconds S] [PART ...]

The parts, each for S seconds (all of them without a name):

kills    SIGKILL of ``index`` at a random moment, over folders that change; each index is then
         brought up to date and compared with a new one
flips    one flipped bit in an index, then eighteen commands: an answer as before or an error
files    changed bytes in files of all formats, indexed between sound ones
lines    random command lines over all commands and states of an index (tests/fuzzing.py)
readers  ten readers of one index in a loop while a writer follows a folder that changes

Prints the seed and the counts that stand in docs/reliability.md. Processes are copies of one that
has imported gulfbrief (tests/forking.py); a short form of each part runs in the tests.
"""

from __future__ import annotations

import argparse
import bz2
import json
import lzma
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from changing import Changing
from forking import Process, quick_workers
from fuzzing import STATES, Desk, command_line, fault, writes
from indexes import dump
from ole_maker import ole, outlook
from running import environment, run, run_together
from test_read_property import SAMPLES, mutated
from test_read_sheets import MAIL, SHEET, slides, workbook

from gulfbrief.errors import GulfbriefError
from gulfbrief.read import Options
from gulfbrief.store import pool
from gulfbrief.store.build import build

COMMANDS = tuple(
    line.split()
    for line in (
        "search port", "search minister --exact", "quotes", "quotes port", "quotes --by haddad",
        "actors", "actor haddad", "timeline", "timeline --actor haddad", "brief port", "docs",
        "export documents", "export quotes", "export mentions", "export dates", "export events",
        "export actors", "status",
    )
)  # fmt: skip
MADE = r'"(?:indexed_at|made)": "[^"]*"|Made on [^.\n]*'  # what tells when it was made
READERS = 10
TOGETHER = 20
SOUND = "MUSCAT, July {n} (Gulf Wire) - “The port stays open,” said Salma Haddad on Monday.\n"

Counts = dict[str, int]


# ---- kills --------------------------------------------------------------------------------


def kills(top: Path, chance: random.Random, until: float) -> Counts:
    counts = Counter(kills=0, indexes=0, failed=0, differing=0)
    longest = 1.0
    while time.monotonic() < until:
        folder = top / f"kill{counts['indexes']}"
        changing = Changing(folder / "reports", chance)
        index = folder / "index.db"
        for _ in range(8):
            changing.change(8)
            begun = time.monotonic()
            with open(os.devnull, "r+b") as nowhere:
                child = Process(
                    ["index", str(changing.folder), "--index", str(index), "-j", "1"],
                    env=environment(), stdin=nowhere.fileno(), stdout=nowhere.fileno(),
                    stderr=nowhere.fileno(),
                )  # fmt: skip
                try:
                    child.wait(chance.uniform(0.02, longest))
                    longest = 0.9 * longest + 0.1 * (time.monotonic() - begun)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
                    longest = min(20.0, 1.05 * longest)
                    counts["kills"] += 1
        done = build(index, [changing.folder], jobs=1)
        new = build(folder / "new.db", [changing.folder], jobs=1)
        counts["indexes"] += 1
        if done.failed or new.failed:  # on a machine that is too busy a file may take too long
            counts["failed"] += 1
            print(f"not compared: {done.failed or new.failed}", flush=True)
        elif (one := dump(index)) != (other := dump(folder / "new.db")):
            counts["differing"] += 1
            parts = [part for part in one if one[part] != other[part]]
            print(f"{folder.name}: {', '.join(parts)} differ", flush=True)
        shutil.rmtree(folder)
    return counts


# ---- flips --------------------------------------------------------------------------------


def flips(top: Path, chance: random.Random, until: float) -> Counts:
    changing = Changing(top / "flipped" / "reports", chance)
    changing.change(30)
    index = top / "flipped" / "index.db"
    build(index, [changing.folder], jobs=1)
    whole = index.read_bytes()
    right = _answers(index)
    counts = Counter(flips=0, answers=0, silent=0, faults=0)
    while time.monotonic() < until:
        place = chance.randrange(8 * len(whole))
        spoilt = bytearray(whole)
        spoilt[place // 8] ^= 1 << place % 8
        for end in ("-wal", "-shm"):
            Path(f"{index}{end}").unlink(missing_ok=True)
        index.write_bytes(spoilt)
        counts["flips"] += 1
        for command, (status, out), sound in zip(COMMANDS, _answers(index), right, strict=True):
            counts["answers"] += 1
            if status in (0, 1) and (status, out) != sound:
                counts["silent"] += 1
                told = f"bit {place}: {command}: {_first_difference(out, sound[1])}"
                print(told, flush=True)
            counts["faults"] += status not in (0, 1, 2, 3)
    return counts


def _answers(index: Path) -> list[tuple[int, str]]:
    """The status and the output of each of ``COMMANDS``."""
    asked = [([*command, "--index", str(index)], b"") for command in COMMANDS]
    answers = run_together(asked, cwd=index.parent)
    return [(done.status, re.sub(MADE, "", done.out)) for done in answers]


def _first_difference(one: str, other: str) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    at = max(at, 40)
    return f"{one[at - 40 : at + 40]!r} was {other[at - 40 : at + 40]!r}"


# ---- files --------------------------------------------------------------------------------


def samples() -> dict[str, bytes]:
    """A small sound file of each format."""
    out = dict(SAMPLES)
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo("b.txt")
        member.size = len(out["a.txt"])
        tar.addfile(member, BytesIO(out["a.txt"]))
    out["a.tgz"] = packed.getvalue()
    out["a.tsv"] = out["a.csv"].replace(b",", b"\t")
    out["a.bz2"], out["a.xz"] = bz2.compress(out["a.txt"]), lzma.compress(out["a.txt"])
    out["a.xlsx"] = workbook(S=[["Ship", "Flag"], ["Aliya", "Oman"]])
    out["a.ods"], out["a.pptx"], out["a.msg"] = SHEET, slides()[1], ole(outlook(MAIL))
    out["a.ndjson"] = out["a.jsonl"]
    out["a.htm"] = out["a.html"]
    return out


SOUND_FILES = samples()


def edits(chance: random.Random) -> list[tuple[str, float, bytes, int]]:
    return [
        (
            chance.choice(("set", "set", "cut", "insert", "copy", "end")), chance.random(),
            chance.randbytes(chance.randint(1, 12)), chance.randint(1, 60),
        )
        for _ in range(chance.randint(1, 6))
    ]  # fmt: skip


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Changed bytes: of a packed file in every second case those of one that is in it."""
    if data[:2] != b"PK" or chance.random() < 0.5:
        return mutated(data, edits(chance))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            held = old.read(name)
            new.writestr(name, mutated(held, edits(chance)) if name == chosen else held)
    return out.getvalue()


def files(top: Path, chance: random.Random, until: float, batch: int = 400) -> Counts:
    sound = SOUND_FILES
    counts = Counter(files=0, read=0, refused=0, tracebacks=0, lost=0, hangs=0)
    while time.monotonic() < until:
        folder = top / "files"
        (folder / "reports").mkdir(parents=True)
        neighbours = set()
        for n in range(batch):
            name = chance.choice(list(sound))
            path = folder / "reports" / f"{n:04}{name[1:]}"
            path.write_bytes(spoilt(sound[name], chance))
            if n % 10 == 0:
                beside = folder / "reports" / f"{n:04}sound.txt"
                beside.write_text(SOUND.format(n=n), "utf-8")
                neighbours.add(beside.name)
        options = Options(max_seconds=20, ocr="never")
        done = build(folder / "index.db", [folder / "reports"], options=options, jobs=1)
        failed = {Path(path).name: reason for path, reason in done.failed}
        counts["files"] += batch
        counts["refused"] += len(failed)
        counts["read"] += batch + len(neighbours) - len(failed)
        for name, reason in failed.items():
            bad = "fault in gulfbrief" in reason or "crash" in reason
            counts["tracebacks"] += bad
            counts["hangs"] += "took longer" in reason
            if bad or "took longer" in reason:
                kept = top.parent / f"torture-{counts['files']}-{name}"
                shutil.copy(folder / "reports" / name, kept)
                print(f"{kept}: {reason}", flush=True)
        counts["lost"] += len(neighbours & failed.keys())
        shutil.rmtree(folder)
    return counts


# ---- command lines ------------------------------------------------------------------------


def lines(top: Path, chance: random.Random, until: float) -> Counts:
    """Lines that write nothing are run by ``TOGETHER`` in one copy of the process; what goes wrong
    there is tried again alone."""
    desk = Desk(top / "desk")
    counts = Counter(lines=0, faults=0)
    waiting: dict[str, list[tuple[list[str], bytes]]] = {state: [] for state in STATES}

    def alone(state: str, args: list[str], typed: bytes) -> None:
        try:
            wrong = fault(desk.run(state, args, typed))
        except (TimeoutError, UnicodeDecodeError) as error:
            wrong = str(error)
        counts["lines"] += 1
        counts["faults"] += wrong is not None
        if wrong is not None:
            print(f"{state}: {args!r} {typed!r}: {wrong}", flush=True)

    while time.monotonic() < until:
        args, typed = command_line(chance)
        state = chance.choice(STATES)
        if state == "in use" and args[:1] == ["index"]:
            continue  # it waits for ten seconds
        if writes(state, args):
            alone(state, args, typed)
            continue
        held = waiting[state]
        held.append((args, typed))
        if len(held) < TOGETHER:
            continue
        answers = desk.run_together(state, held)
        if answers is None or any(map(fault, answers)):
            for line in held:
                alone(state, *line)
        else:
            counts["lines"] += len(held)
        held.clear()
    return counts


# ---- readers and a writer -----------------------------------------------------------------


def readers(top: Path, chance: random.Random, until: float, number: int = READERS) -> Counts:
    """Every report has one quotation: an answer with more documents than quotations, or fewer, is
    of no one moment."""
    counts = Counter(builds=0, answers=0, errors=0, partial=0)
    guard = threading.Lock()
    folder = top / "shared" / "reports"
    folder.mkdir(parents=True)
    index = str(top / "shared" / "index.db")
    for n in range(5):
        (folder / f"{n}.txt").write_text(SOUND.format(n=n), "utf-8")
    build(Path(index), [folder], jobs=1)

    def read(own: random.Random) -> None:
        while time.monotonic() < until:
            command = own.choice((["status", "--json"], ["docs", "--json", "-n", "0"], *COMMANDS))
            done = run(*command, cwd=top, GULFBRIEF_INDEX=index)
            partial = False
            if command == ["status", "--json"] and done.status == 0:
                told = json.loads(done.out)["results"][0]
                partial = told["documents"] != told["quotes"]
            elif command[0] == "docs" and command[-1] == "0" and done.status == 0:
                told = json.loads(done.out)
                partial = told["total"] != len(told["results"])
            with guard:
                counts["answers"] += 1
                counts["partial"] += partial
                counts["errors"] += done.status not in (0, 1)
                if partial or done.status not in (0, 1):
                    print(f"{command}: {done.status} {done.err or done.out[:300]}", flush=True)

    threads = [
        threading.Thread(target=read, args=(random.Random(chance.random()),)) for _ in range(number)
    ]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        for _ in range(3):
            n = chance.randint(0, 60)
            if n % 7 == 3:
                (folder / f"{n}.txt").unlink(missing_ok=True)
            else:
                day = chance.randint(1, 10_000)
                (folder / f"{n}.txt").write_text(SOUND.format(n=day), "utf-8")
        done = run("index", str(folder), "-j", "1", cwd=top, GULFBRIEF_INDEX=index)
        with guard:
            counts["builds"] += 1
            counts["errors"] += done.status != 0
            if done.status != 0:
                print(f"index: {done.status} {done.err}", flush=True)
    for thread in threads:
        thread.join()
    return counts


PARTS: dict[str, Callable[[Path, random.Random, float], Counts]] = {
    "kills": kills, "flips": flips, "files": files, "lines": lines, "readers": readers
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="*", choices=list(PARTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0)
    given = parser.parse_args()
    pool.subprocess = quick_workers()  # type: ignore[assignment]
    for part in given.part or PARTS:
        with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
            until = time.monotonic() + given.seconds
            try:
                counts = PARTS[part](Path(name), random.Random(given.seed), until)
            except GulfbriefError as error:
                print(f"{part}: seed {given.seed}: ended by: {error}", flush=True)
                continue
        told = ", ".join(f"{n} {what}" for what, n in counts.items())
        print(f"{part}: seed {given.seed}, {given.seconds:g} s: {told}", flush=True)


if __name__ == "__main__":
    main()
