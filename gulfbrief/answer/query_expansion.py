"""A typed word -> the words of the index that it may mean, each with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import pairwise
from math import prod

from ..store.filters import phrase
from ..store.reader import Index
from ..store.vocabulary import Vocabulary
from .query import Term

COMBINATIONS, TOGETHER = 20, 3
"""At most so many wordings of a whole query, and so many looked for at once."""

LONGEST = 5
"""A query of more words is looked for as typed only."""

MOST = 10
"""At most so many corrections of one word."""

INFLECTED, ALIKE, SLIPS = 0.95, 0.8, (1.0, 0.85, 0.7)
"""How far a form counts: another inflection, the same sound, by the number of slips."""


@dataclass(slots=True)
class Expansion:
    """A typed term with its forms: single words and phrases, each with its weight up to 1.

    ``corrected`` are the forms that were not typed but guessed.
    """

    term: Term
    words: dict[str, float] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], float] = field(default_factory=dict)
    corrected: set[str] = field(default_factory=set)
    count: int = 0

    @property
    def match(self) -> str:
        """The group as an FTS5 expression."""
        if self.term.prefix:
            return phrase(self.term.tokens, prefix=True)
        column = "text heading" if self.term.exact else None
        parts = [phrase([w], column=column) for w in self.words]
        parts += [phrase(p, column=column) for p in self.phrases]
        return "(" + " OR ".join(parts) + ")"


def expand(index: Index, terms: Sequence[Term], exact: bool) -> list[Expansion]:
    """Every term with its forms; a compound that stands nowhere is taken word by word.

    With ``exact`` a word means only itself, in any case and with or without accents.
    """
    vocabulary = index.vocabulary
    out: list[Expansion] = []
    for term in terms:
        out += _expansions(index, vocabulary, term, exact)
    if not exact:
        _add_compounds(vocabulary, out)
    return out


def _expansions(index: Index, vocabulary: Vocabulary, term: Term, exact: bool) -> list[Expansion]:
    tokens = term.tokens
    if term.prefix:
        return [Expansion(term)]
    if not term.exact and len(tokens) > 1 and tokens[-1] == "s":
        tokens = tokens[:-1]  # the tanker's
    if len(tokens) > 1:
        group = Expansion(term, {}, {tokens: 1.0})
        joined = "".join(tokens)
        if not term.exact and vocabulary.frequency(joined):
            group.words[joined] = 1.0
        group.count = vocabulary.has_phrase(tokens)
        if term.exact or exact or group.words or group.count:
            return [group]
        parts = [Term(t, (t,)) for t in tokens]
        return [g for part in parts for g in _expansions(index, vocabulary, part, exact)]
    word = tokens[0]
    group = Expansion(term, {word: 1.0}, {}, set(), vocabulary.frequency(word))
    if exact or term.exact:
        return [group]
    for other in vocabulary.inflections(word):
        group.words[other] = INFLECTED
    if not any(vocabulary.frequency(held) for held in group.words):
        _add_corrections(vocabulary, word, group)
    return [group]


def _add_corrections(vocabulary: Vocabulary, word: str, group: Expansion) -> None:
    """Add what ``word``, which the index has in no inflection, may be a slip for."""
    for other, slips in vocabulary.within_edits(word)[:MOST]:
        if other not in group.words:
            group.words[other] = SLIPS[slips]
            group.corrected.add(other)
    for other in vocabulary.homophones(word)[:MOST]:
        if other not in group.words:
            group.words[other] = ALIKE
            group.corrected.add(other)
    for i in range(2, len(word) - 1):
        halves = (word[:i], word[i:])
        if all(vocabulary.frequency(h) for h in halves) and vocabulary.has_phrase(halves):
            group.phrases[halves] = SLIPS[1]
            group.corrected.add(" ".join(halves))


def _add_compounds(vocabulary: Vocabulary, found: list[Expansion]) -> None:
    """Two typed words may be one in the text: ``co operation``."""
    for one, two in pairwise(found):
        if one.term.exact or two.term.exact or len(one.words) == 0 or len(two.words) == 0:
            continue
        both = one.term.tokens[0] + two.term.tokens[0]
        if vocabulary.frequency(both):
            one.words[both] = two.words[both] = 1.0


def likely_phrases(index: Index, found: Sequence[Expansion], guess: bool = False) -> Iterator[str]:
    """The query's words one behind the other, as FTS5 expressions of ``TOGETHER`` wordings, the
    likeliest first: a word that stands somewhere is taken as typed, or with ``guess`` for a slip
    too (``form`` for ``from``). None where a group is no word.
    """
    vocabulary = index.vocabulary
    choices: list[list[tuple[str, float]]] = []
    for group in found:
        word = group.term.tokens[0]
        forms = {w: weight for w, weight in group.words.items() if w in group.corrected}
        if group.count:
            near = vocabulary.within_edits(word)[:MOST] if guess and not forms else ()
            forms |= {word: 1.0, **{other: SLIPS[slips] - 0.1 for other, slips in near}}
        if not forms or group.term.prefix:
            return
        choices.append(nlargest(MOST, forms.items(), key=lambda f: f[1]))
    if len(found) > LONGEST:
        choices = [c[:1] for c in choices]
    likely = nlargest(
        COMBINATIONS, _best_combinations(choices), key=lambda c: prod(w for _, w in c)
    )
    for i in range(0, len(likely), TOGETHER):
        some = likely[i : i + TOGETHER]
        yield " OR ".join(phrase((w for w, _ in c), column="text") for c in some)


def transposed(found: Sequence[Expansion]) -> str:
    """The query's words as typed, but for two neighbours that are exchanged, as an FTS5 expression;
    empty where a group is no word of the index or there are too many."""
    if len(found) > LONGEST or any(g.term.prefix or not g.count or not g.words for g in found):
        return ""
    typed = [g.term.tokens[0] for g in found]
    orders = [[*typed[:i], typed[i + 1], typed[i], *typed[i + 2 :]] for i in range(len(typed) - 1)]
    return " OR ".join(phrase(order, column="text") for order in orders)


def _best_combinations(
    choices: Sequence[Sequence[tuple[str, float]]],
) -> list[tuple[tuple[str, float], ...]]:
    """The combinations of one of each of ``choices``, whose best come first, that may be among the
    ``COMBINATIONS`` best: the n-th of a choice stands behind n - 1 others of it, whatever the rest.
    """
    out: list[tuple[tuple[tuple[str, float], ...], int]] = [((), 1)]
    for forms in choices:
        out = [
            ((*chosen, form), rank * n)
            for chosen, rank in out
            for n, form in enumerate(forms[: COMBINATIONS // rank], 1)
        ]
    return [chosen for chosen, _ in out]
