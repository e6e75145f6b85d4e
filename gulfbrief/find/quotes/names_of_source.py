"""Which of the names within the words of a source are whom the words mean."""

from __future__ import annotations

import re

from ...model import DocumentActor, Mention
from ..coreference.roles import lexicon
from ..text.word_classes import classes_of

_DEPENDENT = re.compile(
    r"(?<![-\w])(?:for|of|by|to|with|from|on|at|in|about|against|behind|near|under|outside|inside|within|who|whose|that|"
    r"as)(?![-\w])|\b[a-z]+s [a-z]+ing\b",  # "defenders representing H"
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:,|,?\s*and|&)\s*(?:the\s+|his\s+|her\s+|its\s+|an?\s+)?", re.I)
_BARE = re.compile(r"\s+(?:(?:mr|mrs|ms|dr|prof)\.?\s+)?", re.I)
_KIND_OF_ORGANISATION = re.compile(
    r" (?:(?:news|state|media|radio|television|TV|daily|political|militant|rebel|research|human|"
    r"rights|advocacy|labou?r|trade|news)[ -])*(?:agency|service|newspaper|paper|channel|network|"
    r"broadcaster|website|group|company|party|union|movement|organi[sz]ation|station)"
)
_NOUN = re.compile(r"[ \n]([a-z][a-z-]{3,})\b(?!['’])")
_OWNED = ("'s", "’s", "' ", "’ ")


class NamesOfSource:
    """The names within the sources of one document, whose text is ``text``; spans are in code
    points of it, and the mentions given are in order of it."""

    def __init__(self, text: str, actors: list[DocumentActor]) -> None:
        self.text = text
        # Where a role stands right before the name that it is given to: name's start -> role's.
        self.role_before = {role.end: role.start for actor in actors for role in actor.roles}

    def people(self, inside: list[Mention], start: int, end: int) -> list[Mention]:
        """The people of the mentions ``inside`` the span whom it means: its head and those joined
        to it."""
        people = [
            m
            for m in inside
            if m.type == "person"
            and m.how in ("name", "alias")
            and self.leads(m, start, end)
            and not self._modifies(m, end)
        ]
        return self._joined([p for n, p in enumerate(people) if not self._titles(people, n)])

    def organisation(self, inside: list[Mention], start: int, end: int) -> Mention | None:
        """The organisation, country or place of the mentions ``inside`` the span that it means."""
        for m in inside:
            if (
                m.type in ("organisation", "country", "place")
                and m.how in ("name", "alias")
                and self.leads(m, start, end)
                and (self._closes(m, end) or _KIND_OF_ORGANISATION.fullmatch(self.text, m.end, end))
            ):
                return m
        return None

    def leads(self, mention: Mention, start: int, end: int) -> bool:
        """Whether the mention is the head of the noun phrase or in apposition to it ("counsel for
        the village, Tom Reed"), not a complement or possessor."""
        begin = mention.start
        if mention.type == "person" and mention.end == end and mention.how == "name":
            comma = self.text.rfind(",", start, begin)
            if comma > 0 and _BARE.fullmatch(self.text, comma + 1, begin):
                return True
        for gap in (1, 2):
            begin = self.role_before.get(mention.start - gap, begin)
        if _DEPENDENT.search(self.text, start, max(start, begin)):
            return False
        behind = mention.end + (self.text[mention.end : mention.end + 1] == ".")  # "Reed Jr.'s"
        owned = self.text[behind : behind + 2] in _OWNED
        return not (owned and behind + 2 < end)

    def _modifies(self, mention: Mention, end: int) -> bool:
        """Whether a noun behind the name is the head: "the Haddad government", "Haddad aides"."""
        end -= 2 * (self.text[end - 2 : end] in ("'s", "’s"))
        behind = _NOUN.match(self.text, mention.end, end)
        return behind is not None and classes_of(behind.group(1))[0] == "n"

    def _titles(self, people: list[Mention], n: int) -> bool:
        """Whether the name only belongs to the title of the next one: "Lund CEO Tom Reed"."""
        if n + 1 >= len(people):
            return False
        between = self.text[people[n].end : people[n + 1].start]
        words = between.lower().split()
        if not words or words[-1] not in lexicon().people or "and" in words or "or" in words:
            return False
        price = "%" in between  # "Lund Bank LUN, +0.46% economist Tom Reed"
        return price or all(word.isalpha() for word in words)

    def _closes(self, mention: Mention, end: int) -> bool:
        """Whether nothing but an aside follows the mention in the span."""
        return mention.end >= end or not self.text[mention.end : end].lstrip()[:1].isalnum()

    def _joined(self, people: list[Mention]) -> list[Mention]:
        """The people at the head who are joined by commas and "and"."""
        out = people[:1]
        for person in people[1:]:
            begin = person.start
            for gap in (1, 2):
                begin = self.role_before.get(person.start - gap, begin)
            if not _BETWEEN.fullmatch(self.text, out[-1].end, begin):
                break
            out.append(person)
        return out
