"""Tab in real shells: what it offers, and that what it puts on the line is the value, quoted."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import run
from shells import Shell, shell

from gulfbrief.answer import export
from gulfbrief.cli.completion import SHELLS, candidates, quoted, split
from gulfbrief.cli.registry import KINDS
from gulfbrief.store.connection import open_to_write

REPORT = """Port of Aden opens

ADEN, 3 March 2021 (Gulf Wire) - The harbour master, Moira O'Shea, said on Wednesday that the port
was open. "Ships may come," O'Shea said. Yusuf al-Qadi, a shipowner, said he would wait. "The sea
is calm," said Zofia Kamińska, a pilot.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of one report, in which a name has an apostrophe."""
    place = tmp_path_factory.mktemp("completion")
    (place / "notes").mkdir()
    (place / "notes" / "port of aden.txt").write_text(REPORT)
    assert run("index", "notes", "--quiet", cwd=place).status == 0
    return place


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def prompt(request: pytest.FixtureRequest, place: Path) -> Iterator[Shell]:
    with shell(request.param, place) as it:
        yield it


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("gulfbrief ver", ["verify"]),
        ("gulfbrief quotes --ki", ["quotes", "--kind"]),
        ("gulfbrief quotes --kind dir", ["quotes", "--kind", "direct"]),
        ("gulfbrief quotes --by Yus", ["quotes", "--by", "Yusuf al-Qadi"]),
        ("gulfbrief quotes --by yus", ["quotes", "--by", "Yusuf al-Qadi"]),
        ("gulfbrief quotes --by 'Yus", ["quotes", "--by", "Yusuf al-Qadi"]),
        ('gulfbrief quotes --by "Yusuf al', ["quotes", "--by", "Yusuf al-Qadi"]),
        ("gulfbrief quotes --by Yusuf\\ al", ["quotes", "--by", "Yusuf al-Qadi"]),
        ("gulfbrief actor Moi", ["actor", "Moira O'Shea"]),
        ("gulfbrief actor O\\'", ["actor", "O'Shea"]),
        ('gulfbrief actor "Moira O', ["actor", "Moira O'Shea"]),
        ("gulfbrief actor kamiń", ["actor", "Zofia Kamińska"]),
        ("gulfbrief actor qadi", ["actor", "Yusuf al-Qadi"]),
        ("gulfbrief search by:yus", ["search", "by:yusuf-al-qadi"]),
        ("gulfbrief actor nobody", ["actor", "nobody"]),
        ("gulfbrief export quo", ["export", "quotes"]),
        ("gulfbrief show notes/po", ["show", "notes/port of aden.txt"]),
        ("gulfbrief show port", ["show", "port of aden.txt"]),
        ("gulfbrief config form", ["config", "format"]),
        ("gulfbrief serch --by x", ["serch", "--by", "x"]),
    ],
)
def test_tab_completes_the_line(line: str, arguments: list[str], prompt: Shell) -> None:
    assert prompt.arguments(line) == arguments


@pytest.mark.parametrize("typed", ["kamin", "KAMIN", "zofia kamin", "Zófia"])
def test_tab_offers_names_whatever_their_accents(typed: str, place: Path, monkeypatch) -> None:
    monkeypatch.chdir(place)
    kind, found = candidates(["actor", typed])
    assert kind == "values"
    assert [value for value, _ in found] == ["Zofia Kamińska"]


def test_tab_puts_the_accents_right_but_in_fish(prompt: Shell) -> None:
    """fish keeps only candidates that hold the letters as they were typed."""
    named = "zofia kamin" if prompt.name == "fish" else "Zofia Kamińska"
    assert prompt.arguments("gulfbrief actor zofia\\ kamin") == ["actor", named]


def test_tab_completes_an_option_and_its_value_in_one_word(prompt: Shell) -> None:
    assert prompt.arguments("gulfbrief quotes --kind=dir") == ["quotes", "--kind=direct"]


def test_tab_shows_what_there_is(prompt: Shell) -> None:
    shown = prompt.complete("gulfbrief quotes --kind ", tabs=2)
    assert all(kind in shown for kind in ("direct", "indirect", "mixed"))


def test_tab_completes_files_where_files_belong(prompt: Shell) -> None:
    assert prompt.arguments("gulfbrief index not")[1].rstrip("/") == "notes"


def test_tab_completes_the_id_of_a_document(prompt: Shell, place: Path) -> None:
    doc = run("docs", "-f", "csv", cwd=place).out.splitlines()[1].split(",")[0]
    assert prompt.arguments(f"gulfbrief show {doc[:4]}") == ["show", doc]


@pytest.mark.parametrize("args", [["--by", "x"], ["\x1b", "'"], ["--index", "no.db", "--by", ""]])
@pytest.mark.parametrize("kind", ["fish", "zsh", "powershell", "bash"])
def test_nothing_ever_disturbs_the_prompt(kind: str, args: list[str], tmp_path: Path) -> None:
    (tmp_path / ".gulfbrief").mkdir()
    (tmp_path / ".gulfbrief" / "index.db").write_bytes(b"damaged")
    words = ["gulfbrief quotes " + " ".join(args), ""] if kind == "bash" else ["quotes", *args]
    done = run("--", *words, cwd=tmp_path, _GULFBRIEF_COMPLETE=kind)
    assert done.err == ""
    assert done.status in (0, 1)


def test_the_index_on_the_line_is_the_one_that_is_asked(place: Path) -> None:
    index = str(place / ".gulfbrief" / "index.db")
    for words in (
        ["quotes", "--index", index, "--by", "Yu"],
        ["quotes", f"--index={index}", "--by=Yu"],
    ):
        kind, found = candidates(words)
        assert kind == "values"
        assert [value.removeprefix("--by=") for value, _ in found] == ["Yusuf al-Qadi"]


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        (["export", "--to", "p"], "values", "parquet"),
        (["export", "--to", "ft"], "values", "ftm"),
        (["export", "--to", "gr"], "values", "graphml"),
        (["export", "--to", "parquet", ""], "files", None),
        (["export", "q"], "values", "quotes"),
        (["config", "pipe", "l"], "values", "lines"),
        (["quotes", "--jq", ""], "values", None),
        (["quotes", "--speaker", "Moi"], "values", "Moira O'Shea"),
        (["quotes", "--added", "l"], "values", "last"),
        (["timeline", "--from", "yes"], "values", "yesterday"),
        (["timeline", "--since=yes"], "values", "--since=yesterday"),
        (["search", "--queries", ""], "files", None),
        (["actors", "--names", ""], "files", None),
        (["verify", ""], "files", None),
        (["verify", "a.md", ""], "files", None),
        (["config", "trust", ""], "files", None),
        (["config", "--user", "color", "n"], "values", "never"),
        (["config", "same", "Moi"], "values", "Moira O'Shea"),
        (["help", "ver"], "values", "verify"),
        (["hel"], "values", "help"),
        (["show", "NOTES/po"], "values", "notes/port of aden.txt"),
        (["show", "PORT"], "values", "port of aden.txt"),
    ],
)
def test_what_is_offered_first(
    words: list[str], kind: str, first: str | None, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    told, found = candidates(words)
    assert (told, found[0][0] if found else None) == (kind, first)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lett", "letters.zip!inner/first.txt"),
        ("letters.zip!inn", "letters.zip!inner/first.txt"),
        ("letters.zip!INN", "letters.zip!inner/first.txt"),
        ("firs", "letters.zip!inner/first.txt"),
        ("50%", "50%_off.txt"),
        ("50_", None),
    ],
)
def test_paths_in_archives_and_with_signs_of_sql(
    typed: str, found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as archive:
        archive.writestr("inner/first.txt", REPORT)
    (tmp_path / "50%_off.txt").write_text("The port is open.")
    assert run("index", ".", "--quiet", cwd=tmp_path).status == 0
    monkeypatch.chdir(tmp_path)
    _, offered = candidates(["show", typed])
    assert [about if value == "first.txt" else value for value, about in offered] == (
        [found] if found else []
    )


def test_what_is_being_written_is_seen(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build keeps what it wrote in a log beside the index until it ends."""
    index = tmp_path / "index.db"
    (tmp_path / "a.txt").write_text(REPORT)
    assert run("index", "a.txt", "--index", str(index), "--quiet", cwd=tmp_path).status == 0
    writing = open_to_write(index)
    try:
        writing.execute("UPDATE name SET text = 'Moira Bane' WHERE text = 'Moira O''Shea'")
        _, found = candidates(["quotes", "--index", str(index), "--by", "Moira"])
    finally:
        writing.close()
    assert "Moira Bane" in [value for value, _ in found]


@pytest.mark.parametrize("name", ["Moira O'Shea", 'a "b" $c `d` \\e', "x;y&z|*?", "a\tb"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_quoted_value_reads_as_itself(name: str, quote: str) -> None:
    words, _, still_open = split(f"gulfbrief actor {quote}{quoted(name, quote)}")
    assert words == ["gulfbrief", "actor", name]
    assert still_open == quote


def test_the_kinds_that_are_offered_are_those_that_can_be_exported() -> None:
    assert export.KINDS == KINDS


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_of_each_shell_can_be_shown(name: str, tmp_path: Path) -> None:
    done = run("--show-completion", name, cwd=tmp_path)
    assert done.status == 0
    assert "_GULFBRIEF_COMPLETE" in done.out
    assert run(f"--show-completion={name}", cwd=tmp_path) == done


@pytest.mark.parametrize(
    ("name", "start"),
    [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", ".config/fish/completions/gulfbrief.fish")],
)
def test_completion_is_installed_once(name: str, start: str, tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("# mine")
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "ZDOTDIR": ""}
    for _ in range(2):
        assert run("--install-completion", name, cwd=tmp_path, **env).status == 0
    written = (tmp_path / start).read_text()
    assert written.count("complete.") == 1 or name == "fish"
    if name == "bash":
        assert written.startswith("# mine\n")
    if name == "fish":
        assert "complete -c gulfbrief" in written
    assert os.access(tmp_path / start, os.R_OK)
