"""Text of pictures of pages, by Tesseract; needs the extra ``ocr`` and the program ``tesseract``.

Tesseract gives words with their boxes and how sure it is of each; they become lines like those of
any page, so that columns, paragraphs and running heads are told by pdf_layout.py as for all pages.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

from .options import Options
from .parts import PARTLY, UNREAD, File
from .pdf_lines import Line, Page

RESOLUTION = 300
"""Dots per inch at which a page is drawn."""

PIXELS = 40_000_000
"""Of a page that is looked at; a larger one is made smaller."""

SURE = 60
"""Percent: words that Tesseract is less sure of are told."""

_NOISE = 30  # percent: below it, signs without a letter or digit are specks
_HANGING = re.compile(r"[gjpqyQ,;()\[\]{}|/_]")
_TOLD = 5


def lacking(options: Options) -> str | None:
    """What is missing for reading pictures, as advice in a few words; null where nothing is."""
    if options.ocr == "never":
        return "gulfbrief index --ocr auto reads it"
    if find_spec("pytesseract") is None:
        return "to read it: pip install 'gulfbrief[ocr]', and install tesseract"
    if shutil.which("tesseract") is None:
        return "to read it install tesseract"
    if missing := sorted(set(re.split(r"[+/]", options.ocr_language)) - _languages()):
        return f"tesseract has no language {', '.join(missing)} (setting: ocr_language)"
    return None


def installed() -> bool:
    """Whether the package and the program are there, whatever their languages."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


@cache
def _languages() -> frozenset[str]:
    import pytesseract

    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractError, OSError, ValueError):
        return frozenset()


@dataclass(slots=True)
class Recognition:
    """The pages of one file that were recognised, and how well."""

    file: File
    words: int = 0
    doubtful: dict[int, int] = field(default_factory=dict)  # page -> words below ``SURE``
    pages: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    last: int = 0  # words of the page that came last

    def page(self, image: Any, number: int, width: float, height: float) -> Page:
        """The lines of a picture of page ``number``, which is ``width`` by ``height`` points."""
        import pytesseract

        os.environ["OMP_THREAD_LIMIT"] = "1"  # as many processes read as there are cores
        options = self.file.options
        self.file.budget.alive(options)
        try:
            found = pytesseract.image_to_data(
                _smaller(image),
                lang=options.ocr_language,
                output_type=pytesseract.Output.DICT,
                timeout=options.max_seconds,
            )
        except (pytesseract.TesseractError, RuntimeError, OSError, ValueError):
            self.failed.append(number)
            return Page(width, height, ())
        finally:
            self.file.budget.alive(options)
        self.pages.append(number)
        scale = width / max(found["width"][0], 1) if found["width"] else 1.0
        words = [
            _Word(text, sure, (block, paragraph, line), x * scale, y * scale, w * scale, h * scale)
            for text, sure, block, paragraph, line, x, y, w, h in zip(
                *(found["text"], map(float, found["conf"]), found["block_num"], found["par_num"]),
                *(found["line_num"], found["left"], found["top"], found["width"], found["height"]),
                strict=True,
            )
            if text.strip() and sure >= 0
        ]
        words = [w for w in words if w.sure >= _NOISE or any(c.isalnum() for c in w.text)]
        self.words += len(words)
        self.last = len(words)
        if doubtful := sum(w.sure < SURE for w in words):
            self.doubtful[number] = doubtful
        return Page(width, height, tuple(_lines(words, height)))

    def forget(self, number: int) -> None:
        """Takes back the page that came last: what it says itself is kept instead."""
        self.words -= self.last if number in self.pages else 0
        self.doubtful.pop(number, None)
        self.pages = [page for page in self.pages if page != number]

    def warnings(self) -> list[str]:
        """What there is to tell: that the text was recognised, and how sure that is."""
        told = []
        if self.pages:
            doubtful = sum(self.doubtful.values())
            line = f"text recognised by OCR ({self.file.options.ocr_language}): {self.words} words"
            if doubtful:
                line += f", {doubtful} of them with a confidence below {SURE}%"
                if len(self.pages) > 1:
                    worst = sorted(self.doubtful, key=lambda n: -self.doubtful[n])[:_TOLD]
                    line += f" (most on {_pages(worst)})"
            told.append(line)
        if self.failed:
            told.append(
                f"{UNREAD if not self.pages else PARTLY}OCR failed on {_pages(self.failed)}"
            )
        return told


@dataclass(frozen=True, slots=True)
class _Word:
    """A word; its box in points from the upper left corner, ``sure`` in percent."""

    text: str
    sure: float
    line: tuple[int, int, int]
    x: float
    y: float
    width: float
    height: float


def _smaller(image: Any) -> Any:
    pixels = image.width * image.height
    if pixels > PIXELS:
        share = (PIXELS / pixels) ** 0.5
        image = image.resize((int(image.width * share), int(image.height * share)))
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _lines(words: Sequence[_Word], height: float) -> Iterable[Line]:
    """Lines with one size for all that are about as high as most, and a box around their baseline:
    how high a line's own letters reach says nothing of its type."""
    held: dict[tuple[int, int, int], list[_Word]] = {}
    for word in words:
        held.setdefault(word.line, []).append(word)
    heights = {key: median(w.height for w in line) * 1.3 for key, line in held.items()}
    common = median(heights.values()) if heights else 10.0
    for key, line in held.items():
        size = heights[key]
        if 0.65 * common < size < 1.4 * common:
            size = common
        standing = [
            w.y + w.height for w in line if not _HANGING.search(w.text) and w.text.isalnum()
        ]
        base = median(standing) if standing else max(w.y + w.height for w in line) - 0.2 * size
        text = line[0].text
        for before, word in pairwise(line):
            gap = word.x - before.x - before.width
            text += ("\t" if gap > 2.5 * size else " ") + word.text
        low = height - base - 0.2 * size
        yield Line(text, line[0].x, low, line[-1].x + line[-1].width, low + size, size)


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(n) for n in sorted(numbers[:_TOLD]))
    more = ", ..." if len(numbers) > _TOLD else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}{more}"
