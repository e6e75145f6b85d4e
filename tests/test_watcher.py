"""Following a folder: changes reach the index by themselves."""

from __future__ import annotations

import threading
from pathlib import Path

from gulfbrief.store.reader import Index
from gulfbrief.store.watcher import watch


def test_changes_in_a_folder_reach_the_index(tmp_path: Path) -> None:
    folder, index = tmp_path / "reports", tmp_path / "index.db"
    folder.mkdir()
    (folder / "one.txt").write_text("The port stays open.\n")
    stop = threading.Event()
    giving_up = threading.Timer(60, stop.set)
    giving_up.start()
    reports = watch(index, [folder], jobs=1, stop=stop)
    assert next(reports).added == 1
    (folder / "two.txt").write_text("The quay is closed.\n")
    assert next(reports).added == 1
    (folder / "one.txt").unlink()
    assert next(reports).removed == 1
    stop.set()
    giving_up.cancel()
    assert list(reports) == []
    with Index.open(index) as opened:
        assert [d.source.path for d in opened.documents()] == ["reports/two.txt"]
