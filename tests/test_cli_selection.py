"""What of an answer is written: fields, a number, paths, ids; and where it may be written."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from running import Done, run, terminal

from gulfbrief.errors import UsageError
from gulfbrief.model import place
from gulfbrief.show.jq import filtered


def test_fields_are_written_nested_in_json(ask: Callable[..., Done]) -> None:
    done = ask("quotes", "--by", "morozov", "--json", "--fields", "content,source.path", "-n", "1")
    [result] = json.loads(done.out)["results"]
    assert list(result) == ["content", "source"]
    assert list(result["source"]) == ["path"]


@pytest.mark.parametrize(
    "typed",
    [
        "show 2019-07-22-guards-version.md --raw --json",
        "show 2019-07-22-guards-version.md --raw --at 3",
        "show 2019-07-22-guards-version.md:3 --at 4",
        "actors --names - --type person",
        "actors --names - --sort name",
        "actors --names - --limit 3",
        "actors --names - --limit 0",
        "export quotes --force",
        "brief tanker --force",
        "quotes --exact",
        "timeline --top 3 --all",
        "timeline --top 3 --limit 3",
        "index --include nothing-such",
    ],
)
def test_an_option_that_would_be_ignored_is_refused(typed: str, ask: Callable[..., Done]) -> None:
    done = ask(*typed.split())
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quotes --spekaer x", "--by"), ("search x --sinse 2021", "--from"),
        ("quotes --abuot x", "--about"), ("docs --formt csv", "--format"),
    ],
)  # fmt: skip
def test_a_misspelt_option_is_told(typed: str, meant: str, ask: Callable[..., Done]) -> None:
    assert f": did you mean {meant}?" in ask(*typed.split()).err


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("actor morozov --count", "--count: it is an option of search, quotes, actors, timeline, "),
        ("status --by morozov", "--by: it is an option of quotes ("),
    ],
)
def test_an_option_of_other_commands_is_told(
    typed: str, says: str, ask: Callable[..., Done]
) -> None:
    assert f"no such option: {says}" in ask(*typed.split()).err


def test_a_misspelt_variable_is_told(ask: Callable[..., Done]) -> None:
    done = ask("docs", "--count", GULFBRIEF_LIMT="3")
    assert done.out == "15\n"
    assert done.err == "GULFBRIEF_LIMT: no such setting: limt: did you mean limit?\n"


@pytest.mark.parametrize(
    "question",
    ["search tanker", "quotes --by morozov", "actors", "timeline", "docs", "search limpit"],
)
def test_a_quiet_table_is_its_rows(question: str, ask: Callable[..., Done]) -> None:
    heading, _, rows = ask(*question.split()).out.partition("\n\n")
    assert " showing " in heading or heading.split()[0].isdigit()
    assert ask(*question.split(), "-q").out == rows


def test_fields_are_the_columns_of_csv_in_their_order(ask: Callable[..., Done]) -> None:
    done = ask("quotes", "--by", "morozov", "-f", "csv", "--fields", "kind,source.line", "-n", "2")
    assert done.out.splitlines()[0] == "kind,source.line"
    assert len(done.out.splitlines()) == 3


ENGINES = [
    pytest.param("package", marks=pytest.mark.skipif(not find_spec("jq"), reason="needs jq")),
    pytest.param("program", marks=pytest.mark.skipif(not shutil.which("jq"), reason="needs jq")),
]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two that ``--jq`` may find, the other one hidden."""
    if request.param == "program":
        monkeypatch.setitem(sys.modules, "jq", None)
    else:
        monkeypatch.setenv("PATH", "/nonexistent")
    return request.param


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (".results[].n", "1\n2.5\n"),
        (".results[] | .text", "a\tb\nc\n\u241b[31m\n"),
        (".results | map(.n)", "[1, 2.5]\n"),
        ("-1", "-1\n"),
        (".results[0].nothing", "null\n"),
        ("empty", ""),
        (".results[] | [.n, .text] | @tsv", "1\ta\\tb\\nc\n2.5\t\u241b[31m\n"),
    ],
)
def test_jq_prints_values_a_line_each_and_harmless(expression: str, shown: str) -> None:
    text = '{"results": [{"n": 1, "text": "a\\tb\\nc"}, {"n": 2.5, "text": "\\u001b[31m"}]}'
    assert filtered(expression, text) == shown


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("expression", [".results[", ".results | keys | .x", "nope(1)"])
def test_what_is_wrong_with_a_jq_expression_is_told_in_one_line(
    expression: str,
) -> None:
    with pytest.raises(UsageError, match=r"^--jq: [^\n]+$"):
        filtered(expression, '{"results": []}')


def test_without_jq_a_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jq", None)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UsageError, match=r"pip install 'gulfbrief\[jq\]'"):
        filtered(".", "{}")


@pytest.mark.skipif(not (find_spec("jq") or shutil.which("jq")), reason="needs jq")
@pytest.mark.parametrize(
    "question",
    [
        "search tanker", "quotes --by morozov -n 0", "actors", "timeline", "docs", "actor morozov",
        "status", "show 2019-07-22-guards-version.md", "export dates", "brief tanker", "config",
    ],
)  # fmt: skip
def test_jq_goes_through_the_json(question: str, ask: Callable[..., Done]) -> None:
    total = json.loads(ask(*question.split(), "--json").out)["total"]
    assert ask(*question.split(), "--jq", ".total").out == f"{total}\n"


@pytest.mark.parametrize("other", [["-f", "csv"], ["--count"], ["--lines"]])
def test_jq_goes_with_no_other_form(other: list[str], ask: Callable[..., Done]) -> None:
    done = ask("search", "tanker", "--jq", ".total", *other)
    assert (done.status, done.out) == (2, "")
    assert "give one of them" in done.err


@pytest.mark.parametrize("question", ["search tanker", "quotes", "timeline", "actors", "docs"])
def test_a_pipe_has_lines_where_the_settings_say_so(
    question: str, folder: Path, ask: Callable[..., Done]
) -> None:
    lines = ask(*question.split(), GULFBRIEF_PIPE="lines").out.splitlines()
    every = ask(*question.split(), "--lines").out.splitlines()
    assert lines == every[: len(lines)]
    shown = json.loads(ask(*question.split(), "--json").out)["results"]
    assert len(lines) == len(shown)
    table = ask(*question.split())
    assert ask(*question.split(), "-f", "table", GULFBRIEF_PIPE="lines") == table
    at_terminal = terminal(*question.split(), cwd=folder, GULFBRIEF_PIPE="lines", PAGER="cat")
    assert at_terminal.out.splitlines()[:1] != lines[:1]


@pytest.mark.parametrize("question", ["actor morozov", "status", "brief tanker"])
def test_what_has_no_lines_is_as_ever_in_a_pipe(question: str, ask: Callable[..., Done]) -> None:
    fixed = {"SOURCE_DATE_EPOCH": "0"}
    assert (
        ask(*question.split(), GULFBRIEF_PIPE="lines", **fixed).out.splitlines()[:3]
        == (ask(*question.split(), **fixed).out.splitlines()[:3])
    )


def test_an_unknown_field_names_those_there_are(ask: Callable[..., Done]) -> None:
    done = ask("quotes", "--json", "--fields", "speaker.nmae")
    assert (done.status, done.out) == (2, "")
    assert "no field 'speaker.nmae'; there are: text" in done.err


@pytest.mark.parametrize(
    "question", ["search tanker", "quotes --by morozov", "actors", "timeline", "docs"]
)
def test_count_is_the_total_of_the_json(question: str, ask: Callable[..., Done]) -> None:
    total = json.loads(ask(*question.split(), "--json").out)["total"]
    assert ask(*question.split(), "--count").out == f"{total}\n"


def test_paths_are_told_once_each(ask: Callable[..., Done]) -> None:
    paths = ask("quotes", "--by", "morozov", "--paths").out.splitlines()
    every = json.loads(ask("quotes", "--by", "morozov", "--json", "-n", "0").out)["results"]
    assert set(paths) == {quote["source"]["path"] for quote in every}
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("question", ["search tanker", "quotes", "timeline", "actors", "docs"])
def test_lines_are_as_grep_writes_them(question: str, ask: Callable[..., Done]) -> None:
    lines = ask(*question.split(), "--lines").out.splitlines()
    every = json.loads(ask(*question.split(), "--json", "-n", "0").out)["results"]
    sources = [r["source"] for r in every]
    places = [s["path"] + place(s.get("line") or 1, s.get("column")) for s in sources]
    assert len(lines) == len(places)
    assert all(line.startswith(f"{at}: ") for line, at in zip(lines, places, strict=True))


def test_paths_are_as_they_can_be_opened_from_here(folder: Path) -> None:
    (folder / "sub").mkdir(exist_ok=True)
    for option in ("--paths", "--lines"):
        first = run("docs", option, cwd=folder / "sub").out.splitlines()[0]
        assert first.startswith("../seeds/")


def test_null_ends_a_path_for_xargs(ask: Callable[..., Done]) -> None:
    assert ask("docs", "--paths", "-0").out.count("\0") == 15


def test_ids_are_of_actors_or_of_documents(ask: Callable[..., Done]) -> None:
    assert "andrei-morozov" in ask("actors", "--ids").out.splitlines()
    assert all(len(line) == 12 for line in ask("docs", "--ids").out.splitlines())


def test_nothing_is_counted_as_nothing(ask: Callable[..., Done]) -> None:
    done = ask("search", "--exact", "zzyzx", "--count")
    assert (done.status, done.out) == (1, "0\n")


def test_the_suffix_of_the_output_is_its_format(folder: Path) -> None:
    assert run("export", "quotes", "-o", "q.csv", cwd=folder).status == 0
    assert (folder / "q.csv").read_text("utf-8").startswith("source.doc,")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("export quotes -o .gulfbrief/index.csv", None),
        ("export --to sqlite .gulfbrief/index.db", "is an index"),
        ("brief tanker -o seeds/2019-07-22-guards-version.md", "is a document of the index"),
        ("brief tanker -o dossier.docx", "no format has the suffix '.docx'"),
        ("export quotes --format jsonl -o q.csv", "not that of --format jsonl"),
    ],
)
def test_nothing_of_the_index_is_overwritten(command: str, says: str | None, folder: Path) -> None:
    index = (folder / ".gulfbrief" / "index.db").read_bytes()
    report = (folder / "seeds" / "2019-07-22-guards-version.md").read_bytes()
    done = run(*command.split(), cwd=folder)
    assert done.status == (2 if says else 0)
    assert (says or "") in done.err
    assert (folder / ".gulfbrief" / "index.db").read_bytes() == index
    assert (folder / "seeds" / "2019-07-22-guards-version.md").read_bytes() == report


def test_force_overwrites_a_document(folder: Path) -> None:
    copy = folder / "seeds" / "2021-08-30-after-baghdad.md"
    kept = copy.read_bytes()
    try:
        assert run("brief", "tanker", "-o", str(copy), "--force", cwd=folder).status == 0
        assert copy.read_bytes() != kept
    finally:
        copy.write_bytes(kept)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quotes --since 2021 --count", "quotes --from 2021 --count"),
        ("quotes --until 2019 --count", "quotes --to 2019 --count"),
        ("quotes --speaker morozov --count", "quotes --by morozov --count"),
        ("docs --limit all --ids", "docs --limit 0 --ids"),
        ("help search", "search --help"),
        ("-V", "--version"),
    ],
)
def test_other_words_for_the_same(typed: str, meant: str, ask: Callable[..., Done]) -> None:
    assert ask(*typed.split()) == ask(*meant.split())


def test_a_document_opens_at_the_place_that_answers_print(ask: Callable[..., Done]) -> None:
    found = json.loads(ask("search", "helicopter", "-n", "1", "--json").out)["results"][0]["source"]
    shown = ask("show", f"{found['path']}:{found['line']}").out
    assert any(line.split()[:1] == [str(found["line"])] for line in shown.splitlines())
    assert ask("show", found["path"], "--at", str(found["line"])).out == shown


def test_several_documents_are_shown(ask: Callable[..., Done]) -> None:
    done = ask("show", "2019-07-22-guards-version.md", "2021-08-30-after-baghdad.md")
    assert done.status == 0
    assert done.out.count("marked: ") == 2


@pytest.mark.parametrize("day", ["today", "yesterday", "monday", "30d", "2w", "6m", "1y"])
def test_a_window_may_begin_on_a_relative_day(day: str, ask: Callable[..., Done]) -> None:
    done = ask("docs", "--from", day, "--count")
    assert (done.status, done.out) == (1, "0\n")
    assert ask("docs", "--to", day, "--count").out == "15\n"


def test_any_of_several_speakers_is_quoted(ask: Callable[..., Done]) -> None:
    one, other, both = (
        set(ask("quotes", *names, "-f", "csv", "-n", "0").out.splitlines())
        for names in (
            ["--by", "morozov"],
            ["--by", "whitfield"],
            ["--by", "morozov", "--by", "whitfield"],
        )
    )
    assert both == one | other


def test_any_of_several_types_is_listed(ask: Callable[..., Done]) -> None:
    done = ask("actors", "--type", "country", "--type", "place", "--json", "-n", "0")
    assert {a["type"] for a in json.loads(done.out)["results"]} == {"country", "place"}


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("us", "united-states"), ("USA", "united-states"), ("U.S.", "united-states"),
        ("uae", "united-arab-emirates"), ("un", "un"), ("morozov", "andrei-morozov"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", ["quotes --about", "timeline --actor", "actor"])
def test_the_chosen_actor_is_told(
    typed: str, id: str, question: str, ask: Callable[..., Done]
) -> None:
    answer = json.loads(ask(*question.split(), typed, "--json").out)
    assert answer["query"]["resolved"] == {typed: id}


def test_a_short_name_is_never_taken_for_another(ask: Callable[..., Done]) -> None:
    assert ask("actor", "xk").status == 1


def test_several_drafts_are_checked_each_quotation_with_its_file(
    ask: Callable[..., Done], tmp_path: Path
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("“Nobody here ever said such a thing,” said Rostami.\n")
    done = ask("verify", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json")
    assert done.status == 1
    assert [r["file"] for r in json.loads(done.out)["results"]] == [
        str(tmp_path / "a.md"),
        str(tmp_path / "b.md"),
    ]


def test_a_draft_without_quotations_is_in_order(ask: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The port is open.\n")
    assert ask("verify", str(tmp_path / "a.md")).status == 0


def test_a_folder_is_no_draft(ask: Callable[..., Done]) -> None:
    done = ask("verify", "seeds")
    assert (done.status, done.err) == (
        2,
        "gulfbrief: seeds is a folder; verify needs a file\n",
    )


def test_a_draft_in_an_indexed_folder_is_no_source_of_itself(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("“The moon is made of old rope,” said Salma Haddad.\n")
    (tmp_path / "other.txt").write_text("The port is open, Salma Haddad said.\n")
    assert run("index", "draft.md", "other.txt", cwd=tmp_path).status == 0
    [verdict] = json.loads(run("verify", "draft.md", "--json", cwd=tmp_path).out)["results"]
    assert verdict["verdict"] == "not_found"


def test_the_pieces_of_a_broken_quotation_are_not_run_together(ask: Callable[..., Done]) -> None:
    found = json.loads(ask("quotes", "--by", "whitfield", "--json", "-n", "0").out)["results"]
    broken = [quote for quote in found if len(quote["fragments"]) > 1]
    assert broken
    assert all(" … " in quote["content"] for quote in broken)


def test_paths_can_be_opened_from_here_and_standard_input_is_itself(tmp_path: Path) -> None:
    (tmp_path / "desk" / "below").mkdir(parents=True)
    (tmp_path / "away.txt").write_text("The port is shut, Omar Nasser said.\n")
    (tmp_path / "desk" / "near.txt").write_text("The port is open, Omar Nasser said.\n")
    given = "The port is full, Omar Nasser said.\n"
    desk = tmp_path / "desk"
    assert run("index", "-", cwd=desk, text=given).status == 0
    assert run("index", "near.txt", str(tmp_path / "away.txt"), cwd=desk).status == 0
    for folder, near in ((desk, "near.txt"), (desk / "below", "../near.txt")):
        paths = run("docs", "--paths", cwd=folder).out.splitlines()
        assert sorted(paths) == sorted(["-", near, str(tmp_path / "away.txt")])
