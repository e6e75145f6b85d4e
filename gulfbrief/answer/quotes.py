"""Quotations, filtered, and looked up by a wording that is badly remembered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from rapidfuzz import fuzz

from ..errors import UsageError
from ..model import Answer, FoundQuote, Window
from ..store import matching, words
from ..store.reader import Index
from .forms import groups
from .query import Term

DEPTH = 200
"""So many quotations that share words are compared with the typed wording."""

LIKE = 55.0
"""Quotations less alike than this (0 to 100) are no answer."""


def quotes(
    index: Index,
    text: str = "",
    *,
    by: str | None = None,
    about: str | None = None,
    kinds: Collection[str] = (),
    exact: bool = False,
    window: Window = Window(),
    limit: int = 20,
) -> Answer[FoundQuote]:
    """Quotations by and about actors, by day; with ``text`` the most alike first.

    ``text`` may be misspelt, lack words or end otherwise; with ``exact`` a quotation must hold it
    word for word. ``kinds`` are ``direct``, ``mixed``, ``indirect``. Raises UsageError for a name
    that nobody bears.
    """
    speaker, subject = _actor(index, by), _actor(index, about)
    if not text.strip():
        places = index.quote_places(window, by=speaker, about=subject, kinds=kinds)
        return Answer(len(places), tuple(index.quotes_at(places[: limit or None])))
    if not words.tokens(text):
        raise UsageError("there is no word in the text to look for")
    allowed = (
        None
        if window == Window() and speaker is None and subject is None and not kinds
        else set(index.quote_places(window, by=speaker, about=subject, kinds=kinds))
    )
    found = _exact(index, text, allowed) if exact else _like(index, text, allowed)
    return Answer(len(found), tuple(found[: limit or None]))


def _actor(index: Index, name: str | None) -> str | None:
    if name is None:
        return None
    from .actors import find_actor

    return find_actor(index, name).id


def _exact(
    index: Index, text: str, allowed: Collection[tuple[int, int]] | None
) -> list[FoundQuote]:
    match = matching.quoted(words.tokens(text))
    places = matching.wordings(index, match, -1, allowed)
    return [replace(q, similarity=100.0) for q in index.quotes_at(sorted(places))]


def _like(index: Index, text: str, allowed: Collection[tuple[int, int]] | None) -> list[FoundQuote]:
    """The quotations most alike to ``text``, the best first."""
    terms = [Term(t, (t,)) for t in dict.fromkeys(words.tokens(text))]
    match = " OR ".join(g.match for g in groups(index, terms, exact=False))
    typed = " ".join(words.tokens(text))
    found: list[tuple[float, FoundQuote]] = []
    for quote in index.quotes_at(matching.wordings(index, match, DEPTH, allowed)):
        alike = similarity(typed, " ".join(words.tokens(quote.quote.content)))
        if alike >= LIKE:
            found.append((alike, replace(quote, similarity=round(alike, 1))))
    found.sort(key=lambda f: -f[0])
    return [quote for _, quote in found]


def similarity(typed: str, content: str) -> float:
    """How alike a remembered wording is to a quotation's, 0 to 100; both folded.

    The best of: the same letters in the same order (a part of a long quotation counts as the
    whole), the same words in any order.
    """
    if len(typed) <= len(content) * 1.2:
        ordered = fuzz.partial_ratio(typed, content)
    else:
        ordered = fuzz.ratio(typed, content)
    return max(ordered, 0.95 * fuzz.token_set_ratio(typed, content)) * min(
        1.0, (len(content) + 4) / (0.5 * len(typed) + 4)
    )
