"""How long a whole process takes on the sample corpus: ``python tests/bench/startup.py``.

Best and median of twenty runs of each command, in milliseconds, beside what is wanted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
PROGRAM = [str(Path(sys.executable).parent / "gulfbrief")]
COMMANDS = [(["--help"], 200), (["search", "limpit mine"], 250), (["quotes", "--by", "rostami"], 0)]


def milliseconds(command: list[str], folder: str) -> list[float]:
    out = []
    for _ in range(20):
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        out.append(1000 * (time.perf_counter() - begun))
    return out


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = [*PROGRAM, "index", str(SEEDS), "--quiet", "--index", f"{folder}/index.db"]
        subprocess.run(index, check=True)
        for arguments, wanted in COMMANDS:
            at = [] if arguments == ["--help"] else ["--index", f"{folder}/index.db"]
            took = milliseconds([*PROGRAM, *arguments, *at], folder)
            want = f", wanted under {wanted}" if wanted else ""
            print(f"gulfbrief {' '.join(arguments)}: best {min(took):.0f} ms, "
                  f"median {statistics.median(took):.0f} ms{want}")  # fmt: skip


if __name__ == "__main__":
    main()
