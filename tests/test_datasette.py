"""The recipe for Datasette in docs/exports.md, tried with a Datasette that runs on this machine."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running import run

pytest.importorskip("datasette")

PAGE = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")

Get = Callable[[str], Any]


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("datasette")
    database = str(place / "everything.db")
    assert run("export", "--to", "sqlite", database, "-q", cwd=folder).status == 0
    part = PAGE.split("\n## Datasette\n")[1]
    (place / "metadata.json").write_text(re.search(r"^```json\n(.*?)^```$", part, re.M | re.S)[1])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", database, "--metadata", str(place / "metadata.json"),
         "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answers(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/everything"
    finally:
        server.terminate()
        server.wait(30)


def answers(address: str, server: subprocess.Popen[bytes]) -> None:
    """Waits for the server."""
    for _ in range(600):
        assert server.poll() is None
        try:
            urllib.request.urlopen(address, timeout=60).close()
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


@pytest.fixture
def get(address: str) -> Get:
    """A page of the database, JSON unpacked."""

    def got(path: str) -> Any:
        with urllib.request.urlopen(address + path, timeout=60) as page:
            text = page.read().decode()
        return json.loads(text) if ".json" in path else text

    return got


@pytest.mark.parametrize(
    ("table", "words"), [("documents", "tankers"), ("quotes", "puzzle"), ("events", "seized")]
)
def test_a_table_is_searched_by_words(table: str, words: str, get: Get) -> None:
    assert 'name="_search"' in get(f"/{table}")
    found = get(f"/{table}.json?_search={words}&_shape=objects")
    assert (
        0
        < len(found["rows"])
        < get(f"/{table}.json?_shape=objects&_size=1")["filtered_table_rows_count"]
    )


@pytest.mark.parametrize(
    ("table", "facet"),
    [
        ("documents", "format"), ("quotes", "speaker_actor"), ("quotes", "kind"),
        ("events", "certainty"), ("actors", "type"), ("mentions", "actor"),
        ("quotes_about", "actor"),
    ],
)  # fmt: skip
def test_facets_are_those_of_the_recipe(table: str, facet: str, get: Get) -> None:
    facets = get(f"/{table}.json?_shape=objects")["facet_results"]
    assert facets[facet]["results"]
    assert f'data-column="{facet}"' in get(f"/{table}") or facet in get(f"/{table}")


def test_a_quotation_links_to_its_document_and_its_speaker_by_their_names(get: Get) -> None:
    page = get("/quotes?speaker_actor=andrei-morozov")
    assert '<a href="/everything/actors/andrei-morozov">Andrei Morozov</a>' in page
    assert re.search(r'<a href="/everything/documents/[0-9a-f]{12}">[A-Z][^<]+</a>', page)


def test_an_actor_links_to_what_it_says_and_what_is_said_about_it(get: Get) -> None:
    page = get("/actors/andrei-morozov")
    assert "/everything/quotes?speaker_actor=andrei-morozov" in page
    assert "/everything/mentions?actor=andrei-morozov" in page
    assert "/everything/events_actors?actor=andrei-morozov" in page
