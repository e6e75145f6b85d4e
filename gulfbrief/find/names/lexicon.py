"""The actors that are known by name: states with capitals, seats and peoples; organisations;
places.

``states.tsv`` and ``organisations.toml`` are the built-in lexicon; a user's own TOML files in the
form of the latter are merged over it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from ... import files
from ...errors import UsageError
from ...model import MentionType
from ..text import Text
from .gazetteer import data, lines

Use = Literal["name", "alias", "capital", "seat", "people"]
_SPELLINGS = (
    ("isation", "ization"),
    ("Centre", "Center"),
    ("Defence", "Defense"),
    ("Programme", "Program"),
    ("Labour", "Labor"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: the actor's ``id`` (empty: none) and type, and whether the name is
    its own (``name``, ``alias``), its capital, the seat of its government, or its people's."""

    id: str
    type: MentionType
    use: Use


class Lexicon:
    """Names as they are written -> whom they mean.

    ``known`` maps each name to what it stands for, ``longest`` the first word of the names to the
    most words (and other tokens) a name that begins so may have, ``display`` each id to the name
    under which the actor is shown. ``shouted`` maps names in capitals to the names themselves;
    ``seats`` are the first words of the seats of governments.
    ``things`` are names that are no actors ("Medicare"), in words; ``thingly`` their first words,
    each with the most words that such a name has.
    """

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self.longest: dict[str, int] = {}
        self.display: dict[str, str] = {}
        self.shouted: dict[str, str] = {}
        self.seats: set[str] = set()
        self.things = frozenset(lines("things.txt"))
        self.thingly: dict[str, int] = {}
        for thing in self.things:
            first, *rest = Text(thing).tokens
            self.thingly[first] = max(self.thingly.get(first, 0), 1 + len(rest))

    def add(self, id: str, type: MentionType, use: Use, names: Iterable[str]) -> None:
        known = Known(id, type, use)
        for name in names:
            for spelling in _spellings(name):
                self.known.setdefault(spelling, known)
                self.shouted.setdefault(spelling.upper(), spelling)
                words = spelling.split(" ")
                tokens = words if "".join(words).isalnum() else Text(spelling).tokens
                if use == "seat":
                    self.seats.add(tokens[0])
                for first in (tokens[0], tokens[0].upper()):
                    if self.longest.get(first, 0) < len(tokens):
                        self.longest[first] = len(tokens)

    def add_actors(self, tables: dict[str, Any], source: str) -> None:
        """The actors of a file in the form of ``organisations.toml``; ``UsageError`` otherwise."""
        for type_, actors in tables.items():
            if type_ not in {"organisation", "place", "country", "person"}:
                raise UsageError(f"{source}: no such type of actor: [{type_}]")
            if not isinstance(actors, dict):
                raise UsageError(f"{source}: {type_} must be a table of actors: [{type_}]")
            for id, names in actors.items():
                if not isinstance(names, list) or not all(
                    isinstance(n, str) and Text(n).tokens for n in names
                ):
                    raise UsageError(f"{source}: {id}: give a list of names")
                if not names:
                    continue
                self.display.setdefault(id, names[0])
                self.add(id, type_, "name", names[:1])  # type: ignore[arg-type]
                self.add(id, type_, "alias", names[1:])  # type: ignore[arg-type]


def _spellings(name: str) -> list[str]:
    out = [name]
    if 2 < len(name) < 6 and name.isalpha() and name.isupper():
        return [name, ".".join(name) + "."]  # FBI, F.B.I.
    if name.isalnum() and "entre" not in name:
        return out
    for british, american in _SPELLINGS:
        for form in list(out):
            for a, b in ((british, american), (american, british)):
                if a in form and (other := form.replace(a, b)) not in out and b not in form:
                    out.append(other)
    if "'" in name:
        out += [form.replace("'", "’") for form in out]
    return out


_in_force: tuple[Path, ...] = ()


def use(extra: Sequence[Path]) -> None:
    """Adds the actors of the user's own files to what ``load`` gives from now on in this process;
    errors as ``load``."""
    global _in_force
    load(extra)
    _in_force = tuple(extra)


def load(extra: Sequence[Path] | None = None) -> Lexicon:
    """The built-in lexicon with the actors of the user's own files (null: those in ``use``);
    ``UsageError`` for a file that cannot be read or has another form."""
    return _load(_in_force if extra is None else tuple(extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Lexicon:
    lexicon = Lexicon()
    for path in extra:
        try:
            text = files.read_small(path, files.LISTS).decode("utf-8")
            lexicon.add_actors(tomllib.loads(text), str(path))
        except (OSError, ValueError, RecursionError) as problem:
            raise UsageError(f"{path}: {problem}") from problem
    for name in ("organisations.toml", "places.toml"):
        lexicon.add_actors(tomllib.loads(data(name)), name)
    for line in lines("states.tsv"):
        id, _, name, others, capitals, seats, people = line.split("\t")
        lexicon.display.setdefault(id, name)
        lexicon.add(id, "country", "name", [name])
        lexicon.add(id, "country", "alias", _parts(others))
        lexicon.add(id, "country", "capital", _parts(capitals))
        lexicon.add(id, "country", "seat", _parts(seats))
        lexicon.add(id, "nationality", "people", _parts(people))
    for line in lines("peoples.txt"):
        lexicon.add("", "nationality", "people", line.split())
    return lexicon


def state_of(text: str) -> str | None:
    """The id of the state that a people's name or an adjective tells ("German", "German-led"); null
    where it tells none."""
    known = load().known
    found = known.get(text) or known.get(text.split("-", 1)[0])
    return found.id or None if found and found.type in ("nationality", "country") else None


@lru_cache(maxsize=1)
def country_codes() -> dict[str, str]:
    """Id of a state or territory -> its two letters (ISO 3166-1), of those that have them."""
    rows = (line.split("\t") for line in lines("states.tsv"))
    return {id: code for id, code, *_ in rows if code}


def _parts(column: str) -> list[str]:
    return [part for part in column.split("|") if part]
