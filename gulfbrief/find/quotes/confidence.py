"""How sure it is that the speaker of a quotation is right, and that its content is: two logistic
models of few plain features.

The weights (``lexicon/confidence.toml``) are fitted on PolNeAR train by tests/bench/calibration.py,
which also tells how well they hold on dev.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from ...model import Quote, Speaker


@cache
def tables() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """The weight of each feature (one that is not listed weighs nothing), how often whom a pronoun
    or a role means is told rightly, and the weights of the features of contents."""
    source = resources.files("gulfbrief.find").joinpath("lexicon/confidence.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    return data["weights"], data["meant"], data["content"]


class _Facts(NamedTuple):
    """What is known of a quotation and its first speaker; ``how`` is empty where there is none."""

    kind: str
    how: str = ""
    long: bool = False
    joint: bool = False
    cue: str = ""
    place: str = ""
    where: str = ""
    distant: bool = False
    short: bool = False


class _ContentFacts(NamedTuple):
    """What is known of a quotation's content."""

    kind: str
    length: str
    act: str
    uncued: bool
    nobody: bool
    pieces: bool


def features(quote: Quote, speakers: tuple[Speaker, ...]) -> dict[str, float]:
    """What is known of a quotation and the first of its ``speakers``, each feature with its value.

    ``quote.confidence`` is read as the finder's own probability that this is a quotation at all.
    """
    before, behind = _names(_facts(quote, speakers))
    out = dict.fromkeys(before, 1.0)
    if quote.confidence > 0:
        out["found"] = _logit(quote.confidence)
    return out | dict.fromkeys(behind, 1.0)


def _facts(quote: Quote, speakers: tuple[Speaker, ...]) -> _Facts:
    kind, cue = quote.kind, quote.cue
    if not speakers:
        return _Facts(kind)
    speaker = speakers[0]
    start, end = speaker.start, speaker.end
    told, place, where, distant = "", "", "", False
    if cue is None:
        told = "no cue"
    else:
        if cue.text.lower() in ("said", "says"):
            told = "said"
        if start is not None and end is not None:
            before = start < cue.start
            gap = cue.start - end if before else start - cue.end
            side = "before" if before else "after"
            place = f"{side} {'beside' if gap <= 1 else 'near' if gap < 25 else 'far'}"
    if start is not None:
        where = "behind" if start > quote.end else "within" if start > quote.start else ""
        distant = quote.start - start > 150
    return _Facts(
        kind,
        speaker.how or f"unresolved {speaker.reason}",
        speaker.text.count(" ") > 5,
        len(speakers) > 1,
        told,
        place,
        where,
        distant,
        quote.content.count(" ") < 3,
    )


def _names(facts: _Facts) -> tuple[list[str], list[str]]:
    """The features that are worth 1, before and behind the finder's own probability."""
    kind = facts.kind
    first = ["bias", f"kind {kind}"]
    if not facts.how:
        return first, ["speaker none"]
    told = [
        f"{kind} {facts.how}",
        facts.long and "long source",
        facts.joint and "joint",
        facts.cue and f"{kind} {facts.cue}",
        facts.place and f"source {facts.place}",
        facts.where and f"{kind} source {facts.where}",
        facts.distant and "source distant",
        facts.short and f"{kind} short",
    ]
    return first, [name for name in told if name]


@lru_cache(maxsize=1 << 12)
def _weights(facts: _Facts) -> tuple[float, tuple[float, ...]]:
    """The sum of the weights before the finder's own probability, and those behind it."""
    weight = tables()[0]
    first, behind = _names(facts)
    return sum(weight.get(n, 0.0) for n in first), tuple(weight.get(n, 0.0) for n in behind)


def content_features(quote: Quote) -> dict[str, float]:
    """What is known of a quotation's content, each feature with its value.

    ``quote.content_confidence`` is read as the finder's own probability.
    """
    kind, found, *others = _names_of_content(_facts_of_content(quote))
    return {kind: 1.0, found: _logit(quote.content_confidence), **dict.fromkeys(others, 1.0)}


def _facts_of_content(quote: Quote) -> _ContentFacts:
    spaces = quote.content.count(" ")
    length = "short" if spaces < 3 else "long" if spaces > 24 else "middling"
    nobody, pieces = not quote.speakers, len(quote.fragments) > 1
    return _ContentFacts(quote.kind, length, quote.act, quote.cue is None, nobody, pieces)


def _names_of_content(facts: _ContentFacts) -> list[str]:
    """The features of a content: that of its kind, that of the finder's own probability, those that
    are worth 1."""
    kind = facts.kind
    told = [
        kind,
        f"{kind} found",
        f"{kind} {facts.length}",
        f"{kind} {facts.act}",
        facts.uncued and f"{kind} no cue",
        facts.nobody and "nobody",
        facts.pieces and "pieces",
    ]
    return [name for name in told if name]


@lru_cache(maxsize=1 << 12)
def _weights_of_content(facts: _ContentFacts) -> list[float]:
    weight = tables()[2]
    return [weight.get(name, 0.0) for name in _names_of_content(facts)]


def content_confidence(quote: Quote) -> float:
    """The probability that the content of ``quote`` is what its source said or thought."""
    kind, found, *others = _weights_of_content(_facts_of_content(quote))
    total = kind + found * _logit(quote.content_confidence)
    for weight in others:
        total += weight
    return _logistic(total)


def confidence(quote: Quote, speakers: tuple[Speaker, ...]) -> float:
    """The probability that the first of ``speakers`` said ``quote``; 0 where there is none."""
    if not speakers:
        return 0.0
    total, behind = _weights(_facts(quote, speakers))
    if quote.confidence > 0:
        total += tables()[0].get("found", 0.0) * _logit(quote.confidence)
    for weight in behind:
        total += weight
    return _logistic(total, tables()[1].get(speakers[0].how or "", 1.0))


def _logit(found: float) -> float:
    """The logarithm of the odds of the finder's own probability."""
    found = min(max(found, 0.02), 0.98)
    return math.log(found / (1 - found))


def _logistic(total: float, share: float = 1.0) -> float:
    """The probability that goes with a sum of weights, ``share`` of it."""
    return round(share / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)
