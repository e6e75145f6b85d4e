"""The options that mean the same everywhere, each defined once, and how a command takes them.

A command is a function ``(run, its own parameters) -> exit status``; ``command`` gives it the
shared options of the groups it names and hands it a ``Run`` made of them.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from typer.main import get_command

from ..config import COLORS, FORMATS
from ..errors import UsageError
from .command import Command, unguard
from .run import Run

Function = Callable[..., int]

# name -> (annotation, default); the names are those of ``Run.of``.
SHARED: dict[str, tuple[Any, Any]] = {
    "index": (
        Annotated[
            Path | None,
            typer.Option(
                "--index",
                metavar="FILE",
                help="Index file (default: $GULFBRIEF_INDEX, or the nearest .gulfbrief/index.db).",
            ),
        ],
        None,
    ),
    "format": (
        Annotated[
            Literal[FORMATS] | None,
            typer.Option(
                "--format", "-f", metavar="|".join(FORMATS), help="Output format (default: table)."
            ),
        ],
        None,
    ),
    "json": (Annotated[bool, typer.Option("--json", help="Same as --format json.")], False),
    "jq": (
        Annotated[
            str | None,
            typer.Option(
                "--jq", metavar="EXPR", help="Print what this jq expression makes of the JSON."
            ),
        ],
        None,
    ),
    "limit": (
        Annotated[
            int | None,
            typer.Option("--limit", "-n", metavar="N", help="Show at most N (0 = all)."),
        ],
        None,
    ),
    "since": (
        Annotated[
            str | None,
            typer.Option(
                "--from",
                metavar="DATE",
                help="On or after this date: YYYY[-MM[-DD]], today, monday, 30d, 2w, 6m, 1y.",
            ),
        ],
        None,
    ),
    "until": (
        Annotated[
            str | None,
            typer.Option("--to", metavar="DATE", help="On or before this date."),
        ],
        None,
    ),
    "doc": (
        Annotated[
            str | None,
            typer.Option("--doc", metavar="GLOB", help="Only documents with this path or id."),
        ],
        None,
    ),
    "added": (
        Annotated[
            str | None,
            typer.Option(
                "--added",
                metavar="DATE|last",
                help="Only documents indexed since this date, or by the last run that added any.",
            ),
        ],
        None,
    ),
    "fields": (
        Annotated[
            str | None,
            typer.Option(
                "--fields",
                metavar="A,B.C",
                help="Only these fields, in this order (json, jsonl, csv).",
            ),
        ],
        None,
    ),
    "count": (
        Annotated[bool, typer.Option("--count", help="Print only how many there are.")],
        False,
    ),
    "paths": (
        Annotated[bool, typer.Option("--paths", help="Print only the paths of the documents.")],
        False,
    ),
    "lines": (
        Annotated[
            bool, typer.Option("--lines", help="Print PATH:LINE: TEXT, one per line, as grep does.")
        ],
        False,
    ),
    "ids": (
        Annotated[bool, typer.Option("--ids", help="Print only ids: of actors, or of documents.")],
        False,
    ),
    "null": (
        Annotated[
            bool, typer.Option("-0", "--null", help="With --paths or --ids: end each with NUL.")
        ],
        False,
    ),
    "color": (
        Annotated[
            Literal[COLORS] | None,
            typer.Option(
                "--color", metavar="|".join(COLORS), help="Colour and links (default: auto)."
            ),
        ],
        None,
    ),
    "quiet": (
        Annotated[bool, typer.Option("--quiet", "-q", help="Answers only: no heading, no notes.")],
        False,
    ),
    "verbose": (Annotated[bool, typer.Option("--verbose", "-v", help="Print more detail.")], False),
}
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite even an index or an indexed document.")
]
INDEX = ("index",)
FORMAT = ("format", "json", "jq")
LIMIT = ("limit",)
WINDOW = ("since", "until", "doc", "added")
FIELDS = ("fields",)
SELECTION = (*FIELDS, "count", "paths", "lines", "ids", "null")
QUESTION = (*INDEX, *WINDOW, *LIMIT, *FORMAT)
ALWAYS = ("color", "quiet", "verbose")


class Recipe:
    """A command as it is written down; ``build`` makes the Click command of it."""

    def __init__(
        self,
        function: Function,
        shared: tuple[str, ...],
        examples: tuple[tuple[str, str], ...],
        formats: tuple[str, ...],
        limit: int,
        excludes: bool,
        numbers: bool,
    ) -> None:
        self.function = function
        self.examples = examples
        self.formats = formats
        self.limit = limit
        self.excludes = excludes
        self.numbers = numbers
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        self.own = [p.name for p in own]
        keyword = inspect.Parameter.KEYWORD_ONLY
        extra = []
        for name in (*shared, *ALWAYS):
            annotation, default = SHARED[name]
            if name == "format" and formats != FORMATS:
                option = typer.Option(
                    "--format",
                    "-f",
                    metavar="|".join(formats),
                    help=f"Output format (default: {formats[0]}).",
                )
                annotation = Annotated[Literal[formats] | None, option]
            if name == "limit":
                option = typer.Option(
                    "--limit",
                    "-n",
                    metavar="N",
                    help=f"Show at most N (default: {limit or 'all'}; 0 = all).",
                )
                annotation = Annotated[int | None, option]
            extra.append(inspect.Parameter(name, keyword, default=default, annotation=annotation))
        self.parameters = [p.replace(kind=keyword) for p in own] + extra

    def build(self, name: str, purpose: str) -> Any:
        """The Click command, whose values are checked by ``converted`` alone."""

        def entry(**given: Any) -> int:
            own = {key: given.pop(key) for key in self.own}
            run = Run.of(name, given, self.formats, self.limit)
            run.typed = {k: " ".join(v) if isinstance(v, list) else v for k, v in own.items()}
            return run.guarded(lambda: self.function(run, **own))

        plain = [p.replace(annotation=_plain(p.annotation)) for p in self.parameters]
        entry.__signature__ = inspect.Signature(plain)  # type: ignore[attr-defined]
        entry.__annotations__ = {p.name: p.annotation for p in plain}
        annotations = {p.name: p.annotation for p in self.parameters}
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name, cls=Command, help=purpose)(entry)
        command: Any = get_command(app)
        command.examples = self.examples
        command.excludes = self.excludes
        command.numbers = self.numbers
        command.context_settings = {"help_option_names": ["-h", "--help"]}
        for parameter in command.params:
            annotation = annotations[parameter.name]
            parameter.process_value = _converter(parameter, annotation)
            parameter.allowed = _shape(annotation)[2]
        return command


def command(
    *groups: tuple[str, ...],
    examples: tuple[tuple[str, str], ...],
    formats: tuple[str, ...] = FORMATS,
    limit: int = 20,
    excludes: bool = False,
    numbers: bool = False,
) -> Callable[[Function], Recipe]:
    """Makes a ``Recipe`` of a function. ``examples`` are (what is typed, what it shows); ``limit``
    is its own default; with ``excludes`` a "-word" is a word to leave out, with ``numbers`` a "-5"
    is a value: no options."""
    shared = tuple(name for names in groups for name in names)
    return lambda function: Recipe(function, shared, examples, formats, limit, excludes, numbers)


def _converter(parameter: Any, annotation: Any) -> Callable[[Any, Any], Any]:
    """What turns typed words into values.

    It stands in for Typer's own conversion, which would import pydantic (some 0.1 s) for every
    command, and tells what was meant when a word is none of the choices.
    """
    is_list, kind, allowed = _shape(annotation)
    name = max(parameter.opts, key=len) if parameter.opts else parameter.name
    if not name.startswith("-"):
        name = parameter.metavar or name

    def one(value: Any) -> Any:
        if allowed:
            return chosen(name, value, allowed)
        if kind is int and not isinstance(value, int):
            if value.lower() == "all":
                return 0
            try:
                return int(value)
            except ValueError:
                raise UsageError(f"{name}: {value!r} is not a whole number") from None
        if kind is Path:
            return Path(value)
        return unguard(value) if isinstance(value, str) else value

    def process(ctx: Any, value: Any) -> Any:
        if is_list:
            values = [one(each) for each in value or ()]
            if parameter.required and not values and not ctx.resilient_parsing:
                raise UsageError(f"missing {name} (see {ctx.command_path} --help)")
            return values
        if value is None:
            if parameter.required and not ctx.resilient_parsing:
                raise UsageError(f"missing {name} (see {ctx.command_path} --help)")
            return None
        return one(value)

    return process


def _plain(annotation: Any) -> Any:
    """What Typer is told: a flag, a word or words. What they mean is ``_converter``'s."""
    is_list, kind, _ = _shape(annotation)
    plain = list[str] | None if is_list else bool if kind is bool else str | None
    return Annotated[plain, get_args(annotation)[1]]


def _shape(annotation: Any) -> tuple[bool, Any, tuple[str, ...]]:
    """Whether it is a list, of what type, and the words that are allowed (none: any)."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is list:
        _, kind, allowed = _shape(get_args(annotation)[0])
        return True, kind, allowed
    if get_origin(annotation) is Literal:
        return False, str, get_args(annotation)
    return False, annotation, ()


def allowed(parameter: Any) -> tuple[str, ...]:
    """The words that a parameter of a built command may be; none where it is free."""
    words: tuple[str, ...] = getattr(parameter, "allowed", ())
    return words


def chosen(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """The one of ``allowed`` that was typed; ``UsageError`` names what it comes near to."""
    if value.lower() in allowed:
        return value.lower()
    near = get_close_matches(value.lower(), allowed, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(allowed)}"
    raise UsageError(f"{name}: unknown value '{value}': {hint}")
