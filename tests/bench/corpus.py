"""Makes folders of news reports to measure on, from public collections or from nothing.

``python tests/bench/corpus.py FOLDER [--number N] [--bbc REPO.git] [--reuters REPO.git]``

The collections are the public repositories tagtog/BBC-News-Dataset and haseebr/irengine (which
carries Reuters-21578), as git directories; their texts belong to their publishers and are never
committed. Without them reports are made of words by chance, so that costs can be measured anywhere.
With ``--number`` more reports than there are, further ones are mixed from the paragraphs of two
reports, with other numbers and other family names: as long, as rich in words, none equal.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

FAMILY = (
    "Aldana Bertram Castell Dorn Eklund Faruq Gantz Halloran Ibsen Jarrah Kessel Lindqvist Marwan "
    "Novak Okafor Petrov Qasim Rahal Sorensen Tamim Ueda Varga Wendell Yilmaz Zeman"
).split()


def members(repository: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """(name, text) of the files in a git directory whose names end with ``suffix``."""
    with (
        subprocess.Popen(
            ["git", "-C", str(repository), "archive", "--format=tar", "HEAD"],
            stdout=subprocess.PIPE,
        ) as child,
        tarfile.open(fileobj=child.stdout, mode="r|") as archive,
    ):
        for member in archive:
            if member.name.endswith(suffix):
                file = archive.extractfile(member)
                if file is not None:
                    yield member.name, file.read().decode("utf-8", "replace")


def bbc(repository: Path) -> Iterator[str]:
    """BBC reports: the title, then paragraphs."""
    for _, page in members(repository, ".plain.html"):
        body = page.partition("<body")[2].partition(">")[2]
        text = html.unescape(re.sub(r"<[^>]+>", "\n", body))
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text)]
        text = "\n\n".join(p for p in paragraphs if p)
        if len(text) > 200:
            yield text + "\n"


def reuters(repository: Path) -> Iterator[str]:
    """Reuters-21578: title, dateline and body."""
    for _, page in members(repository, ".xml"):
        for report in re.findall(r"<REUTERS.*?</REUTERS>", page, re.S):
            parts = {
                tag: html.unescape(found.group(1)).strip()
                for tag in ("TITLE", "DATELINE", "BODY")
                if (found := re.search(rf"<{tag}>(.*?)</{tag}>", report, re.S))
            }
            if len(parts.get("BODY", "")) < 100:
                continue
            body = re.sub(r"\s*Reuter\s*\S*$", "", parts["BODY"], flags=re.I)
            body = re.sub(r"\n {2,}", "\n\n", body)
            dateline = parts.get("DATELINE", "").strip(" -")
            lead = f"{dateline} - " if dateline else ""
            yield f"{parts.get('TITLE', '')}\n\n{lead}{body}\n"


def invented(number: int, chance: random.Random) -> Iterator[str]:
    """Reports of invented words, commoner ones more often, with names, days and quotations."""
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / (i + 3) for i in range(len(words))]
    for _ in range(number):
        paragraphs = []
        for _ in range(chance.randint(3, 9)):
            line = " ".join(chance.choices(words, weights, k=chance.randint(12, 40))).capitalize()
            who = chance.choice(FAMILY)
            day = chance.choice(("Monday", "Tuesday", "Friday"))
            paragraphs.append(f"“{line},” {who} said on {day}.")
        yield "\n\n".join(paragraphs) + "\n"


def mixed(reports: list[str], chance: random.Random) -> str:
    """A further report of the paragraphs of two, half of each, with other numbers and family
    names."""
    one, two = (chance.choice(reports).split("\n\n") for _ in range(2))
    paragraphs = one[: (len(one) + 1) // 2] + two[(len(two) + 1) // 2 :]
    text = "\n\n".join(paragraphs)
    text = re.sub(r"\d", lambda m: str((int(m.group()) + chance.randint(0, 3)) % 10), text)
    names = sorted(set(re.findall(r"(?<=[a-z] )[A-Z][a-z]{4,}(?= said)", text)))
    for name in names:
        text = text.replace(name, chance.choice(FAMILY))
    return text if text.endswith("\n") else text + "\n"


def reports(
    number: int | None, bbc_repository: Path | None, reuters_repository: Path | None
) -> Iterator[str]:
    """``number`` reports, real ones first."""
    chance = random.Random(20261125)
    real: list[str] = []
    if bbc_repository:
        real += dict.fromkeys(bbc(bbc_repository))
    if reuters_repository:
        real += dict.fromkeys(reuters(reuters_repository))
    if not real:
        yield from invented(number or 1000, chance)
        return
    real = list(dict.fromkeys(real))
    chance.shuffle(real)
    number = number or len(real)
    yield from real[:number]
    for _ in range(number - len(real)):
        yield mixed(real, chance)


def write(folder: Path, texts: Iterator[str]) -> tuple[int, int]:
    """Writes a file a report, a thousand a folder; returns their number and size in bytes."""
    number = size = 0
    for number, text in enumerate(texts, 1):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(data)
        size += len(data)
    return number, size


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, help="how many; else as many as there are")
    parser.add_argument("--bbc", type=Path)
    parser.add_argument("--reuters", type=Path)
    asked = parser.parse_args()
    number, size = write(asked.folder, reports(asked.number, asked.bbc, asked.reuters))
    print(f"{number} reports, {size / 1e6:.1f} MB in {asked.folder}")


if __name__ == "__main__":
    main()
