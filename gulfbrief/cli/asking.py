"""``search``, ``quotes``, ``verify`` and ``timeline``: questions to the index."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Literal

import typer

from ..errors import UsageError
from ..model import Answer, QuoteKind
from .options import FIELDS, FORMAT, INDEX, QUESTION, SELECTION, command
from .run import Run

MANY, MOST_TELLING = 200, 30
"""Of more entries than this a person is shown those of so many days that matter most."""

Queries = Annotated[
    str | None,
    typer.Option(
        "--queries",
        metavar="FILE",
        help="One question per line of FILE (or FILE.csv:COLUMN, or -).",
    ),
]
Exact = Annotated[bool, typer.Option("--exact", help="Words as typed: no tolerance for typos.")]


@command(
    QUESTION,
    SELECTION,
    limit=10,
    excludes=True,
    examples=(
        ("gulfbrief search tanker Hormuzz", "passages on tankers in Hormuz, typo and all"),
        (
            "gulfbrief search '\"Strait of Hormuz\" -helicopter'",
            "the exact phrase, and no helicopter",
        ),
        (
            "gulfbrief search by:morozov mine",
            "what one person said on something",
        ),
    ),
)
def search(
    run: Run,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY...",
            help='Words, "phrases", -word, AND, OR, fields (by: about: doc: date: title: from:).',
        ),
    ] = None,
    exact: Exact = False,
    context: Annotated[
        int | None,
        typer.Option("--context", metavar="N", help="Sentences around what was found."),
    ] = None,
    all_passages: Annotated[
        bool,
        typer.Option("--all-passages", help="Every passage of a document, not its best only."),
    ] = False,
    queries: Queries = None,
) -> int:
    text = " ".join(query or ())
    around = run.settings.context if context is None else context
    if around < 0:
        raise UsageError("--context: a number of sentences, 0 or more")
    with run.open() as held:
        answer = partial(
            held.search, exact=exact, context=around, all_passages=all_passages, **run.bounds
        )
        if queries is not None:
            return run.answers(queries, text, answer)
        if not text:
            raise UsageError("search needs a QUERY (see gulfbrief search --help)")
        found = answer(text, limit=run.limit)
        asked = {"text": text, "exact": exact, "context": context}
        if all_passages:
            asked["all_passages"] = True
        return run.answer(found, asked, held=held, nothing=f"nothing matched {text!r}")


@command(
    QUESTION,
    SELECTION,
    examples=(
        ("gulfbrief quotes --by morozov", "everything one person is quoted with"),
        ("gulfbrief quotes the law of the see is law", "a half-remembered quotation"),
        ("gulfbrief quotes --about iran --kind direct", "verbatim quotations that speak of Iran"),
    ),
)
def quotes(
    run: Run,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="The words, as far as remembered."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="Said by this actor; may be repeated."),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option("--about", metavar="NAME", help="About this actor; may be repeated."),
    ] = None,
    kind: Annotated[
        list[QuoteKind] | None,
        typer.Option(
            "--kind", metavar="direct|mixed|indirect", help="Of this kind; may be repeated."
        ),
    ] = None,
    exact: Exact = False,
    every: Annotated[
        bool, typer.Option("--all", help="Thoughts and attitudes too, not only statements.")
    ] = False,
    queries: Queries = None,
) -> int:
    words = " ".join(text or ())
    if exact and not (words or queries):
        raise UsageError("--exact goes with the words of a quotation")
    with run.open() as held:
        answer = partial(
            held.quotes,
            by=by or (),
            about=about or (),
            kinds=kind or (),
            exact=exact,
            all=every,
            **run.bounds,
        )
        if queries is not None:
            return run.answers(queries, words, answer)
        found = answer(words, limit=run.limit)
        asked = {
            "text": words, "by": by, "about": about, "kind": kind, "exact": exact, "all": every,
        }  # fmt: skip
        return run.answer(found, asked, held=held, nothing="no such quotation")


@command(
    INDEX,
    FORMAT,
    FIELDS,
    limit=0,
    examples=(
        (
            "gulfbrief verify draft.md",
            "each quotation of the draft, with what departs from its source",
        ),
        ("gulfbrief verify - --json < draft.md", "the same from standard input, for a program"),
    ),
)
def verify(
    run: Run,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="The drafts; - is standard input."),
    ] = None,
) -> int:
    names = files or ["-"]
    drafts = [(name, run.draft(name)) for name in names]
    with run.open() as held:
        verdicts = tuple(
            replace(verdict, file=name)
            for name, draft in drafts
            for verdict in held.verify(draft, path=None if name == "-" else name).results
        )
        found = Answer(len(verdicts), verdicts)
        run.answer(found, {"file": names}, held=held, nothing="no quotation in the draft")
    return int(any(verdict.verdict != "verbatim" for verdict in verdicts))


@command(
    QUESTION,
    SELECTION,
    limit=50,
    examples=(
        ("gulfbrief timeline", "what happened when, over all documents"),
        ("gulfbrief timeline tanker --from 2019-06 --to 2019", "events with a word, within days"),
        (
            "gulfbrief timeline --actor iran --granularity month",
            "one actor's events, month by month",
        ),
        ("gulfbrief timeline tanker --top 10", "the ten days that matter most for it"),
    ),
)
def timeline(
    run: Run,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words of the event.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Events of this actor.")
    ] = None,
    granularity: Annotated[
        Literal["day", "month", "year"] | None,
        typer.Option(
            "--granularity", metavar="day|month|year", help="Group by day, month or year."
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", metavar="N", min=1, help="Only the N days that matter most."),
    ] = None,
    per_day: Annotated[
        int | None,
        typer.Option(
            "--per-day", metavar="K", min=1, help="At most K entries a day (with --top; default 1)."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Statements and background too, not happenings alone.")
    ] = False,
) -> int:
    words = " ".join(text or ())
    if per_day is not None and top is None:
        raise UsageError("--per-day needs --top: timeline --top 10 --per-day 2")
    if top is not None and (every or run.asked["limit"] is not None):
        raise UsageError("--top goes without --all and --limit: it is the number of days")
    asked: dict[str, object] = {"text": words, "actor": actor, "granularity": granularity}
    asked["all"] = every
    nothing = "no dated event matched"
    plain = granularity is None and run.at_terminal and run.asked["limit"] is None
    with run.open() as held:
        answer = partial(held.timeline, words, actor=actor, **run.bounds)
        if top is None:
            found = answer(all=every, limit=run.limit)
            if not plain or found.total <= MANY:
                return run.answer(found, asked, held=held, nothing=nothing)
            run.note(
                f"the {MOST_TELLING} days that matter most (all {found.total:,} entries: -n 0)"
            )
        asked |= {"top": top or MOST_TELLING, "per_day": per_day or 1}
        best = answer(top=top or MOST_TELLING, per_day=per_day or 1)
        return run.answer(best, asked, held=held, nothing=nothing)


COMMANDS = {"search": search, "quotes": quotes, "verify": verify, "timeline": timeline}
