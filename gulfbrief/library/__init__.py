"""The library: what the command line, a caller of it, asks and builds, for Python."""

from .asking import Bounds, Library, open
from .building import index, plan, remove, watch

__all__ = ["Bounds", "Library", "index", "open", "plan", "remove", "watch"]
