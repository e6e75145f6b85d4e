"""Findings <-> bytes. Words that stand in the text are not stored again, only their offsets."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args, overload

from ..model import (
    DocumentActor,
    Event,
    EventRole,
    Findings,
    Mention,
    Quote,
    QuoteAct,
    ResolvedDate,
    Role,
    Span,
    Speaker,
    TimeExpression,
)
from .offsets import concatenated, shifted

ACTS: tuple[QuoteAct, ...] = get_args(QuoteAct)
"""What the numbers of ``act`` mean."""


@cache
def _common(name: str) -> bytes:
    """What texts (common.txt: the commonest words of English news) or findings (rows.txt: those of
    the sample reports) have in common; zlib refers to it instead of storing it again. The two are
    part of the format: a change of them is a change of schema."""
    return files(__package__).joinpath(f"{name}.txt").read_bytes()


@cache
def _compressor(common: str) -> Any:
    return zlib.compressobj(5, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, _common(common))


pack_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _compressed(text: str, common: str) -> bytes:
    squeeze = _compressor(common).copy()  # cheaper than to take in the common words each time
    return bytes(squeeze.compress(text.encode("utf-8", "surrogatepass")) + squeeze.flush())


def _decompressed(data: bytes, common: str) -> str:
    expand = zlib.decompressobj(-15, _common(common))
    return (expand.decompress(data) + expand.flush()).decode("utf-8", "surrogatepass")


def pack_text(text: str) -> bytes:
    data = _compressed(text, "common")
    return struct.pack("<I", zlib.crc32(data)) + data


def unpack_text(data: bytes) -> str:
    """Raises zlib.error where ``data`` is not what ``pack_text`` gave."""
    return _decompressed(_verified(data[4:], *struct.unpack_from("<I", data)), "common")


def pack_numbers(columns: Sequence[Sequence[int | None]]) -> bytes:
    """Columns of numbers as bytes, quick to read again where they are long."""
    return zlib.compress(pack_json(columns).encode())


def unpack_numbers(data: bytes) -> list[list[Any]]:
    """The inverse of ``pack_numbers``."""
    columns: list[list[Any]] = json.loads(zlib.decompress(data))
    return columns


def _verified(data: bytes, crc: int, seed: int = 0) -> bytes:
    if zlib.crc32(data, seed) != crc:
        raise zlib.error("bytes of it changed on the disk")
    return data


def pack(found: Findings, text: str, start: int = 0) -> bytes:
    """``found`` in ``text``, a piece of a document that begins at ``start`` of it, as bytes. Those
    of all pieces, one behind the other, are what ``unpack`` takes."""
    packing = _Encoder(text)
    rows = [
        _delta_coded([packing.mention(m) for m in found.mentions]),
        [packing.actor(a) for a in found.actors],
        _delta_coded([packing.quote(q) for q in found.quotes], 1),
        _delta_coded([packing.timex(d) for d in found.dates]),
        _delta_coded([packing.event(e) for e in found.events]),
        packing.keys,
    ]
    data = _compressed(pack_json(rows), "rows")
    return struct.pack("<III", start, len(data), zlib.crc32(data, start ^ len(data))) + data


def _delta_coded(rows: list[list[Any]], at: int = 0) -> list[list[Any]]:
    """Rows whose start, at place ``at``, counts from that of the row before."""
    before = 0
    for row in rows:
        row[at], before = row[at] - before, row[at]
    return rows


def _delta_decoded(rows: list[list[Any]], at: int = 0) -> list[list[Any]]:
    """The inverse of ``_delta_coded``."""
    before = 0
    for row in rows:
        before = row[at] = row[at] + before
    return rows


def unpack(data: bytes, text: str) -> Findings:
    """The findings in a document's ``text`` that ``pack`` stored."""
    pieces = _rows(data, text)
    return concatenated([shifted(_unpacked(rows, piece), start) for rows, piece, start in pieces])


class Unpacked(Sequence[Any]):
    """The mentions, quotations or events alone of what ``unpack`` gives, each made when it is asked
    for."""

    def __init__(
        self, kind: Literal["mentions", "quotes", "events"], data: bytes, text: str
    ) -> None:
        place, counted, self._read = _ALONE[kind]
        self.kind = kind
        self._packed: list[tuple[_Decoder, list[Any], int]] = []
        for rows, piece, start in _rows(data, text):
            reading = _Decoder(piece, rows[-1])
            self._packed += ((reading, r, start) for r in _delta_decoded(rows[place], counted))
        self._made: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, n: int) -> Any: ...
    @overload
    def __getitem__(self, n: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, n: int | slice) -> Any:
        if isinstance(n, slice):
            return tuple(self[m] for m in range(*n.indices(len(self))))
        made = self._made.get(n)
        if made is None:
            reading, row, start = self._packed[n]
            made = self._read(reading, row)
            if start:
                (made,) = getattr(shifted(Findings(**{self.kind: (made,)}), start), self.kind)
            self._made[n] = made
        return made


class UnpackedMentions(Unpacked):
    def __init__(self, data: bytes, text: str) -> None:
        super().__init__("mentions", data, text)

    def named(self) -> Iterator[tuple[str, int, int]]:
        """The key of an actor, start and end of each mention that is no pronoun; makes none."""
        for reading, (at, length, _, _, how, actor, _), start in self._packed:
            if actor is not None and how != "pronoun":
                yield reading.keys[actor], start + at, start + at + length


class UnpackedQuotes(Unpacked):
    def __init__(self, data: bytes, text: str) -> None:
        super().__init__("quotes", data, text)

    def spoken(self, keys: Container[str]) -> set[int]:
        """Where the sentences start in which an actor of ``keys`` speaks, or is told by another to
        have spoken; makes no quotation."""
        return {
            start + row[1] + row[5][0]
            for reading, row, start in self._packed
            if any(s[3] is not None and reading.keys[s[3]] in keys for s in (*row[7], *row[8]))
        }


def _rows(data: bytes, text: str) -> Iterator[tuple[list[Any], str, int]]:
    """The rows of each piece of a document, with its text and where that begins."""
    packed: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        start, size, crc = struct.unpack_from("<III", data, at)
        at += 12
        piece, at = data[at : at + size], at + size
        packed.append((start, _verified(piece, crc, start ^ size)))
    ends = [*(start for start, _ in packed[1:]), len(text)]
    for (start, piece), end in zip(packed, ends, strict=True):
        yield json.loads(_decompressed(piece, "rows")), text[start:end], start


def _unpacked(rows: list[Any], text: str) -> Findings:
    mentions, actors, quotes, dates, events, keys = rows
    reading = _Decoder(text, keys)
    return Findings(
        tuple(reading.mention(m) for m in _delta_decoded(mentions)),
        tuple(reading.actor(a) for a in actors),
        tuple(reading.quote(q) for q in _delta_decoded(quotes, 1)),
        tuple(reading.timex(d) for d in _delta_decoded(dates)),
        tuple(reading.event(e) for e in _delta_decoded(events)),
    )


class _Encoder:
    """Objects -> lists; an actor's key is its place in ``keys``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.places: dict[str, int] = {}

    def key(self, key: str | None) -> int | None:
        if key is None:
            return None
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.keys)
            self.keys.append(key)
        return place

    def words(self, start: int | None, end: int | None, words: str) -> str | int:
        """0 where ``words`` are those of the text between the offsets."""
        return 0 if start is not None and self.text[start:end] == words else words

    def span(self, x: Span) -> list[Any]:
        return [x.start, x.end - x.start, self.words(x.start, x.end, x.text)]

    def mention(self, x: Mention) -> list[Any]:
        head = 0 if x.head == x.text else x.head
        row = [x.start, x.end - x.start, self.words(x.start, x.end, x.text), x.type, x.how,
               self.key(x.actor), head]  # fmt: skip
        return row

    def actor(self, x: DocumentActor) -> list[Any]:
        roles = [[*self.span(Span(r.start, r.end, r.text)), r.state, r.status] for r in x.roles]
        return [self.key(x.key), x.name, x.type, int(x.known), x.gender, roles]

    def near(self, x: Span, start: int) -> list[Any]:
        return [x.start - start, x.end - x.start, self.words(x.start, x.end, x.text)]

    def speaker(self, x: Speaker, start: int) -> list[Any]:
        length = None if x.start is None or x.end is None else x.end - x.start
        return [None if x.start is None else x.start - start, length,
                self.words(x.start, x.end, x.text), self.key(x.actor), x.name, x.how,
                x.reason]  # fmt: skip

    def quote(self, x: Quote) -> list[Any]:
        at = x.start
        fragments = [self.near(f, at) for f in x.fragments]
        content = 0 if x.content == " ".join(f.text for f in x.fragments) else x.content
        return [
            x.kind, at, x.end - at, content, fragments, self.near(x.sentence, at),
            self.near(x.cue, at) if x.cue else None, [self.speaker(s, at) for s in x.speakers],
            [self.speaker(s, at) for s in x.outer], [self.key(a) for a in x.about],
            round(x.confidence, 4), x.reason, ACTS.index(x.act), round(x.content_confidence, 4),
        ]  # fmt: skip

    def date(self, x: ResolvedDate, words: str) -> list[Any]:
        return [0 if x.text == words else x.text, x.edtf, x.start, x.end, x.granularity, x.mod,
                x.anchor_kind, x.anchor_date]  # fmt: skip

    def timex(self, x: TimeExpression) -> list[Any]:
        return [*self.span(Span(x.start, x.end, x.text)), x.type, x.value, x.mod,
                self.date(x.date, x.text) if x.date else None, int(x.reference),
                x.reason]  # fmt: skip

    def event(self, x: Event) -> list[Any]:
        return [*self.span(Span(x.start, x.end, x.text)), self.date(x.date, ""),
                [self.key(a) for a in x.actors], x.certainty, x.role[0],
                int(x.polarity == "negative"), x.reading, x.statement]  # fmt: skip


ROLES: dict[str, EventRole] = {"h": "happening", "s": "statement", "b": "background"}
"""What the letters of ``role`` mean."""


class _Decoder:
    """Lists -> objects."""

    def __init__(self, text: str, keys: list[str]) -> None:
        self.text = text
        self.keys = keys

    def key(self, place: int | None) -> str | None:
        return None if place is None else self.keys[place]

    def span(self, row: list[Any]) -> Span:
        start, length, words = row
        end = start + length
        return Span(start, end, self.text[start:end] if words == 0 else words)

    def mention(self, row: list[Any]) -> Mention:
        *place, kind, how, actor, head = row
        x = self.span(place)
        return Mention(
            x.start, x.end, x.text, kind, how, self.key(actor), x.text if head == 0 else head
        )

    def actor(self, row: list[Any]) -> DocumentActor:
        key, name, kind, known, gender, roles = row
        return DocumentActor(self.keys[key], name, kind, bool(known), gender,
                             tuple(self._role(r) for r in roles))  # fmt: skip

    def _role(self, row: list[Any]) -> Role:
        *place, state, status = row
        x = self.span(place)
        return Role(x.start, x.end, x.text, state, status)

    def near(self, row: list[Any], start: int) -> Span:
        return self.span([row[0] + start, row[1], row[2]])

    def speaker(self, row: list[Any], at: int) -> Speaker:
        near, length, words, actor, name, how, reason = row
        start = None if near is None else near + at
        end = None if start is None or length is None else start + length
        return Speaker(self.text[start:end] if words == 0 else words, start, end, self.key(actor),
                       name, how, reason)  # fmt: skip

    def quote(self, row: list[Any]) -> Quote:
        (kind, at, length, content, fragments, sentence, cue, speakers, outer, about, confidence,
         reason, act, content_confidence) = row  # fmt: skip
        pieces = tuple(self.near(f, at) for f in fragments)
        return Quote(
            kind, at, at + length, " ".join(f.text for f in pieces) if content == 0 else content,
            pieces, self.near(sentence, at), self.near(cue, at) if cue else None,
            tuple(self.speaker(s, at) for s in speakers), tuple(self.speaker(s, at) for s in outer),
            tuple(self.keys[a] for a in about), confidence, reason, ACTS[act], content_confidence,
        )  # fmt: skip

    def date(self, row: list[Any], words: str) -> ResolvedDate:
        text, *rest = row
        return ResolvedDate(words if text == 0 else text, *rest)

    def timex(self, row: list[Any]) -> TimeExpression:
        *place, kind, value, mod, date, reference, reason = row
        x = self.span(place)
        return TimeExpression(x.start, x.end, x.text, kind, value, mod,
                              self.date(date, x.text) if date else None, bool(reference),
                              reason)  # fmt: skip

    def event(self, row: list[Any]) -> Event:
        *place, date, actors, certainty, role, negative, reading, statement = row
        x = self.span(place)
        return Event(x.start, x.end, x.text, self.date(date, ""),
                     tuple(self.keys[a] for a in actors), certainty, ROLES[role],
                     "negative" if negative else "positive", reading,
                     (statement[0], statement[1]) if statement else None)  # fmt: skip


# kind -> its place among the rows, that of the start in its rows, and who reads one
_ALONE: dict[str, tuple[int, int, Callable[[_Decoder, list[Any]], Any]]] = {
    "mentions": (0, 0, _Decoder.mention),
    "quotes": (2, 1, _Decoder.quote),
    "events": (4, 0, _Decoder.event),
}
