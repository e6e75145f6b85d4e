"""What kind of act a quotation is: something said, something thought, or a mere attitude.

A statement is said or written by somebody, in their words or reported as a proposition. A thought
is a hope, a fear, a plan, an expectation, an answer counted in a poll. An attitude is praise,
support, criticism or a subject of talk: a noun phrase that nobody uttered.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ...model import QuoteAct
from ..text.word_classes import lemma
from .attribution import Attribution
from .candidates import BE, names_thing
from .marks import titled
from .scan import Scan
from .senses import noun_field, verb_sense
from .speech import (
    ASSERTING,
    DENYING,
    DIRECTING,
    DOCUMENTS,
    EMPHATIC,
    GROUPS,
    LABELLING,
    NOMINAL,
    POLLS,
    SPEECH,
    STANCES,
    THOUGHTS,
)

_CLAUSE = re.compile("[dzxm]|h.*b|^[wh].*[bt]").search
_FINITE = re.compile("[dzxm]").findall
_VERBS = re.compile("[xm][xmrbe]*|[dz]").findall
_RELATIVES = re.compile("[wh]").findall
_RELATIVE = re.compile("[^dzxmbwh]+(?:w|hr*[dzxm])").match
_RELATIVE_ALONE = re.compile("hr*[dzxme]|h[^,]+i$").match
_PLURAL_VERB = re.compile("[ajqnN]*[nNp]r*b").match
_REPORTING = frozenset("say add argue insist claim warn note think believe maintain".split())
_INFINITIVE = re.compile("tr*[bx]").search
_CONTRACTED = re.compile(
    "(?:^| )(?:i|you|he|she|it|we|they|there|that|who|what)['’](?:s|re|ll|ve|d|m)(?: |$)"
).search
_TALKING = frozenset(("speak", "talk", "refer", "allude"))
_CAUSING = frozenset(("ensure", "require"))  # of things as of people
_AT_TIMES = frozenset("sometimes often formerly popularly widely commonly once long".split())
_TO_MEET = re.compile("[aNnjq]*Ntb").match
_HARD = frozenset(
    """hard harder easy easier difficult impossible tempting fair safe way ways time reason need
    ability chance little nothing""".split()
)
_HARDLY = frozenset(
    "little few nothing much more less something so enough anything goodbye farewell hello".split()
)
_HANDING = frozenset(("offer", "release", "refuse", "reject"))  # of things as of words
_VOTING = frozenset(("reject", "dismiss"))  # what a body does as well as a speaker
_SHOWING = frozenset(("reveal", "unveil", "share", "disclose"))
_THINGS = frozenset(("6", "17", "19"))  # WordNet's fields of artefacts, objects and phenomena
_INWARD = frozenset(("wonder", "remember"))
_DEPICTIONS = frozenset(
    """video videos footage image images picture pictures photo photos photograph photographs clip
    clips animation graphic""".split()
)
_UTTERANCE = "10"  # WordNet's field of nouns of communication
_COMMUNICATION = "32"  # WordNet's field of verbs of communication
_FINDERS = frozenset("researchers scientists auditors investigators economists".split())
_FINDING = frozenset("find show conclude suggest indicate reveal estimate".split())


def act_of(scan: Scan, found: Attribution, marked: bool) -> QuoteAct:
    """The act of an attribution; ``marked`` is true where words of it stand between marks."""
    if found.kind == "direct" or found.cue is None:
        return "statement"
    if _polled(scan, found):
        return "thought"
    cue = found.cue[0]
    low = scan.lower[cue]
    if found.rule in ("according", "colon", "label"):
        return "statement"
    content = _content(scan, found)
    there = _words(scan, found)
    clause = _is_clause(content) or _CONTRACTED(" ".join(there)) is not None
    clause = clause or (lemma(low) in _REPORTING and bool(_PLURAL_VERB(content)))
    if content[:1] == "t" and not _speaks(there):
        clause = False  # "to do what they asked"
    if impersonal(scan, cue) and lemma(low) in SPEECH and (clause or marked):
        return "statement"
    if _by_nobody(scan, found) or (not marked and _aside(scan, cue)):
        return "attitude"
    if found.source is None and not clause and not marked and not _INFINITIVE(content):
        return "attitude"
    if content[:1] == "h" and _RELATIVE_ALONE(content) and _is_apart(scan, found):
        return "attitude"
    if found.rule == "noun":
        noun = NOMINAL.get(low, low)
        if content[:1] == "h" and _RELATIVE_ALONE(content):
            return "attitude"  # "a proposal that passed"
        if noun in THOUGHTS:
            return "thought"
        if marked or (noun not in STANCES and (clause or _INFINITIVE(content))):
            return "statement"
        return "attitude"
    if found.rule == "adjective":
        nobody = found.source is not None and scan.lower[found.source.first] == "it"
        return "statement" if low in EMPHATIC and clause and not nobody else "thought"
    word = lemma(low)
    group = GROUPS.get(word, "")
    if word == "ask" and found.source is None:
        return "attitude"  # "asked what he thought": nobody is told to ask
    hardly = bool(there[:1]) and there[0] in _HARDLY and there[1:2] != ["than"]
    if _attributive(scan, cue, clause) or (not clause and hardly):
        return "attitude"
    before = scan.lower[max(0, cue - 2) : cue]
    if before[1:] == ["to"] and before[0] in _HARD:
        return "attitude"  # "hard to argue", "a way to say", "had little to say about it"
    if word == "call" and _TO_MEET(content):
        return "attitude"  # "called the skipper to thank him"
    infinitive = scan.tags[cue] == "b" and "t" in scan.tags[max(0, cue - 3) : cue]
    if infinitive and not marked and "too" in scan.lower[max(0, cue - 8) : cue]:
        return "attitude"  # "too young to remember it"
    if not marked and (word in _CAUSING or (word in _TALKING and content[:1] != "h")):
        return "attitude"
    if _named(scan, found, word):
        return "attitude"
    if found.rule == "passive":
        return _of_passive(found, word, clause or marked)
    at_times = scan.lower[cue - 1] in _AT_TIMES and scan.tags[cue - 2 : cue - 1] == ","
    if word in LABELLING and at_times and scan.tags[cue] in "ed":
        return "attitude"  # "Lumara, sometimes called the old town"
    if found.rule == "verb" and scan.tags[cue] in "ed" and _is_passive(scan, cue):
        return "thought" if "t" in group else "attitude"  # "voters were urged to stay"
    if found.rule == "tag":
        finds = word in _FINDING and not (DOCUMENTS | _FINDERS).isdisjoint(_heads(scan, found))
        return "thought" if "t" in group and "s" not in group and not finds else "statement"
    if word in _INWARD and not marked:
        return "thought"
    if marked:
        if group == "t" and (_wondering(scan, found) or not _speaks_whole(scan, found)):
            return "thought"
        few = sum(map(str.isalpha, _marked_words(scan, found))) < 3
        if group == "j" and few and not clause and word not in LABELLING and "as" not in there:
            return "attitude"  # "backs a cheaper “buy-in”"
        if not group and (found.confidence < 0.5 or (few and word not in SPEECH)):
            return "attitude"
        return "attitude" if not clause and word != "say" and _titled(scan, found) else "statement"
    if word in ("call", "ask", "appeal", "plead") and there[:1] == ["for"]:
        return "statement"  # "asked for lower bail"
    if content[:1] == "t" and word == "continue":
        return "attitude"
    if clause and word not in LABELLING:
        return _of_clause(scan, found, word, group)
    if word in LABELLING and "as" in there and content[:1] != "t":
        return "statement"
    if _INFINITIVE(content) and not (group == "j" and content[0] != "t"):
        if word in ("refuse", "decline", "offer", "agree") and not _speaks(there):
            return "attitude"
        return "statement" if word in DIRECTING else "thought"
    if word in LABELLING:
        return "statement" if _labels(word, there) else "attitude"
    if "t" in group and "s" not in group and "j" not in group:
        return "thought"
    if word in _HANDING and noun_field(_head(scan, found)) != _UTTERANCE:
        return "attitude"
    if word == "invite" or (word in _VOTING and _head(scan, found) not in NOMINAL):
        return "attitude"  # "invited two speakers", "rejected the ban"
    if word in _SHOWING and noun_field(_head(scan, found)) in _THINGS:
        return "attitude"  # "revealed pictures of the mast"
    return "statement" if word in ASSERTING else "attitude"


def impersonal(scan: Scan, cue: int) -> bool:
    """Whether it is only told that somebody says so: "it was claimed that"."""
    k = cue - 1
    while k > 0 and scan.tags[k] in "rx":
        k -= 1
    return scan.lower[k] == "it" and _is_passive(scan, cue)


def _by_nobody(scan: Scan, found: Attribution) -> bool:
    """Whether the reader is told to do it ("Remember that ..."), or things and pictures do:
    "nothing says trust like a contract", "the video shows"."""
    source, cue = found.source, found.cue[0] if found.cue else 0
    if source is not None:
        shows = found.cue is not None and lemma(scan.lower[cue]) in ("show", "reveal")
        seen = shows and scan.lower[source.stop - 1] in _DEPICTIONS
        return seen or scan.lower[source.first] == "nothing"
    first = scan.scopes[scan.scope_of(cue)].first
    return scan.tags[cue] == "b" and scan.tags[first:cue].strip("cr,") == ""


def _aside(scan: Scan, cue: int) -> bool:
    """Whether the verb only introduces what somebody says: ", to state the obvious"."""
    return cue > 1 and scan.tags[cue - 1] == "t" and scan.tags[cue - 2] in ",-"


def _attributive(scan: Scan, cue: int, clause: bool) -> bool:
    """Whether the cue only describes the noun behind it: "made threatening calls", "a federal
    appeals court"."""
    tags = scan.tags
    before = tags[cue - 1] if cue else "."
    if tags[cue] == "g":
        joined = before in "nN" and tags[cue + 1 : cue + 2] == "n" and scan.lower[cue] in NOMINAL
        return not clause and (before in "dzbgea" or joined)  # "the storm warning system"
    return tags[cue] == "z" and before in "ja" and tags[cue - 2 : cue - 1] in ("a", "j", "q")


def _named(scan: Scan, found: Attribution, word: str) -> bool:
    """Whether the cue only tells what a thing is called: "a planet called Lenz"."""
    cue, source = found.cue[0] if found.cue else 0, found.source
    if word not in ("call", "name", "dub", "title") or source is None:
        return False
    if source.stop != cue - (scan.tags[cue - 1] == ","):
        return False
    return scan.tags[cue] in "de" and (
        scan.lower[source.first] in ("a", "an") or names_thing(scan, source)
    )


def _is_apart(scan: Scan, found: Attribution) -> bool:
    """Whether a noun stands between the cue and the content: "cited a rule that requires"."""
    first = bisect_left(scan.starts, found.fragments[0][0])
    return found.cue is not None and found.cue[1] < first and scan.tags[first - 1] in "nN"


def _is_passive(scan: Scan, cue: int) -> bool:
    k = cue - 1
    while k > 0 and scan.tags[k] == "r":
        k -= 1  # "is repeatedly called"
    return scan.lower[k] in BE or lemma(scan.lower[k]) == "become"


def _is_clause(content: str) -> bool:
    """Whether the words say something of something: more than a noun with a relative clause."""
    if content[:1] == "h" and content[1:2] in "jnN" and not (_FINITE(content) or "b" in content):
        return False  # "that proposal"
    if _RELATIVE(content) and len(_VERBS(content)) <= len(_RELATIVES(content)):
        return False  # "the adviser who has led the talks"
    return bool(_CLAUSE(content))


def _of_passive(found: Attribution, word: str, clause: bool) -> QuoteAct:
    """ "was told by H that", "was described as", "is expected to", "seems" """
    if word not in SPEECH and word not in LABELLING:
        return "thought" if "t" in GROUPS.get(word, "t") else "attitude"
    return "statement" if clause or found.source is not None else "attitude"


def _of_clause(scan: Scan, found: Attribution, word: str, group: str) -> QuoteAct:
    if "s" in group or word in DIRECTING or word in LABELLING or word in DENYING:
        return "statement"
    if word in _FINDING and not (DOCUMENTS | _FINDERS).isdisjoint(_heads(scan, found)):
        return "statement"
    if not group and verb_sense(word).field == _COMMUNICATION:
        return "statement"
    return "attitude" if group == "j" else "thought"


def _wondering(scan: Scan, found: Attribution) -> bool:
    """Whether the cue stands in a question that is open: "it is not clear what H believes"."""
    cue = found.cue[0] if found.cue else 0
    return found.source is not None and scan.tags[found.source.first - 1] == "w" and cue > 0


def _speaks_whole(scan: Scan, found: Attribution) -> bool:
    """Whether a verb stands between the marks, not a mere name for something."""
    for a, b in found.fragments:
        first, stop = scan.tokens_of(a, b)
        marked = [scan.open_tags[k] for k in range(first, stop) if scan.tags[k] == "Q"]
        if not {"d", "z", "x", "m", "b"}.isdisjoint(marked):
            return True
    return False


def _labels(word: str, there: list[str]) -> bool:
    """Whether it is told what somebody or something is called or blamed for."""
    if word in ("accuse", "blame", "credit"):
        return "of" in there or "for" in there
    if word in ("call", "label", "dub", "brand", "term"):
        return len(there) > 2 and there[0] not in ("for", "on", "to")
    return "as" in there or (word in ("liken", "compare") and bool({"to", "with"} & set(there)))


def _speaks(there: list[str]) -> bool:
    return len(there) > 1 and lemma(there[1]) in SPEECH


def _titled(scan: Scan, found: Attribution) -> bool:
    """Whether what stands between marks is a title: "wrote the thriller “The Long Road”"."""
    a, b = found.fragments[0][0], found.fragments[-1][1]
    inside = [k for k, m in enumerate(scan.marked) if a <= m.open and m.close <= b + 1]
    return bool(inside) and all(titled(scan, k) for k in inside)


def _polled(scan: Scan, found: Attribution) -> bool:
    """Whether those asked in a poll say it, or the poll does."""
    return found.source is not None and not POLLS.isdisjoint(_heads(scan, found))


def _heads(scan: Scan, found: Attribution) -> list[str]:
    """The words of the source."""
    source = found.source
    return scan.lower[source.first : source.stop] if source else []


def _head(scan: Scan, found: Attribution) -> str:
    """The head of the noun phrase that opens the content."""
    first = bisect_left(scan.starts, found.fragments[0][0])
    return scan.lower[max(first, scan.phrase_stop[first] - 1)]


def _marked_words(scan: Scan, found: Attribution) -> list[str]:
    """The words of the content that stand between marks."""
    out: list[str] = []
    for a, b in found.fragments:
        first, stop = scan.tokens_of(a, b)
        out += [scan.tokens[k] for k in range(first, stop) if scan.tags[k] == "Q"]
    return out


def _words(scan: Scan, found: Attribution) -> list[str]:
    """The words of the content, in small letters, with a preposition before it."""
    out: list[str] = []
    for a, b in found.fragments:
        first, stop = scan.tokens_of(a, b)
        if not out and found.cue and first == found.cue[1] + 1 and scan.tags[first - 1] == "i":
            first -= 1
        out += scan.lower[first:stop]
    return out


def _content(scan: Scan, found: Attribution) -> str:
    """The classes of the words of the content."""
    out = ""
    for a, b in found.fragments:
        first, stop = scan.tokens_of(a, b)
        out += scan.tags[first:stop]
    return out
