"""Transcripts: paragraphs that begin with the name of who speaks and a colon.

"HADDAD: We never agreed to that." A label must be borne out: it comes back, or another label of the
same make stands in the text, or its name does, or the text is a row of turns; else it is a dateline
("DUBAI: ...") or a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from ...fold import shouted
from ..names.gazetteer import cues
from ..text.word_classes import CLASSES
from .attribution import Attribution
from .scan import Scan
from .senses import noun_field
from .sources import Source
from .speech import FURNITURE

_NAME = r"[^\W\d_a-z][\w.’'-]*"
_SEAT = r"\([^()\n]{2,40}\)"
_LABEL = re.compile(
    r"[\"“]?(?:"
    rf"(?P<plain>[QA]|{_NAME}(?: (?:\(?{_NAME}\)?|al-\w+|bin|el)){{0,4}})(?: {_SEAT}){{0,3}}:\s*"
    # "The Minister for Harbours (Dr Lena Voight): ..."
    rf"|The {_NAME}(?: (?:of|for|and|the|{_NAME})){{0,8}}"
    rf" \((?P<held>{_NAME}(?: {_NAME}){{1,4}})\):\s*"
    r"|(?P<asks>Q\.?)[ \u00a0]+(?=[“\"(…]?[A-Z]|[—–-] ?\w)"  # "Q   Will there be ..."
    r")(?=\S)"
)
# A post as a page embeds it: "We sail at noon. — Otto Lund (@lund) May 4, 2021".
_POSTED = re.compile(
    rf"(?:—|–|--|-) ?(?P<by>{_NAME}(?: {_NAME}){{0,4}}) \(@\w{{1,15}}\)"
    r"(?: [A-Z][a-z]+ \d{1,2}, \d{4})?$"
)
_OPENS = "\"“„«‘'`"
_ENDS = '.?!…"”’)—–-'
_SIGNATURE = 120  # characters that the signature of a post has at most
_FUNCTION = frozenset("A AN AND AT FOR FROM HOW IN OF ON THE TO WHY WITH".split())
_TURNS = 4  # labelled paragraphs from which a text may be a row of turns
# So many utterances that have fewer characters than that on average are none.
_MANY, _SAID = 200, 8
ASKS = frozenset(("Q", "Question", "Interviewer", "Reporter"))


def find(scan: Scan) -> list[Attribution]:
    """The utterances of a transcript in order, each a paragraph without its label."""
    raw = scan.raw
    labelled = []
    paragraphs = scan.text.paragraphs
    for n, (a, b) in enumerate(paragraphs):
        found = _LABEL.match(raw, a, b)
        if found:
            labelled.append((found, b, n))
    posts = _posts(scan)
    if not labelled:
        return posts
    counts = Counter(_label(m) for m, _, _ in labelled)
    turns = _turns(scan, labelled, counts)
    out = []
    for m, end, _ in labelled:
        label = _label(m)
        last = label.split()[-1].lower()
        if (
            last in FURNITURE
            or last in cues()["photo_agency"]
            or _field(scan, label, counts[label])
        ):
            continue  # "Photographer: ...", "AP:", "Type: ferry"
        if raw[m.end()] in _OPENS and raw[m.start()] not in _OPENS and not turns:
            continue  # a direct quotation after a colon
        whole = turns and raw[end - 1] in _ENDS
        if not (whole or (m.group("plain") and _borne_out(scan, label, counts))):
            continue
        group = next(name for name in ("plain", "held", "asks") if m.group(name))
        named = m.start(group) + len(m.group(group).partition(" (")[0])  # without seat and party
        first, stop = scan.tokens_of(m.start(group), named)
        cue = bisect_left(scan.starts, m.end(group) + raw[m.end(group) : m.end()].rfind(":"))
        while end > m.end() and raw[end - 1] in '"”' and raw[m.start()] in _OPENS:
            end -= 1
        words = raw[m.end() : end].split()
        figures = sum(any(map(str.isdigit, word)) for word in words)
        if any(map(str.isalpha, raw[m.end() : end])) and 5 * figures <= len(words):
            colon = (cue, cue + 1) if group != "asks" else None
            out.append(_labelled((m.end(), end), colon, first, stop))
    if len(out) > _MANY and sum(b - a for f in out for a, b in f.fragments) < _SAID * len(out):
        return posts  # a key or a table: "A: 4", "B: no", ...
    return sorted([*out, *posts], key=lambda f: f.fragments)


def _posts(scan: Scan) -> list[Attribution]:
    """What somebody posted, a paragraph of its own signed with the name and the account."""
    raw = scan.raw
    out: list[Attribution] = []
    if "(@" not in raw:
        return out
    for a, b in scan.text.paragraphs:
        found = _POSTED.search(raw, max(a, b - _SIGNATURE), b)
        if found and found.start() > a:
            first, stop = scan.tokens_of(*found.span("by"))
            said = (a, a + len(raw[a : found.start()].rstrip()))
            out.append(_labelled(said, None, first, stop))
    return out


def _labelled(
    said: tuple[int, int], cue: tuple[int, int] | None, first: int, stop: int
) -> Attribution:
    """What is said by whom the tokens ``first`` to ``stop`` name."""
    source = Source(first, stop, "label")
    return Attribution([said], "label", "direct", cue, source, confidence=0.9)


def _field(scan: Scan, label: str, count: int) -> bool:
    """Whether the label is the field of a form that comes back: a common noun that names no person
    and stands nowhere else as a name does."""
    word = label.split()[-1]
    if shouted(label) or noun_field(word.lower()) in ("?", "18") or word.lower() not in CLASSES:
        return False
    return scan.tokens.count(word) <= count


def _label(found: re.Match[str]) -> str:
    label = found.group("plain") or found.group("held") or found.group("asks")
    return label.rstrip(".") if len(label) == 2 else label


def _turns(
    scan: Scan, labelled: list[tuple[re.Match[str], int, int]], counts: Counter[str]
) -> bool:
    """Whether the text is a row of turns: at least half of its paragraphs from the first label to
    the last have one, whole sentences behind most, and a label comes back."""
    first, last = labelled[0][2], labelled[-1][2]
    if len(labelled) < _TURNS or 2 * len(labelled) < last - first + 1 or len(counts) < 2:
        return False
    whole = sum(1 for _, end, _ in labelled if scan.raw[end - 1] in _ENDS)
    named = {k: n for k, n in counts.items() if k not in ASKS and k != "A"}
    again = any(
        n > 1 or any(_short(_bare(k), _bare(o)) for o in named if o != k) for k, n in named.items()
    )
    return again and 3 * whole >= 2 * len(labelled)


def _borne_out(scan: Scan, label: str, counts: Counter[str]) -> bool:
    if label in ("Q", "A"):
        return counts["Q"] > 0 and counts["A"] > 0
    if not shouted(label):
        same = sum(n for k, n in counts.items() if k == label or _short(k, label))
        return same > 1 and sum(1 for k in counts if not shouted(k)) > 1
    if _FUNCTION & set(label.split()):
        return False  # "NEWS OF THE DAY: ..."
    name = label.split()[-1]
    others = sum(1 for k in counts if shouted(k) and len(k) > 1)
    return counts[label] > 1 or others > 1 or name.title() in scan.words


def _bare(label: str) -> str:
    """The name of a label, without its title."""
    return label.split()[-1]


def _short(one: str, other: str) -> bool:
    """Whether one label is a word of the other: "Reyes" of "Tomas Reyes Luna"."""
    return one in other.split() or other in one.split()
