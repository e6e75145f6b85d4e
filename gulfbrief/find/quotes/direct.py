"""Words between quotation marks that somebody said: their tag before, after or between them."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..text.word_classes import lemma
from . import turns
from .attribution import Attribution
from .candidates import names_thing
from .scan import Scan
from .sources import Source, agent, before_bracket, inverted, main_subject, subject
from .speech import FURNITURE, SOURCE_NOUNS, SPEECH

_REACH = 45  # tokens that a tag may be away from its mark
_VERBS = frozenset("dzbeg")


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
        if (said or _tagged(scan, k)) and (not before or before[2] != "verb"):
            after = _after(scan, k)
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
            (alone(scan, k, scope.first) and (_ended(scan, k) or _clause_ends(scan, stop)))
            or _behind_adverb(scan, k, scope.first)
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


def utterance(scan: Scan, k: int) -> bool:
    """Whether the marked words are built like something said, not like a title or a phrase."""
    mark = scan.marked[k]
    raw = scan.raw
    if raw[mark.end - 1] in ",.!?…—-;:":
        return True
    if not mark.closed:
        return True
    if titled(scan, k):
        return False
    following = raw[mark.close : mark.close + 1]
    words = scan.mark_stop[k] - scan.mark_first[k] - 2
    begins = raw[mark.start].isupper() or raw[mark.start] in "[.…("
    return (following in (".", ",", "?", "!") and words > 4) or (begins and words > 6)


def titled(scan: Scan, k: int) -> bool:
    """Whether the marked words are written as titles are: “The Long Road to the Harbour”."""
    words = [
        t for t in scan.tokens[scan.mark_first[k] : scan.mark_stop[k]] if len(t) > 3 and t.isalpha()
    ]
    return len(words) > 1 and sum(t[0].isupper() for t in words) > 0.7 * len(words)


def _tagged(scan: Scan, k: int) -> bool:
    """Whether a comma or a dash and its tag may follow the marks: «The road is closed», said H."""
    stop = scan.mark_stop[k]
    if scan.raw[scan.marked[k].start].islower() or stop + 1 >= len(scan.tags):
        return False
    if scan.tags[stop] == "-":
        return scan.mark_first[k] == scan.scopes[scan.scope_of(stop - 1)].first
    return scan.tags[stop] == "," and (
        _verb(scan, stop + 1) or scan.mark_stop[k] - scan.mark_first[k] > 4
    )


def _ended(scan: Scan, k: int) -> bool:
    """Whether the marked words end as a sentence does."""
    mark = scan.marked[k]
    return scan.raw[mark.end - 1] in ",.!?…" or not mark.closed


def _clause_ends(scan: Scan, token: int) -> bool:
    """Whether nothing of the same clause stands at ``token``."""
    if token >= len(scan.tags) or scan.tags[token] in ",.:-cQ":
        return True
    return "\n" in scan.raw[scan.ends[token - 1] : scan.starts[token]]


def _verb(scan: Scan, i: int) -> bool:
    return scan.tags[i] in _VERBS and lemma(scan.lower[i]) in SPEECH


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
    low = max(floor, first - _REACH)
    stop = scan.mark_stop[k]
    if joint != ":" and not _ended(scan, k) and not _clause_ends(scan, stop):
        return None  # the clause goes on after the marks
    if joint in ",:-":
        for v in range(j - 1, low - 1, -1):
            if joint != ":" and tags[v] in "hxm":
                return None  # the marks are part of a reported clause
            if _verb(scan, v):
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
    if v >= free and utterance(scan, k) and (_verb(scan, v) or loose):
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
    for v in range(j - 1, max(scope.first, j - _REACH) - 1, -1):
        if _verb(scan, v):
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


def _after(scan: Scan, k: int) -> tuple[tuple[int, int], Source | None, str] | None:
    """The tag after the mark: "“...,” said H", "“...,” H told reporters"."""
    stop = scan.mark_stop[k]
    count = len(scan.tags)
    if stop >= count:
        return None
    scope = scan.scopes[scan.scope_of(stop - 1)]
    end = min(scope.stop, stop + _REACH)
    rule = "after"
    first = scan.mark_first[k]
    if first > scope.first and scan.tags[first - 1] not in ",:-.cQ":
        return None  # the end of a reported clause
    ended = scan.raw[scan.marked[k].end - 1]
    if stop >= scope.stop:
        signed = _signed(scan, stop)
        if signed:
            return signed
        following = scan.scopes[scan.scope_of(stop)]
        if following.first != stop or "\n" in scan.raw[scan.ends[stop - 1] : scan.starts[stop]]:
            return None
        end = min(following.stop, stop + (_REACH if ended in "?!" else 12))
        rule = "next"
    following_mark = k + 1
    while following_mark < len(scan.mark_first) and _part_of_name(scan, following_mark):
        following_mark += 1
    if following_mark < len(scan.mark_first):
        end = min(end, scan.mark_first[following_mark])
    tags, lower = scan.tags, scan.lower
    i = stop
    while i < end and tags[i] in ",-":
        i += 1
    if i >= end:
        return None
    if lower[i] == "according" and i + 2 < end and lower[i + 1] == "to":
        source = inverted(scan, i + 1, end)
        return ((i, i + 2), source, rule) if source else None
    if tags[i] in "dzbe" and (_verb(scan, i) or tags[i] in "dz"):
        source = inverted(scan, i, end)
        if source:
            return (i, i + 1), source, rule
        return None
    if tags[i - 1] == "-" and scan.phrase_start[i] == i and tags[i] in "Nna":
        whole = scan.phrase_stop[i]
        if whole >= end or tags[whole] in ".,(":
            return (i - 1, i), Source(i, min(whole, end), "label"), rule
    if ended == "," and scan.phrase_start[i] == i and tags[i : i + 2] == "NN":
        whole = scan.phrase_stop[i]  # "“...,” Badr Saleh, a clerk of the port."
        ends = whole >= scope.stop - 1  # "“...,” Badr Saleh. “..."
        if ends or (tags[whole] == "," and not _TOLD(tags, whole, scope.stop)):
            return (stop - 1, stop), Source(i, whole, "label"), rule
    unclosed = ended not in ",.!?…" and scan.tags[stop] not in ",.-:"
    limit = i + (7 if rule == "next" and ended == "." else _REACH)
    fallback: tuple[tuple[int, int], Source | None, str] | None = None
    for v in range(i + 1, min(end, limit)):
        if tags[v] not in "dzbeg" and not (tags[v] == "n" and _last_word(scan, v, end)):
            continue
        speech = tags[v] == "n" or _verb(scan, v)
        if rule == "next" and ended == "." and lemma(lower[v]) not in _PLAIN:
            continue  # "“...” H conceded the next day."
        if not speech and (fallback or tags[v] not in "dzb" or rule == "next"):
            continue
        source = subject(scan, v, i)
        far = source is None or source.begin > i or source.first > i + 6
        if speech and far and _one_phrase(scan, i, v):
            source = Source(
                i, v, "subject"
            )  # "“...,” scholars of the Institute for Sea and Sky said"
        if source is None or source.how == "relative" or source.first > i + 6:
            continue
        if source.stop == source.first + 1 and tags[source.first] == "w":
            continue  # "“The Choice,” which urges"
        if unclosed and source.first > i:
            continue  # "“It is hard” if she had not left, said H": the clause goes on
        if rule == "next" and "," in tags[i : source.first]:
            continue  # "“...” Perhaps, H said, the port is shut."
        clause = rule == "next" and tags[v + 1 : v + 2] in tuple("hapnNj")
        if clause and ended == "." and _FINITE(tags, v + 1, following.stop):
            continue  # "“...” H said the port was shut."
        if speech:
            return (v, v + 1), source, rule
        if source.first == i:
            fallback = ((v, v + 1), source, rule)
    return fallback


def _part_of_name(scan: Scan, k: int) -> bool:
    """Whether the marked words are a nickname, or the title of what somebody runs: "H, host of
    “Coast at Night,” told viewers"."""
    first = scan.mark_first[k]
    return scan.nickname(k) or (first > 0 and scan.tags[first - 1] == "i" and titled(scan, k))


def _one_phrase(scan: Scan, first: int, verb: int) -> bool:
    """Whether one long noun phrase reaches from ``first`` to the verb."""
    return scan.phrase_start[first] == first and _NOMINAL(scan.tags, first, verb) is not None


_NOMINAL = re.compile("[ajqnN](?:[ajqnNi]|c(?=[ajqnN]))*").fullmatch


def _signed(scan: Scan, stop: int) -> tuple[tuple[int, int], Source | None, str] | None:
    """A quotation signed on the next line: "- Badr Saleh"."""
    named = scan.tags[stop : stop + 2] == "NN" and scan.phrase_start[stop] == stop
    if named:  # "“We sail at noon.” Badr Saleh, Harbour Office"
        line = scan.scopes[scan.scope_of(stop)]
        last = scan.tags[stop : line.stop]
        ends = scan.raw[scan.ends[line.stop - 1] :][:1] in ("", "\n")
        below = "\n" in scan.raw[scan.ends[stop - 1] : scan.starts[stop]]
        role = scan.tags[scan.phrase_stop[stop] : scan.phrase_stop[stop] + 1] == ","
        ends = ends and (role or not below)
        if ends and scan.tokens[line.stop - 1] != "." and not _TOLD(last):
            return (stop - 1, stop), Source(stop, scan.phrase_stop[stop], "label"), "after"
    if scan.tags[stop] != "-" or stop + 1 >= len(scan.tags) or scan.phrase_start[stop + 1] < 0:
        return None
    whole = scan.phrase_stop[stop + 1]
    if whole < len(scan.tags) and scan.tags[whole] not in ".,(-":
        return None
    line = scan.scopes[scan.scope_of(stop)]
    if any(tag in "dzx" for tag in scan.tags[whole : line.stop]):
        return None  # the next point of a list
    return (stop, stop + 1), Source(stop + 1, whole, "label"), "after"


# What tags an utterance that has ended: verbs that do not stand alone for something else.
_PLAIN = frozenset(
    """say tell add explain continue recall reply respond answer note write tweet post ask declare
    argue insist conclude joke quip remark observe state""".split()
)
_TOLD = re.compile("[dzxmbQh]").search


def _last_word(scan: Scan, v: int, end: int) -> bool:
    """Whether the noun at ``v`` is a verb of telling that ends its tag ("the ad states.")."""
    if scan.tags[v - 1] in "ajq":
        return False  # "shot back with a laugh"
    return (v + 1 >= end or scan.tags[v + 1] in ".,:") and lemma(scan.lower[v]) in SPEECH


def _joined(scan: Scan, last: Attribution, last_stop: int, first: int, used: int) -> bool:
    """Whether the quotation at ``first`` goes on where the last one was interrupted by its tag."""
    if last_stop > first or first - last_stop > _REACH + 20:
        return False
    between = scan.raw[scan.ends[last_stop - 1] : scan.starts[first]]
    if "\n" in between:
        return False
    ends = scan.scope_of(first) - scan.scope_of(last_stop - 1)
    if first == last_stop:
        return True
    return used >= last_stop and ends <= 1 and (scan.tags[first - 1] in ".,:-" or used == first - 1)


def alone(scan: Scan, k: int, floor: int) -> bool:
    """Whether the marked words are a sentence of their own."""
    mark = scan.marked[k]
    first = scan.mark_first[k]
    return (first == floor or scan.tags[floor:first].strip("(-") == "") and (
        scan.raw[mark.start].isupper() or not scan.raw[mark.start].isalpha()
    )


def _behind_adverb(scan: Scan, k: int, floor: int) -> bool:
    """Whether the marked words are a clause with only an adverb before them: "“...,” H said. Right
    now “there is no plan at all.”"."""
    first = scan.mark_first[k]
    floor += scan.lower[floor : floor + 2] == ["right", "now"]
    before = scan.tags[floor:first].rstrip(",")
    if not 0 < len(before) < 4 or before.strip("rjy"):
        return False
    clause = scan.open_tags[first : scan.mark_stop[k]]
    stop = scan.mark_stop[k]
    whole = stop >= scan.scopes[scan.scope_of(first)].stop or scan.tags[stop] == "."
    return whole and _FINITE(clause) is not None


_FINITE = re.compile("[dzxm]").search


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
            ended = scan.marked[last.marks[-1]]
            if not ended.closed:
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
        if tag > scope.first and _verb(scan, tag):  # "..., H continued. “..."
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
