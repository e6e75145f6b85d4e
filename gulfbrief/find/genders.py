"""What a given name tells of its bearer's gender; null where it is borne by both or not known."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from ..fold import fold


@cache
def _given() -> dict[str, Literal["f", "m"]]:
    """Folded given name -> gender, from the lines of the packed lists (gender TAB names)."""
    out: dict[str, Literal["f", "m"]] = {}
    both: set[str] = set()
    folder = resources.files(__package__).joinpath("lexicon")
    for file in ("given.tsv", "given_more.tsv"):
        path = folder.joinpath(file)
        if not path.is_file():
            continue
        for line in path.read_text("utf-8").splitlines():
            gender, tab, names = line.partition("\t")
            if not tab or line.startswith("#"):
                continue
            for name in fold(names).split():
                if gender not in ("f", "m") or out.get(name, gender) != gender:
                    both.add(name)
                    out.pop(name, None)
                elif name not in both:
                    out[name] = "f" if gender == "f" else "m"
    return out


def of_given_name(name: str) -> Literal["f", "m"] | None:
    """The gender that the folded given name ``name`` tells.

    >>> of_given_name("irina")
    'f'
    """
    return _given().get(name) or _given().get(name.partition("-")[0])
