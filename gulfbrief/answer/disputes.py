"""What is disputed: claims beside their denials, sides beside one another, and reports that tell
one happening of other days or with other numbers.

Pure functions over statements and events.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..fold import words
from ..model import Exchange, FoundEvent, Quote, Statement
from .event_mention import empty_words, stem
from .extraction import terms
from .punctuation import whole
from .salience import ordinal
from .sayings import SURE, identified, restates
from .vectors import Vectors, cosine

ANSWERS = 0.3
"""A claim whose cosine to a denial is higher, counted ``ACCUSED`` more where it speaks of who
denies, is what is denied."""

ACCUSED = 0.15

AGREES = 0.5
"""Statements of two sides whose cosine is higher are of one matter."""

SHARED = 3
"""Telling words that two statements share at least before they have to do with one another."""

APART = 45
"""Days between a claim and its denial, or between statements that agree, at most."""

OF_ONE_SIDE = 2
"""Denials of one side that are given with what they answer."""

CLAIMS = 2
"""Claims that stand beside one denial."""

SAME_HAPPENING = 0.4
"""Two tellings of one happening have a cosine at least so high before their numbers are held
against one another."""

# A cue of one of these stems tells that somebody contradicts somebody.
_DENIAL = (
    "deny", "denie", "denial", "reject", "disput", "contradict", "dismiss", "refut", "rebut",
    "contest",
)  # fmt: skip
_PRONOUN = frozenset("he she they it his her its their this that these those".split())
_LEAST = 6  # words of a sentence that tells by itself what is denied

_HEDGE = frozenset(
    "least than nearly about almost some over around roughly approximately to up under below"
    " estimated perhaps or".split()
)
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[A-Za-z][\w'’-]*|[.;:,]")


def denies(q: Quote) -> bool:
    """Whether its speaker contradicts somebody, in a sentence that tells by itself what is
    denied."""
    said = words(q.sentence.text)
    if q.cue is None or len(said) < _LEAST or said[0] in _PRONOUN or not q.speakers:
        return False
    if q.confidence < SURE or not whole(q.sentence.text):
        return False
    return any(w.startswith(_DENIAL) for w in words(q.cue.text))


def exchanges(
    statements: Sequence[Statement], denials: Sequence[Statement], number: int
) -> list[Exchange]:
    """At most ``number`` exchanges: each denial with the claims that it answers, then statements of
    two or more sides on one matter. Each statement stands in one of them."""
    every = [*statements, *denials]
    space = Vectors(terms(s.found.quote.content) for s in every)
    sides = [_sides(s) for s in every]
    days = [_day(s) for s in every]
    known = [any(who.actor for who in s.found.quote.speakers) for s in every]

    def apart(n: int, other: int) -> bool:
        """Whether two statements are of other sides, and near enough in time."""
        if not sides[n].isdisjoint(sides[other]) or _same_sentence(every[n], every[other]):
            return False
        if len(space.vectors[n].keys() & space.vectors[other].keys()) < SHARED:
            return False
        a, b = days[n], days[other]
        return a is None or b is None or abs(a - b) <= APART

    out: list[tuple[float, Exchange]] = []
    used: set[int] = set()
    answered: Counter[str] = Counter()
    first = len(statements)
    for d in range(first, len(every)):
        if not identified(every[d].found):
            continue
        if any(answered[side] >= OF_ONE_SIDE for side in sides[d]):
            continue
        near = []
        for c, alike in space.nearest(d).items():
            if c >= first or c in used or alike <= ANSWERS - ACCUSED or not apart(c, d):
                continue
            if not identified(every[c].found):
                continue
            alike += ACCUSED * (not sides[d].isdisjoint(every[c].found.quote.about))
            if alike > ANSWERS:
                near.append((-alike, c))
        chosen: list[int] = []
        for _, c in sorted(near):
            if len(chosen) < CLAIMS and all(sides[c].isdisjoint(sides[x]) for x in chosen):
                chosen.append(c)
        if chosen:
            used.update(chosen)
            answered.update(sides[d])
            out.append((min(near)[0], Exchange(tuple(every[c] for c in chosen), (every[d],))))
    agreeing: list[tuple[float, Exchange]] = []
    for c in range(first):
        if c in used or not known[c]:
            continue
        group = [c]
        alikes = []
        for other, alike in sorted(space.nearest(c).items(), key=lambda x: (-x[1], x[0])):
            if other >= first or other in used or not known[other] or alike <= AGREES:
                continue
            copied = restates(every[c].found, every[other].found)
            if other != c and not copied and all(apart(other, x) for x in group):
                group.append(other)
                alikes.append(alike)
        if len(group) > 1:
            used.update(group)
            agreeing.append((-max(alikes), Exchange(tuple(every[x] for x in group))))
    out.sort(key=lambda x: x[0])
    agreeing.sort(key=lambda x: x[0])
    return [e for _, e in (*out, *agreeing)][:number]


def _sides(s: Statement) -> set[str]:
    return {who.actor or who.text.lower() for who in s.found.quote.speakers}


def _same_sentence(one: Statement, other: Statement) -> bool:
    a, b = one.found, other.found
    return a.source.doc == b.source.doc and a.quote.sentence == b.quote.sentence


def _day(s: Statement) -> int | None:
    published = s.found.source.published
    return ordinal(published) if published else None


def contradictions(entries: Iterable[FoundEvent]) -> list[FoundEvent]:
    """The events that two reports tell of different days, both to the day and as past; and those
    of one day that two reports tell with different numbers of the same thing. ``conflicts`` holds
    the other tellings, each once."""
    out: list[FoundEvent] = []
    seen: set[tuple[str, int]] = set()
    listed = list(entries)
    for e in listed:
        if not _to_the_day(e) or _place(e) in seen:
            continue
        others = [x for x in e.conflicts if _to_the_day(x) and x.event.date != e.event.date]
        if others:
            seen.update(map(_place, others))
            out.append(replace(e, conflicts=tuple(others)))
    tellings = [t for e in listed for t in (e, *e.also)]
    space = Vectors(terms(t.event.text) for t in tellings)
    vector = {_place(t): v for t, v in zip(tellings, space.vectors, strict=True)}
    for e in listed:
        if not _to_the_day(e) or _place(e) in seen:
            continue
        counts = counted(e.event.text)
        others = [
            x
            for x in e.also
            if _to_the_day(x)
            and x.event.date.start == e.event.date.start
            and x.source.published == e.source.published
            and differ(counts, counted(x.event.text))
            and cosine(vector[_place(e)], vector[_place(x)]) > SAME_HAPPENING
        ]
        if others:
            out.append(replace(e, conflicts=tuple(others[:1])))
    return out


def _place(e: FoundEvent) -> tuple[str, int]:
    return e.source.doc, e.event.start


def _to_the_day(e: FoundEvent) -> bool:
    told = e.event
    return told.certainty == "past" and told.date.granularity == "day" and told.date.mod is None


def counted(text: str) -> dict[str, float]:
    """Stem of what is counted -> its number, where it is told plainly: not "at least 20".

    >>> counted("Raiders killed 31 guards and took at least two boats in 2014.")
    {'guard': 31.0}
    """
    tokens = _TOKEN.findall(text)
    lower = [t.lower() for t in tokens]
    out: dict[str, float] = {}
    empty = empty_words()
    for n, token in enumerate(lower):
        value = _NUMBERS.get(token)
        number = float(value) if value is not None else _number(token)
        if number is None or (n and lower[n - 1] in _HEDGE):
            continue
        thing = lower[n + 1] if n + 1 < len(lower) else ""
        telling = thing.isalpha() and thing not in empty and thing not in _NUMBERS
        if len(thing) > 3 and telling and tokens[n + 1].islower():
            out.setdefault(stem(thing), number)
    return out


def _number(token: str) -> float | None:
    """The number that a token is; null for a year and what is none."""
    if not token[0].isdigit() or token.endswith("%"):
        return None
    plain = token.replace(",", "").rstrip(".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return None if "," not in token and 1900 <= value <= 2100 else value


def differ(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two tellings count one thing otherwise."""
    return any(one[thing] != other[thing] for thing in one.keys() & other.keys())
