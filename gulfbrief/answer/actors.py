"""Who are the actors, and what is known of one of them."""

from __future__ import annotations

from collections import Counter
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ..errors import UnknownError, UsageError
from ..fold import slug, words
from ..model import Actor, ActorSummary, Answer, Company, FoundQuote, Passage, Window
from ..store.reader import Index

SORTS = ("mentions", "name", "quotes", "last")


def actors(
    index: Index,
    *,
    type: str | None = None,
    sort: str = "mentions",
    window: Window = Window(),
    limit: int = 20,
) -> Answer[Actor]:
    """The actors of the documents in ``window``, most mentioned first; ``limit`` 0 means all."""
    found = list(index.actors(type=type, window=window))
    found.sort(key=lambda a: a.name.casefold())
    if sort == "mentions":
        found.sort(key=lambda a: -a.mentions)
    elif sort == "quotes":
        found.sort(key=lambda a: -a.quotes)
    elif sort == "last":
        found.sort(key=lambda a: a.last or "", reverse=True)
    return Answer(len(found), tuple(found[:limit] if limit else found))


# ---- by a name, badly spelt ---------------------------------------------------------------


def find_actor(index: Index, name: str) -> Actor:
    """The one actor that ``name`` means: an id, a name or alias, some words of one, or a
    misspelling.

    Raises ``UsageError`` where several fit equally well and ``UnknownError`` where none does; both
    name the nearest.
    """
    typed = words(name)
    if not typed:
        raise UsageError(f"{name!r} is no name: type some letters of it")
    known = index.actor_names()
    for candidates in (
        {i for _, i in known if i == slug(name) and "-" in i},
        {i for text, i in known if words(text) == typed},
        {i for text, i in known if set(typed) <= set(words(text))},
        _misspelt(typed, known),
    ):
        if candidates:
            return _only(index, name, candidates)
    near = [
        text
        for text, score, _ in process.extract(
            name, sorted({text for text, _ in known}), scorer=fuzz.WRatio, limit=3
        )
        if score >= 60
    ]
    hint = f"did you mean {_either(near)}?" if near else "`gulfbrief actors` lists all"
    raise UnknownError(f"no actor is called {name!r}; {hint}")


def _misspelt(typed: list[str], known: list[tuple[str, str]]) -> set[str]:
    """The actors with the least typing errors, each typed word near a word of the name (optimal
    string alignment: one error up to four letters, else two)."""
    best: dict[str, int] = {}
    for text, actor in known:
        there = words(text)
        errors = 0
        for w in typed:
            most = 1 if len(w) <= 4 else 2
            least = min((OSA.distance(w, t, score_cutoff=most) for t in there), default=most + 1)
            if least > most:
                break
            errors += least
        else:
            best[actor] = min(errors, best.get(actor, errors))
    least = min(best.values(), default=0)
    return {actor for actor, errors in best.items() if errors == least}


def _only(index: Index, name: str, ids: set[str]) -> Actor:
    found = [a for a in map(index.actor, sorted(ids)) if a is not None]
    if len(found) > 1:  # someone known by one name alone gives way to who bears it in full
        found = [a for a in found if not any(_is_part(a, b) for b in found)]
        named = [a for a in found if words(a.name) == words(name)]
        found = named if len(named) == 1 else found
    if len(found) == 1:
        return found[0]
    found.sort(key=lambda a: -a.mentions)
    raise UsageError(
        f"{name!r} fits {len(ids)} actors: {_either([a.name for a in found[:4]])}? "
        "Type more of the name"
    )


def _is_part(one: Actor, other: Actor) -> bool:
    both_people = one.type == other.type == "person"
    return both_people and set(words(one.name)) < set(words(other.name))


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# ---- one actor's summary ------------------------------------------------------------------


def summary(index: Index, name: str, *, window: Window = Window(), limit: int = 10) -> ActorSummary:
    """All about one actor: each list holds at most ``limit`` (0 = all), the newest first, company
    the most telling first. Errors as ``find_actor``."""
    from .timeline import timeline

    actor = find_actor(index, name)
    most = limit or None
    statements = sorted(index.quotes(window, by=actor.id), key=_age, reverse=True)
    about = sorted(index.quotes(window, about=actor.id), key=_age, reverse=True)
    months: Counter[str] = Counter()
    passages: dict[tuple[str, int], Passage] = {}
    for found in index.mentions(window, actor=actor.id):
        if found.source.published:
            months[found.source.published[:7]] += 1
        if (limit and len(passages) >= limit) or found.mention.how == "pronoun":
            continue
        passage = index.passage(found.source)
        passages.setdefault((passage.source.doc, passage.source.start or 0), passage)
    return ActorSummary(
        actor,
        tuple(statements[:most]),
        tuple(about[:most]),
        tuple(company(index, actor.id)[:most]),
        timeline(index, actor=actor.id, window=window, limit=limit).results,
        tuple(passages.values()),
        tuple(sorted(months.items())),
    )


def _age(found: FoundQuote) -> tuple[str, int]:
    return found.source.published or "", -(found.source.start or 0)


def company(index: Index, actor: str) -> list[Company]:
    """Who stands in one sentence with ``actor`` more often than chance, the most telling first.

    ``score`` is the log-likelihood ratio G² of the 2×2 table of sentences with one, both or none of
    the two (Dunning 1993); company that is met less often than chance is left out.
    """
    counts, total = index.sentence_counts()
    out = []
    for other, both in index.cooccurrence(actor).items():
        a, b = counts.get(actor, both), counts.get(other, both)
        if both * total <= a * b:
            continue
        who = index.actor(other)
        if who is not None:
            out.append(Company(other, who.name, both, round(_g2(both, a, b, total), 2)))
    return sorted(out, key=lambda c: (-c.score, -c.sentences, c.name))


def _g2(both: int, a: int, b: int, total: int) -> float:
    table = (
        (both, a * b),
        (a - both, a * (total - b)),
        (b - both, (total - a) * b),
        (total - a - b + both, (total - a) * (total - b)),
    )
    return 2 * sum(n * log(n * total / expected) for n, expected in table if n > 0 and expected > 0)
