"""The actors as a network in GraphML, for Gephi, NetworkX, igraph or Cytoscape.

A node is an actor, its id the actor's. An edge tells by ``kind`` that two are named in the same
sentences (``appears with``, which has no direction: the lesser id is the source) or that one spoke
of the other (``spoke of``: statements that are plainly made). ``weight`` counts the sentences or
the statements, ``documents`` the documents; ``first`` and ``last`` are days of publication.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..model import Window
from ..store.reader import Index
from .output import written

TOGETHER, SPOKE = "appears with", "spoke of"

_NODE = {
    "label": "string", "type": "string", "mentions": "int", "documents": "int", "quotes": "int",
    "first": "string", "last": "string",
}  # fmt: skip
_EDGE = {
    "kind": "string", "weight": "int", "documents": "int", "first": "string", "last": "string",
}  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(index: Index, path: Path, window: Window = Window()) -> int:
    """Writes the file ``path``; how many nodes and edges it has. Raises ``UsageError`` where it
    cannot be written."""
    number = 0
    with written(path) as out:
        for line in _lines(index, window):
            out.write(line)
            number += line.startswith(("<node", "<edge"))
    return number


def _lines(index: Index, window: Window) -> Iterator[str]:
    yield _HEAD
    for place, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys.items():
            told = f'attr.name="{name}" attr.type="{kind}"'
            yield f'<key id="{place}-{name}" for="{place}" {told}/>\n'
    yield '<graph edgedefault="directed">\n'
    with closing(sqlite3.connect("")) as db:  # on disk: more pairs than memory should hold
        db.execute("CREATE TABLE node (id PRIMARY KEY) WITHOUT ROWID")
        for actor in index.each_actor(window):
            db.execute("INSERT INTO node VALUES (?)", (actor.id,))
            values = (
                actor.name, actor.type, actor.mentions, actor.documents, actor.quotes, actor.first,
                actor.last,
            )  # fmt: skip
            yield f"<node id={_attribute(actor.id)}>{_data('node', _NODE, values)}</node>\n"
        db.execute("CREATE TABLE pair (source, target, kind, weight INTEGER, day)")
        db.executemany("INSERT INTO pair VALUES (?, ?, ?, ?, ?)", _pairs(index, window))
        for source, target, *told in db.execute(
            "SELECT source, target, kind, sum(weight), count(*), min(day), max(day) FROM pair"
            " WHERE source IN node AND target IN node"
            " GROUP BY source, target, kind ORDER BY kind, 4 DESC, source, target"
        ):
            ends = f"source={_attribute(source)} target={_attribute(target)}"
            yield f"<edge {ends}>{_data('edge', _EDGE, told)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(place: str, keys: Iterable[str], values: Iterable[Any]) -> str:
    return "".join(
        f'<data key="{place}-{name}">{escape(_NOT_XML.sub("�", str(value)))}</data>'
        for name, value in zip(keys, values, strict=True)
        if value is not None
    )


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("�", text))


def _pairs(index: Index, window: Window) -> Iterator[tuple[str, str, str, int, str | None]]:
    """The pairs of each document."""
    for day, pairs in index.companies(window):
        for (one, other), sentences in pairs.items():
            yield one, other, TOGETHER, sentences, day
    statements = index.quotes(window, statements=True)
    for (_, day), told in groupby(statements, lambda s: (s.source.doc, s.source.published)):
        spoken = Counter[tuple[str, str]]()
        for quote in (found.quote for found in told if found.quote.asserted):
            speakers = {speaker.actor for speaker in quote.speakers if speaker.actor}
            spoken.update((one, o) for one in speakers for o in quote.about if o != one)
        yield from ((*pair, SPOKE, count, day) for pair, count in spoken.items())
