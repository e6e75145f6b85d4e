"""Sources: the noun phrase that speaks, found from the word that tells of speaking.

All functions take token indices of one scope and give a ``Source`` or None. They look back or
ahead a bounded number of steps, so time stays linear however long a sentence is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from ..text.word_classes import GRAMMAR, lemma
from .noun_phrases import before_bracket, count_first, counted, is_plural, phrase_back, phrase_on
from .scan import Scan
from .speech import MEDIA, SPEECH

_WINDOW = 120  # tokens that a search may pass
_PAST = re.compile("[de]").search
_NEAREST = frozenset(("infinitive", "preposition"))
_FLOATING = frozenset(GRAMMAR["floating"].split())
_ADVERBIAL = frozenset(("when", "where", "why", "how", "whether"))


class Source(NamedTuple):
    """Tokens ``first`` to ``stop`` (exclusive) of a speaker as written; ``head`` is the last token
    of its head phrase; ``how`` tells the way it was found, ``others`` are joint speakers."""

    first: int
    stop: int
    how: str
    others: tuple[tuple[int, int], ...] = ()

    @property
    def begin(self) -> int:
        """The first token of its first joint speaker, else its own."""
        return self.others[0][0] if self.others else self.first


def subject(scan: Scan, verb: int, floor: int) -> Source | None:
    """The subject of the verb at token ``verb``, looking back no further than token ``floor``."""
    tags = scan.tags
    floor = max(floor, verb - _WINDOW)
    start_tag = tags[verb]
    k = verb - 1
    hops = 0
    while k >= floor:
        tag = tags[k]
        hops += 1
        if hops > 60:
            return None
        if tag in "rxm" or (tag == "t" and start_tag in "bg"):
            if tag == "t":
                return _previous(
                    scan, k, floor, "infinitive" if start_tag == "b" else "preposition"
                )
            k -= 1
            continue
        if tag == "s":
            if k > floor and tags[k - 1] == "x":
                k -= 1  # "has since said"
                continue
            if start_tag in "ge":  # "after saying", "while opposed to"
                return _previous(scan, k, floor, "adjunct") or ahead(scan, verb)
            return None
        if start_tag == "g" and scan.lower[k].isdigit() and tags[k - 1] == "i":
            return _previous(scan, k, floor, "participle")  # "ran in 2016 pledging"
        if tag == "j" and counted(scan, k):
            first = count_first(scan, k, floor)
            return Source(first, k + 1, "subject")  # "nine in ten said", "39 have said"
        if tag in "ao" and k > floor and scan.lower[k] in _FLOATING and tags[k - 1] not in "c,":
            k -= 1  # "they have all said", "Saleh himself said"
            continue
        if tag == "y":  # "on Monday said", "last week said"
            k -= 1
            while k >= floor and tags[k] in "jiay":
                k -= 1
            continue
        if tag == ",":
            return _over_comma(scan, k, floor, start_tag)
        if tag in ")-":
            opener = "(" if tag == ")" else "-"
            m = k - 1
            while m >= floor and tags[m] != opener and k - m < 40:
                m -= 1
            if m <= floor or tags[m] != opener:
                return None if tag == ")" else _previous(scan, k, floor, "after")
            k = m - 1
            continue
        if tag in "wh":
            return _antecedent(scan, k, floor)
        if tag in "qj" and scan.phrase_start[k] < 0:
            k -= 1
            continue
        if scan.phrase_start[k] >= 0 and tag != "Q":
            start = scan.phrase_start[k]
            if start - 2 >= floor and tags[start - 1] == "i" and tags[start - 2] in "xm":
                k = start - 2  # "has in the past called"
                continue
            before = start - 1
            while before > floor and tags[before] in "arj":
                before -= 1
            if before - 1 >= floor and tags[before] == "i" and tags[before - 1] == "c":
                # "first denied it, but in a second letter said"
                return _previous(scan, before - 1, floor, "coordinated")
            in_medium = tags[before] == "i" and scan.lower[k] in MEDIA
            if in_medium and before - 1 > floor and tags[before - 1] == ",":
                return _over_comma(scan, before - 1, floor, start_tag)  # "H, in a tweet, said"
            if start_tag in "dzxn" and (tag == "o" or tags[before] in "ibt"):
                whole = Source(phrase_back(scan, k, floor), k + 1, "subject")
                head = over_relative(scan, whole, floor)
                if head:  # "captains who met with him said"
                    return head
            if start_tag == "g" and tag not in "po":
                if _addressed(scan, scan.phrase_start[k], floor):
                    return _previous(scan, scan.phrase_start[k], floor, "participle")
                return _with_joint(scan, phrase_back(scan, k, floor), k + 1, floor, "noun")
            first = phrase_back(scan, k, floor)
            if first - 2 >= floor and tags[first - 1] == "g" and is_plural(scan, first - 2):
                first = phrase_back(scan, first - 2, floor)  # "defenders representing H said"
            elif tags[first - 2 : first] in ("gi", "gt") and start_tag in "dzx":
                first = _speaking_to(scan, first, floor)  # "a source speaking to the paper said"
            return _with_joint(scan, first, k + 1, floor, "subject")
        if tag == "c":
            return _previous(scan, k, floor, "coordinated")
        if tag == "e" and start_tag in "dzb" and k > floor and tags[k - 1] in "an":
            # "those asked said"
            return Source(phrase_back(scan, k - 1, floor), k + 1, "subject")
        if tag in "dzbge":
            return _previous(scan, k + 1, floor, "chained")
        if tag in "i":  # "of saying", "in saying", or a stranded preposition
            return _previous(scan, k, floor, "preposition") or ahead(scan, verb)
        if tag == "Q":
            return _previous(scan, k, floor, "quote")
        return None
    return ahead(scan, verb) if k < floor and start_tag in "ge" else None


def ahead(scan: Scan, verb: int) -> Source | None:
    """The subject of the main clause behind what opens a sentence: "Noting that ..., Saleh added",
    "In response to the claim, Saleh said"."""
    tags, starts = scan.tags, scan.phrase_start
    stop = min(len(tags), verb + _WINDOW)
    for k in range(verb + 1, stop - 2):
        if tags[k] == ".":
            return None
        if tags[k] != ",":
            continue
        first = k + 1
        if tags[first] == "r":
            first += 1
        if starts[first] != first or tags[first] in "oQ":
            continue
        end = phrase_on(scan, first, stop)
        after = end
        if after < stop and tags[after] == ",":  # an apposition between
            after += 1
            while after < stop and tags[after] not in ",.:Q" and after - end < 25:
                after += 1
            after += 1
        while after < stop and tags[after] in "r":
            after += 1
        if after < stop and tags[after] in "dzxmb":
            return Source(first, end, "ahead")
    return None


def controlled(scan: Scan, infinitive: int, floor: int) -> Source | None:
    """Who is made to: "forced Saleh to admit", "for the minister to say"."""
    tags = scan.tags
    k = infinitive - 1
    while k > floor and tags[k] == "r":
        k -= 1
    if tags[k] != "t" or k - 1 <= floor:
        return None
    end = k - 1
    if scan.phrase_start[end] < 0 or tags[end] == "Q":
        return None
    first = phrase_back(scan, end, floor)
    if first > floor and (tags[first - 1] in "dzbge" or scan.lower[first - 1] == "for"):
        return Source(first, end + 1, "controlled")
    return None


def over_relative(scan: Scan, source: Source, floor: int) -> Source | None:
    """The head of a relative clause whose last words look like the subject: "aides who spoke with
    the paper said", "parties that have backed him say"."""
    tags = scan.tags
    k = source.first - 1
    if k > floor and tags[k] == "h" and _PAST(tags, source.first, source.stop):
        found = _antecedent(scan, k, floor)  # "a letter that Saleh sent to the court said"
        return found and Source(found.first, min(found.stop, k), "over")
    if k <= floor or tags[k] not in "idzbget":
        return None
    low = max(floor, k - 25)
    verbs = 0
    while k > low and tags[k] not in ",.:Q":
        if tags[k] in "dzbxm":
            verbs += 1
        if tags[k] in "wh":
            found = _antecedent(scan, k, floor) if verbs and k > floor else None
            return found and Source(found.first, min(found.stop, k), "over")
        k -= 1
    return None


def _speaking_to(scan: Scan, first: int, floor: int) -> int:
    """Where the phrase begins that a participle and the phrase at ``first`` describe, where it
    opens its clause: "a source speaking to the paper"; else ``first``."""
    head = first - 3
    if head < floor or scan.tags[head] not in "nN" or scan.phrase_start[head] < 0:
        return first
    begin = scan.phrase_start[head]
    return begin if begin <= floor or scan.tags[begin - 1] in ",.:hQ" else first


def _addressed(scan: Scan, first: int, floor: int) -> bool:
    """Whether the phrase at ``first`` is whom somebody told ("emailed supporters saying")."""
    k = first - 1
    return k > floor and scan.tags[k] in "dzb" and lemma(scan.lower[k]) in SPEECH


def _with_joint(scan: Scan, first: int, stop: int, floor: int, how: str) -> Source:
    """The source with those it speaks together with ("H and Saleh said")."""
    tags = scan.tags
    others: list[tuple[int, int]] = []
    k = first - 1
    if k > floor and tags[k] == "c" and scan.lower[k] == "and" and scan.phrase_start[k - 1] >= 0:
        begin = phrase_back(scan, k - 1, floor)
        opens = tags[begin - 1] in ',.:h"Q-s' and scan.lower[begin - 1] != "than"
        if begin <= floor or opens or scan.lower[begin - 1] == "both":
            others.append((begin, k))
            m = begin - 1
            while (
                m > floor and tags[m] == "," and scan.phrase_start[m - 1] >= 0 and len(others) < 5
            ):
                start = phrase_back(scan, m - 1, floor)
                if start > floor and tags[start - 1] not in ",.:hQ":
                    break
                others.append((start, m))
                m = start - 1
    return Source(first, stop, how, tuple(reversed(others)))


def _over_comma(scan: Scan, comma: int, floor: int, verb_tag: str) -> Source | None:
    """The subject before a comma: "Saleh, the minister, said", "Saleh, who ..., said"."""
    tags = scan.tags
    if verb_tag == "g":
        return _previous(scan, comma, floor, "participle")
    if comma > floor and tags[comma - 1] == "r" and comma - 2 >= floor and tags[comma - 2] == ",":
        k = comma - 3  # ", however,"
        if k >= floor and scan.phrase_start[k] >= 0:
            return _with_joint(scan, phrase_back(scan, k, floor), k + 1, floor, "subject")
    if tags[comma - 1] == ")":  # "Senator Saleh (R-Ohio), said"
        end = before_bracket(scan, comma - 1, floor)
        if scan.phrase_start[end] >= 0 and tags[end] == "N":
            return _with_joint(scan, phrase_back(scan, end, floor), end + 1, floor, "subject")
    k = comma - 1
    best: Source | None = None
    for _ in range(4):
        while k >= floor and tags[k] != ",":
            k -= 1
        if k <= floor:
            break
        after = tags[k + 1]
        end = before_bracket(scan, k - 1, floor)
        if scan.phrase_start[end] >= 0 and tags[end] not in "o":
            first = phrase_back(scan, end, floor)
            before = tags[first - 1] if first > floor else "."
            opens = before in '.,:hcs-"Q(' or first == floor
            found = Source(first, end + 1, "apposition")
            if after == "N" and tags[end] == "n":  # "the minister, Badr Saleh, said"
                named = phrase_on(scan, k + 1, comma)
                found = Source(first if opens else k + 1, named, "apposition")
            if scan.lower[found.first - 1] == "and" and found.first - 2 > floor:
                found = found._replace(others=_partner(scan, found.first - 1, floor))
            if opens or best is None:
                best = found
            if opens and (after in "wajnNegi" or scan.lower[k + 1] in ("a", "the", "his", "her")):
                if before == "," and after not in "w" and _open_before(scan, first, floor):
                    k -= 1
                    continue
                return found
        k -= 1
    if best is not None or verb_tag == "c":
        return best
    return _previous(scan, comma, floor, "coordinated")


def _partner(scan: Scan, conjunction: int, floor: int) -> tuple[tuple[int, int], ...]:
    """Who speaks with it: "The Omani minister, X, and his Qatari counterpart, Y, said"."""
    tags = scan.tags
    end = conjunction
    if tags[end - 1] == ",":
        end -= 1
    k = end - 1
    while k > floor and tags[k] not in ",.:dzxm" and end - k < 12:
        k -= 1
    if tags[k] == "," and scan.phrase_start[k - 1] >= 0:
        return ((phrase_back(scan, k - 1, floor), end),)
    if scan.phrase_start[end - 1] >= 0:
        return ((phrase_back(scan, end - 1, floor), end),)
    return ()


def _open_before(scan: Scan, first: int, floor: int) -> bool:
    """Whether the phrase at ``first`` is itself an apposition to one before a comma."""
    k = first - 2
    return k >= floor and scan.phrase_start[k] >= 0 and scan.tags[first] in "aj"


def _antecedent(scan: Scan, relative: int, floor: int) -> Source | None:
    """What "who", "which" or "that" stands for."""
    tags = scan.tags
    if relative == floor:
        if scan.lower[relative] in _ADVERBIAL:
            return None  # "When asked about it, Saleh said"
        return Source(relative, relative + 1, "subject")
    k = relative - 1
    while k >= floor and tags[k] in ",iy":
        k -= 1
    first = scan.phrase_start[k] if k >= floor else -1
    if first - 2 >= floor and tags[first - 1] == "," and scan.tokens[first][1:2] == "-":
        k = first - 2  # "Senator Saleh, R-Ohio, who"
    if k >= floor and scan.phrase_start[k] >= 0:
        stop = relative + 1 if relative - k <= 4 else k + 1
        return Source(phrase_back(scan, k, floor), stop, "relative")
    if scan.lower[relative] in ("who", "which") and k >= floor and tags[k] in "cr":
        return Source(relative, relative + 1, "relative")  # "..., and who has said"
    return None


def _previous(scan: Scan, before: int, floor: int, how: str) -> Source | None:
    """The subject that a verb without its own takes over from a verb before it.

    That of the nearest verb of speaking, since what lies between is what was said ("H said the
    port was shut and called for ..."); where there is none, that of the nearest finite verb.
    """
    tags, lower = scan.tags, scan.lower
    low = max(floor, before - 60)
    nearest = -1
    for k in range(before - 1, low - 1, -1):
        tag = tags[k]
        if tag in "dzxmb" and (k == 0 or tags[k - 1] not in "tm"):
            if how == "participle" and tags[k - 1] == "w" and lower[k - 1] == "who":
                continue  # "thanked those who stayed, saying"
            nearest = k
            break
    if nearest >= 0:
        if how not in _NEAREST:
            for k in reversed(_led(scan, low, nearest + 1)):
                if tags[k] in "xm" or tags[k - 1] in "tm" or lemma(lower[k]) not in SPEECH:
                    continue
                if how == "participle" and tags[k - 1] == "w" and lower[k - 1] == "who":
                    continue
                found = _own_subject(scan, k, floor, low, how)
                if found:
                    return found
        found = _own_subject(scan, nearest, floor, low, how)
        if found:
            return found
    if floor < len(tags) and scan.phrase_start[floor] >= 0 and tags[floor] != "Q":
        return Source(scan.phrase_start[floor], phrase_on(scan, floor, before), how)
    return None


def _led(scan: Scan, first: int, stop: int) -> list[int]:
    """The verbs from token ``first`` to ``stop`` (exclusive) before which anything stands by which
    ``_own_subject`` may find its subject."""
    led = scan.led
    return led[bisect_left(led, first) : bisect_left(led, stop)]


def _own_subject(scan: Scan, verb: int, floor: int, low: int, how: str) -> Source | None:
    """The subject that stands before its verb, a relative's antecedent included."""
    tags = scan.tags
    m = verb - 1
    while m >= low and tags[m] in "rxm":
        m -= 1
    m = before_bracket(scan, m, low) if m >= low else m
    if m < low:
        return None
    if tags[m] in "Q," and lemma(scan.lower[verb]) in SPEECH:
        turned = inverted(scan, verb, min(len(tags), verb + 20))  # "“...,” said H, adding that"
        if turned and (tags[m] == "Q" or tags[turned.stop : turned.stop + 1] in (",", ".", "")):
            return turned._replace(how=how)
    if tags[m] == ",":
        found = _over_comma(scan, m, floor, "c")
        return found and found._replace(how=how)
    if tags[m] in "wh":
        found = _antecedent(scan, m, floor)
        return found and found._replace(how=how)
    if scan.phrase_start[m] >= 0 and tags[m] != "Q":
        return _with_joint(scan, phrase_back(scan, m, floor), m + 1, floor, how)
    return None


def main_subject(scan: Scan, floor: int, before: int) -> Source | None:
    """The subject of the first finite verb of a scope, if it stands before token ``before``."""
    tags = scan.tags
    for v in _led(scan, floor, min(before, floor + 60)):
        if tags[v] != "b" or (v > floor and tags[v - 1] not in "tm"):
            found = _own_subject(scan, v, floor, floor, "main")
            if found:
                return found
    return None


def inverted(scan: Scan, verb: int, stop: int) -> Source | None:
    """The subject after its verb: "said the Omani foreign minister, Badr Saleh"."""
    tags, starts = scan.tags, scan.phrase_start
    k = verb + 1
    while k < stop and tags[k] == "r":
        k += 1
    number = k + 2 < stop and scan.lower[k + 1] == "of" and counted(scan, k)
    if k >= stop or (starts[k] < 0 and not number) or tags[k] in "oQ":
        return None
    end = phrase_on(scan, k + 2 if starts[k] < 0 else k, stop)  # "said two of the pilots"
    # "said the foreign minister, Badr Saleh": the name belongs to it
    if end + 1 < stop and tags[end] == "," and tags[k] == "a" and tags[end + 1] == "N":
        after = min(scan.phrase_stop[end + 1], stop)
        if after >= stop or tags[after] in ",.-:":
            end = after
    others: list[tuple[int, int]] = []
    if end + 1 < stop and scan.lower[end] == "and" and starts[end + 1] >= 0:
        after = phrase_on(scan, end + 1, stop)
        if after >= stop or tags[after] in ",.:iy":
            others.append((end + 1, after))
    return Source(k, end, "inverted", tuple(others))


def agent(scan: Scan, verb: int, stop: int) -> Source | None:
    """The agent of a passive: "was told by H"."""
    tags, lower = scan.tags, scan.lower
    first = verb + 1
    while first < stop and tags[first] == "Q":
        first += 1  # "was called “a trap” by Saleh"
    for k in range(first, min(stop, first + 7)):
        if lower[k] == "by" and k + 1 < stop and scan.phrase_start[k + 1] >= 0:
            if lower[k + 1] in ("name", "mistake", "accident"):
                continue
            return Source(k + 1, phrase_on(scan, k + 1, stop), "agent")
        if tags[k] in ".:Qh,":
            return None
    return None
