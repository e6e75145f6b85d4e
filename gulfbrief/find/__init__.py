"""Document -> findings: pure functions, no files, no clock, no terminal."""

from __future__ import annotations

from collections.abc import Sequence
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
    from .text import Text

    return find_all([document], [Text(document.text)])[0]


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
    told = list(map(speakers.resolve, read, said, mentions, rosters))
    dated = list(map(dates.find, read, days))
    happened = list(map(events.find, read, dated, mentions, told, days, rosters))
    found = [
        Findings(
            repeated_mail.outside(mentions[n], d),
            tuple(rosters[n]),
            repeated_mail.outside(told[n], d),
            repeated_mail.outside(dated[n], d),
            repeated_mail.outside(happened[n], d),
        )
        for n, d in enumerate(documents)
    ]
    for n, back in backs.items():
        found[n] = invisible.restored(found[n], back, whole[n].text)
    return found
