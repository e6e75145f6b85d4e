"""What an analyst has decided about actors: this and that are the same, or they are not.

Decisions live in a file of their own, ``actors.toml`` beside the index, outrank the machine, and
survive every re-indexing. The file is machine-written; notes by hand belong in ``note``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from . import files
from .errors import UsageError

Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two actors are the ``same`` or ``different``.

    ``a`` and ``b`` are ids as the index shows them (``sergei-lavrov``) or, for what one document
    alone says, ``DOCUMENT:KEY``.
    """

    verdict: Verdict
    a: str
    b: str
    note: str = ""

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.a, self.b))


@dataclass(frozen=True, slots=True)
class Decisions:
    """All judgements, the oldest first; of two on the same pair the later one counts."""

    judgements: tuple[Judgement, ...] = ()

    def judge(self, verdict: Verdict, a: str, b: str, note: str = "") -> Decisions:
        """These decisions with one more, which replaces an older one on the same pair.

        >>> d = Decisions().judge("same", "lawrow", "sergei-lavrov")
        >>> d.judge("different", "sergei-lavrov", "lawrow").judgements
        (Judgement(verdict='different', a='sergei-lavrov', b='lawrow', note=''),)
        """
        if a == b:
            raise UsageError(f"{a}: name two actors")
        new = Judgement(verdict, a, b, note)
        return replace(self, judgements=(*self._without(new.pair), new))

    def forget(self, a: str, b: str) -> Decisions:
        """These decisions without the one on ``a`` and ``b``."""
        return replace(self, judgements=self._without(frozenset((a, b))))

    def _without(self, pair: frozenset[str]) -> tuple[Judgement, ...]:
        return tuple(j for j in self.judgements if j.pair != pair)


def path(index: Path) -> Path:
    """Where the decisions on the actors of an index are kept."""
    return index.parent / "actors.toml"


def load(file: Path) -> Decisions:
    """The decisions of a file, none where there is none; ``UsageError`` where it is not right."""
    import tomllib  # which few need

    try:
        tables = tomllib.loads(files.read_small(file, files.LISTS).decode("utf-8"))
    except FileNotFoundError:
        return Decisions()
    except (OSError, ValueError, RecursionError) as problem:
        raise UsageError(f"{file}: {problem}") from problem
    judgements = tables.get("judgement", [])
    if not isinstance(judgements, list):
        raise UsageError(f"{file}: write each decision as [[judgement]]")
    return Decisions(tuple(_judgement(file, row) for row in judgements))


def _judgement(file: Path, row: Any) -> Judgement:
    actors = row.get("actors") if isinstance(row, dict) else None
    if (
        not isinstance(actors, list)
        or len(actors) != 2
        or not all(isinstance(a, str) and a for a in actors)
        or row.get("verdict") not in ("same", "different")
    ):
        raise UsageError(
            f'{file}: a judgement needs actors = ["ID", "ID"] and verdict = "same" or "different"'
        )
    return Judgement(row["verdict"], actors[0], actors[1], str(row.get("note", "")))


def save(file: Path, decisions: Decisions) -> None:
    """Writes the decisions; the file is never seen half written."""
    import tomli_w

    rows = [
        {"verdict": j.verdict, "actors": [j.a, j.b]} | ({"note": j.note} if j.note else {})
        for j in decisions.judgements
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    files.write(file, tomli_w.dumps({"judgement": rows}))
