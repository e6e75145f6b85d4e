"""Statements as a dossier gives them: each saying once, the most repeated and most telling first.

Pure functions over quotations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import log2

from rapidfuzz import fuzz

from ..fold import words
from ..model import FoundQuote, Quote, Source, Statement
from .extraction import (
    LONGEST,
    SHORT,
    SHORTEST,
    is_caption,
    is_headline,
    leans,
    opaque,
    terms,
    trimmed,
)
from .punctuation import balanced, whole
from .vectors import Vectors, centroid, cosine

SHORT_TITLE = 4
"""Words of a piece of speech that may be a title ("told “Harbour Hour.”")."""

FEWEST = 5
"""Words of a statement that can have a second source."""

LENGTHS = 0.7
"""Of the longer of two statements, that the shorter must have to be the same."""

SAME = 88.0
"""From this likeness on (0 to 100), two statements hold the same words."""

PART = 6
"""Words of a statement from which it may be a part of a longer one."""

SHARE = 0.3
"""Of a sentence that is shown for a statement in it, at least so much has to be the statement."""

RUN = 3
"""Only statements that share a run of so many words are compared."""

SURE, SURE_CONTENT = 0.9, 0.8
"""Confidence that the speaker is right, and that this is what was said, below which a dossier keeps
silent: it shows some twenty statements, and one in seventeen of those from 0.6 to 0.9 has a wrong
speaker, one in sixty above."""

REPEATED, RELEVANT, KNOWN = 0.6, 1.0, 0.3
"""What the logarithm of the reports, the cosine to all that is said, and that the speaker is known
by name count for."""

LEANING = 0.2
"""What beginning with a word that leans on the sentence before costs."""

PRONOUN = 0.4
"""What it costs that a pronoun alone tells who says it."""

LIKE = 0.7
"""What likeness to a saying that was chosen before costs, as a share of the cosine."""

SAME_REPORT = 0.25
"""What each saying chosen before from the same report costs."""

_VAGUE = frozenset(
    "some others other many most several few one they he she it there there's this that these who"
    " a an reports sources".split()
)
_OWNED = frozenset("his her its their my our your".split())
_HEARSAY = frozenset("reportedly allegedly purportedly supposedly".split())
_RELATIVES = (["who"], ["which"], ["that"], ["whom"])
_PRONOUNS = (["he"], ["she"], ["i"], ["we"], ["you"])
_THINGS = (["it"], ["they"])
"""What may stand for anything: who says it is unsure."""
_LOOSE = frozenset("he she it they this that these those and but so well because which".split())


def quotable(found: FoundQuote) -> bool:
    """Whether a quotation is fit for a dossier: a statement, plainly made, whose source and words
    are sure, and which says more than a word or two."""
    q = found.quote
    if not q.asserted or q.act != "statement" or not q.speakers:
        return False
    if q.confidence < SURE or q.content_confidence < SURE_CONTENT:
        return False
    if q.kind != "indirect" and not balanced(q.content):
        return False
    if len(q.fragments) > 1 and any(_is_title(f.text) for f in q.fragments):
        return False
    if q.kind != "direct" and not (whole(q.sentence.text) and balanced(q.sentence.text)):
        return False
    if q.kind != "direct" and len(words(q.content)) < SHARE * len(words(q.sentence.text)):
        return False
    if _elsewhere(q) or is_caption(q.sentence.text) or _hearsay(q):
        return False
    return len(words(q.content)) >= 4 and not _in_heading(found)


def identified(found: FoundQuote) -> bool:
    """Whether it is told who says it: by name, or in words that tell more than "some"."""
    who = found.quote.speakers[0]
    there = words(who.text)
    return who.actor is not None or (len(there) > 1 and there[0] not in _VAGUE | _OWNED)


def says(name: str, text: str) -> bool:
    """Whether a text tells that the bearer of a name says something, whoever reports it.

    >>> says("Haddad", "The Gazette quotes Omar Haddad as saying that he will sail.")
    True
    """
    return bool(
        re.search(
            rf"\b{re.escape(name)},? (?:[\w-]+,? ){{0,3}}?(?:said|says|told|as saying)\b", text
        )
    )


def _names_itself(q: Quote) -> bool:
    """Whether direct speech has the last name of its speaker: then somebody else says it."""
    name = words(q.speakers[0].name or "")
    return len(name) > 1 and name[-1] in words(q.content)


def _is_title(text: str) -> bool:
    """Whether a few words, all written large, are the title of something in quotation marks."""
    return len(words(text)) <= SHORT_TITLE and is_headline(text)


def _elsewhere(q: Quote) -> bool:
    """Whether what stands for the speaker may be anything, or shows that it is somebody else: a
    relative pronoun, what "his" own is named, a surname that is a pronoun too, a genitive, the name
    that direct speech has."""
    who = words(q.speakers[0].text)
    if who in _THINGS or who[-1:] in _RELATIVES:
        return True
    if q.speakers[0].how == "name" and (not _OWNED.isdisjoint(who[:1]) or who in _PRONOUNS):
        return True
    return _names_itself(q) if q.kind == "direct" else _owns(q)


def _owns(q: Quote) -> bool:
    """Whether the speaker stands in the genitive within a sentence ("denied Haddad's claim that"),
    which then is somebody else's."""
    who, at = q.speakers[0], q.sentence.start
    if who.start is None or who.end is None or not at < who.start:
        return False
    return q.sentence.text[who.end - at :].startswith(("'s ", "’s "))


def _hearsay(q: Quote) -> bool:
    """Whether its report says beside the cue that it only has it from others."""
    if q.cue is None:
        return False
    at = q.sentence.start
    before, behind = q.sentence.text[: q.cue.start - at], q.sentence.text[q.cue.end - at :]
    return not _HEARSAY.isdisjoint([*words(before)[-2:], *words(behind)[:1]])


def _in_heading(found: FoundQuote) -> bool:
    """Whether it stands in the title of its report, or in another's."""
    sentence = " ".join(found.quote.sentence.text.split())
    title = " ".join((found.source.title or "").split())
    return (bool(title) and sentence.rstrip(".") in title) or is_headline(sentence)


def folded(found: Iterable[FoundQuote]) -> list[Statement]:
    """Each saying once, in the order of their first: what one person says in nearly the same words
    is one ``Statement``, whose ``also`` are the other documents and ``reports`` the number of all.

    What is a part of a longer saying of the same person is left out; its document is not cited for
    the longer one. Two quotations of one sentence are one, if a dossier shows the whole of it.
    """
    out: list[Statement | None] = []
    said: list[list[str]] = []
    runs: dict[tuple[str, ...], list[int]] = {}
    sentences: dict[tuple[str, int], list[int]] = {}
    for one in found:
        text = words(one.quote.content)
        key = _speaker(one.quote)
        near: Counter[int] = Counter()
        own = {(key, *text[i : i + RUN]) for i in range(max(1, len(text) - RUN + 1))}
        for run in own:
            near.update(runs.get(run, ()))
        place: int | None = None
        for n in sorted(near):
            other = out[n]
            if other is None:
                continue
            if _same(text, said[n]):
                out[n] = _with(other, one)
                place = n
                break
            if _part(text, said[n]):
                place = n
                break
            if other.reports == 1 and _part(said[n], text):  # the longer one stands for both
                out[n] = Statement(one)
                said[n] = text
                place = n
                break
        if place is None:
            here = sentences.setdefault((one.source.doc, one.quote.sentence.start), [])
            if any(s is not None and _shown_whole(one, s.found) for s in (out[i] for i in here)):
                continue
            place = len(out)
            here.append(place)
            out.append(Statement(one))
            said.append(text)
        for run in own:
            listed = runs.setdefault(run, [])
            if place not in listed:
                listed.append(place)
    return [s for s in out if s is not None]


def _speaker(q: Quote) -> str:
    """Whose words they are: an actor's id, or the words that name who is not known."""
    first = q.speakers[0] if q.speakers else None
    return (first.actor or first.text.lower()) if first else ""


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sayings hold nearly the same words, neither much longer than the other."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < FEWEST or shorter < LENGTHS * longer:
        return one == other
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other), score_cutoff=SAME) > 0


def restates(one: FoundQuote, other: FoundQuote) -> bool:
    """Whether two quotations hold nearly the same words, whoever says them."""
    return _same(words(one.quote.content), words(other.quote.content))


def _part(one: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether ``one`` stands word for word in the ``whole``."""
    return len(one) >= PART and f" {' '.join(one)} " in f" {' '.join(whole)} "


def _shown_whole(one: FoundQuote, other: FoundQuote) -> bool:
    return one.quote.kind != "direct" or other.quote.kind != "direct"


def _with(statement: Statement, one: FoundQuote) -> Statement:
    docs = (statement.found.source.doc, *(s.doc for s in statement.also))
    if one.source.doc in docs:
        return statement
    also = (*statement.also, one.source)
    return replace(statement, also=also, reports=statement.reports + 1)


def ranked(
    statements: Sequence[Statement],
    number: int = 0,
    *,
    bonus: Callable[[Statement], float] = lambda _: 0.0,
) -> list[Statement]:
    """The ``number`` (0 = all) sayings that are repeated most and tell most, the best first; of
    likes, and of many of one report, the first is taken. ``bonus`` is added to the score."""
    space = Vectors(terms(shown(s.found.quote)) for s in statements)
    middle = centroid(space.vectors, [s.found.source.doc for s in statements])
    scores = [
        fitness(s.found.quote)
        + REPEATED * log2(s.reports)
        + RELEVANT * cosine(vector, middle)
        + bonus(s)
        for s, vector in zip(statements, space.vectors, strict=True)
    ]
    order = sorted(range(len(scores)), key=lambda n: (-scores[n], n))
    if not number:
        return [statements[n] for n in order]
    chosen: list[int] = []
    left = order[: max(100, 10 * number)]
    likeness = dict.fromkeys(left, 0.0)
    taken: Counter[str] = Counter()
    while left and len(chosen) < number:
        best = max(
            left,
            key=lambda n: (
                scores[n]
                - LIKE * likeness[n]
                - SAME_REPORT * taken[statements[n].found.source.doc],
                -n,
            ),
        )
        left.remove(best)
        chosen.append(best)
        taken[statements[best].found.source.doc] += 1
        for n, alike in space.nearest(best).items():
            likeness[n] = max(likeness.get(n, 0.0), alike)
    return [statements[n] for n in chosen]


def newest(statements: Iterable[Statement]) -> list[Statement]:
    """Sayings, the last day first; those of one document in the order of its text."""

    def day(source: Source) -> str:
        return source.published or ""

    ordered = sorted(statements, key=lambda s: (s.found.source.path, s.found.source.start or 0))
    return sorted(ordered, key=lambda s: day(s.found.source), reverse=True)


def shown(q: Quote) -> str:
    """What a dossier shows of a quotation: direct speech, else the sentence that tells it,
    without a dateline."""
    if q.kind == "direct":
        return q.content
    text = q.sentence.text
    a, b = trimmed(text, 0, len(text))
    return text[a:b]


def fitness(q: Quote) -> float:
    """How well a quotation can be read alone."""
    content = words(q.content)
    text = words(shown(q))
    kind = {"direct": 1.0, "mixed": 0.9, "indirect": 0.6}[q.kind]
    length = len(text)
    fit = 0.6 if SHORTEST <= length <= LONGEST else 0.3 if length <= 70 and length > 4 else 0.0
    loose = q.kind == "direct" and content[:1] and content[0] in _LOOSE
    whole = q.kind != "direct" or (q.content[:1].isupper() and q.content[-1:] in '.!?…,"”’')
    asks = q.content.rstrip('"”’ ').endswith("?")
    named = any(s.actor for s in q.speakers)
    return (
        kind
        + fit
        + 0.4 * q.confidence
        + 0.3 * q.content_confidence
        + 0.2 * whole
        + KNOWN * named
        - PRONOUN * (q.speakers[0].how == "pronoun" if q.speakers else False)
        - 0.25 * bool(loose)
        - 0.1 * opaque(q.content)
        - 0.5 * (q.kind != "direct" and length <= SHORT and opaque(shown(q)) > 0)
        - 0.4 * asks
        - LEANING * leans(shown(q))
    )
