"""Answers as JSON and JSON Lines: no wrapping, no markup, no colour, strings exact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from .harmless import json_text


def write(out: IO[str], answer: dict[str, Any]) -> None:
    """One answer in its envelope, one result a line."""
    head = {name: value for name, value in answer.items() if name != "results"}
    out.write(json_text(head)[:-1] + ', "results": [')
    for number, result in enumerate(answer["results"]):
        out.write((",\n" if number else "\n") + json_text(result))
    out.write("\n]}\n" if answer["results"] else "]}\n")


def write_lines(out: IO[str], records: Iterable[dict[str, Any]]) -> None:
    """One record a line, written as they come."""
    for record in records:
        out.write(json_text(record) + "\n")
