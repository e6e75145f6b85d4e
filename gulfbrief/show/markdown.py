"""Answers as Markdown (CommonMark with tables), to paste into a report: every line with its source.

All words of documents pass through ``harmless.markdown``: they show as they are and mark up
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..model import (
    Actor,
    ActorSummary,
    Answer,
    Company,
    DocumentRecord,
    FoundEvent,
    FoundQuote,
    Passage,
    Quote,
    RoleRecord,
    Source,
    Speaker,
    Statement,
    Verdict,
)
from .harmless import markdown as safe
from .harmless import unmarked
from .precision import words
from .roles import former, other_names, period
from .roles import held as offices

Names = Mapping[str, str]
_VERDICTS = {
    "verbatim": "verbatim",
    "altered": "altered",
    "misattributed": "wrong speaker",
    "not_found": "not found",
}


def page(schema: str, query: Mapping[str, Any], answer: Answer[Any], names: Names) -> str:
    """The whole answer; ``names`` are those of the actor ids in it."""
    views: dict[str, Callable[[Sequence[Any], Names], Iterator[str]]] = {
        "search": _passages,
        "quotes": _quotes,
        "verify": _verdicts,
        "actors": _actors,
        "actor": _summaries,
        "timeline": _events,
        "docs": _documents,
        "show": _shown,
        "status": _facts,
        "config": _facts,
    }
    return "\n".join(views[schema](answer.results, names)).strip("\n") + "\n"


def _passages(found: Sequence[Passage], names: Names) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        yield f"{number}. {_highlighted(one)}"
        yield f"   ({_source(one.source)})"


def _highlighted(found: Passage) -> str:
    out, at = [], 0
    for start, end in found.highlights:
        out += [safe(found.text[at:start]), f"**{safe(found.text[start:end])}**"]
        at = end
    return "".join([*out, safe(found.text[at:])])


def _quotes(found: Sequence[FoundQuote], names: Names) -> Iterator[str]:
    for one in found:
        said = one.quote
        words = _words(said)
        yield f"- **{_speakers(said.speakers)}** ({_how(said)}): {words}"
        yield f"  ({_source(one.source)})"


def _how(said: Quote) -> str:
    """The kind, the act where it is no statement, and what keeps it from being plainly said."""
    act = [said.act] if said.act != "statement" else []
    reason = [said.reason] if said.reason and said.speakers else []
    return ", ".join([said.kind, *act, *reason])


def _words(said: Quote) -> str:
    pieces = [safe(piece.text) for piece in said.fragments] or [safe(said.content)]
    return " … ".join(f"“{piece}”" if said.kind == "direct" else piece for piece in pieces)


def _speakers(speakers: Sequence[Speaker]) -> str:
    return " and ".join(safe(who.name or who.text) for who in speakers) or "nobody named"


def _verdicts(found: Sequence[Verdict], names: Names) -> Iterator[str]:
    yield "| line | verdict | quotation | differences | source |"
    yield "| ---: | --- | --- | --- | --- |"
    for one in found:
        changes = "; ".join(
            f"~~{safe(change.source)}~~ **{safe(change.draft)}**".replace("~~~~ ", "").replace(
                " ****", ""
            )
            for change in one.differences
        )
        where = _source(one.match.source) if one.match else ""
        yield f"| {one.line} | {_VERDICTS[one.verdict]} | {safe(one.quote)} | {changes} | {where} |"


def _actors(found: Sequence[Actor], names: Names) -> Iterator[str]:
    yield "| name | type | role | also | mentions | quotes | reports | first | last |"
    yield "| --- | --- | --- | --- | ---: | ---: | ---: | --- | --- |"
    for one in found:
        role = safe(one.roles[0].text) if one.roles else ""
        also = ", ".join(safe(alias) for alias, _ in other_names(one))
        yield (
            f"| {safe(one.name)} | {one.type} | {role} | {also} | {one.mentions} | {one.quotes} "
            f"| {one.documents} | {one.first or ''} | {one.last or ''} |"
        )


def _summaries(found: Sequence[ActorSummary], names: Names) -> Iterator[str]:
    for one in found:
        yield f"# {safe(one.actor.name)}\n"
        yield from _actors([one.actor], names)
        roles = (*offices(one.actor), *former(one.actor))
        sections = (
            ("Roles", map(_role, roles)),
            ("In short", _listed(one.summary)),
            ("Statements", _sayings(one.statements, own=True)),
            ("Said by others", _sayings(one.said_about)),
            ("With whom, and in what", _company(one.appears_with)),
            ("What happened", _events(one.events, names)),
            ("How much", iter([", ".join(f"{m}: {n}" for m, n in one.by_month)])),
        )
        for title, lines in sections:
            body = [line for line in lines if line]
            if body:
                yield f"\n## {title}\n"
                yield from body


def _role(role: RoleRecord) -> str:
    told = ", ".join(part for part in (f"{role.count}×", period(role)) if part)
    return f"- {safe(role.text)} ({told})"


def _listed(found: Sequence[Passage]) -> Iterator[str]:
    for one in found:
        yield f"- {safe(unmarked(one.text))}"
        yield f"  ({_source(one.source)})"


def _sayings(found: Sequence[Statement], *, own: bool = False) -> Iterator[str]:
    from .brief import statement  # only here, since it brings what tells sayings apart

    for one in found:
        said = one.found.quote
        who = "" if own else f"**{_speakers(said.speakers)}:** "
        more = f"; in {one.reports} reports" if one.reports > 1 else ""
        yield f"- {who}{safe(statement(said))}"
        yield f"  ({_source(one.found.source)}{more})"


def _company(found: Sequence[Company]) -> Iterator[str]:
    for one in found:
        number = f"{one.sentences} sentence{'' if one.sentences == 1 else 's'}"
        if one.passage is None:
            yield f"- **{safe(one.name)}** ({number})"
            continue
        yield f"- **{safe(one.name)}** ({number}): {safe(unmarked(one.passage.text))}"
        yield f"  ({_source(one.passage.source)})"


def _events(found: Sequence[FoundEvent], names: Names) -> Iterator[str]:
    for one in found:
        told = one.event
        sure = "" if told.certainty == "past" else f" *({told.certainty})*"
        who = ", ".join(safe(names.get(actor, actor)) for actor in told.actors)
        yield f"- **{safe(words(told.date))}** {safe(told.display)}{sure}"
        sources = "; ".join(_source(e.source) for e in (one, *one.also))
        yield f"  ({who + '; ' if who else ''}{sources})"
        for other in one.conflicts:
            yield f"  - otherwise: **{safe(words(other.event.date))}** {safe(other.event.display)}"
            yield f"    ({_source(other.source)})"


def _documents(found: Sequence[DocumentRecord], names: Names) -> Iterator[str]:
    yield "| id | published | words | title | file |"
    yield "| --- | --- | ---: | --- | --- |"
    for held in found:
        where = held.source
        files = ", ".join(safe(path) for path in held.paths or (where.path,))
        title = safe(where.title or "")
        yield f"| {where.doc} | {where.published or ''} | {held.words} | {title} | {files} |"


def _shown(found: Sequence[Any], names: Names) -> Iterator[str]:
    for one in found:
        where = one.held.source
        yield f"# {safe(where.title or where.path)}\n"
        yield f"{safe(where.path)}, {where.published or 'no date'}\n"
        for paragraph in one.text.split("\n"):
            yield f"{safe(paragraph)}\n"


def _facts(found: Sequence[Mapping[str, Any]], names: Names) -> Iterator[str]:
    yield "| name | value |"
    yield "| --- | --- |"
    for facts in found:
        if "value" in facts and "name" in facts:
            yield f"| {facts['name']} | {safe(str(facts['value']))} |"
            continue
        for name, value in facts.items():
            yield f"| {name} | {safe(str(value))} |"


def _source(where: Source) -> str:
    place = safe(where.path) + where.place
    return f"{place}, {where.published}" if where.published else place
