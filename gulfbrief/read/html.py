"""Web pages: the article without its surroundings, by trafilatura; what the page says of itself
from its own markup (html_meta.py).

The text begins with the headline, as a reader of the page sees it; paragraphs stand apart by a
blank line. Pages in which no article is found (a page of a few lines, a table, a fragment) give
all their text instead, and a warning says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from ..errors import UnreadableError
from . import html_meta, published
from .decode import damage, decode
from .html_meta import Element
from .html_shown import words
from .options import MEGABYTE
from .parts import PARTLY, Content, File, Part

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
_INLINE = frozenset(("span", "time", "a"))
_LINES = 2_000  # lines of a page among which its headline is looked for
# Of a larger page, or one of more elements, the article is not looked for.
_LARGEST = 6 * MEGABYTE
_ELEMENTS = 40_000
_OVER = re.compile(r"(?:^|[\s_-])(?:paywall|modal|consent|gdpr|cookies?)(?:$|[\s_-])", re.I)
_NOTICE = 600  # characters that such a box has at most
_SHORT = 140  # characters: an article shorter than this is perhaps not the article
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr table section article header footer aside main "
    "nav blockquote pre br hr figure figcaption form fieldset address body td th".split()
)
_SILENT = frozenset("script style noscript template svg head iframe object select button".split())
# Lines that are no part of an article wherever they stand: a label alone, a pointer to another
# article, a call to subscribe, a notice about cookies.
_NOISE = re.compile(
    r"(?:advertisement|sponsored(?: content)?|(?:also )?read(?: more| also| next)?|share(?: this)?"
    r"|related(?: stories)?|subscribe(?: now)?|sign up|log ?in|story continues below.{0,40})[.:]?"
    r"|(?:read more|also read|read also|read next|see also|related):.{0,150}"
    r"|(?:©|copyright (?:©|\(c\)|(?:19|20)\d\d)|all rights reserved).{0,200}"
    r"|(?:back|return) to (?:top|index|home|news|the (?:top|front page))[.:]?"
    r"|(?:subscribe|sign up|follow|like|join|download)\b.{1,120}\b(?:newsletter|edition|twitter"
    r"|facebook|instagram|telegram|whatsapp|inbox|app|channel|alerts)\b.{0,80}"
    r"|(?:we|this|our|by|accept|cookies?)\b.{0,200}(?:uses? (?:of )?cookies|accept (?:all )?cookies"
    r"|cookie (?:policy|settings|preferences|notice))\b.{0,200}",
    re.I,
)

# It reports on pages that it finds odd; what matters is told in warnings.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read(file: File) -> Iterator[Part]:
    """The one document of a page."""
    yield page(file.data)


def page(data: bytes) -> Content:
    """The content of a page whose bytes are given."""
    if data[:4096].lstrip()[:20].lower().startswith((b"from:", b"mime-version", b"content-type")):
        data = _mime_page(data)
    declared = _CHARSET.search(data[:2048])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    source, warnings = decoded.text, decoded.warnings
    if _cut_off(source):
        warnings += (f"{PARTLY}cut off, it lacks its end",)
    tree = parse(source)
    if tree is None:
        return Content("", warnings=warnings)
    headlines, above = _around_headline(tree)
    meta = html_meta.read_meta(tree, published.in_first_lines("\n".join(headlines)))
    _take_away(tree)
    _flatten_layout(tree)
    ordinary = len(source) <= _LARGEST and next(islice(tree.iter(), _ELEMENTS, None), None) is None
    body = article(tree) if ordinary else ""
    if len(body) < _SHORT:
        everything = to_text(source)
        if len(body) * 3 < len(everything):
            if len(everything) > 3 * _SHORT:
                warnings += ("no article was found in this page: all its text is given",)
            body = everything
        elif _folded(body) == _folded(everything):  # of a few words the library makes lines
            body = everything
    text = body
    if meta.title and _folded(meta.title) not in _folded(body[: 3 * len(meta.title) + 200]):
        text = f"{meta.title}\n\n{body}"
    return Content(
        text,
        title=meta.title,
        published=meta.published,
        made=meta.made,
        author=meta.author,
        url=meta.url,
        tags=meta.tags,
        headlines="\n".join([*headlines, *(p for p in text[:2000].split("\n") if p not in above)]),
        warnings=warnings if warnings else damage(text),
    )


def _cut_off(source: str) -> bool:
    """Whether a page breaks off within a text or a tag. The end tags may be left out, and then the
    last of a page is another tag, or the end of a line."""
    last = source[-300:]
    if (
        "<body" not in source[:200_000].lower()
        or "</body" in last.lower()
        or "</html" in last.lower()
    ):
        return False
    return not last.endswith((">", "\n"))


def parse(source: str) -> Element | None:
    """The tree of a page or fragment, None where there is nothing in it."""
    # A declared encoding would be applied a second time to text that is decoded already.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source, count=1).replace("\0", "")
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _take_away(tree: Element) -> None:
    """Takes out what lies over a page: dialogs, and boxes that are named after a wall or a notice.
    A long one is perhaps the article itself, which some sites call after its wall."""
    for element in list(islice(tree.iter("div", "section", "aside", "dialog"), 20_000)):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        over = element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog")
        if not over and not _OVER.search(marks):
            continue
        if element.getparent() is not None and len(words(element)) < _NOTICE:
            element.drop_tree()


def _flatten_layout(tree: Element) -> None:
    """Makes plain blocks of tables that only lay a page out: those without a header cell that hold
    headings, paragraphs or other tables."""
    for table in list(tree.iter("table")):
        if next(table.iter("th", "caption"), None) is not None:
            continue
        inner = sum(1 for e in table.iter("p", "h1", "h2", "h3", "table", "div") if e is not table)
        if inner < 2 and not any(len(e.text_content()) > 600 for e in table.iter("td")):
            continue
        for element in table.iter("table", "tbody", "tr", "td"):
            element.tag = "div"


def article(tree: Element) -> str:
    """The main text of a page, its paragraphs apart by a blank line; '' where none is found.

    The tree is used up by it.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            favor_recall=False,
            with_metadata=False,
        )
    except (RecursionError, ValueError, etree.LxmlError, AttributeError, TypeError, KeyError):
        return ""
    text = getattr(found, "text", None) or ""
    lines = (line.strip() for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line and not _NOISE.fullmatch(line))


def plain(tree: Element, quoted: str = "", apart: frozenset[str] = frozenset()) -> str:
    """All text of a page in its order, a line a block, blocks apart by a blank line.

    ``quoted`` is put before each line that stands in a block quotation; ``apart`` are elements that
    make lines of their own except in a paragraph.
    """
    lines: list[str] = []
    current: list[str] = []
    silent = depth = prose = 0

    def close() -> None:
        line = " ".join("".join(current).split())
        if line:
            lines.append(quoted * depth + line)
        current.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if event in ("start", "end") else ""
        if tag in _BLOCKS or (tag in apart and not prose):
            close()
        step = 1 if event == "start" else -1
        prose += step * (tag == "p")
        if tag in _SILENT:
            silent += step
        elif tag == "blockquote":
            depth += step
        piece = element.text if event == "start" else element.tail
        if piece and not silent:
            current.append(piece)
    close()
    return "\n\n".join(lines)


def to_text(source: str, quoted: str = "") -> str:
    """All text of a fragment of HTML (the body of a mail, a chapter, a field of a dump)."""
    tree = parse(source)
    return plain(tree, quoted) if tree is not None else ""


def _around_headline(tree: Element) -> tuple[list[str], frozenset[str]]:
    """The lines from the headline on (stamps and bylines, which the article lacks), and those above
    it: the day there is the one on which the page was looked at."""
    heading = next(tree.iter("h1"), None)
    title = words(heading) if heading is not None else ""
    lines = plain(tree, apart=_INLINE).split("\n\n")[:_LINES] if title else []
    if title not in lines:
        return [title] if title else [], frozenset()
    at = lines.index(title)
    return [line[:300] for line in lines[at : at + 10]], frozenset(lines[:at])


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _mime_page(data: bytes) -> bytes:
    """The page in a web archive (.mht): its first HTML part."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise UnreadableError("a web archive without a page in it")
