"""How far indexing is: files, rate and time left, on standard error and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import terminal
from .harmless import visible

if TYPE_CHECKING:
    from ..store.build import Progress


@contextmanager
def following(
    quiet: bool, color: str, verbose: bool = False
) -> Iterator[Callable[[Progress], None] | None]:
    """Gives what a build calls as it goes on; null where nobody looks. With ``verbose`` each file
    is named on a line of its own."""
    if verbose and not quiet:
        yield _name_each()
        return
    if quiet or not terminal.is_terminal(sys.stderr):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    styled = terminal.styled(color, sys.stderr)
    console = terminal.console(sys.stderr, styled, terminal.width(sys.stderr), live=True)
    bar = Bar(
        TextColumn("indexing", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("files  {task.fields[rate]:,.0f}/s", markup=False),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[path]}", markup=False),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None, rate=0.0, path="")

        def follow(now: Progress) -> None:
            bar.update(
                task,
                completed=now.files,
                total=now.total,
                rate=now.files / now.seconds if now.seconds else 0.0,
                path=visible(now.path)[-40:],
            )

        yield follow


def _name_each() -> Callable[[Progress], None]:
    last = [""]

    def follow(now: Progress) -> None:
        if now.path != last[0]:
            last[0] = now.path
            print(visible(now.path), file=sys.stderr)

    return follow
