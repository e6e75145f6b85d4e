"""Every answer is what its schema says, and no more."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from running import Done

DOCS = Path(__file__).parent.parent / "docs"
ANSWERS = {
    "search": ["search", "tanker"],
    "quotes": ["quotes"],
    "quotes by wording": ["quotes", "nobody", "insures", "a", "boat"],
    "verify": ["verify", "seeds/2019-07-22-guards-version.md"],
    "actors": ["actors", "-n", "0"],
    "actor": ["actor", "daniel-whitfield", "-n", "0"],
    "timeline": ["timeline", "-n", "0"],
    "brief": ["brief", "tanker"],
    "docs": ["docs"],
    "show": ["show", "2019-07-20-tanker-seizure-wire.txt"],
    "status": ["status"],
    "config": ["config"],
    "export documents": ["export", "documents"],
    "export quotes": ["export", "quotes"],
    "export mentions": ["export", "mentions"],
    "export dates": ["export", "dates"],
    "export events": ["export", "events"],
    "export actors": ["export", "actors"],
}
LINES = [name for name in ANSWERS if name != "brief"]


def schema(args: list[str]) -> dict[str, Any]:
    """The schema of a command's answer, tightened: no key that it does not name."""
    name = args[1] if args[0] == "export" else args[0]
    found: dict[str, Any] = json.loads((DOCS / "schema" / f"{name}.json").read_text())

    def tighten(node: Any) -> Any:
        if isinstance(node, list):
            return [tighten(part) for part in node]
        if not isinstance(node, dict):
            return node
        tight = {key: tighten(value) for key, value in node.items()}
        if "properties" in tight and "additionalProperties" not in tight:
            tight["additionalProperties"] = False
        return tight

    tight: dict[str, Any] = tighten(found)
    return tight


@pytest.mark.parametrize("name", ANSWERS)
def test_json_is_one_object_as_its_schema_says(name: str, ask: Callable[..., Done]) -> None:
    done = ask(*ANSWERS[name], "--json")
    answer = json.loads(done.out)
    jsonschema.validate(answer, schema(ANSWERS[name]))
    assert answer["results"]
    assert answer["total"] >= len(answer["results"])


@pytest.mark.parametrize("name", LINES)
def test_json_lines_are_the_results_one_a_line(name: str, ask: Callable[..., Done]) -> None:
    args = ANSWERS[name]
    whole = schema(args)
    result = jsonschema.Draft202012Validator({**whole["$defs"]["result"], "$defs": whole["$defs"]})
    lines = [json.loads(line) for line in ask(*args, "-f", "jsonl").out.splitlines()]
    for line in lines:
        result.validate(line)
    if name != "status":  # its size may differ from run to run
        assert lines == json.loads(ask(*args, "--json").out)["results"]


def test_an_answer_without_results_is_as_its_schema_says(ask: Callable[..., Done]) -> None:
    done = ask("search", "xylophone", "--json")
    answer = json.loads(done.out)
    jsonschema.validate(answer, schema(["search"]))
    assert (done.status, answer["total"], answer["results"]) == (1, 0, [])


def test_an_unknown_actor_is_an_answer_without_results(ask: Callable[..., Done]) -> None:
    done = ask("quotes", "--by", "Nobodyatall", "--json")
    answer = json.loads(done.out)
    jsonschema.validate(answer, schema(["quotes"]))
    assert (done.status, answer["total"], answer["query"]["by"]) == (1, 0, "Nobodyatall")


def test_results_are_at_most_the_limit_and_total_counts_all(ask: Callable[..., Done]) -> None:
    some = json.loads(ask("quotes", "-n", "3", "--json").out)
    every = json.loads(ask("quotes", "-n", "0", "--json").out)
    assert len(some["results"]) == 3
    assert some["total"] == every["total"] == len(every["results"])


@pytest.mark.parametrize("kind", ["quotes", "mentions", "dates", "events"])
def test_offsets_hold_on_the_text_that_show_raw_prints(kind: str, ask: Callable[..., Done]) -> None:
    records = [json.loads(line) for line in ask("export", kind).out.splitlines()]
    texts: dict[str, str] = {}
    for record in records:
        doc = record["source"]["doc"]
        if doc not in texts:
            texts[doc] = ask("show", doc, "--raw").out
        span = texts[doc][record["source"]["start"] : record["source"]["end"]]
        words = {"quotes": "fragments", "dates": "timex", "events": "event"}.get(kind, "text")
        if kind == "quotes":
            assert all(texts[doc][f["start"] : f["end"]] == f["text"] for f in record[words])
        elif kind == "dates":
            assert span == record["timex"]["text"]
        elif "[" in record[words] and kind == "events":  # a pronoun replaced by its actor
            known = re.sub(r"^.*\]", "", record[words])
            assert " ".join(span.split()).endswith(known.lstrip("’s"))
        else:
            assert span == record[words]


def test_the_schemas_are_those_that_the_script_writes() -> None:
    spec = importlib.util.spec_from_file_location("schemas", DOCS / "schemas.py")
    assert spec is not None
    assert spec.loader is not None
    schemas = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(schemas)
    written = {path.stem: path.read_text() for path in (DOCS / "schema").glob("*.json")}
    assert written == {name: schemas.dumps(name) for name in schemas.RESULTS}
    assert (DOCS / "json.md").read_text() == schemas.page()
    for text in written.values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
