"""Plain text: the decoded content, line ends as ``\\n``, nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator

from .decode import decode
from .parts import Content, File, Part


def read(file: File) -> Iterator[Part]:
    """The one document of a text file."""
    decoded = decode(file.data)
    yield Content(decoded.text, warnings=decoded.warnings)
