"""``actors``: the actors, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ...model import Actor
from ..harmless import visible
from ..roles import other_names
from .parts import DAY, NAME, QUIET, View, asked, counted, entries, headed, heading, joined

_WIDE = 100  # columns from which the heads of numbers are written in full
_NARROW = 76  # columns below which a row becomes two lines


def view(results: Sequence[Actor], view: View) -> Iterator[Any]:
    what = asked(view, ("type", "of type"))
    yield from headed(view, heading(view, "actor", "actors", len(results), what))
    if view.columns < _NARROW:
        yield entries([_name(actor), _facts(actor)] for actor in results)
    else:
        yield _table(results, view)


def _table(results: Sequence[Actor], view: View) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    wide = view.columns >= _WIDE
    table.add_column("NAME", overflow="fold")
    table.add_column("TYPE", no_wrap=True)
    for head in ("MENTIONS", "QUOTES", "REPORTS") if wide else ("MENT.", "QUO.", "REP."):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("FIRST", no_wrap=True)
    table.add_column("LAST", no_wrap=True)
    for actor in results:
        table.add_row(
            _name(actor),
            Text(actor.type),
            *(Text(f"{n:,}") for n in (actor.mentions, actor.quotes, actor.documents)),
            Text(actor.first or "", DAY),
            Text(actor.last or "", DAY),
        )
    return table


def _facts(actor: Actor) -> Text:
    counts = (
        counted(actor.mentions, "mention"),
        counted(actor.quotes, "quote"),
        counted(actor.documents, "report"),
    )
    seen = Text(f"{actor.first} to {actor.last}", DAY) if actor.first else None
    return joined((actor.type, *counts, seen))


def _name(actor: Actor) -> Text:
    """The name, the role given most often, the id, and the other names."""
    text = Text(visible(actor.name), NAME)
    if actor.roles:
        text.append(f", {visible(actor.roles[0].text)}", "not bold")
    others = [visible(alias) for alias, _ in other_names(actor)][:4]
    below = " · ".join(filter(None, (visible(actor.id), ", ".join(others))))
    text.append(f"\n  {below}", f"not bold {QUIET}")
    return text
