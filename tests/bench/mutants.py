"""One-line mutants, drawn from a seed: how many do the tests catch?

    python tests/bench/mutants.py [--seed N] [--count N] [--map FILE] [--list]

A mutant is a copy of the package with one line changed: a comparison flipped, a condition negated,
a whole number changed by one, or a statement deleted. The tests that run the line are run on it,
at most ``MOST`` of them: those that a map names (made once by a run of all tests under ``coverage``
with ``--cov-context=test``, see ``contexts``), else the test files that name the module. Printed is
one line a mutant: ``caught``, ``alive`` or ``slow`` (the tests did not end in time, which counts as
caught). Whether one that is alive can be seen at all is for a reader to say.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gulfbrief"
MOST = 12  # test files, or tests, that are run on one mutant
PATIENCE = 240  # seconds

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


_DELETED = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Continue)


class Mutant(NamedTuple):
    """A change to one statement: the file, its line, what is done, and the new text of the file."""

    path: Path
    line: int
    change: str
    text: str


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a file."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            before = ast.unparse(node)
            node.ops[0] = _FLIPPED[type(node.ops[0])]()
            yield from _replaced(path, source, node, "flipped", f"{before} -> {ast.unparse(node)}")
        elif isinstance(node, (ast.If, ast.While)) and node.test.lineno == node.test.end_lineno:
            test = ast.UnaryOp(ast.Not(), node.test)
            ast.copy_location(test, node.test)
            yield from _replaced(path, source, test, "negated", ast.unparse(node.test))
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            node.value += 1
            yield from _replaced(path, source, node, "plus one", ast.unparse(node))
        elif isinstance(node, _DELETED) and not _docstring(node):
            gone = ast.copy_location(ast.Pass(), node)
            yield from _replaced(path, source, gone, "deleted", ast.unparse(node)[:60])


def _docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _replaced(
    path: Path, source: str, node: ast.expr | ast.stmt, change: str, what: str
) -> Iterator[Mutant]:
    """The mutant in which ``node`` stands as it is now where it stood, on one line."""
    if node.lineno != node.end_lineno or node.end_col_offset is None:
        return
    lines = source.splitlines(keepends=True)
    line = lines[node.lineno - 1].encode()
    made = ast.unparse(node)
    made = f"({made})" if isinstance(node, (ast.Compare, ast.UnaryOp)) else made
    new = line[: node.col_offset] + made.encode() + line[node.end_col_offset :]
    lines[node.lineno - 1] = new.decode()
    yield Mutant(path, node.lineno, f"{change}: {what}", "".join(lines))


def drawn(seed: int, count: int) -> list[Mutant]:
    """``count`` mutants, each line of the package as likely as another."""
    chance = random.Random(seed)
    by_line: dict[tuple[str, int], list[Mutant]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for mutant in mutants(path):
            by_line.setdefault((str(path), mutant.line), []).append(mutant)
    lines = sorted(by_line)
    return [chance.choice(by_line[line]) for line in chance.sample(lines, count)]


def contexts(database: Path, mutant: Mutant) -> list[str]:
    """The tests that run a line, as a coverage database with contexts tells."""
    from coverage.numbits import numbits_to_nums

    with sqlite3.connect(database) as db:
        rows = db.execute(
            "SELECT context, numbits FROM line_bits JOIN context ON context.id = context_id"
            " JOIN file ON file.id = file_id WHERE path LIKE ?",
            (f"%{mutant.path.relative_to(ROOT)}",),
        ).fetchall()
    tests = [name.split("|")[0] for name, bits in rows if mutant.line in numbits_to_nums(bits)]
    return sorted(filter(None, set(tests)))


def naming(mutant: Mutant) -> list[str]:
    """The test files that most often name the module of a mutant, or the room it is in."""
    parts = mutant.path.relative_to(ROOT).with_suffix("").parts
    words = [p for p in parts[1:] if p != "__init__"] or ["gulfbrief"]
    scores: dict[str, int] = {}
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        told = 5 * path.stem.count(words[-1]) + 3 * text.count(words[-1]) + text.count(words[0])
        if told:
            scores[f"tests/{path.name}"] = told
    return sorted(scores, key=lambda name: -scores[name])


def outcome(mutant: Mutant, tests: list[str]) -> str:
    """Whether ``tests`` catch the mutant."""
    if not tests:
        return "alive (no test runs it)"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copy.mkdir()
        shutil.copytree(PACKAGE, copy / "gulfbrief")
        for name in ("tests", "docs", "seeds", "pyproject.toml", "README.md"):
            if (ROOT / name).exists():
                (copy / name).symlink_to(ROOT / name)
        (copy / mutant.path.relative_to(ROOT)).write_text(mutant.text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=copy, env=environment, capture_output=True, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            return "slow"
    return "caught" if done.returncode else "alive"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--map", type=Path, help="a coverage database with contexts")
    parser.add_argument("--list", action="store_true", help="print the mutants, run nothing")
    args = parser.parse_args()
    counts: dict[str, int] = {}
    for mutant in drawn(args.seed, args.count):
        tests = contexts(args.map, mutant) if args.map else naming(mutant)
        found = "" if args.list else outcome(mutant, tests[:MOST])
        counts[found] = counts.get(found, 0) + 1
        place = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
        print(f"{found:7} {place} {mutant.change}", flush=True)
    print(counts)


if __name__ == "__main__":
    main()
