"""Who is who over many reports: the gold set of tests/data/link and its gates."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from gulfbrief.find import find
from gulfbrief.link import DocActorRecord, block_key, link
from gulfbrief.model import Document, Findings

TEXTS = tomllib.loads(
    (Path(__file__).parent / "data" / "link" / "gold.toml").read_text(encoding="utf-8")
)["text"]


def records(doc: str, findings: Findings) -> list[DocActorRecord]:
    return [
        DocActorRecord(
            (doc,), actor.key, actor.name, actor.type, actor.known, actor.gender,
            tuple(r.text for r in actor.roles),
            tuple(sorted({r.state for r in actor.roles if r.state})),
        )
        for actor in findings.actors
    ]  # fmt: skip


def global_ids(found: list[DocActorRecord]) -> dict[tuple[str, str], str]:
    blocks = defaultdict(list)
    for record in found:
        blocks[block_key(record)].append(record)
    return {
        m: actor.id for block in blocks.values() for actor in link(block) for m in actor.members
    }


@pytest.fixture(scope="module")
def all_findings() -> list[tuple[str, Findings]]:
    out = []
    for n, entry in enumerate(TEXTS):
        doc = hashlib.sha256(entry["text"].encode()).hexdigest()[:12]
        out.append((doc, find(Document(doc, f"{n}.txt", entry["text"]))))
    return out


@pytest.fixture(scope="module")
def answers(all_findings) -> list[tuple[str, str]]:
    """(who is meant, who was found) for every actor of the gold set; who was not found is alone."""
    ids = global_ids([r for doc, findings in all_findings for r in records(doc, findings)])
    out = []
    for entry, (doc, findings) in zip(TEXTS, all_findings, strict=True):
        for name, meant in entry["actors"].items():
            keys = [m.actor for m in findings.mentions if m.text == name and m.actor]
            found = ids.get((doc, keys[0])) if keys else None
            out.append((meant, found or f"nobody {doc} {name}"))
    return out


def test_the_gold_set_is_large_enough() -> None:
    assert len(TEXTS) >= 60
    assert sum(len(entry["actors"]) for entry in TEXTS) >= 120


def test_b_cubed_f1_is_at_least_099(answers) -> None:
    meant, found = defaultdict(set), defaultdict(set)
    for i, (m, f) in enumerate(answers):
        meant[m].add(i)
        found[f].add(i)
    both = [(len(meant[m] & found[f]), len(found[f]), len(meant[m])) for m, f in answers]
    precision = sum(b / f for b, f, _ in both) / len(both)
    recall = sum(b / m for b, _, m in both) / len(both)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"B-cubed: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} of {len(both)}")
    assert f1 >= 0.99  # one mention that is parted from its actor costs .006


def test_no_two_people_are_merged(answers) -> None:
    merged = defaultdict(set)
    for meant, found in answers:
        merged[found].add(meant)
    assert {f: m for f, m in merged.items() if len(m) > 1} == {}


def test_the_order_of_the_documents_does_not_matter(all_findings) -> None:
    found = [r for doc, findings in all_findings for r in records(doc, findings)]
    shuffled = found[:]
    random.Random(7).shuffle(shuffled)
    assert global_ids(found) == global_ids(shuffled)
