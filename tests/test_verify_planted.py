"""Every longer quotation of the sample corpus in a draft, honest and with each fault planted."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from gulfbrief.answer.verify import verify
from gulfbrief.read import read_bytes
from gulfbrief.store.reader import Index

Said = list[tuple[str, str]]  # words, speaker


@pytest.fixture(scope="module")
def index(sample: Index) -> Index:
    return sample


@pytest.fixture(scope="module")
def said(index) -> Said:
    """The direct quotations of six words or more by people who are known, first pieces only."""
    out = []
    for found in index.quotes(kinds=("direct",)):
        speaker = next(iter(found.quote.speakers), None)
        actor = index.actor(speaker.actor) if speaker and speaker.actor else None
        words = found.quote.fragments[0].text.rstrip(" ,")
        if actor and actor.type == "person" and len(words.split()) >= 6:
            out.append((words, actor.name))
    assert len(out) >= 25
    return out


def middle(change: Callable[[list[str], int], list[str]]) -> Callable[[str], str]:
    """A change at some word that is neither the first nor the last."""

    def changed(text: str) -> str:
        words = text.split()
        return " ".join(change(words, 1 + sum(map(ord, text)) % (len(words) - 2)))

    return changed


def recased(text: str) -> str:
    first, rest = text[0], text[1:]
    return f"[{first.lower()}]{rest}" if rest[:1].isalpha() else text


WORDS = {
    "as it stands": (lambda t: t, "verbatim"),
    "typewriter apostrophes": (lambda t: t.replace("’", "'"), "verbatim"),
    "other dashes and spaces": (lambda t: t.replace(" - ", " — ").replace(" ", "  "), "verbatim"),
    "an ellipsis": (lambda t: " ".join([*t.split()[:2], "…", *t.split()[4:]]), "verbatim"),
    "a bracket": (lambda t: " ".join(["[The thing]", *t.split()[1:]]), "verbatim"),
    "a marked small letter": (recased, "verbatim"),
    "a word exchanged": (middle(lambda w, i: [*w[:i], "zeppelin", *w[i + 1 :]]), "altered"),
    "a word put in": (middle(lambda w, i: [*w[:i], "zeppelin", *w[i:]]), "altered"),
    "a word left out": (middle(lambda w, i: [*w[:i], *w[i + 1 :]]), "altered"),
}  # fmt: skip


@pytest.mark.parametrize("change", WORDS)
def test_changed_words_are_told_and_marked_ones_forgiven(index, said, change) -> None:
    alter, verdict = WORDS[change]
    draft = "\n\n".join(f"“{alter(words)},” {name} said." for words, name in said)
    verdicts = verify(index, draft).results
    wrong = [(v.quote, v.verdict) for v in verdicts if v.verdict != verdict]
    assert not wrong
    assert len(verdicts) == len(said)


def test_another_speaker_is_told(index, said) -> None:
    chosen = random.Random(3)
    names = sorted({name for _, name in said})
    drafts = []
    for words, name in said:
        others = [n for n in names if n.split()[-1] != name.split()[-1]]
        drafts.append(f"“{words},” {chosen.choice(others)} said.")
    verdicts = verify(index, "\n\n".join(drafts)).results
    assert [v.verdict for v in verdicts] == ["misattributed"] * len(said)


def test_the_surname_alone_is_no_other_speaker(index, said) -> None:
    draft = "\n\n".join(f"“{words},” {name.split()[-1]} said." for words, name in said)
    assert {v.verdict for v in verify(index, draft).results} == {"verbatim"}


def test_made_up_words_are_not_found(index, said) -> None:
    draft = "\n\n".join(
        f"“Purple elephants number {i} quietly annexed every lighthouse of Patagonia,” {name} said."
        for i, (_, name) in enumerate(said)
    )
    assert {v.verdict for v in verify(index, draft).results} == {"not_found"}


@pytest.mark.parametrize("name", ["draft.html", "draft.md", "draft.txt"])
def test_a_draft_of_any_format_gets_the_same_verdicts(index, said, name) -> None:
    lines = [f"“{words},” {speaker} said." for words, speaker in said[:10]]
    if name.endswith("html"):
        page = "".join(f"<p>{line}</p>" for line in lines)
        data = f"<html><body><article><h1>A draft</h1>{page}</article></body></html>"
    else:
        data = "\n\n".join(lines)
    (document,) = read_bytes(data.encode(), name)
    verdicts = verify(index, document.text).results
    assert [v.verdict for v in verdicts] == ["verbatim"] * 10
