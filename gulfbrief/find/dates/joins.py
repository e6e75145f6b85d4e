"""Neighbours put together: modifiers and what they modify, a time and its day, ends of a range."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import cast

from .meanings import (
    Away,
    Clock,
    Deictic,
    Draft,
    Ended,
    Fiscal,
    Known,
    Length,
    Meaning,
    Named,
    Part,
    Range,
    Ref,
    Repeat,
    Since,
    Start,
    Stretch,
)
from .patterns import compiled
from .tokens import OTHER, DateTokens, lexicon
from .verbs import ends_sentence

_PERIODS = (Known, Named, Deictic, Fiscal)

_MOVES = frozenset(
    "put moved brought postponed delayed rescheduled pushed deferred shifted switched".split()
)


def join(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """The drafts widened by their modifiers, then joined with their neighbours."""
    widened: list[Draft] = []
    for draft in _opening_hours(words, drafts):
        floor = widened[-1].last if widened else 0
        widened.append(_widen(words, draft, floor))
    timed = _same_sentence(words, _shared(words, _times(words, widened)))
    return _ended(words, _ranges(words, timed))


def _opening_hours(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """The drafts, weekdays with the hours that follow them made one: Monday to Friday, 9am to 5pm,
    which is every week's."""
    to = (lexicon().letters["TO"], lexicon().letters["HYPHEN"])
    out: list[Draft] = []
    i = 0
    while i < len(drafts):
        four = drafts[i : i + 4]
        days, hours = [d.meaning for d in four[:2]], [d.meaning for d in four[2:]]
        if (
            len(four) == 4
            and all(isinstance(m, Named) and m.unit == "weekday" for m in days)
            and all(isinstance(m, Clock) and m.on is None for m in hours)
            and words.kinds[four[0].last : four[1].first] in to
            and words.kinds[four[2].last : four[3].first] in to
            and _gap("COMMA?").fullmatch(words.kinds[four[1].last : four[2].first])
        ):
            keys = [str(cast(Named, m).key[0]) for m in days]
            value = f"XXXX-WXX-{keys[0]}/XXXX-WXX-{keys[1]}"
            out.append(Draft(four[0].first, four[3].last, Repeat(value)))
            i += 4
            continue
        out.append(drafts[i])
        i += 1
    return out


@cache
def _before() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What may stand before an expression and belong to it; each is read up to its end."""
    return tuple(
        (re.compile(compiled(source).pattern + r"\Z"), name)
        for source, name in (
            ("(EARLY|MID|LATE) (IN|ON)? HYPHEN?", "part"),
            ("THE (EARLY|MID|LATE) HYPHEN?", "part"),
            ("THE? EDGE OF", "part"),
            ("EDGE HYPHEN", "part"),
            ("THE? (EARLY|LATE) EDGE OF", "part"),
            ("THE MID OF", "part"),
            ("(EARLIER|LATER) (ON|IN)?", "within"),
            ("APPROX", "about"),
            ("(MORE|LESS) THAN", "about"),
            ("NO (MORE|LESS) THAN", "at_most"),
            ("AT LEAST", "about"),
            ("UP TO", "at_most"),
            ("THE EVE OF", "eve"),
            ("THE PART OF THE?", "part_of_day"),
            ("THE UNIT OF THE?", "part_of_day"),
            ("SINCE", "since"),
            ("UNTIL", "until"),
        )
    )


@lru_cache(maxsize=1 << 12)
def _modifier(window: str) -> tuple[str, re.Match[str]] | None:
    """What modifies an expression with these words before it, the longest of what may."""
    best: tuple[str, re.Match[str]] | None = None
    for regex, name in _before() if window.strip(OTHER) else ():
        m = regex.search(window)
        if m is not None and (best is None or m.start() < best[1].start()):
            best = name, m
    return best


def _widen(words: DateTokens, draft: Draft, floor: int) -> Draft:
    """A draft with the modifiers before it, as many as there are."""
    for _ in range(3):
        wider = _modify(words, draft, floor)
        if wider is None:
            return draft
        draft = wider
    return draft


def _modify(words: DateTokens, draft: Draft, floor: int) -> Draft | None:
    start = max(floor, draft.first - 5)
    window = words.kinds[start : draft.first]
    if (found := _modifier(window)) is None:
        return None
    name, m = found
    first = start + m.start()
    meaning = draft.meaning
    values = {n: words.values[start + m.start(n)] for n, v in m.groupdict().items() if v}
    if name == "part":
        mod = str(values.get("EARLY") or values.get("MID") or values.get("LATE")
                  or values.get("EDGE"))  # fmt: skip
        if isinstance(meaning, Clock):
            return replace(draft, first=first, mod=mod)
        if not isinstance(meaning, _PERIODS):
            return None
        return replace(draft, first=first, meaning=Part(_of_published(meaning), mod), mod=mod)
    if name == "within":
        if isinstance(meaning, Clock) or _is_day(meaning):
            return replace(draft, first=first)
        return None
    if name in {"about", "at_most"}:
        if name == "at_most":
            mod = "EQUAL_OR_LESS"
        else:
            mod = str(next(v for n, v in values.items() if n in {"APPROX", "MORE", "LESS",
                                                                "LEAST"}))  # fmt: skip
        counted = isinstance(meaning, (Length, Away, Stretch))
        if not counted and mod != "APPROX":
            return None
        if isinstance(meaning, (Stretch, Ref, Repeat)):
            return None
        if not counted and isinstance(meaning, Known):
            meaning = replace(meaning, approx=True)
        return replace(draft, first=first, meaning=meaning, mod=mod)
    if name == "part_of_day" and values.get("UNIT") == _grain(meaning) == "month":
        return replace(draft, first=first)  # the month of May
    if name == "part_of_day" and _is_day(meaning):
        if values.get("UNIT") == "week":  # the week of 5 July
            return replace(draft, first=first, meaning=Away(0, "week", 1, of=meaning))
        of = values.get("PART") or ("NI" if values.get("UNIT") == "night" else None)
        return replace(draft, first=first, meaning=Clock(f"T{of}", meaning)) if of else None
    if name == "eve" and (_is_day(meaning) or isinstance(meaning, Away)):
        return replace(draft, first=first, meaning=Away(1, "day", -1, of=meaning))
    if name in {"since", "until"} and isinstance(meaning, (*_PERIODS, Part, Away)):
        if isinstance(meaning, Since):
            return None
        return replace(draft, meaning=Since(meaning, 1 if name == "since" else -1))
    return None


def _of_published(meaning: Meaning) -> Meaning:
    """ "The end of the year" is this year's, unlike "the year" alone."""
    if isinstance(meaning, Deictic) and meaning.base == "text" and meaning.n == 0:
        return replace(meaning, base="published")
    return meaning


def _is_day(meaning: Meaning) -> bool:
    if isinstance(meaning, Part):
        meaning = meaning.of
    if isinstance(meaning, Known):
        return meaning.period.unit == "day"
    if isinstance(meaning, Named):
        return meaning.unit in {"day", "weekday", "nth"}
    return isinstance(meaning, Deictic) and meaning.unit == "day"


def _ended(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """A business year, a quarter or some months, and the day on which they ended."""
    out = list(drafts)
    for i in range(len(drafts) - 1):
        a, b = drafts[i], drafts[i + 1]
        gap = words.kinds[a.last : b.first]
        if not _gap("COMMA? ENDING ON?").fullmatch(gap) or not _is_day(b.meaning):
            continue
        meaning = _months_ended(a.meaning, b.meaning)
        if meaning is not None:
            out[i] = replace(a, meaning=meaning)
    return out


def _months_ended(meaning: Meaning, on: Meaning) -> Ended | None:
    match meaning:
        case Length(value) if m := re.fullmatch(r"P(\d+)([MYQ])", value):
            months = int(m[1]) * {"M": 1, "Q": 3, "Y": 12}[m[2]]
            return Ended(months, value, None, on) if months <= 36 else None
        case Start(n, unit, value, None):
            return Ended(n * (3 if unit == "quarter" else 1), value, None, on)
        case Deictic("year", _, _) | Fiscal(None, _, None):
            return Ended(12, "P1Y", None, on)
        case Named("quarter", ("same",), None):
            return Ended(3, "P1Q", None, on)
        case Named("quarter", (int(number),), None) | Fiscal(None, _, int(number)):
            return Ended(3, "", number, on)
    return None


@cache
def _gap(source: str) -> re.Pattern[str]:
    return compiled(source)


def _times(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """A clock time or part of the day, and the day beside it."""
    out: list[Draft] = []
    for draft in drafts:
        draft = _night(words, draft)
        last = out[-1] if out else None
        if last is not None and _clock_then_part(words, last, draft):
            out[-1] = replace(last, last=draft.last, meaning=_in_part(last, draft))
        elif last is not None and _time_then_day(words, last, draft):
            meaning = replace(cast(Clock, last.meaning), on=draft.meaning)
            if _stamp(words, draft):
                out[-1] = replace(last, meaning=meaning)
                out.append(draft)
            else:
                out[-1] = replace(last, last=draft.last, meaning=meaning)
        elif last is not None and _time_then_day(words, draft, last):
            meaning = replace(cast(Clock, draft.meaning), on=last.meaning)
            if _stamp(words, last):
                out.append(replace(draft, meaning=meaning))
            else:
                out[-1] = replace(last, last=draft.last, meaning=meaning)
        else:
            out.append(draft)
    return out


def _same_sentence(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """A time whose day its sentence names behind it: from 8 p.m. the port was shut on Friday."""
    out = list(drafts)
    named = -1  # the token up to which the sentence has named no day
    for i, draft in enumerate(drafts):
        if _is_day(draft.meaning):
            named = draft.last
        bare = isinstance(draft.meaning, Clock) and draft.meaning.on is None
        if not bare or (named >= 0 and not _sentence_ends(words, named, draft.first)):
            continue
        for later in drafts[i + 1 : i + 4]:
            if _sentence_ends(words, draft.last, later.first):
                break
            if isinstance(later.meaning, Deictic) and later.meaning.base == "text":
                break  # in the morning he told of the day before
            if _is_day(later.meaning):
                meaning = replace(cast(Clock, draft.meaning), on=later.meaning)
                out[i] = replace(draft, meaning=meaning)
                break
    return out


def _sentence_ends(words: DateTokens, first: int, last: int) -> bool:
    """Whether a sentence ends between two tokens; what lies far apart counts so too."""
    return last - first > 40 or any(ends_sentence(words, i) for i in range(first, last))


def _shared(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """The day of two times: between 10:00 and 11:30 on Monday."""
    letters = lexicon().letters
    links = (letters["AND"], letters["TO"], letters["UNTIL"], letters["HYPHEN"])
    out = list(drafts)
    for i in range(len(drafts) - 2, -1, -1):
        a, b = drafts[i].meaning, out[i + 1].meaning
        linked = words.kinds[drafts[i].last : drafts[i + 1].first] in links
        if linked and isinstance(a, Clock) and isinstance(b, Clock) and a.on is None:
            out[i] = replace(drafts[i], meaning=replace(a, on=b.on, zone=a.zone or b.zone))
    return out


def _clock_then_part(words: DateTokens, clock: Draft, part: Draft) -> bool:
    """3 o'clock in the afternoon."""
    a, b = clock.meaning, part.meaning
    if not isinstance(a, Clock) or not isinstance(b, Clock) or a.on or b.on:
        return False
    gap = words.kinds[clock.last : part.first]
    return a.value[1:2].isdigit() and b.value[1:].isalpha() and gap == lexicon().letters["IN"]


def _in_part(clock: Draft, part: Draft) -> Clock:
    a, b = cast(Clock, clock.meaning), cast(Clock, part.meaning)
    hour = int(a.value[1:3])
    if hour < 12 and b.value in {"TAF", "TEV", "TNI"}:
        hour += 12
    return replace(a, value=f"T{hour:02}{a.value[3:]}")


def _time_then_day(words: DateTokens, time: Draft, day: Draft) -> bool:
    """Whether a time without a day and a day stand side by side, in either order."""
    if not isinstance(time.meaning, Clock) or time.meaning.on is not None:
        return False
    if not _is_day(day.meaning):
        return False
    if time.first < day.first:
        return _gap("COMMA? ON?|OF THE?").fullmatch(words.kinds[time.last : day.first]) is not None
    return _gap("COMMA? AT?").fullmatch(words.kinds[day.last : time.first]) is not None


def _night(words: DateTokens, draft: Draft) -> Draft:
    """Saturday night, of a day with "night" after it."""
    i = draft.last
    follows = words.kinds[i : i + 1] == lexicon().letters["UNIT"] and words.values[i] == "night"
    if follows and _is_day(draft.meaning):
        return replace(draft, last=i + 1, meaning=Clock("TNI", draft.meaning))
    return draft


def _stamp(words: DateTokens, draft: Draft) -> bool:
    """Whether a day is written in digits: in a time stamp it stays an expression of its own."""
    letters = lexicon().letters
    return words.kinds[draft.last - 1] in (letters["NUMDATE"], letters["ISODATE"])


def _ranges(words: DateTokens, drafts: list[Draft]) -> list[Draft]:
    """Both ends of a range: between 2015 and 2018, from March to May, 28 May - 3 June."""
    letters = lexicon().letters
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _same_kind(last.meaning, draft.meaning):
            gap = words.kinds[last.last : draft.first]
            opener = words.kinds[last.first - 1 : last.first] if last.first else ""
            if opener == letters["FROM"] and _moved(words, last.first - 1):
                out.append(draft)
                continue
            between = opener == letters["BETWEEN"] and gap == letters["AND"]
            opened = opener == letters["FROM"] and gap in (letters["TO"], letters["UNTIL"])
            plain = gap == letters["HYPHEN"] or (gap == letters["TO"] and _absolute(draft.meaning))
            if between or opened or plain:
                first = last.first - 1 if between or opened else last.first
                first_meaning = last.meaning
                meaning = draft.meaning
                if isinstance(meaning, Since):
                    meaning = meaning.of
                out[-1] = Draft(first, draft.last, Range(first_meaning, meaning))
                continue
        if last is not None and _until_now(words, last, draft):
            first = last.first - (words.kinds[last.first - 1 : last.first] == letters["FROM"])
            out[-1] = Draft(first, draft.last, Since(last.meaning, 1))
            continue
        if (
            last is not None
            and isinstance(last.meaning, Away)
            and last.meaning.of is None
            and last.meaning.base == "text"
            and last.last == draft.first
            and _is_day(draft.meaning)
            and words.word(last.last - 1).lower() in {"before", "after"}
        ):
            out[-1] = Draft(last.first, draft.last, replace(last.meaning, of=draft.meaning))
            continue
        out.append(draft)
    return out


def _moved(words: DateTokens, at: int) -> bool:
    """Whether "from" at token ``at`` tells what a plan was moved from: put back from Monday to
    3 May."""
    if any(words.lower[j] in _MOVES for j in range(at - 3, at)):
        return True
    for j in range(at - 4, max(-1, at - 10), -1):
        if ends_sentence(words, j):
            return False
        if words.lower[j] in _MOVES:  # put off the hearing from Monday to 3 May
            clear = words.lower[j] not in {"put", "moved", "brought", "pushed"}
            return clear or words.lower[j + 1] in {"off", "back", "forward", "up"}
    return False


def _until_now(words: DateTokens, start: Draft, now: Draft) -> bool:
    """From 2017 until now."""
    meaning = now.meaning.of if isinstance(now.meaning, Since) else now.meaning
    letters = lexicon().letters
    return (
        meaning == Ref("PRESENT_REF")
        and isinstance(start.meaning, (Known, Named))
        and words.kinds[start.last : now.first] in (letters["TO"], letters["UNTIL"])
    )


def _same_kind(a: Meaning, b: Meaning) -> bool:
    if isinstance(b, Since):
        b = b.of
    return _grain(a) is not None and _grain(a) == _grain(b)


def _grain(meaning: Meaning) -> str | None:
    if isinstance(meaning, Part):
        return _grain(meaning.of)
    if isinstance(meaning, Known):
        return meaning.period.unit
    if isinstance(meaning, Named):
        return "day" if meaning.unit in {"nth", "weekday"} else meaning.unit
    if isinstance(meaning, Deictic):
        return meaning.unit
    return None


def _absolute(meaning: Meaning) -> bool:
    return isinstance(meaning, (Known, Named))
