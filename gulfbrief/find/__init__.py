"""Document -> findings: pure functions, no files, no clock, no terminal."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from ..model import Document, Findings

if TYPE_CHECKING:
    from .text import Text


def find(document: Document) -> Findings:
    """Everything that is found in one document.

    Works in one direction: names, then who they are, then quotations and their speakers, then
    dates and what happened on them. Offsets are code points into ``document.text``. Nothing is
    found in ``document.quoted``.
    """
    *_, found = find_by_stages(document)
    return found


def find_in_text(text: str, published: str | None = None) -> Findings:
    """All that is found in a text, its offsets in code points; ``published`` (YYYY-MM-DD) is the
    day that words like "Tuesday" are resolved against."""
    id = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return find(Document(id, "", text, published=published))


class _Room(ModuleType):
    """This package, which ``gulfbrief.find(text)`` calls."""

    def __call__(self, text: str, published: str | None = None) -> Findings:
        return find_in_text(text, published)


sys.modules[__name__].__class__ = _Room

STAGES = ("names", "quotations", "dates", "events")
"""What ``find_by_stages`` looks for, one after the other."""


def find_by_stages(document: Document) -> Iterator[Findings]:
    """As ``find``, with what is found after each of ``STAGES``; each has all of those before it."""
    from . import coreference, dates, events, invisible, names, quotes
    from .quotes import speakers
    from .text import Text, repeated_mail

    whole, back = document.text, None
    if invisible.stands_in(whole):
        document, back = invisible.without(document)

    def given(findings: Findings) -> Findings:
        found = Findings(
            repeated_mail.outside(findings.mentions, document),
            findings.actors,
            repeated_mail.outside(findings.quotes, document),
            repeated_mail.outside(findings.dates, document),
            repeated_mail.outside(findings.events, document),
        )
        return found if back is None else invisible.restored(found, back, whole)

    text = Text(repeated_mail.without(document) if document.quoted else document.text)
    mentions, roster = coreference.resolve(text, names.find(text))
    so_far = Findings(tuple(mentions), tuple(roster))
    yield given(so_far)
    attributed = speakers.resolve(text, quotes.find(text, mentions), mentions, roster)
    so_far = replace(so_far, quotes=tuple(attributed))
    yield given(so_far)
    dated = dates.find(text, document.published)
    so_far = replace(so_far, dates=tuple(dated))
    yield given(so_far)
    extracted = events.find(text, dated, mentions, attributed, document.published, roster)
    yield given(replace(so_far, events=tuple(extracted)))


def find_all(documents: Sequence[Document], texts: Sequence[Text]) -> list[Findings]:
    """What ``find`` finds in each of ``documents``, whose parts are ``texts``.

    All go through one room before the next: what a room looks up is then at hand in the processor's
    cache, which saves a sixth of the time.
    """
    from . import coreference, dates, events, invisible, names, quotes
    from .quotes import speakers
    from .text import Text, repeated_mail

    unseen = {n for n, d in enumerate(documents) if invisible.stands_in(d.text)}
    backs: dict[int, list[int]] = {}
    if unseen:
        whole, documents, texts = documents, list(documents), list(texts)
        for n in unseen:
            documents[n], backs[n] = invisible.without(whole[n])
            texts[n] = Text(documents[n].text)
    days = [d.published for d in documents]
    read = [
        Text(repeated_mail.without(d)) if d.quoted else t
        for d, t in zip(documents, texts, strict=True)
    ]
    named = list(map(names.find, read))
    known = list(map(coreference.resolve, read, named))
    mentions, rosters = [m for m, _ in known], [r for _, r in known]
    said = list(map(quotes.find, read, mentions))
    attributed = list(map(speakers.resolve, read, said, mentions, rosters))
    dated = list(map(dates.find, read, days))
    extracted = list(map(events.find, read, dated, mentions, attributed, days, rosters))
    found = [
        Findings(
            repeated_mail.outside(mentions[n], d),
            tuple(rosters[n]),
            repeated_mail.outside(attributed[n], d),
            repeated_mail.outside(dated[n], d),
            repeated_mail.outside(extracted[n], d),
        )
        for n, d in enumerate(documents)
    ]
    for n, back in backs.items():
        found[n] = invisible.restored(found[n], back, whole[n].text)
    return found
