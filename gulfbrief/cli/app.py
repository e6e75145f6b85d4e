"""The group of all commands, their help, and what becomes of errors."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..errors import GulfbriefError, UsageError
from .command import embolden, light_option
from .failure import ClosedPipeError, fail
from .registry import COMMANDS, SYNONYMS, commands_with, load

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
COMPLETION = ("--install-completion", "--show-completion")


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

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\nManual: man gulfbrief\n")

    def get_help(self, ctx: Any) -> str:
        return embolden(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return light_option(super().get_help_option(ctx))


def run(args: Sequence[str]) -> int:
    """The exit status of one command line; what is wrong with it is told on standard error."""
    try:
        if args and args[0].partition("=")[0] in COMPLETION:
            from .completion import set_up

            return set_up(args)
        if args and args[0] == "help":
            args = [*args[1:2], "--help"]
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
    except UnicodeEncodeError as error:
        typed = error.object[error.start : error.end]
        if any("\ud800" <= c <= "\udfff" for c in typed):  # bytes of an argument
            return fail(f"what was typed is not UTF-8: {typed[:20]!r}", 2)
        return _fault(error)
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


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the command line, and where to read on, in one line."""
    message = error.format_message().rstrip(".")
    option = getattr(error, "option_name", None)
    ctx = getattr(error, "ctx", None)
    path = getattr(ctx, "command_path", None) or "gulfbrief"
    if option and message.startswith("No such option"):
        root = path == "gulfbrief"
        params = getattr(getattr(ctx, "command", None), "params", ())
        own = {name for p in params for name in p.opts}
        known = getattr(error, "possibilities", None) or ()
        near = get_close_matches(option, [s for s in SYNONYMS if SYNONYMS[s] in own], 1, 0.75)
        near = near or get_close_matches(option, known, 1, 0.75 if root else 0.5)
        message = f"no such option: {option}"
        if not root and (others := commands_with(option)):
            message += f": it is an option of {', '.join(others)}"
        elif near:
            message += f": did you mean {SYNONYMS.get(near[0], near[0])}?"
        elif root:
            message += ": put options after the command: gulfbrief status --json"
    elif path == "gulfbrief export" and message.startswith("Got unexpected extra"):
        message = "with --to give the file alone: gulfbrief export --to sqlite all.db"
    elif message.startswith("Missing argument"):
        message = "missing" + message.removeprefix("Missing argument").replace("'", "")
    else:
        message = message[:1].lower() + message[1:]
    return f"{message} (see {path} --help)"


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


def _root(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", "-V", help="Show the version and exit."),
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
        from ..version import __version__

        print(f"gulfbrief {__version__}")
    elif ctx.invoked_subcommand is None:
        print(START, end="")
    return 0
