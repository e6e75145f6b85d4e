"""Rows in and out of the index: what changes tables is here; transactions are the caller's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from time import time

from . import spelling, tokeniser
from .codec import pack_json, unpack_text
from .heading import heading_tokens
from .keys import path_text
from .pages import Database
from .rows import ActorRow, DocumentRows
from .sums import Sums

NOBODY = 0
"""Stands in document.file where the file that described a document is gone."""


class Writer:
    """Writes through one connection. ``flush`` brings in what is gathered for a whole batch."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.vocabulary: Counter[str] = Counter()
        self.sums = Sums(db)
        self.pending: set[int] = set()
        self.touched: set[int] = set()
        self.uses: Counter[int] = Counter()
        self.names: dict[str, int] = {}
        last = db.execute("SELECT max(indexed_at) FROM document").fetchone()[0]
        self.began = max(int(time()), int(last or 0) + 1)
        self.known: dict[str, int] = {}  # documents that this run took out, with their indexed_at
        self.chunks = int(db.execute("SELECT max(id) FROM chunk").fetchone()[0] or 0)

    # ---- files ----------------------------------------------------------------------------

    def open_file(self, path: bytes) -> int:
        """The file's row, emptied: until ``close_file`` it counts as not read.

        No RETURNING: for it SQLite would write out the words gathered for the full text each time.
        """
        row = self.db.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        if row is None:
            self.db.execute("INSERT INTO file (path) VALUES (?)", (path,))
            return self.db.last_insert_rowid()
        self.db.execute("UPDATE file SET stat = NULL, sha = NULL, error = NULL WHERE id = ?", row)
        return int(row[0])

    def close_file(
        self, file: int, stat: int | None, sha: bytes | None, published: str | None, rules: int,
        error: str | None = None, tries: int = 0,
    ) -> None:  # fmt: skip
        self.db.execute(
            "UPDATE file SET stat = ?, sha = ?, published = ?, rules = ?, error = ?, tries = ?"
            " WHERE id = ?",
            (stat, sha, published, rules, error, tries, file),
        )

    def passing_failures(self, file: int) -> int:
        """How often in a row a file failed for what may pass."""
        row = self.db.execute("SELECT tries FROM file WHERE id = ?", (file,)).fetchone()
        return int(row[0])

    def holds_documents(self, file: int) -> bool:
        row = self.db.execute("SELECT 1 FROM path WHERE file = ? LIMIT 1", (file,)).fetchone()
        return row is not None

    def drop_file(self, file: int) -> list[int]:
        """Take a file out. Returns the files whose documents it had described for both."""
        orphans = self.empty_file(file)
        self.db.execute("DELETE FROM file WHERE id = ?", (file,))
        return orphans

    def empty_file(self, file: int) -> list[int]:
        """Take out what a file holds. Returns the files that must be read again, since they hold
        the same bytes as a document that was described by this one; until then the document stands
        under the path of the first of them, and that file counts as not read."""
        db = self.db
        documents = [r[0] for r in db.execute(
            "SELECT DISTINCT document FROM path WHERE file = ?", (file,))]  # fmt: skip
        db.execute("DELETE FROM path WHERE file = ?", (file,))
        again: list[int] = []
        for document in documents:
            others = db.execute(
                "SELECT p.file, f.path, p.member FROM path p JOIN file f ON f.id = p.file"
                " WHERE p.document = ? ORDER BY f.path, p.member",
                (document,),
            ).fetchall()
            owner = db.execute("SELECT file FROM document WHERE id = ?", (document,)).fetchone()[0]
            if not others:
                self.drop_document(document)
            elif all(owner != other for other, _, _ in others):
                other, path, member = others[0]
                again.append(other)
                # What came from standard input cannot be read again: it describes the document.
                db.execute(
                    "UPDATE document SET file = ?, path = ? WHERE id = ?",
                    (other if path == b"-" else NOBODY, path_text(path) + member, document),
                )
                if path != b"-":
                    db.execute("UPDATE file SET stat = NULL, sha = NULL WHERE id = ?", (other,))
        return again

    # ---- documents ------------------------------------------------------------------------

    def add_document(
        self, file: int, name: str, path: str, member: str, rows: DocumentRows
    ) -> None:
        """Store a document, or one more path of it; the first path in order describes it."""
        db = self.db
        known = db.execute("SELECT id, path, file FROM document WHERE name = ?", (name,)).fetchone()
        paths: list[tuple[int, str]] = []
        if known is not None:
            paths = db.execute(
                "SELECT file, member FROM path WHERE document = ?", (known[0],)
            ).fetchall()
            if known[1] <= path and any(f == known[2] for f, _ in paths):
                db.execute("INSERT OR IGNORE INTO path VALUES (?, ?, ?)", (file, known[0], member))
                return
            self.drop_document(known[0])
        db.execute(
            "INSERT INTO document (name, file, path, title, published, published_from, author, url,"
            " tags, language, format, pages, words, sentences, kinds, company, warnings, findings,"
            " indexed_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (name, file, path, *rows.document, self.known.pop(name, self.began)),
        )
        document = db.last_insert_rowid()
        db.executemany(
            "INSERT OR IGNORE INTO path VALUES (?, ?, ?)",
            [(f, document, m) for f, m in [*paths, (file, member)]],
        )
        db.execute("INSERT INTO unsummed VALUES (?)", (document,))
        self._add_text(document, rows)
        db.executemany(
            "INSERT INTO local VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            self._locals(document, rows.locals),
        )
        db.executemany(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(document, n, *told) for n, told in enumerate(rows.events)],
        )

    def _add_text(self, document: int, rows: DocumentRows) -> None:
        db = self.db
        pieces = list(enumerate(rows.chunks, self.chunks + 1))
        self.chunks += len(pieces)
        db.executemany(
            "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)",
            [(i, document, *piece[:4]) for i, piece in pieces],
        )
        db.executemany("INSERT INTO body VALUES (?, ?)", [(i, p[4]) for i, p in pieces])
        db.executemany(
            "INSERT INTO passage (rowid, text, joined, heading) VALUES (?, ?, ?, ?)",
            [(i, *piece[5:]) for i, piece in pieces],
        )
        self.vocabulary.update(rows.vocabulary.split())

    def _locals(self, document: int, rows: Sequence[ActorRow]) -> list[tuple[object, ...]]:
        """The rows of table local, the names by their numbers."""
        out: list[tuple[object, ...]] = []
        used: list[int] = []
        for n, x in enumerate(rows):
            actor, name = self.name(x.own_key), self.name(x.name)
            if not x.known:
                self.pending.add(x.block)
            self.touched.add(actor)
            used.append(name)
            if x.key is not None:
                used.append(actor)
            aliases = None
            if x.aliases is not None:
                counted = [(self.name(text), n) for text, n in x.aliases]
                used += [number for number, _ in counted]
                aliases = pack_json(counted)
            out.append((
                document, n, None if x.key is None else actor, name, x.type, int(x.known),
                x.gender, x.block, actor, x.mentions, x.adjectives, x.sentences, *x.first,
                x.says, x.thinks, x.subject, x.events, aliases, x.roles,
            ))  # fmt: skip
        self.uses.update(used)
        return out

    def name(self, text: str) -> int:
        """The number of a name."""
        number = self.names.get(text)
        if number is None:
            row = self.db.execute("SELECT id FROM name WHERE text = ?", (text,)).fetchone()
            if row is None:
                self.db.execute("INSERT INTO name (text) VALUES (?)", (text,))
                number = self.db.last_insert_rowid()
            else:
                number = int(row[0])
            if len(self.names) > 50_000:
                self.names.clear()
            self.names[text] = number
        return number

    def drop_document(self, document: int) -> None:
        """Take out a document with all that was found in it."""
        db = self.db
        name, at, title, author, tags = db.execute(
            "SELECT name, indexed_at, title, author, tags FROM document WHERE id = ?", (document,)
        ).fetchone()
        self.known[name] = at
        self.sums.drop(document)
        for chunk, start, body in db.execute(
            "SELECT chunk.id, chunk.start, body.text FROM chunk JOIN body ON body.id = chunk.id"
            " WHERE chunk.document = ?",
            (document,),
        ).fetchall():
            text = unpack_text(body)
            told = json.loads(tags) if tags else ()
            heading = heading_tokens(title, author, told, text) if start == 0 else []
            tokens, joined = tokeniser.tokens(text), tokeniser.compound_words(text)
            db.execute(
                "INSERT INTO passage (passage, rowid, text, joined, heading)"
                " VALUES ('delete', ?, ?, ?, ?)",
                (chunk, " ".join(tokens), " ".join(joined), " ".join(heading)),
            )
            self.vocabulary.subtract({t for t in (*tokens, *heading) if spelling.correctable(t)})
            db.execute("DELETE FROM body WHERE id = ?", (chunk,))
        db.execute("DELETE FROM chunk WHERE document = ?", (document,))
        for key, name, block, known, actor, aliases in db.execute(
            "SELECT key, name, block, known, actor, aliases FROM local WHERE document = ?",
            (document,),
        ):
            self.touched.add(actor)
            if not known:
                self.pending.add(block)
            self.uses.subtract([*([key] if key else []), name, *_numbers(aliases)])
        for table in ("event", "local", "path"):
            db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        db.execute("DELETE FROM document WHERE id = ?", (document,))

    # ---- the vocabulary -------------------------------------------------------------------

    def flush(self) -> None:
        """Bring the vocabulary and the sums in line with this batch, and note whom it touched."""
        for table, ids in (("pending", self.pending), ("touched", self.touched)):
            self.db.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES (?)", [(i,) for i in sorted(ids)]
            )
            ids.clear()
        self.db.executemany(
            "UPDATE name SET uses = uses + ? WHERE id = ?",
            [(n, i) for i, n in sorted(self.uses.items()) if n],
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO freed VALUES (?)", [(i,) for i, n in self.uses.items() if n < 0]
        )
        self.uses.clear()
        self.sums.put()
        self._learn()

    def _learn(self) -> None:
        """Bring the words and their counts in line with what came and went."""
        db, counts = self.db, sorted((w, n) for w, n in self.vocabulary.items() if n)
        self.vocabulary.clear()
        db.executemany(
            "INSERT INTO word VALUES (?, '', ?)"
            " ON CONFLICT (word) DO UPDATE SET pieces = pieces + excluded.pieces",
            counts,
        )
        new = [word for (word,) in db.execute("SELECT word FROM word WHERE sound = ''")]
        db.executemany(
            "UPDATE word SET sound = ? WHERE word = ?",
            [(spelling.phonetic_key(w), w) for w in sorted(new)],
        )
        prefixes = [p for p in sorted({w[: spelling.PREFIX] for w in new}) if not self._holds(p)]
        variants: dict[str, str] = {}
        for prefix in prefixes:
            for key, told in spelling.deletion_variants(prefix).items():
                variants[key] = variants.get(key, "") + told
        db.executemany(
            "INSERT INTO deletion VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET prefixes = prefixes || excluded.prefixes",
            sorted(variants.items()),
        )
        for word in (w for w, n in counts if n < 0):
            db.execute("DELETE FROM word WHERE word = ? AND pieces <= 0", (word,))
            if db.changes():
                self._forget(word[: spelling.PREFIX])

    def _holds(self, prefix: str) -> bool:
        """Whether a prefix stands under its deletions already: first under itself, with nothing
        deleted, of which 0 tells (no word has it)."""
        row = self.db.execute("SELECT prefixes FROM deletion WHERE key = ?", (prefix,)).fetchone()
        return row is not None and "0" in row[0]

    def _forget(self, prefix: str) -> None:
        """Drop a prefix if no word begins with it any more."""
        last = prefix if len(prefix) < spelling.PREFIX else prefix + "\U0010ffff"
        if not self.db.execute(
            "SELECT 1 FROM word WHERE word BETWEEN ? AND ?", (prefix, last)
        ).fetchone():
            for key, told in spelling.deletion_variants(prefix).items():
                row = self.db.execute("SELECT prefixes FROM deletion WHERE key = ?", (key,))
                left = "".join([one for one in spelling.deleted(row.fetchone()[0]) if one != told])
                self.db.execute("UPDATE deletion SET prefixes = ? WHERE key = ?", (left, key))
            self.db.execute("DELETE FROM deletion WHERE prefixes = ''")

    def sweep(self) -> None:
        """Forget the names that nobody bears any more; for when all actors are resolved."""
        self.db.execute(
            "DELETE FROM name WHERE id IN (SELECT name FROM freed) AND uses = 0"
            " AND NOT EXISTS (SELECT 1 FROM local WHERE local.actor = name.id)"
        )
        self.db.execute("DELETE FROM freed")
        self.names.clear()  # a number that is gone must not be given again


def _numbers(aliases: str | None) -> list[int]:
    return [number for number, _ in json.loads(aliases)] if aliases else []
