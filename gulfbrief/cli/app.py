"""The group of all commands, their help, and what becomes of errors."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ..config import FORMATS
from ..errors import GulfbriefError, UsageError

# Each command: the file that holds it, and its one line of purpose.
COMMANDS = {
    "index": ("indexing", "Build or update the index from files and folders."),
    "search": ("asking", "Find passages, in spite of typos and a bad memory."),
    "quotes": ("asking", "Find quotations by their wording, speaker, subject and day."),
    "verify": ("asking", "Check every quotation of a draft against the index."),
    "actors": ("people", "List people, countries, organisations and places, most named first."),
    "actor": ("people", "Sum up one actor: names, roles, statements, company, passages."),
    "timeline": ("asking", "List dated events in order, with their precision kept."),
    "brief": ("people", "Write a dossier on an actor or a query."),
    "docs": ("documents", "List the documents of the index."),
    "show": ("documents", "Show one document with its findings marked."),
    "export": ("documents", "Write everything found, for other tools."),
    "status": ("indexing", "Tell what the index holds, and with which settings."),
    "config": ("settings", "Read and write settings, and decide who is who."),
}
START = """gulfbrief finds who said what, when, in your documents.

Start with three commands:
  gulfbrief index seeds            read a folder, or files
  gulfbrief search tanker Hormuzz  passages, misspelt too
  gulfbrief quotes --by morozov    what one person said

All commands: gulfbrief --help
"""
# What other programs call it.
OTHERWISE = {
    "find": "search", "grep": "search", "list": "docs", "ls": "docs", "cat": "show",
    "build": "index", "add": "index", "check": "verify", "events": "timeline", "people": "actors",
    "who": "actor", "report": "brief", "summary": "brief", "settings": "config",
}  # fmt: skip
EXCLUDED = "\0"
COMPLETION = ("--install-completion", "--show-completion")


class ClosedPipeError(Exception):
    """The reader of our output is gone."""


class Command(TyperCommand):
    """A command whose help ends with examples, each as it is typed."""

    examples: tuple[tuple[str, str], ...] = ()
    excludes = False  # whether "-word" is a word to leave out of a query, and no option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if self.excludes:
            args = [_guard(arg) for arg in args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS]", *(name for name, _ in self.arguments())]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        if self.arguments():
            with formatter.section("Arguments"):
                formatter.write_dl(self.arguments())
        options = [
            p.get_help_record(ctx) for p in self.get_params(ctx) if p.param_type_name == "option"
        ]
        with formatter.section("Options"):
            formatter.write_dl([record for record in options if record])

    def arguments(self) -> list[tuple[str, str]]:
        """The arguments as they are written, and what they are."""
        places: list[Any] = [p for p in self.params if p.param_type_name == "argument"]
        return [(p.metavar, p.help) for p in places]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        if not self.examples:
            return
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write(f"  {line}\n")
                formatter.write(f"      {meaning}\n")

    def get_help(self, ctx: Any) -> str:
        return embolden(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _light(super().get_help_option(ctx))


class Group(TyperGroup):
    """Loads the file of a command only when that command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS:
            other = OTHERWISE.get(args[0])
            near = [other] if other else get_close_matches(args[0], COMMANDS, 2, 0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "see gulfbrief --help"
            raise UsageError(f"no such command: {args[0]}: {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])

    def get_help(self, ctx: Any) -> str:
        return embolden(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _light(super().get_help_option(ctx))


def _light(option: Any) -> Any:
    """The option for help without Typer's conversion of its value, which would import pydantic
    (some 0.1 s) for every command."""

    def process(ctx: Any, value: Any) -> Any:
        return option.callback(ctx, option, bool(value))

    if option is not None:
        option.process_value = process
    return option


def load(name: str) -> Any:
    """The command ``name``, its file imported now."""
    module = importlib.import_module(f".{COMMANDS[name][0]}", __package__)
    return module.COMMANDS[name].build(name, COMMANDS[name][1])


def run(args: Sequence[str]) -> int:
    """The exit status of one command line; what is wrong with it is told on standard error."""
    try:
        if args and args[0].partition("=")[0] in COMPLETION:
            from .completion import set_up

            return set_up(args)
        status = group().main(list(args), prog_name="gulfbrief", standalone_mode=False)
    except GulfbriefError as error:
        return fail(str(error), error.status)
    except (ClosedPipeError, SystemExit):  # the latter is Click's, where help has no reader
        return 141
    except KeyboardInterrupt:
        status = 130
    except typer.Abort:
        status = 130
    except MemoryError:
        return fail("there is not enough memory for this", 70)
    except typer.TyperException as error:
        return fail(_usage(error), 2)
    except OSError as error:  # a full disk, a folder that went away: the system's word, not ours
        where = f"{error.filename}: " if error.filename else ""
        return fail(f"{where}{(error.strerror or str(error)).lower()}", 2)
    except Exception as error:
        return _fault(error)
    if status == 130:
        fail("interrupted", 130)
    return int(status or 0)


def _fault(error: Exception) -> int:
    """A fault of ours: one line for the user, the whole of it where ``GULFBRIEF_DEBUG`` is set."""
    if os.environ.get("GULFBRIEF_DEBUG"):
        import traceback

        traceback.print_exc()
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return fail(f"a fault in gulfbrief: {what} (GULFBRIEF_DEBUG=1 shows where)", 70)


def fail(message: str, status: int) -> int:
    """Tells the user in one line what is wrong; gives back ``status``."""
    from ..show.harmless import visible

    with contextlib.suppress(BrokenPipeError, ValueError):
        print(f"gulfbrief: {visible(message)}", file=sys.stderr, flush=True)
    return status


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the command line, and where to read on, in one line."""
    message = error.format_message().rstrip(".")
    option = getattr(error, "option_name", None)
    path = getattr(getattr(error, "ctx", None), "command_path", None) or "gulfbrief"
    if option and message.startswith("No such option"):
        root = path == "gulfbrief"
        known = getattr(error, "possibilities", None) or ()
        near = get_close_matches(option, known, 1, 0.75 if root else 0.5)
        message = f"no such option: {option}"
        if near:
            message += f": did you mean {near[0]}?"
        elif root:
            message += ": the options of a command stand behind it"
    elif message.startswith("Missing argument"):
        message = "missing" + message.removeprefix("Missing argument").replace("'", "")
    else:
        message = message[:1].lower() + message[1:]
    return f"{message} (see {path} --help)"


def _guard(arg: str) -> str:
    """Marks a word to leave out of a query ("-word"), that it is not read as an option."""
    is_option = arg[:2] in ("-n", "-f") and (arg[2:].isdigit() or arg[2:] in FORMATS)
    if len(arg) > 2 and arg[0] == "-" and arg[1].isalnum() and not is_option:
        return EXCLUDED + arg[1:]
    return arg


def unguard(arg: str) -> str:
    """The word as it was typed."""
    return "-" + arg[1:] if arg.startswith(EXCLUDED) else arg


def group() -> Any:
    """The whole command line as a Click group."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(invoke_without_command=True)(_root)
    return get_command(app)


def embolden(text: str) -> str:
    """Help with its headings in bold, where it is shown on a terminal that can."""
    from ..show.terminal import styled

    if not styled("auto", sys.stdout):
        return text
    heads = ("Usage:", "Options:", "Arguments:", "Examples:", "Commands:")
    out = []
    for line in text.split("\n"):
        head = next((x for x in heads if line.startswith(x)), "")
        out.append(f"\x1b[1m{head}\x1b[0m{line[len(head) :]}" if head else line)
    return "\n".join(out)


def _root(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Tell the version and exit."),
    install_completion: bool = typer.Option(
        False,
        "--install-completion",
        help="Set up Tab completion for this shell, or the one named after it.",
    ),
    show_completion: bool = typer.Option(
        False, "--show-completion", help="Print the script that completes, to look at or to copy."
    ),
) -> int:
    """Find who said what, when, in a folder of documents. Offline."""
    if version:
        from .. import __version__

        print(f"gulfbrief {__version__}")
    elif ctx.invoked_subcommand is None:
        print(START, end="")
    return 0
