"""Time of finding in hostile texts: each of tests/shapes.py at 20, 80 and 320 thousand characters.

    python tests/bench/hostile.py [KIND ...]

Prints seconds of the processor and how they grow with each four-fold (4 is a straight line); then
how many kinds grow more than 4.6 from the second to the third, or take more than 3 seconds.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from shapes import KINDS, shaped

from gulfbrief.find import find
from gulfbrief.model import Document

SIZES = (20_000, 80_000, 320_000)
GROWTH, MOST = 4.6, 3.0
NOTHING = 0.2  # seconds: growth from less is noise


def seconds(text: str) -> float:
    start = time.process_time()
    find(Document("0" * 12, "a.txt", text, published="2021-07-02"))
    return time.process_time() - start


def main(kinds: list[str]) -> None:
    seconds("“No,” he said on Monday. ")  # what is read once
    steep = slow = 0
    for kind in kinds or KINDS:
        took = [seconds(shaped(kind, size)) for size in SIZES]
        growth = [b / max(a, 1e-3) for a, b in pairwise(took)]
        steep += growth[1] > GROWTH and took[1] > NOTHING
        slow += took[2] > MOST
        times = " ".join(f"{t:7.2f}" for t in took)
        print(f"{kind:30} {times} s   x{growth[0]:.1f} x{growth[1]:.1f}", flush=True)
    print(f"{steep} grow more than {GROWTH}, {slow} take more than {MOST} s")


if __name__ == "__main__":
    main(sys.argv[1:])
