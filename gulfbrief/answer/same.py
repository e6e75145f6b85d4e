"""Which entries of a timeline tell the same event, and which tell it of another day.

Events are compared by their words (rarer words weigh more), their actors, the kind of happening
and their days. No event is compared with all others: each is looked up by its rarest words and
actors, and at most a fixed number of entries is tried for each of these.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

from ..fold import words
from ..model import FoundEvent

_KEYS = 8  # rarest words and actors by which an event is looked up
_TRIED = 40  # entries tried for each of them
_SAME = 0.55  # least share of the lighter event's weight that both have in common
_SAME_VAGUE = 0.75  # the same where one date is a year or more
_SAME_DOCUMENT = 0.8  # the same within one document
_CONFLICT = 0.75  # the same where the days differ
_CONFLICT_CLOSE = 0.4  # the same where two actors are the same and the days are close
_CONFLICT_UNKNOWN = 0.85  # the same where the kind of happening is not known
_CLOSE = 3  # days between tellings that close
_NEAR = 10  # days within which a different day is taken for another telling, not another event

_NAME = re.compile(r"\b[^\W\d_a-z]\w+")
_SUFFIX = re.compile(r"(?:ingly|edly|ing|ies|ied|ed|es|s|'s|’s)$")


def stem(word: str) -> str:
    """A rough stem, good enough to find "seized" in "seizing": at least three letters stay."""
    short = _SUFFIX.sub("", word)
    if len(short) < 3:
        return word
    if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "sl":
        short = short[:-1]
    return short.rstrip("e") if len(short) > 3 else short


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("gulfbrief.answer").joinpath("kinds.toml").read_text("utf-8"))


@cache
def _empty() -> frozenset[str]:
    """Words that tell nothing of what happened."""
    return frozenset(_data()["empty"].split())


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Stem -> the kinds of happening it tells."""
    of: dict[str, set[str]] = defaultdict(set)
    for kind, listed in _data()["kinds"].items():
        for word in listed.split():
            of[stem(word)].add(kind)
    return {word: frozenset(kinds) for word, kinds in of.items()}


@dataclass(frozen=True, slots=True)
class Signature:
    """What an event is compared by."""

    words: frozenset[str]
    actors: frozenset[str]
    kinds: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]
    start: str
    end: str
    open: bool

    @classmethod
    def of(cls, found: FoundEvent) -> Signature:
        event = found.event
        dated = set(words(event.date.text))
        content = [w for w in words(event.text) if w not in _empty() and w not in dated]
        stems = frozenset(stem(w) for w in content)
        kinds = frozenset(k for s in stems for k in _kinds().get(s, ()))
        actors = frozenset(event.actors)
        start, end = event.date.start, event.date.end
        return cls(
            stems,
            actors,
            kinds,
            _names(found),
            stems | {"@" + actor for actor in actors},
            start or end or "",
            end or start or "",
            start is None or end is None,
        )


def _names(found: FoundEvent) -> frozenset[str]:
    """The words with a capital, without the first, acronyms and those of the actors' ids."""
    known = {part for actor in found.event.actors for part in actor.split("-")}
    _, _, rest = found.event.text.partition(" ")
    named = {w.lower() for w in _NAME.findall(rest) if not w.isupper()}
    return frozenset(named - known - _empty())


@dataclass(slots=True)
class _Entry:
    """Tellings of one event; the first was met first."""

    tellings: list[tuple[FoundEvent, Signature]]
    conflicts: list[int] = field(default_factory=list)

    @property
    def signature(self) -> Signature:
        return self.tellings[0][1]


class _Weights:
    """How much a word or an actor tells: rare ones more."""

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self.count = Counter(key for s in signatures for key in s.keys)
        self.total = max(1, len(signatures))

    def __call__(self, key: str) -> float:
        return 1 + 0.5 * log(self.total / max(1, self.count[key]))

    def rarest(self, signature: Signature) -> list[str]:
        return sorted(signature.keys, key=lambda key: (self.count[key], key))[:_KEYS]

    def common(self, a: Signature, b: Signature) -> float:
        """The share (0 to 1) of the lighter event's words and actors that the other has too."""
        shared = a.keys & b.keys
        if len(shared) < 2 or not a.words & b.words:
            return 0.0
        lighter = min(sum(map(self, a.keys)), sum(map(self, b.keys)))
        return sum(map(self, shared)) / lighter


def group(events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """``events`` with the tellings of one event under one entry, in order of their days.

    The entry is the telling with the narrowest date; ``also`` holds one telling of each further
    document. ``conflicts`` holds entries of other documents that tell the same event of a day
    that cannot be the same.
    """
    met = [(found, Signature.of(found)) for found in events]
    weigh = _Weights([s for _, s in met])
    entries: list[_Entry] = []
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for found, signature in met:
        keys = [(key, signature.start[:4]) for key in weigh.rarest(signature)]
        home = _home(found, signature, keys, listed, entries, weigh)
        if home is None:
            home = len(entries)
            entries.append(_Entry([(found, signature)]))
        else:
            entries[home].tellings.append((found, signature))
        for key in keys:
            if home not in listed[key][-_TRIED:]:
                listed[key].append(home)
    _contradict(entries, weigh)
    leads = [_lead(entry) for entry in entries]
    out = [
        replace(lead, conflicts=tuple(replace(leads[j], also=()) for j in entry.conflicts))
        for lead, entry in zip(leads, entries, strict=True)
    ]
    return sorted(out, key=order)


def order(found: FoundEvent) -> tuple[str, str, str, str, int]:
    """Events by their days; those that begin alike, the shorter first."""
    date_, source = found.event.date, found.source
    start, end = date_.start or date_.end or "", date_.end or "9999"
    return (start, end, source.published or "", source.path, found.event.start)


def _home(
    found: FoundEvent,
    signature: Signature,
    keys: Sequence[tuple[str, str]],
    listed: dict[tuple[str, str], list[int]],
    entries: Sequence[_Entry],
    weigh: _Weights,
) -> int | None:
    """The entry that tells the same event, if there is one: the most alike."""
    best, home = 0.0, None
    tried: set[int] = set()
    for key in keys:
        for at in listed[key][-_TRIED:]:
            if at in tried:
                continue
            tried.add(at)
            lead, other = entries[at].tellings[0]
            score = _same(found, signature, lead, other, weigh)
            if score > best:
                best, home = score, at
    return home


def _same(a: FoundEvent, sa: Signature, b: FoundEvent, sb: Signature, weigh: _Weights) -> float:
    """How alike two tellings of the same days are; 0 where they are not of one event."""
    if not compatible(sa, sb) or not _certainties(a, b) or _differ(sa, sb):
        return 0.0
    least = _SAME
    if a.source.doc == b.source.doc:
        least = _SAME_DOCUMENT
    elif _days(sa) > 31 or _days(sb) > 31:
        least = _SAME_VAGUE if (sa.start, sa.end) != (sb.start, sb.end) else _SAME
    score = weigh.common(sa, sb)
    if score >= least:
        return score
    # Few words in common, but the same people on the same day doing the same kind of thing.
    if len(sa.actors & sb.actors) >= 2 and sa.kinds & sb.kinds - {"say"} and _days(sa) == 1:
        return score + 0.01 if score >= least / 2 else 0.0
    return 0.0


def compatible(a: Signature, b: Signature) -> bool:
    """Whether two dates may be of one event: equal, or one within the other."""
    if a.open or b.open:
        return (a.start, a.end, a.open) == (b.start, b.end, b.open)
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


def _certainties(a: FoundEvent, b: FoundEvent) -> bool:
    """A plan and its happening may be one event; what is doubted is not what happened."""
    both = {a.event.certainty, b.event.certainty}
    return both != {"past", "hypothetical"}


def _differ(a: Signature, b: Signature) -> bool:
    return bool(a.kinds and b.kinds and not a.kinds & b.kinds)


def _days(s: Signature) -> int:
    first, last = _day(s.start), _day(s.end)
    return (last - first).days + 1 if first and last else 9999


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _contradict(entries: Sequence[_Entry], weigh: _Weights) -> None:
    """Marks entries of different documents that tell one event of different days."""
    listed: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        tried: set[int] = set()
        for key in weigh.rarest(entry.signature):
            for other in listed[key][-_TRIED:]:
                if other not in tried:
                    tried.add(other)
                    if _otherwise(entry, entries[other], weigh):
                        entry.conflicts.append(other)
                        entries[other].conflicts.append(at)
            listed[key].append(at)


def _otherwise(a: _Entry, b: _Entry, weigh: _Weights) -> bool:
    (ea, sa), (eb, sb) = a.tellings[0], b.tellings[0]
    documents = {f.source.doc for f, _ in a.tellings} & {f.source.doc for f, _ in b.tellings}
    if documents or compatible(sa, sb) or sa.open or sb.open:
        return False
    if not _certainties(ea, eb) or len(sa.words & sb.words) < 3:
        return False
    if sa.names - sb.names and sb.names - sa.names:
        return False  # two ships, two towns
    if (sa.kinds & sb.kinds) - {"say"}:
        close = len(sa.actors & sb.actors) >= 2 and _apart(sa, sb) <= _CLOSE
        least = _CONFLICT_CLOSE if close else _CONFLICT
    elif sa.kinds or sb.kinds:
        return False
    else:
        least = _CONFLICT_UNKNOWN
    return _could_be_a_slip(sa, sb) and weigh.common(sa, sb) >= least


def _could_be_a_slip(a: Signature, b: Signature) -> bool:
    """Whether two different dates are near enough, or alike enough, to be meant for one event:
    a few days apart, the same day of another month or year, or neighbouring months or years told
    without a day."""
    if _days(a) <= 31 and _days(b) <= 31:
        if _apart(a, b) <= _NEAR:
            return True
        alike = a.start[5:] == b.start[5:] or (
            a.start[:4] == b.start[:4] and a.start[8:] == b.start[8:]
        )
        return alike and _days(a) == _days(b) == 1
    return _days(a) > 300 and _days(b) > 300 and _apart(a, b) <= _NEAR


def _apart(a: Signature, b: Signature) -> int:
    """Days from the end of the earlier to the start of the later."""
    first, last = sorted((a, b), key=lambda s: s.start)
    end, start = _day(first.end), _day(last.start)
    return (start - end).days if end and start else 9999


def _lead(entry: _Entry) -> FoundEvent:
    """The telling that stands for the entry, with one of each other document behind it."""
    sure = {"past": 0, "planned": 1, "hypothetical": 2}
    ranked = sorted(
        entry.tellings,
        key=lambda t: (sure[t[0].event.certainty], _days(t[1]), order(t[0])[2:]),
    )
    lead = ranked[0][0]
    others: dict[str, FoundEvent] = {}
    for found, _ in ranked[1:]:
        if found.source.doc != lead.source.doc:
            others.setdefault(found.source.doc, found)
    also = sorted(others.values(), key=lambda f: (f.source.published or "", f.source.path))
    return replace(lead, also=tuple(also))
