"""Make the pages that show what gulfbrief prints, from real runs: ``python docs/make.py``.

- In README.md and docs/*.md every block fenced as ``console`` holds commands (lines that begin with
  ``$ ``) and what they print; the commands are run again and their output is put in anew.
- docs/commands/NAME.md and the manual in docs/man are made from the help.
- docs/picture.svg is a picture of a real terminal.
- gulfbrief/cli/parameters.json holds what completion has to know of each command.
- In docs/design.md the picture of the rooms is drawn from the imports.

All runs of a page happen in one new folder that holds a copy of seeds/, indexed unless the page
does that itself. tests/test_docs.py checks that every page is as this script makes it.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROGRAMS = str(Path(sys.executable).parent)  # where gulfbrief lies
SHOWN = 40  # lines of one output
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_CHANGING = [  # what differs from run to run, and what is shown for it
    (re.compile(r"\b\d+\.\d s\b"), "0.9 s"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\+00:00|Z)"), "2026-11-25T09:00:00+00:00"),
    (re.compile(r"^(size +)[\d.]+ \w+$", re.M), r"\g<1>500.0 kB"),
    (re.compile(r"^(indexed at +)[-\d]+ [\d:]+$", re.M), r"\g<1>2026-11-25 09:00"),
    (re.compile(r'("size": )\d+'), r"\g<1>500000"),
]
_LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
_SKIPPED = ("--watch", "--user", "--install-completion")  # examples that do not end or reach out


# ---- running ------------------------------------------------------------------------------


@contextmanager
def folder(indexed: bool) -> Iterator[Path]:
    """A new folder with the sample corpus."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "desk"
        shutil.copytree(_desk(), place)
        if not indexed:
            shutil.rmtree(place / ".gulfbrief")
        yield place


@cache
def _desk() -> Path:
    """The folder that ``folder`` copies, with its index."""
    top = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    place = Path(top) / "desk"
    place.mkdir()
    shutil.copytree(ROOT / "seeds", place / "seeds")
    (place / "draft.md").write_text(
        "“This is not a riddle,” Whitfield said. “It is a mine.”\n\n"
        "“We will not be hurried,” said Rostami.\n",
        "utf-8",
    )
    shutil.copy(place / "seeds" / "2021-07-02-updated-concept.txt", place / "report.txt")
    run("gulfbrief index seeds", place)
    return place


def run(command: str, place: Path, columns: int = 80) -> str:
    """What a shell line prints in a pipe of ``columns``, times made alike."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GULFBRIEF")}
    environment = kept | {
        "PATH": f"{PROGRAMS}{os.pathsep}{kept['PATH']}",
        "COLUMNS": str(columns),
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "XDG_CONFIG_HOME": str(place.parent / "settings"),
        "PYTHONIOENCODING": "utf-8",
        "SOURCE_DATE_EPOCH": "1631500000",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=place, env=environment, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    text = done.stdout.decode().replace(str(place), "/home/you/desk")
    text = text.replace(str(place.parent / "settings"), "/home/you/.config")
    text = "\n".join(line.rstrip() for line in text.splitlines())
    for changing, fixed in _CHANGING:
        text = changing.sub(fixed, text)
    return text


def cut(output: str) -> str:
    lines = output.splitlines()
    return "\n".join(lines if len(lines) <= SHOWN else [*lines[: SHOWN - 1], "…"])


# ---- pages --------------------------------------------------------------------------------


def page(text: str) -> str:
    """The page ``text`` with the output of its console blocks rebuilt."""
    if not _BLOCK.search(text):
        return text
    first = _BLOCK.search(text)
    assert first is not None
    with folder(indexed=not first.group(1).startswith("$ gulfbrief index seeds")) as place:
        return _BLOCK.sub(lambda m: _again(m.group(1), place), text)


def _again(block: str, place: Path) -> str:
    out = []
    for line in block.splitlines():
        if line.startswith("$ "):
            printed = cut(run(line[2:], place))
            out += [line, *([printed] if printed else [])]
    return "\n".join(["```console", *out, "```"])


def command_page(name: str) -> str:
    """The page of one command, from its help and its examples."""
    from gulfbrief.cli.registry import COMMANDS, load

    lines = [f"# gulfbrief {name}", "", COMMANDS[name][1], ""]
    lines += ["```console", f"$ gulfbrief {name} --help", "```", ""]
    for typed, meaning in load(name).examples:
        if any(word in typed for word in _SKIPPED):
            continue
        lines += [
            f"## {meaning[:1].upper()}{meaning[1:]}",
            "",
            "```console",
            f"$ {typed}",
            "```",
            "",
        ]
    return page("\n".join(lines).rstrip() + "\n")


# ---- the manual ---------------------------------------------------------------------------


def man_pages() -> dict[str, str]:
    """The manual in roff, the name of each page and its text: one for gulfbrief and one for each
    command, from the same words as the help and the tables of docs/reference.md."""
    from gulfbrief.cli.registry import COMMANDS

    return {"gulfbrief": _manual(), **{f"gulfbrief-{name}": _man_page(name) for name in COMMANDS}}


def _manual() -> str:
    from gulfbrief.cli.registry import COMMANDS

    out = _head("gulfbrief", "find who said what, when, in a folder of documents")
    out += [".B gulfbrief", "COMMAND [OPTIONS] [ARGUMENTS]", ".SH DESCRIPTION"]
    out += [
        "gulfbrief indexes a folder of local documents and answers from them, offline: where is",
        "this said, who said exactly what, who are the actors, what happened when.",
        ".SH COMMANDS",
    ]
    out += _terms((f"gulfbrief-{name}(1)", purpose) for name, (_, purpose) in COMMANDS.items())
    for title, rows in _PLACES.items():
        out += [f".SH {title}", *_terms(rows)]
    return _page(out, (), [f"gulfbrief-{name}" for name in COMMANDS])


def _man_page(name: str) -> str:
    from gulfbrief.cli.registry import COMMANDS, load

    command = load(name)
    places = command.arguments()
    out = _head(f"gulfbrief-{name}", COMMANDS[name][1])
    out += [f".B gulfbrief {name}", _roff(" ".join(["[OPTIONS]", *(p for p, _ in places)]))]
    out += [".SH DESCRIPTION", _roff(COMMANDS[name][1])]
    out += [*_terms(places), ".SH OPTIONS", *_terms(_options(command)), ".SH EXAMPLES"]
    for typed, meaning in command.examples:
        out += [".PP", f"{_roff(meaning[:1].upper() + meaning[1:])}:", ".PP", ".RS", ".nf"]
        out += [_roff(typed), ".fi", ".RE"]
    return _page(out, _TABLES.get(name, ()), ["gulfbrief"])


def _head(page: str, purpose: str) -> list[str]:
    from gulfbrief.version import __version__

    line = _roff(f"{page} \0 {purpose[:1].lower()}{purpose[1:].rstrip('.')}")
    return [
        f'.TH {page.upper()} 1 "" "gulfbrief {__version__}" "User Commands"',
        ".SH NAME",
        line.replace("\0", "\\-"),
        ".SH SYNOPSIS",
    ]


def _page(out: list[str], tables: tuple[str, ...], others: list[str]) -> str:
    """The lines of a page with ``tables`` of docs/reference.md and a list of other pages."""
    for title in (*tables, *_STATUSES):
        out += [f".SH {title.upper()}", *_terms(_table(title))]
    seen = ", ".join(f"{_roff(page)}(1)" for page in others)
    return "\n".join([*out, ".SH SEE ALSO", seen]) + "\n"


def _table(title: str) -> Iterator[tuple[str, str]]:
    """The rows of the table under a heading of docs/reference.md, its first and last columns."""
    text = (DOCS / "reference.md").read_text("utf-8").split(f"\n## {title}\n")[1]
    rows = re.search(r"^\|-.*\n((?:\|.*\n)+)", text, re.M)
    assert rows is not None, title
    for line in rows[1].splitlines():
        first, *_, last = re.split(r"(?<!\\)\|", line)[1:-1]
        yield tuple(re.sub(r"[`\\]", "", cell).strip() for cell in (first, last))


def _options(command: Any) -> list[tuple[str, str]]:
    import typer

    context = typer.Context(command, info_name=command.name)
    options = (p for p in command.params if p.param_type_name == "option")
    return [r for p in options if (r := p.get_help_record(context))]


def _terms(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [line for a, b in rows for line in (".TP", f".B {_roff(a)}", _roff(b))]


def _roff(text: str) -> str:
    """``text`` as it is: no sign of it is roff's, none is made typographic."""
    return ("\\&" if text.startswith(".") else "") + text.translate(_SIGNS)


_SIGNS = {
    ord(sign): f"\\{name}"
    for sign, name in {
        "\\": "e", "-": "-", '"': "(dq", "'": "(aq", "`": "(ga", "^": "(ha", "~": "(ti",
    }.items()
}  # fmt: skip
_STATUSES = ("Exit statuses",)
_TABLES = {  # the tables of docs/reference.md that a command's page needs
    "search": ("Queries",),
    "brief": ("Queries",),
    "timeline": ("Symbols",),
    "quotes": ("Symbols",),
    "actor": ("Symbols",),
}
_PLACES = {
    "ENVIRONMENT": [
        ("GULFBRIEF_INDEX", "The index file; otherwise the nearest .gulfbrief/index.db."),
        ("GULFBRIEF_NAME", "The setting NAME, in capitals; gulfbrief config lists them."),
        ("NO_COLOR, FORCE_COLOR, TERM", "Whether there is colour, as usual."),
        ("PAGER", "The program for answers that are longer than the terminal."),
    ],
    "FILES": [
        (".gulfbrief/index.db", "The index of the folder that holds .gulfbrief."),
        (".gulfbrief/config.toml", "Settings of this project; see gulfbrief config."),
        (".gulfbrief/actors.toml", "Decisions on who is who."),
        (".gulfbrief/lexicon/*.toml", "Names of your own."),
    ],
}


# ---- parameters ---------------------------------------------------------------------------


def parameters() -> str:
    """The parameters of every command as JSON, one a line."""
    from gulfbrief.cli.options import allowed
    from gulfbrief.cli.registry import COMMANDS, load

    commands = []
    for name in COMMANDS:
        held = []
        for p in load(name).params:
            options = [typed for typed in p.opts if typed.startswith("-")]
            one = {
                "name": p.name,
                "options": options,
                "help": p.help if options else "",
                "flag": bool(options and p.is_flag),
                "many": p.nargs != 1,
                "allowed": allowed(p),
            }
            held.append("    " + json.dumps({k: v for k, v in one.items() if v}))
        commands.append(f'  "{name}": [\n' + ",\n".join(held) + "\n  ]")
    return "{\n" + ",\n".join(commands) + "\n}\n"


# ---- the picture --------------------------------------------------------------------------


def picture() -> str:
    """A terminal with two real answers, as SVG."""
    from rich.console import Console
    from rich.text import Text

    commands = (
        'gulfbrief quotes "seen without being notised" -n 1',
        "gulfbrief actor morosov -n 2",
    )
    with folder(indexed=True) as place, open(os.devnull, "w") as nowhere:
        console = Console(record=True, width=92, file=nowhere, force_terminal=True)
        for command in commands:
            shown = _LINK.sub("", run(f"{command} --color always", place, 92))
            console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
            console.print(Text.from_ansi(shown))
            console.print()
    drawn = console.export_svg(title="gulfbrief", unique_id="gulfbrief")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)


# ---- the rooms ----------------------------------------------------------------------------


def rooms(text: str) -> str:
    """The page ``text`` with the picture of the rooms drawn anew from the imports."""
    sys.path.insert(0, str(ROOT / "tests"))
    from imports import picture as drawn

    between = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- /rooms -->)", re.S)
    return between.sub(lambda _: f"```mermaid\n{drawn()}\n```\n", text)


# ---- all ----------------------------------------------------------------------------------


def made() -> Iterator[tuple[Path, str]]:
    """Every page that is made, with the text that it should have."""
    from gulfbrief.cli.registry import COMMANDS

    for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]:
        yield path, rooms(page(path.read_text("utf-8")))
    for name in COMMANDS:
        yield DOCS / "commands" / f"{name}.md", command_page(name)
    for name, text in man_pages().items():
        yield DOCS / "man" / f"{name}.1", text
    yield ROOT / "gulfbrief" / "cli" / "parameters.json", parameters()


def main() -> None:
    for folder in ("commands", "man"):
        (DOCS / folder).mkdir(exist_ok=True)
    for path, text in made():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print("made", path.relative_to(ROOT))
    (DOCS / "picture.svg").write_text(picture(), "utf-8")


if __name__ == "__main__":
    main()
