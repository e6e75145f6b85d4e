"""Timeline summarisation: which days matter most, and which sentences tell best what happened.

Days are ranked as in date-wise timeline summarisation (Martschat and Markert 2018; Gholipour
Ghalandari and Ifrim 2020): a day that many reports tell, that is still told weeks later and that
stands out from the days about it matters. A day's sentences are ranked by their cosine to the
centroid of all that is told of it, to that of what names the day, and to that of all days, the
topic; of further ones of a day, what they say anew counts (maximal marginal relevance). Pure
functions; ``timeline_summary`` feeds them from the index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log, log1p

from ..fold import words
from .event_mention import empty_words, reporting_words, stem
from .extraction import is_caption, leans, opaque
from .punctuation import balanced
from .vectors import cosine, mean, unit

HALF_WINDOW = 7
"""A day is held against the mean of the 15 days about it."""

PRIOR = 0.5
"""Reports that are added to that mean: what stands alone by chance does not stand out."""

PROMINENCE = 0.5
"""What standing out counts for, against the logarithm of the reports."""

SHORTEST, LONGEST = 12, 36
"""Words of a sentence that can stand alone as an entry."""

MENTIONS = 0.5
"""What the cosine to the sentences that name the day counts for, against that to all of the day."""

NOVELTY = 0.6
"""What the cosine to an entry chosen before takes away (Carbonell and Goldstein 1998)."""

QUOTED = 0.05
"""What a quotation takes away: it tells what was said, not what happened."""

OPAQUE, LEANING = 0.03, 0.05
"""What each pronoun that may have no antecedent takes away, and a beginning that leans on the
sentence before."""

REDUNDANT = 0.6
"""Two sentences of a day whose cosine is higher tell the same."""

COREFERENT = 0.3
"""A sentence of a day whose cosine to an entry is higher tells the entry's happening."""

REWRITTEN = 0.8
"""Two tellings that have this share of their words in common are one, copied or rewritten."""


def ordinal(day: str) -> int:
    """A day (ISO) as a number, so that days can be counted."""
    return date.fromisoformat(day).toordinal()


def by_lag(counts: Iterable[tuple[str, str, int]]) -> dict[int, Counter[int]]:
    """How many documents tell each day, as ``day_salience`` takes them, of (day, day of
    publication, documents); those published before it are left out."""
    out: dict[int, Counter[int]] = defaultdict(Counter)
    for told, published, count in counts:
        lag = ordinal(published) - ordinal(told)
        if lag >= 0:
            out[ordinal(told)][lag] += count
    return out


def day_salience(reports: Mapping[int, Mapping[int, int]]) -> dict[int, float]:
    """Day (ordinal) -> how much it matters, from 0 to 1 (the day that matters most).

    ``reports`` has for each day how many documents tell it, by the days between it and their
    publication (0 or more). The score is the sum of ln(1 + documents), ln(1 + weeks in which the
    day is told again) and, with less weight, the documents over their mean about the day.

    >>> day_salience({10: {0: 4, 9: 1}, 11: {0: 1}})[11] < 1.0
    True
    """
    documents = {day: sum(lags.values()) for day, lags in reports.items()}
    scores: dict[int, float] = {}
    for day, count in documents.items():
        if not count:
            continue
        near = range(day - HALF_WINDOW, day + HALF_WINDOW + 1)
        mean = sum(documents.get(other, 0) for other in near) / len(near)
        weeks = len({lag // 7 for lag in reports[day] if lag >= 1})
        scores[day] = log1p(count) + log1p(weeks) + PROMINENCE * count / (mean + PRIOR)
    most = max(scores.values(), default=1.0)
    return {day: score / most for day, score in scores.items()}


def most_salient(salience: Mapping[int, float], number: int) -> list[int]:
    """The ``number`` days that matter most, in order of days; of equals the earlier."""
    return sorted(sorted(salience, key=lambda day: (-salience[day], day))[:number])


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chosen sentence, as its place among the candidates, with the places of those that tell the
    same happening."""

    chosen: int
    coreferent: tuple[int, ...]


class SentenceRanker:
    """Ranks the sentences of days; how rare a word is, is counted over all of ``sentences``. The
    topic is what they and the texts about them, ``context``, tell."""

    def __init__(self, sentences: Iterable[str], context: Iterable[str] = ()) -> None:
        self.terms = {text: _stems(text) for text in dict.fromkeys(sentences)}
        frequency = Counter(term for found in self.terms.values() for term in set(found))
        total = len(self.terms)
        rarity = {term: 1 + log(total / n) for term, n in frequency.items()}
        self.vectors = {
            text: unit({t: n * rarity[t] for t, n in Counter(found).items()})
            for text, found in self.terms.items()
        }
        told = Counter(term for text in context for term in _stems(text) if term in rarity)
        self.topic = (
            unit({term: n * rarity[term] for term, n in told.items()})
            if told
            else mean(self.vectors.values())
        )
        self._worth: dict[str, float] = {}

    def rank(
        self,
        candidates: Sequence[str],
        number: int,
        background: Collection[int] = (),
        mentions: Collection[int] = (),
    ) -> list[Ranked]:
        """The ``number`` sentences of one day that tell most of it, none twice, the best first.

        ``background`` are the places of candidates that count for the centroid but are never
        chosen, ``mentions`` those of candidates that name the day.
        """
        vectors = [self.vectors[text] for text in candidates]
        every = mean(self.vectors[text] for text in dict.fromkeys(candidates))
        dated = mean(self.vectors[text] for text in {candidates[n]: None for n in mentions})
        middle = {t: x + MENTIONS * dated.get(t, 0.0) for t, x in every.items()}
        kept = set(background)
        scores = {
            n: cosine(vectors[n], middle) + self.worth(text)
            for n, text in enumerate(candidates)
            if n not in kept
        }
        out: list[Ranked] = []
        while scores and len(out) < number:
            best = max(scores, key=lambda n: (scores[n], -n))
            del scores[best]
            near = [cosine(vectors[best], vector) for vector in vectors]
            if any(near[r.chosen] > REDUNDANT for r in out):
                continue
            same = (n for n, x in enumerate(near) if n != best and x > COREFERENT)
            out.append(Ranked(best, tuple(same)))
            for n in scores:
                scores[n] -= NOVELTY * near[n]
        return out

    def worth(self, text: str) -> float:
        """What a sentence is worth whatever the day: its cosine to the topic, less what it lacks of
        one that is understood alone."""
        found = self._worth.get(text)
        if found is None:
            alone = _stands_alone(text)
            found = self._worth[text] = cosine(self.vectors[text], self.topic) - (
                QUOTED * ("“" in text or '"' in text)
                + OPAQUE * opaque(text)
                + LEANING * leans(text)
                if alone
                else 10
            )
        return found

    def independent(self, texts: Iterable[str]) -> int:
        """``independent`` of some of the sentences."""
        return _independent(frozenset(self.terms[text]) for text in texts)


def independent(texts: Iterable[str]) -> int:
    """How many of ``texts`` are told in words of their own: copies and rewrites of one wire, with
    most of the words in common (Jaccard), count once.

    >>> independent(["Guards seized the tanker Almeria off Basra", "The tanker Almeria was seized",
    ...              "Guards seized the tanker Almeria off Basra, officials said"])
    2
    """
    return _independent(frozenset(_stems(text)) for text in texts)


def _independent(told: Iterable[frozenset[str]]) -> int:
    counted: list[frozenset[str]] = []
    for here in dict.fromkeys(told):
        for other in counted:
            few, many = sorted((len(here), len(other)))
            if few >= REWRITTEN * many:
                both = len(here & other)
                if both >= REWRITTEN * (few + many - both):
                    break
        else:
            counted.append(here)
    return len(counted)


def _stands_alone(text: str) -> bool:
    """Whether a sentence is of a length to be read alone, its quotation marks are balanced, and it
    is no caption."""
    fits = SHORTEST <= len(text.split()) <= LONGEST
    return fits and balanced(text) and not is_caption(text)


def _stems(text: str) -> list[str]:
    empty = _empty()
    return [stem(word) for word in words(text) if word not in empty]


@cache
def _empty() -> frozenset[str]:
    return empty_words() | reporting_words()
