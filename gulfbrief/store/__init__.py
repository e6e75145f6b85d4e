"""The store, one SQLite file: ``build.build`` writes it, ``reader.Index`` reads it."""
