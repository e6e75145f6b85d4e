"""What an expression says before it is reckoned: the words understood, no day fixed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .periods import Period

Base = Literal["published", "text"]


@dataclass(frozen=True, slots=True)
class Known:
    """A date that says all by itself: 5 July 2021."""

    period: Period
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A numeric date that reads as day-month and as month-day: 03/04/2020."""

    year: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Named:
    """A month, weekday, quarter, season, half or day of the month, in a year or week not told.

    ``key`` is (month,), (month, day), (weekday,), (number,), (season code,) or for a
    feast of another calendar (calendar, month, day).
    """

    unit: Literal["month", "day", "weekday", "quarter", "half", "season", "nth", "feast"]
    key: tuple[int | str, ...]
    within: Meaning | None = None
    direction: int = 0
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Deictic:
    """The unit that holds the anchor's day, moved by ``n`` of its kind: last week, that year."""

    unit: str
    n: int
    base: Base = "published"


@dataclass(frozen=True, slots=True)
class Away:
    """A count of units away from a day: two years ago, three days earlier. ``n`` is null where the
    count is vague (a few); ``of`` is the date that it is counted from, where the text says so.
    ``exact`` asks for the very day: a year ago on Tuesday."""

    n: float | None
    unit: str
    sign: int
    base: Base = "published"
    of: Meaning | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same stretch a year before (the year-earlier quarter, a year ago of a quarter)."""

    unit: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A count of units that ends (or begins) at the anchor: the past three weeks."""

    n: float | None
    unit: str
    sign: int
    value: str


@dataclass(frozen=True, slots=True)
class Start:
    """The first units of a longer one, or its last: the first nine months of 2020."""

    n: int
    unit: str
    value: str
    within: Meaning | None
    end: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A duration that lies nowhere: three weeks."""

    value: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A set: every Thursday."""

    value: str


@dataclass(frozen=True, slots=True)
class Ref:
    """The past, the present or the future as a whole."""

    value: str


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A business year, whose days only the text can tell, or a quarter of it."""

    year: int | None
    n: int = 0
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day (``T10:30``, ``TMO``), on the day ``on`` where that is told."""

    value: str
    on: Meaning | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Since:
    """A date from which (or until which) something holds; its own value is kept."""

    of: Meaning
    sign: int


@dataclass(frozen=True, slots=True)
class OtherYear:
    """A year of the Iranian (``SH``) or Islamic (``AH``) calendar."""

    calendar: str
    year: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A number of months that ends on a day: the nine months ended Sept. 30."""

    months: int
    value: str
    quarter: int | None
    on: Meaning


@dataclass(frozen=True, slots=True)
class NthOf:
    """The nth (last: -1) day, weekday or week of a month or year: the first Monday of May."""

    n: int
    unit: Literal["day", "weekday", "week"]
    weekday: int | None
    within: Meaning


@dataclass(frozen=True, slots=True)
class Each:
    """Several days, each of them meant: 5 and 12 June; 4, 5 and 9 June."""

    days: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The early, middle or late part of a period."""

    of: Meaning
    mod: str


Meaning = (
    Known | Ambiguous | Named | Deictic | Away | Comparison | Stretch | Start | Length | Repeat
    | Ref | Fiscal | Clock | Range | Since | OtherYear | Ended | NthOf | Each | Part
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression found: tokens ``first`` to ``last`` (exclusive), its meaning, TIMEX3's mod."""

    first: int
    last: int
    meaning: Meaning
    mod: str | None = None
    reference: bool = False
