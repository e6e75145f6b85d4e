"""Whose project it is: what somebody else has put into a folder is used only if the user says so.

The rule is that of git's ``safe.directory``: a ``.gulfbrief`` folder, its index and its settings
must belong to the user or to the system (root). ``gulfbrief config trust FOLDER`` makes an
exception, kept beside the user's own settings.
"""

from __future__ import annotations

import os
from pathlib import Path

from . import files


def strangers(folder: Path, known: Path) -> bool:
    """Whether ``folder``, a ``.gulfbrief``, or what is in it that is read without being named,
    belongs to somebody else, and its project does not stand in the list ``known``."""
    if not hasattr(os, "geteuid"):
        return False
    ours = {os.geteuid(), 0}
    inside = ("config.toml", "index.db", "actors.toml", "lexicon")
    foreign = any(_owner(path) not in ours for path in (folder, *(folder / n for n in inside)))
    return foreign and str(folder.parent.resolve()) not in listed(known)


def _owner(path: Path) -> int:
    """The owner of ``path``; the system's, which is trusted, where there is nothing."""
    try:
        return os.stat(path).st_uid
    except OSError:
        return 0


def listed(known: Path) -> list[str]:
    """The folders that the user trusts, as absolute paths."""
    try:
        return files.read_small(known, files.SETTINGS).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def add(folder: Path, known: Path) -> None:
    """Trust the project in ``folder`` from now on. Raises OSError."""
    path = str(folder.resolve())
    held = listed(known)
    if path not in held:
        known.parent.mkdir(parents=True, exist_ok=True)
        files.write(known, "".join(f"{each}\n" for each in (*held, path)))
