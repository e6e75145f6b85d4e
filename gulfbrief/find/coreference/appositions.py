"""Roles that stand at a name: title, apposition, predicate ("became", "succeeds ... as")."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Mention
from .discourse import PREPOSITIONS
from .roles import Lexicon, Phrase, Tokens

_AFTER = frozenset({"until", "who", "whose", "that", "which", "and", "where", "since"})
_COPULAS = frozenset({"is", "became", "becomes", "remains"})
_CHOSEN = frozenset({"appointed", "named", "elected", "nominated", "made"})
_CHOOSING = frozenset("has had have having will would to may might could should can".split())
_SERVING = frozenset({"appointed", "named", "elected", "sworn", "serves", "served"})


@dataclass(slots=True)
class Attachment:
    """The mention whose bearer holds a role. ``title`` is true where the role stands before the
    name; ``status`` is what the verb tells of it, ``leaving`` the mention of who held it before."""

    number: int
    title: bool = False
    status: str | None = None
    leaving: int | None = None


class Appositions:
    """Finds the person mention that a role phrase stands at."""

    def __init__(self, mentions: list[Mention], tokens: Tokens, words: Lexicon) -> None:
        self.mentions, self.tokens, self.lexicon = mentions, tokens, words

    def person(self, i: int) -> int | None:
        """The person mention that token ``i`` belongs to."""
        number = self.tokens.owner[i] if 0 <= i < len(self.tokens.owner) else -1
        return number if number >= 0 and self.mentions[number].type == "person" else None

    def find(self, phrase: Phrase) -> Attachment | None:
        """The name that the phrase is a title, an apposition or a predicate of, null for none."""
        tokens, lower = self.tokens, self.tokens.lower
        after = phrase.last + 1
        number = self.person(after)
        if number is not None and tokens.near(phrase.last):
            if "\n" in tokens.text[tokens.ends[phrase.last] : tokens.starts[after]] and (
                phrase.first > 0 and lower[phrase.first - 1] == ","
            ):  # a list: "Ana Reis, Mayor of Porto⏎Rui Dias, ..."
                return self._attached(self.person(phrase.first - 2))
            return Attachment(number, True)
        before = self._aside(phrase)
        if before is not None:
            return Attachment(before)
        if after + 1 < len(lower) and lower[after] == ",":
            behind = self._titled(after + 1)
            if behind is not None and (phrase.determiner or phrase.last > phrase.inner):
                end = tokens.last[behind] + 1
                if end >= len(lower) or not lower[end][0].isalnum():
                    return Attachment(behind, True)
        return self._predicate(phrase)

    def _aside(self, phrase: Phrase) -> int | None:
        """The name before a comma: "Haddad, 34, a lawyer,"."""
        tokens, lower = self.tokens, self.tokens.lower
        k = phrase.first - 2
        if k < 0 or lower[k + 1] != ",":
            return None
        if lower[k].isdigit() and k >= 2 and lower[k - 1] == ",":
            k -= 2
        number = self.person(k)
        if number is None or tokens.possessive(k):
            return None
        after = phrase.last + 1
        follower = lower[after] if after < len(lower) and tokens.near(phrase.last) else "."
        stands = not follower.isalnum() or follower in PREPOSITIONS or follower in _AFTER
        return number if stands else None

    def _titled(self, i: int) -> int | None:
        """The person mention at token ``i``, or behind the title that stands there."""
        tokens, words = self.tokens, self.lexicon
        for j in range(i, min(i + 6, len(tokens.lower))):
            if self.person(j) is not None:
                return tokens.owner[j]
            word = tokens.lower[j]
            known = word in words.modifiers or word in words.heads or word in words.short
            if not known and word != "." and word not in words.title_gender:
                break
        return None

    def _predicate(self, phrase: Phrase) -> Attachment | None:
        """The subject of a verb of becoming: "Prado became health minister"."""
        tokens, lower = self.tokens, self.tokens.lower
        k = phrase.first - 1
        if k < 1:
            return None
        if lower[k] in _COPULAS:
            return self._attached(self.person(k - 1))
        if lower[k] == "as":
            return self._as(k - 1)
        number = self.person(k)
        if number is not None and tokens.near(k):
            verb = tokens.first[number] - 1
            return Attachment(number) if verb >= 0 and lower[verb] in _CHOSEN else None
        if lower[k] in _CHOSEN:
            chosen = self.person(k - 1) is not None and phrase.determiner is not None
            if chosen or lower[k - 1] in _CHOOSING:
                return None  # "Haddad named the director"
            return self._attached(self._back(k - 1, 3))
        return None

    def _as(self, k: int) -> Attachment | None:
        """What stands before "as": a verb of choosing, of serving, of following somebody."""
        tokens, lower = self.tokens, self.tokens.lower
        number = self.person(k)
        if number is not None:
            verb = tokens.first[number] - 1
            if verb >= 1 and lower[verb].startswith(("succe", "replac")):
                follower = self._back(verb - 1, 4)
                planned = lower[verb - 1] in ("will", "would", "to", "shall")
                status = "designate" if planned else "new"
                return Attachment(follower, False, status, number) if follower is not None else None
            if verb >= 0 and lower[verb] in _CHOSEN:
                return Attachment(number)
        for j in range(k, max(-1, k - 5), -1):
            if lower[j] in _SERVING:
                return self._attached(self._back(j - 1, 3))
        return None

    def _back(self, i: int, reach: int) -> int | None:
        """The nearest person mention at or before token ``i``, at most ``reach`` tokens back."""
        for j in range(i, max(-1, i - reach), -1):
            number = self.person(j)
            if number is not None:
                return number
        return None

    def _attached(self, number: int | None) -> Attachment | None:
        return Attachment(number) if number is not None else None
