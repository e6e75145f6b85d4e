"""The index is managed: what is taken out, left out, and what a run would do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Done, run

REPORT = "MUSCAT, {day} May 2021 - “The pier of {name} is open,” said Salma Haddad of {name}.\n"
FILES = ("a/one.txt", "a/two.txt", "b/three.txt", "b/deep/four.txt", "five.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day, name in enumerate(FILES, 1):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(day=day, name=path.stem.title() * day))
    return tmp_path


def index(folder: Path, *args: str, status: int = 0, **rest: str) -> Done:
    done = run("index", *args, cwd=folder, **rest)
    assert done.status == status, done
    return done


def held(folder: Path) -> set[str]:
    done = run("docs", "--json", "-n", "0", cwd=folder)
    return {d["source"]["path"] for d in json.loads(done.out)["results"]}


def paths_of(folder: Path) -> dict[str, list[str]]:
    facts = json.loads(run("status", "--json", cwd=folder).out)["results"][0]
    return {key: facts[key] for key in ("paths", "excluded")}


# ---- what is left out -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["*.md"], ["five.md"]),
        (["a/"], ["a/one.txt", "a/two.txt"]),
        (["/b/deep"], ["b/deep/four.txt"]),
        (["t*.txt"], ["a/two.txt", "b/three.txt"]),
        (["*.txt", "!two.txt"], ["a/one.txt", "b/three.txt", "b/deep/four.txt"]),
        (["[ab]/*.txt"], ["a/one.txt", "a/two.txt", "b/three.txt"]),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("where", ["--exclude", ".gitignore", ".ignore"])
def test_patterns_leave_out_files(
    folder: Path, patterns: list[str], left: list[str], where: str
) -> None:
    options = [f"{where}={p}" for p in patterns] if where == "--exclude" else []
    if not options:
        (folder / where).write_text("\n".join(patterns))
    done = index(folder, ".", *options)
    assert held(folder) == set(FILES) - set(left)
    assert " ignored" in done.err


def test_an_ignore_file_rules_its_own_folder_and_those_below(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.txt\n")
    (folder / "b" / ".ignore").write_text("!three.txt\n")
    index(folder, ".")
    assert held(folder) == {"five.md", "b/three.txt"}


def test_node_modules_and_hidden_folders_are_left_out(folder: Path) -> None:
    for name in ("node_modules", ".cache"):
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text("The tide tables of the harbour.\n")
    index(folder, ".")
    assert held(folder) == set(FILES)


def test_a_file_that_is_named_itself_is_read_all_the_same(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.txt\n")
    index(folder, "a/one.txt")
    assert held(folder) == {"a/one.txt"}


def test_an_exclusion_is_kept_shown_and_taken_back(folder: Path) -> None:
    index(folder, ".")
    index(folder, "--exclude", "*.md")
    index(folder)
    assert held(folder) == set(FILES) - {"five.md"}
    assert paths_of(folder) == {"paths": ["."], "excluded": ["*.md"]}
    index(folder, "--include", "*.md")
    assert held(folder) == set(FILES)


def test_a_pattern_without_meaning_is_an_error(folder: Path) -> None:
    done = index(folder, ".", "--exclude", "!", status=2)
    assert done.err.startswith("gulfbrief: --exclude: ")
    assert not (folder / ".gulfbrief" / "index.db").exists()


# ---- what is taken out ------------------------------------------------------------------------


def test_a_path_that_is_removed_stays_out_until_it_is_named_again(folder: Path) -> None:
    index(folder, ".")
    assert "2 removed" in index(folder, "--remove", "a").err
    index(folder)
    assert held(folder) == {"b/three.txt", "b/deep/four.txt", "five.md"}
    assert paths_of(folder) == {"paths": ["."], "excluded": ["/a"]}
    index(folder, "a")
    assert held(folder) == set(FILES)
    assert paths_of(folder) == {"paths": ["."], "excluded": []}


def test_a_path_that_was_given_is_forgotten_with_its_documents(folder: Path) -> None:
    index(folder, "a", "b")
    index(folder, "--remove", "b")
    assert held(folder) == {"a/one.txt", "a/two.txt"}
    assert paths_of(folder) == {"paths": ["a"], "excluded": []}


def test_a_copy_that_lies_elsewhere_stays(folder: Path) -> None:
    (folder / "b" / "copy.txt").write_bytes((folder / "a" / "one.txt").read_bytes())
    index(folder, ".")
    index(folder, "--remove", "a")
    assert "b/copy.txt" in held(folder)
    assert run("show", "a/one.txt", cwd=folder).status == 1


@pytest.mark.parametrize("path", ["c", "a/six.txt", "-"])
def test_what_is_not_in_the_index_cannot_be_removed(folder: Path, path: str) -> None:
    index(folder, ".")
    done = index(folder, "--remove", path, status=1)
    assert done.err == f"gulfbrief: nothing of the index lies at {path}\n"


def test_what_came_from_standard_input_is_removed_by_its_name(folder: Path) -> None:
    index(folder, "a")
    index(folder, "-", text=REPORT.format(day=9, name="Sur"))
    assert "-" in held(folder)
    index(folder, "--remove", "-")
    assert held(folder) == {"a/one.txt", "a/two.txt"}


def test_a_path_that_is_gone_is_said_once_and_forgotten(folder: Path) -> None:
    index(folder, "a", "five.md")
    (folder / "five.md").unlink()
    done = index(folder, status=4)
    assert "five.md: it is gone: its documents and the path are taken out of the index" in done.err
    assert held(folder) == {"a/one.txt", "a/two.txt"}
    assert "gone" not in index(folder).err
    assert paths_of(folder)["paths"] == ["a"]


# ---- what a run would do ----------------------------------------------------------------------


def test_a_dry_run_names_what_it_would_do_and_does_nothing(folder: Path) -> None:
    index(folder, ".")
    (folder / "a" / "one.txt").unlink()
    (folder / "a" / "two.txt").write_text(REPORT.format(day=20, name="Duqm"))
    (folder / "a" / "six.txt").write_text(REPORT.format(day=6, name="Sohar"))
    done = index(folder, "--dry-run", "--exclude", "*.md")
    assert done.out == "- a/one.txt\n+ a/six.txt\n~ a/two.txt\n- five.md\n"
    assert done.err == (
        "1 would be added, 1 read again, 2 removed; 2 unchanged, 1 ignored; nothing was changed\n"
    )
    assert held(folder) == set(FILES)
    assert paths_of(folder)["excluded"] == []


def test_a_dry_run_makes_no_index(folder: Path) -> None:
    assert index(folder, "a", "--dry-run").out == "+ a/one.txt\n+ a/two.txt\n"
    assert not (folder / ".gulfbrief").exists()


# ---- no document, no index ----------------------------------------------------------------------


def test_an_index_without_any_file_is_not_made(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert index(folder, "empty").err == "no files there; no index was made\n"
    assert index(folder, status=3).err.endswith(
        "nothing was indexed here yet: name a file or a folder\n"
    )
    assert not (folder / ".gulfbrief" / "index.db").exists()


def test_nothing_from_standard_input_is_an_error_that_leaves_no_trace(folder: Path) -> None:
    index(folder, "a")
    done = index(folder, "-", text="", status=2)
    assert done.err == "gulfbrief: standard input is empty: there is no document to index\n"
    assert json.loads(run("status", "--json", cwd=folder).out)["results"][0]["failed"] == 0


def test_bytes_from_standard_input_that_are_no_document_leave_no_trace(folder: Path) -> None:
    index(folder, "a")
    index(folder, "-", text=bytes(range(256)) * 40, status=4)
    index(folder)
    assert json.loads(run("status", "--json", cwd=folder).out)["results"][0]["failed"] == 0


# ---- a day of publication that is given ---------------------------------------------------------


def days(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    found = json.loads(run("docs", "--json", cwd=folder).out)["results"]
    return {d["source"]["path"]: (d["source"]["published"], d["published_from"]) for d in found}


def test_a_day_is_given_to_documents_without_one_and_taken_back(folder: Path) -> None:
    (folder / "a" / "two.txt").write_text("The pier is open.\n")
    own = ("2021-05-01", "dateline")
    index(folder, "a", "--published", "2020-02-03")
    assert days(folder) == {"a/one.txt": own, "a/two.txt": ("2020-02-03", "option")}
    (folder / "a" / "two.txt").write_text("The pier is open again.\n")
    index(folder)
    assert days(folder)["a/two.txt"] == ("2020-02-03", "option")
    index(folder, "a", "--published", "none")
    assert days(folder) == {"a/one.txt": own, "a/two.txt": (None, None)}


def test_with_force_it_overrides_the_documents_own_and_is_taken_back(folder: Path) -> None:
    index(folder, "a/one.txt", "--published", "2020-02-03", "--force")
    assert days(folder) == {"a/one.txt": ("2020-02-03", "option")}
    index(folder)
    assert days(folder) == {"a/one.txt": ("2020-02-03", "option")}
    index(folder, "a/one.txt", "--published", "none")
    assert days(folder) == {"a/one.txt": ("2021-05-01", "dateline")}


def test_an_index_that_finds_nothing_hides_no_index_above(folder: Path) -> None:
    index(folder, "a")
    below = folder / "b" / "deep"
    run("index", cwd=folder)
    (folder / "empty").mkdir()
    index(folder / "empty", ".", "--quiet")
    assert not (folder / "empty" / ".gulfbrief").exists()
    (below / ".gulfbrief").mkdir()
    assert run("docs", "--count", cwd=below) == Done(0, "2\n")


def test_index_says_which_columns_of_a_dump_it_reads(tmp_path: Path) -> None:
    text = "The pier is open and the crews of the dredgers are at work again, Salma Haddad said."
    rows = "".join(f'Pier {n},short,"{text} {text} {text} {n}"\n' for n in range(3))
    (tmp_path / "dump.csv").write_text(f"Headline,Description,Article_Content\n{rows}", "utf-8")
    told = index(tmp_path, "dump.csv").err.splitlines()[0]
    assert told.startswith(
        "dump.csv: columns: text = Article_Content, title = Headline; left out: Descr"
    )
