"""``status`` and ``config``: names and values, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ..harmless import visible
from .parts import NAME, QUIET, View


def view(results: Sequence[dict[str, Any]], view: View) -> Iterator[Any]:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for facts in results:
        if facts.keys() >= {"name", "value", "origin", "help"}:
            value = "not set" if facts["value"] is None else visible(str(facts["value"]))
            text = Text(value, NAME).append(f"  {visible(facts['origin'])}", f"not bold {QUIET}")
            text.append(f"\n{facts['help']}", f"not bold {QUIET}")
            table.add_row(Text(facts["name"]), text)
            continue
        for name, value in facts.items():
            table.add_row(Text(name.replace("_", " "), QUIET), Text(_shown(value)))
    yield table


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "\n".join(map(_shown, value)) or "none"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "not set" if value is None else visible(str(value))
