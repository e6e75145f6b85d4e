"""``actors``: the actors, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ...model import Actor
from ..harmless import visible
from .parts import DAY, NAME, QUIET, View, asked, heading

_ROOM = 100  # columns below which only what counts most is shown


def view(results: Sequence[Actor], view: View) -> Iterator[Any]:
    fields = (("type", "of type"),)
    yield heading(view, "actor", "actors", len(results), asked(view, *fields))
    yield Text()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    wide = view.columns >= _ROOM
    table.add_column("NAME")
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
    yield table


def _name(actor: Actor) -> Text:
    """The name, the role given most often, and the other names."""
    text = Text(visible(actor.name), NAME)
    if actor.roles:
        text.append(f", {visible(actor.roles[0].text)}", "not bold")
    others = [visible(alias) for alias, _ in actor.aliases if alias != actor.name][:4]
    if others:
        text.append(f"\n  {', '.join(others)}", f"not bold {QUIET}")
    return text
