"""The reported contents that stand: the likeliest of each site, no two over the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ..log_linear import bound, weigher
from ..text.word_classes import lemma
from . import candidates, contents, extents, nested
from .attribution import Attribution
from .candidates import BE, ContentCandidate, CueCandidate
from .scan import Scan
from .scoring import (
    WEIGHTS,
    End,
    candidate_features,
    cue_of,
    end_features,
    odds,
    passed_features,
    start_features,
)
from .speech import GROUPS, SPEECH, TELLING

_WEIGH = weigher(WEIGHTS)
_SAYS = re.compile("[dzxmbeghwt]").search
_POINTS = re.compile("[po](?:$|-|[it][^dzxmbeghw]*$)").match
THRESHOLD = 0.275
# By how much that is less for contents with words between marks.
MARKED = 0.1
# What a wrong content costs, as a share of what a right one is worth.
COST = 0.25
# What the very content is worth beside one that covers half of it, and how much those with another
# source count.
VERY = 0.3
ELSEWHERE = 0.5
_UNLIKELY = 0.15  # of all contents together: then none is chosen
_LEADING = 10  # contents of a cue that are weighed against one another
# A site whose cue and source alone score below this is not looked at further: nearly all that stand
# score above it.
HOPELESS = -4.0
# A bare noun phrase as content needs more than a clause does, where its cue is none of judging.
BARE = 0.35
# Words in marks behind a verb that is none of telling are a title more often than an utterance.
TITLE = 0.3
# What a frame that leaves no doubt counts as, where its words are too rare to have been learned.
CERTAIN = 0.7


class Choice(NamedTuple):
    """A content that a cue may have, and how likely it covers what is reported (``p``)."""

    p: float
    candidate: CueCandidate
    content: ContentCandidate


def find(
    scan: Scan,
    spoken: list[Attribution],
    kinds: dict[int, str],
    weights: dict[str, float] | None = None,
    least: float = THRESHOLD,
) -> list[Attribution]:
    """Reported speech and thought beside the quotations ``spoken``, in order of their cues;
    ``kinds`` are the types of names by token."""
    weigh = _WEIGH if weights is None else weigher(weights)
    bound(weigh)
    taken = taken_by(scan, spoken)
    best: list[Choice] = []
    weak: list[Choice] = []
    sites = candidates.cue_candidates(scan, tags_of(spoken))
    for _, same in groupby(sites, key=attrgetter("token")):
        scored: list[Choice] = []
        for candidate in same:
            scored += _scored(scan, candidate, kinds, weigh, taken)
        if not scored:
            continue
        top = _likeliest(scored)
        if top.p < CERTAIN:
            sure = [c for c in scored if _certain(scan, c)]
            if sure:
                top = max(sure, key=attrgetter("p"))._replace(p=CERTAIN)
        if top.p < _least(scan, top):
            continue
        if top.p >= (least if _unmarked(scan, top.content) else least - MARKED):
            best.append(_ended(scan, top, scored))
        elif top.candidate.shape == "verb" and _clause(scan, top.candidate, top.content):
            weak.append(top)
    reported, inner = _disjoint(scan, taken, best)
    inner += [_found(scan, c) for c in weak]
    return reported + nested.within_clause(scan, reported, inner)


def _scored(
    scan: Scan,
    candidate: CueCandidate,
    kinds: dict[int, str],
    weigh: Callable[..., float],
    taken: bytearray,
) -> list[Choice]:
    """The contents of a candidate that are not hopeless, each with its odds against "nothing
    reported" as ``p``."""
    cue = cue_of(scan, candidate)
    base = candidate_features(scan, candidate, cue, kinds, weigh)
    framed = _framed(scan, candidate)
    if base < HOPELESS and not framed:
        return []
    out: list[Choice] = []
    begin = ("", -1)
    start, hopeless = 0.0, False
    nearer: End | None = None  # the end before, of the same beginning
    found = contents.content_candidates(scan, candidate)
    others = contents.choices(found)
    for content in found:
        if (content.start, content.first) != begin:
            begin, nearer = (content.start, content.first), None
            start = base + start_features(scan, candidate, content, cue, others, weigh)
            hopeless = start < HOPELESS and not framed
        if hopeless or taken.find(1, content.first, content.stop) >= 0:
            continue
        if nearer is not None:
            start += passed_features(nearer, weigh)
        ending, nearer = end_features(scan, candidate, content, cue, weigh)
        out.append(Choice(odds(start + ending), candidate, content))
    return out


def _likeliest(scored: list[Choice]) -> Choice:
    """Which content most likely covers what the cue reports, of all that it may have.

    All of them and "nothing reported" share one distribution (softmax). What speaks for a content
    is what all have together that cover half of it, and a little more for the very one. A content
    in two fragments counts for two, each of them against what a wrong one costs.
    """
    whole = 1 + sum([c.p for c in scored])
    if whole - 1 < _UNLIKELY * whole or len(scored) == 1:
        top = max(scored, key=attrgetter("p"))
        return top._replace(p=top.p / whole)
    leading = sorted(scored, key=attrgetter("p"), reverse=True)[:_LEADING]
    parts = []
    for p, candidate, content in leading:
        source = candidate.source.first if candidate.source else -1
        parts.append((p / whole, p / whole * ELSEWHERE, source, content.spans))
    best, worth = leading[0], -9.0
    for choice, (part, _, source, spans) in zip(leading, parts, strict=True):
        shares = []
        for first, stop in spans:
            share = 0.0
            for near, far, where, others in parts:
                for a, b in others:
                    # at least half of their union is in both
                    both = (stop if stop < b else b) - (first if first > a else a)
                    if 2 * both >= (stop if stop > b else b) - (first if first < a else a):
                        share += near if where == source else far
                        break
            shares.append(share)
        value = sum(shares) - COST * len(shares) + VERY * part
        if value > worth:
            best, worth = choice._replace(p=sum(shares) / len(shares)), value
    return best


def _ended(scan: Scan, choice: Choice, scored: list[Choice]) -> Choice:
    """The choice with the likeliest end of those that start as it does."""
    _, candidate, content = choice
    if content.more or not extents.decided(scan, candidate):
        stop = extents.before_clause(scan, candidate, content)
        return choice._replace(content=replace(content, stop=stop)) if stop else choice
    start = (content.start, content.first)
    ends = [
        (c.content, c.p)
        for c in scored
        if c.candidate is candidate and (c.content.start, c.content.first) == start
    ]
    return choice._replace(content=extents.likeliest(scan, candidate, content, ends))


def _unmarked(scan: Scan, content: ContentCandidate) -> bool:
    return all(scan.tags.find("Q", first, stop) < 0 for first, stop in content.spans)


def _least(scan: Scan, choice: Choice) -> float:
    """How likely a bare noun phrase must be behind a verb that need not tell of speech: "showed
    reporters a fragment", "will decide more than any annex"; 0 for other contents, 1 for a mere
    pronoun."""
    _, candidate, content = choice
    word = cue_of(scan, candidate).word
    span = scan.tags[content.first : content.stop]
    if not content.more and _POINTS(span):
        return 1.0  # "I doubt it" tells nobody anything
    if content.more or (_SAYS(span) and len(span) > 1):
        return 0.0
    if "Q" not in span and _hollow(scan, choice, word):
        return 1.0
    if candidate.shape != "verb":
        return 0.0
    if "Q" in span:
        return 0.0 if word in GROUPS else TITLE
    return BARE if word in TELLING or "j" not in GROUPS.get(word, "") else 0.0


def _hollow(scan: Scan, choice: Choice, word: str) -> bool:
    """Whether a bare noun phrase names nothing that was said: whom somebody "dismissed in 2019",
    "a few words", what a picture "shows", what a passive without its agent is about ("known for his
    patience", "when asked about it")."""
    _, candidate, content = choice
    if scan.tags[content.first] == "o" or word == "show":
        return True
    head = max(content.first, scan.phrase_stop[content.first] - 1)
    if scan.lower[head] in _HOLLOW:
        return True
    cue = candidate.token
    if candidate.shape == "passive":
        return candidate.source is None
    before = scan.tags[cue - 1] if cue else "."
    passive = scan.lower[cue - 1] in BE if before == "x" else before in ",sn"
    return scan.tags[cue] in "e" and passive and content.start == "prep"


_ROUGHLY = frozenset("about nearly almost roughly approximately around some over only".split())
_HOLLOW = frozenset("word words thing things call calls question questions nothing".split())


def _framed(scan: Scan, candidate: CueCandidate) -> bool:
    """Whether what is around a cue may be one of the frames that leave no doubt."""
    after = candidate.cue[1]
    if after < len(scan.tags) and scan.tags[after] == "o":
        return True
    return candidate.source is not None and candidate.source.how in ("owner", "agent")


def _clause(scan: Scan, candidate: CueCandidate, content: ContentCandidate) -> bool:
    """Whether the content is a clause that is told for certain: "told him that", "said that"."""
    after = candidate.cue[1]
    whom = after < len(scan.tags) and scan.tags[after] == "o" and content.first > after
    return whom or scan.tags[content.first] == "h"


def _certain(scan: Scan, choice: Choice) -> bool:
    """Frames that tell of speech whatever their words: "H's claim that ...", "In H's view, ...",
    "was assured by H that ..."."""
    _, candidate, content = choice
    if candidate.source is None:
        return False
    if content.start == "view":
        return True
    if scan.tags[content.first] != "h":
        return False
    if candidate.shape == "noun":
        return candidate.source.how == "owner" and content.first == candidate.token + 1
    if candidate.shape == "verb" and content.first == candidate.token + 2:
        whom = scan.tags[candidate.token + 1] == "o"  # "Saleh, who told him that"
        return whom and lemma(scan.lower[candidate.token]) == "tell"
    return candidate.source.how == "agent" and lemma(scan.lower[candidate.token]) in SPEECH


def tags_of(spoken: list[Attribution]) -> set[int]:
    """The tokens of the tags of direct quotations, from the speaker to the cue."""
    out: set[int] = set()
    for f in spoken:
        if f.cue:
            first, stop = f.cue
            source = f.source
            if source and source.how in candidates.TAKEN_OVER:
                out.update(range(source.first, source.stop))  # "called it a trap, adding: “..."
            elif source and first - 40 < source.first < first:
                first = source.first
            out.update(range(first, stop))
    return out


def taken_by(scan: Scan, spoken: list[Attribution]) -> bytearray:
    """By token, whether it is part of a direct quotation."""
    taken = bytearray(len(scan.tokens))
    for f in spoken:
        for a, b in f.fragments:
            first, stop = scan.tokens_of(a, b)
            taken[first:stop] = b"\1" * (stop - first)
    return taken


def _disjoint(
    scan: Scan, taken: bytearray, best: list[Choice]
) -> tuple[list[Attribution], list[Attribution]]:
    """The likeliest of ``best`` that share no token with one another or with what is ``taken``, and
    those that do."""
    chosen: list[Choice] = []
    inner: list[Choice] = []
    for choice in sorted(best, key=lambda c: -c.p):
        content = choice.content
        if 1 in taken[content.first : content.stop]:
            inner.append(choice)
            continue
        if content.more:
            first, stop = content.more
            if 1 in taken[first:stop]:
                content.more = None
            else:
                taken[first:stop] = b"\1" * (stop - first)
        taken[content.first : content.stop] = b"\1" * (content.stop - content.first)
        chosen.append(choice)
    reported = [_found(scan, c) for c in sorted(chosen, key=lambda c: c.candidate.token)]
    reported.sort(key=lambda f: f.fragments[0])
    return reported, [_found(scan, c) for c in inner]


def _found(scan: Scan, choice: Choice) -> Attribution:
    candidate, content = choice.candidate, extents.without_circumstance(scan, *choice[1:])
    first = content.first
    if scan.lower[first - 1] in _ROUGHLY and scan.tokens[first][0] in "0123456789$£€":
        first -= 1  # "estimates about 80,000"
    fragments = [(scan.starts[first], scan.ends[content.stop - 1])]
    if content.more:
        fragments.append((scan.starts[content.more[0]], scan.ends[content.more[1] - 1]))
    return Attribution(
        fragments, candidate.shape, "indirect", candidate.cue, candidate.source, confidence=choice.p
    )
