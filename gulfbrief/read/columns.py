"""Which column of a dump holds what, told by what the columns hold where their names do not.

The text is the column of the longest running text: one that a name points to gives way where
another is at least twice as long (``Article_Content`` beside ``Description``). A day, an address
and a title are taken from a column that holds nothing else, where no name points to one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import stated
from .parts import COLUMNS

_LOOKED_AT = 200  # records
_RUNNING = 200  # characters in the mean, from which a column may be the text though no name says so
_TWICE = 2.0
_WORDS = 12  # words in the mean of a running text
_MOSTLY = 0.8  # of a column's values
_HALF = 0.5  # of all characters
_ADDRESS = re.compile(r"https?://\S+$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are used: field -> name; ``told`` says so where contents decided, or where
    most of what the dump holds is left out."""

    names: dict[str, str]
    told: str | None = None


def choose(
    records: Sequence[Mapping[str, Any]], named: Mapping[str, str], mapping: Mapping[str, str]
) -> Columns:
    """The columns for these records; ``named`` are those to which names point, ``mapping`` those
    that the settings name, which are never changed."""
    sample = records[:_LOOKED_AT]
    values: dict[str, list[str]] = {}
    for record in sample:
        for name, value in record.items():
            if isinstance(name, str) and isinstance(value, str) and value.strip():
                values.setdefault(name, []).append(value.strip())
    count = max(len(sample), 1)
    size = {name: sum(map(len, held)) / count for name, held in values.items()}
    chosen: dict[str, str] = {}
    if "text" not in mapping:
        best = max(filter(lambda n: runs(values[n]), size), key=lambda n: size[n], default=None)
        now = named.get("text")
        if best and best != now and size[best] >= _RUNNING and (
            now is None or size[best] >= _TWICE * size.get(now, 0.0)
        ):  # fmt: skip
            chosen["text"] = best
    used = {*named.values(), *mapping.values(), *chosen.values()}
    if chosen:
        for field, holds in (("published", _is_day), ("url", _is_address), ("title", _is_title)):
            if field not in named and field not in mapping:
                free = (n for n in values if n not in used)
                found = next((n for n in free if _mostly(values[n], holds)), None)
                if found:
                    chosen[field] = found
                    used.add(found)
    return Columns(chosen, _told(chosen, {**named, **mapping, **chosen}, size))


def _told(chosen: dict[str, str], used: dict[str, str], size: dict[str, float]) -> str | None:
    whole = sum(size.values()) or 1.0
    # A title that repeats no text and the text itself are read; what else there is, is left out.
    kept = sum(size.get(used[field], 0.0) for field in ("text", "title") if field in used)
    if used.get("text") not in size or (not chosen and kept >= _HALF * whole):
        return None
    left = sorted((n for n in size if n not in used.values()), key=lambda n: -size[n])
    parts = ", ".join(f"{field} = {name}" for field, name in used.items() if name in size)
    told = f"{COLUMNS}{parts}"
    if left:
        shown = ", ".join(f"{name[:30]} ({size[name] / whole:.0%})" for name in left[:8])
        told += f"; left out: {shown}"
    if kept < _HALF * whole:
        told += "; less than half of the characters become text (name the column: mapping)"
    return told


def runs(values: list[str]) -> bool:
    """Whether values are running text: many words, and no addresses or data."""
    words = [len(value.split()) for value in values]
    return sum(words) >= _WORDS * len(words) and not values[0].startswith(("{", "[{", "http"))


def _mostly(values: list[str], holds: Callable[[str], bool]) -> bool:
    return sum(1 for value in values if holds(value)) >= _MOSTLY * len(values)


def _is_day(value: str) -> bool:
    return 8 <= len(value) <= 40 and not value.isdigit() and stated.day(value) is not None


def _is_address(value: str) -> bool:
    return _ADDRESS.match(value) is not None


def _is_title(value: str) -> bool:
    return 15 <= len(value) <= 200 and 3 <= len(value.split()) <= 30
