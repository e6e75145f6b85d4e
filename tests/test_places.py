"""Where an answer stands: its line, its column and its offsets agree, far into a long line too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from indexes import indexed
from running import run

from gulfbrief.answer.export import export
from gulfbrief.answer.search import search
from gulfbrief.model import Source, place
from gulfbrief.store.reader import Index

SAID = "“Berth {n} is shut,” said Harbour Minister Salma Haddad on Monday, 2 July 2021. "
TEXTS = {
    "one_line.txt": "".join(SAID.format(n=n) for n in range(150)).rstrip(),
    "lines.txt": "Ports\n\n" + "".join(SAID.format(n=n) + "\n" * (n % 3) for n in range(150, 300)),
    "far.txt": "The quay was empty and nobody came to it on that morning. " * 100
    + "Only Omar Nasser waited for the dredger that was to come from Sohar in the evening.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("places"), TEXTS) as opened:
        yield opened


def holds(index: Index, source: Source) -> bool:
    text = index.text(source.doc)
    assert source.start is not None
    begin = text.rfind("\n", 0, source.start) + 1
    return (source.line, source.column) == (
        text.count("\n", 0, source.start) + 1,
        source.start - begin + 1,
    )


@pytest.mark.parametrize("kind", ["quotes", "mentions", "dates", "events", "actors"])
def test_what_is_found_stands_in_its_line_and_column(index: Index, kind: str) -> None:
    found = list(export(index, kind))
    assert len(found) > 2
    assert all(holds(index, one.source) for one in found)


@pytest.mark.parametrize("context", [0, 2])
def test_passages_stand_in_their_line_and_column(index: Index, context: int) -> None:
    found = search(index, "berth", limit=0, context=context, all_passages=True).results
    assert len(found) > 10
    assert all(holds(index, one.source) for one in found)


@pytest.mark.parametrize(
    ("line", "column", "shown"), [(7, 1, ":7"), (7, 200, ":7"), (1, 201, ":1:201"), (3, None, ":3")]
)
def test_a_column_is_shown_where_the_line_alone_leads_nowhere(
    line: int, column: int | None, shown: str
) -> None:
    assert place(line, column) == shown


def test_the_place_that_an_answer_prints_opens_the_document_there(index: Index) -> None:
    top = index.path.parent
    [found] = search(index, "dredger").results
    done = run("search", "dredger", "--lines", "--index", str(index.path), cwd=top)
    where = done.out.partition(": ")[0]
    assert where == f"far.txt:1:{found.source.column}"
    opened = run("show", where, "--index", str(index.path), cwd=top).out
    [line] = [row for row in opened.splitlines() if "dredger" in row]
    assert line.partition("… ")[2].index(found.text) == 80  # what stands before it on its line
    place = where.removeprefix("far.txt:")
    assert run("show", "far.txt", "--at", place, "--index", str(index.path), cwd=top).out == opened


def test_csv_has_the_column_last(index: Index, tmp_path: Path) -> None:
    [found] = search(index, "dredger").results
    command = ("search", "dredger", "-f", "csv", "--index", str(index.path))
    names, values = run(*command, cwd=tmp_path).out.splitlines()
    assert names.endswith(",source.column")
    assert values.endswith(f",{found.source.column}")
