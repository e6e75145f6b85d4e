"""What is known while a text is reckoned: the day of publication, what was named so far, and what
the text as a whole shows of its dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ...model import AnchorKind, TimexType
from . import calendars, periods
from .days import dates_in
from .meanings import Away, Clock, Comparison, Deictic, Draft, Known, Meaning, Named, OtherYear
from .periods import Period
from .tokens import DateTokens, lexicon

QUARTERS = frozenset(("quarter", "half"))
NO_DAY = "the day of publication is not known"
NO_ANCHOR = "the text names no day to count from"
UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
            "quarter": "XXXX-QX", "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX",
            "decade": "XXX", "century": "XX", "fortnight": "XXXX-WXX",
            "millennium": "X"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression comes to: its TIMEX3 value, its period where it has one, else why not."""

    value: str
    period: Period | None = None
    anchor: AnchorKind = "none"
    anchor_date: date | None = None
    reason: str | None = None
    approx: bool = False
    type: TimexType = "DATE"


def known(period: Period | None, anchor: AnchorKind, day: date | None) -> Reading | None:
    """A reading of a period with its own value, null where there is no such period."""
    if period is None:
        return None
    return Reading(period.value, period, anchor, day)


@dataclass(frozen=True, slots=True)
class Seen:
    """A date that the text has named, and in which paragraph."""

    period: Period
    paragraph: int
    explicit: bool  # with its year, not reckoned from the day of publication
    compared: bool = False  # named only to compare with it


@dataclass(frozen=True, slots=True)
class Story:
    """The year that a tale of the past has moved to, and in which paragraph: "In 1974 he was
    jailed"; "The war of 1931 ..."."""

    year: int
    paragraph: int


class Context:
    """The state of one text. ``read`` reads any meaning, for those that hold another."""

    def __init__(
        self,
        words: DateTokens,
        drafts: list[Draft],
        published: str | None,
        read: Callable[[Context, Meaning], Reading | None],
    ) -> None:
        self.words = words
        self.today = date.fromisoformat(published) if published else None
        self.seen: list[Seen] = []
        self.paragraph = 0
        self.before: tuple[Draft, Period | None] | None = None
        self.draft = Draft(0, 0, Known(periods.year(1)))
        self.order = _order(words, drafts, self.today)
        self.known_days = _known_days(drafts)
        self.story: Story | None = None
        self.iranian = any(
            isinstance(d.meaning, OtherYear) and d.meaning.calendar == "SH" for d in drafts
        )
        self.fiscal_end = _fiscal_end(words, drafts)
        self._read = read

    def read(self, meaning: Meaning) -> Reading | None:
        return self._read(self, meaning)

    def remember(self, period: Period, draft: Draft, explicit: bool) -> None:
        """Takes note of a date that later ones may be counted from."""
        meaning = draft.meaning
        match meaning:
            case Comparison() | Named("quarter", ("same",)):
                compared = True
            case Away(_, _, sign, base):
                compared = sign < 0 and (base == "text" or period.unit in {"quarter", "half"})
            case Deictic(_, n, "text"):
                compared = n < 0
            case _:
                compared = False
        self.seen.append(Seen(period, self.paragraph, explicit, compared))

    def anchor(self, unit: str, here: bool = False) -> date | None:
        """The last day named in this paragraph or the one before that is fine enough for a unit."""
        for seen in reversed(self.seen[-8:]):
            if self.paragraph - seen.paragraph > (0 if here else 2):
                return None
            period = seen.period
            if period.first is None or period.edtf.startswith("[") or seen.compared:
                continue
            if periods.finer(period.unit, unit) or _since(period, unit):
                return period.first
            if not here and (unit == "day" or seen.paragraph == self.paragraph):
                return None
        return None

    def latest(self, units: frozenset[str], reach: int) -> Seen | None:
        """The last period of some units that the text tells of, not one named to compare with, at
        most ``reach`` paragraphs back."""
        for seen in reversed(self.seen[-30:]):
            if self.paragraph - seen.paragraph > reach:
                return None
            if seen.period.unit in units and not seen.compared:
                return seen
        return None


def _since(period: Period, unit: str) -> bool:
    """Whether a period is open at its end and begins with something fine enough for a unit: since
    May 2017, from which "that year" is counted."""
    if period.unit != "range" or period.last is not None:
        return False
    begin = {4: "year", 7: "month", 10: "day"}.get(len(period.edtf.partition("/")[0]))
    return begin is not None and periods.finer(begin, unit)


def _known_days(drafts: list[Draft]) -> dict[tuple[int, int], list[date]]:
    """The days that a text names with their year, by month and day."""
    found: dict[tuple[int, int], list[date]] = {}
    for draft in drafts:
        match draft.meaning:
            case Known(Period(unit="day", first=date() as day)):
                found.setdefault((day.month, day.day), []).append(day)
            case Clock(on=Known(Period(unit="day", first=date() as day))):
                found.setdefault((day.month, day.day), []).append(day)
    return found


def _order(words: DateTokens, drafts: list[Draft], today: date | None) -> str | None:
    """``day`` or ``month``: what comes first in the numeric dates of this text, where it shows.

    It shows in a date that reads only one way (25/03/2020), and in one that is the day of
    publication. A text that shows both ways shows none.
    """
    shown: set[str] = set()
    numeric = lexicon().letters["NUMDATE"]
    for draft in drafts:
        if words.kinds[draft.last - 1] != numeric:
            continue
        first, second, year = dates_in(words.word(draft.last - 1))
        by_day, by_month = calendars.day(year, second, first), calendars.day(year, first, second)
        if by_day == by_month:
            continue
        if by_month is None or by_day == today:
            shown.add("day")
        elif by_day is None or by_month == today:
            shown.add("month")
    return shown.pop() if len(shown) == 1 else None


def _fiscal_end(words: DateTokens, drafts: list[Draft]) -> tuple[int, int] | None:
    """Month and day on which the business year ends, where the text says how it ends or begins."""
    letters = lexicon().letters
    for draft in drafts:
        meaning = draft.meaning
        if isinstance(meaning, Named) and meaning.unit == "day":
            day = calendars.day(2000, int(meaning.key[0]), int(meaning.key[1]))
        elif isinstance(meaning, Known) and meaning.period.unit == "day":
            day = meaning.period.first
        else:
            continue
        window = words.kinds[max(0, draft.first - 6) : draft.first]
        fiscal = window.find(letters["FISCAL"])
        if day is None or fiscal < 0:
            continue
        if window.rfind(letters["ENDING"]) > fiscal:
            return day.month, day.day
        if window.rfind(letters["BEGINS"]) > fiscal:
            eve = periods.moved(day, -1, "day")
            return (eve.month, eve.day) if eve else None
    return None
