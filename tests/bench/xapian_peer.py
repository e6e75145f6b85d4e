"""Xapian beside gulfbrief: reads paths up to an empty line and indexes them, then a query a line.

Answers each with paths and an empty line; run by peers.py in a Python that has Xapian's module.
"""

from __future__ import annotations

import sys
from itertools import takewhile
from pathlib import Path

import xapian  # type: ignore[import-not-found]


def main() -> None:
    lines = (line.rstrip("\n") for line in sys.stdin)
    db = xapian.WritableDatabase(sys.argv[1], xapian.DB_CREATE)
    terms = xapian.TermGenerator()
    terms.set_database(db)
    terms.set_flags(xapian.TermGenerator.FLAG_SPELLING)
    for path in takewhile(bool, lines):
        document = xapian.Document()
        document.set_data(path)
        terms.set_document(document)
        terms.index_text(Path(path).read_text("utf-8"))
        db.add_document(document)
    db.commit()
    print(flush=True)
    for query in filter(None, lines):
        print(*ask(db, query), "", sep="\n", flush=True)


def ask(db: xapian.Database, query: str) -> list[str]:
    parser = xapian.QueryParser()
    parser.set_database(db)
    parsed = parser.parse_query(query, xapian.QueryParser.FLAG_SPELLING_CORRECTION)
    corrected = parser.get_corrected_query_string().decode()
    if corrected:
        parsed = parser.parse_query(corrected)
    enquire = xapian.Enquire(db)
    enquire.set_query(parsed)
    return [m.document.get_data().decode() for m in enquire.get_mset(0, 10)]


if __name__ == "__main__":
    main()
