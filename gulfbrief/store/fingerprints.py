"""Which rules an index was made by: a change of reading or finding makes files count as changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..model import Document
from ..read import converted, ocr, registry
from ..read.options import Options

ROOMS = ("read", "find", "link", "store", "fold.py", "model.py")
MAPPED = ("csv", "json", "jsonl", "xlsx", "xls", "ods")


@cache
def of_code(lexicons: tuple[Path, ...] = ()) -> int:
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


def of_options(options: Options) -> int:
    """A number for the limits, the mapping and the extras that a file was read with."""
    mapping = dict(sorted(options.mapping.items()))
    kept = replace(options, published=None, published_first=False, mapping=mapping)
    lacking = [name for name in registry.READERS if registry.missing(name)]
    programs = (converted.program(options.libreoffice), ocr.installed())
    told = repr((kept, lacking, programs))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4])


def depends_on_options(document: Document) -> bool:
    """Whether a document may be read otherwise with other limits, columns or extras: most are not,
    and need not be read again when a setting changes."""
    return bool(document.warnings) or document.format in MAPPED
