"""``status`` and ``config``: names and values, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from ...config import Settings
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
            if shown := _WAYS.get(name, _shown)(value):
                table.add_row(Text(name.replace("_", " "), QUIET), Text(shown))
    yield table


def _size(count: int) -> str:
    """A number of bytes.

    >>> _size(999), _size(37_924_864)
    ('999 bytes', '37.9 MB')
    """
    units = ("bytes", "kB", "MB", "GB", "TB")
    step = min((len(str(count)) - 1) // 3, len(units) - 1)
    return f"{count} bytes" if not step else f"{count / 1000**step:.1f} {units[step]}"


def _moment(text: str | None) -> str:
    """A moment in the time of this machine."""
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}" if text else "never"


def _changed(settings: dict[str, Any]) -> str:
    """The settings that are not as gulfbrief has them."""
    usual = Settings()
    return _shown({n: value for n, value in settings.items() if value != getattr(usual, n)})


def _listed(values: Sequence[str]) -> str:
    return "\n".join(map(visible, values))


_WAYS: dict[str, Callable[[Any], str]] = {
    "size": _size,
    "indexed_at": _moment,
    "settings": _changed,
    "paths": _listed,
    "excluded": _listed,
}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "\n".join(map(_shown, value)) or "none"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "not set" if value is None else visible(str(value))
