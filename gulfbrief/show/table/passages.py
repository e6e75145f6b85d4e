"""``search``: passages with what matched in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import Passage
from ..harmless import visible, without_marks
from .parts import HIT, NAME, QUIET, View, asked, day, entries, headed, heading, joined, source

_GAP = re.compile(" {2,}")


def view(results: Sequence[Passage], view: View) -> Iterator[Any]:
    shown = sum(1 + len(found.folded) for found in results)
    head = [heading(view, "passage", "passages", shown, asked(view, ("text", "for")))]
    corrections: dict[str, tuple[str, ...]] = {}
    for found in results:
        corrections.update(found.corrections)
    changed = {typed: words for typed, words in corrections.items() if words != (typed,)}
    if changed:
        read = "; ".join(
            f"{', '.join(words)} instead of {typed}" for typed, words in changed.items()
        )
        head.append(Text(f"searched for {visible(read)} (exact: --exact)", QUIET))
    yield from headed(view, *head)
    yield entries(passage(found, view) for found in results)


def flowing(text: str, highlights: Sequence[tuple[int, int]] = ()) -> Text:
    """``text`` as one paragraph without marks of Markdown, each run of white space one space, what
    matched in colour."""
    plain, places = without_marks(text, highlights)
    body = Text(visible(plain))
    for start, end in places:
        body.stylize(HIT, start, end)
    pieces, at = Text(), 0
    for gap in _GAP.finditer(body.plain):
        pieces.append(body[at : gap.start()]).append(" ")
        at = gap.end()
    return pieces.append(body[at:])


def passage(found: Passage, view: View) -> list[Text]:
    """Title, day and place; the words; and who else has them."""
    title = visible(found.source.title or "")
    head = joined((Text(title, NAME), day(found.source.published), source(found.source, view)))
    paragraphs = [head, flowing(found.text, found.highlights)]
    if found.folded:
        others = joined(source(other, view) for other in found.folded[:3])
        more = len(found.folded) - 3
        if more > 0:
            others.append(f" and {more} more", QUIET)
        paragraphs.append(Text("the same in ", QUIET).append(others))
    return paragraphs
