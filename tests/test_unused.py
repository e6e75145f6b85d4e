"""Private names of modules are used. (vulture, which the dev extra has, does not look at them.)"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from imports import modules


def private(tree: ast.Module) -> Iterator[str]:
    """The names with one leading underscore that a module gives at its top."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        else:
            continue
        yield from (n for n in names if n.startswith("_") and not n.startswith("__") and n != "_")


def uses(tree: ast.Module) -> Counter[str]:
    used: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used[node.id] += 1
        elif isinstance(node, ast.Attribute):
            used[node.attr] += 1
        elif isinstance(node, ast.ImportFrom):
            used.update(alias.name for alias in node.names)
    return used


def test_every_private_name_of_a_module_is_used() -> None:
    given: list[tuple[str, str]] = []
    used: Counter[str] = Counter()
    for module, path in modules().items():
        tree = ast.parse(path.read_text("utf-8"))
        given += [(module, name) for name in private(tree)]
        used.update(uses(tree))
    assert [f"{module}: {name}" for module, name in given if not used[name]] == []
