"""The index file: what comes out is what went in, and a bad file is said to be one."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from unittest.mock import ANY

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import dump, written

from gulfbrief.decisions import Decisions
from gulfbrief.errors import StoreError, UnknownError, UsageError
from gulfbrief.find import find
from gulfbrief.find.text import Text
from gulfbrief.model import Document, Window
from gulfbrief.store import (
    codec,
    keys,
    pages,
    rows,
    schema,
    segmentation,
    spelling,
    tokeniser,
    varints,
)
from gulfbrief.store.build import Report, build, decide
from gulfbrief.store.check import check
from gulfbrief.store.reader import Index

TEXT = (
    "MUSCAT, July 2, 2021 (Gulf Wire) - “The port,” Foreign Minister Salma Haddad said on Monday,"
    " “stays open.”\n\nOman and Bahrain signed on 5 July 2020. She said Iran had “no part” in it.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents and their index."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a").mkdir()
    (folder / "a" / "one.txt").write_text(TEXT, "utf-8")
    (folder / "a" / "two.txt").write_text(TEXT.replace("2021", "2019"), "utf-8")
    build(folder / "index.db", [folder / "a"], jobs=1)
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """An index of one's own, beside its documents."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "index.db"


# ---- forms in which things are stored -----------------------------------------------------


@given(st.text())
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    assert codec.unpack_text(codec.pack_text(text)) == text


@given(st.lists(st.integers(0, 2**70)))
def test_numbers_come_out_as_they_went_in(given_: list[int]) -> None:
    assert varints.decode_varints(varints.encode_varints(given_)) == given_


@given(st.dates(), st.dates())
def test_day_numbers_sort_as_days(one: object, two: object) -> None:
    a, b = keys.day_key(str(one)), keys.day_key(str(two))
    assert (a < b) == (str(one) < str(two))


def test_findings_come_out_as_they_went_in() -> None:
    found = find(Document("0" * 12, "a.txt", TEXT, published="2021-07-02"))
    assert found.quotes
    assert found.events
    assert codec.unpack(codec.pack(found, TEXT), TEXT) == found


@given(st.text(alphabet="ab .\n’“é\U0001f600", max_size=400))
def test_chunks_joined_are_the_text_and_hold_its_sentences(text: str) -> None:
    sentences = Text(text).sentences
    pieces = list(segmentation.segment(text, sentences))
    assert "".join(p.text for p in pieces) == text
    assert [(p.start + a, p.start + b) for p in pieces for a, b in p.sentences] == sentences
    for piece in pieces:
        assert piece.line == text.count("\n", 0, piece.start) + 1
        assert segmentation.unpack_bounds(segmentation.pack_bounds(piece.sentences)) == list(
            piece.sentences
        )


def test_a_line_without_end_is_cut_and_loses_nothing() -> None:
    text = "word " * 40_000
    pieces = list(segmentation.segment(text, Text(text).sentences))
    assert "".join(p.text for p in pieces) == text
    assert max(len(p.text) for p in pieces) <= segmentation.SIZE + segmentation.LONGEST


def test_a_long_text_is_searched_in_pieces_with_offsets_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "PIECE", 300)
    text = TEXT * 6
    document = Document("0" * 12, "a.txt", text, published="2021-07-02")
    packed = b"".join(codec.pack(found, text[a:b], a) for a, b, found in rows.findings(document))
    found = codec.unpack(packed, text)
    assert len(found.quotes) >= 6
    for quote in found.quotes:
        for span in (*quote.fragments, quote.sentence, *([quote.cue] if quote.cue else [])):
            assert text[span.start : span.end] == span.text
        for speaker in quote.speakers:
            if speaker.start is not None:
                assert text[speaker.start : speaker.end] == speaker.text
    for some in (found.mentions, found.dates, found.events):
        for x in some:
            assert text[x.start : x.end] == x.text


@pytest.mark.parametrize("piece", [300, 400_000], ids=["in pieces", "whole"])
def test_how_long_a_text_is_is_told_before_it_is_searched(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    """The time that a reading process may take is reckoned from it."""
    monkeypatch.setattr(rows, "PIECE", piece)
    told: list[int] = []
    text = TEXT * 4 + f"It was told to {piece} people.\n"
    rows.make_rows([Document("0" * 12, "a.txt", text)], announce=told.append)
    assert told == [len(text)]


# ---- words --------------------------------------------------------------------------------


@given(st.text(alphabet="aéßÆŁ’'- .\u0301\u0640xİ", max_size=40))
def test_spans_are_where_the_folded_words_stand(text: str) -> None:
    found = tokeniser.token_spans(text)
    assert [w for w, _, _ in found] == tokeniser.tokens(text)
    for word, a, b in found:
        assert word in tokeniser.folded(text[a:b])


@given(st.text(alphabet="abcde", min_size=5, max_size=9), st.data())
def test_two_slips_leave_a_deletion_in_common(word: str, data: st.DataObject) -> None:
    other = word
    for _ in range(2):
        at = data.draw(st.integers(0, len(other) - 1))
        letter = data.draw(st.sampled_from("abcde"))
        kind = data.draw(st.integers(0, 2))
        other = other[:at] + ("", letter, letter + other[at])[kind] + other[at + 1 :]
    assert set(spelling.deletion_variants(word)) & set(spelling.deletion_variants(other))


@given(st.lists(st.text(alphabet="abé", min_size=3, max_size=7), max_size=4))
def test_what_was_deleted_can_be_put_back(words: list[str]) -> None:
    told: dict[str, str] = {}
    for word in words:
        for variant, one in spelling.deletion_variants(word).items():
            told[variant] = told.get(variant, "") + one
    for variant, several in told.items():
        assert spelling.restored(variant, several) == [
            w[: spelling.PREFIX] for w in words if variant in spelling.deletion_variants(w)
        ]


@pytest.mark.parametrize(
    ("one", "two"),
    [("lavrov", "lawrow"), ("qaddafi", "gadhafi"), ("houthi", "huthi"), ("zayani", "zayyani"),
     ("muhammad", "mohamed"), ("haddad", "hadad"), ("hussein", "husayn")],
)  # fmt: skip
def test_spellings_of_a_name_sound_alike(one: str, two: str) -> None:
    assert spelling.phonetic_key(one) == spelling.phonetic_key(two)


@pytest.mark.parametrize(
    ("one", "two"), [("haddad", "saddam"), ("oman", "iran"), ("morozov", "marwan")]
)
def test_other_names_do_not(one: str, two: str) -> None:
    assert spelling.phonetic_key(one) != spelling.phonetic_key(two)


# ---- doors --------------------------------------------------------------------------------


def test_a_document_goes_by_id_path_file_name_and_beginning(index: Path) -> None:
    with Index.open(index) as opened:
        doc = opened.documents()[0].source
        for name in (doc.doc, doc.doc[:6], "a/two.txt", "two.txt", "TWO.TXT"):
            assert opened.document(name).source == doc


def test_an_unknown_document_names_near_ones(index: Path) -> None:
    with Index.open(index) as opened, pytest.raises(UnknownError, match=r"near it: a/two\.txt"):
        opened.document("twoo.txt")


def test_a_name_of_two_documents_is_not_guessed(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(f"{folder}: {TEXT}", "utf-8")
    build(tmp_path / "index.db", [tmp_path / "a", tmp_path / "b"], jobs=1)
    with Index.open(tmp_path / "index.db") as opened, pytest.raises(UsageError, match="more than"):
        opened.document("same.txt")


@pytest.mark.parametrize(
    ("window", "paths"),
    [
        (Window(since="2020"), ["a/one.txt"]),
        (Window(until="2019-07"), ["a/two.txt"]),
        (Window("2019-07-02", "2021-07-02"), ["a/two.txt", "a/one.txt"]),
        (Window(doc="a/*.txt"), ["a/two.txt", "a/one.txt"]),
        (Window(doc="o*"), ["a/one.txt"]),
        (Window(doc="[t]wo.txt"), ["a/two.txt"]),
        (Window(doc="b/*"), []),
        (Window(doc="a"), ["a/two.txt", "a/one.txt"]),
        (Window(doc="a/tw"), ["a/two.txt"]),
        (Window(doc="on"), ["a/one.txt"]),
        (Window(doc="wo.txt"), []),
    ],
)
def test_a_window_bounds_documents(index: Path, window: Window, paths: list[str]) -> None:
    with Index.open(index) as opened:
        assert [d.source.path for d in opened.documents(window)] == paths


def test_actors_of_a_window_are_summed_over_it(index: Path) -> None:
    with Index.open(index) as opened:
        every = {a.id: a for a in opened.actors()}
        part = {a.id: a for a in opened.actors(window=Window(since="2020"))}
        assert every["oman"].documents == 2
        assert part["oman"].documents == 1
        assert part["oman"].first == "2021-07-02"
        everywhere = {a.id: a for a in opened.actors(window=Window(since="1900"))}
        assert everywhere == every


def test_company_counts_the_sentences_that_name_both(index: Path) -> None:
    with Index.open(index) as opened:
        oman, bahrain = map(opened.actor_number, ("oman", "bahrain"))
        assert opened.cooccurrence("oman")[bahrain] == 2
        assert opened.sentences_naming([oman]) == [(oman, "oman", 2)]
        assert opened.sentence_count == sum(
            len(opened.sentences(d.source.doc)) for d in opened.documents()
        )


def test_quotations_of_a_long_document_are_counted_once_each(tmp_path: Path) -> None:
    text = "".join(f"“We count to {n},” said Salma Darwish.\n\n" for n in range(200))
    (tmp_path / "2021-03-01-a.txt").write_text(text)
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        (whole,) = opened.actors()
        (windowed,) = opened.actors(window=Window("2021", "2021"))
        assert whole.quotes == windowed.quotes == len(list(opened.quotes(by="salma-darwish")))
        assert opened.first_actors(1, window=Window("2021", "2021"), sort="quotes")[1] == [whole]


def test_mentions_quotes_and_events_of_an_actor(index: Path) -> None:
    with Index.open(index) as opened:
        for mention in opened.mentions(actor="oman"):
            assert mention.mention.text == "Oman"
        for event in opened.events(actor="oman"):
            assert "oman" in event.event.actors
        about = list(opened.quotes(about="iran"))
        assert {q.source.path for q in about} == {"a/one.txt", "a/two.txt"}


# ---- bad index files ----------------------------------------------------------------------


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="gulfbrief index"):
        Index.open(tmp_path / "none.db")


def test_a_damaged_index_says_so(index: Path) -> None:
    data = bytearray(index.read_bytes())
    data[4096:] = b"\x55" * (len(data) - 4096)
    index.write_bytes(data)
    with pytest.raises(StoreError, match="rebuilds it"), Index.open(index) as opened:
        opened.documents()


def test_bytes_that_went_bad_are_damage_and_no_fault_of_ours(index: Path) -> None:
    whole = index.read_bytes()
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.choice((1, 9, 99, 999))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        index.write_bytes(data)
        with suppress(StoreError), Index.open(index) as opened:
            for held in opened.documents():
                opened.text(held.source.doc)
                opened.findings(held.source.doc)
            opened.actors()
            opened.actor_names()
            opened.status()


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_anywhere_is_an_error_or_changes_nothing(index: Path, seed: int) -> None:
    whole = dump(index)
    data = bytearray(index.read_bytes())
    place = random.Random(seed).randrange(8 * len(data))
    data[place // 8] ^= 1 << place % 8
    index.write_bytes(data)
    with suppress(StoreError):
        assert dump(index) == whole
    assert check(index) or dump(index) == whole
    try:
        told = "" if build(index, jobs=1).damaged else "it is whole"
    except StoreError as error:  # the bit stood among the notes on its paths
        told = str(error)
        build(index, [index.parent], jobs=1)
    assert not told or "name them" in told
    assert dump(index) == whole


@pytest.mark.parametrize(("table", "column"), [("body", "text"), ("document", "findings")])
def test_one_bit_that_went_bad_is_told_and_never_a_wrong_letter(
    index: Path, table: str, column: str
) -> None:
    with written(index) as db:
        (id, stored), *_ = db.execute(f"SELECT id, {column} FROM {table} ORDER BY id")
    for place in range(0, 8 * len(stored), 11):
        spoilt = bytearray(stored)
        spoilt[place // 8] ^= 1 << place % 8
        with written(index) as db:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (bytes(spoilt), id))
        with pytest.raises(StoreError, match="gulfbrief index"), Index.open(index) as opened:
            [opened.findings(held.source.doc) for held in opened.documents()]


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"\x00" * 5000])
def test_a_file_that_is_no_index_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.db"
    path.write_bytes(content)
    for way in (Index.open, lambda p: build(p, [tmp_path])):
        with pytest.raises(StoreError):
            way(path)


def test_another_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    for way in (Index.open, lambda p: build(p, [tmp_path])):
        with pytest.raises(StoreError, match="not a gulfbrief index"):
            way(path)


def test_a_newer_index_says_so(index: Path) -> None:
    with written(index) as db:
        db.execute(f"PRAGMA user_version = {schema.NUMBER + 1}")
    for way in (Index.open, lambda p: build(p, [index.parent / "a"])):
        with pytest.raises(StoreError, match="newer gulfbrief"):
            way(index)


def as_older(index: Path) -> None:
    with written(index) as db:
        db.execute(f"PRAGMA user_version = {schema.NUMBER - 1}")


def test_an_older_index_says_what_brings_it_up_to_date(index: Path) -> None:
    as_older(index)
    with pytest.raises(StoreError, match="'gulfbrief index' brings it up to date"):
        Index.open(index)
    with pytest.raises(StoreError, match="'gulfbrief index' first"):
        decide(index, Decisions())
    as_older(index)
    with pytest.raises(StoreError, match="older gulfbrief"):
        Index.open(index)


@pytest.mark.parametrize("some", [(), ("b",)], ids=["no path", "a new path"])
def test_an_older_index_is_made_anew_from_all_its_paths(index: Path, some: tuple[str, ...]) -> None:
    (index.parent / "b").mkdir()
    (index.parent / "b" / "three.txt").write_text(TEXT.replace("2021", "2018"), "utf-8")
    with written(index) as db:
        db.execute("DROP TABLE body")
        db.execute("INSERT INTO file (path) VALUES (CAST('-' AS BLOB))")
    as_older(index)
    done = build(index, [index.parent / name for name in some], jobs=1)
    assert (done.anew, done.added) == (True, 2 + len(some))
    assert done.failed == [("-", "it came from standard input: give it again")]
    assert build(index, jobs=1) == Report(unchanged=2 + len(some), seconds=ANY)
    with Index.open(index) as opened:
        assert len(list(opened.quotes())) == sum(1 for _ in opened.documents()) * 2


# ---- what a question imports --------------------------------------------------------------

QUESTION = """
import sys
from pathlib import Path
from gulfbrief.store.reader import Index
from gulfbrief.answer.search import search
from gulfbrief.answer.quotes import quotes
with Index.open(Path(sys.argv[1])) as index:
    search(index, "prot stays open")
    quotes(index, "the port stays open", by=["Haddad"])
print(*sorted(m for m in sys.modules if m.startswith(("gulfbrief.read", "gulfbrief.find", "rich",
      "typer", "lxml", "multiprocessing", "asyncio", "gulfbrief.store.build"))))
"""


def test_a_question_imports_no_reader_and_no_finder(index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUESTION, str(index)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_value_of_many_pages_is_read_as_it_was_written(tmp_path: Path) -> None:
    value = bytes(range(256)) * 200
    db = pages.create(str(tmp_path / "index.db"))
    db.execute("CREATE TABLE t (value)")
    db.execute("INSERT INTO t VALUES (?)", (value,))
    db.close()
    db = pages.connect(str(tmp_path / "index.db"), apsw.SQLITE_OPEN_READONLY)
    assert db.execute("SELECT value FROM t").fetchone() == (value,)
