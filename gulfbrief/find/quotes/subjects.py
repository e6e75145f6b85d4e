"""Whether the name that a source holds is the subject of its cue, and says anything."""

from __future__ import annotations

import re

from ...model import Quote, Span, Speaker
from ..coreference.roles import lexicon
from ..text.word_classes import lemma
from .speech import GROUPS, LABELLING, SPEECH
from .unnamed import unmet

_OBLIQUE = re.compile(r"[”\"’\w] (?:from|of|with|against|toward|towards) (?:the )?$")
_ACROSS = re.compile(r"\b(?:across|throughout|around|near) (?:the )?$")
_SUCH_AS = re.compile(r"\b(?:like|such as) [A-Z][^.;:“”\"]{1,40} (?:or|and) (?:the )?$")
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got) "
    r"(?:[a-z]+ly |also |not |even |often |never |once |still |now )?$"
)
_QUOTED = frozenset(("quote", "hear", "cite", "report"))


def not_oblique(text: str, speaker: Speaker, cue: Span) -> Speaker:
    """A name behind a preposition is not the subject: "advocates of a “break” with H say"."""
    start, end = speaker.start, speaker.end
    if not speaker.actor or start is None or end is None:
        return speaker
    before = text[max(0, start - 60) : start]
    behind = text[end : end + 24].split()[:1] if end < cue.start else []
    oblique = (
        # "the Gazette/Wire poll", "Lund Bank head says"
        text[end : end + 1] == "/"
        or (behind != [] and behind[0] in lexicon().people)
        or (cue.start >= end and speaker.how == "name" and bool(_ACROSS.search(before[-12:])))
    )
    if end <= cue.start <= end + 2:
        oblique = oblique or bool(_OBLIQUE.search(before[-12:]) or _SUCH_AS.search(before))
    return unmet(speaker, "the text does not name this source") if oblique else speaker


def undergoes(text: str, speaker: Speaker, cue: Span, quote: Quote) -> bool:
    """Whether the verb is passive and its subject says nothing: "Falk was asked about it"."""
    start, end = speaker.start, speaker.end
    if start is None or end is None or not end <= cue.start <= end + 80:
        return False
    if cue.text == "Said" and quote.content[:3].lower() == "to ":
        return quote.kind != "direct"  # "Haddad Said to Have Left"
    word = lemma(cue.text.lower())
    undergone = word in SPEECH or word in LABELLING or "j" in GROUPS.get(word, "")
    if not undergone or word in _QUOTED or cue.text.lower().endswith("ing"):
        return False
    return _BE.search(text, max(end, cue.start - 24), cue.start) is not None
