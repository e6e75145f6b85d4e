"""The imports of the package as a graph, read from its source: modules, and rooms."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "gulfbrief"
# The rooms in the order of the flow: an import points to an earlier one.
ROOMS = ("read", "find", "link", "store", "answer", "show", "library", "cli")


def modules() -> dict[str, Path]:
    """Each module's name below the package ("find.dates.resolve") and its file."""
    out = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        out[".".join(parts)] = path
    return out


@cache
def imports() -> dict[str, dict[str, int]]:
    """For each module the modules of the package that it imports, with the line of the import.

    Imports within functions count, those for type checkers alone do not.
    """
    known = modules()
    return {name: _imported(name, path, known) for name, path in known.items()}


def _imported(name: str, path: Path, known: dict[str, Path]) -> dict[str, int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    package = [part for part in package if part]
    out: dict[str, int] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.level or node in typing_only:
            continue
        base = package[: len(package) - node.level + 1]
        target = ".".join([*base, *([node.module] if node.module else [])])
        for alias in node.names:
            inner = f"{target}.{alias.name}".strip(".")
            out.setdefault(inner if inner in known else target, node.lineno)
    out.pop(name, None)
    return out


def room(module: str) -> str | None:
    """The room of a module; null for those beside the rooms (model, errors, config, ...)."""
    first = module.partition(".")[0]
    return first if first in ROOMS else None


def rings(graph: dict[str, dict[str, int]]) -> list[list[str]]:
    """The groups of modules that reach one another (Tarjan 1972), each sorted."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = low[module] = len(number)
        stack.append(module)
        for other in graph.get(module, ()):
            if other not in graph:
                continue
            if other not in number:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], number[other])
        if low[module] == number[module]:
            at = stack.index(module)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                found.append(sorted(group))

    for module in graph:
        if module not in number:
            visit(module)
    return found


def picture() -> str:
    """The rooms and the number of imports between them, as a Mermaid flow chart."""
    counts: dict[tuple[str, str], int] = {}
    for module, targets in imports().items():
        for target in targets:
            a, b = room(module), room(target)
            if a and b and a != b:
                counts[a, b] = counts.get((a, b), 0) + 1
    lines = ["flowchart LR", *(f"  {name}[{name}/]" for name in ROOMS)]
    lines += [
        f"  {a} -->|{count}| {b}"
        for (a, b), count in sorted(
            counts.items(), key=lambda x: (ROOMS.index(x[0][0]), ROOMS.index(x[0][1]))
        )
    ]
    return "\n".join(lines)
