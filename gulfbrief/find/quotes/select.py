"""The reported contents that stand: the likeliest of each site, no two over the same words."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from . import indirect, nested
from .found import Found
from .indirect import Option, Site
from .scan import Scan
from .scoring import (
    WEIGHTS,
    End,
    cue_sense,
    cue_word,
    end_features,
    passed_features,
    probability,
    site_features,
    start_features,
    weigher,
)
from .words import GROUPS, SPEECH, TELLING, lemma

_SAYS = re.compile("[dzxmbeghwt]").search
THRESHOLD = 0.28
# What a wrong content costs, as a share of what a right one is worth.
COST = 0.25
# A site whose cue and source alone score below this is not looked at further: nearly all that stand
# score above it.
HOPELESS = -2.65
# A bare noun phrase as content needs more than a clause does, where its cue is none of judging.
BARE = 0.35
# Words in marks behind a verb that is none of telling are a title more often than an utterance.
TITLE = 0.5
# What a frame that leaves no doubt counts as, where its words are too rare to have been learned.
CERTAIN = 0.6


class Choice(NamedTuple):
    """A content that a site may have, how likely it is right (``p``), and its ``worth`` beside the
    other contents of its cue."""

    worth: float
    p: float
    site: Site
    option: Option


def find(
    scan: Scan,
    spoken: list[Found],
    kinds: dict[int, str],
    weights: dict[str, float] | None = None,
    least: float = THRESHOLD,
) -> list[Found]:
    """Reported speech and thought beside the quotations ``spoken``, in order of their cues;
    ``kinds`` are the types of names by token."""
    weights = WEIGHTS if weights is None else weights
    weigh = weigher(weights)
    busy = tags_of(spoken)
    taken = _taken(scan, spoken)
    best: dict[int, Choice] = {}
    weak: list[Choice] = []
    for site in indirect.sites(scan, busy):
        word, sense = cue_word(scan, site), cue_sense(scan, site)
        base = sum(map(weigh, site_features(scan, site, word, sense, kinds)))
        framed = _framed(scan, site)
        if base < HOPELESS and not framed:
            continue
        top: Choice | None = None
        begin = ("", -1)
        start, hopeless = 0.0, False
        nearer: End | None = None  # the end before, of the same beginning
        found = indirect.options(scan, site)
        others = indirect.choices(found)
        for option in found:
            if (option.start, option.first) != begin:
                begin, nearer = (option.start, option.first), None
                opening = start_features(scan, site, option, word, sense, others)
                start = sum(map(weigh, opening))
                hopeless = base + start < HOPELESS and not (framed and _sure(scan, site, option))
            if hopeless or taken.find(1, option.first, option.stop) >= 0:
                continue
            if nearer is not None:
                start += weigh(passed_features(nearer))
            ending, nearer = end_features(scan, site, option, word, sense)
            p = probability(base + start + sum(map(weigh, ending)))
            worth = _worth(p, option)
            if top is None or worth > top.worth:
                top = Choice(worth, p, site, option)
        if top is None:
            continue
        if top.p < CERTAIN and _certain(scan, site, top.option):
            top = top._replace(worth=CERTAIN - COST, p=CERTAIN)
        if top.p < _least(scan, site, top.option, word):
            continue
        if top.p < least:
            if site.shape == "verb" and _clause(scan, site, top.option):
                weak.append(top)
        elif site.token not in best or top.worth > best[site.token].worth:
            best[site.token] = top
    reported, inner = _disjoint(scan, taken, list(best.values()))
    inner += [_found(scan, c) for c in weak]
    return reported + nested.within_clause(scan, reported, inner)


def _worth(p: float, option: Option) -> float:
    """What a content is worth that stands with probability ``p``: one in two pieces counts for two,
    each of them against what a wrong one costs."""
    return (p - COST) * 2 if option.more and p > COST else p - COST


def _sure(scan: Scan, site: Site, option: Option) -> bool:
    return _certain(scan, site, option) or _clause(scan, site, option)


def _least(scan: Scan, site: Site, option: Option, word: str) -> float:
    """How likely a bare noun phrase must be behind a verb that need not tell of speech: "showed
    reporters a fragment", "will decide more than any annex"; 0 for other contents, 1 for a mere
    pronoun."""
    span = scan.tags[option.first : option.stop]
    if span in "po" and not option.more:
        return 1.0  # "I doubt it" tells nobody anything
    if site.shape != "verb" or option.more or _SAYS(span):
        return 0.0
    if "Q" in span:
        return 0.0 if word in GROUPS else TITLE
    return BARE if word in TELLING or "j" not in GROUPS.get(word, "") else 0.0


def _framed(scan: Scan, site: Site) -> bool:
    """Whether what is around a cue may be one of the frames that leave no doubt."""
    after = site.cue[1]
    if after < len(scan.tags) and scan.tags[after] == "o":
        return True
    return site.source is not None and site.source.how in ("owner", "agent")


def _clause(scan: Scan, site: Site, option: Option) -> bool:
    """Whether the content is a clause that is told for certain: "told him that", "said that"."""
    after = site.cue[1]
    whom = after < len(scan.tags) and scan.tags[after] == "o" and option.first > after
    return whom or scan.tags[option.first] == "h"


def _certain(scan: Scan, site: Site, option: Option) -> bool:
    """Frames that tell of speech whatever their words: "H's claim that ...", "In H's view, ...",
    "was assured by H that ..."."""
    if site.source is None:
        return False
    if option.start == "view":
        return True
    if scan.tags[option.first] != "h":
        return False
    if site.shape == "noun":
        return site.source.how == "owner" and option.first == site.token + 1
    return site.source.how == "agent" and lemma(scan.lower[site.token]) in SPEECH


def tags_of(spoken: list[Found]) -> set[int]:
    """The tokens of the tags of direct quotations, from the speaker to the cue."""
    out: set[int] = set()
    for f in spoken:
        if f.cue:
            first, stop = f.cue
            source = f.source
            if source and source.how in indirect.TAKEN_OVER:
                out.update(range(source.first, source.stop))  # "called it a trap, adding: “..."
            elif source and first - 40 < source.first < first:
                first = source.first
            out.update(range(first, stop))
    return out


def _taken(scan: Scan, spoken: list[Found]) -> bytearray:
    """By token, whether it is part of a direct quotation."""
    taken = bytearray(len(scan.tokens))
    for f in spoken:
        for a, b in f.pieces:
            first, stop = bisect_left(scan.starts, a), bisect_left(scan.starts, b)
            taken[first:stop] = b"\1" * (stop - first)
    return taken


def _disjoint(scan: Scan, taken: bytearray, best: list[Choice]) -> tuple[list[Found], list[Found]]:
    """The likeliest of ``best`` that share no token with one another or with what is ``taken``, and
    those that do."""
    chosen: list[Choice] = []
    inner: list[Choice] = []
    for choice in sorted(best, key=lambda c: -c.p):
        option = choice.option
        if 1 in taken[option.first : option.stop]:
            inner.append(choice)
            continue
        if option.more:
            first, stop = option.more
            if 1 in taken[first:stop]:
                option.more = None
            else:
                taken[first:stop] = b"\1" * (stop - first)
        taken[option.first : option.stop] = b"\1" * (option.stop - option.first)
        chosen.append(choice)
    reported = [_found(scan, c) for c in sorted(chosen, key=lambda c: c.site.token)]
    reported.sort(key=lambda f: f.pieces[0])
    return reported, [_found(scan, c) for c in inner]


def _found(scan: Scan, choice: Choice) -> Found:
    site, option = choice.site, choice.option
    pieces = [(scan.starts[option.first], scan.ends[option.stop - 1])]
    if option.more:
        pieces.append((scan.starts[option.more[0]], scan.ends[option.more[1] - 1]))
    return Found(pieces, site.shape, "indirect", site.cue, site.source, confidence=choice.p)
