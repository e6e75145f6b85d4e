"""Which files an index is made of: the paths that were given, and what is left out of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from .. import places
from .ignore import spec
from .pages import Database
from .scan import below


def paths_and_globs(db: Database) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths that were given, as the index calls them, and the patterns of what is left out."""
    notes = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('roots', 'excluded')"))
    kept = (path for path in notes.get("roots", "").split("\0") if path)
    return tuple(kept), tuple(json.loads(notes.get("excluded", "[]")))


class Roots:
    """The paths of one index, as its notes hold them; transactions are the caller's."""

    def __init__(self, index: Path, db: Database) -> None:
        self.db = db
        self.root = str(places.root_of(index))
        self.place = f"{index.absolute()}\0"
        with suppress(FileNotFoundError):
            self.place += str(os.stat(index).st_ino)
        # What an index that was copied or came with a folder keeps of paths elsewhere is not used.
        self.at_home = self.note("place") == self.place
        self.follow_links = self.at_home and self.note("follow_links") == "1"
        self.excluded = list(paths_and_globs(db)[1])
        self._spec = spec(self.excluded)

    def note(self, key: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def write(self, key: str, value: str) -> None:
        if self.note(key) != value:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # ---- names ----------------------------------------------------------------------------

    def name(self, path: str) -> str:
        """``path`` as the index calls it: below its root, with /, else absolute."""
        return self.key(path).decode("utf-8", "replace")

    def key(self, path: str) -> bytes:
        inside = path.startswith(self.root + os.sep)
        return os.fsencode((path[len(self.root) + 1 :] if inside else path).replace(os.sep, "/"))

    def path(self, key: bytes) -> str:
        return os.path.join(self.root, os.fsdecode(key))

    # ---- the paths ------------------------------------------------------------------------

    @property
    def kept(self) -> list[str]:
        """The paths that were given before; of an index that was made elsewhere only those in its
        own folder."""
        return [root for root in self._all() if self.at_home or self._inside(root)]

    @property
    def elsewhere(self) -> list[str]:
        """Those of an index that was made elsewhere that are not looked at."""
        return [root for root in self._all() if not self.at_home and not self._inside(root)]

    def _all(self) -> list[str]:
        return [
            os.path.normpath(os.path.join(self.root, path)) for path in paths_and_globs(self.db)[0]
        ]

    def _inside(self, root: str) -> bool:
        return below(os.path.realpath(root), os.path.realpath(self.root))

    def remember(self, roots: Iterable[str]) -> None:
        """Keep the given paths, without those below others, and no others."""
        all_ = {p for p in roots if p != "-"}
        top = [p for p in sorted(all_) if not any(p.startswith(q + os.sep) for q in all_)]
        names = [os.path.relpath(p, self.root) if below(p, self.root) else p for p in top]
        text = os.fsencode("\0".join(names)).decode("utf-8", "replace")
        if text or self.note("roots"):
            self.write("roots", text)
        self.write("place", self.place)
        self.write("follow_links", str(int(self.follow_links)))
        if self.excluded or self.note("excluded"):
            self.write("excluded", json.dumps(self.excluded))

    # ---- what is left out -----------------------------------------------------------------

    def exclude(self, patterns: Sequence[str]) -> None:
        """Leave out what matches ``patterns`` from now on. Raises ValueError."""
        self._use([*self.excluded, *(p for p in patterns if p not in self.excluded)])

    def include(self, patterns: Iterable[str]) -> None:
        """Leave out no longer what only ``patterns`` leave out."""
        self._use([p for p in self.excluded if p not in set(patterns)])

    def _use(self, patterns: list[str]) -> None:
        self._spec, self.excluded = spec(patterns), patterns

    def leave_out(self, path: str, folder: bool) -> bool:
        """Whether a file or a ``folder`` is left out."""
        return bool(self.excluded) and self._spec.match_file(
            self.name(path).lstrip("/") + "/" * folder
        )

    def pattern(self, path: str) -> str:
        """The pattern that leaves out ``path`` and nothing else."""
        special = str.maketrans({c: f"\\{c}" for c in "\\*?[!# "})
        return "/" + self.name(path).lstrip("/").translate(special)
