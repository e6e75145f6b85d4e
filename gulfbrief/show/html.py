"""A dossier as one self-contained HTML page: no script, no external file.

All words of documents are escaped, no address of a document becomes a link, and the page forbids
itself scripts and the network, so that a hostile document does nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from ..model import Brief, FoundEvent, Passage, Source, Statement
from .brief import Numbers, count, day, roles, statement
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
    title = escape(b.actor.name if b.actor else b.topic)
    parts = [
        ("short", "In short", _passages(b.summary, cite)),
        ("who", "Who", _who(b)),
        ("said", "What they said", _said(b, cite)),
        ("when", "When", _when(b, cite)),
        ("disagree", "What is disputed", _disagree(b, cite)),
        ("alone", "Reported by one source only", _passages(b.open_questions, cite)),
        ("sources", "Sources", _sources(b)),
    ]
    shown = [(key, name, body) for key, name, body in parts if body]
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
    sources = count(len(b.sources), "source")
    yield f'<p class="meta">{sources}. Every sentence is quoted from a source.</p>'
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name, _ in shown)
    yield f'<nav aria-label="Contents"><ul>{links}</ul></nav></header><main id="main">'
    for key, name, body in shown:
        yield f'<section aria-labelledby="{key}"><h2 id="{key}">{name}</h2>{body}</section>'
    yield "</main></body></html>"


# ---- the sections -------------------------------------------------------------------------


def _list(items: Sequence[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{i}</li>" for i in items) + f"</{tag}>" if items else ""


def _passages(passages: Sequence[Passage], cite: _Cite) -> str:
    return _list([f"{escape(p.text)} {cite(p.source)}" for p in passages])


def _who(b: Brief) -> str:
    rows = []
    for a in b.actors:
        role = f": {escape(roles(a))}" if a.roles else ""
        rows.append(
            f"<strong>{escape(a.name)}</strong>{role} "
            f'<span class="meta">{a.type}, {count(a.mentions, "mention")}</span>'
        )
    return _list(rows) + graph(b)


def _said(b: Brief, cite: _Cite) -> str:
    out = []
    for v in b.voices:
        out.append(f"<h3>{escape(v.actor.name)}</h3>")
        out += [_statement(s, cite) for s in v.statements]
    return "".join(out)


def _statement(s: Statement, cite: _Cite) -> str:
    when = s.found.source.published or "no date"
    return (
        f"<blockquote><p>{escape(statement(s.found.quote))}</p>"
        f'<p class="meta">{escape(when)} {cite(s.found.source, *s.also)}</p></blockquote>'
    )


def _when(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.timeline:
        note = {"planned": "planned", "hypothetical": "possible"}.get(e.event.certainty)
        mark = f' <span class="meta">({note})</span>' if note else ""
        rows.append(f"{_dated(e)}{mark} {cite(e.source, *(x.source for x in e.also))}")
    return strip(b.timeline) + _list(rows, "ol") if rows else ""


def _dated(e: FoundEvent) -> str:
    return f'<span class="when">{escape(day(e))}</span> {escape(e.event.told)}'


def _disagree(b: Brief, cite: _Cite) -> str:
    rows = []
    for e in b.conflicts:
        others = _list([f"but {_dated(x)} {cite(x.source)}" for x in e.conflicts])
        rows.append(f"{_dated(e)} {cite(e.source)}{others}")
    rows += [f"{escape(s.found.quote.sentence.text)} {cite(s.found.source)}" for s in b.disputed]
    return _list(rows)


def _sources(b: Brief) -> str:
    rows = []
    for n, s in enumerate(b.sources, 1):
        title = f"{escape(s.title)}, " if s.title else ""
        rows.append(
            f'<li id="source-{n}">{title}{escape(s.published or "no date")}, '
            f"<code>{escape(s.path)}</code></li>"
        )
    return f"<ol>{''.join(rows)}</ol>"
