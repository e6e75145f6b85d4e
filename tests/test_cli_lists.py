"""Many questions at once: --queries of search and quotes, --names of actors."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Done

QUESTIONS = "tanker\n\nzzyzx\nhotline\n"


@pytest.fixture
def questions(tmp_path: Path) -> str:
    (tmp_path / "questions.txt").write_text(QUESTIONS)
    return str(tmp_path / "questions.txt")


@pytest.mark.parametrize("command", ["search", "quotes"])
def test_each_question_has_one_line_with_its_answer(
    command: str, questions: str, ask: Callable[..., Done]
) -> None:
    lines = [
        json.loads(x) for x in ask(command, "--queries", questions, "-f", "jsonl").out.splitlines()
    ]
    assert [line["asked"] for line in lines] == ["tanker", "zzyzx", "hotline"]
    assert [bool(line["results"]) for line in lines] == [True, False, True]


def test_the_answer_is_that_of_the_question_alone(questions: str, ask: Callable[..., Done]) -> None:
    many = json.loads(ask("search", "--queries", questions, "--json", "-n", "3").out)["results"]
    alone = json.loads(ask("search", "hotline", "--json", "-n", "3").out)
    assert (many[2]["total"], many[2]["results"]) == (alone["total"], alone["results"])


def test_csv_has_a_row_for_each_result_and_each_question(
    questions: str, ask: Callable[..., Done]
) -> None:
    out = ask("search", "--queries", questions, "-f", "csv", "--fields", "source.path").out
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["asked", "source.path"]
    assert [row[0] for row in rows[1:]] == ["tanker", "zzyzx", "hotline"]


def test_a_list_is_screened_against_the_actors(ask: Callable[..., Done]) -> None:
    typed = "Andrey Morozov\nQuentin Unheard\nUSA\n"
    found = json.loads(ask("actors", "--names", "-", "--json", text=typed).out)["results"]
    assert [row["id"] for row in found] == ["andrei-morozov", None, "united-states"]
    assert 90 < found[0]["likeness"] < 100


def test_a_screened_name_means_whom_the_commands_mean(ask: Callable[..., Done]) -> None:
    names = ["morozov", "Salim al Harthi", "rostammi", "whitfield"]
    found = json.loads(ask("actors", "--names", "-", "--json", text="\n".join(names)).out)[
        "results"
    ]
    alone = [json.loads(ask("actor", name, "--json").out)["results"][0]["id"] for name in names]
    assert [row["id"] for row in found] == alone


def test_a_column_of_a_csv_file_is_read(tmp_path: Path, ask: Callable[..., Done]) -> None:
    (tmp_path / "list.csv").write_text("no,person\n1,Behzad Rostami\n")
    path = f"{tmp_path / 'list.csv'}:person"
    [row] = json.loads(ask("actors", "--names", path, "--json").out)["results"]
    assert row["id"] == "behzad-rostami"
    done = ask("actors", "--names", f"{tmp_path / 'list.csv'}:name")
    assert (done.status, "no column 'name'; there are: no, person" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["search", "--queries", "nowhere.txt"], "no such file: nowhere.txt"),
        (["search", "tanker", "--queries", "-"], "give one of them"),
        (["search"], "search needs a QUERY"),
    ],
)
def test_a_list_that_is_none_is_told(args: list[str], says: str, ask: Callable[..., Done]) -> None:
    done = ask(*args)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert says in done.err
