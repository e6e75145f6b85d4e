"""Plain text: which bytes are which characters, and that nothing else is changed."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import read, read_bytes
from gulfbrief.read.language import NOT_ENGLISH

ENGLISH = "“We won’t wait,” the minister said — the port’s cafés stay open.\nNobody replied.\n"
RUSSIAN = (
    "Министр иностранных дел заявил в пятницу, что переговоры продолжатся на следующей неделе.\n"
)
ARABIC = "قال وزير الخارجية يوم الجمعة إن المحادثات ستستأنف الأسبوع المقبل في مسقط.\n"
POLISH = "Minister spraw zagranicznych powiedział w piątek, że rozmowy zostaną wznowione.\n"


def document(data: bytes, name: str = "a.txt") -> Document:
    (found,) = read_bytes(data, name)
    return found


ENCODINGS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "encodings.toml").read_text("utf-8")
)
MARKED = ("utf-8-sig", "utf-16", "utf-32")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16"),
        (POLISH, "cp1250"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    assert document(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(name, encoding) for name, entry in ENCODINGS.items() for encoding in entry["encodings"]],
)
def test_short_and_long_texts_are_known_in_the_encodings_of_their_language(
    language: str, encoding: str
) -> None:
    texts = [t.encode(encoding, "ignore") for t in ENCODINGS[language]["texts"]]
    longer = "\n\n".encode(encoding if encoding.startswith("utf-16-") else "ascii").join(texts)
    for data in (*texts, longer) if encoding not in MARKED else texts:
        assert document(data).text == data.decode(encoding)


def test_a_guessed_encoding_is_told() -> None:
    assert "no UTF-8: decoded as KOI8-R (guessed)" in document(RUSSIAN.encode("koi8-r")).warnings


def test_what_reads_well_in_no_encoding_is_read_as_the_commonest() -> None:
    found = document(b"serial\xb0number")
    assert found.text == "serial°number"
    assert "no UTF-8: decoded as Windows-1252 (guessed)" in found.warnings


def test_plain_ascii_before_a_late_quotation_mark_does_not_mislead_the_guess() -> None:
    text = "The port is open. " * 20_000 + ENGLISH
    assert document(text.encode("cp1252")).text == text


def test_utf_8_with_a_bad_place_stays_utf_8_and_says_where() -> None:
    data = (ENGLISH * 5).encode() + b"\xff\xfe and " + (ENGLISH * 5).encode()
    found = document(data)
    assert found.text.count("\ufffd") == 2
    assert found.text.count("“We won’t wait,”") == 10
    assert any(f"at byte {len((ENGLISH * 5).encode())}" in w for w in found.warnings)


def test_a_character_cut_off_at_the_end_is_told() -> None:
    found = document("The port is open — ".encode()[:-2])
    assert found.text == "The port is open \ufffd"
    assert any("could not be decoded" in w for w in found.warnings)


def test_mojibake_is_reported_and_left_as_it_is() -> None:
    damaged = ENGLISH.encode().decode("cp1252", "replace").replace("\ufffd", "")
    found = document(damaged.encode())
    assert found.text == damaged
    assert any(w.startswith("mojibake") for w in found.warnings)


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, ARABIC, POLISH, "São Tomé, Ã la carte, 5 €"])
def test_sound_text_is_not_called_mojibake(text: str) -> None:
    assert not any("mojibake" in w for w in document(text.encode()).warnings)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_newlines(end: str) -> None:
    assert document(f"One.{end}{end}Two.{end}".encode()).text == "One.\n\nTwo.\n"


def test_nothing_else_is_changed() -> None:
    text = "  Tabs\tand   spaces \x0c and\x0b odd\u2028 signs\u200b stay. \n\n\n"
    assert document(text.encode()).text == text


@given(st.text().filter(lambda t: "\r" not in t and "\0" not in t and not t.startswith("\ufeff")))
def test_any_text_in_utf_8_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    if not data:
        return
    try:
        found = document(data, "note.xyz.txt")
    except UnreadableError:
        return  # it happens to begin like another format
    if found.format == "text":
        assert found.text == text


def test_the_id_is_that_of_the_bytes_not_of_the_text() -> None:
    with_mark = document(codecs.BOM_UTF8 + b"The port.")
    without = document(b"The port.")
    assert with_mark.text == without.text
    assert with_mark.id != without.id
    assert without.id == document(b"The port.", "other.txt").id


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableError, match="binary"):
        document(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Port to stay open\n\nThe port will stay open.", "Port to stay open"),
        ("Port to stay open\n09:41 GMT 02.07.2021\nThe port will.", "Port to stay open"),
        ("‘No deal’ - minister\n\nThere is no deal.", "‘No deal’ - minister"),
        ("Is the strait safe?\n\nIt is.", "Is the strait safe?"),
        ("Port to stay open.\n\nThe port will stay open.", "Port to stay open"),
        ("The port will stay open. Nobody doubts it.\n\nSo he said.", None),
        ("MUSCAT, July 2, 2021 (Sea Press) - It opened.\n\nMore.", None),
        ("By Omar Haddad\n\nThe port will stay open.", None),
        (
            "The minister of transport said on Tuesday that the ferry\n"
            "to the islands would sail again from Sunday on, and that\nno ticket would cost more.",
            None,
        ),
    ],
)
def test_a_first_line_is_the_title_where_it_stands_as_a_headline(
    text: str, title: str | None
) -> None:
    assert document(text.encode()).title == title


def test_a_byline_among_the_first_lines_names_the_author() -> None:
    text = "Port to stay open\nBy Omar Haddad, Muscat\n\nThe port will stay open."
    assert document(text.encode()).author == "Omar Haddad"


def test_what_is_not_english_says_that_it_was_not_searched_for_findings() -> None:
    found = document(RUSSIAN.encode())
    assert found.language == "ru"
    assert NOT_ENGLISH in found.warnings


# ---- files -------------------------------------------------------------------------------------


def test_the_path_is_as_the_user_gave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("The port.")
    monkeypatch.chdir(tmp_path)
    (found,) = read(Path("a.txt"))
    assert found.path == "a.txt"


@pytest.mark.parametrize("name", [b"a\nb.txt", b"a\x1b[31m.txt", b"a\xff\xfe.txt", b"[red]a.txt"])
def test_any_file_name_gives_a_path_that_can_be_encoded(tmp_path: Path, name: bytes) -> None:
    import os

    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "wb") as stream:
        stream.write(b"The port is open.")
    (found,) = read(Path(os.fsdecode(path)))
    assert found.path.encode()
    assert found.text == "The port is open."


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda p: None, "no such file"),
        (lambda p: p.mkdir(), "a folder|not a file"),
        (lambda p: p.write_bytes(b""), "empty"),
    ],
)
def test_a_path_that_is_no_file_says_why(tmp_path: Path, make: object, reason: str) -> None:
    path = tmp_path / "a.txt"
    make(path)  # type: ignore[operator]
    with pytest.raises(UnreadableError, match=reason):
        list(read(path))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    import os

    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(UnreadableError, match="not a file"):
        list(read(path))
