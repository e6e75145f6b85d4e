"""What must hold for the names of any text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gulfbrief.find import names
from gulfbrief.find.text import Text

WORDS = st.sampled_from(
    "Haddad Yusuf bin al-Zayani Al Jordan Georgia U.S. US us WHO who IT The the In of and & "
    'Moscow Kremlin said minister President Ministry Foreign Republic - . , ( ) " “ ” ’ \n \n\n '
    "JAPAN BEAT CHINA Ki-moon von der Leyen Iran-backed ex-Milan J. St. Mr New York Tobago "
    "O'Brien 's © Photo: By AL-ZAYANI: "
    "2021 May March Friday Ahmed Élysée Şükrü Лавров 習近平 é".split(" ")
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200)


@given(TEXTS)
def test_a_mention_is_the_words_at_its_offsets(text: str) -> None:
    for m in names.find(Text(text)):
        assert m.text == text[m.start : m.end]
        assert m.text.strip() == m.text != ""


@given(TEXTS)
def test_mentions_stand_in_order_and_never_overlap(text: str) -> None:
    found = names.find(Text(text))
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_the_same_text_gives_the_same_names(text: str) -> None:
    assert names.find(Text(text)) == names.find(Text(text))


@given(TEXTS)
def test_only_people_have_a_family_name(text: str) -> None:
    for m in names.find(Text(text)):
        assert (m.head is not None) == (m.type == "person")
