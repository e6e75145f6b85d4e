"""Quotation marks: which mark opens, which closes it, and what to do with those that do neither.

One pass over the marks of one paragraph with a stack of at most two open quotations (an outer and
an inner one), so time grows with the number of marks and a mark that is never closed costs its
own paragraph at most.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Apostrophes inside words are no marks, so they never match. The class at its head is what makes
# the search fast.
_MARK = re.compile(
    r"[\"“”„‟«»‹›‚‘’'`,](?:(?<=[\"“”„‟«»‹›‚‘])|(?<=')'|(?<=`)`|(?<=,),(?=\w)"
    r"|(?<=[’'`])(?<!\w.)(?=[\w\[“\"$£€(…])|(?<=\S['’])(?!\w))"
)
OPENERS = frozenset("“„‟«‹‚‘`\"'")  # what may begin a quotation
_CLOSERS = frozenset("”»›’")
_SINGLE = frozenset("'‘’‚‹›`")
_BEFORE_OPEN = frozenset(" \t\u00a0([{—–-/:,;>=*_")
_ELISION = re.compile(r"['’](?:\d\ds?\b|(?:em|til|tis|twas|cause|bout|n|round|cos)\b)", re.I)


_SAID = r"(?:said|says|told|added|asked|wrote|warned|insisted|replied)"
_TAG = re.compile(rf"[,.!?]\s+(?:(?:[\w.’'-]+\s+){{1,6}}?{_SAID}\b|{_SAID}\s)")


class Marked(NamedTuple):
    """Words between quotation marks: ``text[start:end]``; with the marks ``text[open:close]``.

    ``level`` is 0 for an outermost pair, 1 for one inside another. ``closed`` is false where the
    closing mark is missing: then it reaches to the end of its paragraph or to the next opening
    mark, whichever comes first. ``single`` tells single marks from double ones.
    """

    open: int
    start: int
    end: int
    close: int
    level: int = 0
    closed: bool = True
    single: bool = False


def _role(text: str, a: int, b: int, start: int, stop: int) -> int:
    """1 where the mark ``text[a:b]`` can only open, -1 only close, 0 where it may do either."""
    before = text[a - 1] if a > start else " "
    after = text[b] if b < stop else " "
    left = before.isspace() or before in _BEFORE_OPEN or before in "“‘\"'«„"
    right = after.isspace() or not (after.isalnum() or after in "[$£€(…#@‘“'\"«.&*—–-")
    if left and not right:
        return 1
    if right and not left:
        return -1
    if left and right:
        return -1 if not before.isspace() else 0
    return 1 if before in "([—–" else 0


def pair(text: str, start: int, stop: int, goes_on: bool = False) -> list[Marked]:
    """The marked words of the paragraph ``text[start:stop]`` in order of their opening mark.

    ``goes_on`` tells that the next paragraph begins with an opening mark, so that a quotation left
    open here may go on there; else the tag in it ("“We stay, H said.") is where it ends.
    """
    out: list[Marked] = []
    outer: tuple[int, int, bool, str] | None = None  # open, start, single, mark
    inner: tuple[int, int, bool, str] | None = None
    weak: tuple[int, int] | None = None  # a plural's apostrophe that may close single marks
    inside: list[Marked] = []

    def close(end: int, stop_: int, closed: bool = True) -> None:
        nonlocal outer, inner, weak
        assert outer is not None
        out.append(Marked(outer[0], outer[1], end, stop_, 0, closed, outer[2]))
        out.extend(inside)
        inside.clear()
        outer = inner = weak = None

    for m in _MARK.finditer(text, start, stop):
        a, b = m.span()
        mark = m.group()
        single = mark[0] in _SINGLE and b - a == 1
        role = _role(text, a, b, start, stop)
        kind = mark[0]
        if single and kind in "'’" and role >= 0 and _ELISION.match(text, a):
            continue
        if outer is None:
            if kind in "”»›" and role >= 0 and not single and role != 1:
                continue
            if kind == '"' and a > start and text[a - 1].isdigit():
                continue  # inches
            opens = role == 1 if kind in "\"'’`”»›" or mark == "''" else role >= 0
            if kind == '"' and not opens and role == 0:  # the space before it is missing
                opens = a > start and text[a - 1] in ".!?…" and text[b : b + 1].isupper()
            if opens:
                outer = (a, b, single, kind)
            elif (
                kind in '”"»'
                and role == -1
                and a > start
                and text[a - 1] in ",.!?"
                and not any(x.close > a for x in out[-1:])
            ):
                _repair(text, start, a, b, out)
            continue
        if b == outer[1] or a == outer[1]:
            if single == outer[2]:
                outer = (outer[0], b, single, kind)  # a doubled mark
            elif role >= 0 or single:
                inner = (a, b, single, kind)
            continue
        if kind == '"' == outer[3] and role == 1 and text[a - 1] in ".,!?…":
            role = -1  # the space after it is missing
        if single == outer[2]:
            if single:
                if role <= 0 and (kind in "'’›" or (kind == "‘" and outer[3] == "‚")):
                    if _weak(text, a, b, stop):
                        weak = weak or (a, b)
                        continue
                    close(a, b)
                elif kind in "‘‚‹" and role == 1:
                    if weak:
                        close(*weak)
                    else:
                        outer = None
                        inside.clear()
                    outer = (a, b, single, kind)
                continue
            if inner is not None and not inner[2]:
                if role <= 0 or kind in _CLOSERS:
                    inside.append(Marked(inner[0], inner[1], a, b, 1, True, False))
                    inner = None
                continue
            closes = (
                (kind in "”»" and not (kind == "»" and outer[3] == "»" and role == 1))
                or (kind in '"' and role <= 0)
                or mark == "''"
                or (kind == "“" and (outer[3] in "„," or role == -1))
                or (kind == "«" and outer[3] == "»")
            )
            if closes:
                close(a, b)
            elif kind in "„«" or (kind != outer[3] and role == 1):
                inner = (a, b, single, kind)
            else:  # it opens again: the one before was never closed
                end = a
                while end > outer[1] and text[end - 1].isspace():
                    end -= 1
                end = _before_tag(text, outer[1], end, False)
                close(end, end, False)
                outer = (a, b, single, kind)
            continue
        # single marks inside double ones, or double inside single
        if inner is None:
            if role == 1 or kind in "‘“„«‚‹":
                inner = (a, b, single, kind)
            elif outer[2] and not single and role == -1 and kind in '”"»':
                close(a, b)  # OCR: opened by a single mark, closed by a double one
        elif (
            inner[2] == single
            and role <= 0
            and kind not in "‘‚“„"
            and not (single and _weak(text, a, b, stop))
        ):
            inside.append(Marked(inner[0], inner[1], a, b, 1, True, single))
            inner = None
    if outer is not None:
        if weak:
            close(*weak)
        elif not outer[2] and stop > outer[1]:
            end = _before_tag(text, outer[1], stop, goes_on)
            close(end, end, False)
    return [x for x in out if x.end > x.start]


def _before_tag(text: str, start: int, stop: int, goes_on: bool) -> int:
    """The end of a quotation whose closing mark is missing: before its tag, where it has one."""
    tag = _TAG.search(text, start, min(stop, start + 2000))
    if tag is None or (goes_on and stop - tag.end() > 30):
        return stop
    return tag.start() + 1


def _weak(text: str, a: int, b: int, stop: int) -> bool:
    """Whether the single mark at ``a`` may as well be the apostrophe of a plural (ships' crews)."""
    if text[a - 1] not in "sSxz":
        return False
    nxt = text[b : b + 2]
    return len(nxt) == 2 and nxt[0] == " " and nxt[1].isalnum() and b < stop


def _repair(text: str, start: int, a: int, b: int, out: list[Marked]) -> None:
    """A closing mark that nothing opened: its opening mark is taken to be lost at the start."""
    floor = out[-1].close if out else start
    if a - floor > 5000:  # no sentence; and looking back stays bounded
        return
    if out and not text[floor:a].strip(" ,.;"):
        return
    begin = max(floor, text.rfind(". ", floor, a - 1) + 2 if out else start)
    while begin < a and text[begin].isspace():
        begin += 1
    if a - begin > 1 and text[begin].isupper():
        out.append(Marked(begin, begin, a, b, 0, False, False))
