"""``config``: read and write settings."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import config as settings
from ..errors import UsageError
from ..model import Answer
from .options import FORMAT, INDEX, command
from .run import Run


@command(
    INDEX,
    FORMAT,
    examples=(
        ("gulfbrief config", "all settings, and where each value comes from"),
        ("gulfbrief config limit 50", "set one for this project"),
        ("gulfbrief config color never --user", "set one for all projects"),
        ("gulfbrief config limit --unset", "back to what it was"),
    ),
)
def config(
    run: Run,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The setting.")] = None,
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="Its new value.")] = None,
    user: Annotated[bool, typer.Option("--user", help="For all projects of this user.")] = False,
    unset: Annotated[bool, typer.Option("--unset", help="Take it out of the file.")] = False,
) -> int:
    if unset and (name is None or value is not None):
        raise UsageError("--unset takes the NAME of one setting and no value")
    if name is not None:
        settings.about(name)
    if name is not None and (unset or value is not None):
        path = settings.user_file() if user else settings.project_file()
        new = None if value is None else settings.parse(name, value, name)
        settings.write(path, name, new)
        run.note(f"{name} {'taken out of' if unset else 'set in'} {path}")
        return 0
    held = run.in_force()
    rows = [
        {
            "name": each,
            "value": getattr(held, each),
            "origin": held.origins.get(each, "default"),
            "help": settings.about(each),
        }
        for each in ([name] if name else settings.NAMES)
    ]
    return run.answer(Answer(len(rows), tuple(rows)), {"name": name})


COMMANDS = {"config": config}
