"""What a name is, told by its own words, by its company, and by the rest of the document."""

from __future__ import annotations

from collections import defaultdict

from ...fold import fold
from .gazetteer import cues, gazetteer
from .pieces import Piece
from .runs import Words

_CUES = cues()
_KINDS = ("person", "organisation", "place")
Scores = list[float]
_SAY, _PERSON_VERB = _CUES["say"], _CUES["person_verb"]
_TITLE = _CUES["title"]
_PLACE_BEFORE, _ORGANISATION_AFTER = _CUES["place_before"], _CUES["organisation_after"]
_PLACE_FIRST, _PARTICLE = _CUES["place_first"], _CUES["particle"]
_CITY = {"a": 3.0, "b": 2.2, "c": 1.4, "d": 0.7}


class Evidence:
    """Adds up, for every name of a document, what speaks for a person, a body or a place."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.gazetteer = gazetteer()
        self.scores: dict[str, Scores] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self.heads: dict[str, str] = {}
        self.shapes: dict[str, Scores] = {}

    def name(self, piece: Piece) -> str:
        words = self.words
        return words.text.text[words.starts[piece.first] : words.end(piece.last - 1)]

    def parts(self, piece: Piece) -> list[str]:
        return [self.words.word(i) for i in range(piece.first, piece.last)]

    def add(self, piece: Piece) -> None:
        """Counts one occurrence of a name."""
        name = self.name(piece)
        scores = self.scores[name]
        for k, weight in enumerate(self.context(piece)):
            scores[k] += weight

    def shape(self, parts: list[str]) -> Scores:
        """What the words of the name say by themselves."""
        person = organisation = place = 0.0
        g = self.gazetteer
        low = [fold(p) for p in parts]
        name = " ".join(parts)
        count = len(parts)
        size = g.cities.get(name)
        if size:
            place += _CITY[size]
        if count == 1:
            word = parts[0]
            if word.isupper() and 1 < len(word) < 7:
                organisation += 2.5
            if low[0] in g.given:
                person += 0.6
            if low[0] in g.surnames:
                person += 1.0
            if low[0] in g.words:
                organisation += 0.5
                person -= 0.7
        else:
            if low[0] in g.given:
                person += 3.0 if low[0] not in g.words else 1.5
            if low[-1] in g.surnames:
                person += 1.0
            if any(len(p) == 1 for p in parts[:-1]) or "." in parts[:-1]:
                person += 2.0
            if any(p in _PARTICLE for p in low):
                person += 1.5
            if "&" in parts:
                organisation += 5
            common = sum(p in g.words and p not in g.given and p not in g.surnames for p in low)
            organisation += 1.2 * common
            person -= 1.5 * common
            if count == 2 or count == 3:
                person += 1.2
            if low[0] in _PLACE_FIRST:
                place += 2.0
            if any(p.isupper() and len(p) > 1 for p in parts):
                organisation += 1.5
        return [person, organisation, place]

    def context(self, piece: Piece) -> Scores:
        """What stands around this occurrence says."""
        words = self.words
        person = organisation = place = 0.0
        before, after = words.before(piece.first), words.after(piece.last)
        low = before.lower()
        count = piece.last - piece.first
        if piece.titled:
            person += 4
        if low in _PLACE_BEFORE:
            place += 2.5
        elif low in ("from", "to", "at", "of"):
            place += 0.6
        elif low in ("against", "beat", "over", "for"):
            organisation += 0.8
        elif low == "the":
            organisation += 1.5
            person -= 2.5
        elif low in _TITLE:
            person += 2.5
        elif low in ("by", "with", "and"):
            person += 0.3
        if words.tokens[piece.last - 1] != words.word(piece.last - 1):
            person += 0.2
        after_low = after.lower()
        if after_low in _PERSON_VERB or after_low in ("who", "whose"):
            person += 2.0
        elif after_low in _SAY:
            person += 1.2
            organisation += 0.4
        elif after_low in _ORGANISATION_AFTER:
            organisation += 1.5
        elif after == "," and piece.last + 1 < len(words.tokens):
            nxt = words.tokens[piece.last + 1]
            if nxt.isdigit() and 14 < int(nxt[:4]) < 100 and words.after(piece.last + 2) == ",":
                person += 4
        elif after == "(" and count > 1:
            organisation += 0.3
        if low in _SAY and (not after or after in ".,"):
            person += 1.2
        return [person, organisation, place]

    def kind(self, name: str, parts: list[str]) -> tuple[str, float]:
        """The kind that most speaks for, and by how much it leads."""
        shape = self.shape(parts)
        scores = self.scores[name]
        total = [a + b for a, b in zip(shape, scores, strict=True)]
        best = max(range(3), key=lambda k: total[k])
        return _KINDS[best], total[best]
