"""Who wrote a document, what it is called, and when it appeared: from the surest source at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .. import files
from . import published, stated
from .parts import Content, File

_SIDECAR = ".toml"
_BYLINE = re.compile(
    r"(?i:by):? ((?:[A-ZÀ-Þ][\w.'’\-]+ ){1,3}[A-ZÀ-Þ][\w'’\-]+)"
    r"(?= *(?:$|[,|·•(–—/]| and | in | - ))"
)

_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/|$)")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document beside its text; see ``model.Document`` for the fields."""

    title: str | None
    published: str | None
    published_from: str | None
    author: str | None
    url: str | None
    tags: tuple[str, ...]
    warnings: tuple[str, ...]


def known(content: Content, file: File) -> Known:
    """Title, author, URL, tags, and the day of publication from the first of: the sidecar, the
    document's own metadata, its first lines, its file name, the option, which may go first."""
    warnings: list[str] = []
    beside = _sidecar(file, warnings)
    given = file.options.published or None
    day, source = (given if file.options.published_first else None), "option"
    if not day and (value := beside.get("published")):
        day, source = stated.day(str(value)), "sidecar"
        if not day:
            warnings.append(f"sidecar: published = {value!s:.40} is no day")
    if not day:
        day, source = content.published, "metadata"
    lines = content.text if content.headlines is None else content.headlines
    if not day:
        day, source = published.in_first_lines(lines), "dateline"
        day = _fitting(day, content.url)
    if not day and content.made and not published.prints_another(lines, content.made):
        day, source = _fitting(content.made, content.url), "metadata"
    if not day:
        name = content.name or file.name
        day, source = stated.day_in_name(re.split("[/!]", name)[-1]), "filename"
    if not day:
        day, source = given, "option"
    return Known(
        title=_text(beside.get("title")) or content.title or first_line_title(content.text),
        published=day,
        published_from=source if day else None,
        author=_text(beside.get("author"))
        or content.author
        or byline(content.text)
        or (byline(content.headlines) if content.headlines else None),
        url=_text(beside.get("url")) or content.url,
        tags=_tags(beside.get("tags")) or content.tags,
        warnings=tuple(warnings),
    )


def _fitting(day: str | None, url: str | None) -> str | None:
    """A day that nothing states outright, unless the page's address is of another month."""
    month = _MONTH.search(url or "")
    return None if day and month and day[:7] != "-".join(month.groups()) else day


def is_sidecar(path: Path) -> bool:
    """Whether a file only tells of the file beside it (``talks.txt.toml`` of ``talks.txt``)."""
    return path.suffix == _SIDECAR and path.with_suffix("").is_file()


def _sidecar(file: File, warnings: list[str]) -> dict[str, object]:
    raw = file.sidecar
    if raw is None:
        return {}
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        warnings.append(f"sidecar not read: {error}")
        return {}


def read_sidecar(path: Path) -> tuple[bytes | None, str | None]:
    """The bytes of the sidecar of a file, None where there is none, and why it was not read."""
    try:
        return files.read_small(f"{path}{_SIDECAR}", files.SETTINGS), None
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        return None, f"sidecar not read: {getattr(error, 'strerror', None) or error}"


def _text(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value is not None else None


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    return tuple(str(tag).strip() for tag in value) if isinstance(value, list) else ()


def first_line_title(text: str) -> str | None:
    """The first line where it stands as a headline: short, no full stop, set off from what
    follows."""
    head = text[:1000].lstrip("\n ")
    line, _, rest = head.partition("\n")
    line = line.strip()
    single = line.rstrip(".") if len(line) <= 110 and rest.startswith("\n") else line
    if not 8 <= len(line) <= 160 or single[-1:] in ".,;:-" or ". " in line[12:]:
        return None
    line = single
    if line[0].islower() or not any(c.isalpha() for c in line) or "\t" in line:
        return None
    if published.in_first_lines(line) or _BYLINE.match(line):
        return None
    following = rest.partition("\n")[0].strip()
    # A hard-wrapped paragraph has lines of one length; a headline stands before a blank line, a
    # stamp, or a paragraph that is longer than itself.
    wrapped = bool(following) and len(following) <= 1.5 * len(line) and len(line) > 55
    stamp = _BYLINE.match(following) or published.in_first_lines(f"\n{following}")
    if wrapped and not stamp and line[-1] not in "?!\"”'’":
        return None
    return line if rest.strip() else None


def byline(text: str) -> str | None:
    """The name in a line "By NAME" among the first lines."""
    for line in text[:1000].split("\n")[:10]:
        line = line.strip()
        if line[:3].lower() == "by " and len(line) < 120 and (match := _BYLINE.match(line)):
            return match[1]
    return None
