"""Answers for a person at a terminal, and the same text, unwrapped and plain, in a pipe.

Built with Rich, but from ``Text`` objects alone: no text of a document is ever read as markup.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .. import terminal
from .parts import View

__all__ = ["View", "from_markdown", "render"]

# schema -> the file that shows it
_VIEWS = {
    "search": "passages",
    "quotes": "quotations",
    "verify": "verdicts",
    "actors": "people",
    "actor": "person",
    "timeline": "events",
    "docs": "documents",
    "show": "text",
    "status": "facts",
    "config": "facts",
}
_TRAILING = re.compile(r"[ ]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


def render(schema: str, results: Sequence[Any], view: View) -> str:
    """The answer as text of at most ``view.columns`` columns."""
    module = importlib.import_module(f".{_VIEWS[schema]}", __package__)
    return _printed(module.view(results, view), view.columns, view.color).removeprefix("\n")


def from_markdown(text: str, columns: int, color: bool) -> str:
    """Markdown of our own making as a terminal shows it, its headings at the left."""
    from rich.markdown import Heading, Markdown

    class Plain(Heading):
        def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
            self.text.justify = "left"
            self.text.stylize("bold" if self.tag == "h1" else "bold cyan")
            yield self.text

    class Left(Markdown):
        elements = Markdown.elements | {"heading_open": Plain}

    return _printed([Left(text, hyperlinks=color)], columns, color)


def _printed(parts: Iterable[Any], columns: int, color: bool) -> str:
    buffer = io.StringIO()
    console = terminal.console(buffer, color, columns)
    for part in parts:
        console.print(part)
    return _TRAILING.sub(r"\1", buffer.getvalue())
