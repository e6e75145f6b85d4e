"""Events: the clause that a date belongs to, who takes part, and how sure it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.find import events
from gulfbrief.find.clauses import clauses
from gulfbrief.find.events import _quoted
from gulfbrief.find.text import Text
from gulfbrief.find.text.verb_groups import plain
from gulfbrief.model import Event, Mention, Quote, ResolvedDate, Span, Speaker, TimeExpression

DATA = Path(__file__).parent / "data"
CASES = tomllib.loads((DATA / "events.toml").read_text("utf-8"))["case"]
MARKED = re.compile(r"«([^|»]*)\|([^|»]*)(\|name)?»")


def read(marked: str, published: str | None = "2021-07-14") -> tuple[str, list[TimeExpression]]:
    """A text and its dates, from a text with its dates marked."""
    text, dates, at = "", [], 0
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        start, at = len(text), m.end()
        text += m[1]
        dates.append(timex(start, m[1], m[2], published, reference=bool(m[3])))
    return text + marked[at:], dates


def timex(
    start: int, words: str, edtf: str, published: str | None, *, reference: bool = False
) -> TimeExpression:
    bare = edtf.partition("/")[0]
    month = bare[5:7] if len(bare) > 4 and bare[5:7] < "13" else "12"
    first = f"{bare[:4]}-{month}-{bare[8:10] or '01'}"
    date = ResolvedDate(
        words, edtf, first, first, "day", None, "published" if published else "none", published
    )
    return TimeExpression(
        start, start + len(words), words, "DATE", edtf, date=date, reference=reference
    )


def found(marked: str, mentions: list[Mention] | None = None) -> list[Event]:
    text, dates = read(marked)
    return events.find(Text(text), dates, mentions or [], [])


def ids(case: dict[str, object]) -> str:
    return f"{case['kind']}: {str(case['text'])[:40]}"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_date_makes_an_event_of_its_own_clause(case: dict[str, object]) -> None:
    told = [[e.date.edtf, e.text, e.certainty] for e in found(str(case["text"]))]
    expected = [[*e, "past"][:3] for e in case["events"]]  # type: ignore[attr-defined]
    assert told == expected


def mention(text: str, words: str, actor: str) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, "person", actor=actor)


def test_actors_are_those_named_in_the_clause_and_no_others() -> None:
    text, dates = read(
        "Haddad met Saleh in «May|2021-05», and Qatar sent a ship in «June|2021-06»."
    )
    who = [mention(text, name, name.lower()) for name in ("Haddad", "Saleh", "Qatar")]
    assert [e.actors for e in events.find(Text(text), dates, who, [])] == [
        ("haddad", "saleh"),
        ("qatar",),
    ]


def test_a_clause_without_its_own_subject_has_the_actors_of_the_subject_it_shares() -> None:
    text, dates = read(
        "Haddad met Saleh in «May|2021-05» and left for Doha on «3 June|2021-06-03»."
    )
    who = [mention(text, "Haddad", "haddad"), mention(text, "Saleh", "saleh")]
    assert events.find(Text(text), dates, who, [])[1].actors == ("haddad",)


def test_an_actor_named_twice_is_told_once() -> None:
    text, dates = read("Haddad said Haddad would sail in «May|2022-05» for Oman.")
    who = [
        mention(text, "Haddad would", "haddad"),
        Mention(0, 6, "Haddad", "person", actor="haddad"),
    ]
    assert events.find(Text(text), dates, sorted(who, key=lambda m: m.start), [])[0].actors == (
        "haddad",
    )


def test_a_mention_that_nobody_could_resolve_is_no_actor() -> None:
    text, dates = read("The minister spoke on «Monday|2021-07-12».")
    who = [Mention(0, 12, "The minister", "person", "role")]
    assert events.find(Text(text), dates, who, [])[0].actors == ()


@pytest.mark.parametrize(
    ("kind", "date"),
    [("DURATION", None), ("SET", None), ("DATE", None)],
    ids=["a bare duration", "a set", "a date that names no day"],
)
def test_an_expression_without_a_span_makes_no_event(kind: str, date: None) -> None:
    text = "He was held for six months."
    words = TimeExpression(16, 26, "six months", kind, "P6M", date=date)  # type: ignore[arg-type]
    assert events.find(Text(text), [words], [], []) == []


def test_the_tag_of_a_direct_quotation_is_told_apart_from_its_words() -> None:
    text, dates = read("“We signed in «May|2021-05»” Haddad said on «Friday|2021-07-09».")
    inside = Span(1, text.index("”"), text[1 : text.index("”")])
    quote = Quote("direct", inside.start, inside.end, inside.text, (inside,), inside)
    told = events.find(Text(text), dates, [], [quote])
    assert [e.text for e in told] == ["We signed in May", "Haddad said on Friday"]


def test_i_and_we_in_a_direct_quotation_are_its_speaker() -> None:
    text, dates = read("“We met Saleh in «May|2021-05»,” Haddad said.")
    inside = Span(1, text.index("”"), text[1 : text.index("”")])
    speaker = Speaker("Haddad", text.index("Haddad"), text.index("Haddad") + 6, "haddad", "Haddad")
    quote = Quote("direct", 1, inside.end, inside.text, (inside,), inside, speakers=(speaker,))
    (event,) = events.find(Text(text), dates, [mention(text, "Saleh", "saleh")], [quote])
    assert event.actors == ("haddad", "saleh")


QUOTED = [
    (
        "“We rang four times. We went there on Saturday,” Saleh said on «Sunday|2021-07-11».",
        "“We rang four times. We went there on Saturday,” Saleh said on Sunday",
    ),
    (f"“{'We waited. ' * 30}Then we went,” Saleh said on «Sunday|2021-07-11».",
     "Saleh said on Sunday"),
    ("“The crew rested. It slept on «Sunday|2021-07-11»,” he said.", "It slept on Sunday"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), QUOTED)
def test_an_event_never_begins_within_a_quotation_and_ends_outside(
    marked: str, expected: str
) -> None:
    text, dates = read(marked)
    inside = Span(1, text.index("”"), text[1 : text.index("”")])
    quote = Quote("direct", inside.start, inside.end, inside.text, (inside,), inside)
    (event,) = events.find(Text(text), dates, [], [quote])
    assert event.text == expected


# ---- what always holds ------------------------------------------------------------------------

WORD = st.sampled_from(
    """the council met and will report on who said that, a ship: Haddad “left” if it may sail after
    before which; was detained in to cut output - (because they) signed when “no” .""".split()
)
PART = st.one_of(WORD, st.sampled_from(["«May|2021-05»", "«3 June 2021|2021-06-03»"]))


@given(st.lists(PART, max_size=40).map(" ".join))
def test_an_event_is_the_words_of_the_text_and_holds_its_date(marked: str) -> None:
    text, dates = read(marked)
    for event in events.find(Text(text), dates, [], []):
        assert text[event.start : event.end] == event.text
        assert event.text == event.text.strip()
        assert event.text


@given(st.lists(PART, max_size=40).map(" ".join))
def test_no_date_makes_more_than_one_event(marked: str) -> None:
    text, dates = read(marked)
    assert len(events.find(Text(text), dates, [], [])) <= len(dates)


@given(st.lists(WORD, min_size=1, max_size=60))
def test_clauses_hold_each_token_of_their_sentence_once(tokens: list[str]) -> None:
    cut = clauses(tokens, plain(tokens), set(), set(), set())
    assert [k for p in cut for k in range(p.lo, p.hi)] == list(range(len(tokens)))


@given(st.lists(WORD, min_size=1, max_size=60))
def test_a_clause_depends_only_on_clauses_before_it(tokens: list[str]) -> None:
    for i, piece in enumerate(clauses(tokens, plain(tokens), set(), set(), set())):
        assert piece.parent is None or piece.parent < i
        assert piece.continues is None or piece.continues < i


@pytest.mark.parametrize("at", [0, 39_999, 40_000, 5_000_000])
def test_what_begins_a_quotation_is_in_it_however_long_the_text_is(at: int) -> None:
    marked = [(at, at + 10)]
    assert [_quoted(marked, n) for n in (at, at + 9, at + 10)] == [True, True, False]
