"""What a command does not need is not imported: start-up stays short."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from running import environment

# command line -> modules that it must not load
SPARED = {
    "--help": (
        "rich",
        "sqlite3",
        "gulfbrief.find",
        "gulfbrief.read",
        "gulfbrief.answer",
        "rapidfuzz",
    ),
    "--version": ("rich", "sqlite3", "gulfbrief.find", "gulfbrief.read", "gulfbrief.store"),
    "search --help": ("rich", "sqlite3", "gulfbrief.find", "gulfbrief.read", "gulfbrief.answer"),
    "search tanker": (
        "gulfbrief.read",
        "gulfbrief.find.names",
        "gulfbrief.find.dates",
        "trafilatura",
    ),
    "search tanker --json": ("rich", "gulfbrief.read", "gulfbrief.find.names"),
    "quotes --json": ("rich", "gulfbrief.read", "gulfbrief.find.names"),
    "docs --json": ("rich", "rapidfuzz", "gulfbrief.read", "gulfbrief.find.names"),
    "config": ("sqlite3", "gulfbrief.find", "gulfbrief.read", "gulfbrief.answer"),
}
# words that are completed -> modules that this must not load
SPARED_BY_TAB = {
    "ver": ("json", "dataclasses", "apsw", "gulfbrief.config"),
    "quotes --ki": ("dataclasses", "apsw", "gulfbrief.config"),
    "quotes --by mor": ("tomllib", "dataclasses", "gulfbrief.config"),
    "show 20": ("tomllib", "dataclasses", "gulfbrief.config"),
    "config pipe l": ("tomllib", "apsw"),
}
NEVER_BY_TAB = ("typer", "rich", "rapidfuzz", "gulfbrief.model", "gulfbrief.cli.options")
ALWAYS_SPARED = ("pydantic", "numpy", "asyncio", "http.client", "spacy")
WATCH = """
import sys
sys.argv = ["gulfbrief", *sys.argv[1:]]
from gulfbrief.cli import main
try:
    main()
finally:
    print("\\n".join(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("line", SPARED)
def test_only_what_a_command_needs_is_imported(line: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *line.split()],
        cwd=folder, env=environment(), capture_output=True, check=True, text=True,
    )  # fmt: skip
    loaded = done.stderr.split("\n")
    for name in (*SPARED[line], *ALWAYS_SPARED):
        assert name not in loaded


@pytest.mark.parametrize("line", SPARED_BY_TAB)
def test_a_tab_imports_little(line: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "--", *line.split()],
        cwd=folder, env=environment(_GULFBRIEF_COMPLETE="fish"), capture_output=True, check=True,
        text=True,
    )  # fmt: skip
    assert done.stdout.startswith("values\n")
    assert len(done.stdout.splitlines()) > 1
    loaded = done.stderr.split("\n")
    for name in (*SPARED_BY_TAB[line], *NEVER_BY_TAB, *ALWAYS_SPARED):
        assert name not in loaded
