"""Markdown: its own text, marks included, with what its front matter says.

The front matter is no text of the document; empty lines stand in its place, so that line numbers
hold on the file. It is YAML between ``---`` or TOML between ``+++``; of YAML the flat part that
front matter uses is understood: ``key: value``, quoted values, lists in brackets or as ``- item``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import stated
from .decode import decode
from .parts import Content, File, Part

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.S)
_PAIR = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$|^(\S.{2,150})\n=+[ \t]*$", re.M)
_DATES = ("published", "date", "publishdate", "pubdate", "issued", "created")


def read(file: File) -> Iterator[Part]:
    """The one document of a Markdown file."""
    decoded = decode(file.data)
    front, body = front_matter(decoded.text)
    lines = decoded.text.count("\n", 0, body)
    text = "\n" * lines + decoded.text[body:]
    heading = _HEADING.search(text, lines, lines + 5000)
    author = front.get("author") or front.get("authors") or front.get("byline")
    yield Content(
        text,
        title=_one(front.get("title")) or (_plain(heading[1] or heading[2]) if heading else None),
        published=_day(front),
        author=", ".join(author) if isinstance(author, list) else author,
        url=_one(
            front.get("url") or front.get("link") or front.get("source") or front.get("canonical")
        ),
        tags=_list(front.get("tags") or front.get("keywords") or front.get("categories")),
        headlines=text[lines : lines + 4000],
        warnings=decoded.warnings,
    )


Value = str | list[str]


def front_matter(text: str) -> tuple[dict[str, Value], int]:
    """The front matter (keys in lower case) and the offset at which the body begins."""
    match = _FRONT.match(text)
    if not match:
        return {}, 0
    if match[1] == "+++":
        return _toml(match[2]), match.end()
    found: dict[str, Value] = {}
    key = ""
    for line in match[2].split("\n"):
        item = re.match(r"\s*-\s+(.*)", line)
        pair = _PAIR.match(line)
        if pair:
            key = pair[1].lower()
            value = (pair[2] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                found[key] = [_unquoted(v) for v in value[1:-1].split(",") if v.strip()]
            elif value:
                found[key] = _unquoted(value)
        elif item and key:
            held = found.setdefault(key, [])
            if isinstance(held, list):
                held.append(_unquoted(item[1]))
        elif key and line.startswith((" ", "\t")) and line.strip():
            held = found.get(key, "")
            if isinstance(held, str) and held.strip(">|-") == "":
                found[key] = line.strip()
            elif isinstance(held, str):
                found[key] = f"{held} {line.strip()}"
    return found, match.end()


def _toml(source: str) -> dict[str, Value]:
    import tomllib

    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key.lower(): [str(v) for v in value] if isinstance(value, list) else str(value)
        for key, value in table.items()
    }


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s+#.*$", "", value)


def _day(front: dict[str, Value]) -> str | None:
    for key in _DATES:
        value = front.get(key)
        if isinstance(value, str) and (day := stated.day(value)):
            return day
    return None


def _one(value: Value | None) -> str | None:
    text = " ".join(value) if isinstance(value, list) else value
    return text or None


def _list(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [v.strip() for v in value.split(",")]
    return tuple(value or ())


def _plain(heading: str) -> str:
    """A heading without its emphasis and links."""
    heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)\1", r"\2", heading).strip()
