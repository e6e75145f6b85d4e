"""Bytes -> Document: one file a format, chosen by suffix and content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..model import Document
from .options import Options

__all__ = ["Options", "read", "read_bytes"]


def read(path: Path, options: Options = Options()) -> Iterator[Document]:  # noqa: B008
    """The documents in one file (several for an archive or a mailbox).

    Raises ``errors.UnreadableError`` with the reason where nothing could be read.
    """
    yield from read_bytes(path.read_bytes(), str(path), options)


def read_bytes(data: bytes, name: str, options: Options = Options()) -> Iterator[Document]:  # noqa: B008
    """The documents in bytes that came from elsewhere (standard input); ``name`` is their path."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    yield Document(hashlib.sha256(data).hexdigest()[:12], name, text, language="en")
