"""The names and roles of an actor as a page shows them: a name once, a line an office, those held
apart from former ones.

The index holds a line a role and what it is of (link/role_folding.py), which JSON gives in full; a
page leaves out what the fullest name of an office already says. No lexicon is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..fold import fold, shouted, words
from ..model import Actor, RoleRecord

_FORMER = frozenset("former ex then onetime late ousted deposed".split())

# What makes another office of one: a deputy foreign minister is no foreign minister.
_OTHER_OFFICE = frozenset(
    "deputy vice acting assistant under shadow designate elect interim junior co first second"
    " nominee candidate spokesman spokeswoman adviser advisor wife husband son".split()
)
_ARTICLES = frozenset("the a an of".split())
_SHARE = 0.1
"""Of the times that an office is named, that its fullest name has to have."""

_OFTEN = 0.15
"""Of the times that the commonest role is given, below which another role is left out."""

_MANY = 4
"""Times that the commonest role is given, from which one that is given once is left out."""


def other_names(actor: Actor) -> list[tuple[str, int]]:
    """The names beside the one that is shown, each with its count, the most frequent first; those
    that differ in their capitals or accents alone are one, in its commonest spelling."""
    alike: dict[str, list[tuple[str, int]]] = {}
    for text, count in actor.aliases:
        alike.setdefault(fold(text), []).append((text, count))
    alike.pop(fold(actor.name), None)
    found = [
        (next((text for text, _ in some if not shouted(text)), some[0][0]), sum(n for _, n in some))
        for some in alike.values()
    ]
    return sorted(found, key=lambda name: -name[1])


def held(actor: Actor) -> list[RoleRecord]:
    """The roles that an actor has by the last that is told, the most frequent first."""
    return _folded(r for r in actor.roles if not _is_former(r))


def former(actor: Actor) -> list[RoleRecord]:
    """The roles that an actor had."""
    return _folded(r for r in actor.roles if _is_former(r))


def _is_former(role: RoleRecord) -> bool:
    there = words(role.text)
    return bool(there) and (there[0] in _FORMER or "former" in there)


def _folded(roles: Iterable[RoleRecord]) -> list[RoleRecord]:
    """Roles of one office as one, by its fullest name that is common, with the days and times of
    all; what was given rarely beside a common one is left out."""
    groups: list[list[RoleRecord]] = []
    for role in sorted(roles, key=lambda r: (-len(_key(r)), -r.count, r.text)):
        home = next((g for g in groups if _one_office(role, g[0])), None)
        if home is None:
            groups.append([role])
        else:
            home.append(role)
    merged = [_merged(group) for group in groups]
    merged.sort(key=lambda r: (-r.count, r.first or "", r.text))
    most = merged[0].count if merged else 0
    least = 2 if most >= _MANY else 1
    return [r for r in merged if r.count >= max(least, _OFTEN * most)]


def _key(role: RoleRecord) -> frozenset[str]:
    """The words of a role; letters that stand alone ("U.S.") are one word."""
    out: list[str] = []
    letters = ""
    for word in words(role.text):
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            out.append(letters)
            letters = ""
        out.append(word)
    return frozenset([*out, letters]) - _ARTICLES - {""}


def _one_office(one: RoleRecord, fuller: RoleRecord) -> bool:
    a, b = _key(one), _key(fuller)
    if a & _OTHER_OFFICE != b & _OTHER_OFFICE:
        return False
    return all(any(_alike(x, y) for y in b) for x in a)


def _alike(one: str, other: str) -> bool:
    """Whether two words are one, or a state and its adjective ("Iran", "Iranian")."""
    return one == other or (len(one) > 3 < len(other) and one[:4] == other[:4])


def _merged(group: Sequence[RoleRecord]) -> RoleRecord:
    total = sum(r.count for r in group)
    common = [r for r in group if r.count >= max(1, _SHARE * total)] or list(group)
    fullest = max(common, key=lambda r: (len(_key(r)), r.count, r.text))
    first = min((r.first for r in group if r.first), default=None)
    last = max((r.last for r in group if r.last), default=None)
    return RoleRecord(fullest.text, total, first, last)


def period(role: RoleRecord) -> str:
    """The first and last day on which a role was given."""
    told = [day for day in (role.first, role.last) if day]
    return " to ".join(dict.fromkeys(told))


def line(actor: Actor) -> str:
    """The commonest roles on one line, today's first."""
    shown = [r.text for r in held(actor)[:2]]
    past = [r.text for r in former(actor)[: 3 - len(shown)]]
    return "; ".join([*shown, *past])
