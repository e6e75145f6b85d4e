"""What the marks of a text tell: whether it is a whole sentence, and each mark in it closed."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"[.,!?…]['’](?!\w)")
_END = re.compile(r"[.!…][\"”’')\]]*$")


def whole(text: str) -> bool:
    """Whether a sentence ends as one does, and each bracket in it is closed."""
    text = text.rstrip()
    return bool(_END.search(text)) and all(text.count(a) == text.count(b) for a, b in ("()", "[]"))


def balanced(text: str) -> bool:
    """Whether each quotation mark that opens in ``text`` is closed in it, and no other closes.
    Apostrophes are marks where a text begins with one.

    >>> balanced('he said." We') or balanced("“We go") or balanced("'We go.")
    False
    """
    if text[:1] in ("'", "‘") and not _CLOSED.search(text):
        return False
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0
