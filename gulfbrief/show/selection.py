"""What of an answer is written where not all is asked for: fields, paths, lines, ids, a number,
what a jq expression makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from ..model import place
from .harmless import visible


@dataclass(frozen=True)
class Selection:
    """``fields`` are paths into a record ("speaker.name"), empty for all. At most one of ``count``,
    ``paths``, ``lines`` and ``ids`` is true; ``null`` ends each path or id with a NUL instead of a
    line end. ``jq`` is an expression that the JSON goes through, empty for none."""

    fields: tuple[str, ...] = ()
    count: bool = False
    paths: bool = False
    ids: bool = False
    null: bool = False
    lines: bool = False
    jq: str = ""

    @property
    def bare(self) -> bool:
        """Whether the answer is not records but a number or a list."""
        return self.count or self.paths or self.ids or self.lines


def fields(typed: str) -> tuple[str, ...]:
    """The fields of ``typed`` ("source.path,content"). Raises ``UsageError`` for none."""
    found = tuple(name for part in typed.split(",") if (name := part.strip()))
    if not found:
        raise UsageError("--fields needs names of fields: --fields source.path,content")
    return found


def lines(
    selection: Selection,
    total: int,
    records: Iterable[Mapping[str, Any]],
    here: Callable[[str], str] = str,
) -> str:
    """The number, or the paths or ids in order, each once, or a line for each record. ``here``
    gives a document's path as it can be opened from the current folder."""
    if selection.count:
        return f"{total}\n"
    if selection.lines:
        return "".join(f"{visible(_line(record, here))}\n" for record in records)
    take = _id if selection.ids else lambda record: map(here, _paths(record))
    found = dict.fromkeys(value for record in records for value in take(record))
    if selection.null:
        return "".join(f"{value}\0" for value in found)
    return "".join(f"{visible(value)}\n" for value in found)


def picked(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The fields ``names`` of a record, nested as they are in it.

    >>> picked({"a": 1, "b": {"c": 2, "d": 3}}, ["b.d"])
    {'b': {'d': 3}}

    Raises ``UsageError`` for a field that records of this kind do not have.
    """
    out: dict[str, Any] = {}
    for name in names:
        here: Any = record
        there = out
        parts = name.split(".")
        for n, part in enumerate(parts):
            if here is None:
                break
            if not isinstance(here, Mapping) or part not in here:
                known = ", ".join(map(str, here)) if isinstance(here, Mapping) else "none"
                raise UsageError(f"--fields: no field '{name}'; there are: {known}")
            here = here[part]
            if n < len(parts) - 1 and here is not None:
                there = there.setdefault(part, {})
            else:
                there[part] = here
    return out


def _paths(record: Mapping[str, Any]) -> list[str]:
    source = record.get("source") or {}
    return [source["path"]] if source.get("path") else []


def _line(record: Mapping[str, Any], here: Callable[[str], str]) -> str:
    """``PATH:LINE: TEXT``, as grep writes it and editors read it (``PATH:LINE:COLUMN: TEXT`` for
    what is far into a long line)."""
    source = record["source"]
    where = here(source["path"]) + place(source.get("line") or 1, source.get("column"))
    return f"{where}: {' '.join(_told(record).split())}"


def _told(record: Mapping[str, Any]) -> str:
    if "content" in record:
        speaker = record["speaker"] or {}
        return f"{speaker.get('name') or speaker.get('text') or '?'}: “{record['content']}”"
    if "name" in record:
        return str(record["name"])
    if "date" in record and "event" in record:
        return f"{record['date']['edtf']} {record['event']}"
    return str(record.get("text") or record["source"]["title"] or "")


def _id(record: Mapping[str, Any]) -> list[str]:
    if "id" in record:
        return [record["id"]]
    source = record.get("source") or {}
    return [source["doc"]] if source.get("doc") else []
