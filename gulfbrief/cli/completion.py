"""Tab completion: what may come next on a command line, and the scripts that make shells ask.

A shell's script calls gulfbrief with ``_GULFBRIEF_COMPLETE`` set to the shell's name and, after
``--``, the words so far without their quotation marks, the last one being completed; bash, which
cannot take them off, gives the line up to the cursor and the part of it that it will replace. The
answer is a line that says ``files`` or ``values``, then a line for each candidate: the value, a
tab, what it is; for bash the value alone, quoted as the line needs it. Whatever goes wrong, the
answer is empty: nothing may disturb the prompt. Only what an answer needs is imported, and the
commands themselves are not loaded: a Tab has to be quick.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from .registry import COMMANDS, KINDS, PRODUCTS, SYNONYMS, VERDICTS, WORDS, Parameter, parameters

if TYPE_CHECKING:
    from ..store.pages import Database

SHELLS = ("bash", "zsh", "fish", "powershell")
_MOST = 200
_SUFFIX = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}

Candidate = tuple[str, str]


def answer(args: Sequence[str], shell: str) -> int:
    """Writes the candidates for the words after ``--`` in ``args``."""
    try:
        given = list(args[1:] if args[:1] == ["--"] else args)
        if shell == "bash":
            lines = _for_bash(*given)
        else:
            kind, found = candidates(given or [""])
            lines = [kind, *(f"{_clean(value)}\t{_clean(about)}" for value, about in found)]
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    except Exception:
        return 1
    return 0


def candidates(words: Sequence[str]) -> tuple[str, list[Candidate]]:
    """Whether the last word may be a file, and the values it may be.

    ``words`` are those after ``gulfbrief``, without their quotation marks.
    """
    *before, typed = words
    commands = _starting(typed, [(name, about) for name, (_, about) in COMMANDS.items()])
    if not before:
        if typed.startswith("-"):
            return "values", _words(typed, ("--help", "--version", *ROOT))
        return "values", [*commands, *_starting(typed, [HELP] if typed else [])]
    if before[0] in ROOT:
        return "values", _words(typed, SHELLS)
    if before == ["help"]:
        return "values", commands
    if before[0] not in COMMANDS:
        return "values", []
    held = parameters(before[0])
    own = {typed: p for p in held for typed in p.options}
    options = {s: own[o] for s, o in SYNONYMS.items() if o in own} | own
    waiting, index, places = _walk(before[1:], options)
    if waiting is not None:
        return _values(waiting, typed, index)
    if typed.startswith("--") and "=" in typed:
        name, _, part = typed.partition("=")
        if name in options:
            kind, found = _values(options[name], part, index)
            return kind, [(f"{name}={value}", about) for value, about in found]
    if typed.startswith("-") and typed != "-":
        shown = [(name, p.help) for name, p in own.items() if name.startswith("--")]
        return "values", _starting(typed, [*shown, ("--help", "Show help and exit.")])
    arguments = [p for p in held if not p.options]
    if not arguments or (len(places) >= len(arguments) and not arguments[-1].many):
        return "values", []
    argument = arguments[min(len(places), len(arguments) - 1)]
    if before[0] == "config" and places:
        return _of_setting(places[0], typed, index)
    if before[0] in ("search", "brief") and typed.startswith(("by:", "about:")):
        field, _, part = typed.partition(":")
        return "values", [(f"{field}:{id}", name) for id, name in _ids(part, index)]
    if before[0] == "export" and any(w == "--to" or w.startswith("--to=") for w in before):
        return "files", []
    return _values(argument, typed, index, f"{before[0]} {argument.name}")


def _of_setting(name: str, typed: str, index: str | None) -> tuple[str, list[Candidate]]:
    """What may follow ``config NAME``."""
    from .. import config

    if name in VERDICTS:
        return "values", _actors(typed, index)
    if name == "trust":
        return "files", []
    return "values", _words(typed, config.choices(name) if name in config.NAMES else ())


HELP = ("help", "Show help for a command.")
ROOT = ("--install-completion", "--show-completion")


def _walk(
    words: Sequence[str], options: Mapping[str, Parameter]
) -> tuple[Parameter | None, str | None, list[str]]:
    """The option that waits for its value, the index that was named, and the arguments."""
    waiting: Parameter | None = None
    index: str | None = None
    places: list[str] = []
    only_arguments = False
    for word in words:
        if waiting is not None:
            if waiting.name == "index":
                index = word
            waiting = None
        elif word == "--":
            only_arguments = True
        elif word.startswith("-") and word != "-" and not only_arguments:
            name, equals, value = word.partition("=")
            option = options.get(name)
            if option is not None and not option.flag:
                if not equals:
                    waiting = option
                elif option.name == "index":
                    index = value
        else:
            places.append(word)
    return waiting, index, places


def _values(
    parameter: Parameter, typed: str, index: str | None, place: str = ""
) -> tuple[str, list[Candidate]]:
    """What an option or argument may be."""
    if parameter.allowed:
        return "values", _words(typed, parameter.allowed)
    source = SOURCES.get(place) or SOURCES.get(f"--{parameter.name}")
    if source is None:
        return "files" if parameter.name in FILES or place in FILES else "values", []
    return "values", source(typed, index)


def _starting(typed: str, found: Iterable[Candidate]) -> list[Candidate]:
    low = typed.casefold()
    return [(value, about) for value, about in found if value.casefold().startswith(low)]


def _actors(typed: str, index: str | None) -> list[Candidate]:
    from ..store.completion import names

    return names(_open(index), typed, _MOST)


def _ids(typed: str, index: str | None) -> list[Candidate]:
    from ..store.completion import ids

    return ids(_open(index), typed, _MOST)


def _documents(typed: str, index: str | None) -> list[Candidate]:
    from ..store.completion import documents

    return documents(_open(index), typed, _MOST)


def _kinds(typed: str, index: str | None) -> list[Candidate]:
    return _words(typed, KINDS)


def _products(typed: str, index: str | None) -> list[Candidate]:
    return _words(typed, PRODUCTS)


def _days(typed: str, index: str | None) -> list[Candidate]:
    return _words(typed, DAYS)


def _runs(typed: str, index: str | None) -> list[Candidate]:
    return _words(typed, ("last", *DAYS))


def _settings(typed: str, index: str | None) -> list[Candidate]:
    from .. import config

    return _starting(
        typed, [*((name, config.about(name)) for name in config.NAMES), *WORDS.items()]
    )


def _words(typed: str, words: Iterable[str]) -> list[Candidate]:
    return _starting(typed, [(word, "") for word in words])


def _open(index: str | None) -> Database:
    from .. import places
    from ..store.connection import open_to_look

    name = index or os.environ.get("GULFBRIEF_INDEX")
    path = Path(name).expanduser() if name else places.find_index()
    if path is None:
        raise UsageError("no index")
    return open_to_look(path)


DAYS = ("today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday")  # fmt: skip
SOURCES: dict[str, Callable[[str, str | None], list[Candidate]]] = {
    "--by": _actors,
    "--about": _actors,
    "--actor": _actors,
    "--doc": _documents,
    "--since": _days,
    "--until": _days,
    "--added": _runs,
    "--to": _products,
    "actor name": _actors,
    "brief topic": _actors,
    "show docs": _documents,
    "export what": _kinds,
    "config name": _settings,
}
FILES = {"index", "output", "queries", "names", "index paths", "verify files"}


def _clean(text: str) -> str:
    if text.isprintable():  # nothing in it could be replaced
        return text
    from ..show.harmless import visible

    return visible(text)


# ---- bash ---------------------------------------------------------------------------------


def _for_bash(line: str, part: str) -> list[str]:
    """The answer for bash: ``line`` up to the cursor, of which it replaces ``part``."""
    words, raw, quote = split(line)
    kind, found = candidates(words[1:] or [""])
    kept = raw[: -len(part)] if part and raw.endswith(part) and not quote else ""
    if not part and raw and not quote:
        kept = raw  # the cursor stands behind a : or = that bash takes for the end of a word
    out = [kind]
    for value, _ in found:
        text = quoted(_clean(value), quote)
        out.append(text[len(kept) :])
    return out


def split(line: str) -> tuple[list[str], str, str]:
    """The words of a line as a shell sees them, the last one also as it stands there, and the
    quotation mark that is still open in it.

    >>> split("gulfbrief actor 'al Ha")
    (['gulfbrief', 'actor', 'al Ha'], "'al Ha", "'")
    """
    words: list[str] = []
    word, raw, quote = "", "", ""
    i = 0
    while i < len(line):
        c = line[i]
        pair = c == "\\" and quote != "'" and i + 1 < len(line)
        if pair and (not quote or line[i + 1] in '"\\$`'):
            word, raw, i = word + line[i + 1], raw + line[i : i + 2], i + 2
            continue
        i += 1
        if quote:
            raw += c
            quote, word = ("", word) if c == quote else (quote, word + c)
        elif c in "\"'":
            quote, raw = c, raw + c
        elif c.isspace():
            if raw:
                words.append(word)
            word = raw = ""
        else:
            word, raw = word + c, raw + c
    return [*words, word], raw, quote


def quoted(value: str, quote: str) -> str:
    """``value`` as it must stand on the line: inside the open ``quote``, or bare.

    >>> quoted("Seán O'Brien", "")
    "Seán\\\\ O\\\\'Brien"
    """
    if quote == "'":
        return value.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'(["\\$`])', r"\\\1", value)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


# ---- setting it up ------------------------------------------------------------------------


def set_up(args: Sequence[str]) -> int:
    """``--show-completion [SHELL]`` prints the shell's script, ``--install-completion [SHELL]``
    puts it where the shell reads it. Without SHELL it is the one that we were called from."""
    option, equals, value = args[0].partition("=")
    words = [value, *args[1:]] if equals else list(args[1:])
    from importlib.resources import files

    shell = _shell(words)
    script = files(__package__).joinpath(f"complete.{_SUFFIX[shell]}").read_text("utf-8")
    if option == "--show-completion":
        print(script, end="")
        return 0
    path = _install(shell, script)
    print(f"completion for {shell} is in {path}; it works in every new shell")
    return 0


def _shell(words: Sequence[str]) -> str:
    if len(words) > 1:
        raise UsageError(f"one shell at a time: {', '.join(SHELLS)}")
    name = words[0].lower() if words else _parent() or Path(os.environ.get("SHELL", "")).name
    name = {"pwsh": "powershell"}.get(name, name)
    if name not in SHELLS:
        told = f"{name!r} is not one of" if name else "which shell? Name one of"
        raise UsageError(f"{told} {', '.join(SHELLS)}")
    return name


def _parent() -> str | None:
    """The shell that we were called from, as Typer's own dependency finds it."""
    try:
        found = importlib.import_module("shellingham").detect_shell()
    except Exception:
        return None
    return str(found[0])


def _install(shell: str, script: str) -> Path:
    """Writes the script, and a line that loads it where the shell does not do so by itself."""
    home = Path.home()
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        path = config / "fish" / "completions" / "gulfbrief.fish"
        _write(path, script)
        return path
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "gulfbrief"
    path = data / f"complete.{_SUFFIX[shell]}"
    _write(path, script)
    start = {
        "bash": home / ".bashrc",
        "zsh": Path(os.environ.get("ZDOTDIR") or home) / ".zshrc",
        "powershell": _profile(home),
    }[shell]
    line = f". '{path}'" if shell == "powershell" else f"source '{path}'"
    old = start.read_text("utf-8") if start.exists() else ""
    if line not in old:
        gap = "" if not old or old.endswith("\n") else "\n"
        _write(start, f"{old}{gap}{line}  # completion of gulfbrief\n")
    return path


def _profile(home: Path) -> Path:
    if os.name == "nt":
        return home / "Documents" / "PowerShell" / "Microsoft.PowerShell_profile.ps1"
    return home / ".config" / "powershell" / "Microsoft.PowerShell_profile.ps1"


def _write(path: Path, text: str) -> None:
    from .. import files

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
