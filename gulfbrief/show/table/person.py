"""``actor``: all about one of them, under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import Actor, ActorSummary
from ..harmless import visible
from .events import drawn
from .parts import BETWEEN, DAY, NAME, QUIET, View, counted, entries, indented, quotation
from .passages import passage

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
    sections = (
        ("Statements", actor.quotes, [quotation(q, view) for q in found.statements]),
        ("Said about them", None, [quotation(q, view) for q in found.said_about]),
    )
    for title, total, parts in sections:
        yield from _section(title, parts, total)
    if found.appears_with:
        yield Text("\nAppears with", "bold")
        for other in found.appears_with:
            line = Text(visible(other.name)).append(
                f"  {counted(other.sentences, 'sentence')}", QUIET
            )
            yield indented(line)
    if found.events:
        yield Text("\nEvents", "bold")
        yield from drawn(found.events, view)
    yield from _section("Passages", [passage(p, view) for p in found.passages], None)


def _section(title: str, parts: list[list[Text]], total: int | None) -> Iterator[Any]:
    if not parts:
        return
    head = Text(f"\n{title}", "bold")
    if total is not None and total > len(parts):
        head.append(f"  {len(parts)} of {total:,} (all: -n 0)", f"not bold {QUIET}")
    yield head
    yield entries(parts)


def _facts(actor: Actor) -> Iterator[Any]:
    others = [f"{visible(text)} ({count})" for text, count in actor.aliases if text != actor.name]
    if others:
        yield indented(Text("also   ", QUIET).append(", ".join(others), "not dim"))
    for held in actor.roles:
        span = held.first or ""
        if held.last and held.last != held.first:
            span += f" to {held.last}"
        line = Text("role   ", QUIET).append(visible(held.text), "not dim")
        line.append(f"  {held.count}×", QUIET)
        if span:
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
