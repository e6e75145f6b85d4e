"""Time of finding quotations in hostile texts: a million, then two million characters of each kind.

    python tests/bench/hostile.py [KIND]

Prints seconds and their ratio; about 2 is a straight line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from test_quotes_always import HOSTILE, found


def seconds(text: str) -> float:
    start = time.process_time()
    found(text)
    return time.process_time() - start


def main(kinds: list[str]) -> None:
    for kind, build in HOSTILE.items():
        if kinds and kind not in kinds:
            continue
        size = max(1, 1_000_000 // len(build(1)))
        once, twice = seconds(build(size)), seconds(build(2 * size))
        print(f"{kind:25} {once:7.2f} s {twice:7.2f} s  x{twice / max(once, 1e-9):.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
