"""Make lexicon/senses.tsv from WordNet's data files (Debian: wordnet-base).

    python tests/bench/build_senses.py /usr/share/wordnet > gulfbrief/find/lexicon/senses.tsv

A line a word: the word, ``v`` or ``n``, and its classes. Of a verb: the numbers of the
lexicographer files of its two commonest senses (29 body, 30 change, 31 cognition, 32
communication, ...), the topmost and the second class above its commonest sense, and the sentence
frames that it fits (8 somebody does something, 26 somebody says that ..., 28 somebody does to ...).
Of a noun: the number of its commonest sense (10 communication, 14 group, 18 person, ...). Nouns are
kept where they are in words.txt. The classes are WordNet's (see LICENSE-WORDNET.txt); none of its
text is kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

LEXICON = Path(__file__).parents[2] / "gulfbrief/find/lexicon"


class Synset:
    """One set of synonyms of data.verb or data.noun."""

    def __init__(self, line: str, verb: bool) -> None:
        fields = line.split(" | ")[0].split()
        self.field = int(fields[1])
        count = int(fields[3], 16)
        i = 4 + 2 * count
        self.words = [w.lower() for w in fields[4:i:2]]
        pointers = int(fields[i])
        links = [fields[i + 1 + 4 * k : i + 5 + 4 * k] for k in range(pointers)]
        self.above = next((offset for mark, offset, *_ in links if mark == "@"), None)
        i += 1 + 4 * pointers
        self.frames: list[tuple[int, int]] = []  # number, which of the words (0: all)
        if verb and i < len(fields):
            for k in range(int(fields[i])):
                self.frames.append((int(fields[i + 2 + 3 * k]), int(fields[i + 3 + 3 * k], 16)))


def read(folder: Path, part: str) -> tuple[dict[str, Synset], dict[str, list[str]]]:
    """The synsets by offset, and the offsets of each word's senses, the commonest first."""
    lines = (folder / f"data.{part}").read_text("utf-8").splitlines()
    synsets = {x[:8]: Synset(x, part == "verb") for x in lines if not x.startswith(" ")}
    senses = {}
    for line in (folder / f"index.{part}").read_text("utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            if "_" not in fields[0]:
                senses[fields[0]] = fields[-int(fields[2]) :]
    return synsets, senses


def verb_classes(word: str, synsets: dict[str, Synset], senses: list[str]) -> list[str]:
    out = [".".join(str(synsets[o].field) for o in senses[:2])]
    chain = [senses[0]]
    while (above := synsets[chain[-1]].above) and len(chain) < 12:
        chain.append(above)
    chain.reverse()
    out += [f"{name}{int(o)}" for name, o in zip("rs", chain, strict=False)]
    frames = set()
    for offset in senses[:2]:
        synset = synsets[offset]
        number = synset.words.index(word) + 1 if word in synset.words else 0
        frames |= {f for f, which in synset.frames if which in (0, number)}
    return out + [f"f{n}" for n in sorted(frames)]


def main(folder: Path) -> None:
    print(
        "# Classes of words by WordNet 3.0; see tests/bench/build_senses.py and LICENSE-WORDNET.txt"
    )
    synsets, senses = read(folder, "verb")
    for word in sorted(senses):
        print(word, "v", " ".join(verb_classes(word, synsets, senses[word])), sep="\t")
    synsets, senses = read(folder, "noun")
    known = set((LEXICON / "words.txt").read_text("utf-8").split())
    for word in sorted(senses):
        if word in known:
            print(word, "n", synsets[senses[word][0]].field, sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
