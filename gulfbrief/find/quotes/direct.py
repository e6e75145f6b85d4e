"""Words between quotation marks that somebody said: their tag before, after or between them."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..text.word_classes import lemma
from . import tag_behind, turns
from .attribution import Attribution
from .candidates import names_thing
from .marks import alone, behind_adverb, clause_ends, ended, tagged, tells, titled, utterance
from .noun_phrases import before_bracket
from .scan import Scan
from .sources import Source, agent, inverted, main_subject, subject
from .speech import FURNITURE, SOURCE_NOUNS, SPEECH


def find(scan: Scan, lines: list[Attribution] | None = None) -> list[Attribution]:
    """Direct quotations in order. Marked words without a tag of their own (titles, single phrases)
    are left out: ``candidates`` finds those that are part of a reported clause. So are marks within
    the ``lines`` of a transcript."""
    out: list[Attribution] = []
    told = [f.fragments[0] for f in lines or ()]
    used = -1  # the last token that a tag took
    last: Attribution | None = None
    last_stop = 0
    for k, mark in enumerate(scan.marked):
        first, stop = scan.mark_first[k], scan.mark_stop[k]
        if stop - first < 2 or scan.nickname(k):
            continue
        if told:
            n = bisect_right(told, (mark.close, -1)) - 1
            if n >= 0 and mark.open < told[n][1]:
                continue
        scope = scan.scopes[scan.scope_of(first)] if scan.scopes else None
        if scope is None:
            break
        floor = max(scope.first, last_stop if last_stop <= first else scope.first)
        said = utterance(scan, k)
        tag: tuple[tuple[int, int], Source | None, str] | None = None
        before = _before(scan, k, floor, max(used + 1, floor))
        if before:
            tag = before
        after = None
        if (said or tagged(scan, k)) and (not before or before[2] != "verb"):
            after = tag_behind.behind(scan, k)
        if after and (not before or after[2] == "after"):
            tag = after
        found: Attribution | None = None
        fragment = (mark.start, mark.end)
        if tag:
            cue, source, rule = tag
            signed = first <= cue[0] < stop  # the signature stands right behind the marks
            found = Attribution(
                [fragment], rule, "direct", None if signed else cue, source, marks=[k]
            )
            opening = _opening(scan, k, scope.first, cue, source) or (
                _leading(scan, k, floor) if rule == "after" and floor == scope.first else None
            )
            if opening:
                found.fragments.insert(0, opening)
                found.kind = "mixed"
            used = max(used, cue[1] - 1, (source.stop - 1) if source else -1)
        elif said and last is not None and first == last_stop and turns.other_voice(scan, last, k):
            found = Attribution([fragment], "turn", "direct", marks=[k])
            found.carried = turns.partner(scan, out)
        elif said and last is not None and _joined(scan, last, last_stop, first, used):
            last.fragments.append(fragment)
            last.marks.append(k)
            last_stop = stop
            continue
        elif said and (
            (alone(scan, k, scope.first) and (ended(scan, k) or clause_ends(scan, stop)))
            or behind_adverb(scan, k, scope.first)
        ):
            found = _carried(scan, k, out, last_stop)
        if found:
            if found is not last:
                found.confidence = _confidence(found)
                out.append(found)
            last, last_stop = found, stop
    return out


# How often a quotation found this way has the right content and speaker on PolNeAR train: by the
# way it was found, and by that and how the source was.
_RIGHT = {
    "after": 0.96, "after apposition": 0.98, "after coordinated": 0.3, "after infinitive": 0.4,
    "colon": 0.75, "colon subject": 0.85, "colon apposition": 0.88, "colon main": 0.3,
    "comma": 0.75, "comma subject": 0.87, "comma apposition": 0.94, "comma participle": 0.87,
    "next": 0.7, "paragraph": 0.68, "floating": 0.5, "turn": 0.6, "setup": 0.3, "verb": 0.5,
}  # fmt: skip


def _confidence(found: Attribution) -> float:
    source = found.speaker
    if source is None:
        return 0.3
    base = _RIGHT[found.rule]
    return base if found.source is None else _RIGHT.get(f"{found.rule} {source.how}", base)


def _before(
    scan: Scan, k: int, floor: int, free: int
) -> tuple[tuple[int, int], Source | None, str] | None:
    """The tag before the mark: "H said: “...", "H told reporters on Monday, “..."."""
    tags = scan.tags
    first = scan.mark_first[k]
    j = first - 1
    if j < floor:
        return _announced(scan, first)
    joint = tags[j]
    if scan.tokens[j] == ";":
        return None
    low = max(floor, first - tag_behind.REACH)
    stop = scan.mark_stop[k]
    if joint != ":" and not ended(scan, k) and not clause_ends(scan, stop):
        return None  # the clause goes on after the marks
    if joint in ",:-":
        for v in range(j - 1, low - 1, -1):
            if joint != ":" and tags[v] in "hxm":
                return None  # the marks are part of a reported clause
            if tells(scan, v):
                if v < free and joint != ":":
                    return None
                if joint == ":":
                    v = _main_verb(scan, v, j)
                source = _source(scan, v, floor)
                if source is None and v == floor:
                    source = inverted(scan, v, first)  # "Says H, “..."
                return (v, v + 1), source, "colon" if joint == ":" else "comma"
        if joint == ":":
            e = before_bracket(scan, j - 1, floor)  # "Falk (energy): “..."
            if scan.lower[e] in FURNITURE:
                return None  # "Review: “The Long Road”"
            p = scan.phrase_start[e]
            if p > floor + 1 and scan.lower[p - 1] == "on" and scan.phrase_start[p - 2] == floor:
                return (j, j + 1), Source(floor, p - 1, "label"), "colon"  # "H on the radio:"
            if p > floor and (tags[p - 1] in "-." or scan.lower[p - 1] == "from"):
                return (j, j + 1), Source(p, e + 1, "label"), "colon"
            for v in range(j - 1, low - 1, -1):
                if tags[v] in "dzbx" and v >= free and not titled(scan, k):
                    return (j, j + 1), _source(scan, v, floor), "colon"
            if p > floor and tags[p - 1] == "," and "N" in tags[p:j]:
                return (j, j + 1), Source(p, e + 1, "label"), "colon"  # "The mayor, H: “..."
            key = e == floor and scan.tokens[e].islower()  # the key of a setting
            if scan.phrase_start[floor] >= 0 and scan.phrase_stop[floor] == e + 1 and not key:
                return (j, j + 1), Source(floor, e + 1, "label"), "colon"
        return None
    v = j
    if tags[v] in "ro" and v > floor:
        v -= 1
    capital = scan.raw[scan.marked[k].start].isupper()
    loose = capital and tags[v] in "dz" and not titled(scan, k)
    if v >= free and utterance(scan, k) and (tells(scan, v) or loose):
        source = _source(scan, v, floor)
        if source is not None and _entitled(scan, v, source):
            return None
        return (v, v + 1), source, "verb"
    return None


def _main_verb(scan: Scan, verb: int, colon: int) -> int:
    """The verb of the main clause before a colon where ``verb`` stands in a clause before it: "When
    H denied it, Saleh fired back: “..."."""
    comma = scan.tags.find(",", verb, colon)
    while comma > 0:
        main = _MAIN(scan.tags, comma + 1, colon)
        if main:
            return main.end() - 1
        comma = scan.tags.find(",", comma + 1, colon)
    return verb


_MAIN = re.compile("r*(?:[ajqnN]*[nN]|p)r*[dz]").match


def _entitled(scan: Scan, verb: int, source: Source) -> bool:
    """Whether the marks hold the title of a thing: "this series called “What Now?”"."""
    if lemma(scan.lower[verb]) not in ("call", "title", "entitle", "name", "dub"):
        return False
    return source.stop == verb and scan.tags[verb] in "de" and names_thing(scan, source)


def _opening(
    scan: Scan, k: int, first: int, cue: tuple[int, int], source: Source | None
) -> tuple[int, int] | None:
    """What of the utterance stands without marks before the tag, its subject or a clause that opens
    it: "The port, H said, “is shut”"; "If they pay, H said, “we will open it”"."""
    tags = scan.tags
    if source is None or source.others or cue[0] > scan.mark_first[k]:
        return None
    comma = min(source.first, cue[0]) - 1
    if not first < comma < first + 25 or tags[comma] != ",":
        return None
    verb = scan.mark_first[k] + 1
    if not scan.raw[scan.starts[verb]].islower() or "Q" in tags[first:comma]:
        return None
    clause = tags[first] == "s" and scan.lower[first] not in _WHEN
    perhaps = tags[first] == "r" and comma == first + 1 and scan.lower[first] not in _NARRATED
    goes_on = scan.open_tags[verb] in "dzxm" and tags[first] != "i"
    if not (goes_on or clause or perhaps):
        return None
    return scan.starts[first], scan.ends[comma - 1]


def _leading(scan: Scan, k: int, first: int) -> tuple[int, int] | None:
    """What of the utterance stands without marks before it, where its tag
    follows: "Boats are “a risk” and “cost lives,” H said"; "In port, “there is fear,” H said"."""
    marks = scan.mark_first[k]
    before = scan.tags[first:marks]
    if len(before) < 3 or before[-1] not in "c," or not scan.raw[scan.marked[k].start].islower():
        return None
    if any(lemma(scan.lower[v]) in SPEECH for v in range(first, marks) if scan.tags[v] in "dzeg"):
        return None
    return scan.starts[first], scan.ends[marks - 1]


# Clauses and adverbs that may as well belong to the narration.
_WHEN = frozenset("when after before as since until once".split())
_NARRATED = frozenset(
    """meanwhile later then earlier however also today now still once afterwards afterward
    finally recently previously instead separately there here again nevertheless
    therefore""".split()
)


def _announced(scan: Scan, first: int) -> tuple[tuple[int, int], Source | None, str] | None:
    """A colon at the end of the paragraph before announces the quotation that opens this one."""
    j = first - 1
    if j < 1 or scan.tags[j] != ":":
        return None
    scope = scan.scopes[scan.scope_of(j)]
    for v in range(j - 1, max(scope.first, j - tag_behind.REACH) - 1, -1):
        if tells(scan, v):
            source = _source(scan, v, scope.first)
            if source:
                return (v, v + 1), source, "colon"
    found = main_subject(scan, scope.first, j)
    p = scan.phrase_start[j - 1]
    named = p >= scope.first and "N" in scan.tags[p:j]
    if found is None and named and not any(t in "dzbm" for t in scan.tags[scope.first : p]):
        found = Source(p, j, "label")  # "And from the union's leader, H:"
    return ((j, j + 1), found, "colon") if found else None


def _source(scan: Scan, verb: int, floor: int) -> Source | None:
    """The subject of a verb; the agent where it is passive ("was told by H")."""
    if scan.tags[verb] in "ed" and verb > floor and scan.tags[verb - 1] == "x":
        by = agent(scan, verb, min(len(scan.tags), verb + 10))
        if by and scan.lower[verb - 1] in _BE:
            return by
    found = subject(scan, verb, floor)
    if found and found.how == "noun":
        if scan.lower[found.stop - 1] not in SOURCE_NOUNS or _issued(scan, found.first):
            return main_subject(scan, floor, verb) or found  # "mailed voters, saying"
    elif found and found.how == "relative" and _issued(scan, found.first):
        return main_subject(scan, floor, found.first) or found  # "sent a letter that said"
    return found


def _issued(scan: Scan, first: int) -> bool:
    """Whether the phrase at ``first`` is what somebody puts out: "issued a statement"."""
    k = first - 1
    return k > 0 and scan.tags[k] in "db" and scan.lower[first] in _INDEFINITE


_INDEFINITE = frozenset("a an another his her its their this".split())


_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])


def _joined(scan: Scan, last: Attribution, last_stop: int, first: int, used: int) -> bool:
    """Whether the quotation at ``first`` goes on where the last one was interrupted by its tag."""
    if last_stop > first or first - last_stop > tag_behind.REACH + 20:
        return False
    between = scan.raw[scan.ends[last_stop - 1] : scan.starts[first]]
    if "\n" in between:
        return False
    ends = scan.scope_of(first) - scan.scope_of(last_stop - 1)
    if first == last_stop:
        return True
    return used >= last_stop and ends <= 1 and (scan.tags[first - 1] in ".,:-" or used == first - 1)


def _carried(scan: Scan, k: int, out: list[Attribution], last_stop: int) -> Attribution | None:
    """A quotation without a tag: the speaker before goes on or is answered, or the sentence before
    sets it up."""
    last = out[-1] if out else None
    mark = scan.marked[k]
    raw = scan.raw
    first = scan.mark_first[k]
    paragraphs = scan.text.paragraphs
    here = bisect_right(paragraphs, (mark.open, len(raw) + 1)) - 1
    opens = paragraphs[here][0] == mark.open
    fragment = (mark.start, mark.end)
    if last is not None and last_stop <= first:
        there = bisect_right(paragraphs, (_last_start(scan, last), len(raw) + 1)) - 1
        if opens and here - there <= 1:
            last_mark = scan.marked[last.marks[-1]]
            if not last_mark.closed:
                last.fragments.append(fragment)
                last.marks.append(k)
                return last
            turn = turns.next_turn(scan, out, k)
            if turn:
                return Attribution([fragment], "turn", "direct", None, None, turn, marks=[k])
            return Attribution([fragment], "floating", "direct", None, None, last, marks=[k])
        if not opens and here == there:
            return Attribution([fragment], "paragraph", "direct", None, None, last, marks=[k])
    if not opens:
        before = scan.scope_of(first - 1)
        scope = scan.scopes[before]
        tag = scope.stop - 1 - (scan.tags[scope.stop - 1] == ".")
        if tag > scope.first and tells(scan, tag):  # "..., H continued. “..."
            source = subject(scan, tag, scope.first)
            if source and source.how == "subject" and scan.tags[source.first - 1] in ",Q":
                return Attribution([fragment], "setup", "direct", None, source, marks=[k])
        for v in range(scope.first + 1, min(scope.stop, scope.first + 12)):
            if scan.tags[v] in "dzx":
                source = subject(scan, v, scope.first)
                if source:
                    return Attribution([fragment], "setup", "direct", None, source, marks=[k])
                break
    return None


def _last_start(scan: Scan, found: Attribution) -> int:
    """Where the last fragment of a quotation starts, as a character offset."""
    return scan.marked[found.marks[-1]].open
