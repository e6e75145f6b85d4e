"""SRT and WebVTT transcripts: what is said, without numbers and time codes.

Cues that break a sentence are joined; a new paragraph begins after the end of a sentence where
there is a pause, and with each new speaker. A voice tag (``<v Haddad>``) becomes ``Haddad: ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .decode import decode
from .parts import Content, File, Part

_TIME = r"(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{1,3})"
_CUE = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}.*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|</?[a-z]>|<\d[\d:.]+>|\{\\[^{}]{0,50}\}")
_PAUSE = 2.0  # seconds
_END = tuple('.?!…"”’)]')


def read(file: File) -> Iterator[Part]:
    """The one document of a transcript."""
    decoded = decode(file.data)
    text = transcript(decoded.text)
    warnings = decoded.warnings
    if not text and decoded.text.strip():
        text = decoded.text
        warnings = (*warnings, "no time codes in it: read as plain text")
    yield Content(text, headlines="", warnings=warnings)


def transcript(source: str) -> str:
    """The text of a transcript, paragraphs apart by a blank line."""
    paragraphs: list[str] = []
    last_end = 0.0
    last_line = ""
    fresh = True
    for start, end, lines in _cues(source):
        for line in lines:
            voice = _VOICE.search(line)
            words = " ".join(_TAG.sub("", _VOICE.sub("", line)).split())
            if not words or words == last_line:  # captions that roll on repeat the line before
                continue
            last_line = words
            turn = words.startswith((">>", "- ", "– ", "— "))
            words = words.lstrip("->–— ") if turn else words
            label = f"{voice[1].strip()}: " if voice else ""
            new = turn or fresh or (start - last_end > _PAUSE and paragraphs[-1].endswith(_END))
            if label and paragraphs and paragraphs[-1].startswith(label) and not new:
                label = ""
            if new or label or _speaks(words):
                paragraphs.append(label + words)
            else:
                paragraphs[-1] += f" {words}"
            fresh = False
            last_end = end
        last_end = max(last_end, end)
    return "\n\n".join(paragraphs)


def _speaks(words: str) -> bool:
    """Whether the line begins with a speaker in capitals ("HADDAD: ...")."""
    return re.match(r"[A-Z][A-Z .'’\-]{2,40}: ", words) is not None


def _cues(source: str) -> Iterator[tuple[float, float, list[str]]]:
    """The cues as (start, end, lines), times in seconds."""
    current: tuple[float, float, list[str]] | None = None
    for line in source.split("\n"):
        match = _CUE.match(line[:200]) if "-->" in line else None
        if match:
            if current:
                yield current
            g = [int(v or 0) for v in match.groups()]
            start = g[0] * 3600 + g[1] * 60 + g[2] + g[3] / 1000
            current = (start, g[4] * 3600 + g[5] * 60 + g[6] + g[7] / 1000, [])
        elif not line.strip():
            if current:
                yield current
            current = None
        elif current:
            current[2].append(line)
    if current:
        yield current
