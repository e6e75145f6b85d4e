"""Whole products of an index for other tools, each read back by such a tool."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import networkx
import pytest
from running import Done, run

from gulfbrief.answer import export
from gulfbrief.errors import UsageError
from gulfbrief.find.names.lexicon import country_codes
from gulfbrief.show import ftm, parquet, products, records
from gulfbrief.show.csv import value_at
from gulfbrief.store.reader import Index

KINDS = export.KINDS
DATED = [kind for kind in KINDS if kind != "actors"]


@pytest.fixture(scope="module", params=["folder", "hostile"])
def place(request: pytest.FixtureRequest) -> Path:
    """A folder with an index: the sample corpus, or a document that obeys nobody."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def held(place: Path) -> Iterator[Index]:
    with Index.open(place / ".gulfbrief" / "index.db") as index:
        yield index


def every(index: Index, kind: str) -> list[dict[str, Any]]:
    """The records of a kind, as JSON has them."""
    found = [records.record(one) for one in export.export(index, kind)]
    return json.loads(json.dumps(found))


# ---- how they are written --------------------------------------------------------------------


@pytest.mark.parametrize("to", products.STREAMED)
def test_an_export_says_how_many_records_it_wrote_and_replaces_its_own(
    to: str, place: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        done = run("export", "--to", to, str(tmp_path / "out"), cwd=place)
        assert done.status == 0
        assert done.err.endswith(f" records written to {tmp_path / 'out'}\n")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("to", products.STREAMED)
def test_one_that_is_stopped_leaves_what_was_there(
    to: str, held: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    products.write(held, to, tmp_path / "out")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def stop(*_: object) -> Iterator[Any]:
        yield from ()
        raise KeyboardInterrupt

    monkeypatch.setattr(Index, "each_actor", stop)
    for target in (tmp_path / "out", tmp_path / "new"):
        with pytest.raises(KeyboardInterrupt):
            products.write(held, to, target)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_options_that_a_product_would_ignore_are_refused(ask: Callable[..., Done]) -> None:
    for option in (["--json"], ["--jq", "."], ["-f", "csv"], ["--fields", "kind"]):
        done = ask("export", "--to", "graphml", "x.graphml", *option)
        assert (done.status, done.out) == (2, "")
        assert "--to graphml goes without --format, --fields and --jq" in done.err


@pytest.mark.parametrize("kind", KINDS)
def test_json_is_written_as_it_comes_with_its_total_before_it(
    kind: str, held: Index, place: Path
) -> None:
    answer = json.loads(run("export", kind, "--json", cwd=place).out)
    assert list(answer) == ["schema", "query", "total", "results"]
    assert answer["results"] == every(held, kind)
    assert answer["total"] == len(answer["results"])


# ---- Parquet ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(held: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parquet") / "tables"
    products.write(held, "parquet", path)
    return path


def rows(tables: Path, kind: str) -> list[dict[str, Any]]:
    """A table as DuckDB reads it."""
    found = duckdb.sql(
        f"SELECT * FROM read_parquet('{tables}/{kind}/**/*.parquet', hive_partitioning = true)"
    )
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def plain(value: Any) -> Any:
    """A value of DuckDB as JSON has it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return round(value, 4)
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("kind", KINDS)
def test_duckdb_reads_every_record_with_every_value(kind: str, tables: Path, held: Index) -> None:
    columns = [path for path in parquet.COLUMNS[kind] if path not in ("text", "indexed_at")]
    if kind == "mentions":
        columns.append("text")

    def key(row: list[Any]) -> str:
        return json.dumps(row, sort_keys=True)

    read = [[plain(row[path.replace(".", "_")]) for path in columns] for row in rows(tables, kind)]
    told = [[value_at(one, path) for path in columns] for one in every(held, kind)]
    assert sorted(read, key=key) == sorted(told, key=key)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_every_key_of_the_records(kind: str, held: Index) -> None:
    always_alike = {"similarity", "weight", "reports", "also", "conflicts"}  # in an export
    tops = {path.split(".")[0] for path in parquet.COLUMNS[kind]}
    for one in every(held, kind):
        assert one.keys() - always_alike <= tops
        for name, value in one.items():
            if isinstance(value, dict) and name in tops:
                known = {p.split(".")[1] for p in parquet.COLUMNS[kind] if p.startswith(f"{name}.")}
                assert value.keys() <= known


def test_documents_have_the_text_that_offsets_count_in(tables: Path) -> None:
    texts = {row["source_doc"]: row["text"] for row in rows(tables, "documents")}
    quotes = rows(tables, "quotes")
    assert quotes
    for quote in quotes:
        for piece in quote["fragments"]:
            assert texts[quote["source_doc"]][piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.parametrize("kind", DATED)
def test_a_record_lies_in_the_month_of_its_publication(kind: str, tables: Path) -> None:
    for row in rows(tables, kind):
        published = row["source_published"]
        assert row["month"] == (published.strftime("%Y-%m") if published else None)


def test_documents_without_a_day_are_of_no_month(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port of Aden is open, said Salma Haddad.\n")
    assert run("index", "a.txt", cwd=tmp_path).status == 0
    assert run("export", "--to", "parquet", "t", "-q", cwd=tmp_path) == Done(0, "")
    assert [row["month"] for row in rows(tmp_path / "t", "documents")] == [None]


def test_a_folder_with_anything_else_in_it_is_never_replaced(
    place: Path, held: Index, tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    products.write(held, "parquet", tables)
    mine = tables / "quotes" / "notes.txt"
    mine.write_text("mine")
    done = run("export", "--to", "parquet", str(tables), "--force", cwd=place)
    assert done.status == 2
    assert f"holds {mine}, which gulfbrief did not export" in done.err
    assert mine.read_text() == "mine"


def test_without_pyarrow_the_extra_is_named(
    held: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'gulfbrief\[parquet\]'"):
        products.write(held, "parquet", tmp_path / "out")
    assert not list(tmp_path.iterdir())


# ---- FollowTheMoney --------------------------------------------------------------------------


@pytest.fixture
def model() -> Any:
    """The model itself, where its package is installed (.ci/run does)."""
    return pytest.importorskip("followthemoney").model


@pytest.fixture(scope="module")
def entities(held: Index, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The entities by their ids."""
    path = tmp_path_factory.mktemp("ftm") / "all.ftm.json"
    products.write(held, "ftm", path)
    lines = path.read_text("utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    assert len({one["id"] for one in read}) == len(read)
    return {one["id"]: one for one in read}


def test_every_entity_is_valid(entities: dict[str, Any], model: Any) -> None:
    assert entities
    for one in entities.values():
        schema = model.get(one["schema"])
        assert schema is not None
        assert not schema.abstract
        assert schema.validate(one) is None
        proxy = model.get_proxy(one)  # which drops what it does not take
        kept = {name: set(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: set(values) for name, values in one["properties"].items()}
        for required in schema.required:
            assert proxy.get(required), (one["id"], required)


def test_every_entity_that_one_names_is_there_and_of_the_right_kind(
    entities: dict[str, Any], model: Any
) -> None:
    for one in entities.values():
        for prop, value in model.get_proxy(one).itervalues():
            if prop.type.name == "entity":
                named = model.get(entities[value]["schema"])
                assert named.is_a(prop.range), (one["id"], prop.name, value)


def test_each_document_actor_and_event_is_an_entity(entities: dict[str, Any], held: Index) -> None:
    kinds = Counter(one["schema"] for one in entities.values())
    assert kinds["Article"] + kinds["Document"] + kinds["Email"] == held.count()
    assert kinds["Event"] == len(every(held, "events"))
    actors = Counter(one["type"] for one in every(held, "actors"))
    assert kinds["Person"] == actors["person"]
    assert sum(kinds[k] for k in ("PublicBody", "Organization", "Company")) == (
        actors["organisation"] + actors["country"]
    )


def test_each_mention_and_event_leads_to_its_words(entities: dict[str, Any]) -> None:
    for one in entities.values():
        told = one["properties"]
        if one["schema"] == "Event":
            doc, _, place = told["recordId"][0].partition(":")
            start, end = map(int, place.split("-"))
            assert entities[told["proof"][0]]["properties"]["bodyText"][0][start:end].strip()
            assert told["proof"] == [f"gb-doc-{doc}"]
        if one["schema"] == "Mention":
            text = entities[told["document"][0]]["properties"]["bodyText"][0]
            assert all(name in text for name in told["name"])


def test_every_language_has_a_code_that_followthemoney_knows() -> None:
    types = pytest.importorskip("followthemoney.types")
    for code, told in ftm._LANGUAGES.items():
        assert types.registry.language.clean(code) == told


def test_every_state_has_a_code_that_followthemoney_knows() -> None:
    types = pytest.importorskip("followthemoney.types")
    known = types.registry.country.names
    assert {code.lower() for code in country_codes().values()} <= known.keys()


@pytest.mark.parametrize(
    ("id", "schema"),
    [
        ("gb-actor-andrei-morozov", "Person"),
        ("gb-actor-iran", "PublicBody"),
        ("gb-actor-us-navy", "PublicBody"),
        ("gb-actor-un", "Organization"),
    ],
)
def test_an_actor_is_of_the_kind_that_its_name_tells(
    id: str, schema: str, folder: Path, tmp_path: Path
) -> None:
    assert run("export", "--to", "ftm", str(tmp_path / "x"), "-q", cwd=folder).status == 0
    lines = (tmp_path / "x").read_text("utf-8").splitlines()
    assert {one["id"]: one["schema"] for one in map(json.loads, lines)}[id] == schema


# ---- GraphML ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def network(held: Index, tmp_path_factory: pytest.TempPathFactory) -> networkx.MultiDiGraph:
    path = tmp_path_factory.mktemp("graphml") / "all.graphml"
    products.write(held, "graphml", path)
    return networkx.MultiDiGraph(networkx.read_graphml(path))


def test_the_nodes_are_the_actors(network: networkx.MultiDiGraph, held: Index) -> None:
    actors = {one["id"]: one for one in every(held, "actors")}
    assert set(network.nodes) == set(actors)
    for id, told in network.nodes(data=True):
        assert told["type"] == actors[id]["type"]
        assert told["mentions"] == actors[id]["mentions"]
        assert told.get("first") == actors[id]["first"]


def test_an_edge_counts_the_sentences_that_name_both(
    network: networkx.MultiDiGraph, held: Index
) -> None:
    together = {
        (one, other): told["weight"]
        for one, other, told in network.edges(data=True)
        if told["kind"] == "appears with"
    }
    for id in network.nodes:
        company = {
            held.actor_number(b if a == id else a): n
            for (a, b), n in together.items()
            if id in (a, b)
        }
        assert company == held.cooccurrence(id)


def test_an_edge_counts_the_statements_of_one_on_another(
    network: networkx.MultiDiGraph, held: Index
) -> None:
    said = Counter(
        (speaker["actor"], about)
        for quote in every(held, "quotes")
        if quote["said"]
        for speaker in {s["actor"]: s for s in quote["speakers"] if s["actor"]}.values()
        for about in quote["about"]
        if about != speaker["actor"]
    )
    spoken = {
        (one, other): told["weight"]
        for one, other, told in network.edges(data=True)
        if told["kind"] == "spoke of"
    }
    assert spoken == said


def test_the_days_of_an_edge_are_days_of_documents(
    network: networkx.MultiDiGraph, held: Index
) -> None:
    days = {document.source.published for document in held.documents()}
    for _, _, told in network.edges(data=True):
        assert {told.get("first"), told.get("last")} <= days
        assert 1 <= told["documents"] <= told["weight"]


# ---- SQLite ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def database(held: Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("sqlite") / "all.db"
    products.write(held, "sqlite", path)
    with closing(sqlite3.connect(path)) as db:
        yield db


def test_the_tables_hold_every_record(database: sqlite3.Connection, held: Index) -> None:
    for kind in KINDS:
        [[count]] = database.execute(f"SELECT count(*) FROM {kind}")
        assert count == len(every(held, kind))


def test_every_key_leads_to_a_row(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {
        (table, row[3], row[2])
        for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for row in database.execute(f"PRAGMA foreign_key_list({table})")
    }
    assert {
        ("quotes", "source_doc", "documents"),
        ("quotes", "speaker_actor", "actors"),
        ("quotes_about", "actor", "actors"),
        ("events_actors", "event", "events"),
        ("mentions", "actor", "actors"),
    } <= keys


def test_full_text_search_finds_words_in_any_inflection(folder: Path, tmp_path: Path) -> None:
    assert run("export", "--to", "sqlite", str(tmp_path / "x.db"), "-q", cwd=folder).status == 0
    with closing(sqlite3.connect(tmp_path / "x.db")) as db:
        for table, column in (("documents", "text"), ("quotes", "content"), ("events", "event")):
            found = db.execute(
                f"SELECT {column} FROM {table} WHERE rowid IN"
                f" (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH 'tankers')"
            ).fetchall()
            assert found
            assert all("tanker" in text.lower() for (text,) in found)


# ---- the page on exports ---------------------------------------------------------------------

PAGE = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")


@pytest.mark.parametrize("question", re.findall(r"^```sql\n(.*?)^```$", PAGE, re.M | re.S))
def test_the_questions_to_duckdb_are_answered(
    question: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", "--to", "parquet", str(tmp_path / "tables"), cwd=folder).status == 0
    monkeypatch.chdir(tmp_path)
    answer = duckdb.sql(question).fetchall()
    assert answer
    assert all(value is not None for row in answer for value in row)


def test_the_network_is_read_as_the_page_tells(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        run("export", "--to", "graphml", str(tmp_path / "network.graphml"), cwd=folder).status == 0
    )
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
    exec(compile(example, "exports.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) == 5
