"""Who may read a new index: nobody who may not read every file that it is made from."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..files import umask
from .scan import below

OWNER = 0o600


def reserve(index: Path) -> None:
    """Make the empty file of a new index, for its owner alone. Raises OSError."""
    os.close(os.open(index, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER))


def open_up(index: Path, files: Iterable[str], roots: Sequence[str]) -> None:
    """Let those read an index that may read all of ``files``, which lie below ``roots``: as they
    and the folders between say, and as the user's mask has it."""
    group = os.stat(index).st_gid
    allowed = 0o066
    folders: set[str] = set()
    for path in files:
        allowed &= _readers(path, stat.S_IRGRP, group)
        folder = os.path.dirname(path)
        while folder not in folders and any(below(folder, root) for root in roots):
            folders.add(folder)
            allowed &= _readers(folder, stat.S_IXGRP, group)
            folder = os.path.dirname(folder)
        if not allowed:
            return
    os.chmod(index, OWNER | (0o666 & allowed & ~umask()))


def _readers(path: str, bit: int, group: int) -> int:
    """The bits of the others, and of the group, that have the right ``bit`` to ``path``."""
    try:
        at = os.stat(path)
    except OSError:  # it is gone, and tells nothing
        return 0o066
    others = bool(at.st_mode & bit >> 3)
    same = at.st_gid == group and bool(at.st_mode & bit)
    return (0o006 if others else 0) | (0o060 if same or (others and at.st_gid != group) else 0)
