"""gulfbrief: find who said what, when, in a folder of documents.

``open`` gives an index to ask, ``index`` builds one, ``read`` gives the documents of a file and
``find`` what is found in a text (library.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .library import Library as Library
    from .library import index as index
    from .library import open as open

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What the library offers, imported when it is asked for."""
    if name in ("Library", "index", "open"):
        from . import library

        return getattr(library, name)
    if name in ("find", "read"):  # the rooms, which can be called
        from importlib import import_module

        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), "Library", "find", "index", "open", "read"])
