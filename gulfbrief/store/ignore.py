"""What .gitignore and .ignore files leave out of folders, as git and ripgrep read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from .. import files

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAMES = (".gitignore", ".ignore")
"""Of two lines that say otherwise the later one counts, and those of .ignore stand behind."""

NEVER = frozenset(("node_modules",))
"""Folders that hold no documents of the user's."""


def spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Patterns of gitignore. Raises ValueError for one that has no meaning."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


class Rules:
    """What is left out in one folder: a file's own rules stand above those of folders above it."""

    def __init__(self, base: str = "", own: GitIgnoreSpec | None = None,
                 above: Rules | None = None) -> None:  # fmt: skip
        self.base, self.own, self.above = base, own, above

    def within(self, folder: str, names: Collection[str]) -> Rules:
        """The rules in ``folder``, which holds ``names``."""
        lines: list[str] = []
        for name in NAMES:
            if name in names:
                try:
                    data = files.read_small(f"{folder}/{name}", files.SETTINGS)
                except OSError:
                    continue
                lines += data.decode("utf-8", "replace").splitlines()
        if not lines:
            return self
        try:
            return Rules(folder, spec(lines), self)
        except ValueError:
            return self

    def leave_out(self, path: str, folder: bool) -> bool:
        """Whether the entry at ``path``, which is a ``folder`` or a file, is left out."""
        rules: Rules | None = self
        while rules is not None:
            if rules.own is not None:
                inside = path[len(rules.base) + 1 :] + "/" * folder
                told = rules.own.check_file(inside).include
                if told is not None:
                    return told
            rules = rules.above
        return folder and path.rpartition("/")[2] in NEVER
