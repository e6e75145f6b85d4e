"""What a sentence is cut into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..text.verb_groups import Group

Kind = Literal[
    "main",  # stands alone, or after ; : or a dash
    "coordinate",  # and + verb, or and + subject + verb
    "relative",  # who, which, that; antecedent before it
    "reduced",  # "detained in May"
    "subordinate",  # after, because, if
    "content",  # what is said: "that the talks had failed"
    "participle",  # ", ending a boycott"
    "infinitive",  # "to cut output"
    "tag",  # ", the ministry said"
]


@dataclass(slots=True)
class Clause:
    """Tokens ``lo`` to ``hi`` (exclusive) of a sentence. ``parent`` and ``continues`` are indices
    of earlier clauses. ``word`` is the joining word; ``condition`` is true after "if" and its like;
    ``elided`` where the subject stands in an earlier clause; ``hard`` after ; : or a dash."""

    lo: int
    hi: int
    kind: Kind
    parent: int | None = None
    continues: int | None = None
    word: str = ""
    condition: bool = False
    elided: bool = False
    hard: bool = False
    groups: list[Group] = field(default_factory=list)
