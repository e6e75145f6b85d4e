"""Extractive summarisation: which sentences can be read alone, and which of them say most.

Sentences are ranked by their cosine to the centroid of all candidates (Radev and others 2004), each
report with one voice, and chosen by maximal marginal relevance (Carbonell and Goldstein 1998), so
that none says what another has said. Pure functions; ``reports`` gives the sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..fold import words
from .event_mention import empty_words, stem
from .punctuation import balanced, whole
from .vectors import Vectors, centroid, cosine

SHORTEST, LONGEST = 8, 45
"""Words of a sentence that can be read alone."""

LEAD = 3
"""So many sentences at the head of a report tell what it is about."""

LEAD_BONUS, SUBJECT_BONUS, TOPIC_BONUS = 0.12, 0.2, 0.3
"""What standing in the lead, beginning with the actor, and holding all words of the topic count
for, against a cosine."""

DAY_BONUS = 0.25
"""What the weight of the day counts for of which a sentence tells best."""

OPENER_MALUS = 0.12
"""What leaning on the sentence before costs."""

OPAQUE_MALUS = 0.08
"""What each pronoun costs for which the sentence itself may hold no antecedent."""

AHEAD_MALUS, OVER_MALUS = 0.1, 0.2
"""What it costs to tell what is to come, and where a later report is read: it is over by then."""

OPINION_MALUS = 0.15
"""What it costs to tell what ought to be."""

SPOKEN_MALUS = 0.12
"""What it costs that most of a sentence is quoted: somebody's words are no account."""

NOVELTY = 0.6
"""What likeness to a sentence that was chosen before costs, as a share of the cosine."""

SAME = 0.55
"""Two sentences whose cosine is higher say the same."""

REPEATED = 4
"""A run of four words that begins so many sentences of one report belongs to its furniture."""

_DATELINE = re.compile(
    r"(?:(?:[A-Z][\w./'’-]*[ ,]+|\d{1,2}[ ,]+){0,8}?\((?:[A-Z][\w./&’' -]{1,30})\)"  # "Oslo (Wire)"
    r"|[A-Z][A-Z.'’ -]{2,}(?:, [A-Z][\w. ,]{1,30}?)?)"  # "MUSCAT, June 3 -"
    r"\s*(?:--+|[—–-])\s+(?=[\"“A-Z0-9])"
)
_AGENCY = re.compile(r"\([A-Z]{2,6}\)\s+(?=[\"“A-Z])")  # "(UPI) The port was closed."
_CAPTION = re.compile(
    r"\b(?:combination|file|undated|handout) (?:photo|picture|image)"
    r"|\bin this (?:[\w-]+ ){0,3}(?:photo|picture|image|frame)"
    r"|\b(?:photo|picture|image)s? (?:by|via|released|provided|courtesy)\b"
    r"|\b(?:hide|show|view) captions?\b|/via |\bGetty Images\b|\bAP Photo\b"
    r"|^(?:photos?|pictured?|pictures|images?|captions?)\s*[:|(]",
    re.IGNORECASE,
)
_SIDE = re.compile(  # whom a picture shows where, "Omar Haddad (left)"
    r"[A-Z][\w.’'-]+(?:, | \()(?:(?:far|second|third|from) )*(?:left|right|cent(?:er|re))(?:\)|, )"
)
_MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_SHOWN = re.compile(  # what a picture shows somebody do, and when it was taken
    r"\b(?:speak|talk|testif(?:y|ies)|walk|listen|arrive|attend|look|wave|stand|sit|hold"
    r"|address(?:es)?|gesture|leave|pose|shake|watch(?:es)?|smile|react|carr(?:y|ies)|load|wait"
    r"|gather|march(?:es)?|protest|demonstrate|embrace|cheer|prepare|work|rall(?:y|ies))s?\b"
    rf"[^“”\"]*(?:\b(?:on|in)|,) (?:[A-Z][a-z]+day,? )?{_MONTH} "
    r"(?:\d{1,2}\b(?:, \d{4})?|\d{4})"
    r"(?:\.$|,? (?:in|at|near|outside) [A-Z]|, (?:in|at|near|outside)\b)"
)
_DATED = re.compile(rf"[,.] (?:[A-Z][a-z]+day,? )?{_MONTH} \d{{1,2}}, \d{{4}}\.$")
_TERM = re.compile(r"\b(?:is|are|(?:begin|start|expire|end|open|close|run|take)s?)\b")
"""Verbs that tell in the present of a day to come."""
_PAST = re.compile(r"\b(?:said|says|was|were|had|has|have|will|would|did)\b|\w{2}ed\b")
_GLUED = re.compile(
    r"[a-z]{2}(?:[A-Z]{3,}|(?:19|20)\d\d)\b|[a-z]{2}[A-Z][a-z]+ [^.]*\bMORE\b"
)  # the text of links run into a name
_BUTTON = re.compile(  # of a page of the web, before the text of which it stood
    r"(?:CLOSE|WATCH|PLAY|SHARE|PRINT|EMAIL|VIEW|EMBED|ADVERTISEMENT|SKIP|PHOTO|VIDEO|AUDIO)\s+"
    r"(?=[A-Z][a-z])"
)
_TAG = re.compile(
    r"\b(?:he|she|they|it) (?:also )?(?:said|says|added|noted|wrote|told)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:(?:is|are) (?:set|scheduled|expected|due) to|plans? to|tomorrow|will)\b", re.IGNORECASE
)
_OUGHT = re.compile(r"\b(?:should|ought)\b", re.IGNORECASE)
_MARKS = re.compile(r"(?:[-*•·‣▪>#]+|\d+[.)])\s+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_TEASER = re.compile(
    r"(?:opinion|read|watch|photos?|videos?|pictures|related|more|see also|analysis|exclusive|"
    r"editor['’]s note|note|update|live|listen)\b[^.]{0,15}[:|>]",
    re.IGNORECASE,
)
_FRONTED = re.compile(  # "On Friday afternoon, she joined": no name before the pronoun
    r"(?:on|in|at|by|from|with|for|as|when|while|after|before|during|since|until|last|earlier|later)\b"
    r"(?: (?:[a-z0-9][\w’'-]*|[A-Z][a-z]+day|" + _MONTH + r"))*, (?:he|she|they|it)\b",
    re.IGNORECASE,
)
_DAY_NAME = re.compile(rf"[A-Z][a-z]+day,?|{_MONTH},?")
_NOTE = re.compile(r"[.!?]\*+\s")  # the mark of a note, behind which another sentence stands
_TORN = re.compile(  # at an abbreviation: "(R-Kar.)" at its end, a weekday without a subject
    r"\([A-Z][\w.-]*\.\)$|^[A-Z][a-z]+day (?:to|for|at|with|by|that|after|before)\b"
)
_THE_MEN = re.compile(
    r"The (?:two |three |four |other )?"
    r"(?:m[ea]n|wom[ea]n|couple|pair|duo|trio|boys?|girls?|brothers|sisters)"
    r"(?:,| (?!who\b|of\b|from\b|in\b|behind\b|with\b|whose\b|at\b))"
)
"""People who are told of before."""

_LOOSE = frozenset(
    "he she it they his her its their hers theirs him them this that these those such there"
    " i we you my our your here"
    " so thus therefore then instead nor and".split()
)
"""Words with which a sentence begins that is not understood alone."""

_UNCLEAR = frozenset("it they them these those this there here".split())
_HE = frozenset("he she him".split())
SHORT = 12
"""Up to so many words, a sentence hardly holds the antecedent of a pronoun."""

_LEANING = frozenset(
    "but however still yet meanwhile also moreover nevertheless nonetheless indeed besides"
    " furthermore for or if when while after later earlier above within rather".split()
)
_ADDS = re.compile(r"\badd(?:ed|s|ing)? that\b|, (?:he|she|it|they) added\b")
_FIRST_PERSON = frozenset("i i'm i've i'd we we're we've me us my our you your".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be read alone: ``text`` is on one line, from ``start`` to ``end`` of the
    document ``report`` (its place among those read), ``number`` counts from 0 in it. ``begins``:
    it begins with the actor that is asked for; ``terms`` are the stems of its telling words."""

    report: int
    start: int
    end: int
    text: str
    number: int
    published: str | None
    terms: frozenset[str]
    begins: bool = False


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of a sentence without its dateline and the mark of a list.

    >>> text = "CAIRO, Egypt (Wire) -- The port was closed."
    >>> a, b = trimmed(text, 0, len(text))
    >>> text[a:b]
    'The port was closed.'
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    if found := _MARKS.match(text, start, end):
        start = found.end()
    for pattern in (_BUTTON, _DATELINE, _AGENCY):
        if found := pattern.match(text, start, min(end, start + 80)):
            start = found.end()
    return start, end


def stands_alone(text: str) -> bool:
    """Whether a sentence, on one line, is whole and understood without those before it.

    >>> stands_alone("The harbour of Karoun was closed for three days by a storm.")
    True
    >>> stands_alone("He said that the harbour of Karoun was closed for three days.")
    False
    """
    there = words(text)
    if not SHORTEST <= len(there) <= LONGEST or not whole(text) or not balanced(text):
        return False
    if _TEASER.match(text) or is_caption(text):
        return False
    if text[0].islower() or text[0] in ",;:.…()·•-–—" or is_headline(text):
        return False
    if re.split("['’]", there[0])[0] in _LOOSE or _NOTE.search(text) or _TORN.search(text):
        return False
    if _THE_MEN.match(text) or _refers_back(text):
        return False
    plain = _QUOTED.sub(" ", text)
    if _TAG.search(plain) or (len(there) <= SHORT and not _UNCLEAR.isdisjoint(words(plain))):
        return False
    return _FIRST_PERSON.isdisjoint(words(plain)) and "http" not in text and "|" not in text


def _refers_back(text: str) -> bool:
    """Whether a pronoun is the subject behind words that name nobody."""
    found = _FRONTED.match(text)
    return found is not None and not any(
        word[:1].isupper() and not _DAY_NAME.fullmatch(word) for word in found.group().split()[1:]
    )


def is_headline(text: str) -> bool:
    """Whether nearly all longer words are written large, as in the titles of other reports that
    stand within one."""
    longer = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return sum(w[0].isupper() for w in longer) > 0.7 * len(longer)


def is_caption(text: str) -> bool:
    """Whether a sentence tells of a picture, or has the text of links run into it.

    >>> is_caption("The port of Karoun is seen in this undated handout photo.")
    True
    """
    if _CAPTION.search(text) or _GLUED.search(text) or _SIDE.search(text):
        return True
    if _DATED.search(text) and not _PAST.search(text) and not _TERM.search(text):
        return True
    taken = _SHOWN.search(text)
    return taken is not None and not _PAST.search(text[: taken.end()])


def furniture(sentences: Sequence[str]) -> frozenset[int]:
    """The places of the sentences of one report that begin as others of it do: captions, lists of
    links, teasers. Numbers do not tell them apart."""
    if len(sentences) < REPEATED:
        return frozenset()
    heads: list[tuple[str, ...]] = []
    for text in sentences:
        there = ["#" if w.isdigit() else w for w in words(text[:60])[:4]]
        heads.append(tuple(there))
    counts = Counter(heads)
    return frozenset(n for n, h in enumerate(heads) if len(h) == 4 and counts[h] >= REPEATED)


def terms(text: str) -> frozenset[str]:
    """The stems of the words of ``text`` that tell something."""
    empty = empty_words()
    return frozenset([stem(word) for word in words(text) if word not in empty])


def hits(wanted: Collection[str], held: Collection[str]) -> float:
    """The share of the ``wanted`` stems that stand among ``held``; 0 where none is wanted."""
    return sum(t in held for t in wanted) / len(wanted) if wanted else 0.0


def select(
    sentences: Sequence[Sentence],
    number: int,
    *,
    wanted: Collection[str] = (),
    per_report: int = 1,
    weights: Sequence[float] = (),
    space: Vectors | None = None,
) -> list[tuple[Sentence, float]]:
    """The ``number`` sentences that say most, the best first, with their scores: none says what
    another says, at most ``per_report`` of one report. ``wanted`` are the stems of the topic,
    ``weights`` how much (0 to 1) the day matters that each tells of, ``space`` has the vectors of
    the sentences where they are made already."""
    space = space or Vectors(s.terms for s in sentences)
    middle = centroid(space.vectors, [s.report for s in sentences])
    scores = []
    last = max((s.published for s in sentences if s.published), default="")
    given = weights or [0.0] * len(sentences)
    for sentence, vector, weight in zip(sentences, space.vectors, given, strict=True):
        told = _QUOTED.sub(" ", sentence.text)
        scores.append(
            cosine(vector, middle)
            + DAY_BONUS * weight
            + LEAD_BONUS * (sentence.number < LEAD)
            + SUBJECT_BONUS * sentence.begins
            + TOPIC_BONUS * hits(wanted, sentence.terms)
            - OPENER_MALUS * leans(sentence.text)
            - OPAQUE_MALUS * opaque(sentence.text)
            - (OVER_MALUS if (sentence.published or last) < last else AHEAD_MALUS)
            * bool(_AHEAD.search(told))
            - OPINION_MALUS * bool(_OUGHT.search(told))
            - SPOKEN_MALUS * (quoted(sentence.text) > 0.5)
        )
    chosen: list[int] = []
    taken: Counter[int] = Counter()
    likeness = [0.0] * len(sentences)
    left = set(range(len(sentences)))
    while left and len(chosen) < number:
        best = max(left, key=lambda n: (scores[n] - NOVELTY * likeness[n], -n))
        chosen.append(best)
        taken[sentences[best].report] += 1
        left.discard(best)
        full = taken[sentences[best].report] >= per_report
        left -= {n for n in left if full and sentences[n].report == sentences[best].report}
        for n, alike in space.nearest(best).items():
            likeness[n] = max(likeness[n], alike)
            if alike > SAME:
                left.discard(n)
    return [(sentences[n], scores[n]) for n in chosen]


def quoted(text: str) -> float:
    """The share of a text that stands in quotation marks."""
    return sum(len(m.group()) for m in _QUOTED.finditer(text)) / (len(text) or 1)


def opaque(text: str) -> int:
    """How many pronouns a text has, two at most, for which it may hold no antecedent: all in a
    short one, those of things and of many in a longer one.

    >>> opaque("Karoun asked that they sign it."), opaque("Karoun, where he was born, was closed.")
    (2, 1)
    """
    plain = words(_QUOTED.sub(" ", text))
    unclear = _UNCLEAR if len(plain) > SHORT else _UNCLEAR | _HE
    return min(2, sum(w in unclear for w in plain))


def leans(text: str) -> bool:
    """Whether a sentence leans on the one before: by the word that it begins with, or since it
    adds to what was said.

    >>> leans("But the harbour was shut."), leans("The mayor added that the harbour was shut.")
    (True, True)
    """
    first = words(text[:20])
    adds = _ADDS.search(_QUOTED.sub(" ", text)) is not None
    return bool(first) and (first[0] in _LEANING or adds)
