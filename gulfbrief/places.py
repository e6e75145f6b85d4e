"""Where an index and its settings are, and whether they may be used.

The index is ``.gulfbrief/index.db`` in the current folder or one above it; the project's settings
stand beside it, the user's where the system keeps such files. What belongs to somebody else is used
only if the user says so (trust.py).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import trust
from .errors import StoreError, UsageError

FOLDER = ".gulfbrief"
INDEX = "index.db"


def find_index(start: Path | None = None) -> Path | None:
    """The nearest index, in ``start`` (the current folder) or one above it. Raises ``StoreError``
    where it belongs to somebody else whom the user has not said to trust."""
    folder = _nearest(start, INDEX)
    return None if folder is None else _trusted(folder) / INDEX


def root_of(index: Path) -> Path:
    """The folder that the paths in an index start from: the one that holds ``.gulfbrief``."""
    folder = index.absolute().parent
    return folder.parent if folder.name == FOLDER else folder


def from_here(path: Path) -> str | None:
    """``path`` as it is written in the current folder; null where it lies elsewhere."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return None


def new_index() -> Path:
    """Where ``index`` makes an index when nothing says otherwise: in the current folder. Raises
    ``StoreError`` as ``find_index``."""
    return _trusted(Path(FOLDER)) / INDEX


FOREIGN = "it belongs to somebody else; if you trust its owner: gulfbrief config trust {}"


def trusted_file() -> Path:
    """The list of the projects of others that the user trusts."""
    return user_file().with_name("trusted")


def is_foreign(path: Path) -> bool:
    """Whether a file of settings belongs to somebody else whom the user has not said to trust."""
    return path != user_file() and trust.strangers(path.parent.absolute(), trusted_file())


def _trusted(folder: Path) -> Path:
    if trust.strangers(folder.absolute(), trusted_file()):
        place = folder.absolute().parent
        raise StoreError(f"{place / FOLDER} is not used: {FOREIGN.format(place)}")
    return folder


def project_file(start: Path | None = None) -> Path:
    """The project's settings, beside the nearest index, else for the current folder."""
    return (_nearest(start) or Path(FOLDER)) / "config.toml"


def user_file() -> Path:
    """The user's settings, where the system keeps such files."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "gulfbrief" / "config.toml"


def lexicons(index: Path) -> tuple[Path, ...]:
    """The files of names that the user added: ``lexicon/*.toml`` beside the user's settings and
    beside the index."""
    folders = (user_file().parent, index.parent)
    return tuple(path for folder in folders for path in sorted(folder.glob("lexicon/*.toml")))


def _nearest(start: Path | None, holding: str = "") -> Path | None:
    """The nearest ``.gulfbrief``, here or above, that has the file ``holding``."""
    try:
        here = (start or Path.cwd()).absolute()
    except FileNotFoundError:
        raise UsageError("the current folder is gone: change to another one") from None
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir() and (folder / FOLDER / holding).exists():
            return folder / FOLDER
    return None
