"""Log-linear models: a candidate's score is the sum of the weights of its features.

Features are plain names, so that a decision can be read off. They come from templates: functions
from a few facts to the names of the features that hang on them. Those who go through the facts of
a candidate are given ``evaluate``, called with a template and its facts, and add up what it gives:
the weight of the template's features where a candidate is scored (``weigher``), their names where
weights are learned (``names``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TypeVar

Features = tuple[str, ...]
Value = TypeVar("Value", float, Features)
MOST = 1 << 17
"""So many sums of templates are remembered between two texts, some 250 bytes each."""


def load(name: str) -> dict[str, float]:
    """The weights in a file of ``gulfbrief/find/lexicon``, by feature: a line each, "# " before
    those that only tell of it. A feature that is not among them weighs nothing."""
    text = (Path(__file__).parent / "lexicon" / name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[:2] != "# ")
    return {feature: float(weight) for feature, weight in rows}


def weigher(weights: dict[str, float]) -> Callable[..., float]:
    """The sum of the weights of a template's features; one without a weight counts for nothing."""
    get, nothing = weights.get, repeat(0.0)

    @cache  # one with a bound would move each sum to the front that is asked for
    def weigh(template: Callable[..., Features], *facts: object) -> float:
        return sum(map(get, template(*facts), nothing))

    return weigh


def bound(weigh: Callable[..., float]) -> None:
    """Forget the sums that a function of ``weigher`` remembers where they have become many: to be
    called once a text."""
    if weigh.cache_info().currsize > MOST:  # type: ignore[attr-defined]
        weigh.cache_clear()  # type: ignore[attr-defined]


def names(template: Callable[..., Features], *facts: object) -> Features:
    """The features of a template."""
    return template(*facts)
