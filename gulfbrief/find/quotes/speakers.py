"""Who speaks: the source of a quotation -> an actor, how that was told, and how sure it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple

from ...model import DocumentActor, Mention, Quote, Span, Speaker, SpeakerHow
from ..coreference.roles import lexicon
from ..text import Text
from ..text.word_classes import lemma
from . import taken_up
from .confidence import confidence, content_confidence
from .label_speakers import LabelSpeakers
from .names_of_source import NamesOfSource
from .pronoun_speakers import THIRD, PronounSpeakers, no_person, overlapping
from .subjects import not_oblique, undergoes
from .turns import REPLIES
from .unnamed import INDEFINITE, unmet, why

_AND = re.compile(r",?\s+and\s+$")
_NEAR = 400  # characters between a joint statement and "they"
_OPEN = frozenset(
    (
        "an unnamed source",
        "the text does not surely tell who holds this role",
        "the text does not name this source",
    )
)
_HELD = re.compile(r"(?:[a-z-]+ ){0,3}([a-z-]+) (?:of|for|at|with|in) ")
_APPOSED = re.compile(
    r",\s+(?:(?:the|an?|its|his|her|their|\w+['’]s)\s+)?((?:(?!(?:and|or|who|which|as|for|of|to)\b)[a-z-]+\s+){0,3})"
)
_ISSUED = re.compile(
    r"\b(?:issued|published|released|signed|wrote|sent|put out|posted)\b[^.;“”\"]{0,40}"
    r"\b(?:statement|letter|report|communiqu[eé]|declaration|memo|note|post|tweet|message)s?\b"
)
_KNOWN_AS = re.compile(
    r" (?:who |that )?[^.;:“”\"]{0,40}\b(?:names?|named|identified|called|known)\b"
    r"[^.;:“”\"]{0,25}\bas "
)
_AGAINST = re.compile(r"\b(?:v|vs|versus)\b")  # a headline about two, not a label
_DOCUMENT = re.compile(
    r"\b(?:[Ii]n|[Ii]ssued|[Rr]eleased|[Pp]ublished|[Ww]rote) (?:an?|its|his|her) (?:[a-z]+ ){0,2}"
    r"(statement|letter|report|memo|note|post|tweet|email|filing|editorial|lawsuit)\b"
)
_OWN_WORDS = re.compile(r"(?:(?<=\b[Hh]is)|(?<=\b[Hh]er)|['’]s?) (?:[a-z]+ )?([a-z]+)$")
_WORDS = frozenset(
    """answer reply response statement remark remarks comment comments tweet tweets message letter
    speech testimony email post memo""".split()
)
_FIRST = re.compile(r"[Ii](?:['’](?:m|ve|d|ll))?")
_TITLED = re.compile(r"(?:Mrs?|Ms)\b")
_IN_PLACE = re.compile(r"in [A-Z][\w.’' -]*(?:, [A-Z][\w. -]*)?")
_LONG = 1200  # characters between a statement and "the statement said"
_RELATIVE = frozenset({"who", "which", "that"})
_DETERMINERS = frozenset("a an the his her its their one some".split())
_CONTRACTIONS = frozenset(a + b for a in "'’" for b in ("s", "d", "ll", "ve", "re"))


def resolve(
    text: Text, quotes: list[Quote], mentions: list[Mention], actors: list[DocumentActor]
) -> list[Quote]:
    """The quotations with the actors behind their speakers, whom they are about, and how sure
    it is that the speaker is right. ``mentions`` are those of ``actors.resolve``.

    A source that names several people becomes several speakers. Where nobody is surely meant, the
    speaker keeps its words and has a ``reason`` instead of an actor.
    """
    resolver = _SpeakerResolver(text, mentions, actors)
    resolver.labels.count(quotes)
    return [resolver.quote(quote) for quote in quotes]


class _Sentence(NamedTuple):
    start: int
    joint: bool
    documents: set[str]


class _SpeakerResolver:
    def __init__(self, whole: Text, mentions: list[Mention], actors: list[DocumentActor]) -> None:
        text = whole.text
        self.text, self.mentions, self.sentences = text, mentions, whole.sentences
        self.starts = [m.start for m in mentions]
        self.before: tuple[Speaker, ...] = ()
        self.actors = {a.key: a for a in actors}
        self.labels = LabelSpeakers(text, mentions, self.actors)
        self.pronouns = PronounSpeakers(text, mentions, self.actors)
        self.last: Quote | None = None
        self.sentence: _Sentence | None = None  # that of the last quotation
        self.previous: Quote | None = None
        self.misters: dict[str, bool] = {}
        self.issued: dict[str, tuple[int, Speaker]] = {}
        self.names = NamesOfSource(text, actors)

    def quote(self, quote: Quote) -> Quote:
        speakers = self._one_of_two(self._all(self._not_torn(quote.speakers)))
        if len(speakers) == 1:
            speakers = (self._in_turn(quote, speakers[0]),)
        if len(speakers) == 1 and self._facts_of(quote.sentence).joint:
            speakers = (*self._partner(speakers[0]), *speakers)
        if len(speakers) == 1 and speakers[0].text.lower() == "they":
            speakers = self._they(speakers[0])
        if quote.cue and quote.cue.text == ":":
            speakers = tuple(s for s in speakers if not _AGAINST.search(s.text))
        if len(speakers) == 1 and speakers[0].actor is None and quote.cue:
            speakers = (self._apposed(speakers[0], quote.cue),)
        if quote.cue and len(speakers) == 1:
            speakers = (not_oblique(self.text, speakers[0], quote.cue),)
        if len(speakers) == 1 and not speakers[0].actor and speakers[0].how != "carried":
            speakers = (taken_up.body(speakers[0], self.previous, self.actors, self._within),)
            speakers = (
                taken_up.person(speakers[0], self.previous, self.actors, self._within, self.text),
            )
        outside = tuple(self.pronouns.not_inside(speaker, quote) for speaker in speakers)
        barred, speakers = outside != speakers, tuple(map(_spelt_out, outside))
        if len(speakers) == 1 and speakers[0].text.lower() in THIRD and not barred:
            speakers = (self.pronouns.alone(speakers[0], quote),)
            speakers = (self.pronouns.going_on(speakers[0], quote, self.previous),)
            speakers = (self.pronouns.chained(speakers[0], quote, self.last),)
            speakers = (self.pronouns.person(speakers[0]),)
            speakers = (self._not_labelled(self.pronouns.not_modifier(speakers[0])),)
        if quote.kind == "direct" and len(speakers) == 1:
            speakers = (self.pronouns.not_patient(speakers[0], quote),)
        if len(speakers) == 1 and quote.cue and lemma(quote.cue.text.lower()) in REPLIES:
            speakers = (self.pronouns.replying(speakers[0], quote, self.last),)
        if quote.cue and len(speakers) == 1 and undergoes(self.text, speakers[0], quote.cue, quote):
            speakers = ()
        if len(speakers) == 1:
            speakers = (self._document(speakers[0]),)
            self._issue(speakers[0], quote)
        self.before = speakers
        found = Quote(
            quote.kind,
            quote.start,
            quote.end,
            quote.content,
            quote.fragments,
            quote.sentence,
            quote.cue,
            speakers,
            self._all(quote.outer) if quote.outer else (),
            self._about(quote),
            confidence(quote, speakers),
            quote.reason or (None if speakers else "the text names no speaker"),
            quote.act,
            content_confidence(quote),
        )
        if quote.kind == "direct":
            self.last = found
        self.previous = found
        return found

    def _not_torn(self, speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        """The speakers without the first of two that share a name with "and" in it: "Ports and
        Harbours Secretary H said" is one."""
        if len(speakers) != 2:
            return speakers
        one, two = speakers
        start, stop, begin, end = one.start, one.end, two.start, two.end
        if start is None or stop is None or begin is None or end is None:
            return speakers
        for mention in self._within(stop - 1, stop):
            if mention.start < stop < begin < mention.end:
                return (replace(two, text=self.text[start:end], start=start),)
        return speakers

    def _one_of_two(self, speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        """The speakers without a role that describes the next one: "surgeon and former mayor
        H said" is one person."""
        if len(speakers) != 2 or speakers[0].actor is not None or speakers[1].how != "name":
            return speakers
        words = speakers[0].text.split()
        bare = all(w.islower() for w in words[1:]) and words[0].lower() not in _DETERMINERS
        return speakers[1:] if bare and words[-1].lower() in lexicon().people else speakers

    def _in_turn(self, quote: Quote, speaker: Speaker) -> Speaker:
        """The speaker of a turn of a transcript; of "I" and "we" within one, who has the turn."""
        if quote.kind == "direct" and self.labels.is_label(speaker):
            self.labels.take(speaker)
            return speaker
        turn = self.labels.having_turn() or self.labels.author
        if turn is None or speaker.actor is not None or not _FIRST.fullmatch(speaker.text):
            return speaker
        if turn.actor is None:
            return unmet(speaker, turn.reason or "the text does not name this source")
        return replace(speaker, actor=turn.actor, name=turn.name, how="carried", reason=None)

    def _all(self, speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        return tuple(found for speaker in speakers for found in self._speaker(speaker))

    def _they(self, speaker: Speaker) -> tuple[Speaker, ...]:
        """The people of the joint statement right before "they said"."""
        known = [s for s in self.before if s.actor]
        last = known[-1].end if known else None
        start = speaker.start
        if len(known) < 2 or last is None or start is None or start - last > _NEAR:
            return (speaker,)
        return tuple(
            replace(s, text=speaker.text, start=start, end=speaker.end, how="pronoun")
            for s in known
        )

    def _partner(self, speaker: Speaker) -> tuple[Speaker, ...]:
        """Who stands before "and": "the minister, Haddad, and his guest, Saleh, said jointly"."""
        start = speaker.start or 0
        before = self.text[max(0, start - 8) : start]
        joined = _AND.search(before)
        if not joined:
            return ()
        end = start - len(before) + joined.start()
        for mention in self._within(end - 1, end):
            if mention.end == end and mention.type == "person" and mention.how == "name":
                words = Speaker(mention.text, mention.start, mention.end)
                return (self._met(words, mention),)
        return ()

    def _apposed(self, speaker: Speaker, cue: Span) -> Speaker:
        """The speaker with the name that stands behind it between commas: "a lawyer for Marsh,
        Tom Reed, said"; "her husband, the novelist Tom Reed, said"."""
        start, end = speaker.start, speaker.end
        if start is None or end is None or speaker.how == "carried" or speaker.reason not in _OPEN:
            return speaker
        if INDEFINITE.match(speaker.text) or _bare_role(speaker.text):  # "Tom Reed, a lawyer who"
            for mention in self._within(max(0, start - 3), start):
                near = self.text[mention.end : start] == ", " and mention.type == "person"
                if near and mention.how in ("name", "alias"):
                    whole = self.text[mention.start : end]
                    return self._met(Speaker(whole, mention.start, end), mention)
        for mention in self._within(end, min(end + 2, cue.start)):  # "rating agency Lund's said"
            if mention.start == end + 1 and mention.how == "name" and mention.end <= cue.start:
                whole = self.text[start : mention.end]
                return self._met(Speaker(whole, start, mention.end), mention)
        known_as = _KNOWN_AS.match(self.text, end)
        for mention in self._within(end, end + 80):
            if mention.type != "person" or mention.how not in ("name", "alias"):
                continue
            if known_as and mention.start == known_as.end():
                whole = self.text[start : mention.end]
                return self._met(Speaker(whole, start, mention.end), mention)
            between = _APPOSED.fullmatch(self.text, end, mention.start)
            if between is None:
                return speaker
            role = between.group(1).split()
            if role and role[-1].lower() not in lexicon().people:
                continue
            behind = self.text[mention.end : mention.end + 1]
            if behind == "," or (behind in (".", ";") and cue.start < end):
                whole = self.text[speaker.start : mention.end]
                return self._met(Speaker(whole, speaker.start, mention.end), mention)
            return speaker
        return speaker

    def _not_labelled(self, speaker: Speaker) -> Speaker:
        """In a transcript "she" is not surely whom only a label named before: "THE MAYOR: My aunt
        had one. She said"."""
        if speaker.how != "pronoun" or not speaker.start or self.labels.having_turn() is None:
            return speaker
        for mention in reversed(self._within(max(0, speaker.start - _LONG), speaker.start)):
            if mention.actor == speaker.actor and mention.how in ("name", "alias"):
                if self.text[mention.end : mention.end + 1] == ":":
                    return unmet(speaker, why(speaker.text))
                break
        return speaker

    def _issue(self, speaker: Speaker, quote: Quote) -> None:
        """Note whose statement, letter or report the sentence tells of: "said in a statement"."""
        if speaker.actor is None:
            return
        for noun in self._facts_of(quote.sentence).documents:
            self.issued[noun] = (quote.end, speaker)

    def _facts_of(self, sentence: Span) -> _Sentence:
        """What the sentence of one or more quotations tells beside them."""
        if self.sentence is None or self.sentence.start != sentence.start:
            documents = {noun.lower() for noun in _DOCUMENT.findall(sentence.text)}
            self.sentence = _Sentence(sentence.start, "joint" in sentence.text, documents)
        return self.sentence

    def _document(self, speaker: Speaker) -> Speaker:
        """ "The statement said": whoever issued it, as far as the text told that lately."""
        last = speaker.text.lower().rsplit(" ", 1)
        if speaker.actor or len(last) < 2 or last[0] not in ("the", "its", "his", "her"):
            return speaker
        end, by = self.issued.get(last[1], (-_LONG, speaker))
        if (speaker.start or 0) - end > _LONG or not by.actor:
            return speaker
        if last[1] == "editorial" and self.actors[by.actor].type == "person":
            return speaker
        return replace(speaker, actor=by.actor, name=by.name, how="carried", reason=None)

    def _about(self, quote: Quote) -> tuple[str, ...]:
        out: dict[str, None] = {}
        for fragment in quote.fragments:
            for mention in self._within(fragment.start, fragment.end):
                whole = fragment.start <= mention.start and mention.end <= fragment.end
                if whole and mention.actor is not None:
                    out[mention.actor] = None
        return tuple(key for key in out if key in self.actors)

    def _within(self, start: int, end: int) -> list[Mention]:
        """The mentions that overlap the span, in order of the text."""
        return overlapping(self.mentions, start, end)

    def _speaker(self, speaker: Speaker) -> list[Speaker]:
        if speaker.start is None or speaker.end is None:
            return [speaker]
        start, end = speaker.start, speaker.end
        inside = self._within(start, end)
        if self.labels.is_label(speaker):
            actor = self.labels.meant(speaker)
            if actor:
                how: SpeakerHow = (
                    "name" if speaker.text.isupper() and len(speaker.text) > 1 else "carried"
                )
                return [Speaker(speaker.text, start, end, actor.key, actor.name, how)]
        word = speaker.text.lower()
        if word == "police":  # no name, though a sentence begins with it
            return [unmet(speaker, why(word))]
        if word in _RELATIVE:
            before = self._antecedent(start)
            return [self._met(speaker, before)] if before else [unmet(speaker, "a relative clause")]
        if word in ("himself", "herself"):  # "H himself said"
            before = self._antecedent(start)
            if before and before.type == "person":
                return [self._met(speaker, before)]
        if word.endswith(" who"):  # "handed the letter to Judge H, who"
            before = self._antecedent(end - 3)
            if before and before.type == "person" and before.how != "pronoun":
                return [self._met(speaker, before)]
        if word.endswith(" which"):  # "the head of the Harbour Union, which has said"
            meant = self._organisation(inside, end - 6)
            if meant:
                return [self._met(speaker, meant)]
        for mention in inside:
            whole = mention.end == end or self.text[mention.end : end].lower() in _CONTRACTIONS
            if mention.how == "pronoun" and mention.start == start and whole:
                found = self._met(speaker, mention)
                return [self._statement(found) if word == "it" else found]
        if word == "it":
            return [self._statement(unmet(speaker, why(word)))]
        owned = _OWN_WORDS.search(speaker.text)
        if owned and owned.group(1).lower() in _WORDS:  # "Her answer: “...”", "H's reply: “...”"
            for mention in inside[:1]:
                if mention.start == start and mention.end - start == owned.start():
                    return [self._met(speaker, mention)]
        people = self.names.people(inside, start, end)
        if people:
            if len(people) == 1:
                return [self._met(speaker, people[0])]
            out = []
            for n, person in enumerate(people):
                a = start if n == 0 else person.start
                b = end if n == len(people) - 1 else person.end
                out.append(self._met(Speaker(self.text[a:b], a, b, how=speaker.how), person))
            return out
        for mention in inside:
            if mention.how == "role" and self.names.leads(mention, start, end):
                held = len(inside) > 1 and self.labels.holder(speaker.text)
                if held and mention.actor is None:  # "Lumara mayor says", a headline
                    return [replace(speaker, actor=held.key, name=held.name, how="role")]
                return [self._met(speaker, mention)]
        organisation = self.names.organisation(inside, start, end)
        if organisation:
            return [self._met(speaker, organisation)]
        return [unmet(speaker, why(speaker.text))]

    def _statement(self, speaker: Speaker) -> Speaker:
        """ "It said" after somebody issued a statement, a letter or a report: whoever issued it."""
        start = speaker.start or 0
        k = bisect_right(self.sentences, (start, len(self.text))) - 1
        for a, b in reversed(self.sentences[max(0, k - 2) : k]):
            issued = _ISSUED.search(self.text, a, b)
            if issued is None:
                continue
            for mention in self._within(a, issued.start()):
                if mention.actor == speaker.actor and speaker.actor:
                    return speaker
                opens = self.text[a : mention.start].strip().lower() in ("", "the", "but", "and")
                if opens and mention.how in ("name", "alias", "role"):
                    return self._met(speaker, mention)
            return unmet(speaker, "the text does not name this source")
        return speaker

    def _antecedent(self, start: int) -> Mention | None:
        k = bisect_left(self.starts, start) - 1
        while k >= 0 and start - self.mentions[k].start < 80:
            mention = self.mentions[k]
            if mention.end <= start and not self.text[mention.end : start].strip(" ,"):
                return mention
            k -= 1
        return None

    def _organisation(self, inside: list[Mention], end: int) -> Mention | None:
        """The organisation right before ", which" at ``end``, or before the place it is in."""
        for mention in reversed(inside):
            if mention.how not in ("name", "alias"):
                return None
            if mention.type == "organisation":
                between = self.text[mention.end : end].strip(" ,")
                return mention if not between or _IN_PLACE.fullmatch(between) else None
            if mention.type not in ("place", "country"):
                return None
        return None

    def _mister(self, name: str) -> bool:
        """Whether the text calls somebody of this bare family name "Mr."."""
        if " " in name:
            return False
        if name not in self.misters:
            self.misters[name] = f"Mr. {name}" in self.text
        return self.misters[name]

    def _met(self, speaker: Speaker, mention: Mention) -> Speaker:
        actor = self.actors.get(mention.actor) if mention.actor else None
        if actor is None:
            if mention.how == "pronoun":
                return unmet(speaker, "more than one fits the pronoun, or nobody does")
            if mention.how == "role":
                return unmet(speaker, "the text does not surely tell who holds this role")
            return unmet(speaker, "more than one bears this name")
        person = actor.type == "person" and not no_person(actor)
        if mention.how == "role" and mention.type == "person" and not person:
            return unmet(speaker, "the text does not surely tell who holds this role")
        title = _TITLED.match(speaker.text)
        if title and actor.gender not in (None, "m" if title.group() == "Mr" else "f"):
            return unmet(speaker, "more than one bears this name")
        if actor.gender == "f" and mention.how == "name" and self._mister(mention.text):
            return unmet(speaker, "more than one bears this name")
        how: SpeakerHow = "name" if mention.how == "alias" else mention.how
        if speaker.how == "carried":
            how = "carried"
        return Speaker(speaker.text, speaker.start, speaker.end, actor.key, actor.name, how)


def _spelt_out(speaker: Speaker) -> Speaker:
    """ "She’s" without what is drawn together with it ("She’s on her way and says")."""
    words = speaker.text.lower().replace("’", "'").partition("'")
    if speaker.start is None or words[0] not in THIRD or words[2] not in ("s", "d", "ll"):
        return speaker
    end = speaker.start + len(words[0])
    text = speaker.text[: len(words[0])]
    return replace(speaker, text=text, end=end, reason=None if speaker.actor else why(text))


def _bare_role(words: str) -> bool:
    """Whether the words are an office and where it is held: "director of the Harbour Museum"."""
    head = _HELD.match(words)
    return head is not None and head.group(1) in lexicon().people
