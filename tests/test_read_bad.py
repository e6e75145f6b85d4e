"""Bad files: each is read in part or refused with its reason, and none costs time or memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pdf_maker import Sheet, pdf
from zip_maker import WORD, docx, epub, odt, paragraph, zipped

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, read, read_bytes

SHEET = Sheet().column(72, 700, ["The port is open, said the", "minister on Monday."])
FILES = {
    "a.pdf": pdf([SHEET]),
    "a.docx": docx(paragraph("The port is open.")),
    "a.odt": odt("<text:p>The port is open.</text:p>"),
    "a.epub": epub({"a.xhtml": "<p>The port is open.</p>"}),
    "a.zip": zipped({"a.txt": "The port is open."}),
    "a.rtf": rb"{\rtf1\ansi The port is open.\par}",
}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def documents(data: bytes, name: str, options: Options = Options()) -> list[Document]:
    return list(read_bytes(data, name, options))


def read_or_reason(data: bytes, name: str) -> list[Document] | str:
    try:
        return documents(data, name)
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("name", [*FILES, "a.html", "a.eml", "a.txt", "a.json", "a.csv", "a.md"])
def test_a_file_of_no_bytes_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match="empty"):
        documents(b"", name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_file_is_read_in_part_or_refused(name: str, share: float) -> None:
    found = read_or_reason(FILES[name][: int(len(FILES[name]) * share)], name)
    assert found
    assert isinstance(found, str) or all(d.warnings for d in found)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (FILES["a.pdf"], "a.docx", "pdf"),
        (FILES["a.docx"], "a.pdf", "docx"),
        (b"<!DOCTYPE html><html><body><p>Not found.</p></body></html>", "a.pdf", "html"),
        (b"<html><body><p>The port is open.</p></body></html>", "a.txt", "html"),
        (b"The port is open.", "a.docx", "text"),
        (b"The port is open.", "a.unknown", "text"),
        (b"From: a@b\nTo: c@d\nSubject: x\n\nThe port.", "message", "mail"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nThe port.\n", "speech", "subtitles"),
        (b'[{"text": "The port is open."}]', "dump.txt", "json"),
        (b'{"text": "The port is open."}', "dump", "json"),
        (b"{The port} is open.", "a.txt", "text"),
    ],
)
def test_the_content_decides_where_the_suffix_is_wrong(data: bytes, name: str, kind: str) -> None:
    assert [d.format for d in documents(data, name)] == [kind]


def test_a_suffix_that_promises_another_format_is_told() -> None:
    (found,) = documents(b"The port is open.", "a.docx")
    assert found.warnings == ("named .docx, but it is text",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0JFIF", "image"),
        (OLE, "old Office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged"),
        (b"\0\0\0\x18ftypmp42", "film"),
        (b"\x7fELF\x02\x01", "program"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (zipped({"xl/workbook.xml": "<x/>"}), "damaged"),
        (zipped({"xl/workbook.bin": "x"}), r"save it as \.xlsx"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "damaged"),
        (bytes(range(256)) * 64, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        documents(data, "a.txt")


def test_an_entity_bomb_in_a_word_file_does_not_go_off() -> None:
    levels = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{levels}]><w:document {WORD}><w:body>'
        f"<w:p><w:r><w:t>Open. &j;</w:t></w:r></w:p></w:body></w:document>"
    )
    (found,) = documents(zipped({"word/document.xml": bomb}), "a.docx")
    assert len(found.text) < 100
    assert found.warnings == ("read in part: it defines entities, which are never put in",)


def test_an_entity_cannot_fetch_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    xml = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><w:document {WORD}><w:body>'
        "<w:p><w:r><w:t>Open. &s;</w:t></w:r></w:p></w:body></w:document>"
    )
    (found,) = documents(zipped({"word/document.xml": xml}), "a.docx")
    assert "swordfish" not in found.text


def test_a_word_file_that_would_grow_a_thousandfold_is_refused() -> None:
    bomb = docx(paragraph(" " * 30_000_000))
    with pytest.raises(UnreadableError, match="bomb"):
        documents(bomb, "a.docx")


def test_elements_nested_ten_thousand_deep_are_refused_or_read() -> None:
    body = "<w:sdt>" * 10_000 + paragraph("Open.") + "</w:sdt>" * 10_000
    assert read_or_reason(docx(body), "a.docx")


def test_a_text_of_many_megabytes_on_one_line_is_read_whole() -> None:
    line = b"The port is open, said the minister on Monday. " * 200_000
    (found,) = documents(line, "a.txt")
    assert len(found.text) == len(line)


def test_of_a_text_beyond_the_limit_the_beginning_is_read_and_the_cut_is_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The port is open. " * 1_000)
    (found,) = read(path, Options(max_bytes=1_000))
    assert len(found.text) == 1_000
    assert found.warnings[0].startswith("read in part: only the first")


def test_the_id_of_a_cut_text_is_that_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The port is open. " * 1_000)
    (part,) = read(path, Options(max_bytes=1_000))
    (whole,) = read(path)
    assert part.id == whole.id


def test_a_mailbox_larger_than_the_limit_is_read_message_by_message(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    message = (
        "From a@b Tue Nov 12 23:50:11 2019\nFrom: a@b\nSubject: x\n\n{} " + "open " * 100 + "\n\n"
    )
    path.write_text("".join(message.format(n) for n in range(50)))
    found = list(read(path, Options(max_bytes=2_000)))
    assert len(found) == 50
    assert not any(d.warnings for d in found)


def test_a_dump_larger_than_the_limit_is_read_record_by_record(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text": "Number {n} is open."}}\n' for n in range(500)))
    found = list(read(path, Options(max_bytes=2_000)))
    assert len(found) == 500
    assert not any(d.warnings for d in found)


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (b"<p>", "a.html"),
        (b"<blockquote>", "a.html"),
        (b"<!--", "a.html"),
        (b"> ", "a.eml"),
        (b"From: a\n", "a.eml"),
        (b"On x wrote:\n", "a.eml"),
        (b"{", "a.json"),
        (b'{"a":', "a.json"),
        (b'"', "a.csv"),
        (b",", "a.csv"),
        (b"---\n", "a.md"),
        (b"# ", "a.md"),
        (b"00:00:01.000 --> ", "a.vtt"),
        (b"<v ", "a.vtt"),
        (b"{\\b ", "a.rtf"),
        (b"2021 ", "a.txt"),
        (b"1 May 2021, ", "a.txt"),
        (b"\xd0", "a.txt"),
        (b"\xe9 ", "a.txt"),
    ],
)
def test_hostile_repetition_is_read_or_refused(unit: bytes, name: str) -> None:
    data = b"x: y\n\n" + unit * 40_000 if name == "a.eml" else unit * 40_000
    assert read_or_reason(data, name)


def test_reading_costs_no_library_before_it_is_needed() -> None:
    import subprocess

    code = (
        "import sys, gulfbrief.read; print([m for m in ('lxml', 'trafilatura', 'pdfminer', "
        "'email', 'zipfile', 'charset_normalizer', 'csv') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
