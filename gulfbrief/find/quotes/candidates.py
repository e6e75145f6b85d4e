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
from .speech import ADJECTIVES, FURNITURE, MEDIA, NOMINAL, SEEMING, SPEECH, TELLING

_LONG = 160  # a content reaches no further than so many tokens
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
            elif tag == ":" and not scan.tokens[first].isupper():
                start = scan.phrase_start[first]
                whole = first <= start and scan.phrase_stop[first] == i and i - first < 8
                if whole and lower[i - 1] not in FURNITURE:
                    yield CueCandidate(i, "colon", scope, Source(first, i, "label"), (i, i + 1))
            elif tag == "n" and lower[i] in NOMINAL:
                source = _owner(scan, i, first)
                yield CueCandidate(i, "noun", scope, source, (i, i + 1))
                if i > first and tags[i - 1] in "nNpw" and _MAY_BE_VERB(classes_of(lower[i])):
                    yield from _verb(scan, i, scope)  # "the president hopes"


def _verb(scan: Scan, i: int, scope: Scope) -> Iterator[CueCandidate]:
    tags, lower = scan.tags, scan.lower
    source: Source | None
    if (tags[i] in "ed" and i > scope.first and lower[i - 1] in BE) or (lemma(lower[i]) in SEEMING):
        source = agent(scan, i, scope.stop)
        yield CueCandidate(i, "passive", scope, source, (i, i + 1))
        source = source or subject(scan, i, scope.first)
    else:
        source = subject(scan, i, scope.first)
    before = tags[i - 1] if i > scope.first else "."
    if tags[i] in "dzb" and before in ",-Q" and (i + 1 < scope.stop):
        turned = inverted(scan, i, scope.stop)
        if turned and (turned.stop >= scope.stop or tags[turned.stop] in ",.-:iy"):
            yield CueCandidate(i, "tag", scope, turned, (i, i + 1))
    if source and source.how in ("subject", "apposition", "relative", "participle"):
        k = source.others[0][0] if source.others else source.first
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
    if noun + 2 < len(tags) and lower[noun + 1] in ("by", "from"):
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


def content_candidates(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """The contents that the site may have."""
    if candidate.shape == "tag" or (candidate.shape == "according"):
        out = _before(scan, candidate)
        if candidate.shape == "according" and candidate.source:
            out += _following(scan, candidate)
        return out
    if candidate.shape == "noun":
        return _after(scan, candidate) + _view(scan, candidate)
    if candidate.shape == "passive":
        return _passive(scan, candidate)
    if candidate.shape == "verb":
        return (
            _after(scan, candidate)
            + _relative(scan, candidate)
            + _behind_as_clause(scan, candidate)
        )
    return _after(scan, candidate)


def _passive(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What is said of the subject: "The deal is expected to fail", "The port seems shut"."""
    about = subject(scan, candidate.token, candidate.scope.first)
    out = _after(scan, candidate)
    if about is None or about.how == "infinitive":
        return out
    if about.how == "relative" and _is_relative(scan, about.stop - 1):
        about = about._replace(first=about.stop - 1)
    told = lemma(scan.lower[candidate.token]) in TELLING
    split = [
        ContentCandidate(about.first, about.stop, f"of{o.start}", o.end, (o.first, o.stop))
        for o in out
        if not (told and scan.tags[o.first] == "h")  # "The envoy was told that the port is shut"
    ]
    return [*out, *split]


def _is_relative(scan: Scan, k: int) -> bool:
    return scan.tags[k] in "wh"


def _relative(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What a relative pronoun stands for is reported: "a deal that H called a mistake"."""
    source = candidate.source
    if source is None or source.how not in ("subject", "apposition"):
        return []
    k = (source.others[0][0] if source.others else source.first) - 1
    if k < candidate.scope.first or not _is_relative(scan, k):
        return []
    way = "rel" + ("n" if k > candidate.scope.first and scan.tags[k - 1] in "nN,i" else "v")
    more = [
        ContentCandidate(k, k + 1, f"{way}{o.start}", o.end, (o.first, o.stop))
        for o in _after(scan, candidate)
    ]
    return [*more, ContentCandidate(k, k + 1, way, "phrase")]


def _following(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "According to H, the port is shut" """
    assert candidate.source
    k = candidate.source.stop
    tags = scan.tags
    if tags[k : k + 1] == "," and scan.lower[k + 1 : k + 2] in (["a"], ["an"], ["the"]):
        close = tags.find(",", k + 1, min(candidate.scope.stop, k + 20))
        further = close > 0 and tags[close + 1 : close + 2] in ("a", "j", "n", "N", "p")
        if further and not _VERB(tags, k + 1, close) and _VERB(tags, close, candidate.scope.stop):
            k = close  # "According to H, an adviser, ..."
    return _behind_comma(scan, k, candidate.scope.stop, "after")


def _behind_as_clause(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "As H noted on Monday, the port is shut" """
    first = candidate.scope.first
    if candidate.source is None or candidate.source.how not in ("subject", "apposition"):
        return []
    opener = (
        candidate.source.others[0][0] if candidate.source.others else candidate.source.first
    ) - 1
    if not first <= opener <= first + 2 or scan.lower[opener] != "as":
        return []
    return _behind_comma(scan, candidate.cue[1], candidate.scope.stop, "astold")


def _behind_comma(scan: Scan, k: int, stop: int, start: str) -> list[ContentCandidate]:
    """What stands behind the first comma after token ``k``, up to the end of the scope."""
    tags = scan.tags
    stop = min(stop, k + _LONG)
    while k < stop and tags[k] != ",":
        k += 1
    k += 1
    if k >= stop:
        return []
    return [ContentCandidate(k, e, start, kind) for kind, e in _ends(scan, k, stop)]


def _view(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "In H's view, the strike was a mistake" """
    tags = scan.tags
    k = candidate.token + 1
    if k + 1 < candidate.scope.stop and tags[k] == "," and candidate.source:
        f = candidate.source.first - 1
        if f >= candidate.scope.first and tags[f] == "i":
            stop = min(candidate.scope.stop, k + _LONG)
            return [
                ContentCandidate(k + 1, e, "view", kind) for kind, e in _ends(scan, k + 1, stop)
            ]
    return []


def _before(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What stands before its tag: "The talks had failed, H said"."""
    tags = scan.tags
    first, stop = candidate.scope
    left = candidate.token
    right = candidate.cue[1]
    if candidate.source:
        left = min(left, candidate.source.first, *(a for a, _ in candidate.source.others))
        right = max(right, candidate.source.stop)
    end = left
    if end > first + 1 and scan.lower[end - 1] == "as":
        end -= 1
    while end > first and tags[end - 1] in ",-:r":
        end -= 1
    if end <= first or tags[right : right + 2].lstrip("r")[:1] == "h":
        return []  # "..., H said that ..." is no tag
    begin = max(first, end - _LONG)
    starts = [("scope", begin)] if end - begin > 1 else []
    k = end - 1
    passed = 0
    while k > begin and passed < 2:
        if tags[k] in ",:-":
            if k + 1 < end:
                starts.append(("comma" if tags[k] == "," else "mark", k + 1))
            passed += 1
        elif tags[k] == "c" and tags[k - 1] != ",":
            starts.append(("and", k + 1))
            passed += 1
        k -= 1
    out = [ContentCandidate(s, end, kind, "tag") for kind, s in starts]
    # what goes on after the tag: "The talks, H said, had failed"
    after = right
    while after < stop and after - right < 14 and tags[after] not in ",.-:Q":
        after += 1
    if after + 1 < stop and tags[after] in ",-" and tags[after + 1] != "w":
        rest = min(stop, after + 1 + _LONG)
        if _VERB(tags, after + 1, rest) or "Q" in tags[after + 1 : rest]:
            out.append(ContentCandidate(begin, end, "scope", "split", (after + 1, rest)))
    return out


def _after(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What follows its cue: "said that the talks had failed"."""
    tags, lower = scan.tags, scan.lower
    stop = min(candidate.scope.stop, candidate.token + _LONG)
    if candidate.source and candidate.source.first > candidate.scope.first:
        opener = lower[candidate.source.first - 1]
        opens = candidate.source.first - candidate.scope.first < 4
        if opener in _CONDITIONS and opens:
            # "if Saleh says that the truce is over, the ferries will stop"
            stop = _until_comma(scan, candidate.cue[1], stop)
    if candidate.source and candidate.source.how == "ahead":
        stop = min(stop, candidate.source.first - 1)  # "After promising that ..., Saleh left"
        stop -= tags[stop] == "r"
    j = candidate.cue[1]
    while j < stop and tags[j] == "r" and not _existential(scan, j, stop):
        j += 1
    if j >= stop or (candidate.shape == "noun" and tags[j] in "si" and lower[j] not in _ABOUT):
        return []
    found: list[tuple[str, int]] = []
    tag = tags[j]
    if candidate.shape == "colon" and tag in "iw":
        return []  # "Marsh: inside the decade of scandal", a headline
    if tag in "hwtaNnpojqQgbedzmxr":
        found.append(("next", j))
    elif tag == "i":
        where = _medium(scan, j, stop)
        if where:
            found.append(("past", where))
        elif j + 1 < stop and tags[j + 1] != "y" and lower[j] != "by":
            found.append(("prep", j + 1))
        _after_time(scan, j + 1, stop, found)
    elif tag in "s:-" and j + 1 < stop:
        found.append(("sub" if tag == "s" else "mark", j if tag == "s" else j + 1))
    elif tag == "y":
        _after_time(scan, j, stop, found)
    # past whom it is told to and when: "told reporters in Doha on Monday that ..."
    k = j
    crossed = False
    while k < stop and k - j < 18:
        t = tags[k]
        if t == "d" and tag == "i" and tags[k - 1] in "nN" and tags[k + 1 : k + 2] in ("i", "y"):
            k += 1  # "concluded in a paper released on Monday that"
            continue
        if t in "dzxm" or (t in "bg" and k > j):
            break
        if t == "h" and tags[k - 1] == "i" and k > j:
            k += 1  # "said in that case that"
            continue
        if t in "hw" and k > j:
            if t == "h" and lower[k - 1] not in NOMINAL and lemma(lower[candidate.token]) in SPEECH:
                found.clear()  # what lies between is whom it was told to
            found.append(("past", k))
            crossed = True
            break
        if t == "t" and k > j and k + 1 < stop and tags[k + 1] in "brx":
            found.append(("toinf", k))
            crossed = True
            break
        if t in ".:" and k > j:
            if t == ":" and k + 1 < stop:
                found.append(("past", k + 1))
            break
        k += 1
    if not crossed and scan.phrase_start[j] >= 0 and tags[j] in "Nonap":
        e = scan.phrase_stop[j]
        if e < stop and tags[e] in "apNnoQ" and e > j:
            found.append(("second", e))
        elif e + 1 < stop and lower[e] in _AS and tags[e + 1] != "y":
            found.append(("as", e + 1))
    verb = lemma(lower[candidate.token])
    if verb in TELLING and (
        (tag == "o" and len(found) > 1) or (verb in _WHOM and _person(scan, j))
    ):
        found = [f for f in found if f[0] != "next"]  # "told him" is no content
    out: list[ContentCandidate] = []
    for kind, s in found:
        out += [ContentCandidate(s, e, kind, end) for end, e in _ends(scan, s, stop)]
    return out


def _medium(scan: Scan, k: int, stop: int) -> int:
    """Where the content begins behind the medium at the preposition ``k`` and its day: "wrote in a
    letter on Monday he had slept"; 0 where there is none."""
    end = scan.phrase_stop[k + 1] if k + 1 < stop else -1
    if end <= k or end >= stop or scan.lower[end - 1] not in MEDIA:
        return 0
    if scan.lower[k] not in ("in", "on", "during", "at", "via"):
        return 0
    if scan.tags[end] in "iy":
        end += scan.tags[end] == "i"
        if scan.tags[end : end + 1] != "y":
            return 0
        while end < stop and scan.tags[end] in "yj":
            end += 1
    return end if end < stop and scan.tags[end] in "apNnjqQ" else 0


def _after_time(scan: Scan, k: int, stop: int, found: list[tuple[str, int]]) -> None:
    """A content right after a day: "said on Monday it would"."""
    if k < stop and scan.tags[k] == "y":
        while k < stop and scan.tags[k] == "y":
            k += 1
        if k < stop and scan.tags[k] in "apnNjqQ":
            found.append(("past", k))


def _existential(scan: Scan, k: int, stop: int) -> bool:
    """Whether "there" at token ``k`` is the subject of a clause: "said there had been none"."""
    return scan.lower[k] == "there" and k + 1 < stop and scan.tags[k + 1] in "xmrdz"


def _person(scan: Scan, k: int) -> bool:
    """Whether the phrase at token ``k`` names somebody to whom a thing is told."""
    head = scan.phrase_stop[k] - 1
    if head < k:
        return False
    return scan.tags[head] == "N" or noun_field(scan.lower[head]) in _PEOPLE


_WHOM = frozenset(("tell", "inform", "assure"))
_PEOPLE = frozenset(("14", "18"))  # WordNet's fields of groups and persons
_AS = frozenset(("as", "for", "about", "of", "on", "over"))
_ABOUT = frozenset(("of", "on", "about", "for", "over", "against", "with", "as", "than", "if"))
_CONDITIONS = frozenset(("if", "when", "while", "although", "though", "after", "as", "unless"))


def _until_comma(scan: Scan, k: int, stop: int) -> int:
    """The end of a subordinate clause: a comma after which a main clause begins."""
    told = False
    for m in range(k, stop - 1):
        told = told or scan.tags[m] in "dzxmb"
        if told and scan.tags[m] == "," and scan.tags[m + 1] in "apnN":
            return m
    return stop


def _ends(scan: Scan, s: int, stop: int) -> list[tuple[str, int]]:
    """Where a content that starts at ``s`` may end, the nearest first."""
    tags, stops = scan.tags, scan.phrase_stop
    out: list[tuple[str, int]] = []
    k = s
    if tags[s] in "hwt":
        k = s + 1
    elif stops[s] > 0:
        e = min(stops[s], stop)
        if e > s:
            out.append(("phrase", e))
        while e + 1 < stop and scan.lower[e] in ("of", "and", "'s") and stops[e + 1] > 0:
            e = min(stops[e + 1], stop)
            out.append(("linked", e))
            if len(out) > 2:
                break
        k = e
        for n in "123":
            if e + 1 >= stop or tags[e] != "i" or stops[e + 1] <= 0:
                break
            e = min(stops[e + 1], stop)
            out.append((f"prep{n}", e))
    commas = ands = subs = 0
    while k < stop:
        t = tags[k]
        if t in ",c" and tags[s] == "h" and _THAT_TOO(tags, k):
            k += 2  # "that the port was shut, but that the ferries would sail"
        elif t == ",":
            if tags[s] == "h" and not _VERB(tags, s + 1, k):
                pass  # "that in his view, the port was shut"
            elif commas < 3 and k > s:
                commas += 1
                out.append((f"comma{commas}", k))
            if k > s and _ANEW(tags, k, stop) and _reporting_verb_follows(scan, k, stop):
                return _unique(out)  # "..., but Saleh insisted that"
        elif scan.tokens[k] == ";" and k > s:
            out.append(("colon", k))
            return _unique(out)
        elif t == "-" or t == ":":
            if k > s:
                out.append(("dash" if t == "-" else "colon", k))
                if commas < 3:
                    commas += 1
        elif t == "Q":
            if k + 1 < stop and tags[k + 1] not in "Q,.:-":
                out.append(("marks", k + 1))
        elif t == "c":
            if k > s and _ANEW(tags, k, stop) and _reporting_verb_follows(scan, k, stop):
                out.append(("verb", k))
                return _unique(out)  # "and reiterated that"
            if ands < 2 and k > s and k + 1 < stop and _clause_begins(scan, k + 1, stop):
                ands += 1
                out.append(("verb" if tags[k + 1] in "dzbgx" else "and", k))
        elif t in "swg" and k > s + 1:
            if subs < 2:
                subs += 1
                out.append((t, k))
        elif t == "y" and k > s and tags[k - 1] == "i" and subs < 2:
            subs += 1
            out.append(("time", k - 1))
        k += 1
    end = stop
    while end > s and tags[end - 1] in '.,"':
        end -= 1
    if end > s:
        out.append(("scope", end))
    return _unique(out)


_THAT_TOO = re.compile(",?ch").match
_VERB = re.compile("[dzxmb]").search
_MAY_BE_VERB = re.compile("[dzbu]").search
_ANEW = re.compile(r"(?:,c?|c)r?(?:(?:a*[jqnN]*[nN]|p)r?)?[dz]h").match


def _clause_begins(scan: Scan, k: int, stop: int) -> bool:
    """Whether a clause, not just a second noun, stands behind "and"."""
    tags = scan.tags
    if tags[k] in "dzbgxr":
        return True
    end = scan.phrase_stop[k]
    return tags[k] in "paNn" and 0 < end < stop and tags[end] in "rdzxmbiw"


def _reporting_verb_follows(scan: Scan, k: int, stop: int) -> bool:
    """Whether the first verb after ``k`` is one of telling."""
    for v in range(k + 1, min(stop, k + 12)):
        if scan.tags[v] in "dz":
            return lemma(scan.lower[v]) in SPEECH
    return False


def _unique(out: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each place once, the nearest first; of two ways to end there the later one counts."""
    seen: set[int] = set()
    unique = []
    for kind, e in reversed(out):
        if e not in seen:
            seen.add(e)
            unique.append((kind, e))
    return unique[::-1]


def choices(found: list[ContentCandidate]) -> str:
    """The ways in which a site's contents may start, as one word."""
    starts = {o.start for o in found}
    return "+".join(sorted(starts)) if len(starts) > 1 else "".join(starts)
