"""What always holds of speakers, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.find import coreference, names, quotes
from gulfbrief.find.quotes import speakers
from gulfbrief.find.text import Text

WORDS = st.sampled_from(
    '“ ” " , . ? : said says told he she they it who the minister a spokesman for his deputy that '
    "Badr Saleh Karim Haddad Haddad's Mrs Marsh Elena Oman Moscow and according to Omani was not "
    "The talks failed joint statement\n\n".split(" ")
)
TEXTS = st.lists(WORDS, max_size=70).map(" ".join)


def found(words: str):
    text = Text(words)
    mentions, roster = coreference.resolve(text, names.find(text))
    before = quotes.find(text, mentions)
    return mentions, roster, before, speakers.resolve(text, before, mentions, roster)


@given(TEXTS)
def test_a_speaker_stands_in_the_text_and_is_one_of_its_actors(words: str) -> None:
    _, roster, _, after = found(words)
    name = {actor.key: actor.name for actor in roster}
    for quote in after:
        assert 0 <= quote.confidence <= 1
        assert set(quote.about) <= set(name)
        for speaker in (*quote.speakers, *quote.outer):
            if speaker.start is not None:
                assert words[speaker.start : speaker.end] == speaker.text
            if speaker.actor is None:
                assert speaker.name is None
                assert speaker.reason
            else:
                assert speaker.name == name[speaker.actor]
                assert speaker.how
                assert speaker.reason is None


@given(TEXTS)
def test_a_quotation_itself_stays_as_it_was_found(words: str) -> None:
    _, _, before, after = found(words)
    kept = [(q.start, q.end, q.content, q.fragments, q.kind, q.cue) for q in after]
    assert kept == [(q.start, q.end, q.content, q.fragments, q.kind, q.cue) for q in before]


@given(TEXTS)
def test_what_keeps_it_from_being_a_statement_is_not_lost(words: str) -> None:
    _, _, before, after = found(words)
    assert all(b.reason == a.reason for b, a in zip(before, after, strict=True) if b.reason)


def test_a_denied_statement_of_a_known_speaker_keeps_its_reason() -> None:
    _, _, _, (said,) = found("Badr Saleh has never said that the talks failed.")
    assert (said.speakers[0].name, said.reason) == ("Badr Saleh", "denied")
