"""PDF: reading order, paragraphs, pages; what of a page is no text."""

from __future__ import annotations

import re
import zlib

import pytest
from pdf_maker import Sheet, pdf

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes

LEFT = """The foreign minister said on
Monday that the talks would be-
gin again next week, after a pause
of two months in which nobody
had met. He did not say where,
and no one asked him about it""".split("\n")
RIGHT = """until the very end of the hour.
“We will not wait,” he told re-
porters after the meeting with
his counterpart from Oman. The
ships go on sailing to the Gulf
as they have for many years.""".split("\n")


def document(*sheets: Sheet, **info: str) -> Document:
    (found,) = read_bytes(pdf(sheets, info), "a.pdf")
    return found


def test_columns_are_read_one_after_the_other_below_a_headline_that_spans_them() -> None:
    sheet = Sheet().put(72, 760, "Talks to begin again next week, and nobody knows where", 18)
    found = document(sheet.column(72, 700, LEFT).column(320, 700, RIGHT))
    assert found.text == (
        "Talks to begin again next week, and nobody knows where\n\n"
        "The foreign minister said on Monday that the talks would begin again next week, after a "
        "pause of two months in which nobody had met. He did not say where, and no one asked him "
        "about it until the very end of the hour. “We will not wait,” he told reporters after the "
        "meeting with his counterpart from Oman. The ships go on sailing to the Gulf as they have "
        "for many years."
    )


def test_three_columns() -> None:
    def column(word: str) -> list[str]:
        return [f"{word} line {n} of the column" for n in range(1, 7)]

    sheet = Sheet()
    for x, word in ((40, "Alpha"), (225, "Bravo"), (410, "Cargo")):
        sheet.column(x, 700, column(word))
    text = document(sheet).text
    assert text.rindex("Alpha") < text.index("Bravo") < text.rindex("Bravo") < text.index("Cargo")


def test_rows_of_a_table_stay_rows() -> None:
    sheet = Sheet()
    for n, (ship, flag) in enumerate([("Ship", "Flag"), ("First", "Oman"), ("Second", "Qatar"),
                                      ("Third", "Kuwait"), ("Fourth", "Iraq")]):  # fmt: skip
        sheet.put(72, 700 - 14 * n, ship).put(300, 700 - 14 * n, flag)
    assert "First\tOman" in document(sheet).text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the talks would be-", "gin next week", "would begin next"),
        ("the self-", "defence of the port", "the self-defence of"),
        ("minister al-", "Busaidi said", "minister al-Busaidi said"),
        ("in the years 2019-", "20 it rose", "years 2019-20 it"),
        ("a tit-for-tat and a tit-for-", "tat again", "a tit-for-tat again"),
        ("the port -", "open again", "the port - open again"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_joined(
    first: str, second: str, joined: str
) -> None:
    lines = [f"Somebody wrote of {first}", f"{second} as before, and so on to the end of it."]
    assert joined in document(Sheet().column(72, 700, lines)).text


def test_a_hyphen_stays_where_the_word_has_one_elsewhere() -> None:
    lines = ["The cross-", "border trade and the border-", "zone, a border-zone of the old kind."]
    assert "the border-zone, a border-zone" in document(Sheet().column(72, 700, lines)).text


def test_a_gap_or_an_indent_begins_a_paragraph() -> None:
    sheet = Sheet().column(72, 700, ["The port is open to all of the ships", "that come to it."])
    sheet.column(72, 664, ["Nobody came to it on the first of the", "days that followed."])
    sheet.put(90, 640, "The harbour master waited for them").put(
        72, 628, "for an hour and went home."
    )
    assert document(sheet).text.split("\n\n") == [
        "The port is open to all of the ships that come to it.",
        "Nobody came to it on the first of the days that followed.",
        "The harbour master waited for them for an hour and went home.",
    ]


def paged(count: int) -> list[Sheet]:
    words = ["one", "two", "three", "four"]
    return [
        Sheet()
        .put(72, 815, "Gulf Shipping Letter")
        .column(72, 760, [f"This is what page {words[n]} has to say to its readers."])
        .put(290, 30, f"Page {n + 1} of {count}")
        for n in range(count)
    ]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    text = document(*paged(4)).text
    assert "Letter" not in text
    assert "of 4" not in text
    assert text.count("has to say") == 4


def test_a_running_head_that_changes_with_each_chapter_is_no_text() -> None:
    sheets = [
        Sheet()
        .put(72, 815, f"Chapter {n // 4}: Ports and islands" if n < 8 else "Annex: Ships and flags")
        .column(72, 760, [f"Sentence number {n} of this report says one thing."])
        for n in range(16)
    ]
    text = document(*sheets).text
    assert "Chapter" not in text
    assert "Annex" not in text


def test_pages_are_the_offsets_at_which_they_start() -> None:
    found = document(*paged(4))
    assert [found.text[p:].split(" has")[0] for p in found.pages] == [
        f"This is what page {word}" for word in ("one", "two", "three", "four")
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    one = Sheet().column(
        72, 700, ["The talks in the capital broke down on the", "third day, after the"]
    )
    two = Sheet().column(72, 700, ["porter had lost a note. Nobody", "found it again."])
    found = document(one, two)
    assert "after the porter had lost a note" in found.text
    assert found.text[found.pages[1] :].startswith("porter had lost")


def test_title_and_author_come_from_the_properties() -> None:
    sheet = Sheet().column(72, 700, LEFT)
    found = document(sheet, Title="Sea lanes in autumn", Author="Rana Qasim")
    assert (found.title, found.author) == ("Sea lanes in autumn", "Rana Qasim")


def test_a_file_name_for_a_title_gives_way_to_the_largest_type() -> None:
    sheet = Sheet().put(72, 760, "Sea lanes in autumn", 22).column(72, 700, LEFT)
    assert document(sheet, Title="Microsoft Word - draft7.docx").title == "Sea lanes in autumn"


def test_pages_without_text_are_told() -> None:
    found = document(Sheet())
    assert found.text == ""
    assert any("scanned" in w for w in found.warnings)


def test_a_loop_in_the_page_tree_ends() -> None:
    data = pdf([Sheet().column(72, 700, LEFT), Sheet().column(72, 700, RIGHT)])
    looped = data.replace(b"/Kids [4 0 R", b"/Kids [2 0 R")
    (found,) = read_bytes(looped, "a.pdf")
    assert "We will not wait" in found.text


def test_a_page_without_its_content_costs_no_other_page() -> None:
    data = pdf([Sheet().column(72, 700, LEFT), Sheet().column(72, 700, RIGHT)])
    (found,) = read_bytes(data.replace(b"/Contents 5 0 R", b"/Contents 99 0 R"), "a.pdf")
    assert "We will not wait" in found.text


def test_of_a_cut_off_file_the_pages_before_the_cut_are_read() -> None:
    data = pdf([Sheet().column(72, 700, LEFT), Sheet().column(72, 700, RIGHT)])
    (found,) = read_bytes(data[: data.index(b"We will not wait")], "a.pdf")
    assert found.text.startswith("The foreign minister said on Monday")
    assert "read in part: damaged or cut off" in found.warnings


def test_a_file_cut_off_before_its_first_page_says_so() -> None:
    with pytest.raises(UnreadableError, match="damaged or cut off"):
        list(read_bytes(pdf([Sheet().column(72, 700, LEFT)])[:40], "a.pdf"))


def test_pages_beyond_the_limit_are_left_out_and_told() -> None:
    (found,) = read_bytes(pdf(paged(4)), "a.pdf", Options(max_pages=2))
    assert len(found.pages) == 2
    assert any("only the first 2 pages" in w for w in found.warnings)


def test_a_page_with_ten_thousand_lines_takes_no_longer_a_line() -> None:
    sheet = Sheet()
    for n in range(10_000):
        sheet.put(72 + n % 300, 800 - (n * 7 % 780), "x")
    assert document(sheet).pages == (0,)


def with_packed_content(data: bytes, content: bytes) -> bytes:
    """The PDF with the stream of its first page replaced by a packed one."""
    begin = data.index(b"<< /Length")
    end = data.index(b"endstream") + len(b"endstream")
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content)
    return data[:begin] + head + content + b"\nendstream" + data[end:]


def test_references_that_lead_in_a_circle_come_to_an_end() -> None:
    data = pdf([Sheet().column(72, 700, LEFT)])
    font = re.search(rb"3 0 obj\n(.*?)\nendobj", data, re.S)
    assert font is not None
    circle = data.replace(font[1], b"3 0 R".ljust(len(font[1])))
    (found,) = read_bytes(circle, "a.pdf")
    assert "".join(found.text.split()).startswith("Theforeignminister")


def test_a_page_that_unpacks_to_gigabytes_costs_no_other_page() -> None:
    data = pdf([Sheet().column(72, 700, LEFT), Sheet().column(72, 700, RIGHT)])
    bomb = zlib.compress(b" " * 100_000_000, 9)
    (found,) = read_bytes(with_packed_content(data, bomb), "a.pdf")
    assert "We will not wait" in found.text
    assert any(w == "not read: page 1 (TooLarge)" for w in found.warnings)


def test_of_a_damaged_stream_the_part_before_the_damage_is_read() -> None:
    data = pdf([Sheet().column(72, 700, LEFT)])
    lines = "".join(f"BT /F1 10 Tf 72 {700 - 12 * n} Td (Line {n}) Tj ET\n" for n in range(50))
    packed = zlib.compress(lines.encode())
    (found,) = read_bytes(with_packed_content(data, packed[:-8]), "a.pdf")
    assert "Line 1" in found.text


def test_a_file_with_a_password_says_so() -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    data = pdf([Sheet().column(72, 700, LEFT)]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)
    with pytest.raises(UnreadableError, match="password-protected"):
        list(read_bytes(data, "a.pdf"))
