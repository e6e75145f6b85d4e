"""PDF: reading order, paragraphs, pages; what of a page is no text."""

from __future__ import annotations

import math
import re
import zlib

import pytest
from pdf_maker import Sheet, pdf
from pypdfium2 import raw

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes
from gulfbrief.read import pdf as pdf_reader
from gulfbrief.read.parts import Budget, File

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


@pytest.mark.parametrize(("gap", "columns"), [(6, 1), (9, 2)])
def test_columns_stand_seven_points_apart(gap: float, columns: int) -> None:
    left, right = "noon noon noon noon", "dusk dusk dusk dusk"  # 16 letters of 0.556 and 3 blanks
    width = (16 * 0.556 + 3 * 0.278) * 4
    sheet = Sheet().column(72, 700, [left] * 8, 4).column(72 + width + gap, 700, [right] * 8, 4)
    first = document(sheet).text.split()[:8]
    assert first.count("dusk") == (4 if columns == 1 else 0)


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


def test_a_running_head_stands_once_and_page_numbers_nowhere() -> None:
    text = document(*paged(4)).text
    assert text.startswith("Gulf Shipping Letter\n\nThis is what page one")
    assert text.count("Letter") == 1
    assert "of 4" not in text
    assert text.count("has to say") == 4


def test_pages_of_one_line_each_that_count_themselves_are_text() -> None:
    found = document(*(Sheet().put(72, 740, f"Berth {n} is empty since May") for n in range(1, 5)))
    assert found.text.count("is empty") == 4


def test_a_running_head_that_changes_with_each_chapter_stands_once_a_chapter() -> None:
    sheets = [
        Sheet()
        .put(72, 815, f"Chapter {n // 4}: Ports and islands" if n < 8 else "Annex: Ships and flags")
        .column(72, 760, [f"Sentence number {n} of this report says one thing."])
        for n in range(16)
    ]
    text = document(*sheets).text
    assert [text.count(head) for head in ("Chapter 0:", "Chapter 1:", "Annex:")] == [1, 1, 1]


def test_pages_are_the_offsets_at_which_they_start() -> None:
    found = document(*paged(4))
    assert [found.text[p:].split(" has")[0] for p in found.pages] == [
        "Gulf Shipping Letter\n\nThis is what page one",
        *(f"This is what page {word}" for word in ("two", "three", "four")),
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


def test_a_page_that_unpacks_to_a_hundred_megabytes_costs_no_other_page() -> None:
    data = pdf([Sheet().column(72, 700, LEFT), Sheet().column(72, 700, RIGHT)])
    bomb = zlib.compress(b" " * 100_000_000, 9)
    (found,) = read_bytes(with_packed_content(data, bomb), "a.pdf")
    assert "We will not wait" in found.text


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


def turned(text: str, x: float, y: float, degrees: float, size: float = 10) -> str:
    """Drawing operators that set a text at an angle, against the clock."""
    a, b = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return f"BT /F1 {size} Tf {a:.4f} {b:.4f} {-b:.4f} {a:.4f} {x} {y} Tm ({text}) Tj ET\n"


def test_turned_words_far_from_each_other_are_all_read() -> None:
    sheet = Sheet()
    for n, word in enumerate(("A", "pier", "was", "shut")):
        sheet.draw(turned(word, 100 + 90 * n, 200 + 90 * n, 45))
    assert sorted(document(sheet).text.split()) == ["A", "pier", "shut", "was"]


def test_pages_whose_words_are_set_letter_by_letter_are_told() -> None:
    spaced = [" ".join("the pilots waited for the tide") for _ in range(3)]
    sheets = [Sheet().column(72, 700, LEFT), Sheet().column(72, 700, spaced)]
    (warning,) = document(*sheets).warnings
    assert warning == "read in part: letters stand apart on page 2: words are torn there"


def test_the_share_of_characters_without_a_known_meaning_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = raw.FPDFText_GetUnicode
    monkeypatch.setattr(raw, "FPDFText_GetUnicode", lambda p, i: 0xE000 if i % 2 else known(p, i))
    (found,) = read_bytes(pdf([Sheet().put(72, 700, "Ports.")]), "a.pdf", Options(ocr="never"))
    assert any("50% of its characters have no known meaning" in w for w in found.warnings)


@pytest.mark.parametrize("degrees", [0, 30, 90, 180, 270])
def test_text_at_any_angle_is_read(degrees: int) -> None:
    lines = ["The strait was open on Friday, he said,", "and the ships went on sailing to it."]
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    sheet = Sheet()
    for n, line in enumerate(lines):
        sheet.draw(turned(line, 300 + 12 * n * sine, 400 - 12 * n * cosine, degrees))
    assert document(sheet).text == " ".join(lines)


def test_a_stamp_along_the_margin_stands_apart_from_the_text_and_once() -> None:
    stamp = turned("Received by desk four", 30, 200, 90)
    sheets = [Sheet().column(72, 700, LEFT if n else RIGHT).draw(stamp) for n in range(3)]
    text = document(*sheets).text
    assert text.count("Received by desk four") == 1
    assert "Monday that the talks would begin again next week" in text


@pytest.mark.parametrize("shift", [0.0, 0.4, 1.0])
def test_what_is_printed_twice_for_bold_type_is_read_once(shift: float) -> None:
    sheet = Sheet().column(72, 700, LEFT)
    for x in (72, 72 + shift):
        sheet.put(x, 760, "Sea lanes in autumn, a village hall", 14)
    assert document(sheet).text.startswith("Sea lanes in autumn, a village hall\n\nThe foreign")


def test_no_row_of_a_table_that_runs_over_pages_is_lost() -> None:
    sheets = []
    for page in range(3):
        sheet = Sheet()
        for n in range(38):
            row = page * 38 + n + 1
            cells = [
                f"{row:02d}",
                "July 2021",
                ("Lark", "Pearl")[row % 2],
                "Fujairah",
                f"{row * 7}",
            ]
            for x, cell in zip((50, 90, 200, 300, 420), cells):
                sheet.put(x, 810 - 20.5 * n, cell)
        sheets.append(sheet)
    words = document(*sheets).text.split()
    assert [w for w in words if len(w) == 2] == [
        w for row in range(1, 115) for w in (f"{row:02d}"[-3:], f"{row * 7}") if len(w) == 2
    ]
    assert words.count("Fujairah") == 114


def test_a_lone_number_is_no_page_number() -> None:
    sheet = Sheet().column(72, 700, LEFT).put(300, 40, "412").put(300, 800, "2020")
    assert {"412", "2020"} <= set(document(sheet).text.split())


def test_a_foot_does_not_part_a_sentence_that_goes_on_on_the_next_page() -> None:
    sheets = [
        Sheet().column(72, 700, lines).put(72, 30, "Office of the Harbour Master, Quay 4")
        for lines in (LEFT, RIGHT, RIGHT)
    ]
    text = document(*sheets).text
    assert "no one asked him about it until the very end of the hour" in text
    assert text.count("Quay 4") == 1


def test_japanese_that_runs_down_is_read_from_right_to_left() -> None:
    columns = ["海峡は金曜日に開いた", "船は次の日に出た"]
    sheet = Sheet(vertical=True)
    for n, column in enumerate(columns):
        code = column.encode("utf-16-be").hex()
        sheet.draw(f"BT /F2 12 Tf {500 - 20 * n} 700 Td <{code}> Tj ET\n")
    text = document(sheet).text
    assert "".join(text.split()) == "".join(columns)


def test_values_of_a_form_stand_where_their_fields_do() -> None:
    sheet = Sheet().put(72, 700, "Name of the ship:").put(72, 680, "Flag:")
    sheet.field(200, 695, "Northern Lark").field(200, 675, "Oman")
    text = document(sheet).text
    assert "Name of the ship:" in text
    assert text.index("Northern Lark") < text.index("Flag:") < text.index("Oman")


def test_a_list_in_which_nothing_is_chosen_shows_what_it_offers() -> None:
    sheet = Sheet().put(72, 700, "Port of call:").choices(72, 620, ["Muscat", "Sohar", "Duqm"])
    assert document(sheet).text.split()[-3:] == ["Muscat", "Sohar", "Duqm"]


def test_the_mark_of_a_note_is_no_part_of_a_word() -> None:
    sheet = Sheet().put(72, 700, "The harbour was closed").put(178, 704, "3", 6)
    sheet.put(182, 700, "by the ministry on Friday, and nobody said why it was.")
    assert "harbour was closed 3 by" in document(sheet).text


def test_a_file_that_only_the_second_reader_opens_is_read_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(data: bytes, warnings: list[str]) -> None:
        raise pdf_reader.LockedError("password-protected")

    monkeypatch.setattr(pdf_reader, "opened", locked)
    found = document(Sheet().put(72, 740, "The port is open."), Sheet().put(72, 740, "It is not."))
    assert found.text == "The port is open.\n\nIt is not."
    assert len(found.pages) == 2


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (Options(max_pages=1), "only the first 1 pages"),
        (Options(max_pages=1, max_seconds=0), "stopped after 0 seconds"),
    ],
)
def test_the_second_reader_says_once_why_it_stopped(
    monkeypatch: pytest.MonkeyPatch, options: Options, reason: str
) -> None:
    data = pdf([Sheet().put(72, 740, "The port is open.")] * 2, {})
    file = File("a.pdf", options, Budget.of(options), content=data)
    warnings: list[str] = []
    pages = list(pdf_reader._unlocked(file, warnings))
    assert len(pages) == 1 - (options.max_seconds == 0)
    assert [w for w in warnings if reason in w] == warnings != []
