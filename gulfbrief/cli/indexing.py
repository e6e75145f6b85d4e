"""``index`` and ``status``: making the index, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .. import config, places
from ..errors import StoreError, UsageError
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
        ("gulfbrief index seeds --exclude 'letter*' --dry-run", "what would be read"),
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
            "--published",
            metavar="DATE",
            help="Publication date, YYYY-MM-DD, for documents without one; none takes it back.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="With --published: override the documents' own dates.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the PATHs out of the index and leave them out.")
    ] = False,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude", metavar="GLOB", help="Leave out what matches, as .gitignore does; kept."
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="GLOB", help="Take back an --exclude."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read or removed; change nothing.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", help="Worker processes (default: one per core)."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Read on the workers of this Dask cluster: tcp://HOST:PORT.",
        ),
    ] = None,
    ocr: Annotated[
        Literal["auto", "never", "always"] | None,
        typer.Option(
            "--ocr",
            metavar="auto|never|always",
            help="Recognise the text of scans (default: pages and images without text).",
        ),
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
    from .. import library
    from ..read.options import MEGABYTE, Options
    from ..show.progress import following

    target = Path(run.settings.index) if run.settings.index else places.new_index()
    if not paths and not run.settings.index:
        target = places.find_index() or target
    if force and not published:
        raise UsageError("--force goes with --published")
    if remove and (not paths or published or watch or retry or exclude or include):
        raise UsageError("--remove takes PATHs and no other option")
    if dry_run and (remove or watch):
        raise UsageError(f"--dry-run goes without {'--remove' if remove else '--watch'}")
    if jobs and cluster:
        raise UsageError("--jobs goes without --cluster")
    if watch and (exclude or include):
        raise UsageError("--watch goes without --exclude and --include: give them to index before")
    held = run.settings
    options = Options(
        published_first=force,
        max_bytes=held.max_mb * MEGABYTE,
        max_seconds=held.max_seconds,
        max_pages=held.max_pages,
        max_members=held.max_documents,
        max_unpacked=held.max_unpacked_mb * MEGABYTE,
        max_depth=held.max_depth,
        libreoffice=held.libreoffice,
        ocr=ocr or held.ocr,
        ocr_language=held.ocr_language,
        mapping=config.mapping(),
    )
    how: dict[str, Any] = {"to": target, "options": options}
    readers: dict[str, Any] = {
        "jobs": jobs or held.jobs,
        "cluster": cluster or (None if jobs else held.cluster),
    }
    if remove:
        if not target.exists():
            raise StoreError(f"no index at {target}: there is nothing to remove")
        return run.built(library.remove(paths or (), **how, **readers), target)
    how["published"] = published
    there = run.existing(paths or ())
    once: dict[str, Any] = {
        "retry": retry,
        "follow_links": follow_links,
        "exclude": exclude or (),
        "include": include or (),
    }
    if dry_run:
        return run.planned(*library.plan(there, **how, **once))
    if "-" in there:
        run.waiting("the document")
    if watch:
        return run.watched(library.watch(there, **how, **readers), target)
    with following(run.quiet, held.color, run.verbose) as progress:
        report = library.index(there, progress=progress, **how, **once, **readers)
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
            raise StoreError(f"{path} is damaged{more}: 'gulfbrief index' rebuilds it")
        run.note("nothing is damaged")
    with run.open() as held:
        facts: dict[str, Any] = run.facts(held)
        return run.answer(Answer(1, (facts,)), {}, held=held)


COMMANDS = {"index": index, "status": status}
