"""What a finder hands over before it becomes a ``Quote``: everything in token indices."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import QuoteKind
from .sources import Source


@dataclass(slots=True)
class Attribution:
    """A quotation in the making. ``fragments`` are character spans; ``cue`` is a token range;
    ``rule`` names the way it was found, by which its confidence is looked up."""

    fragments: list[tuple[int, int]]
    rule: str
    kind: QuoteKind
    cue: tuple[int, int] | None = None
    source: Source | None = None
    carried: Attribution | None = None
    confidence: float = 0.0
    marks: list[int] = field(default_factory=list)
    outer: Attribution | None = None

    @property
    def speaker(self) -> Source | None:
        """The source, or that of the quotation it is carried over from."""
        found: Attribution | None = self
        for _ in range(50):
            if found is None or found.source is not None:
                break
            found = found.carried
        return found.source if found else None
