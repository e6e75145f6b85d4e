"""``docs``: the documents, a row each, and what is to be known of their reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.style import Style
from rich.table import Table
from rich.text import Text

from ...model import DocumentRecord
from ..harmless import visible
from .parts import DAY, NAME, QUIET, View, asked, headed, heading


def view(results: Sequence[DocumentRecord], view: View) -> Iterator[Any]:
    yield from headed(view, heading(view, "document", "documents", len(results), asked(view)))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    table.add_column("ID", no_wrap=True)
    table.add_column("PUBLISHED", no_wrap=True)
    table.add_column("WORDS", justify="right", no_wrap=True)
    table.add_column("TITLE AND FILE", overflow="fold")
    for held in results:
        where = held.source
        published = Text(where.published or "unknown", DAY if where.published else QUIET)
        if held.published_from:
            published.append(f"\n{held.published_from}", f"not cyan {QUIET}")
        about = Text(visible(where.title or "no title"), NAME if where.title else QUIET)
        for path in held.paths or (where.path,):
            shown = visible(view.path(path))
            about.append(f"\n{shown}", Style(dim=True, bold=False, link=view.link(path)))
        if held.language and held.language != "en":
            about.append(f"\nlanguage {held.language}", QUIET)
        for warning in held.warnings:
            about.append(f"\n{visible(warning)}", "not bold red")
        table.add_row(Text(where.doc), published, Text(f"{held.words:,}"), about)
    yield table
