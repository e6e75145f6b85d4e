"""Merging document actors: pairs of names, blocks, ids, and an analyst's judgements."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.decisions import Decisions
from gulfbrief.fold import slug
from gulfbrief.link import DocActorRecord, block_key, link
from gulfbrief.link.role_folding import folded
from gulfbrief.link.short_forms import Longer, by_tag, meant, shortens

PAIRS = tomllib.loads(
    (Path(__file__).parent / "data" / "link" / "pairs.toml").read_text(encoding="utf-8")
)["pair"]

ROLES = tomllib.loads(
    (Path(__file__).parent / "data" / "link" / "roles.toml").read_text(encoding="utf-8")
)["case"]


def person(doc: str, name: str, *, states=(), roles=(), gender=None) -> DocActorRecord:
    return DocActorRecord(
        (doc,), slug(name), name, "person", False, gender, tuple(roles), tuple(states)
    )


def body(doc: str, name: str, type="organisation", states=()) -> DocActorRecord:
    return DocActorRecord((doc,), slug(name), name, type, states=states)


def ids(records, decisions=None) -> list[str]:
    """The id of each record, in the order of the records."""
    of = {m: a.id for a in link(records, decisions) for m in a.members}
    return [of[doc, r.key] for r in records for doc in r.docs]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p['a']} / {p['b']}")
def test_two_names_are_one_person_or_two(pair) -> None:
    a, b = (
        person(
            doc, pair[side], states=pair.get(f"{side}_states", ()),
            roles=pair.get(f"{side}_roles", ()), gender=pair.get(f"{side}_gender"),
        )
        for side, doc in (("a", "aaaaaaaaaaaa"), ("b", "bbbbbbbbbbbb"))
    )  # fmt: skip
    one, other = ids([a, b])
    assert (one == other) is pair["same"]
    if pair["same"]:
        assert block_key(a) == block_key(b)


def test_a_lone_name_that_fits_two_people_joins_neither() -> None:
    found = ids([person("a" * 12, "Sergei Lavrov"), person("b" * 12, "Kirill Lavrov"),
                 person("c" * 12, "Lavrov")])  # fmt: skip
    assert len(set(found)) == 3


def test_a_role_decides_which_of_two_a_lone_name_means() -> None:
    found = ids([
        person("a" * 12, "Sergei Lavrov", states=["russia"], roles=["foreign minister"]),
        person("b" * 12, "Kirill Lavrov", roles=["actor"]),
        person("c" * 12, "Lavrov", states=["russia"], roles=["minister"]),
    ])  # fmt: skip
    assert found[2] == found[0] != found[1]


def held(number: int, name: str, role: str) -> list[DocActorRecord]:
    return [person(f"{n:012x}", name, roles=[role]) for n in range(number)]


@pytest.mark.parametrize(("often", "joined"), [(40, True), (4, False)])
def test_a_role_that_one_report_gives_to_a_namesake_keeps_nobody_apart(
    often: int, joined: bool
) -> None:
    found = ids([
        *held(often, "Sergei Lavrov", "minister"),
        person("f" * 12, "Kirill Lavrov", roles=["minister"]),
        person("e" * 12, "Lavrov", roles=["minister"]),
    ])  # fmt: skip
    assert (found[0] == found[-1]) is joined
    assert found[-2] not in (found[0], found[-1])


@pytest.mark.parametrize(("often", "joined"), [(40, True), (7, False), (4, False)])
def test_a_bare_surname_means_the_one_of_whom_far_more_reports_tell(often, joined) -> None:
    found = ids([
        *held(often, "Tomas Okello", "president"),
        person("d" * 12, "Marta Okello"), person("c" * 12, "Rosa Okello"),
        person("e" * 12, "Okello"), person("f" * 12, "Okello", gender="m"),
    ])  # fmt: skip
    assert [found[-2] == found[0], found[-1] == found[0]] == [joined, joined]
    assert len({found[0], *found[often : often + 2]}) == 3


def test_a_gender_that_one_report_tells_amiss_keeps_no_office_apart() -> None:
    family = docs(40, "Otto Brumvik", "person", gender="m", roles=("premier",))
    wife = docs(9, "Ada Brumvik", "person", start=100, gender="f")
    lone = person("f" * 12, "Brumvik", gender="f", roles=["premier"])
    assert ids([*family, *wife, lone])[-1] == "otto-brumvik"
    assert ids([*family, *wife, person("f" * 12, "Brumvik", gender="f")])[-1] == "brumvik"


@pytest.mark.parametrize(("often", "joined"), [(40, True), (4, False)])
def test_one_report_with_another_trade_parts_no_famous_name(often: int, joined: bool) -> None:
    found = ids([
        *held(often, "Sergei Lavrov", "minister"),
        person("f" * 12, "Sergei Lavrov", roles=["striker"]),
        *(person(f"e{n:011x}", "Sergei Lavrov") for n in range(3)),
    ])  # fmt: skip
    assert [found[0] == f for f in found[-3:]] == [joined] * 3
    assert found[often] != found[0]


@pytest.mark.parametrize(
    ("taught", "right"),
    [
        ({"Ambra Shipping": 3}, "Ambra Shipping"),
        ({"Ambra Shipping": 3, "Ambra Air": 1}, "Ambra Shipping"),
        ({"Ambra Shipping": 3, "Ambra Air": 2}, None),
        ({"Ambra Shipping": 0}, None),
        ({}, None),
    ],
)
def test_a_short_form_means_the_body_that_reports_call_so(taught, right) -> None:
    longer = [Longer(n, name, 4, often) for n, (name, often) in enumerate(taught.items())]
    found = meant(longer, 10)
    assert (found if found is None else longer[found].name) == right


@pytest.mark.parametrize(("own", "alone", "joined"), [(2, 9, True), (1, 1, False), (3, 90, False)])
def test_a_name_that_stands_once_or_seldom_takes_no_short_form(own, alone, joined) -> None:
    assert (meant([Longer(0, "Ambra Shipping", own, 2)], alone) == 0) is joined


@pytest.mark.parametrize(
    ("short", "name", "right"),
    [
        ("Ambra", "Ambra Shipping Ltd", True), ("Shipping", "Ambra Shipping Ltd", True),
        ("ABS", "Ambra Bay Shipping", True), ("Bay Shipping", "Ambra Bay Shipping", True),
        ("Bay", "Ambra Bay Shipping", False), ("Ambra Shipping", "Ambra Shipping", False),
        ("Ambra", "Ambra Ltd", False),
    ],
)  # fmt: skip
def test_what_shortens_a_bodys_name(short, name, right) -> None:
    assert shortens(short, name) is right


@pytest.mark.parametrize(
    ("clubs", "right"),
    [
        # (name, reports that call it so): whom "BSV" alone means
        ((("BSV Lund", 3),), 0),
        ((("BSV Lund", 2),), None),
        ((("BSV Lund", 9), ("BSV Oslo", 1)), None),
        ((("BSV Boats", 9),), None),
    ],
)
def test_initials_alone_mean_the_only_club_that_has_a_town_behind_them(clubs, right) -> None:
    longer = [Longer(n, name, own, 0) for n, (name, own) in enumerate(clubs)]
    assert by_tag("BSV", longer) == right


@pytest.mark.parametrize("case", ROLES, ids=lambda c: c["why"])
def test_roles_fold_to_one_line_a_role_and_state(case: dict) -> None:
    told = [(text, state or None, status or None, n, day, day)
            for text, state, status, n, day in case["told"]]  # fmt: skip
    found = [[r.text, r.count, r.first, r.last] for r in folded(told)]
    assert found == case["right"]


def test_a_known_actor_keeps_its_lexicon_id_and_its_fullest_name() -> None:
    records = [DocActorRecord((d * 12,), "united-states", n, "country", True)
               for d, n in (("a", "US"), ("b", "Washington"))]  # fmt: skip
    [actor] = link(records)
    assert (actor.id, actor.name, len(actor.members)) == ("united-states", "United States", 2)


def test_the_foreign_ministry_of_one_report_is_not_that_of_another() -> None:
    assert (
        len(set(ids([body("a" * 12, "Foreign Ministry"), body("b" * 12, "Foreign Ministry")]))) == 2
    )


@pytest.mark.parametrize(
    ("told", "joined"),
    [
        # (name, reports) that tell the state or the town -> where "Supreme Court" alone belongs
        ((("U.S. Supreme Court", 8), ("Texas Supreme Court", 1)), "U.S. Supreme Court"),
        ((("Omani Supreme Court", 3),), "Omani Supreme Court"),
        ((("Omani Supreme Court", 2),), None),
        ((("Omani Supreme Court", 4), ("Norwegian Supreme Court", 4)), None),
        ((("Texas Supreme Court", 9),), None),
        ((), None),
    ],
)
def test_a_body_of_no_told_state_is_that_of_the_state_of_which_reports_tell(told, joined) -> None:
    block = [
        record
        for n, (name, number) in enumerate(told)
        for record in docs(number, name, "organisation", start=100 * n)
    ]
    block += docs(2, "Supreme Court", "organisation", start=900)
    actors = link(block)
    alone = [a for a in actors if a.name == "Supreme Court"]
    assert len(alone) == (0 if joined else 2)
    if joined:
        [home] = [a for a in actors if a.name == joined]
        assert len(home.members) == 2 + dict(told)[joined]


def test_reports_of_a_known_body_are_counted_though_only_one_is_named() -> None:
    court = DocActorRecord(
        ("a" * 12,), "us-supreme-court", "U.S. Supreme Court", "organisation", True, others=7
    )
    block = [court, *docs(1, "Texas Supreme Court", "organisation"),
             *docs(3, "Supreme Court", "organisation", start=50)]  # fmt: skip
    assert {a.id: len(a.members) for a in link(block)}["us-supreme-court"] == 4


@pytest.mark.parametrize(
    ("longer", "short", "one"),
    [
        (["Omani Wooden Boat Front"], "Wooden Boat Front", True),
        (["Omani Wooden Boat Front", "Norwegian Wooden Boat Front"], "Wooden Boat Front", False),
        (["Omani Boat Party"], "Boat Party", False),
    ],
)
def test_a_front_that_one_state_has_is_the_same_without_its_name(longer, short, one) -> None:
    block = [body(f"{n:012x}", name) for n, name in enumerate([*longer, short])]
    assert len(link(block)) == len(longer) + (0 if one else 1)


def test_spellings_of_a_bodys_name_are_one() -> None:
    records = [
        body("a" * 12, "Harbour Safety Organisation"),
        body("b" * 12, "the Harbour Safety Organization"),
    ]
    assert len(set(ids(records))) == 1
    assert len({block_key(r) for r in records}) == 1


def docs(number: int, name: str, type: str, start: int = 0, **told) -> list[DocActorRecord]:
    key = slug(name)
    return [
        DocActorRecord((f"{n:012x}",), key, name, type, **told)
        for n in range(start, start + number)
    ]


@pytest.mark.parametrize(
    ("name", "readings", "right"),
    [
        # (type, reports) as single reports took it -> the types it has over all of them
        ("Harbour Front", (("organisation", 9), ("place", 1), ("person", 1)), {"organisation"}),
        ("Tarvik", (("organisation", 4), ("person", 1), ("place", 2)), {"organisation"}),
        ("Wael Tarvik", (("organisation", 2), ("person", 3)), {"person"}),
        ("Ostermark", (("place", 9), ("organisation", 6)), {"place", "organisation"}),
        ("Ostermark", (("place", 30), ("organisation", 2)), {"place"}),
    ],
)
def test_the_type_of_a_name_is_decided_over_all_reports(name, readings, right) -> None:
    block = [
        record
        for n, (type, number) in enumerate(readings)
        for record in docs(number, name, type, start=100 * n)
    ]
    actors = link(block)
    assert {a.type for a in actors} == right
    assert len(actors) == len(right)


def test_who_is_called_by_a_role_stays_a_person_though_most_reports_mean_a_place() -> None:
    block = [*docs(9, "Brenholm", "place"), person("f" * 12, "Brenholm", roles=["minister"])]
    assert {a.type for a in link(block)} == {"place", "person"}


def test_a_gender_keeps_a_name_a_person_only_where_it_is_somebodys_name() -> None:
    block = [*docs(9, "Plinkett", "organisation"), person("f" * 12, "Plinkett", gender="m")]
    assert {a.type for a in link(block)} == {"organisation"}
    block = [*docs(9, "Miller", "organisation"), person("f" * 12, "Miller", gender="m")]
    assert {a.type for a in link(block)} == {"organisation", "person"}


def test_a_surname_taken_for_a_body_is_its_bearers() -> None:
    block = [*docs(3, "Wael Tarvik", "person"), *docs(1, "Tarvik", "organisation", start=50)]
    assert [(a.name, len(a.members)) for a in link(block)] == [("Wael Tarvik", 4)]
    block = [*docs(1, "Wael Tarvik", "person"), *docs(2, "Tarvik", "organisation", start=50)]
    assert [(a.name, len(a.members)) for a in link(block)] == [("Wael Tarvik", 3)]
    for other in ("Lund", "Ferrari"):  # a town, so a club's name too; a firm
        block = [*docs(1, f"Wael {other}", "person"), *docs(2, other, "organisation", start=50)]
        assert len(link(block)) == 2


def test_a_name_in_capitals_is_not_shown_so() -> None:
    [actor] = link([person("a" * 12, "AL-HARTHI", roles=["minister"])])
    assert actor.name == "Al-Harthi"


def test_a_judgement_same_joins_what_the_machine_keeps_apart() -> None:
    records = [person("a" * 12, "Sergei Lavrov"), person("b" * 12, "Kirill Lavrov")]
    decided = Decisions().judge("same", "sergei-lavrov", "kirill-lavrov")
    assert len(set(ids(records, decided))) == 1


def test_a_judgement_same_reaches_across_blocks() -> None:
    records = [person("a" * 12, "Yusuf Nader"), person("b" * 12, "Abu Salim")]
    decided = Decisions().judge("same", "yusuf-nader", "abu-salim")
    assert block_key(records[0]) != block_key(records[1])
    assert block_key(records[0], decided) == block_key(records[1], decided)
    assert len(set(ids(records, decided))) == 1


def test_a_judgement_different_parts_what_the_machine_joins() -> None:
    records = [person("a" * 12, "Sergei Lavrov"), person("b" * 12, "Sergey Lawrow")]
    decided = Decisions().judge("different", "sergei-lavrov", "sergey-lawrow")
    assert len(set(ids(records, decided))) == 2


def test_a_judgement_on_one_of_two_namesakes_leaves_the_other_alone() -> None:
    records = [
        person("a" * 12, "Robin Vane", states=["oman"]),
        person("b" * 12, "Robin Vane", states=["oman"]),
        person("c" * 12, "Robin Vane", states=["qatar"]),
        person("d" * 12, "Rob Vane"),
    ]
    found = ids(records, Decisions().judge("same", "robin-vane", "rob-vane"))
    assert found[0] == found[1] == found[3] != found[2]


def test_one_document_alone_can_be_judged() -> None:
    records = [person(d * 12, "Robin Vane") for d in "abc"]
    decided = Decisions().judge("different", f"{'a' * 12}:robin-vane", f"{'b' * 12}:robin-vane")
    found = ids(records, decided)
    assert found[0] != found[1]


def test_a_judgement_holds_when_documents_are_added() -> None:
    decided = Decisions().judge("different", "sergei-lavrov", "sergey-lawrow")
    few = [person("a" * 12, "Sergei Lavrov"), person("b" * 12, "Sergey Lawrow")]
    more = [*few, person("c" * 12, "Sergei Lavrov"), person("d" * 12, "Sergey Lawrow")]
    found = ids(more, decided)
    assert found[0] == found[2] != found[1] == found[3]


NAMES = st.sampled_from(
    [
        "Sergei Lavrov",
        "Sergey Lawrow",
        "Kirill Lavrov",
        "Lavrov",
        "LAVROV",
        "S. Lavrov",
        "al-Lavrov",
    ]
)
RECORDS = st.builds(
    DocActorRecord,
    docs=st.sampled_from([(c * 12,) for c in "0123456789abcdef"]),
    key=st.sampled_from(["one", "two"]),
    name=NAMES,
    type=st.sampled_from(["person", "organisation", "place"]),
    known=st.booleans(),
    gender=st.sampled_from([None, "m", "f"]),
    roles=st.sampled_from([(), ("foreign minister",), ("striker",)]),
    states=st.sampled_from([(), ("russia",), ("ukraine",)]),
)
BLOCKS = st.lists(RECORDS, max_size=12, unique_by=lambda r: (r.docs, r.key))


@given(BLOCKS, st.randoms())
def test_the_order_of_a_block_changes_nothing(block, random) -> None:
    shuffled = block[:]
    random.shuffle(shuffled)
    assert link(block) == link(shuffled)


@given(BLOCKS)
def test_every_record_belongs_to_one_actor_and_no_two_share_an_id(block) -> None:
    actors = link(block)
    assert sorted(m for a in actors for m in a.members) == sorted((*r.docs, r.key) for r in block)
    assert len({a.id for a in actors}) == len(actors)
