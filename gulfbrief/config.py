"""Settings: defaults < user's TOML < project's TOML < environment < options.

The project's file stands beside the index (``.gulfbrief/config.toml``), the user's in the folder
for settings that the system knows. An environment variable is ``GULFBRIEF_`` and the name of the
setting in capitals. A project's file may set nothing that runs a program or reads or writes
elsewhere (``OWN``), and is not read where it belongs to somebody else (trust.py).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from . import files, places
from .errors import UsageError

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
OCR = ("auto", "never", "always")
PIPES = ("table", "lines")
COLORS = ("auto", "always", "never")


def _setting(default: Any, help: str, choices: tuple[str, ...] = (), least: int = 0) -> Any:
    return field(default=default, metadata={"help": help, "choices": choices, "least": least})


@dataclass(frozen=True)
class Settings:
    """What the user may set; ``origins`` tells for each name where its value comes from,
    ``ignored`` what of the project's settings was not taken, and why."""

    index: str | None = _setting(None, "index file (default: the nearest .gulfbrief/index.db)")
    format: str = _setting("table", "output format", FORMATS)
    color: str = _setting("auto", "colour and links", COLORS)
    limit: int | None = _setting(None, "most results shown, 0 = all (default: set by each command)")
    context: int = _setting(1, "sentences shown around a passage that search found")
    pager: str = _setting(
        "auto", "auto, never, or the program for answers longer than the terminal"
    )
    pipe: str = _setting("table", "output to a pipe: the table, or PATH:LINE: TEXT", PIPES)
    jobs: int | None = _setting(None, "worker processes for indexing (default: one per core)")
    cluster: str | None = _setting(
        None, "Dask cluster to index on, tcp://HOST:PORT (default: this machine)"
    )
    max_mb: int = _setting(64, "MB of a document that are read; the rest is left out", least=1)
    max_seconds: int = _setting(60, "seconds after which a file is read only in part", least=1)
    max_pages: int = _setting(5_000, "pages of a PDF that are read; the rest is left out", least=1)
    max_documents: int = _setting(
        100_000, "documents read from one archive, mailbox or dump", least=1
    )
    max_unpacked_mb: int = _setting(1_024, "MB unpacked from one file", least=1)
    max_depth: int = _setting(5, "levels of archives and mails inside one another that are opened")
    ocr: str = _setting("auto", "recognise text in scans: only where there is none, or always", OCR)
    ocr_language: str = _setting("eng", "language of scans, by its Tesseract code, such as deu+eng")
    libreoffice: str = _setting(
        "auto", "auto, never, or the program that converts DOC, PPT and ODP"
    )
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)


OWN = ("index", "pager", "cluster", "libreoffice")
"""What only the user's own file, the environment and the command line set."""

SAFE = "set it for yourself with --user, in the environment, or as an option"

NAMES = tuple(f.name for f in fields(Settings) if f.name not in ("origins", "ignored"))


def about(name: str) -> str:
    """What the setting is for, in a few words."""
    return str(_field(name).metadata["help"])


def choices(name: str) -> tuple[str, ...]:
    """The words the setting may be; none where it is free."""
    found: tuple[str, ...] = _field(name).metadata["choices"]
    return found


def load(options: Mapping[str, Any], start: Path | None = None) -> Settings:
    """The settings in force in the folder ``start`` (the current one).

    ``options`` are those of the command line, null where not given. Raises ``UsageError`` for a
    file that is no TOML, a name that is no setting and a value that does not fit it.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    ignored: list[str] = []
    own, project = places.user_file(), places.project_file(start)
    for path in (own, project):
        if path == project and places.is_foreign(path):
            if os.path.lexists(path):
                ignored.append(f"{path} is not read: {places.FOREIGN.format(path.parent.parent)}")
            continue
        for name, value in read_file(path).items():
            checked = _checked(name, value, str(path))
            if path == project and name in OWN:
                ignored.append(f"{path}: {name} is not taken from a project's settings: {SAFE}")
                continue
            values[name], origins[name] = checked, str(path)
    for name in NAMES:
        variable = f"GULFBRIEF_{name.upper()}"
        if text := os.environ.get(variable):
            values[name], origins[name] = parse(name, text, variable), variable
    for variable in sorted(os.environ):
        name = variable.removeprefix("GULFBRIEF_")
        if name not in (variable, "DEBUG", *map(str.upper, NAMES)):
            ignored.append(f"{variable}: {_unknown(name.lower())}")
    for name, value in options.items():
        if name in NAMES and value is not None:
            values[name] = _checked(name, value, f"--{name}")
            origins[name] = f"--{name}"
    return Settings(**values, origins=origins, ignored=tuple(ignored))


def parse(name: str, text: str, where: str) -> Any:
    """The value of the setting that ``text`` says; ``UsageError`` names ``where`` it stands."""
    if _is_number(name):
        try:
            return _checked(name, int(text), where)
        except ValueError:
            raise UsageError(f"{where}: {text!r} is not a whole number") from None
    return _checked(name, text, where)


def mapping(start: Path | None = None) -> dict[str, str]:
    """The columns of dumps of articles, as the tables ``[mapping]`` of the files name them."""
    found: dict[str, str] = {}
    for path in (places.user_file(), places.project_file(start)):
        if places.is_foreign(path):
            continue
        table = _toml(path).get("mapping", {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise UsageError(f'{path}: [mapping] must be a table of names: text = "body"')
        found |= table
    return found


def read_file(path: Path) -> dict[str, Any]:
    """The settings of one file, empty where there is none. Tables in it are for other readers."""
    return {name: value for name, value in _toml(path).items() if not isinstance(value, dict)}


def write(path: Path, name: str, value: Any) -> None:
    """Sets (or with null takes out) one setting in the file, and keeps its other lines and notes.

    Raises ``UsageError`` where the file cannot be written or is no TOML.
    """
    import tomli_w

    read_file(path)
    line = tomli_w.dumps({name: value}).rstrip("\n") if value is not None else None
    try:
        old = _text(path).splitlines() if path.exists() else []
        path.parent.mkdir(parents=True, exist_ok=True)
        new = _with_line(old, name, line)
        files.write(path, "".join(f"{x}\n" for x in new))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        text = _text(path)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not valid TOML: {error}") from None
    import tomllib  # which needs longer than all else here, and few have settings

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: is not valid TOML: {error}") from None


def _text(path: Path) -> str:
    return files.read_small(path, files.SETTINGS).decode("utf-8")


def _field(name: str) -> Any:
    if name not in NAMES:
        raise UsageError(_unknown(name))
    return next(f for f in fields(Settings) if f.name == name)


def _unknown(name: str) -> str:
    """That there is no such setting, and what may have been meant."""
    from difflib import get_close_matches

    near = get_close_matches(name, NAMES, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(NAMES)}"
    return f"no such setting: {name}: {hint}"


def _is_number(name: str) -> bool:
    return "int" in str(_field(name).type)


def _checked(name: str, value: Any, where: str) -> Any:
    try:
        field_ = _field(name)
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None
    what = name if where == name else f"{where}: {name}"
    if _is_number(name):
        if not isinstance(value, int) or isinstance(value, bool):
            raise UsageError(f"{what} must be a whole number, not {value!r}")
        if value < field_.metadata["least"]:
            raise UsageError(f"{what} must be at least {field_.metadata['least']}")
        return value
    if not isinstance(value, str):
        raise UsageError(f"{what} must be text, not {value!r}")
    allowed = field_.metadata["choices"]
    if allowed and value not in allowed:
        raise UsageError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _with_line(old: list[str], name: str, line: str | None) -> list[str]:
    """The lines of a TOML file with the top-level setting ``name`` put in, changed or taken out."""
    new: list[str] = []
    done = line is None
    top = True
    for text in old:
        bare = text.strip()
        if bare.startswith("[") and top:
            top = False
            if not done and line is not None:
                new += [line, ""]
                done = True
        if top and bare.partition("=")[0].strip().strip("\"'") == name and "=" in bare:
            if not done and line is not None:
                new.append(line)
            done = True
            continue
        new.append(text)
    if not done and line is not None:
        new.append(line)
    return new
