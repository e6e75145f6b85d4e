"""``quotes``: who said it, when, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...model import FoundQuote
from .parts import View, asked, entries, headed, heading, quotation


def view(results: Sequence[FoundQuote], view: View) -> Iterator[Any]:
    fields = (("text", "like"), ("by", "by"), ("about", "about"), ("kind", "of kind"))
    what = asked(view, *fields)
    yield from headed(view, heading(view, "quotation", "quotations", len(results), what))
    yield entries(quotation(found, view) for found in results)
