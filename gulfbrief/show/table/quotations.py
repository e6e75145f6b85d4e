"""``quotes``: who said it, when, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from ...model import FoundQuote
from .parts import View, asked, entries, heading, quotation


def view(results: Sequence[FoundQuote], view: View) -> Iterator[Any]:
    fields = (("text", "like"), ("by", "by"), ("about", "about"), ("kind", "of kind"))
    yield heading(view, "quotation", "quotations", len(results), asked(view, *fields))
    yield Text()
    yield entries(quotation(found, view) for found in results)
