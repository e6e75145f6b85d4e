"""How to read: the limits that keep one bad file from costing another, and what the user knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of the readers; all sizes in bytes.

    ``published`` (ISO day) is for documents that tell no day of their own, and goes before theirs
    too with ``published_first``. ``max_bytes`` bounds one document:
    of a longer text the rest is left out and a warning says so. ``max_unpacked`` bounds all that
    comes out of one file (archives, office files, attachments), ``max_members`` how many documents,
    ``max_depth`` how many containers stand in one another, ``max_pages`` the
    pages of a PDF, the frames of an image, the slides of a presentation.
    ``max_seconds`` is looked at between pages, messages and members: what was read by then is
    kept. ``mapping`` names the columns of CSV and JSON dumps: the keys are ``text``, ``title``,
    ``published``, ``author``, ``url`` and ``tags``, the values the file's own names (dots go down
    into objects: ``fields.bodyText``). ``libreoffice`` is the program that converts old office
    files, ``auto`` for the one that is installed, or ``never``. ``ocr`` tells which pages are
    recognised: ``auto`` for those without text, ``never``, or ``always``; ``ocr_language`` is
    Tesseract's name of their language.
    """

    published: str | None = None
    published_first: bool = False
    max_bytes: int = 64 * MEGABYTE
    max_unpacked: int = 1024 * MEGABYTE
    max_members: int = 100_000
    max_depth: int = 5
    max_pages: int = 5_000
    max_seconds: float = 60.0
    libreoffice: str = "auto"
    ocr: str = "auto"
    ocr_language: str = "eng"
    mapping: Mapping[str, str] = field(default_factory=dict)
