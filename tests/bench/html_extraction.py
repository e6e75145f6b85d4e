"""How well articles are found in web pages, by trafilatura's own evaluation set.

    python tests/bench/html_extraction.py FOLDER [N]

FOLDER is the ``tests`` folder of a checkout of adbar/trafilatura (``evaldata.json``, ``cache/``,
``eval/``); its pages belong to their publishers and are not part of this project. Each page comes
with pieces that its text must hold and pieces that it must not. N looks at every N-th page only.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gulfbrief.errors import UnreadableError
from gulfbrief.read import read


def squeezed(text: str) -> str:
    return " ".join(text.split())


def main(folder: Path, step: int = 1) -> None:
    cases = json.loads((folder / "evaldata.json").read_text("utf-8"))
    found = missed = wrong = right = pages = 0
    started = time.process_time()
    for case in list(cases.values())[::step]:
        path = next(
            (p for d in ("cache", "eval") if (p := folder / d / case["file"]).is_file()), None
        )
        if path is None:
            continue
        try:
            text = squeezed(" ".join(d.text for d in read(path)))
        except UnreadableError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            text = ""
        pages += 1
        for piece in case["with"]:
            found, missed = (found + 1, missed) if squeezed(piece) in text else (found, missed + 1)
        for piece in case["without"]:
            wrong, right = (wrong + 1, right) if squeezed(piece) in text else (wrong, right + 1)
    seconds = time.process_time() - started
    precision, recall = found / (found + wrong), found / (found + missed)
    print(
        f"{pages} pages: precision {precision:.4f}, recall {recall:.4f}, "
        f"F1 {2 * precision * recall / (precision + recall):.4f}, "
        f"{1000 * seconds / pages:.0f} ms a page"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
