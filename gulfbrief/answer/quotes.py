"""Quotations, filtered, and looked up by a wording that is badly remembered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from rapidfuzz import fuzz

from ..errors import UsageError
from ..model import Answer, FoundQuote, Window
from ..store import filters, retrieval, tokeniser
from ..store.filters import QuoteFilter, Scope
from ..store.reader import Index
from .candidates import candidates
from .query import Term, bounded
from .query_expansion import expand

DEPTH = 150
"""The quotations of so many pieces that share words are compared with the typed wording."""

LIKE = 60.0
"""Quotations less alike than this (0 to 100) are no answer."""


def quotes(
    index: Index,
    text: str = "",
    *,
    by: Sequence[str] = (),
    about: Sequence[str] = (),
    kinds: Collection[str] = (),
    exact: bool = False,
    every: bool = False,
    window: Window = Window(),
    limit: int = 20,
) -> Answer[FoundQuote]:
    """Quotations by any of the actors ``by`` and about any of ``about``, by day; with ``text`` the
    most alike first.

    ``text`` may be misspelt, lack words or end otherwise; with ``exact`` a quotation must hold it
    word for word. ``kinds`` are ``direct``, ``mixed``, ``indirect``; statements alone are given,
    with ``every`` thoughts and attitudes too; ``limit`` 0 means all. Raises
    UsageError for a name that fits several actors, UnknownError for one that nobody bears.
    """
    speakers, subjects = _actors(index, by), _actors(index, about)
    asked = QuoteFilter(window, kinds=kinds, statements=not every)
    if not (text.strip() or speakers or subjects):
        found = islice(index.quotes(window, kinds=kinds, statements=not every), limit or None)
        return Answer(index.count_quotes(asked), tuple(found))
    narrowed = speakers or subjects or kinds
    places = _places(index, speakers, subjects, asked) if narrowed else None
    if not text.strip():
        return Answer(len(places or ()), tuple(index.quotes_at((places or [])[: limit or None])))
    tokens = tokeniser.tokens(bounded(text))
    if not tokens:
        raise UsageError("there is no word in the text to look for")
    scope = filters.in_window(window)
    for actors in filter(None, (speakers, subjects)):
        if len(actors) == 1:
            scope = scope & filters.with_actor(actors[0])
    allowed = None if places is None else set(places)
    look = _exact if exact else _like
    alike = look(index, tokens, scope, allowed)
    if not every:
        alike = [q for q in alike if q.quote.act == "statement"]
    return Answer(len(alike), tuple(alike[: limit or None]))


def _actors(index: Index, names: Sequence[str]) -> list[str]:
    """The ids of the actors that were typed, each once."""
    if not names:
        return []
    from .actor_lookup import find_actor

    return list(dict.fromkeys(find_actor(index, name).id for name in names))


def _places(
    index: Index, speakers: Sequence[str], subjects: Sequence[str], asked: QuoteFilter
) -> list[tuple[int, int]]:
    """Where the quotations stand by any of ``speakers`` and about any of ``subjects``, by day."""
    any_one: list[str | None] = [None]
    pairs = [(by, about) for by in speakers or any_one for about in subjects or any_one]
    found = [index.quote_postings(replace(asked, by=a, about=b)) for a, b in pairs]
    if len(found) == 1:
        return found[0]
    wanted = set().union(*found)
    return [place for place in index.quote_postings(asked) if place in wanted]


def _exact(
    index: Index, tokens: list[str], scope: Scope, allowed: Collection[tuple[int, int]] | None
) -> list[FoundQuote]:
    """The quotations that hold the words one behind the other, in order of their documents."""
    pieces = retrieval.top_passages(index, filters.phrase(tokens, column="text"), -1, scope)
    phrase = f" {' '.join(tokens)} "
    found = [
        replace(quote, similarity=100.0)
        for quote in index.quotes_at(
            _allowed(retrieval.overlapping_quotations(index, pieces), allowed)
        )
        if phrase in f" {' '.join(tokeniser.tokens(quote.quote.content))} "
    ]
    return sorted(found, key=_by_day)


def _like(
    index: Index, tokens: list[str], scope: Scope, allowed: Collection[tuple[int, int]] | None
) -> list[FoundQuote]:
    """The quotations most alike to the words, the best first."""
    terms = [Term(t, (t,)) for t in dict.fromkeys(tokens)]
    pieces, _ = candidates(index, expand(index, terms, exact=False), scope, DEPTH)
    typed = " ".join(tokens)
    found: list[tuple[float, FoundQuote]] = []
    for quote in index.quotes_at(
        _allowed(retrieval.overlapping_quotations(index, pieces), allowed)
    ):
        alike = similarity(typed, " ".join(tokeniser.tokens(quote.quote.content)))
        if alike >= LIKE:
            found.append((alike, replace(quote, similarity=round(alike, 1))))
    found.sort(key=lambda f: (-f[0], *_by_day(f[1])))
    return [quote for _, quote in found]


def _by_day(found: FoundQuote) -> tuple[bool, str, str, int]:
    source = found.source
    return source.published is None, source.published or "", source.path, source.start or 0


def _allowed(
    places: list[tuple[int, int]], allowed: Collection[tuple[int, int]] | None
) -> list[tuple[int, int]]:
    return places if allowed is None else [p for p in places if p in allowed]


def similarity(typed: str, content: str) -> float:
    """How alike a remembered wording is to a quotation's, 0 to 100; both folded.

    The better of: the same letters in the same order (a part of a long quotation counts as the
    whole), the same words in any order. A quotation much shorter than what was typed counts less.
    """
    if len(typed) <= len(content) * 1.2:
        ordered = fuzz.partial_ratio(typed, content)
    else:
        ordered = fuzz.ratio(typed, content)
    alike = max(ordered, 0.95 * fuzz.token_set_ratio(typed, content))
    return float(alike * min(1.0, (len(content) + 4) / (0.5 * len(typed) + 4)))
