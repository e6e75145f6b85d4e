"""What holds of quotations whatever the text: offsets and order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gulfbrief.find import quotes
from gulfbrief.find.text import Text
from gulfbrief.find.text.quotation_marks import pair
from gulfbrief.model import Quote

WORDS = st.sampled_from(
    "Haddad Saleh he she they said told says that the a minister port of ships and but if not will "
    "according to claim view was by warned , . : ; - — ? ! “ ” \" ' ‘ ’ « » „ ,, '' `` ( ) … 12\" "
    "\n \n\n Q: A: HADDAD: who which U.S. Mr. O'Brien ships'".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(WORDS, max_size=60).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
)


def found(text: str) -> list[Quote]:
    return quotes.find(Text(text), [])


@settings(max_examples=300)
@given(TEXTS)
def test_every_offset_gives_the_words_themselves(text: str) -> None:
    for quote in found(text):
        assert quote.fragments
        assert quote.content == " ".join(f.text for f in quote.fragments)
        assert (quote.start, quote.end) == (quote.fragments[0].start, quote.fragments[-1].end)
        spans = [*quote.fragments, quote.sentence, *([quote.cue] if quote.cue else [])]
        for span in spans:
            assert text[span.start : span.end] == span.text
        for speaker in (*quote.speakers, *quote.outer):
            assert speaker.start is not None
            assert text[speaker.start : speaker.end] == speaker.text
        assert 0 <= quote.confidence <= 1


@settings(max_examples=300)
@given(TEXTS)
def test_pieces_are_ordered_and_quotations_of_one_level_never_overlap(text: str) -> None:
    end = 0
    spans = []
    for quote in found(text):
        for before, after in zip(quote.fragments, quote.fragments[1:], strict=False):
            assert before.end <= after.start
        if not quote.outer:
            spans += [(f.start, f.end) for f in quote.fragments]
    for a, b in sorted(spans):
        assert a >= end
        end = b


@settings(max_examples=200)
@given(TEXTS)
def test_sentences_and_paragraphs_cover_all_that_is_visible_in_order(text: str) -> None:
    read = Text(text)
    for parts in (read.paragraphs, read.sentences):
        end = 0
        for a, b in parts:
            assert not text[end:a].strip()
            assert a < b
            end = b
        assert not text[end:].strip()
    assert [text[a:b] for a, b in zip(read.starts, read.ends, strict=True)] == read.tokens


@settings(max_examples=200)
@given(TEXTS.filter(lambda t: "\n" not in t))
def test_marks_pair_inside_their_paragraph_and_inner_ones_inside_outer_ones(text: str) -> None:
    outer = None
    for mark in pair(text, 0, len(text)):
        assert 0 <= mark.open <= mark.start < mark.end <= mark.close <= len(text)
        if mark.level == 0:
            assert outer is None or mark.open >= outer.close
            outer = mark
        else:
            assert outer is not None
            assert outer.open <= mark.open
            assert mark.close <= outer.close
