"""Reported speech and thought: candidates for what a word of telling or thinking reports.

Every verb outside quotation marks, every noun that names something said, and "according to" is a
site. A site has a source, and a few places where its content may start and end; ``scoring`` says
how likely each is, and the best of a site stands if it is likely enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.word_classes import classes_of, lemma
from .scan import Scan, Scope
from .senses import noun_field
from .sources import (
    Source,
    agent,
    ahead,
    controlled,
    inverted,
    main_subject,
    over_relative,
    subject,
)
from .speech import (
    ADJECTIVES,
    FURNITURE,
    GROUPS,
    NOMINAL,
    SEEMING,
    SOURCE_NOUNS,
)

# How a source is found that another verb has for its own.
TAKEN_OVER = frozenset(
    (
        "participle",
        "coordinated",
        "infinitive",
        "preposition",
        "adjunct",
        "chained",
        "after",
        "quote",
        "noun",
    )
)
BE = frozenset("is are was were be been being am".split())
PEOPLE = frozenset(("14", "18"))  # WordNet's fields of groups and persons
_GOING = frozenset(("go", "goes", "going", "gone", "went"))
_WHENEVER = frozenset(("when", "if", "once"))
_WHOSE = frozenset(("by", "from", "among"))
_MAY_BE_VERB = re.compile("[dzbu]").search


@dataclass(slots=True)
class CueCandidate:
    """A place that may report: the cue ``token``, its ``shape``, and its source."""

    token: int
    shape: str  # verb, passive, tag (content before), noun, adjective, colon, according
    scope: Scope
    source: Source | None
    cue: tuple[int, int]
    rivals: str = ""  # how the sources were found that the cue may have


@dataclass(slots=True)
class ContentCandidate:
    """A content that a site may have: tokens ``first`` to ``stop``; ``more`` is a second span."""

    first: int
    stop: int
    start: str
    end: str
    more: tuple[int, int] | None = None

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The token ranges that it is made of."""
        whole = (self.first, self.stop)
        return (whole, self.more) if self.more else (whole,)


def cue_candidates(scan: Scan, busy: set[int]) -> Iterator[CueCandidate]:
    """All sites in order; ``busy`` are tokens that already are the cue of a direct quotation."""
    tags, lower = scan.tags, scan.lower
    for scope in scan.scopes:
        first, stop = scope
        for i in range(first, stop):
            tag = tags[i]
            if tag in "dzbeg":
                if i in busy:
                    continue
                if lower[i] == "according":
                    if i + 2 < stop and lower[i + 1] == "to":
                        source = inverted(scan, i + 1, stop)
                        if source:
                            yield CueCandidate(i, "according", scope, source, (i, i + 2))
                    continue
                yield from _verb(scan, i, scope)
            elif tag in "jr" and lower[i] in ADJECTIVES:
                if i > first and tags[i - 1] in "xr":
                    yield CueCandidate(i, "adjective", scope, subject(scan, i, first), (i, i + 1))
                elif i > first and tags[i - 1] == "," and tags[i + 1 : i + 2] in ("h", "t"):
                    whose = main_subject(scan, first, i)  # "Saleh left, eager to tell them"
                    yield CueCandidate(i, "adjective", scope, whose, (i, i + 1))
            elif tag == ":" and not scan.tokens[first].isupper():
                start = scan.phrase_start[first]
                whole = first <= start and scan.phrase_stop[first] == i and i - first < 8
                if whole and lower[i - 1] not in FURNITURE and _speaks(scan, first, i):
                    yield CueCandidate(i, "colon", scope, Source(first, i, "label"), (i, i + 1))
            elif tag == "n" and lower[i] in NOMINAL:
                source = _owner(scan, i, first)
                yield CueCandidate(i, "noun", scope, source, (i, i + 1))
                if i > first and _rather_verb(scan, i, first):
                    yield from _verb(scan, i, scope)  # "the president hopes"
            elif tag == "n" and first < i < stop - 1 and tags[i + 1] in "aphNoQ":
                third = lower[i][-1:] == "s" and lemma(lower[i]) in GROUPS
                if third and _rather_verb(scan, i, first):
                    yield from _verb(scan, i, scope)  # "a strike that the union predicts"


def _rather_verb(scan: Scan, noun: int, floor: int) -> bool:
    """Whether what is read as a noun may be the verb behind its subject: "he also views"."""
    k = noun - 1
    while k > floor and scan.tags[k] == "r" and noun - k < 3:
        k -= 1
    if scan.tags[noun + 1 : noun + 2] in ("d", "z", "x", "m"):
        return False  # "the Haddad comments drew fire"
    return scan.tags[k] in "nNpw" and bool(_MAY_BE_VERB(classes_of(scan.lower[noun])))


def _verb(scan: Scan, i: int, scope: Scope) -> Iterator[CueCandidate]:
    tags, lower = scan.tags, scan.lower
    source: Source | None
    if _no_verb(scan, i):
        return
    as_told = i == scope.first + 1 and lower[i - 1] == "as" and lower[i + 1 : i + 2] == ["by"]
    asked = lower[i] == "asked" and lower[i - 1] in _WHENEVER  # "Saleh said when asked about it"
    accused = lower[i] in ("accused", "blamed") and lower[i + 1 : i + 2] in (["of"], ["for"])
    passive = tags[i] in "ed" and (_is_passive(scan, i, scope.first) or as_told or asked or accused)
    if passive or lemma(lower[i]) in SEEMING:
        source = agent(scan, i, scope.stop)
        yield CueCandidate(i, "passive", scope, source, (i, i + 1))
        if asked or accused:
            return
        source = source or subject(scan, i, scope.first)
    else:
        source = subject(scan, i, scope.first)
    before = tags[i - 1] if i > scope.first else "."
    if tags[i] in "dzb" and before in ",-Q" and (i + 1 < scope.stop):
        turned = inverted(scan, i, scope.stop)
        if turned and (turned.stop >= scope.stop or tags[turned.stop] in ",.-:iywegj"):
            yield CueCandidate(i, "tag", scope, turned, (i, i + 1))
            last = turned.others[-1][1] if turned.others else turned.stop
            closes = last >= scope.stop or tags[last] == "."
            if closes and before == "," and lower[i] in ("say", "said", "says"):
                return  # "voters who backed him, say two aides."
    if source and source.how in ("subject", "apposition", "relative", "participle"):
        k = source.begin
        whose = lower[source.first] == "whose"
        if lower[k - 1] == "as" and k > scope.first + 2:
            k -= 1  # "The port is shut, as H noted"
        said = tags[i] in "dzb" or (tags[i] in "eg" and before in "xr")  # "H has announced."
        if k > scope.first + 1 and tags[k - 1] in ",-Q" and said and not whose:
            yield CueCandidate(i, "tag", scope, source, (i, i + 1))
    found = [source] if source else []
    for other in _others(scan, i, scope, source):
        if other.first not in [f.first for f in found]:
            found.append(other)
    rivals = "+".join([f.how for f in found]) if len(found) > 1 else source.how if source else ""
    if len(found) > 1 and scan.tags[found[0].first : found[0].stop] == "o":
        del found[0]  # "parties that have backed him say"
    for one in found:
        yield CueCandidate(i, "verb", scope, one, (i, i + 1), rivals)
    if not found:
        yield CueCandidate(i, "verb", scope, None, (i, i + 1))


def _no_verb(scan: Scan, i: int) -> bool:
    """Whether the words only look like a telling: "show said letter", "as they say", "a few, say,
    six", "went on to say"."""
    lower = scan.lower
    if lower[i] == "say" and scan.tags[i - 1 : i] == "," == scan.tags[i + 1 : i + 2]:
        return True
    if lower[i] in _GOING and lower[i + 1 : i + 3] == ["on", "to"]:
        return True
    if lower[i] == "said":
        return scan.tags[i - 1 : i] in ("a", "b") and scan.tags[i + 1 : i + 2] in ("n", "j")
    return lower[i] == "say" and lower[max(0, i - 2) : i] == ["as", "they"]


def _speaks(scan: Scan, first: int, colon: int) -> bool:
    """Whether what stands before a colon may speak: a name, a person, an organisation, a
    writing; else it is the field of a form ("Type: ferry")."""
    if scan.tags[colon - 1] == "N" or scan.tags[first] in "po":
        return True
    head = scan.lower[colon - 1]
    return head in SOURCE_NOUNS or head in NOMINAL or noun_field(head) in PEOPLE


def names_thing(scan: Scan, source: Source) -> bool:
    """Whether the head of a source is a common noun of no person or group: "this series"."""
    head = source.stop - 1
    return scan.tags[head] == "n" and noun_field(scan.lower[head]) not in PEOPLE


def _is_passive(scan: Scan, verb: int, floor: int) -> bool:
    """Whether a form of "be" stands before the participle: "was widely expected"."""
    k = verb - 1
    while k > floor and scan.tags[k] == "r" and verb - k < 4:
        k -= 1
    return k >= floor and scan.lower[k] in BE


def _others(scan: Scan, i: int, scope: Scope, source: Source | None) -> Iterator[Source]:
    """Who else than ``source`` may be the subject of the verb at token ``i``."""
    other: Source | None = None
    if source is None or source.how in TAKEN_OVER:
        other = main_subject(scan, scope.first, i)
        if other:
            yield other
    if source and source.how == "infinitive":
        other = controlled(scan, i, scope.first)
    elif source and source.how == "subject":
        other = over_relative(scan, source, scope.first)
    elif source and source.how in ("participle", "noun", "preposition", "adjunct"):
        other = ahead(scan, i)
    else:
        return
    if other:
        yield other


def _owner(scan: Scan, noun: int, floor: int) -> Source | None:
    """Whose claim it is: "H's claim", "his claim", "the claim of H"."""
    tags, lower = scan.tags, scan.lower
    k = noun - 1
    while k >= floor and noun - k < 8 and tags[k] in "jnNrq":
        if tags[k] == "q":
            first = scan.phrase_start[k]
            return Source(first if first >= floor else k, k + 1, "owner")
        k -= 1
    if k >= floor and tags[k] == "a" and lower[k] in ("his", "her", "their", "its", "my", "our"):
        return Source(k, k + 1, "owner")
    if noun + 2 < len(tags) and lower[noun + 1] in _WHOSE:
        n = noun + 2
        if scan.phrase_start[n] >= 0:
            return Source(n, scan.phrase_stop[n], "by")
    for v in range(k, max(floor, k - 12) - 1, -1):
        if tags[v] in "dzbge":
            found = subject(scan, v, floor)
            return found and found._replace(how="verb" if k - v < 5 else "far")
        if tags[v] in ",.:Qw":
            break
    return ahead(scan, noun) if noun - floor < 8 else None
