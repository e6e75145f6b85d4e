"""Pictures of pages (PNG, JPEG, TIFF): each frame a page, its text by ocr.py."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from ..errors import UnreadableError
from . import ocr
from .parts import PARTLY, Content, File, Part
from .pdf_layout import flow
from .pdf_lines import Page

_WIDTH = 595.0  # points: what a picture shows is taken for a page of A4
_SMALLEST = 40  # pixels each way: what is smaller is a sign or a rule
_PIXELS = 400_000_000
_FEWEST = 3  # words
_SUREST = 35  # percent: in a photograph some pattern always looks like letters


def read(file: File) -> Iterator[Part]:
    """The one document that the pictures of a file are."""
    from PIL import Image, UnidentifiedImageError

    found = ocr.Recognition(file)
    pages: list[Page] = []
    told: list[str] = []
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(file.data)) as image:
            warnings.simplefilter("ignore")  # of the size, which is looked at here
            for number in range(getattr(image, "n_frames", 1)):
                if more := file.beyond(number):
                    told.append(more)
                    break
                image.seek(number)
                width, height = image.size
                if width * height > _PIXELS:
                    raise UnreadableError(f"an image of {width} by {height} pixels is too large")
                if min(width, height) < _SMALLEST:
                    raise UnreadableError(f"not a text: an image of {width} by {height} pixels")
                size = (_WIDTH, _WIDTH * height / width)
                pages.append(found.page(image, number + 1, *size))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        if not pages:
            raise UnreadableError(f"a damaged image ({error!s:.80})") from error
        told.append(f"{PARTLY}damaged or cut off")
    flowing = flow(pages)
    doubtful = sum(found.doubtful.values())
    if found.words < _FEWEST or 100 * doubtful > (100 - _SUREST) * found.words:
        raise UnreadableError("not a text: an image in which OCR found no text")
    yield Content(flowing.text, pages=flowing.pages, warnings=(*told, *found.warnings()))
