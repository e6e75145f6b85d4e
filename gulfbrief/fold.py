"""Words made comparable: one folding for names, search and wording, so that all rooms agree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+(?:'\w+)*")
_MAC = re.compile(r"\bMa?c(?=[A-Z]{2})")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that are not seen and part no word: the soft hyphen, spaces and joiners of no width,
marks of direction, the byte order mark."""

_LETTERS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "ʿ": "'", "ʾ": "'",
        "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i",
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "þ": "th",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """``text`` without case and accents, typographic apostrophes made plain.

    The length may change: never use it to find offsets.

    >>> fold("Şükrü O’Brien")
    "sukru o'brien"
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def shouted(name: str) -> bool:
    """Whether a name is written in capitals throughout, the small letters of Mc and Mac aside.

    >>> shouted("MORAG McLEAN"), shouted("Morag McLean")
    (True, False)
    """
    return name.isupper() or _MAC.sub("M", name).isupper()


def words(text: str) -> list[str]:
    """The folded words of ``text``; hyphens part words, apostrophes do not.

    >>> words("The al-Harthi plan wasn’t read")
    ['the', 'al', 'harthi', 'plan', "wasn't", 'read']
    """
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """``text`` as an id: folded words joined by hyphens.

    >>> slug("Salim bin Nasser al-Harthi")
    'salim-bin-nasser-al-harthi'
    """
    return "-".join(w.replace("'", "") for w in words(text))
