"""``actor``: all about one of them, under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import Actor, ActorSummary, Company, Passage, Statement
from ..brief import statement
from ..harmless import visible
from ..roles import former, held, other_names, period
from .events import drawn
from .parts import (
    BETWEEN,
    DAY,
    NAME,
    QUIET,
    View,
    counted,
    day,
    entries,
    indented,
    joined,
    source,
    speaker,
    words,
)
from .passages import flowing

_BARS = "▁▂▃▄▅▆▇█"


def view(results: Sequence[ActorSummary], view: View) -> Iterator[Any]:
    for found in results:
        yield from _summary(found, view)


def _summary(found: ActorSummary, view: View) -> Iterator[Any]:
    actor = found.actor
    yield Text(visible(actor.name), NAME).append(f"  {actor.type}{BETWEEN}{actor.id}", QUIET)
    yield from _facts(actor)
    if len(found.by_month) > 1:
        yield _spark(found.by_month)
    yield from _section("In short", [_sentence(p, view) for p in found.summary])
    own = [_saying(s, view, own=True) for s in found.statements]
    yield from _section("Statements", own, actor.quotes)
    yield from _section("Said by others", [_saying(s, view) for s in found.said_about])
    company = [_met(other, view) for other in found.appears_with]
    yield from _section("With whom, and in what", company)
    if found.events:
        yield Text("\nWhat happened", "bold")
        yield from drawn(found.events, view)


def _section(title: str, parts: Sequence[list[Text]], total: int | None = None) -> Iterator[Any]:
    if not parts:
        return
    head = Text(f"\n{title}", "bold")
    if total is not None and total > len(parts):
        head.append(f"  {len(parts)} of {total:,} (all: -n 0)", f"not bold {QUIET}")
    yield head
    yield entries(parts)


def _sentence(found: Passage, view: View) -> list[Text]:
    """The words; day and place."""
    where = joined((day(found.source.published), source(found.source, view)))
    return [flowing(found.text), where]


def _saying(said: Statement, view: View, *, own: bool = False) -> list[Text]:
    """The words, as direct speech or in the sentence that tells them; who, when and where."""
    quote = said.found.quote
    text = words(quote) if quote.kind == "direct" else Text(statement(quote))
    more = f"in {said.reports} reports" if said.reports > 1 else None
    through = own and (len(quote.speakers) > 1 or quote.outer)
    where = joined(
        (
            speaker(quote) if through or not own else None,
            day(said.found.source.published),
            more,
            source(said.found.source, view),
        )
    )
    return [text, where]


def _met(other: Company, view: View) -> list[Text]:
    """Who, how often, and the sentence that tells in what."""
    head = Text(visible(other.name), NAME)
    head.append(f"  {counted(other.sentences, 'sentence')}", f"not bold {QUIET}")
    return [head] if other.passage is None else [head, *_sentence(other.passage, view)]


def _facts(actor: Actor) -> Iterator[Any]:
    others = [f"{visible(text)} ({count})" for text, count in other_names(actor)]
    if others:
        yield indented(Text("also   ", QUIET).append(", ".join(others), "not dim"))
    for label, roles in (("role   ", held(actor)), ("was    ", former(actor))):
        for role in roles:
            line = Text(label, QUIET).append(visible(role.text), "not dim")
            line.append(f"  {role.count}×", QUIET)
            if span := period(role):
                line.append(f"  {span}", f"not dim {DAY}")
            yield indented(line)
    counts = ", ".join(
        (
            counted(actor.mentions, "mention"),
            counted(actor.quotes, "quotation"),
            counted(actor.documents, "report"),
        )
    )
    seen = Text("seen   ", QUIET).append(counts, "not dim")
    if actor.first:
        days = dict.fromkeys((actor.first, actor.last or actor.first))
        seen.append(f"  {' to '.join(days)}", f"not dim {DAY}")
    yield indented(seen)


def _spark(by_month: tuple[tuple[str, int], ...]) -> Any:
    """Mentions a month as bars, months without any included."""
    counts = dict(by_month)
    months = _months(min(counts), max(counts))
    most = max(counts.values())
    if len(months) > 60:  # by year, where months would not fit
        years = sorted({month[:4] for month in months})
        totals = {y: sum(n for m, n in counts.items() if m.startswith(y)) for y in years}
        months, counts, most = years, totals, max(totals.values())
    bars = "".join(
        _BARS[round((len(_BARS) - 1) * counts.get(m, 0) / most)] if counts.get(m) else " "
        for m in months
    )
    text = Text("trend  ", QUIET).append(f"{months[0]} ", f"not dim {DAY}")
    text.append(bars, "not dim green").append(f" {months[-1]}", f"not dim {DAY}")
    return indented(text)


def _months(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    out = []
    while (key := f"{year:04}-{month:02}") <= last:
        out.append(key)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return out
