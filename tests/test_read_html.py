"""Web pages: the article and nothing else, over the hand-marked pages in data/html/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gulfbrief.model import Document
from gulfbrief.read import read, read_bytes

DATA = Path(__file__).parent / "data" / "html"
PAGES: list[dict[str, Any]] = tomllib.loads((DATA / "marks.toml").read_text("utf-8"))["page"]


def document(page: dict[str, Any]) -> Document:
    (found,) = read(DATA / page["file"])
    return found


@pytest.fixture(params=PAGES, ids=lambda page: page["file"])
def page(request: pytest.FixtureRequest) -> dict[str, Any]:
    marked: dict[str, Any] = request.param
    return marked


def test_all_that_belongs_to_the_article_is_kept(page: dict[str, Any]) -> None:
    text = document(page).text
    assert [piece for piece in page["keep"] if piece not in text] == []


def test_the_title_the_page_shows_is_found(page: dict[str, Any]) -> None:
    found = document(page)
    assert found.title == page["title"]
    assert page["title"] in found.text[:300]


def test_the_byline_is_found(page: dict[str, Any]) -> None:
    assert document(page).author == page.get("author")


def test_the_day_is_found(page: dict[str, Any]) -> None:
    assert document(page).published == page.get("day")


def test_of_what_surrounds_the_articles_at_most_5_in_100_pieces_stay() -> None:
    stayed = [
        (page["file"], piece)
        for page in PAGES
        for piece in page["drop"]
        if piece in document(page).text
    ]
    total = sum(len(page["drop"]) for page in PAGES)
    assert len(stayed) <= 0.05 * total, stayed


def text_of(html: str | bytes, name: str = "page.html") -> str:
    (found,) = read_bytes(html if isinstance(html, bytes) else html.encode(), name)
    return found.text


def test_paragraphs_stand_apart_by_a_blank_line() -> None:
    body = "".join(
        f"<p>Paragraph {n} says that the port is open to all ships.</p>" for n in range(5)
    )
    paragraphs = text_of(f"<html><body><article>{body}</article></body></html>").split("\n\n")
    assert paragraphs == [
        f"Paragraph {n} says that the port is open to all ships." for n in range(5)
    ]


def test_the_encoding_that_a_page_declares_is_used() -> None:
    page = "<html><meta charset=windows-1251><body><p>Порт открыт, сказал он.</p></body></html>"
    assert "Порт открыт, сказал он." in text_of(page.encode("windows-1251"))


def test_latin_1_of_the_web_is_windows_1252() -> None:
    page = '<html><meta charset="iso-8859-1"><p>“We won’t wait,” he said of the port.</p></html>'
    assert "“We won’t wait,” he said of the port." in text_of(page.encode("cp1252"))


def test_a_page_without_an_article_gives_all_its_text() -> None:
    assert (
        text_of("<html><body><p>Closed.</p><p>See you.</p></body></html>") == "Closed.\n\nSee you."
    )


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><body><p>The port is open.</p></body></html>", False),
        ("<html><body><p>The port is open.", True),
        ("<html><body><p>The port is open.</p><div cla", True),
        ("<html lang=en><body><p>The port is open.<footer>(c)</footer>", False),
        ("<html><body><p>The port is open.\n", False),
    ],
)
def test_a_page_that_breaks_off_is_told(page: str, told: bool) -> None:
    (found,) = read_bytes(page.encode(), "page.html")
    assert (found.warnings == ("read in part: cut off, it lacks its end",)) is told


def test_scripts_and_styles_are_no_text() -> None:
    page = "<html><body><script>alert(1)</script><style>p{}</style><p>Closed.</p></body></html>"
    assert text_of(page) == "Closed."


def test_entities_of_a_document_type_are_not_expanded() -> None:
    entities = '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">'
    bomb = f"<!DOCTYPE html [{entities}]><html><p>Stop &b; here</p></html>"
    assert "aaaa" not in text_of(bomb)


def test_ten_thousand_nested_elements_do_no_harm() -> None:
    text_of("<div>" * 10_000 + "The port is open." + "</div>" * 10_000)


def test_the_address_from_which_a_browser_saved_a_page_is_its_url() -> None:
    page = (
        "<!DOCTYPE html><!-- saved from url=(0031)https://news.example/world/ports -->"
        "<html><body><h1>Ports open again today</h1><p>They are open.</p></body></html>"
    )
    (found,) = read_bytes(page.encode(), "page.html")
    assert found.url == "https://news.example/world/ports"


def test_a_web_archive_of_one_page_is_read() -> None:
    page = (
        "From: <Saved by Browser>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="B"\n\n--B\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: quoted-printable\n\n"
        "<html><body><p>The port =E2=80=93 it is open.</p></body></html>\n--B--\n"
    )
    assert text_of(page, "page.mht") == "The port – it is open."


def test_a_style_or_a_script_in_a_heading_is_no_title() -> None:
    heading = "<h1><style>.a{color:red}</style>The port <script>x()</script>opens again</h1>"
    (found,) = read_bytes(
        f"<html><body>{heading}<p>It is open.</p></body></html>".encode(), "a.html"
    )
    assert found.title == "The port opens again"


def test_words_in_italics_stay_in_their_paragraph_on_a_short_page() -> None:
    (found,) = read_bytes(b"<html><body><p>It is <i>shut</i>.</p></body></html>", "a.html")
    assert found.text == "It is shut."
