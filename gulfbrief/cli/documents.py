"""``docs``, ``show`` and ``export``: the documents themselves, and all that was found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from . import writing
from .options import FIELDS, FORMAT, INDEX, QUESTION, SELECTION, Force, command
from .registry import KINDS, PRODUCTS
from .run import Run

FORMS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".json": "json"}


@command(
    QUESTION,
    SELECTION,
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
    with run.open() as held:
        found = held.documents(warned=warnings, limit=run.limit, **run.bounds)
        if warnings:
            for path, reason in held.unread():
                run.note(f"not read: {path}: {reason}")
        return run.answer(found, {"warnings": warnings}, held=held, nothing="no document")


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
    docs: Annotated[
        list[str],
        typer.Argument(
            metavar="DOC...",
            help="An id, a path, a file name, or the start of one; PATH:LINE opens it there.",
        ),
    ],
    raw: Annotated[bool, typer.Option("--raw", help="The text alone, as it is.")] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="LINE[:COLUMN]", help="Open the document at this place."),
    ] = None,
) -> int:
    if raw and (run.format_asked or at):
        raise UsageError("--raw goes without --format, --jq and --at")
    with run.open() as held:
        found = [run.place(held, doc, at) for doc in docs]
        for number, (document, place) in enumerate(found):
            text = held.text(document.source.doc)
            if raw:
                run.output().data(text)
                continue
            if number and run.format == "table":
                run.output().data("\n")
            run.document(document, text, held.findings(document.source.doc), place)
    return 0


@command(
    INDEX,
    ("since", "doc", "added"),
    FORMAT,
    FIELDS,
    formats=("jsonl", "csv", "json"),
    examples=(
        ("gulfbrief export quotes > quotes.jsonl", "every quotation, one a line"),
        ("gulfbrief export events --format csv", "every dated event, for a spreadsheet"),
        ("gulfbrief export --to timelinejs timeline.json", "a timeline for TimelineJS"),
        ("gulfbrief export --to sqlite all.db", "a database with full-text search, for Datasette"),
        ("gulfbrief export --to graphml network.graphml", "who appears with whom, for Gephi"),
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
            help=f"A whole product written to FILE ({', '.join(PRODUCTS)}; parquet: a folder); "
            "or a date: on or before it.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file; its suffix is the format."
        ),
    ] = None,
    force: Force = False,
) -> int:
    from .options import chosen

    if to is not None and to[:1].isdecimal():
        run.asked["to"] = to
        to = None
    if to is not None:
        to = chosen("--to", to, PRODUCTS)
        target = output or (Path(what) if what else None)
        if run.format_asked or run.selection.fields:
            raise UsageError(f"--to {to} goes without --format, --fields and --jq")
        if target is None:
            raise UsageError(f"export --to {to} needs a FILE to write to")
        return writing.product(run, to, target, force=force)
    if what is None:
        raise UsageError(f"export what? One of {', '.join(KINDS)}; or --to PRODUCT FILE")
    kind = chosen("KIND", what, KINDS)
    writing.target(run, output, FORMS, force=force)
    with run.open() as held:
        return writing.export(run, kind, held.export(kind, **run.bounds), output)


COMMANDS = {"docs": docs, "show": show, "export": export}
