"""Settings: who wins, and how they are written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from running import Done, run

from gulfbrief import config, places
from gulfbrief.errors import UsageError


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "work" / ".gulfbrief").mkdir(parents=True)
    return tmp_path


def configure(here: Path, *args: str, **env: str) -> Done:
    env = {"XDG_CONFIG_HOME": str(here / "home"), **env}
    return run("config", *args, cwd=here / "work", **env)


def value(here: Path, name: str, *args: str, **env: str) -> tuple[object, str]:
    """The value of a setting and where it comes from."""
    [found] = json.loads(configure(here, name, "--json", *args, **env).out)["results"]
    return found["value"], found["origin"]


def test_each_source_of_a_setting_outranks_the_one_before(here: Path) -> None:
    assert value(here, "limit") == (None, "default")
    configure(here, "limit", "5", "--user")
    assert value(here, "limit") == (5, str(here / "home" / "gulfbrief" / "config.toml"))
    configure(here, "limit", "6")
    assert value(here, "limit") == (6, str(here / "work" / ".gulfbrief" / "config.toml"))
    assert value(here, "limit", GULFBRIEF_LIMIT="7") == (7, "GULFBRIEF_LIMIT")


def test_an_option_outranks_every_setting(folder: Path) -> None:
    one = run("quotes", "--json", cwd=folder, GULFBRIEF_LIMIT="1")
    two = run("quotes", "--json", "-n", "2", cwd=folder, GULFBRIEF_LIMIT="1")
    assert len(json.loads(one.out)["results"]) == 1
    assert len(json.loads(two.out)["results"]) == 2


def test_the_format_of_the_settings_is_used_where_a_command_has_it(folder: Path) -> None:
    assert run("quotes", cwd=folder, GULFBRIEF_FORMAT="csv").out.startswith("source.doc,")
    assert run("export", "quotes", cwd=folder, GULFBRIEF_FORMAT="table").out.startswith('{"source"')


def test_a_setting_can_be_taken_back(here: Path) -> None:
    configure(here, "color", "never")
    assert value(here, "color")[0] == "never"
    configure(here, "color", "--unset")
    assert value(here, "color") == ("auto", "default")


def test_what_was_written_by_hand_stays(here: Path) -> None:
    path = here / "work" / ".gulfbrief" / "config.toml"
    path.write_text('# ours\nlimit = 3  # few\n\n[mapping]\ntext = "body"\n')
    configure(here, "color", "never")
    configure(here, "limit", "4")
    written = path.read_text()
    assert "# ours" in written
    assert '[mapping]\ntext = "body"' in written
    assert tomllib.loads(written) == {"limit": 4, "color": "never", "mapping": {"text": "body"}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("limit = ", "is not valid TOML"),
        ('limit = "many"', "limit must be a whole number"),
        ("limt = 3", "no such setting: limt: did you mean limit"),
        ('color = "red"', "color must be one of"),
        ("format = 3", "format must be text"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(text: str, says: str, here: Path) -> None:
    path = here / "work" / ".gulfbrief" / "config.toml"
    path.write_text(text)
    done = configure(here)
    assert done.status == 2
    assert str(path) in done.err
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_bad_variable_is_named(here: Path) -> None:
    done = configure(here, GULFBRIEF_LIMIT="many")
    assert (done.status, "GULFBRIEF_LIMIT" in done.err) == (2, True)


def test_every_setting_is_listed_with_its_origin(here: Path) -> None:
    found = json.loads(configure(here, "--json").out)["results"]
    assert [row["name"] for row in found] == list(config.NAMES)


def test_the_nearest_index_is_found_from_below(here: Path) -> None:
    index = here / "work" / ".gulfbrief" / "index.db"
    index.touch()
    below = here / "work" / "a" / "b"
    below.mkdir(parents=True)
    assert places.find_index(below) == index
    assert places.find_index(here) is None


def test_the_columns_of_dumps_must_be_names(here: Path) -> None:
    folder = here / "work"
    (folder / ".gulfbrief" / "config.toml").write_text("[mapping]\ntext = 3\n")
    with pytest.raises(UsageError, match="mapping"):
        config.mapping(folder)


def test_formats_lists_what_can_be_read_and_what_it_comes_with(here: Path) -> None:
    done = configure(here, "formats", "--json")
    rows = {row["name"]: row for row in json.loads(done.out)["results"]}
    assert rows["text"] == {
        "name": "text",
        "value": ".txt .text .log .asc",
        "origin": "built in",
        "help": "can be read",
    }
    assert (rows["xlsx"]["origin"], rows["xlsx"]["help"]) == ("extra office", "can be read")


def test_formats_says_what_to_install(here: Path) -> None:
    done = configure(here, "formats", "--json", GULFBRIEF_LIBREOFFICE="never")
    rows = {row["name"]: row for row in json.loads(done.out)["results"]}
    assert rows["doc"]["help"] == "install LibreOffice (setting: libreoffice)"
