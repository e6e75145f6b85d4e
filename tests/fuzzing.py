"""Random command lines over all commands, and the states that an index may be in."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from running import Done, run, run_together

from gulfbrief.cli.registry import COMMANDS, load
from gulfbrief.store import indexer
from gulfbrief.store.build import build
from gulfbrief.store.lock import write_lock

STATES = ("none", "empty", "whole", "unsettled", "flipped", "cut", "foreign", "folder", "in use")
STATUSES = frozenset((0, 1, 2, 3, 4, 141))
"""What a command may end with: 70 would be a fault of ours, 141 is a reader that went away."""

REPORT = (
    "MUSCAT, July {n} 2021 (Gulf Wire) - “The port stays open,” said Harbour Minister Salma"
    " {name} on Monday. Oman and Bahrain will meet on Friday, she said.\n"
)
NAMES = ("Haddad", "Al-Nasser", "Quillfeather", "O'Dell")
WORDS = (
    "port", "haddad", "Salma Haddad", "oman", "us", "“The port stays open”", '"port', "(", ")",
    "AND", "NOT port", "by:haddad", "date:2021", "title:", "doc:*.txt", "po*", "-port", "NEAR(",
    "", " ", "\n", "\t\x1b[31m", "\u202e", "\ud800", "\udcff\udcfe", "é", "e\u0301", "港口",
    "ميناء", "🚢", "a" * 300, "port " * 120, "(" * 200, "-", "--", "*", "%", "\\", "'",
    "'; DROP TABLE word; --",
    "$HOME", "../..", ".", "/nowhere", "nothing.txt", "reports", "reports/0.txt", "reports/0.txt:2",
    "draft.md", "bytes.bin", "pipe", "lists.txt", "0", "1", "-1", "10000000000000000000000", "1e9",
    "0x10", "nan", "3.5", "2021", "2021-07", "2021-07-02", "2021-02-30", "0000-00-00", "9999-12-31",
    "today", "last week", "yesterday", "direct", "person", "place,person", "json", "table", "csv",
    "markdown", "jsonl", "html", "ics", "timelinejs", "xml", "day", "month", "mentions", "quotes",
    "documents", "actors", "events", "dates", "source.path", "content,speakers", "always", "never",
    "auto", "out.html", "out.json", "out.csv", "/dev/full", "reports/new/out.md", "limit", "pager",
    "format", "merge", "split", "same", "trust", "jobs", "max_seconds", ".gulfbrief/index.db",
)  # fmt: skip
BYTES = (
    b"", b"\x00", b"\xff\xfe", b"haddad\nport\n", b"\"The port stays open,\" said Haddad.\n" * 3,
    "“The port is shut for ever and ever,” said Salma Haddad.".encode("utf-16"), b"\r\n\r\n",
    b'"' * 99,
)  # fmt: skip
WRITING = frozenset(("index", "build", "add", "config", "settings", "-o", "--output"))
# What an option takes, three times in four; else any of the words.
DAYS = ("2021-07-01", "2021", "2021-07", "today", "last week")
NUMBERS = ("0", "1", "2", "500")
FITTING = {
    "--from": DAYS, "--to": DAYS, "--added": (*DAYS, "last"), "--published": (*DAYS, "none"),
    "--limit": NUMBERS, "-n": NUMBERS, "--context": NUMBERS, "--top": NUMBERS,
    "--per-day": NUMBERS, "--jobs": ("1", "2"), "-j": ("1", "2"), "--color": ("always", "never"),
    "--format": ("json", "csv", "table"), "-f": ("json", "jsonl", "csv", "table", "markdown"),
    "--by": ("haddad", "us", "Salma Hadad"), "--about": ("oman", "bahrain", "she"),
    "--actor": ("haddad", "oman"), "--doc": ("*.txt", "reports/0.txt", "no*"),
    "--type": ("person", "country", "place"), "--sort": ("name", "mentions", "day"),
    "--kind": ("direct", "indirect"), "--fields": ("content", "source.path", "text"),
    "--granularity": ("day", "year"), "--index": (".gulfbrief/index.db", "other.db"),
    "--output": ("out.json", "out.html"), "-o": ("out.csv", "out.md", "out.html"),
    "--at": ("1", "2:3"), "--queries": ("lists.txt", "-"), "--names": ("lists.txt", "-"),
}  # fmt: skip
TOPICS = (
    "port",
    "haddad",
    "“The port stays open”",
    "oman bahrain",
    "draft.md",
    "reports",
    "quotes",
)
# Commands that do not end by themselves, or that stay beyond the folder.
LEFT_OUT = frozenset(("--watch", "--install-completion", "--show-completion"))


def command_line(chance: random.Random) -> tuple[list[str], bytes]:
    """Arguments and standard input."""
    if chance.random() < 0.03:
        return [chance.choice(WORDS) for _ in range(chance.randint(0, 3))], b""
    name = chance.choice(list(COMMANDS))
    args = [name]
    options, most = _options(name)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 2, 3, 5))):
        option, flag = chance.choice(options)
        args.append(option)
        if not flag and chance.random() < 0.97:
            fits = FITTING.get(option, WORDS) if chance.random() < 0.75 else WORDS
            args.append(chance.choice(fits))
    for _ in range(min(most, 2) if chance.random() < 0.8 else chance.randint(0, most + 1)):
        place = len(args) if chance.random() < 0.9 else chance.randint(1, len(args))
        args.insert(place, chance.choice(TOPICS if chance.random() < 0.6 else WORDS))
    if chance.random() < 0.02:
        args.insert(chance.randint(1, len(args)), "--")
    return [_bytes(a) for a in args if "\0" not in a], chance.choice(BYTES)


def _bytes(word: str) -> str:
    """A word as an argument can be: a lone surrogate stands for a byte that is no UTF-8."""
    return "".join("\udced" if "\ud800" <= c < "\udc80" else c for c in word)


_known: dict[str, tuple[list[tuple[str, bool]], int]] = {}


def _options(name: str) -> tuple[list[tuple[str, bool]], int]:
    """The options of a command, each with whether it takes no value; how many arguments it has."""
    if name not in _known:
        parameters: list[Any] = load(name).params
        options = [
            (opt, bool(getattr(p, "is_flag", False)))
            for p in parameters
            if p.param_type_name == "option"
            for opt in (*p.opts, *p.secondary_opts)
            if opt not in LEFT_OUT
        ]
        arguments = [p for p in parameters if p.param_type_name == "argument"]
        _known[name] = (options, len(arguments) + any(p.nargs != 1 for p in arguments))
    return _known[name]


class Desk:
    """Folders with an index in each of ``STATES``; a run gets a folder as it was made."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.clean: set[str] = set()  # states whose folder is as it was made
        for state in STATES:
            self._make(top / "made" / state, state)

    def _make(self, folder: Path, state: str) -> None:
        (folder / "reports").mkdir(parents=True)
        (folder / "draft.md").write_text("“The port stays open,” said Omar Haddad.\n", "utf-8")
        (folder / "bytes.bin").write_bytes(bytes(range(256)))
        (folder / "lists.txt").write_text("haddad\nsalma\n\nus\n", "utf-8")
        index = folder / ".gulfbrief" / "index.db"
        if state != "none":
            build(index, [folder / "reports"], jobs=1)
        for n, name in enumerate(NAMES):
            path = folder / "reports" / f"{n}.txt"
            path.write_text(REPORT.format(n=n + 1, name=name), "utf-8")
        if state == "unsettled":
            self._interrupted(index, folder)
        elif state not in ("none", "empty"):
            build(index, [folder / "reports"], jobs=1)
        if state == "flipped":
            _flip(index, 7)
        elif state == "cut":
            index.write_bytes(index.read_bytes()[: index.stat().st_size // 2])
        elif state == "foreign":
            index.write_bytes(b"SQLite format 3\0" + b"no such thing\n" * 99)
        elif state == "folder":
            index.unlink()
            index.mkdir()

    def _interrupted(self, index: Path, folder: Path) -> None:
        """An index with documents whose actors were not resolved yet."""

        def end(_: object) -> None:
            raise KeyboardInterrupt

        batch, indexer.BATCH_DOCUMENTS = indexer.BATCH_DOCUMENTS, 1
        try:
            with suppress(KeyboardInterrupt):
                build(index, [folder / "reports"], jobs=1, progress=end)
        finally:
            indexer.BATCH_DOCUMENTS = batch

    @contextmanager
    def folder(self, state: str) -> Iterator[Path]:
        """The folder of a state, as it was made or as a command left it that writes nothing."""
        here = self.top / "used" / state
        if state not in self.clean:
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(self.top / "made" / state, here)
            with suppress(OSError):
                os.mkfifo(here / "pipe")
            self.clean.add(state)
        if state == "in use":
            with write_lock(here / ".gulfbrief" / "index.db"):
                yield here
        else:
            yield here

    def run(self, state: str, args: list[str], given: bytes) -> Done:
        """One command line in a folder of that state."""
        with self.folder(state) as here:
            home = str(here / "home")
            done = run(
                *args, cwd=here, text=given, seconds=60, HOME=home, XDG_CONFIG_HOME=home,
                GULFBRIEF_DEBUG="", PAGER="cat",
            )  # fmt: skip
        if writes(state, args):
            self.clean.discard(state)
        return done

    def run_together(self, state: str, lines: list[tuple[list[str], bytes]]) -> list[Done] | None:
        """Lines that write nothing, in one copy of the process; null where that did not end as it
        should."""
        with self.folder(state) as here:
            home = str(here / "home")
            try:
                return run_together(
                    lines, cwd=here, seconds=20.0 + len(lines), HOME=home, XDG_CONFIG_HOME=home,
                    GULFBRIEF_DEBUG="", PAGER="cat",
                )  # fmt: skip
            except (TimeoutError, ValueError, subprocess.TimeoutExpired):
                return None


def writes(state: str, args: list[str]) -> bool:
    """Whether a command line may change its folder: of what is unsettled, any does."""
    return state == "unsettled" or not WRITING.isdisjoint(args)


def _flip(index: Path, every: int) -> None:
    """Spoil a bit of every so many pages."""
    spoilt = bytearray(index.read_bytes())
    for page in range(1, len(spoilt) // 4096, every):
        spoilt[page * 4096 + 99] ^= 1
    index.write_bytes(spoilt)


def fault(done: Done) -> str | None:
    """What is wrong with how a command ended, null where nothing is."""
    if done.status not in STATUSES:
        return f"status {done.status}"
    if "Traceback" in done.err or "a fault in gulfbrief" in done.err:
        return "a fault of ours is told"
    if done.status in (2, 3) and not re.search("^gulfbrief: ", done.err, re.M):
        return "no line that says what is wrong"
    return None
