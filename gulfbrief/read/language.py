"""Which language a text is in: by its script, and within the Latin script by its small words.

Findings are made for English only, so the question that must be answered right and fast is
"English or not?". A sample of words is counted against lists of function words (languages.toml);
other scripts are told apart by their characters. A method of our own: no model, no dependency.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

NOT_ENGLISH = "not English: quotes and dates were not looked for"

_SAMPLE = 6_000  # characters looked at, in three places of a long text
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    # first and last character, and the language that is meant where nothing more is known
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u04ff", "ru"),
    ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0750", "\u077f", "ar"),
    ("\ufb50", "\ufdff", "ar"),
    ("\ufe70", "\ufefe", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0a00", "\u0a7f", "pa"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u1200", "\u137f", "am"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"),
)
# Letters that only some languages of a script have; the first that shows decides.
_LETTERS = {
    "ru": (
        ("uk", "іїєґ"),
        ("be", "ўі"),
        ("sr", "ђћџљњј"),
        ("mk", "ѓќѕ"),
        ("kk", "қңұһәғ"),
        ("ru", "ыэё"),
    ),
    "ar": (("ur", "ٹڈڑںےہھ"), ("ps", "ټډړښځ"), ("ckb", "ڕڵێۆ"), ("fa", "پچژگکی"), ("ar", "ةىيك")),
}


@cache
def _words() -> dict[str, frozenset[str]]:
    import tomllib

    table = tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items()}


@cache
def _english() -> frozenset[str]:
    return _words()["en"]


def detect(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where there is too little to tell.

    >>> detect("The minister said on Monday that the port would stay open.")
    'en'
    >>> detect("Der Minister sagte am Montag, der Hafen werde nicht geschlossen.")
    'de'
    """
    sample = text if len(text) <= _SAMPLE else _sample(text)
    lowered = sample.lower()
    words = lowered.split()
    english = sum(map(_english().__contains__, words))
    if english * 4 >= len(words) and english > 2:  # a quarter and more: nothing else comes near
        return "en"
    if not sample.isascii():
        script = _script(lowered)
        if script is not None:
            return script
    return _latin(lowered)


def _sample(text: str) -> str:
    third = _SAMPLE // 3
    middle = len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


def _script(lowered: str) -> str | None:
    """The language of a text that is mostly in another script than the Latin one."""
    letters = [c for c in lowered if c.isalpha()]
    counts: dict[str, int] = {}
    latin = 0
    for c in letters:
        if c < "\u0250":
            latin += 1
            continue
        for first, last, code in _SCRIPTS:
            if first <= c <= last:
                counts[code] = counts.get(code, 0) + 1
                break
    if not counts:
        return None
    code = max(counts, key=counts.__getitem__)
    # an ideogram says as much as several letters
    weight = 3 if code in ("zh", "ja", "ko") else 1
    if sum(counts.values()) * weight <= latin:
        return None
    if code == "zh" and counts.get("ja", 0) * 20 > counts["zh"]:
        return "ja"
    for name, own in _LETTERS.get(code, ()):
        if sum(map(lowered.count, own)) * 60 > counts[code]:
            return name
    return code


def _latin(lowered: str) -> str | None:
    """The language whose small words are the most; English where it is as good as any."""
    words = _WORD.findall(lowered)
    if len(words) < 4:
        return None
    counts = {code: sum(map(own.__contains__, words)) for code, own in _words().items()}
    best = max(counts, key=counts.__getitem__)
    hits, english = counts[best], counts["en"]
    if best == "en" or english * 5 >= hits * 4:
        return "en" if english >= 2 and english * 12 >= len(words) else None
    # Single letters are words of several languages, and of every table and cipher.
    long = sum(1 for word in words if len(word) > 1 and word in _words()[best])
    return best if hits >= 3 and long >= 2 and long * 10 >= len(words) else None
