"""Several people of one name in a document: what the text beside a bare name tells of its bearer.

Junior and senior, a title ("Capt. Lund"), an apposition ("said Lund, the banker"), the namesake who
was the subject of the sentence before, a newcomer with a famous given name ("Karim, a carpenter").
"""

from __future__ import annotations

import re
from collections import defaultdict

from ...model import Mention
from ..text.verb_groups import lexicon as verbs
from .person_names import GENERATIONS
from .roles import Lexicon, Tokens

_GENERATIONS = GENERATIONS | {"younger": "jr", "elder": "sr"}
_WITHIN = re.compile(r"[ ,](jr|sr|ii|iii|iv)\.?(?:['’]s)?$", re.I)
_BEHIND = re.compile(r"(?:, | )(Jr|Sr|junior|senior|the elder|the younger)\b")
_BEFORE = re.compile(r"\b[Tt]he (elder|younger) $")
_NEWCOMER = re.compile(
    r",\s+(?:\d{1,3}\b|an?\s|one of\b|from\s|who (?:asked|declined|refused|gave|did not|would)\b)"
)
_OFFICES = frozenset(
    "president chancellor premier minister senator governor mayor congressman sen gov rep".split()
)
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|‘[^’\n]*’(?!\w)")
_STOP = re.compile(r"[.!?;][”\"’»]?\s")
_REACH = 240  # characters between a namesake and the bare name that takes it up
_SETTLED = 3  # bare names after which a name has its bearer, whoever of the family comes by


def generation(tokens: Tokens, mention: Mention) -> str | None:
    """Which of father and son: "jr", "sr", "ii", ... in the name, behind it or before it."""
    found = _WITHIN.search(mention.text)
    if found is None:
        found = _BEHIND.match(tokens.text, mention.end)
    if found is None:
        found = _BEFORE.search(tokens.text, max(0, mention.start - 12), mention.start)
    return _GENERATIONS[found.group(1).lower().split()[-1]] if found else None


def newcomer(tokens: Tokens, number: int, mention: Mention, words: Lexicon) -> bool:
    """Whether the text introduces the bearer of a bare name: an age, "a carpenter", "who asked",
    "Lund's son"."""
    before = tokens.first[number] - 1
    kin = before >= 0 and tokens.near(before) and tokens.lower[before] in words.kin
    return kin or _NEWCOMER.match(tokens.text, mention.end) is not None


class Namesakes:
    """What full names say of their bearers, to be held against a bare name."""

    def __init__(self, mentions: list[Mention], tokens: Tokens, words: Lexicon) -> None:
        self.mentions, self.tokens, self.lexicon = mentions, tokens, words
        self.nouns: dict[int, set[str]] = defaultdict(set)
        self.last: tuple[int, int] | None = None
        self.bare: dict[int, int] = defaultdict(int)
        self.relatives: set[int] = set()
        self.officers: set[int] = set()
        self.named: set[int] = set()

    def introduce(self, number: int, index: int) -> None:
        """Note whether the actor ``index`` is introduced as somebody's wife, brother, ...: "his
        wife Naima", "Naima Saleh, wife of the mayor"."""
        tokens, words = self.tokens, self.lexicon
        lower, first, last = tokens.lower, tokens.first[number], tokens.last[number]
        if first > 0 and lower[first - 1] in _OFFICES:
            self.officers.add(index)
        kin = words.kin
        at = first - 2 if first > 1 and lower[first - 1] == "," else first - 1
        before = (
            at > 0
            and lower[at] in kin
            and (lower[at - 1] in ("his", "her", "their") or tokens.possessive(at - 1))
        )
        behind = (
            last + 3 < len(lower)
            and lower[last + 1] == ","
            and (
                (lower[last + 2] in kin and lower[last + 3] == "of")
                or (lower[last + 3] in kin and lower[last + 2] in ("his", "her", "the"))
                or (lower[last + 3] in kin and tokens.possessive(last + 2))
            )
        )
        if before or behind:
            self.relatives.add(index)

    def with_kin(self, number: int) -> bool:
        """Whether a bare name stands beside the noun of a relative: "Haddad or his son"."""
        lower, last = self.tokens.lower, self.tokens.last[number]
        return (
            last + 3 < len(lower)
            and lower[last + 1] in ("and", "or")
            and lower[last + 2] in ("his", "her")
            and any(word in self.lexicon.kin for word in lower[last + 3 : last + 5])
        )

    def note(self, number: int, index: int, full: bool) -> None:
        """The actor ``index`` is named by the mention ``number``."""
        if full:
            self.named.add(index)
            self.nouns[index] |= self._described(number)
            self.last = (number, index)
        else:
            self.bare[index] += 1
            self.last = (number, index) if self.last and self.last[1] == index else None

    def ahead(self, fits: list[int]) -> int | None:
        """Whom a bare name means before any of ``fits`` is named in full, as in a headline: the one
        who holds an office."""
        if not self.named.isdisjoint(fits):
            return None
        found = [index for index in fits if index in self.officers]
        return found[0] if len(found) == 1 else None

    def by_role(self, number: int, fits: list[int]) -> int | None:
        """The one of ``fits`` whose role stands at the bare name ``number`` too."""
        beside = self._described(number)
        found = [index for index in fits if beside & self.nouns[index]]
        return found[0] if len(found) == 1 else None

    def taken_up(self, number: int, fits: list[int]) -> tuple[int | None, bool]:
        """The one of ``fits`` named in full as the subject right before the bare name ``number``,
        and whether that makes it unsure: another of them has long been called by it."""
        if self.last is None or self.last[1] not in fits:
            return None, False
        full = self.mentions[self.last[0]]
        here = self.mentions[number].start
        text = self.tokens.text
        if here - full.end > _REACH or "\n" in text[full.end : here].strip():
            return None, False
        between = _QUOTED.sub("", text[full.end : here])
        if len(_STOP.findall(between)) > 1:
            return None, False
        before = text[max(0, full.start - 80) : full.start].rpartition("\n")[2]
        stops = list(_STOP.finditer(before))
        before = before[stops[-1].end() :] if stops else before
        past, third, family = verbs().past, verbs().third, full.text.rsplit(None, 1)[-1].lower()
        if any(w in past or w in third or family in w for w in before.lower().split()):
            return None, False
        settled = any(self.bare[n] >= _SETTLED for n in fits if n != self.last[1])
        return self.last[1], settled

    def _described(self, number: int) -> set[str]:
        """The nouns of people and the titles right before the name, or behind it after a comma."""
        tokens, words = self.tokens, self.lexicon
        lower, first, last = tokens.lower, tokens.first[number], tokens.last[number]
        near = range(max(0, first - 3), first)
        out = {words.short.get(lower[i], lower[i]) for i in near if tokens.owner[i] < 0}
        inside = self.mentions[number].text.split()[0].rstrip(".").lower()
        out.add(words.short.get(inside, inside))
        if last + 1 < len(lower) and lower[last + 1] == ",":
            for i in range(last + 2, min(last + 7, len(lower))):
                if not lower[i].isalnum() or tokens.owner[i] >= 0:
                    break
                out.add(lower[i])
        return out & words.described
