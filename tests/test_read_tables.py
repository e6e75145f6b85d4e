"""Dumps of articles in CSV, JSON and JSON Lines; transcripts; Markdown."""

from __future__ import annotations

import json

import pytest

from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes

BODY = "The port is open, the minister said."


def documents(data: str | bytes, name: str, options: Options = Options()) -> list[Document]:
    return list(read_bytes(data.encode() if isinstance(data, str) else data, name, options))


# ---- columns -----------------------------------------------------------------------------------


DAY = {"day": "2020-02-03", "time": "2020-02-03T10:00:00Z", "words": "3 February 2020"}
WHO, URL = "R. Qasim", "https://a"
DUMPS: dict[str, dict[str, object]] = {
    "plain": {"title": "Port", "text": BODY, "date": DAY["day"], "author": WHO, "url": URL},
    "api": {
        **{"headline": "Port", "body": BODY, "published_at": DAY["time"]},
        **{"byline": WHO, "link": URL},
    },
    "spaced": {
        **{"Title": "Port", "Content": BODY, "Publication Date": DAY["words"]},
        **{"Authors": WHO, "URL": URL},
    },
    "wrapped": {
        **{"webTitle": "Port", "webPublicationDate": DAY["time"], "webUrl": URL},
        "fields": {"bodyText": BODY, "byline": WHO},
    },
    "crawler": {
        **{"title": "Port", "maintext": BODY, "date_publish": None, "url": URL},
        **{"datePublished": DAY["day"], "authors": [WHO]},
    },
    "paper": {
        **{"headline": {"main": "Port"}, "article_body": [BODY], "pub_date": DAY["day"]},
        **{"author": {"name": WHO}, "web_url": URL},
    },
    "seconds": {
        **{"title": "Port", "text": BODY, "timestamp": 1580716800},
        **{"author": WHO, "permalink": URL},
    },
}


@pytest.mark.parametrize("record", DUMPS.values(), ids=DUMPS)
def test_the_columns_of_common_dumps_are_known(record: dict[str, object]) -> None:
    (found,) = documents(json.dumps([record]), "a.json")
    assert found.text == f"Port\n\n{BODY}"
    assert (found.title, found.author) == ("Port", "R. Qasim")
    assert (found.published, found.url) == ("2020-02-03", "https://a")


def test_a_mapping_names_the_columns_of_any_other() -> None:
    record = {"t": {"x": BODY}, "when": "2020-02-03", "text": "not this"}
    options = Options(mapping={"text": "t.x", "published": "when"})
    (found,) = documents(json.dumps([record]), "a.json", options)
    assert (found.text, found.published) == (BODY, "2020-02-03")


LONG = (
    "The harbour office said on Monday that ships would sail again, and nobody asked it why. " * 6
)


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        (("Headline", "Description", "Article_Content"), "Description"),
        (("Headline", "Summary", "Volltext"), "Summary"),
        (("Titel der Meldung", "Kurz", "Inhalt der Seite"), "Kurz"),
    ],
)
def test_the_longest_running_text_is_the_text_and_what_is_left_out_is_said(
    columns: tuple[str, str, str], left: str
) -> None:
    rows = [
        {columns[0]: f"Ships will sail again, {n}", columns[1]: "Ships sail. " * 4,
         columns[2]: f"{n}. {LONG}", "Gesendet": f"{n + 1}. Februar 2021"}
        for n in range(3)
    ]  # fmt: skip
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    for data, name in ((json.dumps(rows), "a.json"), ("\n".join(lines), "a.csv")):
        found = documents(data, name)
        assert [d.text for d in found] == [
            f"Ships will sail again, {n}\n\n{n}. {LONG.strip()}" for n in range(3)
        ]
        assert [d.published for d in found] == [f"2021-02-0{n + 1}" for n in range(3)]
        assert f"text = {columns[2]}" in found[0].warnings[0]
        assert f"left out: {left}" in found[0].warnings[0]
        assert not found[1].warnings


def test_a_dump_of_which_most_is_no_text_is_told() -> None:
    rows = [{"text": "Short.", "code": "x1 " * 40, "more": "y" * 90} for _ in range(3)]
    first, *_ = documents(json.dumps(rows), "a.json", Options(mapping={"text": "text"}))
    assert "less than half of the characters" in first.warnings[0]


def test_a_file_without_a_column_of_texts_is_read_as_it_is_and_says_how_to_name_one() -> None:
    (found,) = documents("a,b\n1,2\n", "a.csv")
    assert found.text == "a,b\n1,2\n"
    assert any("mapping" in w for w in found.warnings)


def test_html_in_a_column_is_made_text() -> None:
    (found,) = documents(json.dumps([{"body": "<p>One.</p><p>Two &amp; three.</p>"}]), "a.json")
    assert found.text == "One.\n\nTwo & three."


# ---- forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_with_any_common_delimiter(sign: str) -> None:
    data = f'date{sign}text\n2020-02-03{sign}"One, two; three\nfour"\n'
    (found,) = documents(data, "a.csv")
    assert (found.text, found.published) == ("One, two; three\nfour", "2020-02-03")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_any_encoding(encoding: str) -> None:
    (found,) = documents("text\n“We won’t wait – not now.”\n".encode(encoding), "a.csv")
    assert found.text == "“We won’t wait – not now.”"


def test_the_order_of_day_and_month_is_learned_from_the_column() -> None:
    data = "date,text\n03/02/2020,One.\n25/02/2020,Two.\n"
    assert [d.published for d in documents(data, "a.csv")] == ["2020-02-03", "2020-02-25"]


def test_dates_whose_order_nothing_shows_are_not_guessed() -> None:
    data = "date,text\n03/02/2020,One.\n04/02/2020,Two.\n"
    assert [d.published for d in documents(data, "a.csv")] == [None, None]


@pytest.mark.parametrize(
    "wrap",
    [lambda r: r, lambda r: {"articles": r}, lambda r: {"response": {"results": r}},
     lambda r: {"hits": {"hits": [{"_source": x} for x in r]}}, lambda r: r[0]],
    ids=["list", "articles", "response", "search", "one"],
)  # fmt: skip
def test_json_however_it_is_wrapped(wrap: object) -> None:
    data = wrap([{"text": BODY}])  # type: ignore[operator]
    assert [d.text for d in documents(json.dumps(data), "a.json")] == [BODY]


def test_records_are_named_by_their_number_and_known_by_their_content() -> None:
    data = f'{{"text": "One."}}\n\n{{"text": "{BODY}"}}\n'
    one, two = documents(data, "a.jsonl")
    assert [one.path, two.path] == ["a.jsonl!1", "a.jsonl!3"]
    assert one.id != two.id
    assert two.id == documents(json.dumps([{"text": BODY}]), "b.json")[0].id


def test_a_bad_line_costs_no_other() -> None:
    found = documents('{"text": "One."}\n{bad\n{"text": "Two."}\n', "a.jsonl")
    assert [d.text for d in found] == ["One.", "Two."]
    assert any("line 2" in w for d in found for w in d.warnings)


def test_lines_of_json_in_a_file_named_json() -> None:
    found = documents('{"text": "One."}\n{"text": "Two."}\n', "a.json")
    assert [d.text for d in found] == ["One.", "Two."]


def test_of_a_cut_off_list_the_whole_records_are_read() -> None:
    data = json.dumps({"articles": [{"body": "One."}, {"body": "Two."}, {"body": "Three."}]})
    found = documents(data[:-6], "a.json")
    assert [d.text for d in found] == ["One.", "Two.", ""]
    assert any("cut-off JSON" in w for w in found[-1].warnings)


def test_a_table_that_breaks_off_within_a_record_is_told() -> None:
    found = documents('date,text\n2020-01-02,"One."\n2020-01-03,"Two and', "a.csv")
    assert [d.text for d in found] == ["One.", "Two and", ""]
    assert found[-1].warnings == ("not read: the rest: cut off within a record",)


def test_damaged_json_is_read_as_text() -> None:
    (found,) = documents('{"text": "One.', "a.json")
    assert "One." in found.text
    assert any("damaged JSON" in w for w in found.warnings)


def test_json_nested_a_hundred_thousand_deep_does_no_harm() -> None:
    (found,) = documents("[" * 100_000 + "]" * 100_000, "a.json")
    assert found.warnings


# ---- transcripts -------------------------------------------------------------------------------


def test_subtitles_lose_numbers_and_times_and_sentences_are_joined() -> None:
    data = (
        "1\n00:00:01,000 --> 00:00:02,000\nThe port\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        "<i>is open.</i>\n\n3\n00:00:09,000 --> 00:00:10,000\nNobody came.\n"
    )
    (found,) = documents(data, "a.srt")
    assert found.text == "The port is open.\n\nNobody came."


def test_voices_are_speakers() -> None:
    data = (
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000\n<v Haddad>We will not\n\n"
        "00:02.000 --> 00:03.000\n<v Haddad>wait.\n\n00:03.000 --> 00:04.000\n<v Saleh>Why?\n"
    )
    (found,) = documents(data, "a.vtt")
    assert found.text == "Haddad: We will not wait.\n\nSaleh: Why?"


def test_captions_that_roll_on_are_not_repeated() -> None:
    cues = ("01.000 --> 00:02.000\nThe port", "02.000 --> 00:03.000\nThe port\nis open.")
    data = "WEBVTT\n\n" + "".join(f"00:{cue}\n\n" for cue in cues)
    (found,) = documents(data, "a.vtt")
    assert found.text == "The port is open."


# ---- Markdown ----------------------------------------------------------------------------------


def test_front_matter_tells_of_the_document_and_leaves_its_lines_empty() -> None:
    data = (
        "---\ntitle: 'Ports: open'\nauthor: Rana Qasim\ndate: 2020-02-03\nurl: https://a\n"
        'tags: [port, "oman"]\n---\n\n# A heading\n\nThe port is *open*.\n'
    )
    (found,) = documents(data, "a.md")
    assert found.text.strip() == "# A heading\n\nThe port is *open*."
    assert found.text.split("\n").index("# A heading") == data.split("\n").index("# A heading")
    assert (found.title, found.author) == ("Ports: open", "Rana Qasim")
    assert (found.published, found.url) == ("2020-02-03", "https://a")
    assert found.tags == ("port", "oman")


def test_lists_and_long_values_of_front_matter() -> None:
    data = "---\ntitle: >\n  Ports\n  open\nauthors:\n  - Rana Qasim\n  - Piet Voss\n---\nText.\n"
    (found,) = documents(data, "a.md")
    assert (found.title, found.author) == ("Ports open", "Rana Qasim, Piet Voss")


def test_toml_front_matter() -> None:
    (found,) = documents('+++\ntitle = "Ports"\ndate = 2020-02-03\n+++\nText.\n', "a.md")
    assert (found.title, found.published) == ("Ports", "2020-02-03")


@pytest.mark.parametrize("heading", ["# Ports [open](https://a)", "Ports open\n=========="])
def test_the_first_heading_is_the_title(heading: str) -> None:
    (found,) = documents(f"{heading}\n\nText.\n", "a.md")
    assert found.title == "Ports open"


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    data = "---\n\nThe port is open.\n"
    (found,) = documents(data, "a.md")
    assert (found.text, found.title) == (data, None)
