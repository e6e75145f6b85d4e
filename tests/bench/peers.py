"""Other ways to search the same texts, each with ``build`` and ``ask``, for comparison."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

Ask = Callable[[str], list[str]]
_WORD = re.compile(r"\w+")


def peers() -> dict[str, type[Peer]]:
    """The peers that are installed here, by name."""
    found: dict[str, type[Peer]] = {"FTS5 alone": Fts5}
    try:
        import tantivy  # noqa: F401

        found["tantivy, fuzzy"] = Tantivy
    except ImportError:
        pass
    try:
        import xapian  # noqa: F401

        found["xapian, spelling"] = Xapian
    except ImportError:
        pass
    if shutil.which("rg"):
        found["ripgrep"] = Ripgrep
    return found


class Peer:
    """An index of the files of a folder, made in ``place``; answers with paths, the best first."""

    ranks = True

    def __init__(self, place: Path) -> None:
        self.place = place

    def build(self, paths: list[Path]) -> None:
        raise NotImplementedError

    def ask(self, query: str) -> list[str]:
        raise NotImplementedError


class Fts5(Peer):
    """SQLite's full-text index with nothing around it: any of the words, ranked by BM25."""

    def build(self, paths: list[Path]) -> None:
        self.db = sqlite3.connect(self.place / "fts5.db")
        self.db.execute("CREATE VIRTUAL TABLE t USING fts5 (text, path UNINDEXED)")
        self.db.executemany(
            "INSERT INTO t VALUES (?, ?)", ((p.read_text("utf-8"), str(p)) for p in paths)
        )
        self.db.commit()

    def ask(self, query: str) -> list[str]:
        match = " OR ".join(f'"{w}"' for w in _WORD.findall(query))
        rows = self.db.execute(
            "SELECT path FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,)
        )
        return [r[0] for r in rows]


class Tantivy(Peer):
    """tantivy with fuzzy terms: one slip up to four letters, else two, exchanges counted once."""

    def build(self, paths: list[Path]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text")
        schema.add_text_field("path", stored=True, tokenizer_name="raw")
        self.schema = schema.build()
        (self.place / "tantivy").mkdir()
        self.index = tantivy.Index(self.schema, path=str(self.place / "tantivy"))
        writer = self.index.writer(heap_size=256_000_000, num_threads=2)
        for path in paths:
            writer.add_document(tantivy.Document(text=path.read_text("utf-8"), path=str(path)))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, query: str) -> list[str]:
        import tantivy

        parts = [
            (
                tantivy.Occur.Should,
                tantivy.Query.fuzzy_term_query(
                    self.schema, "text", w.lower(), distance=1 if len(w) <= 4 else 2,
                    transposition_cost_one=True,
                ),
            )
            for w in _WORD.findall(query)
        ]  # fmt: skip
        hits = self.searcher.search(tantivy.Query.boolean_query(parts), 10).hits
        return [self.searcher.doc(address)["path"][0] for _, address in hits]


class Xapian(Peer):
    """Xapian with its spelling correction, ranked by its BM25."""

    def build(self, paths: list[Path]) -> None:
        import xapian

        self.db = xapian.WritableDatabase(str(self.place / "xapian"), xapian.DB_CREATE)
        terms = xapian.TermGenerator()
        terms.set_database(self.db)
        terms.set_flags(xapian.TermGenerator.FLAG_SPELLING)
        for path in paths:
            document = xapian.Document()
            document.set_data(str(path))
            terms.set_document(document)
            terms.index_text(path.read_text("utf-8"))
            self.db.add_document(document)
        self.db.commit()

    def ask(self, query: str) -> list[str]:
        import xapian

        parser = xapian.QueryParser()
        parser.set_database(self.db)
        parsed = parser.parse_query(query, xapian.QueryParser.FLAG_SPELLING_CORRECTION)
        corrected = parser.get_corrected_query_string()
        if corrected:
            parsed = parser.parse_query(corrected)
        enquire = xapian.Enquire(self.db)
        enquire.set_query(parsed)
        return [m.document.get_data().decode() for m in enquire.get_mset(0, 10)]


class Ripgrep(Peer):
    """ripgrep reads every file for every question; it finds the words as typed, in any case."""

    ranks = False

    def build(self, paths: list[Path]) -> None:
        self.folder = paths[0].parent.parent

    def ask(self, query: str) -> list[str]:
        done = subprocess.run(
            ["rg", "-il", "--fixed-strings", "--", query, str(self.folder)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout.splitlines()[:10]
