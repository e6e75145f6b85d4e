"""The pictures of a dossier as inline SVG: its timeline as a strip, its actors as a graph."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from math import cos, log1p, pi, sin
from textwrap import wrap

from ..model import Actor, Brief, FoundEvent
from .brief import count, day, one_line


def escape(text: str) -> str:
    """A document's words as HTML text or attribute, on one line."""
    return html.escape(one_line(text), quote=True)


def strip(events: Sequence[FoundEvent]) -> str:
    """The timeline as a strip: a dot a day, a line a span, hollow where it is not yet past."""
    spans = []
    for e in events:
        first, last = e.event.date.start or e.event.date.end, e.event.date.end or e.event.date.start
        if first and last:
            spans.append(
                (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), e)
            )
    if len(spans) < 2:
        return ""
    lo, hi = min(a for a, _, _ in spans), max(b for _, b, _ in spans)
    width = max(hi - lo, 1)

    def x(ordinal: int) -> float:
        return 20 + 760 * (ordinal - lo) / width

    marks = []
    for year in range(date.fromordinal(lo).year, date.fromordinal(hi).year + 2):
        new_year = date(year, 1, 1).toordinal()
        if lo <= new_year <= hi:
            marks.append(
                f'<line class="axis" x1="{x(new_year):.1f}" x2="{x(new_year):.1f}" y1="8" y2="72"/>'
            )
            marks.append(f'<text x="{x(new_year) + 3:.1f}" y="86">{year}</text>')
    for i, (a, b, e) in enumerate(spans):
        y = 18 + 14 * (i % 3)
        label = f"<title>{escape(day(e))}: {escape(e.event.display)}</title>"
        if b - a > width / 60:
            marks.append(
                f'<line class="span" x1="{x(a):.1f}" x2="{x(b):.1f}" y1="{y}" y2="{y}">'
                f"{label}</line>"
            )
        else:
            kind = "dot" if e.event.certainty == "past" else "plan"
            marks.append(
                f'<circle class="{kind}" cx="{x((a + b) // 2):.1f}" cy="{y}" r="5">{label}</circle>'
            )
    first, last = date.fromordinal(lo).isoformat(), date.fromordinal(hi).isoformat()
    return (
        f'<figure><svg viewBox="0 0 800 92" role="img" aria-label="Timeline from {first} to '
        f'{last}; the list below says the same">'
        '<line class="axis" x1="20" x2="780" y1="66" y2="66"/>' + "".join(marks) + "</svg>"
        f"<figcaption>{first} to {last}, {count(len(spans), 'date')}. "
        "Hollow: planned or possible.</figcaption></figure>"
    )


def graph(b: Brief) -> str:
    """The key actors on a circle, joined where they stand in one sentence; those that stand in none
    with another are left out."""
    if len(b.actors) < 3 or not b.links:
        return ""
    joined = {id for one, other, _ in b.links for id in (one, other)}
    actors = [a for a in b.actors if a.id in joined]
    place = {
        a.id: (
            400 + 170 * cos(2 * pi * i / len(actors) - pi / 2),
            230 + 160 * sin(2 * pi * i / len(actors) - pi / 2),
        )
        for i, a in enumerate(actors)
    }
    names = {a.id: a.name for a in actors}
    marks = []
    for one, other, n in b.links:
        (x1, y1), (x2, y2) = place[one], place[other]
        marks.append(
            f'<line class="link" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke-width="{1 + 2 * log1p(n):.1f}"><title>{escape(names[one])} and '
            f"{escape(names[other])}: {count(n, 'sentence')}</title></line>"
        )
    marks += [_node(a, *place[a.id], own=bool(b.actor and a.id == b.actor.id)) for a in actors]
    return (
        '<figure><svg viewBox="0 0 800 460" role="img" '
        'aria-label="Which of these actors stand in one sentence with which">'
        + "".join(marks)
        + "</svg><figcaption>Lines join actors that are named in one sentence; "
        "thicker means more often.</figcaption></figure>"
    )


LABEL = 16
"""Letters of a line of a label; longer names stand on several."""


def _node(a: Actor, x: float, y: float, *, own: bool) -> str:
    left = x < 399
    anchor = "end" if left else "middle" if abs(x - 400) < 2 else "start"
    dx = -12 if left else 0 if anchor == "middle" else 12
    lines = wrap(one_line(a.name), LABEL, break_long_words=False) or [""]
    first = -12 - 22 * (len(lines) - 1) if y < 230 else 22  # above, or below the circle
    if anchor != "middle":
        first = 5 - 11 * (len(lines) - 1)
    kind = "own" if own else "node"
    told = "".join(
        f'<tspan x="{x + dx:.1f}" y="{y + first + 22 * n:.1f}">{html.escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
        f'<text text-anchor="{anchor}">{told}</text>'
    )
