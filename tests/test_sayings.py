"""Sayings: the same words of the same person once, the most repeated and most telling first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gulfbrief.answer.sayings import fitness, folded, identified, newest, quotable, ranked
from gulfbrief.model import FoundQuote, Quote, Source, Span, Speaker

HADDAD = ("Omar Haddad", "omar-haddad")
ROKE = ("Tilda Roke", "tilda-roke")


def said(
    content: str,
    doc: str = "a",
    who: tuple[str, str | None] = HADDAD,
    *,
    kind="direct",
    day: str = "2021-05-04",
    sentence: str = "",
    title: str | None = None,
    **more,
) -> FoundQuote:
    text = sentence or f"“{content}” {who[0]} said."
    quote = Quote(
        kind, 0, len(content), content, (Span(0, len(content), content),),
        Span(len(content), len(content) + len(text), text),
        Span(0, 4, "said"), (Speaker(who[0], 0, 4, who[1], who[0], "name"),),
        **({"confidence": 0.9, "content_confidence": 0.9} | more),
    )  # fmt: skip
    return FoundQuote(Source(doc, f"{doc}.txt", title, day, 3, 0, len(content)), quote)


SAIL = "We shall sail to the islands before the end of May, whatever the weather."


def test_the_same_words_in_several_reports_are_one_saying_with_their_number() -> None:
    retold = SAIL.replace("We shall", "We will")
    (one,) = folded([said(SAIL, "a"), said(retold, "b"), said(SAIL, "c"), said(SAIL, "c")])
    assert one.reports == 3
    assert [s.doc for s in one.also] == ["b", "c"]


def test_the_same_words_of_two_people_are_two_sayings() -> None:
    assert len(folded([said(SAIL, "a"), said(SAIL, "b", ROKE)])) == 2


def test_a_part_of_a_saying_stands_for_nothing_and_cites_nothing() -> None:
    part = "sail to the islands before the end of May"
    for order in ([said(SAIL, "a"), said(part, "b")], [said(part, "b"), said(SAIL, "a")]):
        (one,) = folded(order)
        assert one.found.quote.content == SAIL
        assert one.also == ()


def test_a_word_or_two_in_common_are_not_the_same() -> None:
    other = "The islands have no water, and nobody there will wait for a ship in May."
    assert len(folded([said(SAIL, "a"), said(other, "b"), said("We shall", "c")])) == 3


def test_what_is_repeated_comes_first() -> None:
    other = "The islands have no water, and nobody there will wait for a ship."
    best = ranked(folded([said(other, "z"), said(SAIL, "a"), said(SAIL, "b"), said(SAIL, "c")]), 1)
    assert [s.found.quote.content for s in best] == [SAIL]


def test_all_are_kept_where_no_number_is_asked_for() -> None:
    statements = folded(said(f"The ship number {n} has {n} holes below the water.") for n in "3579")
    assert set(map(id, ranked(statements))) == set(map(id, statements))


def test_the_newest_first() -> None:
    statements = folded([said(SAIL, "a"), said("Nobody has ever seen the sea so high.", "b",
                                               day="2021-06-01")])  # fmt: skip
    assert [s.found.source.doc for s in newest(statements)] == ["b", "a"]


def test_only_plain_and_sure_statements_are_quotable() -> None:
    assert quotable(said(SAIL))
    assert not quotable(said(SAIL, reason="denied")), "not plainly said"
    assert not quotable(said(SAIL, act="thought"))
    assert not quotable(said(SAIL, confidence=0.3)), "the speaker is unsure"
    assert not quotable(said("We sail")), "says hardly anything"
    assert not quotable(said("We shall “sail to the islands before May")), "a mark is not closed"
    headline = "Haddad says ferry line will open"
    ferry = said("ferry line will open", kind="indirect", sentence=headline)
    assert not quotable(ferry), "no sentence"
    assert not quotable(said(SAIL, who=("It", "karoun"))), "it may be anything"
    caption = said(SAIL, kind="indirect", sentence=f"{SAIL[:-1]}, says this undated photo.")
    assert not quotable(caption), "a caption"
    aside = (
        "The storm threw the ships of the whole coast over the harbour wall of Karoun, and, as"
        " Haddad wrote, all of them wait."
    )
    assert not quotable(said("all of them wait", kind="indirect", sentence=aside)), (
        "hardly any of the sentence is said"
    )
    assert not quotable(said(SAIL, who=("R-Karoun, who", None))), "a pronoun has taken the place"
    assert not quotable(said(SAIL, who=("He", "liu-he"))), "a surname that is a pronoun too"
    aired = said(f"{SAIL} Harbour Hour.")
    pieces = (Span(0, len(SAIL), SAIL), Span(90, 103, "Harbour Hour."))
    assert not quotable(replace(aired, quote=replace(aired.quote, fragments=pieces)))
    other = "Tilda Roke denied Omar Haddad's claim that all of the ferries are safe."
    assert not quotable(_owned(other)), "the sentence is somebody else's"
    assert quotable(_owned(other.replace("'s claim", " and his claim")))


@pytest.mark.parametrize("word", ["reportedly", "allegedly"])
def test_what_a_report_has_from_others_is_not_quotable(word: str) -> None:
    plain, hearsay = (
        f"Haddad {how}said that they will sail on Monday." for how in ("", f"{word} ")
    )
    assert quotable(_indirect(plain))
    assert not quotable(_indirect(hearsay))


def _indirect(sentence: str) -> FoundQuote:
    at = sentence.index("said")
    found = said("that they will sail on Monday", kind="indirect", sentence=sentence)
    quote = replace(
        found.quote,
        sentence=Span(0, len(sentence), sentence),
        cue=Span(at, at + 4, "said"),
    )
    return replace(found, quote=quote)


def _owned(sentence: str) -> FoundQuote:
    at = sentence.index("Omar Haddad")
    found = said("that all of the ferries are safe", kind="indirect", sentence=sentence)
    speaker = replace(found.quote.speakers[0], start=at, end=at + len("Omar Haddad"))
    quote = replace(
        found.quote, sentence=Span(0, len(sentence), sentence), speakers=(speaker,), cue=None
    )
    return replace(found, quote=quote)


def test_who_is_told_by_name_is_before_whom_a_pronoun_means() -> None:
    pronoun = said("The islands have no water, and nobody there waits for a ship.", "a")
    speaker = replace(pronoun.quote.speakers[0], text="he", how="pronoun")
    meant = replace(pronoun, quote=replace(pronoun.quote, speakers=(speaker,)))
    assert fitness(meant.quote) < fitness(pronoun.quote)


@pytest.mark.parametrize(
    ("who", "told"),
    [("the harbour master", True), ("some", False), ("His sharp words", False)],
)
def test_who_says_it_is_told_in_words_for_somebody(who: str, told: bool) -> None:
    assert identified(said(SAIL, who=(who, None))) is told
