"""The heading of a document: what a search finds of it though its text does not say it.

It goes into the full text with the document's first segment: the title where the text does not
begin with it, the author, and the keywords (of a mail the sender's address).
"""

from __future__ import annotations

from collections.abc import Iterable

from .tokeniser import tokens

_MOST = 200  # tokens


def heading_tokens(
    title: str | None, author: str | None, tags: Iterable[str], first: str
) -> list[str]:
    """The tokens of a heading, without the parts that ``first``, the first segment, holds."""
    line = f" {' '.join(tokens(first))} "
    out: list[str] = []
    for part in (title, author, *tags):
        words = tokens(part or "")
        if words and f" {' '.join(words)} " not in line:
            out += words
    return out[:_MOST]


def holds_words(field: str | None, words: str) -> bool:
    """Whether a field of a document holds folded words one behind the other."""
    return bool(field) and f" {words} " in f" {' '.join(tokens(field or ''))} "
