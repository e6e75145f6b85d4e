"""Temporal expressions and their values.

The way of a text: ``tokens`` gives each token a kind, ``patterns`` finds expressions in the string
of kinds (its readers are ``days``, ``years``, ``other_calendars``, ``relative``
and ``lengths``), ``joins`` puts neighbours
together (a clock time and its day, both ends of a range) and adds what modifies them, ``guards``
leaves out what only looks like a date, ``resolve`` reckons each from the day of publication or
from the text.
"""

from __future__ import annotations

from ...model import TimeExpression
from ..text import Text
from . import (
    days,
    guards,
    joins,
    lengths,
    other_calendars,
    patterns,
    relative,
    resolve,
    tokens,
    years,
)

__all__ = ["days", "find", "lengths", "other_calendars", "relative", "years"]


def find(text: Text, published: str | None) -> list[TimeExpression]:
    """All temporal expressions in order of the text, none overlapping another.

    ``published`` is the day (``YYYY-MM-DD``) that relative dates are reckoned from; without it they
    keep a value with X where it is not known, a null ``date`` and a ``reason``. Deterministic, in
    time linear in the length of the text.

    >>> [(x.text, x.value) for x in find(Text("Talks opened on 5 July, he said."), "2021-07-14")]
    [('5 July', '2021-07-05')]
    """
    read = tokens.read(text)
    drafts = patterns.search(read, guards.accepts)
    drafts = guards.mark_references(read, drafts)
    drafts = joins.join(read, drafts)
    return resolve.resolve(read, drafts, published)
