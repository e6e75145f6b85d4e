"""A dossier as one HTML page that needs nothing else: no script, no external file.

All words of documents are escaped, no address of a document becomes a link, and the page forbids
itself scripts and the network, so that a hostile document does nothing in it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, log1p, pi, sin

from ..model import Actor, Brief, FoundEvent, Passage, Source, Statement
from .brief import Numbers, day, one_line, roles

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6775; --paper: #fdfcf9; --line: #d8d4c8;
  --accent: #0b6e75; --second: #a4501c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ea; --soft: #9eabb8; --paper: #14191f;
  --line: #37414c; --accent: #5cc4cb; --second: #e79a63; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, h3, nav, .meta, figcaption, svg text { font-family: system-ui, sans-serif; }
h1 { line-height: 1.15; margin: .5rem 0; }
h2 { border-top: 1px solid var(--line); margin-top: 2.2rem; padding-top: 1rem; }
a { color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.meta, figcaption { color: var(--soft); font-size: .85rem; }
blockquote { border-left: 3px solid var(--accent); margin: 1rem 0; padding: .1rem 0 .1rem 1rem; }
blockquote p { margin: 0; }
time, .when { color: var(--second); font-family: system-ui, sans-serif; font-size: .9rem;
  font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; }
svg .axis { stroke: var(--line); } svg .dot { fill: var(--accent); opacity: .75; }
svg .plan { fill: none; stroke: var(--second); stroke-width: 2; }
svg .span { stroke: var(--accent); stroke-width: 3; opacity: .6; }
svg .link { stroke: var(--soft); opacity: .45; } svg .node { fill: var(--accent); }
svg .own { fill: var(--second); } svg text { fill: var(--ink); font-size: 13px; }
@media print { body { max-width: none; font-size: 10.5pt; } nav, .skip { display: none; }
  h2, h3 { break-after: avoid; } li, blockquote, figure { break-inside: avoid; } }
"""


def render(brief: Brief) -> str:
    """The dossier as a whole HTML page."""
    return "\n".join(_page(brief)) + "\n"


def _e(text: str) -> str:
    return html.escape(one_line(text), quote=True)


class _Cite:
    """Links from a statement to the sources at the end of the page."""

    def __init__(self, brief: Brief) -> None:
        self._numbers = Numbers(brief)

    def __call__(self, *sources: Source) -> str:
        return " ".join(
            f'<a href="#source-{n}" aria-label="source {n}">[{n}]</a>'
            for n in self._numbers(*sources)
        )


def _page(b: Brief) -> Iterator[str]:
    cite = _Cite(b)
    title = _e(b.actor.name if b.actor else b.topic)
    parts = [
        ("short", "In short", _passages(b.summary, cite)),
        ("who", "Who", _who(b)),
        ("said", "What they said", _said(b, cite)),
        ("when", "When", _when(b, cite)),
        ("disagree", "Where sources disagree", _disagree(b, cite)),
        ("alone", "Told by one source only", _passages(b.open_questions, cite)),
        ("sources", "Sources", _sources(b)),
    ]
    shown = [(key, name, body) for key, name, body in parts if body]
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}: a brief</title><style>{_STYLE}</style></head><body>"
    yield '<a class="skip" href="#main">Skip to the text</a>'
    yield f"<header><h1>{title}</h1>"
    if b.actor and b.actor.roles:
        yield f'<p class="meta">{_e(roles(b.actor))}</p>'
    yield f'<p class="meta">{_count(len(b.sources), "source")}. Every sentence is a sentence of a source.</p>'
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name, _ in shown)
    yield f'<nav aria-label="Contents"><ul>{links}</ul></nav></header><main id="main">'
    for key, name, body in shown:
        yield f'<section aria-labelledby="{key}"><h2 id="{key}">{name}</h2>{body}</section>'
    yield "</main></body></html>"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" + ("" if n == 1 else "s")


# ---- the sections -------------------------------------------------------------------------


def _list(items: Sequence[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{i}</li>" for i in items) + f"</{tag}>" if items else ""


def _passages(passages: Sequence[Passage], cite: _Cite) -> str:
    return _list([f"{_e(p.text)} {cite(p.source)}" for p in passages])


def _who(b: Brief) -> str:
    rows = []
    for a in b.actors:
        role = f": {_e(roles(a))}" if a.roles else ""
        rows.append(
            f"<strong>{_e(a.name)}</strong>{role} "
            f'<span class="meta">{a.type}, {_count(a.mentions, "mention")}</span>'
        )
    return _list(rows) + _graph(b)


def _said(b: Brief, cite: _Cite) -> str:
    out = []
    for v in b.voices:
        out.append(f"<h3>{_e(v.actor.name)}</h3>")
        out += [_statement(s, cite) for s in v.statements]
    return "".join(out)


def _statement(s: Statement, cite: _Cite) -> str:
    q = s.found.quote
    words = f"“{_e(q.content)}”" if q.kind == "direct" else _e(q.content)
    when = s.found.source.published or "no date"
    return (
        f"<blockquote><p>{words}</p>"
        f'<p class="meta">{q.kind}, {_e(when)} {cite(s.found.source, *s.also)}</p></blockquote>'
    )


def _when(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.timeline:
        note = {"planned": "planned", "hypothetical": "possible"}.get(e.event.certainty)
        mark = f' <span class="meta">({note})</span>' if note else ""
        sources = (e.source, *(x.source for x in e.also))
        rows.append(
            f'<span class="when">{_e(day(e))}</span> {_e(e.event.text)}{mark} {cite(*sources)}'
        )
    return _strip(b.timeline) + _list(rows, "ol") if rows else ""


def _disagree(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.conflicts:
        others = _list(
            [
                f'but <span class="when">{_e(day(x))}</span> {_e(x.event.text)} {cite(x.source)}'
                for x in e.conflicts
            ]
        )
        rows.append(
            f'<span class="when">{_e(day(e))}</span> {_e(e.event.text)} {cite(e.source)}{others}'
        )
    rows += [f"{_e(s.found.quote.sentence.text)} {cite(s.found.source)}" for s in b.disputed]
    return _list(rows)


def _sources(b: Brief) -> str:
    rows = []
    for n, s in enumerate(b.sources, 1):
        title = f"{_e(s.title)}, " if s.title else ""
        rows.append(
            f'<li id="source-{n}">{title}{_e(s.published or "no date")}, <code>{_e(s.path)}</code></li>'
        )
    return f"<ol>{''.join(rows)}</ol>"


# ---- the pictures -------------------------------------------------------------------------


def _strip(events: Sequence[FoundEvent]) -> str:
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
        label = f"<title>{_e(day(e))}: {_e(e.event.text)}</title>"
        if b - a > width / 60:
            marks.append(
                f'<line class="span" x1="{x(a):.1f}" x2="{x(b):.1f}" y1="{y}" y2="{y}">{label}</line>'
            )
        else:
            kind = "dot" if e.event.certainty == "past" else "plan"
            marks.append(
                f'<circle class="{kind}" cx="{x((a + b) // 2):.1f}" cy="{y}" r="5">{label}</circle>'
            )
    first, last = date.fromordinal(lo).isoformat(), date.fromordinal(hi).isoformat()
    return (
        f'<figure><svg viewBox="0 0 800 92" role="img" aria-label="Timeline from {first} to {last}; '
        'the list below says the same">'
        '<line class="axis" x1="20" x2="780" y1="66" y2="66"/>' + "".join(marks) + "</svg>"
        f"<figcaption>{first} to {last}: {_count(len(spans), 'entry') if len(spans) == 1 else f'{len(spans)} entries'}. "
        "Hollow: planned or possible.</figcaption></figure>"
    )


def _graph(b: Brief) -> str:
    """The key actors on a circle, joined where they stand in one sentence."""
    if len(b.actors) < 3 or not b.links:
        return ""
    place = {
        a.id: (
            400 + 190 * cos(2 * pi * i / len(b.actors) - pi / 2),
            210 + 160 * sin(2 * pi * i / len(b.actors) - pi / 2),
        )
        for i, a in enumerate(b.actors)
    }
    names = {a.id: a.name for a in b.actors}
    marks = []
    for one, other, n in b.links:
        (x1, y1), (x2, y2) = place[one], place[other]
        marks.append(
            f'<line class="link" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke-width="{1 + 2 * log1p(n):.1f}"><title>{_e(names[one])} and {_e(names[other])}: '
            f"{_count(n, 'sentence')}</title></line>"
        )
    marks += [_node(a, *place[a.id], own=bool(b.actor and a.id == b.actor.id)) for a in b.actors]
    return (
        '<figure><svg viewBox="0 0 800 420" role="img" '
        'aria-label="Which of these actors stand in one sentence with which">'
        + "".join(marks)
        + "</svg><figcaption>Lines join actors that are named in one sentence; thicker means more often."
        "</figcaption></figure>"
    )


def _node(a: Actor, x: float, y: float, *, own: bool) -> str:
    left = x < 399
    anchor = "end" if left else "middle" if abs(x - 400) < 2 else "start"
    dx = -12 if left else 0 if anchor == "middle" else 12
    dy = -12 if y < 210 and anchor == "middle" else 22 if anchor == "middle" else 4
    kind = "own" if own else "node"
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
        f'<text x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="{anchor}">{_e(a.name)}</text>'
    )
