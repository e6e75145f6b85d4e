"""Which of the old encodings bytes are in: the one in which they read most like writing.

Each candidate's reading is looked at letter by letter: is this letter a frequent one of its
language, does it stand among letters of its own script and case, do the marks stand where marks do?
The letters' order by frequency is all that is known of a language. A method of our own: the guesses
of a general library are poor for texts of a line or two.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from . import language

_LOOKED_AT = 3_000  # characters beyond ASCII
_ENOUGH = 0.3  # the mean of a text that is read rightly is 0.6 and more
# The frequent letters of languages beyond ASCII, the most frequent first.
_ORDERS = {
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "uk": "оанивітеркслудмпязьгбчхйцжїєшщюфґ",
    "ar": "الينموتردبعةهقسفكحجأشصخطىإضزثغذءئؤظآ",
    "fa": "ايیرندهمتوسبشزلکكگقخفحعجپچطصضغظثذژآئ",
    "el": "αοιετσνηυρπκμλωίόάγέήςδύθχώφβξζψ",
    "he": "יוהלארתבמשנכםדחקעספטגצןזךףץ",
    "west": "éèàüäöóíñçãáêúôâåøßæîûëïùìòœ",
    "centre": "íáéěłąčęšžýřóśůżćúńďťňőöüűăâîşţșțźđäôľĺ",
    "turkish": "ıüşğçöâî",
}
_CANDIDATES = (
    *(("cp1252", "west"), ("iso8859_15", "west"), ("cp1250", "centre"), ("iso8859_2", "centre")),
    *(("cp1254", "turkish"), ("cp850", "west"), ("mac_roman", "west")),
    *(("cp1251", "ru"), ("koi8_r", "ru"), ("cp866", "ru"), ("iso8859_5", "ru")),
    *(("mac_cyrillic", "ru"), ("cp1251", "uk"), ("koi8_u", "uk"), ("cp1256", "ar")),
    *(("iso8859_6", "ar"), ("cp1256", "fa"), ("cp1253", "el"), ("iso8859_7", "el")),
    *(("cp1255", "he"), ("iso8859_8", "he")),
)
# Encodings of two bytes whose texts are known by their syllables: from, to, their share.
_SYLLABLES = (
    ("shift_jis", "\u3040", "\u30ff", 0.2),
    ("euc_jp", "\u3040", "\u30ff", 0.2),
    ("euc_kr", "\uac00", "\ud7af", 1),
)
# Languages of the Latin script that are not written in the first of these encodings.
_HOME = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "ro"), "centre"),
    **dict.fromkeys(("tr", "az"), "turkish"),
}
_LATIN = ("west", "centre", "turkish")
_SELDOM = ("cp850", "mac_roman", "iso8859_15")
_ASCII = [bytes([b]) for b in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]
_OPENING, _CLOSING = "“‘«„‚¿¡‹£€§–—©", "”’»…›°–—®"
_HIDDEN = "\u200c\u200d\u200e\u200f\xa0\xad"


def encoding(sample: bytes) -> str | None:
    """The encoding in which the bytes read best; None where they read well in none of them."""
    for name, first, last, share in _SYLLABLES:
        try:
            beyond = [c for c in sample.decode(name) if c >= "\x80"]
        except UnicodeDecodeError:
            continue
        if name == "euc_kr" and b" " not in sample:  # Chinese may read as Korean, but for this
            continue
        if beyond and sum(first <= c <= last for c in beyond) >= share * len(beyond):
            return name
    best, found = _ENOUGH, None
    home: str | None = None
    ascii_letters = sum(map(sample.count, _ASCII))
    beyond_ascii = len(sample.translate(None, bytes(range(128))))
    for name, letters in _CANDIDATES:
        if letters in _LATIN and beyond_ascii > 1.2 * ascii_letters:
            continue  # even Vietnamese has more plain letters than others
        text = sample.decode(name, "replace")
        if home is None:  # the small words of a language are mostly ASCII: any reading tells it
            home = _HOME.get(language.detect(text) or "", "west")
        value = _likeness(text, letters)
        if letters in _LATIN:
            value += 0.15 if letters == home else -0.15
            value -= 0.1 if name in _SELDOM else 0
        if value > best + 0.01:
            best, found = value, name
    return found


@cache
def _weights(letters: str) -> dict[str, float]:
    order = _ORDERS[letters]
    return {c: 1 - 0.8 * n / len(order) for n, c in enumerate(order)}


def _likeness(text: str, letters: str) -> float:
    """The mean over the characters beyond ASCII: about 0.7 for writing, below 0 for none."""
    weights = _weights(letters)
    total = count = 0.0
    for at, c in enumerate(text):
        if c < "\x80":
            continue
        count += 1
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        total += _fits(c, before, after, weights)
        if count >= _LOOKED_AT:
            break
    return total / count if count else 0.0


def _fits(c: str, before: str, after: str, weights: dict[str, float]) -> float:
    if not c.isalpha():
        return _mark_fits(c, before, after)
    value = weights.get(c) or weights.get(c.lower(), -0.6)
    if c.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        value -= 1.5
    if before.isdigit() or after.isdigit():
        value -= 0.7
    if before.isalpha() and _script(before) != _script(c):
        value -= 1.5
    return value


def _mark_fits(c: str, before: str, after: str) -> float:
    inside = before.isalpha() and after.isalpha()
    if c in "’":
        return 0.7 if before.isalnum() else 0.2
    if inside and c not in _HIDDEN and c not in "–—…":
        return -1.5
    if c in _OPENING and not after.isspace() and not before.isalpha():
        return 0.7
    if c in _CLOSING and not before.isspace() and not after.isalpha():
        return 0.7
    if c in "–—…" or c in _HIDDEN:
        return 0.3
    return -1.0 if unicodedata.category(c) in ("Cc", "Cn", "Co", "So", "Sm") else -0.4


@cache
def _script(c: str) -> str:
    return "LATIN" if c < "\x80" else unicodedata.name(c, "?").split()[0]
