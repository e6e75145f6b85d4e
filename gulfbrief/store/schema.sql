-- The index: one SQLite file. Everything that a question needs is found at index time.
-- A number in `user_version` names this schema (store/schema.py).
-- BLOBs of numbers are those of store/varints.py; texts and findings those of store/codec.py.

-- Notes of the index on itself: roots (the paths that were given), settled (how many documents
-- there were when actors were last resolved), judged (the decisions that actors were resolved with),
-- sentences (of all documents that are summed),
-- place (where it was made: paths elsewhere are not kept by a copy), follow_links, excluded (JSON:
-- the patterns of what is left out),
-- anew (an older index is being rebuilt; 1 where a document had come from standard input).
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files as they were when read. `path` is in the file system's own bytes, below the folder of the
-- index; `stat` stands for size and times, the sidecar's too: null where the file is to be read, all
-- bits inverted where it had changed so shortly before that its bytes are to be compared (as git
-- does with racy entries). `error` says why nothing of it is held, `tries` for how many runs in a row
-- that was something that may pass.
CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE,
  stat INTEGER,
  sha BLOB,
  published TEXT,
  rules INTEGER,
  error TEXT,
  tries INTEGER NOT NULL DEFAULT 0
);

-- `indexed_at` is when the run began that first read the document, in s since 1970, another for each
-- run. `kinds` has a letter for each quotation (d, m, i; large where it is no statement), `company` a triple for each two actors that
-- sentences name together: their numbers in table local, and in how many sentences.
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
  pages BLOB,
  words INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  kinds TEXT,
  company BLOB,
  warnings TEXT,
  indexed_at INTEGER NOT NULL,
  findings BLOB NOT NULL
);
CREATE INDEX document_published ON document (published, path);
CREATE INDEX document_indexed_at ON document (indexed_at);

-- Where a document lies: equal bytes are one document with several paths. `member` is what stands
-- behind the file's path for a document within a file.
CREATE TABLE path (
  file INTEGER NOT NULL,
  document INTEGER NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (file, document, member)
) WITHOUT ROWID;
CREATE INDEX path_document ON path (document);

-- A document's text in segments of whole sentences. `start` counts code points; `line` and `column`,
-- where that is, count from 1;
-- `sentences` holds their bounds (store/segmentation.py).
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  start INTEGER NOT NULL,
  line INTEGER NOT NULL,
  column INTEGER NOT NULL,
  sentences BLOB NOT NULL
);
CREATE INDEX chunk_document ON chunk (document);
CREATE TABLE body (id INTEGER PRIMARY KEY, text BLOB NOT NULL);

-- Tokens of the segments, made by store/tokeniser.py; `joined` holds compounds written as one word,
-- `heading` in a document's first segment what its title, author and keywords say (store/heading.py).
CREATE VIRTUAL TABLE passage USING fts5 (text, joined, heading, content='', tokenize='ascii');
-- A leaf fits a page of the file, with its checksum; one of FTS5's own size (4050) spills into another.
INSERT INTO passage (passage, rank) VALUES ('pgsz', 4032);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (passage, 'row');

-- The vocabulary for correcting a query: words, how they sound, in how many pieces they stand, and
-- the beginnings of words under all strings that up to two deletions make of them, as what was
-- deleted (store/spelling.py).
CREATE TABLE word (
  word TEXT PRIMARY KEY, sound TEXT NOT NULL, pieces INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX word_sound ON word (sound);
CREATE TABLE deletion (key TEXT PRIMARY KEY, prefixes TEXT NOT NULL) WITHOUT ROWID;

-- Names are kept once; `uses` counts the rows of table local that refer to them, actors aside.
CREATE TABLE name (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE freed (name INTEGER PRIMARY KEY); -- names that may have lost their last use

-- An actor as one document knows it (`n` counts within it); `actor` is who that is in the whole
-- index. name, key and actor are name ids; key is null where it is the slug of the name. `block`
-- is the number of the block that decides who it is (link/). start, end, line and column are those
-- of its first mention. `adjectives` counts where a state stands as an adjective or by its people,
-- which are no mentions: a row may have nothing else. `says` and `thinks` are its statements and its other
-- quotations (thoughts, attitudes), `subject` the quotations about it, `events` the
-- events that name it, as places among those of the document. aliases: JSON [[name id, count],
-- ...], null where it has its name only; roles: JSON [[text, state, status, count], ...].
CREATE TABLE local (
  document INTEGER NOT NULL,
  n INTEGER NOT NULL,
  key INTEGER,
  name INTEGER NOT NULL,
  type INTEGER NOT NULL,
  known INTEGER NOT NULL,
  gender TEXT,
  block INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  adjectives INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  start INTEGER,
  end INTEGER,
  line INTEGER,
  column INTEGER,
  says BLOB,
  thinks BLOB,
  subject BLOB,
  events BLOB,
  aliases TEXT,
  roles TEXT,
  PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX local_actor ON local (actor);
CREATE INDEX local_events ON local (actor) WHERE events IS NOT NULL;
CREATE INDEX local_block ON local (block, known);
-- What is yet to be resolved: blocks, and actors whose sums changed.
CREATE TABLE pending (block INTEGER PRIMARY KEY);
CREATE TABLE touched (actor INTEGER PRIMARY KEY);

-- An actor over the whole index, as store/entity_resolution.py sums it up. `sentences` name it; aliases and
-- roles are null where there is only the name, or no role; id and name are name ids.
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name INTEGER NOT NULL,
  type INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  adjectives INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  quotes INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  aliases TEXT,
  roles TEXT,
  document INTEGER NOT NULL,
  start INTEGER,
  end INTEGER,
  line INTEGER,
  column INTEGER
);

CREATE INDEX actor_many ON actor (documents) WHERE documents >= 128; -- as sums.MANY has it

-- Sums kept of the actors that many documents know (store/sums.py), zlib-packed JSON of columns of
-- numbers. documents: their numbers, each as what it is more than the one before, mentions, statements
-- by and about the actor, day of publication. company: the actors that sentences name with it, told
-- the same way, and how many do. The sentences of all documents stand in meta. unsummed: documents that
-- do not count yet.
CREATE TABLE sums (
  actor INTEGER PRIMARY KEY, documents BLOB NOT NULL, company BLOB NOT NULL
);
CREATE TABLE unsummed (document INTEGER PRIMARY KEY);

-- The words of an actor's id, names and aliases, folded (fold.words).
CREATE TABLE called (word TEXT, actor INTEGER, PRIMARY KEY (word, actor)) WITHOUT ROWID;

-- Where dated events stand: first and last day as numbers, null where open on that side; `place` is
-- the offset of the clause in the text, `past` whether it is told as past, `role` h(appening),
-- s(tatement) or b(ackground).
CREATE TABLE event (
  document INTEGER NOT NULL,
  n INTEGER NOT NULL,
  start INTEGER,
  end INTEGER,
  place INTEGER NOT NULL,
  past INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX event_start ON event (start);
