"""Word classes of ordinary words, counted on the machine-tagged texts that come with PolNeAR train.

    python tests/bench/learn_words.py MIRROR > gulfbrief/find/lexicon/wordclass.tsv

MIRROR holds the git directory ``networkdynamics+PolNeAR/repo``. Only single lower-case words that
occur at least five times are kept, each with its classes (commonest first) and, for verbs, the base
form; no text is copied.
"""

from __future__ import annotations

import collections
import re
import subprocess
import sys

CLASS = {
    "VB": "b", "VBP": "b", "VBZ": "z", "VBD": "d", "VBN": "e", "VBG": "g", "NN": "n", "NNS": "n",
    "JJ": "j", "JJR": "j", "JJS": "j", "CD": "j", "RB": "r", "RBR": "r", "RBS": "r", "RP": "r",
}  # fmt: skip
TOKEN = re.compile(
    rb"<word>([A-Z]?[a-z]+)</word>\s*<lemma>(.*?)</lemma>\s*<Char.*?<POS>(.*?)</POS>", re.DOTALL
)


def tagged(git: str) -> collections.abc.Iterator[tuple[str, str, str]]:
    listing = subprocess.check_output(
        ["git", "-C", git, "ls-tree", "-r", "HEAD", "data/train/corenlp"], text=True
    )
    reader = subprocess.Popen(
        ["git", "-C", git, "cat-file", "--batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"GIT_NO_LAZY_FETCH": "1"},
    )  # fmt: skip
    assert reader.stdin
    assert reader.stdout
    for line in listing.splitlines():
        reader.stdin.write(line.split()[2].encode() + b"\n")
        reader.stdin.flush()
        head = reader.stdout.readline().split()
        if head[1] == b"missing":
            continue
        for word, lemma, tag in TOKEN.findall(reader.stdout.read(int(head[2]) + 1)):
            yield word.decode(), lemma.decode(), tag.decode()


def main(mirror: str) -> None:
    classes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    lemmas: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    names: collections.Counter[str] = collections.Counter()
    for word, lemma, tag in tagged(f"{mirror}/networkdynamics+PolNeAR/repo"):
        if not word.islower():
            names[word.lower()] += tag == "NNP"
            continue
        letter = CLASS.get(tag)
        classes[word][letter or "-"] += 1
        if letter and letter in "bzdeg":
            lemmas[word][lemma] += 1
    print(
        "# word\tclasses (commonest first)\tbase form of the verb; see tests/bench/learn_words.py"
    )
    for word, count in sorted(classes.items()):
        total = sum(count.values())
        kept = "".join(k for k, n in count.most_common() if n / total >= 0.08 and n > 1)
        if names[word] > 15 * total:
            continue  # a name that now and then is written small
        if total < 5 or "-" in kept or not kept or len(word) < 2:
            continue
        lemma = lemmas[word].most_common(1)[0][0] if set(kept) & set("bzdeg") else ""
        print(f"{word}\t{kept}\t{lemma}")


if __name__ == "__main__":
    main(sys.argv[1])
