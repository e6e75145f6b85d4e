"""``config``: read and write settings."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import config as settings
from .. import places
from ..errors import UnknownError, UsageError
from ..model import Answer
from .options import FORMAT, INDEX, command
from .registry import VERDICTS
from .run import Run

if TYPE_CHECKING:
    from ..decisions import Judgement
    from ..library import Library


@command(
    INDEX,
    FORMAT,
    numbers=True,
    examples=(
        ("gulfbrief config", "all settings, and where each value comes from"),
        ("gulfbrief config color never --user", "set one for all projects"),
        ("gulfbrief config same fifth-fleet us-navy", "two actors are one"),
        ("gulfbrief config trust .", "use this folder's index though others own it"),
        ("gulfbrief config judgements", "what was decided on actors"),
        ("gulfbrief config formats", "what can be read here, and what to install for the rest"),
    ),
)
def config(
    run: Run,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="The setting; or formats, judgements, same, different, forget, trust.",
        ),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VALUE]",
            help="Its new value. With same, different, forget as NAME: two actors, by id or name.",
        ),
    ] = None,
    user: Annotated[bool, typer.Option("--user", help="For all projects of this user.")] = False,
    unset: Annotated[bool, typer.Option("--unset", help="Remove this setting.")] = False,
) -> int:
    if name == "trust":
        return _trust(run, value or [])
    if name == "judgements" and not value:
        return _judgements(run)
    if name == "formats" and not value:
        return _formats(run)
    if name in VERDICTS:
        return _judge(run, name, value or [])
    if value and len(value) > 1:
        raise UsageError(f"{name} takes one value; put it in quotation marks if it has spaces")
    if unset and (name is None or value):
        raise UsageError("--unset takes the NAME of one setting and no value")
    if name is not None:
        settings.about(name)
    if name is not None and (unset or value):
        path = places.user_file() if user else places.project_file()
        if value and not user and name in settings.OWN:
            raise UsageError(f"{name} is no setting of a project: {settings.SAFE}")
        new = settings.parse(name, value[0], name) if value else None
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


def _trust(run: Run, folders: list[str]) -> int:
    """Lets the project of somebody else be used from now on."""
    from .. import trust

    if len(folders) != 1 or not os.path.isdir(folders[0]):
        raise UsageError("trust takes one folder: the one that holds .gulfbrief")
    file = places.trusted_file()
    try:
        trust.add(Path(folders[0]), file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from None
    run.note(f"the project in {folders[0]} is trusted; kept in {file}")
    return 0


def _judge(run: Run, verdict: str, actors: list[str]) -> int:
    """Writes an analyst's decision beside the index and lets it work at once."""
    from .. import decisions
    from ..fold import slug
    from ..store.build import decide

    if len(actors) != 2:
        raise UsageError(f"{verdict} takes two actors, by ids or names: gulfbrief actors --json")
    path = run.index_path()
    file = decisions.path(path)
    judged = decisions.load(file)
    with run.open() as held:
        if verdict == "forget":
            typed = [_meanings(held, one) for one in actors]
            told = [(j.a, j.b) for j in judged.judgements if _speaks_of(j, *typed)]
            if not told:
                raise UnknownError(
                    f"nothing was decided on {actors[0]} and {actors[1]}:"
                    " gulfbrief config judgements"
                )
            new = judged
            for pair in told:
                new = new.forget(*pair)
        else:
            a, b = (one if ":" in one else held.find_actor(one).id for one in actors)
            if a == b:  # two names of one actor
                a, b = map(slug, actors)
            told = [(a, b)]
            new = judged.judge(verdict, a, b)  # type: ignore[arg-type]
    decisions.save(file, new)
    decide(path, new)
    for one, other in told:
        run.note(f"{one} and {other}: {VERDICTS[verdict]}; kept in {file}")
    return 0


def _meanings(held: Library, typed: str) -> set[str]:
    """What a judgement may call the actor that was typed: as it is, as an id, by its id now."""
    from ..fold import slug

    with suppress(UnknownError, UsageError):
        return {typed, slug(typed), held.find_actor(typed).id}
    return {typed, slug(typed)}


def _speaks_of(judgement: Judgement, one: set[str], other: set[str]) -> bool:
    a, b = judgement.a, judgement.b
    return (a in one and b in other) or (a in other and b in one)


def _judgements(run: Run) -> int:
    """All decisions on actors, the oldest first."""
    from .. import decisions

    file = decisions.path(run.index_path())
    rows = [
        {
            "name": j.verdict,
            "value": f"{j.a} {j.b}",
            "origin": str(file),
            "help": j.note or VERDICTS[j.verdict],
        }
        for j in decisions.load(file).judgements
    ]
    return run.answer(
        Answer(len(rows), tuple(rows)), {"name": "judgements"}, nothing="no judgement"
    )


def _formats(run: Run) -> int:
    """All formats, each with its suffixes, what it comes with, and what is missing for it."""
    from ..read import converted, ocr, registry

    office = converted.program(run.in_force().libreoffice)
    rows = []
    for name, suffixes, extra in registry.formats():
        needs = [f"pip install 'gulfbrief[{extra}]'"] if registry.missing(name) else []
        if name in converted.FORMATS and office is None:
            needs.append("install LibreOffice (setting: libreoffice)")
        parts = [f"extra {extra}"] if extra else []
        if name == "image" and not needs and not ocr.installed():
            needs.append("install tesseract")
        parts += ["tesseract"] if name == "image" else []
        parts += ["LibreOffice"] if name in converted.FORMATS else []
        rows.append(
            {
                "name": name,
                "value": " ".join(suffixes),
                "origin": ", ".join(parts) or "built in",
                "help": ", ".join(needs) or "can be read",
            }
        )
    return run.answer(Answer(len(rows), tuple(rows)), {"name": "formats"})


COMMANDS = {"config": config}
