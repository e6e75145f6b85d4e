"""Answers as JSON and JSON Lines: no wrapping, no markup, no colour, strings exact."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import IO, Any

from .harmless import json_text

_CLOSING = "]}\n"


def write(out: IO[str], answer: dict[str, Any]) -> None:
    """One answer in its envelope, one result a line."""
    out.write(_opening(answer))
    write_results(out, answer["results"])
    out.write(_CLOSING)


def write_results(out: IO[str], results: Iterable[dict[str, Any]]) -> int:
    """What stands in the brackets of an answer's results, one a line; how many there are."""
    number = 0
    for number, result in enumerate(results, 1):
        out.write((",\n" if number > 1 else "\n") + json_text(result))
    if number:
        out.write("\n")
    return number


def write_around(out: IO[str], answer: dict[str, Any], results: IO[str]) -> None:
    """An answer whose results are what ``write_results`` wrote."""
    out.write(_opening(answer))
    shutil.copyfileobj(results, out)
    out.write(_CLOSING)


def _opening(answer: dict[str, Any]) -> str:
    head = {name: value for name, value in answer.items() if name != "results"}
    return json_text(head)[:-1] + ', "results": ['


def write_lines(out: IO[str], records: Iterable[dict[str, Any]]) -> None:
    """One record a line, written as they come."""
    for record in records:
        out.write(json_text(record) + "\n")
