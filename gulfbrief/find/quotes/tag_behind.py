"""The tag of a direct quotation behind its marks: "“...,” said H", "“...,” H told reporters"."""

from __future__ import annotations

import re

from ..text.word_classes import lemma
from .marks import FINITE, tells, titled
from .scan import Scan
from .sources import Source, inverted, subject
from .speech import SPEECH

REACH = 45  # tokens that a tag may be away from its mark


def behind(scan: Scan, k: int) -> tuple[tuple[int, int], Source | None, str] | None:
    """The tag after the mark: "“...,” said H", "“...,” H told reporters"."""
    stop = scan.mark_stop[k]
    count = len(scan.tags)
    if stop >= count:
        return None
    scope = scan.scopes[scan.scope_of(stop - 1)]
    end = min(scope.stop, stop + REACH)
    rule = "after"
    first = scan.mark_first[k]
    if first > scope.first and scan.tags[first - 1] not in ",:-.cQ":
        return None  # the end of a reported clause
    last = scan.raw[scan.marked[k].end - 1]
    if stop >= scope.stop:
        signed = _signed(scan, stop)
        if signed:
            return signed
        following = scan.scopes[scan.scope_of(stop)]
        if following.first != stop or "\n" in scan.raw[scan.ends[stop - 1] : scan.starts[stop]]:
            return None
        end = min(following.stop, stop + (REACH if last in "?!" else 12))
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
    if tags[i] in "dzbe" and (tells(scan, i) or tags[i] in "dz"):
        source = inverted(scan, i, end)
        if source:
            return (i, i + 1), source, rule
        return None
    if tags[i - 1] == "-" and scan.phrase_start[i] == i and tags[i] in "Nna":
        whole = scan.phrase_stop[i]
        if whole >= end or tags[whole] in ".,(":
            return (i - 1, i), Source(i, min(whole, end), "label"), rule
    if last == "," and scan.phrase_start[i] == i and tags[i : i + 2] == "NN":
        whole = scan.phrase_stop[i]  # "“...,” Badr Saleh, a clerk of the port."
        ends = whole >= scope.stop - 1  # "“...,” Badr Saleh. “..."
        if ends or (tags[whole] == "," and not _TOLD(tags, whole, scope.stop)):
            return (stop - 1, stop), Source(i, whole, "label"), rule
    unclosed = last not in ",.!?…" and scan.tags[stop] not in ",.-:"
    limit = i + (7 if rule == "next" and last == "." else REACH)
    fallback: tuple[tuple[int, int], Source | None, str] | None = None
    for v in range(i + 1, min(end, limit)):
        if tags[v] not in "dzbeg" and not (tags[v] == "n" and _last_word(scan, v, end)):
            continue
        speech = tags[v] == "n" or tells(scan, v)
        if rule == "next" and last == "." and lemma(lower[v]) not in _PLAIN:
            continue  # "“...” H conceded the next day."
        if not speech and (fallback or tags[v] not in "dzb" or rule == "next"):
            continue
        source = subject(scan, v, i)
        far = source is None or source.begin > i or source.first > i + 6
        if speech and far and _one_phrase(scan, i, v):
            # "“...,” scholars of the Institute for Sea and Sky said"
            source = Source(i, v, "subject")
        if source is None or source.how == "relative" or source.first > i + 6:
            continue
        if source.stop == source.first + 1 and tags[source.first] == "w":
            continue  # "“The Choice,” which urges"
        if unclosed and source.first > i:
            continue  # "“It is hard” if she had not left, said H": the clause goes on
        if rule == "next" and "," in tags[i : source.first]:
            continue  # "“...” Perhaps, H said, the port is shut."
        clause = rule == "next" and tags[v + 1 : v + 2] in tuple("hapnNj")
        if clause and last == "." and FINITE(tags, v + 1, following.stop):
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
