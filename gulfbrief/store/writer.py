"""Rows in and out of the index: what changes tables is here; transactions are the caller's."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from . import words
from .pack import unpack_text
from .prepare import Local, Prepared


class Writer:
    """Writes through one connection. ``flush`` brings in what is gathered for a whole batch."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.fresh: set[str] = set()
        self.gone: set[str] = set()
        self.pending: set[int] = set()
        self.touched: set[int] = set()
        self.uses: Counter[int] = Counter()
        self.names: dict[str, int] = {}

    # ---- files ----------------------------------------------------------------------------

    def open_file(self, key: bytes, path: str) -> int:
        """The file's row, emptied: until ``close_file`` it counts as not read."""
        self.db.execute(
            "INSERT INTO file (key, path) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
            " SET stat = NULL, sha = NULL, error = NULL",
            (key, path),
        )
        return int(self.db.execute("SELECT id FROM file WHERE key = ?", (key,)).fetchone()[0])

    def close_file(
        self, file: int, stat: str | None, sha: bytes | None, published: str | None, rules: str,
        error: str | None = None,
    ) -> None:  # fmt: skip
        self.db.execute(
            "UPDATE file SET stat = ?, sha = ?, published = ?, rules = ?, error = ? WHERE id = ?",
            (stat, sha, published, rules, error, file),
        )

    def drop_file(self, file: int) -> list[int]:
        """Take a file out. Returns the files whose documents it had described for both."""
        orphans = self.empty_file(file)
        self.db.execute("DELETE FROM file WHERE id = ?", (file,))
        return orphans

    def empty_file(self, file: int) -> list[int]:
        """Take out what a file holds. Returns the files that must be read again, since they hold
        the same bytes as a document that was described by this one."""
        db = self.db
        documents = [r[0] for r in db.execute(
            "SELECT DISTINCT document FROM path WHERE file = ?", (file,))]  # fmt: skip
        db.execute("DELETE FROM path WHERE file = ?", (file,))
        again: list[int] = []
        for document in documents:
            other = db.execute(
                "SELECT file FROM path WHERE document = ? ORDER BY path", (document,)
            ).fetchone()
            owner = db.execute("SELECT file FROM document WHERE id = ?", (document,)).fetchone()[0]
            if other is None:
                self.drop_document(document)
            elif owner == file:
                again.append(other[0])
        return again

    # ---- documents ------------------------------------------------------------------------

    def add_document(self, file: int, name: str, path: str, rows: Prepared) -> None:
        """Store a document, or one more path of it; the first path in order describes it."""
        db = self.db
        known = db.execute("SELECT id, path, file FROM document WHERE name = ?", (name,)).fetchone()
        if known is not None:
            paths = [(f, p) for f, p in db.execute(
                "SELECT file, path FROM path WHERE document = ?", (known[0],))]  # fmt: skip
            living = [p for f, p in paths if f == known[2]]
            if living and min(living) <= path:
                db.execute("INSERT OR IGNORE INTO path VALUES (?, ?, ?)", (file, known[0], path))
                return
            self.drop_document(known[0])
        else:
            paths = []
        cursor = db.execute(
            "INSERT INTO document (name, file, path, title, published, published_from, author, url,"
            " tags, language, format, pages, words, sentences, warnings, findings, indexed_at)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (name, file, path, *rows.document, datetime.now(UTC).isoformat(timespec="seconds")),
        )
        document = cursor.lastrowid
        assert document is not None
        db.executemany(
            "INSERT OR IGNORE INTO path VALUES (?, ?, ?)",
            [(f, document, p) for f, p in [*paths, (file, path)]],
        )
        self._add_text(document, rows)
        self._add_findings(document, rows)

    def _add_text(self, document: int, rows: Prepared) -> None:
        db = self.db
        at = self._next("chunk")
        pieces = list(enumerate(rows.chunks, at))
        db.executemany(
            "INSERT INTO chunk VALUES (?, ?, ?, ?, ?)",
            [(i, document, start, line, bounds) for i, (start, line, bounds, *_) in pieces],
        )
        db.executemany("INSERT INTO body VALUES (?, ?)", [(i, p[3]) for i, p in pieces])
        db.executemany(
            "INSERT INTO passage (rowid, text, joined) VALUES (?, ?, ?)",
            [(i, p[4], p[5]) for i, p in pieces],
        )
        self.fresh |= rows.vocabulary

    def _add_findings(self, document: int, rows: Prepared) -> None:
        db = self.db
        first = self._next("local")
        db.executemany(
            "INSERT INTO local VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [self._local(first + i, document, x) for i, x in enumerate(rows.locals)],
        )
        db.executemany(
            "INSERT INTO company VALUES (?, ?, ?)",
            [
                row
                for a, b, n in rows.company
                for row in ((first + a, first + b, n), (first + b, first + a, n))
            ],
        )
        quote = self._next("quote")
        db.executemany(
            "INSERT INTO quote VALUES (?, ?, ?, ?)",
            [(quote + i, document, i, q[0]) for i, q in enumerate(rows.quotes)],
        )
        db.executemany(
            "INSERT INTO wording (rowid, text) VALUES (?, ?)",
            [(quote + i, q[1]) for i, q in enumerate(rows.quotes)],
        )
        db.executemany(
            "INSERT OR IGNORE INTO said VALUES (?, ?, ?)",
            [
                (first + local, quote + i, part)
                for i, q in enumerate(rows.quotes)
                for part, locals_ in (("by", q[2]), ("about", q[3]))
                for local in locals_
            ],
        )
        event = self._next("event")
        db.executemany(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
            [(event + i, document, i, e[0], e[1]) for i, e in enumerate(rows.events)],
        )
        db.executemany(
            "INSERT INTO happened VALUES (?, ?)",
            [(first + local, event + i) for i, e in enumerate(rows.events) for local in e[2]],
        )

    def _local(self, number: int, document: int, x: Local) -> tuple[object, ...]:
        actor = x.actor
        key, name = self.name(actor.key), self.name(actor.name)
        block = self.name(x.block)
        if not actor.known:
            self.pending.add(block)
        self.touched.add(key)
        aliases = None
        if x.aliases and x.aliases != {actor.name: x.mentions}:
            aliases = json.dumps([[self.name(t), n] for t, n in sorted(x.aliases.items())],
                                 separators=(",", ":"))  # fmt: skip
        self.uses.update([key, name, block, *_numbers(aliases)])
        roles = None
        if actor.roles:
            counted = Counter((" ".join(r.text.split()), r.state, r.status) for r in actor.roles)
            roles = json.dumps([[*k, n] for k, n in sorted(counted.items(), key=repr)],
                               separators=(",", ":"), ensure_ascii=False)  # fmt: skip
        return (number, document, key, name, actor.type, int(actor.known), actor.gender, block,
                key, x.mentions, x.quotes, x.sentences, *x.first, aliases, roles)  # fmt: skip

    def name(self, text: str) -> int:
        """The number of a name."""
        number = self.names.get(text)
        if number is None:
            row = self.db.execute("SELECT id FROM name WHERE text = ?", (text,)).fetchone()
            if row is None:
                cursor = self.db.execute("INSERT INTO name (text) VALUES (?)", (text,))
                number = cursor.lastrowid
                assert number is not None
            else:
                number = int(row[0])
            if len(self.names) > 50_000:
                self.names.clear()
            self.names[text] = number
        return number

    def _next(self, table: str) -> int:
        row = self.db.execute(f"SELECT max(id) FROM {table}").fetchone()
        return int(row[0] or 0) + 1

    def drop_document(self, document: int) -> None:
        """Take out a document with all that was found in it."""
        db = self.db
        for chunk, body in db.execute(
            "SELECT chunk.id, body.text FROM chunk JOIN body ON body.id = chunk.id"
            " WHERE chunk.document = ?",
            (document,),
        ).fetchall():
            text = unpack_text(body)
            tokens, joined = words.tokens(text), words.joined(text)
            db.execute(
                "INSERT INTO passage (passage, rowid, text, joined) VALUES ('delete', ?, ?, ?)",
                (chunk, " ".join(tokens), " ".join(joined)),
            )
            self.gone.update(w for w in (*tokens, *joined) if words.correctable(w))
            db.execute("DELETE FROM body WHERE id = ?", (chunk,))
        db.execute("DELETE FROM chunk WHERE document = ?", (document,))
        self._drop_findings(document)
        for table in ("quote", "event", "local", "path"):
            db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        db.execute("DELETE FROM document WHERE id = ?", (document,))

    def _drop_findings(self, document: int) -> None:
        from .reader import unpacked  # the wording of its quotations is needed to take it out

        db = self.db
        _, found = unpacked(db, document)
        quotes = db.execute("SELECT id, n FROM quote WHERE document = ?", (document,)).fetchall()
        db.executemany(
            "INSERT INTO wording (wording, rowid, text) VALUES ('delete', ?, ?)",
            [(q, " ".join(words.tokens(found.quotes[n].content))) for q, n in quotes],
        )
        for local, key, name, block, known, actor, aliases in db.execute(
            "SELECT id, key, name, block, known, actor, aliases FROM local WHERE document = ?",
            (document,),
        ).fetchall():
            db.execute("DELETE FROM said WHERE local = ?", (local,))
            db.execute("DELETE FROM happened WHERE local = ?", (local,))
            db.execute("DELETE FROM company WHERE a = ?", (local,))
            self.touched.add(actor)
            if not known:
                self.pending.add(block)
            self.uses.subtract([key, name, block, *_numbers(aliases)])

    # ---- the vocabulary -------------------------------------------------------------------

    def flush(self) -> None:
        """Bring the vocabulary in line with the words of this batch, and note whom it touched."""
        for table, ids in (("pending", self.pending), ("touched", self.touched)):
            self.db.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES (?)", [(i,) for i in sorted(ids)]
            )
            ids.clear()
        self.db.executemany(
            "UPDATE name SET uses = uses + ? WHERE id = ?",
            [(n, i) for i, n in sorted(self.uses.items()) if n],
        )
        self.uses.clear()
        self._learn(self.fresh)
        self._forget(self.gone - self.fresh)
        self.fresh, self.gone = set(), set()

    def _learn(self, batch: Iterable[str]) -> None:
        db = self.db
        known = db.execute
        new = [w for w in sorted(batch)
               if not known("SELECT 1 FROM word WHERE word = ?", (w,)).fetchone()]  # fmt: skip
        db.executemany("INSERT INTO word VALUES (?, ?)", [(w, words.sound(w)) for w in new])
        prefixes = {w[: words.PREFIX] for w in new}
        db.executemany(
            "INSERT OR IGNORE INTO deletion VALUES (?, ?)",
            [(key, p) for p in sorted(prefixes) for key in set(words.deletions(p))],
        )

    def _forget(self, batch: Iterable[str]) -> None:
        db = self.db
        for word in sorted(batch):
            if db.execute("SELECT 1 FROM vocabulary WHERE term = ?", (word,)).fetchone():
                continue
            db.execute("DELETE FROM word WHERE word = ?", (word,))
            prefix = word[: words.PREFIX]
            if (
                len(word) < words.PREFIX
                or not db.execute(
                    "SELECT 1 FROM word WHERE word >= ? AND word < ?",
                    (prefix, prefix + "\U0010ffff"),
                ).fetchone()
            ):
                db.executemany(
                    "DELETE FROM deletion WHERE key = ? AND prefix = ?",
                    [(key, prefix) for key in set(words.deletions(prefix))],
                )


def sweep(db: sqlite3.Connection) -> None:
    """Forget the names that nobody bears any more; for when all actors are settled."""
    db.execute(
        "DELETE FROM name WHERE uses = 0 AND NOT EXISTS"
        " (SELECT 1 FROM local WHERE local.actor = name.id)"
    )


def _numbers(aliases: str | None) -> list[int]:
    return [number for number, _ in json.loads(aliases)] if aliases else []
