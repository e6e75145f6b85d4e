"""JSON through jq: by the Python package of that name (extra ``jq``), else by the program.

jq only reads what it is given: its language has nothing that writes or runs.
"""

from __future__ import annotations

import json
import shutil
import subprocess

from ..errors import UsageError
from .harmless import columns, json_text

MISSING = "--jq needs jq: pip install 'gulfbrief[jq]', or the program jq on the PATH"


def filtered(expression: str, text: str) -> str:
    """The values that a jq expression makes of one JSON text, a line each: strings without their
    quotation marks, harmless for a terminal, anything else as compact JSON.

    Raises ``UsageError`` for an expression that is wrong, or that goes wrong on this text, and
    where there is no jq.
    """
    return "".join(f"{_shown(line)}\n" for line in _values(expression, text).split("\n") if line)


def _shown(line: str) -> str:
    value = json.loads(line)
    return columns(value) if isinstance(value, str) else json_text(value)


def _values(expression: str, text: str) -> str:
    """The values as JSON, a line each."""
    try:
        import jq
    except ImportError:
        return _by_program(expression, text)
    try:
        values: str = jq.compile(expression).input_text(text).text()
    except ValueError as error:
        raise _wrong(str(error)) from None
    return values


def _by_program(expression: str, text: str) -> str:
    program = shutil.which("jq")
    if program is None:
        raise UsageError(MISSING)
    done = subprocess.run(  # behind a space even "-1" is an expression
        [program, "-c", f" {expression}"], input=text, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise _wrong(done.stderr)
    return done.stdout


def _wrong(message: str) -> UsageError:
    """What jq says of an expression, in one line."""
    first = message.strip().split("\n")[0].removeprefix("jq: ").removeprefix("error")
    return UsageError(f"--jq: {first.lstrip(': ')}")
