"""The commands: where each stands, what it is for, its parameters, and how its file is loaded."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, NamedTuple

# Each command: the file that holds it, and its one line of purpose.
COMMANDS = {
    "index": ("indexing", "Build or update the index from files and folders."),
    "search": ("asking", "Find passages, even with typos or half-remembered words."),
    "quotes": ("asking", "Find quotations by their wording, speaker, subject and day."),
    "verify": ("asking", "Check every quotation of a draft against the index."),
    "actors": ("people", "List people, countries, organisations and places, most named first."),
    "actor": ("people", "Sum up one actor: roles, in short, statements, company, events."),
    "timeline": ("asking", "List dated events in order, with their precision kept."),
    "brief": ("people", "Write a dossier on an actor or a query."),
    "docs": ("documents", "List the documents of the index."),
    "show": ("documents", "Show one document with its findings marked."),
    "export": ("documents", "Write everything found, for other tools."),
    "status": ("indexing", "Tell what the index holds, and with which settings."),
    "config": ("settings", "Read and write settings, and decide who is who."),
}

SYNONYMS = {  # what people type for an option
    "--since": "--from", "--after": "--from", "--until": "--to", "--before": "--to",
    "--speaker": "--by", "--source": "--by", "--max": "--limit", "--colour": "--color",
    "--fmt": "--format", "--null-data": "--null", "--print0": "--null",
}  # fmt: skip

KINDS = ("documents", "quotes", "mentions", "dates", "events", "actors")
"""What ``export`` writes record by record,"""
PRODUCTS = ("timelinejs", "markdown", "sqlite", "icalendar", "parquet", "ftm", "graphml")
"""and as a whole."""
VERDICTS = {
    "same": "one actor",
    "different": "two actors",
    "forget": "decision removed",
}
WORDS = {
    **VERDICTS,
    "judgements": "what was decided on actors",
    "trust": "use a folder's index",
    "formats": "what can be read here",
}
"""What ``config`` takes in the place of a setting's name, and what that does."""


class Parameter(NamedTuple):
    """An option or argument of a command: ``options`` are how it is typed (none: an argument),
    ``flag`` one without a value, ``many`` an argument that takes all that follow, ``allowed`` the
    words it may be (none: any)."""

    name: str
    options: tuple[str, ...] = ()
    help: str = ""
    flag: bool = False
    many: bool = False
    allowed: tuple[str, ...] = ()


def parameters(name: str) -> list[Parameter]:
    """The parameters of the command ``name``, from a file that docs/make.py makes of the commands:
    completion has no time to load these."""
    return [Parameter(**each) for each in _described()[name]]


def commands_with(option: str) -> list[str]:
    """The commands that have the option ``option``."""
    return [
        name
        for name, held in _described().items()
        if any(option in each.get("options", ()) for each in held)
    ]


def _described() -> dict[str, list[dict[str, Any]]]:
    import json

    text = Path(__file__).with_name("parameters.json").read_text("utf-8")
    described: dict[str, list[dict[str, Any]]] = json.loads(text)
    return described


def load(name: str) -> Any:
    """The command ``name``, its file imported now."""
    module = importlib.import_module(f".{COMMANDS[name][0]}", __package__)
    return module.COMMANDS[name].build(name, COMMANDS[name][1])
