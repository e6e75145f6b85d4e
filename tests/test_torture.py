"""Short forms of tests/bench/torture.py, but for readers beside a writer (test_shared_index.py) and
random command lines (test_cli_fuzz.py)."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest
from forking import quick_workers

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import torture


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gulfbrief.store.pool.subprocess", quick_workers())


def test_builds_that_are_killed_at_any_moment_lose_nothing(tmp_path: Path) -> None:
    counts = torture.kills(tmp_path, random.Random(3), time.monotonic() + 1)
    assert counts["indexes"] >= 1
    assert counts["differing"] == 0


def test_a_flipped_bit_is_never_another_answer(tmp_path: Path) -> None:
    counts = torture.flips(tmp_path, random.Random(4), time.monotonic() + 4)
    assert (counts["silent"], counts["faults"]) == (0, 0)


def test_changed_files_of_all_formats_cost_only_themselves(tmp_path: Path) -> None:
    counts = torture.files(tmp_path, random.Random(5), time.monotonic() + 1, batch=120)
    assert counts["files"] >= 120
    assert counts["tracebacks"] == counts["lost"] == counts["hangs"] == 0
