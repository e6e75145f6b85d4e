"""The commands: where each stands, what it is for, and how its file is loaded."""

from __future__ import annotations

import importlib
from typing import Any

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


def load(name: str) -> Any:
    """The command ``name``, its file imported now."""
    module = importlib.import_module(f".{COMMANDS[name][0]}", __package__)
    return module.COMMANDS[name].build(name, COMMANDS[name][1])
