"""A dossier as Markdown: every statement cites its numbered source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from ..answer.sayings import shown
from ..model import Actor, Brief, FoundEvent, Passage, Quote, Source, Statement
from .harmless import markdown, unmarked, visible
from .precision import words
from .roles import line

SECTIONS = {
    "short": "In short",
    "who": "Who",
    "said": "What each side says",
    "matter": "Side by side",
    "when": "When",
    "disputed": "What is disputed",
    "alone": "Reported by one source only",
    "sources": "Sources",
}
"""The headings by their anchors, in their order."""


class Numbers:
    """The number of each source of a dossier, as its list of sources gives it."""

    def __init__(self, brief: Brief) -> None:
        self._of = {s.doc: n for n, s in enumerate(brief.sources, 1)}

    def __call__(self, *sources: Source) -> tuple[int, ...]:
        return tuple(sorted({self._of[s.doc] for s in sources}))


def one_line(text: str) -> str:
    """A document's words on one line, harmless, without the marks of emphasis that it has."""
    return visible(unmarked(" ".join(text.split())))


def day(event: FoundEvent) -> str:
    """The date of a timeline entry in words, its precision kept."""
    return one_line(words(event.event.date))


def roles(actor: Actor) -> str:
    """The commonest roles that tell something new."""
    return one_line(line(actor))


def statement(q: Quote) -> str:
    """A statement that can stand alone: direct speech in marks (each piece in its own where a tag
    interrupts it), else the sentence that tells it."""
    if q.kind == "direct":
        return " … ".join(f"“{one_line(f.text).rstrip(' ,')}”" for f in q.fragments)
    return one_line(shown(q))


def speakers(q: Quote) -> str:
    """Who says it."""
    return one_line(" and ".join(who.name or who.text for who in q.speakers))


def place(source: Source) -> str:
    """The day and the line (or page) of a cited sentence."""
    where = f"page {source.page}" if source.page else f"line {source.line}" if source.line else ""
    return ", ".join(part for part in (source.published or "no date", where) if part)


def capital(name: str) -> str:
    """A heading begins with a capital."""
    return name[:1].upper() + name[1:]


def count(n: int, what: str) -> str:
    return f"{n:,} {what}" + ("" if n == 1 else "s")


def long_day(iso: str) -> str:
    """``29 November 2026``."""
    told = date.fromisoformat(iso)
    return f"{told.day} {told:%B} {told.year}"


def head(b: Brief) -> str:
    """How many documents bear on the topic, of which days, how many are cited, when it was made."""
    told = [count(b.documents, "document")]
    if b.first and b.last:
        told.append(" to ".join(dict.fromkeys((long_day(b.first), long_day(b.last)))))
    told.append(f"{len(b.sources):,} cited")
    parts = [", ".join(told)]
    if b.made:
        made = datetime.fromisoformat(b.made)
        parts.append(f"Made on {long_day(b.made[:10])} at {made:%H:%M %Z}".rstrip())
    return ". ".join([*parts, "Every sentence is quoted from a source."])


def tail(s: Source, cited: int) -> str:
    """What stands behind the title of a source."""
    return f"{s.published or 'no date'}, cited {'once' if cited == 1 else f'{cited} times'}"


def render(brief: Brief) -> str:
    """The dossier as Markdown (CommonMark)."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def _lines(b: Brief) -> Iterator[str]:
    number = Numbers(b)

    def cite(*sources: Source) -> str:
        return "".join(f"[{n}]" for n in number(*sources))

    def text(said: str) -> str:
        return markdown(one_line(said))

    def passages(found: Sequence[Passage]) -> Iterator[str]:
        for p in found:
            yield f"- {text(p.text)} ({place(p.source)}) {cite(p.source)}"
        yield ""

    def said(s: Statement) -> str:
        where = place(s.found.source)
        return f"{markdown(statement(s.found.quote))} ({where}) {cite(s.found.source, *s.also)}"

    def event(e: FoundEvent) -> str:
        return f"{text(e.event.display)} {cite(e.source, *(x.source for x in e.also))}"

    yield f"# {text(capital(b.actor.name if b.actor else b.topic))}"
    yield ""
    if b.actor and b.actor.roles:
        yield f"*{text(roles(b.actor))}*\n"
    yield f"{head(b)}\n"
    if b.summary:
        yield f"## {SECTIONS['short']}\n"
        yield from passages(b.summary)
    if b.actors:
        yield f"## {SECTIONS['who']}\n"
        for a in b.actors:
            role = f": {text(roles(a))}" if a.roles else ""
            yield f"- **{text(a.name)}**{role}"
        yield ""
    if b.voices:
        yield f"## {SECTIONS['said']}\n"
        for v in b.voices:
            yield f"### {text(capital(v.actor.name))}\n"
            for s in v.statements:
                yield f"- {said(s)}"
            yield ""
    if b.exchanges:
        yield f"## {SECTIONS['matter']}\n"
        for x in b.exchanges:
            sides = [("", s) for s in x.claims] + [(" (denial)", s) for s in x.denials]
            for n, (mark, s) in enumerate(sides):
                indent = "  " if n else ""
                yield f"{indent}- *{text(speakers(s.found.quote))}{mark}:* {said(s)}"
        yield ""
    if b.timeline:
        yield f"## {SECTIONS['when']}\n"
        for e in b.timeline:
            planned = {"planned": " *(planned)*", "hypothetical": " *(possible)*"}
            yield f"- **{text(day(e))}**{planned.get(e.event.certainty, '')} {event(e)}"
        yield ""
    if b.conflicts or b.disputed:
        yield f"## {SECTIONS['disputed']}\n"
        for e in b.conflicts:
            yield f"- {text(day(e))}: {event(e)}"
            for other in e.conflicts:
                yield f"  - but {text(day(other))}: {event(other)}"
        for s in b.disputed:
            yield f"- {said(s)}"
        yield ""
    if b.open_questions:
        yield f"## {SECTIONS['alone']}\n"
        yield from passages(b.open_questions)
    yield f"## {SECTIONS['sources']}\n"
    for n, (source, cited) in enumerate(zip(b.sources, b.cited, strict=True), 1):
        title = f"{text(source.title)}, " if source.title else ""
        yield f"{n}. {title}{tail(source, cited)}, `{visible(source.path)}`"
