"""Other ways to search the same texts, each with ``build`` and ``ask``, for comparison."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
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
    if Xapian.python():
        found["xapian, spelling"] = Xapian
    if shutil.which("recollindex") and shutil.which("recollq"):
        found["recoll (a process a query)"] = Recoll
    if shutil.which("rg"):
        found["ripgrep (a process a query)"] = Ripgrep
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

    def close(self) -> None:
        """End what ``build`` began."""


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
    """Xapian with its spelling correction, ranked by its BM25, in a Python that has its module."""

    @staticmethod
    @cache
    def python() -> str | None:
        """A Python that can import xapian: this one, or that of the system."""
        for python in (sys.executable, "/usr/bin/python3"):
            if shutil.which(python):
                done = subprocess.run([python, "-c", "import xapian"], capture_output=True)
                if not done.returncode:
                    return python
        return None

    def build(self, paths: list[Path]) -> None:
        child = Path(__file__).with_name("xapian_peer.py")
        self.child = subprocess.Popen(
            [str(self.python()), str(child), str(self.place / "xapian")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._told("\n".join(map(str, paths)) + "\n")

    def ask(self, query: str) -> list[str]:
        return self._told(query)

    def _told(self, text: str) -> list[str]:
        """What the child answers, up to an empty line."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(text + "\n")
        self.child.stdin.flush()
        return list(iter(lambda: self.child.stdout.readline().rstrip("\n"), ""))  # type: ignore[union-attr]

    def close(self) -> None:
        self.child.communicate()


class Recoll(Peer):
    """Recoll's command line: any of the words with their stems, ranked."""

    def build(self, paths: list[Path]) -> None:
        self.settings = self.place / "recoll"
        self.settings.mkdir()
        (self.settings / "recoll.conf").write_text(f"topdirs = {paths[0].parent.parent}\n")
        subprocess.run(["recollindex", "-c", str(self.settings)], capture_output=True, check=True)

    def ask(self, query: str) -> list[str]:
        command = ["recollq", "-c", str(self.settings), "-o", "-b", "-n", "10", query]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return [line.removeprefix("file://") for line in done.stdout.splitlines()]


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
