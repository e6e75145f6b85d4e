"""How long small plain texts take to read, language, title and day of publication included.

    python tests/bench/reading_speed.py [FILES]

Writes FILES (2,000) reports of about a kilobyte, half of them with a day among their first lines,
into a temporary folder, reads them five times and tells the best: microseconds of processor time a
file, and how long 100,000 such files would take.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from gulfbrief.read import read

BODY = (
    "The harbour master said on Monday that the port would stay open through the winter, and that "
    "“nobody who has paid the fee” would be turned away. Two owners had asked for an escort, "
    "which the navy declined to give before the talks in the capital are over.\n\n"
)
HEADS = (
    "",
    "MUSCAT, July 2 (Gulf Wire) - ",
    "Port to stay open\n\nMUSCAT, July 2, 2021 (Gulf Wire) - ",
    "Port to stay open\n14:25 GMT 05.03.2019 (Updated: 16:20 GMT 05.03.2019)\n\n",
)


def main(count: int = 2_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.txt" for n in range(count)]
        for n, path in enumerate(paths):
            path.write_text(f"{HEADS[n % 4]}{BODY * 3}Number {n}.\n", "utf-8")
        best = min(timed(paths) for _ in range(5))
    print(f"{best / count * 1e6:.0f} us a file, {best / count * 1e5:.0f} s for 100,000")


def timed(paths: list[Path]) -> float:
    started = time.process_time()
    for path in paths:
        list(read(path))
    return time.process_time() - started


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
