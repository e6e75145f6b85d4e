"""What a report tells first without a day: it happened about when the report was published.

"Guards seized a tanker, its owner said." has no date, yet no reader doubts when: a report opens
with its news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...model import ResolvedDate, TimeExpression
from ..text.verb_groups import Group
from ..text.word_classes import lemma
from .extent import trim
from .role import happens
from .sentence import Sentence
from .worth import undoubled

SENTENCES = 1  # with a verb, at the head of a report
_SOON = 1500  # code points behind it within which a report that tells news names its day
_SHORT = 300  # code points of a report that need not name a day
_OLD = 3  # days
_FEWEST, _MOST = 6, 60  # tokens of a sentence that tells news
_TIMELESS = frozenset(
    "always ever never often usually once again long typically generally sometimes every each"
    " decade decades century centuries history historically recently lately finally now today"
    " increasingly largely mostly gradually steadily".split()
)
_NO_PAST = frozenset(("had", "did", "didn't", "being", "having"))
_GRADUAL = frozenset(
    "seen become grown maintained assumed touched strengthened changed covered worked served lived"
    " written taught played struggled fought stood sat followed studied come combined".split()
)


def may_lead(s: Sentence, first: Group) -> bool:
    """Whether a sentence whose first verb group is ``first`` may tell news without a day, as far
    as is seen before it is cut into clauses."""
    if not _FEWEST <= len(s.tokens) <= _MOST or s.tokens[-1] not in (".", "”", '"'):
        return False
    if not _TIMELESS.isdisjoint(s.lower) or "?" in s.tokens or "!" in s.tokens:
        return False
    return _plain_past(s, first)


def fresh(dates: Sequence[TimeExpression], end: int, length: int, published: str) -> bool:
    """Whether a report of ``length`` code points whose first sentence ends at ``end`` tells news:
    it is short, or names a day not long before its publication before that or soon behind."""
    if length - end < _SHORT:
        return True
    for d in dates:
        if d.start >= end + _SOON:
            return False
        if d.date is None or d.date.granularity != "day" or not d.date.start:
            continue
        age = date.fromisoformat(published) - date.fromisoformat(d.date.start)
        if 0 <= age.days <= _OLD:
            return True
    return False


def lead_events(
    s: Sentence, published: str
) -> Iterator[tuple[int, tuple[int, int], TimeExpression]]:
    """The main clause of a sentence that ``may_lead`` a report, its extent (code points) and the
    day, where it tells in the past what somebody did or what was done; nothing where any expression
    of time stands in the sentence (a dateline aside), or it is asked, supposed, or somebody's own
    words."""
    i = next((i for i, clause in enumerate(s.clauses) if clause.groups), len(s.clauses))
    if i == len(s.clauses) or _timed(s, s.clauses[i].lo):
        return
    first = s.clauses[i]
    if first.kind != "main" or first.word not in ("", "-", "–", "—") or first.condition:
        return
    group = first.groups[0]
    verb = lemma(group.head)
    if s.lex["deeds"].isdisjoint((verb, undoubled(verb))):
        return
    if len(first.groups) > 1 and first.groups[1].start == group.end:
        return  # the left keeps quarrelling
    if s.unsure[i] or group.start == first.lo:
        return
    at = s.text.ends[s.first + group.end - 1]
    day = TimeExpression(at, at, "", "DATE", published, date=day_of(published))
    span = trim(s, first.lo, s.clauses[_last(s, i)].hi)
    if span is not None and happens(s, i, group, day):
        yield i, span, day


def _timed(s: Sentence, lo: int) -> bool:
    """Whether an expression of time other than a length stands behind token ``lo``."""
    verb = next(p.groups[0].start for p in s.clauses if p.groups)
    return any(k >= lo and (d.type != "DURATION" or k < verb) for k, d in s.date_of.items())


def _last(s: Sentence, first: int) -> int:
    """The last clause that goes on with the clause ``first``."""
    for i in range(first + 1, len(s.clauses)):
        clause = s.clauses[i]
        joined = clause.kind == "coordinate" and not clause.elided
        if clause.kind == "tag" or clause.hard or clause.condition or joined:
            return i - 1
    return len(s.clauses) - 1


def _plain_past(s: Sentence, group: Group) -> bool:
    """Seized, was seized, has seized: what is over."""
    words = s.lower[group.start : group.end]
    if group.infinitive or group.participle or group.planned or group.head.endswith("ing"):
        return False
    if words[0] in ("has", "have"):
        return len(words) > 1 and group.head not in _GRADUAL
    return group.tense in ("past", "bare") and words[0] not in _NO_PAST


def day_of(published: str) -> ResolvedDate:
    """The day of publication as that of what is told first."""
    return ResolvedDate(
        text="",
        edtf=f"{published}~",
        start=published,
        end=published,
        granularity="day",
        mod="approx",
        anchor_kind="published",
        anchor_date=published,
    )
