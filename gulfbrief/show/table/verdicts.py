"""``verify``: what became of each quotation of a draft, the differences word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import FoundQuote, Passage, Verdict
from ..harmless import visible
from .parts import NAME, QUIET, View, day, entries, headed, heading, joined, source, speaker

_MARKS = {
    "verbatim": ("✓ verbatim", "green"),
    "altered": ("≠ altered", "bold magenta"),
    "misattributed": ("! wrong speaker", "bold red"),
    "not_found": ("✗ not found", "bold red"),
}


def view(results: Sequence[Verdict], view: View) -> Iterator[Any]:
    head = heading(view, "quotation", "quotations", len(results))
    counts = [(name, sum(v.verdict == name for v in results)) for name in _MARKS]
    told = [f"{n} {_MARKS[name][0][2:]}" for name, n in counts if n]
    head.append(f": {', '.join(told)}")
    yield from headed(view, head)
    files = {found.file for found in results}
    yield entries(
        _verdict(found, view, visible(found.file or "") if len(files) > 1 else None)
        for found in results
    )


def _verdict(found: Verdict, view: View, several: str | None) -> list[Text]:
    mark, style = _MARKS[found.verdict]
    alike = f"{found.similarity:.0f}% alike" if found.verdict == "altered" else None
    where = f"line {found.line}" if several is None else f"{several}:{found.line}"
    head = joined((Text(mark, style), where, Text(alike or "", QUIET)))
    parts = [head, Text(f"“{visible(found.quote)}”")]
    if found.verdict == "misattributed":
        parts.append(_speakers(found))
    if found.differences:
        parts.append(_differences(found))
    if found.match is not None:
        parts.append(_match(found.match, view))
    elif found.verdict == "not_found":
        parts.append(Text("nothing in the index comes near these words", QUIET))
    return parts


def _speakers(found: Verdict) -> Text:
    text = Text("the draft gives it to ", QUIET)
    text.append(visible(found.claimed_speaker or "nobody"), NAME)
    if isinstance(found.match, FoundQuote):
        said = found.match.quote
        if not said.asserted:
            return text.append(f", the source does not ({said.reason}): ", QUIET).append(
                speaker(said)
            )
        text.append(", the source to ", QUIET).append(speaker(said))
    return text


def _differences(found: Verdict) -> Text:
    """Each change as ``[-source-]{+draft+}``, which reads without colour too."""
    text = Text("changes: ", QUIET)
    for number, change in enumerate(found.differences):
        if number:
            text.append("; ", "not dim")
        if change.source:
            text.append(f"[-{visible(change.source)}-]", "not dim red")
        if change.draft:
            text.append(f"{{+{visible(change.draft)}+}}", "not dim green")
        if change.marked:
            text.append(" (marked)", QUIET)
    return text


def _match(match: FoundQuote | Passage, view: View) -> Text:
    text = Text("source: ", QUIET)
    if isinstance(match, FoundQuote):
        text.append(f"“{visible(match.quote.shown)}” ", "not dim")
        text.append(speaker(match.quote)).append(" · ", QUIET)
    return text.append(joined((day(match.source.published), source(match.source, view))))
