-- The index: one SQLite file. Everything that a question needs is found at index time.
-- A number in `user_version` names this schema; store/schema.py holds the steps between numbers.

-- Settings of the index itself: roots (the folders that were given), settled (documents at the
-- last settling of actors).
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files as they were when read. `key` is the path in the file system's own bytes, below the
-- folder of the index; `stat` (size, times, the sidecar's too) is null while a file is read.
CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  path TEXT NOT NULL,
  stat TEXT,
  sha BLOB,
  published TEXT,
  rules TEXT,
  error TEXT
);

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  file INTEGER NOT NULL,
  path TEXT NOT NULL,
  title TEXT,
  published TEXT,
  published_from TEXT,
  author TEXT,
  url TEXT,
  tags TEXT,
  language TEXT,
  format TEXT NOT NULL,
  pages TEXT,
  words INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  warnings TEXT,
  indexed_at TEXT NOT NULL,
  findings BLOB NOT NULL
);
CREATE INDEX document_published ON document (published);

-- Where a document lies: equal bytes are one document with several paths.
CREATE TABLE path (
  file INTEGER NOT NULL,
  document INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (file, document, path)
) WITHOUT ROWID;
CREATE INDEX path_document ON path (document);

-- A document's text in pieces of whole sentences. `start` counts code points, `line` from 1;
-- `sentences` holds their bounds (store/chunks.py).
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  start INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sentences BLOB NOT NULL
);
CREATE INDEX chunk_document ON chunk (document);
CREATE TABLE body (id INTEGER PRIMARY KEY, text BLOB NOT NULL);

-- Words of the pieces, folded by store/words.py; `joined` holds compounds written as one word.
CREATE VIRTUAL TABLE passage USING fts5 (text, joined, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (passage, 'row');

-- The vocabulary for correcting a query: words, how they sound, and the beginnings of words under
-- all strings that one or two deletions make of them.
CREATE TABLE word (word TEXT PRIMARY KEY, sound TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX word_sound ON word (sound);
CREATE TABLE deletion (key TEXT, prefix TEXT, PRIMARY KEY (key, prefix)) WITHOUT ROWID;

-- Names are kept once; `uses` counts the rows of table local that refer to them, actors aside.
CREATE TABLE name (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX name_unused ON name (id) WHERE uses = 0;

-- An actor as one document knows it; `actor` is who that is in the whole index. key, name, block
-- and actor are name ids; start, end and line are those of its first mention. aliases: JSON [[name id, count], ...]; roles: JSON rows, null for none.
CREATE TABLE local (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  key INTEGER NOT NULL,
  name INTEGER NOT NULL,
  type TEXT NOT NULL,
  known INTEGER NOT NULL,
  gender TEXT,
  block INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  quotes INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  start INTEGER,
  end INTEGER,
  line INTEGER,
  aliases TEXT,
  roles TEXT
);
CREATE INDEX local_document ON local (document);
CREATE INDEX local_actor ON local (actor);
CREATE INDEX local_block ON local (block, known);
CREATE TABLE pending (block INTEGER PRIMARY KEY);
CREATE TABLE touched (actor INTEGER PRIMARY KEY);

-- An actor over the whole index, as store/settle.py sums it up. `sentences` name it.
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  quotes INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  aliases TEXT NOT NULL,
  roles TEXT NOT NULL,
  document INTEGER NOT NULL,
  start INTEGER,
  end INTEGER,
  line INTEGER
);

-- Sentences that name both of two actors of a document (both ways round).
CREATE TABLE company (
  a INTEGER, b INTEGER, sentences INTEGER NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;

-- Where findings stand: `n` counts within the document's findings.
CREATE TABLE quote (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL
);
CREATE INDEX quote_document ON quote (document);
CREATE VIRTUAL TABLE wording USING fts5 (text, content='', tokenize='ascii');
CREATE TABLE said (
  local INTEGER, quote INTEGER, part TEXT, PRIMARY KEY (local, part, quote)
) WITHOUT ROWID;
CREATE TABLE event (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, n INTEGER NOT NULL, start TEXT, end TEXT
);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_start ON event (start);
CREATE TABLE happened (local INTEGER, event INTEGER, PRIMARY KEY (local, event)) WITHOUT ROWID;
