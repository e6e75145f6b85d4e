"""A report as dossiers read it: its sentences that can be read alone, and whom they name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from math import inf

from ..fold import words
from ..model import FoundEvent, FoundQuote, Passage, Source
from ..store.actor_documents import ActorDocument
from ..store.reader import Index
from .event_mention import CONTEXT
from .extraction import Sentence, furniture, stands_alone, terms, trimmed

HEAD = 40
"""A sentence begins with an actor that is named within so many characters."""

_NO_SUBJECT = frozenset(
    "if that when as asked while whether to with by for against from about like unlike".split()
)
"""Words before a name that make it no subject of its sentence."""


class Report:
    """One document; ``place`` is its place among those read."""

    def __init__(self, index: Index, number: int, place: int) -> None:
        self.number = number
        self.place = place
        self.stored = index.stored_document(number)
        self.bounds = index.sentences_of(number)
        self._whole: dict[int, Sentence | None] = {}

    @property
    def doc(self) -> str:
        return str(self.stored.name)

    @property
    def published(self) -> str | None:
        day: str | None = self.stored.published
        return day

    def at(self, offset: int) -> int:
        """The number of the sentence that holds the character at ``offset``."""
        return max(0, bisect_right(self.bounds, (offset, inf)) - 1)

    def before(self, offset: int) -> str:
        """The text before an event, in which its names may stand."""
        return self.stored.text[max(0, offset - CONTEXT) : offset]

    def cite(self, start: int, end: int) -> Source:
        return self.stored.source(start, end)

    def passage(self, sentence: Sentence, score: float = 0.0) -> Passage:
        """A sentence, word for word, with its place."""
        text = self.stored.text[sentence.start : sentence.end]
        return Passage(self.cite(sentence.start, sentence.end), text, round(score, 2))

    @cached_property
    def texts(self) -> list[str]:
        """All sentences, each on one line."""
        text = self.stored.text
        return [" ".join(text[a:b].split()) for a, b in self.bounds]

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The numbers of the sentences that are captions and the like."""
        return furniture(self.texts)

    @cached_property
    def heading(self) -> int:
        """How many sentences stand in the title or, where there is no body, none."""
        title = " ".join((self.stored.title or "").split()).rstrip(".")
        number = 0
        while number < len(self.texts) and self.texts[number].rstrip(".") in title:
            number += 1
        return number if number < len(self.texts) else 0

    @cached_property
    def named(self) -> dict[int, dict[str, tuple[int, int]]]:
        """Number of a sentence -> the actors that it names (no pronouns), each with the start and
        end of where it does so first."""
        out: dict[int, dict[str, tuple[int, int]]] = {}
        for actor, start, end in self.stored.named():
            out.setdefault(self.at(start), {}).setdefault(actor, (start, end))
        return out

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """The terms of all sentences."""
        return [terms(text) for text in self.texts]

    def whole(self, number: int) -> Sentence | None:
        """A sentence without its dateline, null where it cannot be read alone."""
        if number not in self._whole:
            self._whole[number] = self._read(number)
        found = self._whole[number]
        return found if found is None else replace(found, report=self.place)

    def _read(self, number: int) -> Sentence | None:
        if number < self.heading or number in self.furniture:
            return None
        text = self.texts[number]
        start, end = self.bounds[number]
        a, b = trimmed(self.stored.text, start, end)
        if a > start:
            text = " ".join(self.stored.text[a:b].split())
        if not text or not stands_alone(text):
            return None
        held = self.terms[number] if a == start else terms(text)
        return Sentence(self.place, a, b, text, number - self.heading, self.published, held)

    def sentences(self, actor: str | None = None) -> Iterator[Sentence]:
        """The sentences that can be read alone; with ``actor`` those that name it."""
        numbers: Collection[int] = range(len(self.bounds))
        if actor is not None:
            numbers = [n for n, who in sorted(self.named.items()) if actor in who]
        for n in numbers:
            found = self.whole(n)
            if found is None:
                continue
            if actor is not None:
                here = self.named[n]
                start, end = here[actor]
                before = words(self.stored.text[found.start : max(found.start, start)])
                first = start - found.start < HEAD and start == min(here.values())[0]
                owner = self.stored.text[end : end + 2] in ("'s", "’s")
                first = first and not owner and _NO_SUBJECT.isdisjoint(before)
                found = replace(found, begins=first)
            yield found

    @property
    def opening(self) -> Sentence | None:
        """The first sentence that can be read alone."""
        return next(self.sentences(), None)

    @cached_property
    def quotes(self) -> list[FoundQuote]:
        return [self.stored.quote(n) for n in range(len(self.stored.quotes))]

    @cached_property
    def events(self) -> list[FoundEvent]:
        return [self.stored.event(n) for n in range(len(self.stored.events))]


def most_mentioning(
    index: Index, known: Sequence[ActorDocument], number: int
) -> list[ActorDocument]:
    """The ``number`` documents of those ``known`` that mention an actor most."""
    best = sorted((d for d in known if d.mentions), key=lambda d: -d.mentions)
    if len(best) <= number:
        return best
    best = [d for d in best if d.mentions >= best[number - 1].mentions]
    names = index.names_of(d.document for d in best)
    return sorted(best, key=lambda d: (-d.mentions, names[d.document]))[:number]
