"""One-line mutants: how many do the tests catch?

    python tests/bench/mutants.py [--jobs N]           those of mutants.tsv (docs/design.md)
    python tests/bench/mutants.py --seed N --count M [--list]    others, drawn from a seed

A mutant is the package with one line changed: a comparison flipped, a condition negated, a whole
number changed by one, or a statement deleted. Each line is as likely to be drawn as another, and a
draw changes only where the lines drawn do. mutant_runs.py runs the tests on them; snapshots of
pages and of the package itself (``LEFT_OUT``) are not asked.

Printed is a line a mutant: ``caught`` and by which test, ``alive``, or ``gone`` where mutants.tsv
lists a line that the package no longer has. Whether one that is alive can be seen at all is for a
reader to say: the last column of mutants.tsv.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gulfbrief"
LISTED = Path(__file__).with_name("mutants.tsv")
LEFT_OUT = tuple(f"tests/test_{n}.py" for n in ("golden", "docs", "unused", "imports"))

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_DELETED = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Continue)


class Place(NamedTuple):
    """What stays of a line when others move: its file, the function it stands in ("" for none), its
    text, and which of the lines of that text there it is, from 0."""

    path: str
    function: str
    text: str
    nth: int


class Mutant(NamedTuple):
    """A change to a line, between two of its bytes: what stood there and what stands there now."""

    place: Place
    change: str
    line: int
    start: int
    end: int
    new: str

    def written(self, source: str) -> str:
        """The text of its file with the change."""
        return self._line(source, lambda before, _, behind: before + self.new + behind)

    def switched(self, source: str, number: int) -> str:
        """The text of its file in which the change is made where ``_mutant(number)`` is true."""

        def line(before: str, old: str, behind: str) -> str:
            if self.change.startswith("deleted"):
                return f"{before}if not _mutant({number}): {old}{behind}"
            return f"{before}({self.new} if _mutant({number}) else {old}){behind}"

        return self._line(source, line)

    def _line(self, source: str, made: object) -> str:
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1].encode()
        parts = line[: self.start], line[self.start : self.end], line[self.end :]
        lines[self.line - 1] = made(*(p.decode() for p in parts))  # type: ignore[operator]
        return "".join(lines)


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a file."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    places = _places(path, source, tree)
    formatted = {id(n) for f in ast.walk(tree) if isinstance(f, ast.JoinedStr) for n in ast.walk(f)}
    for node in ast.walk(tree):
        old, new = node, ""
        if id(node) in formatted:  # until Python 3.12 it is not told where these stand
            continue
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            before = ast.unparse(node)
            node.ops[0] = _FLIPPED[type(node.ops[0])]()
            new = f"({ast.unparse(node)})"
            change = f"flipped: {before} -> {new[1:-1]}"
        elif isinstance(node, (ast.If, ast.While)):
            old, new = node.test, f"(not {ast.unparse(node.test)})"
            change = f"negated: {ast.unparse(node.test)}"
            if not isinstance(node.test, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
                new = f"(not ({ast.unparse(node.test)}))"
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            new = str(node.value + 1)
            change = f"plus one: {new}"
        elif isinstance(node, _DELETED) and not _docstring(node):
            new = "pass"
            change = f"deleted: {ast.unparse(node)[:60]}"
        if new and old.lineno == old.end_lineno:  # type: ignore[attr-defined]
            start, end = old.col_offset, old.end_col_offset  # type: ignore[attr-defined]
            yield Mutant(places[old.lineno], change, old.lineno, start, end, new)  # type: ignore[attr-defined]


def _docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _places(path: Path, source: str, tree: ast.Module) -> dict[int, Place]:
    """The places of a file by their line numbers."""
    inside: dict[int, str] = {}
    for node in ast.walk(tree):  # outer ones come before inner ones
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside |= dict.fromkeys(
                range(node.body[0].lineno, (node.end_lineno or 0) + 1), node.name
            )
    seen: Counter[tuple[str, str]] = Counter()
    out = {}
    for number, line in enumerate(source.splitlines(), 1):
        key = inside.get(number, ""), line.strip()
        out[number] = Place(str(path.relative_to(PACKAGE)), *key, seen[key])
        seen[key] += 1
    return out


def everything() -> Iterator[Mutant]:
    """All mutants of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from mutants(path)


def drawn(seed: int, count: int) -> list[Mutant]:
    """``count`` mutants, one of a line: of the lines and of the mutants of each line those that a
    hash of the seed and their own text puts first."""
    by_line: dict[Place, Mutant] = {}
    for mutant in everything():
        best = by_line.setdefault(mutant.place, mutant)
        if _rank(seed, mutant.place, mutant.change) < _rank(seed, best.place, best.change):
            by_line[mutant.place] = mutant
    return [by_line[p] for p in sorted(by_line, key=lambda p: _rank(seed, p, ""))[:count]]


def _rank(seed: int, place: Place, change: str) -> bytes:
    return hashlib.sha256(repr((seed, *place, change)).encode()).digest()


def listed() -> list[tuple[Place, str, str]]:
    """The places, changes and verdicts of mutants.tsv."""
    rows = csv.reader(
        (s for s in LISTED.read_text("utf-8").splitlines() if s[:2] != "# "),
        delimiter="\t", quoting=csv.QUOTE_NONE,
    )  # fmt: skip
    return [(Place(p, f, t, int(n)), change, v) for p, f, t, n, change, v in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, help="draw others than those of mutants.tsv")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=1, help="processes that go through the tests")
    parser.add_argument("--work", type=Path, help="a folder in which to go on where a run ended")
    parser.add_argument("--list", action="store_true", help="print the mutants, run nothing")
    args = parser.parse_args()
    gone: list[tuple[Place, str, str]] = []
    unseen: set[tuple[Place, str]] = set()
    if args.seed is None:
        here = {(m.place, m.change): m for m in everything()}
        rows = listed()
        chosen = [here[row[:2]] for row in rows if row[:2] in here]
        gone = [row for row in rows if row[:2] not in here]
        unseen = {row[:2] for row in rows if row[2].startswith("cannot be seen")}
    else:
        chosen = drawn(args.seed, args.count)
    for place, change, _ in gone:
        print(f"gone    {place.path} {place.text} {change}")
    if args.list:
        for m in chosen:
            print(f"{m.place.path}:{m.line} {m.change}")
        return
    from mutant_runs import outcomes

    counts: Counter[str] = Counter(gone=len(gone))
    for number, test in outcomes(chosen, args.jobs, args.work):
        mutant = chosen[number]
        found = "caught" if test else "alive"
        if not test and (mutant.place, mutant.change) in unseen:
            found = "unseen"
        counts[found] += 1
        print(f"{found:7} {mutant.place.path}:{mutant.line} {mutant.change}  {test}", flush=True)
    seen = counts["caught"] + counts["alive"]
    print(dict(counts), f"{counts['caught'] / max(1, seen):.1%} of those that can be seen")


if __name__ == "__main__":
    main()
