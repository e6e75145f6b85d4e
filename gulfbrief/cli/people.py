"""``actors``, ``actor`` and ``brief``: who they are."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from ..errors import UsageError
from ..model import ActorType, Answer
from . import writing
from .options import FIELDS, FORMAT, INDEX, QUESTION, SELECTION, WINDOW, Force, command
from .run import Run


@command(
    QUESTION,
    SELECTION,
    examples=(
        ("gulfbrief actors", "who is named most"),
        ("gulfbrief actors --type person --sort quotes", "the people, most quoted first"),
    ),
)
def actors(
    run: Run,
    type: Annotated[
        list[ActorType] | None,
        typer.Option(
            "--type",
            metavar="person|country|organisation|place",
            help="Only this type; may be repeated.",
        ),
    ] = None,
    sort: Annotated[
        Literal["mentions", "name", "quotes", "last"] | None,
        typer.Option(
            "--sort",
            metavar="mentions|name|quotes|last",
            help="What comes first (default: mentions).",
        ),
    ] = None,
    names: Annotated[
        str | None,
        typer.Option(
            "--names",
            metavar="FILE",
            help="Screen a list: the actor each line of FILE means (or FILE.csv:COLUMN, or -).",
        ),
    ] = None,
) -> int:
    if names is not None and (type or sort is not None or run.bounded):
        raise UsageError(
            "--names goes without --type, --sort, --limit, --from, --to, --doc, --added"
        )
    with run.open() as held:
        if names is not None:
            return run.screened(held.screen(run.asked_in(names)))
        by = sort or "mentions"
        found = held.actors(types=type or (), sort=by, limit=run.limit, **run.bounds)
        return run.answer(found, {"type": type, "sort": by}, held=held, nothing="no actor")


@command(
    QUESTION,
    FIELDS,
    limit=5,
    examples=(
        ("gulfbrief actor morozov", "one person: roles, in short, statements, company, events"),
        ('gulfbrief actor "ingrid halvorson" -n 0', "everything about one person, name misspelled"),
    ),
)
def actor(
    run: Run,
    name: Annotated[
        list[str], typer.Argument(metavar="NAME", help="A name, part of one, or an id.")
    ],
    sort: Annotated[
        Literal["weight", "date"],
        typer.Option(
            "--sort",
            metavar="weight|date",
            help="Statements: the most repeated and telling first, or the newest.",
        ),
    ] = "weight",
) -> int:
    typed = " ".join(name)
    with run.open() as held:
        found = held.actor(typed, sort=sort, limit=run.limit, **run.bounds)
        return run.answer(Answer(1, (found,)), {"name": typed, "sort": sort}, held=held)


FORMS = {".md": "markdown", ".txt": "table", ".html": "html", ".htm": "html", ".json": "json"}


@command(
    INDEX,
    WINDOW,
    FORMAT,
    formats=("table", "markdown", "html", "json"),
    excludes=True,
    examples=(
        ("gulfbrief brief morozov", "a dossier on one person"),
        (
            "gulfbrief brief tanker seizure --output tanker.html",
            "on a query, as a page for a browser",
        ),
    ),
)
def brief(
    run: Run,
    topic: Annotated[
        list[str], typer.Argument(metavar="TOPIC...", help="An actor's name, or a query.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file; its suffix is the format."
        ),
    ] = None,
    force: Force = False,
) -> int:
    text = " ".join(topic)
    writing.target(run, output, FORMS, force=force)
    with run.open() as held:
        dossier = held.brief(text, made=_now(), **run.bounds)
        return run.brief(dossier, {"topic": text}, output)


def _now() -> datetime:
    """The time that a dossier bears: ``SOURCE_DATE_EPOCH`` (seconds since 1970) where it is set, so
    that the same index gives the same bytes."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC)


COMMANDS = {"actors": actors, "actor": actor, "brief": brief}
