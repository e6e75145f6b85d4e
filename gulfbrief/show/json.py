"""Answers as JSON and JSON Lines: no wrapping, no markup, no colour, strings exact."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from io import StringIO
from typing import IO, Any

from .harmless import json_text


def write(out: IO[str], answer: dict[str, Any]) -> None:
    """One answer in its envelope, one result a line."""
    results = StringIO()
    write_results(results, answer["results"])
    results.seek(0)
    write_around(out, answer, results)


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
    head = {name: value for name, value in answer.items() if name != "results"}
    out.write(json_text(head)[:-1] + ', "results": [')
    shutil.copyfileobj(results, out)
    out.write("]}\n")


def write_lines(out: IO[str], records: Iterable[dict[str, Any]]) -> None:
    """One record a line, written as they come."""
    for record in records:
        out.write(json_text(record) + "\n")
