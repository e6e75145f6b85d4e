"""Which rules an index was made by: a change of reading or finding makes files count as changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ROOMS = ("read", "find", "store", "fold.py", "model.py")


@cache
def fingerprint(lexicons: tuple[Path, ...] = ()) -> int:
    """A number for the code and the lexicons, the user's too, that make what is stored."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for room in ROOMS:
        top = package / room
        for path in sorted([top] if top.is_file() else top.rglob("*")):
            if path.suffix in (".py", ".toml", ".tsv", ".txt", ".json", ".sql"):
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
    for path in lexicons:
        digest.update(path.read_bytes())
    return int.from_bytes(digest.digest()[:4])
