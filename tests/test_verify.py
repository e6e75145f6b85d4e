"""Checking a draft: nothing planted is missed, nothing honest is blamed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from zip_maker import docx, paragraph

from gulfbrief.answer.verify import verify
from gulfbrief.model import Verdict
from gulfbrief.read import Options
from gulfbrief.show.table import View, render
from gulfbrief.show.terminal import UNWRAPPED
from gulfbrief.store.build import build
from gulfbrief.store.reader import Index

HERE = Path(__file__).parent
DRAFTS = HERE / "data" / "verify"


@pytest.fixture(scope="module")
def index(sample: Index) -> Index:
    return sample


def expected(name: str) -> list[dict]:
    return tomllib.loads((DRAFTS / f"{name}.toml").read_text("utf-8"))["quotation"]


@pytest.mark.parametrize("name", ["honest", "planted"])
def test_each_quotation_of_a_draft_gets_its_verdict(index, name) -> None:
    draft = (DRAFTS / f"{name}.md").read_text("utf-8")
    verdicts = verify(index, draft).results
    told = [(v.quote[: len(e["begins"])], v.verdict) for v, e in zip(verdicts, expected(name))]
    assert told == [(e["begins"], e["verdict"]) for e in expected(name)]
    assert len(verdicts) == len(expected(name))


def test_a_quotation_that_the_draft_breaks_is_shown_with_the_break(index) -> None:
    draft = "“This is not a riddle,” Whitfield said. “It is a mine.”\n"
    [verdict] = verify(index, draft).results
    assert (verdict.quote, verdict.verdict) == ("This is not a riddle … It is a mine.", "altered")


def test_differences_name_the_drafts_words_and_the_sources(index) -> None:
    draft = (DRAFTS / "planted.md").read_text("utf-8")
    checked = [
        (v, e) for v, e in zip(verify(index, draft).results, expected("planted")) if "changed" in e
    ]
    assert checked
    for v, e in checked:
        assert [d.draft for d in v.differences] == e["changed"]
        assert [d.source for d in v.differences] == e["lost"]


def test_a_misattributed_quotation_names_who_said_it(index) -> None:
    draft = (DRAFTS / "planted.md").read_text("utf-8")
    wrong = [
        (v, e) for v, e in zip(verify(index, draft).results, expected("planted")) if "right" in e
    ]
    assert wrong
    for v, e in wrong:
        assert v.match.quote.speakers[0].name == e["right"]


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("“This is not a riddle,” Whitfield said.", [("replace", "riddle", "puzzle")]),
        ("“That is not a puzzle,” Whitfield said.", [("replace", "That", "This")]),
    ],
)
def test_one_word_of_a_short_quotation_is_compared_with_its_speakers_own(
    index, draft, told
) -> None:
    (verdict,) = verify(index, draft).results
    assert verdict.verdict == "altered"
    assert verdict.match.quote.content.startswith("This is not a puzzle")
    assert [(d.op, d.draft, d.source) for d in verdict.differences] == told


def test_a_short_quotation_by_somebody_else_is_not_found_by_its_small_words(index) -> None:
    (verdict,) = verify(index, "“This is not a riddle,” al-Harthi said.").results
    assert verdict.verdict == "not_found"


def test_a_verdict_gives_its_line_in_the_draft(index) -> None:
    draft = "A note.\n\nNothing here.\n\n“Small things are what is left,” al-Harthi said.\n"
    (verdict,) = verify(index, draft).results
    assert verdict.line == 5
    assert verdict.verdict == "verbatim"


def test_the_match_leads_to_the_words_in_the_source(index) -> None:
    (verdict,) = verify(index, "“Somebody wanted to be noticed,” al-Suwaidi said.").results
    source = verdict.match.source
    assert "Somebody wanted to be noticed" in index.text(source.doc)[source.start : source.end]


def test_a_draft_without_quotations_has_no_verdicts(index) -> None:
    assert verify(index, "Nothing was said, and nobody said it.").total == 0


def test_a_title_in_quotation_marks_is_not_checked(index) -> None:
    assert (
        verify(index, "He carried “The Long Road to the Northern Harbour” under his arm.").total
        == 0
    )


def test_a_word_file_is_checked_through_the_command_line(folder, ask, tmp_path) -> None:
    word = docx(
        # Word cuts a sentence into runs wherever somebody corrected it.
        paragraph("What the admiral said", style="Heading1")
        + paragraph("“Small thi", "ngs are what is ", "left,” al-Harthi sa", "id.")
        + paragraph("“This is not a rid", "dle,” Whitfield said.")
        + paragraph("“The moon is made of old newspapers and glue,” Whitfield said."),
    )
    (tmp_path / "draft.docx").write_bytes(word)
    done = ask("verify", str(tmp_path / "draft.docx"), "--json")
    assert done.status == 1  # not all are as they were said
    told = json.loads(done.out)
    assert [v["verdict"] for v in told["results"]] == ["verbatim", "altered", "not_found"]
    assert [v["line"] for v in told["results"]] == [3, 5, 7]
    (difference,) = told["results"][1]["differences"]
    assert (difference["draft"], difference["source"]) == ("riddle", "puzzle")


PROFILE = """Rice sees calm ahead

MUSCAT, 3 March 2021 (Gulf Wire) - “The strait will stay open for all ships this year,” the harbour
master, Moira Castell, said on Wednesday. Lydia Rice, an envoy, welcomed it. “I am glad of each calm
day that the sea gives us,” Ms Rice said.
"""


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [("Castell", "verbatim"), ("Rice", "misattributed"), ("Fishermen", "verbatim")],
)
def test_a_surname_that_is_a_common_word_is_known_by_the_index(tmp_path, speaker, verdict) -> None:
    (tmp_path / "profile.txt").write_text(PROFILE, "utf-8")
    build(tmp_path / "index.db", [tmp_path / "profile.txt"], options=Options(), jobs=1)
    draft = f"“The strait will stay open for all ships this year,” {speaker} said.\n"
    with Index.open(tmp_path / "index.db") as opened:
        (told,) = verify(opened, draft).results
    assert told.verdict == verdict


def test_an_entry_shows_where_the_words_stand(index: Index) -> None:
    results = verify(index, "“This is not a riddle,” Whitfield said.").results
    told = render("verify", results, View({}, 1, {}, False, UNWRAPPED, Path("/nowhere")))
    assert results[0].match is not None
    assert results[0].match.source.path in told


def test_the_first_line_counts_the_verdicts() -> None:
    kinds = ("verbatim", "altered", "altered", "misattributed", "not_found", "not_found")
    verdicts = [Verdict("It is shut", 1, kind, "Haddad") for kind in kinds]
    told = render("verify", verdicts, View({}, 6, {}, False, UNWRAPPED, Path("/nowhere")))
    first, *rest = told.splitlines()
    assert first == "6 quotations: 1 verbatim, 2 altered, 1 wrong speaker, 2 not found"
    numbered = [n for n, line in enumerate(rest) if line[:1].isdigit()]
    assert len(numbered) == 6
    assert all(not rest[n - 1].strip() for n in numbered), "a blank line parts the entries"
