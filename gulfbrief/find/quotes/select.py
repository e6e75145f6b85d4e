"""The reported contents that stand: the likeliest of each site, no two over the same words."""

from __future__ import annotations

from bisect import bisect_left

from . import indirect
from .found import Found
from .indirect import Option, Site
from .scan import Scan
from .scoring import (
    WEIGHTS,
    cue_word,
    end_features,
    probability,
    site_features,
    start_features,
)

THRESHOLD = 0.33
# A site whose cue and source alone score below this is not looked at further: on PolNeAR train 99
# in 100 of those that stand score above it, and four in ten of all sites below.
HOPELESS = -2.65


def find(
    scan: Scan,
    spoken: list[Found],
    weights: dict[str, float] | None = None,
    least: float = THRESHOLD,
) -> list[Found]:
    """Reported speech and thought beside the quotations ``spoken``, in order of their cues."""
    weights = WEIGHTS if weights is None else weights
    get = weights.get
    busy = {t for f in spoken if f.cue for t in range(*f.cue)}
    best: list[tuple[float, Site, Option]] = []
    for site in indirect.sites(scan, busy):
        word = cue_word(scan, site)
        base = sum([get(n, 0.0) for n in site_features(scan, site, word)])
        top: tuple[float, Option] | None = None
        begin = ("", -1)
        start, hopeless = 0.0, False
        if base < HOPELESS:
            continue
        found = indirect.options(scan, site)
        others = indirect.choices(found)
        for option in found:
            if (option.start, option.first) != begin:
                begin = option.start, option.first
                start = sum([get(n, 0.0) for n in start_features(scan, site, option, word, others)])
                hopeless = base + start < HOPELESS
            if hopeless:
                continue
            ending, passed = end_features(scan, site, option, word)
            score = base + start + sum([get(n, 0.0) for n in ending])
            start += sum([get(n, 0.0) for n in passed])
            if top is None or score > top[0]:
                top = score, option
        if top is not None:
            p = probability(top[0])
            if p >= least:
                best.append((p, site, top[1]))
    return _disjoint(scan, spoken, best)


def _disjoint(
    scan: Scan, spoken: list[Found], best: list[tuple[float, Site, Option]]
) -> list[Found]:
    taken = bytearray(len(scan.tokens))
    for f in spoken:
        for a, b in f.pieces:
            first, stop = bisect_left(scan.starts, a), bisect_left(scan.starts, b)
            taken[first:stop] = b"\1" * (stop - first)
    chosen: list[tuple[float, Site, Option]] = []
    for p, site, option in sorted(best, key=lambda x: -x[0]):
        span = taken[option.first : option.stop]
        if 1 in span:
            continue
        if option.more:
            if 1 in taken[option.more[0] : option.more[1]]:
                option.more = None
            else:
                taken[option.more[0] : option.more[1]] = b"\1" * (option.more[1] - option.more[0])
        taken[option.first : option.stop] = b"\1" * (option.stop - option.first)
        chosen.append((p, site, option))
    chosen.sort(key=lambda x: x[1].token)
    out = []
    for p, site, option in chosen:
        pieces = [(scan.starts[option.first], scan.ends[option.stop - 1])]
        if option.more:
            pieces.append((scan.starts[option.more[0]], scan.ends[option.more[1] - 1]))
        out.append(Found(pieces, site.shape, "indirect", site.cue, site.source, confidence=p))
    return out
