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
