"""Search in other scripts, through characters that are not seen, and in what stands beside a text:
its title, its author, the sender of a mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from gulfbrief.answer.search import search
from gulfbrief.find import invisible
from gulfbrief.model import Document, Window
from gulfbrief.store.build import build
from gulfbrief.store.reader import Index

TEXTS = {
    "zh.txt": "外交部发言人说海峡星期五开放。船只继续航行。\n",
    "ja.txt": "港湾大臣は金曜日に海峡が開いたと述べた。\n",
    "th.txt": "รัฐมนตรีกล่าวว่าช่องแคบเปิดแล้ว\n",
    "ko.txt": "해협은 금요일에 열렸다고 장관이 말했다.\n",
    "ar.txt": "قَالَ الوَزِيرُ إِنَّ المِيناءَ مَفتوح.\n",
    "he.txt": "הַנָּמֵל נפתח ביום שישי.\n",
    "soft.txt": "The har\u00adbour mas\u200bter said on Fri\u00adday that no\u00adbody came.\n",
    "mail": (
        "From: Rana Qasim <rana.q@example.org>\nTo: desk@example.com\n"
        "Date: Fri, 2 Jul 2021 10:00:00 +0300\nSubject: Dredging plans for autumn\n\n"
        "The quay stays shut until winter.\n"
    ),
    "page.html": (
        "<html><head><title>Lighthouse keepers strike</title></head><body><h1>No light</h1>"
        "<p>Nobody came to work at the tower on Monday, and nobody said for how long.</p>"
        "</body></html>"
    ),
    "other.txt": "Plans were made for the spring; the desk of the example was moved.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("letters")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    build(folder / "index.db", [folder], jobs=1)
    return Index.open(folder / "index.db")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("海峡", {"zh.txt", "ja.txt"}),
        ("发言人", {"zh.txt"}),
        ("金曜日", {"ja.txt"}),
        ("ช่องแคบ", {"th.txt"}),
        ("해협", {"ko.txt"}),
        ("장관", {"ko.txt"}),
        ("الميناء", {"ar.txt"}),
        ("הנמל", {"he.txt"}),
        ('"harbour master"', {"soft.txt"}),
        ("nobody came friday", {"soft.txt"}),
        ('"dredging plans"', {"mail"}),
        ("rana.q@example.org", {"mail"}),
        ("qasim", {"mail"}),
        ("lighthouse keepers", {"page.html"}),
        ("title:dredging", {"mail"}),
        ('title:"plans for autumn" quay', {"mail"}),
        ("title:spring", set()),
        ("from:qasim", {"mail"}),
        ("from:rana.q@example.org quay", {"mail"}),
        ("from:desk", set()),
    ],
)
def test_what_a_query_finds(index: Index, query: str, found: set[str]) -> None:
    first = {p.source.path for p in search(index, query, window=Window()).results}
    assert (first & found if found and ":" not in query else first) == found


def test_offsets_stand_on_the_text_with_what_is_not_seen(index: Index) -> None:
    (passage,) = search(index, '"harbour master"').results
    start, end = passage.highlights[0]
    assert passage.text[start:end] == "har\u00adbour mas\u200bter"
    assert TEXTS["soft.txt"][passage.source.start : passage.source.end] == passage.text


def test_names_and_statements_through_soft_hyphens(tmp_path: Path) -> None:
    text = "Rear Admiral Daniel Whit~field came. “We shall stay,” Whit~field said on Fri~day.\n"
    text = text.replace("~", "\u00ad")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        (quote,) = opened.quotes(Window())
        assert [s.name for s in quote.quote.speakers] == ["Daniel Whitfield"]
        assert text[quote.source.start : quote.source.end] == quote.quote.content
        assert [a.name for a in opened.actors()] == ["Daniel Whitfield"]


def test_a_document_that_goes_takes_its_heading_with_it(tmp_path: Path) -> None:
    mail = tmp_path / "in" / "mail"
    mail.parent.mkdir()
    mail.write_text(TEXTS["mail"], "utf-8")
    build(tmp_path / "index.db", [mail.parent], jobs=1)
    mail.write_text(TEXTS["mail"].replace("Dredging", "Paving"), "utf-8")
    build(tmp_path / "index.db", [mail.parent], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        assert not search(opened, "dredging", exact=True).results
        assert search(opened, "paving", exact=True).results
        check = opened.db.execute("PRAGMA quick_check").fetchone()
        assert check[0] == "ok"


def test_every_passage_of_a_document_can_be_had(tmp_path: Path) -> None:
    filler = "Nobody came to the quay that day, and the wind rose. It rained on the old mole. " * 4
    told = [f"{filler}The tribunal saw withholding number {n}. {filler}" for n in range(40)]
    text = "\n\n".join(told)
    (tmp_path / "long.txt").write_text(text, "utf-8")
    (tmp_path / "short.txt").write_text("Withholding was never named before.\n", "utf-8")
    build(tmp_path / "index.db", [tmp_path], jobs=1)
    with Index.open(tmp_path / "index.db") as opened:
        found = search(opened, "withholding", limit=0, all_passages=True)
        assert found.total == len(found.results) == 41
        assert all("ithholding" in p.text for p in found.results)
        some = search(opened, "withholding", limit=5, all_passages=True)
        assert (some.total, len(some.results)) == (41, 5)
        assert search(opened, "withholding", limit=0).total == 2


def test_copies_of_a_long_text_are_looked_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gulfbrief.find import names
    from gulfbrief.model import Document
    from gulfbrief.store import rows

    asked: list[str] = []
    ask = names.find
    monkeypatch.setattr(names, "find", lambda text: (asked.append(text.text), ask(text))[1])
    text = "“We shall stay,” Rana Qasim said on Monday. The wind rose over the quay.\n\n" * 300
    copies = [Document(f"{n:012x}", f"{n}.txt", text, "text", language="en") for n in range(6)]
    made = [*rows.make_rows(copies[:3]), *rows.make_rows(copies[3:])]
    assert len(asked) == 1
    assert len({row.document for row in made}) == 1


def test_marked_spans_keep_their_places_without_what_is_not_seen() -> None:
    seen = "It is “shut”, he said."
    text = "\u200bIt is \u200b“\u200bshut\u200b”, he said.\u200b"
    quoted = ((text.index("shut"), text.index("”")), (text.index("he"), len(text)))
    clean, places = invisible.without(Document("0" * 12, "a.txt", text, quoted=quoted))
    assert clean.text == seen
    assert [seen[a:b] for a, b in clean.quoted] == ["shut", "he said."]
    assert [text[at] for at in places[:-1]] == list(seen)
    assert places[-1] == len(text)
