"""Document -> the rows that the writer stores; runs in the reading processes."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from .. import find
from ..find.names import load, state_of
from ..find.text import Text
from ..fold import slug
from ..link import block_key
from ..model import Document, DocumentActor, Findings
from . import spelling, tokeniser
from .codec import pack, pack_json, pack_text
from .heading import heading_tokens
from .keys import day_key, hash32
from .lines import line_starts, position
from .schema import TYPES
from .segmentation import pack_bounds, segment
from .time_limit import Late, TimeLimit, time_for
from .varints import encode_varints

PIECE = 400_000
"""A text longer than this many code points is searched in pieces, to bound memory."""

SEARCHED = 10_000_000
"""Quotations, actors and dates are looked for in so many code points of a text, some 3,000 pages;
what stands behind them is indexed for search only, and the document says so."""

_TOGETHER = 2.0  # seconds that are allowed for several documents together, beside their length

LONG, KEPT = 20_000, 4
"""What is found in a text of so many code points is kept for copies of it, for so many texts."""

CROWD = 30
"""A sentence that names more actors than this is a list, and tells of no company."""


_Place = tuple[int | None, int | None, int | None, int | None]
"""Start, end, line and column of a first mention, where there is one."""


@dataclass(slots=True)
class _ActorCounts:
    """An actor as one document knows it: what is counted of it, and where it is found."""

    actor: DocumentActor
    mentions: int = 0
    adjectives: int = 0
    sentences: int = 0
    first: _Place = (None, None, None, None)
    says: list[int] = field(default_factory=list)
    thinks: list[int] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    aliases: dict[str, int] = field(default_factory=dict)


class ActorRow(NamedTuple):
    """A row of table local, with names in place of their numbers; ``key`` is null where it is the
    slug of the name, ``own_key`` never. ``aliases`` are (name, count), null where there is the name
    alone."""

    own_key: str
    key: str | None
    name: str
    type: int
    known: bool
    gender: str | None
    block: int
    mentions: int
    adjectives: int
    sentences: int
    first: _Place
    says: bytes | None
    thinks: bytes | None
    subject: bytes | None
    events: bytes | None
    aliases: list[tuple[str, int]] | None
    roles: str | None


EventRow = tuple[int | None, int | None, int, int, str]
"""First and last day, offset in the document, whether it is past, and the letter of its role."""


class DocumentRows(NamedTuple):
    """All that the index keeps of one document."""

    document: tuple[Any, ...]  # the columns of table document from title to findings
    words: int
    chunks: list[tuple[int, int, int, bytes, bytes, str, str, str]]
    # start, line, column, bounds, body, text, joined, heading
    vocabulary: str  # words parted by blanks, each as often as there are pieces that hold it
    locals: list[ActorRow]
    events: list[EventRow]
    missing: str | None = None  # what there was no time to look for, as a warning says it

    @property
    def published(self) -> str | None:
        """The day of publication."""
        day: str | None = self.document[1]
        return day


Announce = Callable[[int], None]
"""Hears of so many characters that are searched next."""


def make_rows(
    documents: Sequence[Document], seconds: float | None = None, announce: Announce = lambda _: None
) -> list[DocumentRows]:
    """Find everything in each of ``documents`` and make rows of it; those that are not long are
    searched together. Finding in one of them takes at most ``seconds`` (null: no limit) and what
    its length allows (``time_for``); what was not looked for by then is left out and told."""
    texts = [Text(d.text) for d in documents]
    whole = [n for n, d in enumerate(documents) if _searched(d) and len(d.text) <= PIECE]
    alike: dict[_FindingKey, int] = {}  # what stands twice in these documents is searched once
    for n in whole:
        alike.setdefault(_FindingKey.of(documents[n]), n)
    fresh = [n for key, n in alike.items() if key not in _FOUND]
    found = _found([documents[n] for n in fresh], [texts[n] for n in fresh], seconds, announce)
    new = {_FindingKey.of(documents[n]): f for n, f in zip(fresh, found, strict=True)}
    known = {n: new.get(key) or _FOUND[key] for n in whole if (key := _FindingKey.of(documents[n]))}
    for key, findings_ in new.items():
        if len(key.text) >= LONG or findings_.missing:
            _FOUND[key] = findings_
            if len(_FOUND) > KEPT:
                del _FOUND[next(iter(_FOUND))]
    return [_rows(d, texts[n], known.get(n), seconds, announce) for n, d in enumerate(documents)]


class _Found(NamedTuple):
    """What is found in a text, and those of ``find.STAGES`` for which there was no time."""

    findings: Findings
    missing: tuple[str, ...] = ()


def _found(
    documents: list[Document], texts: list[Text], seconds: float | None, announce: Announce
) -> list[_Found]:
    if len(documents) > 1:
        length = sum(len(d.text) for d in documents)
        announce(length)
        together = None if seconds is None else min(seconds, time_for(length, _TOGETHER))
        try:
            with TimeLimit(together):
                return [_Found(f) for f in find.find_all(documents, texts)]
        except Late:  # one of them, or all
            pass
    out: list[_Found] = []
    for document in documents:
        announce(len(document.text))
        out.append(_in_time(document, seconds and time_for(len(document.text), seconds)))
    return out


def _in_time(document: Document, seconds: float | None) -> _Found:
    """What is found in a document by the time that ``seconds`` have passed."""
    stages = [Findings()]
    try:
        with TimeLimit(seconds):
            for found in find.find_by_stages(document):
                stages.append(found)
    except Late:
        pass
    return _Found(stages[-1], find.STAGES[len(stages) - 1 :])


class _FindingKey(NamedTuple):
    """All of a document that decides what is found in it."""

    text: str
    published: str | None
    quoted: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, document: Document) -> _FindingKey:
        return cls(document.text, document.published, document.quoted)


_FOUND: dict[_FindingKey, _Found] = {}
"""What was found in the last long texts, for copies that come in later batches."""


def _rows(
    document: Document,
    parts: Text,
    found: _Found | None,
    seconds: float | None,
    announce: Announce,
) -> DocumentRows:
    """The rows of a document; ``found`` is what is found in it, where it was searched already."""
    text = document.text
    sentences = parts.sentences
    late: list[str] = []
    if found is None:
        announce(len(text))
        limit = seconds and time_for(len(text), seconds)
        pieces = _timely(document, limit, late)
    else:
        pieces = iter([(0, len(text), found.findings)])
        if found.missing:
            late.append(_not_looked_for(found.missing))
    gathered = _Accumulator(document, sentences, pieces)
    chunks_: list[tuple[int, int, int, bytes, bytes, str, str, str]] = []
    vocabulary: list[str] = []
    count = 0
    for piece in segment(text, sentences):
        tokens = tokeniser.tokens(piece.text)
        count += len(tokens)
        heading = (
            heading_tokens(document.title, document.author, document.tags, piece.text)
            if piece.start == 0
            else []
        )
        vocabulary += filter(spelling.correctable, {*tokens, *heading})
        chunks_.append((piece.start, piece.line, piece.column, pack_bounds(piece.sentences),
                        pack_text(piece.text), " ".join(tokens),
                        " ".join(tokeniser.compound_words(piece.text)),
                        " ".join(heading)))  # fmt: skip
    return DocumentRows(
        document=(
            document.title, document.published, document.published_from, document.author,
            document.url, _listed(document.tags), document.language, document.format,
            encode_varints(document.pages) or None, count, len(sentences),
            "".join(gathered.kinds) or None, encode_varints(gathered.company()) or None,
            _listed((*document.warnings, *_unsearched(document), *late)), b"".join(gathered.frames),
        ),
        words=count,
        chunks=chunks_,
        vocabulary=" ".join(vocabulary),
        locals=gathered.finished(),
        events=gathered.events,
        missing=late[0] if late else None,
    )  # fmt: skip


def _not_looked_for(what: Sequence[str], behind: int = 0) -> str:
    """The warning of a text for which there was not time enough; ``behind`` is the offset up to
    which all was looked for."""
    names = f"{', '.join(what[:-1])} and {what[-1]}" if len(what) > 1 else what[0]
    place = f" behind its first {behind:,} characters" if behind else ""
    return f"it took too long: {names} were not looked for{place}"


def _unsearched(document: Document) -> Iterator[str]:
    if len(document.text) > SEARCHED and _searched(document):
        yield f"quotations, actors and dates were looked for in its first {SEARCHED:,} characters"


def _listed(values: tuple[str, ...]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


class _Accumulator:
    """What is found in a document, piece by piece where it is long: only what the index keeps of a
    piece stays in memory."""

    def __init__(
        self,
        document: Document,
        sentences: list[tuple[int, int]],
        pieces: Iterable[tuple[int, int, Findings]],
    ) -> None:
        self.locals: dict[str, _ActorCounts] = {}
        self.places: dict[str, int] = {}
        self.kinds: list[str] = []
        self.events: list[EventRow] = []
        self.frames: list[bytes] = []
        self.pairs: Counter[tuple[int, int]] = Counter()
        self.lines = line_starts(document.text)
        at = 0
        for start, end, found in pieces:
            self.frames.append(pack(found, document.text[start:end], start))
            ends: list[int] = []
            while at < len(sentences) and sentences[at][0] < end:
                ends.append(sentences[at][1] - start)
                at += 1
            self._add(found, start, ends)

    def _add(self, found: Findings, start: int, ends: list[int]) -> None:
        """Count what is in a piece that begins at ``start`` and has sentences up to ``ends``."""
        for actor in found.actors:
            local = self.locals.get(actor.key)
            if local is None:
                self.places[actor.key] = len(self.locals)
                self.locals[actor.key] = _ActorCounts(actor)
            elif actor.roles:
                local.actor = replace(local.actor, roles=local.actor.roles + actor.roles)
        for m in found.mentions:
            local = self.locals.get(m.actor or "")
            if local is None:
                continue
            local.mentions += 1
            if local.first[0] is None:
                begin = m.start + start
                local.first = (begin, m.end + start, *position(self.lines, begin))
            if m.how in ("name", "alias") and m.type != "nationality":
                name = " ".join(m.text.split())
                local.aliases[name] = local.aliases.get(name, 0) + 1
        national = self._national(found)
        for quote in found.quotes:
            n = len(self.kinds)
            said = quote.act == "statement"
            self.kinds.append(quote.kind[0] if said else quote.kind[0].upper())
            for local in self._known({s.actor for s in (*quote.speakers, *quote.outer)}):
                (local.says if said else local.thinks).append(n)
            within = (
                state for piece in quote.fragments
                for start, state in national if piece.start <= start < piece.end
            )  # fmt: skip
            for local in self._known((*quote.about, *within)):
                local.subject.append(n)
        for event in found.events:
            for local in self._known(event.actors):
                local.events.append(len(self.events))
            first, last = (
                day_key(day) if day else None for day in (event.date.start, event.date.end)
            )
            past = event.certainty == "past"
            self.events.append((first, last, event.start + start, int(past), event.role[0]))
        self._count_company(found, ends)

    def _national(self, found: Findings) -> list[tuple[int, str]]:
        """Where states stand as adjectives or by their peoples ("German"), and which; counted for
        the state, in a row of its own where the document does not name it."""
        out: list[tuple[int, str]] = []
        for m in found.mentions:
            state = state_of(m.text) if m.type == "nationality" and m.actor is None else None
            if state is None:
                continue
            if state not in self.locals:
                name = load().display.get(state, state)
                self.places[state] = len(self.locals)
                self.locals[state] = _ActorCounts(DocumentActor(state, name, "country", True))
            self.locals[state].adjectives += 1
            out.append((m.start, state))
        return out

    def _known(self, keys: Iterable[str | None]) -> list[_ActorCounts]:
        return [self.locals[k] for k in set(keys) if k in self.locals]

    def _count_company(self, found: Findings, ends: list[int]) -> None:
        """Count the sentences that name an actor, and those that name two."""
        named = sorted((m.start, m.actor) for m in found.mentions if m.actor in self.locals)
        i = 0
        for end in ends:
            here: set[str] = set()
            while i < len(named) and named[i][0] < end:
                here.add(str(named[i][1]))
                i += 1
            for key in here:
                self.locals[key].sentences += 1
            if 2 <= len(here) <= CROWD:
                group = sorted(self.places[key] for key in here)
                self.pairs.update((a, b) for n, a in enumerate(group) for b in group[n + 1 :])

    def company(self) -> list[int]:
        """Triples: two actors that sentences name together, and how many do."""
        return [number for (a, b), n in sorted(self.pairs.items()) for number in (a, b, n)]

    def finished(self) -> list[ActorRow]:
        """The rows of the actors."""
        return [_row(x) for x in self.locals.values()]


def _row(x: _ActorCounts) -> ActorRow:
    actor = x.actor
    aliases = None
    if x.aliases and x.aliases != {actor.name: x.mentions}:
        aliases = sorted(x.aliases.items())
    roles = None
    if actor.roles:
        counted = Counter((" ".join(r.text.split()), r.state, r.status) for r in actor.roles)
        roles = pack_json([[*k, n] for k, n in sorted(counted.items(), key=repr)])
    return ActorRow(
        actor.key, None if actor.key == slug(actor.name) else actor.key, actor.name,
        TYPES.index(actor.type), actor.known, actor.gender, hash32(block_key(actor)),
        x.mentions, x.adjectives, x.sentences, x.first, encode_varints(x.says) or None,
        encode_varints(x.thinks) or None,
        encode_varints(x.subject) or None, encode_varints(x.events) or None, aliases, roles,
    )  # fmt: skip


def _searched(document: Document) -> bool:
    """Whether its language is one in which we find."""
    return document.language in (None, "en")


def findings(document: Document) -> Iterator[tuple[int, int, Findings]]:
    """What ``find.find`` finds, in pieces of whole paragraphs or sentences where the text is long:
    (start, end, findings with offsets in that piece). Nothing of what is not English."""
    return _timely(document, None, [])


def _timely(
    document: Document, seconds: float | None, late: list[str]
) -> Iterator[tuple[int, int, Findings]]:
    """``findings`` of what is found in ``seconds``; ``late`` takes the warning where more would
    have been needed."""
    if not _searched(document):
        yield 0, len(document.text), Findings()
        return
    until = None if seconds is None else time.monotonic() + seconds
    for start, end in _pieces(document.text):
        if start >= SEARCHED or late:
            yield start, len(document.text), Findings()
            return
        left = None if until is None else max(0.0, until - time.monotonic())
        found = _in_time(_piece(document, start, end), left)
        if found.missing:
            whole = start == 0 and end == len(document.text)
            late.append(_not_looked_for(found.missing if whole else find.STAGES, start))
        yield start, end, found.findings


def _piece(document: Document, start: int, end: int) -> Document:
    quoted = (
        (max(a, start) - start, min(b, end) - start)
        for a, b in document.quoted
        if a < end and start < b
    )
    return replace(document, text=document.text[start:end], quoted=tuple(quoted))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > PIECE:
        low, high = start + PIECE // 2, start + PIECE
        for mark in ("\n\n", "\n", ". ", " "):
            cut = text.rfind(mark, low, high)
            if cut >= 0:
                cut += len(mark)
                break
        else:
            cut = high
        yield start, cut
        start = cut
    yield start, len(text)
