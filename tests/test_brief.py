"""The dossier: only sentences of sources, every statement with the number of its source."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from indexes import indexed
from lxml import html
from rapidfuzz import fuzz

from gulfbrief.answer.brief import brief
from gulfbrief.errors import UnknownError, UsageError
from gulfbrief.model import Actor, Event, FoundEvent, ResolvedDate, RoleRecord, Source
from gulfbrief.read import Options
from gulfbrief.show import brief as as_markdown
from gulfbrief.show import html as as_html
from gulfbrief.show.pictures import strip
from gulfbrief.store.build import build
from gulfbrief.store.reader import Index

HOSTILE = """<script>document.title='owned'</script> Storm over Karoun

MUSCAT, June 3 (Wire) - The harbour of Karoun was closed on Tuesday, its master, Ali <img src=x
onerror="document.title='owned'"> Barakat, said.

"Nobody sails [today](javascript:alert(1)), </blockquote><svg onload=document.title='owned'>" Ali
Barakat said in Karoun. "\x1b]8;;javascript:alert(1)\x1b\\\\click\x1b]8;; \u202egnp.exe"

Karoun was hit by a storm on 1 June 2020, and Ali Barakat said that the port of Karoun would open.
"""


def opened(folder: Path, *paths: Path) -> Index:
    build(folder / "index.db", list(paths), options=Options(), jobs=1)
    return Index.open(folder / "index.db")


@pytest.fixture(scope="module")
def seeds(sample: Index) -> Index:
    return sample


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "storm.txt").write_text(HOSTILE, "utf-8")
    (folder / "storm.txt.toml").write_text("published = 2020-06-03\n")
    with opened(folder, folder / "storm.txt") as index:
        yield index


TOPICS = ["rostami", "Iran", "Hoshi Maru", "Northern Lark"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_sentence_is_a_sentence_of_its_source(seeds, topic) -> None:
    dossier = brief(seeds, topic)
    assert dossier.summary
    for passage in (*dossier.summary, *dossier.open_questions):
        text = seeds.text(passage.source.doc)
        assert text[passage.source.start : passage.source.end] == passage.text


@pytest.mark.parametrize("topic", TOPICS)
def test_every_statement_cites_a_numbered_source(seeds, topic) -> None:
    dossier = brief(seeds, topic)
    page = as_markdown.render(dossier)
    body, _, sources = page.partition("## Sources")
    listed = set(re.findall(r"^(\d+)\. ", sources, re.M))
    assert len(listed) == len(dossier.sources)
    for line in body.splitlines():
        if (line.startswith("- ") and not line.startswith("- **")) or line.startswith("  - "):
            cited = re.findall(r"\[(\d+)\]", line)
            assert cited, line
            assert set(cited) <= listed


def test_sources_stand_oldest_first(seeds) -> None:
    days = [s.published for s in brief(seeds, "Iran").sources]
    assert days == sorted(days)


def test_a_topic_that_names_an_actor_is_about_that_actor(seeds) -> None:
    dossier = brief(seeds, "morozov")
    assert dossier.actor is not None
    assert dossier.actor.name == "Andrei Morozov"
    assert dossier.actors[0] == dossier.actor


def test_a_topic_that_names_no_actor_is_a_query(seeds) -> None:
    assert brief(seeds, "limpet mine").actor is None


def test_a_topic_whose_words_far_more_documents_have_than_its_name_is_a_query(tmp_path) -> None:
    texts = {
        f"2021-05-1{n}.txt": f"Omar Haddad spoke of the summit of ministers in Karoun, day {n}.\n"
        for n in range(6)
    }
    texts["2021-05-20.txt"] = "The Karoun Summit Authority said that the hall was too small.\n"
    with indexed(tmp_path, texts) as index:
        assert brief(index, "Karoun Summit Authority").actor is not None
        assert brief(index, "Karoun Summit").actor is None


def test_documents_that_date_an_event_differently_are_set_side_by_side(seeds) -> None:
    dossier = brief(seeds, "Northern Lark")
    days = [{x.event.date.start for x in (e, *e.conflicts)} for e in dossier.conflicts]
    assert {"2019-07-18", "2019-07-19"} in days


def test_a_retold_statement_is_told_once_with_both_sources(seeds) -> None:
    dossier = brief(seeds, "Baltic Heron")
    told = [
        s
        for v in dossier.voices
        for s in v.statements
        if "no part in anyone" in s.found.quote.content
    ]
    assert len(told) == 1
    assert len(told[0].also) == 1


def test_what_is_shown_in_short_is_not_shown_again_as_told_by_one(seeds) -> None:
    for topic in TOPICS:
        dossier = brief(seeds, topic)
        assert not {p.text for p in dossier.summary} & {p.text for p in dossier.open_questions}


ON_AND_OFF = """Harbour of Karoun closed

MUSCAT, June 3 (Wire) - The harbour of Karoun was closed on Tuesday, Ali Barakat said.

"Nobody sails from here before Sunday," Barakat said.
"""
FEATURE = """A day in the life of a minister

MUSCAT, June 4 (Wire) - The minister, Omar Haddad, rises at five and drinks his coffee black.

"I have never liked the heat of the summer," Haddad said.

His office is a large room with a view of the sea and of the old town.

"The cook is the man who rules this house," Haddad said.

Lunch is at noon, with two of his aides and a pile of letters.

He was late to hear of the harbour of Karoun. "It came as a surprise to me," Haddad said.
"""


def test_a_query_gets_the_statements_that_bear_on_it(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(ON_AND_OFF)
    (tmp_path / "b.txt").write_text(FEATURE)
    with opened(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt") as index:
        dossier = brief(index, "harbour of Karoun")
    said = " ".join(s.found.quote.content for v in dossier.voices for s in v.statements)
    assert "Nobody sails" in said, "the whole report is about it"
    assert "a surprise" in said, "the sentence before names it"
    assert "the heat" not in said
    assert "The cook" not in said


def test_a_role_is_told_once() -> None:
    roles = tuple(
        RoleRecord(text, 1, None, None)
        for text in ("Omani foreign minister", "foreign minister", "Foreign Minister", "sailor")
    )
    actor = Actor("x", "X", "person", roles=roles)
    assert as_markdown.roles(actor) == "Omani foreign minister; sailor"


def test_a_role_that_is_given_once_is_left_out_beside_one_that_is_given_often() -> None:
    roles = (RoleRecord("mayor", 4, None, None), RoleRecord("judge", 1, None, None))
    assert as_markdown.roles(Actor("x", "X", "person", roles=roles)) == "mayor"
    rare = (RoleRecord("mayor", 3, None, None), RoleRecord("judge", 1, None, None))
    assert as_markdown.roles(Actor("x", "X", "person", roles=rare)) == "mayor; judge"


def test_what_is_disputed_cites_the_same_sources_in_each_format(seeds) -> None:
    dossier = brief(seeds, "Northern Lark")
    told = tuple(replace(e, also=e.conflicts) for e in dossier.conflicts)
    dossier = replace(dossier, conflicts=told)
    plain = as_markdown.render(dossier).partition("## What is disputed")[2].partition("\n## ")[0]
    page = html.fromstring("".join(as_html.render(dossier)))
    links = page.xpath("//section[h2/@id='disputed']//a/text()")
    assert told
    assert re.findall(r"\[(\d+)\]", plain) == [x.strip("[]") for x in links]


def test_nothing_on_the_topic_says_so(seeds) -> None:
    with pytest.raises(UnknownError, match="zzyzx"):
        brief(seeds, "zzyzx")


NAMESAKES = {
    "2021-05-04-a.txt": "Harbour opens\n\nOmar Haddad, the harbour master of Karoun, opened the "
    "new quay on 3 May 2021. “The quay will serve two hundred ships a year,” Omar Haddad said.\n",
    "2021-05-06-b.txt": "Singer returns\n\nLeila Haddad, the singer, came home to Karoun on 5 May "
    "2021. “Nobody has ever asked me about the quay of Karoun,” Leila Haddad said.\n",
}
NOW = datetime(2021, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    with indexed(tmp_path_factory.mktemp("namesakes"), NAMESAKES) as index:
        yield index


def test_a_name_that_two_actors_bear_is_asked_about(namesakes) -> None:
    with pytest.raises(UsageError, match="matches 2 actors"):
        brief(namesakes, "haddad")


def test_words_that_are_no_name_are_not_asked_about(namesakes) -> None:
    assert brief(namesakes, "new quay").actor is None


def test_the_head_tells_how_many_documents_of_which_days_and_when_it_was_made(namesakes) -> None:
    dossier = brief(namesakes, "quay", made=NOW)
    assert (dossier.documents, dossier.first, dossier.last) == (2, "2021-05-04", "2021-05-06")
    shown = as_markdown.head(dossier)
    assert shown.startswith("2 documents, 4 May 2021 to 6 May 2021")
    assert "Made on 1 June 2021 at 09:30 UTC" in shown


@pytest.mark.parametrize("topic", TOPICS)
def test_each_source_is_cited_as_often_as_it_says(seeds, topic) -> None:
    dossier = brief(seeds, topic)
    body, _, _ = as_markdown.render(dossier).partition("## Sources")
    for n, cited in enumerate(dossier.cited, 1):
        assert 1 <= len(re.findall(rf"\[{n}\]", body)) <= cited


@pytest.mark.parametrize("topic", TOPICS)
def test_a_second_source_has_the_words_of_the_statement(seeds, topic) -> None:
    for v in brief(seeds, topic).voices:
        for s in v.statements:
            quote = s.found.quote
            for other in s.also:
                texts = [
                    q.quote.content
                    for q in seeds.quotes(docs=[other.doc])
                    if {x.actor for x in q.quote.speakers} & {x.actor for x in quote.speakers}
                ]
                best = max(fuzz.token_sort_ratio(quote.content, text) for text in texts)
                assert best >= 80, quote.content


EMPHASIS = {
    "2021-05-04-a.md": "# Quay opens\n\nThe **new quay** of Karoun was opened on 3 May 2021 by the "
    "harbour master, and the tug *Baltic Tern* was the first to use it.\n",
}


def test_marks_of_emphasis_do_not_leak(tmp_path) -> None:
    with indexed(tmp_path, EMPHASIS) as index:
        dossier = brief(index, "quay of Karoun")
    assert any("*Baltic Tern*" in p.text for p in dossier.summary), "the source has them"
    for page in (as_markdown.render(dossier), as_html.render(dossier)):
        assert "tug Baltic Tern was" in page
        assert "The new quay of" in page


def test_the_top_of_a_dossier_tells_what_it_rests_on(seeds) -> None:
    dossier = brief(seeds, "Iran")
    for page in (as_markdown.render(dossier), as_html.render(dossier)):
        assert f"{dossier.documents} documents" in page
        assert f"{len(dossier.sources)} cited" in page


def test_a_graph_holds_only_actors_that_stand_with_others(seeds) -> None:
    dossier = brief(seeds, "Iran")
    alone = replace(
        dossier,
        links=tuple(x for x in dossier.links if dossier.actors[-1].id not in x[:2]),
    )
    name = dossier.actors[-1].name
    assert f">{name}</tspan>" in as_html.render(dossier)
    assert f">{name}</tspan>" not in as_html.render(alone)


DENIED = {
    "2021-05-04-a.txt": "Tugs sold\n\nThe auditor Tilda Roke said on Tuesday that the harbour "
    "master Omar Haddad had sold three tugs to a smuggler of Karoun in the spring.\n",
    "2021-05-06-b.txt": "Tugs denied\n\nThe harbour master Omar Haddad denied on Thursday that he "
    "had sold three tugs to a smuggler of Karoun.\n",
}


def test_a_claim_and_its_denial_stand_side_by_side(tmp_path) -> None:
    with indexed(tmp_path, DENIED) as index:
        dossier = brief(index, "tugs smuggler")
    ((claims, denials),) = [(e.claims, e.denials) for e in dossier.exchanges]
    assert [s.found.quote.speakers[0].name for s in claims] == ["Tilda Roke"]
    assert [s.found.quote.speakers[0].name for s in denials] == ["Omar Haddad"]
    page = html.document_fromstring(as_html.render(dossier))
    (sides,) = page.find_class("sides")
    assert len(sides) == 2


# ---- a hostile document -------------------------------------------------------------------


def test_markup_of_a_document_is_shown_and_not_obeyed(hostile) -> None:
    page = as_html.render(brief(hostile, "Ali Barakat"))
    tags = set(re.findall(r"<\s*([a-zA-Z]+)", page))
    assert not tags & {"script", "img", "iframe", "object", "embed", "link"}
    assert not re.search(r"<[^>]*\son\w+\s*=", page)
    assert not re.search(r"""(href|src)=["'](?!#)""", page)


def test_escapes_and_overrides_do_not_reach_the_page(hostile) -> None:
    for page in (as_html, as_markdown):
        text = page.render(brief(hostile, "Ali Barakat"))
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_page_asks_for_no_other_file(seeds) -> None:
    page = as_html.render(brief(seeds, "Iran"))
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def in_browser(page: str, folder: Path) -> str:
    """The page as a browser has it once its scripts have run."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    options = """--headless --no-sandbox --disable-gpu --disable-sync --no-first-run --dump-dom
    --disable-background-networking --disable-component-update""".split()
    return subprocess.run(
        ["chromium", *options, f"--user-data-dir={folder / 'profile'}", file.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium")
def test_a_browser_runs_nothing_of_a_hostile_document(hostile, tmp_path) -> None:
    shown = in_browser(as_html.render(brief(hostile, "Ali Barakat")), tmp_path)
    assert "<title>Ali Barakat: a brief</title>" in shown
    assert "Nobody sails" in shown
    raw = f"<!DOCTYPE html><title>before</title><p>{HOSTILE}</p>"
    assert "<title>owned</title>" in in_browser(raw, tmp_path), "unescaped, it does act"


# ---- keyboard and screen reader -----------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "dots", "lines"),
    [
        ([], 0, 0),
        (["2021-07-02"], 0, 0),
        (["2021-07-02", "2021-07-09"], 2, 0),
        (["2021-07-02", "2021-07-09", "2021-07-03/2021-07-05"], 2, 1),
    ],
)
def test_two_dated_events_and_more_are_a_strip(days: list[str], dots: int, lines: int) -> None:
    drawn = strip([event(day) for day in days])
    assert ("<svg" in drawn) is bool(dots or lines)
    assert (drawn.count("<circle"), drawn.count('class="span"')) == (dots, lines)


def event(edtf: str) -> FoundEvent:
    first, _, last = edtf.partition("/")
    day = ResolvedDate(edtf, edtf, first, last or first, "range" if last else "day")
    return FoundEvent(Source("d", "d.txt", None, None, 1, 0, 5), Event(0, 5, "It rained", day))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_can_be_walked_by_headings_landmarks_and_links(seeds, topic) -> None:
    page = html.document_fromstring(as_html.render(brief(seeds, topic)))
    assert page.get("lang") == "en"
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(len(list(page.iter(tag))) == 1 for tag in ("header", "nav", "main"))
    ids = {e.get("id") for e in page.xpath("//*[@id]")}
    targets = [a.get("href").removeprefix("#") for a in page.iter("a")]
    assert targets[0] == "main", "the first link skips to the text"
    assert set(targets) <= ids
    assert {e.get("aria-labelledby") for e in page.iter("section")} <= ids
    for picture in page.iter("svg"):
        assert picture.get("role") == "img"
        assert picture.get("aria-label")
    assert not page.xpath("//*[@tabindex > 0 or @accesskey]")


@pytest.mark.parametrize("ground", ["paper: #fdfcf9", "paper: #14191f"])
def test_letters_stand_out_from_their_ground(seeds, ground) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 to 1 at least."""
    style = re.search(r"<style>(.*?)</style>", as_html.render(brief(seeds, "Iran")), re.S)[1]
    colours = next(b for b in re.findall(r":root \{[^}]*\}", style) if ground in b)
    of = dict(re.findall(r"--(\w+): (#\w{6})", colours))
    for name in ("ink", "soft", "accent", "second"):
        light, dark = sorted((luminance(of[name]), luminance(of["paper"])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
