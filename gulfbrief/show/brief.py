"""A dossier as Markdown: every statement cites its numbered source."""

from __future__ import annotations

from collections.abc import Iterator

from ..fold import words as folded
from ..model import Actor, Brief, FoundEvent, Quote, Source
from .harmless import markdown, visible
from .precision import words


class Numbers:
    """The number of each source of a dossier, as its list of sources gives it."""

    def __init__(self, brief: Brief) -> None:
        self._of = {s.doc: n for n, s in enumerate(brief.sources, 1)}

    def __call__(self, *sources: Source) -> tuple[int, ...]:
        return tuple(sorted({self._of[s.doc] for s in sources}))


def one_line(text: str) -> str:
    """A document's words on one line, harmless."""
    return visible(" ".join(text.split()))


def day(event: FoundEvent) -> str:
    """The date of a timeline entry in words, its precision kept."""
    return one_line(words(event.event.date))


def roles(actor: Actor) -> str:
    """The three commonest roles that tell something new."""
    shown: list[str] = []
    for role in actor.roles:
        told = set(folded(role.text))
        if not any(told <= set(folded(other)) for other in shown):
            shown.append(role.text)
    return "; ".join(map(one_line, shown[:3]))


def statement(q: Quote) -> str:
    """A statement that can stand alone: direct speech in marks (each piece in its own where a tag
    interrupts it), else the sentence that tells it."""
    if q.kind == "direct":
        return " … ".join(f"“{one_line(f.text).rstrip(' ,')}”" for f in q.fragments)
    return one_line(q.sentence.text)


def count(n: int, what: str) -> str:
    return f"{n} {what}" + ("" if n == 1 else "s")


def render(brief: Brief) -> str:
    """The dossier as Markdown (CommonMark)."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    number = Numbers(brief)

    def cite(*sources: Source) -> str:
        return "".join(f"[{n}]" for n in number(*sources))

    def text(said: str) -> str:
        return markdown(one_line(said))

    yield f"# {text(brief.actor.name if brief.actor else brief.topic)}"
    yield ""
    if brief.actor and brief.actor.roles:
        yield f"*{text(roles(brief.actor))}*\n"
    cited = count(len(brief.sources), "source")
    yield f"{cited}. Every sentence below is quoted from a source.\n"
    if brief.summary:
        yield "## In short\n"
        for p in brief.summary:
            yield f"- {text(p.text)} {cite(p.source)}"
        yield ""
    if brief.actors:
        yield "## Who\n"
        for a in brief.actors:
            role = f": {text(roles(a))}" if a.roles else ""
            yield f"- **{text(a.name)}**{role}"
        yield ""
    if brief.voices:
        yield "## What they said\n"
        for v in brief.voices:
            yield f"### {text(v.actor.name)}\n"
            for s in v.statements:
                said = markdown(statement(s.found.quote))
                when = s.found.source.published or "no date"
                yield f"- {said} ({when}) {cite(s.found.source, *s.also)}"
            yield ""
    if brief.timeline:
        yield "## When\n"
        for e in brief.timeline:
            planned = {"planned": " *(planned)*", "hypothetical": " *(possible)*"}
            mark = planned.get(e.event.certainty, "")
            sources = (e.source, *(x.source for x in e.also))
            yield f"- **{text(day(e))}** {text(e.event.told)}{mark} {cite(*sources)}"
        yield ""
    if brief.conflicts or brief.disputed:
        yield "## What is disputed\n"
        for e in brief.conflicts:
            yield f"- {text(day(e))}: {text(e.event.told)} {cite(e.source)}"
            for x in e.conflicts:
                yield f"  - but {text(day(x))}: {text(x.event.told)} {cite(x.source)}"
        for s in brief.disputed:
            q = s.found.quote
            yield f"- {text(q.sentence.text)} {cite(s.found.source)}"
        yield ""
    if brief.open_questions:
        yield "## Reported by one source only\n"
        for p in brief.open_questions:
            yield f"- {text(p.text)} {cite(p.source)}"
        yield ""
    yield "## Sources\n"
    for n, source in enumerate(brief.sources, 1):
        title = f"{text(source.title)}, " if source.title else ""
        yield f"{n}. {title}{source.published or 'no date'}, `{one_line(source.path)}`"
