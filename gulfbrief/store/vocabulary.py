"""The words of the index, and those that a typed word may have been meant for."""

from __future__ import annotations

import json
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from . import spelling
from .pages import Database

LEAST_STEM = 3


class Vocabulary:
    """Look-ups in the vocabulary of one index; each answer is kept."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.frequency = lru_cache(4096)(self._frequency)
        self.has_phrase = lru_cache(1024)(self._has_phrase)
        self.within_edits = lru_cache(1024)(self._within_edits)
        self.homophones = lru_cache(1024)(self._homophones)
        self.inflections = lru_cache(1024)(self._inflections)

    def _frequency(self, word: str) -> int:
        """In how many passages ``word`` stands."""
        row = self.db.execute("SELECT pieces FROM word WHERE word = ?", (word,)).fetchone()
        if row is None:  # a number, or a compound written as one word
            row = self.db.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def _has_phrase(self, tokens: tuple[str, ...]) -> int:
        """1 where the words follow one another somewhere."""
        row = self.db.execute(
            "SELECT 1 FROM passage WHERE passage MATCH ? LIMIT 1", (f'"{" ".join(tokens)}"',)
        ).fetchone()
        return int(row is not None)

    def _within_edits(self, word: str) -> tuple[tuple[str, int], ...]:
        """Other words at most ``spelling.max_edits`` slips from ``word``, with their slips (optimal
        string alignment), fewest first, then commoner ones first."""
        if not spelling.correctable(word):
            return ()
        most = spelling.max_edits(word)
        candidates = self._candidates(word, most)
        found = process.extract(
            word, list(candidates), scorer=OSA.distance, score_cutoff=most, limit=None
        )
        near = sorted((int(slips), -candidates[other], other) for other, slips, _ in found)
        return tuple((other, slips) for slips, _, other in near if other != word)

    def _candidates(self, word: str, most: int) -> dict[str, int]:
        """Words that may be at most ``most`` slips away, with the number of their passages."""
        keys = sorted(spelling.deletion_variants(word, most))
        marks = ",".join("?" * len(keys))
        prefixes = {
            prefix
            for key, told in self.db.execute(
                f"SELECT key, prefixes FROM deletion WHERE key IN ({marks})", keys
            )
            for prefix in spelling.restored(key, told, most)
        }
        rows = self.db.execute(
            "SELECT w.word, w.pieces FROM json_each(?) d CROSS JOIN word w ON w.word >= d.value"
            " AND w.word <= CASE WHEN length(d.value) < ? THEN d.value"
            " ELSE d.value || char(1114111) END WHERE length(w.word) BETWEEN ? AND ?",
            (json.dumps(sorted(prefixes)), spelling.PREFIX, len(word) - most, len(word) + most),
        )
        return dict(rows.fetchall())

    def _homophones(self, word: str) -> tuple[str, ...]:
        """Other words that sound like ``word``: a name in another transliteration."""
        sound = spelling.phonetic_key(word)
        if len(sound) < 3 or not spelling.correctable(word):
            return ()
        rows = self.db.execute("SELECT word FROM word WHERE sound = ?", (sound,))
        found = process.extract(
            word, [w for (w,) in rows if w != word], scorer=fuzz.ratio, score_cutoff=60, limit=None
        )
        return tuple(other for other, _, _ in found)

    def _inflections(self, word: str) -> tuple[str, ...]:
        """Other forms of ``word``: the same stem with another ending."""
        if len(word) < LEAST_STEM + 1 or not word.isascii() or not word.isalpha():
            return ()
        forms = {form for stem in _stems(word) for form in _forms(stem)} - {word}
        marks = ",".join("?" * len(forms))
        rows = self.db.execute(f"SELECT word FROM word WHERE word IN ({marks})", tuple(forms))
        return tuple(w for (w,) in rows)


def _stems(word: str) -> list[str]:
    """What may be left of ``word`` without its ending, the longest first."""
    out = [word]
    for ending in ("s", "es", "ed", "d", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < LEAST_STEM:
            continue
        out.append(stem)
        if ending in ("ed", "ing"):
            out.append(stem + "e")
            if len(stem) > LEAST_STEM and stem[-1] == stem[-2] and stem[-1] not in "aeiosl":
                out.append(stem[:-1])
        if ending in ("es", "ed") and stem.endswith("i"):
            out.append(stem[:-1] + "y")
    return out


def _forms(stem: str) -> list[str]:
    """``stem`` with the endings that verbs and nouns take."""
    out = [stem, stem + "s", stem + "ed", stem + "ing"]
    if stem.endswith("e"):
        out += [stem + "d", stem[:-1] + "ing"]
    if stem.endswith("y"):
        out += [stem[:-1] + "ies", stem[:-1] + "ied"]
    if stem.endswith(("s", "x", "z", "ch", "sh", "o")):
        out.append(stem + "es")
    if stem[-1] not in "aeiouywxs" and stem[-2:-1] in ("a", "e", "i", "o", "u"):
        out += [stem + stem[-1] + "ed", stem + stem[-1] + "ing"]
    return out
