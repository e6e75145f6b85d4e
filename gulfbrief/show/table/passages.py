"""``search``: passages with what matched in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import Passage
from ..harmless import visible
from .parts import HIT, NAME, QUIET, View, asked, day, entries, heading, joined, source


def view(results: Sequence[Passage], view: View) -> Iterator[Any]:
    yield heading(view, "passage", "passages", len(results), asked(view, ("text", "for")))
    corrections: dict[str, tuple[str, ...]] = {}
    for found in results:
        corrections.update(found.corrections)
    changed = {typed: words for typed, words in corrections.items() if words != (typed,)}
    if changed:
        read = "; ".join(f"{typed} as {', '.join(words)}" for typed, words in changed.items())
        yield Text(f"read {visible(read)}; as typed: --exact", QUIET)
    yield Text()
    yield entries(passage(found, view) for found in results)


def passage(found: Passage, view: View) -> list[Text]:
    """Title, day and place; the words; and who else has them."""
    title = visible(found.source.title or "")
    head = joined((Text(title, NAME), day(found.source.published), source(found.source, view)))
    body = Text(visible(found.text))
    for start, end in found.highlights:
        body.stylize(HIT, start, end)
    paragraphs = [head, body]
    if found.folded:
        others = joined(source(other, view) for other in found.folded[:3])
        more = len(found.folded) - 3
        if more > 0:
            others.append(f" and {more} more", QUIET)
        paragraphs.append(Text("the same in ", QUIET).append(others))
    return paragraphs
