"""Which files there are: folders walked in order, links followed once, nothing asked of a file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from .. import files
from .ignore import Rules

SIDECAR = ".toml"

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies there. ``stat`` changes when the file or its sidecar does."""

    path: str
    stat: int


Failed = Callable[[str, str], None]


def stamp(path: str) -> Found:
    """``path`` with its stat. Raises OSError."""
    return _stamped(path, os.stat(path))


def _stamped(path: str, at: os.stat_result) -> Found:
    try:
        return Found(path, _digest(at, os.stat(path + SIDECAR)))
    except OSError:
        return Found(path, _digest(at))


def _digest(*stats: os.stat_result) -> int:
    """63 bits that change when a size or a time does."""
    told = ",".join(f"{s.st_size}:{s.st_mtime_ns}:{s.st_ctime_ns}" for s in stats)
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest()) >> 1


def changed_since(path: str, moment: int) -> bool:
    """Whether a file or its sidecar changed at or after ``moment``, in ns since 1970; of one that
    is gone, yes."""
    try:
        newest = _newest(os.stat(path))
    except OSError:
        return True
    with suppress(OSError):
        newest = max(newest, _newest(os.stat(path + SIDECAR)))
    return newest >= moment


def _newest(at: os.stat_result) -> int:
    return max(at.st_mtime_ns, at.st_ctime_ns)


def digest(path: str) -> bytes:
    """16 bytes that change when those of the file or of its sidecar do. Raises OSError."""
    out = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            out.update(block)
    try:
        out.update(files.read_small(path + SIDECAR, files.SETTINGS))
    except FileNotFoundError:
        pass
    except OSError as error:
        out.update(repr(error.errno).encode())
    return out.digest()[:16]


def scan(
    paths: Iterable[Path],
    failed: Failed,
    spared: Callable[[str], None],
    follow_links: bool = False,
    excluded: Callable[[str, bool], bool] = lambda path, folder: False,
    ignored: Callable[[str], None] = lambda path: None,
) -> Iterator[Found]:
    """All files below ``paths``, sorted within each folder, each once.

    Left out unless named themselves: hidden files and folders, what .gitignore and .ignore files
    leave out, and what ``excluded`` is true of (given a path and whether it is a folder); of the
    last two ``ignored`` hears. So are links that lead out of all ``paths`` unless
    ``follow_links``. ``failed`` hears of what cannot be read, with its reason; ``spared`` of a
    folder below which nothing is known (no permission), so that its files do not count as
    vanished.
    """
    named = [os.path.abspath(path) for path in paths]
    inside = None if follow_links else list(map(os.path.realpath, named))
    walk = _Walk(failed, spared, inside, excluded, ignored)
    for path in named:
        yield from walk.named(path)


class _Walk:
    def __init__(
        self, failed: Failed, spared: Callable[[str], None], inside: list[str] | None,
        excluded: Callable[[str, bool], bool], ignored: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.excluded = excluded
        self.ignored = ignored
        self.inside = inside  # where links may lead; anywhere where null
        self.failed = failed
        self.spared = spared
        self.seen: set[str] = set()
        self.folders: set[tuple[int, int]] = set()
        self.open: set[tuple[int, int]] = set()  # those that are being walked, one in another

    def named(self, path: str) -> Iterator[Found]:
        try:
            at = os.stat(path)
        except OSError as error:
            reason = "a link that leads nowhere" if os.path.islink(path) else _reason(error)
            if not isinstance(error, FileNotFoundError):
                self.spared(path)
            return self.failed(path, reason)
        if stat.S_ISDIR(at.st_mode):
            yield from self.folder(path, at)
        elif stat.S_ISREG(at.st_mode):
            yield from self.file(path, at)
        else:
            self.failed(path, "neither a file nor a folder")

    def leaves(self, link: str) -> bool:
        """Whether a link leads out of what was named."""
        if self.inside is None:
            return False
        target = os.path.realpath(link)
        return not any(below(target, folder) for folder in self.inside)

    def _left_out(self, path: str, folder: bool, rules: Rules) -> bool:
        return self.excluded(path, folder) or rules.leave_out(path, folder)

    def file(self, path: str, at: os.stat_result) -> Iterator[Found]:
        if path not in self.seen:
            self.seen.add(path)
            yield _stamped(path, at)

    def folder(self, path: str, at: os.stat_result) -> Iterator[Found]:
        """All files below a folder, in order, however deep it is."""
        levels = [self._level(path, at, Rules())]
        while levels:
            for found in levels[-1]:
                if isinstance(found, Found):
                    yield found
                else:
                    levels.append(self._level(*found))
                    break
            else:
                levels.pop()

    def _level(
        self, path: str, at: os.stat_result, above: Rules
    ) -> Iterator[Found | tuple[str, os.stat_result, Rules]]:
        """The files of one folder, and the folders in it with their stat, in order, with the
        rules ``above`` them and its own."""
        here = (at.st_dev, at.st_ino)
        if here in self.open:
            return self.failed(path, "a link that leads back to a folder above it")
        if here in self.folders:
            return
        self.folders.add(here)
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda e: e.name)
        except OSError as error:
            self.spared(path)
            return self.failed(path, _reason(error))
        self.open.add(here)
        names = {e.name for e in entries}
        rules = above.within(path, names)
        for entry in entries:
            name = entry.name
            if name.startswith(".") or (
                name.endswith(SIDECAR) and name.removesuffix(SIDECAR) in names
            ):
                continue
            try:
                under = entry.stat()
            except OSError as error:
                broken = entry.is_symlink() and isinstance(error, FileNotFoundError)
                loop = getattr(error, "errno", None) == 40
                self.failed(
                    entry.path,
                    "a link that leads nowhere" if broken
                    else "a link that leads in a circle" if loop
                    else _reason(error),
                )  # fmt: skip
                continue
            if entry.is_symlink() and self.leaves(entry.path):
                self.failed(entry.path, "a link that leads elsewhere; --follow-links follows it")
            elif self._left_out(entry.path, stat.S_ISDIR(under.st_mode), rules):
                self.ignored(entry.path)
            elif stat.S_ISDIR(under.st_mode):
                yield entry.path, under, rules
            elif stat.S_ISREG(under.st_mode):
                if entry.name + SIDECAR in names:
                    yield from self.file(entry.path, under)
                elif entry.path not in self.seen:
                    self.seen.add(entry.path)
                    yield Found(entry.path, _digest(under))
        self.open.discard(here)


def below(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies in it; both absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return (error.strerror or str(error)).lower()
