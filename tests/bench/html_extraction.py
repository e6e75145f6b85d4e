"""How well articles are found in web pages, by trafilatura's own evaluation set.

    python tests/bench/html_extraction.py FOLDER [N [START]]

FOLDER is the ``tests`` folder of a checkout of adbar/trafilatura (``evaldata.json``, ``cache/``,
``eval/``); its pages belong to their publishers and are not part of this project. Each page comes
with pieces that its text must hold and pieces that it must not, most with title, author and day. N
looks at every N-th page only, from the START-th (0) on.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

from gulfbrief.errors import UnreadableError
from gulfbrief.read import read

VERBOSE = bool(os.environ.get("VERBOSE"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def tally(counts: Counter[str], name: str, gold: str | None, found: str | None) -> None:
    """Counts right, wrong, missed (and given where the gold has none)."""
    gold, found = (squeezed(x or "").casefold() for x in (gold, found))
    if gold:
        counts[f"{name} {'right' if gold == found else 'wrong' if found else 'missed'}"] += 1
    elif found:
        counts[f"{name} extra"] += 1


def main(folder: Path, step: int = 1, start: int = 0) -> None:
    cases = json.loads((folder / "evaldata.json").read_text("utf-8"))
    found = missed = wrong = right = pages = 0
    stated: Counter[str] = Counter()
    started = time.process_time()
    for case in list(cases.values())[start::step]:
        path = next(
            (p for d in ("cache", "eval") if (p := folder / d / case["file"]).is_file()), None
        )
        if path is None:
            continue
        try:
            (page,) = read(path)
        except UnreadableError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        text = squeezed(page.text)
        if "date" in case:
            author = case["author"]
            author = ", ".join(author) if isinstance(author, list) else author
            tally(stated, "title", case["title"], page.title)
            tally(stated, "author", author, page.author)
            tally(stated, "day", case["date"], page.published)
            if VERBOSE and case["date"] and page.published not in (None, case["date"]):
                print(path.name, "day", case["date"], page.published, page.published_from)
            if VERBOSE and author and page.author and author != page.author:
                print(path.name, "author", repr(author), repr(page.author))
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
    print(", ".join(f"{name} {count}" for name, count in sorted(stated.items())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
