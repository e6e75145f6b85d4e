"""What an analyst adds: decisions on who is who, and names of their own."""

from __future__ import annotations

import json

import pytest
from running import Done, run

REPORTS = {
    "one.txt": "KUWAIT, 3 May 2021 - Yusuf Darwish, the harbour master, said ships were late.\n",
    "two.txt": "DOHA, 4 May 2021 - Khalil Rahbar said the Tide Watchers met in Doha.\n",
}


def gulfbrief(folder, *arguments: str) -> Done:
    return run(*arguments, cwd=folder, XDG_CONFIG_HOME=str(folder / "home"))


def actors(folder) -> dict[str, dict]:
    out = gulfbrief(folder, "actors", "--json", "-n", "0").out
    return {a["id"]: a for a in json.loads(out)["results"]}


@pytest.fixture
def folder(tmp_path):
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text)
    assert gulfbrief(tmp_path, "index", "one.txt", "two.txt").status == 0
    return tmp_path


def test_a_decision_counts_at_once_and_after_indexing_again(folder) -> None:
    def people() -> list[str]:
        return [i for i, a in actors(folder).items() if a["type"] == "person"]

    assert len(people()) == 2
    assert gulfbrief(folder, "config", "same", *people()).status == 0
    assert len(people()) == 1
    (folder / "one.txt").write_text(REPORTS["one.txt"] + "The sea was calm.\n")
    assert gulfbrief(folder, "index").status == 0
    assert len(people()) == 1


def test_a_decision_can_be_taken_back(folder) -> None:
    before = set(actors(folder))
    ids = sorted(before)[:2]
    assert gulfbrief(folder, "config", "different", *ids).status == 0
    assert gulfbrief(folder, "config", "forget", *ids).status == 0
    assert set(actors(folder)) == before
    assert "judgement = []" in (folder / ".gulfbrief" / "actors.toml").read_text()


@pytest.mark.parametrize(
    "typed",
    [
        ["yusuf-darwish", "khalil-rahbar"],  # the ids of before
        ["Khalil Rahbar", "Yusuf Darwish"],  # names, the other way round
        ["rahbar", "yusuf-darwish"],
    ],
)
def test_what_was_judged_one_is_taken_back_by_ids_and_by_names(folder, typed) -> None:
    before = set(actors(folder))
    gulfbrief(folder, "config", "same", "yusuf-darwish", "khalil-rahbar")
    assert len(actors(folder)) == len(before) - 1
    assert gulfbrief(folder, "config", "forget", *typed).status == 0
    assert set(actors(folder)) == before


def test_two_names_that_the_machine_took_for_one_are_told_apart(folder) -> None:
    (folder / "three.txt").write_text("Yusuf al-Darwish left. Khaled Anvari stayed.\n")
    gulfbrief(folder, "index", "three.txt")
    assert "yusuf-darwish" not in actors(folder)
    gulfbrief(folder, "config", "different", "Yusuf Darwish", "Yusuf al-Darwish")
    assert {"yusuf-darwish", "yusuf-al-darwish"} <= set(actors(folder))


def test_all_judgements_are_listed(folder) -> None:
    assert gulfbrief(folder, "config", "judgements").status == 1
    gulfbrief(folder, "config", "same", "yusuf-darwish", "khalil-rahbar")
    out = json.loads(gulfbrief(folder, "config", "judgements", "--json").out)["results"]
    assert [(r["name"], r["value"]) for r in out] == [("same", "yusuf-darwish khalil-rahbar")]


def test_forgetting_what_nobody_judged_says_so(folder) -> None:
    ended = gulfbrief(folder, "config", "forget", "yusuf-darwish", "khalil-rahbar")
    assert ended.status == 1
    assert "nothing was decided" in ended.err


def test_a_file_changed_by_hand_is_told_until_index_has_run(folder) -> None:
    judged = '[[judgement]]\nverdict = "same"\nactors = ["yusuf-darwish", "khalil-rahbar"]\n'
    (folder / ".gulfbrief" / "actors.toml").write_text(judged)
    assert "has changed" in gulfbrief(folder, "actors").err
    gulfbrief(folder, "index")
    assert "has changed" not in gulfbrief(folder, "actors").err
    assert len([a for a in actors(folder).values() if a["type"] == "person"]) == 1


def test_an_adjective_has_its_state_and_counts_among_no_mentions(folder) -> None:
    text = "The Omani envoy left. Oman and an Omani ship met; a Lao ship did not.\n"
    (folder / "three.txt").write_text(text)
    gulfbrief(folder, "index", "three.txt")
    out = gulfbrief(folder, "export", "mentions").out.splitlines()
    found = [r for r in map(json.loads, out) if r["type"] == "nationality"]
    assert [(r["text"], r["actor"]) for r in found] == [
        ("Omani", "oman"), ("Omani", "oman"), ("Lao", None)
    ]  # fmt: skip
    assert actors(folder)["oman"]["mentions"] == 1


@pytest.mark.parametrize("wrong", [["same", "yusuf"], ["different", "a", "b", "c"]])
def test_a_decision_needs_two_actors(folder, wrong) -> None:
    ended = gulfbrief(folder, "config", *wrong)
    assert ended.status == 2
    assert "takes two actors" in ended.err


def test_a_decision_on_nobody_says_so(folder) -> None:
    ended = gulfbrief(folder, "config", "same", "yusuf-darwish", "zzyzxqq")
    assert ended.status == 1
    assert ended.err.count("\n") == 1


def test_names_of_the_users_own_are_found_after_the_next_index(folder) -> None:
    own = folder / ".gulfbrief" / "lexicon"
    own.mkdir()
    (own / "mine.toml").write_text('[organisation]\ntide = ["Tide Watch", "Tide Watchers"]\n')
    assert gulfbrief(folder, "index").status == 0
    assert actors(folder)["tide"]["name"] == "Tide Watch"
    assert actors(folder)["tide"]["aliases"][0]["text"] == "Tide Watchers"
    (own / "mine.toml").unlink()
    assert gulfbrief(folder, "index").status == 0
    assert "tide" not in actors(folder)


def test_a_broken_file_of_names_is_told_and_the_index_stays(folder) -> None:
    own = folder / ".gulfbrief" / "lexicon"
    own.mkdir()
    (own / "mine.toml").write_text("[organisation\n")
    before = actors(folder)
    ended = gulfbrief(folder, "index")
    assert ended.status == 2
    assert "mine.toml" in ended.err
    assert "Traceback" not in ended.err
    assert actors(folder) == before
