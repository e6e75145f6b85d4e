"""What kinds of thing words name, by WordNet: verbs of speech, thought, motion; nouns of people,
groups, utterances.

The classes come from lexicon/senses.tsv (tests/bench/build_senses.py). They let a rare verb
profit from what was learned of its kind.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parent.parent / "lexicon" / "senses.tsv"


class VerbSense(NamedTuple):
    """``field`` is the kind of the commonest sense, ``fields`` of the two commonest; ``classes``
    are its superordinates and sentence frames."""

    field: str
    fields: str
    classes: tuple[str, ...]


UNKNOWN = VerbSense("?", "?", ())


def _load() -> tuple[dict[str, str], dict[str, str]]:
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    with _FILE.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                word, part, classes = line.rstrip("\n").split("\t")
                (verbs if part == "v" else nouns)[word] = classes
    return verbs, nouns


_VERBS, _NOUNS = _load()


@lru_cache(maxsize=1 << 14)
def verb_sense(lemma: str) -> VerbSense:
    """The classes of a verb in its base form."""
    found = _VERBS.get(lemma) or _VERBS.get(lemma + "e")
    if found is None:
        return UNKNOWN
    fields, *classes = found.split()
    return VerbSense(fields.partition(".")[0], fields, tuple(classes))


@lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """The singular of a lower-case noun, where the lexicon has it."""
    if noun not in _NOUNS:
        for ending, base in (("ies", "y"), ("es", ""), ("s", "")):
            if noun.endswith(ending) and (one := noun[: -len(ending)] + base) in _NOUNS:
                return one
    return noun


@lru_cache(maxsize=1 << 14)
def noun_field(noun: str) -> str:
    """The kind of thing that a lower-case noun names most often, ``?`` where it is not known."""
    return _NOUNS.get(singular(noun), "?")
