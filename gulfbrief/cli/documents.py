"""``docs``, ``show`` and ``export``: the documents themselves, and all that was found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..model import Answer
from .options import FORMAT, INDEX, QUESTION, command
from .run import Run

PRODUCTS = ("timelinejs", "markdown", "sqlite", "icalendar")


@command(
    QUESTION,
    limit=50,
    examples=(
        ("gulfbrief docs", "all documents, with the day of each and where it was found"),
        ("gulfbrief docs --doc '*.html' --from 2021", "some of them"),
        ("gulfbrief docs --warnings", "only those that could not be read in full"),
    ),
)
def docs(
    run: Run,
    warnings: Annotated[
        bool, typer.Option("--warnings", help="Only documents with a warning.")
    ] = False,
) -> int:
    with run.open() as index:
        found = index.documents(run.window, warned=warnings, limit=run.limit)
        answer = Answer(index.count(run.window, warned=warnings), tuple(found))
        if warnings:
            for path, reason in index.unread():
                run.note(f"not read: {path}: {reason}")
        return run.answer(answer, {"warnings": warnings}, index=index, nothing="no document")


@command(
    INDEX,
    FORMAT,
    examples=(
        (
            "gulfbrief show 2019-07-20-tanker-seizure-wire.txt",
            "with quotations, actors and dates marked",
        ),
        (
            "gulfbrief show 2021-07-15-muscat-transcript.txt --raw",
            "the text that all offsets count in",
        ),
    ),
)
def show(
    run: Run,
    doc: Annotated[
        str, typer.Argument(metavar="DOC", help="An id, a path, a file name, or the start of one.")
    ],
    raw: Annotated[bool, typer.Option("--raw", help="The text alone, as it is.")] = False,
) -> int:
    with run.open() as index:
        held = index.document(doc)
        text = index.text(held.source.doc)
        if raw:
            run.output().data(text)
            return 0
        return run.document(held, text, index.findings(held.source.doc))


@command(
    INDEX,
    ("since", "doc"),
    FORMAT,
    formats=("jsonl", "csv", "json"),
    examples=(
        ("gulfbrief export quotes > quotes.jsonl", "every quotation, one a line"),
        ("gulfbrief export events --format csv", "every dated event, for a spreadsheet"),
        ("gulfbrief export --to timelinejs timeline.json", "a timeline for TimelineJS"),
    ),
)
def export(
    run: Run,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND|FILE]",
            help="documents, quotes, mentions, dates, events or actors; with --to the file.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="PRODUCT|DATE",
            help="timelinejs, markdown, sqlite or icalendar, a whole product written to FILE; "
            "or a date: on or before it.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")
    ] = None,
) -> int:
    from ..answer.export import KINDS
    from ..answer.export import export as ask
    from .options import chosen

    if to is not None and to[:1].isdigit():
        run.until(to)
        to = None
    if to is not None:
        to = chosen("--to", to, PRODUCTS)
        target = output or (Path(what) if what else None)
        if target is None:
            raise UsageError(f"export --to {to} needs a FILE to write to")
        return run.product(to, target)
    if what is None:
        raise UsageError(f"export what? One of {', '.join(KINDS)}; or --to PRODUCT FILE")
    kind = chosen("KIND", what, KINDS)
    with run.open() as index:
        return run.export(kind, ask(index, kind, run.window), output)


COMMANDS = {"docs": docs, "show": show, "export": export}
