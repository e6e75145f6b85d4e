"""A folder of reports that changes at random: equal files, sidecars, archives, moves, touches."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from pathlib import Path

from zip_maker import zipped

REPORT = (
    "MUSCAT, July {day} (Gulf Wire) - “The port stays open,” said Harbour Minister {name} on"
    " Monday. Oman and Bahrain will meet on Friday.\n"
)
WHO = ("Salma Haddad", "Omar Nasser", "Haddad", "Zubayda Quillfeather")


class Changing:
    """``folder``, which ``change`` changes; few texts, so that many files are equal."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        folder.mkdir(parents=True, exist_ok=True)

    def text(self) -> str:
        return REPORT.format(day=self.chance.randint(1, 3), name=self.chance.choice(WHO))

    def files(self) -> list[Path]:
        """What stands in the folder, without sidecars."""
        files = (p for p in self.folder.rglob("*") if p.is_file())
        return sorted(p for p in files if p.suffix != ".toml")

    def place(self) -> Path:
        """Where a file may go: few names, so that they are taken again."""
        folder = self.folder / self.chance.choice(("", "a", "m", "z"))
        folder.mkdir(exist_ok=True)
        return folder / f"{self.chance.choice('abcdefghyz')}.txt"

    def change(self, times: int) -> None:
        """Changes the folder in ``times`` ways."""
        for _ in range(times):
            kind = self.chance.choice(KINDS)
            files = self.files()
            if kind in ("write", "archive") or not files:
                self.put(self.place(), kind == "archive")
                continue
            path = self.chance.choice(files)
            if kind == "edit":
                self.put(path, path.suffix == ".zip")
            elif kind == "copy":
                self.place().with_suffix(path.suffix).write_bytes(path.read_bytes())
            elif kind == "move":
                path.replace(self.place().with_suffix(path.suffix))
            elif kind == "delete":
                path.unlink()
            elif kind == "touch":
                os.utime(path, (at := self.chance.randint(1, 10**9), at))
            elif kind == "sidecar":
                side = path.with_name(path.name + ".toml")
                day = self.chance.randint(1, 9)
                side.write_text(f'published = "2019-03-0{day}"\ntitle = "Report {day}"\n', "utf-8")
            elif kind == "bare":
                path.with_name(path.name + ".toml").unlink(missing_ok=True)
            elif kind == "folder" and path.parent != self.folder:
                target = self.folder / self.chance.choice("amz")
                if not target.exists():
                    path.parent.rename(target)

    def put(self, path: Path, archive: bool) -> None:
        if archive:
            members = {f"{name}.txt": self.text() for name in self.some("abcd")}
            path.with_suffix(".zip").write_bytes(zipped(members))
        else:
            path.write_text(self.text(), "utf-8")

    def some(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self.chance.random() < 0.6] or ["a"]


KINDS = (
    "write", "write", "copy", "copy", "archive", "edit", "edit", "move", "move", "delete", "touch",
    "sidecar", "bare", "folder",
)  # fmt: skip
