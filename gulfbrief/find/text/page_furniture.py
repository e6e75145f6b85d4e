"""What stood around an article on its page, where a scraped body runs on in one line.

A body that was scraped without its paragraphs has captions, credits, headlines of other articles
and what buttons say between its sentences, without a mark that ends them. ``cuts`` gives the places
where they begin and end, so that no sentence runs over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .word_lists import word_lists

# What a button, a box or a link says; behind the first kind stands nothing of its own, behind the
# second a headline or a caption.
_ALONE = (
    r"A(?:dvertisement|DVERTISEMENT)(?! [a-z])"
    r"|S(?:tory|TORY) (?:continues|CONTINUES) (?:below|BELOW)(?: advertisement| ADVERTISEMENT)?"
    r"|A(?:rticle|RTICLE) (?:continues|CONTINUES) (?:below|BELOW|after)(?: advertisement)?"
    r"|Continue [Rr]eading(?: the main story)?|Skip (?:[Aa]dvertisement|to content)"
    r"|Enlarge this image|Replay More Videos(?: \.\.\.)?"
    r"|Media playback is (?:un)?supported on your device|View this post on [A-Z]\w+"
    r"|Click here[.!]?(?! [a-z])|Share this(?: (?:article|story|page|post))?(?! [a-z])"
)
_HEADS = (
    r"R(?:elated|ELATED)(?:(?: (?:[Aa]rticles?|[Ss]tor(?:y|ies)|[Cc]ontent|[Cc]overage|[Tt]opics"
    r"|[Ll]inks?|[Vv]ideos?|ARTICLES?|STOR(?:Y|IES))):?|:)"
    r"|(?:Read|READ) (?:[Mm]ore|[Nn]ext|[Aa]lso|MORE|NEXT|ALSO)"
    r"(?:(?: (?:about|on|here))?:|(?= [A-Z“‘]))"
    r"|(?:Also [Rr]ead|ALSO READ|See [Aa]lso|SEE ALSO|READ|WATCH|MORE|LISTEN) ?[:|]"
    r"|(?:MUST WATCH|JUST WATCHED|WATCH LIVE|Watch [Ll]ive)(?= [A-Z“‘]|:)"
    r"|Image (?:copyright|source|caption|credit),?|Media caption,?|(?:[Tt]oggle|[Hh]ide) caption"
    r"|Photograph:|FILE PHOTO:|File photo:"
)
_LABEL = re.compile(rf"(?<![^\s.!?…”\"'’)\]|])(?:(?P<alone>{_ALONE})|(?:{_HEADS}))(?!\w)")
# A capital behind a small word without a mark: a headline has ended there and a sentence begins.
_BEGINS = re.compile(r"(?<=[a-z’'] )([A-Z][a-z]*|“)(?= ?(\w))")
_ARTICLE = re.compile(r"\b(?:the|an?|of|for|by|its?|his|her|their|our|and|&) $", re.I)
_HEADLINE = 160  # characters that a headline or a caption has at most
_STARTERS = word_lists("sentences.toml")["starters"]


def cuts(text: str, start: int, stop: int) -> Iterator[int]:
    """The offsets between ``start`` and ``stop`` at which something of the page begins, or the
    article goes on, in order."""
    for m in _LABEL.finditer(text, start, stop):
        if _ARTICLE.search(text, max(start, m.start() - 8), m.start()):
            continue  # "the Advertisement Board"
        if m.start() > start:
            yield m.start()
        if m.group("alone"):
            yield m.end()
        elif (end := _headline(text, m.end(), stop)) is not None:
            yield end


def _headline(text: str, start: int, stop: int) -> int | None:
    """Where what follows a label ends that is no sentence; null where its first mark ends it, or
    it is not sure where."""
    for m in _BEGINS.finditer(text, start, min(stop, start + _HEADLINE)):
        so_far = text[start : m.start()]
        if any(mark in so_far for mark in ".!?"):
            return None
        words = so_far.split()
        plain = sum(w.islower() and len(w) > 3 for w in words) > 1
        if len(words) > 1 and m[1].lower() in _STARTERS and (plain or m[2].islower()):
            return m.start()
    return None
