"""Text of a document is data: here it is made harmless for each form it is shown in.

A terminal obeys control characters, a reader is misled by bidirectional overrides, Markdown and
spreadsheets obey signs of their own. ``visible`` maps one character to one character, so offsets
into a text hold in its shown form too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import accumulate

# Controls have pictures of their own in Unicode; what has none becomes the replacement sign.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x20)
_MISLEADING = [
    *range(0x80, 0xA0),  # C1 controls: a terminal may read 0x9B as the start of an escape
    0x061C,  # bidirectional marks, embeddings, overrides and isolates
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),  # halves of characters: file names that are no UTF-8
    *range(0xE0000, 0xE0080),  # invisible tags
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    0xFEFF,
]
_HARMFUL = dict.fromkeys(_MISLEADING, 0xFFFD)
_LINE = _PICTURES | _HARMFUL | _SPACES
_COLUMNS = {k: v for k, v in (_PICTURES | _HARMFUL).items() if k not in (0x09, 0x0A)}
_BLOCK = _COLUMNS | {0x09: 0x20}

# What marks up wherever it stands, what does so at the start of a line, emoji codes, entities.
_MARKDOWN = re.compile(r"[\\`*_\[\]<|~$]|&(?=#?\w+;)|:(?=[\w+-]+:)")
_AT_START = re.compile(r"^(\s*)([#>+=-])|^(\s*\d+)([.)])")

# Marks that a reader of plain text should not see. Emphasis begins before a letter and ends behind
# one; within a word, as in a_b_c, there is none.
_MARKED = re.compile(r"[*_`\]#]")
_EMPHASIS = re.compile(r"(?<![\w*_`])(\*\*|\*|__|_|`)(?=\S)([^*_`\n]*[^\s*_`])\1(?![\w*_`])")
_LINK = re.compile(r"!?\[([^\[\]\n]+)\]\([^()\s]*\)")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_HARMFUL_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """``text`` on one line, harmless for a terminal; as long as ``text`` itself.

    White space becomes a space, any other control a visible picture of it.

    >>> visible("a\\x1b[31mb\\nc")
    'a␛[31mb c'
    """
    return text.translate(_LINE)


def lines(text: str) -> str:
    """``visible``, with line ends kept; as long as ``text`` itself."""
    return text.translate(_BLOCK)


def columns(text: str) -> str:
    """``lines``, with tabs kept too; as long as ``text`` itself."""
    return text.translate(_COLUMNS)


def unmarked(text: str) -> str:
    """``text`` without the marks of Markdown that stand in it: emphasis, code, headings, links.

    >>> unmarked("the tanker *Northern Lark*, 5 * 3, [a report](x.html)")
    'the tanker Northern Lark, 5 * 3, a report'
    """
    return without_marks(text, ())[0]


def without_marks(
    text: str, spans: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``unmarked``, and where the ``spans`` of ``text`` are in it.

    >>> without_marks("the *Northern Lark* sailed", [(5, 18)])
    ('the Northern Lark sailed', ((4, 17),))
    """
    if not _MARKED.search(text):
        return text, tuple(spans)
    dropped = [False] * len(text)

    def drop(start: int, end: int) -> None:
        dropped[start:end] = [True] * (end - start)

    for m in _HEADING.finditer(text):
        drop(*m.span())
    for m in _LINK.finditer(text):
        drop(m.start(), m.start(1))
        drop(m.end(1), m.end())
    for _ in range(3):  # *** is two marks in one
        rest = "".join("\0" if gone else c for c, gone in zip(text, dropped, strict=True))
        for m in _EMPHASIS.finditer(rest):
            drop(m.start(), m.start(2))
            drop(m.end(2), m.end())
    places = list(accumulate((not gone for gone in dropped), initial=0))
    kept = "".join(c for c, gone in zip(text, dropped, strict=True) if not gone)
    return kept, tuple((places[a], places[b]) for a, b in spans)


def markdown(text: str) -> str:
    """``text`` on one line as Markdown that shows exactly these words, and no markup.

    >>> markdown("[a](b) al-Harthi :smile:")
    '\\\\[a\\\\](b) al-Harthi \\\\:smile:'
    """
    shown = _MARKDOWN.sub(r"\\\g<0>", visible(text))
    return _AT_START.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", shown)


def cell(text: str) -> str:
    """``text`` as a spreadsheet cell that no program takes for a formula.

    >>> cell("=1+1")
    "'=1+1"
    """
    shown = visible(text)
    return "'" + shown if text.startswith(_FORMULA) else shown


def json_text(value: object) -> str:
    """``value`` as JSON on one line, harmless in a terminal and with its strings exact.

    What ``visible`` would replace stands as an escape (``\\u202e``), which every reader of JSON
    turns back. Raises ``ValueError`` for numbers that are not finite.
    """
    out = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _HARMFUL_IN_JSON.sub(_escape, out)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
