"""Words of speech and thought by what they tell (``lexicon/speech.toml``)."""

from __future__ import annotations

from ..text.word_classes import SPEECH_LISTS

SPEECH = frozenset(SPEECH_LISTS["say"].split())
ADJECTIVES = frozenset(SPEECH_LISTS["adjectives"].split())
TELLING = frozenset(SPEECH_LISTS["tell"].split())
SEEMING = frozenset(SPEECH_LISTS["seem"].split())


def _both_numbers(nouns: str) -> dict[str, str]:
    """The nouns and their plurals -> the nouns."""
    return {form: noun for noun in nouns.split() for form in (noun, _plural(noun))}


def _plural(noun: str) -> str:
    if noun[-1:] == "y" and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun[-2:] == "is":
        return noun[:-2] + "es"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


# noun forms, singular and plural, that name something said or thought
NOMINAL = _both_numbers(SPEECH_LISTS["nouns"])
# verb -> the letters of the lists it is in: s(ay), t(hink), p(lan), j(udge)
GROUPS = {
    word: "".join(k[0] for k in ("say", "think", "plan", "judge") if word in lists[k])
    for lists in [{k: set(v.split()) for k, v in SPEECH_LISTS.items()}]
    for word in set().union(*(lists[k] for k in ("say", "think", "plan", "judge")))
}
SOURCE_NOUNS = _both_numbers(SPEECH_LISTS["sources"])


def _words(name: str) -> frozenset[str]:
    return frozenset(SPEECH_LISTS[name].split())


ASSERTING, DIRECTING, LABELLING = _words("assert"), _words("direct"), _words("label")
EMPHATIC, THOUGHTS, STANCES = _words("emphatic"), _words("thoughts"), _words("stances")
FURNITURE, MEDIA = _words("furniture"), _words("media")
POLLS, DOCUMENTS = _words("polls"), _words("documents")
DENYING, EXPECTED, REFUSED = _words("deny"), _words("expected"), _words("refused")
ALLEGED, FORGED = _words("alleged"), _words("forged")
