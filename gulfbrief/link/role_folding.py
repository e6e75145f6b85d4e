"""Roles as documents write them -> one line a role and what it is of.

"President", "Ukrainian President" and "President of Ukraine" are one; the former president is
another line, and so is the president of something else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ..find.coreference.roles import lexicon
from ..find.names import load
from ..fold import fold

SURE = 3
"""A role of nothing told is of that of which it is told so many times as often as of all else."""

TOLD = 0.2
"""A folded role is shown with what it is of where so large a part of its writings tells it."""

_STATUS = {
    "former": frozenset(("former", "ex", "then", "late")),
    "acting": frozenset(("acting", "interim", "caretaker")),
    "designate": frozenset(("designate", "elect", "incoming")),
}
_LINKS = frozenset(("of", "for", "at", "to", "from"))


@dataclass(slots=True)
class FoldedRole:
    """A role with how often documents give it, and the first and last of their days."""

    text: str
    count: int
    first: str | None
    last: str | None


@dataclass(slots=True)
class _Group:
    texts: Counter[tuple[bool, str]] = field(default_factory=Counter)
    count: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, other: _Group) -> None:
        self.texts += other.texts
        self.count += other.count
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)


def folded(
    told: Iterable[tuple[str, str | None, str | None, int, str | None, str | None]],
) -> list[FoldedRole]:
    """The roles of an actor, the commonest first, from (text, state, status, count, first day, last
    day) of each writing."""
    groups: dict[tuple[str, str | None], dict[str, _Group]] = defaultdict(dict)
    for text, state, status, count, first, last in told:
        noun, of = split(text)
        groups[noun, status].setdefault(state or of, _Group()).add(
            _Group(Counter({(bool(state or of), text): count}), count, first, last)
        )
    out: list[FoldedRole] = []
    for (_, status), by_of in groups.items():
        plain = by_of.get("")
        best = max((o for o in by_of if o), key=lambda o: (by_of[o].count, o), default=None)
        if plain and best:
            rest = sum(g.count for o, g in by_of.items() if o not in ("", best))
            if by_of[best].count >= SURE * rest:
                by_of[best].add(by_of.pop(""))
        out += (
            FoldedRole(_with_status(_text(g), status), g.count, g.first, g.last)
            for g in by_of.values()
        )
    return sorted(out, key=lambda r: (-r.count, r.text.casefold(), r.text))


def _text(group: _Group) -> str:
    """How a role is written most often: with what it is of, unless that is seldom told."""
    told = sum(n for (of, _), n in group.texts.items() if of) >= TOLD * group.count
    return min(group.texts, key=lambda t: (told and not t[0], -group.texts[t], t[1]))[1]


@lru_cache(maxsize=50_000)
def split(text: str) -> tuple[str, str]:
    """A role's noun phrase without states and status, and what it is of where that is no state.

    >>> split("Ukrainian President"), split("head of the sheep board")
    (('president', ''), ('head', 'sheep board'))
    """
    words, short = _plain(text), lexicon().short
    over = {w for some in _STATUS.values() for w in some}
    kept = [short.get(w, w) for w in words if w not in over and w not in ("the", "a", "an")]
    at = next((n for n, w in enumerate(kept) if n and w in _LINKS), len(kept))
    noun, of = kept[:at], kept[at + 1 :]
    if noun[-1:] == ["secretary"] and of[:1] == ["state"]:
        noun, of = [*noun, "of", "state"], of[1:]
    return " ".join(noun) or " ".join(kept), " ".join(of)


def _plain(text: str) -> list[str]:
    """The folded words of a role without the names of states, peoples and known places."""
    parts = [w.strip(",;:'’\"") for w in text.replace("-", " ").split()]
    names = load().known
    out: list[str] = []
    i = 0
    while i < len(parts):
        for j in range(min(len(parts), i + 4), i, -1):
            name = " ".join(parts[i:j])
            known = names.get(name)
            if known and known.type in ("country", "nationality", "place") and name[:1].isupper():
                i = j
                break
        else:
            if word := fold(parts[i]).strip("."):
                out.append(word)
            i += 1
    return out


def _with_status(text: str, status: str | None) -> str:
    """A role with what documents tell of its holding ("former")."""
    words = set(text.casefold().replace("-", " ").split())
    if status is None or words & _STATUS[status]:
        return text
    return f"{text}-designate" if status == "designate" else f"{status} {text}"
