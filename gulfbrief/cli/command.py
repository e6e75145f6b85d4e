"""A command as Click sees it: its help with examples, and words to leave out of a query."""

from __future__ import annotations

import sys
from typing import Any

from typer.core import TyperCommand

from ..config import FORMATS
from .registry import SYNONYMS

EXCLUDED = "\0"


class Command(TyperCommand):
    """A command whose help ends with examples, each as it is typed."""

    examples: tuple[tuple[str, str], ...] = ()
    numbers = False  # whether "-5" is a value, and no option
    excludes = False  # whether "-word" is a word to leave out of a query, and no option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {name for p in self.params for name in p.opts}
        end = args.index("--") if "--" in args else len(args)
        args = [*(_own_word(arg, own) for arg in args[:end]), *args[end:]]
        if self.excludes:
            args = [guard(arg) for arg in args]
        if self.numbers:
            args = [EXCLUDED + a[1:] if a[:1] == "-" and a[1:].isdigit() else a for a in args]
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
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write(f"  {line}\n")
                formatter.write(f"      {meaning}\n")
        formatter.write(f"\nManual: man gulfbrief-{self.name}\n")

    def get_help(self, ctx: Any) -> str:
        return embolden(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return light_option(super().get_help_option(ctx))


def _own_word(arg: str, own: set[str]) -> str:
    """``arg``, or the option of ``own`` for which it is another word."""
    name, equals, value = arg.partition("=")
    other = SYNONYMS.get(name)
    return f"{other}{equals}{value}" if name not in own and other in own else arg


def light_option(option: Any) -> Any:
    """The option for help without Typer's conversion of its value, which would import pydantic
    (some 0.1 s) for every command."""

    def process(ctx: Any, value: Any) -> Any:
        return option.callback(ctx, option, bool(value))

    if option is not None:
        option.process_value = process
    return option


def guard(arg: str) -> str:
    """Marks a word to leave out of a query ("-word"), that it is not read as an option."""
    is_option = arg[:2] in ("-n", "-f") and (arg[2:].isdecimal() or arg[2:] in FORMATS)
    if len(arg) > 2 and arg[0] == "-" and arg[1].isalnum() and not is_option:
        return EXCLUDED + arg[1:]
    return arg


def unguard(arg: str) -> str:
    """The word as it was typed."""
    return "-" + arg[1:] if arg.startswith(EXCLUDED) else arg


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
