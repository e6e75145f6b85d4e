"""Presentations (PPTX), by python-pptx; the extra ``office`` installs it.

Each slide is a page: its title, its other texts from top to bottom, tables row by row, the notes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ..errors import UnreadableError
from .package import Package, author, first_text, keywords, made
from .parts import UNREAD, Content, File, Part, paged

_LARGEST_DEPTH = 50
_TOLD = 5
_NO_TITLE = re.compile(r"(?:slide|title|presentation|powerpoint.presentation)\W*\d*$", re.I)


def read(file: File) -> Iterator[Part]:
    """The one document of a presentation."""
    from pptx.package import Package as Presentation

    with Package(file) as package:
        for name in package.names:  # what is drawn is of no use here, but the library reads it
            if not name.endswith("/"):
                package.check(name)
        core = package.xml_or_none("docProps/core.xml")
    try:
        slides = Presentation.open(io.BytesIO(file.data)).main_document_part.presentation.slides
    except Exception as error:
        raise UnreadableError(f"damaged ({type(error).__name__}: {error!s:.80})") from error
    pages: list[str] = []
    warnings: list[str] = []
    title: str | None = None
    lost = 0
    feet: set[str] = set()
    for number in range(len(slides)):
        if stop := file.beyond(number, "slides") or file.late:
            warnings.append(stop)
            break
        try:
            slide = slides[number]
            head, *rest = _slide(slide, feet)
        except Exception as error:
            lost += 1
            if lost <= _TOLD:
                warnings.append(f"{UNREAD}slide {number + 1} ({type(error).__name__})")
            head, rest = "", []
        title = title or head or None
        pages.append("\n\n".join(filter(None, (head, *rest))))
    text, starts = paged(pages)
    yield Content(
        text,
        title=_named(first_text(core, "title")) or title,
        made=made(core),
        author=author(core, "creator"),
        tags=keywords(core),
        pages=starts,
        warnings=tuple(warnings),
    )


def _named(title: str | None) -> str | None:
    """The title of the properties, unless it is what a program writes there by itself."""
    return None if title and _NO_TITLE.match(title) else title


def _slide(slide: Any, feet: set[str]) -> Iterator[str]:
    """The title ('' where there is none), then the other texts of a slide; a foot that was seen
    before and the slide's number are left out."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    shapes = slide.shapes
    title = shapes.title
    yield " ".join(title.text_frame.text.split()) if title is not None else ""
    others = [s for s in shapes if title is None or s.shape_id != title.shape_id]
    for shape in sorted(others, key=_place):
        if shape.is_placeholder and shape.placeholder_format.type in (
            P.FOOTER,
            P.SLIDE_NUMBER,
            P.DATE,
        ):
            text = shape.text_frame.text.strip()
            if text in feet or shape.placeholder_format.type != P.FOOTER:
                continue
            feet.add(text)
        yield from _shape(shape, 0)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        yield from _paragraphs(notes)


def _place(shape: Any) -> tuple[int, int]:
    """Where a shape stands, from the top; what has no place of its own first."""
    return (shape.top or 0, shape.left or 0)


def _shape(shape: Any, depth: int) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        if depth > _LARGEST_DEPTH:
            raise UnreadableError("nested too deeply")
        for inner in shape.shapes:
            yield from _shape(inner, depth + 1)
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield "\t".join(" ".join(cell.text.split()) for cell in row.cells).strip()


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        text = paragraph.text.replace("\v", "\n").strip()
        if text:
            yield text
