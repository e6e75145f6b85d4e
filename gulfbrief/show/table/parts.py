"""What several views are made of: numbered entries, sources with links, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ...model import FoundQuote, Quote, Source
from ...places import from_here
from ..harmless import visible

# Colours of the terminal's own palette, so that they suit a light ground and a dark one.
NAME = "bold"
DAY = "cyan"
QUIET = "dim"
HIT = "bold red"
KIND = {"direct": "green", "mixed": "green", "indirect": "magenta"}
BETWEEN = " · "
_SURE = 0.6  # confidence below which a speaker is said to be unsure


@dataclass(frozen=True)
class View:
    """What a view knows beside the results."""

    query: Mapping[str, Any]
    total: int
    names: Mapping[str, str]
    color: bool
    columns: int
    base: Path
    quiet: bool = False

    def link(self, path: str, line: int | None = None) -> str | None:
        """The address of a document's file, and of a line in it, where links are shown and it is
        there, else null."""
        if not self.color:
            return None
        file = self.base / path.partition("!")[0]
        try:
            address = file.resolve().as_uri() if file.is_file() else None
        except (OSError, ValueError):
            return None
        return f"{address}#{line}" if address and line else address

    def path(self, path: str) -> str:
        """A document's path as the user would write it here: below the current folder relative to
        it, else as the index has it."""
        return from_here(self.base / path) or path

    def name(self, actor: str) -> str:
        """The name of an actor's id; of one that is no actor of the index, its words."""
        return visible(self.names.get(actor) or actor.replace("-", " ").title())


def headed(view: View, *lines: Text) -> Iterator[Text]:
    """The lines above the answers and an empty one; nothing where the answers alone are wanted."""
    if not view.quiet:
        yield from (*lines, Text())


def heading(view: View, thing: str, things: str, shown: int, asked: str = "") -> Text:
    """The first line: how many there are, what was asked, and how to get more."""
    text = Text()
    text.append(f"{view.total:,} {thing if view.total == 1 else things}", "bold")
    if asked:
        text.append(f" {visible(asked)}")
    if shown < view.total:
        text.append(f"{BETWEEN}showing {shown} (all: -n 0)", QUIET)
    return text


def counted(number: int, thing: str) -> str:
    """``3 reports``, ``1 report``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def asked(view: View, *fields: tuple[str, str]) -> str:
    """What was asked in words: ``fields`` are pairs of a key of the query and its preposition."""
    window = (("from", "since"), ("to", "until"), ("doc", "in"), ("added", "added"))
    words = []
    for key, preposition in (*fields, *window):
        value = view.query.get(key)
        several = value if isinstance(value, (list, tuple)) else [value]
        if value and key in ("by", "about", "actor"):
            several = [view.names.get(str(one), one) for one in several]
        value = " or ".join(map(str, several)) if value else None
        if value:
            words.append(f"{preposition} {value}".strip())
    return " ".join(words)


def entries(parts: Iterable[Sequence[Text]], first: int = 1) -> Table:
    """Numbered entries, each of some paragraphs, with a blank line between them."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True, style=QUIET)
    grid.add_column(overflow="fold")
    for number, paragraphs in enumerate(parts, first):
        if number > first:
            grid.add_row("", "")
        body = Text("\n").join(paragraphs)
        grid.add_row(str(number), body)
    return grid


def indented(text: Text, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def joined(parts: Iterable[Text | str | None]) -> Text:
    """The parts that there are, on one line."""
    out = Text()
    for part in parts:
        if part:
            if out:
                out.append(BETWEEN, QUIET)
            out.append(part if isinstance(part, Text) else Text(part))
    return out


def source(where: Source, view: View) -> Text:
    """``path:line`` as a link that opens the file."""
    shown = visible(view.path(where.path))
    if where.page is not None:
        shown += f" p. {where.page}"
    shown += where.place
    return Text(shown, Style(dim=True, link=view.link(where.path, where.line)))


def day(text: str | None) -> Text:
    return Text(visible(text), DAY) if text else Text("no date", QUIET)


def quotation(found: FoundQuote, view: View) -> list[Text]:
    """Two paragraphs: who, when, how and where; and the words."""
    said = found.quote
    head = joined(
        (
            speaker(said),
            day(found.source.published),
            Text(said.kind, KIND[said.kind]),
            Text(said.act, QUIET) if said.act != "statement" else None,
            Text(f"! {said.reason}", HIT) if said.reason and said.speakers else None,
            f"{found.similarity:.0f}% alike" if found.similarity is not None else None,
            source(found.source, view),
        )
    )
    return [head, words(said)]


def speaker(said: Quote) -> Text:
    """Who says it, as far as it is known; in brackets the words of the text where they differ."""
    if not said.speakers:
        return Text("nobody named", QUIET)
    out = Text()
    for number, who in enumerate(said.speakers):
        if number:
            out.append(" and ")
        name, text = who.name or who.text, who.text
        if name.lower() in text.lower():  # with the role that the text gives
            name = text
        out.append(visible(name), NAME)
        if who.name is None:
            out.append(" (not identified)", QUIET)
        elif text.lower() not in name.lower():
            out.append(f" (“{visible(text)}”)", QUIET)
    if said.outer:
        through = ", ".join(visible(who.name or who.text) for who in said.outer)
        out.append(f" through {through}", QUIET)
    if said.confidence < _SURE and said.speakers[0].name:
        out.append(" (unsure)", QUIET)
    return out


def words(said: Quote) -> Text:
    """The words of a quotation, in marks where they are somebody's own; a tag that stood between
    its fragments leaves an ellipsis."""
    pieces = [visible(piece.text) for piece in said.fragments] or [visible(said.content)]
    if said.kind == "direct":
        return Text(" … ".join(f"“{piece}”" for piece in pieces))
    return Text(" … ".join(pieces), "italic" if said.kind == "indirect" else "")
