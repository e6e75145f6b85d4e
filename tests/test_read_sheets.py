"""Spreadsheets, presentations, Outlook's mails and old office files."""

from __future__ import annotations

import io
import stat
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ole_maker import (
    ADDRESS,
    BODY,
    CODES,
    DATA,
    DAY,
    HOW,
    NAME,
    PAGE,
    RICH_TEXT,
    SENDER,
    SUBJECT,
    moment,
    ole,
    outlook,
    packed,
    unpacked,
)  # fmt: skip
from pptx import Presentation
from pptx.util import Inches
from zip_maker import docx, paragraph, zipped

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes

LONG = "The harbour master told the crews that no ship would leave before the storm had passed by."


def documents(data: bytes, name: str, options: Options = Options()) -> list[Document]:
    return list(read_bytes(data, name, options))


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ---- spreadsheets ------------------------------------------------------------------------------


def test_a_sheet_with_a_column_of_texts_gives_a_document_a_row() -> None:
    rows = [("Headline", "Body", "Date"), ("Port shut", LONG, "2021-07-02"), ("Open", LONG * 2, "")]
    first, second = documents(workbook(News=rows), "a.xlsx")
    assert (first.path, first.title, first.published) == (
        "a.xlsx!News!1",
        "Port shut",
        "2021-07-02",
    )
    assert first.text == f"Port shut\n\n{LONG}"
    assert (second.path, second.title, second.published) == ("a.xlsx!News!2", "Open", None)


def test_columns_are_named_in_the_first_row_of_two_cells() -> None:
    rows = [("All reports of July",), ("Headline", "Body"), ("Port shut", LONG)]
    (found,) = documents(workbook(News=rows), "a.xlsx")
    assert (found.title, found.text) == ("Port shut", f"Port shut\n\n{LONG}")


def test_other_sheets_are_pages_of_one_document_a_row_a_line() -> None:
    (found,) = documents(
        workbook(Ships=[("Ship", "Calls"), ("Sea Lark", 3)], Ports=[("Port",), ("Sohar",)]),
        "a.xlsx",
    )
    assert found.text == "Ship\tCalls\n\nSea Lark\t3\n\nPort\n\nSohar"
    assert found.pages == (0, found.text.index("Port"))


def test_a_list_with_short_descriptions_is_no_dump_of_articles() -> None:
    (found,) = documents(workbook(Codes=[("Code", "Description"), ("A", "new")]), "a.xlsx")
    assert found.text == "Code\tDescription\n\nA\tnew"


def test_numbers_and_days_are_written_as_they_are_meant() -> None:
    from datetime import datetime

    row = (3.0, 2.5, datetime(2021, 7, 2), datetime(2021, 7, 2, 9, 30), True)
    (found,) = documents(workbook(One=[row]), "a.xlsx")
    assert found.text == "3\t2.5\t2021-07-02\t2021-07-02 09:30:00\tTrue"


def test_a_workbook_without_text_says_so() -> None:
    (found,) = documents(workbook(One=[]), "a.xlsx")
    assert (found.text, found.warnings) == ("", ("no text in it",))


def test_cells_that_lie_very_far_apart_are_refused_before_they_cost_memory() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active.cell(1_048_576, 16_384, "y")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableError, match="1048576 rows and 16384 columns"):
        documents(out.getvalue(), "a.xlsx")


NAMESPACES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for n in ("office", "text", "table")
)
CELLS = "".join(
    f'<table:table-cell office:value-type="string"><text:p>{w}</text:p></table:table-cell>'
    for w in ("Ship", "Flag")
)
SHEET = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="S"><table:table-row>{CELLS}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": "<m/>",
    }
)


def test_opendocument_sheets() -> None:
    (found,) = documents(SHEET, "a.ods")
    assert (found.format, found.text) == ("ods", "Ship\tFlag")


def test_an_opendocument_sheet_whose_marks_do_not_match_is_damaged() -> None:
    with zipfile.ZipFile(io.BytesIO(SHEET)) as sheet:
        files = {name: sheet.read(name) for name in sheet.namelist()}
    files["content.xml"] = files["content.xml"].replace(b"</table:table>", b"</t><table:table>")
    with pytest.raises(UnreadableError, match=r"damaged: content\.xml is no XML"):
        documents(zipped(files), "a.ods")


# ---- presentations -----------------------------------------------------------------------------


def slides() -> tuple[Any, bytes]:
    show = Presentation()
    one = show.slides.add_slide(show.slide_layouts[1])
    one.shapes.title.text = "Sea lanes"
    one.placeholders[1].text = "The port is open.\nNobody came."
    one.notes_slide.notes_text_frame.text = "Say it slowly."
    two = show.slides.add_slide(show.slide_layouts[6])
    low = two.shapes.add_textbox(Inches(1), Inches(4), Inches(3), Inches(1))
    low.text_frame.text = "Below."
    high = two.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    high.text_frame.text = "Above."
    table = two.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Ship", "Flag"
    show.core_properties.author = "Rana Qasim"
    out = io.BytesIO()
    show.save(out)
    return show, out.getvalue()


def test_each_slide_is_a_page_with_its_title_its_texts_from_the_top_and_its_notes() -> None:
    (found,) = documents(slides()[1], "a.pptx")
    assert found.text == (
        "Sea lanes\n\nThe port is open.\n\nNobody came.\n\nSay it slowly.\n\n"
        "Above.\n\nBelow.\n\nShip\tFlag"
    )
    assert found.pages == (0, found.text.index("Above."))
    assert (found.title, found.author) == ("Sea lanes", "Rana Qasim")


def test_a_presentation_that_is_cut_off_says_so() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        documents(slides()[1][:9_000], "a.pptx")


# ---- Outlook -----------------------------------------------------------------------------------

MAIL = {
    SUBJECT: "Harbour dues",
    SENDER: "Rana Qasim",
    ADDRESS: "rana@example.org",
    DAY: moment(1_625_220_000),
    BODY: "The dues will rise.\r\n",
}


def test_a_mail_of_outlook_is_read_as_a_mail() -> None:
    (found,) = documents(ole(outlook(MAIL)), "a.msg")
    assert (found.format, found.text, found.title) == ("msg", "The dues will rise.", "Harbour dues")
    assert (found.author, found.tags) == ("Rana Qasim", ("rana@example.org",))
    assert (found.published, found.published_from) == ("2021-07-02", "metadata")


def test_texts_in_a_code_page_are_decoded() -> None:
    chinese = {CODES: 950, SUBJECT: ("港口關閉".encode("cp950"),), BODY: ("風暴".encode("cp950"),)}
    (found,) = documents(ole(outlook(chinese)), "a.msg")
    assert (found.title, found.text) == ("港口關閉", "風暴")


def test_a_body_that_is_a_page_loses_its_markup() -> None:
    (found,) = documents(ole(outlook({SUBJECT: "x", PAGE: b"<p>It <b>is</b> open.</p>"})), "a.msg")
    assert found.text == "It is open."


RICH = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard The dues will rise, the dues will rise.\par}"


@pytest.mark.parametrize("ended", [True, False], ids=["with its mark of the end", "without it"])
@pytest.mark.parametrize("rich", [packed, unpacked])
def test_a_body_that_is_rich_text_alone_is_read(
    rich: Callable[[bytes, bool], bytes], ended: bool
) -> None:
    (found,) = documents(ole(outlook({SUBJECT: "x", RICH_TEXT: rich(RICH, ended)})), "a.msg")
    assert found.text == "The dues will rise, the dues will rise."


def test_attachments_and_messages_within_are_documents_of_their_own() -> None:
    inner = outlook({SUBJECT: "Older", BODY: "It was shut."}, within=True)
    found = documents(
        ole(
            outlook(
                MAIL,
                {NAME: "note.txt", DATA: b"A note on dues.", HOW: 1},
                {NAME: "older", DATA: inner, HOW: 5},
            )
        ),
        "a.msg",
    )
    assert [(d.path, d.text) for d in found] == [
        ("a.msg!note.txt", "A note on dues."),
        ("a.msg!part-2", "It was shut."),
        ("a.msg", "The dues will rise."),
    ]


def test_an_answer_of_outlook_tells_what_it_repeats() -> None:
    head = "From: Omar Haddad\r\nSent: Monday\r\nTo: Rana Qasim\r\nSubject: Dues\r\n"
    body = f"No.\r\n\r\n{head}\r\nYes?"
    (found,) = documents(ole(outlook({**MAIL, SUBJECT: "RE: Dues", BODY: body})), "a.msg")
    ((start, end),) = found.quoted
    assert found.text[start:end].startswith("From: Omar Haddad")


# ---- old office files --------------------------------------------------------------------------

OLD = ole({"WordDocument": b"x" * 5_000})


def converter(folder: Path, result: bytes | None) -> str:
    """A program that is called as LibreOffice is, and writes ``result``."""
    script = folder / "office"
    (folder / "result").write_bytes(result or b"")
    script.write_text(
        f"#!{sys.executable}\nimport sys, os, shutil\n"
        "to = sys.argv[sys.argv.index('--convert-to') + 1]\n"
        "out = sys.argv[sys.argv.index('--outdir') + 1]\nos.makedirs(out)\n"
        + (f"shutil.copy({str(folder / 'result')!r}, f'{{out}}/in.{{to}}')\n" if result else "")
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def test_an_old_word_file_is_read_as_what_libreoffice_makes_of_it(tmp_path: Path) -> None:
    program = converter(tmp_path, docx(paragraph("The port is open.")))
    (found,) = documents(OLD, "a.doc", Options(libreoffice=program))
    assert (found.format, found.text) == ("doc", "The port is open.")


def test_an_old_presentation_is_read_as_what_libreoffice_makes_of_it(tmp_path: Path) -> None:
    program = converter(tmp_path, slides()[1])
    old = ole({"PowerPoint Document": b"x" * 5_000})
    (found,) = documents(old, "a.ppt", Options(libreoffice=program))
    assert (found.format, found.title, len(found.pages)) == ("ppt", "Sea lanes", 2)


def test_a_file_that_libreoffice_cannot_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="LibreOffice cannot open it"):
        documents(OLD, "a.doc", Options(libreoffice=converter(tmp_path, None)))


@pytest.mark.parametrize(
    ("setting", "told"),
    [("never", "set `libreoffice`"), ("no-such-program", "set `libreoffice`")],
)
def test_without_libreoffice_one_line_says_what_to_do(setting: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=f"an old Word file: save it as .docx, or {told}"):
        documents(OLD, "a.doc", Options(libreoffice=setting))


def test_a_file_named_doc_that_is_something_else_is_read_as_that() -> None:
    (found,) = documents(b"{\\rtf1 It is open.}", "a.doc")
    assert (found.format, found.text) == ("rtf", "It is open.")
