"""Writes docs/schema/NAME.json, the JSON Schema of every answer, from the parts they share, and the
page docs/json.md.

    python docs/schemas.py

Keys are stable within a schema number and new ones may come, so the schemas allow more than they
name; the tests allow no more, so that nothing is written that is not described.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
FOLDER = Path(__file__).parent / "schema"


def obj(properties: Schema, optional: tuple[str, ...] = (), about: str = "") -> Schema:
    """An object that has all ``properties`` but the optional ones."""
    out: Schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }
    return {"description": about, **out} if about else out


def array(items: Schema, about: str = "") -> Schema:
    return (
        {"description": about, "type": "array", "items": items}
        if about
        else {
            "type": "array",
            "items": items,
        }
    )


def one_of(*words: str | None) -> Schema:
    return {"enum": list(words)}


def nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
OFFSET: Schema = {"type": ["integer", "null"], "minimum": 0}
PERCENT: Schema = {"type": "number", "minimum": 0, "maximum": 100}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
DAY: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{12}$"}
TYPES = ("person", "country", "organisation", "place")

DOCUMENT = {"doc": ID, "path": TEXT, "title": MAYBE, "published": DAY}
DEFS: dict[str, Schema] = {
    "source": obj(
        DOCUMENT
        | {
            "line": {"type": ["integer", "null"], "minimum": 1},
            "column": {"type": ["integer", "null"], "minimum": 1},
            "start": OFFSET,
            "end": OFFSET,
            "page": {"type": "integer", "minimum": 1},
        },
        ("page",),
        "Where it stands. Offsets are Unicode code points in the text that `show DOC --raw` "
        "prints, ends exclusive; `line` and `column`, that of the start within its line in code "
        "points, count from 1; `page` only where the document has pages.",
    ),
    "document_source": obj(DOCUMENT),
    "span": obj({"start": COUNT, "end": COUNT, "text": TEXT}),
    "speaker": obj(
        {
            "text": TEXT,
            "start": OFFSET,
            "end": OFFSET,
            "actor": MAYBE,
            "name": MAYBE,
            "how": one_of("name", "pronoun", "role", "carried", None),
            "reason": MAYBE,
        },
        about="Who says it, as written and as an actor; both offsets are null where it is carried "
        "over, actor and name where it is not sure, and then `reason` says why.",
    ),
    "date": obj(
        {
            "text": TEXT,
            "edtf": TEXT,
            "start": DAY,
            "end": DAY,
            "granularity": one_of(
                "day", "week", "month", "quarter", "season", "half", "year", "decade", "range"
            ),
            "mod": one_of("start", "mid", "end", "approx", None),
            "anchor": obj({"kind": one_of("published", "text", "none"), "date": DAY}),
        },
        about="The first and last day, inclusive, null where the span is open on that side.",
    ),
}
QUOTATION = {
    "kind": one_of("direct", "mixed", "indirect"),
    "content": TEXT,
    "fragments": array(ref("span")),
    "cue": nullable(ref("span")),
    "speaker": nullable(ref("speaker")),
    "confidence": SHARE,
    "about": array(TEXT),
    "sentence": TEXT,
    "speakers": array(ref("speaker"), "All who say it, the main one first."),
    "outer": array(ref("speaker"), "Those through whom it is reported."),
    "reason": {
        "description": "What keeps its source from plainly saying it (`denied`, `negated`, "
        "`asked`, `hypothetical`, `alleged`, `expected`), or why nobody is named as its speaker.",
        **MAYBE,
    },
    "act": {
        "description": "`thought`: hopes, plans, polls; `attitude`: praise or criticism that "
        "nobody uttered.",
        **one_of("statement", "thought", "attitude"),
    },
    "said": {
        "type": "boolean",
        "description": "Whether it is a statement that nothing keeps from being plainly said.",
    },
    "content_confidence": {
        "description": "How sure it is that this is what was reported; `confidence` is about the "
        "speaker.",
        **SHARE,
    },
    "similarity": {"anyOf": [PERCENT, {"type": "null"}]},
}
HAPPENING = {
    "date": ref("date"),
    "event": TEXT,
    "actors": array(TEXT),
    "certainty": one_of("past", "planned", "hypothetical"),
    "role": one_of("happening", "statement", "background"),
    "polarity": {
        "description": "Negative where the clause tells what did not happen.",
        **one_of("positive", "negative"),
    },
    "statement": {
        "description": "The start and end of the quotation (the `source` of a `quotes` record of"
        " the same document) in whose content it stands or, of a statement, that it makes.",
        "anyOf": [
            {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
            {"type": "null"},
        ],
    },
}
NAMING = {
    "text": TEXT,
    "type": one_of(*TYPES, "nationality"),
    "actor": MAYBE,
    "how": one_of("name", "alias", "role", "pronoun"),
}
TIMEX = {
    "timex": obj(
        {
            "text": TEXT,
            "type": one_of("DATE", "TIME", "DURATION", "SET"),
            "value": TEXT,
            "mod": MAYBE,
        }
    ),
    "date": nullable(ref("date")),
    "reference": {"type": "boolean"},
    "reason": MAYBE,
}
PLACE = {"start": COUNT, "end": COUNT}
QUOTE = obj({"source": ref("source")} | QUOTATION)
STATEMENT = obj(
    {"source": ref("source")}
    | QUOTATION
    | {
        "reports": COUNT | {"description": "Documents that have it, this one among them."},
        "also": array(
            ref("source"), "The others: the same speaker says nearly the same words there."
        ),
    }
)
EVENT = obj(
    {"source": ref("source")}
    | HAPPENING
    | {
        "weight": nullable(SHARE) | {"description": "How much it matters; null in an export."},
        "reports": COUNT | {"description": "Documents that tell it in words of their own."},
        "also": array(ref("source"), "Other reports of the same event."),
        "conflicts": array(
            obj({"source": ref("source")} | HAPPENING), "Reports that give a different date."
        ),
    }
)
PASSAGE = obj(
    {
        "source": ref("source"),
        "text": TEXT,
        "score": PERCENT,
        "highlights": array({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
        "corrections": {"type": "object", "additionalProperties": array(TEXT)},
        "folded": array(ref("source"), "Near-duplicates that this one stands for."),
    }
)
ACTOR = {
    "source": nullable(ref("source")),
    "id": TEXT,
    "name": TEXT,
    "type": one_of(*TYPES),
    "aliases": array(obj({"text": TEXT, "count": COUNT})),
    "roles": array(obj({"text": TEXT, "count": COUNT, "first": DAY, "last": DAY})),
    "mentions": COUNT,
    "adjectives": COUNT,
    "documents": COUNT,
    "quotes": COUNT,
    "first": DAY,
    "last": DAY,
}
RECORD = {
    "source": ref("document_source"),
    "paths": array(TEXT),
    "words": COUNT,
    "language": MAYBE,
    "format": TEXT,
    "published_from": one_of("option", "sidecar", "metadata", "dateline", "filename", None),
    "author": MAYBE,
    "url": MAYBE,
    "tags": array(TEXT),
    "indexed_at": TEXT,
    "warnings": array(TEXT),
}
COMPANY = obj(
    {
        "id": TEXT,
        "name": TEXT,
        "type": one_of(*TYPES),
        "sentences": COUNT,
        "score": {"type": "number"},
        "passage": nullable(PASSAGE) | {"description": "A sentence that tells in what."},
    }
)
VERDICT = obj(
    {
        "source": nullable(ref("source")),
        "file": {"description": "the draft", **MAYBE},
        "quote": TEXT,
        "line": {"type": "integer", "minimum": 1},
        "verdict": one_of("verbatim", "altered", "misattributed", "not_found"),
        "claimed_speaker": MAYBE,
        "match": {"anyOf": [QUOTE, PASSAGE, {"type": "null"}]},
        "similarity": PERCENT,
        "differences": array(
            obj(
                {
                    "op": one_of("insert", "delete", "replace"),
                    "draft": TEXT,
                    "source": TEXT,
                    "marked": {"type": "boolean"},
                }
            )
        ),
    }
)
SETTINGS: Schema = {
    "type": "object",
    "additionalProperties": {"type": ["string", "integer", "null"]},
}
NAMES = obj(
    {
        "asked": TEXT,
        "id": MAYBE,
        "name": MAYBE,
        "type": one_of("person", "country", "organisation", "place", None),
        "likeness": PERCENT,
        "mentions": COUNT,
        "documents": COUNT,
    }
)
RESULTS: dict[str, Schema] = {
    "names": NAMES,
    "search": PASSAGE,
    "quotes": QUOTE,
    "verify": VERDICT,
    "actors": obj(ACTOR),
    "actor": obj(
        ACTOR
        | {
            "summary": array(PASSAGE, "The sentences that say most, in order of their days."),
            "statements": array(STATEMENT, "Each saying once."),
            "said_about": array(STATEMENT, "What others say, never their own words."),
            "appears_with": array(COMPANY),
            "events": array(EVENT),
            "passages": array(PASSAGE),
            "by_month": array(obj({"month": TEXT, "mentions": COUNT})),
        }
    ),
    "timeline": EVENT,
    "events": EVENT,
    "brief": obj(
        {
            "topic": TEXT,
            "documents": COUNT | {"description": "Documents that bear on the topic."},
            "first": DAY,
            "last": DAY,
            "made": {"description": "When it was made (ISO 8601).", **TEXT},
            "actor": nullable(obj(ACTOR)),
            "summary": array(PASSAGE),
            "actors": array(obj(ACTOR)),
            "voices": array(obj({"actor": TEXT, "statements": array(STATEMENT)})),
            "exchanges": array(
                obj({"claims": array(STATEMENT), "denials": array(STATEMENT)}),
                "What several sides say of one matter, with the denials there are.",
            ),
            "timeline": array(EVENT),
            "conflicts": array(EVENT, "What two reports date or count differently."),
            "disputed": array(STATEMENT),
            "open_questions": array(PASSAGE),
            "links": array(obj({"actors": array(TEXT), "sentences": COUNT})),
            "sources": array(
                obj(DOCUMENT | {"cited": COUNT}), "Oldest first; `cited` is how often each is."
            ),
        }
    ),
    "docs": obj(RECORD),
    "documents": obj(RECORD),
    "show": obj(
        RECORD
        | {
            "text": TEXT,
            "actors": array(obj({"id": TEXT, "name": TEXT, "type": one_of(*TYPES)})),
            "mentions": array(obj(PLACE | NAMING)),
            "quotes": array(obj(PLACE | QUOTATION)),
            "dates": array(obj(PLACE | TIMEX)),
            "events": array(obj(PLACE | HAPPENING)),
        }
    ),
    "mentions": obj({"source": ref("source")} | NAMING),
    "dates": obj({"source": ref("source")} | TIMEX),
    "status": obj(
        {
            "index": TEXT,
            "files": COUNT,
            "failed": COUNT,
            "documents": COUNT,
            "words": COUNT,
            "quotes": COUNT,
            "actors": COUNT,
            "events": COUNT,
            "first": DAY,
            "last": DAY,
            "undated": COUNT,
            "indexed_at": MAYBE,
            "size": COUNT,
            "schema": COUNT,
            "paths": array(TEXT),
            "excluded": array(TEXT),
            "settings": SETTINGS,
        }
    ),
    "config": obj(
        {
            "name": TEXT,
            "value": {"type": ["string", "integer", "null"]},
            "origin": TEXT,
            "help": TEXT,
        }
    ),
}


def schema(name: str) -> Schema:
    """The schema of a whole answer; one line of JSON Lines is its ``#/$defs/result``."""
    defs = {"result": RESULTS[name]} | DEFS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"gulfbrief.{name}/1",
        "type": "object",
        "properties": {
            "schema": {"const": f"gulfbrief.{name}/1"},
            "query": {"description": "What was asked.", "type": "object"},
            "total": {"description": "How many match.", **COUNT},
            "results": array(ref("result"), "At most as many as the limit."),
        },
        "required": ["schema", "query", "total", "results"],
        "$defs": {key: value for key, value in defs.items() if key == "result" or _used(key, defs)},
    }


def _used(name: str, defs: Schema) -> bool:
    """Whether the result speaks of ``name``, directly or through another part."""
    text = json.dumps(defs["result"])
    direct = {key for key in DEFS if f'"#/$defs/{key}"' in text}
    return name in direct or any(f'"#/$defs/{name}"' in json.dumps(defs[key]) for key in direct)


def dumps(name: str) -> str:
    return json.dumps(schema(name), indent=2) + "\n"


def page() -> str:
    """docs/json.md: the keys of each answer."""
    parts = [
        "# JSON",
        "Made by `docs/schemas.py`. `--json` writes one object: `schema`, `query`, `total` (all "
        "that match) and `results` (at most the limit). `-f jsonl` writes one result a line. "
        "Keys are stable within a schema number; new ones may come. Offsets are Unicode code "
        "points in the text that `gulfbrief show DOC --raw` prints, ends exclusive. Characters "
        "that a terminal might obey stand as escapes (`\\u001b`), which every reader of JSON "
        "turns back.",
    ]
    for name, result in RESULTS.items():
        parts.append(f"## [{name}](schema/{name}.json)\n\n{_keys(result)}{_told(result)}")
    parts.append("## Parts of them")
    for name, part in DEFS.items():
        about = part.get("description")
        parts.append(f"**{name}**: {_keys(part)}" + (f". {about}" if about else ""))
    return "\n\n".join(parts) + "\n"


def _told(schema: Schema) -> str:
    """What is told of single keys of an answer."""
    told = {key: part.get("description") for key, part in schema["properties"].items()}
    return "".join(f"\n\n`{key}`: {about}" for key, about in told.items() if about)


def _keys(schema: Schema) -> str:
    return ", ".join(f"`{key}`" for key in schema["properties"])


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER.parent / "json.md").write_text(page(), "utf-8")
    for name in RESULTS:
        (FOLDER / f"{name}.json").write_text(dumps(name), "utf-8")


if __name__ == "__main__":
    main()
