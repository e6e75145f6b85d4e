"""Who is meant by the labels of a transcript: initials, a role, "A:"; and by "I" within a turn."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from operator import attrgetter

from ...fold import fold
from ...model import DocumentActor, Mention, Quote, Speaker
from .pronoun_speakers import overlapping

_INITIALS = re.compile(r"[A-Z]{2,4}")
_WORD = re.compile(r"\w+")
_ASKING = re.compile(r"(?:\b[Bb]y|\btold|\b(?:to|with) (?:the )?[^.,;:\n]{2,40}['’]s?) $")
_AFTER_LABEL = re.compile(r"[).]?(?: \([^()]*\)){0,3}:")
_LINE = 500  # characters behind a label in which its colon stands
_START = attrgetter("start")
_SPEECH_OF = re.compile(
    r"(?:(?:Opening|Closing|Prepared|Full) )?"
    r"(?:Remarks|Speech|Statement|Address|Letter|Testimony)\b[^\n]{0,40}\b(?:by|of|from) "
)
_TURNS = 3  # labels from which "I" means whoever has the turn


_COMMA = re.compile(r",\s{1,8}(.{0,80})", re.DOTALL)


def _first_word(words: str) -> str:
    """The word that ``words`` begin with, empty where they begin with none."""
    found = _WORD.match(words)
    return found[0] if found else ""


class LabelSpeakers:
    """The labels of one document. ``text`` is the document's, ``mentions`` in order of it."""

    def __init__(
        self, text: str, mentions: list[Mention], actors: dict[str, DocumentActor]
    ) -> None:
        self.text, self.mentions, self.actors = text, mentions, actors
        self.turn: Speaker | None = None
        self.turns = 0
        self._guest: str | None = None
        self._initials: dict[str, list[str]] | None = None

    def is_label(self, speaker: Speaker) -> bool:
        """Whether the words open a paragraph and a colon or brackets and a colon close them."""
        start, end = speaker.start, speaker.end
        if start is None or end is None or speaker.how == "carried":
            return False
        if (start and self.text[start - 1] not in '\n"“(') or self.text[end : end + 1] == "\n":
            return False
        stop = self.text.find("\n", end, end + _LINE)
        line = self.text[end : end + _LINE if stop < 0 else stop]
        return bool(_AFTER_LABEL.match(line)) or (speaker.text in ("Q", "Q.") and line[:1] == " ")

    def meant(self, speaker: Speaker) -> DocumentActor | None:
        """The actor of a label without a name in it: "OB:" of Odd Berge, "A:" of the one guest,
        "Deputy spokesperson:" of who is called that in the head."""
        words = speaker.text
        if words in ("A", "Answer"):
            return self._answering(speaker.start or 0)
        if _INITIALS.fullmatch(words):
            found = self._by_initials(speaker.start or 0).get(words, [])
            return self.actors.get(found[0]) if len(found) == 1 else None
        start, end = speaker.start or 0, speaker.end or 0
        if any(m.type == "person" for m in overlapping(self.mentions, start, end)):
            return None
        wanted = fold(words)
        held = self._having(wanted) | self._having(wanted.removeprefix("the "))
        low_words = words.lower()
        described = self._described.get(_first_word(low_words), [])
        for mention in described:  # "by Amara Sesay, deputy spokesperson"
            if mention.start >= start:
                break
            behind = self.text[mention.end : mention.end + len(words) + 8].lower()
            if re.match(rf",\s+(?:the )?{re.escape(low_words)}\b", behind):
                held.add(mention.actor or "")
        return self.actors[held.pop()] if len(held) == 1 else None

    def holder(self, words: str) -> DocumentActor | None:
        """The one actor whom the text gives the role of these words, two or more of them."""
        wanted = fold(words).removeprefix("the ")
        held = self._having(wanted) if " " in wanted else set()
        return self.actors[next(iter(held))] if len(held) == 1 else None

    def _having(self, role: str) -> set[str]:
        """The actors who have a role of these folded words."""
        return self._held.get(role, set())

    @cached_property
    def _held(self) -> dict[str, set[str]]:
        """The keys of the actors by their roles' folded words."""
        out: dict[str, set[str]] = {}
        for actor in self.actors.values():
            for role in actor.roles:
                out.setdefault(fold(role.text), set()).add(actor.key)
        return out

    @cached_property
    def _described(self) -> dict[str, list[Mention]]:
        """The people behind whose name a comma and a word stand, by that word."""
        out: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.type == "person" and mention.actor in self.actors:
                behind = self.text[mention.end : mention.end + _LINE].lower()
                if found := _COMMA.match(behind):
                    for word in {_first_word(found[1]), _first_word(found[1].removeprefix("the "))}:
                        out.setdefault(word, []).append(mention)
        return out

    def count(self, quotes: list[Quote]) -> None:
        """Count the turns of the document."""
        self.turns = sum(
            1 for q in quotes if q.kind == "direct" and any(map(self.is_label, q.speakers[:1]))
        )

    def take(self, speaker: Speaker) -> None:
        """Note who has the turn now."""
        self.turn = speaker

    def having_turn(self) -> Speaker | None:
        """Whoever has the turn, in a text that is a row of turns."""
        return self.turn if self.turns >= _TURNS else None

    @cached_property
    def author(self) -> Speaker | None:
        """Whose speech or letter the text is by its first line: "Remarks by President Saleh"."""
        end = self.text.find("\n")
        found = _SPEECH_OF.match(self.text[: max(0, end)])
        if found is None:
            return None
        people = [m for m in overlapping(self.mentions, 0, end) if m.type == "person" and m.actor]
        by = people[0] if len({m.actor for m in people}) == 1 else None
        actor = self.actors.get(by.actor or "") if by else None
        return Speaker("I", None, None, actor.key, actor.name, "carried") if actor else None

    def _answering(self, before: int) -> DocumentActor | None:
        """Who answers in questions and answers: whom the text before is about, not who asks ("By
        H", "spoke to the Gazette's H")."""
        if self._guest is None:
            head = self.mentions[: bisect_left(self.mentions, before, key=_START)]
            asking = {
                m.actor
                for m in head
                if m.how == "name" and _ASKING.search(self.text[max(0, m.start - 60) : m.start])
            } | {m.actor for m in head if self._credited(m)}
            people = Counter(
                m.actor for m in head if m.type == "person" and m.actor and m.actor not in asking
            )
            ranked = people.most_common(2)
            clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= 2 * ranked[1][1])
            self._guest = ranked[0][0] or "" if clear else ""
        return self.actors.get(self._guest)

    def _credited(self, mention: Mention) -> bool:
        """Whether the name stands in the credit of a picture: "(Coast Wire/Per Lund)"."""
        return self.text[mention.start - 1 : mention.start] in ("/", "©", ":")

    def _by_initials(self, before: int) -> dict[str, list[str]]:
        """Actors by the first letters of their names, as the text has named them so far."""
        if self._initials is None:
            self._initials = {}
            for mention in self.mentions:
                if mention.start >= before:
                    break
                parts = _WORD.findall(mention.text)
                letters = "".join(part[0] for part in parts if part[0].isupper())
                if mention.actor and len(parts) > 1:
                    keys = self._initials.setdefault(letters, [])
                    if mention.actor not in keys:
                        keys.append(mention.actor)
        return self._initials
