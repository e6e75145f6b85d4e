"""A dossier as one self-contained HTML page: no script, no external file.

All words of documents are escaped, no address of a document becomes a link, and the page forbids
itself scripts and the network, so that a hostile document does nothing in it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from importlib.resources import files

from ..model import Brief, FoundEvent, Passage, Source, Statement
from .brief import (
    SECTIONS,
    Numbers,
    capital,
    count,
    day,
    head,
    place,
    roles,
    speakers,
    statement,
    tail,
)
from .harmless import visible
from .pictures import escape, graph, strip

_STYLE = files(__package__).joinpath("brief.css")


def render(brief: Brief) -> str:
    """The dossier as a whole HTML page."""
    return "\n".join(_page(brief)) + "\n"


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
    title = escape(capital(b.actor.name if b.actor else b.topic))
    bodies = {
        "short": _passages(b.summary, cite),
        "who": _who(b),
        "said": _said(b, cite),
        "matter": _side_by_side(b, cite),
        "when": _when(b, cite),
        "disputed": _disputed(b, cite),
        "alone": _passages(b.open_questions, cite),
        "sources": _sources(b),
    }
    shown = [(key, name, bodies[key]) for key, name in SECTIONS.items() if bodies[key]]
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}: a brief</title><style>{_STYLE.read_text()}</style></head><body>"
    yield '<a class="skip" href="#main">Skip to the text</a>'
    yield f"<header><h1>{title}</h1>"
    if b.actor and b.actor.roles:
        yield f'<p class="meta">{escape(roles(b.actor))}</p>'
    yield f'<p class="meta">{escape(head(b))}</p>'
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name, _ in shown)
    yield f'<nav aria-label="Contents"><ul>{links}</ul></nav></header><main id="main">'
    for key, name, body in shown:
        yield f'<section aria-labelledby="{key}"><h2 id="{key}">{name}</h2>{body}</section>'
    yield "</main></body></html>"


# ---- the sections -------------------------------------------------------------------------


def _list(items: Sequence[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{i}</li>" for i in items) + f"</{tag}>" if items else ""


def _meta(text: str) -> str:
    return f'<span class="meta">{text}</span>'


def _passages(passages: Sequence[Passage], cite: _Cite) -> str:
    return _list(
        [f"{escape(p.text)} {_meta(escape(place(p.source)))} {cite(p.source)}" for p in passages]
    )


def _who(b: Brief) -> str:
    rows = []
    for a in b.actors:
        told = roles(a)
        role = f": {escape(told)}" if told else ""
        facts = _meta(f"{a.type}, {count(a.mentions, 'mention')}")
        rows.append(f"<strong>{escape(a.name)}</strong>{role} {facts}")
    return _list(rows) + graph(b)


def _said(b: Brief, cite: _Cite) -> str:
    out = []
    for v in b.voices:
        out.append(f"<h3>{escape(capital(v.actor.name))}</h3>")
        out += [_statement(s, cite) for s in v.statements]
    return "".join(out)


def _statement(s: Statement, cite: _Cite, who: str = "") -> str:
    where = escape(place(s.found.source))
    return (
        f"<blockquote>{who}<p>{escape(statement(s.found.quote))}</p>"
        f'<p class="meta">{where} {cite(s.found.source, *s.also)}</p></blockquote>'
    )


def _side_by_side(b: Brief, cite: _Cite) -> str:
    """Claims on the left, denials on the right; below one another where there is no room."""
    out = []
    for x in b.exchanges:
        sides = [
            "".join(
                _statement(s, cite, f"<p><strong>{escape(speakers(s.found.quote))}</strong>{m}</p>")
                for s in side
            )
            for side, m in ((x.claims, ""), (x.denials, " (denial)"))
            if side
        ]
        out.append(
            '<div class="sides">' + "".join(f"<div>{side}</div>" for side in sides) + "</div>"
        )
    return "".join(out)


def _when(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.timeline:
        note = {"planned": "planned", "hypothetical": "possible"}.get(e.event.certainty)
        mark = " " + _meta(f"({note})") if note else ""
        rows.append(_told(e, cite, mark))
    return strip(b.timeline) + _list(rows, "ol") if rows else ""


def _told(e: FoundEvent, cite: _Cite, mark: str = "") -> str:
    dated = f'<span class="when">{escape(day(e))}</span> {escape(e.event.display)}'
    return f"{dated}{mark} {cite(e.source, *(x.source for x in e.also))}"


def _disputed(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.conflicts:
        others = _list([f"but {_told(x, cite)}" for x in e.conflicts])
        rows.append(f"{_told(e, cite)}{others}")
    rows += [
        f"{escape(statement(s.found.quote))} {_meta(escape(place(s.found.source)))}"
        f" {cite(s.found.source, *s.also)}"
        for s in b.disputed
    ]
    return _list(rows)


def _sources(b: Brief) -> str:
    rows = []
    for n, (s, cited) in enumerate(zip(b.sources, b.cited, strict=True), 1):
        title = f"{escape(s.title)}, " if s.title else ""
        rows.append(
            f'<li id="source-{n}">{title}{escape(tail(s, cited))}, '
            f"<code>{html.escape(visible(s.path))}</code></li>"
        )
    return f"<ol>{''.join(rows)}</ol>"
