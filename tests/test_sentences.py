"""Single sentences read from the index are those of the whole text, and so are their places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from indexes import indexed

from gulfbrief.store.reader import Index
from gulfbrief.store.segmentation import SIZE

PARAGRAPH = "The ferry Lorna Vale sank off Brisk Point. Eleven sailors drowned on 4 May 2021.\n\n"
TEXTS = {
    "short.txt": "“Gone,” said the harbour master of Brisk.",
    "long.txt": PARAGRAPH * (3 * SIZE // len(PARAGRAPH)),
    "blank.txt": "\n\n  The fair of Upper Mallow closed early.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("sentences"), TEXTS) as opened:
        yield opened


@pytest.mark.parametrize("name", TEXTS)
def test_each_offset_stands_in_the_sentence_that_the_whole_text_has_there(
    index: Index, name: str
) -> None:
    doc = index.document(name).source.doc
    (number,) = index.document_numbers([doc])
    ((found, read),) = index.sentences_of_each([number])
    assert found == number
    text = index.text(doc)
    assert not list(read.unpacked())
    for start, end in index.sentences(doc):
        for offset in (start, end - 1):
            assert read.at(offset) == (start, end, text[start:end])
        assert text[start:end] in "".join(read.unpacked())
        assert read.source(start, end) == index.stored_document(number).source(start, end)


def test_the_first_sentences_are_those_of_the_text(index: Index) -> None:
    doc = index.document("long.txt").source.doc
    (number,) = index.document_numbers([doc])
    ((_, read),) = index.sentences_of_each([number])
    assert [(s.start, s.end) for s in read.first(3)] == index.sentences(doc)[:3]
