"""Settling: whatever came and went, who is who and what it comes to is as in an index rebuilt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gulfbrief.decisions import Decisions
from gulfbrief.model import Document, Window
from gulfbrief.store import connection, sums
from gulfbrief.store.actor_documents import actor_documents, cooccurrence
from gulfbrief.store.actors import all_sentences
from gulfbrief.store.entity_resolution import resolve_entities
from gulfbrief.store.rows import DocumentRows, make_rows
from gulfbrief.store.writer import Writer

PEOPLE = (
    "Salma Haddad", "Omar Haddad", "O. Haddad", "Haddad", "HADDAD", "Omar al-Hadad", "Kim",
    "Ann Kim",
)  # fmt: skip
ROLES = ("", "Harbour Minister ", "Foreign Minister ", "striker ")
STATES = (
    "Oman", "Qatar", "Kuwait", "Haddad Shipping Ltd", "the Foreign Ministry", "the company Ambra",
    "Ambra Shipping Ltd (Ambra)", "Ambra Air Ltd (Ambra)", "the Omani Foreign Ministry",
    "the club BSV Oslo", "the club BSV", "the club BSV Bergen",
)  # fmt: skip
DAYS = (None, "2020-07-01", "2020-07-02", "2021-01-31")

REPORT = (
    "“The port stays open,” said {role}{who} of {state} on Monday.\n\n{who} and {other} will meet"
    " in {state} on Friday. {pronoun} said nothing more.\n"
)


class Report(NamedTuple):
    """What one report says."""

    who: str
    role: str
    state: str
    other: str
    pronoun: str
    published: str | None

    def document(self) -> Document:
        told = self._asdict()
        text = REPORT.format(**told)
        doc = hashlib.sha256(repr(told).encode()).hexdigest()[:12]
        return Document(doc, f"{doc}.txt", text, published=self.published, format="txt")


@cache
def prepared(report: Report) -> tuple[str, DocumentRows]:
    document = report.document()
    return document.id, make_rows([document])[0]


class Step(NamedTuple):
    """One run: the reports there are then, who is judged to be whom, after how many changes it is
    killed (null: it ends well), and how many changes a batch has."""

    files: dict[str, Report]
    decisions: Decisions
    killed: int | None
    batch: int


REPORTS = st.builds(
    Report, st.sampled_from(PEOPLE), st.sampled_from(ROLES), st.sampled_from(STATES),
    st.sampled_from(PEOPLE), st.sampled_from(("He", "She")), st.sampled_from(DAYS),
)  # fmt: skip
JUDGED = (
    Decisions(),
    Decisions().judge("same", "salma-haddad", "ann-kim"),
    Decisions().judge("different", "omar-haddad", "o-haddad").judge("same", "haddad", "kim"),
    Decisions().judge("same", "oman", "haddad"),
)
STEPS = st.builds(
    Step,
    # No two files hold the same bytes here: tests/test_build.py has those.
    st.dictionaries(REPORTS, st.sampled_from("abcdefghijklmnop"), max_size=12).map(
        lambda paths: {path: report for report, path in paths.items()}
    ),
    st.sampled_from(JUDGED),
    st.none() | st.integers(0, 8),
    st.integers(1, 9),
)


class Making:
    """An index in memory that is written without reading files."""

    def __init__(self) -> None:
        self.db = connection.open_to_write(Path(":memory:"))
        self.files: dict[str, Report] = {}

    def run(self, step: Step) -> None:
        writer = Writer(self.db)
        self.db.execute("BEGIN")
        done = 0
        for path in sorted({*self.files, *step.files}):
            old, new = self.files.get(path), step.files.get(path)
            if old == new:
                continue
            if step.killed is not None and done >= step.killed:
                break
            self._change(writer, path, new)
            done += 1
            if done % step.batch == 0:
                self._commit(writer)
        if step.killed is None:
            writer.flush()
            resolve_entities(self.db, step.decisions)
            writer.sweep()
        self._commit(writer)
        self.db.execute("COMMIT")

    def _change(self, writer: Writer, path: str, report: Report | None) -> None:
        for other in [p for p, held in self.files.items() if p == path or held == report]:
            writer.drop_file(writer.open_file(other.encode()))
            del self.files[other]
        if report is not None:
            doc, rows = prepared(report)
            writer.add_document(writer.open_file(path.encode()), doc, path, "", rows)
            self.files[path] = report

    def _commit(self, writer: Writer) -> None:
        writer.flush()
        self.db.execute("COMMIT")
        self.db.execute("BEGIN")

    def sums(self) -> dict[str, Any]:
        """What questions are told of the actors' documents and company, names in place of
        numbers."""
        names = dict(self.db.execute("SELECT id, text FROM name").fetchall())
        docs = dict(self.db.execute("SELECT id, name FROM document").fetchall())
        told: dict[str, Any] = {"": all_sentences(self.db)}
        for (id,) in self.db.execute("SELECT n.text FROM actor a JOIN name n ON n.id = a.id"):
            company = cooccurrence(self.db, id, Window())
            told[id] = (
                {docs[d.document]: d[1:] for d in actor_documents(self.db, id, Window())},
                {names[other]: n for other, n in company.items()},
            )
        return told

    def told(self) -> dict[str, list[Any]]:
        """All that settling writes, with names in place of numbers."""
        return {
            table: self.db.execute(sql).fetchall()
            for table, sql in {
                "actor": "SELECT n.text, m.text, type, mentions, documents, quotes, a.sentences,"
                " first, last, aliases, roles, d.name, start, end, line FROM actor a"
                " JOIN name n ON n.id = a.id JOIN name m ON m.id = a.name"
                " JOIN document d ON d.id = a.document ORDER BY 1",
                "local": "SELECT d.name, l.n, a.text FROM local l JOIN document d"
                " ON d.id = l.document JOIN name a ON a.id = l.actor ORDER BY 1, 2",
                "called": "SELECT word, text FROM called JOIN name ON id = actor ORDER BY 1, 2",
                "name": "SELECT text, uses FROM name ORDER BY 1",
                "word": "SELECT * FROM word ORDER BY 1",
                "left": "SELECT block FROM pending UNION ALL SELECT actor FROM touched"
                " UNION ALL SELECT name FROM freed",
            }.items()
        }


@pytest.fixture(scope="module", autouse=True)
def sums_of_all_in_two_documents() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sums, "MANY", 2)
        yield


@settings(max_examples=60)
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_after_any_changes_actors_are_those_of_an_index_made_anew(steps: list[Step]) -> None:
    last = steps[-1]._replace(killed=None)
    grown, anew = Making(), Making()
    for step in (*steps[:-1], last):
        grown.run(step)
    anew.run(last)
    assert grown.files == anew.files == last.files
    assert grown.told() == anew.told()
    kept = grown.db.execute("SELECT actor FROM sums ORDER BY 1").fetchall()
    assert (
        kept == grown.db.execute("SELECT id FROM actor WHERE documents > 1 ORDER BY 1").fetchall()
    )
    told = grown.sums()
    assert told == anew.sums()
    grown.db.execute("DELETE FROM sums; DELETE FROM meta WHERE key = 'sentences'")
    assert told == grown.sums()  # added up when asked for
