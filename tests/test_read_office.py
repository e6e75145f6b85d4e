"""DOCX, ODT, EPUB and RTF: text in order, paragraphs kept, what the file says of itself."""

from __future__ import annotations

import pytest
from zip_maker import WORD, docx, epub, odt, paragraph, zipped

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import read_bytes

CORE = "<dc:title>Sea lanes</dc:title><dc:creator>Rana Qasim</dc:creator>"
CREATED = "<dcterms:created>2020-10-12T08:00:00Z</dcterms:created>"


def document(data: bytes, name: str) -> Document:
    (found,) = read_bytes(data, name)
    return found


# ---- DOCX --------------------------------------------------------------------------------------


def test_docx_paragraphs_stand_apart_and_runs_are_joined() -> None:
    data = docx(paragraph("The port ", "is open.") + paragraph() + paragraph("Nobody came."))
    assert document(data, "a.docx").text == "The port is open.\n\nNobody came."


def test_docx_text_that_was_struck_out_is_no_text() -> None:
    body = "<w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    body += "<w:ins><w:r><w:t>open.</w:t></w:r></w:ins></w:p>"
    assert document(docx(body), "a.docx").text == "It is open."


def test_docx_field_codes_are_no_text() -> None:
    body = "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Open.</w:t></w:r></w:p>"
    assert document(docx(body), "a.docx").text == "Open."


def test_docx_rows_of_a_table_are_lines_with_tabs_and_stand_in_their_place() -> None:
    cells = "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in ("Ship", "Flag"))
    body = paragraph("Before.") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + paragraph("After.")
    assert document(docx(body), "a.docx").text == "Before.\n\nShip\tFlag\n\nAfter."


def test_docx_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    body = (
        '<w:p><mc:AlternateContent xmlns:mc="m"><mc:Choice>'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert document(docx(body), "a.docx").text.count("In a box.") == 1


def test_docx_footnotes_follow_the_text() -> None:
    notes = (
        f'<w:footnotes xmlns:w="w"><w:footnote>{paragraph("A note.")}</w:footnote></w:footnotes>'
    )
    data = docx(paragraph("The port."), footnotes=notes)
    assert document(data, "a.docx").text == "The port.\n\nA note."


def test_docx_properties_give_title_author_and_day() -> None:
    found = document(docx(paragraph("The port."), CORE + CREATED), "a.docx")
    assert (found.title, found.author) == ("Sea lanes", "Rana Qasim")
    assert (found.published, found.published_from) == ("2020-10-12", "metadata")


def test_docx_that_was_changed_later_does_not_tell_its_day() -> None:
    changed = CREATED + "<dcterms:modified>2021-01-01T08:00:00Z</dcterms:modified>"
    assert document(docx(paragraph("The port."), changed), "a.docx").published is None


def test_docx_day_printed_in_the_text_stands_above_the_one_it_was_made() -> None:
    data = docx(paragraph("Sea lanes") + paragraph("Published: 9 October 2020"), CREATED)
    assert document(data, "a.docx").published == "2020-10-09"


def test_docx_title_in_the_style_title_counts_where_the_properties_have_none() -> None:
    data = docx(paragraph("Sea lanes in autumn", style="Title") + paragraph("Text."))
    assert document(data, "a.docx").title == "Sea lanes in autumn"


STYLES = (
    f"<w:styles {WORD}>"
    '<w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Child"><w:basedOn w:val="H"/></w:style>'
    '<w:style w:styleId="Seen"><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("paragraphs", "runs", "seen"),
    [
        ("", "<w:vanish/>", False),
        ("", '<w:vanish w:val="true"/>', False),
        ("", '<w:vanish w:val="0"/>', True),
        ("", '<w:vanish w:val="false"/>', True),
        ("", '<w:rStyle w:val="H"/>', False),
        ("", '<w:rStyle w:val="Child"/>', False),
        ("", '<w:rStyle w:val="Seen"/>', True),
        ("", '<w:rStyle w:val="Ring"/>', True),
        ("", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>', True),
        ('<w:pStyle w:val="Child"/>', "", False),
        ("<w:rPr><w:vanish/></w:rPr>", "", True),  # the end of the paragraph alone is hidden
        ("", "<w:webHidden/>", True),
    ],
)
def test_docx_hidden_text_is_no_text_and_told(paragraphs: str, runs: str, seen: bool) -> None:
    body = (
        f"<w:p><w:pPr>{paragraphs}</w:pPr><w:r><w:rPr>{runs}</w:rPr><w:t>Not so.</w:t></w:r></w:p>"
    )
    found = document(docx(paragraph("The port is shut.") + body, styles=STYLES), "a.docx")
    assert found.text == "The port is shut." + ("\n\nNot so." if seen else "")
    told = ("7 characters of hidden text were left out",)
    assert found.warnings == (() if seen else told)


LINKS = '<Relationships><Relationship Id="r1" Target="{}"/></Relationships>'
CHUNK = '<w:altChunk xmlns:r="r" r:id="r1"/>'


@pytest.mark.parametrize(
    ("target", "name", "data"),
    [
        (
            "afchunk.html",
            "word/afchunk.html",
            b"<html><body><p>It is <i>shut</i>.</p></body></html>",
        ),
        ("/afchunk.txt", "afchunk.txt", b"It is shut."),
        ("inner.docx", "word/inner.docx", docx(paragraph("It is shut."))),
    ],
)
def test_docx_files_that_stand_for_parts_of_the_text_are_read_in_their_place(
    target: str, name: str, data: bytes
) -> None:
    body = f"{paragraph('The port.')}{CHUNK}{paragraph('Nobody came.')}"
    files = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    files["word/_rels/document.xml.rels"] = LINKS.format(target)
    found = document(zipped({**files, name: data}), "a.docx")
    assert found.text == "The port.\n\nIt is shut.\n\nNobody came."


def test_docx_that_lacks_a_part_of_its_text_says_so() -> None:
    files = {"word/document.xml": f"<w:document {WORD}><w:body>{CHUNK}</w:body></w:document>"}
    found = document(
        zipped({**files, "word/_rels/document.xml.rels": LINKS.format("a.html")}), "a.docx"
    )
    assert found.warnings[0].startswith("not read: a part of its text (a.html)")


# ---- ODT ---------------------------------------------------------------------------------------


def test_odt_paragraphs_headings_spaces_and_tabs() -> None:
    body = (
        "<text:h>Sea lanes</text:h><text:p>The <text:span>port</text:span>"
        '<text:s text:c="2"/>is<text:tab/>open.</text:p>'
    )
    assert document(odt(body), "a.odt").text == "Sea lanes\n\nThe port  is\topen."


def test_odt_notes_of_reviewers_and_struck_out_text_are_no_text() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>Open.<office:annotation xmlns:office='o'><text:p>Sure?</text:p>"
        "</office:annotation></text:p>"
    )
    assert document(odt(body), "a.odt").text == "Open."


def test_odt_properties_give_title_author_and_day() -> None:
    meta = (
        "<dc:title>Sea lanes</dc:title><meta:initial-creator>Rana Qasim</meta:initial-creator>"
        "<meta:creation-date>2020-10-12T08:00:00</meta:creation-date><dc:date>2020-10-12</dc:date>"
    )
    found = document(odt("<text:p>Open.</text:p>", meta), "a.odt")
    assert (found.title, found.author, found.published) == ("Sea lanes", "Rana Qasim", "2020-10-12")


def test_odt_with_a_password_says_so() -> None:
    locked = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(UnreadableError, match="password"):
        document(odt("<text:p/>", manifest=locked), "a.odt")


# ---- EPUB --------------------------------------------------------------------------------------


def test_epub_chapters_come_in_the_order_of_the_spine_and_begin_pages() -> None:
    chapters = {"z.xhtml": "<p>First.</p>", "a.xhtml": "<h1>Two</h1><p>Second.</p>"}
    found = document(epub(chapters), "a.epub")
    assert found.text == "First.\n\nTwo\n\nSecond."
    assert [found.text[p:][:5] for p in found.pages] == ["First", "Two\n\n"]


def test_epub_metadata_gives_title_author_and_day() -> None:
    metadata = (
        "<dc:title>Quays</dc:title><dc:creator>T. Noor</dc:creator><dc:date>2019-05-06</dc:date>"
    )
    found = document(epub({"a.xhtml": "<p>Text.</p>"}, metadata), "a.epub")
    assert (found.title, found.author, found.published) == ("Quays", "T. Noor", "2019-05-06")


def test_epub_with_a_year_only_has_no_day() -> None:
    found = document(epub({"a.xhtml": "<p>Text.</p>"}, "<dc:date>2019</dc:date>"), "a.epub")
    assert found.published is None


def test_epub_with_a_missing_chapter_is_read_in_part() -> None:
    data = epub({"a.xhtml": "<p>Text.</p>", "b.xhtml": "<p>More.</p>"}).replace(
        b"b.xhtml", b"c.xhtml"
    )
    found = document(data, "a.epub")
    assert "Text." in found.text


# ---- RTF ---------------------------------------------------------------------------------------


def test_rtf_paragraphs_and_characters() -> None:
    pytest.importorskip("striprtf")
    data = rb"{\rtf1\ansi \'93We won\'92t wait,\'94 he said.\par The port \u8212? open.\par}"
    assert document(data, "a.rtf").text == "“We won’t wait,” he said.\n\nThe port — open."


def test_rtf_information_gives_title_author_and_day() -> None:
    pytest.importorskip("striprtf")
    info = rb"{\info{\title Sea lanes}{\author Rana Qasim}{\creatim\yr2020\mo10\dy12\hr8}}"
    found = document(rb"{\rtf1\ansi" + info + rb" Open.\par}", "a.rtf")
    assert (found.title, found.author, found.published) == ("Sea lanes", "Rana Qasim", "2020-10-12")


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    with pytest.raises(UnreadableError, match=r"gulfbrief\[rtf\]"):
        document(rb"{\rtf1 Open.}", "a.rtf")


@pytest.mark.parametrize(
    ("title", "read"),
    [
        (r"\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\u1055?\u1088?\u1080?", "При"),
        (r"Ships \u-10179?\u-9002?", "Ships 📖".replace("📖", "\U0001f4d6")),
    ],
)
def test_an_rtf_title_in_its_code_page_or_in_code_points(title: str, read: str) -> None:
    data = r"{\rtf1\ansi\ansicpg1251{\info{\title " + title + "}}The port is open.}"
    (found,) = read_bytes(data.encode(), "a.rtf")
    assert found.title == read
