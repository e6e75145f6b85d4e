"""``index`` and ``status``: making the index, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .. import config
from ..errors import StoreError
from ..model import Answer
from .failure import fail
from .options import FORMAT, INDEX, command
from .run import TOLD, Run


@command(
    INDEX,
    examples=(
        ("gulfbrief index seeds", "read a folder; again, and only what changed is read"),
        ("gulfbrief index", "bring the index up to date with the paths given before"),
        ("gulfbrief index - --published 2021-07-02 < report.txt", "one document from a pipe"),
    ),
)
def index(
    run: Run,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files and folders; - is standard input (default: the paths indexed before).",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="The day of publication, YYYY-MM-DD, of them all."
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", help="Worker processes (default: one per core)."),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Keep running and index changes until Ctrl-C.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try the files again that could not be read before.")
    ] = False,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links that lead out of the PATHs.")
    ] = False,
) -> int:
    from .. import decisions
    from ..read import Options
    from ..read.options import MEGABYTE
    from ..show.progress import following
    from ..store.build import build

    target = Path(run.settings.index) if run.settings.index else config.new_index()
    if not paths and not run.settings.index:
        target = config.find_index() or target
    options = Options(
        published=run.day(published, "--published"),
        max_bytes=run.settings.max_mb * MEGABYTE,
        max_seconds=run.settings.max_seconds,
        max_pages=run.settings.max_pages,
        max_members=run.settings.max_documents,
        max_unpacked=run.settings.max_unpacked_mb * MEGABYTE,
        max_depth=run.settings.max_depth,
        libreoffice=run.settings.libreoffice,
        mapping=config.mapping(),
    )
    there = run.existing(paths or ())
    run.make_folder(target)
    once: dict[str, Any] = {"retry": retry, "follow_links": follow_links}
    how: dict[str, Any] = {
        "options": options,
        "jobs": jobs or run.settings.jobs,
        "decisions": decisions.load(decisions.path(target)),
        "lexicons": config.lexicons(target),
    }
    if watch:
        from ..store.watcher import watch as follow

        return run.watched(follow(target, there, **how), target)
    with following(run.quiet, run.settings.color, run.verbose) as progress:
        report = build(target, there, progress=progress, **once, **how)
    return run.built(report, target)


@command(
    INDEX,
    FORMAT,
    examples=(
        ("gulfbrief status", "how much there is of what, and which settings are in force"),
        ("gulfbrief status --json", "the same, for a program"),
        ("gulfbrief status --check", "read all of the index, and say what is damaged"),
    ),
)
def status(
    run: Run,
    check: Annotated[
        bool, typer.Option("--check", help="Read all of the index, and say what is damaged.")
    ] = False,
) -> int:
    if check:
        from ..store.check import check as damages

        path = run.index_path()
        if found := damages(path):
            for line in found[:TOLD]:
                fail(f"{path}: {line}", 3)
            more = f", {len(found) - TOLD} more" if len(found) > TOLD else ""
            raise StoreError(f"{path} is damaged{more}: `gulfbrief index` makes it anew")
        run.note("nothing is damaged")
    with run.open() as index:
        facts: dict[str, Any] = run.facts(index)
        return run.answer(Answer(1, (facts,)), {}, index=index)


COMMANDS = {"index": index, "status": status}
