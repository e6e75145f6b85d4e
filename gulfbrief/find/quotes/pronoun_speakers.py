"""Who is meant by "he said" and "she said", beyond what the reading of pronouns tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from operator import attrgetter

from ...model import DocumentActor, Mention, Quote, Speaker
from ..coreference.roles import lexicon
from ..names.lexicon import load
from ..text.word_classes import lemma
from .turns import REPLIES
from .unnamed import unmet

_QUOTED_WORDS = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»")
_PASSIVE = re.compile(r"\b(?:was|were|been) [a-z]+(?:ed|en|wn|ught|eld|et|un) by (?!the end)")
# "he worked as a guard", "she is a former student": nobody beside those named
_PREDICATE = re.compile(
    r"\b(?:as|is|was|be|been|being|become|became) (?:an?|the) (?:[\w’'-]+ ){0,3}?[\w-]+\b"
    r"|, (?:an?|the) (?:[\w’'-]+ ){0,4}?[\w-]+,"
)
# The caption of a picture, by its credit: "AP: ...", "... (Jane Reed/Getty Images)".
_CAPTION = re.compile(
    r"^\W*(?:AP|AFP|EPA|PA|Reuters|REUTERS|Getty|Alamy|Rex)\b[: ]"
    r"|(?:Getty Images|AP Photo|[/(]AP|REUTERS/|/AFP|[Ff]ile [Pp]hoto)"
).search
_INDEFINITE_PHRASE = re.compile(r"\b(?:an?|one|another) (?:[a-z-]+ ){0,2}$")
_FOLLOWER = re.compile(r" ([a-z]{4,})\b")
THIRD = {"he": "m", "she": "f"}
"""The pronouns of one person as subjects, with their gender."""
_START = attrgetter("start")
_NESTED = 4  # so many mentions may begin at or before a place and reach beyond it
_NEAR = 400  # characters between what is said and what replies to it
_PARAGRAPH = 4_000  # characters: more is no paragraph, and would be read again for each quotation


def overlapping(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Those of ``mentions``, which are in order of the text, that overlap a span of it."""
    low = max(0, bisect_right(mentions, start, key=_START) - _NESTED)
    high = bisect_left(mentions, end, low, key=_START)
    return [m for m in mentions[low:high] if m.end > start]


def no_person(actor: DocumentActor) -> bool:
    """Whether the name of an actor, one word, is known as that of an organisation or a place."""
    known = load().known.get(actor.name)
    return known is not None and known.type != "person"


def _tells_of_unnamed(narration: str) -> bool:
    """Whether the words tell of somebody beside those named: "a guard", "her brother"."""
    unnamed = lexicon().unnamed
    told = _PREDICATE.sub(" ", narration).lower().split()
    return any(word.strip(",.;:") in unnamed for word in told)


class PronounSpeakers:
    """The pronouns of one document. ``text`` is the document's, ``mentions`` in order of it."""

    def __init__(
        self, text: str, mentions: list[Mention], actors: dict[str, DocumentActor]
    ) -> None:
        self.text, self.mentions, self.actors = text, mentions, actors
        self.persons = [
            m for m in mentions if m.type == "person" and m.actor and m.how != "pronoun"
        ]

    def _within(self, start: int, end: int) -> list[Mention]:
        """The mentions that overlap the span, in order of the text."""
        return overlapping(self.mentions, start, end)

    def _persons(self, start: int, end: int) -> list[Mention]:
        """The people named or meant by a role whose mentions overlap the span."""
        return overlapping(self.persons, start, end)

    def alone(self, speaker: Speaker, quote: Quote) -> Speaker:
        """ "He said", where it is not sure who: the only one of that gender whom the narration of
        the paragraph has named (of the one before, where a quotation opens it), unless it also
        tells of somebody without a name."""
        start = speaker.start
        if speaker.actor or start is None or speaker.how == "carried":
            return speaker
        gender = THIRD[speaker.text.lower()]
        opens = self.text.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
        if start - opens > _PARAGRAPH:
            return speaker
        if quote.kind == "direct" and not any(
            m.how in ("name", "alias") for m in self._persons(opens, start)
        ):  # the paragraph before, where this one is the quotation
            reach = max(0, start - 2 * _NEAR - 1)
            above = self.text.rfind("\n", reach, max(reach, opens - 2))
            above = reach - 1 if above < 0 < reach else above
            opens = above + 1 if start - above < 2 * _NEAR else opens
        persons = self._persons(opens, start)
        if not persons:
            return speaker
        narration = self.text[opens:start]
        said = [m.span() for m in _QUOTED_WORDS.finditer(narration)]
        if narration.count("“") > narration.count("”") or narration.count('"') % 2:
            return speaker  # within what somebody said
        named: dict[str, bool] = {}
        for mention in persons:
            actor = self.actors.get(mention.actor or "")
            if actor is None:
                continue
            k = bisect_right(said, (mention.start - opens, len(narration))) - 1
            inside = k >= 0 and mention.start - opens < said[k][1]
            inside = inside or "/" in (
                self.text[mention.start - 1],
                self.text[mention.end : mention.end + 1],
            )
            if inside or any(f.start <= mention.start < f.end for f in quote.fragments):
                continue
            if actor.gender in (None, gender):
                named[actor.key] = True
        if len(named) != 1:
            return speaker
        if _tells_of_unnamed(_QUOTED_WORDS.sub(" ", narration)):
            return speaker
        actor = self.actors[next(iter(named))]
        return replace(speaker, actor=actor.key, name=actor.name, how="pronoun", reason=None)

    def person(self, speaker: Speaker) -> Speaker:
        """ "She" is a person, never a place, an organisation or whom the credit of a picture
        names."""
        actor = self.actors.get(speaker.actor or "")
        if actor is None:
            return speaker
        if actor.type == "person" and not no_person(actor):
            named = [m for m in self.persons if m.actor == actor.key]
            if not named or any(self.text[m.start - 1 : m.start] not in ("/", "©") for m in named):
                return speaker
        return unmet(speaker, "more than one fits the pronoun, or nobody does")

    def not_modifier(self, speaker: Speaker) -> Speaker:
        """ "He" is not surely whom a name means that only tells whose somebody is: "a Haddad
        supporter I met: “...,” he said"."""
        start = speaker.start
        if speaker.how != "pronoun" or not speaker.actor or start is None:
            return speaker
        near = [m for m in self._persons(max(0, start - _NEAR), start) if m.end < start]
        if not near or near[-1].actor != speaker.actor or near[-1].how == "role":
            return speaker
        last = near[-1]
        before = _INDEFINITE_PHRASE.search(self.text, max(0, last.start - 40), last.start)
        behind = _FOLLOWER.match(self.text, last.end)
        if before and behind and behind[1] in lexicon().people:
            return unmet(speaker, "more than one fits the pronoun, or nobody does")
        return speaker

    def going_on(self, speaker: Speaker, quote: Quote, last: Quote | None) -> Speaker:
        """ "He said", where it is not sure who, right behind a sentence in which somebody of that
        gender is named as the one who says something: whoever says that."""
        if speaker.actor or speaker.start is None or last is None or speaker.how == "carried":
            return speaker
        by = last.speakers[0] if len(last.speakers) == 1 else None
        cue = quote.cue.text.lower() if quote.cue else ""
        if by is None or by.actor is None or by.how not in ("name", "pronoun") or not cue:
            return speaker
        if last.outer and not (last.cue and last.cue.text == "saying"):  # "quoted H as saying"
            return speaker
        opens = min(quote.start, quote.sentence.start, speaker.start)
        if opens - last.sentence.end > _PARAGRAPH or lemma(cue) in REPLIES:
            return speaker
        lines = self.text[last.sentence.end : opens].split("\n")
        if any(line.strip(' "“”') and not _CAPTION(line) for line in lines):
            return speaker
        actor = self.actors.get(by.actor)
        gender = THIRD[speaker.text.lower()]
        if actor is None or actor.type != "person" or actor.gender not in (None, gender):
            return speaker
        if any(m.actor == by.actor for f in quote.fragments for m in self._within(f.start, f.end)):
            return speaker
        return replace(speaker, actor=actor.key, name=actor.name, how="pronoun", reason=None)

    def chained(self, speaker: Speaker, quote: Quote, last: Quote | None) -> Speaker:
        """ "She said", where it is not sure who: whoever said the direct quotation before, where
        nobody else is told of since."""
        start = speaker.start
        if speaker.actor or start is None or last is None or quote.kind != "direct":
            return speaker
        by = last.speakers[0] if len(last.speakers) == 1 else None
        actor = self.actors.get(by.actor or "") if by else None
        if actor is None or actor.type != "person" or speaker.how == "carried" or last.outer:
            return speaker
        if actor.gender != THIRD[speaker.text.lower()]:
            return speaker
        opens = min(quote.start, start)
        if quote.cue and lemma(quote.cue.text.lower()) in REPLIES:
            return speaker
        if not 0 <= opens - last.end < 2 * _NEAR:
            return speaker
        since = self._within(last.end, opens)
        if any(m.type == "person" and m.actor != actor.key for m in since):
            return speaker
        if _tells_of_unnamed(self.text[last.end : opens]):
            return speaker
        if any(
            m.actor == actor.key and m.how != "pronoun"
            for f in quote.fragments
            for m in self._within(f.start, f.end)
        ):
            return speaker
        return replace(speaker, actor=actor.key, name=actor.name, how="pronoun", reason=None)

    def not_patient(self, speaker: Speaker, quote: Quote) -> Speaker:
        """Of two in a passive sentence ("Falk was seen by Nurse Quill") who says "I told her" is
        not surely the one to whom it was done."""
        word = speaker.text.lower()
        if speaker.how != "pronoun" or word not in THIRD:
            return speaker
        same = r"\b(?:her|she)\b" if word == "she" else r"\b(?:him|he|his)\b"
        before = self.text[max(0, quote.start - 160) : quote.start].rpartition("\n")[2]
        passive = _PASSIVE.search(before)
        if passive is None or not re.search(same, quote.content):
            return speaker
        agent = quote.start - len(before) + passive.end()
        met = [m for m in self._within(agent, quote.start) if m.actor and m.type != "place"]
        if met and met[0].actor != speaker.actor:
            return unmet(speaker, "more than one fits the pronoun, or nobody does")
        return speaker

    def not_inside(self, speaker: Speaker, quote: Quote) -> Speaker:
        """A pronoun that reports never means who is named in what it reports (Chomsky's third
        condition of binding, 1981): "Ouyang would have waited, she said" is somebody else. Who that
        is is not sure where only a paragraph before names somebody, whose gender nothing tells."""
        if speaker.how != "pronoun" or speaker.text.lower() not in THIRD or not speaker.actor:
            return speaker
        actor = self.actors.get(speaker.actor)
        loose = actor is not None and actor.gender is None and self._named_before(speaker)
        gender = THIRD[speaker.text.lower()]
        for fragment in quote.fragments:
            for mention in self._within(fragment.start, fragment.end):
                if mention.how not in ("name", "alias") or mention.type != "person":
                    continue
                other = self.actors.get(mention.actor or "")
                fits = other is None or other.gender in (None, gender)
                if mention.actor == speaker.actor or (loose and fits):
                    return unmet(speaker, "more than one fits the pronoun, or nobody does")
        return speaker

    def _named_before(self, speaker: Speaker) -> bool:
        """Whether the paragraph of the pronoun does not name whom it means."""
        start = speaker.start or 0
        opens = self.text.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
        return all(m.actor != speaker.actor for m in self._persons(opens, start))

    def replying(self, speaker: Speaker, quote: Quote, last: Quote | None) -> Speaker:
        """Nobody replies to themselves: "“She knows,” H said. “I know more,” she replied" is
        somebody else, whom the text named before; null where it is not sure who."""
        if last is None or speaker.how != "pronoun" or not last.speakers or not speaker.actor:
            return speaker
        between = self.text[last.end : quote.start]
        if len(between) > _NEAR or "ask" in between or last.speakers[0].actor != speaker.actor:
            return speaker
        gender = THIRD.get(speaker.text.lower())
        start = max(0, last.sentence.start - _NEAR)
        others = {
            m.actor: m
            for m in self._within(start, quote.start)
            if m.type == "person"
            and m.how in ("name", "alias")
            and m.actor in self.actors
            and m.actor != speaker.actor
            and self.actors[m.actor].gender in (None, gender)
        }
        if len(others) != 1:
            return unmet(speaker, "more than one fits the pronoun, or nobody does")
        actor = self.actors[others.popitem()[0]]
        return replace(speaker, actor=actor.key, name=actor.name)
