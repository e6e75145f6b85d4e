"""Characters of a page as PDFium draws them -> lines in one frame for each direction of writing.

A page may hold text at several angles (a turned table, a stamp along the margin, a watermark) and,
in Japanese and Chinese, text that runs downwards. Each direction is turned upright and given as a
``Page`` of its own, the one with the most characters first, so that what is laid out later is
always horizontal. What is set twice at one place (for bold type or a shadow) is taken once.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from . import pdf_unembedded
from .pdf_forms import Fields
from .pdf_lines import DRAWN, GUESSED, Characters, Glyph, Line, Page

_UPRIGHT = 3  # degrees off a direction that still count as it: a scan that lies askew
_SAME = 0.15  # of the size: how far the second print of a character lies from the first, at most
_SPACE = 0.13  # of the size: a gap that parts two words
_NARROW = 0.05  # of the size: one that does where PDFium takes it for a space too
_APART = 1.2  # of the size: a gap that parts two cells or columns
_SMALL = 0.8  # of the size of what stands beside it: what may be raised or lowered
_BACK = 0.5  # of the size: a step back over what is written already
_HYPHENS = {2, 0xFFFE}  # what PDFium gives for a hyphen at the end of a line
_MEANINGLESS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


class Found(NamedTuple):
    """A page, the number of its characters, and of those that have no known meaning."""

    page: Page
    drawn: int
    unknown: int


Box = tuple[float, float, float, float]


def page(document: Any, number: int, fields: Fields, second: pdf_unembedded.Reader) -> Found:
    """The lines of one page (from 0): those of the direction in which most characters run, with
    the other directions beside them. ``second`` reads what PDFium has no font for. Raises what the
    libraries raise."""
    drawn = document[number]
    try:
        box = drawn.get_bbox()
        values = list(fields.lines(drawn))
        text = drawn.get_textpage()
        try:
            if pdf_unembedded.needed(drawn, text):
                found, box = second.page(number)
            else:
                found = characters(text.raw, box)
        finally:
            text.close()
    finally:
        drawn.close()
    return laid(found, box, values)


def laid(found: Characters, box: Box, values: list[Line]) -> Found:
    """A page of these characters and values of form fields."""
    frames = list(_frames(found, box, values))
    if not frames:
        return Found(Page(box[2] - box[0], box[3] - box[1], ()), found.drawn, found.unknown)
    first = frames[0]
    whole = Page(first.width, first.height, first.lines, tuple(frames[1:]))
    return Found(whole, found.drawn, found.unknown)


def _frames(found: Characters, box: Box, values: list[Line]) -> Iterator[Page]:
    left, bottom = box[:2]
    if values and 0 not in found.directions:
        found.directions[0] = []
    for angle, glyphs in sorted(found.directions.items(), key=lambda item: -len(item[1])):
        upright, width, height = _turned(glyphs, angle, box)
        across, down = _segments(_once(upright))
        lines = [line for s in across if (line := _line(s)).text]
        if angle == 0:
            lines += [
                replace(v, x0=v.x0 - left, x1=v.x1 - left, y0=v.y0 - bottom, y1=v.y1 - bottom)
                for v in values
            ]
        if lines:
            yield Page(width, height, tuple(lines))
        if down:
            turned = (
                [g._replace(x0=height - g.y1, x1=height - g.y0, y0=g.x0, y1=g.x1) for g in s]
                for s in down
            )
            yield Page(height, width, tuple(_line(s) for s in turned))


def characters(text_page: Any, box: Box) -> Characters:
    """The characters of a page in the order in which they are drawn, by direction."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    directions: dict[int, list[Glyph]] = {}
    sizes: dict[int, float] = {}
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    unicode_of, box_of, angle_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharAngle,
    )
    generated = raw.FPDFText_IsGenerated
    by_rect, by_x, by_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    gap = 0
    drawn = unknown = high = 0
    for i in range(raw.FPDFText_CountChars(text_page)):
        code = unicode_of(text_page, i)
        if (code <= 32 or code == 160) and code not in _HYPHENS:
            gap = max(gap, GUESSED if generated(text_page, i) else DRAWN)
            unknown += code == 0
            drawn += code == 0
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in _HYPHENS:
            code = 45
        box_of(text_page, i, by_rect)
        x0, x1, y0, y1 = rect.left, rect.right, rect.bottom, rect.top
        angle = angle_of(text_page, i)
        drawn += 1
        if 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900 or code == 0xFFFD:
            unknown += 1
            if code < 0xE000:
                continue
        middle, centre = (x0 + x1) / 2, (y0 + y1) / 2
        if not (left - 2 <= middle <= right + 2 and bottom - 2 <= centre <= top + 2):
            continue
        degrees = 0
        if angle > 0.01:
            degrees = -round(math.degrees(angle)) % 360
            near = round(degrees / 90) * 90
            degrees = near % 360 if abs(degrees - near) <= _UPRIGHT else degrees
        # The size is looked up once for each height of a box: a call less a character.
        key = round((y1 - y0 if degrees % 180 == 0 else x1 - x0) * 50) * 8 + degrees % 8
        size = sizes.get(key, -1.0)
        if size < 0 or degrees % 90:
            raw.FPDFText_GetMatrix(text_page, i, ctypes.byref(matrix))
            size = abs(raw.FPDFText_GetFontSize(text_page, i)) * math.hypot(matrix.c, matrix.d)
            sizes[key] = size = size if 0.1 < size < 5_000 else max(y1 - y0, 1.0)
        if degrees % 90:
            raw.FPDFText_GetCharOrigin(text_page, i, by_x, by_y)
            x0, y0 = x.value, y.value
            x1, y1 = x0, y0
        glyph = Glyph(chr(code), x0, y0, x1, y1, size, gap)
        gap = 0
        try:
            directions[degrees].append(glyph)
        except KeyError:
            directions[degrees] = [glyph]
    return Characters(directions, drawn, unknown)


def _turned(glyphs: list[Glyph], angle: int, box: Box) -> tuple[list[Glyph], float, float]:
    """The glyphs of one direction in a frame in which they run from left to right, with the
    frame's width and height; its corner is at nought."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    match angle:
        case 0:
            if not left and not bottom:
                return glyphs, width, height
            return [
                g._replace(x0=g.x0 - left, x1=g.x1 - left, y0=g.y0 - bottom, y1=g.y1 - bottom)
                for g in glyphs
            ], width, height  # fmt: skip
        case 90:
            return [
                g._replace(x0=g.y0 - bottom, x1=g.y1 - bottom, y0=right - g.x1, y1=right - g.x0)
                for g in glyphs
            ], height, width  # fmt: skip
        case 180:
            return [
                g._replace(x0=right - g.x1, x1=right - g.x0, y0=top - g.y1, y1=top - g.y0)
                for g in glyphs
            ], width, height  # fmt: skip
        case 270:
            return [
                g._replace(x0=top - g.y1, x1=top - g.y0, y0=g.x0 - left, y1=g.x1 - left)
                for g in glyphs
            ], height, width  # fmt: skip
    # Any other angle: the origins are turned, the boxes made from the size and the next origin.
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    least_x = min(x * cos + y * sin for x, y in corners)
    least_y = min(y * cos - x * sin for x, y in corners)
    turned = [
        (g, g.x0 * cos + g.y0 * sin - least_x, g.y0 * cos - g.x0 * sin - least_y) for g in glyphs
    ]
    out = []
    for n, (g, x, y) in enumerate(turned):
        step = g.size * 0.5
        if n + 1 < len(turned):
            _, next_x, next_y = turned[n + 1]
            if abs(next_y - y) < 0.3 * g.size and 0 < next_x - x < 1.1 * g.size:
                step = next_x - x - (0.3 * g.size if turned[n + 1][0].gap == DRAWN else 0)
        out.append(
            g._replace(x0=x, x1=x + max(step, 0.1), y0=y - 0.2 * g.size, y1=y + 0.8 * g.size)
        )
    return out, max(width, height), max(width, height)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without those that are set a second time where they stand already. A ligature that
    is taken apart has its letters at exactly one place and keeps them."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    out = []
    last: Glyph | None = None
    for g in glyphs:
        text, x, y, *_, size, _ = g
        near = _SAME * size
        # Cells twice as wide: a twin stands in this one or in that to the nearer side.
        across, down = x / (2 * near), y / (2 * near)
        column, row = int(across), int(down)
        columns = (column, column + 1 if across - column > 0.5 else column - 1)
        rows = (row, row + 1 if down - row > 0.5 else row - 1)
        for key in ((text, a, b) for a in columns for b in rows):
            twin = seen.get(key)
            if twin and abs(twin.x0 - x) < near and abs(twin.y0 - y) < near:
                break
        else:
            twin = None
        if twin is None or (twin is last and twin.x0 == x and twin.y0 == y):
            seen[text, column, row] = last = g
            out.append(g)
    return out


def _segments(glyphs: list[Glyph]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Runs of glyphs that follow one another: those that run across, and those that run down."""
    if not glyphs:
        return [], []
    across: list[list[Glyph]] = []
    down: list[list[Glyph]] = []
    run: list[Glyph] = []
    falls = False
    base = glyphs[0]

    def close() -> None:
        if run:
            (down if falls and len(run) > 1 else across).append(run)

    for g in glyphs:
        if run:
            last = run[-1]
            if not falls and _follows(base, last, g):
                run.append(g)
                if g.size >= _SMALL * base.size:
                    base = g
                continue
            if (falls or len(run) == 1) and _falls(last, g):
                falls = True
                run.append(g)
                continue
        close()
        run, base, falls = [g], g, False
    close()
    if sum(map(len, down)) < 8:
        across += down
        down = []
    elif down:
        # A character alone in its column belongs to the text that runs down.
        alone = [s for s in across if len(s) == 1 and _ideographic(s[0].text)]
        if len(alone) < len(across) or len(alone) < len(down):
            down += alone
            across = [s for s in across if not (len(s) == 1 and _ideographic(s[0].text))]
    return across, down


def _follows(base: Glyph, last: Glyph, g: Glyph) -> bool:
    """Whether a glyph goes on in the row of the last; ``base`` is the last one that is not raised
    or lowered (the mark of a note, an index)."""
    size = max(last.size, g.size)
    step = g.x0 - last.x1
    overlap = min(base.y1, g.y1) - max(base.y0, g.y0)
    if overlap * 2 < min(base.y1 - base.y0, g.y1 - g.y0) and not (
        g.size < _SMALL * base.size and overlap > 0 and abs(step) < 0.3 * base.size
    ):
        return False
    if -_BACK * size <= step <= _APART * size or (g.x0 == last.x0 and g.x1 == last.x1):
        return True
    return _leftwards(g.text) and -_BACK * size <= last.x0 - g.x1 <= _APART * size


def _falls(last: Glyph, g: Glyph) -> bool:
    """Whether a glyph stands right below the last, as in Japanese that runs down."""
    if not (_ideographic(last.text) and _ideographic(g.text)):
        return False
    size = max(last.size, g.size)
    return (
        abs((last.x0 + last.x1) - (g.x0 + g.x1)) < 0.6 * size
        and 0.4 * size < last.y1 - g.y1 < 1.8 * size
    )


def _ideographic(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\uffef"
    )


def _leftwards(char: str) -> bool:
    return "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc"


def _line(run: list[Glyph]) -> Line:
    pieces: list[str] = []
    last: Glyph | None = None
    for g in run:
        if last is not None:
            step = g.x0 - last.x1
            if _ideographic(g.text) and _ideographic(last.text):
                apart = step > _APART * g.size
            else:
                # The mark of a note is no part of the words beside it.
                least = (_NARROW if g.gap else _SPACE) * g.size
                apart = g.gap == DRAWN or step > least or _is_note(g, last) or _is_note(last, g)
            if apart:
                pieces.append(" ")
        pieces.append(g.text)
        last = g
    sizes = sorted([g.size for g in run])
    return Line(
        clean("".join(pieces)),
        min([g.x0 for g in run]),
        min([g.y0 for g in run]),
        max([g.x1 for g in run]),
        max([g.y1 for g in run]),
        sizes[len(sizes) // 2],
    )


def _is_note(g: Glyph, beside: Glyph) -> bool:
    raised = g.size < _SMALL * beside.size and g.y0 > beside.y0
    return raised and g.text.isdigit() and beside.text.islower()


def clean(text: str) -> str:
    """A line's text, ligatures taken apart, glyphs without a meaning left out."""
    for one, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(one, letters)
    return " ".join(_MEANINGLESS.sub("", text).split())
