"""Lists of words that are data: the files of ``find/lexicon`` that hold nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LEXICON = Path(__file__).parent.parent / "lexicon"


def word_lists(file: str) -> dict[str, frozenset[str]]:
    """The lists of a file of ``find/lexicon``, by name."""
    lists: dict[str, str] = tomllib.loads((_LEXICON / file).read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}
