"""Scans: pages and images whose text has to be recognised."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pdf_maker import Sheet, pdf
from PIL import Image
from running import run

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, ocr, read_bytes

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)
FIRST = Sheet().put(72, 740, "Harbour dues", 22).column(
    72, 690,
    ["The harbour master told the crews that no ship would leave",
     "before the storm had passed, and that dues would rise by a",
     "third in the spring."],
)  # fmt: skip
SECOND = Sheet().column(72, 700, ["Nobody from the port office was there to explain it."])


def pictures(*sheets: Sheet) -> list[Any]:
    """The pages of a document as a scanner would have them."""
    document = pypdfium2.PdfDocument(pdf(sheets, {}))
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]


def scan(form: str, *sheets: Sheet) -> bytes:
    first, *rest = pictures(*sheets)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, form, resolution=200, **more)
    return out.getvalue()


def document(data: bytes, name: str, **options: Any) -> Document:
    (found,) = read_bytes(data, name, Options(**options))
    return found


@needs_tesseract
def test_a_scanned_pdf_is_recognised_page_by_page() -> None:
    found = document(scan("PDF", FIRST, SECOND), "a.pdf")
    assert found.text == (
        "Harbour dues\n\nThe harbour master told the crews that no ship would leave before the "
        "storm had passed, and that dues would rise by a third in the spring.\n\n"
        "Nobody from the port office was there to explain it."
    )
    assert found.pages == (0, found.text.index("Nobody"))
    assert found.title == "Harbour dues"
    assert found.warnings == ("text recognised by OCR (eng): 39 words",)


@needs_tesseract
@pytest.mark.parametrize(("form", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif")])
def test_an_image_of_a_page_is_recognised(form: str, name: str) -> None:
    found = document(scan(form, SECOND), name)
    assert (found.format, found.text) == (
        "image",
        "Nobody from the port office was there to explain it.",
    )


@needs_tesseract
def test_each_frame_of_a_tiff_is_a_page() -> None:
    found = document(scan("TIFF", FIRST, SECOND), "a.tiff")
    assert found.pages == (0, found.text.index("Nobody"))


@needs_tesseract
def test_words_that_are_unsure_are_counted() -> None:
    (page,) = pictures(FIRST)
    small = page.resize((page.width // 4, page.height // 4)).resize(page.size)
    out = io.BytesIO()
    small.save(out, "PDF", resolution=200)
    (told,) = document(out.getvalue(), "a.pdf").warnings
    assert "of them with a confidence below 60%" in told


@needs_tesseract
def test_only_pages_without_text_are_recognised_unless_all_shall_be() -> None:
    text = pdf([SECOND], {})
    assert document(text, "a.pdf").warnings == ()
    (told,) = document(text, "a.pdf", ocr="always").warnings
    assert told.startswith("text recognised by OCR (eng)")


@needs_tesseract
def test_a_picture_without_text_is_none() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((600, 400)).save(out, "PNG")
    with pytest.raises(UnreadableError, match="OCR found no text"):
        document(out.getvalue(), "a.png")


@pytest.mark.parametrize(
    ("hidden", "options", "advice"),
    [
        (None, {"ocr": "never"}, "gulfbrief index --ocr auto reads it"),
        ("package", {}, r"pip install 'gulfbrief\[ocr\]'"),
        ("program", {}, "to read it install tesseract"),
        ("language", {"ocr_language": "xxx"}, "tesseract has no language xxx"),
    ],
)
def test_what_cannot_be_recognised_says_how_it_can(
    hidden: str | None, options: dict[str, Any], advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if hidden == "package":
        monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None if hidden == "program" else name)
    monkeypatch.setattr(ocr, "_languages", lambda: frozenset(("eng",)))
    told = document(scan("PDF", SECOND), "a.pdf", **options).warnings[0]
    assert told.startswith("not read: no text in its pages, perhaps scanned images; ")
    with pytest.raises(UnreadableError, match=f"a PNG image; .*{advice}"):
        document(scan("PNG", SECOND), "a.png", **options)


@needs_tesseract
def test_index_recognises_and_docs_tells(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(scan("PNG", SECOND))
    (tmp_path / "b.pdf").write_bytes(scan("PDF", FIRST))
    without = run("index", ".", "--ocr", "never", cwd=tmp_path)
    assert "a.png: not a text: a PNG image; gulfbrief index --ocr auto reads it" in without.err
    assert run("search", "harbour master", cwd=tmp_path).status == 1
    assert run("index", "--ocr", "auto", cwd=tmp_path).status == 0
    assert "b.pdf" in run("search", "harbour master", cwd=tmp_path).out
    assert "text recognised by OCR (eng)" in run("docs", "--warnings", cwd=tmp_path).out


@needs_tesseract
def test_a_page_of_few_words_keeps_them_where_no_more_is_to_be_seen() -> None:
    sheet = Sheet().put(72, 700, "Harbour dues", 22)
    sheet.draw("72 600 200 50 re f")
    assert document(pdf([sheet], {}), "a.pdf").warnings == ()
