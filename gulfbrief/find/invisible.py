"""Characters that are not seen (soft hyphens, spaces of no width): a text without them to look in,
and what was found in it back at its places in the text itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..fold import INVISIBLE
from ..model import Document, Findings, Span

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def stands_in(text: str) -> bool:
    return not text.isascii() and _INVISIBLE.search(text) is not None


def without(document: Document) -> tuple[Document, list[int]]:
    """The document without what is not seen, and where each of its characters stands in the text
    itself (one number more than there are characters)."""
    text = document.text
    back = [n for n, c in enumerate(text) if c not in INVISIBLE]
    place = {at: n for n, at in enumerate(back)}

    def forth(at: int) -> int:
        while at < len(text) and at not in place:
            at += 1
        return place.get(at, len(back))

    quoted = tuple((forth(a), forth(b)) for a, b in document.quoted)
    clean = "".join([text[n] for n in back])
    return replace(document, text=clean, quoted=quoted), [*back, len(text)]


def restored(found: Findings, back: Sequence[int], text: str) -> Findings:
    """``found`` with offsets into ``text``. What is word for word (spans, contents) is as the text
    has it; names are without what is not seen, so that a name has one form."""
    result: Findings = _restored(found, back, text)
    return result


def _restored(value: Any, back: Sequence[int], text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_restored(item, back, text) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: _restored(getattr(value, f.name), back, text) for f in fields(value)}
    start, end = changed.get("start"), changed.get("end")
    if isinstance(start, int) and isinstance(end, int):
        changed["start"] = back[start]
        changed["end"] = back[end - 1] + 1 if end > start else back[start]
        if isinstance(value, Span):
            changed["text"] = text[changed["start"] : changed["end"]]
    if "fragments" in changed:
        changed["content"] = " ".join(fragment.text for fragment in changed["fragments"])
    return type(value)(**changed)
