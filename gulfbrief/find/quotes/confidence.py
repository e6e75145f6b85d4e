"""How sure it is that the speaker of a quotation is right, and that its content is: two logistic
models of few plain features.

The weights (``lexicon/confidence.toml``) are fitted on PolNeAR train by tests/bench/calibration.py,
which also tells how well they hold on dev.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources

from ...model import Quote, Speaker


@cache
def tables() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """The weight of each feature (one that is not listed weighs nothing), how often whom a pronoun
    or a role means is told rightly, and the weights of the features of contents."""
    source = resources.files("gulfbrief.find").joinpath("lexicon/confidence.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    return data["weights"], data["meant"], data["content"]


def features(quote: Quote, speakers: tuple[Speaker, ...]) -> dict[str, float]:
    """What is known of a quotation and the first of its ``speakers``, each feature with its value.

    ``quote.confidence`` is read as the finder's own probability that this is a quotation at all.
    """
    speaker = speakers[0] if speakers else None
    out = {"bias": 1.0, f"kind {quote.kind}": 1.0}
    if quote.confidence > 0:
        out["found"] = _logit(quote.confidence)
    if speaker is None:
        out["speaker none"] = 1.0
        return out
    how = speaker.how or f"unresolved {speaker.reason}"
    out[f"{quote.kind} {how}"] = 1.0
    words = speaker.text.count(" ") + 1
    if words > 6:
        out["long source"] = 1.0
    if len(speakers) > 1:
        out["joint"] = 1.0
    if quote.cue is None:
        out[f"{quote.kind} no cue"] = 1.0
    else:
        if quote.cue.text.lower() in ("said", "says"):
            out[f"{quote.kind} said"] = 1.0
        if speaker.start is not None and speaker.end is not None:
            before = speaker.start < quote.cue.start
            gap = quote.cue.start - speaker.end if before else speaker.start - quote.cue.end
            side = "before" if before else "after"
            near = "beside" if gap <= 1 else "near" if gap < 25 else "far"
            out[f"source {side} {near}"] = 1.0
    if speaker.start is not None:
        if speaker.start > quote.end:
            out[f"{quote.kind} source behind"] = 1.0
        elif speaker.start > quote.start:
            out[f"{quote.kind} source within"] = 1.0
        if quote.start - speaker.start > 150:
            out["source distant"] = 1.0
    size = quote.content.count(" ") + 1
    if size < 4:
        out[f"{quote.kind} short"] = 1.0
    return out


def content_features(quote: Quote) -> dict[str, float]:
    """What is known of a quotation's content, each feature with its value.

    ``quote.content_confidence`` is read as the finder's own probability.
    """
    size = quote.content.count(" ") + 1
    length = "short" if size < 4 else "long" if size > 25 else "middling"
    return {
        f"{quote.kind}": 1.0,
        f"{quote.kind} found": _logit(quote.content_confidence),
        f"{quote.kind} {length}": 1.0,
        f"{quote.kind} {quote.act}": 1.0,
        f"{quote.kind} no cue": float(quote.cue is None),
        "nobody": float(not quote.speakers),
        "pieces": float(len(quote.fragments) > 1),
    }


def content_confidence(quote: Quote) -> float:
    """The probability that the content of ``quote`` is what its source said or thought."""
    weights = tables()[2]
    values = content_features(quote)
    total = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return _logistic(total)


def confidence(quote: Quote, speakers: tuple[Speaker, ...]) -> float:
    """The probability that the first of ``speakers`` said ``quote``; 0 where there is none."""
    if not speakers:
        return 0.0
    table, meant, _ = tables()
    total = sum(table.get(name, 0.0) * value for name, value in features(quote, speakers).items())
    share = meant.get(speakers[0].how or "", 1.0)
    return _logistic(total, share)


def _logit(found: float) -> float:
    """The logarithm of the odds of the finder's own probability."""
    found = min(max(found, 0.02), 0.98)
    return math.log(found / (1 - found))


def _logistic(total: float, share: float = 1.0) -> float:
    """The probability that goes with a sum of weights, ``share`` of it."""
    return round(share / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)
