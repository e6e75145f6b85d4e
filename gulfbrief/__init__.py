"""gulfbrief: find who said what, when, in a folder of documents.

``open`` gives an index to ask, ``index`` builds one, ``read`` gives the documents of a file and
``find`` what is found in a text (library/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .version import __version__ as __version__

if TYPE_CHECKING:
    from .library import Library as Library
    from .library import index as index
    from .library import open as open
    from .library import plan as plan
    from .library import remove as remove
    from .library import watch as watch

_LIBRARY = ("Library", "index", "open", "plan", "remove", "watch")


def __getattr__(name: str) -> Any:
    """What the library offers, imported when it is asked for."""
    if name in _LIBRARY:
        from . import library

        return getattr(library, name)
    if name in ("find", "read"):  # the rooms, which can be called
        from importlib import import_module

        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LIBRARY, "find", "read"])
