"""The one data model: what is read, what is found in it, and what is answered.

All offsets are Unicode code points into ``Document.text``; ends are exclusive, so
``text[x.start:x.end]`` is always the words themselves. Days are ISO strings (``YYYY-MM-DD``),
which sort as text. Everything here is frozen: a later step makes a new object
(``dataclasses.replace``), it never changes an old one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")

ActorType = Literal["person", "country", "organisation", "place"]
MentionType = Literal["person", "country", "organisation", "place", "nationality"]
MentionHow = Literal["name", "alias", "role", "pronoun"]
QuoteKind = Literal["direct", "mixed", "indirect"]
QuoteAct = Literal["statement", "thought", "attitude"]
RESERVATIONS = ("denied", "negated", "asked", "hypothetical", "alleged", "expected")
SpeakerHow = Literal["name", "pronoun", "role", "carried"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal[
    "day", "week", "month", "quarter", "season", "half", "year", "decade", "range"
]
Mod = Literal["start", "mid", "end", "approx"]
AnchorKind = Literal["published", "text", "none"]
Certainty = Literal["past", "planned", "hypothetical"]
EventRole = Literal["happening", "statement", "background"]
Polarity = Literal["positive", "negative"]


# ---- what is read -------------------------------------------------------------------------


class Record:
    """What stands in an answer; ``to_dict`` gives it as the command line's JSON has it."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as in ``docs/schema``: of an answer ``total`` and ``results``."""
        made: dict[str, Any] = import_module(".show.records", __package__).record(self)
        return made


@dataclass(frozen=True, slots=True)
class Document:
    """One document as a reader gives it; nothing is found in it yet.

    ``id`` is the first 12 hex digits of the SHA-256 of the document's bytes. ``path`` is as the
    user would write it; a member of an archive or mailbox is ``archive.zip!inner/name.txt``.
    ``published_from`` says where the day was found (``option``, ``sidecar``, ``metadata``,
    ``dateline``, ``filename``), null where none was. ``pages`` holds the offset at which each
    page starts, empty where the format knows no pages. ``quoted`` are the (start, end) parts in
    which a mail repeats another message. ``language`` is an ISO 639-1 code.
    """

    id: str
    path: str
    text: str
    format: str = "text"
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    pages: tuple[int, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


# ---- what is found in one document --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A place where an actor is named, meant by a role, or by a pronoun.

    ``actor`` is the key of a ``DocumentActor`` of the same document, null where it is not sure
    who is meant. ``names.find`` sets it only where a lexicon knows the name (``russia`` for
    "Moscow"); ``actors.resolve`` sets the rest. ``head`` holds the family name (or the part by
    which a person is called later) where it is known.
    """

    start: int
    end: int
    text: str
    type: MentionType
    how: MentionHow = "name"
    actor: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the text gives it to an actor ("Bahraini Foreign Minister"), where it says so.

    ``state`` is the lexicon id of the state or organisation it is tied to (``bahrain``), ``status``
    tells a role that is not held now (``former``, ``acting``, ``designate``), null for one that is.
    """

    start: int
    end: int
    text: str
    state: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentActor:
    """Someone or something as one document knows it. ``key`` is unique within the document: the
    lexicon id where there is one (``known`` is then true), else a slug of the fullest name."""

    key: str
    name: str
    type: ActorType
    known: bool = False
    gender: Literal["f", "m"] | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """The source of a quotation: the mention as written, and who that is.

    ``start`` and ``end`` are null where the text names no one at the quotation itself and the
    speaker is carried over. ``actor`` is a ``DocumentActor`` key, ``name`` its fullest name; both
    null where it is not sure, and then ``reason`` says why in a few plain words.
    """

    text: str
    start: int | None
    end: int | None
    actor: str | None = None
    name: str | None = None
    how: SpeakerHow | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quote(Record):
    """A quotation: its content word for word, its cue, its source.

    ``start`` and ``end`` bound the content (marks excluded), ``fragments`` are its parts where a
    tag interrupts it (one part otherwise), ``content`` is the fragments' texts joined by " ".
    ``speakers`` holds all sources (joint statements); the first is the main one, none means that
    nobody is named. ``outer`` are the speakers through whom it is reported ("H said Saleh had told
    him ..."). ``confidence`` (0 to 1) is the probability that the speaker is right,
    ``content_confidence`` that this is what was reported. ``reason`` tells what keeps the source
    from plainly saying it (``asserted`` is then false), or why nobody is named.
    """

    kind: QuoteKind
    start: int
    end: int
    content: str
    fragments: tuple[Span, ...]
    sentence: Span
    cue: Span | None = None
    speakers: tuple[Speaker, ...] = ()
    outer: tuple[Speaker, ...] = ()
    about: tuple[str, ...] = ()
    confidence: float = 0.0
    reason: str | None = None
    act: QuoteAct = "statement"
    content_confidence: float = 0.0

    @property
    def asserted(self) -> bool:
        """Whether the source is told to say it, whoever that is."""
        return self.reason not in RESERVATIONS

    @property
    def shown(self) -> str:
        """The content as one text, with " … " between its fragments."""
        if len(self.fragments) < 2:
            return self.content
        return " … ".join(fragment.text.rstrip(" ,") for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """What a temporal expression names, with its precision kept.

    ``edtf`` is the value in EDTF; ``start`` and ``end`` are its first and last day, inclusive, null
    where the span is open on that side. ``anchor_date`` is the day it was reckoned from.
    """

    text: str
    edtf: str
    start: str | None
    end: str | None
    granularity: Granularity
    mod: Mod | None = None
    anchor_kind: AnchorKind = "none"
    anchor_date: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression(Record):
    """A temporal expression (TIMEX3): durations and sets too.

    ``value`` is the TIMEX3 value, ``mod`` the TIMEX3 mod. ``date`` is null where it names no day
    or span, and then ``reason`` may say why. ``reference`` is true where the date is part of a name
    ("the 2015 deal") and tells of no event of this report.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    date: ResolvedDate | None = None
    reference: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Event(Record):
    """A dated clause and what it is to its report.

    ``role`` tells a happening from a ``statement`` (somebody said something on that day) and from
    ``background`` (states, asides, what was long before). ``polarity`` is negative where the clause
    tells what did not happen. ``reading`` is the clause as it reads by itself, a pronoun or a
    missing subject replaced by the actor in brackets; empty where none is. ``statement`` holds the
    bounds of the quotation of the same document in whose content it stands or, where it is a
    statement, of the one that it makes; null where there is none. A date without ``text`` is that
    of a report that tells the happening first and names no day.
    """

    start: int
    end: int
    text: str
    date: ResolvedDate
    actors: tuple[str, ...] = ()
    certainty: Certainty = "past"
    role: EventRole = "happening"
    polarity: Polarity = "positive"
    reading: str = ""
    statement: tuple[int, int] | None = None

    @property
    def display(self) -> str:
        """The clause as it is shown: with a capital."""
        words = self.reading or self.text
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Findings(Record):
    """All that was found in one document, each list in order of the text."""

    mentions: tuple[Mention, ...] = ()
    actors: tuple[DocumentActor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()


# ---- what is answered ---------------------------------------------------------------------


FAR = 200
"""Behind so many characters the line alone does not lead to a place."""


def place(line: int, column: int | None) -> str:
    """What stands behind the path where a place is shown, and ``show`` opens: ``:LINE``, and
    ``:COLUMN`` where that is far into a long line."""
    return f":{line}:{column}" if column is not None and column > FAR else f":{line}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer stands. ``line`` counts from 1, and so does ``column``, in the code points of
    that line; ``page`` is null where there are none."""

    doc: str
    path: str
    title: str | None
    published: str | None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """The line, and the column where it matters, as they stand behind the path; '' where there
        is no line."""
        return "" if self.line is None else place(self.line, self.column)


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """A passage that answers a search. ``highlights`` are offsets in ``text``; ``score`` is 0 to
    100; ``corrections`` maps a typed word to the words that were matched for it; ``folded`` are the
    sources of near-duplicates that this one stands for."""

    source: Source
    text: str
    score: float
    highlights: tuple[tuple[int, int], ...] = ()
    corrections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    folded: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundQuote(Record):
    """A quotation with its source; actor ids are those of the whole index. ``similarity`` (0 to
    100) is set where it was looked up by its wording."""

    source: Source
    quote: Quote
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class FoundMention(Record):
    source: Source
    mention: Mention


@dataclass(frozen=True, slots=True)
class FoundDate(Record):
    source: Source
    timex: TimeExpression


@dataclass(frozen=True, slots=True)
class FoundEvent(Record):
    """A timeline entry. ``also`` are the other documents that tell the same event, ``conflicts``
    those that tell it otherwise (each with its own event). ``weight`` (0 to 1) is how much it
    matters, null where that was not asked; ``reports`` is how many documents tell it in words of
    their own."""

    source: Source
    event: Event
    also: tuple[FoundEvent, ...] = ()
    conflicts: tuple[FoundEvent, ...] = ()
    weight: float | None = None
    reports: int = 1


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """A role over all documents: how often it was given, and on which days first and last."""

    text: str
    count: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """An actor over the whole index. ``id`` is a slug; ``aliases`` are (text, count) pairs, most
    frequent first; ``first`` and ``last`` are days; ``source`` is its first mention. ``adjectives``
    counts a state's adjectives and its people ("German", "Germans"), which are no mentions."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[tuple[str, int], ...] = ()
    roles: tuple[RoleRecord, ...] = ()
    mentions: int = 0
    documents: int = 0
    quotes: int = 0
    first: str | None = None
    last: str | None = None
    source: Source | None = None
    adjectives: int = 0


@dataclass(frozen=True, slots=True)
class Company:
    """Who appears with an actor: ``sentences`` is the raw count, ``score`` how much more than
    chance (the measure is named in ``answer/actor_profile.py``), ``passage`` a sentence that tells
    in what."""

    id: str
    name: str
    sentences: int
    score: float
    type: ActorType = "person"
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A saying: a quotation with the sources of the other documents that have it in nearly the same
    words of the same speaker; ``reports`` is how many documents have it."""

    found: FoundQuote
    also: tuple[Source, ...] = ()
    reports: int = 1


@dataclass(frozen=True, slots=True)
class ActorSummary(Record):
    """All about one actor. ``summary`` are the sentences that say most; ``statements`` are its own,
    ``said_about`` those of others; ``events`` are those that matter most, in order of days."""

    actor: Actor
    summary: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    said_about: tuple[Statement, ...] = ()
    appears_with: tuple[Company, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    passages: tuple[Passage, ...] = ()
    by_month: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a draft departs from its source, word by word. ``marked`` is true for a
    change that a careful writer marks (brackets, an ellipsis)."""

    op: Literal["insert", "delete", "replace"]
    draft: str
    source: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict(Record):
    """What became of one quotation of a draft. ``line`` is its line in the draft ``file``."""

    quote: str
    line: int
    verdict: Literal["verbatim", "altered", "misattributed", "not_found"]
    claimed_speaker: str | None = None
    match: FoundQuote | Passage | None = None
    similarity: float = 0.0
    differences: tuple[Difference, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenedName(Record):
    """A name of a list, the actor of the index that it means (null where none is surely meant), and
    how like it is to the nearest name of that actor (0 to 100)."""

    asked: str
    actor: Actor | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """What several sides say of one matter: ``claims``, and ``denials`` of them where there are
    any."""

    claims: tuple[Statement, ...]
    denials: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One actor's statements in a dossier, the best first."""

    actor: Actor
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Brief(Record):
    """A dossier on an actor (then ``actor`` is set) or a query. Every sentence in it is a sentence
    of a source; ``sources`` are all that it cites, oldest first, their place is their number, and
    ``cited`` has for each how often.

    ``documents`` is how many bear on the topic, ``first`` and ``last`` are the days of their
    publication, ``made`` is when the dossier was made (ISO 8601). ``exchanges`` are what several
    sides say of one matter, ``conflicts`` events that documents date or count differently,
    ``disputed`` other statements that deny or reject, ``open_questions`` claims that one document
    alone makes. ``links`` are (id, id, sentences with both) between the key actors.
    """

    topic: str
    actor: Actor | None
    summary: tuple[Passage, ...]
    actors: tuple[Actor, ...]
    voices: tuple[Voice, ...]
    exchanges: tuple[Exchange, ...]
    timeline: tuple[FoundEvent, ...]
    conflicts: tuple[FoundEvent, ...]
    disputed: tuple[Statement, ...]
    open_questions: tuple[Passage, ...]
    links: tuple[tuple[str, str, int], ...]
    sources: tuple[Source, ...] = ()
    cited: tuple[int, ...] = ()
    documents: int = 0
    first: str | None = None
    last: str | None = None
    made: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord(Record):
    """A document as the index holds it, without its text; ``paths`` are all files of its bytes."""

    source: Source
    paths: tuple[str, ...]
    words: int
    format: str
    language: str | None
    published_from: str | None
    author: str | None
    url: str | None
    tags: tuple[str, ...]
    indexed_at: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Which documents a question looks at: published (for a timeline: dated) from ``since`` to
    ``until`` (ISO days, inclusive, null where open), path or id matching the glob ``doc``, added to
    the index on or after the day ``added``, or (``last``) by the last run that added any."""

    since: str | None = None
    until: str | None = None
    doc: str | None = None
    added: str | None = None

    def without_days(self) -> Window:
        """The same documents, whenever they were published."""
        return Window(doc=self.doc, added=self.added)


@dataclass(frozen=True, slots=True)
class Answer(Record, Generic[T]):
    """What a question yields: ``total`` counts all that match, ``results`` at most the limit."""

    total: int
    results: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """One question of a list, and its answer."""

    asked: str
    answer: Answer[T]
